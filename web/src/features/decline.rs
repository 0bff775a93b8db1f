//! PD · A decline: what was declined, and the last one that nobody has acted on.

use crate::i18n::amounts::{charge, dollars};
use crate::i18n::{Sentence, payment_method as texts};
use crate::session::AccountView;
use billing::id::DeclineCode;
use billing::ledger::{Event, EventKind, Invoice, InvoiceState};
use billing::money::{Charge, Money};
use billing::time::Timestamp;

/// A decline: of what, and how the processor says why.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Decline {
    pub(super) title: Sentence,
    /// None where nothing was declined, and it is asked what could be.
    pub(super) code: Option<DeclineCode>,
    /// The card is not the linked one, so nothing is known of it.
    pub(super) of_new_card: bool,
    /// The purchase, where it was one.
    pub(super) purchase: Option<Charge>,
}

impl Decline {
    /// A card that the bank would not have.
    pub(crate) fn of_new_card(code: DeclineCode) -> Decline {
        Decline { title: Sentence::of(texts::card_declined), code: Some(code), of_new_card: true, purchase: None }
    }

    /// What was declined, as it is said by itself.
    pub(crate) fn in_words(&self) -> String {
        [&self.title.said(), "."].concat()
    }

    /// Nothing was declined; what could be is asked.
    pub(crate) fn none(title: Sentence) -> Decline {
        Decline { title, code: None, of_new_card: false, purchase: None }
    }
}

/// The last decline, as long as nobody has acted on it: bought again, paid, or linked another card.
pub(crate) fn latest_decline(session: &AccountView) -> Option<Decline> {
    let found = [declined_purchase(session), declined_invoice(session), declined_hold(session)];
    let (at, decline) = found.into_iter().flatten().max_by_key(|found| found.0)?;
    let acted = |event: &&Event| matches!(event.kind, EventKind::CardLinked { .. } | EventKind::CardHoldPlaced { .. });
    let acted = session.events().iter().rev().find(acted).is_some_and(|event| event.at > at);
    (!acted).then_some(decline)
}

type Found = (Timestamp, Decline);

/// A decline of the linked card, or of the one that waits to be.
fn found(at: Timestamp, code: DeclineCode, purchase: Option<Charge>, title: Sentence) -> Found {
    (at, Decline { title, code: Some(code), of_new_card: false, purchase })
}

fn declined_purchase(session: &AccountView) -> Option<Found> {
    let last = session.account().purchases().last()?;
    let (at, code) = last.declined.clone()?;
    let amount = charge(last.amount);
    Some(found(at, code, Some(last.amount), Sentence::new(move || texts::purchase_declined(&amount))))
}

fn declined_invoice(session: &AccountView) -> Option<Found> {
    let is_open = |invoice: &&Invoice| matches!(invoice.state(), InvoiceState::Due | InvoiceState::PastDue);
    let mut open = session.account().invoices().iter().rev().filter(is_open);
    let (due, (at, code)) = open.find_map(|invoice| Some((invoice.due, invoice.declined.clone()?)))?;
    let amount = charge(due);
    Some(found(at, code, None, Sentence::new(move || texts::charge_declined(&amount))))
}

fn declined_hold(session: &AccountView) -> Option<Found> {
    let last = session.events().iter().rev().find_map(|event| match &event.kind {
        EventKind::CardHoldDeclined { code } => Some(Some((event.at, code.clone()))),
        EventKind::CardHoldPlaced { .. } | EventKind::CardLinked { .. } => Some(None),
        _ => None,
    });
    let (at, code) = last??;
    Some(found(at, code, None, Sentence::new(|| texts::hold_declined(&dollars(Money::ZERO)))))
}
