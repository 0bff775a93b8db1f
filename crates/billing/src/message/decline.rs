//! PD: what is said about a declined payment. The bank blocks cards and has its reasons; nobody is accused of anything.

use crate::message::format::{InSentence, Minutes, count};
use crate::rules::decline::{Advice, Known, Meaning};
use core::fmt::{self, Display, Formatter};

/// A time that has passed, in whole minutes.
struct Elapsed(u64);

impl Display for Elapsed {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 / 60 {
            0 => out.write_str("less than a minute"),
            1 => out.write_str("1 minute"),
            minutes => write!(out, "{} minutes", count(minutes)),
        }
    }
}

impl Display for Known {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Known::NoCard => out.write_str("No card is linked, so there is nothing to charge. Link a card."),
            Known::AddressIncomplete { label } => {
                let label = InSentence(label);
                write!(out, "The billing address lacks the {label}, and banks decline without it. Enter the {label}.")
            }
            Known::AddressMismatch => out.write_str(
                "The bank holds another billing address for this card, and a difference is enough to decline. Enter \
                 it as on the card's statement, postal code included.",
            ),
            Known::Expired { month, year } => write!(
                out,
                "The card expired at the end of {month:02}/{year}, and cannot pay since. Link the card that replaced \
                 it."
            ),
            Known::SecurityCodeMismatch => out.write_str(
                "The security code is not the one that the bank has for this card. Enter the card again with its code.",
            ),
            Known::NetworkRefused { network } => {
                write!(out, "{} cards are not accepted. Link a card of another network.", network.name())
            }
            Known::FundingRefused { funding } => write!(
                out,
                "Cards of this kind ({}) are not accepted. Link a credit or debit card that belongs to a bank account.",
                funding.id()
            ),
            Known::NetworkAndFundingRefused { network, funding } => write!(
                out,
                "{} cards are not accepted, and neither is any card of this kind ({}). Link a credit or debit card of \
                 another network that belongs to a bank account.",
                network.name(),
                funding.id()
            ),
            Known::NotRecurring => out.write_str(
                "The card does not support recurring payments, which are needed here. Ask your bank to allow them, or \
                 link another card.",
            ),
            Known::HoldUnapproved => out.write_str(
                "A hold of $0.00 waits for your approval: the bank tests the card before it pays. Approve it in the \
                 bank's app.",
            ),
            Known::Processing { seconds, normal_seconds } => write!(
                out,
                "A payment has been processing for {}; up to {} is normal. Wait for it: to enter the card again may \
                 buy twice.",
                Elapsed(seconds),
                Minutes(normal_seconds)
            ),
            Known::ProcessingLong { seconds, normal_seconds } => write!(
                out,
                "A payment is still processing after {}; up to {} is normal. Contact support before you pay again.",
                Elapsed(seconds),
                Minutes(normal_seconds)
            ),
            Known::ApprovalAsked => out.write_str(
                "The bank waits for you to approve a payment, and it stays open until then. Use the link that was \
                 e-mailed to you, or the bank's app.",
            ),
            Known::DetailsReentered => out.write_str(
                "The card was entered again while a payment was processing, which may have bought twice. Look at the \
                 billing history before you pay again.",
            ),
        }
    }
}

impl Display for Advice {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match *self {
            Advice::Funds => {
                "Does the account behind the card cover the payment? Add money to it, or use another card."
            }
            Advice::AddressComplete => {
                "Does the billing address have a street, a city and whatever else the country asks for? Add what is \
                 missing."
            }
            Advice::AddressMatch => {
                "Does the bank hold the same billing address, down to the postal code? Enter it as on the card's \
                 statement."
            }
            Advice::Expiry => "Has the card's last month passed? Link the card that replaced it.",
            Advice::Activated => "Is the card new? Activate it with your bank, then pay again.",
            Advice::SecurityCode => {
                "Is the security code the one on the card? Read it from the card and enter it again."
            }
            Advice::CardType => {
                "Is the card prepaid, virtual or without a bank account behind it? Use a credit or debit card of a \
                 bank account."
            }
            Advice::Recurring => {
                "Does the bank allow recurring payments with this card? Ask it to, or use a card that has them."
            }
            Advice::Hold => {
                "Does the bank show a hold of $0.00? It tests the card: approve it in the bank's app, and the payment \
                 follows."
            }
            Advice::Processing { normal_seconds } => {
                return write!(
                    out,
                    "Is an earlier payment still processing? That takes up to {}: wait as long before you pay again.",
                    Minutes(normal_seconds)
                );
            }
            Advice::Frozen => "Is the card frozen or blocked? Release it in the bank's app, or ask the bank to.",
            Advice::SpendingLimit => {
                "Does the card have a limit for a payment, a day or a month? Raise it with the bank, or pay less at a \
                 time."
            }
            Advice::SecurityPrompt => {
                "Has the bank asked you to confirm the payment, in its app or by a message or link? Confirm it, then \
                 pay again."
            }
            Advice::DetailsReentered => {
                "Was the card entered again before a payment was done? Look for it in the billing history before you \
                 pay again."
            }
        })
    }
}

impl Display for Meaning {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Meaning::Funds => {
                "The account behind the card does not cover this payment. Add money to it, or use another card."
            }
            Meaning::NumberWrong => {
                "The bank knows no card of this number. Compare it with the card, and enter it again."
            }
            Meaning::ExpiryWrong => "The expiry date is not the card's. Compare it with the card, and enter it again.",
            Meaning::SecurityCodeWrong => {
                "The security code is not the card's. Compare it with the card, and enter it again."
            }
            Meaning::AddressWrong => {
                "The bank holds another billing address. Enter it as on the card's statement, postal code included."
            }
            Meaning::Expired => "The bank says that the card has expired. Link the card that replaced it.",
            Meaning::CardInvalid => {
                "The bank no longer takes payments from this card; another may have replaced it. Link the newer card, \
                 or ask the bank."
            }
            Meaning::MethodUnsupported => {
                "This is a way to pay that is not supported: no credit or debit card of a bank account. Use such a \
                 card."
            }
            Meaning::PurchaseUnsupported => {
                "The card cannot make this kind of purchase, as prepaid and virtual cards and those without recurring \
                 payments cannot. Use a credit or debit card of a bank account."
            }
            Meaning::NotAllowed => {
                "The bank does not allow this payment with this card. Ask the bank to allow it, or use another card."
            }
            Meaning::RecurringStopped => {
                "The bank no longer lets this card be charged again and again. Ask the bank to allow it, or link \
                 another card."
            }
            Meaning::NotConfirmed => {
                "The bank wants this payment confirmed, and that has not happened. Pay again, and confirm it when the \
                 bank asks."
            }
            Meaning::Blocked => "The bank has blocked the card. Ask the bank, or use another card.",
            Meaning::LimitReached => {
                "This payment goes beyond a limit of the card. Ask the bank to raise it, pay less or use another card."
            }
            Meaning::TryAgain => {
                "The bank could not be asked, or could not answer; the card may be in order. Try again in a few \
                 minutes, and ask the bank if it stays so."
            }
            Meaning::Duplicate => {
                "The same amount was charged to this card just before. Look for that payment in the billing history \
                 before you pay again."
            }
            Meaning::SecurityCheck => {
                "A security check stopped this payment, and tells no more. Enter everything exactly as the bank has \
                 it, or use another card; support can help further."
            }
            Meaning::NoReason => "The bank gives no reason here, but may tell you. Ask it, or go through the list.",
            Meaning::TestMode => {
                "Test cards and real payments do not go together, so nothing was charged. Use a real card for real \
                 payments, and a test card only in a test."
            }
            Meaning::Unknown => {
                "The reason that came back is not one that is known here. Go through the list, and ask the bank if \
                 nothing fits."
            }
        })
    }
}
