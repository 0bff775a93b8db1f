//! IN-1..4: an invoice, or the month so far: what was used, what paid for it, what is due and when.

use super::bill::{Bill, Stage};
use super::csv;
use super::paper::Paper;
use crate::amounts::{Written, charge, dollars, written};
use crate::browser;
use crate::chunks;
use crate::life::{Life, Refused};
use crate::parts::bank::bank_panel;
use crate::parts::button::{Weight, button};
use crate::parts::element::el;
use crate::parts::figures::{Column, Row, figures, row, section};
use crate::parts::follow::{follow, follow_some, memo};
use crate::parts::ledger::{Entry, ledger};
use crate::parts::refusals::pay_button;
use crate::parts::told::{Told, Tone, finding, rule};
use crate::payment::diagnosis::{Decline, latest_decline};
use crate::place::{Page, link, page_heading};
use crate::state::{State, state};
use crate::texts::{Spoken, invoices as texts};
use crate::times::day;
use billing::clause::Clause;
use billing::ledger::invoice_id;
use billing::ledger::{Notice, invoice_notices};
use billing::time::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the page shows.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    bill: Bill,
    told: Vec<(Told, Tone)>,
    declined: Option<Decline>,
}

impl Shown {
    fn of(life: &Life, month: Date) -> Option<Shown> {
        let bill = Bill::of_month(life, month)?;
        let invoice = life.account().invoice(&invoice_id(month));
        let found = invoice.and_then(|invoice| {
            let notices = invoice_notices(life.policy()?, life.account(), invoice, life.now()).ok()?;
            Some(notices.map(|notice| (Told::of(&notice), tone(notice))).collect())
        });
        let was_declined = bill.stage == Stage::PastDue || invoice.is_some_and(|invoice| invoice.declined.is_some());
        let declined = was_declined.then(|| latest_decline(life)).flatten();
        Some(Shown { bill, told: found.unwrap_or_default(), declined })
    }
}

fn tone(notice: Notice) -> Tone {
    match notice {
        Notice::InvoicePastDue { .. } => Tone::Refused,
        Notice::InvoiceAction { .. } | Notice::InvoiceOverdue { .. } | Notice::InvoiceNotChargeable { .. } => {
            Tone::Attention
        }
        _ => Tone::Plain,
    }
}

pub(crate) fn detail(month: Date) -> AnyView {
    let state = state();
    let shown = memo(move || state.life.with(|life: &Life| Shown::of(life, month)));
    let content = follow(move || match shown.get() {
        Some(Shown { bill, told, declined }) => el!("div", "class" = "page";
            standing(state, &bill, told),
            declined.map(|it| chunks::declined(it, "invoice")),
            summary(&bill),
            lines(&bill),
        ),
        None => el!("p"; texts::no_invoice()),
    });
    el!("div", "class" = "page";
        el!("p", "class" = "back"; link(Page::Invoices, vec![texts::all().into_any()])),
        page_heading(),
        content,
    )
}

/// How it stands, and what can be done about it.
fn standing(state: State, bill: &Bill, told: Vec<(Told, Tone)>) -> AnyView {
    let Written { sign, whole, decimals } = written(bill.due.money());
    let amount = el!("p", "class" = "large"; format!("{sign}${whole}"), el!("span"; format!(".{decimals}")));
    let due = charge(bill.due);
    let says = match bill.stage {
        Stage::Open(end) => Some((texts::says_open(&day(end)), Clause::In1)),
        Stage::Covered => Some((texts::says_covered().to_owned(), Clause::In2)),
        Stage::Charging => Some((texts::says_charging(&due), Clause::In3)),
        Stage::Paid(at) => Some((texts::says_paid(&due, &day(at)), Clause::In3)),
        // The rules say it.
        Stage::Due(_) | Stage::PastDue => None,
    };
    let told: Vec<AnyView> = told.into_iter().map(|(told, tone)| finding(told, tone)).collect();
    let pay = matches!(bill.stage, Stage::Due(_) | Stage::PastDue).then(|| {
        let weight = if bill.stage == Stage::PastDue { Weight::Primary } else { Weight::Plain };
        el!("p", "class" = "row"; pay_button(state, &bill.id, bill.due, weight))
    });
    let content = vec![
        el!("div", "class" = "stand"; amount, bill.stage.badge()),
        says.map(|(sentence, clause)| el!("p"; sentence, rule(clause))).into_any(),
        told.into_any(),
        bank_panel(state),
        pay.into_any(),
        downloads(state, bill),
    ];
    let heading = if matches!(bill.stage, Stage::Paid(_)) { texts::paid() } else { bill.due_name() };
    section("standing-heading", "card", heading, content)
}

/// IN-4: the invoice as files.
fn downloads(state: State, bill: &Bill) -> AnyView {
    let making = RwSignal::new(false);
    let spoken: Spoken = expect_context();
    let name = move |id: &str, extension| ["invoice-", id, ".", extension].concat();
    let as_csv = {
        let bill = bill.clone();
        move || browser::download(&name(&bill.id, "csv"), "text/csv", csv::document(&bill).as_bytes())
    };
    let as_pdf = {
        let bill = bill.clone();
        move || {
            let name = name(&bill.id, "pdf");
            let paper = Paper::of(&bill, state.preset.get_untracked().name(), untrack(|| spoken.get()).tag());
            making.set(true);
            spawn_local(async move {
                match chunks::pdf(paper).await {
                    Ok(contents) => browser::download(&name, "application/pdf", &contents),
                    Err(_) => state.refused.set(vec![Refused::unreachable()]),
                }
                making.try_set(false);
            });
        }
    };
    let said = move || making.get().then(|| texts::making().into_any());
    el!("div", "class" = "row files", "role" = "group", "aria-label" = texts::download();
        button(texts::as_csv().to_owned(), Weight::Plain, as_csv),
        button(texts::as_pdf().to_owned(), Weight::Plain, as_pdf),
        el!("output", "class" = "calm"; follow_some(said)),
    )
}

fn summary(bill: &Bill) -> AnyView {
    let sums = bill.sums().into_iter().map(|(name, amount)| row(name, dollars(amount)));
    let dates = bill.drawn.into_iter().flat_map(|(drawn, charged)| {
        let charged = bill.due.money().is_positive().then(|| row(texts::charged_on(), day(charged)));
        std::iter::once(row(texts::drawn(), day(drawn))).chain(charged)
    });
    let (sums, dates): (Vec<Row>, Vec<Row>) = (sums.collect(), dates.collect());
    let content = vec![el!("div", "class" = "sums"; figures(sums)), figures(dates)];
    section("summary-heading", "card", texts::summary(), content)
}

/// UC-3, UC-5: usage and deployments apart.
fn lines(bill: &Bill) -> AnyView {
    let services = bill.services().map(Vec::from).collect();
    let deployments = bill.deployments().map(Vec::from).collect();
    el!("div", "class" = "contents";
        table("services-heading", texts::services(), service_columns(), services),
        table("deployments-heading", texts::deployments(), deployment_columns(), deployments),
    )
}

fn table(id: &str, name: &str, columns: Vec<Column>, rows: Vec<Vec<String>>) -> Option<AnyView> {
    let entry = |row: Vec<String>| ("", row.into_iter().map(IntoAny::into_any).collect());
    let entries: Vec<Entry> = rows.into_iter().map(entry).collect();
    (!entries.is_empty()).then(|| section(id, "card", name, vec![ledger(name, columns, entries)]))
}

pub(super) fn service_columns() -> Vec<Column> {
    let names = [texts::service(), texts::model(), texts::times(), texts::tokens(), texts::cost()];
    names.into_iter().zip([false, false, true, true, true]).map(|(name, figure)| (name.to_owned(), figure)).collect()
}

pub(super) fn deployment_columns() -> Vec<Column> {
    let names = [texts::deployment(), texts::minutes(), texts::cost()];
    names.into_iter().zip([false, true, true]).map(|(name, figure)| (name.to_owned(), figure)).collect()
}
