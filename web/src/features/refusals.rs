//! Reason and way out: each refusal is one card, with what would lift it.

use crate::app::routes::{self, Page};
use crate::i18n::amounts::{charge, dollars, minutes};
use crate::i18n::{Sentence, overview, shared as texts, tiers};
use crate::session::state::{Confirmation, DialogMode, State};
use crate::session::{Refused, Way};
use crate::ui::button::{Weight, button};
use crate::ui::element::el;
use crate::ui::icon::{Shape, icon};
use crate::ui::message::{Message, sentence};
use crate::ui::reactive::{follow, follow_some};
use billing::id::Id;
use billing::ledger::Command;
use billing::ledger::{Invoice, InvoiceState};
use billing::money::Charge;
use billing::rules::access::Remedy;
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
    let cards: Vec<AnyView> = merged(cards).into_iter().map(|card| refusal_card(state, card, weight)).collect();
    el!("ul", "class" = if weight == Weight::Primary { "refusals" } else { "refusals quiet" }; cards)
}

/// Every reason that the same lifts, with what lifts them.
struct Card {
    reasons: Vec<Message>,
    ways: Vec<Way>,
    retryable: bool,
}

/// AC-3: every reason is said, and what lifts several of them is offered once.
fn merged(refused: Vec<Refused>) -> Vec<Card> {
    let mut cards: Vec<Card> = Vec::new();
    for Refused { message, ways, retryable, .. } in refused {
        let is_same = |card: &&mut Card| !ways.is_empty() && card.ways == ways && card.retryable == retryable;
        match cards.iter_mut().find(is_same) {
            Some(card) => card.reasons.push(message),
            None => cards.push(Card { reasons: vec![message], ways, retryable }),
        }
    }
    cards
}

fn refusal_card(state: State, card: Card, weight: Weight) -> AnyView {
    let Card { reasons, ways, retryable } = card;
    let reason = |message: Message| el!("div", "class" = "reason"; icon(Shape::Stop), el!("p"; sentence(message)));
    let reasons: Vec<AnyView> = reasons.into_iter().map(reason).collect();
    let ways: Vec<AnyView> = ways.into_iter().flat_map(|way| ways_out(state, way, weight)).collect();
    let retry = retryable.then(|| el!("p", "class" = "calm"; texts::can_succeed()));
    el!("li", "class" = "refusal"; reasons, el!("div", "class" = "remedies"; ways, retry))
}

/// What is to be done about it, as far as the page can.
pub(crate) fn ways_out(state: State, way: Way, weight: Weight) -> Vec<AnyView> {
    match way {
        Way::Remedy(Remedy::PayInvoice(_)) => vec![pay_buttons(state, weight)],
        Way::Remedy(remedy) => vec![remedy_view(state, remedy, weight)],
        Way::LinkCard => {
            vec![routes::link(Page::PaymentMethod, vec![texts::to_payment_method().into_any()])]
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
            state.dialog_mode.set(Some(DialogMode::Buy(Some(amount))));
        }),
        Remedy::RaiseLimit(limit) => {
            button(texts::raise_limit(&charge(limit)), Weight::Plain, move || {
                // The card with this button is gone afterwards.
                let done = Sentence::new(move || tiers::limit_is_set(&charge(limit)));
                state.ask(Command::SetBalanceLimit { limit: Some(limit.money()) }, Some(done), "page-heading");
            })
        }
        Remedy::PayInvoice(amount) => in_words(texts::pay_in_words(&dollars(amount))),
        Remedy::Wait(seconds) => in_words(texts::wait(&minutes(seconds))),
        Remedy::Approve => in_words(texts::approve_first().to_owned()),
        Remedy::ContactSupport => in_words(texts::contact_support().to_owned()),
        Remedy::ContactSales => in_words(texts::contact_sales().to_owned()),
    }
}

/// CR-9: every invoice that is past due is paid by card, each by itself; one that is being charged says so.
fn pay_buttons(state: State, weight: Weight) -> AnyView {
    let unpaid = Memo::new(move |_| {
        let stops = |invoice: &&Invoice| invoice.past_due_amount().is_positive();
        let said = |invoice: &Invoice| (invoice.id.clone(), invoice.due, invoice.state() == InvoiceState::Charging);
        state.session.with(|session| session.account().invoices().iter().filter(stops).map(said).collect::<Vec<_>>())
    });
    follow(move || {
        let way = |(invoice, due, is_charged): (Id, Charge, bool)| {
            if is_charged {
                el!("p", "class" = "remedy"; overview::being_charged(&charge(due)))
            } else {
                pay_button(state, &invoice, due, weight)
            }
        };
        unpaid.get().into_iter().map(way).collect_view().into_any()
    })
}

/// CR-9, IN-3: pays an invoice by the linked card, once it was looked at once more.
pub(crate) fn pay_button(state: State, invoice: &Id, due: Charge, weight: Weight) -> AnyView {
    let invoice = invoice.clone();
    button(texts::pay(&charge(due)), weight, move || state.confirmation.set(Some(Confirmation::Pay(invoice.clone()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(reason: &'static str, ways: &[Way], retryable: bool) -> Refused {
        let message = Message::plain(Sentence::new(move || reason.to_owned()));
        Refused { message, ways: ways.to_vec(), retryable, field: None, is_tax_id: false }
    }

    #[test]
    fn ac_3_reasons_that_the_same_lifts_are_one_card() {
        let buy = |amount| Way::Remedy(Remedy::Purchase(Charge::parse(amount).unwrap()));
        let cards = merged(vec![
            refused("a", &[buy("5")], false),
            refused("b", &[buy("6")], false),
            refused("c", &[buy("5")], false),
            refused("d", &[buy("5")], true),
            refused("e", &[], false),
            refused("f", &[], false),
        ]);
        let said = |card: &Card| card.reasons.iter().map(Message::sentence).collect::<Vec<_>>().join(" ");
        assert_eq!(cards.iter().map(said).collect::<Vec<_>>(), ["a c", "b", "d", "e", "f"]);
    }
}
