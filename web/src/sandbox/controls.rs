//! What the sandbox does in the place of services, sales and time: whatever is refused says why.

use crate::app::browser;
use crate::features::refusals::refusals;
use crate::i18n::amounts::{self, with_true_minus};
use crate::i18n::{self, Sentence, What, overview, sandbox as words};
use crate::session::policies;
use crate::session::state::{PolicySelection, State};
use crate::session::store;
use crate::session::{AccountView, Refused};
use crate::ui::button::{Weight, button};
use crate::ui::check::check;
use crate::ui::choice::{choice, named};
use crate::ui::field::Field;
use crate::ui::form_state::form_state;
use crate::ui::message::Message;
use billing::ledger::Command;
use billing::ledger::Hosting;
use billing::ledger::Service;
use billing::money::Money;
use billing::policy::Policy;
use billing::rules::access::Plan;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

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
            let refused = self.state.dispatch(command).await.err().unwrap_or_default();
            let taken = refused.is_empty();
            self.done.set(taken.then(|| Sentence::of(done)));
            self.refused.set(refused);
            if !taken {
                browser::focus_soon(REFUSED);
            }
        });
    }
}

#[component]
pub(crate) fn Controls(state: State) -> impl IntoView {
    let controls = ControlsState {
        state,
        refused: form_state("controls-refused", Vec::new),
        done: form_state("controls-done", || None),
    };
    let done = |done: Sentence| view! { <p>{done.said()}</p> }.into_any();
    view! {
        {refusals(state, controls.refused, REFUSED)}
        <output>{move || controls.done.get().map(done)}</output>
        <PolicyChoice state=state />
        <div class="acts">
            <UseOfService controls=controls />
            <Grant controls=controls />
            <Deployment controls=controls />
            <Contract controls=controls />
        </div>
        <Tier controls=controls />
        <History controls=controls />
    }
    .into_any()
}

/// Under which policies the history is seen.
#[component]
fn PolicyChoice(state: State) -> impl IntoView {
    let shipped = policies::all().unwrap_or_default();
    let always = move |(index, policy): (usize, &Policy)| {
        let (name, terms) = policy.title.split_once(": ").unwrap_or((&policy.title, ""));
        view! {
            <PolicySegment
                state=state
                id=["policy-", &policy.id].concat()
                policy_selection=PolicySelection::Always(index)
                name=[&i18n::word(name), ": "].concat()
                terms=with_true_minus(&i18n::word(terms))
            />
        }
        .into_any()
    };
    view! {
        <fieldset class="segments">
            <legend>{words::policy()}</legend>
            <div class="row">
                <PolicySegment
                    state=state
                    id="policy-dated"
                    policy_selection=PolicySelection::Dated
                    name=words::as_dated()
                    terms=words::from_first_day()
                />
                {shipped.iter().enumerate().map(always).collect::<Vec<_>>()}
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn PolicySegment(
    state: State,
    #[prop(into)] id: String,
    policy_selection: PolicySelection,
    #[prop(into)] name: String,
    #[prop(into)] terms: String,
) -> impl IntoView {
    view! {
        <div class="segment">
            <input
                type="radio"
                name="policy"
                id=id.clone()
                prop:checked=move || state.policy_selection.get() == policy_selection
                on:change=move |_| state.select_policies(policy_selection)
            />
            <label for=id>
                <b>{name}</b>
                <span>{terms}</span>
            </label>
        </div>
    }
    .into_any()
}

/// A field for an amount, with what is wrong with it.
#[component]
fn AmountField(id: &'static str, label: &'static str, typed: RwSignal<String>) -> impl IntoView {
    let error = Signal::derive(move || parsed(typed).err());
    let on_input = Callback::new(move |text| typed.set(text));
    Field { error, ..Field::amount(id, label, typed.into(), on_input) }.view()
}

fn parsed(typed: RwSignal<String>) -> Result<Money, Message> {
    let amount = Money::parse(&amounts::typed(&typed.read())).and_then(Money::not_negative);
    amount.map_err(Message::of_money)
}

/// CR-7: a service is used.
#[component]
fn UseOfService(controls: ControlsState) -> impl IntoView {
    let service = form_state("use-service", || Service::Serverless);
    let cost = form_state("use-amount", || "5.00".to_owned());
    let act = move || {
        if let Ok(cost) = untrack(|| parsed(cost)) {
            let (service, model, tokens) = (service.get_untracked(), None, None);
            let command = Command::RecordUsage { service, model, tokens, cost, under_way: None };
            controls.dispatch(&command, words::usage_recorded);
        }
    };
    view! {
        <div>
            <ServiceChoice service=service />
            <AmountField id="use-amount" label=words::cost_of_usage() typed=cost />
            {button(words::use_credits().to_owned(), Weight::Plain, act)}
        </div>
    }
    .into_any()
}

#[component]
fn ServiceChoice(service: RwSignal<Service>) -> impl IntoView {
    let names = [words::serverless(), overview::fine_tuning_job(), overview::evaluation_job()];
    let options = move || Service::ALL.iter().zip(names).map(|(service, name)| named(service.id(), name)).collect();
    let chosen = move || service.get().id().to_owned();
    choice("use-service", words::service(), options, chosen, move |id| {
        let found = Service::ALL.iter().copied().find(|service| service.id() == id);
        service.set(found.unwrap_or(Service::Serverless));
    })
}

/// CR-5: free credits, each grant with a name of its own.
#[component]
fn Grant(controls: ControlsState) -> impl IntoView {
    let amount = form_state("grant-amount", || "10.00".to_owned());
    let act = move || {
        if let Ok(amount) = untrack(|| parsed(amount)) {
            let grant = numbered(controls.state, "grant-");
            controls.dispatch(&Command::GrantFreeCredits { grant, amount }, words::granted);
        }
    };
    view! {
        <div>
            <AmountField id="grant-amount" label=words::free_credits() typed=amount />
            {button(words::grant().to_owned(), Weight::Plain, act)}
        </div>
    }
    .into_any()
}

/// A name that nothing of the account has: it counts what has happened.
fn numbered<T: From<String>>(state: State, name: &str) -> T {
    let events = state.session.with_untracked(|session| session.account().events());
    [name, &events.to_string()].concat().into()
}

/// UC-1, UC-2: a deployment is started; it is stopped where it is listed.
#[component]
fn Deployment(controls: ControlsState) -> impl IntoView {
    let cost = form_state("deployment-cost", || "0.05".to_owned());
    let start = move || {
        if let Ok(per_minute) = untrack(|| parsed(cost)) {
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
    view! {
        <div>
            <AmountField id="deployment-cost" label=words::cost_of_a_minute() typed=cost />
            <p class="row">
                {button(words::start_deployment().to_owned(), Weight::Plain, start)}
                {button(words::stop_last().to_owned(), Weight::Plain, stop)}
            </p>
        </div>
    }
    .into_any()
}

/// AC-7: a contract is signed and ended.
#[component]
fn Contract(controls: ControlsState) -> impl IntoView {
    let plan = form_state("contract-plan", || Plan::Scale);
    let limit = form_state("contract-limit", || "1000.00".to_owned());
    let sign = move || {
        if let Ok(credit_limit) = untrack(|| parsed(limit)) {
            controls.dispatch(&Command::SignContract { plan: plan.get_untracked(), credit_limit }, words::signed);
        }
    };
    let end = move || controls.dispatch(&Command::EndContract, words::ended);
    view! {
        <div>
            <PlanChoice plan=plan />
            <AmountField id="contract-limit" label=words::contract_limit() typed=limit />
            <p class="row">
                {button(words::sign().to_owned(), Weight::Plain, sign)}
                {button(words::end().to_owned(), Weight::Plain, end)}
            </p>
        </div>
    }
    .into_any()
}

#[component]
fn PlanChoice(plan: RwSignal<Plan>) -> impl IntoView {
    let options = || Plan::ALL.iter().map(|plan| named(plan.id(), plan.tier().name())).collect();
    let chosen = move || plan.get().id().to_owned();
    choice("contract-plan", words::contract(), options, chosen, move |id| {
        plan.set(Plan::ALL.iter().copied().find(|plan| plan.id() == id).unwrap_or(Plan::Scale));
    })
}

/// TI-8: the tier follows by itself, unless it is kept from it.
#[component]
fn Tier(controls: ControlsState) -> impl IntoView {
    let held = move || controls.state.session.with(AccountView::tier_is_held);
    let keep_from_following = move |held| controls.state.session.update(|session| session.hold_tier(held));
    let settle = move || controls.dispatch(&Command::TierSettled, words::tier_settled);
    view! {
        <div class="row">
            {check("hold-tier", words::hold_tier(), None, held, keep_from_following)}
            {button(words::settle_tier().to_owned(), Weight::Plain, settle)}
        </div>
    }
    .into_any()
}

/// The history as a file of JSON lines, out and in.
#[component]
fn History(controls: ControlsState) -> impl IntoView {
    let export = move || {
        let events = controls.state.session.with_untracked(|session| session.events().to_vec());
        let name = [controls.state.preset.get_untracked().id(), ".jsonl"].concat();
        if let Ok(text) = store::file(&events) {
            browser::download(&name, "application/jsonl", text.as_bytes());
        }
    };
    let anew = move || {
        spawn_local(async move {
            if controls.state.begin_anew().await {
                controls.refused.set(Vec::new());
                controls.done.set(Some(Sentence::of(words::begins_again)));
            }
        });
    };
    view! {
        <div class="row">
            {button(words::export().to_owned(), Weight::Plain, export)}
            <Import controls=controls />
            {button(words::begin_again().to_owned(), Weight::Plain, anew)}
        </div>
    }
    .into_any()
}

#[component]
fn Import(controls: ControlsState) -> impl IntoView {
    let read = move |file: File| {
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            let done = imported(controls.state, &text.unwrap_or_default()).await;
            controls.done.try_set(Some(done));
        });
    };
    view! {
        <div class="field">
            <label for="import-history">{words::import()}</label>
            <input
                type="file"
                id="import-history"
                accept=".jsonl"
                on:change:target=move |event| {
                    if let Some(file) = event.target().files().and_then(|files| files.get(0)) {
                        read(file);
                    }
                }
            />
        </div>
    }
    .into_any()
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
