//! Auto-recharge as it is set, in one sentence, and what it would do now; and the card that it charges.

use crate::amounts::charge;
use crate::chunks;
use crate::life::Life;
use crate::parts::button::{Weight, button, button_with_id};
use crate::parts::element::el;
use crate::parts::figures::section;
use crate::parts::follow::{follow, memo};
use crate::parts::told::{Told, Tone, findings};
use crate::payment::card_sentence;
use crate::place::{self, Page};
use crate::state::{Asking, Opening, state};
use crate::texts::{frame, overview as texts, payment as cards};
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
    let open = move || state.opening.set(Some(Opening::Recharge));
    let turn_off = move || state.asking.set(Some(Asking::RechargeOff(OPENER)));
    let opener = move |label: &str| button_with_id(OPENER, label.to_owned(), Weight::Plain, open);
    let standing = memo(move || state.life.with(Standing::of));
    let shown = move || match standing.get() {
        Some(Standing { setting, warnings, told }) => el!("div", "class" = "stack";
            el!("div";
                el!("p", "class" = "setting"; in_words(setting, state.policy.read().trigger)),
                // The place is kept, so that nothing moves when the sentence comes.
                el!("p", "class" = "calm aside"; chunks::next_recharge()),
            ),
            findings(told, Tone::Plain),
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
    let card = memo(move || state.life.with(|life| life.account().card().map(card_sentence)));
    let payment = move || {
        let card = card.get();
        let link = if card.is_some() { cards::replace_the_card() } else { cards::link_a_card() };
        let link = place::link(Page::PaymentMethod, vec![link.into_any()]);
        el!("div", "class" = "stack"; el!("p"; card.unwrap_or_else(|| cards::no_card().to_owned())), el!("p"; link))
    };
    el!("div", "class" = "column";
        section("recharge-heading", "card", texts::recharge(), vec![follow(shown)]),
        section("payment-heading", "card", frame::payment_method(), vec![follow(payment)]),
    )
}

/// Auto-recharge as it stands: its setting, its state, and what it would do now.
#[derive(Clone, PartialEq, Eq)]
struct Standing {
    setting: Setting,
    warnings: Vec<Told>,
    told: Vec<Told>,
}

impl Standing {
    fn of(life: &Life) -> Option<Standing> {
        let recharge = life.account().recharge();
        let setting = recharge.setting?;
        let policy = life.policy()?;
        let question = life.account().recharge_question(policy, life.now(), setting).ok();
        let seen = question.and_then(|question| preview(policy, &question).ok());
        // While a run is under way or held up, what it would buy now is what it says itself.
        let found = notices(life.policies(), life.account(), life.now()).unwrap_or_default();
        let told: Vec<Told> = found.iter().filter(|notice| is_of_recharge(notice)).map(Told::of).collect();
        let seen = seen.filter(|_| told.is_empty());
        let warnings = seen.map(|seen| seen.warnings.iter().map(Told::of).collect()).unwrap_or_default();
        Some(Standing { setting, warnings, told })
    }
}

/// AR-5, AR-6: paused, withheld, or running a run.
fn is_of_recharge(notice: &Notice) -> bool {
    matches!(notice, Notice::RechargePaused | Notice::RechargeWithheld { .. } | Notice::RechargeRunning { .. })
}
