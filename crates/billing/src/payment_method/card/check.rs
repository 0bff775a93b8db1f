//! PM-1..8: everything that is known of a card, with every problem.

use crate::payment_method::address::Address;
use crate::payment_method::card::expiry::read_expiry;
use crate::payment_method::card::funding::Funding;
use crate::payment_method::card::network::Network;
use crate::payment_method::card::number::{holds_card_number, read_number, read_security_code};
use crate::payment_method::card::problem::{CardProblem, Field, FieldProblem};
use crate::policy::terms::Policy;
use crate::time::Timestamp;
use alloc::vec::Vec;

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
    /// The card's funding.
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

/// The result of checking a card.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// The network, once the number is complete.
    pub network: Option<Network>,
    /// The last four digits, once the number is complete.
    pub last4: Option<[char; 4]>,
    /// Whether the card is accepted; `None` until its issuer has answered for funding and recurring payments.
    pub accepted: Option<bool>,
    /// Every problem, in the order of the form.
    pub problems: Vec<FieldProblem>,
}

/// PM-1..6, PM-8: checks a card as typed, with what its issuer has said so far, and names every problem.
///
/// ```
/// use billing::payment_method::card::{Card, Funding, check};
/// use billing::policy::Policy;
/// use billing::time::Timestamp;
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
        find(Field::Name, CardProblem::CardNumberInAddress { part: Field::Name });
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
    find: &mut impl FnMut(Field, CardProblem),
) {
    if let Some(problem) = funding_problem(policy, issuer.funding) {
        find(Field::Number, problem);
    }
    if policy.recurring_required && issuer.recurring == Some(false) {
        find(Field::Number, CardProblem::NotRecurring);
    }
    let Some(address) = address else { return };
    address.problems(find);
    if issuer.address_match == Some(false) {
        find(Field::Address, CardProblem::AddressMismatch);
    }
    if linked.is_some_and(|linked| linked.same_card && !linked.address.is_same(address)) {
        find(Field::Address, CardProblem::AddressLocked);
    }
}

/// PM-2, PM-3: the kinds of funding that the policy refuses.
fn funding_problem(policy: &Policy, funding: Funding) -> Option<CardProblem> {
    if !policy.refused_funding.contains(&funding) {
        return None;
    }
    Some(match funding {
        Funding::Prepaid => CardProblem::Prepaid,
        Funding::Virtual => CardProblem::VirtualCard,
        funding => CardProblem::FundingRefused { funding },
    })
}
