//! Auto-recharge as it is set, in one sentence, and what it would do now; and the card that it charges.

use crate::amounts::charge;
use crate::browser::focus_soon;
use crate::credits::recharge_question;
use crate::example::Example;
use crate::parts::button::{Weight, button, button_with_id};
use crate::parts::element::el;
use crate::parts::figures::section;
use crate::parts::follow::follow;
use crate::parts::told::{Told, Tone, findings};
use crate::payment::card_sentence;
use crate::place::{self, Page};
use crate::state::{Opening, state};
use billing::policy::{Policy, Trigger};
use billing::recharge::{Setting, preview};
use leptos::prelude::*;

/// The button that opens the setting; it takes the focus when the button to turn it off goes away.
const OPENER: &str = "open-recharge";

/// AR-1, AR-2: a setting in one sentence.
fn in_words(setting: Setting, trigger: Trigger) -> String {
    let (amount, threshold) = (charge(setting.amount), charge(setting.threshold));
    match trigger {
        Trigger::Below => format!("Buys {amount} whenever the balance falls below {threshold}."),
        Trigger::AtOrBelow => format!("Buys {amount} whenever the balance falls to {threshold} or below."),
    }
}

pub(super) fn recharge() -> AnyView {
    let state = state();
    let open = move || state.opening.set(Some(Opening::Recharge));
    let turn_off = move || {
        state.example.update(|example| example.recharge = None);
        focus_soon(OPENER);
    };
    let opener = move |label: &str| button_with_id(OPENER, label.to_owned(), Weight::Plain, open);
    let shown = move || match state.example.read().recharge {
        Some(setting) => el!("div", "class" = "stack";
            el!("p", "class" = "setting"; in_words(setting, state.policy.read().trigger)),
            findings(warnings(&state.policy.read(), &state.example.read(), setting), Tone::Attention),
            el!("p", "class" = "row";
                opener("Change auto-recharge"),
                button("Turn off auto-recharge".to_owned(), Weight::Plain, turn_off),
            ),
        ),
        None => el!("div", "class" = "stack";
            el!("p", "class" = "setting"; "Off. Nothing is bought by itself."),
            el!("p", "class" = "row"; opener("Set up auto-recharge")),
        ),
    };
    let payment = move || {
        let card = state.example.read().on_file.as_ref().map(card_sentence);
        let link = if card.is_some() { "Replace the card" } else { "Link a card" };
        let link = place::link(Page::PaymentMethod, vec![link.into_any()]);
        el!("div", "class" = "stack"; el!("p"; card.unwrap_or_else(|| "No card is linked.".to_owned())), el!("p"; link))
    };
    el!("div", "class" = "column";
        section("recharge-heading", "card", "Auto-recharge", vec![follow(shown)]),
        section("payment-heading", "card", "Payment method", vec![follow(payment)]),
    )
}

/// What the setting would do now.
fn warnings(policy: &Policy, example: &Example, setting: Setting) -> Vec<Told> {
    let question = recharge_question(policy, example, setting);
    preview(policy, &question).map(|seen| seen.warnings.iter().map(Told::of).collect()).unwrap_or_default()
}
