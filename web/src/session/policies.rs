//! The shipped policies, as the build read them from their documents.

use billing::account::Policies;
use billing::card::{Funding, Network};
use billing::money::{Charge, Money};
use billing::policy::{Billing, BurnOrder, Limits, Model, Policy, TierTerms, Trigger};
use billing::tier::Tier;
use billing::time::Date;
use std::sync::LazyLock;

/// Read once, and kept for as long as the page is open.
static SHIPPED: LazyLock<Option<Vec<Policy>>> = LazyLock::new(shipped);

/// Every shipped policy, oldest first.
pub(crate) fn all() -> Option<&'static [Policy]> {
    SHIPPED.as_deref()
}

/// Each policy from its first day on.
pub(crate) fn dated() -> Option<Policies<'static>> {
    all().map(Policies::Dated)
}

/// That it is there, and the same as its document, is tested.
#[allow(clippy::unreadable_literal, reason = "nobody reads what the build writes")]
fn shipped() -> Option<Vec<Policy>> {
    Some(include!(concat!(env!("OUT_DIR"), "/policies.rs")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::policy::SHIPPED;

    #[test]
    fn the_page_has_exactly_the_documents() {
        let read: Vec<Policy> = SHIPPED.iter().map(|(id, _)| Policy::shipped(id).unwrap()).collect();
        assert_eq!(shipped(), Some(read));
    }
}
