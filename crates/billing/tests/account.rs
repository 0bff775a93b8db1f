//! The account's life in the form of the contract: commands as JSON in, events as JSON out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

mod life;

use billing::json::read::{At, Family};
use billing::ledger::{Command, StoredEvent, restore};
use billing::policy::Policies;
use billing::policy::Policy;
use life::Life;

fn command(json: &str) -> Command {
    Command::read(&serde_json::from_str(json).unwrap(), &At::root(Family::Request, "command")).unwrap()
}

const CARD: &str = r#"{"kind":"link_card","card":{"token":"tok_ok","fingerprint":"fp_ok","network":"visa","last4":"4242",
    "expiry":"2030-12","funding":"credit","recurring":true,"authorises_each":false,
    "address":{"line1":"1 Main St","city":"Springfield","region":"IL","postal_code":"62701","country":"US"}}}"#;

/// A purchase goes through its stages, a deployment runs over the end of the year; and the history, line by line as it
/// is kept, makes the same account again.
#[test]
fn a_history_written_and_read_back_makes_the_same_account() {
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::new(Policies::always(policy.clone()));
    let buy = command(r#"{"kind":"buy_credits","key":"k1","amount":"60.00"}"#);
    assert_eq!(life.refused("2025-12-01T09:00:00Z", &buy), ["payment.no_card"]);
    let told = [
        ("2025-12-01T09:00:00Z", CARD, "card_linked"),
        ("2025-12-01T09:00:00Z", r#"{"kind":"buy_credits","key":"k1","amount":"60.00"}"#, "purchase_started"),
        ("2025-12-01T09:00:01Z", r#"{"kind":"buy_credits","key":"k1","amount":"60.00"}"#, ""),
        (
            "2025-12-01T09:00:02Z",
            r#"{"kind":"bank_approves","payment":{"kind":"purchase","id":"k1"}}"#,
            "bank_approved",
        ),
        ("2025-12-01T09:00:03Z", r#"{"kind":"invoice_generated","purchase":"k1"}"#, "purchase_invoiced"),
        ("2025-12-01T09:00:04Z", r#"{"kind":"balance_updated","purchase":"k1"}"#, "balance_updated"),
        ("2025-12-01T09:00:49Z", r#"{"kind":"tier_settled"}"#, "tier_settled"),
        (
            "2025-12-30T23:30:30Z",
            r#"{"kind":"start_deployment","deployment":"d","hosting":"dedicated_endpoint","per_minute":"0.01"}"#,
            "deployment_started",
        ),
        (
            "2026-01-03T00:00:00Z",
            r#"{"kind":"advance"}"#,
            "deployment_charged deployment_charged invoice_drawn deployment_charged deployment_charged",
        ),
    ];
    for (now, json, happens) in told {
        assert_eq!(life.tell(now, &command(json)).join(" "), happens, "{json}");
    }
    assert_eq!(life.balance("2026-01-03T00:00:00Z"), "16.51");

    let lines: Vec<String> = life.events.iter().map(|event| serde_json::to_string(event).unwrap()).collect();
    assert_eq!(
        lines[1],
        concat!(
            r#"{"v":2,"at":"2025-12-01T09:00:00Z","kind":"purchase_started","#,
            r#""purchase":"k1","amount":"60.00","run":null}"#
        )
    );
    let read = |line: &String| {
        StoredEvent::read(&serde_json::from_str(line).unwrap(), &At::root(Family::History, "")).unwrap()
    };
    assert_eq!(restore(&life.policies, lines.iter().map(read)), Ok((life.events, life.account)));
}

/// A name has 64 bytes at most, a count is at most the largest that JavaScript holds exactly.
#[test]
fn the_longest_name_and_the_largest_count_are_read() {
    let wrong = |json: String| {
        let node = serde_json::from_str(&json).unwrap();
        Command::read(&node, &At::root(Family::Request, "command")).err().map(|fault| fault.code.to_string())
    };
    let grant = |length| format!(r#"{{"kind":"grant_free_credits","grant":"{}","amount":"1"}}"#, "g".repeat(length));
    let usage = |tokens: u64| {
        format!(r#"{{"kind":"record_usage","service":"serverless","model":"m","tokens":{tokens},"cost":"1"}}"#)
    };
    assert_eq!(wrong(grant(64)), None);
    assert_eq!(wrong(grant(65)), Some("request.text_too_long".into()));
    assert_eq!(wrong(usage(9_007_199_254_740_991)), None);
    assert_eq!(wrong(usage(9_007_199_254_740_992)), Some("request.out_of_range".into()));
}
