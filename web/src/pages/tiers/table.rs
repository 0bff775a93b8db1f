//! TI-1, TI-3, AC-6: all tiers, the present one marked, with the purchase that reaches each from here.

use crate::i18n::amounts::{charge, count, dollars};
use crate::i18n::tiers as texts;
use crate::pages::overview::tier::reached_by_pending;
use crate::session::state::{DialogMode, State};
use crate::ui::button::{Weight, button};
use crate::ui::element::el;
use crate::ui::figures::section;
use crate::ui::ledger::{Entry, ledger};
use crate::ui::message::rule;
use crate::ui::reactive::follow_some;
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

/// How a tier stands to the account.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    /// It is below the present one.
    Reached,
    /// It is the present one.
    Here,
    /// TI-8: it was paid for and follows.
    PaidFor,
    /// PP-4: what is pending reaches it.
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

pub(super) fn table(state: State) -> AnyView {
    let shown = Memo::new(move |_| {
        state.with_decision(|policy, account, decision| Shown::of(policy, account, decision.ok()?.tier))
    });
    let view = move || {
        let Shown { by_contract, rungs } = shown.get()?;
        let overridden = by_contract.then(|| el!("p", "class" = "calm"; texts::overridden(), rule(Clause::Ac7)));
        let entries = rungs.into_iter().map(|rung| entry(state, rung, by_contract)).collect();
        let mut columns = vec![
            (texts::tier().to_owned(), false),
            (texts::from().to_owned(), true),
            (texts::llm().to_owned(), true),
            (texts::embeddings().to_owned(), true),
            (texts::rerank().to_owned(), true),
            (texts::limit().to_owned(), true),
        ];
        if !by_contract {
            columns.push((texts::way().to_owned(), true));
        }
        let hint = el!("p", "class" = "hint"; texts::rerank_unit(), rule(Clause::Ti3));
        Some(el!("div", "class" = "stack"; overridden, ledger(texts::all(), columns, entries), hint))
    };
    section("tiers-heading", "card", texts::all(), vec![follow_some(view)])
}

fn entry(state: State, rung: Rung, by_contract: bool) -> Entry {
    let Rung { terms, way } = rung;
    let is_here = way == Way::Here && !by_contract;
    let here = is_here.then(|| el!("span", "class" = "badge here"; texts::you_are_here()));
    let limit = |read: fn(&Limits) -> u64| match &terms.limits {
        Some(limits) => count(read(limits)).into_any(),
        None => el!("span", "class" = "calm"; texts::no_access()),
    };
    let credit = dollars(terms.credit_limit);
    let credit = if terms.credit_limit_assumed { texts::assumed(&credit) } else { credit };
    let mut cells = vec![
        el!("span", "class" = "rung"; el!("b"; terms.tier.name()), here),
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

fn way_view(state: State, way: Way) -> AnyView {
    let calm = |text: &'static str| el!("span", "class" = "calm"; text);
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
    fn ti_4_each_tier_is_reached_here_or_has_its_purchase() {
        let expected = [Way::Reached, Way::Reached, Way::Here, buy("37.50"), buy("187.50"), buy("937.50")];
        assert_eq!(ways("62.50", None, Tier::Build2), expected);
        assert_eq!(ways("98", None, Tier::Build2).get(3), Some(&buy("5.00")));
        assert!(ways("1000", None, Tier::Build5).iter().take(5).all(|way| *way == Way::Reached));
    }

    #[test]
    fn ti_8_a_tier_that_follows_is_not_sold_again() {
        let ways = ways("100", Some("62.50"), Tier::Build2);
        assert_eq!(ways.get(2..5), Some([Way::Here, Way::PaidFor, buy("150.00")].as_slice()));
    }

    #[test]
    fn pp_4_a_tier_that_what_is_pending_reaches_is_not_sold_again() {
        let rungs = |pending| ways_with("5", pending, None, Tier::Build1).get(1..5).unwrap().to_vec();
        assert_eq!(rungs("95"), [Way::Here, Way::Pending, Way::Pending, buy("245.00")]);
        assert_eq!(rungs("44.99"), [Way::Here, buy("45.00"), buy("95.00"), buy("245.00")]);
    }
}
