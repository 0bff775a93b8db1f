//! Whatever comes in, an answer goes out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

use billing_contract::{MAX_LINE_BYTES, evaluate, evaluate_into, evaluate_many};
use proptest::prelude::*;

fn bytes(line: &[u8]) -> String {
    let mut answer = Vec::new();
    evaluate_into(line, 7, &mut answer);
    String::from_utf8(answer).unwrap()
}

fn refused(answer: &str, code: &str) {
    let start = format!(r#"{{"id":null,"error":{{"code":"{code}","clause":null,"line":7,"message":""#);
    assert!(answer.starts_with(&start), "{answer}");
}

#[test]
fn a_line_that_is_not_utf8() {
    refused(&bytes(b"{\"id\": \"\xff\"}"), "request.not_utf8");
}

#[test]
fn a_line_that_is_too_long_and_one_that_just_fits() {
    refused(&bytes(&vec![b'['; 10 << 20]), "request.too_long");
    refused(&bytes(&vec![b' '; MAX_LINE_BYTES + 1]), "request.too_long");
    let head = r#"{"id":1,"policy":"prepaid","query":"tier_progress","input":{"lifetime_spend":"5"}}"#;
    let padded = format!("{head}{}", " ".repeat(MAX_LINE_BYTES - head.len()));
    assert!(evaluate(&padded).starts_with(r#"{"id":1,"answer":{"tier":"build_1""#));
}

#[test]
fn nesting_of_ten_thousand_levels_keeps_its_id_and_names_its_place() {
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let request =
        format!(r#"{{"id":"deep","policy":{deep},"query":"tier_progress","input":{{"lifetime_spend":"5"}}}}"#);
    assert!(evaluate(&request).contains(r#"{"id":"deep","error":{"code":"policy.wrong_type""#));
    let request =
        format!(r#"{{"id":{deep},"policy":"prepaid","query":"tier_progress","input":{{"lifetime_spend":"5"}}}}"#);
    assert!(evaluate(&request).starts_with(&format!(r#"{{"id":{deep},"answer":"#)));
    refused(&bytes("[".repeat(10_000).as_bytes()), "request.malformed");
}

#[test]
fn the_next_line_is_answered() {
    let answers = evaluate_many(
        "\u{0}\n\n{}\n{\"id\":4,\"query\":\"policy_diff\",\"input\":{\"from\":\"prepaid\",\"to\":\"prepaid\"}}",
    );
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers.len(), 4);
    assert_eq!(answers[3], r#"{"id":4,"answer":{"changes":[]}}"#);
}

#[test]
fn a_line_without_a_break_at_its_end_is_a_line_and_nothing_is_none() {
    assert_eq!(evaluate_many("x").lines().count(), 1);
    assert_eq!(evaluate_many("x\n").lines().count(), 1);
    assert_eq!(evaluate_many(""), "");
}

#[test]
fn a_card_number_in_the_wrong_place_is_not_repeated() {
    let requests = [
        r#"{"policy":"prepaid","query":"card_check","input":{"4242424242424242":1}}"#,
        r#"{"policy":"prepaid","query":"4242424242424242","input":{}}"#,
        r#"{"policy":"4242424242424242","query":"card_check","input":{}}"#,
        r#"{"policy":"prepaid","query":"card_check","input":{"number":"4242424242424242","funding":"4242424242424242"}}"#,
        r#"{"policy":"prepaid","query":"tier_progress","input":{"lifetime_spend":"4242424242424242"}}"#,
        r#"{"policy":"prepaid","now":"4242424242424242","query":"tier_progress","input":{}}"#,
        "4242424242424242",
    ];
    for request in requests {
        let answer = evaluate(request);
        assert!(answer.contains(r#""error""#), "{answer}");
        assert!(!answer.contains("424242"), "{answer}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    /// Any bytes get one line of JSON.
    #[test]
    fn any_bytes_are_answered(line in prop::collection::vec(any::<u8>(), 0..200)) {
        let answer = bytes(&line);
        prop_assert!(!answer.contains('\n'));
        prop_assert!(serde_json::from_str::<serde_json::Value>(&answer).is_ok());
    }

    /// A request with any one character changed is answered too.
    #[test]
    fn a_damaged_request_is_answered(place in any::<prop::sample::Index>(), character in any::<char>()) {
        let request = r#"{"id":"r1","policy":"prepaid","now":"2025-12-01T09:30:00Z","query":"recharge_preview","input":{"balance":"3.00","threshold":"50.00","amount":"25.00","list":3}}"#;
        let mut characters: Vec<char> = request.chars().collect();
        let place = place.index(characters.len());
        characters[place] = character;
        let answer = evaluate(&characters.into_iter().collect::<String>());
        prop_assert!(serde_json::from_str::<serde_json::Value>(&answer).is_ok(), "{}", answer);
    }
}
