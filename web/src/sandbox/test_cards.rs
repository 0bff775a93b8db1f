//! The sandbox's test cards: choosing one fills the form.

use crate::i18n::{self, payment_method as words, shared};
use crate::pages::payment_method::form::Form;
use crate::sandbox::{example_address, security_code};
use crate::ui::choice::{choice, named};
use crate::ui::form_state::form_state;
use billing::payment_method::card::Field;
use leptos::prelude::*;
use sandbox_bank::{CARDS, TestCard};

fn last_four(card: &TestCard) -> &'static str {
    card.number.len().checked_sub(4).and_then(|start| card.number.get(start..)).unwrap_or_default()
}

pub(crate) fn test_cards(form: Form) -> AnyView {
    let chosen = form_state("test-card", || "");
    let options = || {
        let cards =
            CARDS.iter().map(|card| named(card.name, &[&i18n::word(card.title), ", ", last_four(card)].concat()));
        std::iter::once(named("", words::choose_one())).chain(cards).collect()
    };
    let on_choice = move |name: String| {
        let card = CARDS.iter().find(|card| card.name == name);
        chosen.set(card.map_or("", |card| card.name));
        if let Some(card) = card {
            fill(form, card);
        }
    };
    let card = move || CARDS.iter().find(|card| card.name == chosen.get());
    let shows = |card: &TestCard| view! { <p>{i18n::word(card.shows)}</p> }.into_any();
    view! {
        <div class="sandbox-box">
            <p class="mark-sandbox">{shared::sandbox()}</p>
            {choice("test-card", words::test_card(), options, move || chosen.get().to_owned(), on_choice)}
            <output>{move || card().map(shows)}</output>
            <p class="hint">{words::test_card_hint()}</p>
        </div>
    }
    .into_any()
}

/// Types the card in, and the example address where there is none yet.
fn fill(form: Form, card: &TestCard) {
    form.type_in(Field::Number, card.number.to_owned());
    form.type_in(Field::Expiry, "12/30".to_owned());
    form.type_in(Field::SecurityCode, security_code(card).to_owned());
    if form.progress.with_untracked(|progress| progress.entries.has_no_address()) {
        let address = example_address();
        for (field, text) in [
            (Field::Country, address.country),
            (Field::Line1, address.line1),
            (Field::City, address.city),
            (Field::Region, address.region),
            (Field::PostalCode, address.postal_code),
        ] {
            form.type_in(field, text.to_owned());
        }
    }
}
