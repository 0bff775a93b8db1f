//! Strict reading: every field known, none twice, each of its type; what is wrong is named with its place.

use crate::clause::Clause;
use crate::finding::{Finding, OwnedParam};
use crate::json::Node;
use crate::money::{Charge, Money, MoneyError};
use crate::time::{Date, TimeError, Timestamp};
use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Deref;

/// A place in a document: `input.account.balance`.
#[derive(Clone, Copy)]
pub struct At<'p> {
    parent: Option<&'p At<'p>>,
    step: Step<'p>,
    family: Family,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    Root(&'p str),
    Field(&'p str),
    Item(usize),
}

/// The kind of document that a place belongs to: the first part of the codes of errors in its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// A request to the contract.
    Request,
    /// A policy document.
    Policy,
    /// An account's history.
    History,
}

impl<'p> At<'p> {
    /// The place of a whole document; its name may be empty.
    #[must_use]
    pub fn root(family: Family, name: &'p str) -> At<'p> {
        At { parent: None, step: Step::Root(name), family }
    }

    /// The place of a field.
    #[must_use]
    pub fn field(&'p self, name: &'p str) -> At<'p> {
        At { parent: Some(self), step: Step::Field(name), family: self.family }
    }

    /// The place of an item in a list, counted from 0.
    #[must_use]
    pub fn item(&'p self, index: usize) -> At<'p> {
        At { parent: Some(self), step: Step::Item(index), family: self.family }
    }

    /// The same place, with everything below it in another family of documents.
    #[must_use]
    pub fn with_family(self, family: Family) -> At<'p> {
        At { family, ..self }
    }

    /// An error in the shape at this place.
    #[must_use]
    #[cold]
    pub fn fault(&self, shape: Shape) -> ReadError {
        let family = match self.family {
            Family::Request => "request",
            Family::Policy => "policy",
            Family::History => "history",
        };
        let code = format!("{family}.{}", shape.word()).into();
        let (path, message) = (self.to_string(), shape.to_string());
        ReadError(Box::new(Details { code, clause: None, params: shape.params(), path, message }))
    }

    /// A finding of a rule at this place, as an error.
    #[must_use]
    #[cold]
    pub fn finding(&self, finding: &dyn Finding) -> ReadError {
        let mut params = Vec::new();
        finding.params(&mut |name, param| params.push((name, param.into())));
        let (path, message) = (self.to_string(), finding.to_string());
        ReadError(Box::new(Details { code: finding.code().into(), clause: finding.clause(), params, path, message }))
    }

    /// An error in an amount at this place.
    #[must_use]
    pub fn money_fault(&self, error: MoneyError) -> ReadError {
        self.plain_fault(error.code(), &error)
    }

    /// An error in a time at this place.
    #[must_use]
    pub fn time_fault(&self, error: TimeError) -> ReadError {
        self.plain_fault(error.code(), &error)
    }

    /// Any other error at this place.
    #[must_use]
    #[cold]
    pub fn plain_fault(&self, code: &'static str, message: &dyn fmt::Display) -> ReadError {
        let (path, message) = (self.to_string(), message.to_string());
        ReadError(Box::new(Details { code: code.into(), clause: None, params: Vec::new(), path, message }))
    }
}

impl fmt::Display for At<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(out)?;
        }
        match (self.step, self.parent) {
            (Step::Root(name), _) => out.write_str(name),
            (Step::Field(name), Some(At { step: Step::Root(""), .. })) => write!(out, "{}", without_long_numbers(name)),
            (Step::Field(name), _) => write!(out, ".{}", without_long_numbers(name)),
            (Step::Item(index), _) => write!(out, "[{index}]"),
        }
    }
}

/// A name that came in, as it may be shown: shortened, and without digits where it could be a card number.
fn without_long_numbers(name: &str) -> Cow<'_, str> {
    const LONGEST: usize = 64;
    let is_digit = |character: char| crate::characters::digit(character).is_some();
    if name.chars().filter(|character| is_digit(*character)).count() < 8 && name.len() <= LONGEST {
        return Cow::Borrowed(name);
    }
    let hidden = name.chars().take(LONGEST).map(|character| if is_digit(character) { '*' } else { character });
    Cow::Owned(hidden.collect())
}

/// An error in a document, with its place. It is boxed, because nearly every read can fail and
/// hardly any does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReadError(Box<Details>);

/// The contents of a [`ReadError`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Details {
    /// The stable code.
    pub code: Cow<'static, str>,
    /// The clause behind it, where a rule and not the shape is broken.
    pub clause: Option<Clause>,
    /// The figures, by name.
    pub params: Vec<(&'static str, OwnedParam)>,
    /// Where: `input.account.balance`.
    pub path: String,
    /// The message for a person.
    pub message: String,
}

impl ReadError {
    /// What it says, to be kept.
    #[must_use]
    pub fn into_details(self) -> Details {
        *self.0
    }
}

impl Deref for ReadError {
    type Target = Details;

    fn deref(&self) -> &Details {
        &self.0
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} ({})", self.path, self.message, self.code)
    }
}

impl core::error::Error for ReadError {}

/// An error in the shape of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// An unknown field.
    UnknownField,
    /// A field that is given twice.
    DuplicateField,
    /// A missing field.
    MissingField,
    /// A value of another type than this.
    WrongType(&'static str),
    /// A text that is none of these words.
    UnknownValue(&'static [&'static str]),
    /// A text of more bytes than this.
    TextTooLong(usize),
    /// A number outside these bounds, both included.
    OutOfRange(u64, u64),
    /// A list of more items than this.
    TooManyItems(u64),
}

impl Shape {
    fn params(self) -> Vec<(&'static str, OwnedParam)> {
        let text = |text: &str| OwnedParam::Text(text.to_string());
        match self {
            Shape::UnknownField | Shape::DuplicateField | Shape::MissingField => Vec::new(),
            Shape::WrongType(wanted) => vec![("expected", text(wanted))],
            Shape::UnknownValue(words) => vec![("allowed", text(&words.join(", ")))],
            Shape::TextTooLong(bytes) => vec![("bytes", OwnedParam::Count(u64::try_from(bytes).unwrap_or(u64::MAX)))],
            Shape::OutOfRange(lowest, highest) => {
                vec![("lowest", OwnedParam::Count(lowest)), ("highest", OwnedParam::Count(highest))]
            }
            Shape::TooManyItems(most) => Shape::OutOfRange(0, most).params(),
        }
    }

    fn word(self) -> &'static str {
        match self {
            Shape::UnknownField => "unknown_field",
            Shape::DuplicateField => "duplicate_field",
            Shape::MissingField => "missing_field",
            Shape::WrongType(_) => "wrong_type",
            Shape::UnknownValue(_) => "unknown_value",
            Shape::TextTooLong(_) => "text_too_long",
            Shape::OutOfRange(..) | Shape::TooManyItems(_) => "out_of_range",
        }
    }
}

/// The fields of an object: all known, none given twice.
#[derive(Clone, Copy)]
pub struct Fields<'n, 'p> {
    fields: &'n [(Cow<'n, str>, Node<'n>)],
    at: &'p At<'p>,
}

impl<'n, 'p> Fields<'n, 'p> {
    /// Opens an object that may have these fields.
    ///
    /// # Errors
    /// `wrong_type`, `unknown_field` or `duplicate_field`, the first that applies.
    pub fn open(node: &'n Node<'n>, at: &'p At<'p>, names: &[&str]) -> Result<Fields<'n, 'p>, ReadError> {
        let opened = Fields::open_any(node, at)?;
        match opened.strangers(names).next() {
            Some(fault) => Err(fault),
            None => Ok(opened),
        }
    }

    /// Opens an object whose fields are checked later, with [`Fields::strangers`].
    ///
    /// # Errors
    /// `wrong_type`.
    pub fn open_any(node: &'n Node<'n>, at: &'p At<'p>) -> Result<Fields<'n, 'p>, ReadError> {
        match node {
            Node::Object(fields) => Ok(Fields { fields, at }),
            _ => Err(at.fault(Shape::WrongType("an object"))),
        }
    }

    /// The fields that are not among `names`, or are given a second time. Its work is bounded by the square of the
    /// number of names, because the first stranger ends a careful reader.
    pub fn strangers(self, names: &[&str]) -> impl Iterator<Item = ReadError> {
        self.fields.iter().enumerate().filter_map(move |(index, (name, _))| {
            if !names.contains(&name.as_ref()) {
                return Some(self.at.field(name).fault(Shape::UnknownField));
            }
            let again = self.fields.iter().take(index).any(|(earlier, _)| earlier == name);
            again.then(|| self.at.field(name).fault(Shape::DuplicateField))
        })
    }

    /// Every name and value.
    pub fn all(self) -> impl Iterator<Item = (&'n str, &'n Node<'n>)> {
        self.fields.iter().map(|(name, node)| (name.as_ref(), node))
    }

    /// The value of a field; `null` counts as absent.
    #[must_use]
    pub fn get(self, name: &str) -> Option<&'n Node<'n>> {
        self.fields.iter().find(|(field, _)| field == name).map(|(_, node)| node).filter(|node| **node != Node::Null)
    }

    /// Reads a field that may be absent.
    ///
    /// # Errors
    /// What `read` answers.
    pub fn optional<T>(
        self,
        name: &str,
        read: impl FnOnce(&'n Node<'n>, &At<'_>) -> Result<T, ReadError>,
    ) -> Result<Option<T>, ReadError> {
        self.get(name).map(|node| read(node, &self.at.field(name))).transpose()
    }

    /// Reads a field that must be there.
    ///
    /// # Errors
    /// `missing_field`, or what `read` answers.
    pub fn required<T>(
        self,
        name: &str,
        read: impl FnOnce(&'n Node<'n>, &At<'_>) -> Result<T, ReadError>,
    ) -> Result<T, ReadError> {
        let node = self.get(name).ok_or_else(|| self.at.field(name).fault(Shape::MissingField))?;
        read(node, &self.at.field(name))
    }

    /// The place of a field, for what is found wrong with it later.
    #[must_use]
    pub fn at(self) -> &'p At<'p> {
        self.at
    }
}

/// The longest text that a field may hold, in bytes.
pub const MAX_TEXT_BYTES: usize = 256;

/// Reads a text of at most [`MAX_TEXT_BYTES`].
///
/// # Errors
/// `wrong_type` or `text_too_long`.
pub fn text<'n>(node: &'n Node<'n>, at: &At<'_>) -> Result<&'n str, ReadError> {
    match node {
        Node::Text(text) if text.len() <= MAX_TEXT_BYTES => Ok(text),
        Node::Text(_) => Err(at.fault(Shape::TextTooLong(MAX_TEXT_BYTES))),
        _ => Err(at.fault(Shape::WrongType("a text"))),
    }
}

/// Reads an amount of money. A history holds sums, too, which may be larger than anything that comes in.
///
/// # Errors
/// `money.not_a_string` or another code of [`MoneyError`].
pub fn money(node: &Node<'_>, at: &At<'_>) -> Result<Money, ReadError> {
    let parse = if at.family == Family::History { Money::parse_sum } else { Money::parse };
    match node {
        Node::Text(text) => parse(text).map_err(|error| at.money_fault(error)),
        _ => Err(at.plain_fault("money.not_a_string", &"Money is written as a text, for example \"25.00\".")),
    }
}

/// Reads an amount of money that a person chooses: not below zero.
///
/// # Errors
/// As [`money`], and `money.negative`.
pub fn amount(node: &Node<'_>, at: &At<'_>) -> Result<Money, ReadError> {
    money(node, at)?.not_negative().map_err(|error| at.money_fault(error))
}

/// Reads an amount that a card is charged with: whole cents, not below zero.
///
/// # Errors
/// As [`amount`], and `money.too_precise` for parts of a cent.
pub fn charge(node: &Node<'_>, at: &At<'_>) -> Result<Charge, ReadError> {
    Charge::of(money(node, at)?).map_err(|error| at.money_fault(error))
}

/// Reads `true` or `false`.
///
/// # Errors
/// `wrong_type`.
pub fn flag(node: &Node<'_>, at: &At<'_>) -> Result<bool, ReadError> {
    match node {
        Node::Bool(value) => Ok(*value),
        _ => Err(at.fault(Shape::WrongType("true or false"))),
    }
}

/// Reads a whole number within bounds, both included.
///
/// # Errors
/// `wrong_type` or `out_of_range`.
pub fn count(lowest: u64, highest: u64) -> impl Fn(&Node<'_>, &At<'_>) -> Result<u64, ReadError> {
    move |node, at| match node {
        Node::Count(value) if (lowest..=highest).contains(value) => Ok(*value),
        Node::Count(_) | Node::OtherNumber => Err(at.fault(Shape::OutOfRange(lowest, highest))),
        _ => Err(at.fault(Shape::WrongType("a whole number"))),
    }
}

/// Reads an RFC 3339 instant.
///
/// # Errors
/// `wrong_type` or a code of [`TimeError`].
pub fn timestamp(node: &Node<'_>, at: &At<'_>) -> Result<Timestamp, ReadError> {
    Timestamp::parse(text(node, at)?).map_err(|error| at.time_fault(error))
}

/// Reads a date.
///
/// # Errors
/// `wrong_type` or a code of [`TimeError`].
pub fn date(node: &Node<'_>, at: &At<'_>) -> Result<Date, ReadError> {
    Date::parse(text(node, at)?).map_err(|error| at.time_fault(error))
}

/// Reads one of the words of a vocabulary.
///
/// # Errors
/// `wrong_type` or `unknown_value`, which lists the words.
pub fn word<W: Word>(node: &Node<'_>, at: &At<'_>) -> Result<W, ReadError> {
    let word = text(node, at)?;
    W::from_id(word).ok_or_else(|| at.fault(Shape::UnknownValue(W::IDS)))
}

/// Reads each item of a list of at most `most` items.
///
/// # Errors
/// `wrong_type`, `out_of_range` for too many items, or what `read` answers.
pub fn list<'n, T>(
    most: u64,
    read: impl Fn(&'n Node<'n>, &At<'_>) -> Result<T, ReadError>,
) -> impl Fn(&'n Node<'n>, &At<'_>) -> Result<Vec<T>, ReadError> {
    move |node, at| match node {
        Node::List(items) if u64::try_from(items.len()).is_ok_and(|length| length <= most) => {
            items.iter().enumerate().map(|(index, item)| read(item, &at.item(index))).collect()
        }
        Node::List(_) => Err(at.fault(Shape::TooManyItems(most))),
        _ => Err(at.fault(Shape::WrongType("a list"))),
    }
}

/// A closed vocabulary: an enum whose values have ids in the contract.
pub trait Word: Sized {
    /// The ids, in order.
    const IDS: &'static [&'static str];

    /// The value with this id.
    fn from_id(id: &str) -> Option<Self>;

    /// The id of this value.
    fn word(&self) -> &'static str;
}

/// The error of parsing a [`Word`]: the text is none of the ids. It does not hold the text, which may be a card number
/// in the wrong field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWord {
    /// The ids that there are, in order.
    pub allowed: &'static [&'static str],
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Shape::UnknownValue(self.allowed).fmt(out)
    }
}

impl core::error::Error for UnknownWord {}

/// Declares an enum that is a [`Word`]: its `Display` and `FromStr` are the id.
macro_rules! vocabulary {
    (
        $(#[$outer:meta])*
        pub enum $name:ident { $($(#[$inner:meta])* $variant:ident = $id:literal,)* }
    ) => {
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$inner])* $variant,)* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The id in documents and answers.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $($name::$variant => $id,)* }
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, out: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                out.pad(self.id())
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::json::read::UnknownWord;

            fn from_str(id: &str) -> Result<Self, $crate::json::read::UnknownWord> {
                let unknown = $crate::json::read::UnknownWord { allowed: <Self as $crate::json::read::Word>::IDS };
                <Self as $crate::json::read::Word>::from_id(id).ok_or(unknown)
            }
        }

        impl $crate::finding::AsParam for $name {
            fn as_param(&self) -> $crate::finding::Param<'_> {
                $crate::finding::Param::Text(self.id())
            }
        }

        impl $crate::json::read::Word for $name {
            const IDS: &'static [&'static str] = &[$($id,)*];

            fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some($name::$variant),)* _ => None }
            }

            fn word(&self) -> &'static str {
                self.id()
            }
        }
    };
}
pub(crate) use vocabulary;
