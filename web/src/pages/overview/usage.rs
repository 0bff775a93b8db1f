//! "What may this account use?": any request, judged as one types.

use super::balance::{access, messages};
use crate::features::refusals::refusal_cards;
use crate::i18n::amounts::{count, dollars, typed};
use crate::i18n::overview as texts;
use crate::session::Refused;
use crate::session::state::{State, state};
use crate::ui::announce::announce;
use crate::ui::button::Weight;
use crate::ui::check::check;
use crate::ui::choice::{choice, named};
use crate::ui::element::el;
use crate::ui::field::Field;
use crate::ui::figures::section;
use crate::ui::form_state::form_state;
use crate::ui::message::{Message, Tone, finding, findings};
use crate::ui::reactive::{callback, derived, follow_some};
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

/// What is asked, as typed.
struct Asked {
    kind: Kind,
    model: String,
    cost: String,
    under_way: bool,
}

impl Asked {
    /// CR-2: what it costs; an API call has no cost that is known ahead.
    fn cost(&self) -> Result<Money, MoneyError> {
        match self.kind {
            Kind::ApiCall => Ok(Money::ZERO),
            _ => Money::parse(&typed(&self.cost)).and_then(Money::not_negative),
        }
    }

    /// The answer; nothing while the cost is no amount.
    fn answer(&self, policy: &Policy, account: &Snapshot) -> Option<Result<Answer, Message>> {
        let model = (!self.model.is_empty()).then_some(self.model.as_str());
        let request = Request { kind: self.kind, model, cost: self.cost().ok()?, under_way: self.under_way };
        Some(Answer::to(policy, account, &request))
    }
}

pub(super) fn usage() -> AnyView {
    let state = state();
    let first = || Asked { kind: Kind::ApiCall, model: String::new(), cost: "10.00".to_owned(), under_way: false };
    let asked = form_state("usage", first);
    let has_cost = Memo::new(move |_| asked.read().kind != Kind::ApiCall);
    let answer = move || asked.read().answer(&state.policy.read(), &state.account.read());
    let said = derived(move || match answer() {
        Some(Ok(answer)) => answer.in_words(),
        Some(Err(message)) => message.sentence(),
        None => String::new(),
    });
    let answered = move || {
        answer().map(|answer| match answer {
            Ok(answer) => shown(state, answer),
            Err(message) => finding(message, Tone::Refused),
        })
    };
    let under_way = check(
        "usage-under-way",
        texts::was_under_way(),
        None,
        move || asked.read().under_way,
        move |under_way| asked.update(|asked| asked.under_way = under_way),
    );
    let cost = follow_some(move || has_cost.get().then(|| cost_field(asked)));
    let content = vec![
        el!("div", "class" = "grid"; kind_choice(asked), model_choice(state, asked), cost),
        under_way,
        follow_some(answered),
        announce(said),
    ];
    section("usage-heading", "card usage", texts::what_may_be_used(), content)
}

fn kind_choice(asked: RwSignal<Asked>) -> AnyView {
    let options = || Kind::ALL.iter().map(|kind| named(kind.id(), kind_name(*kind))).collect();
    let chosen = move || asked.read().kind.id().to_owned();
    choice("usage-kind", texts::request(), options, chosen, move |id| {
        let kind = Kind::ALL.iter().copied().find(|kind| kind.id() == id).unwrap_or(Kind::ApiCall);
        asked.update(|asked| asked.kind = kind);
    })
}

fn model_choice(state: State, asked: RwSignal<Asked>) -> AnyView {
    let options = move || {
        let any = named("", texts::any_model());
        let policy = state.policy.read();
        std::iter::once(any).chain(policy.models.iter().map(|model| named(&model.id, &model.title))).collect()
    };
    let chosen = move || asked.read().model.clone();
    choice("usage-model", texts::model(), options, chosen, move |id| asked.update(|asked| asked.model = id))
}

fn cost_field(asked: RwSignal<Asked>) -> AnyView {
    let error = derived(move || asked.read().cost().err().map(Message::of_money));
    let value = derived(move || asked.read().cost.clone());
    let on_input = callback(move |text| asked.update(|asked| asked.cost = text));
    Field { error, ..Field::amount("usage-cost", texts::cost_to_start(), value, on_input) }.view()
}

fn shown(state: State, answer: Answer) -> AnyView {
    let Answer { sentence, allowed, cards, facts, notices } = answer;
    el!("div", "class" = "stack";
        access(allowed, &sentence),
        (!cards.is_empty()).then(|| refusal_cards(state, cards, Weight::Plain)),
        facts.into_iter().map(|fact| el!("p"; fact)).collect::<Vec<_>>(),
        findings(notices, Tone::Plain),
    )
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
    fn ac_3_every_reason_is_in_the_words() {
        let model = Some("flux.1-pro");
        let answer = answer(Preset::FreeCreditsOnly, &Request { model, ..Request::API_CALL });
        assert_eq!(answer.cards.len(), 2);
        assert!(answer.in_words().starts_with("Refused with status 401. Access needs $5.00"));
    }

    #[test]
    fn cr_10_an_allowed_job_says_what_it_is_paid_with() {
        let cost = Money::parse("12").unwrap();
        let answer = answer(Preset::BuildTier2, &Request { kind: Kind::Evaluation, cost, ..Request::API_CALL });
        assert_eq!(answer.facts, ["Paid with $10.00 of free and $2.00 of purchased credits; $0.00 is billed."]);
    }
}
