//! Histories that earlier builds have written: what they say stays true.
//!
//! `tests/histories/v1.jsonl` is never written again once a release could have stored such lines. A new kind of event gets
//! its lines at the end: by commands at the end of [`LIFE`] and
//! `cargo test -p billing --test history -- --ignored`.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "that is how a test fails")]

use billing::json::Node;
use billing::json::read::{At, Family, ReadError};
use billing::ledger::Invoice;
use billing::ledger::{Account, Command, EVENT_VERSION, Event, EventKind, decide, replay};
use billing::policy::Policies;
use billing::policy::Policy;
use billing::time::{Date, Timestamp};
use std::collections::BTreeSet;

const V1: &str = include_str!("../../../tests/histories/v1.jsonl");

/// The policies of the file's life: the two shipped ones, and one to come under which credits expire.
fn policies() -> [Policy; 3] {
    let (credit_limit, prepaid) = (Policy::shipped("credit-limit").unwrap(), Policy::shipped("prepaid").unwrap());
    let effective = Date::parse("2026-02-01").unwrap();
    let expiring = Policy { id: "expiring".into(), effective, expires_after_months: Some(1), ..prepaid.clone() };
    [credit_limit, prepaid, expiring]
}

fn read(line: &str) -> Result<Event, ReadError> {
    let node: Node<'_> = serde_json::from_str(line).unwrap();
    Event::read(&node, &At::root(Family::History, ""))
}

fn read_all(lines: &str) -> Vec<Event> {
    lines.lines().map(|line| read(line).unwrap()).collect()
}

fn write_all(events: &[Event]) -> String {
    events.iter().map(|event| serde_json::to_string(event).unwrap() + "\n").collect()
}

#[test]
fn what_version_1_wrote_comes_back_byte_for_byte() {
    assert_eq!(EVENT_VERSION, 1, "a new version needs a file of its own, and this one read, not written back");
    assert_eq!(write_all(&read_all(V1)), V1);
}

#[test]
fn what_version_1_wrote_makes_the_same_account() {
    let policies = policies();
    let account = replay(Policies::Dated(&policies), &read_all(V1)).unwrap();
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
    let written: BTreeSet<&str> = read_all(V1).iter().map(|event| event.kind.name()).collect();
    let missing: Vec<&&str> = EventKind::KINDS.iter().filter(|kind| !written.contains(**kind)).collect();
    assert!(missing.is_empty(), "tests/histories/v1.jsonl has no line with {missing:?}");
}

#[test]
fn a_line_of_a_later_build_is_refused() {
    for line in V1.lines() {
        let later = line.replacen(r#"{"v":1,"#, r#"{"v":2,"#, 1);
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
fn lived(policies: Policies<'_>) -> Vec<Event> {
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
#[ignore = "writes tests/histories/v1.jsonl anew"]
fn write() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/histories/v1.jsonl");
    std::fs::write(file, write_all(&lived(Policies::Dated(&policies())))).unwrap();
}
