//! Whole pages, for every example account and in every language.

use super::harness::{Harness, file_of, focused, pause, said};
use crate::sandbox::Preset;
use crate::session::AccountView;
use leptos::prelude::{WithUntracked, document};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test as test;
use web_sys::HtmlElement;

const BALANCE: &str = "[aria-labelledby=balance-heading] .large";

#[test]
async fn the_overview_shows_each_example_account_with_its_balance() {
    for (preset, balance, access) in [
        (Preset::New, "$0.00", "Access is stopped"),
        (Preset::FreeCreditsOnly, "$20.00", "Access is stopped"),
        (Preset::BuildTier2, "$38.20", "Access is open"),
        (Preset::NearTheLimit, "−$96.42", "Access is open"),
        (Preset::PastDue, "$14.75", "Access is stopped"),
        (Preset::Enterprise, "−$2,310.55", "Access is open"),
        (Preset::IdleEndpoint, "$27.80", "Access is open"),
    ] {
        let harness = Harness::page(preset).await;
        assert_eq!(harness.text(BALANCE), balance, "{preset:?}");
        assert_eq!(harness.text("[aria-labelledby=balance-heading] .access"), access, "{preset:?}");
        assert_eq!(harness.all("h1").len(), 1);
    }
}

#[test]
async fn every_page_stands_for_every_example_account() {
    for preset in Preset::ALL {
        let harness = Harness::page(preset).await;
        for page in ["Payment method", "Tiers and limits", "Invoices", "Usage and deployments", "Help", "Overview"] {
            let entry = if page == "Usage and deployments" { "Usage" } else { page };
            harness.go(entry).await;
            assert_eq!(harness.text("h1"), page, "{preset:?}");
            assert_eq!(document().title(), format!("{page} · Billing settings"));
            assert!(!harness.all("main section h2").is_empty() || page == "Help", "{preset:?}: {page} is empty");
        }
    }
}

#[test]
async fn the_clock_ticks_until_the_page_is_taken_down() {
    let (harness, state) = Harness::page_with_state(Preset::BuildTier2).await;
    let now = || state.session.with_untracked(AccountView::now);
    let begun = now();
    harness.until(|| now() > begun).await;
    drop(harness);
    let stopped = now();
    pause(2_100).await;
    assert_eq!(now(), stopped);
}

#[test]
async fn another_account_is_shown_in_the_place_of_the_one_before() {
    let harness = Harness::page(Preset::BuildTier2).await;
    harness.choose("#example-account", "past-due").await;
    harness.until(|| harness.text(BALANCE) == "$14.75").await;
    assert_eq!(harness.text("#action-heading"), "Needs your attention");
}

#[test]
async fn another_language_says_everything_but_the_money() {
    let harness = Harness::page(Preset::Enterprise).await;
    let english = amounts(&harness.text("main"));
    harness.press_named("header button", "Deutsch").await;
    harness.until(|| harness.text("h1") == "Übersicht").await;
    assert_eq!(document().document_element().unwrap().get_attribute("lang").as_deref(), Some("de"));
    assert_eq!(document().title(), "Übersicht · Abrechnung");
    assert_eq!(harness.text("#balance-heading"), "Kontostand");
    assert!(!english.is_empty());
    assert_eq!(amounts(&harness.text("main")), english);
}

#[test]
async fn money_is_written_one_way_on_every_page() {
    let mut seen = Vec::new();
    for preset in [Preset::NearTheLimit, Preset::Enterprise, Preset::PastDue] {
        let harness = Harness::page(preset).await;
        for entry in ["Tiers and limits", "Invoices", "Usage", "Overview"] {
            harness.go(entry).await;
            let page = without_rules(&harness);
            assert!(!page.contains("-$"), "{entry}: the minus sign is a true one");
            let found = amounts(&page);
            let odd: Vec<&String> = found.iter().filter(|amount| !is_written_well(amount)).collect();
            assert!(odd.is_empty(), "{preset:?}, {entry}: {odd:?}");
            seen.extend(found);
        }
    }
    assert!(seen.len() > 50, "{seen:?}");
}

/// What the page says in its own words: the rules behind it are quoted as they stand in the rulebook, and a field's unit is no
/// amount.
fn without_rules(harness: &Harness) -> String {
    let page: HtmlElement = harness.find("main").clone_node_with_deep(true).unwrap().unchecked_into();
    while let Some(rule) = page.query_selector("[popover], .unit").unwrap() {
        rule.remove();
    }
    said(&page)
}

/// Every amount of dollars in a text, in its order.
fn amounts(text: &str) -> Vec<String> {
    let of = |piece: &str| -> String {
        piece.chars().take_while(|character| character.is_ascii_digit() || matches!(character, ',' | '.')).collect()
    };
    text.split('$').skip(1).map(|piece| of(piece).trim_end_matches(['.', ',']).to_owned()).collect()
}

/// `1,234.50`: groups of three, and cents.
fn is_written_well(amount: &str) -> bool {
    let Some((whole, decimals)) = amount.split_once('.') else { return false };
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3) && decimals.len() >= 2
}

#[test]
async fn policies_are_chosen_among_by_one_group_of_radio_buttons() {
    let harness = Harness::page(Preset::BuildTier2).await;
    harness.press(".controls summary").await;
    let radios = harness.all("fieldset.segments input[type=radio]");
    // One name makes them one stop of the Tab key, and the arrow keys choose.
    assert!(radios.len() >= 3 && radios.iter().all(|radio| radio.get_attribute("name").as_deref() == Some("policy")));
    for radio in &radios {
        assert!(!harness.text(&format!("label[for='{}']", radio.id())).is_empty());
        assert!(radio.tab_index() == 0);
    }
    let checked =
        || harness.all("fieldset.segments input").iter().map(|it| it.matches(":checked").unwrap()).collect::<Vec<_>>();
    assert!(checked()[0]);
    let last = radios.last().unwrap().id();
    harness.press(&format!("[id='{last}']")).await;
    assert_eq!(checked().iter().filter(|is_checked| **is_checked).count(), 1);
    assert_eq!(checked().last(), Some(&true));
    assert_eq!(focused(), last, "what was chosen keeps the focus");
}

#[test]
async fn a_picture_is_silent_and_its_twin_says_the_same() {
    let harness = Harness::page(Preset::IdleEndpoint).await;
    harness.go("Usage").await;
    let pictures = harness.all("main .spend > *");
    assert!(!pictures.is_empty());
    let silent = "svg.bars[aria-hidden=true][focusable=false]";
    assert!(harness.any(silent));
    let rows = harness.all("[aria-labelledby=days-heading] tbody tr");
    let last = said(rows.last().unwrap());
    assert!(last.starts_with("Together"), "{last}");
    let month = harness.text("[aria-labelledby=month-heading] .large");
    assert!(last.ends_with(&month), "{last}, and the month says {month}");
}

#[test]
async fn an_invoice_is_handed_over_as_lines_that_say_what_is_due() {
    let harness = Harness::page(Preset::PastDue).await;
    harness.go("Invoices").await;
    harness.press_named("main a", "November 2025").await;
    let [name, kind, lines] = file_of(&harness.named(".files button", "Download CSV")).await;
    assert_eq!((name.as_str(), kind.as_str()), ("invoice-2025-11.csv", "text/csv"));
    assert!(lines.starts_with("invoice,kind,service,model,deployment,times,tokens,minutes,amount_usd\r\n"));
    assert!(lines.ends_with("2025-11,due,,,,,,,12.40\r\n"), "{lines}");
    assert!(harness.text("[aria-labelledby=standing-heading] .large").contains("$12.40"));
}

#[test]
async fn what_is_looked_at_once_more_takes_the_focus_and_gives_it_back() {
    let harness = Harness::page(Preset::PastDue).await;
    let pay = "Pay $12.40 by card";
    harness.press_named("[aria-labelledby=action-heading] button", pay).await;
    harness.until(|| focused() == "confirm-dialog-heading").await;
    assert!(harness.find("#confirm-dialog").matches(":modal").unwrap());
    assert_eq!(harness.text("#confirm-dialog-heading"), "Pay $12.40 now?");
    harness.press_named("#confirm-dialog button", "Back").await;
    assert!(!harness.find("#confirm-dialog").matches(":modal").unwrap());
    assert_eq!(said(&document().active_element().unwrap().unchecked_into()), pay);
}
