//! The dialog that adds credits, and what comes of a purchase.

use super::harness::{Harness, focused, pause, said};
use crate::sandbox::Preset;
use crate::session::{policies, store};
use billing::ledger::Command;
use billing::money::Charge;
use billing::time::Timestamp;
use event_store::{EventStore, lines};
use js_sys::Function;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::HtmlDialogElement;

#[wasm_bindgen(inline_js = "
    export const fill_the_disk = () => {
        const { add } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError'); };
        return () => { IDBObjectStore.prototype.add = add; };
    };
")]
extern "C" {
    /// The browser's database takes nothing more, until what this yields is called.
    fn fill_the_disk() -> Function;
}

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
    harness.until(|| !is_open(&harness)).await;
    let waiting = || harness.text("[aria-labelledby=under-way-heading] .purchases p.calm");
    let first = waiting();
    assert!(first.ends_with(" to go.") && first.starts_with("0:0"), "{first}");
    pause(2100).await;
    let second = waiting();
    assert!(second > first && second.starts_with("0:0"), "{first} then {second}");
}

const BALANCE: &str = "[aria-labelledby=balance-heading] .large";

#[test]
async fn a_purchase_that_is_not_stored_is_not_shown_as_bought_and_can_be_tried_again() {
    let harness = dialog().await;
    harness.keys(AMOUNT, "50").await;
    harness.press("#credits-submit").await;
    let free_the_disk = fill_the_disk();
    harness.press_named("#credits button", "Confirm and buy for $50.00").await;
    harness.until(|| harness.text("#credits").contains("This browser has no room left for this page")).await;
    free_the_disk.call0(&JsValue::NULL).unwrap();
    assert!(is_open(&harness));
    assert_eq!(focused(), "credits-refused-heading");
    assert!(!harness.any("[aria-labelledby=under-way-heading] .purchases"), "nothing is under way");
    assert_eq!(harness.text(BALANCE), "$38.20");
    assert_eq!(store::current().lines(Preset::BuildTier2.id()).await, Ok(Vec::new()));

    harness.press("#credits-submit").await;
    harness.press_named("#credits button", "Confirm and buy for $50.00").await;
    harness.until(|| !is_open(&harness)).await;
    assert!(harness.any("[aria-labelledby=under-way-heading] .purchases"));
    assert!(!store::current().lines(Preset::BuildTier2.id()).await.unwrap().is_empty());
}

#[test]
async fn a_purchase_that_another_tab_has_overtaken_is_refused_and_not_shown_as_bought() {
    let harness = dialog().await;
    harness.keys(AMOUNT, "50").await;
    harness.press("#credits-submit").await;
    // The other tab buys first, and this one has not heard of it.
    let opened = Timestamp::parse("2025-12-11T10:00:00Z").unwrap();
    let mut other = Preset::BuildTier2.session(policies::dated().unwrap(), opened).unwrap();
    let amount = Charge::parse("5.00").unwrap();
    assert!(other.dispatch(&Command::BuyCredits { key: "other".into(), amount, another: None }).is_ok());
    let written = lines::write(other.events()).unwrap();
    store::current().append(Preset::BuildTier2.id(), 0, &written).await.unwrap();

    harness.press_named("#credits button", "Confirm and buy for $50.00").await;
    harness.until(|| focused() == "credits-refused-heading").await;
    assert!(is_open(&harness));
    let said = harness.text("#credits");
    assert!(said.contains("Buy another $50.00"), "{said}");
    assert!(
        harness.text("[aria-labelledby=under-way-heading] .purchases").contains("$5.00"),
        "the other tab's is shown"
    );
    assert_eq!(store::current().lines(Preset::BuildTier2.id()).await.unwrap(), written);
}
