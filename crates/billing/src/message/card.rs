//! What is wrong with a card or its address.

use crate::message::format::InSentence;
use crate::payment_method::card::problem::{CardProblem, Field};
use crate::payment_method::country::Country;
use core::fmt::{self, Display, Formatter};

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
