//! TI-4 · Where an account is on its way through the build tiers.

use crate::money::{Charge, MoneyError};
use crate::policy::terms::{Policy, TierTerms};
use crate::policy::tier::Tier;
use crate::rules::access::Snapshot;
use crate::rules::tier::above;
use alloc::vec::Vec;

/// TI-4: what a tier is to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TierStep {
    /// It lies below the tier in effect.
    Reached,
    /// It is the tier in effect.
    InEffect,
    /// TI-8: the spend reaches it, and the tier has not followed yet.
    Settling,
    /// PP-4: the pending payments reach it.
    Pending,
    /// TI-4: the smallest allowed purchase that reaches it.
    Buy(Charge),
}

/// TI-4: returns every tier of the policy, the lowest first, with what it is to the account. `in_effect` is the tier of
/// the [`Decision`](crate::rules::access::Decision).
///
/// # Errors
/// [`MoneyError::Negative`] for a spend below zero, [`MoneyError::OutOfRange`] for one out of range.
///
/// ```
/// use billing::policy::{Policy, Tier};
/// use billing::rules::access::Snapshot;
/// use billing::rules::tier_path::{TierStep, tier_path};
/// let policy = Policy::shipped("prepaid")?;
/// let path = tier_path(&policy, &Snapshot::NEW, Tier::Limited)?;
/// assert_eq!(path[0].1, TierStep::InEffect);
/// assert!(matches!(path[1].1, TierStep::Buy(_)));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn tier_path(
    policy: &Policy,
    account: &Snapshot,
    in_effect: Tier,
) -> Result<Vec<(TierTerms, TierStep)>, MoneyError> {
    let above = above(policy, account.lifetime_spend)?;
    let pending = account.tier_reached_by_pending(policy)?;
    let step = |terms: &TierTerms| {
        let next = above.iter().find(|next| next.tier == terms.tier);
        let step = match next {
            _ if terms.tier == in_effect => TierStep::InEffect,
            _ if terms.tier < in_effect => TierStep::Reached,
            Some(next) if pending >= Some(next.tier) => TierStep::Pending,
            Some(next) => TierStep::Buy(next.purchase),
            None => TierStep::Settling,
        };
        (*terms, step)
    };
    Ok(policy.tiers.iter().map(step).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    fn steps(spend: &str, settled: Option<&str>, pending: &str, in_effect: Tier) -> Vec<TierStep> {
        let money = |text| Money::parse(text).unwrap();
        let account = Snapshot {
            lifetime_spend: money(spend),
            tier_settled_spend: settled.map(money),
            pending: money(pending),
            ..Snapshot::NEW
        };
        let path = tier_path(&Policy::shipped("prepaid").unwrap(), &account, in_effect).unwrap();
        path.into_iter().map(|(_, step)| step).collect()
    }

    fn buy(amount: &str) -> TierStep {
        TierStep::Buy(Charge::parse(amount).unwrap())
    }

    #[test]
    fn ti_4_tiers_above_name_the_purchase_that_reaches_them() {
        let expected =
            [TierStep::Reached, TierStep::Reached, TierStep::InEffect, buy("37.50"), buy("187.50"), buy("937.50")];
        assert_eq!(steps("62.50", None, "0", Tier::Build2), expected);
    }

    #[test]
    fn ti_8_a_tier_that_is_paid_for_settles() {
        assert_eq!(
            steps("100", Some("62.50"), "0", Tier::Build2)[2..5],
            [TierStep::InEffect, TierStep::Settling, buy("150.00")]
        );
    }

    #[test]
    fn pp_4_what_pending_payments_reach_is_not_bought_again() {
        assert_eq!(
            steps("5", None, "95", Tier::Build1)[1..5],
            [TierStep::InEffect, TierStep::Pending, TierStep::Pending, buy("245.00")]
        );
    }
}
