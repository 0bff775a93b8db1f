//! Add credits: what a purchase and an auto-recharge setting do, said before either is confirmed.

mod balance_chart;
mod confirm;
mod effect;
mod fields;
mod forecast_panel;
mod picture;
mod plan;
mod recharge_steps_chart;

#[cfg(test)]
pub(crate) use plan::intent;

use crate::app::browser::{focus, focus_is_lost, focus_soon, html_element};
use crate::app::routes::{self, Page, Route};
use crate::app::split;
use crate::features::refusals::refusals;
use crate::i18n::amounts::charge;
use crate::i18n::{Sentence, add_credits as texts, shared, shell};
use crate::session::Refused;
use crate::session::state::{DialogMode, State, state};
use crate::ui::button::{Weight, button};
use crate::ui::icon::{Shape, icon};
use crate::ui::message::{Message, Tone, finding};
use billing::id::Id;
use billing::ledger::{Rule, WayOut};
use billing::money::Charge;
use confirm::ConfirmPurchase;
use effect::PlanEffect;
use fields::CreditsFields;
use forecast_panel::ForecastPanel;
use leptos::prelude::*;
use leptos::task::spawn_local;
use plan::{Entry, Plan};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// The signals that the parts of the dialog share; copied freely.
#[derive(Clone, Copy)]
pub(crate) struct DialogState {
    typed: RwSignal<Typed>,
    plan: Memo<Option<Plan>>,
    /// PM-7: why nothing can be charged.
    charge_block: Memo<Option<Rule>>,
    /// Why the last attempt was refused.
    refused: RwSignal<Vec<Refused>>,
}

/// What was typed into the dialog, and how far the person has come.
#[derive(Default)]
struct Typed {
    entry: Entry,
    left: Left,
    /// The second question is asked.
    confirming: bool,
    /// What is meant by opening the dialog once.
    intent: Option<Id>,
}

/// The fields that were left, so that what is still missing may be said.
#[allow(clippy::struct_excessive_bools, reason = "each says it of a field of its own")]
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Left {
    purchase: bool,
    amount: bool,
    threshold: bool,
    /// The button was pressed with nothing to do.
    nothing: bool,
}

const DIALOG: &str = "credits";
const REFUSED: &str = "credits-refused-heading";

fn dialog() -> Option<HtmlDialogElement> {
    html_element(DIALOG)?.dyn_into().ok()
}

fn close_dialog() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

impl DialogState {
    fn new(state: State) -> DialogState {
        let typed = RwSignal::new(Typed::default());
        let plan = Memo::new(move |_| {
            let is_open = state.dialog_mode.read().is_some();
            is_open.then(|| {
                state.session.with(|session| {
                    Plan::of(&state.policy.get(), session.account(), session.now(), &typed.read().entry)
                })
            })
        });
        let charge_block =
            Memo::new(move |_| state.session.with(|session| session.account().cannot_charge(session.now())));
        DialogState { typed, plan, charge_block, refused: RwSignal::new(Vec::new()) }
    }

    /// Opens the dialog with nothing typed but the wanted amount and the saved auto-recharge.
    fn open(self, state: State, dialog_mode: DialogMode) {
        let amount = if let DialogMode::Buy(amount) = dialog_mode { amount } else { None };
        let amount = amount.or(state.wanted.get_untracked());
        let (saved, intent) =
            state.session.with_untracked(|session| (session.account().recharge().setting, plan::intent(session)));
        self.typed.set(Typed { entry: Entry::new(amount, saved), intent: Some(intent), ..Typed::default() });
        self.refused.set(Vec::new());
        state.fall_silent();
        if let Some(dialog) = dialog() {
            let _ = dialog.show_modal();
        }
        focus(if dialog_mode == DialogMode::Recharge { "recharge-amount" } else { "purchase-amount" });
    }

    /// Answers the dialog's `close` event, however it was closed.
    fn closed(self, state: State) {
        // The browser sends the event later; the dialog may be gone from the page by then.
        let Some(charge_block) = self.charge_block.try_get_untracked() else { return };
        // Where nothing could be charged the amount is there again when the customer comes back with a card.
        let wanted = charge_block.and_then(|_| self.plan.try_get_untracked().flatten()?.bought());
        state.wanted.set(wanted);
        state.dialog_mode.set(None);
        // The button that opened it may be gone with what it was for.
        request_animation_frame(|| {
            if focus_is_lost() {
                focus("page-heading");
            }
        });
    }

    /// Answers the submit button: leads to the first wrong field, asks the second question, or carries the plan out.
    fn submit(self, state: State) {
        let Some(plan) = self.plan.get_untracked() else {
            return;
        };
        let left = Left { purchase: true, amount: true, threshold: true, nothing: plan.is_empty() };
        self.typed.update(|typed| typed.left = left);
        self.refused.set(Vec::new());
        match fields::first_wrong(&plan) {
            Some(field) => focus(field),
            None if confirm::is_asked(state, self) => {
                self.typed.update(|typed| typed.confirming = true);
                focus_soon("confirm-heading");
            }
            None => self.finish(state, false),
        }
    }

    /// Carries the plan out and closes the dialog, or shows why it was refused.
    fn finish(self, state: State, another: bool) {
        spawn_local(async move {
            match self.carry_out(state, another).await {
                Ok(done) => {
                    close_dialog();
                    state.done.set(done);
                }
                Err(found) => {
                    self.refused.set(found);
                    self.typed.update(|typed| typed.confirming = false);
                    focus_soon(REFUSED);
                }
            }
        });
    }

    /// Does what the button said: what was done, or why not. Nothing is bought twice by doing it again.
    async fn carry_out(self, state: State, another: bool) -> Result<Option<Sentence>, Vec<Refused>> {
        let (plan, intent) = (self.plan.get_untracked(), self.typed.with_untracked(|typed| typed.intent.clone()));
        let Some((plan, intent)) = plan.zip(intent) else { return Ok(None) };
        for command in plan.commands(&intent, another) {
            split::command(state, command).await?;
        }
        Ok(Some(Sentence::new(move || plan.done())))
    }

    /// The purchase to offer once more, where it was refused because one like it was made just now.
    fn another(self) -> Option<Charge> {
        let means_it = self.refused.read().iter().any(|refused| refused.ways.contains(&WayOut::BuyAnother));
        self.plan.read().as_ref().and_then(Plan::bought).filter(|_| means_it)
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
                dialog_state.submit(state);
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
