//! What a forecast says.

use super::account::{Day, Instant};
use super::{charge, count, dollars, purchases as purchase_word};
use crate::forecast::Outlook;
use core::fmt::{self, Display, Formatter};

impl Display for Outlook {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Outlook::AccessStops { at, purchase } => {
                write!(out, "Access stops on {}", Instant(at))?;
                match purchase {
                    Some(amount) => write!(out, " at this rate. Buying {} now keeps it open.", charge(amount)),
                    None => out.write_str(" at this rate."),
                }
            }
            Outlook::Lasts { days: 1, balance } => {
                write!(out, "Access stays open through the day; the balance is then {}.", dollars(balance))
            }
            Outlook::Lasts { days, balance } => {
                write!(
                    out,
                    "Access stays open through the {} days; the balance is then {}.",
                    count(days),
                    dollars(balance)
                )
            }
            Outlook::Recharges { purchases, total, first } => write!(
                out,
                "Auto-recharge makes {} {}, {} in all, the first on {}.",
                count(purchases),
                purchase_word(purchases),
                dollars(total),
                Day(first)
            ),
            Outlook::ChargeToCome { amount, at } => {
                write!(out, "{} is charged to the card on {}.", charge(amount), Day(at))
            }
            Outlook::Deployments { deployments } => {
                write!(out, "Deployments cost {} of it, used or not.", dollars(deployments))
            }
        }
    }
}
