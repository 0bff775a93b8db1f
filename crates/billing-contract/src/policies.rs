//! Which policy a request names: a shipped one by its id, a document of its own, or the one in force.

use billing::json::Node;
use billing::json::read::{At, Family, ReadError, Shape, list};
use billing::policy::Policies;
use billing::policy::{Policy, SHIPPED, check, document, first, unknown_policy};
use billing::time::Timestamp;
use std::sync::LazyLock;

/// The shipped policies, read once. A fault in one would be answered to whoever asks for any.
static POLICIES: LazyLock<Result<Vec<Policy>, ReadError>> =
    LazyLock::new(|| SHIPPED.iter().map(|(id, _)| Policy::shipped(id)).collect());

fn shipped() -> Result<&'static [Policy], ReadError> {
    POLICIES.as_deref().map_err(Clone::clone)
}

/// The policies that a request is judged by.
pub(crate) enum Chosen {
    /// A shipped one, whenever it is.
    Shipped(&'static Policy),
    /// One that was sent along, whenever it is.
    Sent(Box<Policy>),
    /// Several that were named or sent along, each from its first day on.
    Dated(Vec<Policy>),
    /// Those that are shipped, each from its first day on.
    AllShipped(&'static [Policy]),
}

/// The most policies that a request may name.
const MOST_POLICIES: u64 = 16;

impl Chosen {
    /// What `node` names or is; without it, what is shipped.
    pub(crate) fn read(node: Option<&Node<'_>>, at: &At<'_>) -> Result<Chosen, ReadError> {
        match node {
            None => shipped().map(Chosen::AllShipped),
            Some(Node::Text(id)) => shipped_policy(id, at).map(Chosen::Shipped),
            Some(several @ Node::List(_)) => list(MOST_POLICIES, one_of_several)(several, at).map(Chosen::Dated),
            Some(sent) => check(sent, at).map(Box::new).map(Chosen::Sent).map_err(first),
        }
    }

    /// All of them, for what happens over time.
    pub(crate) fn policies(&self) -> Policies<'_> {
        match self {
            Chosen::Shipped(policy) => Policies::Always(policy),
            Chosen::Sent(policy) => Policies::Always(policy),
            Chosen::Dated(policies) => Policies::Dated(policies),
            Chosen::AllShipped(policies) => Policies::Dated(policies),
        }
    }

    /// The one that is in force at `now`.
    pub(crate) fn at(&self, now: Option<Timestamp>, at: &At<'_>) -> Result<&Policy, ReadError> {
        let now = match (self, now) {
            (Chosen::Shipped(policy), _) => return Ok(policy),
            (Chosen::Sent(policy), _) => return Ok(policy),
            (Chosen::AllShipped(_), None) => return Err(at.fault(Shape::MissingField)),
            (Chosen::Dated(_), None) => return Err(At::root(Family::Request, "now").fault(Shape::MissingField)),
            (_, Some(now)) => now,
        };
        let none = || at.plain_fault("request.no_policy_in_force", &"No policy was in force then.");
        self.policies().at(now).ok_or_else(none)
    }
}

fn shipped_policy(id: &str, at: &At<'_>) -> Result<&'static Policy, ReadError> {
    shipped()?.iter().find(|policy| policy.id == *id).ok_or_else(|| unknown_policy(at))
}

fn one_of_several(node: &Node<'_>, at: &At<'_>) -> Result<Policy, ReadError> {
    match node {
        Node::Text(id) => shipped_policy(id, at).cloned(),
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
