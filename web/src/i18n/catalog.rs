//! How a text is said: in English, which is in the page, or in the language whose catalog is in use.

use account_session::{LoadError, NotStored};
use billing::clause::Clause;
use billing::finding::OwnedParam;
use event_store::StoreError;
use event_store::lines::ImportError;
use std::cell::Cell;
use std::fmt::Display;

/// Declares the texts of one module: `name: "English", "Deutsch";`, or with places to fill
/// `name(amount): "Buy {amount}", "{amount} kaufen";`.
macro_rules! texts {
    ($module:ident; $($name:ident $(($($param:ident),+))?: $english:literal, $german:literal;)*) => {
        /// The texts by number, as every other language counts them.
        #[allow(non_camel_case_types, reason = "named after the functions")]
        #[derive(Clone, Copy)]
        enum Number { $($name),* }

        $($crate::i18n::catalog::text! { $module $name $(($($param),+))? $english })*

        pub(super) static GERMAN: &[&str] = &[$($german),*];

        #[cfg(test)]
        #[test]
        fn every_place_is_filled_in_every_language() {
            $($crate::i18n::catalog::check(stringify!($name), &[$($(stringify!($param)),+)?], &[$english, $german]);)*
        }
    };
}
pub(crate) use texts;

macro_rules! text {
    ($module:ident $name:ident $english:literal) => {
        #[allow(clippy::as_conversions, reason = "a number of a text")]
        pub(crate) fn $name() -> &'static str {
            $crate::i18n::catalog::said($crate::i18n::catalog::Module::$module, Number::$name as usize, $english)
        }
    };
    ($module:ident $name:ident ($($param:ident),+) $english:literal) => {
        #[allow(clippy::as_conversions, reason = "a number of a text")]
        pub(crate) fn $name($($param: &str),+) -> String {
            let said = $crate::i18n::catalog::said($crate::i18n::catalog::Module::$module, Number::$name as usize, $english);
            $crate::i18n::catalog::filled(said, &[$((stringify!($param), $param)),+])
        }
    };
}
pub(crate) use text;

/// The modules with texts, in the order of a language's tables.
#[derive(Clone, Copy)]
pub(crate) enum Module {
    Shell,
    Overview,
    AddCredits,
    PaymentMethod,
    Sandbox,
    Shared,
    Units,
    Tiers,
    Invoices,
    Usage,
    Help,
    ForecastPanel,
}

/// A language other than English.
pub(crate) struct Catalog {
    /// The page's own words, a table for each module.
    pub(super) texts: &'static [&'static [&'static str]],
    /// What the rules and the store say; nothing where this language has no words for it.
    pub(super) say: fn(&What<'_>) -> Option<String>,
}

/// What is not said in the page's own words.
pub(crate) enum What<'a> {
    /// What a rule has found.
    Finding(&'a str, &'a [(&'static str, OwnedParam)]),
    /// A rule, in one sentence.
    Rule(Clause),
    /// A word of the rules, such as a label or a title, by its English form.
    Word(&'a str),
    /// Why a history is not kept.
    Store(&'a StoreError),
    /// Why what was decided is not stored.
    NotStored(&'a NotStored),
    /// Why a stored history is not shown.
    Load(&'a LoadError),
    /// Why a file is no history.
    Import(&'a ImportError),
}

thread_local! {
    /// The language that is spoken; none for English.
    pub(super) static CATALOG: Cell<Option<&'static Catalog>> = const { Cell::new(None) };
}

/// Says something in the language that is spoken. `english` is how it says itself, on a command line too: with the apostrophe
/// of a keyboard, in the place of which the page sets its own.
pub(crate) fn say(what: &What<'_>, english: &dyn Display) -> String {
    CATALOG.get().and_then(|catalog| (catalog.say)(what)).unwrap_or_else(|| english.to_string().replace('\'', "’"))
}

/// A rule in one sentence.
pub(crate) fn rule_summary(clause: Clause) -> String {
    say(&What::Rule(clause), &clause.summary())
}

/// A word of the rules.
pub(crate) fn word(english: &str) -> String {
    say(&What::Word(english), &english)
}

#[allow(clippy::as_conversions, reason = "a number of a module")]
pub(super) fn said(module: Module, number: usize, english: &'static str) -> &'static str {
    let locale = CATALOG.get().and_then(|catalog| catalog.texts.get(module as usize)?.get(number));
    locale.copied().unwrap_or(english)
}

/// A text with its places filled.
pub(super) fn filled(text: &str, params: &[(&str, &str)]) -> String {
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
pub(super) fn check(name: &str, params: &[&str], languages: &[&str]) {
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

    #[test]
    fn a_rule_is_set_with_the_apostrophe_of_the_page() {
        assert_eq!(rule_summary(Clause::Cr8), "Credits bought during a month lower that month’s bill.");
    }
}
