//! The card form.

use super::harness::{Harness, focused, pause};
use crate::sandbox::Preset;
use crate::session::policies;
use crate::session::store;
use billing::ledger::{Event, EventKind, restore};
use event_store::{EventStore, lines};
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::Storage;

const NUMBER: &str = "#card-number";

async fn form(preset: Preset) -> Harness {
    let harness = Harness::page(preset).await;
    harness.go("Payment method").await;
    harness
}

/// The number with `|` where the caret is.
fn typed(harness: &Harness) -> String {
    let input = harness.input(NUMBER);
    let (value, caret) = (input.value(), input.selection_start().unwrap().unwrap());
    let (before, behind) = value.split_at(usize::try_from(caret).unwrap());
    [before, "|", behind].concat()
}

fn caret_at(harness: &Harness, place: u32) {
    harness.input(NUMBER).set_selection_range(place, place).unwrap();
}

#[test]
async fn a_number_is_grouped_while_it_is_typed_and_the_caret_stays_at_its_digit() {
    let harness = form(Preset::New).await;
    harness.keys(NUMBER, "42424").await;
    assert_eq!(typed(&harness), "4242 4|");
    harness.keys(NUMBER, "24242424242").await;
    assert_eq!(typed(&harness), "4242 4242 4242 4242|");

    harness.fill(NUMBER, "4242 42").await;
    caret_at(&harness, 2);
    harness.keys(NUMBER, "19").await;
    assert_eq!(typed(&harness), "4219| 4242");
}

#[test]
async fn american_express_is_grouped_its_own_way_and_asks_for_its_own_code() {
    let harness = form(Preset::New).await;
    assert_eq!(harness.text("#card-code-hint"), "3 or 4 digits");
    harness.keys(NUMBER, "378282246310005").await;
    assert_eq!(typed(&harness), "3782 822463 10005|");
    assert_eq!(harness.text("output.network .badge"), "American Express");
    assert_eq!(harness.text("#card-code-hint"), "4 digits");
}

#[test]
async fn the_unfinished_is_said_when_the_field_is_left_and_goes_when_it_is_mended() {
    let harness = form(Preset::New).await;
    harness.keys(NUMBER, "4242").await;
    assert!(!harness.any("#card-number-error"), "{}", harness.text(".card-number"));
    harness.leave(NUMBER).await;
    assert!(harness.text("#card-number-error").contains("Rule PM-"));
    assert_eq!(harness.find(NUMBER).get_attribute("aria-describedby").as_deref(), Some("card-number-error"));
    harness.keys(NUMBER, "424242424242").await;
    assert!(!harness.any("#card-number-error"));
    assert_eq!(harness.find(NUMBER).get_attribute("aria-invalid"), None);
}

#[test]
async fn what_no_further_digit_can_mend_is_said_at_once() {
    let harness = form(Preset::New).await;
    harness.keys(NUMBER, "555555555555444").await;
    assert!(!harness.any("#card-number-error"));
    harness.keys(NUMBER, "3").await;
    assert!(harness.any("#card-number-error"));
    assert!(!harness.any("#card-expiry-error"), "nothing is said of what was not touched");
}

#[test]
async fn an_empty_form_lists_what_is_missing_and_leads_to_each_field() {
    let harness = form(Preset::New).await;
    harness.press_named("button", "Link this card").await;
    assert_eq!(focused(), "summary-heading");
    assert_eq!(harness.text("#summary-heading"), "There is a problem");
    harness.press(".summary a[href='#card-expiry']").await;
    assert_eq!(focused(), "card-expiry");
    assert_eq!(harness.find("#card-expiry").get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[test]
async fn a_card_that_is_linked_takes_the_focus_and_leaves_its_last_digits_only() {
    let harness = form(Preset::New).await;
    harness.choose("#test-card", "visa").await;
    assert_eq!(harness.input(NUMBER).value().replace(' ', ""), "4242424242424242");
    harness.press_named("button", "Link this card").await;
    harness.until(|| focused() == "linked-heading").await;
    assert_eq!(harness.text("[aria-labelledby=linked-heading] .setting"), "Visa ending 4242, expires 12/2030.");
    assert_eq!((harness.input(NUMBER).value(), harness.input("#card-code").value()), (String::new(), String::new()));
}

#[test]
async fn a_number_is_in_no_attribute_and_in_no_store() {
    let harness = form(Preset::New).await;
    harness.choose("#test-card", "visa").await;
    assert!(!holds_the_number(&harness.markup()), "before it is linked");
    harness.press_named("button", "Link this card").await;
    harness.until(|| focused() == "linked-heading").await;
    harness.go("Overview").await;
    assert!(!holds_the_number(&harness.markup()), "afterwards");
    for storage in [leptos::prelude::window().local_storage(), leptos::prelude::window().session_storage()] {
        assert!(!holds_the_number(&everything_in(&storage.unwrap().unwrap())));
    }
    let mut history: Vec<Event> = Vec::new();
    while !history.iter().any(|event| matches!(event.kind, EventKind::CardLinked { .. })) {
        pause(50).await;
        let stored = lines::read(&store::current().lines(Preset::New.id()).await.unwrap()).unwrap();
        history = restore(&policies::dated().unwrap(), stored).unwrap().0;
    }
    assert!(!holds_the_number(&store::file(&history).unwrap()));
}

fn holds_the_number(text: &str) -> bool {
    let digits: String = text.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
    digits.contains("424242424242")
}

fn everything_in(storage: &Storage) -> String {
    let names = (0..storage.length().unwrap()).filter_map(|index| storage.key(index).unwrap());
    names.map(|name| [&name, "=", &storage.get_item(&name).unwrap().unwrap()].concat()).collect()
}
