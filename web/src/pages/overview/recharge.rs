//! Auto-recharge: its setting in one sentence, what it would do now, and the payment card that it charges.

use crate::app::lazy_view::LazyView;
use crate::app::routes::{self, Page};
use crate::i18n::amounts::charge;
use crate::i18n::{overview as texts, payment_method as cards, shell};
use crate::pages::payment_method::card_sentence;
use crate::session::AccountView;
use crate::session::state::{Confirmation, DialogMode, State, state};
use crate::ui::button::{Weight, button, button_with_id};
use crate::ui::figures::section;
use crate::ui::message::{Message, Tone, findings};
use billing::ledger::{Notice, notices};
use billing::policy::Trigger;
use billing::rules::recharge::{Setting, preview};
use leptos::prelude::*;

/// The button that opens the dialog for auto-recharge. It gets the focus when the button that turns auto-recharge off is removed.
const OPENER: &str = "open-recharge";

/// AR-1, AR-2: the setting in one sentence.
pub(crate) fn in_words(setting: Setting, trigger: Trigger) -> String {
    let (amount, threshold) = (charge(setting.amount), charge(setting.threshold));
    match trigger {
        Trigger::Below => texts::buys_below(&amount, &threshold),
        Trigger::AtOrBelow => texts::buys_at(&amount, &threshold),
    }
}

/// The auto-recharge card: its setting, or that it is off.
#[component]
pub(super) fn RechargeCard() -> impl IntoView {
    let state = state();
    let standing = Memo::new(move |_| state.session.with(Standing::of));
    let shown = move || {
        let trigger = state.policy.read().trigger;
        match standing.get() {
            Some(standing) => view! { <RechargeOn standing trigger /> }.into_any(),
            None => view! { <RechargeOff /> }.into_any(),
        }
    };
    let content = view! { {move || shown()} }.into_any();
    section("recharge-heading", "card", texts::recharge(), vec![content])
}

#[component]
fn RechargeOn(standing: Standing, trigger: Trigger) -> impl IntoView {
    let state = state();
    let Standing { setting, warnings, messages } = standing;
    let turn_off = move || state.confirmation.set(Some(Confirmation::RechargeOff(OPENER)));
    // The next recharge loads later; its empty paragraph reserves the space, so that nothing moves.
    view! {
        <div class="stack">
            <div>
                <p class="setting">{in_words(setting, trigger)}</p>
                <p class="calm aside">{LazyView::NextRecharge.show_quietly()}</p>
            </div>
            {findings(messages, Tone::Plain)}
            {findings(warnings, Tone::Attention)}
            <p class="row">
                {opener(state, texts::change_recharge())}
                {button(texts::turn_off_recharge().to_owned(), Weight::Plain, turn_off)}
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn RechargeOff() -> impl IntoView {
    view! {
        <div class="stack">
            <p class="setting">{texts::recharge_is_off()}</p>
            <p class="row">{opener(state(), texts::set_up_recharge())}</p>
        </div>
    }
    .into_any()
}

/// The button that opens the dialog for auto-recharge.
fn opener(state: State, label: &str) -> AnyView {
    let open = move || state.dialog_mode.set(Some(DialogMode::Recharge));
    button_with_id(OPENER, label.to_owned(), Weight::Plain, open)
}

/// The payment method card: which payment card is charged, and a link to change it.
#[component]
pub(super) fn PaymentCard() -> impl IntoView {
    let state = state();
    let card = Memo::new(move |_| state.session.with(|session| session.account().card().map(card_sentence)));
    let link = move || if card.read().is_some() { cards::replace_the_card() } else { cards::link_a_card() };
    let content = view! {
        <div class="stack">
            <p>{move || card.get().unwrap_or_else(|| cards::no_card().to_owned())}</p>
            <p>{move || routes::link(Page::PaymentMethod, vec![link().into_any()])}</p>
        </div>
    };
    section("payment-heading", "card", shell::payment_method(), vec![content.into_any()])
}

/// Auto-recharge while it is on: its setting, its state, and what it would do now.
#[derive(Clone, PartialEq, Eq)]
struct Standing {
    setting: Setting,
    warnings: Vec<Message>,
    messages: Vec<Message>,
}

impl Standing {
    fn of(session: &AccountView) -> Option<Standing> {
        let recharge = session.account().recharge();
        let setting = recharge.setting?;
        let policy = session.policy()?;
        let question = session.account().recharge_question(policy, session.now(), setting).ok();
        let seen = question.and_then(|question| preview(policy, &question).ok());
        // While a run is under way or withheld, its own notice says what it buys.
        let found = notices(session.policies(), session.account(), session.now()).unwrap_or_default();
        let messages: Vec<Message> = found.iter().filter(|notice| is_of_recharge(notice)).map(Message::of).collect();
        let seen = seen.filter(|_| messages.is_empty());
        let warnings = seen.map(|seen| seen.warnings.iter().map(Message::of).collect()).unwrap_or_default();
        Some(Standing { setting, warnings, messages })
    }
}

/// AR-5, AR-6: paused, withheld, or running a run.
fn is_of_recharge(notice: &Notice) -> bool {
    matches!(notice, Notice::RechargePaused | Notice::RechargeWithheld { .. } | Notice::RechargeRunning { .. })
}
