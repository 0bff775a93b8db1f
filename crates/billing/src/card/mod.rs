//! PM · Payment methods: what a card's digits tell at once, and what only its issuer can.
//!
//! The verdict has two stages. Digits show the network, a mistyped number, an expired date; whether a card is prepaid,
//! virtual or fit for recurring payments is known only to the processor, after the card was handed over. Until then
//! nothing here says that a card is accepted.

mod address;
mod expiry;
mod network;
mod number;

pub use address::{Address, Part, postal_code_problem};
pub use expiry::{Expiry, ExpiryState, read_expiry};
pub use network::Network;
pub use number::{NumberState, TypedNumber, holds_card_number, read_number, read_security_code};
pub(crate) use number::{digit, is_separator};

use crate::document::read::vocabulary;
use crate::finding::findings;
use crate::policy::Policy;
use crate::time::Timestamp;
use alloc::vec::Vec;

vocabulary! {
    /// What a card draws on, as its issuer says.
    pub enum Funding {
        /// A credit card.
        Credit = "credit",
        /// A debit card.
        Debit = "debit",
        /// A prepaid card.
        Prepaid = "prepaid",
        /// A virtual card.
        Virtual = "virtual",
        /// Nobody has said yet.
        Unknown = "unknown",
    }
}

vocabulary! {
    /// The field that a problem belongs to.
    pub enum Field {
        /// The name on the card: looked at by a form only, for a card number in the wrong place.
        Name = "name",
        /// The card number.
        Number = "number",
        /// The expiry date.
        Expiry = "expiry",
        /// The security code.
        SecurityCode = "security_code",
        /// The street and house.
        Line1 = "line1",
        /// A second line.
        Line2 = "line2",
        /// The city.
        City = "city",
        /// The region.
        Region = "region",
        /// The postal code.
        PostalCode = "postal_code",
        /// The country.
        Country = "country",
        /// The address as a whole.
        Address = "address",
    }
}

findings! {
    /// What is wrong with a card or its billing address.
    pub enum Problem {
        /// PM-5: nothing was typed.
        NumberMissing = "card.number_missing" Pm5,
        /// PM-5: digits are missing.
        NumberIncomplete { digits: u64 } = "card.number_incomplete" Pm5,
        /// PM-5: a card could have this many digits, but not these: one is mistyped, or more follow.
        NumberUnfinished { digits: u64 } = "card.number_unfinished" Pm5,
        /// PM-5: the check digit does not fit.
        NumberMistyped = "card.number_mistyped" Pm5,
        /// PM-5: more digits than any card of the network has.
        NumberTooLong { digits: u64, longest: u64 } = "card.number_too_long" Pm5,
        /// PM-5: something that is neither a digit nor a separator.
        UnexpectedCharacter { character: char } = "card.unexpected_character" Pm5,
        /// PM-1: no network's numbers begin so.
        NetworkUnknown = "card.network_unknown" Pm1,
        /// PM-1: a network that is not accepted.
        NetworkRefused { network: Network } = "card.network_refused" Pm1,
        /// PM-1: several networks begin so, and none of them is accepted.
        NetworksRefused = "card.networks_refused" Pm1,
        /// PM-5: nothing was typed.
        ExpiryMissing = "card.expiry_missing" Pm5,
        /// PM-5: more is to come.
        ExpiryIncomplete = "card.expiry_incomplete" Pm5,
        /// PM-5: not a month and a year.
        ExpiryMalformed = "card.expiry_malformed" Pm5,
        /// PM-5: the month has passed everywhere.
        Expired { month: u64, year: u64 } = "card.expired" Pm5,
        /// PM-5: nothing was typed.
        SecurityCodeMissing = "card.security_code_missing" Pm5,
        /// PM-5: digits are missing.
        SecurityCodeIncomplete { length: u64 } = "card.security_code_incomplete" Pm5,
        /// PM-5: more digits than the network's codes have.
        SecurityCodeTooLong { length: u64 } = "card.security_code_too_long" Pm5,
        /// PM-2: a prepaid card.
        Prepaid = "card.prepaid" Pm2,
        /// PM-3: a virtual card.
        VirtualCard = "card.virtual" Pm3,
        /// PM-1: another kind of funding that the policy refuses.
        FundingRefused { funding: Funding } = "card.funding_refused" Pm1,
        /// PM-4: no recurring payments.
        NotRecurring = "card.not_recurring" Pm4,
        /// PM-6: a needed part of the address is missing.
        AddressIncomplete { part: Field, label: &'static str } = "card.address_incomplete" Pm6,
        /// PM-6: no such country.
        CountryUnknown = "card.country_unknown" Pm6,
        /// PM-6: not a postal code of the country.
        PostalCodeMalformed { country: &'static str, example: Option<&'static str> } = "card.postal_code_malformed" Pm6,
        /// PM-6: not the address that the bank holds.
        AddressMismatch = "card.address_mismatch" Pm6,
        /// PM-8: another address for the same card.
        AddressLocked = "card.address_locked" Pm8,
        /// PM-6: a card number where a name or an address belongs.
        CardNumberInAddress { part: Field } = "card.number_in_address" Pm6,
    }
}

/// A problem with the field that it belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The field.
    pub field: Field,
    /// The problem.
    pub problem: Problem,
}

/// A card as a person entered it, with what its issuer has said so far. It has no `Debug`: it holds the number.
#[derive(Clone, Copy)]
pub struct Card<'a> {
    /// The name on the card, as typed; it may be empty.
    pub name: &'a str,
    /// The number, as typed.
    pub number: &'a str,
    /// The expiry date, as typed.
    pub expiry: &'a str,
    /// The security code, as typed.
    pub security_code: &'a str,
    /// What the card draws on.
    pub funding: Funding,
    /// Whether it supports recurring payments, where that is known.
    pub recurring: Option<bool>,
    /// The billing address, where it is to be checked.
    pub address: Option<Address<'a>>,
    /// Whether the bank holds the same address, where it has said so.
    pub address_match: Option<bool>,
    /// The linked card that this one would replace.
    pub linked: Option<Linked<'a>>,
}

/// PM-8: the card that is linked now.
#[derive(Clone, Copy)]
pub struct Linked<'a> {
    /// Whether the processor knows the new card as the same one, by its fingerprint.
    pub same_card: bool,
    /// The billing address of the linked card.
    pub address: Address<'a>,
}

/// What is known of a card so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The network, once the number is complete.
    pub network: Option<Network>,
    /// The last four digits, once the number is complete.
    pub last4: Option<[char; 4]>,
    /// Whether the card is accepted; nothing while its issuer has not answered for funding and recurring payments.
    pub accepted: Option<bool>,
    /// Everything that is wrong, in the order of the form.
    pub problems: Vec<FieldProblem>,
}

/// PM-1..6, PM-8: everything that is known of a card, with every problem.
///
/// ```
/// use billing::card::{Card, Funding, check};
/// use billing::{policy::Policy, time::Timestamp};
/// let policy = Policy::shipped("prepaid")?;
/// let typed = Card {
///     name: "", number: "4242 4242 4242 4242", expiry: "12/30", security_code: "123", funding: Funding::Unknown,
///     recurring: None, address: None, address_match: None, linked: None,
/// };
/// let now = Timestamp::parse("2025-12-01T00:00:00Z")?;
/// // The digits are right; only the issuer can say more.
/// assert_eq!(check(&policy, now, &typed).accepted, None);
/// let prepaid = Card { funding: Funding::Prepaid, ..typed };
/// assert_eq!(check(&policy, now, &prepaid).accepted, Some(false));
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[must_use]
pub fn check(policy: &Policy, now: Timestamp, card: &Card<'_>) -> Verdict {
    let number = read_number(policy, card.number);
    let mut problems = Vec::new();
    let mut find = |field, problem| problems.push(FieldProblem { field, problem });
    if holds_card_number(card.name) {
        find(Field::Name, Problem::CardNumberInAddress { part: Field::Name });
    }
    number.problems.iter().for_each(|problem| find(Field::Number, *problem));
    if let Some(problem) = read_expiry(card.expiry, now).problem() {
        find(Field::Expiry, problem);
    }
    if let Err(problem) = read_security_code(card.security_code, number.security_code_length) {
        find(Field::SecurityCode, problem);
    }
    let issuer = Issuer { funding: card.funding, recurring: card.recurring, address_match: card.address_match };
    issuer_problems(policy, &issuer, card.address.as_ref(), card.linked, &mut find);
    let issuer_answered = card.funding != Funding::Unknown && (card.recurring.is_some() || !policy.recurring_required);
    let accepted = match (problems.is_empty(), issuer_answered) {
        (false, _) => Some(false),
        (true, true) => Some(true),
        (true, false) => None,
    };
    Verdict { network: number.network(), last4: number.last4(), accepted, problems }
}

/// What the issuer has said of a card.
pub(crate) struct Issuer {
    pub(crate) funding: Funding,
    pub(crate) recurring: Option<bool>,
    pub(crate) address_match: Option<bool>,
}

/// PM-2..4, PM-6, PM-8: what is wrong with a card beside its digits.
pub(crate) fn issuer_problems(
    policy: &Policy,
    issuer: &Issuer,
    address: Option<&Address<'_>>,
    linked: Option<Linked<'_>>,
    find: &mut impl FnMut(Field, Problem),
) {
    if let Some(problem) = funding_problem(policy, issuer.funding) {
        find(Field::Number, problem);
    }
    if policy.recurring_required && issuer.recurring == Some(false) {
        find(Field::Number, Problem::NotRecurring);
    }
    let Some(address) = address else { return };
    address.problems(find);
    if issuer.address_match == Some(false) {
        find(Field::Address, Problem::AddressMismatch);
    }
    if linked.is_some_and(|linked| linked.same_card && !linked.address.is_same(address)) {
        find(Field::Address, Problem::AddressLocked);
    }
}

/// PM-2, PM-3: the kinds of funding that the policy refuses.
fn funding_problem(policy: &Policy, funding: Funding) -> Option<Problem> {
    if !policy.refused_funding.contains(&funding) {
        return None;
    }
    Some(match funding {
        Funding::Prepaid => Problem::Prepaid,
        Funding::Virtual => Problem::VirtualCard,
        funding => Problem::FundingRefused { funding },
    })
}
