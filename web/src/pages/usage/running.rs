//! UC-1, UC-2, UC-4: what runs: what it costs an hour, since it started, and since anybody used it; and a button that stops it.

use super::month::hosting_name;
use crate::i18n::amounts::dollars;
use crate::i18n::times::day;
use crate::i18n::usage as texts;
use crate::session::AccountSession;
use crate::session::state::{Confirmation, State};
use crate::ui::button::{Weight, button};
use crate::ui::element::el;
use crate::ui::figures::figures;
use crate::ui::reactive::follow_some;
use billing::id::Id;
use billing::ledger::Deployment;
use billing::projection::charges::{RunningCost, charges};
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Running {
    id: Id,
    about: String,
    figures: [(String, String); 3],
}

/// The model and the hardware, as far as they are named.
pub(crate) fn about(deployment: &Deployment) -> String {
    match (&deployment.model, &deployment.hardware) {
        (Some(model), Some(hardware)) => texts::on(model, hardware),
        (Some(one), None) | (None, Some(one)) => one.to_string(),
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

    fn all(session: &AccountSession) -> Vec<Running> {
        let found = charges(session.policies(), session.account(), session.events(), session.now(), session.now());
        found.map(|found| found.running.iter().map(Running::of).collect()).unwrap_or_default()
    }
}

/// The list; nothing while nothing runs. `heading` takes the focus when one is stopped.
pub(crate) fn list(state: State, heading: &'static str) -> AnyView {
    let running = Memo::new(move |_| state.session.with(Running::all));
    follow_some(move || {
        let running = running.get();
        let rows: Vec<AnyView> = running.into_iter().map(|running| row(state, running, heading)).collect();
        (!rows.is_empty()).then(|| el!("ul", "class" = "running"; rows))
    })
}

fn row(state: State, running: Running, heading: &'static str) -> AnyView {
    let Running { id, about, figures: rows } = running;
    let confirmation = Confirmation::Stop(id.clone(), heading);
    let stop = button(texts::stop(&id), Weight::Plain, move || state.confirmation.set(Some(confirmation.clone())));
    el!("li";
        el!("div", "class" = "grow"; el!("h3"; id.to_string()), el!("p", "class" = "calm"; about), figures(rows.into())),
        stop,
    )
}

pub(super) fn section(state: State) -> AnyView {
    let is_none = Memo::new(move |_| state.session.with(|session| session.account().running().next().is_none()));
    let none = follow_some(move || is_none.get().then(|| el!("p", "class" = "setting"; texts::nothing_runs())));
    crate::ui::figures::section("running-heading", "card", texts::running(), vec![none, list(state, "running-heading")])
}
