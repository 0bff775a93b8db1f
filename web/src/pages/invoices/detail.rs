//! IN-1..4: an invoice, or the month so far: what was used, what paid for it, what is due and when.

use super::csv;
use super::invoice_document::InvoiceDocument;
use super::invoice_summary::{InvoiceSummary, Stage};
use crate::app::browser;
use crate::app::routes::{Page, link, page_heading};
use crate::app::split;
use crate::features::bank_prompt::bank_panel;
use crate::features::decline_diagnosis::{Decline, latest_decline};
use crate::features::refusals::pay_button;
use crate::i18n::amounts::{Written, charge, dollars, written};
use crate::i18n::times::day;
use crate::i18n::{Locale, invoices as texts};
use crate::session::state::{State, state};
use crate::session::{AccountSession, Refused};
use crate::ui::button::{Weight, button};
use crate::ui::element::el;
use crate::ui::figures::{Column, Row, figures, row, section};
use crate::ui::ledger::{Entry, ledger};
use crate::ui::message::{Message, Tone, finding, rule};
use crate::ui::reactive::{follow, follow_some};
use billing::clause::Clause;
use billing::ledger::invoice_id;
use billing::ledger::{Notice, invoice_notices};
use billing::time::Date;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// What the page shows.
#[derive(Clone, PartialEq, Eq)]
struct Shown {
    summary: InvoiceSummary,
    messages: Vec<(Message, Tone)>,
    declined: Option<Decline>,
}

impl Shown {
    fn of(session: &AccountSession, month: Date) -> Option<Shown> {
        let summary = InvoiceSummary::of_month(session, month)?;
        let invoice = session.account().invoice(&invoice_id(month));
        let found = invoice.and_then(|invoice| {
            let notices = invoice_notices(session.policy()?, session.account(), invoice, session.now()).ok()?;
            Some(notices.map(|notice| (Message::of(&notice), tone(notice))).collect())
        });
        let was_declined = summary.stage == Stage::PastDue || invoice.is_some_and(|invoice| invoice.declined.is_some());
        let declined = was_declined.then(|| latest_decline(session)).flatten();
        Some(Shown { summary, messages: found.unwrap_or_default(), declined })
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
    let shown = Memo::new(move |_| state.session.with(|session: &AccountSession| Shown::of(session, month)));
    let content = follow(move || match shown.get() {
        Some(Shown { summary, messages, declined }) => el!("div", "class" = "page";
            standing(state, &summary, messages),
            declined.map(|it| split::declined(it, "invoice")),
            sums(&summary),
            lines(&summary),
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
fn standing(state: State, summary: &InvoiceSummary, messages: Vec<(Message, Tone)>) -> AnyView {
    let Written { sign, whole, decimals } = written(summary.due.money());
    let amount = el!("p", "class" = "large"; format!("{sign}${whole}"), el!("span"; format!(".{decimals}")));
    let due = charge(summary.due);
    let says = match summary.stage {
        Stage::Open(end) => Some((texts::says_open(&day(end)), Clause::In1)),
        Stage::Covered => Some((texts::says_covered().to_owned(), Clause::In2)),
        Stage::Charging => Some((texts::says_charging(&due), Clause::In3)),
        Stage::Paid(at) => Some((texts::says_paid(&due, &day(at)), Clause::In3)),
        // The rules say it.
        Stage::Due(_) | Stage::PastDue => None,
    };
    let messages: Vec<AnyView> = messages.into_iter().map(|(message, tone)| finding(message, tone)).collect();
    let pay = matches!(summary.stage, Stage::Due(_) | Stage::PastDue).then(|| {
        let weight = if summary.stage == Stage::PastDue { Weight::Primary } else { Weight::Plain };
        el!("p", "class" = "row"; pay_button(state, &summary.id, summary.due, weight))
    });
    let content = vec![
        el!("div", "class" = "stand"; amount, summary.stage.badge()),
        says.map(|(sentence, clause)| el!("p"; sentence, rule(clause))).into_any(),
        messages.into_any(),
        bank_panel(state),
        pay.into_any(),
        downloads(state, summary),
    ];
    let heading = if matches!(summary.stage, Stage::Paid(_)) { texts::paid() } else { summary.due_name() };
    section("standing-heading", "card", heading, content)
}

/// IN-4: the invoice as files.
fn downloads(state: State, summary: &InvoiceSummary) -> AnyView {
    let making = RwSignal::new(false);
    let locale: Locale = expect_context();
    let name = move |id: &str, extension| ["invoice-", id, ".", extension].concat();
    let as_csv = {
        let summary = summary.clone();
        move || browser::download(&name(&summary.id, "csv"), "text/csv", csv::document(&summary).as_bytes())
    };
    let as_pdf = {
        let summary = summary.clone();
        move || {
            let name = name(&summary.id, "pdf");
            let invoice =
                InvoiceDocument::of(&summary, state.preset.get_untracked().name(), untrack(|| locale.get()).tag());
            making.set(true);
            spawn_local(async move {
                match split::pdf(invoice).await {
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

fn sums(summary: &InvoiceSummary) -> AnyView {
    let sums = summary.sums().into_iter().map(|(name, amount)| row(name, dollars(amount)));
    let dates = summary.drawn.into_iter().flat_map(|(drawn, charged)| {
        let charged = summary.due.money().is_positive().then(|| row(texts::charged_on(), day(charged)));
        std::iter::once(row(texts::drawn(), day(drawn))).chain(charged)
    });
    let (sums, dates): (Vec<Row>, Vec<Row>) = (sums.collect(), dates.collect());
    let content = vec![el!("div", "class" = "sums"; figures(sums)), figures(dates)];
    section("summary-heading", "card", texts::summary(), content)
}

/// UC-3, UC-5: usage and deployments apart.
fn lines(summary: &InvoiceSummary) -> AnyView {
    let services = summary.services().map(Vec::from).collect();
    let deployments = summary.deployments().map(Vec::from).collect();
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
