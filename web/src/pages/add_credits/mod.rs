//! Add credits: what a purchase and an auto-recharge setting do, said before either is confirmed.

mod balance_chart;
mod confirm;
mod dialog_state;
mod effect;
mod fields;
mod forecast_panel;
mod picture;
mod plan;
mod recharge_steps_chart;

#[cfg(test)]
pub(crate) use plan::intent;

use crate::app::browser::{focus, focus_soon};
use crate::app::routes::{self, Page, Route};
use crate::features::refusals::refusals;
use crate::i18n::amounts::charge;
use crate::i18n::{add_credits as texts, shared, shell};
use crate::session::state::{State, state};
use crate::ui::button::{Weight, button};
use crate::ui::icon::{Shape, icon};
use crate::ui::message::{Message, Tone, finding};
use confirm::ConfirmPurchase;
use dialog_state::{DIALOG, DialogState, Left, REFUSED, close_dialog};
use effect::PlanEffect;
use fields::CreditsFields;
use forecast_panel::ForecastPanel;
use leptos::prelude::*;
use plan::Plan;

/// Answers the submit button: leads to the first wrong field, asks the second question, or carries the plan out.
fn submit(dialog_state: DialogState, state: State) {
    let Some(plan) = dialog_state.plan.get_untracked() else {
        return;
    };
    let left = Left { purchase: true, amount: true, threshold: true, nothing: plan.is_empty() };
    dialog_state.typed.update(|typed| typed.left = left);
    dialog_state.refused.set(Vec::new());
    match fields::first_wrong(&plan) {
        Some(field) => focus(field),
        None if confirm::is_asked(state, dialog_state) => {
            dialog_state.typed.update(|typed| typed.confirming = true);
            focus_soon("confirm-heading");
        }
        None => dialog_state.finish(state, false),
    }
}

/// The dialog: its form, and in the form's place the second question while it is asked.
pub(crate) fn add_credits() -> AnyView {
    let state = state();
    let dialog_state = DialogState::new(state);
    let confirming = Memo::new(move |_| dialog_state.typed.read().confirming);
    Effect::new(move |_| {
        if let Some(dialog_mode) = state.dialog_mode.get() {
            dialog_state.open(state, dialog_mode);
        }
    });
    expect_context::<Route>().when_left(close_dialog);
    view! {
        <dialog
            class="credits"
            id=DIALOG
            aria-labelledby="credits-heading"
            on:close=move |_| dialog_state.closed(state)
        >
            <div class="head">
                <h2 id="credits-heading">{texts::add_credits()}</h2>
                <CloseButton />
            </div>
            <CreditsForm dialog_state confirming />
            <Show when=move || confirming.get()>
                <ConfirmPurchase dialog_state />
            </Show>
        </dialog>
    }
    .into_any()
}

#[component]
fn CloseButton() -> impl IntoView {
    view! {
        <button type="button" class="quiet" on:click=move |_| close_dialog()>
            {icon(Shape::Close)}
            {texts::close()}
        </button>
    }
    .into_any()
}

/// The form, hidden while the second question is asked.
#[component]
fn CreditsForm(dialog_state: DialogState, confirming: Memo<bool>) -> impl IntoView {
    let state = state();
    view! {
        <form
            novalidate
            hidden=move || confirming.get()
            on:submit=move |event| {
                event.prevent_default();
                submit(dialog_state, state);
            }
        >
            <RefusedHere dialog_state />
            <Uncharged dialog_state />
            <div class="halves">
                <CreditsFields dialog_state />
                <PlanEffect dialog_state />
            </div>
            <ForecastPanel dialog_state />
            <div class="foot">
                <p class="calm">{shell::example()}</p>
                <button type="submit" class="primary" id="credits-submit">
                    {move || dialog_state.plan.read().as_ref().map(Plan::label).unwrap_or_default()}
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Why the attempt was refused, with a button that buys all the same where that may be meant.
#[component]
fn RefusedHere(dialog_state: DialogState) -> impl IntoView {
    let state = state();
    let buy = move |amount| {
        let buy = move || dialog_state.finish(state, true);
        view! { <p class="row">{button(texts::buy_another(&charge(amount)), Weight::Plain, buy)}</p> }.into_any()
    };
    view! {
        <div class="refused-here">
            {refusals(state, dialog_state.refused, REFUSED)}
            {move || dialog_state.another().map(buy)}
        </div>
    }
    .into_any()
}

/// PM-7: why nothing can be charged, said before anything is typed, with the way to the card.
#[component]
fn Uncharged(dialog_state: DialogState) -> impl IntoView {
    let said = |rule| {
        view! {
            <div class="stack line uncharged">
                {finding(Message::of(&rule), Tone::Attention)}
                <p class="row">
                    {routes::link(Page::PaymentMethod, vec![shared::to_payment_method().into_any()])}
                </p>
            </div>
        }
        .into_any()
    };
    // Once it is refused, the refusal says it.
    let charge_block = move || dialog_state.charge_block.get().filter(|_| dialog_state.refused.read().is_empty());
    view! { {move || charge_block().map(said)} }.into_any()
}
