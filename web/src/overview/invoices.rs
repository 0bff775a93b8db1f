//! IN · The invoices that are not paid yet.

use crate::amounts::charge;
use crate::life::Life;
use crate::parts::button::Weight;
use crate::parts::element::el;
use crate::parts::figures::section;
use crate::parts::follow::{follow_some, memo};
use crate::parts::refusals::pay_button;
use crate::parts::told::Told;
use crate::place::{self, Page};
use crate::state::state;
use crate::texts::overview as texts;
use crate::times::month;
use billing::id::Id;
use billing::ledger::invoice_notices;
use billing::ledger::{Invoice, InvoiceState};
use billing::money::Charge;
use billing::time::Date;
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    id: Id,
    due: Charge,
    month: Date,
    says: String,
    /// CR-9: whether it can be paid by card now.
    payable: bool,
}

impl Shown {
    fn of(life: &Life, invoice: &Invoice) -> Option<Shown> {
        let (state, due) = (invoice.state(), invoice.due);
        let says = match state {
            InvoiceState::Due | InvoiceState::PastDue => {
                let mut notices = invoice_notices(life.policy()?, life.account(), invoice, life.now()).ok()?;
                Told::of(&notices.next()?).sentence()
            }
            InvoiceState::Charging => texts::being_charged(&charge(due)),
            InvoiceState::Covered | InvoiceState::Paid => return None,
        };
        let payable = matches!(state, InvoiceState::Due | InvoiceState::PastDue);
        Some(Shown { id: invoice.id.clone(), due, month: invoice.month, says, payable })
    }
}

pub(super) fn invoices() -> AnyView {
    let state = state();
    let unpaid = |life: &Life| {
        let newest_first = life.account().invoices().iter().rev();
        newest_first.filter_map(|invoice| Shown::of(life, invoice)).collect::<Vec<Shown>>()
    };
    let shown = memo(move || state.life.with(unpaid));
    follow_some(move || {
        let view = |invoice: Shown| {
            let pay = invoice.payable.then(|| pay_button(state, &invoice.id, invoice.due, Weight::Plain));
            let link =
                place::link(Page::Invoice(invoice.month), vec![texts::usage_in(&month(invoice.month)).into_any()]);
            let text = el!("div"; el!("b"; link), el!("p"; invoice.says));
            el!("li"; text, pay)
        };
        let rows: Vec<AnyView> = shown.get().into_iter().map(view).collect();
        let list = (!rows.is_empty()).then(|| el!("ul", "class" = "running"; rows));
        list.map(|list| section("invoices-heading", "card", texts::unpaid_invoices(), vec![list]))
    })
}
