//! How an account is used, and how long it lasts so.

use super::answer::{ForecastError, ForecastEvent, ForecastQuestion, MOST_DAYS, Scenario};
use super::future::{Future, days_after};
use super::look_ahead::look_ahead;
use crate::ledger::account::Account;
use crate::ledger::event::{Event, EventKind};
use crate::money::{Money, MoneyError};
use crate::policy::schedule::Policies;
use crate::rules::access::{Request, authorize};
use crate::time::Timestamp;

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
#[non_exhaustive]
pub struct Runway {
    /// How it is used.
    pub rate: Rate,
    /// AC-1: when access stops; nothing where it lasts for [`MOST_DAYS`].
    pub stops: Option<Timestamp>,
    /// AR-2: when auto-recharge next buys.
    pub recharges: Option<Timestamp>,
}

/// AC-1: how long before access stops the customer is warned, in seconds: 48 hours.
pub const STOP_WARNING_SECONDS: u64 = 48 * 3600;

impl Runway {
    /// AC-1: when access stops, where that is within [`STOP_WARNING_SECONDS`].
    #[must_use]
    pub fn stops_soon(&self, now: Timestamp) -> Option<Timestamp> {
        self.stops.filter(|stops| stops.seconds_since(now) <= STOP_WARNING_SECONDS)
    }
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
    // What is pending would open access in the forecast, which takes it to complete now.
    let policy = policies.at(now).ok_or(ForecastError::NoTime)?;
    let decision = authorize(policy, &account.snapshot(policy, now)?, &Request::API_CALL);
    if !decision.map_err(|_| MoneyError::OutOfRange)?.allowed() {
        return Ok(None);
    }
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
    future.suppose(&Scenario { bought: None, setting: None })?;
    future.runs_out(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ac_1_a_stop_is_soon_from_48_hours_before_it() {
        let now = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        let rate = Rate { usage_per_day: Money::ZERO, days: 1 };
        let stops_soon = |seconds| {
            let stops = now.plus_seconds(seconds);
            Runway { rate, stops, recharges: None }.stops_soon(now).is_some()
        };
        assert!(stops_soon(172_800) && !stops_soon(172_801));
        assert_eq!(Runway { rate, stops: None, recharges: None }.stops_soon(now), None);
    }
}
