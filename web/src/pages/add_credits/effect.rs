//! What the fields do: after the purchase, then after auto-recharge, with the picture.

use super::dialog_state::DialogState;
use super::picture::{picture, steps_table};
use super::plan::{After, Plan, Run};
use crate::i18n::amounts::dollars;
use crate::i18n::{add_credits as texts, overview};
use crate::session::state::state;
use crate::ui::announce::announce;
use crate::ui::figures::{figures, row};
use crate::ui::message::{Message, Tone, finding};
use billing::rules::access::Contract;
use billing::rules::recharge::Warning;
use leptos::prelude::*;

#[component]
pub(super) fn PlanEffect(dialog_state: DialogState) -> impl IntoView {
    let (state, plan) = (state(), dialog_state.plan);
    let recharge = move || {
        let contract = state.account.read().contract;
        let plan = plan.read();
        let (before, run) = plan.as_ref().and_then(|plan| Some((when(plan), plan.run.clone()?)))?;
        Some(view! { <RechargeEffect run before contract /> }.into_any())
    };
    view! {
        <div class="effects">
            <h3>{texts::what_happens()}</h3>
            {move || plan.read().as_ref().map(after_purchase)}
            {move || recharge()}
            {announce(Signal::derive(move || plan.read().as_ref().map(in_words).unwrap_or_default()))}
        </div>
    }
    .into_any()
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

/// What auto-recharge would do at once. `before` says what the balance that it starts from stands for.
#[component]
fn RechargeEffect(run: Run, before: &'static str, contract: Option<Contract>) -> impl IntoView {
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
    let is_quiet = !buys && run.warnings.is_empty();
    view! {
        <div class="stack">
            <h3>{overview::recharge()}</h3>
            {picture(&run.chart, before)}
            {is_quiet.then(|| view! { <p>{texts::nothing_is_bought()}</p> }.into_any())}
            {run.warnings.iter().map(message).collect_view()}
            {buys.then(landing)}
            {buys.then(|| steps_table(&run, |tier| contract.map_or(tier, |contract| contract.plan.tier())))}
        </div>
    }
    .into_any()
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
