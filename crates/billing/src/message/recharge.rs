//! Purchases and auto-recharge.

use crate::message::format::{charge, count, dollars, floor_of, purchases};
use crate::rules::credit::PurchaseProblem;
use crate::rules::recharge::{SettingError, Warning};
use core::fmt::{self, Display, Formatter};

impl Display for PurchaseProblem {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            PurchaseProblem::BelowMinimum { minimum } => write!(out, "The smallest purchase is {}.", charge(*minimum)),
        }
    }
}

impl Display for SettingError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            SettingError::Amount(error) => error.fmt(out),
            SettingError::Threshold(error) => error.fmt(out),
            SettingError::ThresholdMissing => {
                out.write_str("Say at which balance auto-recharge should buy, or clear both fields to turn it off.")
            }
        }
    }
}

impl Display for Warning {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Warning::BuysNow { purchases: times, amount, total, threshold, gap, pending } => {
                if times == 1 {
                    write!(out, "This buys {} now", charge(amount))?;
                } else {
                    write!(out, "This buys {} times {} now, {} in all", count(times), charge(amount), dollars(total))?;
                }
                if gap.is_positive() {
                    let counted = if pending.is_positive() { " with what is pending" } else { "" };
                    write!(out, ", because the threshold is {} above your balance{counted}.", dollars(gap))
                } else {
                    write!(out, ", because your balance is at the threshold of {}.", charge(threshold))
                }
            }
            Warning::AtThresholdWaits { threshold } => write!(
                out,
                "Your balance is exactly {}. Auto-recharge buys when it falls below that, so nothing is bought now.",
                charge(threshold)
            ),
            Warning::AtThresholdBuys { threshold } => write!(
                out,
                "Your balance is exactly {}. Auto-recharge buys at the threshold, not only below it.",
                charge(threshold)
            ),
            Warning::PendingCounted { pending, purchases_without } => write!(
                out,
                "{} is still pending and already counts. Without it there would be {} {}.",
                dollars(pending),
                count(purchases_without),
                purchases(purchases_without)
            ),
            Warning::TooLate { threshold, credit_limit } => {
                write!(
                    out,
                    "A threshold of {} cannot keep access open: access stops at a balance of {}, before auto-recharge \
                     has bought. Choose a higher threshold.",
                    charge(threshold),
                    dollars(floor_of(credit_limit))
                )
            }
            Warning::NoCard => out.write_str("No card is linked, so auto-recharge cannot buy. Link a card first."),
            Warning::CardNotRecurring => out.write_str(
                "The linked card does not support recurring payments, so auto-recharge cannot buy. Link another card.",
            ),
            Warning::CardRecurringUnknown => {
                out.write_str("Whether the linked card supports recurring payments shows only when it is charged.")
            }
        }
    }
}
