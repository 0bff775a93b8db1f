//! Findings: every warning, reason and problem as data — a stable code, the clause behind it and its figures.
//!
//! The enums of findings live in the chapters, next to the rules that find them. Their sentences live in one place
//! (`message.rs`), as the `Display` of each.

use crate::clause::Clause;
use crate::money::{Charge, Money};
use crate::time::Timestamp;
use alloc::string::{String, ToString};
use core::fmt::Display;

/// A result of a rule: a sentence for a person (its `Display`), and a code with figures for a program.
pub trait Finding: Display {
    /// The stable dotted code, for example `access.limit_reached`.
    fn code(&self) -> &'static str;

    /// The clause of the rulebook behind it; `None` where only the form of a document is wrong.
    fn clause(&self) -> Option<Clause>;

    /// Calls `each` with every figure, by name, in a fixed order.
    fn params(&self, each: &mut dyn FnMut(&'static str, Param<'_>));
}

/// A figure of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Param<'a> {
    /// An amount of money.
    Money(Money),
    /// A count, or a number of seconds where the name says so.
    Count(u64),
    /// A word: the id of a tier, a network, a country, a model.
    Text(&'a str),
    /// An instant.
    Time(Timestamp),
    /// A character that the input should not have.
    Character(char),
    /// No value.
    Absent,
}

/// A [`Param`] that owns its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnedParam {
    /// An amount of money.
    Money(Money),
    /// A count.
    Count(u64),
    /// A word, a character or an instant.
    Text(String),
    /// No value.
    Absent,
}

impl From<Param<'_>> for OwnedParam {
    fn from(param: Param<'_>) -> OwnedParam {
        match param {
            Param::Money(amount) => OwnedParam::Money(amount),
            Param::Count(count) => OwnedParam::Count(count),
            Param::Text(text) => OwnedParam::Text(text.to_string()),
            Param::Time(instant) => OwnedParam::Text(instant.to_string()),
            Param::Character(character) => OwnedParam::Text(character.to_string()),
            Param::Absent => OwnedParam::Absent,
        }
    }
}

/// A type that can be a figure of a finding.
pub trait AsParam {
    /// The figure.
    fn as_param(&self) -> Param<'_>;
}

impl AsParam for Money {
    fn as_param(&self) -> Param<'_> {
        Param::Money(*self)
    }
}

impl AsParam for Charge {
    fn as_param(&self) -> Param<'_> {
        Param::Money(self.money())
    }
}

impl AsParam for Timestamp {
    fn as_param(&self) -> Param<'_> {
        Param::Time(*self)
    }
}

impl AsParam for u64 {
    fn as_param(&self) -> Param<'_> {
        Param::Count(*self)
    }
}

impl AsParam for &str {
    fn as_param(&self) -> Param<'_> {
        Param::Text(self)
    }
}

impl AsParam for char {
    fn as_param(&self) -> Param<'_> {
        Param::Character(*self)
    }
}

impl<T: AsParam> AsParam for Option<T> {
    fn as_param(&self) -> Param<'_> {
        self.as_ref().map_or(Param::Absent, AsParam::as_param)
    }
}

/// Declares an enum of findings: each variant with its code, its clause and its figures by name.
macro_rules! findings {
    (
        $(#[$outer:meta])*
        pub enum $name:ident $(<$lifetime:lifetime>)? {
            $(
                $(#[$inner:meta])*
                $variant:ident $({ $($(#[$field_meta:meta])* $field:ident: $type:ty),* $(,)? })? = $code:literal $clause:ident,
            )*
        }
    ) => {
        // The figures need no text of their own: their names say what they are, and the message says how they are meant.
        #[allow(missing_docs)]
        $(#[$outer])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name $(<$lifetime>)? {
            $($(#[$inner])* $variant $({ $($(#[$field_meta])* $field: $type),* })?,)*
        }

        impl $(<$lifetime>)? $name $(<$lifetime>)? {
            /// Every code that this kind of finding can have.
            pub const CODES: &'static [&'static str] = &[$($code),*];
        }

        impl $(<$lifetime>)? $crate::finding::Finding for $name $(<$lifetime>)? {
            fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code,)* }
            }

            fn clause(&self) -> Option<$crate::clause::Clause> {
                match self { $(Self::$variant { .. } => $crate::finding::clause!($clause),)* }
            }

            fn params(&self, each: &mut dyn FnMut(&'static str, $crate::finding::Param<'_>)) {
                match self {
                    $(Self::$variant $({ $($field),* })? => {
                        $($(each(stringify!($field), $crate::finding::AsParam::as_param($field));)*)?
                    })*
                }
                let _ = each;
            }
        }
    };
}

/// The clause of a finding, or `none`.
macro_rules! clause {
    (none) => {
        None
    };
    ($clause:ident) => {
        Some($crate::clause::Clause::$clause)
    };
}
pub(crate) use {clause, findings};
