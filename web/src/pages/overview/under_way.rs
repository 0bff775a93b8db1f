//! PP · Purchases under way, each with its stages and its countdown, and the tier that follows.

use super::notices::{Line, Place, lines};
use crate::features::tier_settling::settling;
use crate::i18n::amounts::{charge, minutes};
use crate::i18n::overview as texts;
use crate::i18n::times::{clock, countdown};
use crate::session::AccountView;
use crate::session::state::state;
use crate::ui::figures::section;
use crate::ui::icon::{Shape, icon};
use crate::ui::message::finding;
use billing::id::PurchaseId;
use billing::ledger::{Purchase, Stage};
use billing::money::Charge;
use billing::policy::Policy;
use billing::time::Timestamp;
use leptos::prelude::*;

/// A purchase as it is shown, without the countdown, which changes every second.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    key: PurchaseId,
    amount: Charge,
    by_recharge: bool,
    steps: [Step; 3],
}

/// PP-1: a stage with the time at which it was completed.
#[derive(Clone, PartialEq, Eq)]
struct Step {
    name: &'static str,
    passed: Option<Timestamp>,
    is_next: bool,
    waits: &'static str,
}

impl Shown {
    fn of(purchase: &Purchase) -> Shown {
        let stage = purchase.stage();
        let at = |one: Stage| stage == one;
        let waits = if at(Stage::BankAction) { texts::waits_for_you() } else { texts::waits_for_the_bank() };
        let step = |name, passed, is_next, waits| Step { name, passed, is_next, waits };
        let bank = at(Stage::BankApproval) || at(Stage::BankAction);
        Shown {
            key: purchase.key.clone(),
            amount: purchase.amount,
            by_recharge: purchase.run.is_some(),
            steps: [
                step(texts::bank_approval(), purchase.approved, bank, waits),
                step(texts::invoice(), purchase.invoiced, at(Stage::Invoice), texts::being_generated()),
                step(texts::balance(), purchase.completed, at(Stage::Balance), texts::being_updated()),
            ],
        }
    }
}

/// The card's data.
#[derive(Clone, PartialEq, Eq)]
struct UnderWay {
    purchases: Vec<Shown>,
    lines: Vec<Line>,
}

impl UnderWay {
    fn of(session: &AccountView) -> UnderWay {
        let found = lines(session).into_iter().filter(|line| line.is_wanted(Place::UnderWay, &[]));
        // A completed purchase stays for a while, so that its last stage can be seen.
        let is_fresh = |purchase: &Purchase| {
            session.policy().is_some_and(|policy| purchase.has_just_completed(policy, session.now()))
        };
        let is_shown = |purchase: &&Purchase| purchase.is_pending() || is_fresh(purchase);
        let mut purchases: Vec<Shown> =
            session.account().purchases().iter().rev().take_while(is_shown).map(Shown::of).collect();
        let older = session.account().pending_purchases().map(Shown::of);
        purchases.extend(older.filter(|older| purchases.iter().all(|it| it.key != older.key)).collect::<Vec<_>>());
        UnderWay { purchases, lines: found.collect() }
    }
}

/// The card of what is under way. Absent while nothing is.
#[component]
pub(super) fn UnderWayCard() -> impl IntoView {
    let state = state();
    let shown = Memo::new(move |_| state.session.with(UnderWay::of));
    let card = move || {
        let UnderWay { purchases, lines } = shown.get();
        if purchases.is_empty() && lines.is_empty() {
            return None;
        }
        let purchase_view = |purchase| view! { <PurchaseStages purchase /> }.into_any();
        let lines: Vec<AnyView> = lines.into_iter().map(|line| finding(line.message, line.tone)).collect();
        let purchases: Vec<AnyView> = purchases.into_iter().map(purchase_view).collect();
        let list = view! { <ul class="purchases">{purchases}</ul> }.into_any();
        let content = vec![lines.into_any(), settling(state), list];
        Some(section("under-way-heading", "card", texts::under_way(), content))
    };
    view! { {move || card()} }.into_any()
}

/// A purchase with its stages and its countdown.
#[component]
fn PurchaseStages(purchase: Shown) -> impl IntoView {
    let state = state();
    let Shown { key, amount, by_recharge, steps } = purchase;
    let title = if by_recharge { texts::recharge_of(&charge(amount)) } else { texts::purchase_of(&charge(amount)) };
    let waiting = Signal::derive(move || {
        let said = state
            .session
            .with(|session| Some(waiting(session.policy()?, session.account().purchase(&key)?, session.now())));
        said.unwrap_or_default()
    });
    let steps: Vec<AnyView> = steps.into_iter().map(|step| view! { <StageItem step /> }.into_any()).collect();
    view! {
        <li>
            <h3>{title}</h3>
            <ol class="stages">{steps}</ol>
            <p class="calm">{waiting}</p>
        </li>
    }
    .into_any()
}

/// PP-1: a stage with its time of completion, or with what it waits for.
#[component]
fn StageItem(step: Step) -> impl IntoView {
    let (class, said) = match (step.passed, step.is_next) {
        (Some(passed), _) => ("passed", [&clock(passed), " UTC"].concat()),
        (None, true) => ("next", step.waits.to_owned()),
        (None, false) => ("", texts::to_come().to_owned()),
    };
    view! {
        <li class=class>
            <span class="mark" aria-hidden="true">
                {step.passed.map(|_| icon(Shape::Check))}
            </span>
            <b>{step.name}</b>
            <span class="calm">{said}</span>
        </li>
    }
    .into_any()
}

/// PP-2, PP-3: the time so far, and the time that is left of the usual or normal duration.
fn waiting(policy: &Policy, purchase: &Purchase, now: Timestamp) -> String {
    let Some(waiting) = purchase.waiting(policy, now) else { return texts::complete().to_owned() };
    let so_far = countdown(waiting.seconds);
    let left = |limit: u64| countdown(limit.saturating_sub(waiting.seconds));
    let (typical, normal) = (policy.payment_typical_within_seconds, policy.payment_settles_within_seconds);
    match (waiting.late, waiting.overdue) {
        (_, true) => texts::longer_than_normal(&so_far),
        (true, false) => texts::within_normal(&so_far, &minutes(normal), &left(normal)),
        (false, false) => texts::within_typical(&so_far, &typical.to_string(), &left(typical)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Preset;
    use billing::ledger::Command;

    #[test]
    fn pp_2_and_pp_3_countdown_runs_to_60_seconds_and_then_to_15_minutes() {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        let mut session = Preset::BuildTier2.session(crate::session::policies::dated().unwrap(), opened).unwrap();
        let amount = Charge::parse("50").unwrap();
        assert!(session.dispatch(&Command::BuyCredits { key: "k".into(), amount, another: None }).is_ok());
        let purchase = session.account().purchase("k").unwrap();
        let said = |seconds| waiting(session.policy().unwrap(), purchase, session.now().plus_seconds(seconds).unwrap());
        assert_eq!(said(12), "0:12 so far. Usually done within 60 seconds: 0:48 to go.");
        assert_eq!(said(60), "1:00 so far. Usually done within 60 seconds: 0:00 to go.");
        assert_eq!(said(61), "1:01 so far. Up to 15 minutes is normal: 13:59 to go.");
        assert_eq!(said(901), "15:01 so far: longer than is normal.");
    }
}
