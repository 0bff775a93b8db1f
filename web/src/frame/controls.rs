//! What the sandbox does in the place of services, sales and time: whatever is refused says why.

use crate::amounts::with_true_minus;
use crate::browser;
use crate::chunks;
use crate::life::Refused;
use crate::parts::button::{Weight, button};
use crate::parts::check::check;
use crate::parts::choice::{choice, named};
use crate::parts::element::{El, el};
use crate::parts::field::Field;
use crate::parts::follow::{callback, derived, follow_some};
use crate::parts::refusals::refusals;
use crate::parts::told::Told;
use crate::policies;
use crate::state::{Era, State};
use crate::store;
use billing::access::Plan;
use billing::account::Command;
use billing::deployment::Hosting;
use billing::invoice::Service;
use billing::money::Money;
use billing::policy::Policy;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen_futures::JsFuture;

const REFUSED: &str = "sandbox-refused-heading";

/// What the sandbox's parts share.
#[derive(Clone, Copy)]
struct Desk {
    state: State,
    refused: RwSignal<Vec<Refused>>,
    /// What was done, in one sentence.
    done: RwSignal<Option<String>>,
}

impl Desk {
    fn tell(self, command: &Command, done: &str) {
        let refused = chunks::command(self.state, command.clone()).err().unwrap_or_default();
        let taken = refused.is_empty();
        self.done.set(taken.then(|| done.to_owned()));
        self.refused.set(refused);
        if !taken {
            browser::focus_soon(REFUSED);
        }
    }
}

pub(crate) fn controls(state: State) -> AnyView {
    let desk = Desk { state, refused: RwSignal::new(Vec::new()), done: RwSignal::new(None) };
    let done = move || desk.done.get().map(|done| el!("p"; done));
    let acts = el!("div", "class" = "acts"; usage(desk), grant(desk), deployment(desk), contract(desk));
    vec![
        refusals(state, desk.refused, REFUSED),
        el!("output"; follow_some(done)),
        policy_choice(state),
        acts,
        tier(desk),
        history(desk),
    ]
    .into_any()
}

/// Under which policies the history is seen.
fn policy_choice(state: State) -> AnyView {
    let shipped = policies::all().unwrap_or_default();
    let dated = segment(state, "policy-dated", Era::Dated, "As dated: ", "each from its first day");
    let always = shipped.iter().enumerate().map(|(index, policy)| policy_segment(state, index, policy));
    let all: Vec<AnyView> = std::iter::once(dated).chain(always).collect();
    el!("fieldset", "class" = "segments"; el!("legend"; "Policy"), el!("div", "class" = "row"; all))
}

fn policy_segment(state: State, index: usize, policy: &Policy) -> AnyView {
    let title = with_true_minus(&policy.title);
    let (name, terms) = title.split_once(": ").unwrap_or((&title, ""));
    segment(state, &["policy-", &policy.id].concat(), Era::Always(index), &[name, ": "].concat(), terms)
}

fn segment(state: State, id: &str, era: Era, name: &str, terms: &str) -> AnyView {
    let radio = El::new("input", &[("type", "radio"), ("name", "policy"), ("id", id)])
        .checked(move || state.era.get() == era)
        .on("change", move |_| state.live_under(era));
    let label = el!("label", "for" = id; el!("b"; name), el!("span"; terms));
    el!("div", "class" = "segment"; radio.holding(Vec::new()), label)
}

/// A field for an amount, with what is wrong with it.
fn amount_field(id: &'static str, label: &'static str, first: &str) -> (AnyView, RwSignal<String>) {
    let typed = RwSignal::new(first.to_owned());
    let error = derived(move || parsed(typed).err());
    let field = Field { error, ..Field::amount(id, label, typed.into(), callback(move |text| typed.set(text))) };
    (field.view(), typed)
}

fn parsed(typed: RwSignal<String>) -> Result<Money, Told> {
    let amount = Money::parse(typed.read().trim()).and_then(Money::not_negative);
    amount.map_err(|error| Told::plain(error.to_string()))
}

/// CR-7: a service is used.
fn usage(desk: Desk) -> AnyView {
    let service = RwSignal::new(Service::Serverless);
    let (field, typed) = amount_field("use-amount", "Cost of usage", "5.00");
    let names = ["Serverless requests", "Fine-tuning job", "Evaluation job"];
    let options = move || Service::ALL.iter().zip(names).map(|(service, name)| named(service.id(), name)).collect();
    let chosen = move || service.get().id().to_owned();
    let service_choice = choice("use-service", "Service", options, chosen, move |id| {
        let found = Service::ALL.iter().copied().find(|service| service.id() == id);
        service.set(found.unwrap_or(Service::Serverless));
    });
    let act = move || {
        if let Ok(cost) = untrack(|| parsed(typed)) {
            let (service, model, tokens) = (service.get_untracked(), None, None);
            let command = Command::RecordUsage { service, model, tokens, cost, under_way: None };
            desk.tell(&command, "The usage is recorded.");
        }
    };
    el!("div"; service_choice, field, button("Use credits".to_owned(), Weight::Plain, act))
}

/// CR-5: free credits, each grant with a name of its own.
fn grant(desk: Desk) -> AnyView {
    let (field, typed) = amount_field("grant-amount", "Free credits", "10.00");
    let act = move || {
        if let Ok(amount) = untrack(|| parsed(typed)) {
            let grant = numbered(desk.state, "grant-");
            desk.tell(&Command::GrantFreeCredits { grant, amount }, "The free credits are there.");
        }
    };
    el!("div"; field, button("Grant free credits".to_owned(), Weight::Plain, act))
}

/// A name that nothing of the account has: it counts what has happened.
fn numbered(state: State, name: &str) -> billing::account::Id {
    let events = state.life.with_untracked(|life| life.account().events());
    [name, &events.to_string()].concat().into()
}

/// UC-1, UC-2: a deployment is started; it is stopped where it is listed.
fn deployment(desk: Desk) -> AnyView {
    let (field, typed) = amount_field("deployment-cost", "Cost of a minute", "0.05");
    let act = move || {
        if let Ok(per_minute) = untrack(|| parsed(typed)) {
            let command = Command::StartDeployment {
                deployment: numbered(desk.state, "endpoint-"),
                hosting: Hosting::DedicatedEndpoint,
                model: Some("llama-3.1-8b".into()),
                hardware: Some("1 × L40S".into()),
                per_minute,
            };
            desk.tell(&command, "The deployment runs.");
        }
    };
    let stop = move || {
        let last = desk.state.life.with_untracked(|life| life.account().running().last().map(|it| it.id.clone()));
        if let Some(deployment) = last {
            desk.tell(&Command::StopDeployment { deployment }, "The deployment is stopped.");
        }
    };
    el!("div";
        field,
        el!("p", "class" = "row";
            button("Start a deployment".to_owned(), Weight::Plain, act),
            button("Stop the last one".to_owned(), Weight::Plain, stop),
        ),
    )
}

/// AC-7: a contract is signed and ended.
fn contract(desk: Desk) -> AnyView {
    let plan = RwSignal::new(Plan::Scale);
    let (field, typed) = amount_field("contract-limit", "Contract credit limit", "1000.00");
    let options = || Plan::ALL.iter().map(|plan| named(plan.id(), plan.tier().name())).collect();
    let plans = choice(
        "contract-plan",
        "Contract",
        options,
        move || plan.get().id().to_owned(),
        move |id| {
            plan.set(Plan::ALL.iter().copied().find(|plan| plan.id() == id).unwrap_or(Plan::Scale));
        },
    );
    let sign = move || {
        if let Ok(credit_limit) = untrack(|| parsed(typed)) {
            desk.tell(&Command::SignContract { plan: plan.get_untracked(), credit_limit }, "The contract is signed.");
        }
    };
    let end = move || desk.tell(&Command::EndContract, "The contract is ended.");
    el!("div";
        plans,
        field,
        el!("p", "class" = "row";
            button("Sign the contract".to_owned(), Weight::Plain, sign),
            button("End the contract".to_owned(), Weight::Plain, end),
        ),
    )
}

/// TI-8: the tier follows by itself, unless it is kept from it.
fn tier(desk: Desk) -> AnyView {
    let held = move || desk.state.life.with(|life| life.tier_is_held);
    let keep_from_following = move |held| desk.state.life.update(|life| life.tier_is_held = held);
    let settle = move || desk.tell(&Command::TierSettled, "The tier has followed the spend.");
    el!("div", "class" = "row";
        check("hold-tier", "Keep the tier from following", None, held, keep_from_following),
        button("Settle the tier now".to_owned(), Weight::Plain, settle),
    )
}

/// The history as a file of JSON lines, out and in.
fn history(desk: Desk) -> AnyView {
    let export = move || {
        let events = desk.state.life.with_untracked(|life| life.events().to_vec());
        let name = [desk.state.preset.get_untracked().id(), ".jsonl"].concat();
        spawn_local(async move {
            if let Ok(text) = store::file(&events).await {
                browser::download(&name, "application/jsonl", text.as_bytes());
            }
        });
    };
    let import = move |event: web_sys::Event| {
        let file = browser::input_of(&event).and_then(|input| input.files()?.get(0));
        if let Some(file) = file {
            spawn_local(async move {
                let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
                desk.done.set(Some(imported(desk.state, &text.unwrap_or_default())));
            });
        }
    };
    let file = El::new("input", &[("type", "file"), ("id", "import-history"), ("accept", ".jsonl")])
        .on("change", import)
        .holding(Vec::new());
    let anew = move || {
        desk.state.begin_anew();
        desk.refused.set(Vec::new());
        desk.done.set(Some("The account begins again.".to_owned()));
    };
    el!("div", "class" = "row";
        button("Export the history".to_owned(), Weight::Plain, export),
        el!("div", "class" = "field"; el!("label", "for" = "import-history"; "Import a history"), file),
        button("Begin this account again".to_owned(), Weight::Plain, anew),
    )
}

/// What came of reading a file.
fn imported(state: State, text: &str) -> String {
    let events = event_store::lines::import(text).map_err(|error| error.to_string());
    match events.and_then(|events| state.import(events)) {
        Ok(()) => "The history is imported.".to_owned(),
        Err(problem) => problem,
    }
}
