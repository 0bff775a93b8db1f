//! What has to hold in Node.js and in every browser.
#![allow(clippy::arithmetic_side_effects, clippy::unwrap_used, reason = "that is how a test fails")]

mod hostile;

use billing_wasm::{evaluate, evaluate_json, evaluate_many};
use js_sys::JSON;
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

/// Each file of vectors: its name, its requests, their answers.
const VECTORS: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/vectors.rs"));

fn json(value: &JsValue) -> String {
    JSON::stringify(value).unwrap().into()
}

#[wasm_bindgen_test]
fn every_file_gets_exactly_its_answers() {
    assert!(!VECTORS.is_empty());
    for (name, requests, answers) in VECTORS {
        let got = evaluate_many(&JsValue::from_str(requests));
        for (number, (got, expected)) in got.lines().zip(answers.lines()).enumerate() {
            assert_eq!(got, expected, "{name}.jsonl, line {}", number + 1);
        }
        assert_eq!(got, *answers, "{name}.jsonl");
    }
}

#[wasm_bindgen_test]
fn every_line_gets_exactly_its_answer() {
    for (name, requests, answers) in VECTORS {
        for (number, (request, answer)) in requests.lines().zip(answers.lines()).enumerate() {
            let got = evaluate_json(&JsValue::from_str(request));
            // By itself every line is the first one.
            let expected = answer.replace(&format!(r#""line":{},"#, number + 1), r#""line":1,"#);
            assert_eq!(got, expected, "{name}.jsonl, line {}", number + 1);
        }
    }
}

/// An object gets the answer of its JSON. That is the line itself, unless it has what JavaScript's objects cannot hold:
/// a field twice, or `1.0` apart from `1`.
#[wasm_bindgen_test]
fn every_object_gets_exactly_the_answer_of_its_json() {
    let (mut objects, mut recorded) = (0, 0);
    for (name, requests, answers) in VECTORS {
        for (request, answer) in requests.lines().zip(answers.lines()) {
            let Ok(object) = JSON::parse(request) else { continue };
            let got = json(&evaluate(&object));
            // Node.js cannot write lists that lie ten thousand deep, which it could read.
            let line = JSON::stringify(&object).map_or_else(|_| JsValue::from_str(request), JsValue::from);
            let by_json = evaluate_json(&line);
            assert_eq!(without_column(&got), without_column(&by_json), "{name}.jsonl: {request}");
            objects += 1;
            recorded += u32::from(got == answer);
        }
    }
    assert!(recorded * 100 >= objects * 95, "{recorded} of {objects} objects get the recorded answer");
}

/// An object that cannot be read has no column to name.
fn without_column(answer: &str) -> &str {
    const MALFORMED: &str = r#"{"id":null,"error":{"code":"request.malformed","clause":null,"line":1,"#;
    if answer.starts_with(MALFORMED) { MALFORMED } else { answer }
}
