//! PD · The latest decline that the customer has not acted on.

use crate::id::DeclineCode;
use crate::ledger::account::Account;
use crate::ledger::event::{Event, EventKind};
use crate::ledger::invoice::Invoice;
use crate::ledger::purchase::Purchase;
use crate::time::Timestamp;

/// PD-1: a decline by the bank: when, with which code, and of what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LatestDecline<'a> {
    /// When the bank declined.
    pub at: Timestamp,
    /// The processor's code.
    pub code: &'a DeclineCode,
    /// The payment that it declined.
    pub payment: DeclinedPayment<'a>,
}

/// PD-1: the payment that the bank declined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeclinedPayment<'a> {
    /// A purchase of credits.
    Purchase(&'a Purchase),
    /// The charge of an invoice that is still to be paid.
    Invoice(&'a Invoice),
    /// PM-10: the $0 hold of a card.
    Hold,
}

/// PD-1: returns the latest decline, as long as the customer has not acted on it: bought again, paid the invoice, or entered
/// another card. `events` is the history that has made the account.
///
/// ```
/// use billing::ledger::{Account, latest_decline};
/// assert_eq!(latest_decline(&Account::NEW, &[]), None);
/// ```
#[must_use]
pub fn latest_decline<'a>(account: &'a Account, events: &'a [Event]) -> Option<LatestDecline<'a>> {
    let found = [declined_purchase(account), declined_invoice(account), declined_hold(events)];
    let latest = found.into_iter().flatten().max_by_key(|decline| decline.at)?;
    let enters_card =
        |event: &&Event| matches!(event.kind, EventKind::CardLinked { .. } | EventKind::CardHoldPlaced { .. });
    let last_card = events.iter().rev().find(enters_card);
    last_card.is_none_or(|event| event.at <= latest.at).then_some(latest)
}

/// Only the last purchase: one that was bought after it is what the customer has done about it.
fn declined_purchase(account: &Account) -> Option<LatestDecline<'_>> {
    let last = account.purchases().last()?;
    let (at, code) = last.declined.as_ref()?;
    Some(LatestDecline { at: *at, code, payment: DeclinedPayment::Purchase(last) })
}

fn declined_invoice(account: &Account) -> Option<LatestDecline<'_>> {
    let mut payable = account.invoices().iter().rev().filter(|invoice| invoice.is_payable());
    payable.find_map(|invoice| {
        let (at, code) = invoice.declined.as_ref()?;
        Some(LatestDecline { at: *at, code, payment: DeclinedPayment::Invoice(invoice) })
    })
}

/// PM-10: the last hold, unless a card was entered or linked after it.
fn declined_hold(events: &[Event]) -> Option<LatestDecline<'_>> {
    let is_of_card = |event: &&Event| {
        matches!(
            event.kind,
            EventKind::CardHoldDeclined { .. } | EventKind::CardHoldPlaced { .. } | EventKind::CardLinked { .. }
        )
    };
    let last = events.iter().rev().find(is_of_card)?;
    match &last.kind {
        EventKind::CardHoldDeclined { code } => {
            Some(LatestDecline { at: last.at, code, payment: DeclinedPayment::Hold })
        }
        _ => None,
    }
}
