//! What the sandbox does in the place of services, sales and time: whatever is refused says why.

use crate::app::browser;
use crate::app::split;
use crate::features::refusals::refusals;
use crate::i18n::amounts::{self, with_true_minus};
use crate::i18n::{self, Sentence, What, overview, sandbox as words};
use crate::session::policies;
use crate::session::state::{PolicySelection, State};
use crate::session::store;
use crate::session::{AccountSession, Refused};
use crate::ui::button::{Weight, button};
use crate::ui::check::check;
use crate::ui::choice::{choice, named};
use crate::ui::element::{El, el};
use crate::ui::field::Field;
use crate::ui::form_state::form_state;
use crate::ui::message::Message;
use crate::ui::reactive::{callback, derived, follow_some};
use billing::ledger::Command;
use billing::ledger::Hosting;
use billing::ledger::Service;
use billing::money::Money;
use billing::policy::Policy;
use billing::rules::access::Plan;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

const REFUSED: &str = "sandbox-refused-heading";

/// What the sandbox's parts share.
#[derive(Clone, Copy)]
struct ControlsState {
    state: State,
    refused: RwSignal<Vec<Refused>>,
    /// What was done, in one sentence.
    done: RwSignal<Option<Sentence>>,
}

impl ControlsState {
    fn dispatch(self, command: &Command, done: fn() -> &'static str) {
        let command = command.clone();
        spawn_local(async move {
            let refused = split::command(self.state, command).await.err().unwrap_or_default();
            let taken = refused.is_empty();
            self.done.set(taken.then(|| Sentence::of(done)));
            self.refused.set(refused);
            if !taken {
                browser::focus_soon(REFUSED);
            }
        });
    }
}

pub(crate) fn controls(state: State) -> AnyView {
    let controls = ControlsState {
        state,
        refused: form_state("controls-refused", Vec::new),
        done: form_state("controls-done", || None),
    };
    let done = move || controls.done.get().map(|done| el!("p"; done.said()));
    let acts = el!("div", "class" = "acts"; usage(controls), grant(controls), deployment(controls), contract(controls));
    vec![
        refusals(state, controls.refused, REFUSED),
        el!("output"; follow_some(done)),
        policy_choice(state),
        acts,
        tier(controls),
        history(controls),
    ]
    .into_any()
}

/// Under which policies the history is seen.
fn policy_choice(state: State) -> AnyView {
    let shipped = policies::all().unwrap_or_default();
    let dated = segment(state, "policy-dated", PolicySelection::Dated, words::as_dated(), words::from_first_day());
    let always = shipped.iter().enumerate().map(|(index, policy)| policy_segment(state, index, policy));
    let all: Vec<AnyView> = std::iter::once(dated).chain(always).collect();
    el!("fieldset", "class" = "segments"; el!("legend"; words::policy()), el!("div", "class" = "row"; all))
}

fn policy_segment(state: State, index: usize, policy: &Policy) -> AnyView {
    let (name, terms) = policy.title.split_once(": ").unwrap_or((&policy.title, ""));
    let (name, terms) = ([&i18n::word(name), ": "].concat(), with_true_minus(&i18n::word(terms)));
    segment(state, &["policy-", &policy.id].concat(), PolicySelection::Always(index), &name, &terms)
}

fn segment(state: State, id: &str, policy_selection: PolicySelection, name: &str, terms: &str) -> AnyView {
    let radio = El::new("input", &[("type", "radio"), ("name", "policy"), ("id", id)])
        .checked(move || state.policy_selection.get() == policy_selection)
        .on("change", move |_| state.select_policies(policy_selection));
    let label = el!("label", "for" = id; el!("b"; name), el!("span"; terms));
    el!("div", "class" = "segment"; radio.holding(Vec::new()), label)
}

/// A field for an amount, with what is wrong with it.
fn amount_field(id: &'static str, label: &'static str, first: &str) -> (AnyView, RwSignal<String>) {
    let typed = form_state(id, || first.to_owned());
    let error = derived(move || parsed(typed).err());
    let field = Field { error, ..Field::amount(id, label, typed.into(), callback(move |text| typed.set(text))) };
    (field.view(), typed)
}

fn parsed(typed: RwSignal<String>) -> Result<Money, Message> {
    let amount = Money::parse(&amounts::typed(&typed.read())).and_then(Money::not_negative);
    amount.map_err(Message::of_money)
}

/// CR-7: a service is used.
fn usage(controls: ControlsState) -> AnyView {
    let service = form_state("use-service", || Service::Serverless);
    let (field, typed) = amount_field("use-amount", words::cost_of_usage(), "5.00");
    let names = [words::serverless(), overview::fine_tuning_job(), overview::evaluation_job()];
    let options = move || Service::ALL.iter().zip(names).map(|(service, name)| named(service.id(), name)).collect();
    let chosen = move || service.get().id().to_owned();
    let service_choice = choice("use-service", words::service(), options, chosen, move |id| {
        let found = Service::ALL.iter().copied().find(|service| service.id() == id);
        service.set(found.unwrap_or(Service::Serverless));
    });
    let act = move || {
        if let Ok(cost) = untrack(|| parsed(typed)) {
            let (service, model, tokens) = (service.get_untracked(), None, None);
            let command = Command::RecordUsage { service, model, tokens, cost, under_way: None };
            controls.dispatch(&command, words::usage_recorded);
        }
    };
    el!("div"; service_choice, field, button(words::use_credits().to_owned(), Weight::Plain, act))
}

/// CR-5: free credits, each grant with a name of its own.
fn grant(controls: ControlsState) -> AnyView {
    let (field, typed) = amount_field("grant-amount", words::free_credits(), "10.00");
    let act = move || {
        if let Ok(amount) = untrack(|| parsed(typed)) {
            let grant = numbered(controls.state, "grant-");
            controls.dispatch(&Command::GrantFreeCredits { grant, amount }, words::granted);
        }
    };
    el!("div"; field, button(words::grant().to_owned(), Weight::Plain, act))
}

/// A name that nothing of the account has: it counts what has happened.
fn numbered(state: State, name: &str) -> billing::id::Id {
    let events = state.session.with_untracked(|session| session.account().events());
    [name, &events.to_string()].concat().into()
}

/// UC-1, UC-2: a deployment is started; it is stopped where it is listed.
fn deployment(controls: ControlsState) -> AnyView {
    let (field, typed) = amount_field("deployment-cost", words::cost_of_a_minute(), "0.05");
    let act = move || {
        if let Ok(per_minute) = untrack(|| parsed(typed)) {
            let command = Command::StartDeployment {
                deployment: numbered(controls.state, "endpoint-"),
                hosting: Hosting::DedicatedEndpoint,
                model: Some("llama-3.1-8b".into()),
                hardware: Some("1 × L40S".into()),
                per_minute,
            };
            controls.dispatch(&command, words::deployment_runs);
        }
    };
    let stop = move || {
        let last =
            controls.state.session.with_untracked(|session| session.account().running().last().map(|it| it.id.clone()));
        if let Some(deployment) = last {
            controls.dispatch(&Command::StopDeployment { deployment }, words::deployment_stopped);
        }
    };
    el!("div";
        field,
        el!("p", "class" = "row";
            button(words::start_deployment().to_owned(), Weight::Plain, act),
            button(words::stop_last().to_owned(), Weight::Plain, stop),
        ),
    )
}

/// AC-7: a contract is signed and ended.
fn contract(controls: ControlsState) -> AnyView {
    let plan = form_state("contract-plan", || Plan::Scale);
    let (field, typed) = amount_field("contract-limit", words::contract_limit(), "1000.00");
    let options = || Plan::ALL.iter().map(|plan| named(plan.id(), plan.tier().name())).collect();
    let plans = choice(
        "contract-plan",
        words::contract(),
        options,
        move || plan.get().id().to_owned(),
        move |id| {
            plan.set(Plan::ALL.iter().copied().find(|plan| plan.id() == id).unwrap_or(Plan::Scale));
        },
    );
    let sign = move || {
        if let Ok(credit_limit) = untrack(|| parsed(typed)) {
            controls.dispatch(&Command::SignContract { plan: plan.get_untracked(), credit_limit }, words::signed);
        }
    };
    let end = move || controls.dispatch(&Command::EndContract, words::ended);
    el!("div";
        plans,
        field,
        el!("p", "class" = "row";
            button(words::sign().to_owned(), Weight::Plain, sign),
            button(words::end().to_owned(), Weight::Plain, end),
        ),
    )
}

/// TI-8: the tier follows by itself, unless it is kept from it.
fn tier(controls: ControlsState) -> AnyView {
    let held = move || controls.state.session.with(AccountSession::tier_is_held);
    let keep_from_following = move |held| controls.state.session.update(|session| session.hold_tier(held));
    let settle = move || controls.dispatch(&Command::TierSettled, words::tier_settled);
    el!("div", "class" = "row";
        check("hold-tier", words::hold_tier(), None, held, keep_from_following),
        button(words::settle_tier().to_owned(), Weight::Plain, settle),
    )
}

/// The history as a file of JSON lines, out and in.
fn history(controls: ControlsState) -> AnyView {
    let export = move || {
        let events = controls.state.session.with_untracked(|session| session.events().to_vec());
        let name = [controls.state.preset.get_untracked().id(), ".jsonl"].concat();
        if let Ok(text) = store::file(&events) {
            browser::download(&name, "application/jsonl", text.as_bytes());
        }
    };
    let import = move |event: web_sys::Event| {
        let file = browser::input_of(&event).and_then(|input| input.files()?.get(0));
        if let Some(file) = file {
            spawn_local(async move {
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
                controls.done.set(Some(imported(controls.state, &text.unwrap_or_default()).await));
            });
        }
    };
    let file = El::new("input", &[("type", "file"), ("id", "import-history"), ("accept", ".jsonl")])
        .on("change", import)
        .holding(Vec::new());
    let anew = move || {
        spawn_local(async move {
            if controls.state.begin_anew().await {
                controls.refused.set(Vec::new());
                controls.done.set(Some(Sentence::of(words::begins_again)));
            }
        });
    };
    el!("div", "class" = "row";
        button(words::export().to_owned(), Weight::Plain, export),
        el!("div", "class" = "field"; el!("label", "for" = "import-history"; words::import()), file),
        button(words::begin_again().to_owned(), Weight::Plain, anew),
    )
}

/// What came of reading a file.
async fn imported(state: State, text: &str) -> Sentence {
    let events = event_store::lines::import(text)
        .map_err(|error| Sentence::new(move || i18n::say(&What::Import(&error), &error)));
    let imported = match events {
        Ok(events) => state.import(events).await,
        Err(problem) => Err(problem),
    };
    imported.map_or_else(|problem| problem, |()| Sentence::of(words::imported))
}
