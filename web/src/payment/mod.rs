//! The payment method: the card that is linked, and the form that links another.

mod address;
mod countries;
mod details;
mod entries;
mod form;
mod issuer;
mod network;
mod number;
mod summary;
mod typing;

use crate::browser;
use crate::example::OnFile;
use crate::parts::element::{El, el};
use crate::parts::figures::section;
use crate::parts::follow::{follow, follow_some, memo};
use crate::parts::told::rule;
use crate::place::page_heading;
use crate::state::state;
use billing::clause::Clause;
use form::Form;
use leptos::prelude::*;

/// A linked card, as far as it is kept.
pub(crate) fn card_sentence(card: &OnFile) -> String {
    let last4: String = card.last4.iter().collect();
    format!("{} ending {last4}, expires {:02}/{}.", card.network.name(), card.expiry.month, card.expiry.year)
}

pub(crate) fn payment_method() -> AnyView {
    let state = state();
    let form = Form::new(state);
    let linked = move || state.example.read().on_file.as_ref().map(card_sentence);
    let shown = move || match linked() {
        Some(sentence) => {
            let replaced = "It can be replaced by another card, not removed.";
            el!("div", "class" = "stack";
                el!("p", "class" = "setting"; sentence),
                el!("p", "class" = "hint"; replaced, rule(Clause::Pm7)),
            )
        }
        None => el!("p", "class" = "setting"; "No card is linked."),
    };
    let title = move || if linked().is_some() { "Replace the card" } else { "Link a card" }.into_any();
    let complete = memo(move || form.progress.read().complete);
    let check = move |event: web_sys::Event| {
        event.prevent_default();
        state.done.set(None);
        browser::focus_soon(if form.check() { "issuer-heading" } else { "summary-heading" });
    };
    let halves = el!("div", "class" = "halves"; details::details(form), address::address_fields(form));
    let submit = el!("button", "type" = "submit", "class" = "primary"; "Check card");
    let fields = El::new("form", &[("novalidate", ""), ("autocomplete", "on")])
        .on("submit", check)
        .holding(vec![halves, el!("p", "class" = "end"; submit)]);
    let made_up = "Use made-up card details, such as 4242 4242 4242 4242. They stay in this form and are sent nowhere.";
    el!("div", "class" = "page";
        page_heading(),
        section("linked-heading", "card", "Linked card", vec![follow(shown)]),
        el!("section", "class" = "card", "aria-labelledby" = "card-heading";
            el!("h2", "id" = "card-heading"; follow(title)),
            el!("p", "class" = "hint"; made_up),
            summary::summary(form),
            fields,
            follow_some(move || complete.get().then(|| issuer::issuer(form))),
        ),
    )
}

fn link(form: Form) {
    if let Some(card) = form.link() {
        form.state.done.set(Some(format!("Linked: {}", card_sentence(&card))));
        browser::focus_soon("linked-heading");
    }
}
