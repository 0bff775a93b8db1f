//! The shipped documents, and reading a document into a checked [`Policy`].

use crate::json::Node;
use crate::json::read::{At, Family, ReadError, Shape};
use crate::policy::terms::Policy;
use crate::policy::validate::check;
use alloc::vec;
use alloc::vec::Vec;

/// The documents that are shipped, as JSON, oldest first.
pub const SHIPPED: [(&str, &str); 2] = [
    ("credit-limit", include_str!("../../policies/credit-limit.json")),
    ("prepaid", include_str!("../../policies/prepaid.json")),
];

impl Policy {
    /// The shipped policy with this id.
    ///
    /// # Errors
    /// `request.unknown_policy`. (That each shipped document is without a fault is tested.)
    ///
    /// ```
    /// use billing::policy::Policy;
    /// assert_eq!(Policy::shipped("prepaid")?.minimum_purchase.to_string(), "5.00");
    /// assert!(Policy::shipped("postpaid").is_err());
    /// # Ok::<(), billing::json::read::ReadError>(())
    /// ```
    pub fn shipped(id: &str) -> Result<Policy, ReadError> {
        let (_, json) = SHIPPED
            .iter()
            .find(|(shipped, _)| *shipped == id)
            .ok_or_else(|| unknown_policy(&At::root(Family::Request, "policy")))?;
        Policy::from_json(json).map_err(first)
    }

    /// Reads a document.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the document.
    pub fn from_json(json: &str) -> Result<Policy, Vec<ReadError>> {
        let at = At::root(Family::Policy, "");
        check(&document(json, &at).map_err(|fault| vec![fault])?, &at)
    }
}

/// Reads the JSON of a document into a tree.
///
/// # Errors
/// `policy.malformed`.
pub fn document<'a>(json: &'a str, at: &At<'_>) -> Result<Node<'a>, ReadError> {
    serde_json::from_str(json).map_err(|error| {
        let message = alloc::format!("This is not JSON: line {}, column {}.", error.line(), error.column());
        at.plain_fault("policy.malformed", &message)
    })
}

/// There is no policy of this name.
#[must_use]
pub fn unknown_policy(at: &At<'_>) -> ReadError {
    let ids = SHIPPED.map(|(id, _)| id).join(", ");
    at.plain_fault("request.unknown_policy", &alloc::format!("No policy has this id. Shipped: {ids}."))
}

/// The first of several faults, for a reader who gets one.
#[must_use]
pub fn first(faults: Vec<ReadError>) -> ReadError {
    let none = || At::root(Family::Policy, "").fault(Shape::WrongType("a policy"));
    faults.into_iter().next().unwrap_or_else(none)
}
