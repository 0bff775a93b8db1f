//! The tier card: the tier in effect, the way to the next one, and the limits and models of both.

use super::tier_chart::{TierChart, picture};
use crate::app::routes::{self, Page};
use crate::i18n::amounts::{charge, count, dollars};
use crate::i18n::{overview as texts, shell, tiers};
use crate::session::state::state;
use crate::ui::figures::{column, section, table, twin};
use crate::ui::message::rule;
use billing::clause::Clause;
use billing::policy::Tier;
use billing::policy::{Limits, Policy};
use billing::rules::access::Snapshot;
use billing::rules::tier::{NextTier, progress};
use leptos::prelude::*;

/// The card's data.
struct Shown {
    tier: Tier,
    by_contract: bool,
    way: String,
    limits: Option<Limits>,
    next: Option<(Tier, Option<Limits>)>,
    models: Vec<String>,
    models_next: Vec<String>,
    chart: TierChart,
}

impl Shown {
    /// The limits follow the tier in effect; the way to the next tier counts the whole lifetime spend (TI-8).
    fn of(policy: &Policy, account: &Snapshot, in_effect: Tier) -> Option<Shown> {
        let spent = progress(policy, account.lifetime_spend).ok()?;
        let settled = progress(policy, account.tier_settled_spend.unwrap_or(account.lifetime_spend)).ok()?;
        let titles = |models: &mut dyn Iterator<Item = &billing::policy::Model>| -> Vec<String> {
            models.map(|model| model.title.clone()).collect()
        };
        Some(Shown {
            tier: in_effect,
            by_contract: account.contract.is_some(),
            way: way_from(policy, account, spent.next),
            limits: settled.limits,
            next: settled.next.map(|next| (next.tier, next.limits)),
            models: titles(&mut settled.models()),
            models_next: titles(&mut settled.models_next()),
            chart: TierChart::of(policy, account.lifetime_spend),
        })
    }
}

/// TI-4: the way to the next tier: the pending payments if they reach one, else the next purchase.
pub(crate) fn way_from(policy: &Policy, account: &Snapshot, next: Option<NextTier>) -> String {
    let follows = |tier: Tier| tiers::pending_reaches(tier.name(), &dollars(account.pending));
    account.tier_reached_by_pending(policy).ok().flatten().map_or_else(|| way_in_words(next), follows)
}

/// TI-4: the missing spend and the smallest purchase that reaches the next tier, or that this is the highest.
pub(crate) fn way_in_words(next: Option<NextTier>) -> String {
    let reaches =
        |next: NextTier| tiers::more_reaches(&dollars(next.remaining), &charge(next.purchase), next.tier.name());
    next.map_or_else(|| tiers::top().to_owned(), reaches)
}

/// The card of the tier in effect.
#[component]
pub(super) fn TierCard() -> impl IntoView {
    let state = state();
    let shown =
        move || state.with_decision(|policy, account, decision| Shown::of(policy, account, decision.ok()?.tier));
    let content = view! { {move || shown().map(tier_view)} }.into_any();
    section("tier-heading", "card tier", tiers::tier(), vec![content])
}

fn tier_view(shown: Shown) -> AnyView {
    if shown.by_contract {
        view! { <ContractTier tier=shown.tier /> }.into_any()
    } else {
        view! { <BuildTier shown /> }.into_any()
    }
}

/// AC-7: a contract sets the tier.
#[component]
fn ContractTier(tier: Tier) -> impl IntoView {
    view! {
        <div class="stack">
            <p class="name">{tier.name()}</p>
            <p>
                {texts::by_contract()}
                {rule(Clause::Ac7)}
            </p>
            <p>{to_all_tiers()}</p>
        </div>
    }
    .into_any()
}

/// The tier with the way to the next one on the left, and what each of the two opens on the right.
#[component]
fn BuildTier(shown: Shown) -> impl IntoView {
    let (limits, models) = (limits_table(&shown), models_view(&shown));
    let Shown { tier, way, chart, .. } = shown;
    view! {
        <div class="halves">
            <div>
                <p class="name">{tier.name()}</p>
                <p>{way}</p>
                <p class="hint">
                    {tiers::counts()}
                    {rule(Clause::Ti2)}
                </p>
                {picture(&chart)}
                {tiers_table(&chart)}
            </div>
            <div>
                {limits}
                {models}
                <p>{to_all_tiers()}</p>
            </div>
        </div>
    }
    .into_any()
}

fn to_all_tiers() -> AnyView {
    routes::link(Page::Tiers, vec![shell::tiers().into_any()])
}

/// The tier chart as a table.
fn tiers_table(chart: &TierChart) -> AnyView {
    let rows = chart.rungs.iter().map(|rung| {
        let state = match (rung.reached, rung.next) {
            (true, _) => tiers::reached(),
            (false, true) => texts::next(),
            (false, false) => texts::not_reached(),
        };
        vec![rung.tier.name().to_owned(), dollars(rung.at), state.to_owned()]
    });
    let caption = texts::tiers_by_spend(&dollars(chart.spend));
    let columns = vec![column(tiers::tier(), false), column(texts::from(), true), column(texts::state(), false)];
    twin(texts::tiers_as_a_table(), false, table(caption, columns, rows.collect()))
}

fn limits_table(shown: &Shown) -> AnyView {
    type Read = fn(&Limits) -> u64;
    let kinds: [(&str, Read); 3] = [
        (tiers::llm(), |limits| limits.llm),
        (tiers::embeddings(), |limits| limits.embeddings),
        (tiers::rerank(), |limits| limits.rerank),
    ];
    let written =
        |limits: Option<Limits>, read: Read| limits.map_or(texts::none().to_owned(), |limits| count(read(&limits)));
    let rows = kinds.map(|(name, read)| {
        let next = shown.next.map(|(_, limits)| written(limits, read));
        [name.to_owned(), written(shown.limits, read)].into_iter().chain(next).collect()
    });
    let next = shown.next.map(|(tier, _)| column(tier.name(), true));
    let columns = [column(texts::kind(), false), column(texts::now(), true)].into_iter().chain(next).collect();
    table(texts::rate_limits().to_owned(), columns, rows.into())
}

fn models_view(shown: &Shown) -> AnyView {
    let open = if shown.models.is_empty() { texts::none_yet().to_owned() } else { shown.models.join(", ") };
    let added = shown.next.filter(|_| !shown.models_next.is_empty());
    let added = added.map(|(tier, _)| (texts::adds(tier.name()), shown.models_next.join(", ")));
    let lists = [(texts::open_now().to_owned(), open)].into_iter().chain(added);
    let list = |(name, models): (String, String)| {
        view! {
            <p>
                <b>{name}</b>
                {models}
            </p>
        }
        .into_any()
    };
    view! {
        <div class="stack">
            <h3>{texts::image_models()}</h3>
            {lists.map(list).collect::<Vec<AnyView>>()}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::money::Money;

    fn way(spend: &str) -> String {
        way_with(spend, "0")
    }

    fn way_with(spend: &str, pending: &str) -> String {
        let policy = Policy::shipped("prepaid").unwrap();
        let money = |text| Money::parse(text).unwrap();
        let account = Snapshot { lifetime_spend: money(spend), pending: money(pending), ..Snapshot::NEW };
        Shown::of(&policy, &account, Tier::Limited).unwrap().way
    }

    #[test]
    fn ti_4_way_names_the_missing_spend_and_the_purchase() {
        assert_eq!(way("62.50"), "$37.50 more: buying $37.50 reaches Build Tier 3.");
        assert_eq!(way("98"), "$2.00 more: buying $5.00 reaches Build Tier 3.");
        assert!(way("1000").starts_with("This is the highest tier"));
    }

    #[test]
    fn pp_4_no_purchase_is_offered_for_a_tier_that_pending_payments_reach() {
        assert_eq!(way_with("62.50", "37.50"), "Build Tier 3 follows with the $37.50 that is pending.");
        assert_eq!(way_with("62.50", "37.49"), way("62.50"));
        assert_eq!(way_with("0", "100"), "Build Tier 3 follows with the $100.00 that is pending.");
        assert_eq!(way_with("1000", "5"), way("1000"));
    }
}
