//! What cannot be taken back is looked at once more before it is done: what it does, and what it costs.

use crate::app::browser::{focus, focus_is_lost, focus_soon, html_element};
use crate::app::routes::Route;
use crate::i18n::amounts::{charge, dollars};
use crate::i18n::{Sentence, add_credits, shared as texts, tiers};
use crate::session::AccountView;
use crate::session::state::{Confirmation, State, state};
use crate::ui::button::{Weight, button};
use billing::id::{DeploymentId, InvoiceId};
use billing::ledger::{Account, Command};
use billing::money::Money;
use billing::projection::charges::charges;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

const DIALOG: &str = "confirm-dialog";
const HEADING: &str = "confirm-dialog-heading";

/// The question, the facts behind it, the button that confirms, and what is said once it is done.
struct Words {
    question: String,
    facts: String,
    confirm: String,
    done: Sentence,
}

impl Words {
    /// Nothing where there is nothing to look at: then it is done, or refused, as it is.
    fn of(session: &AccountView, confirmation: &Confirmation) -> Option<Words> {
        match confirmation {
            Confirmation::Pay(invoice) => pay(session.account(), invoice),
            Confirmation::Stop(deployment, _) => stop(session, deployment),
            Confirmation::RechargeOff(_) => recharge_off(session),
            Confirmation::Limit(limit, _) => set_limit(session, *limit),
        }
    }
}

/// CR-9, IN-3: what is charged, and to which card. Without a card it is refused, not asked.
fn pay(account: &Account, invoice: &InvoiceId) -> Option<Words> {
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
fn stop(session: &AccountView, deployment: &DeploymentId) -> Option<Words> {
    let found = charges(session.policies(), session.account(), session.events(), session.now(), session.now()).ok()?;
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
fn recharge_off(session: &AccountView) -> Option<Words> {
    let (policy, account) = (session.policy()?, session.account());
    let limit = account.snapshot(policy, session.now()).ok()?.credit_limit(policy).ok()?;
    let floor = dollars(limit.stops_at().ok()?);
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
fn set_limit(session: &AccountView, limit: Money) -> Option<Words> {
    let (balance, limit) = (dollars(session.account().balance(session.now()).ok()?), dollars(limit));
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

fn words_now(state: State, confirmation: &Confirmation) -> Option<Words> {
    state.session.with_untracked(|session| Words::of(session, confirmation))
}

/// Does what was asked about, once.
fn carry_out(state: State) {
    let Some(confirmation) = state.confirmation.try_update(Option::take).flatten() else { return };
    let done = words_now(state, &confirmation).map(|words| words.done);
    match confirmation {
        Confirmation::Pay(invoice) => state.ask(Command::PayInvoice { invoice }, done, "page-heading"),
        Confirmation::Stop(deployment, focus) => state.ask(Command::StopDeployment { deployment }, done, focus),
        Confirmation::RechargeOff(focus) => state.ask(Command::ClearAutoRecharge, done, focus),
        Confirmation::Limit(limit, typed) => {
            state.ask(Command::SetBalanceLimit { limit: Some(limit) }, done, "limit-heading");
            typed.try_set(String::new());
        }
    }
}

/// Opens the dialog once something is to be confirmed; what has no question is carried out as it is.
fn open_when_wanted(state: State) {
    Effect::new(move |_| {
        let Some(confirmation) = state.confirmation.get() else { return };
        if words_now(state, &confirmation).is_none() {
            return carry_out(state);
        }
        if let Some(dialog) = dialog() {
            let _ = dialog.show_modal();
        }
        focus_soon(HEADING);
    });
}

/// The dialog that asks.
#[component]
pub(crate) fn ConfirmDialog() -> impl IntoView {
    let state = state();
    open_when_wanted(state);
    expect_context::<Route>().when_left(close);
    let closed = move |_| {
        state.confirmation.set(None);
        // What opened it may be gone with what it was for.
        request_animation_frame(|| {
            if focus_is_lost() {
                focus("page-heading");
            }
        });
    };
    let words = move || words_now(state, &state.confirmation.get()?);
    let question = move |words| view! { <Question state=state words=words /> }.into_any();
    view! {
        <dialog class="confirm-dialog" id=DIALOG aria-labelledby=HEADING on:close=closed>
            {move || words().map(question)}
        </dialog>
    }
    .into_any()
}

#[component]
fn Question(state: State, words: Words) -> impl IntoView {
    let Words { question, facts, confirm, .. } = words;
    let confirmed = move || {
        close();
        carry_out(state);
    };
    view! {
        <section class="confirm" aria-labelledby=HEADING>
            <h2 id=HEADING tabindex="-1">
                {question}
            </h2>
            <p>{facts}</p>
            <div class="foot">
                {button(add_credits::back().to_owned(), Weight::Plain, close)}
                {button(confirm, Weight::Primary, confirmed)}
            </div>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Preset;
    use billing::money::Charge;
    use billing::time::Timestamp;

    fn session(preset: Preset) -> AccountView {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.session(crate::session::policies::dated().unwrap(), opened).unwrap()
    }

    fn said(session: &AccountView, confirmation: &Confirmation) -> [String; 4] {
        let Words { question, facts, confirm, done } = Words::of(session, confirmation).unwrap();
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
        let pay = Confirmation::Pay("2025-11".into());
        assert_eq!(said(&session(Preset::PastDue), &pay), expected);
        assert!(Words::of(&session(Preset::New), &pay).is_none());
    }

    #[test]
    fn uc_4_what_is_stopped_says_what_that_saves() {
        let [question, facts, _, done] =
            said(&session(Preset::IdleEndpoint), &Confirmation::Stop("support-chat".into(), ""));
        assert_eq!(question, "Stop support-chat?");
        assert!(facts.starts_with("It costs $1.20 an hour."), "{facts}");
        assert_eq!(done, "support-chat is stopped; that saves $1.20 an hour.");
    }

    #[test]
    fn ar_1_what_is_pending_goes_on_without_auto_recharge() {
        let mut session = session(Preset::IdleEndpoint);
        let [_, facts, _, done] = said(&session, &Confirmation::RechargeOff(""));
        assert_eq!(facts, "Nothing is bought by itself any more: usage stops when the balance reaches $0.00.");
        assert_eq!(done, "Auto-recharge is off.");
        let amount = Charge::parse("25").unwrap();
        assert!(session.dispatch(&Command::BuyCredits { key: "k".into(), amount, another: None }).is_ok());
        let [_, facts, _, done] = said(&session, &Confirmation::RechargeOff(""));
        assert!(facts.ends_with(" The $25.00 that is pending goes on."), "{facts}");
        assert_eq!(done, "Auto-recharge is off. The $25.00 that is pending goes on.");
    }
}
