//! A processor for running without one. It behaves as Stripe's public test cards do: the same card does the same thing
//! every time, and nothing is charged.
//!
//! It keeps nothing: a token names the behaviour of its card, so whatever was taken yesterday can be charged today. A
//! number that is no test card's is declined and forgotten.
//!
//! ```
//! use billing::ledger::Payment;
//! use billing::money::Charge;
//! use billing::processor::{Answer, Order, Processor};
//! use billing::time::Timestamp;
//! let (payment, begun) = (Payment::Purchase("first".into()), Timestamp::parse("2025-12-01T09:00:00Z")?);
//! let order = Order { payment: &payment, begun, amount: Charge::parse("5.00")?, by_customer: true };
//! let reports = sandbox_bank::SandboxBank.pay(&"tok_visa".into(), &order);
//! assert_eq!(reports[0].answer, Answer::BankApproves);
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
#![forbid(unsafe_code)]
#![no_std]

extern crate alloc;

mod cards;

pub use cards::{CARDS, TestCard};

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use billing::id::{CardToken, LastFour};
use billing::ledger::Payment;
use billing::payment_method::Card;
use billing::payment_method::address::Address;
use billing::payment_method::address::PostalAddress;
use billing::payment_method::card::{Expiry, ExpiryState, holds_card_number, read_expiry, read_security_code};
use billing::processor::{Answer, Decline, Entered, Order, Processor, Report, Taken};
use billing::time::Timestamp;
use cards::{Linking, Paying};

/// The bank.
#[derive(Clone, Copy, Debug, Default)]
pub struct SandboxBank;

/// How a token begins; the name of the card's behaviour follows.
const TOKEN: &str = "tok_";

/// Seconds until the bank answers, as long as nothing holds it up.
const APPROVAL_SECONDS: u64 = 2;
/// Seconds until the invoice of an approved purchase is there, and again until its credits are.
const STAGE_SECONDS: u64 = 1;
/// TI-8: seconds until the tier has followed.
const TIER_SECONDS: u64 = 45;
/// No card is valid for so many years: a two-digit year that lies this far ahead is one of the last century.
const YEARS_AHEAD: u16 = 50;

impl Processor for SandboxBank {
    fn link(&self, entered: &Entered<'_>, now: Timestamp) -> Result<Taken, Decline> {
        let digits: String = entered.digits().collect();
        let card = CARDS.iter().find(|card| card.number == digits);
        let card = card.ok_or_else(|| {
            // A right check digit is a card that is not from the list, perhaps somebody's own.
            decline(if holds_card_number(&digits) { "testmode_decline" } else { "incorrect_number" })
        })?;
        let expiry = expiry_of(entered, now).map_err(decline)?;
        let length = if digits.len() == 15 { 4 } else { 3 };
        read_security_code(entered.security_code, Some(length)).map_err(|_| decline("invalid_cvc"))?;
        if let Linking::Declines(code) = card.linking {
            return Err(decline(code));
        }
        Ok(Taken { card: taken(card, expiry, &entered.address), hold: card.hold })
    }

    fn pay(&self, token: &CardToken, order: &Order<'_>) -> Vec<Report> {
        let Some(card) = card_of(token) else { return declined(APPROVAL_SECONDS, "resource_missing") };
        if matches!(order.payment, Payment::Hold(_)) {
            return vec![report(APPROVAL_SECONDS, Answer::BankRequiresAction)];
        }
        match card.paying {
            Paying::Asks | Paying::AsksThenDeclines(_) => vec![report(APPROVAL_SECONDS, Answer::BankRequiresAction)],
            paying => settled(paying, order),
        }
    }

    fn authorise(&self, token: &CardToken, order: &Order<'_>, agreed: bool) -> Vec<Report> {
        match (card_of(token).map(|card| card.paying), agreed) {
            (None, _) => declined(APPROVAL_SECONDS, "resource_missing"),
            (Some(_), false) => declined(APPROVAL_SECONDS, "authentication_required"),
            (Some(_), true) if matches!(order.payment, Payment::Hold(_)) => {
                vec![report(APPROVAL_SECONDS, Answer::BankApproves)]
            }
            (Some(paying), true) => settled(paying, order),
        }
    }
}

/// What the bank makes of a payment once it has nobody left to ask.
fn settled(paying: Paying, order: &Order<'_>) -> Vec<Report> {
    match paying {
        Paying::Approves | Paying::Asks => approved(APPROVAL_SECONDS, order),
        Paying::ApprovesAfter(seconds) => approved(seconds, order),
        Paying::Declines(code) | Paying::AsksThenDeclines(code) => declined(APPROVAL_SECONDS, code),
    }
}

/// The last month of the card, or the code for what is wrong with it.
fn expiry_of(entered: &Entered<'_>, now: Timestamp) -> Result<Expiry, &'static str> {
    let (this_year, _) = now.date_farthest_behind().year_and_month();
    match read_expiry(entered.expiry, now) {
        ExpiryState::InDate(expiry) if expiry.year < this_year.saturating_add(YEARS_AHEAD) => Ok(expiry),
        ExpiryState::InDate(_) | ExpiryState::Expired(_) => Err("invalid_expiry_year"),
        _ => Err("invalid_expiry_month"),
    }
}

fn decline(code: &str) -> Decline {
    Decline { code: code.into() }
}

/// The card as it goes on: its name for its number.
fn taken(card: &TestCard, expiry: Expiry, address: &Address<'_>) -> Card {
    let last4 = card.number.as_bytes().last_chunk::<4>().copied().unwrap_or_default();
    Card {
        token: format!("{TOKEN}{}", card.name).into(),
        fingerprint: format!("fp_{}", card.name).into(),
        network: card.network,
        last4: LastFour(last4),
        expiry,
        funding: card.funding,
        recurring: Some(card.recurring),
        address: Some(kept(address)),
        address_match: card.address_match,
        security_code_match: Some(card.security_code_match),
        authorises_each: matches!(card.paying, Paying::Asks | Paying::AsksThenDeclines(_)),
        tax_id: None,
    }
}

fn kept(address: &Address<'_>) -> PostalAddress {
    let text = |part: &str| part.trim().to_string();
    PostalAddress {
        line1: text(address.line1),
        line2: text(address.line2),
        city: text(address.city),
        region: text(address.region),
        postal_code: text(address.postal_code),
        country: text(address.country),
    }
}

fn card_of(token: &str) -> Option<&'static TestCard> {
    let name = token.strip_prefix(TOKEN)?;
    CARDS.iter().find(|card| card.name == name)
}

fn report(after_seconds: u64, answer: Answer) -> Report {
    Report { after_seconds, answer }
}

fn declined(after_seconds: u64, code: &str) -> Vec<Report> {
    vec![report(after_seconds, Answer::BankDeclines(decline(code)))]
}

/// PP-1, TI-8: the stages after an approval. Only a purchase has an invoice and credits of its own.
fn approved(after_seconds: u64, order: &Order<'_>) -> Vec<Report> {
    let mut reports = vec![report(after_seconds, Answer::BankApproves)];
    let mut last = after_seconds;
    if matches!(order.payment, Payment::Purchase(_)) {
        for answer in [Answer::InvoiceGenerated, Answer::BalanceUpdated] {
            last = last.saturating_add(STAGE_SECONDS);
            reports.push(report(last, answer));
        }
    }
    reports.push(report(last.saturating_add(TIER_SECONDS), Answer::TierSettled));
    reports
}
