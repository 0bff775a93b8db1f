//! TI-1, TI-3, AC-6: the table of all tiers, with a badge on the current one and the purchase that reaches each.

use crate::i18n::amounts::{charge, count, dollars};
use crate::i18n::tiers as texts;
use crate::session::state::{DialogMode, State, state};
use crate::ui::button::{Weight, button};
use crate::ui::figures::{Column, column, section};
use crate::ui::ledger::{Entry, ledger};
use crate::ui::message::rule;
use billing::clause::Clause;
use billing::policy::Tier;
use billing::policy::{Limits, Policy, TierTerms};
use billing::rules::access::Snapshot;
use billing::rules::tier_path::{TierStep, tier_path};
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    by_contract: bool,
    rungs: Vec<Rung>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Rung {
    terms: TierTerms,
    step: TierStep,
}

impl Shown {
    fn of(policy: &Policy, account: &Snapshot, in_effect: Tier) -> Option<Shown> {
        let path = tier_path(policy, account, in_effect).ok()?;
        let rungs = path.into_iter().map(|(terms, step)| Rung { terms, step }).collect();
        Some(Shown { by_contract: account.contract.is_some(), rungs })
    }
}

/// The card of all tiers.
#[component]
pub(super) fn TiersCard() -> impl IntoView {
    let state = state();
    let shown = Memo::new(move |_| {
        state.with_decision(|policy, account, decision| Shown::of(policy, account, decision.ok()?.tier))
    });
    let content = view! { {move || shown.get().map(|shown| view! { <TiersTable shown /> }.into_any())} }.into_any();
    section("tiers-heading", "card", texts::all(), vec![content])
}

#[component]
fn TiersTable(shown: Shown) -> impl IntoView {
    let state = state();
    let Shown { by_contract, rungs } = shown;
    let overridden = by_contract.then(|| {
        view! {
            <p class="calm">
                {texts::overridden()}
                {rule(Clause::Ac7)}
            </p>
        }
        .into_any()
    });
    let entries = rungs.into_iter().map(|rung| entry(state, rung, by_contract)).collect();
    view! {
        <div class="stack">
            {overridden}
            {ledger(texts::all(), columns(by_contract), entries)}
            <p class="hint">
                {texts::rerank_unit()}
                {rule(Clause::Ti3)}
            </p>
        </div>
    }
    .into_any()
}

/// Under a contract no purchase changes the tier, so the last column is left out.
fn columns(by_contract: bool) -> Vec<Column> {
    let columns = [
        column(texts::tier(), false),
        column(texts::from(), true),
        column(texts::llm(), true),
        column(texts::embeddings(), true),
        column(texts::rerank(), true),
        column(texts::limit(), true),
    ];
    columns.into_iter().chain((!by_contract).then(|| column(texts::way(), true))).collect()
}

fn entry(state: State, rung: Rung, by_contract: bool) -> Entry {
    let Rung { terms, step } = rung;
    let is_here = step == TierStep::InEffect && !by_contract;
    let limit = |read: fn(&Limits) -> u64| match &terms.limits {
        Some(limits) => count(read(limits)).into_any(),
        None => calm(texts::no_access()),
    };
    let credit = dollars(terms.credit_limit);
    let credit = if terms.credit_limit_assumed { texts::assumed(&credit) } else { credit };
    let mut cells = vec![
        view! { <TierName tier=terms.tier is_here /> }.into_any(),
        dollars(terms.at).into_any(),
        limit(|limits| limits.llm),
        limit(|limits| limits.embeddings),
        limit(|limits| limits.rerank),
        credit.into_any(),
    ];
    if !by_contract {
        cells.push(way_view(state, step));
    }
    (if is_here { "present" } else { "" }, cells)
}

/// A tier's name, with a badge on the current tier.
#[component]
fn TierName(tier: Tier, is_here: bool) -> impl IntoView {
    let badge = is_here.then(|| view! { <span class="badge here">{texts::you_are_here()}</span> }.into_any());
    view! {
        <span class="rung">
            <b>{tier.name()}</b>
            {badge}
        </span>
    }
    .into_any()
}

fn calm(text: &'static str) -> AnyView {
    view! { <span class="calm">{text}</span> }.into_any()
}

fn way_view(state: State, step: TierStep) -> AnyView {
    match step {
        TierStep::Reached | TierStep::InEffect => calm(texts::reached()),
        TierStep::Settling => calm(texts::paid_for()),
        TierStep::Pending => calm(texts::pending_follows()),
        TierStep::Buy(amount) => button(texts::buy(&charge(amount)), Weight::Plain, move || {
            state.dialog_mode.set(Some(DialogMode::Buy(Some(amount))));
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::money::{Charge, Money};

    fn ways(spend: &str, settled: Option<&str>, in_effect: Tier) -> Vec<TierStep> {
        ways_with(spend, "0", settled, in_effect)
    }

    fn ways_with(spend: &str, pending: &str, settled: Option<&str>, in_effect: Tier) -> Vec<TierStep> {
        let policy = Policy::shipped("prepaid").unwrap();
        let money = |text| Money::parse(text).unwrap();
        let (lifetime_spend, tier_settled_spend) = (money(spend), settled.map(money));
        let account = Snapshot { lifetime_spend, tier_settled_spend, pending: money(pending), ..Snapshot::NEW };
        Shown::of(&policy, &account, in_effect).unwrap().rungs.into_iter().map(|rung| rung.step).collect()
    }

    fn buy(amount: &str) -> TierStep {
        TierStep::Buy(Charge::parse(amount).unwrap())
    }

    #[test]
    fn ti_4_each_tier_is_reached_current_or_offers_its_purchase() {
        let expected =
            [TierStep::Reached, TierStep::Reached, TierStep::InEffect, buy("37.50"), buy("187.50"), buy("937.50")];
        assert_eq!(ways("62.50", None, Tier::Build2), expected);
        assert_eq!(ways("98", None, Tier::Build2).get(3), Some(&buy("5.00")));
        assert!(ways("1000", None, Tier::Build5).iter().take(5).all(|way| *way == TierStep::Reached));
    }

    #[test]
    fn ti_8_no_purchase_is_offered_for_a_tier_that_follows() {
        let ways = ways("100", Some("62.50"), Tier::Build2);
        assert_eq!(ways.get(2..5), Some([TierStep::InEffect, TierStep::Settling, buy("150.00")].as_slice()));
    }

    #[test]
    fn pp_4_no_purchase_is_offered_for_tiers_that_pending_payments_reach() {
        let rungs = |pending| ways_with("5", pending, None, Tier::Build1).get(1..5).unwrap().to_vec();
        assert_eq!(rungs("95"), [TierStep::InEffect, TierStep::Pending, TierStep::Pending, buy("245.00")]);
        assert_eq!(rungs("44.99"), [TierStep::InEffect, buy("45.00"), buy("95.00"), buy("245.00")]);
    }
}
