//! Add credits: what a purchase and an auto-recharge setting do, said before either is confirmed.

mod confirm;
mod effect;
mod fields;
mod picture;
mod plan;
mod stairs;

pub(crate) use plan::recharge_question;

use crate::browser::{focus, focus_is_lost, focus_soon, html_element};
use crate::frame::EXAMPLE;
use crate::parts::element::{El, el};
use crate::parts::follow::{follow_some, memo, watch};
use crate::parts::icon::{Shape, icon};
use crate::state::{Opening, state};
use leptos::prelude::*;
use plan::{Entry, Plan};
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlDialogElement};

/// What the parts of the dialog share.
#[derive(Clone, Copy)]
pub(crate) struct Desk {
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

fn dialog() -> Option<HtmlDialogElement> {
    html_element(DIALOG)?.dyn_into().ok()
}

pub(crate) fn credits() -> AnyView {
    let state = state();
    let typed = RwSignal::new(Typed::default());
    let plan = memo(move || {
        let is_open = state.opening.read().is_some();
        is_open.then(|| Plan::of(&state.policy.read(), &state.example.read(), &typed.read().entry))
    });
    let desk = Desk { typed, plan };
    let confirming = memo(move || typed.read().confirming);
    watch(move || {
        let Some(opening) = state.opening.get() else {
            return;
        };
        let amount = if let Opening::Buy(amount) = opening { amount } else { None };
        let entry = Entry::new(amount, state.example.with_untracked(|example| example.recharge));
        typed.set(Typed { entry, ..Typed::default() });
        state.done.set(None);
        if let Some(dialog) = dialog() {
            let _ = dialog.show_modal();
        }
        focus(if opening == Opening::Recharge { "recharge-amount" } else { "purchase-amount" });
    });
    let closed = move |_| {
        state.opening.set(None);
        // The button that opened it may be gone with what it was for.
        request_animation_frame(|| {
            if focus_is_lost() {
                focus("page-heading");
            }
        });
    };
    let close = move || {
        if let Some(dialog) = dialog() {
            dialog.close();
        }
    };
    let finish = move || {
        if let Some(plan) = plan.get_untracked() {
            state.example.update(|example| plan.carry_out(example));
            state.done.set(Some(state.example.with_untracked(|example| plan.done(example))));
        }
        close();
    };
    let submit = move |event: Event| {
        event.prevent_default();
        let Some(plan) = plan.get_untracked() else {
            return;
        };
        let left = Left { purchase: true, amount: true, threshold: true, nothing: plan.is_empty() };
        typed.update(|typed| typed.left = left);
        match fields::first_wrong(&plan) {
            Some(field) => focus(field),
            None if plan.at_once().is_some() => {
                typed.update(|typed| typed.confirming = true);
                focus_soon("confirm-heading");
            }
            None => finish(),
        }
    };
    let close_button = El::new("button", &[("type", "button"), ("class", "quiet")])
        .on("click", move |_| close())
        .holding(vec![icon(Shape::Close), "Close".into_any()]);
    let label = Signal::derive(move || plan.read().as_ref().map(Plan::label).unwrap_or_default());
    let submit_button = el!("button", "type" = "submit", "class" = "primary", "id" = "credits-submit"; label);
    let head = el!("div", "class" = "head"; el!("h2", "id" = "credits-heading"; "Add credits"), close_button);
    let foot = el!("div", "class" = "foot"; el!("p", "class" = "calm"; EXAMPLE), submit_button);
    let halves = el!("div", "class" = "halves"; fields::fields(desk), effect::effects(desk));
    let form = El::new("form", &[("novalidate", "")])
        .on("submit", submit)
        .following("hidden", move || confirming.get().then(String::new))
        .holding(vec![halves, foot]);
    let finish = Callback::new(move |()| finish());
    let question = follow_some(move || confirming.get().then(|| confirm::confirm(desk, finish)));
    El::new("dialog", &[("class", "credits"), ("id", DIALOG), ("aria-labelledby", "credits-heading")])
        .on("close", closed)
        .holding(vec![head, form, question])
}
