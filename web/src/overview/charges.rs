//! UC · What runs and what was charged this month: deployments apart from usage and purchases.

use crate::amounts::dollars;
use crate::life::Life;
use crate::parts::button::{Weight, button};
use crate::parts::element::el;
use crate::parts::figures::{figures, row, section};
use crate::parts::follow::{follow_some, memo};
use crate::parts::told::{Told, Tone, findings};
use crate::place::{Page, link};
use crate::state::{Asking, State, state};
use crate::texts::{invoices as bought, overview as texts, usage};
use crate::usage::running::about;
use crate::usage::why::told;
use billing::id::Id;
use billing::money::Money;
use billing::projection::charges::charges;
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    usage: Money,
    deployments: Money,
    purchases: Money,
    running: Vec<Running>,
    told: Vec<(Told, Tone)>,
}

#[derive(Clone, PartialEq, Eq)]
struct Running {
    id: Id,
    about: String,
    per_hour: Money,
    since_last_request: Money,
}

impl Shown {
    /// Nothing for an account to which nothing has happened.
    fn of(life: &Life) -> Option<Shown> {
        let account = life.account();
        account.opened()?;
        let month = life.now().date().first_of_month_after(0)?.start();
        let found = charges(life.policies(), account, life.events(), month, life.now()).ok()?;
        let running = found.running.iter().map(|cost| Running {
            id: cost.deployment.id.clone(),
            about: about(cost.deployment),
            per_hour: cost.per_hour,
            since_last_request: cost.since_last_request,
        });
        Some(Shown {
            usage: found.usage,
            deployments: found.deployments,
            purchases: found.purchases,
            running: running.collect(),
            told: told(life)?,
        })
    }
}

pub(super) fn running() -> AnyView {
    let state = state();
    let shown = memo(move || state.life.with(Shown::of));
    follow_some(move || {
        let Shown { usage, deployments, purchases, running, told } = shown.get()?;
        let told: Vec<AnyView> = told.into_iter().flat_map(|(told, tone)| findings(vec![told], tone)).collect();
        let running: Vec<AnyView> = running.into_iter().map(|running| running_view(state, running)).collect();
        let month = figures(vec![
            row(texts::usage(), dollars(usage)),
            row(texts::deployments(), dollars(deployments)),
            row(texts::credits_bought(), dollars(purchases)),
        ]);
        let list = (!running.is_empty()).then(|| el!("ul", "class" = "running"; running));
        let bought = purchases.is_positive().then(|| link(Page::Invoices, vec![bought::see_purchases().into_any()]));
        let more = el!("p", "class" = "row"; link(Page::Usage, vec![usage::see_usage().into_any()]), bought);
        Some(section("charges-heading", "card", texts::charges(), vec![list.into_any(), told.into_any(), month, more]))
    })
}

fn running_view(state: State, running: Running) -> AnyView {
    let Running { id, about, per_hour, since_last_request } = running;
    let asking = Asking::Stop(id.clone(), "charges-heading");
    let label = texts::stop(&id);
    let costs = texts::costs(&dollars(per_hour), &dollars(since_last_request));
    el!("li";
        el!("div"; el!("b"; id.to_string()), el!("p", "class" = "calm"; about), el!("p"; costs)),
        button(label, Weight::Plain, move || state.asking.set(Some(asking.clone()))),
    )
}
