//! Policies that differ from a shipped one in a few terms.

use billing::policy::Policy;
use billing::policy::Terms;

/// The policy with its terms edited, without the checks of a document.
pub(crate) fn with_terms(policy: &Policy, edit: impl FnOnce(&mut Terms)) -> Policy {
    let mut terms = Terms::clone(policy);
    edit(&mut terms);
    Policy::from_checked_terms(terms)
}
