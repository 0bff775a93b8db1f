//! Policies: dated documents that hold every figure and choice which may change.
//!
//! A document is JSON; each parameter in it stands with its unit, its clause and its source. [`Policy`] is what the rules
//! read: the values alone, checked.

pub(crate) mod diff;
pub(crate) mod document;
pub(crate) mod schedule;
pub(crate) mod terms;
pub(crate) mod tier;
pub(crate) mod validate;

pub use diff::{Change, diff};
pub use document::{SHIPPED, document, first, unknown_policy};
pub use schedule::Policies;
pub use terms::{Billing, BurnOrder, Limits, Model, Policy, Terms, TierTerms, Trigger};
pub use tier::Tier;
pub use validate::{PolicyProblem, check};
