//! PD · A decline, diagnosed: what it means, what is known already, and what is left to check, the likelier first.

use crate::app::routes::{Page, link};
use crate::i18n::amounts::{charge, dollars};
use crate::i18n::{Sentence, help, payment_method as texts, shared};
use crate::session::AccountSession;
use crate::session::state::{DialogMode, State};
use crate::ui::button::{Weight, button};
use crate::ui::form_state::form_state;
use crate::ui::message::{Message, Tone, findings, rule, sentence};
use billing::clause::Clause;
use billing::id::Id;
use billing::ledger::{DeclinedPayment, LatestDecline};
use billing::money::{Charge, Money};
use billing::rules::decline::{Shown, ShownCard, diagnose};
use leptos::prelude::*;

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
    /// A decline of the linked card, or of the one that waits to be.
    fn of(decline: LatestDecline<'_>) -> Decline {
        let (purchase, title) = match decline.payment {
            DeclinedPayment::Purchase(purchase) => {
                let amount = charge(purchase.amount);
                (Some(purchase.amount), Sentence::new(move || texts::purchase_declined(&amount)))
            }
            DeclinedPayment::Invoice(invoice) => {
                let due = charge(invoice.due);
                (None, Sentence::new(move || texts::charge_declined(&due)))
            }
            DeclinedPayment::Hold => (None, Sentence::new(|| texts::hold_declined(&dollars(Money::ZERO)))),
        };
        Decline { title, code: Some(decline.code.clone()), of_new_card: false, purchase }
    }

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

/// The [latest decline](billing::ledger::latest_decline), in words.
pub(crate) fn latest_decline(session: &AccountSession) -> Option<Decline> {
    billing::ledger::latest_decline(session.account(), session.events()).map(Decline::of)
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
    let diagnosed = Memo::new(move |_| state.session.with(|session| Diagnosed::of(session, &decline)));
    let ticked = form_state([place, "-ticked"].concat(), Vec::new);
    let shown = move |diagnosed| {
        view! {
            <Diagnosis title=title.said() diagnosed=diagnosed place=place ticked=ticked>
                {(place == "overview").then(|| view! { <Steps state=state purchase=purchase /> }.into_any())}
            </Diagnosis>
        }
        .into_any()
    };
    view! { {move || diagnosed.get().map(&shown)} }.into_any()
}

/// What can be done about it, where no other part of the page says it.
#[component]
fn Steps(state: State, purchase: Option<Charge>) -> impl IntoView {
    let again = |amount: Charge| {
        button(help::buy_again(&charge(amount)), Weight::Plain, move || {
            state.dialog_mode.set(Some(DialogMode::Buy(Some(amount))));
        })
    };
    view! {
        <p class="row">
            {link(Page::PaymentMethod, vec![shared::to_payment_method().into_any()])}
            {purchase.map(again)}
        </p>
    }
    .into_any()
}

/// The ids of the checks that are ticked off.
type Ticked = RwSignal<Vec<&'static str>>;

#[component]
fn Diagnosis(
    title: String,
    diagnosed: Diagnosed,
    place: &'static str,
    ticked: Ticked,
    /// What can be done, where it is said here.
    children: Children,
) -> impl IntoView {
    let Diagnosed { meaning, known, checklist } = diagnosed;
    let to_check = if known.is_empty() { texts::what_to_check() } else { texts::what_else() };
    let heading = [place, "-decline"].concat();
    view! {
        <section class="declined" aria-labelledby=heading>
            <h3 id=heading.clone() tabindex="-1">
                {title}
            </h3>
            {meaning.map(|meaning| view! { <p>{sentence(meaning)}</p> }.into_any())}
            {findings(known, Tone::Refused)}
            <Checklist summary=to_check items=checklist place=place ticked=ticked />
            {children()}
        </section>
    }
    .into_any()
}

#[component]
fn Checklist(summary: &'static str, items: Vec<Item>, place: &'static str, ticked: Ticked) -> impl IntoView {
    // Where the card is entered the list is at hand; elsewhere it opens when it is asked for, and stays while it is used.
    let is_open = place == "form" || place == "help" || !ticked.read_untracked().is_empty();
    let item = |item: Item| view! { <Check item=item place=place ticked=ticked /> }.into_any();
    view! {
        <details class="checklist" open=is_open>
            <summary>{summary}</summary>
            <ul>{items.into_iter().map(item).collect::<Vec<_>>()}</ul>
            <p class="hint">{texts::nothing_else()} {rule(Clause::Pd1)}</p>
        </details>
    }
    .into_any()
}

#[component]
fn Check(item: Item, place: &'static str, ticked: Ticked) -> impl IntoView {
    let Item { id: check, message, likely } = item;
    let id = [place, "-check-", check].concat();
    view! {
        <li class="check">
            <input
                type="checkbox"
                id=id.clone()
                prop:checked=move || ticked.read().contains(&check)
                on:change:target=move |event| {
                    let is_ticked = event.target().checked();
                    ticked.try_update(|ticked| {
                        ticked.retain(|ticked| *ticked != check);
                        ticked.extend(is_ticked.then_some(check));
                    });
                }
            />
            <label for=id>{message.sentence()}</label>
            {likely.then(|| view! { <span class="badge">{texts::likely()}</span> }.into_any())}
        </li>
    }
    .into_any()
}
