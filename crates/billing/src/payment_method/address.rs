//! PM-6, PM-8: the billing address.

use crate::json::record::object;
use crate::payment_method::card::number::holds_card_number;
use crate::payment_method::card::problem::{CardProblem, Field};
use crate::payment_method::country::{Country, same_postal_code};
use alloc::string::String;

pub use crate::payment_method::country::Part;

/// A billing address as a person entered it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Address<'a> {
    /// The street and house.
    pub line1: &'a str,
    /// A second line, where there is one.
    pub line2: &'a str,
    /// The city.
    pub city: &'a str,
    /// The region: a state, a province, a prefecture.
    pub region: &'a str,
    /// The postal code.
    pub postal_code: &'a str,
    /// The country, as ISO 3166-1 alpha-2.
    pub country: &'a str,
}

impl Address<'_> {
    fn part(&self, part: Part) -> &str {
        match part {
            Part::Line1 => self.line1,
            Part::Line2 => self.line2,
            Part::City => self.city,
            Part::Region => self.region,
            Part::PostalCode => self.postal_code,
        }
    }

    /// PM-6: reports missing parts, parts that do not fit the country, and card numbers.
    pub(super) fn problems(&self, find: &mut impl FnMut(Field, CardProblem)) {
        let country = Country::from_code(self.country);
        if country.is_none() {
            find(Field::Country, CardProblem::CountryUnknown);
        }
        for part in Part::ALL {
            let (field, typed) = (field_of(part), self.part(part));
            if holds_card_number(typed) {
                find(field, CardProblem::CardNumberInAddress { part: field });
            } else if typed.trim().is_empty() {
                if let Some(country) = country.filter(|country| country.requires(part)) {
                    find(field, CardProblem::AddressIncomplete { part: field, label: label_of(country, part) });
                }
            } else if part == Part::PostalCode
                && let Some(problem) = country.and_then(|country| postal_code_problem(country, typed))
            {
                find(field, problem);
            }
        }
    }

    /// PM-6: what the country calls the first needed part that is missing.
    #[must_use]
    pub fn lacks(&self) -> Option<&'static str> {
        let mut first = None;
        self.problems(&mut |_, problem| {
            if let CardProblem::AddressIncomplete { label, .. } = problem {
                first.get_or_insert(label);
            }
        });
        first
    }

    /// PM-8: whether it is the same address, however it is spelled: case, blanks and the writing of the postal code aside.
    pub(super) fn is_same(&self, other: &Address<'_>) -> bool {
        let words = [(self.line1, other.line1), (self.line2, other.line2), (self.city, other.city)];
        words.into_iter().chain([(self.region, other.region), (self.country, other.country)]).all(same_words)
            && same_postal_code(self.postal_code, other.postal_code)
    }
}

/// PM-6: returns the problem with a postal code that was typed for a country.
#[must_use]
pub fn postal_code_problem(country: Country, typed: &str) -> Option<CardProblem> {
    let malformed = CardProblem::PostalCodeMalformed { country: country.code(), example: country.postal_example() };
    (!country.fits_postal_code(typed)).then_some(malformed)
}

/// What the country calls a part.
fn label_of(country: Country, part: Part) -> &'static str {
    match part {
        Part::Line1 => "Street and house number",
        Part::Line2 => "Second address line",
        Part::City => country.city_label().english(),
        Part::Region => country.region_label().english(),
        Part::PostalCode => country.postal_label().english(),
    }
}

fn field_of(part: Part) -> Field {
    match part {
        Part::Line1 => Field::Line1,
        Part::Line2 => Field::Line2,
        Part::City => Field::City,
        Part::Region => Field::Region,
        Part::PostalCode => Field::PostalCode,
    }
}

/// Blanks and the case of ASCII letters aside. The tables for every other letter would weigh more than the rule.
fn same_words((one, other): (&str, &str)) -> bool {
    let mut words = (one.split_whitespace(), other.split_whitespace());
    loop {
        match (words.0.next(), words.1.next()) {
            (None, None) => return true,
            (Some(one), Some(other)) if one.eq_ignore_ascii_case(other) => {}
            _ => return false,
        }
    }
}

object! {
    /// PM-6: a billing address.
    pub struct PostalAddress {
        /// The street and house.
        pub line1: String,
        /// A second line.
        pub line2: String,
        /// The city.
        pub city: String,
        /// The region.
        pub region: String,
        /// The postal code.
        pub postal_code: String,
        /// The country, as ISO 3166-1 alpha-2.
        pub country: String,
    }
}

impl PostalAddress {
    /// The same address, borrowed.
    #[must_use]
    pub fn as_address(&self) -> Address<'_> {
        Address {
            line1: &self.line1,
            line2: &self.line2,
            city: &self.city,
            region: &self.region,
            postal_code: &self.postal_code,
            country: &self.country,
        }
    }
}
