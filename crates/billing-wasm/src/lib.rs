//! The billing rules for JavaScript: the npm package `billing-rules`.
//!
//! Three functions over `billing-contract`, and nothing else: [`evaluate`] takes and gives objects, [`evaluate_json`] one
//! line of JSON, [`evaluate_many`] many lines. None of them throws, whatever it is called with. Their TypeScript
//! declarations are in `types.d.ts`.

mod read;

use billing_contract::{Answered, Error, MAX_LINE_BYTES, refuse_into, respond};
use js_sys::JsString;
use serde::ser::{Serialize, Serializer};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &'static str = include_str!("types.d.ts");

/// The most UTF-16 units that [`evaluate_many`] takes at once: several times that much memory is needed for them.
const MAX_LINES_LENGTH: usize = 1 << 26;

/// Answers a request. The `id` of the answer is the very value that came.
#[wasm_bindgen(skip_typescript)]
#[must_use]
pub fn evaluate(request: &JsValue) -> JsValue {
    let written = match read::request(request) {
        Ok((envelope, id)) => respond(&envelope, |answered| object(answered, &id)),
        Err(error) => object(Answered::error(&error), &JsValue::NULL),
    };
    // Nothing that is answered can fail to be written; if it ever does, the reason is returned, not thrown.
    written.unwrap_or_else(JsValue::from)
}

/// Answers a request that is written as one line of JSON.
#[wasm_bindgen(js_name = evaluateJson, skip_typescript)]
#[must_use]
pub fn evaluate_json(line: &JsValue) -> String {
    match text(line, MAX_LINE_BYTES, || Error::too_long(1)) {
        Ok(line) => billing_contract::evaluate(&line),
        Err(error) => refusal(&error),
    }
}

/// Answers every line of a text, one answer a line: one crossing between JavaScript and WebAssembly for many requests.
#[wasm_bindgen(js_name = evaluateMany, skip_typescript)]
#[must_use]
pub fn evaluate_many(lines: &JsValue) -> String {
    let too_many = || {
        let message = format!("At most {MAX_LINES_LENGTH} characters are read at once.");
        Error::in_line("request.too_many", 1, message)
    };
    match text(lines, MAX_LINES_LENGTH, too_many) {
        Ok(lines) => billing_contract::evaluate_many(&lines),
        Err(error) => refusal(&error) + "\n",
    }
}

/// The text that a value is. What is longer than `most` UTF-16 units is not even copied: it has more bytes than that.
fn text(value: &JsValue, most: usize, too_long: impl FnOnce() -> Error) -> Result<String, Error> {
    let Some(text) = value.dyn_ref::<JsString>() else {
        return Err(Error::in_line("request.malformed", 1, "A text is needed here.".into()));
    };
    match usize::try_from(text.length()) {
        Ok(length) if length <= most => Ok(text.into()),
        _ => Err(too_long()),
    }
}

fn refusal(error: &Error) -> String {
    let mut answer = Vec::new();
    refuse_into(error, &mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn object(answered: Answered<'_>, id: &JsValue) -> Result<JsValue, serde_wasm_bindgen::Error> {
    answered.with_id(Id(id)).serialize(&serde_wasm_bindgen::Serializer::json_compatible())
}

/// An id, passed on as it came.
struct Id<'a>(&'a JsValue);

impl Serialize for Id<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_wasm_bindgen::preserve::serialize(self.0, serializer)
    }
}
