//! The shipped policies, as the build read them from their documents.

use billing::money::{Charge, Money};
use billing::payment_method::card::{Funding, Network};
use billing::policy::Policies;
use billing::policy::Terms;
use billing::policy::Tier;
use billing::policy::{Billing, BurnOrder, Limits, Model, Policy, TierTerms, Trigger};
use billing::time::Date;
use std::sync::LazyLock;

/// Read once, and kept for as long as the page is open.
static SHIPPED: LazyLock<Option<Vec<Policy>>> = LazyLock::new(shipped);

/// Every shipped policy, oldest first.
pub(crate) fn all() -> Option<&'static [Policy]> {
    SHIPPED.as_deref()
}

/// Each policy from its first day on.
pub(crate) fn dated() -> Option<Policies> {
    all().map(|policies| Policies::dated(policies.iter().cloned()))
}

/// A tier, from which spend it holds, its limits, its credit limit, and whether that is assumed.
type TierRow = (Tier, &'static str, Option<Limits>, &'static str, bool);

fn tiers(rows: &[TierRow]) -> Option<Vec<TierTerms>> {
    let tier = |(tier, at, limits, credit_limit, credit_limit_assumed): &TierRow| {
        let (at, credit_limit) = (Money::parse(at).ok()?, Money::parse(credit_limit).ok()?);
        Some(TierTerms { tier: *tier, at, limits: *limits, credit_limit, credit_limit_assumed: *credit_limit_assumed })
    };
    rows.iter().map(tier).collect()
}

/// A model's id, its title, the tier from which it is open, and its own limit.
type ModelRow = (&'static str, &'static str, Tier, Option<u64>);

fn models(rows: &[ModelRow]) -> Vec<Model> {
    let model = |(id, title, from, requests_per_minute): &ModelRow| Model {
        id: (*id).into(),
        title: (*title).into(),
        from: *from,
        requests_per_minute: *requests_per_minute,
    };
    rows.iter().map(model).collect()
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
