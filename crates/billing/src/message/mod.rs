//! The sentences: what each finding says to a person, in plain English, all in one place.
//!
//! Figure, reason, next step, in this order; no blame; no card number ever.

mod account;
mod decline;
mod forecast;
pub(crate) mod support;
mod tax_id;

use crate::json::read::Shape;
use crate::money::{Charge, Money, MoneyError};
use crate::payment_method::card::problem::{CardProblem, Field};
use crate::payment_method::country::Country;
use crate::policy::validate::PolicyProblem;
use crate::rules::access::{AccessNotice, AccountProblem, Reason};
use crate::rules::credit::PurchaseProblem;
use crate::rules::recharge::{SettingError, Warning};
use crate::time::TimeError;
use core::fmt::{self, Display, Formatter};

/// An amount as a person reads it: `$25.00`, `−$100.00`.
struct Dollars(Money);

impl Display for Dollars {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_negative() { "−$" } else { "$" })?;
        let text = self.0.absolute().text();
        let (whole, decimals) = text.as_str().split_once('.').unwrap_or((text.as_str(), ""));
        write!(out, "{}.{decimals}", Grouped(whole))
    }
}

/// Digits in groups of three: `1,000,000`.
struct Grouped<'a>(&'a str);

impl Display for Grouped<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let first = match self.0.len() % 3 {
            0 => 3,
            other => other,
        };
        let (first, mut rest) = self.0.split_at_checked(first).unwrap_or((self.0, ""));
        out.write_str(first)?;
        while let Some((group, after)) = rest.split_at_checked(3).filter(|(group, _)| !group.is_empty()) {
            write!(out, ",{group}")?;
            rest = after;
        }
        Ok(())
    }
}

fn count(number: u64) -> impl Display {
    struct Count(u64);
    impl Display for Count {
        fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
            Grouped(&alloc::format!("{}", self.0)).fmt(out)
        }
    }
    Count(number)
}

fn dollars(amount: Money) -> Dollars {
    Dollars(amount)
}

fn charge(amount: Charge) -> Dollars {
    Dollars(amount.money())
}

/// A waiting time as a person reads it.
struct Minutes(u64);

impl Display for Minutes {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            60 => out.write_str("1 minute"),
            seconds if seconds % 60 == 0 => write!(out, "{} minutes", seconds / 60),
            seconds => write!(out, "{seconds} seconds"),
        }
    }
}

/// A label within a sentence: `Post town` becomes `post town`, `ZIP code` stays.
struct InSentence(&'static str);

impl Display for InSentence {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(1) {
            Some((first, rest)) if !rest.starts_with(|next: char| next.is_ascii_uppercase()) => {
                write!(out, "{}{rest}", first.chars().next().unwrap_or_default().to_ascii_lowercase())
            }
            _ => out.write_str(self.0),
        }
    }
}

/// `purchase` or `purchases`.
fn purchases(count: u64) -> &'static str {
    if count == 1 { "purchase" } else { "purchases" }
}

impl Display for MoneyError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            MoneyError::Malformed => "Write an amount in plain digits, for example 25.00.",
            MoneyError::TooPrecise => "This amount has too many decimals: a charge has at most 2, usage at most 12.",
            MoneyError::OutOfRange => "This amount is too large: at most 1,000,000,000,000,000 dollars can be handled.",
            MoneyError::Negative => "This amount cannot be below zero.",
        })
    }
}

impl Display for TimeError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            TimeError::Malformed => "Write an instant as 2025-12-01T09:30:00Z, a day as 2025-12-01.",
            TimeError::OutOfRange => "There is no such time, or it lies outside the years 1970 to 9998.",
        })
    }
}

impl Display for Shape {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Shape::UnknownField => out.write_str("This field is not known here."),
            Shape::DuplicateField => out.write_str("This field is given twice."),
            Shape::MissingField => out.write_str("This field is needed."),
            Shape::WrongType(wanted) => write!(out, "This must be {wanted}."),
            Shape::UnknownValue(words) => {
                out.write_str("This must be one of ")?;
                for (index, word) in words.iter().enumerate() {
                    write!(out, "{}{word}", if index == 0 { "" } else { ", " })?;
                }
                out.write_str(".")
            }
            Shape::TextTooLong(bytes) => write!(out, "This text is too long: at most {bytes} bytes."),
            Shape::OutOfRange(lowest, highest) => {
                write!(out, "This must be a whole number from {lowest} to {highest}.")
            }
            Shape::TooManyItems(most) => write!(out, "This list is too long: at most {most} items."),
        }
    }
}

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

/// The balance at which a credit limit stops usage.
fn floor_of(credit_limit: Money) -> Money {
    Money::ZERO.checked_sub(credit_limit).unwrap_or(Money::ZERO)
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

impl Display for CardProblem {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            CardProblem::NumberMissing => out.write_str("Enter the card number."),
            CardProblem::NumberIncomplete { digits } => match digits {
                1 => out.write_str("The card number has more than this one digit."),
                _ => write!(out, "The card number has more than these {digits} digits."),
            },
            CardProblem::NumberUnfinished { digits } => write!(
                out,
                "These {digits} digits are not yet a card number: one may be mistyped, or some are missing."
            ),
            CardProblem::NumberMistyped => out.write_str("A digit of the card number is mistyped. Compare it with the card."),
            CardProblem::NumberTooLong { digits, longest } => {
                write!(out, "The card number has {longest} digits at most; ")?;
                if digits > 19 {
                    out.write_str("there are more than 19.")
                } else {
                    write!(out, "there are {digits}.")
                }
            }
            CardProblem::UnexpectedCharacter { character } => {
                write!(out, "\u{201c}{character}\u{201d} does not belong here; enter digits.")
            }
            CardProblem::NetworkUnknown => out.write_str("No card number begins like this. Compare it with the card."),
            CardProblem::NetworksRefused => out.write_str("Cards whose number begins like this are not accepted."),
            CardProblem::NetworkRefused { network } => {
                write!(out, "{} cards are not accepted. Use a card of another network.", network.name())
            }
            CardProblem::ExpiryMissing => out.write_str("Enter the expiry date."),
            CardProblem::ExpiryIncomplete => out.write_str("Enter month and year, for example 09/27."),
            CardProblem::ExpiryMalformed => out.write_str("This is not a month and a year, for example 09/27."),
            CardProblem::Expired { month, year } => write!(out, "This card expired at the end of {month:02}/{year}."),
            CardProblem::SecurityCodeMissing => out.write_str("Enter the security code."),
            CardProblem::SecurityCodeIncomplete { length } => write!(out, "The security code has {length} digits."),
            CardProblem::SecurityCodeTooLong { length } => write!(out, "The security code has only {length} digits."),
            CardProblem::Prepaid => {
                out.write_str("Prepaid cards are not accepted. Use a card that belongs to a bank account.")
            }
            CardProblem::VirtualCard => out.write_str("Virtual cards are not accepted. Use the card of a bank account."),
            CardProblem::FundingRefused { funding } => write!(out, "Cards of this kind ({}) are not accepted.", funding.id()),
            CardProblem::NotRecurring => {
                out.write_str("This card does not support recurring payments. Use another, or ask your bank to allow them.")
            }
            CardProblem::AddressIncomplete { label, .. } => write!(out, "Enter the {}.", InSentence(label)),
            CardProblem::CountryUnknown => out.write_str("Choose a country."),
            CardProblem::PostalCodeMalformed { country, example } => {
                let label = Country::from_code(country).map_or("Postal code", |country| country.postal_label().english());
                let label = InSentence(label);
                write!(out, "This is not a {label} of the chosen country")?;
                match example {
                    Some(example) => write!(out, "; one looks like {example}."),
                    None => out.write_str("."),
                }
            }
            CardProblem::AddressMismatch => {
                out.write_str("The bank holds another address for this card. Enter it as on the card's statement.")
            }
            CardProblem::AddressLocked => out.write_str(
                "The billing address cannot change while the card stays the same. Keep the address, or link another card.",
            ),
            CardProblem::CardNumberInAddress { part } => {
                write!(out, "There is a card number in the field for the {}. Remove it.", part_name(part))
            }
        }
    }
}

fn part_name(part: Field) -> &'static str {
    match part {
        Field::Line1 => "street and house number",
        Field::Line2 => "second address line",
        Field::PostalCode => "postal code",
        other => other.id(),
    }
}

impl Display for PolicyProblem {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            PolicyProblem::UnknownSource => out.write_str("The document lists no source with this id."),
            PolicyProblem::WrongClause { expected } => write!(out, "This parameter belongs to clause {expected}."),
            PolicyProblem::WrongUnit { expected: Some(expected) } => {
                write!(out, "This parameter is counted in {expected}.")
            }
            PolicyProblem::WrongUnit { expected: None } => out.write_str("This parameter has no unit."),
            PolicyProblem::NoSource => out.write_str("Name a source, or say that the value is assumed."),
            PolicyProblem::AnnouncedLate => out.write_str("A policy is announced no later than its first day."),
            PolicyProblem::ExpiryUnannounced => {
                out.write_str("Credits may expire only under a policy that was announced before its first day.")
            }
            PolicyProblem::MinimumOutOfRange { lowest, highest } => {
                write!(out, "The smallest purchase must be from {} to {}.", charge(lowest), charge(highest))
            }
            PolicyProblem::DefaultBelowMinimum { minimum } => {
                write!(out, "The default must be at least the smallest purchase, {}.", charge(minimum))
            }
            PolicyProblem::PaymentTimes { settles_within_seconds } => {
                write!(
                    out,
                    "A payment must count as late before it must have settled, after {settles_within_seconds} seconds."
                )
            }
            PolicyProblem::FirstTier => out.write_str("The first tier must be limited, at 0.00."),
            PolicyProblem::TiersNotAscending => {
                out.write_str("Each tier must be higher and begin above the one before it.")
            }
            PolicyProblem::ContractTier => out.write_str("Scale and Enterprise are contracts; no spend reaches them."),
            PolicyProblem::CreditLimitFalls => {
                out.write_str("A higher tier may not have a lower credit limit: a purchase could then stop access.")
            }
            PolicyProblem::DuplicateModel => out.write_str("Another model has this id."),
            PolicyProblem::UnknownTier => out.write_str("The document has no such tier."),
            PolicyProblem::Networks => out.write_str("Name at least one network, and each only once."),
            PolicyProblem::VisaLengths => {
                out.write_str("Visa numbers have 13, 16 or 19 digits; name at least one length, and each only once.")
            }
        }
    }
}
