//! The dialog that adds credits, and what comes of a purchase.

use super::harness::{Harness, focused, pause, said};
use crate::sandbox::Preset;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::HtmlDialogElement;

const AMOUNT: &str = "#purchase-amount";

async fn dialog() -> Harness {
    let harness = Harness::page(Preset::BuildTier2).await;
    harness.press("#add-credits").await;
    harness
}

fn is_open(harness: &Harness) -> bool {
    harness.find("#credits").unchecked_into::<HtmlDialogElement>().open()
}

#[test]
async fn the_dialog_takes_the_focus_to_its_first_field_and_gives_it_back() {
    let harness = dialog().await;
    assert!(is_open(&harness) && harness.find("#credits").matches(":modal").unwrap());
    assert_eq!(focused(), "purchase-amount");
    harness.press_named("#credits button", "Close").await;
    assert!(!is_open(&harness));
    assert_eq!(focused(), "add-credits");
}

#[test]
async fn the_dialog_opens_at_what_it_was_opened_for_and_is_empty_again() {
    let harness = dialog().await;
    harness.keys(AMOUNT, "37.50").await;
    harness.press_named("#credits button", "Close").await;
    harness.press_named("[aria-labelledby=recharge-heading] button", "Set up auto-recharge").await;
    assert_eq!(focused(), "recharge-amount");
    assert_eq!(harness.input(AMOUNT).value(), "");
}

#[test]
async fn an_amount_is_judged_when_it_is_left_and_its_effect_follows_every_key() {
    let harness = dialog().await;
    harness.keys(AMOUNT, "3").await;
    assert!(!harness.any("#purchase-amount-error"), "it may become 37.50");
    harness.leave(AMOUNT).await;
    assert!(harness.text("#purchase-amount-error").starts_with("The smallest purchase is $5.00."));
    harness.keys(AMOUNT, "7.50").await;
    assert!(!harness.any("#purchase-amount-error"));
    let dialog = harness.text("#credits");
    assert!(dialog.contains("$75.70") && dialog.contains("Build Tier 3"), "{dialog}");
    assert_eq!(harness.text("#credits-submit"), "Buy $37.50");
}

#[test]
async fn what_is_no_amount_is_said_at_once_and_left_as_it_was_typed() {
    let harness = dialog().await;
    harness.keys(AMOUNT, "5e3").await;
    assert_eq!(harness.input(AMOUNT).value(), "5e3");
    assert_eq!(harness.find(AMOUNT).get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[test]
async fn an_amount_that_is_chosen_is_typed_and_marked() {
    let harness = dialog().await;
    harness.press_named(".choice", "$25.00").await;
    assert_eq!(harness.input(AMOUNT).value(), "25.00");
    let pressed: Vec<Option<String>> =
        harness.all(".choice").iter().map(|choice| choice.get_attribute("aria-pressed")).collect();
    assert_eq!(pressed.iter().flatten().collect::<Vec<_>>(), ["false", "true", "false", "false"]);
}

#[test]
async fn a_threshold_above_the_balance_is_drawn_listed_and_asked_about() {
    let harness = dialog().await;
    harness.fill("#recharge-amount", "25").await;
    harness.fill("#recharge-threshold", "160").await;
    let balances: Vec<String> =
        harness.all("#credits .effects details.twin tbody tr td:nth-child(3)").iter().map(said).collect();
    assert_eq!(balances, ["$63.20", "$88.20", "$113.20", "$138.20", "$163.20"]);
    let drawn: Vec<String> = harness.all("#credits svg.recharge-steps-chart .each").iter().map(said).collect();
    assert_eq!(drawn.iter().filter(|step| *step == "+$25.00").count(), balances.len(), "{drawn:?}");
    harness.press("#credits-submit").await;
    assert_eq!(focused(), "confirm-heading");
    assert_eq!(harness.text("#confirm-heading"), "Buy $25.00 5 times now, $125.00 in all?");
    harness.press_named("#credits button", "Back").await;
    assert_eq!(harness.input("#recharge-threshold").value(), "160");
}

#[test]
async fn a_purchase_is_under_way_and_its_time_runs() {
    let harness = dialog().await;
    harness.keys(AMOUNT, "50").await;
    harness.press("#credits-submit").await;
    assert_eq!((focused().as_str(), harness.text("#confirm-heading").as_str()), ("confirm-heading", "Buy $50.00 now?"));
    harness.press_named("#credits button", "Confirm and buy for $50.00").await;
    assert!(!is_open(&harness));
    let waiting = || harness.text("[aria-labelledby=under-way-heading] .purchases p.calm");
    let first = waiting();
    assert!(first.ends_with(" to go.") && first.starts_with("0:0"), "{first}");
    pause(2100).await;
    let second = waiting();
    assert!(second > first && second.starts_with("0:0"), "{first} then {second}");
}
