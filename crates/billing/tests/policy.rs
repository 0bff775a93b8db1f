//! CR-6 · The policy documents: the shipped ones are right, and each broken one is found out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

use billing::clause::Clause;
use billing::policy::PolicyProblem;
use billing::policy::{Policy, SHIPPED};
use std::fs;
use std::path::PathBuf;

fn policies() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("policies")
}

#[test]
fn every_shipped_document_is_without_a_fault_and_has_its_own_id() {
    for (id, json) in SHIPPED {
        match Policy::from_json(json) {
            Ok(policy) => assert_eq!(policy.id, id),
            Err(faults) => panic!("{id}: {faults:?}"),
        }
    }
    let files = fs::read_dir(policies()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let documents = files.filter_map(|name| name.strip_suffix(".json").map(str::to_owned));
    assert_eq!(documents.filter(|name| name != "policy.schema").count(), SHIPPED.len());
}

/// Each document in `bad/` has one problem, and its file is named after it.
#[test]
fn every_broken_document_is_refused_for_the_one_thing_that_is_wrong() {
    let mut found = Vec::new();
    for entry in fs::read_dir(policies().join("bad")).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let faults = Policy::from_json(&fs::read_to_string(&path).unwrap()).unwrap_err();
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_ref()).collect();
        assert_eq!(codes, [code.as_str()], "{faults:?}");
        found.push(code);
    }
    for code in PolicyProblem::CODES {
        assert!(found.iter().any(|file| file == code), "no document in bad/ has {code}");
    }
}

/// The rulebook and the code have the same clauses, in the same order.
#[test]
fn the_rulebook_lists_exactly_the_clauses_of_the_code() {
    let rulebook = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/rulebook.md");
    let rulebook = fs::read_to_string(rulebook).unwrap();
    let rows = rulebook.lines().filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let listed: Vec<&str> =
        rows.filter(|id| Clause::from_id(id).is_some() || id.contains('-') && id.len() <= 5).collect();
    let known: Vec<&str> = Clause::ALL.iter().map(|clause| clause.id()).collect();
    assert_eq!(listed, known);
}
