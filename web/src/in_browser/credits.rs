//! The dialog that adds credits, and what comes of a purchase.

use super::stage::{Stage, focused, pause, said};
use crate::example::Preset;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::HtmlDialogElement;

const AMOUNT: &str = "#purchase-amount";

async fn dialog() -> Stage {
    let stage = Stage::page(Preset::BuildTier2).await;
    stage.press("#add-credits").await;
    stage
}

fn is_open(stage: &Stage) -> bool {
    stage.find("#credits").unchecked_into::<HtmlDialogElement>().open()
}

#[test]
async fn the_dialog_takes_the_focus_to_its_first_field_and_gives_it_back() {
    let stage = dialog().await;
    assert!(is_open(&stage) && stage.find("#credits").matches(":modal").unwrap());
    assert_eq!(focused(), "purchase-amount");
    stage.press_named("#credits button", "Close").await;
    assert!(!is_open(&stage));
    assert_eq!(focused(), "add-credits");
}

#[test]
async fn the_dialog_opens_at_what_it_was_opened_for_and_is_empty_again() {
    let stage = dialog().await;
    stage.keys(AMOUNT, "37.50").await;
    stage.press_named("#credits button", "Close").await;
    stage.press_named("[aria-labelledby=recharge-heading] button", "Set up auto-recharge").await;
    assert_eq!(focused(), "recharge-amount");
    assert_eq!(stage.input(AMOUNT).value(), "");
}

#[test]
async fn an_amount_is_judged_when_it_is_left_and_its_effect_follows_every_key() {
    let stage = dialog().await;
    stage.keys(AMOUNT, "3").await;
    assert!(!stage.any("#purchase-amount-error"), "it may become 37.50");
    stage.leave(AMOUNT).await;
    assert!(stage.text("#purchase-amount-error").starts_with("The smallest purchase is $5.00."));
    stage.keys(AMOUNT, "7.50").await;
    assert!(!stage.any("#purchase-amount-error"));
    let dialog = stage.text("#credits");
    assert!(dialog.contains("$75.70") && dialog.contains("Build Tier 3"), "{dialog}");
    assert_eq!(stage.text("#credits-submit"), "Buy $37.50");
}

#[test]
async fn what_is_no_amount_is_said_at_once_and_left_as_it_was_typed() {
    let stage = dialog().await;
    stage.keys(AMOUNT, "5e3").await;
    assert_eq!(stage.input(AMOUNT).value(), "5e3");
    assert_eq!(stage.find(AMOUNT).get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[test]
async fn an_amount_that_is_chosen_is_typed_and_marked() {
    let stage = dialog().await;
    stage.press_named(".choice", "$25.00").await;
    assert_eq!(stage.input(AMOUNT).value(), "25.00");
    let pressed: Vec<Option<String>> =
        stage.all(".choice").iter().map(|choice| choice.get_attribute("aria-pressed")).collect();
    assert_eq!(pressed.iter().flatten().collect::<Vec<_>>(), ["false", "true", "false", "false"]);
}

#[test]
async fn a_threshold_above_the_balance_is_drawn_listed_and_asked_about() {
    let stage = dialog().await;
    stage.fill("#recharge-amount", "25").await;
    stage.fill("#recharge-threshold", "160").await;
    let balances: Vec<String> =
        stage.all("#credits .effects details.twin tbody tr td:nth-child(3)").iter().map(said).collect();
    assert_eq!(balances, ["$63.20", "$88.20", "$113.20", "$138.20", "$163.20"]);
    let drawn: Vec<String> = stage.all("#credits svg.stairs .each").iter().map(said).collect();
    assert_eq!(drawn.iter().filter(|step| *step == "+$25.00").count(), balances.len(), "{drawn:?}");
    stage.press("#credits-submit").await;
    assert_eq!(focused(), "confirm-heading");
    assert_eq!(stage.text("#confirm-heading"), "Buy $25.00 5 times now, $125.00 in all?");
    stage.press_named("#credits button", "Back").await;
    assert_eq!(stage.input("#recharge-threshold").value(), "160");
}

#[test]
async fn a_purchase_is_under_way_and_its_time_runs() {
    let stage = dialog().await;
    stage.keys(AMOUNT, "50").await;
    stage.press("#credits-submit").await;
    assert_eq!((focused().as_str(), stage.text("#confirm-heading").as_str()), ("confirm-heading", "Buy $50.00 now?"));
    stage.press_named("#credits button", "Confirm and buy for $50.00").await;
    assert!(!is_open(&stage));
    let waiting = || stage.text("[aria-labelledby=under-way-heading] .purchases p.calm");
    let first = waiting();
    assert!(first.ends_with(" to go.") && first.starts_with("0:0"), "{first}");
    pause(2100).await;
    let second = waiting();
    assert!(second > first && second.starts_with("0:0"), "{first} then {second}");
}
