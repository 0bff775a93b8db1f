//! How the values of events and commands are read and written: the same for both, one form each.

use crate::id::{Id, LastFour, MAX_ID_BYTES};
use crate::json::Node;
use crate::json::read::{At, Fields, ReadError, Shape, Word, amount, charge, count, flag, text, timestamp, word};
use crate::money::{Charge, Money};
use crate::time::Timestamp;
use alloc::string::String;
use serde::ser::{Serialize, Serializer};

/// A value of an event or a command.
pub(crate) trait Value: Sized {
    /// Reads it.
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError>;

    /// Writes it.
    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads it from a field; only what may be nothing may be absent.
    fn read_field(fields: Fields<'_, '_>, name: &str) -> Result<Self, ReadError> {
        fields.required(name, Self::read)
    }
}

/// A value as serde writes it.
pub(crate) struct Written<'v, V>(pub(crate) &'v V);

impl<V: Value> Serialize for Written<'_, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

impl<V: Value> Value for Option<V> {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        V::read(node, at).map(Some)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(value) => value.write(serializer),
            None => serializer.serialize_none(),
        }
    }

    fn read_field(fields: Fields<'_, '_>, name: &str) -> Result<Self, ReadError> {
        fields.optional(name, V::read)
    }
}

impl Value for Id {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        let id = text(node, at)?;
        if id.len() > MAX_ID_BYTES {
            return Err(at.fault(Shape::TextTooLong(MAX_ID_BYTES)));
        }
        if id.is_empty() { Err(at.fault(Shape::WrongType("a text that is not empty"))) } else { Ok(id.into()) }
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// An amount that is not below zero, with up to 12 decimals.
impl Value for Money {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        amount(node, at)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text().as_str())
    }
}

impl Value for Charge {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        charge(node, at)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.money().text().as_str())
    }
}

/// The largest count that JavaScript holds exactly.
const MOST: u64 = (1 << 53) - 1;

impl Value for u64 {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        count(0, MOST)(node, at)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(*self)
    }
}

impl Value for bool {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        flag(node, at)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bool(*self)
    }
}

impl Value for Timestamp {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        timestamp(node, at)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One of the words of a vocabulary.
impl<W: Word> Value for W {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        word(node, at)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

impl Value for LastFour {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        let digits = text(node, at)?.as_bytes();
        let four = <[u8; 4]>::try_from(digits).ok().filter(|four| four.iter().all(u8::is_ascii_digit));
        four.map(LastFour).ok_or_else(|| at.fault(Shape::WrongType("a text of four digits")))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A text of a postal address; it may be empty.
impl Value for String {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        text(node, at).map(Into::into)
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }

    fn read_field(fields: Fields<'_, '_>, name: &str) -> Result<Self, ReadError> {
        Ok(fields.optional(name, Self::read)?.unwrap_or_default())
    }
}

/// Declares a struct that is a [`Value`]: an object with these fields.
macro_rules! object {
    (
        $(#[$outer:meta])*
        pub struct $name:ident { $($(#[$inner:meta])* pub $field:ident: $type:ty,)* }
    ) => {
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($(#[$inner])* pub $field: $type,)* }

        impl $crate::json::record::Value for $name {
            fn read(
                node: &$crate::json::Node<'_>,
                at: &$crate::json::read::At<'_>,
            ) -> Result<Self, $crate::json::read::ReadError> {
                let fields = $crate::json::read::Fields::open(node, at, &[$(stringify!($field)),*])?;
                Ok($name { $($field: $crate::json::record::Value::read_field(fields, stringify!($field))?,)* })
            }

            fn write<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $(map.serialize_entry(stringify!($field), &$crate::json::record::Written(&self.$field))?;)*
                map.end()
            }
        }
    };
}

/// Declares an enum of records: each kind with its name and its fields, in the order in which they are written. `common`
/// are the fields that every record has beside its own.
macro_rules! records {
    (
        common $common:tt
        $(#[$outer:meta])*
        $vis:vis enum $name:ident {
            $(
                $(#[$inner:meta])*
                $variant:ident $({ $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })? = $kind:literal,
            )*
        }
    ) => {
        // The fields need no text of their own: their names say what they are.
        #[allow(missing_docs)]
        $(#[$outer])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        $vis enum $name {
            $($(#[$inner])* $variant $({ $($(#[$field_meta])* $field: $type),* })?,)*
        }

        impl $name {
            /// The names of all kinds.
            $vis const KINDS: &'static [&'static str] = &[$($kind),*];

            /// The name of this kind.
            #[must_use]
            #[allow(dead_code, reason = "a form that is only read has no need of it")]
            $vis fn name(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $kind,)* }
            }

            /// Reads a record, whose `kind` says which it is.
            pub(crate) fn read_record(
                node: &$crate::json::Node<'_>,
                at: &$crate::json::read::At<'_>,
            ) -> Result<Self, $crate::json::read::ReadError> {
                use $crate::json::read::{Fields, Shape, text};
                let all = Fields::open_any(node, at)?;
                match all.required("kind", text)? {
                    $($kind => {
                        const COMMON: &[&str] = &$common;
                        const OWN: &[&str] = &[$($(stringify!($field)),*)?];
                        $crate::json::record::no_strangers(all, COMMON, OWN)?;
                        Ok(Self::$variant $({
                            $($field: $crate::json::record::Value::read_field(all, stringify!($field))?),*
                        })?)
                    })*
                    _ => Err(at.field("kind").fault(Shape::UnknownValue(Self::KINDS))),
                }
            }

            /// Writes the fields of this kind.
            #[allow(dead_code, reason = "a form that is only read is never written")]
            pub(crate) fn write_fields<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    $(Self::$variant $({ $($field),* })? => {
                        $($(map.serialize_entry(stringify!($field), &$crate::json::record::Written($field))?;)*)?
                    })*
                }
                let _ = map;
                Ok(())
            }
        }
    };
}
pub(crate) use {object, records};

/// Whether every field is known, and none stands there twice.
pub(crate) fn no_strangers(fields: Fields<'_, '_>, common: &[&str], own: &[&str]) -> Result<(), ReadError> {
    let names = [common, own].concat();
    match fields.strangers(&names).next() {
        Some(fault) => Err(fault),
        None => Ok(()),
    }
}
