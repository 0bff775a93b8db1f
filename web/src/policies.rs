//! The shipped policies, as the build read them from their documents.

use billing::card::{Funding, Network};
use billing::money::{Charge, Money};
use billing::policy::{Billing, BurnOrder, Limits, Model, Policy, TierTerms, Trigger};
use billing::tier::Tier;
use billing::time::Date;

/// Every shipped policy, oldest first. That it is there, and the same as its document, is tested.
#[allow(clippy::unreadable_literal, reason = "nobody reads what the build writes")]
pub(crate) fn shipped() -> Option<Vec<Policy>> {
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
