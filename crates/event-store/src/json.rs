//! JSON as a tree of plain values.
//!
//! In the page the browser reads it: `serde_json`'s reader would be 6 KB more of compressed wasm. The two differ where JSON
//! leaves it open, and no line of ours is: of a field that stands twice the browser keeps the last, and `1.0` is 1.

#[cfg(target_arch = "wasm32")]
pub(crate) use browser::node;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use native::node;

#[cfg(not(target_arch = "wasm32"))]
mod native {
    use billing::json::Node;

    /// Reads JSON, or nothing where it is none.
    pub(crate) fn node(text: &str) -> Option<Node<'_>> {
        serde_json::from_str(text).ok()
    }
}

#[cfg(target_arch = "wasm32")]
mod browser {
    use billing::json::Node;
    use js_sys::{Array, JSON, Object};
    use wasm_bindgen::prelude::{JsCast, JsValue};

    /// Reads JSON, or nothing where it is none.
    pub(crate) fn node(text: &str) -> Option<Node<'static>> {
        JSON::parse(text).ok().map(|value| walk(&value, Node::MAX_DEPTH))
    }

    /// Takes over a value below which this many levels are allowed. What `JSON.parse` has made has neither getters nor
    /// circles, so nothing here can throw.
    fn walk(value: &JsValue, levels: u8) -> Node<'static> {
        if value.is_null() {
            return Node::Null;
        }
        if let Some(text) = value.as_string() {
            return Node::Text(text.into());
        }
        if let Some(flag) = value.as_bool() {
            return Node::Bool(flag);
        }
        if let Some(number) = value.as_f64() {
            return count(number).map_or(Node::OtherNumber, Node::Count);
        }
        let Some(levels) = levels.checked_sub(1) else { return Node::TooDeep };
        if let Some(list) = value.dyn_ref::<Array>() {
            return Node::List(list.iter().map(|item| walk(&item, levels)).collect());
        }
        let fields = Object::entries(value.unchecked_ref());
        Node::Object(fields.iter().map(|field| named(field.unchecked_ref(), levels)).collect())
    }

    fn named(field: &Array, levels: u8) -> (std::borrow::Cow<'static, str>, Node<'static>) {
        (field.get(0).as_string().unwrap_or_default().into(), walk(&field.get(1), levels))
    }

    /// A whole number from 0. What lies beyond 2^53 has lost digits, and is beyond every bound.
    #[allow(
        clippy::as_conversions,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "the cast saturates, and only what it has not changed passes"
    )]
    fn count(number: f64) -> Option<u64> {
        let count = number as u64;
        (count as f64 == number).then_some(count)
    }
}
