//! IN-1..4: an invoice, or the month so far: what was used, what paid for it, what is due and when.

use super::csv;
use super::invoice_document::InvoiceDocument;
use super::invoice_summary::{InvoiceSummary, Stage, deployment_columns, service_columns};
use crate::app::browser;
use crate::app::lazy_view::{Chunks, LazyView};
use crate::app::routes::{Page, link, page_heading};
use crate::features::bank_prompt::bank_panel;
use crate::features::decline::{Decline, latest_decline};
use crate::features::refusals::pay_button;
use crate::i18n::amounts::{Written, charge, dollars, written};
use crate::i18n::times::day;
use crate::i18n::{Locale, invoices as texts};
use crate::session::state::state;
use crate::session::{AccountView, Refused};
use crate::ui::button::{Weight, button};
use crate::ui::figures::{Column, figures, row, section};
use crate::ui::ledger::{Entry, ledger};
use crate::ui::message::{Message, Tone, finding, rule};
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
    fn of(session: &AccountView, month: Date) -> Option<Shown> {
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
    let shown = Memo::new(move |_| state.session.with(|session: &AccountView| Shown::of(session, month)));
    view! {
        <div class="page">
            <p class="back">{link(Page::Invoices, vec![texts::all().into_any()])}</p>
            {page_heading()}
            {move || match shown.get() {
                Some(shown) => view! { <Invoice shown /> }.into_any(),
                None => view! { <p>{texts::no_invoice()}</p> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

#[component]
fn Invoice(shown: Shown) -> impl IntoView {
    let Shown { summary, messages, declined } = shown;
    view! {
        <div class="page">
            <Standing summary=summary.clone() messages />
            {declined.map(|declined| LazyView::Diagnosis(declined, "invoice").show())}
            <Sums summary=summary.clone() />
            <Lines summary />
        </div>
    }
    .into_any()
}

/// How it stands, and what can be done about it.
#[component]
fn Standing(summary: InvoiceSummary, messages: Vec<(Message, Tone)>) -> impl IntoView {
    let state = state();
    let Written { sign, whole, decimals } = written(summary.due.money());
    let says = says(&summary).map(|(sentence, clause)| view! { <p>{sentence}{rule(clause)}</p> }.into_any());
    let pay = matches!(summary.stage, Stage::Due(_) | Stage::PastDue).then(|| {
        let weight = if summary.stage == Stage::PastDue { Weight::Primary } else { Weight::Plain };
        view! { <p class="row">{pay_button(state, &summary.id, summary.due, weight)}</p> }.into_any()
    });
    let heading = if matches!(summary.stage, Stage::Paid(_)) { texts::paid() } else { summary.due_name() };
    let content = view! {
        <div class="stand">
            <p class="large">{format!("{sign}${whole}")}<span>{format!(".{decimals}")}</span></p>
            {summary.stage.badge()}
        </div>
        {says}
        {messages.into_iter().map(|(message, tone)| finding(message, tone)).collect_view()}
        {bank_panel(state)}
        {pay}
        <Downloads summary />
    };
    section("standing-heading", "card", heading, vec![content.into_any()])
}

/// What the stage means, with the clause behind it, where the rules themselves do not say it.
fn says(summary: &InvoiceSummary) -> Option<(String, Clause)> {
    let due = charge(summary.due);
    match summary.stage {
        Stage::Open(end) => Some((texts::says_open(&day(end)), Clause::In1)),
        Stage::Covered => Some((texts::says_covered().to_owned(), Clause::In2)),
        Stage::Charging => Some((texts::says_charging(&due), Clause::In3)),
        Stage::Paid(at) => Some((texts::says_paid(&due, &day(at)), Clause::In3)),
        Stage::Due(_) | Stage::PastDue => None,
    }
}

/// IN-4: the invoice as files.
#[component]
fn Downloads(summary: InvoiceSummary) -> impl IntoView {
    let state = state();
    let locale: Locale = expect_context();
    let chunks: Chunks = expect_context();
    let making = RwSignal::new(false);
    let as_csv = {
        let summary = summary.clone();
        move || {
            browser::download(&file_name(&summary, "csv"), "text/csv", csv::document(&summary).as_bytes());
        }
    };
    let as_pdf = move || {
        let name = file_name(&summary, "pdf");
        let invoice =
            InvoiceDocument::of(&summary, state.preset.get_untracked().name(), untrack(|| locale.get()).tag());
        making.set(true);
        spawn_local(async move {
            match (chunks.pdf)(invoice).await {
                Ok(contents) => browser::download(&name, "application/pdf", &contents),
                Err(_) => state.refused.set(vec![Refused::unreachable()]),
            }
            making.try_set(false);
        });
    };
    view! {
        <div class="row files" role="group" aria-label=texts::download()>
            {button(texts::as_csv().to_owned(), Weight::Plain, as_csv)}
            {button(texts::as_pdf().to_owned(), Weight::Plain, as_pdf)}
            <output class="calm">{move || making.get().then(texts::making)}</output>
        </div>
    }
    .into_any()
}

fn file_name(summary: &InvoiceSummary, extension: &str) -> String {
    ["invoice-", &summary.id, ".", extension].concat()
}

/// The sums that come to what is due, and the dates.
#[component]
fn Sums(summary: InvoiceSummary) -> impl IntoView {
    let sums = summary.sums().into_iter().map(|(name, amount)| row(name, dollars(amount)));
    let dates = summary.drawn.into_iter().flat_map(|(drawn, charged)| {
        let charged = summary.due.money().is_positive().then(|| row(texts::charged_on(), day(charged)));
        std::iter::once(row(texts::drawn(), day(drawn))).chain(charged)
    });
    let content = view! {
        <div class="sums">{figures(sums.collect())}</div>
        {figures(dates.collect())}
    };
    section("summary-heading", "card", texts::summary(), vec![content.into_any()])
}

/// UC-3, UC-5: usage and deployments apart.
#[component]
fn Lines(summary: InvoiceSummary) -> impl IntoView {
    let services = summary.services().map(Vec::from).collect();
    let deployments = summary.deployments().map(Vec::from).collect();
    view! {
        <div class="contents">
            {table("services-heading", texts::services(), service_columns(), services)}
            {table("deployments-heading", texts::deployments(), deployment_columns(), deployments)}
        </div>
    }
    .into_any()
}

fn table(id: &str, name: &str, columns: Vec<Column>, rows: Vec<Vec<String>>) -> Option<AnyView> {
    let entry = |row: Vec<String>| ("", row.into_iter().map(IntoAny::into_any).collect());
    let entries: Vec<Entry> = rows.into_iter().map(entry).collect();
    (!entries.is_empty()).then(|| section(id, "card", name, vec![ledger(name, columns, entries)]))
}
