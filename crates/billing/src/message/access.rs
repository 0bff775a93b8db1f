//! Access: why a request is refused, and what is noted beside a decision.

use crate::message::format::{Minutes, dollars, floor_of};
use crate::money::Money;
use crate::rules::access::{AccessNotice, AccountProblem, Reason};
use core::fmt::{self, Display, Formatter};

impl Display for AccountProblem {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            AccountProblem::FreeExceedsBalance { balance } => write!(
                out,
                "Free credits are a part of a positive balance; they cannot be more than the balance of {}.",
                dollars(*balance)
            ),
            AccountProblem::SettledExceedsSpend { lifetime_spend } => write!(
                out,
                "No more spend can have become a tier than the {} that was spent.",
                dollars(*lifetime_spend)
            ),
        }
    }
}

impl Display for Reason<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Reason::NoPurchase { minimum, lifetime_spend, free_credits, pending } => {
                write!(out, "Access needs {} of actual purchases; ", dollars(minimum))?;
                if lifetime_spend.is_positive() {
                    write!(out, "so far there are {}", dollars(lifetime_spend))?;
                } else {
                    out.write_str("so far there are none")?;
                }
                if free_credits.is_positive() {
                    write!(out, ", and {} of free credits do not count", dollars(free_credits))?;
                }
                pending_note(out, pending)
            }
            Reason::PastDue { past_due } => {
                write!(out, "{} is past due. Access stops until it is paid; credits do not pay it.", dollars(past_due))
            }
            Reason::LimitReached { balance, credit_limit, pending } => {
                if credit_limit.is_positive() {
                    let limit = floor_of(credit_limit);
                    write!(out, "The balance of {} has reached its limit of {}", dollars(balance), dollars(limit))?;
                } else {
                    let state = if balance.is_negative() { "is below zero" } else { "is used up" };
                    write!(out, "The balance of {} {state}", dollars(balance))?;
                }
                pending_note(out, pending)
            }
            Reason::CostNotCovered { cost, spendable, short, pending } => {
                write!(
                    out,
                    "This costs {}, and {} can be spent: {} is missing",
                    dollars(cost),
                    dollars(spendable),
                    dollars(short)
                )?;
                pending_note(out, pending)
            }
            Reason::TierTooLow { model, tier, needed, remaining, pending } => {
                write!(
                    out,
                    "{model} is open from {} on, whatever the balance; this account is on {}",
                    needed.name(),
                    tier.name()
                )?;
                if let Some(remaining) = remaining {
                    write!(out, ", {} of spend below it", dollars(remaining))?;
                }
                pending_note(out, pending)
            }
            Reason::TierSettling { model, tier, needed, seconds } => write!(
                out,
                "{model} opens with {}, which is paid for and takes up to {} to be set up; until then this account is on \
                 {}. The credits are safe.",
                needed.name(),
                Minutes(seconds),
                tier.name()
            ),
        }
    }
}

fn pending_note(out: &mut Formatter<'_>, pending: Money) -> fmt::Result {
    if pending.is_positive() {
        write!(out, "; a purchase of {} is pending", dollars(pending))?;
    }
    out.write_str(".")
}

impl Display for AccessNotice {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            AccessNotice::PositiveBalance { free_credits, purchased_credits, tier } => write!(
                out,
                "The balance holds {} of free and {} of purchased credits; the tier is {}.",
                dollars(free_credits),
                dollars(purchased_credits),
                tier.name()
            ),
            AccessNotice::LimitAboveCeiling { balance_limit, ceiling } => write!(
                out,
                "The balance limit of {} is above the most that this account may set; it counts as {}.",
                dollars(balance_limit),
                dollars(ceiling)
            ),
            AccessNotice::LimitAssumed { ceiling, tier } => write!(
                out,
                "{} keeps a limit of its own. None is stated for this account, so {} is assumed.",
                tier.name(),
                dollars(ceiling)
            ),
            AccessNotice::ByContract { tier, credit_limit } => {
                write!(out, "The {} contract holds, with a credit limit of {}.", tier.name(), dollars(credit_limit))
            }
            AccessNotice::Overrun { overrun, credit_limit } => write!(
                out,
                "The balance is {} below its limit of {}. What was used is owed, and new usage waits until the balance is above the limit.",
                dollars(overrun),
                dollars(floor_of(credit_limit))
            ),
            AccessNotice::UnderWay { balance, credit_limit } => write!(
                out,
                "This was under way when the balance reached its limit of {}; it is served and owed. The balance is {}.",
                dollars(floor_of(credit_limit)),
                dollars(balance)
            ),
            AccessNotice::TierFollows { tier, entitled, seconds } => write!(
                out,
                "{} is paid for and follows within {}; until then {} holds. The credits are safe.",
                entitled.name(),
                Minutes(seconds),
                tier.name()
            ),
        }
    }
}
