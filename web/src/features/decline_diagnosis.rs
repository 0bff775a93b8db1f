//! PD · A decline, diagnosed: what it means, what is known already, and what is left to check, the likelier first.

use crate::app::routes::{Page, link};
use crate::i18n::amounts::{charge, dollars};
use crate::i18n::{Sentence, help, payment_method as texts, shared};
use crate::session::AccountSession;
use crate::session::state::{DialogMode, State};
use crate::ui::button::{Weight, button};
use crate::ui::element::{El, el};
use crate::ui::form_state::form_state;
use crate::ui::message::{Message, Tone, finding, rule, sentence};
use crate::ui::reactive::{derived, follow_some};
use billing::clause::Clause;
use billing::id::Id;
use billing::ledger::{Event, EventKind};
use billing::ledger::{Invoice, InvoiceState};
use billing::money::{Charge, Money};
use billing::rules::decline::{Shown, ShownCard, diagnose};
use billing::time::Timestamp;
use leptos::prelude::*;
use web_sys::Event as DomEvent;

/// A decline: of what, and how the processor says why.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Decline {
    title: Sentence,
    /// None where nothing was declined, and it is asked what could be.
    code: Option<Id>,
    /// The card is not the linked one, so nothing is known of it.
    of_new_card: bool,
    /// The purchase, where it was one.
    purchase: Option<Charge>,
}

impl Decline {
    /// A card that the bank would not have.
    pub(crate) fn of_new_card(code: Id) -> Decline {
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
pub(crate) fn latest_decline(session: &AccountSession) -> Option<Decline> {
    let found = [declined_purchase(session), declined_invoice(session), declined_hold(session)];
    let (at, decline) = found.into_iter().flatten().max_by_key(|found| found.0)?;
    let acted = |event: &&Event| matches!(event.kind, EventKind::CardLinked { .. } | EventKind::CardHoldPlaced { .. });
    let acted = session.events().iter().rev().find(acted).is_some_and(|event| event.at > at);
    (!acted).then_some(decline)
}

type Found = (Timestamp, Decline);

/// A decline of the linked card, or of the one that waits to be.
fn found(at: Timestamp, code: Id, purchase: Option<Charge>, title: Sentence) -> Found {
    (at, Decline { title, code: Some(code), of_new_card: false, purchase })
}

fn declined_purchase(session: &AccountSession) -> Option<Found> {
    let last = session.account().purchases().last()?;
    let (at, code) = last.declined.clone()?;
    let amount = charge(last.amount);
    Some(found(at, code, Some(last.amount), Sentence::new(move || texts::purchase_declined(&amount))))
}

fn declined_invoice(session: &AccountSession) -> Option<Found> {
    let is_open = |invoice: &&Invoice| matches!(invoice.state(), InvoiceState::Due | InvoiceState::PastDue);
    let mut open = session.account().invoices().iter().rev().filter(is_open);
    let (due, (at, code)) = open.find_map(|invoice| Some((invoice.due, invoice.declined.clone()?)))?;
    let amount = charge(due);
    Some(found(at, code, None, Sentence::new(move || texts::charge_declined(&amount))))
}

fn declined_hold(session: &AccountSession) -> Option<Found> {
    let last = session.events().iter().rev().find_map(|event| match &event.kind {
        EventKind::CardHoldDeclined { code } => Some(Some((event.at, code.clone()))),
        EventKind::CardHoldPlaced { .. } | EventKind::CardLinked { .. } => Some(None),
        _ => None,
    });
    let (at, code) = last??;
    Some(found(at, code, None, Sentence::new(|| texts::hold_declined(&dollars(Money::ZERO)))))
}

/// What the rules say of it.
#[derive(Clone, PartialEq, Eq)]
struct Diagnosed {
    meaning: Option<Message>,
    known: Vec<Message>,
    checklist: Vec<Item>,
}

#[derive(Clone, PartialEq, Eq)]
struct Item {
    id: &'static str,
    message: Message,
    likely: bool,
}

impl Diagnosed {
    fn of(session: &AccountSession, decline: &Decline) -> Option<Diagnosed> {
        let shown = session.account().shown(session.now());
        let shown = if decline.of_new_card { Shown { card: Some(ShownCard::UNKNOWN), ..shown } } else { shown };
        let diagnosis = diagnose(session.policy()?, &shown, decline.code.as_deref());
        let item = |item: &billing::rules::decline::Item| Item {
            id: item.check.id(),
            message: Message::of(&item.advice),
            likely: item.likely,
        };
        Some(Diagnosed {
            meaning: decline.code.is_some().then(|| Message::of(&diagnosis.meaning)),
            known: diagnosis.known.iter().map(Message::of).collect(),
            checklist: diagnosis.checklist.iter().map(item).collect(),
        })
    }
}

/// `place` keeps the ids apart where a decline is shown twice.
pub(crate) fn diagnosis(state: State, decline: Decline, place: &'static str) -> AnyView {
    let (title, purchase) = (decline.title.clone(), decline.purchase);
    let steps = move || (place == "overview").then(|| steps(state, purchase));
    let diagnosed = Memo::new(move |_| state.session.with(|session| Diagnosed::of(session, &decline)));
    let ticked = form_state([place, "-ticked"].concat(), Vec::new);
    follow_some(move || Some(diagnosis_view(title.said(), diagnosed.get()?, place, ticked, steps())))
}

/// What can be done about it, where no other part of the page says it.
fn steps(state: State, purchase: Option<Charge>) -> AnyView {
    let again = purchase.map(|amount| {
        button(help::buy_again(&charge(amount)), Weight::Plain, move || {
            state.dialog_mode.set(Some(DialogMode::Buy(Some(amount))));
        })
    });
    el!("p", "class" = "row"; link(Page::PaymentMethod, vec![shared::to_payment_method().into_any()]), again)
}

/// The ids of the checks that are ticked off.
type Ticked = RwSignal<Vec<&'static str>>;

fn diagnosis_view(
    title: String,
    diagnosed: Diagnosed,
    place: &'static str,
    ticked: Ticked,
    steps: Option<AnyView>,
) -> AnyView {
    let to_check = if diagnosed.known.is_empty() { texts::what_to_check() } else { texts::what_else() };
    let heading = [place, "-decline"].concat();
    let known: Vec<AnyView> = diagnosed.known.into_iter().map(|message| finding(message, Tone::Refused)).collect();
    let item = |item: Item| {
        let id = [place, "-check-", item.id].concat();
        let likely = item.likely.then(|| el!("span", "class" = "badge"; texts::likely()));
        let tick = move |event: DomEvent| {
            ticked.update(|ticked| {
                ticked.retain(|ticked| *ticked != item.id);
                ticked.extend(event_target_checked(&event).then_some(item.id));
            });
        };
        let input = El::new("input", &[("type", "checkbox"), ("id", id.as_str())])
            .checked_by(derived(move || ticked.read().contains(&item.id)))
            .on("change", tick)
            .holding(Vec::new());
        el!("li", "class" = "check"; input, el!("label", "for" = id; item.message.sentence()), likely)
    };
    let items: Vec<AnyView> = diagnosed.checklist.into_iter().map(item).collect();
    let hint = el!("p", "class" = "hint"; texts::nothing_else(), rule(Clause::Pd1));
    let checklist = vec![el!("summary"; to_check), el!("ul"; items), hint];
    // Where the card is entered the list is at hand; elsewhere it opens when it is asked for, and stays while it is used.
    let attributes = [("class", "checklist"), ("open", "")];
    let is_open = place == "form" || place == "help" || !ticked.read_untracked().is_empty();
    let shown = if is_open { attributes.get(..) } else { attributes.get(..1) };
    let checklist = El::new("details", shown.unwrap_or_default()).holding(checklist);
    el!("section", "class" = "declined", "aria-labelledby" = heading;
        el!("h3", "id" = heading, "tabindex" = "-1"; title),
        diagnosed.meaning.map(|meaning| el!("p"; sentence(meaning))),
        known,
        checklist,
        steps,
    )
}
