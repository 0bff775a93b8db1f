//! TI-1, TI-3, AC-6: the table of all tiers, with a badge on the current one and the purchase that reaches each.

use crate::i18n::amounts::{charge, count, dollars};
use crate::i18n::tiers as texts;
use crate::pages::overview::tier::reached_by_pending;
use crate::session::state::{DialogMode, State, state};
use crate::ui::button::{Weight, button};
use crate::ui::figures::{Column, column, section};
use crate::ui::ledger::{Entry, ledger};
use crate::ui::message::rule;
use billing::clause::Clause;
use billing::money::Charge;
use billing::policy::Tier;
use billing::policy::{Limits, Policy, TierTerms};
use billing::rules::access::Snapshot;
use billing::rules::tier::above;
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    by_contract: bool,
    rungs: Vec<Rung>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Rung {
    terms: TierTerms,
    way: Way,
}

/// A tier's relation to the account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    /// Below the current tier.
    Reached,
    /// The current tier.
    Here,
    /// TI-8: paid for, and follows.
    PaidFor,
    /// PP-4: the pending payments reach it.
    Pending,
    /// TI-4: this purchase reaches it.
    Buy(Charge),
}

impl Shown {
    fn of(policy: &Policy, account: &Snapshot, in_effect: Tier) -> Option<Shown> {
        let above = above(policy, account.lifetime_spend).ok()?;
        let pending = reached_by_pending(policy, account);
        let rung = |terms: &TierTerms| {
            let next = above.iter().find(|next| next.tier == terms.tier);
            let way = match next {
                _ if terms.tier == in_effect => Way::Here,
                _ if terms.tier < in_effect => Way::Reached,
                Some(next) if pending >= Some(next.tier) => Way::Pending,
                Some(next) => Way::Buy(next.purchase),
                None => Way::PaidFor,
            };
            Rung { terms: *terms, way }
        };
        Some(Shown { by_contract: account.contract.is_some(), rungs: policy.tiers.iter().map(rung).collect() })
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
    let Rung { terms, way } = rung;
    let is_here = way == Way::Here && !by_contract;
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
        cells.push(way_view(state, way));
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

fn way_view(state: State, way: Way) -> AnyView {
    match way {
        Way::Reached | Way::Here => calm(texts::reached()),
        Way::PaidFor => calm(texts::paid_for()),
        Way::Pending => calm(texts::pending_follows()),
        Way::Buy(amount) => button(texts::buy(&charge(amount)), Weight::Plain, move || {
            state.dialog_mode.set(Some(DialogMode::Buy(Some(amount))));
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::money::Money;

    fn ways(spend: &str, settled: Option<&str>, in_effect: Tier) -> Vec<Way> {
        ways_with(spend, "0", settled, in_effect)
    }

    fn ways_with(spend: &str, pending: &str, settled: Option<&str>, in_effect: Tier) -> Vec<Way> {
        let policy = Policy::shipped("prepaid").unwrap();
        let money = |text| Money::parse(text).unwrap();
        let (lifetime_spend, tier_settled_spend) = (money(spend), settled.map(money));
        let account = Snapshot { lifetime_spend, tier_settled_spend, pending: money(pending), ..Snapshot::NEW };
        Shown::of(&policy, &account, in_effect).unwrap().rungs.into_iter().map(|rung| rung.way).collect()
    }

    fn buy(amount: &str) -> Way {
        Way::Buy(Charge::parse(amount).unwrap())
    }

    #[test]
    fn ti_4_each_tier_is_reached_current_or_offers_its_purchase() {
        let expected = [Way::Reached, Way::Reached, Way::Here, buy("37.50"), buy("187.50"), buy("937.50")];
        assert_eq!(ways("62.50", None, Tier::Build2), expected);
        assert_eq!(ways("98", None, Tier::Build2).get(3), Some(&buy("5.00")));
        assert!(ways("1000", None, Tier::Build5).iter().take(5).all(|way| *way == Way::Reached));
    }

    #[test]
    fn ti_8_no_purchase_is_offered_for_a_tier_that_follows() {
        let ways = ways("100", Some("62.50"), Tier::Build2);
        assert_eq!(ways.get(2..5), Some([Way::Here, Way::PaidFor, buy("150.00")].as_slice()));
    }

    #[test]
    fn pp_4_no_purchase_is_offered_for_tiers_that_pending_payments_reach() {
        let rungs = |pending| ways_with("5", pending, None, Tier::Build1).get(1..5).unwrap().to_vec();
        assert_eq!(rungs("95"), [Way::Here, Way::Pending, Way::Pending, buy("245.00")]);
        assert_eq!(rungs("44.99"), [Way::Here, buy("45.00"), buy("95.00"), buy("245.00")]);
    }
}
