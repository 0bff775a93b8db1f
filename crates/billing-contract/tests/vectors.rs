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

/// The clauses of the chapters that are built.
const BUILT: [&str; 39] = [
    "CR-1", "CR-2", "CR-3", "CR-4", "CR-5", "CR-6", "CR-10", "AR-1", "AR-2", "AR-3", "AR-4", "AR-6", "AR-7", "AR-8",
    "AR-9", "PM-1", "PM-2", "PM-3", "PM-4", "PM-5", "PM-6", "PM-8", "TI-1", "TI-2", "TI-3", "TI-4", "TI-5", "TI-6",
    "TI-7", "TI-8", "AC-1", "AC-2", "AC-3", "AC-4", "AC-5", "AC-6", "AC-7", "AC-8", "AC-9",
];
/// How many vectors there are at least.
const FEWEST: usize = 300;

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
fn every_clause_that_is_built_has_a_vector_that_names_it() {
    let all: String = vectors().into_values().map(|(requests, _)| requests).collect();
    for id in BUILT {
        assert!(Clause::from_id(id).is_some(), "{id} is no clause");
        assert!(all.contains(&format!(r#""id":"{id} "#)), "no vector names {id}");
    }
}

#[test]
fn every_code_of_the_contract_has_a_vector() {
    use billing::access::{AccountProblem, Notice, Reason};
    use billing::{card, credit, policy, recharge};
    let answers: String = vectors().into_values().map(|(_, answers)| answers).collect();
    let findings = [
        AccountProblem::CODES,
        Notice::CODES,
        Reason::CODES,
        card::Problem::CODES,
        credit::PurchaseProblem::CODES,
        policy::Problem::CODES,
        recharge::Warning::CODES,
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
    for code in findings.into_iter().flatten().copied().chain(forms) {
        assert!(answers.contains(&format!(r#""code":"{code}""#)), "no vector shows {code}");
    }
}

/// Checking a card never repeats its number; `card_number` alone formats what was typed.
#[test]
fn no_verdict_on_a_card_holds_its_number() {
    let vectors = vectors();
    let (_, answers) = &vectors["card_check"];
    for answer in answers.lines() {
        let (_, told) = answer.split_once(r#","answer":"#).or_else(|| answer.split_once(r#","error":"#)).unwrap();
        assert!(!billing::card::holds_card_number(told), "{told}");
    }
}
