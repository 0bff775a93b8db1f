//! What a forecast says.

use crate::message::format::{Day, Instant, charge, count, dollars, purchases as purchase_word};
use crate::money::{Charge, Money};
use crate::projection::forecast::ForecastFinding;
use alloc::format;
use alloc::string::String;
use core::fmt::{self, Display, Formatter};

/// What can be done.
fn deed(past_due: Option<Money>, purchase: Option<Charge>) -> Option<String> {
    match (past_due, purchase) {
        (Some(due), Some(amount)) => {
            Some(format!("Paying the {} that is past due and buying {}", dollars(due), charge(amount)))
        }
        (Some(due), None) => Some(format!("Paying the {} that is past due", dollars(due))),
        (None, Some(amount)) => Some(format!("Buying {}", charge(amount))),
        (None, None) => None,
    }
}

impl Display for ForecastFinding {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            ForecastFinding::AccessStops { at, past_due, purchase } => {
                write!(out, "Access stops on {} at this rate.", Instant(at))?;
                if let Some(deed) = deed(past_due, purchase) {
                    write!(out, " {deed} now keeps it open.")?;
                }
                Ok(())
            }
            ForecastFinding::AccessStopped { past_due, purchase } => {
                out.write_str("Access is stopped.")?;
                if let Some(deed) = deed(past_due, purchase) {
                    write!(out, " {deed} now opens it and keeps it open.")?;
                }
                Ok(())
            }
            ForecastFinding::Lasts { days: 1, balance } => {
                write!(out, "Access stays open through the day; the balance is then {}.", dollars(balance))
            }
            ForecastFinding::Lasts { days, balance } => {
                write!(
                    out,
                    "Access stays open through the {} days; the balance is then {}.",
                    count(days),
                    dollars(balance)
                )
            }
            ForecastFinding::Recharges { purchases, total, first } => write!(
                out,
                "Auto-recharge makes {} {}, {} in all, the first on {}.",
                count(purchases),
                purchase_word(purchases),
                dollars(total),
                Day(first)
            ),
            ForecastFinding::ChargeToCome { amount, at } => {
                write!(out, "{} is charged to the card on {}.", charge(amount), Day(at))
            }
            ForecastFinding::Deployments { deployments } => {
                write!(out, "Deployments cost {} of it, used or not.", dollars(deployments))
            }
        }
    }
}
