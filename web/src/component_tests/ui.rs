//! The parts that every page is made of.

use super::harness::{Harness, drawn, pause, said};
use crate::i18n::Sentence;
use crate::sandbox::Preset;
use crate::ui::announce::announce;
use crate::ui::choice::{choice, named};
use crate::ui::field::Field;
use crate::ui::figures::{column, table, twin};
use crate::ui::message::{Message, Tone, finding};
use billing::clause::Clause;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::HtmlDetailsElement;

fn message(sentence: &'static str) -> Message {
    Message::plain(Sentence::new(move || sentence.to_owned()))
}

#[test]
async fn a_field_is_named_by_its_label_and_described_by_its_hint_and_its_error() {
    let (value, error) = (RwSignal::new(String::new()), RwSignal::new(None));
    let harness = Harness::holding(move || {
        let hint = Signal::stored(Some("Month and year".to_owned()));
        let on_input = Callback::new(move |text| value.set(text));
        Field { hint, error: error.into(), ..Field::new("expiry", "Expiry date", value.into(), on_input) }.view()
    })
    .await;
    assert_eq!(harness.text("label[for=expiry]"), "Expiry date");
    let described = || harness.find("#expiry").get_attribute("aria-describedby");
    let invalid = || harness.find("#expiry").get_attribute("aria-invalid");
    assert_eq!((described().as_deref(), invalid()), (Some("expiry-hint"), None));
    assert_eq!(harness.text("#expiry-hint"), "Month and year");

    error.set(Some(message("This card has expired.")));
    drawn().await;
    assert_eq!((described().as_deref(), invalid().as_deref()), (Some("expiry-hint expiry-error"), Some("true")));
    assert_eq!(harness.text("[aria-live=polite] #expiry-error"), "This card has expired.");

    error.set(None);
    drawn().await;
    assert_eq!((described().as_deref(), invalid()), (Some("expiry-hint"), None));
    assert!(!harness.any("#expiry-error"));
}

#[test]
async fn a_field_takes_every_key_and_shows_what_it_is_given() {
    let value = RwSignal::new("4".to_owned());
    let harness = Harness::holding(move || {
        Field::amount("amount", "Amount", value.into(), Callback::new(move |text| value.set(text))).view()
    })
    .await;
    assert_eq!(harness.find("#amount").get_attribute("inputmode").as_deref(), Some("decimal"));
    // The unit is part of the picture; the label says what is meant.
    assert_eq!(harness.text(".unit[aria-hidden=true]"), "$");
    harness.keys("#amount", "2.5x").await;
    assert_eq!(value.get_untracked(), "42.5x");
    value.set("100.00".to_owned());
    drawn().await;
    assert_eq!(harness.input("#amount").value(), "100.00");
}

#[test]
async fn a_finding_says_its_kind_and_opens_its_rule() {
    let message = Message::now("The smallest purchase is $5.00.".to_owned(), Clause::Cr1);
    let harness = Harness::holding(move || finding(message, Tone::Attention)).await;
    assert!(harness.text(".finding p").starts_with("Attention: The smallest purchase is $5.00."));
    assert_eq!(harness.text(".rule button"), "Rule CR-1");
    let opened = harness.find(".rule button").get_attribute("popovertarget").unwrap();
    let note = harness.find(".rule [popover]");
    assert_eq!(note.id(), opened);
    let is_open = || note.matches(":popover-open").unwrap();
    assert!(!is_open());
    harness.press(".rule button").await;
    assert!(is_open());
    assert!(said(&note).starts_with("CR-1 One credit pays for one US dollar"));
    harness.press(".rule button").await;
    assert!(!is_open());
}

#[test]
async fn two_findings_of_one_rule_open_one_note_each() {
    let message = || Message::now("Said.".to_owned(), Clause::Cr1);
    let harness =
        Harness::holding(move || vec![finding(message(), Tone::Plain), finding(message(), Tone::Plain)].into_any())
            .await;
    let ids: Vec<String> = harness.all("[popover]").iter().map(|note| note.id()).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
}

#[test]
async fn a_choice_shows_what_is_chosen_and_hands_on_what_is() {
    let chosen = RwSignal::new("b".to_owned());
    let harness = Harness::holding(move || {
        let options = || vec![named("a", "First"), named("b", "Second"), named("c", "Third")];
        choice("which", "Which", options, move || chosen.get(), move |value| chosen.set(value))
    })
    .await;
    let shown = || harness.find("#which").unchecked_into::<web_sys::HtmlSelectElement>().value();
    assert_eq!((harness.text("label[for=which]").as_str(), shown().as_str()), ("Which", "b"));
    harness.choose("#which", "c").await;
    assert_eq!(chosen.get_untracked(), "c");
    chosen.set("a".to_owned());
    drawn().await;
    assert_eq!(shown(), "a");
}

#[test]
async fn a_twin_is_a_table_that_opens_and_that_the_keyboard_can_move() {
    let harness = Harness::holding(|| {
        let columns = vec![column("Day", false), column("Spend", true)];
        let rows = vec![vec!["1 Dec".to_owned(), "$1.50".to_owned()], vec!["… 3 more".to_owned()]];
        twin("The days as a table", false, table("Spend by day".to_owned(), columns, rows))
    })
    .await;
    let is_open = || harness.find("details").unchecked_into::<HtmlDetailsElement>().open();
    assert!(!is_open());
    harness.press("summary").await;
    assert!(is_open());
    assert_eq!(harness.text("caption"), "Spend by day");
    assert_eq!(harness.text("th[scope=col].number"), "Spend");
    assert_eq!((harness.text("th[scope=row]").as_str(), harness.text("td.number").as_str()), ("1 Dec", "$1.50"));
    assert_eq!(harness.find(".omitted").get_attribute("colspan").as_deref(), Some("2"));
    let moved = harness.find("[role=group][tabindex='0']");
    assert_eq!(moved.get_attribute("aria-label").as_deref(), Some("The days as a table"));
}

#[test]
async fn of_what_changes_while_one_types_the_last_state_is_said_once() {
    let text = RwSignal::new("first".to_owned());
    let harness = Harness::holding(move || announce(text.into())).await;
    let mut heard = Vec::new();
    for step in 0..14 {
        match step {
            1 => text.set("second".to_owned()),
            3 => text.set("third".to_owned()),
            _ => {}
        }
        pause(100).await;
        heard.push(harness.text("output[aria-live=polite]"));
    }
    heard.dedup();
    assert_eq!(heard, ["", "third"]);
}

#[test]
async fn what_was_typed_stays_when_another_language_says_everything_anew() {
    let harness = Harness::page(Preset::BuildTier2).await;
    harness.fill("#grant-amount", "7.77").await;
    harness.press_named("header button", "Deutsch").await;
    harness.until(|| harness.text("h1") == "Übersicht").await;
    assert_eq!(harness.text("label[for=grant-amount]"), "Gratisguthaben");
    assert_eq!(harness.input("#grant-amount").value(), "7.77");
    harness.press_named("header button", "English").await;
    harness.until(|| harness.text("h1") == "Overview").await;
    assert_eq!(harness.input("#grant-amount").value(), "7.77");
}

#[test]
async fn what_was_typed_goes_when_its_page_is_left() {
    let harness = Harness::page(Preset::BuildTier2).await;
    harness.go("Payment method").await;
    harness.fill("#card-name", "Ada Example").await;
    harness.go("Overview").await;
    harness.go("Payment method").await;
    assert_eq!(harness.input("#card-name").value(), "");
}
