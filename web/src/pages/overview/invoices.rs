//! IN · Unpaid invoices.

use crate::app::routes::{self, Page};
use crate::features::refusals::pay_button;
use crate::i18n::amounts::charge;
use crate::i18n::overview as texts;
use crate::i18n::times::month;
use crate::session::AccountView;
use crate::session::state::state;
use crate::ui::button::Weight;
use crate::ui::figures::section;
use crate::ui::message::Message;
use billing::id::InvoiceId;
use billing::ledger::invoice_notices;
use billing::ledger::{Invoice, InvoiceState};
use billing::money::Charge;
use billing::time::Date;
use leptos::prelude::*;

#[derive(Clone, PartialEq, Eq)]
struct Shown {
    id: InvoiceId,
    due: Charge,
    month: Date,
    says: String,
    /// CR-9: whether it can be paid by card now.
    payable: bool,
}

impl Shown {
    fn of(session: &AccountView, invoice: &Invoice) -> Option<Shown> {
        let (state, due) = (invoice.state(), invoice.due);
        let says = match state {
            InvoiceState::Due | InvoiceState::PastDue => {
                let mut notices = invoice_notices(session.policy()?, session.account(), invoice, session.now()).ok()?;
                Message::of(&notices.next()?).sentence()
            }
            InvoiceState::Charging => texts::being_charged(&charge(due)),
            InvoiceState::Covered | InvoiceState::Paid => return None,
        };
        let payable = invoice.is_payable();
        Some(Shown { id: invoice.id.clone(), due, month: invoice.month, says, payable })
    }
}

/// The card of unpaid invoices, newest first. Absent while every invoice is paid.
#[component]
pub(super) fn UnpaidInvoices() -> impl IntoView {
    let state = state();
    let unpaid = |session: &AccountView| {
        let newest_first = session.account().invoices().iter().rev();
        newest_first.filter_map(|invoice| Shown::of(session, invoice)).collect::<Vec<Shown>>()
    };
    let shown = Memo::new(move |_| state.session.with(unpaid));
    let card = move || {
        let items: Vec<AnyView> =
            shown.get().into_iter().map(|invoice| view! { <UnpaidInvoice invoice /> }.into_any()).collect();
        (!items.is_empty()).then(|| {
            let list = view! { <ul class="running">{items}</ul> }.into_any();
            section("invoices-heading", "card", texts::unpaid_invoices(), vec![list])
        })
    };
    view! { {move || card()} }.into_any()
}

/// An unpaid invoice, with a button to pay it where it can be paid by card now.
#[component]
fn UnpaidInvoice(invoice: Shown) -> impl IntoView {
    let Shown { id, due, month: of, says, payable } = invoice;
    let state = state();
    view! {
        <li>
            <div>
                <b>{routes::link(Page::Invoice(of), vec![texts::usage_in(&month(of)).into_any()])}</b>
                <p>{says}</p>
            </div>
            {payable.then(|| pay_button(state, &id, due, Weight::Plain))}
        </li>
    }
    .into_any()
}
