//! What is to come for an account that goes on as it does: recharges, month ends, the 3rd's charge, a stop of access.
//!
//! It is the same fold over events to come. Usage is taken to flow evenly, payments to be approved at once; each thing that
//! then falls due is an event that [`Account::apply`] folds in as it would fold a real one. What auto-recharge buys is
//! asked of [`recharge::preview`]; a day's runs are one entry, so that the work grows with the days and not with the money.

use crate::finding::{Finding, findings};
use crate::id::Id;
use crate::ledger::account::Account;
use crate::ledger::deployment::Deployment;
use crate::ledger::due::first_instant;
use crate::ledger::event::{Actor, Event, EventKind};
use crate::ledger::facts::Facts;
use crate::ledger::invalid_event::InvalidEvent;
use crate::ledger::invoice::{InvoiceState, Service};
use crate::ledger::purchase::Stage;
use crate::money::{Charge, Money, MoneyError};
use crate::policy::schedule::Policies;
use crate::policy::terms::Policy;
use crate::rules::access::{Remedy, Request, authorize};
use crate::rules::credit::AmountError;
use crate::rules::recharge::{self, Setting};
use crate::time::{Date, TimeError, Timestamp};
use alloc::format;
use alloc::vec;
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

/// CR-7: how an account has been used of late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// What usage has cost a day, apart from deployments, rounded down.
    pub usage_per_day: Money,
    /// Of how many days that is the rate, the last one begun.
    pub days: u64,
}

/// AC-1, AR-2: how long an account goes on as it is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Runway {
    /// How it is used.
    pub rate: Rate,
    /// AC-1: when access stops; nothing where it lasts for [`MOST_DAYS`].
    pub stops: Option<Timestamp>,
    /// AR-2: when auto-recharge next buys.
    pub recharges: Option<Timestamp>,
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

impl From<InvalidEvent> for ForecastError {
    /// The events of a forecast are possible where their sums are in range, and nothing was left undone before it.
    fn from(_: InvalidEvent) -> ForecastError {
        ForecastError::Money(MoneyError::OutOfRange)
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
        invoice: Id,
        /// What was used.
        total: Money,
        /// What is due.
        due: Charge,
    },
    /// IN-3: what is due is charged to the card.
    Charge {
        /// The invoice.
        invoice: Id,
        /// How much.
        amount: Charge,
    },
    /// IN-3: there is no card that can be charged.
    PastDue {
        /// The invoice.
        invoice: Id,
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
    const NONE: Sums = Sums {
        usage: Money::ZERO,
        deployments: Money::ZERO,
        purchases: 0,
        recharged: Money::ZERO,
        charged: Money::ZERO,
    };

    fn checked_add(self, more: &Sums) -> Result<Sums, MoneyError> {
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

/// Looks ahead from an account in which all has happened that is due by now: where somebody has not looked for a while,
/// [`decide`](crate::ledger::decide::decide) with `Advance` makes it happen.
///
/// # Errors
/// [`ForecastError`].
///
/// ```
/// use billing::ledger::{Account, Command, decide};
/// use billing::policy::Policies;
/// use billing::money::Money;
/// use billing::policy::Policy;
/// use billing::projection::forecast::{ForecastQuestion, forecast};
/// use billing::time::Timestamp;
/// let policy = Policy::shipped("prepaid")?;
/// let (policies, now) = (Policies::always(policy), Timestamp::parse("2025-12-01T00:00:00Z")?);
/// let question = ForecastQuestion { usage_per_day: Money::parse("1")?, days: 30, running: true };
/// let seen = forecast(&policies, &Account::NEW, now, &question).map_err(|_| "no forecast")?;
/// // A new account has no access yet, so nothing flows.
/// assert_eq!((seen.access_stops, seen.totals.usage), (Some(now), Money::ZERO));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn forecast(
    policies: &Policies,
    account: &Account,
    now: Timestamp,
    question: &ForecastQuestion,
) -> Result<Forecast, ForecastError> {
    let mut seen = look_ahead(policies, account, now, question, None)?;
    if seen.access_stops.is_some() {
        seen.prevents = prevents(policies, account, now, question)?;
        if let Some(
            ForecastFinding::AccessStops { past_due, purchase, .. }
            | ForecastFinding::AccessStopped { past_due, purchase },
        ) = seen.outlook.first_mut()
        {
            for remedy in &seen.prevents {
                match remedy {
                    Remedy::PayInvoice(amount) => *past_due = Some(*amount),
                    Remedy::Purchase(amount) => *purchase = Some(*amount),
                    _ => {}
                }
            }
        }
    }
    Ok(seen)
}

/// Looks ahead once, perhaps as if something were done first. What would prevent a stop is left out: finding it takes as long as
/// dozens of such looks.
///
/// # Errors
/// [`ForecastError`].
pub fn look_ahead(
    policies: &Policies,
    account: &Account,
    now: Timestamp,
    question: &ForecastQuestion,
    supposed: Option<&Scenario>,
) -> Result<Forecast, ForecastError> {
    question.usage_per_day.not_negative()?;
    let mut future = Future::of(policies, account, now, question)?;
    if let Some(supposed) = supposed {
        future.suppose(supposed)?;
    }
    let mut seen = future.seen()?;
    let outlook = said(question, now, &seen).collect();
    seen.outlook = outlook;
    Ok(seen)
}

/// CR-7: how the account has been used over the last 30 days, or since it was opened; over a day at least, so that a first
/// hour is not taken for a habit. Nothing where nothing was used and nothing runs.
///
/// # Errors
/// [`MoneyError::OutOfRange`].
pub fn present_rate(account: &Account, events: &[Event], now: Timestamp) -> Result<Option<Rate>, MoneyError> {
    const DAY: u64 = 86_400;
    const LONGEST: u64 = 30 * DAY;
    let opened = account.opened().map_or(0, |opened| now.seconds_since(opened));
    let seconds = opened.clamp(DAY, LONGEST);
    let used = events.iter().rev().take_while(|event| now.seconds_since(event.at) < seconds);
    let used = used.filter_map(|event| match &event.kind {
        EventKind::UsageRecorded { cost, .. } => Some(*cost),
        _ => None,
    });
    let used = used.into_iter().try_fold(Money::ZERO, Money::checked_add)?;
    let rate = Rate { usage_per_day: used.prorate_floor(DAY, seconds)?, days: seconds.div_ceil(DAY) };
    Ok((used.is_positive() || account.running().next().is_some()).then_some(rate))
}

/// AC-1, AR-2: how long the account goes on at its [`present_rate`], while what runs keeps running. Nothing where nothing is
/// used, or where there is no access now.
///
/// # Errors
/// [`ForecastError`].
pub fn runway(
    policies: &Policies,
    account: &Account,
    events: &[Event],
    now: Timestamp,
) -> Result<Option<Runway>, ForecastError> {
    let Some(rate) = present_rate(account, events, now)? else { return Ok(None) };
    let question = ForecastQuestion { usage_per_day: rate.usage_per_day, days: MOST_DAYS, running: true };
    let seen = look_ahead(policies, account, now, &question, None)?;
    let recharges = seen.entries.iter().find(|entry| matches!(entry.what, ForecastEvent::Recharge { .. }));
    let recharges = recharges.map(|entry| entry.at);
    let is_stopped = seen.access_stops.is_some_and(|stops| stops <= now);
    Ok((!is_stopped).then_some(Runway { rate, stops: seen.access_stops, recharges }))
}

/// UC-4, AC-1: when what runs has taken the balance to its limit, if nothing else is used and nothing is bought: over month ends,
/// expiring credits and policies to come; now, where it is there already. Nothing where nothing runs, or where the balance lasts
/// for [`MOST_DAYS`]; a history that ends longer ago than that is not looked ahead from. What stops access without touching the
/// balance, as an invoice past due, is not asked about.
///
/// # Errors
/// [`ForecastError`].
pub fn runs_out(policies: &Policies, account: &Account, now: Timestamp) -> Result<Option<Timestamp>, ForecastError> {
    if account.running().next().is_none() {
        return Ok(None);
    }
    // What has fallen due since the last event happens on the way.
    let since = account.last().unwrap_or(now);
    if now > days_after(since, MOST_DAYS)? {
        return Err(ForecastError::NoTime);
    }
    let question = ForecastQuestion { usage_per_day: Money::ZERO, days: MOST_DAYS, running: true };
    let mut future = Future::of(policies, account, since, &question)?;
    future.end = days_after(now, MOST_DAYS)?;
    future.suppose(&Scenario { bought: None, setting: None })?;
    future.runs_out(now)
}

fn days_after(at: Timestamp, days: u64) -> Result<Timestamp, ForecastError> {
    const SECONDS_PER_DAY: u64 = 86_400;
    let seconds = days.checked_mul(SECONDS_PER_DAY).ok_or(ForecastError::NoTime)?;
    at.plus_seconds(seconds).ok_or(ForecastError::NoTime)
}

fn said(question: &ForecastQuestion, now: Timestamp, seen: &Forecast) -> impl Iterator<Item = ForecastFinding> + use<> {
    let (past_due, purchase) = (None, None);
    let stops = seen.access_stops.map(|at| match at {
        at if at > now => ForecastFinding::AccessStops { at, past_due, purchase },
        _ => ForecastFinding::AccessStopped { past_due, purchase },
    });
    let lasts =
        seen.balances.last().map(|(_, balance)| ForecastFinding::Lasts { days: question.days, balance: *balance });
    let recharge = seen.entries.iter().find(|entry| matches!(entry.what, ForecastEvent::Recharge { .. }));
    let Sums { purchases, recharged: total, deployments, .. } = seen.totals;
    let recharges = recharge.map(|entry| ForecastFinding::Recharges { purchases, total, first: entry.at });
    let charge = seen.entries.iter().find_map(|entry| match &entry.what {
        ForecastEvent::Charge { amount, .. } => Some(ForecastFinding::ChargeToCome { amount: *amount, at: entry.at }),
        _ => None,
    });
    let deployments = deployments.is_positive().then_some(ForecastFinding::Deployments { deployments });
    [stops.or(lasts), recharges, charge, deployments].into_iter().flatten()
}

/// AC-3: what would keep access: a purchase; where none does, paying what is past due (CR-9); where that is not enough, both.
fn prevents(
    policies: &Policies,
    account: &Account,
    now: Timestamp,
    question: &ForecastQuestion,
) -> Result<Vec<Remedy>, ForecastError> {
    let policy = policies.at(now).ok_or(ForecastError::NoTime)?;
    let begun = || Future::of(policies, account, now, question);
    let purchase = |pays: bool| {
        smallest(policy.minimum_purchase, |amount| {
            let mut future = begun()?;
            if pays {
                future.pay_what_is_past_due()?;
            }
            future.buy(amount, 1)?;
            Ok(future.seen()?.access_stops.is_none())
        })
    };
    if let Some(amount) = purchase(false)? {
        return Ok(vec![Remedy::Purchase(amount)]);
    }
    let mut paid = begun()?;
    let past_due = paid.pay_what_is_past_due()?;
    if !past_due.is_positive() {
        return Ok(Vec::new());
    }
    let payment = Remedy::PayInvoice(past_due);
    if paid.seen()?.access_stops.is_none() {
        return Ok(vec![payment]);
    }
    let both = purchase(true)?.map(|amount| vec![payment, Remedy::Purchase(amount)]);
    Ok(both.unwrap_or_default())
}

/// The smallest charge, from the least one on, that is enough: doubled until it is, then halved to the cent. Nothing where
/// no amount is.
fn smallest(
    least: Charge,
    is_enough: impl Fn(Charge) -> Result<bool, ForecastError>,
) -> Result<Option<Charge>, ForecastError> {
    if is_enough(least)? {
        return Ok(Some(least));
    }
    let most = Charge::parse("1000000000000000")?;
    let (mut too_little, mut enough) = (least, least);
    loop {
        enough = Charge::of(enough.money().times(2)?)?;
        if enough > most {
            return Ok(None);
        }
        if is_enough(enough)? {
            break;
        }
        too_little = enough;
    }
    while let Some(middle) = too_little.between(enough) {
        if is_enough(middle)? {
            enough = middle;
        } else {
            too_little = middle;
        }
    }
    Ok(Some(enough))
}

/// The account on its way into the future.
struct Future<'p> {
    policies: &'p Policies,
    policy: &'p Policy,
    account: Account,
    usage_per_day: Money,
    began: Timestamp,
    at: Timestamp,
    end: Timestamp,
    /// Since when usage has flowed, while there is access.
    flows_since: Option<Timestamp>,
    /// What has been recorded of it.
    recorded: Money,
    /// Whether there is access; nothing until somebody has looked.
    has_access: Option<bool>,
    seen: Forecast,
    bought: u64,
}

impl<'p> Future<'p> {
    fn of(
        policies: &'p Policies,
        account: &Account,
        now: Timestamp,
        question: &ForecastQuestion,
    ) -> Result<Future<'p>, ForecastError> {
        let policy = policies.at(now).ok_or(ForecastError::NoTime)?;
        let end = days_after(now, question.days.min(MOST_DAYS))?;
        let seen = Forecast {
            entries: Vec::new(),
            totals: Sums::NONE,
            months: Vec::new(),
            balances: Vec::new(),
            access_stops: None,
            prevents: Vec::new(),
            outlook: Vec::new(),
        };
        let mut future = Future {
            policies,
            policy,
            account: account.clone(),
            usage_per_day: question.usage_per_day,
            began: now,
            at: now,
            end,
            flows_since: None,
            recorded: Money::ZERO,
            has_access: None,
            seen,
            bought: 0,
        };
        future.complete_what_is_pending()?;
        if !question.running {
            future.stop_what_runs()?;
        }
        Ok(future)
    }

    /// Takes something to be done now. A setting that stays as it is does not lift what keeps it from buying.
    fn suppose(&mut self, supposed: &Scenario) -> Result<(), ForecastError> {
        if let Some(amount) = supposed.bought {
            self.buy(amount, 1)?;
        }
        match supposed.setting {
            setting if setting == self.account.recharge().setting => Ok(()),
            Some(Setting { amount, threshold }) => self.happen(EventKind::AutoRechargeSet { amount, threshold }),
            None => self.happen(EventKind::AutoRechargeCleared),
        }
    }

    /// Lives through the whole time.
    fn seen(mut self) -> Result<Forecast, ForecastError> {
        self.settle()?;
        self.note_balance()?;
        while self.at < self.end {
            self.pass_to(self.next_boundary())?;
            self.settle()?;
            if self.at == self.at.date().start() || self.at == self.end {
                self.note_balance()?;
            }
        }
        self.charge_what_runs()?;
        Ok(self.seen)
    }

    /// Lives until the balance is at its limit now or later, while nothing flows but what runs.
    fn runs_out(mut self, now: Timestamp) -> Result<Option<Timestamp>, ForecastError> {
        while self.at < now {
            self.settle()?;
            self.at = self.next_boundary().min(now);
        }
        loop {
            self.settle()?;
            let boundary = self.next_boundary();
            let at_limit = self.reaches_limit(boundary)?;
            if at_limit.is_some() || self.at == self.end {
                return Ok(at_limit);
            }
            self.at = boundary;
        }
    }

    fn facts(&self) -> Facts<'_> {
        Facts { policy: self.policy, account: &self.account, at: self.at }
    }

    fn happen(&mut self, kind: EventKind) -> Result<(), ForecastError> {
        let event = Event { at: self.at, kind };
        self.account.apply(&event)?;
        Ok(())
    }

    /// PP-1: purchases that are under way are taken to complete now.
    fn complete_what_is_pending(&mut self) -> Result<(), ForecastError> {
        let pending: Vec<(Id, Stage)> =
            self.account.pending_purchases().map(|purchase| (purchase.key.clone(), purchase.stage())).collect();
        for (purchase, stage) in pending {
            if matches!(stage, Stage::BankApproval | Stage::BankAction) {
                self.happen(EventKind::BankApproved { purchase: purchase.clone() })?;
            }
            if stage != Stage::Balance {
                self.happen(EventKind::PurchaseInvoiced { purchase: purchase.clone() })?;
            }
            self.happen(self.facts().balance_updated(purchase)?)?;
        }
        self.settle_tier()
    }

    fn settle_tier(&mut self) -> Result<(), ForecastError> {
        match self.account.settling_since() {
            Some(_) => self.happen(EventKind::TierSettled { spend: self.account.lifetime_spend()? }),
            None => Ok(()),
        }
    }

    fn stop_what_runs(&mut self) -> Result<(), ForecastError> {
        self.charge_what_runs()?;
        self.running().into_iter().try_for_each(|deployment| self.happen(EventKind::DeploymentStopped { deployment }))
    }

    /// UC-1: the minutes that no midnight has charged yet.
    fn charge_what_runs(&mut self) -> Result<(), ForecastError> {
        self.running().iter().try_for_each(|deployment| self.charge(deployment))
    }

    fn running(&self) -> Vec<Id> {
        self.account.running().map(|deployment| deployment.id.clone()).collect()
    }

    fn charge(&mut self, id: &Id) -> Result<(), ForecastError> {
        let Some(deployment) = self.account.deployment(id) else { return Ok(()) };
        let (minutes, cost) = (deployment.uncharged_minutes(self.at), deployment.uncharged(self.at)?);
        if minutes == 0 {
            return Ok(());
        }
        // The minutes that were over before it all began are in the first balance already.
        let deployments = cost.checked_sub(deployment.uncharged(self.began)?)?;
        self.happen(self.facts().minutes_charged(id.clone(), minutes, cost)?)?;
        // Those that end with a month belong to it, in the account as here.
        match self.account.month() {
            Some(month) if deployments.is_positive() => self.sum_in(month, &Sums { deployments, ..Sums::NONE }),
            _ => Ok(()),
        }
    }

    /// Adds to the sums of the whole time and of the present month.
    fn sum(&mut self, more: &Sums) -> Result<(), ForecastError> {
        let day = self.at.date();
        self.sum_in(day.first_of_month_after(0).unwrap_or(day), more)
    }

    fn sum_in(&mut self, month: Date, more: &Sums) -> Result<(), ForecastError> {
        self.seen.totals = self.seen.totals.checked_add(more)?;
        match self.seen.months.last_mut().filter(|(last, _)| *last == month) {
            Some((_, sums)) => *sums = sums.checked_add(more)?,
            None => self.seen.months.push((month, *more)),
        }
        Ok(())
    }

    fn note(&mut self, what: ForecastEvent) -> Result<(), ForecastError> {
        let balance = self.balance(self.at)?;
        self.seen.entries.push(Entry { at: self.at, what, balance });
        Ok(())
    }

    fn note_balance(&mut self) -> Result<(), ForecastError> {
        let balance = self.balance(self.at)?;
        self.seen.balances.push((self.at, balance));
        Ok(())
    }

    /// What has flowed by then and is not recorded yet.
    fn flowed(&self, at: Timestamp) -> Result<Money, MoneyError> {
        const SECONDS_PER_DAY: u64 = 86_400;
        let Some(since) = self.flows_since else { return Ok(Money::ZERO) };
        self.usage_per_day.prorate_floor(at.seconds_since(since), SECONDS_PER_DAY)?.checked_sub(self.recorded)
    }

    fn balance(&self, at: Timestamp) -> Result<Money, MoneyError> {
        self.account.balance(at)?.checked_sub(self.flowed(at)?)
    }

    /// CR-7: records what has flowed, so that it is paid and billed.
    fn record(&mut self) -> Result<(), ForecastError> {
        let cost = self.flowed(self.at)?;
        if cost.is_positive() { self.record_cost(cost) } else { Ok(()) }
    }

    fn record_cost(&mut self, cost: Money) -> Result<(), ForecastError> {
        self.recorded = self.recorded.checked_add(cost)?;
        self.sum(&Sums { usage: cost, ..Sums::NONE })?;
        self.happen(self.facts().usage_recorded(Service::Serverless, None, 0, cost, false)?)
    }

    /// The next instant at which something may change: a midnight, an expiry, the end.
    fn next_boundary(&self) -> Timestamp {
        let midnight = self.at.date().next().map(Date::start);
        let expiry = self.account.credits().next_expiry();
        let card = self.account.card().and_then(|card| card.expiry.passes_at());
        let later = [midnight, expiry, card].into_iter().flatten().filter(|at| *at > self.at);
        later.chain([self.end]).min().unwrap_or(self.end)
    }

    /// Goes on to a boundary: what happens before it is a recharge, or a stop of access.
    fn pass_to(&mut self, boundary: Timestamp) -> Result<(), ForecastError> {
        while self.at < boundary {
            let recharge = self.next_recharge(boundary)?;
            let stop = self.next_stop(boundary)?;
            match (recharge, stop) {
                (Some(recharge), stop) if stop.is_none_or(|stop| recharge <= stop) => {
                    self.at = recharge;
                    self.recharge(boundary)?;
                    self.look_at_access()?;
                }
                (_, Some(stop)) => {
                    self.at = stop;
                    self.look_at_access()?;
                }
                _ => break,
            }
        }
        self.record_at_boundary(boundary)
    }

    /// What has flowed in a month is recorded in it: at the last instant before its end.
    fn record_at_boundary(&mut self, boundary: Timestamp) -> Result<(), ForecastError> {
        let cost = self.flowed(boundary)?;
        let ends_month = boundary == boundary.date().start() && boundary.date().day() == 1;
        if ends_month && cost.is_positive() {
            let before = Timestamp::from_unix_nanoseconds(boundary.unix_nanoseconds().saturating_sub(1));
            self.at = before.map_err(|_| ForecastError::NoTime)?.max(self.at);
            self.record_cost(cost)?;
        }
        self.at = boundary;
        Ok(())
    }

    /// Does what is due now, and looks whether there is access.
    fn settle(&mut self) -> Result<(), ForecastError> {
        self.policy = self.policies.at(self.at).ok_or(ForecastError::NoTime)?;
        self.settle_deployments_and_expiry()?;
        self.settle_month()?;
        self.settle_invoices()?;
        self.record()?;
        self.recharge_if_triggered()?;
        self.look_at_access()
    }

    fn settle_deployments_and_expiry(&mut self) -> Result<(), ForecastError> {
        let expiring = self.account.credits().expiring(self.at)?.is_positive();
        let now = self.at;
        let is_due = |deployment: &&Deployment| expiring || deployment.next_day_end().is_some_and(|due| due <= now);
        let due: Vec<Id> = self.account.running().filter(is_due).map(|deployment| deployment.id.clone()).collect();
        for deployment in due {
            self.charge(&deployment)?;
        }
        let amount = self.account.credits().expiring(now)?;
        if amount.is_positive() {
            self.happen(EventKind::CreditsExpired { amount })?;
            self.note(ForecastEvent::Expiry { amount })?;
        }
        Ok(())
    }

    /// IN-1: a month that is over is closed.
    fn settle_month(&mut self) -> Result<(), ForecastError> {
        if self.account.month_end().is_none_or(|end| end > self.at) {
            return Ok(());
        }
        let Some(issued) = self.facts().invoice_issued()? else { return Ok(()) };
        let EventKind::InvoiceIssued { invoice, total, due, .. } = issued.clone() else { return Ok(()) };
        self.happen(issued)?;
        self.note(ForecastEvent::MonthEnd { invoice, total, due })
    }

    /// IN-3: what is due is charged and paid; without a card that can be charged it is past due.
    fn settle_invoices(&mut self) -> Result<(), ForecastError> {
        let due = self.account.invoices().iter().filter(|invoice| {
            invoice.state() == InvoiceState::Charging
                || (invoice.state() == InvoiceState::Due && invoice.charge_on <= self.at)
        });
        let due: Vec<(Id, Charge, InvoiceState)> =
            due.map(|invoice| (invoice.id.clone(), invoice.due, invoice.state())).collect();
        for (invoice, amount, state) in due {
            if !self.card_can_be_charged() {
                self.happen(EventKind::InvoicePastDue { invoice: invoice.clone(), code: None })?;
                self.note(ForecastEvent::PastDue { invoice, amount })?;
                continue;
            }
            if state == InvoiceState::Due {
                self.happen(EventKind::InvoiceChargeStarted { invoice: invoice.clone(), by: Actor::Clock })?;
            }
            self.complete_charge(&invoice)?;
            self.sum(&Sums { charged: amount.money(), ..Sums::NONE })?;
            self.note(ForecastEvent::Charge { invoice, amount })?;
        }
        Ok(())
    }

    /// TI-2: a charge that is under way is approved, and is spend.
    fn complete_charge(&mut self, invoice: &Id) -> Result<(), ForecastError> {
        self.happen(self.facts().invoice_paid(invoice.clone())?)?;
        self.settle_tier()
    }

    /// AC-8, CR-9: pays by card all that is past due. What is being charged again already is not paid twice.
    fn pay_what_is_past_due(&mut self) -> Result<Money, ForecastError> {
        let past_due = self.account.invoices().iter().filter(|invoice| invoice.state() == InvoiceState::PastDue);
        let past_due: Vec<(Id, Charge)> = past_due.map(|invoice| (invoice.id.clone(), invoice.due)).collect();
        for (invoice, _) in &past_due {
            self.happen(EventKind::InvoiceChargeStarted { invoice: invoice.clone(), by: Actor::Customer })?;
            self.complete_charge(invoice)?;
        }
        Ok(past_due.iter().map(|(_, due)| due.money()).try_fold(Money::ZERO, Money::checked_add)?)
    }

    fn card_can_be_charged(&self) -> bool {
        self.account.card().is_some_and(|card| !card.expiry.has_passed(self.at))
    }

    /// AR-5, AR-6: the setting, unless something keeps it from buying.
    fn setting_that_acts(&self) -> Option<Setting> {
        let hindered = self.account.recharge_block(self.policy, self.at);
        self.account.recharge().setting.filter(|_| hindered.is_none())
    }

    fn is_triggered(&self, setting: Setting, at: Timestamp) -> Result<bool, ForecastError> {
        Ok(self.purchases(setting, at)? > 0)
    }

    /// AR-2: buys at once where the trigger holds already.
    fn recharge_if_triggered(&mut self) -> Result<(), ForecastError> {
        match self.setting_that_acts() {
            Some(setting) if self.is_triggered(setting, self.at)? => self.recharge(self.next_boundary()),
            _ => Ok(()),
        }
    }

    /// AR-3: how many purchases the setting makes of the balance at an instant.
    fn purchases(&self, setting: Setting, at: Timestamp) -> Result<u64, ForecastError> {
        let question = recharge::RechargeQuestion::new(self.balance(at)?, setting);
        match recharge::preview(self.policy, &question) {
            Ok(preview) => Ok(preview.purchases),
            Err(AmountError::Money(error)) => Err(error.into()),
            Err(AmountError::Refused(_)) => Ok(0),
        }
    }

    /// AR-2: when auto-recharge next begins, before a boundary.
    fn next_recharge(&self, boundary: Timestamp) -> Result<Option<Timestamp>, ForecastError> {
        let Some(setting) = self.setting_that_acts() else { return Ok(None) };
        if self.is_triggered(setting, self.at)? || !self.is_triggered(setting, boundary)? {
            return Ok(None);
        }
        let begins = first_instant(self.at, boundary, |at| self.is_triggered(setting, at))?;
        Ok(begins.filter(|at| *at < boundary))
    }

    /// AR-3: buys what is needed until the boundary, all at once: in the end it is the same as one after the other.
    fn recharge(&mut self, boundary: Timestamp) -> Result<(), ForecastError> {
        let Some(setting) = self.setting_that_acts() else { return Ok(()) };
        let purchases = self.purchases(setting, boundary)?.max(self.purchases(setting, self.at)?);
        if purchases == 0 {
            return Ok(());
        }
        let total = setting.amount.money().times(purchases)?;
        self.record()?;
        self.buy(Charge::of(total)?, purchases)?;
        self.sum(&Sums { purchases, recharged: total, ..Sums::NONE })?;
        self.note(ForecastEvent::Recharge { purchases, total })
    }

    /// Buys credits that are there at once.
    fn buy(&mut self, amount: Charge, purchases: u64) -> Result<(), ForecastError> {
        self.bought = self.bought.saturating_add(1);
        let purchase: Id = format!("forecast-{}-{purchases}", self.bought).into();
        self.happen(EventKind::PurchaseStarted { purchase: purchase.clone(), amount, run: None })?;
        self.happen(EventKind::BankApproved { purchase: purchase.clone() })?;
        self.happen(EventKind::PurchaseInvoiced { purchase: purchase.clone() })?;
        self.happen(self.facts().balance_updated(purchase)?)?;
        self.settle_tier()
    }

    /// AC-1: when the balance next reaches its limit, before a boundary.
    fn next_stop(&self, boundary: Timestamp) -> Result<Option<Timestamp>, ForecastError> {
        if self.has_access == Some(true) { self.reaches_limit(boundary) } else { Ok(None) }
    }

    /// AC-1: when the balance is at its limit, from now on and before a boundary.
    fn reaches_limit(&self, boundary: Timestamp) -> Result<Option<Timestamp>, ForecastError> {
        let limit = self.account.snapshot(self.policy, self.at)?.credit_limit(self.policy)?.in_force;
        // A sum that leaves the range lies far below any limit.
        let is_above =
            |at| self.balance(at).and_then(|balance| balance.checked_add(limit)).is_ok_and(Money::is_positive);
        if !is_above(self.at) {
            return Ok(Some(self.at));
        }
        if is_above(boundary) {
            return Ok(None);
        }
        // At the boundary itself, what falls due there comes first.
        let reached = first_instant(self.at, boundary, |at| Ok::<bool, ForecastError>(!is_above(at)))?;
        Ok(reached.filter(|at| *at < boundary))
    }

    /// AC-1..9: whether there is access now; usage flows only with it.
    fn look_at_access(&mut self) -> Result<(), ForecastError> {
        self.record()?;
        let snapshot = self.account.snapshot(self.policy, self.at)?;
        let decision = authorize(self.policy, &snapshot, &Request::API_CALL).map_err(|_| MoneyError::OutOfRange)?;
        let reason = decision.refusals.first().map(|refusal| refusal.reason.code());
        match (reason, self.has_access) {
            (Some(reason), Some(true) | None) => {
                (self.has_access, self.flows_since, self.recorded) = (Some(false), None, Money::ZERO);
                self.seen.access_stops.get_or_insert(self.at);
                self.note(ForecastEvent::Suspended { reason })
            }
            (None, Some(false) | None) => {
                let recovers = self.has_access == Some(false);
                (self.has_access, self.flows_since, self.recorded) = (Some(true), Some(self.at), Money::ZERO);
                if recovers { self.note(ForecastEvent::Recovered) } else { Ok(()) }
            }
            _ => Ok(()),
        }
    }
}
