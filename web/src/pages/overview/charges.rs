//! UC · What runs and what was charged this month: deployments apart from usage and purchases.

use crate::app::routes::{Page, link};
use crate::i18n::amounts::dollars;
use crate::i18n::{invoices as bought, overview as texts, usage};
use crate::pages::usage::running::about;
use crate::pages::usage::why::messages;
use crate::session::AccountSession;
use crate::session::state::{Confirmation, State, state};
use crate::ui::button::{Weight, button};
use crate::ui::element::el;
use crate::ui::figures::{figures, row, section};
use crate::ui::message::{Message, Tone, findings};
use crate::ui::reactive::follow_some;
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
    messages: Vec<(Message, Tone)>,
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
    fn of(session: &AccountSession) -> Option<Shown> {
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

pub(super) fn running() -> AnyView {
    let state = state();
    let shown = Memo::new(move |_| state.session.with(Shown::of));
    follow_some(move || {
        let Shown { usage, deployments, purchases, running, messages } = shown.get()?;
        let messages: Vec<AnyView> =
            messages.into_iter().flat_map(|(message, tone)| findings(vec![message], tone)).collect();
        let running: Vec<AnyView> = running.into_iter().map(|running| running_view(state, running)).collect();
        let month = figures(vec![
            row(texts::usage(), dollars(usage)),
            row(texts::deployments(), dollars(deployments)),
            row(texts::credits_bought(), dollars(purchases)),
        ]);
        let list = (!running.is_empty()).then(|| el!("ul", "class" = "running"; running));
        let bought = purchases.is_positive().then(|| link(Page::Invoices, vec![bought::see_purchases().into_any()]));
        let more = el!("p", "class" = "row"; link(Page::Usage, vec![usage::see_usage().into_any()]), bought);
        Some(section(
            "charges-heading",
            "card",
            texts::charges(),
            vec![list.into_any(), messages.into_any(), month, more],
        ))
    })
}

fn running_view(state: State, running: Running) -> AnyView {
    let Running { id, about, per_hour, since_last_request } = running;
    let confirmation = Confirmation::Stop(id.clone(), "charges-heading");
    let label = texts::stop(&id);
    let costs = texts::costs(&dollars(per_hour), &dollars(since_last_request));
    el!("li";
        el!("div"; el!("b"; id.to_string()), el!("p", "class" = "calm"; about), el!("p"; costs)),
        button(label, Weight::Plain, move || state.confirmation.set(Some(confirmation.clone()))),
    )
}
