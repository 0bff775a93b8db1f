//! AR · Auto-recharge: how often a setting buys, said before it is saved.

use crate::bounded::BoundedVec;
use crate::finding::findings;
use crate::json::read::vocabulary;
use crate::money::{Charge, Money, MoneyError};
use crate::policy::terms::{Policy, Trigger};
use crate::policy::tier::Tier;
use crate::rules::credit::{AmountError, purchase_amount};

/// AR-1: a setting of auto-recharge that is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The amount of each purchase.
    pub amount: Charge,
    /// The balance at which auto-recharge starts.
    pub threshold: Charge,
}

/// An error in one of the two fields of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingError {
    /// The amount.
    Amount(AmountError),
    /// The threshold.
    Threshold(MoneyError),
    /// AR-1: there is an amount, but no threshold.
    ThresholdMissing,
}

impl core::error::Error for SettingError {}

impl Setting {
    /// AR-1: reads the two fields as typed. Both empty turns auto-recharge off (`None`); an empty amount is the policy's default.
    ///
    /// # Errors
    /// [`SettingError`] names the field and its error.
    ///
    /// ```
    /// use billing::policy::Policy;
    /// use billing::rules::recharge::{Setting, SettingError};
    /// let policy = Policy::shipped("prepaid")?;
    /// assert_eq!(Setting::from_fields(&policy, "", ""), Ok(None));
    /// assert_eq!(Setting::from_fields(&policy, "25.00", ""), Err(SettingError::ThresholdMissing));
    /// let setting = Setting::from_fields(&policy, "", "10")?.ok_or("off")?;
    /// assert_eq!(setting.amount.to_string(), "25.00");
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn from_fields(policy: &Policy, amount: &str, threshold: &str) -> Result<Option<Setting>, SettingError> {
        let (amount, threshold) = (amount.trim(), threshold.trim());
        if amount.is_empty() && threshold.is_empty() {
            return Ok(None);
        }
        let amount = match amount {
            "" => Ok(policy.default_recharge_amount),
            typed => Charge::parse(typed).map_err(AmountError::Money),
        };
        let amount = amount.and_then(|amount| purchase_amount(policy, amount)).map_err(SettingError::Amount)?;
        if threshold.is_empty() {
            return Err(SettingError::ThresholdMissing);
        }
        let threshold = Charge::parse(threshold).map_err(SettingError::Threshold)?;
        Ok(Some(Setting { amount, threshold }))
    }
}

vocabulary! {
    /// AR-6: the linked card, as auto-recharge sees it.
    pub enum LinkedCard {
        /// No card is linked.
        None = "none",
        /// The card supports recurring payments.
        Recurring = "recurring",
        /// The card does not support recurring payments.
        NotRecurring = "not_recurring",
        /// A card is linked; whether it supports recurring payments is not known.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// AR-5, AR-6: a reason why auto-recharge does not buy although the balance is at its trigger.
    pub enum RechargeBlock {
        /// AR-5: a purchase was declined, and the customer has not acted.
        Paused = "paused",
        /// AR-6: no card is linked.
        NoCard = "no_card",
        /// PM-10: the only card waits for its $0 hold.
        HoldUnapproved = "hold_unapproved",
        /// PM-5: the card has expired.
        CardExpired = "card_expired",
        /// AR-6: the card does not support recurring payments.
        CardNotRecurring = "card_not_recurring",
        /// CR-3: a later policy's smallest purchase is above the amount that was set.
        BelowMinimum = "below_minimum",
    }
}

/// The input of a preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RechargeQuestion {
    /// The balance now; it may be below zero.
    pub balance: Money,
    /// The setting to preview.
    pub setting: Setting,
    /// AR-7: the sum of pending purchases, which count as in the balance.
    pub pending: Money,
    /// TI-2: the lifetime spend.
    pub lifetime_spend: Money,
    /// AR-8: how far the balance may go below zero; `None` for the tier's credit limit.
    pub credit_limit: Option<Money>,
    /// AR-6: the linked card; `None` leaves it out of the warnings.
    pub card: Option<LinkedCard>,
}

impl RechargeQuestion {
    /// The input for a new account: nothing pending, nothing spent.
    #[must_use]
    pub fn new(balance: Money, setting: Setting) -> RechargeQuestion {
        RechargeQuestion {
            balance,
            setting,
            pending: Money::ZERO,
            lifetime_spend: Money::ZERO,
            credit_limit: None,
            card: None,
        }
    }
}

/// AR-4: the purchases that a setting makes now, and their effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Preview<'a> {
    /// AR-3: the number of purchases that follow at once.
    pub purchases: u64,
    /// Their total cost.
    pub total: Money,
    /// The projected balance: with what is pending, after every purchase.
    pub balance_after: Money,
    /// The spend after every purchase.
    pub lifetime_spend_after: Money,
    /// The tier after every purchase, once it has settled.
    pub tier_after: Tier,
    /// The warnings to show before the setting is saved.
    pub warnings: BoundedVec<Warning, 6>,
    policy: &'a Policy,
    projected: Money,
    lifetime_spend: Money,
    amount: Charge,
}

/// AR-5: one purchase of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Step {
    /// Its number, from 1.
    pub number: u64,
    /// Its amount.
    pub amount: Charge,
    /// The balance after it.
    pub balance_after: Money,
    /// The spend after it.
    pub lifetime_spend_after: Money,
    /// The tier after it, once it has settled.
    pub tier_after: Tier,
}

findings! {
    /// A warning to show before a setting is saved.
    pub enum Warning {
        /// AR-4: the setting buys at once.
        BuysNow { purchases: u64, amount: Charge, total: Money, threshold: Charge, gap: Money, pending: Money }
            = "recharge.buys_now" Ar4,
        /// AR-2: the balance is exactly at the threshold, and that is not yet below it.
        AtThresholdWaits { threshold: Charge } = "recharge.at_threshold_waits" Ar2,
        /// AR-2: the balance is exactly at the threshold, and that is enough to buy.
        AtThresholdBuys { threshold: Charge } = "recharge.at_threshold_buys" Ar2,
        /// AR-7: a pending purchase already counts, so fewer purchases follow.
        PendingCounted { pending: Money, purchases_without: u64 } = "recharge.pending_counted" Ar7,
        /// AR-8: access stops before this setting can act.
        TooLate { threshold: Charge, credit_limit: Money } = "recharge.too_late" Ar8,
        /// AR-6: there is no card to charge.
        NoCard = "recharge.no_card" Ar6,
        /// AR-6: the card does not support recurring payments.
        CardNotRecurring = "recharge.card_not_recurring" Ar6,
        /// AR-6: whether the card supports recurring payments is not known yet.
        CardRecurringUnknown = "recharge.card_recurring_unknown" Ar6,
    }
}

/// AR-2, AR-3, AR-4: computes what a setting buys now, in the same time for one purchase as for a billion (AR-9).
///
/// # Errors
/// `purchase.below_minimum` for an amount that may not be bought (CR-3), [`MoneyError::Negative`] for a spend, a limit or
/// something pending below zero, [`MoneyError::OutOfRange`] where a sum leaves the range.
///
/// ```
/// use billing::money::{Charge, Money};
/// use billing::policy::Policy;
/// use billing::rules::recharge::{RechargeQuestion, Setting, preview};
/// let policy = Policy::shipped("prepaid")?;
/// let setting = |amount| Ok::<_, billing::money::MoneyError>(Setting { amount: Charge::parse(amount)?, threshold: Charge::parse("50")? });
/// let seen = preview(&policy, &RechargeQuestion::new(Money::parse("3")?, setting("25")?))?;
/// assert_eq!((seen.purchases, seen.balance_after.to_string()), (2, "53.00".into()));
/// assert!(preview(&policy, &RechargeQuestion::new(Money::parse("3")?, setting("4.99")?)).is_err());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn preview<'a>(policy: &'a Policy, question: &RechargeQuestion) -> Result<Preview<'a>, AmountError> {
    let Setting { amount, threshold } = question.setting;
    let amount = purchase_amount(policy, amount)?;
    let lifetime_spend = question.lifetime_spend.not_negative()?;
    let projected = question.balance.checked_add(question.pending.not_negative()?)?;
    let purchases = purchases(policy.trigger, projected, question.setting)?;
    let total = amount.money().times(purchases)?;
    let lifetime_spend_after = lifetime_spend.checked_add(total)?;
    let mut preview = Preview {
        purchases,
        total,
        balance_after: projected.checked_add(total)?,
        lifetime_spend_after,
        tier_after: policy.tier_terms_at(lifetime_spend_after).0.tier,
        warnings: BoundedVec::new(),
        policy,
        projected,
        lifetime_spend,
        amount,
    };
    if purchases > 0 {
        let gap = threshold.money().checked_sub(projected)?;
        let pending = question.pending;
        preview.warn(Warning::BuysNow { purchases, amount, total, threshold, gap, pending });
    }
    if projected == threshold.money() {
        preview.warn(match policy.trigger {
            Trigger::Below => Warning::AtThresholdWaits { threshold },
            Trigger::AtOrBelow => Warning::AtThresholdBuys { threshold },
        });
    }
    if question.pending.is_positive() {
        let purchases_without = self::purchases(policy.trigger, question.balance, question.setting)?;
        if purchases_without > purchases {
            preview.warn(Warning::PendingCounted { pending: question.pending, purchases_without });
        }
    }
    let credit_limit = match question.credit_limit {
        Some(stated) => stated.not_negative()?,
        None => policy.tier_terms_at(lifetime_spend).0.credit_limit,
    };
    // Access stops at a balance of -limit (AC-1). No balance above it lies under such a threshold.
    if threshold.money().checked_add(credit_limit)? <= Money::ZERO {
        preview.warn(Warning::TooLate { threshold, credit_limit });
    }
    match question.card {
        Some(LinkedCard::None) => preview.warn(Warning::NoCard),
        Some(LinkedCard::NotRecurring) => preview.warn(Warning::CardNotRecurring),
        Some(LinkedCard::Unknown) => preview.warn(Warning::CardRecurringUnknown),
        Some(LinkedCard::Recurring) | None => {}
    }
    Ok(preview)
}

/// AR-3: how many purchases take the projected balance to where the trigger no longer holds.
fn purchases(trigger: Trigger, projected: Money, setting: Setting) -> Result<u64, MoneyError> {
    let gap = setting.threshold.money().checked_sub(projected)?;
    match trigger {
        Trigger::Below => gap.div_ceil(setting.amount),
        Trigger::AtOrBelow if gap.is_negative() => Ok(0),
        Trigger::AtOrBelow => gap.steps_down_of(setting.amount)?.checked_add(1).ok_or(MoneyError::OutOfRange),
    }
}

impl Preview<'_> {
    /// AR-6: whether the purchases can be charged to a card, as far as is known.
    #[must_use]
    pub fn can_be_charged(&self) -> bool {
        !self.warnings.iter().any(|warning| matches!(warning, Warning::NoCard | Warning::CardNotRecurring))
    }

    /// AR-2: whether the setting buys at once.
    #[must_use]
    pub fn triggers(&self) -> bool {
        self.purchases > 0
    }

    /// Returns the purchase with this number, from 1; `None` beyond the last.
    #[must_use]
    pub fn step(&self, number: u64) -> Option<Step> {
        if !(1..=self.purchases).contains(&number) {
            return None;
        }
        // No step goes beyond the whole run, which was found to be in range.
        let bought = self.amount.money().times(number).ok()?;
        let lifetime_spend_after = self.lifetime_spend.checked_add(bought).ok()?;
        Some(Step {
            number,
            amount: self.amount,
            balance_after: self.projected.checked_add(bought).ok()?,
            lifetime_spend_after,
            tier_after: self.policy.tier_terms_at(lifetime_spend_after).0.tier,
        })
    }

    /// Returns the first purchases, at most this many.
    pub fn first_steps(&self, most: u64) -> impl Iterator<Item = Step> {
        (1..=self.purchases.min(most)).filter_map(|number| self.step(number))
    }

    /// Returns the last purchase, if there is one.
    #[must_use]
    pub fn last(&self) -> Option<Step> {
        self.step(self.purchases)
    }

    fn warn(&mut self, warning: Warning) {
        // There is room for every warning that can apply at once; the vectors show each.
        let _ = self.warnings.try_push(warning);
    }
}
