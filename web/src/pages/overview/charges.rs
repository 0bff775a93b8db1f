//! UC · Running deployments and the month's charges, with deployments apart from usage and purchases.

use crate::app::routes::{Page, link};
use crate::i18n::amounts::dollars;
use crate::i18n::{invoices as bought, overview as texts, usage};
use crate::pages::usage::running::about;
use crate::pages::usage::why::messages;
use crate::session::AccountView;
use crate::session::state::{Confirmation, state};
use crate::ui::button::{Weight, button};
use crate::ui::figures::{figures, row, section};
use crate::ui::message::{Message, Tone, findings};
use billing::id::DeploymentId;
use billing::money::Money;
use billing::projection::charges::charges;
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    usage: Money,
    deployments: Money,
    purchases: Money,
    running: Vec<Running>,
    messages: Vec<(Message, Tone)>,
}

#[derive(Clone, PartialEq, Eq)]
struct Running {
    id: DeploymentId,
    about: String,
    per_hour: Money,
    since_last_request: Money,
}

impl Shown {
    /// `None` for an account without any event.
    fn of(session: &AccountView) -> Option<Shown> {
        let account = session.account();
        account.opened()?;
        let month = session.now().date().first_of_month_after(0)?.start();
        let found = charges(session.policies(), account, session.events(), month, session.now()).ok()?;
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
            messages: messages(session)?,
        })
    }
}

/// The card of running deployments and of the month's charges so far. Absent for an account without any event.
#[component]
pub(super) fn ChargesCard() -> impl IntoView {
    let state = state();
    let shown = Memo::new(move |_| state.session.with(Shown::of));
    view! { {move || shown.get().map(card)} }.into_any()
}

fn card(shown: Shown) -> AnyView {
    let Shown { usage, deployments, purchases, running, messages } = shown;
    let messages: Vec<AnyView> =
        messages.into_iter().flat_map(|(message, tone)| findings(vec![message], tone)).collect();
    let running: Vec<AnyView> =
        running.into_iter().map(|deployment| view! { <RunningItem deployment /> }.into_any()).collect();
    let list = (!running.is_empty()).then(|| view! { <ul class="running">{running}</ul> }.into_any());
    let month = figures(vec![
        row(texts::usage(), dollars(usage)),
        row(texts::deployments(), dollars(deployments)),
        row(texts::credits_bought(), dollars(purchases)),
    ]);
    let bought = purchases.is_positive().then(|| link(Page::Invoices, vec![bought::see_purchases().into_any()]));
    let more = view! {
        <p class="row">
            {link(Page::Usage, vec![usage::see_usage().into_any()])}
            {bought}
        </p>
    };
    let content = vec![list.into_any(), messages.into_any(), month, more.into_any()];
    section("charges-heading", "card", texts::charges(), content)
}

/// A running deployment with its cost, and a button that stops it.
#[component]
fn RunningItem(deployment: Running) -> impl IntoView {
    let state = state();
    let Running { id, about, per_hour, since_last_request } = deployment;
    let confirmation = Confirmation::Stop(id.clone(), "charges-heading");
    let costs = texts::costs(&dollars(per_hour), &dollars(since_last_request));
    let stop = button(texts::stop(&id), Weight::Plain, move || state.confirmation.set(Some(confirmation.clone())));
    view! {
        <li>
            <div>
                <b>{id.to_string()}</b>
                <p class="calm">{about}</p>
                <p>{costs}</p>
            </div>
            {stop}
        </li>
    }
    .into_any()
}
