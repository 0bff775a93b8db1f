//! Which policy a request names: a shipped one by its id, a document of its own, or the one in force.

use billing::document::Node;
use billing::document::read::{At, Fault, Shape};
use billing::policy::{Policy, SHIPPED, check, document, first, unknown_policy};
use billing::time::Timestamp;
use std::sync::LazyLock;

/// The shipped policies, read once. A fault in one would be answered to whoever asks for any.
static POLICIES: LazyLock<Result<Vec<Policy>, Fault>> =
    LazyLock::new(|| SHIPPED.iter().map(|(id, _)| Policy::shipped(id)).collect());

fn shipped() -> Result<&'static [Policy], Fault> {
    POLICIES.as_deref().map_err(Clone::clone)
}

/// A policy that is shipped, or was sent along.
pub(crate) enum Chosen {
    Shipped(&'static Policy),
    Sent(Box<Policy>),
}

impl AsRef<Policy> for Chosen {
    fn as_ref(&self) -> &Policy {
        match self {
            Chosen::Shipped(policy) => policy,
            Chosen::Sent(policy) => policy,
        }
    }
}

/// The policy that `node` names or is; without one, the shipped one in force at `now`.
pub(crate) fn choose(node: Option<&Node<'_>>, now: Option<Timestamp>, at: &At<'_>) -> Result<Chosen, Fault> {
    match (node, now) {
        (Some(Node::Text(id)), _) => {
            let found = shipped()?.iter().find(|policy| policy.id == *id);
            found.map(Chosen::Shipped).ok_or_else(|| unknown_policy(at))
        }
        (Some(sent), _) => check(sent, at).map(Box::new).map(Chosen::Sent).map_err(first),
        (None, Some(now)) => {
            let found = Policy::in_force(shipped()?, now);
            let too_early = || at.plain_fault("request.no_policy_in_force", &"No shipped policy was in force then.");
            found.map(Chosen::Shipped).ok_or_else(too_early)
        }
        (None, None) => Err(at.fault(Shape::MissingField)),
    }
}

/// A document that is shipped, or was sent along, as a tree.
pub(crate) enum Document<'n> {
    Shipped(Node<'static>),
    Sent(&'n Node<'n>),
}

impl<'n> Document<'n> {
    /// The document that `node` names or is, without a fault.
    pub(crate) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Document<'n>, Fault> {
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
