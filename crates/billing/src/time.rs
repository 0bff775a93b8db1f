//! Instants and civil dates, always in UTC. The rules have no clock: a caller says what time it is.

use core::fmt;
use time::{Duration, Month, OffsetDateTime, PrimitiveDateTime, Time, UtcOffset};

/// An instant, to the nanosecond, in the years 1970 to 9998.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Timestamp(OffsetDateTime);

/// A day of the calendar, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date(time::Date);

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

const FIRST_YEAR: i32 = 1970;
const LAST_YEAR: i32 = 9998;

impl Timestamp {
    /// Reads RFC 3339, with `Z` or an offset. A leap second is the second before it.
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
            let small = |number: u32| u8::try_from(number).ok();
            let time =
                Time::from_hms_nano(small(hour)?, small(minute)?, small(second)?, nanoseconds(fraction)?).ok()?;
            let there = PrimitiveDateTime::new(calendar_day(day)?, time).assume_offset(offset_of(offset)?);
            there.checked_to_offset(UtcOffset::UTC)
        };
        read().ok_or(TimeError::OutOfRange).and_then(Timestamp::within_years)
    }

    /// The instant this many milliseconds after the start of 1970, as browsers count.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`].
    pub fn from_unix_milliseconds(milliseconds: i64) -> Result<Timestamp, TimeError> {
        let instant = OffsetDateTime::UNIX_EPOCH.checked_add(Duration::milliseconds(milliseconds));
        instant.ok_or(TimeError::OutOfRange).and_then(Timestamp::within_years)
    }

    /// The instant this many nanoseconds after the start of 1970.
    ///
    /// # Errors
    /// [`TimeError::OutOfRange`].
    pub fn from_unix_nanoseconds(nanoseconds: i128) -> Result<Timestamp, TimeError> {
        let instant = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds);
        instant.map_err(|_| TimeError::OutOfRange).and_then(Timestamp::within_years)
    }

    /// Nanoseconds since the start of 1970: for counting, and for finding an instant by halving.
    #[must_use]
    pub fn unix_nanoseconds(self) -> i128 {
        self.0.unix_timestamp_nanos()
    }

    /// The instant this many seconds later, where there is one.
    #[must_use]
    pub fn plus_seconds(self, seconds: u64) -> Option<Timestamp> {
        let later = self.0.checked_add(Duration::seconds(i64::try_from(seconds).ok()?))?;
        Timestamp::within_years(later).ok()
    }

    /// The same time of day this many months later, or the last day of that month where it has no such day.
    ///
    /// ```
    /// use billing::time::Timestamp;
    /// let bought = Timestamp::parse("2027-08-31T09:00:00Z")?;
    /// assert_eq!(bought.plus_months(6).map(|later| later.to_string()).as_deref(), Some("2028-02-29T09:00:00Z"));
    /// # Ok::<(), billing::time::TimeError>(())
    /// ```
    #[must_use]
    pub fn plus_months(self, months: u64) -> Option<Timestamp> {
        let first = self.date().first_of_month_after(months)?.0;
        let day = self.0.day().min(first.month().length(first.year()));
        let there = first.replace_day(day).ok()?;
        Timestamp::within_years(PrimitiveDateTime::new(there, self.0.time()).assume_utc()).ok()
    }

    /// The hour and the minute, in UTC.
    #[must_use]
    pub fn hour_and_minute(self) -> (u8, u8) {
        (self.0.hour(), self.0.minute())
    }

    /// Whole seconds since an earlier instant; none since a later one.
    #[must_use]
    pub fn seconds_since(self, earlier: Timestamp) -> u64 {
        let begun = i64::from(self.0.nanosecond() < earlier.0.nanosecond());
        let seconds = self.0.unix_timestamp().saturating_sub(earlier.0.unix_timestamp()).saturating_sub(begun);
        u64::try_from(seconds).unwrap_or(0)
    }

    /// Whole minutes since an earlier instant; none since a later one.
    #[must_use]
    pub fn minutes_since(self, earlier: Timestamp) -> u64 {
        self.seconds_since(earlier) / 60
    }

    fn within_years(instant: OffsetDateTime) -> Result<Timestamp, TimeError> {
        let within = (FIRST_YEAR..=LAST_YEAR).contains(&instant.year());
        if within { Ok(Timestamp(instant)) } else { Err(TimeError::OutOfRange) }
    }

    /// The day in UTC.
    #[must_use]
    pub fn date(self) -> Date {
        Date(self.0.date())
    }

    /// The earliest day that it is anywhere on Earth at this instant: the date at UTC-12. A card that is still in date
    /// somewhere is in date (PM-5).
    #[must_use]
    pub fn date_farthest_behind(self) -> Date {
        Date(self.0.saturating_sub(Duration::hours(12)).date())
    }
}

/// RFC 3339 in UTC, with a fraction of a second only where there is one: `2025-12-01T09:30:00Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hour, minute, second, nanosecond) = self.0.to_hms_nano();
        write!(out, "{}T{hour:02}:{minute:02}:{second:02}", self.date())?;
        if nanosecond > 0 {
            let digits = alloc::format!("{nanosecond:09}");
            write!(out, ".{}", digits.trim_end_matches('0'))?;
        }
        out.write_str("Z")
    }
}

impl Date {
    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.0.day()
    }

    /// The first instant of the day.
    #[must_use]
    pub fn start(self) -> Timestamp {
        Timestamp(self.0.midnight().assume_utc())
    }

    /// The next day, where there is one.
    #[must_use]
    pub fn next(self) -> Option<Date> {
        self.0.next_day().map(Date).filter(|day| day.0.year() <= LAST_YEAR)
    }

    /// The first day of the month this many months later; of the same month for none.
    #[must_use]
    pub fn first_of_month_after(self, months: u64) -> Option<Date> {
        let month = u64::from(u8::from(self.0.month())).checked_sub(1)?.checked_add(months)?;
        let year = self.0.year().checked_add(i32::try_from(month / 12).ok()?)?;
        let month = Month::try_from(u8::try_from(month % 12).ok()?.checked_add(1)?).ok()?;
        time::Date::from_calendar_date(year, month, 1).ok().map(Date).filter(|day| day.0.year() <= LAST_YEAR)
    }

    /// The first day of a calendar month, where there is one.
    pub(crate) fn first_of_month(year: u16, month: u8) -> Option<Date> {
        let first = time::Date::from_calendar_date(i32::from(year), Month::try_from(month).ok()?, 1).ok().map(Date);
        first.filter(|day| (FIRST_YEAR..=LAST_YEAR).contains(&day.0.year()))
    }

    /// This day of the same month, where the month has it.
    #[must_use]
    pub fn with_day(self, day: u8) -> Option<Date> {
        self.0.replace_day(day).ok().map(Date)
    }

    /// Reads `2025-12-01`.
    ///
    /// # Errors
    /// [`TimeError::Malformed`] or [`TimeError::OutOfRange`].
    pub fn parse(text: &str) -> Result<Date, TimeError> {
        if !fits(text, "0000-00-00") {
            return Err(TimeError::Malformed);
        }
        let within = |day: &time::Date| (FIRST_YEAR..=LAST_YEAR).contains(&day.year());
        calendar_day(text).filter(within).map(Date).ok_or(TimeError::OutOfRange)
    }

    /// The calendar year and the month, 1 to 12.
    #[must_use]
    pub fn year_and_month(self) -> (u16, u8) {
        // Every year is from 1969 to 9998.
        (u16::try_from(self.0.year()).unwrap_or(u16::MAX), u8::from(self.0.month()))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = self.year_and_month();
        write!(out, "{year:04}-{month:02}-{:02}", self.0.day())
    }
}

/// The day that a text in the shape of `2025-12-01` names, where there is one.
fn calendar_day(text: &str) -> Option<time::Date> {
    let [year, month, day] = [number(text, 0, 4)?, number(text, 5, 2)?, number(text, 8, 2)?];
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    time::Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()
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
fn offset_of(text: &str) -> Option<UtcOffset> {
    if text == "Z" {
        return Some(UtcOffset::UTC);
    }
    let [hours, minutes] = [number(text, 1, 2)?, number(text, 4, 2)?];
    if hours > 23 {
        return None;
    }
    let (hours, minutes) = (i8::try_from(hours).ok()?, i8::try_from(minutes).ok()?);
    let sign = if text.starts_with('-') { -1 } else { 1 };
    UtcOffset::from_hms(hours.checked_mul(sign)?, minutes.checked_mul(sign)?, 0).ok()
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
