//! Auto-recharge as it is set, in one sentence, and what it would do now; and the card that it charges.

use crate::app::routes::{self, Page};
use crate::app::split;
use crate::i18n::amounts::charge;
use crate::i18n::{overview as texts, payment_method as cards, shell};
use crate::pages::payment_method::card_sentence;
use crate::session::AccountSession;
use crate::session::state::{Confirmation, DialogMode, state};
use crate::ui::button::{Weight, button, button_with_id};
use crate::ui::element::el;
use crate::ui::figures::section;
use crate::ui::message::{Message, Tone, findings};
use crate::ui::reactive::follow;
use billing::ledger::{Notice, notices};
use billing::policy::Trigger;
use billing::rules::recharge::{Setting, preview};
use leptos::prelude::*;

/// The button that opens the setting; it takes the focus when the button to turn it off goes away.
const OPENER: &str = "open-recharge";

/// AR-1, AR-2: a setting in one sentence.
pub(crate) fn in_words(setting: Setting, trigger: Trigger) -> String {
    let (amount, threshold) = (charge(setting.amount), charge(setting.threshold));
    match trigger {
        Trigger::Below => texts::buys_below(&amount, &threshold),
        Trigger::AtOrBelow => texts::buys_at(&amount, &threshold),
    }
}

pub(super) fn recharge() -> AnyView {
    let state = state();
    let open = move || state.dialog_mode.set(Some(DialogMode::Recharge));
    let turn_off = move || state.confirmation.set(Some(Confirmation::RechargeOff(OPENER)));
    let opener = move |label: &str| button_with_id(OPENER, label.to_owned(), Weight::Plain, open);
    let standing = Memo::new(move |_| state.session.with(Standing::of));
    let shown = move || match standing.get() {
        Some(Standing { setting, warnings, messages }) => el!("div", "class" = "stack";
            el!("div";
                el!("p", "class" = "setting"; in_words(setting, state.policy.read().trigger)),
                // The place is kept, so that nothing moves when the sentence comes.
                el!("p", "class" = "calm aside"; split::next_recharge()),
            ),
            findings(messages, Tone::Plain),
            findings(warnings, Tone::Attention),
            el!("p", "class" = "row";
                opener(texts::change_recharge()),
                button(texts::turn_off_recharge().to_owned(), Weight::Plain, turn_off),
            ),
        ),
        None => el!("div", "class" = "stack";
            el!("p", "class" = "setting"; texts::recharge_is_off()),
            el!("p", "class" = "row"; opener(texts::set_up_recharge())),
        ),
    };
    let card = Memo::new(move |_| state.session.with(|session| session.account().card().map(card_sentence)));
    let payment = move || {
        let card = card.get();
        let link = if card.is_some() { cards::replace_the_card() } else { cards::link_a_card() };
        let link = routes::link(Page::PaymentMethod, vec![link.into_any()]);
        el!("div", "class" = "stack"; el!("p"; card.unwrap_or_else(|| cards::no_card().to_owned())), el!("p"; link))
    };
    el!("div", "class" = "column";
        section("recharge-heading", "card", texts::recharge(), vec![follow(shown)]),
        section("payment-heading", "card", shell::payment_method(), vec![follow(payment)]),
    )
}

/// Auto-recharge as it stands: its setting, its state, and what it would do now.
#[derive(Clone, PartialEq, Eq)]
struct Standing {
    setting: Setting,
    warnings: Vec<Message>,
    messages: Vec<Message>,
}

impl Standing {
    fn of(session: &AccountSession) -> Option<Standing> {
        let recharge = session.account().recharge();
        let setting = recharge.setting?;
        let policy = session.policy()?;
        let question = session.account().recharge_question(policy, session.now(), setting).ok();
        let seen = question.and_then(|question| preview(policy, &question).ok());
        // While a run is under way or held up, what it would buy now is what it says itself.
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
