//! TI · Build tiers: what was spent decides what is open.

use crate::money::{Charge, Decimal, Money, MoneyError};
use crate::policy::terms::{Limits, Model, Policy, TierTerms};
use crate::policy::tier::Tier;
use alloc::vec::Vec;

/// TI-4: the tier of an account and its progress to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The present tier (TI-1).
    pub tier: Tier,
    /// Its rate limits (TI-3); none on the Limited tier.
    pub limits: Option<Limits>,
    /// The next tier; `None` at the top, above which there are only contracts.
    pub next: Option<NextTier>,
    policy: &'a Policy,
}

/// A tier above the present one, and what it takes to reach it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextTier {
    /// The tier.
    pub tier: Tier,
    /// The spend at which it begins.
    pub at: Money,
    /// The spend that is missing.
    pub remaining: Money,
    /// The smallest allowed purchase that reaches it, in whole cents, never below the smallest purchase (CR-3).
    pub purchase: Charge,
    /// The share of the way from the present tier's floor to this one's, half to even at 4 decimals.
    pub share: Decimal,
    /// Its rate limits.
    pub limits: Option<Limits>,
}

/// TI-4: returns the present tier, the next one and what it needs. `lifetime_spend` is what TI-2 counts: credits purchased and
/// monthly bills paid, never free credits.
///
/// # Errors
/// [`MoneyError::Negative`] for a spend below zero, [`MoneyError::OutOfRange`] for one out of range.
///
/// ```
/// use billing::money::Money;
/// use billing::policy::Policy;
/// use billing::rules::tier;
/// let policy = Policy::shipped("prepaid")?;
/// let progress = tier::progress(&policy, Money::parse("62.50")?)?;
/// let next = progress.next.ok_or("no next tier")?;
/// assert_eq!((progress.tier.id(), next.tier.id()), ("build_2", "build_3"));
/// assert_eq!(next.purchase.to_string(), "37.50");
/// assert!(tier::progress(&policy, Money::parse("-1")?).is_err());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn progress(policy: &Policy, lifetime_spend: Money) -> Result<Progress<'_>, MoneyError> {
    let spend = lifetime_spend.not_negative()?;
    let (present, next) = policy.tier_terms_at(spend);
    let next = next.map(|next| way(policy, spend, &present, &next));
    Ok(Progress { tier: present.tier, limits: present.limits, next: next.transpose()?, policy })
}

/// TI-4: returns every tier above the present one, the nearest first, each with what it takes to reach it.
///
/// # Errors
/// As [`progress`].
///
/// ```
/// use billing::money::Money;
/// use billing::policy::Policy;
/// use billing::rules::tier;
/// let policy = Policy::shipped("prepaid")?;
/// let above = tier::above(&policy, Money::parse("62.50")?)?;
/// let ways: Vec<_> = above.iter().map(|next| (next.tier.id(), next.purchase.to_string())).collect();
/// assert_eq!(ways[0], ("build_3", "37.50".to_owned()));
/// assert_eq!(ways[2], ("build_5", "937.50".to_owned()));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn above(policy: &Policy, lifetime_spend: Money) -> Result<Vec<NextTier>, MoneyError> {
    let spend = lifetime_spend.not_negative()?;
    let present = policy.tier_terms_at(spend).0;
    let above = policy.tiers.iter().filter(|terms| terms.at > spend);
    above.map(|terms| way(policy, spend, &present, terms)).collect()
}

fn way(policy: &Policy, spend: Money, present: &TierTerms, next: &TierTerms) -> Result<NextTier, MoneyError> {
    let remaining = next.at.checked_sub(spend)?;
    Ok(NextTier {
        tier: next.tier,
        at: next.at,
        remaining,
        purchase: remaining.ceil_to_cents()?.max(policy.minimum_purchase),
        share: spend.checked_sub(present.at)?.share_of_half_even(next.at.checked_sub(present.at)?)?,
        limits: next.limits,
    })
}

impl<'a> Progress<'a> {
    /// TI-5: returns the models open at this tier.
    pub fn models(&self) -> impl Iterator<Item = &'a Model> + Clone + use<'a> {
        let tier = self.tier;
        self.policy.models.iter().filter(move |model| model.from <= tier)
    }

    /// TI-5: returns the models that the next tier adds.
    pub fn models_next(&self) -> impl Iterator<Item = &'a Model> + Clone + use<'a> {
        let (tier, next) = (self.tier, self.next.map_or(self.tier, |next| next.tier));
        self.policy.models.iter().filter(move |model| model.from > tier && model.from <= next)
    }
}
