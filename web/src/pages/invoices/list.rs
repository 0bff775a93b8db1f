//! IN-4: the billing history, newest first.

use super::invoice_summary::InvoiceSummary;
use super::purchases::purchases;
use crate::app::routes::{Page, link, page_heading};
use crate::features::bank_prompt::bank_panel;
use crate::i18n::amounts::{charge, dollars};
use crate::i18n::invoices as texts;
use crate::session::AccountSession;
use crate::session::state::{State, state};
use crate::ui::element::el;
use crate::ui::figures::section;
use crate::ui::ledger::{Entry, ledger};
use crate::ui::reactive::follow;
use leptos::prelude::*;

pub(crate) fn list() -> AnyView {
    let state = state();
    el!("div", "class" = "page";
        page_heading(),
        section("invoices-heading", "card", texts::all(), vec![bank_panel(state), history(state)]),
        purchases(state),
    )
}

fn history(state: State) -> AnyView {
    let summaries = Memo::new(move |_| state.session.with(|session: &AccountSession| InvoiceSummary::all(session)));
    follow(move || {
        let summaries = summaries.get();
        if summaries.is_empty() {
            return el!("p", "class" = "setting"; texts::none());
        }
        let columns = vec![
            (texts::month().to_owned(), false),
            (texts::state().to_owned(), false),
            (texts::total().to_owned(), true),
            (texts::covered().to_owned(), true),
            (texts::due().to_owned(), true),
        ];
        ledger(texts::all(), columns, summaries.iter().map(entry).collect())
    })
}

fn entry(summary: &InvoiceSummary) -> Entry {
    let month = link(Page::Invoice(summary.month), vec![summary.month_name().into_any()]);
    let amounts = [dollars(summary.usage.total), dollars(summary.covered), charge(summary.due)];
    let cells = [month, summary.stage.badge()].into_iter().chain(amounts.map(IntoAny::into_any));
    (if summary.is_open() { "open" } else { "" }, cells.collect())
}
