//! What the fields do: after the purchase, then after auto-recharge, with the picture.

use super::DialogState;
use super::picture::{picture, steps_table};
use super::plan::{After, Plan, Run};
use crate::i18n::amounts::dollars;
use crate::i18n::{add_credits as texts, overview};
use crate::session::state::state;
use crate::ui::announce::announce;
use crate::ui::element::el;
use crate::ui::figures::{figures, row};
use crate::ui::message::{Message, Tone, finding};
use crate::ui::reactive::{derived, follow_some};
use billing::rules::access::Contract;
use billing::rules::recharge::Warning;
use leptos::prelude::*;

pub(super) fn effects(dialog_state: DialogState) -> AnyView {
    let (state, plan) = (state(), dialog_state.plan);
    let said = derived(move || plan.read().as_ref().map(in_words).unwrap_or_default());
    let recharge = move || {
        let contract = state.account.read().contract;
        let plan = plan.read();
        let plan = plan.as_ref()?;
        plan.run.as_ref().map(|run| auto_recharge(run, when(plan), contract))
    };
    el!("div", "class" = "effects";
        el!("h3"; texts::what_happens()),
        follow_some(move || plan.read().as_ref().map(after_purchase)),
        follow_some(recharge),
        announce(said),
    )
}

/// When the balance that auto-recharge starts from is the balance.
fn when(plan: &Plan) -> &'static str {
    if matches!(plan.purchase, Ok(Some(_))) { texts::after_buying() } else { texts::today() }
}

fn after_purchase(plan: &Plan) -> AnyView {
    let after = plan.after;
    let when = when(plan);
    figures(vec![
        (texts::balance_when(when), dollars(after.balance)),
        (texts::lifetime_spend_when(when), dollars(after.lifetime_spend)),
        (texts::tier_when(when), after.tier.name().to_owned()),
    ])
}

fn auto_recharge(run: &Run, before: &str, contract: Option<Contract>) -> AnyView {
    let buys = run.purchases > 0;
    let message = |warning: &Warning| {
        let tone = if matches!(warning, Warning::AtThresholdWaits { .. }) { Tone::Plain } else { Tone::Attention };
        finding(Message::of(warning), tone)
    };
    // Without a card that can be charged, nothing of this happens yet.
    let [balance, tier] = if run.can_buy {
        [texts::balance_after_recharge(), texts::tier_after_recharge()]
    } else {
        [texts::balance_it_would_reach(), texts::tier_it_would_reach()]
    };
    let landing =
        || figures(vec![row(balance, dollars(run.after.balance)), row(tier, run.after.tier.name().to_owned())]);
    let quiet = !buys && run.warnings.is_empty();
    let quiet = quiet.then(|| el!("p"; texts::nothing_is_bought()));
    el!("div", "class" = "stack";
        el!("h3"; overview::recharge()),
        picture(&run.chart, before),
        quiet,
        run.warnings.iter().map(message).collect::<Vec<_>>(),
        buys.then(landing),
        buys.then(|| steps_table(run, |tier| contract.map_or(tier, |contract| contract.plan.tier()))),
    )
}

/// What a screen reader hears.
fn in_words(plan: &Plan) -> String {
    let mut words = Vec::new();
    if plan.purchase.ok().flatten().is_some() {
        let After { balance, tier, .. } = plan.after;
        words.push(texts::heard_after_buying(&dollars(balance), tier.name()));
    }
    if let Some(run) = &plan.run {
        words.extend(run.warnings.iter().map(|warning| Message::of(warning).sentence()));
        if run.purchases > 0 && run.can_buy {
            words.push(texts::heard_recharge(&dollars(run.after.balance)));
        } else if run.warnings.is_empty() {
            words.push(texts::heard_nothing().to_owned());
        }
    }
    words.join(" ")
}
