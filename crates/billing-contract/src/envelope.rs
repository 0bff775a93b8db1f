//! The envelope of a request: which question, under which policy, at what time.

use crate::error::{Error, MAX_LINE_BYTES};
use billing::json::read::{At, Fields, ReadError};
use billing::json::{Name, Node};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A request whose form is right so far: an object, with an `id` of the kind `I` kept as it came.
pub struct Envelope<'a, I> {
    /// The id, where there is one.
    pub id: Option<I>,
    fields: Node<'a>,
}

impl<'a, I: Deserialize<'a>> Envelope<'a, I> {
    /// Reads a line.
    ///
    /// # Errors
    /// `request.too_long`, `request.not_utf8`, `request.malformed`, each with the number of the line.
    pub fn read(line: &'a [u8], number: u64) -> Result<Self, Error> {
        if line.len() > MAX_LINE_BYTES {
            return Err(Error::too_long(number));
        }
        let text = std::str::from_utf8(line).map_err(|error| {
            let message = format!("This is not UTF-8: byte {}.", error.valid_up_to().saturating_add(1));
            Error::in_line("request.not_utf8", number, message)
        })?;
        serde_json::from_str(text).map_err(|error| {
            let message = if error.is_data() {
                String::from("A request is a JSON object.")
            } else {
                format!("This is not JSON: column {}.", error.column())
            };
            Error::in_line("request.malformed", number, message)
        })
    }
}

impl<I> Envelope<'_, I> {
    /// The fields beside the `id`, each known and none twice.
    pub(crate) fn fields<'n>(&'n self, at: &'n At<'n>) -> Result<Fields<'n, 'n>, ReadError> {
        // The first `id` is not among these fields.
        Fields::open(&self.fields, at, &["id", "policy", "now", "query", "input"])
    }
}

impl<'de, I: Deserialize<'de>> Deserialize<'de> for Envelope<'de, I> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(EnvelopeVisitor(PhantomData))
    }
}

struct EnvelopeVisitor<I>(PhantomData<I>);

impl<'de, I: Deserialize<'de>> Visitor<'de> for EnvelopeVisitor<I> {
    type Value = Envelope<'de, I>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a request")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut id = None;
        let mut fields: Vec<(Cow<'de, str>, Node<'de>)> = Vec::with_capacity(4);
        while let Some(name) = entries.next_key_seed(Name)? {
            if name == "id" && id.is_none() {
                id = Some(entries.next_value()?);
            } else if name == "id" {
                // A second one is refused below, for standing there twice.
                entries.next_value::<IgnoredAny>()?;
                fields.extend([(name.clone(), Node::Null), (name, Node::Null)]);
            } else {
                fields.push((name, entries.next_value()?));
            }
        }
        Ok(Envelope { id, fields: Node::Object(fields) })
    }
}
