//! Histories that earlier builds have written: what they say stays true.
//!
//! `tests/histories/v1.jsonl` is never written again once a release could have stored such lines. A new kind of event gets
//! its lines at the end: by commands at the end of [`LIFE`] and
//! `cargo test -p billing --test history -- --ignored`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "that is how a test fails")]

mod with_terms;

use billing::finding::Finding;
use billing::json::Node;
use billing::json::read::{At, Family, ReadError};
use billing::ledger::Invoice;
use billing::ledger::{Account, Command, EVENT_VERSION, Event, EventKind, StoredEvent, decide, replay, restore};
use billing::policy::Policies;
use billing::policy::{BurnOrder, Policy};
use billing::time::{Date, Timestamp};
use std::collections::BTreeSet;
use with_terms::with_terms;

const V1: &str = include_str!("../../../tests/histories/v1.jsonl");
const V2: &str = include_str!("../../../tests/histories/v2.jsonl");

/// The policies of the file's life: the two shipped ones, and one to come under which credits expire.
fn policies() -> [Policy; 3] {
    let (credit_limit, prepaid) = (Policy::shipped("credit-limit").unwrap(), Policy::shipped("prepaid").unwrap());
    let effective = Date::parse("2026-02-01").unwrap();
    let expiring = with_terms(&prepaid, |terms| {
        terms.id = "expiring".into();
        terms.effective = effective;
        terms.expires_after_months = Some(1);
    });
    [credit_limit, prepaid, expiring]
}

fn read(line: &str) -> Result<StoredEvent, ReadError> {
    let node: Node<'_> = serde_json::from_str(line).unwrap();
    StoredEvent::read(&node, &At::root(Family::History, ""))
}

/// The events of a stored history in the present form, and the account that they make.
fn read_all(lines: &str) -> (Vec<Event>, Account) {
    restore(&Policies::dated(policies()), lines.lines().map(|line| read(line).unwrap())).unwrap()
}

fn write_all(events: &[Event]) -> String {
    events.iter().map(|event| serde_json::to_string(event).unwrap() + "\n").collect()
}

#[test]
fn form_2_is_read_and_written_byte_for_byte() {
    assert_eq!(EVENT_VERSION, 2, "a new form needs a file of its own, and this one is then brought up to it");
    assert_eq!(write_all(&read_all(V2).0), V2);
}

#[test]
fn form_1_is_brought_up_to_form_2() {
    assert_eq!(write_all(&read_all(V1).0), V2);
    assert_eq!(read_all(V1), read_all(V2));
}

/// What form 2 states needs no policy: no document, and no other one, changes what a stored history makes.
#[test]
fn form_2_is_folded_without_a_policy() {
    let (events, account) = read_all(V2);
    assert_eq!(replay(&events), Ok(account.clone()));
    let stored = || V2.lines().map(|line| read(line).unwrap());
    let other = Policies::always(with_terms(&Policy::shipped("prepaid").unwrap(), |terms| {
        terms.expires_after_months = Some(2);
        terms.burn_order = BurnOrder::PurchasedFirst;
        terms.charge_day = 17;
        terms.tiers.truncate(1);
    }));
    assert_eq!(restore(&other, stored()).unwrap().1, account);
    assert_eq!(restore(&Policies::dated([]), stored()).unwrap().1, account);
}

#[test]
fn form_1_without_a_policy_in_force_is_refused() {
    let stored = V1.lines().map(|line| read(line).unwrap());
    let error = restore(&Policies::dated([]), stored).unwrap_err();
    assert_eq!((error.index, error.why.code()), (0, "history.no_policy"));
}

#[test]
fn a_stored_history_makes_the_same_account_for_ever() {
    let (_, account) = read_all(V1);
    let totals = account.totals();
    let said = [
        ("balance", account.balance(account.last().unwrap()).unwrap()),
        ("lifetime spend", account.lifetime_spend().unwrap()),
        ("settled spend", account.settled_spend()),
        ("granted", totals.granted),
        ("used", totals.used),
        ("hosted", totals.hosted),
        ("expired", totals.expired),
    ];
    let said = said.map(|(what, amount)| format!("{what} {amount}"));
    let expected = [
        "balance -0.54",
        "lifetime spend 268.37",
        "settled spend 268.37",
        "granted 13.75",
        "used 278.160000000001",
        "hosted 18.535",
        "expired 7.499999999999",
    ];
    assert_eq!(said, expected);
    let invoice = |it: &Invoice| format!("{} {} {}", it.id, it.due, it.state().id());
    assert_eq!(
        account.invoices().iter().map(invoice).collect::<Vec<_>>(),
        ["2025-11 6.87 paid", "2025-12 76.50 paid", "2026-03 3.54 due"]
    );
}

#[test]
fn every_kind_of_event_has_a_line() {
    let written: BTreeSet<&str> = read_all(V2).0.iter().map(|event| event.kind.name()).collect();
    let missing: Vec<&&str> = EventKind::KINDS.iter().filter(|kind| !written.contains(**kind)).collect();
    assert!(missing.is_empty(), "tests/histories/v2.jsonl has no line with {missing:?}");
}

#[test]
fn a_line_of_a_later_build_is_refused() {
    for line in V2.lines() {
        let later = line.replacen(r#"{"v":2,"#, r#"{"v":3,"#, 1);
        assert_eq!(read(&later).unwrap_err().code, "history.unknown_version", "{later}");
    }
}

/// A life in which everything happens at least once.
const LIFE: &[(&str, &str)] = &[
    ("2025-11-10T09:00:00Z", r#"{"kind":"grant_free_credits","grant":"welcome","amount":"5.00"}"#),
    ("2025-11-10T09:01:00Z", HOLD),
    ("2025-11-10T09:01:05Z", r#"{"kind":"bank_declines","payment":{"kind":"hold"},"code":"insufficient_funds"}"#),
    ("2025-11-10T09:02:00Z", HOLD),
    ("2025-11-10T09:02:05Z", r#"{"kind":"bank_requires_action","payment":{"kind":"hold"}}"#),
    ("2025-11-10T09:02:30Z", r#"{"kind":"bank_approves","payment":{"kind":"hold"}}"#),
    ("2025-11-10T09:05:00Z", r#"{"kind":"buy_credits","key":"first","amount":"60.00"}"#),
    ("2025-11-10T09:05:02Z", r#"{"kind":"bank_approves","payment":{"kind":"purchase","id":"first"}}"#),
    ("2025-11-10T09:05:03Z", r#"{"kind":"invoice_generated","purchase":"first"}"#),
    ("2025-11-10T09:05:04Z", r#"{"kind":"balance_updated","purchase":"first"}"#),
    ("2025-11-10T09:06:00Z", r#"{"kind":"tier_settled"}"#),
    ("2025-11-10T10:00:00Z", r#"{"kind":"buy_credits","key":"second","amount":"25.00"}"#),
    (
        "2025-11-10T10:00:02Z",
        r#"{"kind":"bank_declines","payment":{"kind":"purchase","id":"second"},"code":"do_not_honor"}"#,
    ),
    ("2025-11-10T10:30:00Z", r#"{"kind":"set_balance_limit","limit":"20.00"}"#),
    (
        "2025-11-11T08:00:00Z",
        r#"{"kind":"record_usage","service":"serverless","model":"llama","tokens":120000,"cost":"0.000000000001"}"#,
    ),
    ("2025-11-11T08:10:00Z", r#"{"kind":"record_usage","service":"fine_tuning","cost":"50.00"}"#),
    (
        "2025-11-12T12:00:30Z",
        r#"{"kind":"start_deployment","deployment":"d1","hosting":"fine_tuned_model","model":"mine","hardware":"h100","per_minute":"0.005"}"#,
    ),
    ("2025-11-12T12:05:00Z", r#"{"kind":"record_request","deployment":"d1"}"#),
    ("2025-11-13T00:30:00Z", r#"{"kind":"stop_deployment","deployment":"d1"}"#),
    ("2025-11-14T08:00:00Z", r#"{"kind":"record_usage","service":"evaluation","cost":"18.125","under_way":true}"#),
    // The month closes with something due, which the bank declines on the 3rd and the customer then pays.
    ("2025-12-03T01:00:00Z", r#"{"kind":"advance"}"#),
    (
        "2025-12-03T01:00:05Z",
        r#"{"kind":"bank_declines","payment":{"kind":"invoice","id":"2025-11"},"code":"expired_card"}"#,
    ),
    ("2025-12-04T09:00:00Z", r#"{"kind":"pay_invoice","invoice":"2025-11"}"#),
    ("2025-12-04T09:00:05Z", r#"{"kind":"bank_approves","payment":{"kind":"invoice","id":"2025-11"}}"#),
    // Auto-recharge buys, is declined, pauses, and is turned off.
    ("2025-12-05T09:00:00Z", r#"{"kind":"set_auto_recharge","amount":"25.00","threshold":"10.00"}"#),
    ("2025-12-05T09:00:02Z", r#"{"kind":"bank_approves","payment":{"kind":"purchase","id":"auto-recharge-1"}}"#),
    ("2025-12-05T09:00:03Z", r#"{"kind":"invoice_generated","purchase":"auto-recharge-1"}"#),
    ("2025-12-05T09:00:04Z", r#"{"kind":"balance_updated","purchase":"auto-recharge-1"}"#),
    (
        "2025-12-06T09:00:00Z",
        r#"{"kind":"record_usage","service":"serverless","model":"llama","tokens":900000,"cost":"40.00"}"#,
    ),
    ("2025-12-06T09:00:03Z", r#"{"kind":"bank_requires_action","payment":{"kind":"purchase","id":"auto-recharge-2"}}"#),
    (
        "2025-12-06T09:00:09Z",
        r#"{"kind":"bank_declines","payment":{"kind":"purchase","id":"auto-recharge-2"},"code":"insufficient_funds"}"#,
    ),
    ("2025-12-06T10:00:00Z", r#"{"kind":"clear_auto_recharge"}"#),
    // A contract has a credit limit; what it leaves due is charged on the 3rd by itself.
    ("2025-12-10T09:00:00Z", r#"{"kind":"sign_contract","plan":"scale","credit_limit":"500.00"}"#),
    ("2025-12-11T09:00:00Z", r#"{"kind":"set_balance_limit"}"#),
    ("2025-12-12T09:00:00Z", r#"{"kind":"record_usage","service":"serverless","model":"llama","cost":"61.50"}"#),
    ("2026-01-03T00:00:00Z", r#"{"kind":"advance"}"#),
    ("2026-01-03T00:00:05Z", r#"{"kind":"bank_approves","payment":{"kind":"invoice","id":"2025-12"}}"#),
    ("2026-01-05T09:00:00Z", r#"{"kind":"end_contract"}"#),
    // Granted under the third policy, these credits expire.
    ("2026-02-02T09:00:00Z", r#"{"kind":"grant_free_credits","grant":"february","amount":"7.50"}"#),
    ("2026-03-05T09:00:00Z", r#"{"kind":"grant_free_credits","grant":"march","amount":"1.25"}"#),
    // Another card, with everything that a card can have; and an endpoint that is still running.
    ("2026-03-05T09:10:00Z", OTHER_CARD),
    ("2026-03-05T09:20:00Z", r#"{"kind":"buy_credits","key":"third","amount":"100.00"}"#),
    ("2026-03-05T09:20:02Z", r#"{"kind":"bank_approves","payment":{"kind":"purchase","id":"third"}}"#),
    ("2026-03-05T09:20:03Z", r#"{"kind":"invoice_generated","purchase":"third"}"#),
    ("2026-03-05T09:20:04Z", r#"{"kind":"balance_updated","purchase":"third"}"#),
    ("2026-03-05T09:21:00Z", r#"{"kind":"tier_settled"}"#),
    (
        "2026-03-05T10:00:00Z",
        r#"{"kind":"start_deployment","deployment":"d2","hosting":"dedicated_endpoint","model":"llama","per_minute":"0.01"}"#,
    ),
    ("2026-03-06T10:00:00Z", r#"{"kind":"record_request","deployment":"d2"}"#),
    // What a month leaves due is paid before the 3rd, and the bank declines: nothing is past due yet. Another endpoint runs on.
    ("2026-03-06T10:30:00Z", r#"{"kind":"stop_deployment","deployment":"d2"}"#),
    (
        "2026-03-31T22:30:00Z",
        r#"{"kind":"start_deployment","deployment":"d3","hosting":"dedicated_endpoint","per_minute":"0.001"}"#,
    ),
    ("2026-03-31T23:00:00Z", r#"{"kind":"record_usage","service":"serverless","cost":"90.00","under_way":true}"#),
    ("2026-04-01T09:00:00Z", r#"{"kind":"pay_invoice","invoice":"2026-03"}"#),
    (
        "2026-04-01T09:00:05Z",
        r#"{"kind":"bank_declines","payment":{"kind":"invoice","id":"2026-03"},"code":"insufficient_funds"}"#,
    ),
];

const HOLD: &str = r#"{"kind":"link_card","hold":true,"card":{"token":"tok_1","fingerprint":"fp_1","network":"visa",
    "last4":"4242","expiry":"2027-12","funding":"credit","recurring":true,"authorises_each":false,
    "address":{"line1":"1 Main St","city":"Springfield","region":"IL","postal_code":"62701","country":"US"}}}"#;

const OTHER_CARD: &str = r#"{"kind":"link_card","card":{"token":"tok_2","fingerprint":"fp_2","network":"mastercard",
    "last4":"4444","expiry":"2030-01","funding":"debit","recurring":true,"authorises_each":true,"address_match":true,
    "security_code_match":true,"tax_id":"DE136695976","address":{"line1":"Hauptstraße 1","line2":"Hinterhaus",
    "city":"Berlin","region":"","postal_code":"10115","country":"DE"}}}"#;

/// What [`LIFE`] makes happen.
fn lived(policies: &Policies) -> Vec<Event> {
    let (mut account, mut events) = (Account::NEW, Vec::new());
    for (at, command) in LIFE {
        let node: Node<'_> = serde_json::from_str(command).unwrap();
        let asked = Command::read(&node, &At::root(Family::Request, "command")).unwrap();
        let decided = decide(policies, &account, Timestamp::parse(at).unwrap(), &asked);
        let decided = decided.unwrap_or_else(|why| panic!("{command} is refused: {}", why[0].finding()));
        events.extend(decided.events);
        account = decided.account;
    }
    events
}

#[test]
fn the_life_of_the_stored_history_is_decided_as_it_was() {
    assert_eq!(write_all(&lived(&Policies::dated(policies()))), V2);
}

#[test]
#[ignore = "writes tests/histories/v2.jsonl anew"]
fn write() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/histories/v2.jsonl");
    std::fs::write(file, write_all(&lived(&Policies::dated(policies())))).unwrap();
}
