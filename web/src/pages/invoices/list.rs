//! IN-4: the billing history, newest first.

use super::invoice_summary::InvoiceSummary;
use super::purchases::Purchases;
use crate::app::routes::{Page, link, page_heading};
use crate::features::bank_prompt::bank_panel;
use crate::i18n::amounts::{charge, dollars};
use crate::i18n::invoices as texts;
use crate::session::AccountView;
use crate::session::state::state;
use crate::ui::figures::section;
use crate::ui::ledger::{Entry, ledger};
use leptos::prelude::*;

pub(crate) fn list() -> AnyView {
    let all = view! {
        {bank_panel(state())}
        <History />
    };
    view! {
        <div class="page">
            {page_heading()}
            {section("invoices-heading", "card", texts::all(), vec![all.into_any()])}
            <Purchases />
        </div>
    }
    .into_any()
}

/// Every month, or that there is none yet.
#[component]
fn History() -> impl IntoView {
    let state = state();
    let summaries = Memo::new(move |_| state.session.with(|session: &AccountView| InvoiceSummary::all(session)));
    let history = move || {
        let summaries = summaries.get();
        if summaries.is_empty() {
            return view! { <p class="setting">{texts::none()}</p> }.into_any();
        }
        let columns = vec![
            (texts::month().to_owned(), false),
            (texts::state().to_owned(), false),
            (texts::total().to_owned(), true),
            (texts::covered().to_owned(), true),
            (texts::due().to_owned(), true),
        ];
        ledger(texts::all(), columns, summaries.iter().map(entry).collect())
    };
    view! { {move || history()} }.into_any()
}

fn entry(summary: &InvoiceSummary) -> Entry {
    let month = link(Page::Invoice(summary.month), vec![summary.month_name().into_any()]);
    let amounts = [dollars(summary.usage.total), dollars(summary.covered), charge(summary.due)];
    let cells = [month, summary.stage.badge()].into_iter().chain(amounts.map(IntoAny::into_any));
    (if summary.is_open() { "open" } else { "" }, cells.collect())
}
