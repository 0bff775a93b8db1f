//! PM-5: expiry dates, while they are typed.

use crate::characters::{digit, is_dash};
use crate::json::Node;
use crate::json::read::{At, ReadError, Shape, text};
use crate::json::record::Value;
use crate::payment_method::card::problem::CardProblem;
use crate::time::{Date, Timestamp};
use arrayvec::ArrayVec;
use core::fmt;
use core::str::FromStr;
use serde::ser::Serializer;

/// The last month in which a card is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Expiry {
    /// The year, in full.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
}

impl Expiry {
    /// Reads `2027-12`, as it is written.
    #[must_use]
    pub fn parse(text: &str) -> Option<Expiry> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str, length| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        (1..=12).contains(&month).then_some(Expiry { year, month })
    }

    /// PM-5: whether the month is over everywhere on Earth.
    #[must_use]
    pub fn has_passed(self, now: Timestamp) -> bool {
        let (year, month) = now.date_farthest_behind().year_and_month();
        self < Expiry { year, month }
    }

    /// PM-5: returns the first instant at which the month is over everywhere; `None` beyond the year 9998.
    #[must_use]
    pub fn passes_at(self) -> Option<Timestamp> {
        const HOURS_FARTHEST_BEHIND: u64 = 12;
        let first = Date::first_of_month(self.year, self.month)?;
        first.first_of_month_after(1)?.start().plus_seconds(HOURS_FARTHEST_BEHIND.checked_mul(3600)?)
    }
}

/// The error of parsing an [`Expiry`]: the text is not a month in the form `2027-12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedExpiry;

impl fmt::Display for MalformedExpiry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Write a month as 2027-12.")
    }
}

impl core::error::Error for MalformedExpiry {}

/// Parses as [`Expiry::parse`] does. For what a customer types, see [`read_expiry`].
impl FromStr for Expiry {
    type Err = MalformedExpiry;

    fn from_str(text: &str) -> Result<Expiry, MalformedExpiry> {
        Expiry::parse(text).ok_or(MalformedExpiry)
    }
}

/// Prints what [`Expiry::parse`] reads: `2027-12`.
impl fmt::Display for Expiry {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}", self.year, self.month)
    }
}

/// The state of an expiry date while it is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpiryState {
    /// Nothing was typed.
    Missing,
    /// More can make it a date.
    Incomplete,
    /// Nothing that follows can make it a date.
    Malformed,
    /// A character that belongs in no date.
    Unexpected(char),
    /// A month that is over everywhere.
    Expired(Expiry),
    /// A month that is not over.
    InDate(Expiry),
}

impl ExpiryState {
    /// What is wrong, or still missing.
    #[must_use]
    pub fn problem(self) -> Option<CardProblem> {
        match self {
            ExpiryState::Missing => Some(CardProblem::ExpiryMissing),
            ExpiryState::Incomplete => Some(CardProblem::ExpiryIncomplete),
            ExpiryState::Malformed => Some(CardProblem::ExpiryMalformed),
            ExpiryState::Unexpected(character) => Some(CardProblem::UnexpectedCharacter { character }),
            ExpiryState::Expired(expiry) => {
                Some(CardProblem::Expired { month: u64::from(expiry.month), year: u64::from(expiry.year) })
            }
            ExpiryState::InDate(_) => None,
        }
    }
}

/// The most characters that are looked at: no date needs more.
const MOST_CHARACTERS: usize = 16;

/// PM-5: reads `MM/YY`, `MM/YYYY`, `MMYY`, `MM-YY`, `YYYY-MM` and the like, with stray blanks. A card is valid through the
/// last day of its month, wherever on Earth that day ends last.
///
/// ```
/// use billing::payment_method::card::{Expiry, ExpiryState, read_expiry};
/// use billing::time::Timestamp;
/// let now = Timestamp::parse("2025-12-01T11:59:59Z")?;
/// assert_eq!(read_expiry("11 / 25", now), ExpiryState::InDate(Expiry { year: 2025, month: 11 }));
/// assert_eq!(read_expiry("10/25", now), ExpiryState::Expired(Expiry { year: 2025, month: 10 }));
/// assert_eq!(read_expiry("13", now), ExpiryState::Malformed);
/// # Ok::<(), billing::time::TimeError>(())
/// ```
#[must_use]
pub fn read_expiry(text: &str, now: Timestamp) -> ExpiryState {
    // Groups of digits, and whether a separator follows the last one.
    let mut groups: ArrayVec<ArrayVec<u8, 6>, 3> = ArrayVec::new();
    let mut separated = true;
    for (index, character) in text.trim().chars().enumerate() {
        if index >= MOST_CHARACTERS {
            return ExpiryState::Malformed;
        }
        match digit(character) {
            Some(digit) => {
                if core::mem::take(&mut separated) && groups.try_push(ArrayVec::new()).is_err() {
                    return ExpiryState::Malformed;
                }
                if groups.last_mut().is_none_or(|group| group.try_push(digit).is_err()) {
                    return ExpiryState::Malformed;
                }
            }
            None if is_expiry_separator(character) => separated = true,
            None => return ExpiryState::Unexpected(character),
        }
    }
    let state = match groups.as_slice() {
        [] => return ExpiryState::Missing,
        [digits] => unseparated(digits, separated),
        [first, second] if first.len() == 4 => year_then_month(first, second),
        [month, year] => month_then_year(month, year),
        _ => ExpiryState::Malformed,
    };
    match state {
        ExpiryState::InDate(expiry) if expiry.has_passed(now) => ExpiryState::Expired(expiry),
        other => other,
    }
}

fn is_expiry_separator(character: char) -> bool {
    character.is_whitespace() || is_dash(character) || matches!(character, '/' | '.' | '\u{ff0f}' | '\u{2044}')
}

/// `1`, `12`, `1227`, `122027`, or the year of `2027-12`.
fn unseparated(digits: &[u8], separated: bool) -> ExpiryState {
    match digits {
        // `2027` may be a year that a month follows; it is no month and year, for there is no month 20.
        [0] | [2, 0] | [_, _, _] if separated => ExpiryState::Malformed,
        [_] | [2, 0] | [2, 0, _] | [2, 0, _, _] => ExpiryState::Incomplete,
        [tens, ones, year @ ..] => match (month_of(&[*tens, *ones]), year) {
            (None, _) => ExpiryState::Malformed,
            (Some(_), [] | [_]) => ExpiryState::Incomplete,
            // `1220` may go on to `122027`; it is read as 2020, which has passed.
            (Some(month), year) => match year_of(year) {
                Some(year) => ExpiryState::InDate(Expiry { year, month }),
                None => ExpiryState::Incomplete,
            },
        },
        _ => ExpiryState::Malformed,
    }
}

fn month_then_year(month: &[u8], year: &[u8]) -> ExpiryState {
    match (month_of(month), year_of(year)) {
        (Some(month), Some(year)) => ExpiryState::InDate(Expiry { year, month }),
        (Some(_), None) if year.len() <= 3 => ExpiryState::Incomplete,
        (None, _) | (Some(_), None) => ExpiryState::Malformed,
    }
}

fn year_then_month(year: &[u8], month: &[u8]) -> ExpiryState {
    match (year_of(year), month_of(month), month) {
        (Some(year), Some(month), _) => ExpiryState::InDate(Expiry { year, month }),
        (Some(_), None, [0]) => ExpiryState::Incomplete,
        (None, _, _) | (Some(_), None, _) => ExpiryState::Malformed,
    }
}

/// One or two digits from 1 to 12.
fn month_of(digits: &[u8]) -> Option<u8> {
    let month = match digits {
        [ones] => *ones,
        [tens @ (0 | 1), ones] => tens.saturating_mul(10).saturating_add(*ones),
        _ => return None,
    };
    (1..=12).contains(&month).then_some(month)
}

/// Two digits of this century, or four that begin with 19 or 20.
fn year_of(digits: &[u8]) -> Option<u16> {
    let (century, tens, ones) = match digits {
        [tens, ones] | [2, 0, tens, ones] => (2000_u16, *tens, *ones),
        [1, 9, tens, ones] => (1900, *tens, *ones),
        _ => return None,
    };
    Some(century.saturating_add(u16::from(tens).saturating_mul(10)).saturating_add(u16::from(ones)))
}

/// A month of expiry, as `2027-12`.
impl Value for Expiry {
    fn read(node: &Node<'_>, at: &At<'_>) -> Result<Self, ReadError> {
        Expiry::parse(text(node, at)?).ok_or_else(|| at.fault(Shape::WrongType("a month such as 2027-12")))
    }

    fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
