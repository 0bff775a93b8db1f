//! Reason and way out: each refusal is one card, with what would lift it.

use super::button::{Weight, button};
use super::element::el;
use super::follow::follow_some;
use super::icon::{Shape, icon};
use super::told::sentence;
use crate::amounts::{charge, dollars, minutes};
use crate::life::{Refused, Way};
use crate::place::{self, Page};
use crate::state::{Opening, State};
use crate::texts::parts as texts;
use billing::access::Remedy;
use billing::account::Command;
use billing::invoice::InvoiceState;
use leptos::prelude::*;

/// Why something was not done, with a heading that takes the focus; nothing while all is well.
pub(crate) fn refusals(state: State, refused: RwSignal<Vec<Refused>>, heading: &'static str) -> AnyView {
    follow_some(move || {
        let refused = refused.get();
        (!refused.is_empty()).then(|| {
            el!("section", "class" = "action", "aria-labelledby" = heading;
                el!("h2", "id" = heading, "tabindex" = "-1"; texts::not_done()),
                refusal_cards(state, refused, Weight::Plain),
            )
        })
    })
}

/// The cards, as what the page has to say first, or as the quieter answer to a question.
pub(crate) fn refusal_cards(state: State, cards: Vec<Refused>, weight: Weight) -> AnyView {
    let cards: Vec<AnyView> = cards.into_iter().map(|card| refusal_card(state, card, weight)).collect();
    el!("ul", "class" = if weight == Weight::Primary { "refusals" } else { "refusals quiet" }; cards)
}

fn refusal_card(state: State, card: Refused, weight: Weight) -> AnyView {
    let Refused { told, ways, retryable, .. } = card;
    let reason = el!("div", "class" = "reason"; icon(Shape::Stop), el!("p"; sentence(told)));
    let ways: Vec<AnyView> = ways.into_iter().flat_map(|way| ways_out(state, way, weight)).collect();
    let retry = retryable.then(|| el!("p", "class" = "calm"; texts::can_succeed()));
    el!("li", "class" = "refusal"; reason, el!("div", "class" = "remedies"; ways, retry))
}

/// What is to be done about it, as far as the page can.
pub(crate) fn ways_out(state: State, way: Way, weight: Weight) -> Vec<AnyView> {
    match way {
        Way::Remedy(Remedy::PayInvoice(_)) => pay_buttons(state, weight),
        Way::Remedy(remedy) => vec![remedy_view(state, remedy, weight)],
        Way::LinkCard => {
            vec![place::link(Page::PaymentMethod, vec![texts::to_payment_method().into_any()])]
        }
        // The dialog offers it, where the amount is known.
        Way::Another => Vec::new(),
    }
}

/// A button where this page can do it, a sentence where it cannot.
fn remedy_view(state: State, remedy: Remedy, weight: Weight) -> AnyView {
    let in_words = |text: String| el!("p", "class" = "remedy"; text);
    match remedy {
        Remedy::Purchase(amount) => button(texts::buy(&charge(amount)), weight, move || {
            state.opening.set(Some(Opening::Buy(Some(amount))));
        }),
        Remedy::RaiseLimit(limit) => {
            button(texts::raise_limit(&charge(limit)), Weight::Plain, move || {
                // The card with this button is gone afterwards.
                state.ask(Command::SetBalanceLimit { limit: Some(limit.money()) }, "page-heading");
            })
        }
        Remedy::PayInvoice(amount) => in_words(texts::pay_in_words(&dollars(amount))),
        Remedy::Wait(seconds) => in_words(texts::wait(&minutes(seconds))),
        Remedy::Approve => in_words(texts::approve_first().to_owned()),
        Remedy::ContactSupport => in_words(texts::contact_support().to_owned()),
        Remedy::ContactSales => in_words(texts::contact_sales().to_owned()),
    }
}

/// CR-9: every invoice that is past due is paid by card, each by itself.
fn pay_buttons(state: State, weight: Weight) -> Vec<AnyView> {
    state.life.with(|life| {
        let due = life.account().invoices().iter().filter(|invoice| invoice.state() == InvoiceState::PastDue);
        due.map(|invoice| pay_button(state, &invoice.id, invoice.due, weight)).collect()
    })
}

/// CR-9, IN-3: pays an invoice by the linked card.
pub(crate) fn pay_button(
    state: State,
    invoice: &billing::account::Id,
    due: billing::money::Charge,
    weight: Weight,
) -> AnyView {
    let command = Command::PayInvoice { invoice: invoice.clone() };
    button(texts::pay(&charge(due)), weight, move || {
        state.ask(command.clone(), "page-heading");
    })
}
