//! Looking ahead, and what would keep access.

use super::answer::{Forecast, ForecastError, ForecastEvent, ForecastFinding, ForecastQuestion, Scenario, Sums};
use super::future::Future;
use crate::ledger::account::Account;
use crate::money::Charge;
use crate::policy::schedule::Policies;
use crate::rules::access::Remedy;
use crate::time::Timestamp;
use alloc::vec;
use alloc::vec::Vec;

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
