//! The billing rules for JavaScript: the npm package `billing-rules`.
//!
//! Three functions over `billing-contract`, and nothing else: [`evaluate`] takes and gives objects, [`evaluate_json`] one
//! line of JSON, [`evaluate_many`] many. None of them throws, whatever it is called with. Their TypeScript declarations
//! are in `types.d.ts`.

mod read;

use billing_contract::{Answered, Envelope, Error, respond};
use js_sys::JsString;
use read::Unreadable;
use serde::de::IgnoredAny;
use serde::ser::{Serialize, Serializer};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = include_str!("types.d.ts");

/// The most UTF-16 units that [`evaluate_many`] takes at once; beyond it an engine may have no memory for the answers.
const MAX_LINES_LENGTH: usize = 1 << 26;

/// An object is one request, so what is wrong with the whole of it stands in its first line.
const LINE: u64 = 1;

/// Answers a request. The `id` of the answer is the very value that came.
#[wasm_bindgen(skip_typescript)]
#[must_use]
pub fn evaluate(request: &JsValue) -> JsValue {
    let (id, written) = match read::request::<Envelope<'_, IgnoredAny>>(request) {
        Ok((envelope, id)) => (id.clone(), respond(&envelope, |answered| to_object(answered, &id))),
        Err(unreadable) => (JsValue::NULL, refuse(&unreadable.error())),
    };
    // What is answered can always be written; if it ever cannot, the reader is told so instead of nothing.
    written.or_else(|_| to_object(Answered::error(&Error::unwritable()), &id)).unwrap_or(id)
}

/// Answers a request written as one line of JSON.
#[wasm_bindgen(js_name = evaluateJson, skip_typescript)]
#[must_use]
pub fn evaluate_json(line: &JsValue) -> String {
    text(line, billing_contract::MAX_LINE_BYTES).map_or_else(|error| refusal(&error), |line| billing_contract::evaluate(&line))
}

/// Answers every line of a text, one answer a line: one crossing between JavaScript and WebAssembly for many requests.
#[wasm_bindgen(js_name = evaluateMany, skip_typescript)]
#[must_use]
pub fn evaluate_many(lines: &JsValue) -> String {
    text(lines, MAX_LINES_LENGTH)
        .map_or_else(|error| refusal(&error) + "\n", |lines| billing_contract::evaluate_many(&lines))
}

/// The text of a value that is one, unless it is longer than `most` UTF-16 units; a text has no fewer bytes than those.
fn text(value: &JsValue, most: usize) -> Result<String, Error> {
    let text = value.dyn_ref::<JsString>().ok_or_else(|| Error::malformed(LINE, "This is not a text.".into()))?;
    match usize::try_from(text.length()) {
        Ok(length) if length <= most => Ok(text.into()),
        _ => Err(Error::too_long(LINE)),
    }
}

fn refusal(error: &Error) -> String {
    let mut answer = Vec::new();
    billing_contract::refuse_into(error, &mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}
