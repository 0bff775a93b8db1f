//! A document as a tree of plain values, and strict reading from it: the shape that policies and requests share.
//!
//! A tree keeps what it was given (duplicate fields too), so that the reader can name the exact place of what is wrong.
//! It knows no file and no text format; whatever speaks serde can be read into it.

pub mod read;
pub(crate) mod record;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// A value of a document. It has no `Debug`: a request may hold a card number.
#[derive(Clone, PartialEq, Eq)]
pub enum Node<'a> {
    /// Nothing; a field that holds it counts as absent.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number from 0.
    Count(u64),
    /// Any other number: the contract has no use for it, only an error.
    OtherNumber,
    /// A list or an object below [`Node::MAX_DEPTH`], passed over. No document needs one so deep, so the reader refuses
    /// what stands around it.
    TooDeep,
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Node<'a>>),
    /// Named fields, in their order, as they came.
    Object(Vec<(Cow<'a, str>, Node<'a>)>),
}

impl Node<'_> {
    /// How deep lists and objects may stand in each other.
    pub const MAX_DEPTH: u8 = 32;
}

impl<'de> Deserialize<'de> for Node<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Below(Node::MAX_DEPTH).deserialize(deserializer)
    }
}

/// Reads a node below which this many levels are allowed.
#[derive(Clone, Copy)]
struct Below(u8);

impl Below {
    fn next(self) -> Option<Below> {
        self.0.checked_sub(1).map(Below)
    }
}

impl<'de> DeserializeSeed<'de> for Below {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Below {
    type Value = Node<'de>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_none<E>(self) -> Result<Node<'de>, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node<'de>, E> {
        Ok(Node::Count(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node<'de>, E> {
        Ok(u64::try_from(value).map_or(Node::OtherNumber, Node::Count))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node<'de>, E> {
        Ok(Node::OtherNumber)
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_string())))
    }

    fn visit_string<E>(self, text: String) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node<'de>, A::Error> {
        let Some(below) = self.next() else {
            while items.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(Node::TooDeep);
        };
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(below)? {
            list.push(item);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node<'de>, A::Error> {
        let Some(below) = self.next() else {
            while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(Node::TooDeep);
        };
        let mut fields = Vec::with_capacity(8);
        while let Some(name) = entries.next_key_seed(Name)? {
            fields.push((name, entries.next_value_seed(below)?));
        }
        Ok(Node::Object(fields))
    }
}

/// The name of a field, borrowed where the text allows it.
pub struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the name of a field")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text.to_string()))
    }

    fn visit_string<E>(self, text: String) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::IntoDeserializer;
    use serde::de::value::Error;

    #[test]
    fn a_name_is_the_same_however_it_is_handed_over() {
        let (owned, copied) = (String::from("balance").into_deserializer(), "balance".into_deserializer());
        let read: [Result<Cow<'_, str>, Error>; 2] = [
            Name.deserialize::<serde::de::value::StringDeserializer<Error>>(owned),
            Name.deserialize::<serde::de::value::StrDeserializer<'_, Error>>(copied),
        ];
        assert_eq!(read, [Ok(Cow::Borrowed("balance")), Ok(Cow::Borrowed("balance"))]);
    }
}
