//! Instants and civil dates, always in UTC. The rules have no clock: a caller says what time it is.

use chrono::{DateTime, Datelike, FixedOffset, Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use core::fmt;
use core::str::FromStr;

/// An instant, to the nanosecond, in the years 1970 to 9998.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(DateTime<Utc>);

/// A day of the calendar, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(NaiveDate);

/// An error in an instant or a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeError {
    /// Not RFC 3339 (`2025-12-01T09:30:00Z`), or for a date not `2025-12-01`.
    Malformed,
    /// Well formed, but there is no such day or hour, or it lies outside the years 1970 to 9998.
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

const FIRST_YEAR: i32 = 1970;
const LAST_YEAR: i32 = 9998;
const NANOSECONDS_PER_SECOND: i128 = 1_000_000_000;

impl Timestamp {
    /// Reads RFC 3339, with `Z` or an offset. A leap second reads as the second before it.
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
        let (day, rest) = text.split_at_checked(10).ok_or(TimeError::Malformed)?;
        let (clock, rest) = rest.split_at_checked(9).ok_or(TimeError::Malformed)?;
        let (fraction, offset) = fraction_and_offset(rest).ok_or(TimeError::Malformed)?;
        if !fits(day, "0000-00-00") || !fits(clock, "T00:00:00") {
            return Err(TimeError::Malformed);
        }
        let read = || {
            let [hour, minute, second] = [number(clock, 1, 2)?, number(clock, 4, 2)?, number(clock, 7, 2)?];
            let second = if second == 60 { 59 } else { second };
            let time = NaiveTime::from_hms_nano_opt(hour, minute, second, nanoseconds(fraction)?)?;
            let there = NaiveDateTime::new(calendar_day(day)?, time);
            there.checked_sub_offset(offset_of(offset)?).map(|utc| utc.and_utc())
        };
        read().ok_or(TimeError::OutOfRange).and_then(Timestamp::within_years)
    }

    /// Converts milliseconds since the start of 1970, as browsers count.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`].
    pub fn from_unix_milliseconds(milliseconds: i64) -> Result<Timestamp, TimeError> {
        DateTime::from_timestamp_millis(milliseconds).ok_or(TimeError::OutOfRange).and_then(Timestamp::within_years)
    }

    /// Converts nanoseconds since the start of 1970.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`].
    pub fn from_unix_nanoseconds(nanoseconds: i128) -> Result<Timestamp, TimeError> {
        // chrono counts nanoseconds in 64 bits, which end in the year 2262.
        let seconds = i64::try_from(nanoseconds.div_euclid(NANOSECONDS_PER_SECOND)).ok();
        let part = u32::try_from(nanoseconds.rem_euclid(NANOSECONDS_PER_SECOND)).ok();
        let instant = seconds.zip(part).and_then(|(seconds, part)| DateTime::from_timestamp(seconds, part));
        instant.ok_or(TimeError::OutOfRange).and_then(Timestamp::within_years)
    }

    /// Returns the nanoseconds since the start of 1970.
    #[must_use]
    pub fn unix_nanoseconds(self) -> i128 {
        let seconds = i128::from(self.0.timestamp()).saturating_mul(NANOSECONDS_PER_SECOND);
        seconds.saturating_add(i128::from(self.0.timestamp_subsec_nanos()))
    }

    /// Adds seconds; `None` beyond the year 9998.
    #[must_use]
    pub fn plus_seconds(self, seconds: u64) -> Option<Timestamp> {
        let later = TimeDelta::try_seconds(i64::try_from(seconds).ok()?)?;
        Timestamp::within_years(self.0.checked_add_signed(later)?).ok()
    }

    /// Adds calendar months: the same day and time, or the last day of a shorter month; `None` beyond the year 9998.
    ///
    /// ```
    /// use billing::time::Timestamp;
    /// let bought = Timestamp::parse("2027-08-31T09:00:00Z")?;
    /// assert_eq!(bought.plus_months(6).map(|later| later.to_string()).as_deref(), Some("2028-02-29T09:00:00Z"));
    /// # Ok::<(), billing::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn plus_months(self, months: u64) -> Option<Timestamp> {
        let later = self.0.checked_add_months(Months::new(u32::try_from(months).ok()?))?;
        Timestamp::within_years(later).ok()
    }

    /// Returns the hour and the minute, in UTC.
    #[must_use]
    pub fn hour_and_minute(self) -> (u8, u8) {
        // An hour is below 24 and a minute below 60.
        let small = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
        (small(self.0.hour()), small(self.0.minute()))
    }

    /// Returns the whole seconds since an earlier instant, and 0 since a later one.
    #[must_use]
    pub fn seconds_since(self, earlier: Timestamp) -> u64 {
        u64::try_from(self.0.signed_duration_since(earlier.0).num_seconds()).unwrap_or(0)
    }

    /// Returns the whole minutes since an earlier instant, and 0 since a later one.
    #[must_use]
    pub fn minutes_since(self, earlier: Timestamp) -> u64 {
        self.seconds_since(earlier) / 60
    }

    fn within_years(instant: DateTime<Utc>) -> Result<Timestamp, TimeError> {
        let within = (FIRST_YEAR..=LAST_YEAR).contains(&instant.year());
        if within { Ok(Timestamp(instant)) } else { Err(TimeError::OutOfRange) }
    }

    /// Returns the day in UTC.
    #[must_use]
    pub fn date(self) -> Date {
        Date(self.0.date_naive())
    }

    /// Returns the earliest date anywhere on Earth at this instant: the date at UTC-12. A card that is still in date
    /// somewhere is in date (PM-5).
    #[must_use]
    pub fn date_farthest_behind(self) -> Date {
        let day = self.0.date_naive();
        // chrono's first day is far before 1970, so there is always a day before.
        let day = if self.0.hour() < 12 { day.pred_opt().unwrap_or(day) } else { day };
        Date(day)
    }
}

/// Parses as [`Timestamp::parse`] does.
impl FromStr for Timestamp {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Timestamp, TimeError> {
        Timestamp::parse(text)
    }
}

/// Prints RFC 3339 in UTC, with a fraction of a second only where there is one: `2025-12-01T09:30:00Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.hour_and_minute();
        let (second, nanosecond) = (self.0.second(), self.0.nanosecond());
        write!(out, "{}T{hour:02}:{minute:02}:{second:02}", self.date())?;
        if nanosecond > 0 {
            let digits = alloc::format!("{nanosecond:09}");
            write!(out, ".{}", digits.trim_end_matches('0'))?;
        }
        out.write_str("Z")
    }
}

impl Date {
    /// Returns the day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        // A month has at most 31 days.
        u8::try_from(self.0.day()).unwrap_or(u8::MAX)
    }

    /// Returns the first instant of the day.
    #[must_use]
    pub fn start(self) -> Timestamp {
        Timestamp(NaiveDateTime::new(self.0, NaiveTime::MIN).and_utc())
    }

    /// Returns the next day; `None` beyond the year 9998.
    #[must_use]
    pub fn next(self) -> Option<Date> {
        self.0.succ_opt().map(Date).filter(|day| day.0.year() <= LAST_YEAR)
    }

    /// Returns the first day of the month this many months later (0: of this month); `None` beyond the year 9998.
    #[must_use]
    pub fn first_of_month_after(self, months: u64) -> Option<Date> {
        let later = self.0.with_day(1)?.checked_add_months(Months::new(u32::try_from(months).ok()?));
        later.map(Date).filter(|day| day.0.year() <= LAST_YEAR)
    }

    /// Returns the first day of a calendar month, where there is one.
    pub(crate) fn first_of_month(year: u16, month: u8) -> Option<Date> {
        let first = NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), 1).map(Date);
        first.filter(|day| (FIRST_YEAR..=LAST_YEAR).contains(&day.0.year()))
    }

    /// Returns this day of the same month, or `None` where the month does not have it.
    #[must_use]
    pub fn with_day(self, day: u8) -> Option<Date> {
        self.0.with_day(u32::from(day)).map(Date)
    }

    /// Reads `2025-12-01`.
    ///
    /// # Errors
    /// [`TimeError::Malformed`] or [`TimeError::OutOfRange`].
    pub fn parse(text: &str) -> Result<Date, TimeError> {
        if !fits(text, "0000-00-00") {
            return Err(TimeError::Malformed);
        }
        let within = |day: &NaiveDate| (FIRST_YEAR..=LAST_YEAR).contains(&day.year());
        calendar_day(text).filter(within).map(Date).ok_or(TimeError::OutOfRange)
    }

    /// Returns the year and the month, 1 to 12.
    #[must_use]
    pub fn year_and_month(self) -> (u16, u8) {
        // Every year is from 1969 to 9998, and a month at most 12.
        (u16::try_from(self.0.year()).unwrap_or(u16::MAX), u8::try_from(self.0.month()).unwrap_or(u8::MAX))
    }
}

/// Parses as [`Date::parse`] does.
impl FromStr for Date {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<Date, TimeError> {
        Date::parse(text)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.year_and_month();
        write!(out, "{year:04}-{month:02}-{:02}", self.0.day())
    }
}

/// The day that a text in the shape of `2025-12-01` names, where there is one.
fn calendar_day(text: &str) -> Option<NaiveDate> {
    let [year, month, day] = [number(text, 0, 4)?, number(text, 5, 2)?, number(text, 8, 2)?];
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)
}

/// The number that `length` digits of a text make.
fn number(text: &str, start: usize, length: usize) -> Option<u32> {
    text.get(start..start.checked_add(length)?)?.parse().ok()
}

/// Up to nine digits as a fraction of a second.
fn nanoseconds(fraction: &str) -> Option<u32> {
    let missing = u32::try_from(9_usize.checked_sub(fraction.len())?).ok()?;
    let digits: u32 = if fraction.is_empty() { 0 } else { fraction.parse().ok()? };
    digits.checked_mul(10_u32.checked_pow(missing)?)
}

/// `Z`, or hours and minutes east (`+`) or west (`-`) of UTC, below 24 hours and 60 minutes.
fn offset_of(text: &str) -> Option<FixedOffset> {
    if text == "Z" {
        return FixedOffset::east_opt(0);
    }
    let [hours, minutes] = [number(text, 1, 2)?, number(text, 4, 2)?];
    if hours > 23 || minutes > 59 {
        return None;
    }
    let seconds = i32::try_from(hours.checked_mul(60)?.checked_add(minutes)?.checked_mul(60)?).ok()?;
    if text.starts_with('-') { FixedOffset::west_opt(seconds) } else { FixedOffset::east_opt(seconds) }
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
fn fraction_and_offset(text: &str) -> Option<(&str, &str)> {
    let (fraction, offset) = match text.strip_prefix('.') {
        Some(rest) => {
            let (fraction, offset) = rest.split_at_checked(rest.bytes().position(|byte| !byte.is_ascii_digit())?)?;
            if !(1..=9).contains(&fraction.len()) {
                return None;
            }
            (fraction, offset)
        }
        None => ("", text),
    };
    let is_offset = offset == "Z" || fits(offset, "+00:00") || fits(offset, "-00:00");
    is_offset.then_some((fraction, offset))
}
