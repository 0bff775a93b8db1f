//! Reason and way out: each refusal is one card, with what would lift it.

use crate::amounts::{charge, dollars, minutes};
use crate::browser::focus_soon;
use crate::parts::button::{Weight, button};
use crate::parts::element::el;
use crate::parts::figures::section;
use crate::parts::follow::follow;
use crate::parts::icon::{Shape, icon};
use crate::parts::told::{Told, Tone, finding, sentence};
use crate::state::{Opening, State, state};
use billing::access::{Refusal, Remedy};
use leptos::prelude::*;

/// A refusal as the page keeps it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Card {
    pub(crate) told: Told,
    pub(crate) remedies: Vec<Remedy>,
    pub(crate) retryable: bool,
}

impl Card {
    pub(crate) fn of(refusal: &Refusal<'_>) -> Card {
        Card {
            told: Told::of(&refusal.reason),
            remedies: refusal.remedies.iter().copied().collect(),
            retryable: refusal.retryable,
        }
    }
}

/// What needs action: nothing at all on a healthy account.
pub(super) fn action() -> AnyView {
    let state = state();
    follow(move || {
        state.with_decision(|_, _, decision| match decision {
            Ok(decision) if decision.allowed() => ().into_any(),
            Ok(decision) => {
                let cards = refusal_cards(state, decision.refusals.iter().map(Card::of).collect(), Weight::Primary);
                section("action-heading", "action", "Needs your attention", vec![cards])
            }
            Err(error) => finding(Told::plain(error.to_string()), Tone::Refused),
        })
    })
}

/// The cards, as what the page has to say first, or as the quieter answer to a question.
pub(crate) fn refusal_cards(state: State, cards: Vec<Card>, weight: Weight) -> AnyView {
    let cards: Vec<AnyView> = cards.into_iter().map(|card| refusal_card(state, card, weight)).collect();
    el!("ul", "class" = if weight == Weight::Primary { "refusals" } else { "refusals quiet" }; cards)
}

fn refusal_card(state: State, card: Card, weight: Weight) -> AnyView {
    let Card { told, remedies, retryable } = card;
    let reason = el!("div", "class" = "reason"; icon(Shape::Stop), el!("p"; sentence(told)));
    let ways: Vec<AnyView> = remedies.into_iter().map(|remedy| way_out(state, remedy, weight)).collect();
    let retry = retryable.then(|| el!("p", "class" = "calm"; "The same request can then succeed as it is."));
    el!("li", "class" = "refusal"; reason, el!("div", "class" = "remedies"; ways, retry))
}

/// A button where this page can do it, a sentence where it cannot.
fn way_out(state: State, remedy: Remedy, weight: Weight) -> AnyView {
    let in_words = |text: String| el!("p", "class" = "remedy"; text);
    match remedy {
        Remedy::Purchase(amount) => button(format!("Buy {}", charge(amount)), weight, move || {
            state.opening.set(Some(Opening::Buy(Some(amount))));
        }),
        Remedy::RaiseLimit(limit) => {
            button(format!("Raise the limit to {}", charge(limit)), Weight::Plain, move || {
                state.example.update(|example| example.raise_limit(limit.money()));
                // The card with this button is gone.
                focus_soon("page-heading");
            })
        }
        Remedy::PayInvoice(amount) => {
            in_words(format!("Pay {} separately. Invoices have no page here yet.", dollars(amount)))
        }
        Remedy::Wait(seconds) => in_words(format!("Wait up to {}.", minutes(seconds))),
        Remedy::ContactSales => in_words("Ask sales for other terms.".to_owned()),
    }
}
