//! The payment method: the card that is linked, and the form that links another.

mod address;
mod countries;
mod details;
mod entries;
pub(crate) mod form;
mod network;
mod number;
mod summary;
mod tax_id;
mod typing;

use crate::app::browser;
use crate::app::lazy_view::LazyView;
use crate::app::routes::page_heading;
use crate::features::bank_prompt::bank_panel;
use crate::features::decline::{Decline, latest_decline};
use crate::i18n::amounts::charge;
use crate::i18n::{self, Sentence, add_credits, payment_method as words};
use crate::sandbox::test_cards::test_cards;
use crate::session::AccountView;
use crate::session::state::{DialogMode, state};
use crate::ui::button::{Weight, button};
use crate::ui::figures::section;
use crate::ui::message::{Message, Tone, finding, findings, rule};
use address::AddressFields;
use billing::clause::Clause;
use billing::ledger::Notice;
use billing::payment_method::Card;
use details::CardDetails;
use form::{Form, Outcome};
use leptos::prelude::*;
use leptos::task::spawn_local;
use summary::ProblemSummary;
use tax_id::TaxIdField;

/// A linked card, as far as it is kept.
pub(crate) fn card_sentence(card: &Card) -> String {
    let (month, year) = (card.expiry.month.to_string(), card.expiry.year.to_string());
    let zero = if month.len() < 2 { "0" } else { "" };
    words::card_ends(card.network.name(), &card.last4.to_string(), &[zero, &month, "/", &year].concat())
}

/// What the top of the page shows.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    linked: Option<String>,
    tax_id: Option<String>,
    held: Option<String>,
    notices: Vec<Message>,
    declined: Option<Decline>,
    /// Whether something can be charged to it now.
    can_pay: bool,
}

impl Shown {
    fn of(session: &AccountView) -> Shown {
        let account = session.account();
        let found = billing::ledger::notices(session.policies(), account, session.now()).unwrap_or_default();
        let of_card = |notice: &&Notice| {
            matches!(notice, Notice::HoldWaiting | Notice::CardExpired { .. } | Notice::AuthorisesEach { .. })
        };
        Shown {
            linked: account.card().map(card_sentence),
            tax_id: account.card().and_then(|card| card.tax_id.as_ref()).map(ToString::to_string),
            held: account.held_card().map(card_sentence),
            notices: found.iter().filter(of_card).map(Message::of).collect(),
            declined: latest_decline(session),
            can_pay: account.cannot_charge(session.now()).is_none(),
        }
    }
}

pub(crate) fn payment_method() -> AnyView {
    let state = state();
    let form = Form::new(state);
    view! {
        <div class="page">
            {page_heading()}
            {bank_panel(state)}
            <LinkedCard />
            <LinkCard form />
        </div>
    }
    .into_any()
}

/// The form that links a card, with what to know before filling it in.
#[component]
fn LinkCard(form: Form) -> impl IntoView {
    let state = form.state;
    let has_card = Memo::new(move |_| state.session.with(|session| session.account().card().is_some()));
    view! {
        <section class="card" aria-labelledby="card-heading">
            <h2 id="card-heading">
                {move || if has_card.get() { words::replace_the_card() } else { words::link_a_card() }}
            </h2>
            {test_cards(form)}
            <CardWhileProcessing />
            <ProblemSummary form />
            {move || form.progress.read().declined.clone().map(|declined| LazyView::Diagnosis(declined, "form").show())}
            <CardForm form />
            <p class="hint">{words::kept()}</p>
        </section>
    }
    .into_any()
}

#[component]
fn CardForm(form: Form) -> impl IntoView {
    view! {
        <form
            novalidate
            autocomplete="on"
            on:submit=move |event| {
                event.prevent_default();
                form.state.done.set(None);
                spawn_local(submitted(form));
            }
        >
            <div class="halves">
                <CardDetails form />
                <div class="stack wide">
                    <AddressFields form />
                    <TaxIdField form />
                </div>
            </div>
            <p class="end">
                <button type="submit" class="primary">{words::link_this_card()}</button>
            </p>
        </form>
    }
    .into_any()
}

/// Moves the focus to where it goes on, and says what came of it.
async fn submitted(form: Form) {
    let state = form.state;
    match form.submit().await {
        Outcome::Open => {
            let is_declined = form.progress.with_untracked(|progress| progress.declined.is_some());
            browser::focus_soon(if is_declined { "form-decline" } else { "summary-heading" });
        }
        Outcome::Linked => {
            let card = state.session.with_untracked(|session| session.account().card().cloned());
            state.done.set(card.map(|card| Sentence::new(move || words::linked(&card_sentence(&card)))));
            browser::focus_soon("linked-heading");
        }
        Outcome::Held => browser::focus_soon("linked-heading"),
    }
}

/// PM-7: the linked card, and what it waits for.
#[component]
fn LinkedCard() -> impl IntoView {
    let state = state();
    let shown = Memo::new(move |_| state.session.with(Shown::of));
    let card = move || view! { <CardState shown=shown.get() /> }.into_any();
    section("linked-heading", "card", words::linked_card(), vec![view! { {move || card()} }.into_any()])
}

/// The linked card, the one that waits for its hold, and the next step.
#[component]
fn CardState(shown: Shown) -> impl IntoView {
    let Shown { linked, tax_id, held, notices, declined, can_pay } = shown;
    let why = linked.is_some().then(|| {
        view! {
            <details class="twin">
                <summary>{words::why_not_remove()}</summary>
                <p>{i18n::rule_summary(Clause::Pm7)}{rule(Clause::Pm7)}</p>
            </details>
        }
        .into_any()
    });
    let tax_id = tax_id.map(|tax_id| view! { <p class="calm">{words::tax_id_is(&tax_id)}</p> }.into_any());
    let held = held.map(|card| view! { <p><b>{words::waits_for_hold()}</b>{card}</p> }.into_any());
    view! {
        <div class="stack">
            <p class="setting">{linked.unwrap_or_else(|| words::no_card().to_owned())}</p>
            {tax_id}
            {held}
            {findings(notices, Tone::Attention)}
            {declined.map(|declined| LazyView::Diagnosis(declined, "linked").show())}
            {can_pay.then(|| view! { <BuyWithCard /> }.into_any())}
            {why}
        </div>
    }
    .into_any()
}

/// The way to buy: what was to be bought before there was a card, else any amount.
#[component]
fn BuyWithCard() -> impl IntoView {
    let state = state();
    let buy = move || {
        let wanted = state.wanted.get();
        let (label, weight) = match wanted {
            Some(amount) => (add_credits::buy(&charge(amount)), Weight::Primary),
            None => (add_credits::add_credits().to_owned(), Weight::Plain),
        };
        button(label, weight, move || state.dialog_mode.set(Some(DialogMode::Buy(wanted))))
    };
    view! { <p class="row">{move || buy()}</p> }.into_any()
}

/// PD-3: entering a card again while a purchase is under way may buy twice.
#[component]
fn CardWhileProcessing() -> impl IntoView {
    let state = state();
    let pending = Memo::new(move |_| state.account.read().pending);
    let notice = move || {
        let pending = pending.get();
        let notice = Notice::CardWhileProcessing { pending };
        pending.is_positive().then(|| finding(Message::of(&notice), Tone::Attention))
    };
    view! { {move || notice()} }.into_any()
}
