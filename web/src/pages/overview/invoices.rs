//! IN · The invoices that are not paid yet.

use crate::app::routes::{self, Page};
use crate::features::refusals::pay_button;
use crate::i18n::amounts::charge;
use crate::i18n::overview as texts;
use crate::i18n::times::month;
use crate::session::AccountSession;
use crate::session::state::state;
use crate::ui::button::Weight;
use crate::ui::element::el;
use crate::ui::figures::section;
use crate::ui::message::Message;
use crate::ui::reactive::follow_some;
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
    fn of(session: &AccountSession, invoice: &Invoice) -> Option<Shown> {
        let (state, due) = (invoice.state(), invoice.due);
        let says = match state {
            InvoiceState::Due | InvoiceState::PastDue => {
                let mut notices = invoice_notices(session.policy()?, session.account(), invoice, session.now()).ok()?;
                Message::of(&notices.next()?).sentence()
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
    let unpaid = |session: &AccountSession| {
        let newest_first = session.account().invoices().iter().rev();
        newest_first.filter_map(|invoice| Shown::of(session, invoice)).collect::<Vec<Shown>>()
    };
    let shown = Memo::new(move |_| state.session.with(unpaid));
    follow_some(move || {
        let view = |invoice: Shown| {
            let pay = invoice.payable.then(|| pay_button(state, &invoice.id, invoice.due, Weight::Plain));
            let link =
                routes::link(Page::Invoice(invoice.month), vec![texts::usage_in(&month(invoice.month)).into_any()]);
            let text = el!("div"; el!("b"; link), el!("p"; invoice.says));
            el!("li"; text, pay)
        };
        let rows: Vec<AnyView> = shown.get().into_iter().map(view).collect();
        let list = (!rows.is_empty()).then(|| el!("ul", "class" = "running"; rows));
        list.map(|list| section("invoices-heading", "card", texts::unpaid_invoices(), vec![list]))
    })
}
