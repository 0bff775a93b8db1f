//! What a forecast is asked, and what it answers.

use crate::finding::findings;
use crate::id::InvoiceId;
use crate::ledger::due::NoPolicy;
use crate::money::{Charge, Money, MoneyError};
use crate::rules::access::Remedy;
use crate::rules::recharge::Setting;
use crate::time::{Date, TimeError, Timestamp};
use alloc::vec::Vec;
use core::fmt;

/// The farthest that a forecast looks ahead, in days.
pub const MOST_DAYS: u64 = 366;

/// How the account is taken to go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForecastQuestion {
    /// What usage costs a day, apart from deployments. It flows evenly, second by second.
    pub usage_per_day: Money,
    /// How many days to look ahead, 1 to [`MOST_DAYS`].
    pub days: u64,
    /// Whether deployments that run keep running; otherwise they are taken to be stopped now.
    pub running: bool,
}

/// What is taken to be done now, before time goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// CR-1: credits are bought; their purchase is taken to be approved at once.
    pub bought: Option<Charge>,
    /// AR-1: auto-recharge is set to this, or is turned off.
    pub setting: Option<Setting>,
}

/// Why there is no forecast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForecastError {
    /// A sum leaves what can be represented.
    Money(MoneyError),
    /// No policy is in force, or time ends before the last day.
    NoTime,
}

impl From<MoneyError> for ForecastError {
    fn from(error: MoneyError) -> ForecastError {
        ForecastError::Money(error)
    }
}

impl From<NoPolicy> for ForecastError {
    fn from(_: NoPolicy) -> ForecastError {
        ForecastError::NoTime
    }
}

impl fmt::Display for ForecastError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ForecastError::Money(error) => error.fmt(out),
            ForecastError::NoTime => TimeError::OutOfRange.fmt(out),
        }
    }
}

impl core::error::Error for ForecastError {}

/// One thing to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: Timestamp,
    /// What.
    pub what: ForecastEvent,
    /// The balance after it.
    pub balance: Money,
}

/// What can come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForecastEvent {
    /// AR-3: auto-recharge buys; the purchases of one day are one entry, at the first of them.
    Recharge {
        /// How many purchases.
        purchases: u64,
        /// What they cost together.
        total: Money,
    },
    /// IN-1: a month ends.
    MonthEnd {
        /// The invoice of the month.
        invoice: InvoiceId,
        /// What was used.
        total: Money,
        /// What is due.
        due: Charge,
    },
    /// IN-3: what is due is charged to the card.
    Charge {
        /// The invoice.
        invoice: InvoiceId,
        /// How much.
        amount: Charge,
    },
    /// IN-3: there is no card that can be charged.
    PastDue {
        /// The invoice.
        invoice: InvoiceId,
        /// How much.
        amount: Charge,
    },
    /// CR-6: credits expire.
    Expiry {
        /// How many.
        amount: Money,
    },
    /// AC-1: access stops, for the reason with this code.
    Suspended {
        /// The code of the first reason.
        reason: &'static str,
    },
    /// AC-1: access comes back.
    Recovered,
}

/// What a stretch of time costs and brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// Usage, apart from deployments.
    pub usage: Money,
    /// UC-5: deployments.
    pub deployments: Money,
    /// AR-3: how many purchases auto-recharge makes.
    pub purchases: u64,
    /// AR-3: what they cost.
    pub recharged: Money,
    /// IN-3: what is charged for invoices.
    pub charged: Money,
}

impl Sums {
    pub(super) const NONE: Sums = Sums {
        usage: Money::ZERO,
        deployments: Money::ZERO,
        purchases: 0,
        recharged: Money::ZERO,
        charged: Money::ZERO,
    };

    pub(super) fn checked_add(self, more: &Sums) -> Result<Sums, MoneyError> {
        Ok(Sums {
            usage: self.usage.checked_add(more.usage)?,
            deployments: self.deployments.checked_add(more.deployments)?,
            purchases: self.purchases.checked_add(more.purchases).ok_or(MoneyError::OutOfRange)?,
            recharged: self.recharged.checked_add(more.recharged)?,
            charged: self.charged.checked_add(more.charged)?,
        })
    }
}

/// What is to come.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Forecast {
    /// The things to come, in order.
    pub entries: Vec<Entry>,
    /// What the whole time costs and brings.
    pub totals: Sums,
    /// The same by month, each by its first day.
    pub months: Vec<(Date, Sums)>,
    /// The balance now, at each midnight in UTC, and at the end.
    pub balances: Vec<(Timestamp, Money)>,
    /// AC-1: when access first stops; now, where it is stopped already.
    pub access_stops: Option<Timestamp>,
    /// AC-3: what would keep access to the end, all of it done now.
    pub prevents: Vec<Remedy>,
    /// What to say about it.
    pub outlook: Vec<ForecastFinding>,
}

findings! {
    /// What a forecast says.
    pub enum ForecastFinding {
        /// AC-1: access stops; AC-3: what done now would keep it, both where both are named.
        AccessStops { at: Timestamp, past_due: Option<Money>, purchase: Option<Charge> } = "forecast.access_stops" Ac1,
        /// AC-1: access is stopped already; AC-3: what done now would open and keep it, both where both are named.
        AccessStopped { past_due: Option<Money>, purchase: Option<Charge> } = "forecast.access_stopped" Ac1,
        /// AC-1: the balance suffices.
        Lasts { days: u64, balance: Money } = "forecast.lasts" Ac1,
        /// AR-3: auto-recharge buys.
        Recharges { purchases: u64, total: Money, first: Timestamp } = "forecast.recharges" Ar3,
        /// IN-3: the card is charged for an invoice.
        ChargeToCome { amount: Charge, at: Timestamp } = "forecast.charge_to_come" In3,
        /// UC-4: what runs costs this much of it.
        Deployments { deployments: Money } = "forecast.deployments" Uc4,
    }
}
