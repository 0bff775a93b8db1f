//! Instants and civil dates, always in UTC. The rules have no clock: a caller says what time it is.

use core::fmt;
use jiff::civil;

/// An instant, to the nanosecond, in the years 1970 to 9998.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(jiff::Timestamp);

/// A day of the calendar, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(civil::Date);

/// What can be wrong with a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeError {
    /// Not RFC 3339 (`2025-12-01T09:30:00Z`), or for a date not `2025-12-01`.
    Malformed,
    /// Written well, but there is no such day or hour, or it lies outside the years 1970 to 9998.
    OutOfRange,
}

impl TimeError {
    /// The stable code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            TimeError::Malformed => "time.malformed",
            TimeError::OutOfRange => "time.out_of_range",
        }
    }
}

impl core::error::Error for TimeError {}

const FIRST_YEAR: i16 = 1970;
const LAST_YEAR: i16 = 9998;

impl Timestamp {
    /// Reads RFC 3339, with `Z` or an offset.
    ///
    /// # Errors
    /// [`TimeError::Malformed`] or [`TimeError::OutOfRange`].
    ///
    /// ```
    /// use billing::time::{TimeError, Timestamp};
    /// assert_eq!(Timestamp::parse("2025-12-01T10:30:00+01:00"), Timestamp::parse("2025-12-01T09:30:00Z"));
    /// assert_eq!(Timestamp::parse("2025-02-30T00:00:00Z"), Err(TimeError::OutOfRange));
    /// assert_eq!(Timestamp::parse("yesterday"), Err(TimeError::Malformed));
    /// ```
    pub fn parse(text: &str) -> Result<Timestamp, TimeError> {
        let (day_and_time, rest) = text.split_at_checked(19).ok_or(TimeError::Malformed)?;
        if !fits(day_and_time, "0000-00-00T00:00:00") || !is_fraction_and_offset(rest) {
            return Err(TimeError::Malformed);
        }
        text.parse().map_err(|_| TimeError::OutOfRange).and_then(Timestamp::within_years)
    }

    /// The instant this many milliseconds after the start of 1970, as browsers count.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`].
    pub fn from_unix_milliseconds(milliseconds: i64) -> Result<Timestamp, TimeError> {
        let instant = jiff::Timestamp::from_millisecond(milliseconds).map_err(|_| TimeError::OutOfRange)?;
        Timestamp::within_years(instant)
    }

    fn within_years(instant: jiff::Timestamp) -> Result<Timestamp, TimeError> {
        let year = jiff::tz::Offset::UTC.to_datetime(instant).year();
        if (FIRST_YEAR..=LAST_YEAR).contains(&year) { Ok(Timestamp(instant)) } else { Err(TimeError::OutOfRange) }
    }

    /// The day in UTC.
    #[must_use]
    pub fn date(self) -> Date {
        Date(jiff::tz::Offset::UTC.to_datetime(self.0).date())
    }

    /// The earliest day that it is anywhere on Earth at this instant: the date at UTC-12. A card that is still in date
    /// somewhere is in date (PM-5).
    #[must_use]
    pub fn date_farthest_behind(self) -> Date {
        Date(jiff::tz::Offset::constant(-12).to_datetime(self.0).date())
    }
}

impl Date {
    /// Reads `2025-12-01`.
    ///
    /// # Errors
    /// [`TimeError::Malformed`] or [`TimeError::OutOfRange`].
    pub fn parse(text: &str) -> Result<Date, TimeError> {
        if !fits(text, "0000-00-00") {
            return Err(TimeError::Malformed);
        }
        let date: civil::Date = text.parse().map_err(|_| TimeError::OutOfRange)?;
        if (FIRST_YEAR..=LAST_YEAR).contains(&date.year()) { Ok(Date(date)) } else { Err(TimeError::OutOfRange) }
    }

    /// The calendar year and the month, 1 to 12.
    #[must_use]
    pub fn year_and_month(self) -> (u16, u8) {
        (self.0.year().unsigned_abs(), self.0.month().unsigned_abs())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Whether `text` has the shape of `pattern`, in which `0` stands for any digit.
fn fits(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text.bytes().zip(pattern.bytes()).all(|(byte, wanted)| match wanted {
            b'0' => byte.is_ascii_digit(),
            other => byte == other,
        })
}

/// What follows the seconds: perhaps a fraction of 1 to 9 digits, then `Z` or an offset.
fn is_fraction_and_offset(text: &str) -> bool {
    let offset = match text.strip_prefix('.') {
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|character: char| character.is_ascii_digit());
            if !(1..=9).contains(&fraction.len().saturating_sub(offset.len())) {
                return false;
            }
            offset
        }
        None => text,
    };
    offset == "Z" || fits(offset, "+00:00") || fits(offset, "-00:00")
}
