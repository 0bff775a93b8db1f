//! PD · A decline, diagnosed: what it means, what is known already, and what is left to check, the likelier first.

use crate::amounts::{charge, dollars};
use crate::life::Life;
use crate::parts::element::{El, el};
use crate::parts::told::{Told, Tone, finding, rule};
use billing::account::{Event, Happened, Id};
use billing::clause::Clause;
use billing::decline::{Shown, ShownCard, diagnose};
use billing::invoice::InvoiceState;
use billing::money::Money;
use billing::time::Timestamp;
use leptos::prelude::*;

/// A decline as the page keeps it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Declined {
    title: String,
    meaning: Told,
    known: Vec<Told>,
    checklist: Vec<Item>,
}

#[derive(Clone, PartialEq, Eq)]
struct Item {
    id: &'static str,
    told: Told,
    likely: bool,
}

fn of(life: &Life, title: String, shown: &Shown, code: Option<&Id>) -> Option<Declined> {
    let diagnosis = diagnose(life.policy()?, shown, code.map(AsRef::as_ref));
    let item =
        |item: &billing::decline::Item| Item { id: item.check.id(), told: Told::of(&item.advice), likely: item.likely };
    Some(Declined {
        title,
        meaning: Told::of(&diagnosis.meaning),
        known: diagnosis.known.iter().map(Told::of).collect(),
        checklist: diagnosis.checklist.iter().map(item).collect(),
    })
}

/// A card that the bank would not have. It is not the linked one, so nothing is known of it.
pub(crate) fn declined_card(life: &Life, code: &Id) -> Option<Declined> {
    let shown = Shown { card: Some(ShownCard::UNKNOWN), ..life.account().shown(life.now()) };
    of(life, "The card was declined".to_owned(), &shown, Some(code))
}

/// The last decline, as long as nobody has acted on it: bought again, paid, or linked another card.
pub(crate) fn latest_decline(life: &Life) -> Option<Declined> {
    let purchase = declined_purchase(life);
    let found =
        [purchase, declined_invoice(life), declined_hold(life)].into_iter().flatten().max_by_key(|found| found.0);
    let (at, title, code) = found?;
    let acted =
        |event: &&Event| matches!(event.happened, Happened::CardLinked { .. } | Happened::CardHoldPlaced { .. });
    let acted = life.events().iter().rev().find(acted).is_some_and(|event| event.at > at);
    if acted { None } else { of(life, title, &life.account().shown(life.now()), Some(&code)) }
}

type Found = (Timestamp, String, Id);

fn declined_purchase(life: &Life) -> Option<Found> {
    let last = life.account().purchases().last()?;
    let (at, code) = last.declined.clone()?;
    Some((at, ["The purchase of ", &charge(last.amount), " was declined"].concat(), code))
}

fn declined_invoice(life: &Life) -> Option<Found> {
    let past_due = life.account().invoices().iter().rev().find(|invoice| invoice.state() == InvoiceState::PastDue)?;
    let (at, code) = past_due.past_due.clone()?;
    Some((at, ["The charge of ", &charge(past_due.due), " was declined"].concat(), code?))
}

fn declined_hold(life: &Life) -> Option<Found> {
    let last = life.events().iter().rev().find_map(|event| match &event.happened {
        Happened::CardHoldDeclined { code } => Some(Some((event.at, code.clone()))),
        Happened::CardHoldPlaced { .. } | Happened::CardLinked { .. } => Some(None),
        _ => None,
    });
    let (at, code) = last??;
    Some((at, ["The hold of ", &dollars(Money::ZERO), " was declined"].concat(), code))
}

/// `place` keeps the ids apart where a decline is shown twice.
pub(crate) fn declined(declined: Declined, place: &str) -> AnyView {
    let heading = [place, "-decline"].concat();
    let known: Vec<AnyView> = declined.known.into_iter().map(|told| finding(told, Tone::Refused)).collect();
    let item = |item: Item| {
        let id = [place, "-check-", item.id].concat();
        let likely = item.likely.then(|| el!("span", "class" = "badge"; "Likely"));
        el!("li", "class" = "check";
            el!("input", "type" = "checkbox", "id" = id),
            el!("label", "for" = id; item.told.sentence),
            likely,
        )
    };
    let items: Vec<AnyView> = declined.checklist.into_iter().map(item).collect();
    let hint = el!("p", "class" = "hint"; "Nothing else is known to cause a decline.", rule(Clause::Pd1));
    let checklist = vec![el!("summary"; "What else to check"), el!("ul"; items), hint];
    // Where the card is entered the list is at hand; elsewhere it opens when it is asked for.
    let attributes = [("class", "checklist"), ("open", "")];
    let shown = if place == "form" { attributes.get(..) } else { attributes.get(..1) };
    let checklist = El::new("details", shown.unwrap_or_default()).holding(checklist);
    el!("section", "class" = "declined", "aria-labelledby" = heading;
        el!("h3", "id" = heading, "tabindex" = "-1"; declined.title),
        el!("p"; declined.meaning.sentence, declined.meaning.clause.map(rule)),
        known,
        checklist,
    )
}
