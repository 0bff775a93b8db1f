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
use crate::session::state::{DialogMode, State, state};
use crate::session::{Refused, Way};
use crate::ui::button::{Weight, button};
use crate::ui::element::{El, el};
use crate::ui::icon::{Shape, icon};
use crate::ui::message::{Message, Tone, finding};
use crate::ui::reactive::{callback, derived, follow_some};
use billing::id::Id;
use billing::ledger::Rule;
use leptos::prelude::*;
use leptos::task::spawn_local;
use plan::{Entry, Plan};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement};

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
pub(crate) struct DialogState {
    typed: RwSignal<Typed>,
    plan: Memo<Option<Plan>>,
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

/// Does what the button said: what was done, or why not. Nothing is bought twice by doing it again.
async fn carry_out(state: State, dialog_state: DialogState, another: bool) -> Result<Option<Sentence>, Vec<Refused>> {
    let (plan, intent) =
        (dialog_state.plan.get_untracked(), dialog_state.typed.with_untracked(|typed| typed.intent.clone()));
    let Some((plan, intent)) = plan.zip(intent) else { return Ok(None) };
    for command in plan.commands(&intent, another) {
        split::command(state, command).await?;
    }
    Ok(Some(Sentence::new(move || plan.done())))
}

/// Does what the button said. What came of it is said on the page, or in the dialog, which then stays open.
async fn finish(state: State, dialog_state: DialogState, refused: RwSignal<Vec<Refused>>, another: bool) {
    match carry_out(state, dialog_state, another).await {
        Ok(done) => {
            close();
            state.done.set(done);
        }
        Err(found) => {
            refused.set(found);
            dialog_state.typed.update(|typed| typed.confirming = false);
            focus_soon(REFUSED);
        }
    }
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

fn close_button(close: impl Fn() + Send + Sync + 'static) -> AnyView {
    El::new("button", &[("type", "button"), ("class", "quiet")])
        .on("click", move |_| close())
        .holding(vec![icon(Shape::Close), texts::close().into_any()])
}

/// PM-7: why nothing can be charged, said before anything is typed, with the way to the card.
fn uncharged(rule: &Rule) -> AnyView {
    let way = routes::link(Page::PaymentMethod, vec![shared::to_payment_method().into_any()]);
    let said = finding(Message::of(rule), Tone::Attention);
    el!("div", "class" = "stack line uncharged"; said, el!("p", "class" = "row"; way))
}

pub(crate) fn add_credits() -> AnyView {
    let state = state();
    let typed = RwSignal::new(Typed::default());
    let plan = Memo::new(move |_| {
        let is_open = state.dialog_mode.read().is_some();
        is_open.then(|| {
            state
                .session
                .with(|session| Plan::of(&state.policy.get(), session.account(), session.now(), &typed.read().entry))
        })
    });
    let refused = RwSignal::new(Vec::new());
    let dialog_state = DialogState { typed, plan };
    let confirming = Memo::new(move |_| typed.read().confirming);
    Effect::new(move |_| {
        let Some(dialog_mode) = state.dialog_mode.get() else {
            return;
        };
        let amount = if let DialogMode::Buy(amount) = dialog_mode { amount } else { None };
        let amount = amount.or(state.wanted.get_untracked());
        let (saved, intent) =
            state.session.with_untracked(|session| (session.account().recharge().setting, plan::intent(session)));
        typed.set(Typed { entry: Entry::new(amount, saved), intent: Some(intent), ..Typed::default() });
        refused.set(Vec::new());
        state.fall_silent();
        if let Some(dialog) = dialog() {
            let _ = dialog.show_modal();
        }
        focus(if dialog_mode == DialogMode::Recharge { "recharge-amount" } else { "purchase-amount" });
    });
    let hindrance = Memo::new(move |_| state.session.with(|session| session.account().cannot_charge(session.now())));
    let closed = move |_| {
        // Where nothing could be charged the amount is there again when the customer comes back with a card.
        let wanted = hindrance.get_untracked().and_then(|_| plan.get_untracked()?.bought());
        state.wanted.set(wanted);
        state.dialog_mode.set(None);
        // The button that opened it may be gone with what it was for.
        request_animation_frame(|| {
            if focus_is_lost() {
                focus("page-heading");
            }
        });
    };
    expect_context::<Route>().when_left(close);
    let finish = move |another| spawn_local(finish(state, dialog_state, refused, another));
    let submit = move |event: Event| {
        event.prevent_default();
        let Some(plan) = plan.get_untracked() else {
            return;
        };
        let left = Left { purchase: true, amount: true, threshold: true, nothing: plan.is_empty() };
        typed.update(|typed| typed.left = left);
        refused.set(Vec::new());
        match fields::first_wrong(&plan) {
            Some(field) => focus(field),
            None if confirm::is_asked(state, dialog_state) => {
                typed.update(|typed| typed.confirming = true);
                focus_soon("confirm-heading");
            }
            None => finish(false),
        }
    };
    let label = derived(move || plan.read().as_ref().map(Plan::label).unwrap_or_default());
    let submit_button = el!("button", "type" = "submit", "class" = "primary", "id" = "credits-submit"; label);
    let head =
        el!("div", "class" = "head"; el!("h2", "id" = "credits-heading"; texts::add_credits()), close_button(close));
    let foot = el!("div", "class" = "foot"; el!("p", "class" = "calm"; shell::example()), submit_button);
    let halves = el!("div", "class" = "halves"; fields::fields(dialog_state), effect::effects(dialog_state));
    let another = move || {
        let means_it = refused.read().iter().any(|refused| refused.ways.contains(&Way::Another));
        let amount = plan.read().as_ref().and_then(Plan::bought).filter(|_| means_it)?;
        let button = button(texts::buy_another(&charge(amount)), Weight::Plain, move || finish(true));
        Some(el!("p", "class" = "row"; button))
    };
    let refusals = el!("div", "class" = "refused-here"; refusals(state, refused, REFUSED), follow_some(another));
    // Once it is refused, the refusal says it.
    let uncharged = move || hindrance.get().filter(|_| refused.read().is_empty()).map(|rule| uncharged(&rule));
    let form = El::new("form", &[("novalidate", "")])
        .on("submit", submit)
        .following("hidden", move || confirming.get().then(String::new))
        .holding(vec![refusals, follow_some(uncharged), halves, forecast_panel::forecast_panel(dialog_state), foot]);
    let finish = callback(move |()| finish(false));
    let question = follow_some(move || confirming.get().then(|| confirm::confirm(state, dialog_state, finish)));
    El::new("dialog", &[("class", "credits"), ("id", DIALOG), ("aria-labelledby", "credits-heading")])
        .on("close", closed)
        .holding(vec![head, form, question])
}
