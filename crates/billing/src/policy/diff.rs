//! What differs between two policy documents: parameter by parameter, with the clause of each.

use crate::clause::Clause;
use crate::json::Node;
use crate::money::Money;
use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// A parameter that two documents give different values.
#[derive(Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// Where: `tiers.build_1.credit_limit`. Items of lists are named by their id, so that an inserted one moves no other.
    pub path: String,
    /// The value in the first document; nothing where it has no such parameter.
    pub from: Option<&'a Node<'a>>,
    /// The value in the second document.
    pub to: Option<&'a Node<'a>>,
    /// The clause that the parameter belongs to.
    pub clause: Option<Clause>,
}

/// Every change from one document to the other, in the order of the first, then what only the second has. Both are
/// expected to be without a fault. What only describes (title, sources, notes, the day of the last check) is no change.
#[must_use]
pub fn diff<'a>(from: &'a Node<'a>, to: &'a Node<'a>) -> Vec<Change<'a>> {
    let (before, after) = (parameters(from), parameters(to));
    let find = |list: &[Parameter<'a>], path: &str| list.iter().position(|parameter| parameter.path == path);
    let changed = before.iter().filter_map(|old| {
        let new = find(&after, &old.path).and_then(|index| after.get(index));
        let to = new.map(|new| new.value);
        let same = new.is_some_and(|new| new.value == old.value || is_same_amount(new.value, old.value));
        (!same).then(|| Change {
            path: old.path.clone(),
            from: shown(old.value),
            to: to.and_then(shown),
            clause: old.clause,
        })
    });
    let added = after.iter().filter(|new| find(&before, &new.path).is_none());
    let added =
        added.map(|new| Change { path: new.path.clone(), from: None, to: shown(new.value), clause: new.clause });
    changed.chain(added).collect()
}

/// However they are written: `5.00` and `5`.
fn is_same_amount(one: &Node<'_>, other: &Node<'_>) -> bool {
    let amount = |node: &Node<'_>| match node {
        Node::Text(text) => Money::parse(text).ok(),
        _ => None,
    };
    amount(one).is_some_and(|one| amount(other) == Some(one))
}

fn shown<'a>(value: &'a Node<'a>) -> Option<&'a Node<'a>> {
    Some(value).filter(|value| **value != Node::Null)
}

struct Parameter<'a> {
    path: String,
    value: &'a Node<'a>,
    clause: Option<Clause>,
}

fn parameters<'a>(document: &'a Node<'a>) -> Vec<Parameter<'a>> {
    let mut found = Vec::new();
    collect(document, String::new(), &mut found);
    found
}

/// Parameters are the objects that hold a value with a clause; everything else only groups them.
fn collect<'a>(node: &'a Node<'a>, path: String, found: &mut Vec<Parameter<'a>>) {
    match node {
        Node::Object(fields) => match field(fields, "clause") {
            Some(Node::Text(clause)) => {
                let value = field(fields, "value").unwrap_or(&Node::Null);
                found.push(Parameter { path, value, clause: Clause::from_id(clause) });
            }
            _ => {
                for (name, value) in fields {
                    collect(value, join(&path, name), found);
                }
            }
        },
        Node::List(items) => {
            for item in items {
                if let Node::Object(fields) = item
                    && let Some(Node::Text(id)) = field(fields, "id")
                {
                    collect(item, join(&path, id), found);
                }
            }
        }
        _ => {}
    }
}

fn field<'a>(fields: &'a [(Cow<'a, str>, Node<'a>)], name: &str) -> Option<&'a Node<'a>> {
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { String::from(name) } else { format!("{path}.{name}") }
}
