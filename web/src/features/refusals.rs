//! Reason and way out: each refusal is one card, with what would lift it.

use crate::app::routes::{self, Page};
use crate::i18n::amounts::{charge, dollars, minutes};
use crate::i18n::{Sentence, overview, shared as texts, tiers};
use crate::session::Refused;
use crate::session::state::{Confirmation, DialogMode, State};
use crate::ui::button::{Weight, button};
use crate::ui::icon::{Shape, icon};
use crate::ui::message::{Message, sentence};
use billing::id::InvoiceId;
use billing::ledger::{Command, WayOut};
use billing::ledger::{Invoice, InvoiceState};
use billing::money::Charge;
use billing::rules::access::Remedy;
use leptos::prelude::*;

/// Why something was not done, with a heading that takes the focus; nothing while all is well.
pub(crate) fn refusals(state: State, refused: RwSignal<Vec<Refused>>, heading: &'static str) -> AnyView {
    let not_done = move |refused| view! { <NotDone state=state refused=refused heading=heading /> }.into_any();
    view! { {move || Some(refused.get()).filter(|refused| !refused.is_empty()).map(not_done)} }.into_any()
}

#[component]
fn NotDone(state: State, refused: Vec<Refused>, heading: &'static str) -> impl IntoView {
    view! {
        <section class="action" aria-labelledby=heading>
            <h2 id=heading tabindex="-1">
                {texts::not_done()}
            </h2>
            {refusal_cards(state, refused, Weight::Plain)}
        </section>
    }
    .into_any()
}

/// The cards, as what the page has to say first, or as the quieter answer to a question.
pub(crate) fn refusal_cards(state: State, cards: Vec<Refused>, weight: Weight) -> AnyView {
    let class = if weight == Weight::Primary { "refusals" } else { "refusals quiet" };
    let card = |card: Card| view! { <RefusalCard state=state card=card weight=weight /> }.into_any();
    view! { <ul class=class>{merged(cards).into_iter().map(card).collect::<Vec<_>>()}</ul> }.into_any()
}

/// Every reason that the same lifts, with what lifts them.
struct Card {
    reasons: Vec<Message>,
    ways: Vec<WayOut>,
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

#[component]
fn RefusalCard(state: State, card: Card, weight: Weight) -> impl IntoView {
    let Card { reasons, ways, retryable } = card;
    let reason = |message| view! { <Reason message=message /> }.into_any();
    let ways: Vec<AnyView> = ways.into_iter().flat_map(|way| ways_out(state, way, weight)).collect();
    view! {
        <li class="refusal">
            {reasons.into_iter().map(reason).collect::<Vec<_>>()}
            <div class="remedies">
                {ways}
                {retryable.then(|| view! { <p class="calm">{texts::can_succeed()}</p> }.into_any())}
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn Reason(message: Message) -> impl IntoView {
    view! {
        <div class="reason">
            {icon(Shape::Stop)}
            <p>{sentence(message)}</p>
        </div>
    }
    .into_any()
}

/// What is to be done about it, as far as the page can.
pub(crate) fn ways_out(state: State, way: WayOut, weight: Weight) -> Vec<AnyView> {
    match way {
        WayOut::Remedy(Remedy::PayInvoice(_)) => vec![view! { <PayButtons state=state weight=weight /> }.into_any()],
        WayOut::Remedy(remedy) => {
            vec![view! { <RemedyView state=state remedy=remedy weight=weight /> }.into_any()]
        }
        WayOut::LinkCard => {
            vec![routes::link(Page::PaymentMethod, vec![texts::to_payment_method().into_any()])]
        }
        // The dialog offers it, where the amount is known.
        WayOut::BuyAnother => Vec::new(),
    }
}

/// A button where this page can do it, a sentence where it cannot.
#[component]
fn RemedyView(state: State, remedy: Remedy, weight: Weight) -> impl IntoView {
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
#[component]
fn PayButtons(state: State, weight: Weight) -> impl IntoView {
    let unpaid = Memo::new(move |_| {
        let said = |invoice: &Invoice| (invoice.id.clone(), invoice.due, invoice.state() == InvoiceState::Charging);
        state.session.with(|session| session.account().past_due_invoices().map(said).collect::<Vec<_>>())
    });
    let pay = move |(invoice, due, is_charged): (InvoiceId, Charge, bool)| {
        if is_charged {
            in_words(overview::being_charged(&charge(due)))
        } else {
            pay_button(state, &invoice, due, weight)
        }
    };
    view! { {move || unpaid.get().into_iter().map(pay).collect::<Vec<_>>()} }.into_any()
}

/// What this page cannot do.
fn in_words(text: String) -> AnyView {
    view! { <p class="remedy">{text}</p> }.into_any()
}

/// CR-9, IN-3: pays an invoice by the linked card, once it was looked at once more.
pub(crate) fn pay_button(state: State, invoice: &InvoiceId, due: Charge, weight: Weight) -> AnyView {
    let invoice = invoice.clone();
    button(texts::pay(&charge(due)), weight, move || state.confirmation.set(Some(Confirmation::Pay(invoice.clone()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(reason: &'static str, ways: &[WayOut], retryable: bool) -> Refused {
        let message = Message::plain(Sentence::new(move || reason.to_owned()));
        Refused { message, ways: ways.to_vec(), retryable, field: None, is_tax_id: false }
    }

    #[test]
    fn ac_3_reasons_that_the_same_lifts_are_one_card() {
        let buy = |amount| WayOut::Remedy(Remedy::Purchase(Charge::parse(amount).unwrap()));
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
