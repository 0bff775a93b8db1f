//! PM-10, PM-11: the bank's app, as far as the sandbox stands for it: approving and refusing.

use super::button::{Weight, button};
use super::element::el;
use super::follow::{follow_some, memo};
use crate::amounts::charge;
use crate::life::{Asked, Life};
use crate::state::State;
use billing::account::Payment;
use leptos::prelude::*;

/// What the bank waits for, each with its two buttons; nothing while it waits for nothing.
pub(crate) fn bank_panel(state: State) -> AnyView {
    let asked = |life: &Life| -> Vec<(Asked, bool)> {
        let asked = life.asked().into_iter();
        asked.map(|asked| (asked.clone(), life.has_answered(&asked.payment))).collect()
    };
    let asked = memo(move || state.life.with(asked));
    follow_some(move || {
        let asked = asked.get();
        (!asked.is_empty()).then(|| {
            let rows: Vec<AnyView> =
                asked.into_iter().map(|(asked, is_answered)| question(state, asked, is_answered)).collect();
            el!("section", "class" = "sandbox-box", "aria-labelledby" = "bank-heading";
                el!("p", "class" = "mark-sandbox"; "Sandbox"),
                el!("h3", "id" = "bank-heading", "tabindex" = "-1"; "Approve in your bank’s app"),
                rows,
            )
        })
    })
}

fn question(state: State, asked: Asked, is_answered: bool) -> AnyView {
    let Asked { payment, amount } = asked;
    let what = match &payment {
        Payment::Hold => "Your bank holds $0.00 to check the card.".to_owned(),
        Payment::Purchase(_) => ["Your bank asks about ", &charge(amount), " for credits."].concat(),
        Payment::Invoice(id) => ["Your bank asks about ", &charge(amount), " for the invoice ", id, "."].concat(),
    };
    let answer = move |label: &str, weight, approved| {
        let payment = payment.clone();
        button(label.to_owned(), weight, move || {
            state.answer_bank(payment.clone(), approved);
            crate::browser::focus_soon("bank-heading");
        })
    };
    let buttons = if is_answered {
        el!("p", "class" = "calm"; "The bank has your answer.")
    } else {
        el!("p", "class" = "row"; answer("Approve", Weight::Primary, true), answer("Refuse", Weight::Plain, false))
    };
    el!("div", "class" = "stack"; el!("p"; what), buttons)
}
