//! The second stage: what only the issuer can say. No processor stands behind this page, so the answer is chosen here.

use super::entries::Issuer;
use super::form::Form;
use super::link;
use crate::parts::button::{Weight, button};
use crate::parts::check::check;
use crate::parts::choice::{choice, named};
use crate::parts::element::el;
use crate::parts::follow::{follow_some, memo};
use crate::parts::told::{Told, Tone, finding, findings};
use billing::card::{Funding, Verdict};
use billing::clause::Clause;
use leptos::prelude::*;

pub(crate) fn issuer(form: Form) -> AnyView {
    let has_card = memo(move || form.state.example.read().on_file.is_some());
    let accepted = memo(move || form.verdict().is_some_and(|verdict| verdict.accepted == Some(true)));
    let recurring = known_choice(
        form,
        ("issuer-recurring", "Recurring payments"),
        ["Not known yet", "Supported", "Not supported"],
        (|issuer| issuer.recurring, |issuer, value| issuer.recurring = value),
    );
    let address = known_choice(
        form,
        ("issuer-address", "Billing address at the bank"),
        ["Not compared yet", "The same", "Another one"],
        (|issuer| issuer.address_match, |issuer, value| issuer.address_match = value),
    );
    let link_button = move || {
        let button = || button("Link this card".to_owned(), Weight::Primary, move || link(form));
        accepted.get().then(|| el!("p", "class" = "end"; button()))
    };
    let open = "Whether the card is prepaid, virtual or supports recurring payments only its issuer can say. That comes \
                when it is linked.";
    el!("section", "class" = "issuer", "aria-labelledby" = "issuer-heading";
        el!("h3", "id" = "issuer-heading", "tabindex" = "-1"; "The details are complete"),
        el!("p"; open),
        el!("fieldset", "class" = "example-answer";
            el!("legend"; "Issuer’s answer (example)"),
            el!("div", "class" = "grid"; funding_choice(form), recurring, address),
            follow_some(move || has_card.get().then(|| same_card_choice(form))),
        ),
        el!("div", "aria-live" = "polite"; follow_some(move || form.verdict().map(verdict_in_words))),
        follow_some(link_button),
    )
}

fn verdict_in_words(verdict: Verdict) -> AnyView {
    match verdict.accepted {
        Some(true) => {
            let sentence = "The issuer has answered, and the card is accepted. It can be linked.";
            finding(Told::plain(sentence.to_owned()), Tone::Fine)
        }
        Some(false) => {
            let found = verdict.problems.iter().map(|found| Told::of(&found.problem)).collect();
            el!("div", "class" = "stack"; findings(found, Tone::Refused))
        }
        None => el!("p", "class" = "hint"; "The issuer has not answered yet, so nothing is decided."),
    }
}

fn funding_choice(form: Form) -> AnyView {
    let options = || Funding::ALL.iter().rev().map(|funding| named(funding.id(), funding_name(*funding))).collect();
    let chosen = move || form.progress.read().issuer.funding.id().to_owned();
    choice("issuer-funding", "Kind of card", options, chosen, move |id| {
        let funding = Funding::ALL.iter().copied().find(|funding| funding.id() == id).unwrap_or(Funding::Unknown);
        form.progress.update(|progress| progress.issuer.funding = funding);
    })
}

fn funding_name(funding: Funding) -> &'static str {
    match funding {
        Funding::Credit => "Credit",
        Funding::Debit => "Debit",
        Funding::Prepaid => "Prepaid",
        Funding::Virtual => "Virtual",
        Funding::Unknown => "Not known yet",
    }
}

/// How a part of the answer is read and written.
type Part = (fn(&Issuer) -> Option<bool>, fn(&mut Issuer, Option<bool>));

/// A choice of not known, yes and no.
fn known_choice(
    form: Form,
    (id, label): (&'static str, &'static str),
    names: [&'static str; 3],
    (get, set): Part,
) -> AnyView {
    const ANSWERS: [(&str, Option<bool>); 3] = [("", None), ("yes", Some(true)), ("no", Some(false))];
    let options = move || ANSWERS.iter().zip(names).map(|((id, _), name)| named(id, name)).collect();
    let chosen = move || {
        let answer = get(&form.progress.read().issuer);
        ANSWERS.iter().find(|(_, value)| *value == answer).map_or("", |(id, _)| id).to_owned()
    };
    choice(id, label, options, chosen, move |id| {
        let value = ANSWERS.iter().find(|(answer, _)| *answer == id).and_then(|(_, value)| *value);
        form.progress.update(|progress| set(&mut progress.issuer, value));
    })
}

fn same_card_choice(form: Form) -> AnyView {
    check(
        "issuer-same-card",
        "It is the card that is linked already",
        Some(Clause::Pm8),
        move || form.progress.read().issuer.same_card,
        move |same| form.progress.update(|progress| progress.issuer.same_card = same),
    )
}
