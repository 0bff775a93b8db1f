//! UC-3..5: what an account was charged since an instant, and what runs: usage, deployments and purchases apart.

use crate::finding::findings;
use crate::ledger::account::Account;
use crate::ledger::deployment::Deployment;
use crate::ledger::event::{Event, EventKind};
use crate::money::{Decimal, Money, MoneyError};
use crate::policy::schedule::Policies;
use crate::projection::forecast::{self, ForecastError};
use crate::time::{Date, Timestamp};
use alloc::vec::Vec;

/// The most days that are told apart.
pub const MOST_DAYS: usize = 366;

/// UC-5: what was charged since an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Charges<'a> {
    /// UC-3: usage.
    pub usage: Money,
    /// UC-1, UC-2: deployments, those that were stopped meanwhile too.
    pub deployments: Money,
    /// IN-6: credits bought.
    pub purchases: Money,
    /// AR-5: how many of these purchases auto-recharge made, and for how much.
    pub recharged: (u64, Money),
    /// UC-4: what runs, the most costly first.
    pub running: Vec<RunningCost<'a>>,
    /// UC-4: what all that runs costs an hour.
    pub per_hour: Money,
    /// UC-4: when the balance [runs out](forecast::runs_out) if nothing else is used and nothing is bought.
    pub runs_out: Option<Timestamp>,
    /// UC-4: what to know about it.
    pub notices: Vec<ChargeNotice>,
}

/// UC-4: what a running deployment costs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RunningCost<'a> {
    /// The deployment.
    pub deployment: &'a Deployment,
    /// What it costs an hour.
    pub per_hour: Money,
    /// What it has cost since its last request, or since its start where there was none.
    pub since_last_request: Money,
    /// What it has cost since its start.
    pub since_start: Money,
    /// What it has cost since the instant that is asked about.
    pub cost: Money,
    /// Its share of all usage and deployments since then; nothing where there was no cost.
    pub share: Option<Decimal>,
}

findings! {
    /// What explains charges without requests.
    pub enum ChargeNotice {
        /// UC-4: deployments run that nobody has used since the instant that is asked about.
        Idle { running: u64, per_hour: Money, since_last_request: Money } = "charges.idle_deployments" Uc4,
        /// UC-4: the balance ends at this rate.
        RunsOut { per_hour: Money, at: Timestamp } = "charges.runs_out" Uc4,
        /// UC-4, UC-5: nothing runs, so whatever was charged was used, or was a deployment that has stopped.
        NothingRuns { usage: Money, deployments: Money } = "charges.nothing_runs" Uc4,
    }
}

/// UC-3..5: explains the charges since an instant. `events` is the history that has made the account.
///
/// # Errors
/// [`MoneyError::OutOfRange`].
pub fn charges<'a>(
    policies: &Policies,
    account: &'a Account,
    events: &[Event],
    since: Timestamp,
    now: Timestamp,
) -> Result<Charges<'a>, MoneyError> {
    let (mut usage, mut purchases, mut recharged) = (Money::ZERO, Money::ZERO, (0_u64, Money::ZERO));
    for event in events.iter().filter(|event| event.at >= since) {
        match &event.kind {
            EventKind::UsageRecorded { cost, .. } => usage = usage.checked_add(*cost)?,
            EventKind::BalanceUpdated { purchase, .. } => {
                if let Some(purchase) = account.purchase(purchase) {
                    purchases = purchases.checked_add(purchase.amount.money())?;
                    if purchase.run.is_some() {
                        recharged = (recharged.0.saturating_add(1), recharged.1.checked_add(purchase.amount.money())?);
                    }
                }
            }
            _ => {}
        }
    }
    let hosted = account.deployments().iter().map(|deployment| cost_since(deployment, since, now));
    let deployments = hosted.clone().try_fold(Money::ZERO, |sum, cost| sum.checked_add(cost?))?;
    let all = usage.checked_add(deployments)?;
    let running = account.running().map(|deployment| running_cost(deployment, since, now, all));
    let mut running = running.collect::<Result<Vec<RunningCost<'a>>, MoneyError>>()?;
    running.sort_by_key(|cost| core::cmp::Reverse(cost.per_hour));
    let per_hour = running.iter().try_fold(Money::ZERO, |sum, cost| sum.checked_add(cost.per_hour))?;
    let runs_out = match forecast::runs_out(policies, account, now) {
        Err(ForecastError::NoTime) => None,
        Err(ForecastError::Money(error)) => return Err(error),
        Ok(at) => at,
    };
    let notices = notices(&running, since, (usage, deployments), per_hour, runs_out)?;
    Ok(Charges { usage, deployments, purchases, recharged, running, per_hour, runs_out, notices })
}

/// UC-4: returns what explains charges without requests now. Running deployments are judged by the last 24 hours, or by the month
/// so far where that is shorter; that nothing runs is said of the whole month so far.
///
/// # Errors
/// [`MoneyError::OutOfRange`].
///
/// ```
/// use billing::ledger::Account;
/// use billing::money::Money;
/// use billing::policy::{Policies, Policy};
/// use billing::projection::charges::{ChargeNotice, current_notices};
/// use billing::time::Timestamp;
/// let policies = Policies::always(Policy::shipped("prepaid")?);
/// let now = Timestamp::parse("2025-12-03T09:00:00Z")?;
/// let nothing = ChargeNotice::NothingRuns { usage: Money::ZERO, deployments: Money::ZERO };
/// assert_eq!(current_notices(&policies, &Account::NEW, &[], now)?, [nothing]);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn current_notices(
    policies: &Policies,
    account: &Account,
    events: &[Event],
    now: Timestamp,
) -> Result<Vec<ChargeNotice>, MoneyError> {
    const DAY_NANOSECONDS: i128 = 86_400_000_000_000;
    let month = now.date().first_of_month_after(0).map_or(now, Date::start);
    let day = Timestamp::from_unix_nanoseconds(now.unix_nanoseconds().saturating_sub(DAY_NANOSECONDS));
    let since = |since| charges(policies, account, events, since, now).map(|found| found.notices);
    let is_of_month = |notice: &ChargeNotice| matches!(notice, ChargeNotice::NothingRuns { .. });
    let of_day = since(day.map_or(month, |day| day.max(month)))?.into_iter().filter(|notice| !is_of_month(notice));
    Ok(of_day.chain(since(month)?.into_iter().filter(is_of_month)).collect())
}

/// UC-3, UC-5: what a day in UTC has cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaySpend {
    /// The day.
    pub day: Date,
    /// UC-3: usage.
    pub usage: Money,
    /// UC-1, UC-2: deployments, by the minutes that were over on that day.
    pub deployments: Money,
}

impl DaySpend {
    /// Both together.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn total(&self) -> Result<Money, MoneyError> {
        self.usage.checked_add(self.deployments)
    }
}

/// UC-3, UC-5: what each day has cost, from the first one to today, [`MOST_DAYS`] at most. Together the days of a month are the
/// month's usage and deployments.
///
/// # Errors
/// [`MoneyError::OutOfRange`].
///
/// ```
/// use billing::ledger::Account;
/// use billing::projection::charges::by_day;
/// use billing::time::Timestamp;
/// let now = Timestamp::parse("2025-12-03T09:00:00Z")?;
/// let first = now.date().first_of_month_after(0).ok_or("no month")?;
/// assert_eq!(by_day(&Account::NEW, &[], first, now)?.len(), 3);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn by_day(account: &Account, events: &[Event], first: Date, now: Timestamp) -> Result<Vec<DaySpend>, MoneyError> {
    let days = core::iter::successors(Some(first), |day| day.next()).take_while(|day| *day <= now.date());
    let days = days.take(MOST_DAYS).map(|day| {
        let end = day.next().map_or(now, |next| next.start().min(now));
        let hosted = account.deployments().iter().map(|deployment| {
            let minutes = deployment.minutes(end).saturating_sub(deployment.minutes(day.start()));
            deployment.per_minute.times(minutes)
        });
        let deployments = hosted.into_iter().try_fold(Money::ZERO, |sum, cost| sum.checked_add(cost?))?;
        Ok(DaySpend { day, usage: Money::ZERO, deployments })
    });
    let mut days = days.collect::<Result<Vec<DaySpend>, MoneyError>>()?;
    for event in events.iter().rev().take_while(|event| event.at >= first.start()) {
        let place = days.binary_search_by_key(&event.at.date(), |spend| spend.day).ok();
        if let (EventKind::UsageRecorded { cost, .. }, Some(spend)) =
            (&event.kind, place.and_then(|place| days.get_mut(place)))
        {
            spend.usage = spend.usage.checked_add(*cost)?;
        }
    }
    Ok(days)
}

/// UC-1, UC-2: what a deployment has cost since an instant, by whole minutes.
fn cost_since(deployment: &Deployment, since: Timestamp, now: Timestamp) -> Result<Money, MoneyError> {
    deployment.per_minute.times(deployment.minutes(now).saturating_sub(deployment.minutes(since)))
}

fn running_cost(
    deployment: &Deployment,
    since: Timestamp,
    now: Timestamp,
    all: Money,
) -> Result<RunningCost<'_>, MoneyError> {
    let cost = cost_since(deployment, since, now)?;
    let share = if all.is_positive() { Some(cost.share_of_half_even(all)?) } else { None };
    let (per_hour, since_last_request) = (deployment.per_hour()?, deployment.cost_since_last_request(now)?);
    let since_start = deployment.per_minute.times(deployment.minutes(now))?;
    Ok(RunningCost { deployment, per_hour, since_last_request, since_start, cost, share })
}

fn notices(
    running: &[RunningCost<'_>],
    since: Timestamp,
    (usage, deployments): (Money, Money),
    per_hour: Money,
    runs_out: Option<Timestamp>,
) -> Result<Vec<ChargeNotice>, MoneyError> {
    let mut found = Vec::new();
    let idle = running.iter().filter(|cost| cost.deployment.last_request.is_none_or(|last| last < since));
    let count = u64::try_from(idle.clone().count()).unwrap_or(u64::MAX);
    if count > 0 {
        let per_hour = idle.clone().try_fold(Money::ZERO, |sum, cost| sum.checked_add(cost.per_hour))?;
        let since_last_request =
            idle.clone().try_fold(Money::ZERO, |sum, cost| sum.checked_add(cost.since_last_request))?;
        found.push(ChargeNotice::Idle { running: count, per_hour, since_last_request });
    }
    if let Some(at) = runs_out {
        found.push(ChargeNotice::RunsOut { per_hour, at });
    }
    if running.is_empty() {
        found.push(ChargeNotice::NothingRuns { usage, deployments });
    }
    Ok(found)
}
