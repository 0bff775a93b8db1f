//! What cannot be taken back is looked at once more before it is done: what it does, and what it costs.

use super::button::{Weight, button};
use super::element::{El, el};
use super::follow::{follow_some, watch};
use crate::amounts::{charge, dollars};
use crate::browser::{focus, focus_is_lost, focus_soon, html_element};
use crate::life::Life;
use crate::place::Place;
use crate::state::{Asking, State, state};
use crate::texts::{Sentence, credits, parts as texts, tiers};
use billing::id::Id;
use billing::ledger::{Account, Command};
use billing::money::Money;
use billing::projection::charges::charges;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

const DIALOG: &str = "question";
const HEADING: &str = "question-heading";

/// The question, the facts behind it, the button that confirms, and what is said once it is done.
struct Words {
    question: String,
    facts: String,
    confirm: String,
    done: Sentence,
}

impl Words {
    /// Nothing where there is nothing to look at: then it is done, or refused, as it is.
    fn of(life: &Life, asking: &Asking) -> Option<Words> {
        match asking {
            Asking::Pay(invoice) => pay(life.account(), invoice),
            Asking::Stop(deployment, _) => stop(life, deployment),
            Asking::RechargeOff(_) => recharge_off(life),
            Asking::Limit(limit, _) => set_limit(life, *limit),
        }
    }
}

/// CR-9, IN-3: what is charged, and to which card. Without a card it is refused, not asked.
fn pay(account: &Account, invoice: &Id) -> Option<Words> {
    let (amount, card) = (charge(account.invoice(invoice)?.due), account.card()?);
    let (network, last4) = (card.network.name(), card.last4.to_string());
    Some(Words {
        question: texts::pay_question(&amount),
        facts: texts::pay_facts(&amount, network, &last4),
        confirm: texts::pay_confirm(&amount),
        done: Sentence::new(move || texts::is_charged(&amount, network, &last4)),
    })
}

/// UC-4: what it costs while it runs.
fn stop(life: &Life, deployment: &Id) -> Option<Words> {
    let found = charges(life.policies(), life.account(), life.events(), life.now(), life.now()).ok()?;
    let per_hour = dollars(found.running.iter().find(|cost| cost.deployment.id == *deployment)?.per_hour);
    let name = deployment.clone();
    Some(Words {
        question: texts::stop_question(&name),
        facts: texts::stop_facts(&per_hour),
        confirm: texts::stop_confirm(&name),
        done: Sentence::new(move || texts::is_stopped(&name, &per_hour)),
    })
}

/// AR-1, AC-1: how far the balance then falls, and what is bought all the same.
fn recharge_off(life: &Life) -> Option<Words> {
    let (policy, account) = (life.policy()?, life.account());
    let limit = account.snapshot(policy, life.now()).ok()?.credit_limit(policy).ok()?.in_force;
    let floor = dollars(Money::ZERO.checked_sub(limit).ok()?);
    let pending = account.pending().ok().filter(|pending| pending.is_positive()).map(dollars);
    let goes_on = move || pending.as_deref().map(|pending| [" ", &texts::pending_goes_on(pending)].concat());
    let goes_on = move || goes_on().unwrap_or_default();
    Some(Words {
        question: texts::off_question().to_owned(),
        facts: [texts::off_facts(&floor), goes_on()].concat(),
        confirm: texts::off_confirm().to_owned(),
        done: Sentence::new(move || [texts::is_off(), &goes_on()].concat()),
    })
}

/// AC-1, AC-6: a limit that the balance is already beyond.
fn set_limit(life: &Life, limit: Money) -> Option<Words> {
    let (balance, limit) = (dollars(life.account().balance(life.now()).ok()?), dollars(limit));
    Some(Words {
        question: texts::limit_question(&limit),
        facts: tiers::stops_now(&balance),
        confirm: texts::limit_confirm(&limit),
        done: Sentence::new(move || tiers::limit_stops(&limit)),
    })
}

fn dialog() -> Option<HtmlDialogElement> {
    html_element(DIALOG)?.dyn_into().ok()
}

fn close() {
    if let Some(dialog) = dialog() {
        dialog.close();
    }
}

fn words_now(state: State, asking: &Asking) -> Option<Words> {
    state.life.with_untracked(|life| Words::of(life, asking))
}

/// Does what was asked about, once.
fn carry_out(state: State) {
    let Some(asking) = state.asking.try_update(Option::take).flatten() else { return };
    let done = words_now(state, &asking).map(|words| words.done);
    match asking {
        Asking::Pay(invoice) => state.ask(Command::PayInvoice { invoice }, done, "page-heading"),
        Asking::Stop(deployment, focus) => state.ask(Command::StopDeployment { deployment }, done, focus),
        Asking::RechargeOff(focus) => state.ask(Command::ClearAutoRecharge, done, focus),
        Asking::Limit(limit, typed) => {
            state.ask(Command::SetBalanceLimit { limit: Some(limit) }, done, "limit-heading");
            typed.try_set(String::new());
        }
    }
}

/// The dialog that asks.
pub(crate) fn question() -> AnyView {
    let state = state();
    watch(move || {
        let Some(asking) = state.asking.get() else { return };
        if words_now(state, &asking).is_none() {
            return carry_out(state);
        }
        if let Some(dialog) = dialog() {
            let _ = dialog.show_modal();
        }
        focus_soon(HEADING);
    });
    expect_context::<Place>().when_left(close);
    let closed = move |_| {
        state.asking.set(None);
        // What opened it may be gone with what it was for.
        request_animation_frame(|| {
            if focus_is_lost() {
                focus("page-heading");
            }
        });
    };
    let asked = move || {
        let Words { question, facts, confirm, .. } = words_now(state, &state.asking.get()?)?;
        let confirmed = move || {
            close();
            carry_out(state);
        };
        Some(el!("section", "class" = "confirm", "aria-labelledby" = HEADING;
            el!("h2", "id" = HEADING, "tabindex" = "-1"; question),
            el!("p"; facts),
            el!("div", "class" = "foot";
                button(credits::back().to_owned(), Weight::Plain, close),
                button(confirm, Weight::Primary, confirmed),
            ),
        ))
    };
    El::new("dialog", &[("class", "question"), ("id", DIALOG), ("aria-labelledby", HEADING)])
        .on("close", closed)
        .holding(vec![follow_some(asked)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Preset;
    use billing::money::Charge;
    use billing::time::Timestamp;

    fn life(preset: Preset) -> Life {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.life(crate::policies::dated().unwrap(), opened).unwrap()
    }

    fn said(life: &Life, asking: &Asking) -> [String; 4] {
        let Words { question, facts, confirm, done } = Words::of(life, asking).unwrap();
        [question, facts, confirm, done.said()]
    }

    #[test]
    fn in_3_what_is_paid_names_the_card() {
        let expected = [
            "Pay $12.40 now?",
            "$12.40 is charged once to Visa ending 0341.",
            "Confirm and pay $12.40",
            "$12.40 is being charged to Visa ending 0341.",
        ];
        let pay = Asking::Pay("2025-11".into());
        assert_eq!(said(&life(Preset::PastDue), &pay), expected);
        assert!(Words::of(&life(Preset::New), &pay).is_none());
    }

    #[test]
    fn uc_4_what_is_stopped_says_what_that_saves() {
        let [question, facts, _, done] = said(&life(Preset::IdleEndpoint), &Asking::Stop("support-chat".into(), ""));
        assert_eq!(question, "Stop support-chat?");
        assert!(facts.starts_with("It costs $1.20 an hour."), "{facts}");
        assert_eq!(done, "support-chat is stopped; that saves $1.20 an hour.");
    }

    #[test]
    fn ar_1_what_is_pending_goes_on_without_auto_recharge() {
        let mut life = life(Preset::IdleEndpoint);
        let [_, facts, _, done] = said(&life, &Asking::RechargeOff(""));
        assert_eq!(facts, "Nothing is bought by itself any more: usage stops when the balance reaches $0.00.");
        assert_eq!(done, "Auto-recharge is off.");
        let amount = Charge::parse("25").unwrap();
        assert!(life.tell(&Command::BuyCredits { key: "k".into(), amount, another: None }).is_ok());
        let [_, facts, _, done] = said(&life, &Asking::RechargeOff(""));
        assert!(facts.ends_with(" The $25.00 that is pending goes on."), "{facts}");
        assert_eq!(done, "Auto-recharge is off. The $25.00 that is pending goes on.");
    }
}
