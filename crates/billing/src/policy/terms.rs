//! The terms of a policy: every value that the rules read.

use crate::json::read::vocabulary;
use crate::money::{Charge, Money};
use crate::payment_method::card::funding::Funding;
use crate::payment_method::card::network::Network;
use crate::policy::tier::Tier;
use crate::time::{Date, Timestamp};
use alloc::string::String;
use alloc::vec::Vec;

/// The rules' parameters under one dated document. Every value has passed [`check`](crate::policy::check).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The id of the document.
    pub id: String,
    /// Its name for a person.
    pub title: String,
    /// The day on which it was made known, where that is known.
    pub announced: Option<Date>,
    /// The first day, in UTC, on which it holds.
    pub effective: Date,
    /// The day on which somebody last held it against its sources.
    pub checked: Date,
    /// How usage is billed.
    pub billing: Billing,
    /// CR-3: the smallest purchase.
    pub minimum_purchase: Charge,
    /// CR-10: which credits are used first.
    pub burn_order: BurnOrder,
    /// CR-6: how many months credits last, or nothing where they do not expire.
    pub expires_after_months: Option<u64>,
    /// AC-2, CR-4: the actual purchases below which there is no access.
    pub minimum_spend: Money,
    /// AC-8: whether a past-due invoice stops access.
    pub past_due_suspends: bool,
    /// TI-8: how long a tier may take to follow a purchase, in seconds.
    pub tier_settles_within_seconds: u64,
    /// PP-2: within how many seconds a payment typically settles.
    pub payment_typical_within_seconds: u64,
    /// PP-3: how long a payment may normally be pending, in seconds.
    pub payment_settles_within_seconds: u64,
    /// IN-3: the day of the month on which what is due is charged.
    pub charge_day: u8,
    /// CR-2: for how many minutes what may be spent must cover a deployment that is started.
    pub deployment_covered_minutes: u64,
    /// AR-1: what auto-recharge buys where nothing else is set.
    pub default_recharge_amount: Charge,
    /// AR-2: when auto-recharge starts.
    pub trigger: Trigger,
    /// PM-1: the accepted networks.
    pub networks: Vec<Network>,
    /// PM-2, PM-3: the kinds of funding that are refused.
    pub refused_funding: Vec<Funding>,
    /// PM-4: whether a card must support recurring payments.
    pub recurring_required: bool,
    /// PM-5: how many digits a Visa number may have.
    pub visa_lengths: Vec<u64>,
    /// TI-1, TI-3, AC-6: the tiers, lowest first; the first one begins at nothing.
    pub tiers: Vec<TierTerms>,
    /// TI-5, TI-6: the models that have a restriction or a limit of their own.
    pub models: Vec<Model>,
}

vocabulary! {
    /// How usage is paid for.
    pub enum Billing {
        /// Usage is paid with credits bought in advance.
        InAdvance = "in_advance",
        /// Usage is billed at month end and charged on the 3rd.
        MonthEnd = "month_end",
    }
}

vocabulary! {
    /// CR-10: which credits are used first.
    pub enum BurnOrder {
        /// Free credits first.
        FreeFirst = "free_first",
        /// Purchased credits first.
        PurchasedFirst = "purchased_first",
    }
}

vocabulary! {
    /// AR-2: how the balance is held against the threshold.
    pub enum Trigger {
        /// Auto-recharge starts when the balance is below the threshold.
        Below = "below",
        /// It starts when the balance is at the threshold, too.
        AtOrBelow = "at_or_below",
    }
}

/// What a tier brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierTerms {
    /// The tier.
    pub tier: Tier,
    /// TI-1: the spend at which it begins.
    pub at: Money,
    /// TI-3: its rate limits; none where there is no access.
    pub limits: Option<Limits>,
    /// AC-1, AC-6: how far the balance may go below zero, and the most that a customer may set.
    pub credit_limit: Money,
    /// AC-6: whether that figure is the policy's assumption for accounts whose own terms are not stated.
    pub credit_limit_assumed: bool,
}

/// TI-3: the rate limits of a tier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Requests a minute to language models.
    pub llm: u64,
    /// Requests a minute to embedding models.
    pub embeddings: u64,
    /// Re-ranking; the source gives no unit.
    pub rerank: u64,
}

/// TI-5, TI-6: a model with a restriction or a limit of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    /// Its id in requests.
    pub id: String,
    /// Its name for a person.
    pub title: String,
    /// The tier from which it is open.
    pub from: Tier,
    /// TI-6: its own rate limit in requests a minute, where it has one.
    pub requests_per_minute: Option<u64>,
}

impl Policy {
    /// The policy in force at an instant: the newest whose first day has come.
    ///
    /// ```
    /// use billing::policy::Policy;
    /// use billing::time::Timestamp;
    /// let shipped = [Policy::shipped("credit-limit")?, Policy::shipped("prepaid")?];
    /// let at = |text| Ok::<_, Box<dyn core::error::Error>>(Policy::in_force(&shipped, Timestamp::parse(text)?));
    /// assert_eq!(at("2025-11-30T23:59:59Z")?.map(|policy| policy.id.as_str()), Some("credit-limit"));
    /// assert_eq!(at("2025-12-01T00:00:00Z")?.map(|policy| policy.id.as_str()), Some("prepaid"));
    /// assert_eq!(at("2001-01-01T00:00:00Z")?, None);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn in_force(policies: &[Policy], now: Timestamp) -> Option<&Policy> {
        policies.iter().filter(|policy| policy.effective <= now.date()).max_by_key(|policy| policy.effective)
    }

    /// TI-1: the terms of the tier that this spend has reached, and those of the next one.
    #[must_use]
    pub fn tier_terms_at(&self, spend: Money) -> (TierTerms, Option<TierTerms>) {
        // A checked document has a first tier at nothing; without one there would be no access at all.
        const NONE: TierTerms = TierTerms {
            tier: Tier::Limited,
            at: Money::ZERO,
            limits: None,
            credit_limit: Money::ZERO,
            credit_limit_assumed: false,
        };
        let next = self.tiers.iter().find(|terms| terms.at > spend);
        let present = self.tiers.iter().rev().find(|terms| terms.at <= spend);
        (present.copied().unwrap_or(NONE), next.copied())
    }

    /// The terms of a tier.
    #[must_use]
    pub fn tier_terms(&self, tier: Tier) -> Option<&TierTerms> {
        self.tiers.iter().find(|terms| terms.tier == tier)
    }

    /// The model with this id, where the policy says anything about it.
    #[must_use]
    pub fn model(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.id == id)
    }
}
