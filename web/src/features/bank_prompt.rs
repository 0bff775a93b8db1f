//! PM-10, PM-11: the bank's app, as far as the sandbox stands for it: approving and refusing.

use crate::i18n::amounts::charge;
use crate::i18n::shared as texts;
use crate::sandbox::Asked;
use crate::session::AccountView;
use crate::session::state::State;
use crate::ui::button::{Weight, button};
use billing::ledger::Payment;
use leptos::prelude::*;

/// What the bank waits for, each with its two buttons; nothing while it waits for nothing.
pub(crate) fn bank_panel(state: State) -> AnyView {
    let asked = |session: &AccountView| -> Vec<(Asked, bool)> {
        let asked = session.asked().into_iter();
        asked.map(|asked| (asked.clone(), session.has_answered(&asked.payment))).collect()
    };
    let asked = Memo::new(move |_| state.session.with(asked));
    let prompt = move |asked| view! { <Prompt state=state asked=asked /> }.into_any();
    view! { {move || Some(asked.get()).filter(|asked| !asked.is_empty()).map(prompt)} }.into_any()
}

/// Each payment with whether the customer has answered.
#[component]
fn Prompt(state: State, asked: Vec<(Asked, bool)>) -> impl IntoView {
    let question = |(asked, is_answered): (Asked, bool)| {
        view! { <Question state=state asked=asked is_answered=is_answered /> }.into_any()
    };
    view! {
        <section class="sandbox-box" aria-labelledby="bank-heading">
            <p class="mark-sandbox">{texts::sandbox()}</p>
            <h3 id="bank-heading" tabindex="-1">
                {texts::approve_in_app()}
            </h3>
            {asked.into_iter().map(question).collect::<Vec<_>>()}
        </section>
    }
    .into_any()
}

#[component]
fn Question(state: State, asked: Asked, is_answered: bool) -> impl IntoView {
    let Asked { payment, amount } = asked;
    let what = match &payment {
        Payment::Hold(_) => texts::bank_holds().to_owned(),
        Payment::Purchase(_) => texts::bank_asks_about_credits(&charge(amount)),
        Payment::Invoice(id) => texts::bank_asks_about_invoice(&charge(amount), id),
    };
    let answers = if is_answered {
        view! { <p class="calm">{texts::bank_has_your_answer()}</p> }.into_any()
    } else {
        view! { <Answers state=state payment=payment /> }.into_any()
    };
    view! {
        <div class="stack">
            <p>{what}</p>
            {answers}
        </div>
    }
    .into_any()
}

#[component]
fn Answers(state: State, payment: Payment) -> impl IntoView {
    let answer = move |label: &str, weight, approved| {
        let payment = payment.clone();
        button(label.to_owned(), weight, move || {
            state.answer_bank(payment.clone(), approved);
            crate::app::browser::focus_soon("bank-heading");
        })
    };
    view! {
        <p class="row">
            {answer(texts::approve(), Weight::Primary, true)}
            {answer(texts::refuse(), Weight::Plain, false)}
        </p>
    }
    .into_any()
}
