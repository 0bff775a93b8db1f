//! UC-1, UC-2, UC-4: running deployments with their cost per hour, since the start and since the last request.

use super::month::hosting_name;
use crate::i18n::amounts::dollars;
use crate::i18n::times::day;
use crate::i18n::usage as texts;
use crate::session::AccountView;
use crate::session::state::{Confirmation, State, state};
use crate::ui::button::{Weight, button};
use crate::ui::figures::{figures, section};
use billing::id::DeploymentId;
use billing::ledger::Deployment;
use billing::projection::charges::{RunningCost, charges};
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Running {
    id: DeploymentId,
    about: String,
    figures: [(String, String); 3],
}

/// The model and the hardware, as far as they are known.
pub(crate) fn about(deployment: &Deployment) -> String {
    match (&deployment.model, &deployment.hardware) {
        (Some(model), Some(hardware)) => texts::on(model, hardware),
        (Some(model), None) => model.to_string(),
        (None, Some(hardware)) => hardware.to_string(),
        (None, None) => String::new(),
    }
}

impl Running {
    fn of(cost: &RunningCost<'_>) -> Running {
        let RunningCost { deployment, per_hour, since_last_request, since_start, .. } = cost;
        let about = [hosting_name(deployment.hosting), &about(deployment)].map(str::to_owned);
        let since_request = deployment
            .last_request
            .map_or_else(|| texts::never_used().to_owned(), |request| texts::since_request(&day(request)));
        let figures = [
            (texts::per_hour().to_owned(), dollars(*per_hour)),
            (texts::since_start(&day(deployment.started)), dollars(*since_start)),
            (since_request, dollars(*since_last_request)),
        ];
        let about = about.into_iter().filter(|part| !part.is_empty()).collect::<Vec<String>>().join(": ");
        Running { id: deployment.id.clone(), about, figures }
    }

    fn all(session: &AccountView) -> Vec<Running> {
        let found = charges(session.policies(), session.account(), session.events(), session.now(), session.now());
        found.map(|found| found.running.iter().map(Running::of).collect()).unwrap_or_default()
    }
}

/// The list of running deployments. Absent while none runs. `heading` gets the focus when one is stopped.
pub(crate) fn list(state: State, heading: &'static str) -> AnyView {
    let running = Memo::new(move |_| state.session.with(Running::all));
    let item = move |deployment| view! { <RunningItem deployment heading /> }.into_any();
    let items = move || running.get().into_iter().map(item).collect::<Vec<AnyView>>();
    let shown = move |items: Vec<AnyView>| view! { <ul class="running">{items}</ul> }.into_any();
    view! { {move || Some(items()).filter(|items| !items.is_empty()).map(shown)} }.into_any()
}

/// A running deployment with its figures, and a button that stops it.
#[component]
fn RunningItem(deployment: Running, heading: &'static str) -> impl IntoView {
    let state = state();
    let Running { id, about, figures: rows } = deployment;
    let confirmation = Confirmation::Stop(id.clone(), heading);
    let stop = button(texts::stop(&id), Weight::Plain, move || state.confirmation.set(Some(confirmation.clone())));
    view! {
        <li>
            <div class="grow">
                <h3>{id.to_string()}</h3>
                <p class="calm">{about}</p>
                {figures(rows.into())}
            </div>
            {stop}
        </li>
    }
    .into_any()
}

/// The card of running deployments on the usage page, which says so where none runs.
#[component]
pub(super) fn RunningCard() -> impl IntoView {
    let state = state();
    let is_none = Memo::new(move |_| state.session.with(|session| session.account().running().next().is_none()));
    let content = view! {
        {move || is_none.get().then(|| view! { <p class="setting">{texts::nothing_runs()}</p> }.into_any())}
        {list(state, "running-heading")}
    };
    section("running-heading", "card", texts::running(), vec![content.into_any()])
}
