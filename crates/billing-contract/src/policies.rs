//! Which policy a request names: a shipped one by its id, a document of its own, or the one in force.

use billing::json::Node;
use billing::json::read::{At, Family, ReadError, Shape, list};
use billing::policy::Policies;
use billing::policy::{Policy, SHIPPED, check, document, first, unknown_policy};
use billing::time::Timestamp;
use std::sync::LazyLock;

/// The shipped policies, read once. A fault in one would be answered to whoever asks for any.
static POLICIES: LazyLock<Result<Policies, ReadError>> = LazyLock::new(|| {
    SHIPPED.iter().map(|(id, _)| Policy::shipped(id)).collect::<Result<Vec<Policy>, ReadError>>().map(Policies::dated)
});

fn shipped() -> Result<&'static Policies, ReadError> {
    POLICIES.as_ref().map_err(Clone::clone)
}

/// The policies that a request is judged by.
pub(crate) struct Chosen {
    policies: Policies,
    by: By,
}

/// How a request has named its policies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    /// One, which holds whatever the date.
    Name,
    /// Several, each from its first day on.
    List,
    /// None: those that are shipped, each from its first day on.
    Date,
}

/// The most policies that a request may name.
const MOST_POLICIES: u64 = 16;

impl Chosen {
    /// What `node` names or is; without it, what is shipped.
    pub(crate) fn read(node: Option<&Node<'_>>, at: &At<'_>) -> Result<Chosen, ReadError> {
        let (policies, by) = match node {
            None => (shipped()?.clone(), By::Date),
            Some(several @ Node::List(_)) => (Policies::dated(list(MOST_POLICIES, one)(several, at)?), By::List),
            Some(named) => (Policies::always(one(named, at)?), By::Name),
        };
        Ok(Chosen { policies, by })
    }

    /// All of them, for what happens over time.
    pub(crate) fn policies(&self) -> &Policies {
        &self.policies
    }

    /// The one that is in force at `now`.
    pub(crate) fn at(&self, now: Option<Timestamp>, at: &At<'_>) -> Result<&Policy, ReadError> {
        let in_force = match (self.by, now) {
            (By::Name, _) => self.policies.all().first(),
            (_, Some(now)) => self.policies.at(now),
            (By::Date, None) => return Err(at.fault(Shape::MissingField)),
            (By::List, None) => return Err(At::root(Family::Request, "now").fault(Shape::MissingField)),
        };
        in_force.ok_or_else(|| at.plain_fault("request.no_policy_in_force", &"No policy was in force then."))
    }
}

/// A policy that is named or sent along.
fn one(node: &Node<'_>, at: &At<'_>) -> Result<Policy, ReadError> {
    match node {
        Node::Text(id) => {
            let named = shipped()?.all().iter().find(|policy| policy.id == *id);
            named.cloned().ok_or_else(|| unknown_policy(at))
        }
        sent => check(sent, at).map_err(first),
    }
}

/// A document that is shipped, or was sent along, as a tree.
pub(crate) enum Document<'n> {
    Shipped(Node<'static>),
    Sent(&'n Node<'n>),
}

impl<'n> Document<'n> {
    /// The document that `node` names or is, without a fault.
    pub(crate) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Document<'n>, ReadError> {
        let Node::Text(id) = node else {
            return check(node, at).map(|_| Document::Sent(node)).map_err(first);
        };
        let (_, json) = SHIPPED.iter().find(|(shipped, _)| shipped == id).ok_or_else(|| unknown_policy(at))?;
        document(json, at).map(Document::Shipped)
    }

    pub(crate) fn tree(&self) -> &Node<'_> {
        match self {
            Document::Shipped(tree) => tree,
            Document::Sent(tree) => tree,
        }
    }
}
