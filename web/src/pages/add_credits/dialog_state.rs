//! What the parts of the dialog share, and what opens, closes and finishes it.

use super::plan::{Entry, Plan, intent};
use crate::app::browser::{focus, focus_is_lost, focus_soon, html_element};
use crate::i18n::Sentence;
use crate::session::Refused;
use crate::session::state::{DialogMode, State};
use billing::id::PurchaseId;
use billing::ledger::{Rule, WayOut};
use billing::money::Charge;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

/// The signals that the parts of the dialog share; copied freely.
#[derive(Clone, Copy)]
pub(super) struct DialogState {
    pub(super) typed: RwSignal<Typed>,
    pub(super) plan: Memo<Option<Plan>>,
    /// PM-7: why nothing can be charged.
    pub(super) charge_block: Memo<Option<Rule>>,
    /// Why the last attempt was refused.
    pub(super) refused: RwSignal<Vec<Refused>>,
}

/// What was typed into the dialog, and how far the person has come.
#[derive(Default)]
pub(super) struct Typed {
    pub(super) entry: Entry,
    pub(super) left: Left,
    /// The second question is asked.
    pub(super) confirming: bool,
    /// What is meant by opening the dialog once.
    pub(super) intent: Option<PurchaseId>,
}

/// The fields that were left, so that what is still missing may be said.
#[allow(clippy::struct_excessive_bools, reason = "each says it of a field of its own")]
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) purchase: bool,
    pub(super) amount: bool,
    pub(super) threshold: bool,
    /// The button was pressed with nothing to do.
    pub(super) nothing: bool,
}

pub(super) const DIALOG: &str = "credits";
pub(super) const REFUSED: &str = "credits-refused-heading";

fn dialog() -> Option<HtmlDialogElement> {
    html_element(DIALOG)?.dyn_into().ok()
}

pub(super) fn close_dialog() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

impl DialogState {
    pub(super) fn new(state: State) -> DialogState {
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
    pub(super) fn open(self, state: State, dialog_mode: DialogMode) {
        let amount = if let DialogMode::Buy(amount) = dialog_mode { amount } else { None };
        let amount = amount.or(state.wanted.get_untracked());
        let (saved, intent) =
            state.session.with_untracked(|session| (session.account().recharge().setting, intent(session)));
        self.typed.set(Typed { entry: Entry::new(amount, saved), intent: Some(intent), ..Typed::default() });
        self.refused.set(Vec::new());
        state.fall_silent();
        if let Some(dialog) = dialog() {
            let _ = dialog.show_modal();
        }
        focus(if dialog_mode == DialogMode::Recharge { "recharge-amount" } else { "purchase-amount" });
    }

    /// Answers the dialog's `close` event, however it was closed.
    pub(super) fn closed(self, state: State) {
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

    /// Carries the plan out and closes the dialog, or shows why it was refused.
    pub(super) fn finish(self, state: State, another: bool) {
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
            state.dispatch(command).await?;
        }
        Ok(Some(Sentence::new(move || plan.done())))
    }

    /// The purchase to offer once more, where it was refused because one like it was made just now.
    pub(super) fn another(self) -> Option<Charge> {
        let means_it = self.refused.read().iter().any(|refused| refused.ways.contains(&WayOut::BuyAnother));
        self.plan.read().as_ref().and_then(Plan::bought).filter(|_| means_it)
    }
}
