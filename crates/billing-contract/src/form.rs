//! How values stand in an answer.

use billing::clause::Clause;
use billing::finding::{Finding, OwnedParam, Param};
use billing::json::Node;
use billing::json::read::ReadError;
use billing::money::{Charge, Money};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use std::fmt::Display;

/// An amount of money, as a text.
pub(crate) struct Amount<M>(pub(crate) M);

impl Serialize for Amount<Money> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.text().as_str())
    }
}

impl Serialize for Amount<Charge> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.money().text().as_str())
    }
}

/// What is written as it is said: a sentence, an instant.
pub(crate) struct Said<T>(pub(crate) T);

impl<T: Display> Serialize for Said<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// The items of an iterator, as a list.
pub(crate) struct Listed<I>(pub(crate) I);

impl<T: Serialize, I: Iterator<Item = T> + Clone> Serialize for Listed<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(None)?;
        for item in self.0.clone() {
            list.serialize_element(&item)?;
        }
        list.end()
    }
}

/// A finding: code, clause, figures, sentence.
#[derive(Clone, Copy)]
pub(crate) struct Found<F>(pub(crate) F);

impl<F: Finding> Found<F> {
    /// Writes the four fields into an object that may have more.
    pub(crate) fn write<S: SerializeStruct>(&self, object: &mut S) -> Result<(), S::Error> {
        FoundDyn(&self.0).write(object)
    }
}

impl<F: Finding> Serialize for Found<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Finding", 4)?;
        self.write(&mut object)?;
        object.end()
    }
}

/// A finding of any kind.
#[derive(Clone, Copy)]
pub(crate) struct FoundDyn<'f>(pub(crate) &'f dyn Finding);

impl FoundDyn<'_> {
    /// Writes the four fields into an object that may have more.
    pub(crate) fn write<S: SerializeStruct>(&self, object: &mut S) -> Result<(), S::Error> {
        object.serialize_field("code", self.0.code())?;
        object.serialize_field("clause", &self.0.clause().map(Clause::id))?;
        object.serialize_field("params", &Params(self.0))?;
        object.serialize_field("message", &Said(self.0))
    }
}

struct Params<'f>(&'f dyn Finding);

impl Serialize for Params<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let mut written = Ok(());
        self.0.params(&mut |name, param| {
            if written.is_ok() {
                written = map.serialize_entry(name, &ParamForm(param));
            }
        });
        written.and_then(|()| map.end())
    }
}

struct ParamForm<'a>(Param<'a>);

impl Serialize for ParamForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Param::Money(amount) => Amount(amount).serialize(serializer),
            Param::Count(count) => serializer.serialize_u64(count),
            Param::Text(text) => serializer.serialize_str(text),
            Param::Time(instant) => serializer.collect_str(&instant),
            Param::Character(character) => serializer.serialize_char(character),
            Param::Absent => serializer.serialize_none(),
        }
    }
}

/// A fault as a finding, with its place.
pub(crate) struct FaultForm<'a>(pub(crate) &'a ReadError);

impl Serialize for FaultForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Problem", 5)?;
        object.serialize_field("code", &self.0.code)?;
        object.serialize_field("clause", &self.0.clause.map(Clause::id))?;
        object.serialize_field("params", &OwnedParams(&self.0.params))?;
        object.serialize_field("message", &self.0.message)?;
        object.serialize_field("path", &self.0.path)?;
        object.end()
    }
}

struct OwnedParams<'a>(&'a [(&'static str, OwnedParam)]);

impl Serialize for OwnedParams<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, param) in self.0 {
            let param = match param {
                OwnedParam::Money(amount) => Param::Money(*amount),
                OwnedParam::Count(count) => Param::Count(*count),
                OwnedParam::Text(text) => Param::Text(text),
                OwnedParam::Absent => Param::Absent,
            };
            map.serialize_entry(name, &ParamForm(param))?;
        }
        map.end()
    }
}

/// A value of a document, as it came.
pub(crate) struct NodeForm<'a>(pub(crate) &'a Node<'a>);

impl Serialize for NodeForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Node::Null => serializer.serialize_none(),
            Node::Bool(value) => serializer.serialize_bool(*value),
            Node::Count(value) => serializer.serialize_u64(*value),
            Node::Text(text) => serializer.serialize_str(text),
            Node::List(items) => Listed(items.iter().map(NodeForm)).serialize(serializer),
            Node::Object(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                for (name, value) in fields {
                    map.serialize_entry(name, &NodeForm(value))?;
                }
                map.end()
            }
            // A checked document holds neither.
            Node::OtherNumber | Node::TooDeep => Err(S::Error::custom("not a value of a policy")),
        }
    }
}
