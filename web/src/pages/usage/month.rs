//! UC-5: the month's cost so far, by service and kind of deployment, with purchases apart.

use crate::app::routes::{Page, link};
use crate::i18n::amounts::{Written, count, dollars, written};
use crate::i18n::times;
use crate::i18n::{invoices as names, usage as texts};
use crate::pages::invoices::service_name;
use crate::session::AccountView;
use crate::session::state::state;
use crate::ui::figures::{column, figures, row, section};
use crate::ui::ledger::{Entry, ledger};
use crate::ui::message::rule;
use billing::clause::Clause;
use billing::ledger::Hosting;
use billing::ledger::{Service, Usage};
use billing::money::{Money, MoneyError};
use billing::projection::charges::charges;
use billing::time::Date;
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
pub(super) struct Month {
    pub(super) first: Date,
    pub(super) usage: Usage,
    services: Vec<(Service, Money)>,
    hosting: Vec<(Hosting, Money)>,
    /// IN-6: the credits bought this month.
    bought: Money,
    lines: Vec<Line>,
}

/// UC-3, UC-5: a service with its model, or a deployment.
#[derive(Clone, PartialEq, Eq)]
struct Line {
    service: &'static str,
    name: String,
    quantity: String,
    cost: Money,
}

pub(super) fn hosting_name(hosting: Hosting) -> &'static str {
    match hosting {
        Hosting::DedicatedEndpoint => texts::endpoints(),
        Hosting::FineTunedModel => texts::hosting(),
    }
}

impl Month {
    pub(super) fn of(session: &AccountView) -> Option<Month> {
        let account = session.account();
        let first = session.now().date().first_of_month_after(0)?;
        let usage = account.usage_at(session.policy()?, session.now()).ok()?;
        let of_service = |service: Service| {
            let tallies = usage.services.iter().filter(move |((of, _), _)| *of == service);
            Ok((service, sum(tallies.map(|(_, tally)| tally.cost))?))
        };
        let hosting_of = |id: &str| account.deployment(id).map(|deployment| deployment.hosting);
        let of_hosting = |hosting: Hosting| {
            let hosted = usage.deployments.iter().filter(move |(id, _)| hosting_of(id) == Some(hosting));
            Ok((hosting, sum(hosted.map(|(_, hosted)| hosted.cost))?))
        };
        let services = Service::ALL.iter().copied().map(of_service).collect::<Result<_, MoneyError>>().ok()?;
        let hosting = Hosting::ALL.iter().copied().map(of_hosting).collect::<Result<_, MoneyError>>().ok()?;
        let bought =
            charges(session.policies(), account, session.events(), first.start(), session.now()).ok()?.purchases;
        let used = usage.services.iter().map(|((service, model), tally)| Line {
            service: service_name(*service),
            name: model.as_deref().unwrap_or(names::any_model()).to_owned(),
            quantity: match tally.tokens {
                0 => texts::times(&count(tally.times)),
                tokens => texts::tokens(&count(tokens)),
            },
            cost: tally.cost,
        });
        let hosted = usage.deployments.iter().map(|(id, hosted)| Line {
            service: hosting_of(id).map_or(texts::deployments(), hosting_name),
            name: id.to_string(),
            quantity: texts::minutes(&count(hosted.minutes)),
            cost: hosted.cost,
        });
        let lines = used.chain(hosted).collect();
        Some(Month { first, usage, services, hosting, bought, lines })
    }
}

fn sum(mut costs: impl Iterator<Item = Money>) -> Result<Money, MoneyError> {
    costs.try_fold(Money::ZERO, Money::checked_add)
}

/// The card of the month: its total, and the cost of each service and each kind of deployment.
#[component]
pub(super) fn MonthCard() -> impl IntoView {
    let state = state();
    let month = Memo::new(move |_| state.session.with(Month::of));
    view! { {move || month.get().map(|month| month_card(&month))} }.into_any()
}

fn month_card(month: &Month) -> AnyView {
    let Written { sign, whole, decimals } = written(month.usage.total);
    let services = month.services.iter().map(|(service, cost)| row(service_name(*service), dollars(*cost)));
    let hosting = month.hosting.iter().map(|(hosting, cost)| row(hosting_name(*hosting), dollars(*cost)));
    let content = view! {
        <p class="large">
            {format!("{sign}${whole}")}
            <span>{format!(".{decimals}")}</span>
        </p>
        {figures(services.chain(hosting).collect())}
        <p class="hint">
            {texts::bought()}
            " "
            {dollars(month.bought)}
            {rule(Clause::Uc5)}
        </p>
    };
    section("month-heading", "card", &texts::month(&times::month(month.first)), vec![content.into_any()])
}

/// UC-3: the card of tokens by service and model and of minutes by deployment. Absent while nothing was used.
#[component]
pub(super) fn UsageByModel() -> impl IntoView {
    let state = state();
    let month = Memo::new(move |_| state.session.with(Month::of));
    view! { {move || month.get().filter(|month| !month.lines.is_empty()).map(by_model)} }.into_any()
}

fn by_model(month: Month) -> AnyView {
    let columns = vec![
        column(names::service(), false),
        column(texts::model_or_deployment(), false),
        column(texts::quantity(), true),
        column(names::cost(), true),
    ];
    let entry = |line: Line| -> Entry {
        let cells = [line.service.to_owned(), line.name, line.quantity, dollars(line.cost)];
        ("", cells.map(IntoAny::into_any).into())
    };
    let entries = month.lines.into_iter().map(entry).collect();
    let content = view! {
        {ledger(texts::by_model(), columns, entries)}
        <p>{link(Page::Invoice(month.first), vec![texts::invoice().into_any()])}</p>
    };
    section("models-heading", "card", texts::by_model(), vec![content.into_any()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Preset;
    use billing::projection::charges::by_day;
    use billing::time::Timestamp;

    #[test]
    fn uc_5_services_lines_and_days_sum_to_the_month_total() {
        for preset in Preset::ALL {
            let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
            let session = preset.session(crate::session::policies::dated().unwrap(), opened).unwrap();
            let month = Month::of(&session).unwrap();
            let costs = month.services.iter().map(|(_, cost)| *cost).chain(month.hosting.iter().map(|(_, cost)| *cost));
            let sum = |costs: Vec<Money>| costs.into_iter().try_fold(Money::ZERO, Money::checked_add).unwrap();
            assert_eq!(sum(costs.collect()), month.usage.total, "{preset:?}");
            assert_eq!(sum(month.lines.iter().map(|line| line.cost).collect()), month.usage.total);
            let days = by_day(session.account(), session.events(), month.first, session.now()).unwrap();
            assert_eq!(sum(days.iter().map(|day| day.total().unwrap()).collect()), month.usage.total, "{preset:?}");
        }
    }
}
