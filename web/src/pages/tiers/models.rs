//! TI-5..7: the models that are open now, and what opens the others.

use crate::features::refusals::{refusal_cards, ways_out};
use crate::i18n::amounts::count;
use crate::i18n::tiers as texts;
use crate::session::Refused;
use crate::session::state::{State, state};
use crate::ui::button::Weight;
use crate::ui::figures::section;
use crate::ui::icon::{Shape, icon};
use crate::ui::message::rule;
use billing::clause::Clause;
use billing::ledger::WayOut;
use billing::policy::Tier;
use billing::policy::{Model, Policy};
use billing::rules::access::{AccessError, Reason, Refusal, Request, Snapshot, authorize};
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    open: Vec<String>,
    closed: Vec<Closed>,
    /// The refusals of every request, whatever the model.
    stopped: Vec<Refused>,
}

/// The models that open at one tier.
#[derive(Clone, PartialEq, Eq)]
struct Closed {
    from: Tier,
    models: Vec<String>,
    ways: Vec<WayOut>,
}

impl Shown {
    fn of(policy: &Policy, account: &Snapshot) -> Result<Shown, AccessError> {
        let (mut open, mut closed): (Vec<String>, Vec<Closed>) = (Vec::new(), Vec::new());
        for model in &policy.models {
            let request = Request { model: Some(&model.id), ..Request::API_CALL };
            let decision = authorize(policy, account, &request)?;
            let Some(refusal) = decision.refusals.iter().find(|refusal| is_of_tier(refusal)) else {
                open.push(named(model));
                continue;
            };
            match closed.iter_mut().find(|closed| closed.from == model.from) {
                Some(closed) => closed.models.push(named(model)),
                None => closed.push(Closed {
                    from: model.from,
                    models: vec![named(model)],
                    ways: Refused::of_access(refusal).ways,
                }),
            }
        }
        let stopped = authorize(policy, account, &Request::API_CALL)?;
        Ok(Shown { open, closed, stopped: stopped.refusals.iter().map(Refused::of_access).collect() })
    }
}

fn is_of_tier(refusal: &Refusal<'_>) -> bool {
    matches!(refusal.reason, Reason::TierTooLow { .. } | Reason::TierSettling { .. })
}

/// TI-6: a model's title, with its own rate limit if it has one.
fn named(model: &Model) -> String {
    let own = |rate| texts::own_rate(&model.title, &count(rate));
    model.requests_per_minute.map_or_else(|| model.title.clone(), own)
}

/// The card of the models, open and closed.
#[component]
pub(super) fn ModelsCard() -> impl IntoView {
    let state = state();
    let shown = Memo::new(move |_| Shown::of(&state.policy.get(), &state.account.read()).ok());
    let content = view! { {move || shown.get().map(|shown| view! { <ModelLists shown /> }.into_any())} }.into_any();
    section("models-heading", "card", texts::models(), vec![content])
}

#[component]
fn ModelLists(shown: Shown) -> impl IntoView {
    let Shown { open, closed, stopped } = shown;
    let opens = if stopped.is_empty() { texts::open_now() } else { texts::open_then() };
    let none = open.is_empty().then(|| view! { <p class="calm">{texts::none_open()}</p> }.into_any());
    let closed: Vec<AnyView> = closed.into_iter().map(|closed| view! { <ClosedModels closed /> }.into_any()).collect();
    view! {
        <div class="stack">
            {stopped_view(state(), stopped)}
            <div class="models open">
                <h3>
                    {icon(Shape::Check)}
                    {opens}
                </h3>
                {none}
                {list(open)}
            </div>
            {closed}
            <p class="hint">
                {texts::other_models()}
                {rule(Clause::Ti6)}
            </p>
        </div>
    }
    .into_any()
}

/// The refusals of every request; `None` while access is open.
fn stopped_view(state: State, stopped: Vec<Refused>) -> Option<AnyView> {
    (!stopped.is_empty()).then(|| {
        view! {
            <div class="stack">
                <p>{texts::stopped()}</p>
                {refusal_cards(state, stopped, Weight::Plain)}
            </div>
        }
        .into_any()
    })
}

/// TI-5: the models that open at one tier, with the actions that lead to it.
#[component]
fn ClosedModels(closed: Closed) -> impl IntoView {
    let state = state();
    let Closed { from, models, ways } = closed;
    let ways: Vec<AnyView> = ways.into_iter().flat_map(|way| ways_out(state, way, Weight::Plain)).collect();
    view! {
        <div class="models">
            <h3>
                {icon(Shape::Stop)}
                <span>
                    {texts::opens_from(from.name())}
                    {rule(Clause::Ti5)}
                </span>
            </h3>
            {list(models)}
            <div class="row">{ways}</div>
        </div>
    }
    .into_any()
}

fn list(models: Vec<String>) -> Option<AnyView> {
    let models: Vec<AnyView> = models.into_iter().map(|model| view! { <li>{model}</li> }.into_any()).collect();
    (!models.is_empty()).then(|| view! { <ul class="names">{models}</ul> }.into_any())
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::money::{Charge, Money};
    use billing::rules::access::Remedy;

    fn shown(spend: &str, settled: Option<&str>) -> Shown {
        let policy = Policy::shipped("prepaid").unwrap();
        let money = |text| Money::parse(text).unwrap();
        let (lifetime_spend, tier_settled_spend) = (money(spend), settled.map(money));
        let balance = money("20");
        Shown::of(&policy, &Snapshot { balance, lifetime_spend, tier_settled_spend, ..Snapshot::NEW }).ok().unwrap()
    }

    #[test]
    fn ti_5_closed_models_offer_the_purchase_that_opens_them() {
        let shown = shown("5", None);
        assert_eq!((shown.open.len(), shown.closed.len()), (7, 1));
        let closed = shown.closed.first().unwrap();
        assert_eq!(closed.models, ["Flux.1 [pro]", "Flux1.1 [pro]"]);
        assert!(closed.ways == [WayOut::Remedy(Remedy::Purchase(Charge::parse("45.00").unwrap()))]);
        assert!(shown.stopped.is_empty());
    }

    #[test]
    fn ti_8_models_of_a_tier_that_follows_offer_waiting() {
        let shown = shown("50", Some("5"));
        assert!(shown.closed.first().unwrap().ways == [WayOut::Remedy(Remedy::Wait(900))]);
    }

    #[test]
    fn ac_2_without_a_purchase_no_model_is_open_and_the_refusal_is_shown() {
        let shown = shown("0", None);
        assert_eq!((shown.open.len(), shown.closed.len(), shown.stopped.len()), (0, 2, 1));
    }
}
