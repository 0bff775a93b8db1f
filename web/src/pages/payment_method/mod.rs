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
use crate::app::routes::page_heading;
use crate::app::split;
use crate::features::bank_prompt::bank_panel;
use crate::features::decline_diagnosis::{Decline, latest_decline};
use crate::i18n::amounts::charge;
use crate::i18n::{self, Sentence, add_credits, payment_method as words};
use crate::sandbox::test_cards::test_cards;
use crate::session::AccountSession;
use crate::session::state::{DialogMode, State, state};
use crate::ui::button::{Weight, button};
use crate::ui::element::{El, el};
use crate::ui::figures::section;
use crate::ui::message::{Message, Tone, finding, findings, rule};
use crate::ui::reactive::{follow, follow_some};
use billing::clause::Clause;
use billing::ledger::Notice;
use billing::payment_method::Card;
use form::{Form, Outcome};
use leptos::prelude::*;
use leptos::task::spawn_local;

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
    fn of(session: &AccountSession) -> Shown {
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
    let has_card = Memo::new(move |_| state.session.with(|session| session.account().card().is_some()));
    let title = move || if has_card.get() { words::replace_the_card() } else { words::link_a_card() }.into_any();
    let submit = move |event: web_sys::Event| {
        event.prevent_default();
        state.done.set(None);
        spawn_local(submitted(form));
    };
    let halves = el!("div", "class" = "halves";
        details::details(form),
        el!("div", "class" = "stack wide"; address::address_fields(form), tax_id::tax_id_field(form)),
    );
    let button = el!("button", "type" = "submit", "class" = "primary"; words::link_this_card());
    let fields = El::new("form", &[("novalidate", ""), ("autocomplete", "on")])
        .on("submit", submit)
        .holding(vec![halves, el!("p", "class" = "end"; button)]);
    let refused = move || form.progress.read().declined.clone().map(|it| split::declined(it, "form"));
    el!("div", "class" = "page";
        page_heading(),
        bank_panel(state),
        linked(state),
        el!("section", "class" = "card", "aria-labelledby" = "card-heading";
            el!("h2", "id" = "card-heading"; follow(title)),
            test_cards(form),
            while_processing(state),
            summary::summary(form),
            follow_some(refused),
            fields,
            el!("p", "class" = "hint"; words::kept()),
        ),
    )
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
fn linked(state: State) -> AnyView {
    let shown = Memo::new(move |_| state.session.with(Shown::of));
    let view = move || {
        let Shown { linked, tax_id, held, notices, declined: found, can_pay } = shown.get();
        let held = held.map(|card| el!("p"; el!("b"; words::waits_for_hold()), card));
        let tax_id = tax_id.map(|tax_id| el!("p", "class" = "calm"; words::tax_id_is(&tax_id)));
        let why = linked.is_some().then(|| {
            el!("details", "class" = "twin";
                el!("summary"; words::why_not_remove()),
                el!("p"; i18n::rule_summary(Clause::Pm7), rule(Clause::Pm7)),
            )
        });
        let card = linked.unwrap_or_else(|| words::no_card().to_owned());
        el!("div", "class" = "stack";
            el!("p", "class" = "setting"; card),
            tax_id,
            held,
            findings(notices, Tone::Attention),
            found.map(|it| split::declined(it, "linked")),
            can_pay.then(|| el!("p", "class" = "row"; follow(move || go_on(state)))),
            why,
        )
    };
    section("linked-heading", "card", words::linked_card(), vec![follow(view)])
}

/// What can be done with a card: to buy what was to be bought before there was one, else anything.
fn go_on(state: State) -> AnyView {
    let wanted = state.wanted.get();
    let (label, weight) = match wanted {
        Some(amount) => (add_credits::buy(&charge(amount)), Weight::Primary),
        None => (add_credits::add_credits().to_owned(), Weight::Plain),
    };
    button(label, weight, move || state.dialog_mode.set(Some(DialogMode::Buy(wanted))))
}

/// PD-3: entering a card again while a purchase is under way may buy twice.
fn while_processing(state: State) -> AnyView {
    let pending = Memo::new(move |_| state.account.read().pending);
    follow_some(move || {
        let pending = pending.get();
        let notice = Notice::CardWhileProcessing { pending };
        pending.is_positive().then(|| finding(Message::of(&notice), Tone::Attention))
    })
}
