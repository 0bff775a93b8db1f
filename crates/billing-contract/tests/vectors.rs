//! The vectors: the same requests and answers that every other side must give, byte for byte.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

use billing::clause::Clause;
use billing_contract::{QUERIES, evaluate, evaluate_many};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

/// How many vectors there are at least.
const FEWEST: usize = 600;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors")
}

/// Every pair of files: name, requests, answers.
fn vectors() -> BTreeMap<String, (String, String)> {
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let requests = names.filter_map(|name| name.strip_suffix(".jsonl").map(str::to_owned));
    let read = |name: String| fs::read_to_string(folder().join(name)).unwrap();
    requests
        .filter(|name| !name.ends_with(".answers"))
        .map(|name| (name.clone(), (read(format!("{name}.jsonl")), read(format!("{name}.answers.jsonl")))))
        .collect()
}

#[test]
fn every_answer_is_the_recorded_one() {
    for (name, (requests, answers)) in vectors() {
        let got = evaluate_many(&requests);
        for (number, (got, expected)) in got.lines().zip(answers.lines()).enumerate() {
            assert_eq!(got, expected, "{name}.jsonl, line {}", number + 1);
        }
        assert_eq!(got, answers, "{name}.jsonl");
    }
}

#[test]
fn a_line_alone_gets_the_same_answer() {
    for (name, (requests, answers)) in vectors() {
        let readable = |answer: &str| !answer.contains(r#","line":"#);
        for (request, answer) in requests.lines().zip(answers.lines()).filter(|(_, answer)| readable(answer)) {
            assert_eq!(evaluate(request), answer, "{name}.jsonl");
        }
    }
}

#[test]
fn there_are_vectors_for_every_query_and_enough_of_them() {
    let vectors = vectors();
    for query in QUERIES {
        assert!(vectors.contains_key(*query), "no vectors for {query}");
    }
    let count: usize = vectors.values().map(|(requests, _)| requests.lines().count()).sum();
    assert!(count >= FEWEST, "{count} vectors");
}

#[test]
fn every_clause_has_a_vector_that_names_it() {
    let all: String = vectors().into_values().map(|(requests, _)| requests).collect();
    for clause in Clause::ALL {
        assert!(all.contains(&format!(r#""id":"{clause} "#)), "no vector names {clause}");
    }
}

#[test]
fn every_code_of_the_contract_has_a_vector() {
    use billing::ledger;
    use billing::payment_method::card;
    use billing::payment_method::tax_id;
    use billing::policy;
    use billing::projection::charges;
    use billing::projection::forecast;
    use billing::rules::access::{AccessNotice, AccountProblem, Reason};
    use billing::rules::credit;
    use billing::rules::decline;
    use billing::rules::recharge;
    let answers: String = vectors().into_values().map(|(_, answers)| answers).collect();
    let findings = [
        AccountProblem::CODES,
        AccessNotice::CODES,
        Reason::CODES,
        card::CardProblem::CODES,
        credit::PurchaseProblem::CODES,
        policy::PolicyProblem::CODES,
        recharge::Warning::CODES,
        ledger::Rule::CODES,
        ledger::Notice::CODES,
        ledger::InvalidEvent::CODES,
        charges::ChargeNotice::CODES,
        decline::Known::CODES,
        decline::Advice::CODES,
        decline::Meaning::CODES,
        tax_id::TaxIdProblem::CODES,
        forecast::ForecastFinding::CODES,
    ];
    let forms = [
        "request.malformed",
        "request.unknown_field",
        "request.duplicate_field",
        "request.missing_field",
        "request.wrong_type",
        "request.unknown_value",
        "request.text_too_long",
        "request.out_of_range",
        "request.unknown_policy",
        "request.no_policy_in_force",
        "money.not_a_string",
        "money.malformed",
        "money.too_precise",
        "money.out_of_range",
        "money.negative",
        "time.malformed",
        "time.out_of_range",
        "policy.unknown_field",
        "policy.missing_field",
        "policy.wrong_type",
    ];
    let shown = |code: &&str| answers.contains(&format!(r#""code":"{code}""#));
    let all = findings.into_iter().flatten().copied().chain(forms);
    let missing: Vec<&str> = all.filter(|code| !shown(code)).collect();
    assert!(missing.is_empty(), "no vector shows {missing:?}");
}

#[test]
fn every_command_and_every_event_has_a_vector() {
    let (requests, answers) = &vectors()["decide"];
    for kind in billing::ledger::Command::KINDS {
        assert!(requests.contains(&format!(r#""command":{{"kind":"{kind}""#)), "no vector tells {kind}");
    }
    for kind in billing::ledger::EventKind::KINDS {
        assert!(answers.contains(&format!(r#""kind":"{kind}""#)), "in no vector {kind}");
    }
}

/// Checking a card never repeats its number; `card_number` alone formats what was typed.
#[test]
fn no_verdict_on_a_card_holds_its_number() {
    let vectors = vectors();
    let (_, answers) = &vectors["card_check"];
    for answer in answers.lines() {
        let (_, told) = answer.split_once(r#","answer":"#).or_else(|| answer.split_once(r#","error":"#)).unwrap();
        assert!(!billing::payment_method::card::holds_card_number(told), "{told}");
    }
}
