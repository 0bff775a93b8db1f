//! IN-4: the billing history, newest first.

use super::bill::Bill;
use super::purchases::purchases;
use crate::amounts::{charge, dollars};
use crate::life::Life;
use crate::parts::bank::bank_panel;
use crate::parts::element::el;
use crate::parts::figures::section;
use crate::parts::follow::{follow, memo};
use crate::parts::ledger::{Entry, ledger};
use crate::place::{Page, link, page_heading};
use crate::state::{State, state};
use crate::texts::invoices as texts;
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
    let bills = memo(move || state.life.with(|life: &Life| Bill::all(life)));
    follow(move || {
        let bills = bills.get();
        if bills.is_empty() {
            return el!("p", "class" = "setting"; texts::none());
        }
        let columns = vec![
            (texts::month().to_owned(), false),
            (texts::state().to_owned(), false),
            (texts::total().to_owned(), true),
            (texts::covered().to_owned(), true),
            (texts::due().to_owned(), true),
        ];
        ledger(texts::all(), columns, bills.iter().map(entry).collect())
    })
}

fn entry(bill: &Bill) -> Entry {
    let month = link(Page::Invoice(bill.month), vec![bill.month_name().into_any()]);
    let amounts = [dollars(bill.usage.total), dollars(bill.covered), charge(bill.due)];
    let cells = [month, bill.stage.badge()].into_iter().chain(amounts.map(IntoAny::into_any));
    (if bill.is_open() { "open" } else { "" }, cells.collect())
}
