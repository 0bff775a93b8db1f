//! One question, one answer, everywhere: the JSON form of the rules.
//!
//! [`evaluate`] takes a line and gives a line. The command line, the npm package and every test call this crate, so they
//! cannot disagree. It knows the form of requests and answers; what is decided, and why, it asks `billing`.
//!
//! ```
//! let answer = billing_contract::evaluate(
//!     r#"{"id": 1, "policy": "prepaid", "query": "tier_progress", "input": {"lifetime_spend": "1000"}}"#,
//! );
//! assert!(answer.starts_with(r#"{"id":1,"answer":{"tier":"build_5","limits":{"llm":6000,"#));
//! let refused = billing_contract::evaluate("five dollars");
//! assert!(refused.starts_with(r#"{"id":null,"error":{"code":"request.malformed","clause":null,"line":1,"#));
//! ```
#![forbid(unsafe_code)]

mod envelope;
mod error;
mod form;
mod policies;
mod query;
mod response;

pub use envelope::Envelope;
pub use error::{Error, MAX_ANSWERS_BYTES, MAX_LINE_BYTES};
pub use query::QUERIES;
pub use response::{Answered, respond};

use serde_json::value::RawValue;

/// Answers one request. Whatever the line holds, the answer is one line of JSON.
#[must_use]
pub fn evaluate(line: &str) -> String {
    let mut answer = Vec::with_capacity(512);
    evaluate_into(line.as_bytes(), 1, &mut answer);
    into_text(answer)
}

/// Answers every line of a text, one answer a line, in order. When there are more than [`MAX_ANSWERS_BYTES`] of answers,
/// the last one is `request.too_many` and names the first line that has none.
///
/// ```
/// let answers = billing_contract::evaluate_many("{}\nnonsense\n");
/// assert_eq!(answers.lines().count(), 2);
/// assert!(answers.ends_with('\n'));
/// ```
#[must_use]
pub fn evaluate_many(lines: &str) -> String {
    let mut answers = Vec::with_capacity(lines.len().saturating_mul(2).min(MAX_ANSWERS_BYTES));
    for (number, line) in (1..).zip(lines.split_terminator('\n')) {
        let full = answers.len() > MAX_ANSWERS_BYTES;
        if full {
            refuse_into(&Error::too_many(number), &mut answers);
        } else {
            evaluate_into(line.as_bytes(), number, &mut answers);
        }
        answers.push(b'\n');
        if full {
            break;
        }
    }
    into_text(answers)
}

/// Answers the line with this number, from 1, at the end of `out`; no line break is added. The line need not be UTF-8.
pub fn evaluate_into(line: &[u8], number: u64, out: &mut Vec<u8>) {
    match Envelope::<&RawValue>::read(line, number) {
        Ok(envelope) => write_into(out, |out| {
            respond(&envelope, |answered| serde_json::to_writer(out, &answered.with_id(envelope.id)))
        }),
        Err(error) => refuse_into(&error, out),
    }
}

/// Writes an error as the answer to something that is no request, at the end of `out`.
pub fn refuse_into(error: &Error, out: &mut Vec<u8>) {
    write_into(out, |out| serde_json::to_writer(out, &Answered::error(error).with_id(())));
}

fn write_into(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>) -> serde_json::Result<()>) {
    let start = out.len();
    if write(out).is_err() {
        // Nothing that is answered can fail to be written; if it ever does, the reader is told so instead of nothing.
        out.truncate(start);
        out.extend_from_slice(UNWRITABLE);
    }
}

const UNWRITABLE: &[u8] =
    br#"{"id":null,"error":{"code":"answer.unwritable","clause":null,"path":"","message":"The answer could not be written."}}"#;

fn into_text(answers: Vec<u8>) -> String {
    // serde_json writes UTF-8 only, and an `id` is passed on from text that was UTF-8.
    String::from_utf8(answers).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}
