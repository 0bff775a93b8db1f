//! TI-5..7: which models are open now, and what opens the others.

use crate::features::refusals::{refusal_cards, ways_out};
use crate::i18n::amounts::count;
use crate::i18n::tiers as texts;
use crate::session::state::State;
use crate::session::{Refused, Way};
use crate::ui::button::Weight;
use crate::ui::element::el;
use crate::ui::figures::section;
use crate::ui::icon::{Shape, icon};
use crate::ui::message::rule;
use crate::ui::reactive::follow_some;
use billing::clause::Clause;
use billing::policy::Tier;
use billing::policy::{Model, Policy};
use billing::rules::access::{AccessError, Reason, Refusal, Request, Snapshot, authorize};
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    open: Vec<String>,
    closed: Vec<Closed>,
    /// What stops every request, whatever the model.
    stopped: Vec<Refused>,
}

/// The models that open at one tier.
#[derive(Clone, PartialEq, Eq)]
struct Closed {
    from: Tier,
    models: Vec<String>,
    ways: Vec<Way>,
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

/// TI-6: a model, with its own rate where it has one.
fn named(model: &Model) -> String {
    let own = |rate| texts::own_rate(&model.title, &count(rate));
    model.requests_per_minute.map_or_else(|| model.title.clone(), own)
}

pub(super) fn models(state: State) -> AnyView {
    let shown = Memo::new(move |_| Shown::of(&state.policy.get(), &state.account.read()).ok());
    let view = move || {
        let Shown { open, closed, stopped } = shown.get()?;
        let opens = if stopped.is_empty() { texts::open_now() } else { texts::open_then() };
        let stopped = (!stopped.is_empty()).then(
            || el!("div", "class" = "stack"; el!("p"; texts::stopped()), refusal_cards(state, stopped, Weight::Plain)),
        );
        let closed: Vec<AnyView> = closed.into_iter().map(|closed| closed_view(state, closed)).collect();
        let none = open.is_empty().then(|| el!("p", "class" = "calm"; texts::none_open()));
        Some(el!("div", "class" = "stack";
            stopped,
            el!("div", "class" = "models open";
                el!("h3"; icon(Shape::Check), opens),
                none,
                list(open),
            ),
            closed,
            el!("p", "class" = "hint"; texts::other_models(), rule(Clause::Ti6)),
        ))
    };
    section("models-heading", "card", texts::models(), vec![follow_some(view)])
}

fn closed_view(state: State, closed: Closed) -> AnyView {
    let Closed { from, models, ways } = closed;
    let ways: Vec<AnyView> = ways.into_iter().flat_map(|way| ways_out(state, way, Weight::Plain)).collect();
    el!("div", "class" = "models";
        el!("h3"; icon(Shape::Stop), el!("span"; texts::opens_from(from.name()), rule(Clause::Ti5))),
        list(models),
        el!("div", "class" = "row"; ways),
    )
}

fn list(models: Vec<String>) -> AnyView {
    let models: Vec<AnyView> = models.into_iter().map(|model| el!("li"; model)).collect();
    (!models.is_empty()).then(|| el!("ul", "class" = "names"; models)).into_any()
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
    fn ti_5_the_purchase_that_opens_a_model_is_named() {
        let shown = shown("5", None);
        assert_eq!((shown.open.len(), shown.closed.len()), (7, 1));
        let closed = shown.closed.first().unwrap();
        assert_eq!(closed.models, ["Flux.1 [pro]", "Flux1.1 [pro]"]);
        assert!(closed.ways == [Way::Remedy(Remedy::Purchase(Charge::parse("45.00").unwrap()))]);
        assert!(shown.stopped.is_empty());
    }

    #[test]
    fn ti_8_a_model_whose_tier_follows_is_waited_for() {
        let shown = shown("50", Some("5"));
        assert!(shown.closed.first().unwrap().ways == [Way::Remedy(Remedy::Wait(900))]);
    }

    #[test]
    fn ac_2_without_a_purchase_nothing_is_open_and_the_reason_is_said() {
        let shown = shown("0", None);
        assert_eq!((shown.open.len(), shown.closed.len(), shown.stopped.len()), (0, 2, 1));
    }
}
