//! Everything that the page says in words of its own, in every language that it speaks. What the rules say is theirs, in
//! `billing::message`.
//!
//! English is in the page, and any other language is a part that comes when it is spoken. A text is a function, so one that is
//! missing in a language, or has other places to fill, does not compile.

pub(crate) mod ahead;
pub(crate) mod frame;
pub(crate) mod help;
pub(crate) mod invoices;
mod language;
pub(crate) mod tiers;
pub(crate) mod usage;

pub(crate) use language::{Language, Spoken};

use std::cell::Cell;

/// Declares the texts of one module: `name: "English", "Deutsch";`, or with places to fill
/// `name(amount): "Buy {amount}", "{amount} kaufen";`.
macro_rules! texts {
    ($module:ident; $($name:ident $(($($param:ident),+))?: $english:literal, $german:literal;)*) => {
        /// The texts by number, as every other language counts them.
        #[allow(non_camel_case_types, reason = "named after the functions")]
        #[derive(Clone, Copy)]
        enum Number { $($name),* }

        $($crate::texts::text! { $module $name $(($($param),+))? $english })*

        pub(super) static GERMAN: &[&str] = &[$($german),*];

        #[cfg(test)]
        #[test]
        fn every_place_is_filled_in_every_language() {
            $($crate::texts::check(stringify!($name), &[$($(stringify!($param)),+)?], &[$english, $german]);)*
        }
    };
}
pub(crate) use texts;

macro_rules! text {
    ($module:ident $name:ident $english:literal) => {
        #[allow(clippy::as_conversions, reason = "a number of a text")]
        pub(crate) fn $name() -> &'static str {
            $crate::texts::said($crate::texts::Module::$module, Number::$name as usize, $english)
        }
    };
    ($module:ident $name:ident ($($param:ident),+) $english:literal) => {
        #[allow(clippy::as_conversions, reason = "a number of a text")]
        pub(crate) fn $name($($param: &str),+) -> String {
            let said = $crate::texts::said($crate::texts::Module::$module, Number::$name as usize, $english);
            $crate::texts::filled(said, &[$((stringify!($param), $param)),+])
        }
    };
}
pub(crate) use text;

/// The modules with texts, in the order of a language's tables.
#[derive(Clone, Copy)]
pub(crate) enum Module {
    Frame,
    Tiers,
    Invoices,
    Usage,
    Help,
    Ahead,
}

/// The tables of a language, one for each module.
pub(crate) type Tables = &'static [&'static [&'static str]];

/// German, which is a part of its own.
pub(crate) static GERMAN: Tables =
    &[frame::GERMAN, tiers::GERMAN, invoices::GERMAN, usage::GERMAN, help::GERMAN, ahead::GERMAN];

thread_local! {
    /// The tables of the language that is spoken; none for English.
    static SPOKEN: Cell<Option<Tables>> = const { Cell::new(None) };
}

#[allow(clippy::as_conversions, reason = "a number of a module")]
fn said(module: Module, number: usize, english: &'static str) -> &'static str {
    let spoken = SPOKEN.get().and_then(|tables| tables.get(module as usize)?.get(number));
    spoken.copied().unwrap_or(english)
}

/// A text with its places filled.
fn filled(text: &str, params: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut pieces = text.split('{');
    filled.push_str(pieces.next().unwrap_or_default());
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or(("", piece));
        let value = params.iter().find(|(param, _)| *param == name).map_or("", |(_, value)| value);
        filled.push_str(value);
        filled.push_str(rest);
    }
    filled
}

/// Whether a text has the same places to fill in each language, and says something.
#[cfg(test)]
fn check(name: &str, params: &[&str], languages: &[&str]) {
    for text in languages {
        let mut places: Vec<&str> =
            text.split('{').skip(1).filter_map(|piece| Some(piece.split_once('}')?.0)).collect();
        let mut expected = params.to_vec();
        places.sort_unstable();
        expected.sort_unstable();
        places.dedup();
        assert_eq!(places, expected, "{name}: {text}");
        assert!(!text.trim().is_empty(), "{name}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_filled_and_nothing_else() {
        let params = [("amount", "$5.00"), ("count", "{amount}")];
        assert_eq!(filled("Buy {count} times {amount}.", &params), "Buy {amount} times $5.00.");
        assert_eq!(filled("Nothing.", &params), "Nothing.");
    }
}
