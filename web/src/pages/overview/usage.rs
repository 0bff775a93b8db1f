//! Checks whether the account may make a request, as the customer enters it.

use super::balance::{AccessLine, messages};
use crate::features::refusals::refusal_cards;
use crate::i18n::amounts::{count, dollars, typed};
use crate::i18n::overview as texts;
use crate::session::Refused;
use crate::session::state::{State, state};
use crate::ui::announce::announce;
use crate::ui::button::Weight;
use crate::ui::check::check;
use crate::ui::choice::{choice, named};
use crate::ui::field::Field;
use crate::ui::figures::section;
use crate::ui::form_state::form_state;
use crate::ui::message::{Message, Tone, finding, findings};
use billing::money::{Money, MoneyError};
use billing::policy::Policy;
use billing::rules::access::{Kind, Request, Snapshot, authorize, notices, paid_from};
use leptos::prelude::*;

/// The answer to a request.
struct Answer {
    sentence: String,
    allowed: bool,
    cards: Vec<Refused>,
    facts: Vec<String>,
    notices: Vec<Message>,
}

impl Answer {
    fn to(policy: &Policy, account: &Snapshot, request: &Request<'_>) -> Result<Answer, Message> {
        let decision = authorize(policy, account, request).map_err(Message::of_access)?;
        let sentence = if decision.allowed() {
            texts::allowed().to_owned()
        } else {
            texts::refused(&decision.status().to_string())
        };
        let burn = paid_from(policy, account, request, &decision).map_err(Message::of_money)?;
        let paid = burn.map(|burn| {
            let (free, purchased, owed) = (dollars(burn.free), dollars(burn.purchased), dollars(burn.owed));
            texts::paid_with(&free, &purchased, &owed)
        });
        let own_limit = decision.model_limit.map(|limit| texts::model_limit(&count(limit)));
        let found = notices(policy, account, request, &decision).map_err(Message::of_access)?;
        Ok(Answer {
            sentence,
            allowed: decision.allowed(),
            cards: decision.refusals.iter().map(Refused::of_access).collect(),
            facts: paid.into_iter().chain(own_limit).collect(),
            notices: messages(&found),
        })
    }

    fn in_words(&self) -> String {
        let reasons = self.cards.iter().map(|card| card.message.sentence());
        std::iter::once(self.sentence.clone()).chain(reasons).collect::<Vec<_>>().join(" ")
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::ApiCall => texts::api_request(),
        Kind::DedicatedEndpoint => texts::dedicated_endpoint(),
        Kind::FineTuning => texts::fine_tuning_job(),
        Kind::Evaluation => texts::evaluation_job(),
    }
}

/// The request, as typed.
struct Asked {
    kind: Kind,
    model: String,
    cost: String,
    under_way: bool,
}

impl Asked {
    /// CR-2: the cost to start; the cost of an API call is not known in advance.
    fn cost(&self) -> Result<Money, MoneyError> {
        match self.kind {
            Kind::ApiCall => Ok(Money::ZERO),
            _ => Money::parse(&typed(&self.cost)).and_then(Money::not_negative),
        }
    }

    /// The answer; `None` while the cost is not an amount.
    fn answer(&self, policy: &Policy, account: &Snapshot) -> Option<Result<Answer, Message>> {
        let model = (!self.model.is_empty()).then_some(self.model.as_str());
        let request = Request { kind: self.kind, model, cost: self.cost().ok()?, under_way: self.under_way };
        Some(Answer::to(policy, account, &request))
    }
}

/// The card with the fields of a request and the answer to it.
#[component]
pub(super) fn UsageCheck() -> impl IntoView {
    let first = || Asked { kind: Kind::ApiCall, model: String::new(), cost: "10.00".to_owned(), under_way: false };
    let asked = form_state("usage", first);
    let has_cost = Memo::new(move |_| asked.read().kind != Kind::ApiCall);
    let fields = view! {
        <div class="grid">
            <KindChoice asked />
            <ModelChoice asked />
            {move || has_cost.get().then(|| view! { <CostField asked /> }.into_any())}
        </div>
    };
    let under_way = check(
        "usage-under-way",
        texts::was_under_way(),
        None,
        move || asked.read().under_way,
        move |under_way| {
            asked.try_update(|asked| asked.under_way = under_way);
        },
    );
    let answer = view! { <RequestAnswer asked /> };
    let content = vec![fields.into_any(), under_way, answer.into_any()];
    section("usage-heading", "card usage", texts::what_may_be_used(), content)
}

#[component]
fn KindChoice(asked: RwSignal<Asked>) -> impl IntoView {
    let options = || Kind::ALL.iter().map(|kind| named(kind.id(), kind_name(*kind))).collect();
    let chosen = move || asked.read().kind.id().to_owned();
    choice("usage-kind", texts::request(), options, chosen, move |id| {
        let kind = Kind::ALL.iter().copied().find(|kind| kind.id() == id).unwrap_or(Kind::ApiCall);
        asked.try_update(|asked| asked.kind = kind);
    })
}

#[component]
fn ModelChoice(asked: RwSignal<Asked>) -> impl IntoView {
    let state = state();
    let options = move || {
        let any = named("", texts::any_model());
        let policy = state.policy.read();
        std::iter::once(any).chain(policy.models.iter().map(|model| named(&model.id, &model.title))).collect()
    };
    let chosen = move || asked.read().model.clone();
    choice("usage-model", texts::model(), options, chosen, move |id| {
        asked.try_update(|asked| asked.model = id);
    })
}

#[component]
fn CostField(asked: RwSignal<Asked>) -> impl IntoView {
    let error = Signal::derive(move || asked.read().cost().err().map(Message::of_money));
    let value = Signal::derive(move || asked.read().cost.clone());
    let on_input = Callback::new(move |text| {
        asked.try_update(|asked| asked.cost = text);
    });
    Field { error, ..Field::amount("usage-cost", texts::cost_to_start(), value, on_input) }.view()
}

/// The answer to the request, and its announcement. Empty while the cost is not an amount.
#[component]
fn RequestAnswer(asked: RwSignal<Asked>) -> impl IntoView {
    let state = state();
    let answer = move || asked.read().answer(&state.policy.read(), &state.account.read());
    let said = Signal::derive(move || match answer() {
        Some(Ok(answer)) => answer.in_words(),
        Some(Err(message)) => message.sentence(),
        None => String::new(),
    });
    let shown = move |answer: Result<Answer, Message>| match answer {
        Ok(answer) => answer_view(state, answer),
        Err(message) => finding(message, Tone::Refused),
    };
    view! {
        {move || answer().map(shown)}
        {announce(said)}
    }
    .into_any()
}

fn answer_view(state: State, answer: Answer) -> AnyView {
    let Answer { sentence, allowed, cards, facts, notices } = answer;
    let facts: Vec<AnyView> = facts.into_iter().map(|fact| view! { <p>{fact}</p> }.into_any()).collect();
    view! {
        <div class="stack">
            <AccessLine is_open=allowed text=sentence />
            {(!cards.is_empty()).then(|| refusal_cards(state, cards, Weight::Plain))}
            {facts}
            {findings(notices, Tone::Plain)}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Preset;
    use billing::time::Timestamp;

    fn answer(preset: Preset, request: &Request<'_>) -> Answer {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        let session = preset.session(crate::session::policies::dated().unwrap(), opened).unwrap();
        let policy = session.policy().unwrap();
        Answer::to(policy, &session.account().snapshot(policy, session.now()).unwrap(), request).ok().unwrap()
    }

    #[test]
    fn ac_3_announcement_names_every_reason() {
        let model = Some("flux.1-pro");
        let answer = answer(Preset::FreeCreditsOnly, &Request { model, ..Request::API_CALL });
        assert_eq!(answer.cards.len(), 2);
        assert!(answer.in_words().starts_with("Refused with status 401. Access needs $5.00"));
    }

    #[test]
    fn cr_10_allowed_job_shows_which_credits_pay_for_it() {
        let cost = Money::parse("12").unwrap();
        let answer = answer(Preset::BuildTier2, &Request { kind: Kind::Evaluation, cost, ..Request::API_CALL });
        assert_eq!(answer.facts, ["Paid with $10.00 of free and $2.00 of purchased credits; $0.00 is billed."]);
    }
}
