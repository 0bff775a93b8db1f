//! Reading a request from a JavaScript value that may be anything at all.
//!
//! `serde-wasm-bindgen` reads flags and numbers. Lists and objects are read here, because its own reading of them calls
//! into JavaScript where an exception is not expected: one that a getter or a proxy throws would pass through
//! WebAssembly's frames, and neither their memory nor their stack would ever come back. It has no bound on the work
//! either: forty lists, each holding the next one twice, are a trillion values.

use billing_contract::{Envelope, Error, MAX_LINE_BYTES};
use js_sys::{Array, JsString, Reflect};
use serde::de::value::StringDeserializer;
use serde::de::{self, Deserialize, DeserializeSeed, IgnoredAny, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use std::cell::Cell;
use std::fmt::{self, Display, Formatter};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_list(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = entries)]
    fn entries(object: &JsValue) -> Result<Array, JsValue>;

    /// `[object Object]` for a plain object, `[object Map]` for a map, and so on.
    #[wasm_bindgen(catch, js_namespace = ["Object", "prototype", "toString"], js_name = call)]
    fn tag(value: &JsValue) -> Result<JsString, JsValue>;
}

/// Reads a request, and its id as it came; without one, `null`.
pub(crate) fn request(value: &JsValue) -> Result<(Envelope<'static, IgnoredAny>, JsValue), Error> {
    read(value).map_err(|unreadable| match unreadable {
        Unreadable::TooLong => Error::too_long(1),
        other => Error::in_line("request.malformed", 1, other.to_string()),
    })
}

fn read(value: &JsValue) -> Result<(Envelope<'static, IgnoredAny>, JsValue), Unreadable> {
    if !is_object(value)? {
        return Err(Unreadable::NoObject);
    }
    let entries = entries(value)?;
    let id = entries.iter().map(Entry::from).find(|entry| entry.name == "id").map_or(JsValue::UNDEFINED, |id| id.value);
    if !is_of_json(&id) {
        return Err(Unreadable::Id);
    }
    let id = if id.is_undefined() { JsValue::NULL } else { id };
    let budget = Cell::new(MAX_LINE_BYTES);
    let fields = Fields { entries, index: 0, value: JsValue::UNDEFINED, budget: &budget };
    let envelope = Envelope::deserialize(de::value::MapAccessDeserializer::new(fields))?;
    Ok((envelope, id))
}

/// Why a value cannot be read at all. What is wrong in a place that has a name is for the contract to say.
#[derive(Debug)]
enum Unreadable {
    NoObject,
    Id,
    TooLong,
    NoUnicode,
    Threw,
}

impl Display for Unreadable {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Unreadable::NoObject => "A request is a JSON object.",
            Unreadable::Id => "An id is a value that JSON has.",
            Unreadable::TooLong => "A request is too long.",
            Unreadable::NoUnicode => "A text of the request is not Unicode.",
            Unreadable::Threw => "A part of the request threw an exception when it was read.",
        })
    }
}

impl std::error::Error for Unreadable {}

impl de::Error for Unreadable {
    fn custom<T: Display>(_: T) -> Unreadable {
        Unreadable::NoObject
    }
}

/// Whatever was thrown is not looked at: that alone could throw again.
impl From<JsValue> for Unreadable {
    fn from(_: JsValue) -> Unreadable {
        Unreadable::Threw
    }
}

/// Whether JSON has such a value; `undefined` stands for a field that is absent.
fn is_of_json(value: &JsValue) -> bool {
    !(value.is_bigint() || value.is_symbol() || value.is_function())
}

/// Whether a value is an object as JSON has it: no list, and none of JavaScript's own kinds such as a map or a date.
fn is_object(value: &JsValue) -> Result<bool, JsValue> {
    Ok(value.is_object() && !is_list(value)? && tag(value)? == "[object Object]")
}

/// Takes the least number of bytes that JSON has for something from those that a request may have.
fn spend(budget: &Cell<usize>, bytes: usize) -> Result<(), Unreadable> {
    budget.set(budget.get().checked_sub(bytes).ok_or(Unreadable::TooLong)?);
    Ok(())
}

fn length(text: &JsString) -> usize {
    usize::try_from(text.length()).unwrap_or(usize::MAX)
}

/// A text as Unicode. Half a surrogate pair becomes the replacement character on its way, which is noticed here: JSON that
/// holds one is refused, too.
fn unicode(text: &JsString) -> Result<String, Unreadable> {
    let copy = String::from(text);
    if copy.contains(char::REPLACEMENT_CHARACTER) && !text.is_valid_utf16() {
        return Err(Unreadable::NoUnicode);
    }
    Ok(copy)
}

struct Value<'b> {
    value: JsValue,
    budget: &'b Cell<usize>,
}

impl<'de> de::Deserializer<'de> for Value<'_> {
    type Error = Unreadable;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        let Value { value, budget } = self;
        // A value and a comma or a bracket.
        spend(budget, 2)?;
        if let Some(text) = value.dyn_ref::<JsString>() {
            spend(budget, length(text))?;
            return visitor.visit_string(unicode(text)?);
        }
        if value.is_object() {
            if is_list(&value)? {
                let length = Reflect::get(&value, &JsValue::from_str("length"))?.as_f64().unwrap_or(0.0);
                return visitor.visit_seq(Items { list: value, index: 0, length, budget });
            }
            if is_object(&value)? {
                let entries = entries(&value)?;
                return visitor.visit_map(Fields { entries, index: 0, value: JsValue::UNDEFINED, budget });
            }
            return visitor.visit_f64(NO_VALUE_OF_JSON);
        }
        if !is_of_json(&value) {
            return visitor.visit_f64(NO_VALUE_OF_JSON);
        }
        // What is left is nothing, a flag or a number; a node takes each of them.
        serde_wasm_bindgen::Deserializer::from(value).deserialize_any(visitor).map_err(|_| Unreadable::NoObject)
    }

    /// What is passed over is not even looked at, so that a circle ends.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
        spend(self.budget, 2)?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// How a map, a date, a function and whatever else JSON lacks is told: as the number for which no field has a use, so that
/// the error names the field.
const NO_VALUE_OF_JSON: f64 = f64::NAN;

struct Items<'b> {
    list: JsValue,
    index: u32,
    length: f64,
    budget: &'b Cell<usize>,
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Unreadable;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Unreadable> {
        if f64::from(self.index) < self.length {
            let value = Reflect::get_u32(&self.list, self.index)?;
            self.index = self.index.checked_add(1).ok_or(Unreadable::TooLong)?;
            seed.deserialize(Value { value, budget: self.budget }).map(Some)
        } else {
            Ok(None)
        }
    }
}

struct Fields<'b> {
    entries: Array,
    index: u32,
    value: JsValue,
    budget: &'b Cell<usize>,
}

impl<'de> de::MapAccess<'de> for Fields<'_> {
    type Error = Unreadable;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Unreadable> {
        if self.index >= self.entries.length() {
            return Ok(None);
        }
        let Entry { name, value } = self.entries.get(self.index).into();
        self.index = self.index.checked_add(1).ok_or(Unreadable::TooLong)?;
        self.value = value;
        // The name, two quotation marks and a colon.
        spend(self.budget, length(&name).saturating_add(3))?;
        let name: StringDeserializer<Unreadable> = unicode(&name)?.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Unreadable> {
        seed.deserialize(Value { value: std::mem::take(&mut self.value), budget: self.budget })
    }
}

/// A name and its value, as `Object.entries` gives them.
struct Entry {
    name: JsString,
    value: JsValue,
}

impl From<JsValue> for Entry {
    fn from(pair: JsValue) -> Entry {
        let pair: Array = pair.unchecked_into();
        Entry { name: pair.get(0).unchecked_into(), value: pair.get(1) }
    }
}
