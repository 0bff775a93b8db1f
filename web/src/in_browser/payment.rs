//! The card form.

use super::stage::{Stage, focused, pause};
use crate::example::Preset;
use crate::store;
use billing::ledger::EventKind;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::Storage;

const NUMBER: &str = "#card-number";

async fn form(preset: Preset) -> Stage {
    let stage = Stage::page(preset).await;
    stage.go("Payment method").await;
    stage
}

/// The number with `|` where the caret is.
fn typed(stage: &Stage) -> String {
    let input = stage.input(NUMBER);
    let (value, caret) = (input.value(), input.selection_start().unwrap().unwrap());
    let (before, behind) = value.split_at(usize::try_from(caret).unwrap());
    [before, "|", behind].concat()
}

fn caret_at(stage: &Stage, place: u32) {
    stage.input(NUMBER).set_selection_range(place, place).unwrap();
}

#[test]
async fn a_number_is_grouped_while_it_is_typed_and_the_caret_stays_at_its_digit() {
    let stage = form(Preset::New).await;
    stage.keys(NUMBER, "42424").await;
    assert_eq!(typed(&stage), "4242 4|");
    stage.keys(NUMBER, "24242424242").await;
    assert_eq!(typed(&stage), "4242 4242 4242 4242|");

    stage.fill(NUMBER, "4242 42").await;
    caret_at(&stage, 2);
    stage.keys(NUMBER, "19").await;
    assert_eq!(typed(&stage), "4219| 4242");
}

#[test]
async fn american_express_is_grouped_its_own_way_and_asks_for_its_own_code() {
    let stage = form(Preset::New).await;
    assert_eq!(stage.text("#card-code-hint"), "3 or 4 digits");
    stage.keys(NUMBER, "378282246310005").await;
    assert_eq!(typed(&stage), "3782 822463 10005|");
    assert_eq!(stage.text("output.network .badge"), "American Express");
    assert_eq!(stage.text("#card-code-hint"), "4 digits");
}

#[test]
async fn the_unfinished_is_said_when_the_field_is_left_and_goes_when_it_is_mended() {
    let stage = form(Preset::New).await;
    stage.keys(NUMBER, "4242").await;
    assert!(!stage.any("#card-number-error"), "{}", stage.text(".card-number"));
    stage.leave(NUMBER).await;
    assert!(stage.text("#card-number-error").contains("Rule PM-"));
    assert_eq!(stage.find(NUMBER).get_attribute("aria-describedby").as_deref(), Some("card-number-error"));
    stage.keys(NUMBER, "424242424242").await;
    assert!(!stage.any("#card-number-error"));
    assert_eq!(stage.find(NUMBER).get_attribute("aria-invalid"), None);
}

#[test]
async fn what_no_further_digit_can_mend_is_said_at_once() {
    let stage = form(Preset::New).await;
    stage.keys(NUMBER, "555555555555444").await;
    assert!(!stage.any("#card-number-error"));
    stage.keys(NUMBER, "3").await;
    assert!(stage.any("#card-number-error"));
    assert!(!stage.any("#card-expiry-error"), "nothing is said of what was not touched");
}

#[test]
async fn an_empty_form_lists_what_is_missing_and_leads_to_each_field() {
    let stage = form(Preset::New).await;
    stage.press_named("button", "Link this card").await;
    assert_eq!(focused(), "summary-heading");
    assert_eq!(stage.text("#summary-heading"), "There is a problem");
    stage.press(".summary a[href='#card-expiry']").await;
    assert_eq!(focused(), "card-expiry");
    assert_eq!(stage.find("#card-expiry").get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[test]
async fn a_card_that_is_linked_takes_the_focus_and_leaves_its_last_digits_only() {
    let stage = form(Preset::New).await;
    stage.choose("#test-card", "visa").await;
    assert_eq!(stage.input(NUMBER).value().replace(' ', ""), "4242424242424242");
    stage.press_named("button", "Link this card").await;
    assert_eq!(focused(), "linked-heading");
    assert_eq!(stage.text("[aria-labelledby=linked-heading] .setting"), "Visa ending 4242, expires 12/2030.");
    assert_eq!((stage.input(NUMBER).value(), stage.input("#card-code").value()), (String::new(), String::new()));
}

#[test]
async fn a_number_is_in_no_attribute_and_in_no_store() {
    let stage = form(Preset::New).await;
    stage.choose("#test-card", "visa").await;
    assert!(!holds_the_number(&stage.markup()), "before it is linked");
    stage.press_named("button", "Link this card").await;
    stage.go("Overview").await;
    assert!(!holds_the_number(&stage.markup()), "afterwards");
    for storage in [leptos::prelude::window().local_storage(), leptos::prelude::window().session_storage()] {
        assert!(!holds_the_number(&everything_in(&storage.unwrap().unwrap())));
    }
    let mut history = Vec::new();
    while !history.iter().any(|event: &billing::ledger::Event| matches!(event.kind, EventKind::CardLinked { .. })) {
        pause(50).await;
        history = store::read(Preset::New.id()).await.unwrap();
    }
    assert!(!holds_the_number(&store::file(&history).await.unwrap()));
}

fn holds_the_number(text: &str) -> bool {
    let digits: String = text.chars().filter(|character| !matches!(character, ' ' | '-')).collect();
    digits.contains("424242424242")
}

fn everything_in(storage: &Storage) -> String {
    let names = (0..storage.length().unwrap()).filter_map(|index| storage.key(index).unwrap());
    names.map(|name| [&name, "=", &storage.get_item(&name).unwrap().unwrap()].concat()).collect()
}
