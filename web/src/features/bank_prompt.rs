//! PM-10, PM-11: the bank's app, as far as the sandbox stands for it: approving and refusing.

use crate::i18n::amounts::charge;
use crate::i18n::shared as texts;
use crate::sandbox::Asked;
use crate::session::AccountSession;
use crate::session::state::State;
use crate::ui::button::{Weight, button};
use crate::ui::element::el;
use crate::ui::reactive::follow_some;
use billing::ledger::Payment;
use leptos::prelude::*;

/// What the bank waits for, each with its two buttons; nothing while it waits for nothing.
pub(crate) fn bank_panel(state: State) -> AnyView {
    let asked = |session: &AccountSession| -> Vec<(Asked, bool)> {
        let asked = session.asked().into_iter();
        asked.map(|asked| (asked.clone(), session.has_answered(&asked.payment))).collect()
    };
    let asked = Memo::new(move |_| state.session.with(asked));
    follow_some(move || {
        let asked = asked.get();
        (!asked.is_empty()).then(|| {
            let rows: Vec<AnyView> =
                asked.into_iter().map(|(asked, is_answered)| question(state, asked, is_answered)).collect();
            el!("section", "class" = "sandbox-box", "aria-labelledby" = "bank-heading";
                el!("p", "class" = "mark-sandbox"; texts::sandbox()),
                el!("h3", "id" = "bank-heading", "tabindex" = "-1"; texts::approve_in_app()),
                rows,
            )
        })
    })
}

fn question(state: State, asked: Asked, is_answered: bool) -> AnyView {
    let Asked { payment, amount } = asked;
    let what = match &payment {
        Payment::Hold(_) => texts::bank_holds().to_owned(),
        Payment::Purchase(_) => texts::bank_asks_about_credits(&charge(amount)),
        Payment::Invoice(id) => texts::bank_asks_about_invoice(&charge(amount), id),
    };
    let answer = move |label: &str, weight, approved| {
        let payment = payment.clone();
        button(label.to_owned(), weight, move || {
            state.answer_bank(payment.clone(), approved);
            crate::app::browser::focus_soon("bank-heading");
        })
    };
    let buttons = if is_answered {
        el!("p", "class" = "calm"; texts::bank_has_your_answer())
    } else {
        el!("p", "class" = "row"; answer(texts::approve(), Weight::Primary, true), answer(texts::refuse(), Weight::Plain, false))
    };
    el!("div", "class" = "stack"; el!("p"; what), buttons)
}
