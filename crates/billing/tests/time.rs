//! Instants and days, at their edges.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

use billing::time::{Date, TimeError, Timestamp};

#[test]
fn instants_are_read_strictly() {
    let table = [
        ("2025-12-01T09:30:00Z", Ok("2025-12-01")),
        ("2025-12-01T23:30:00-02:00", Ok("2025-12-02")),
        ("2025-12-01T00:30:00.123456789+14:00", Ok("2025-11-30")),
        ("2024-02-29T00:00:00Z", Ok("2024-02-29")),
        ("2016-12-31T23:59:60Z", Ok("2016-12-31")),
        ("1970-01-01T00:00:00Z", Ok("1970-01-01")),
        ("9998-12-31T23:59:59Z", Ok("9998-12-31")),
        ("1969-12-31T23:59:59Z", Err(TimeError::OutOfRange)),
        ("1970-01-01T00:00:00+00:01", Err(TimeError::OutOfRange)),
        ("9999-01-01T00:00:00Z", Err(TimeError::OutOfRange)),
        ("2025-02-29T00:00:00Z", Err(TimeError::OutOfRange)),
        ("2025-13-01T00:00:00Z", Err(TimeError::OutOfRange)),
        ("2025-01-01T24:00:00Z", Err(TimeError::OutOfRange)),
        ("2025-01-01T00:60:00Z", Err(TimeError::OutOfRange)),
        ("2025-01-01T00:00:61Z", Err(TimeError::OutOfRange)),
        ("2025-01-01T00:00:00+23:59", Ok("2024-12-31")),
        ("2025-01-01T00:00:00+24:00", Err(TimeError::OutOfRange)),
        ("2025-01-01T00:00:00-24:00", Err(TimeError::OutOfRange)),
        ("2025-01-01T00:00:00+00:60", Err(TimeError::OutOfRange)),
        ("2025-01-01 00:00:00Z", Err(TimeError::Malformed)),
        ("2025-01-01T00:00Z", Err(TimeError::Malformed)),
        ("2025-01-01T00:00:00", Err(TimeError::Malformed)),
        ("2025-01-01T00:00:00z", Err(TimeError::Malformed)),
        ("2025-01-01T00:00:00.Z", Err(TimeError::Malformed)),
        ("2025-01-01T00:00:00.1234567890Z", Err(TimeError::Malformed)),
        ("2025-01-01T00:00:00Z[UTC]", Err(TimeError::Malformed)),
        ("2025-01-01", Err(TimeError::Malformed)),
        ("", Err(TimeError::Malformed)),
        ("２０２５-01-01T00:00:00Z", Err(TimeError::Malformed)),
    ];
    for (text, expected) in table {
        let read = Timestamp::parse(text).map(|instant| instant.date().to_string());
        assert_eq!(read, expected.map(str::to_owned), "{text}");
    }
}

#[test]
fn the_date_farthest_behind_changes_at_noon_in_utc() {
    let date = |text| Timestamp::parse(text).unwrap().date_farthest_behind().to_string();
    assert_eq!(date("2026-01-01T11:59:59.999Z"), "2025-12-31");
    assert_eq!(date("2026-01-01T12:00:00Z"), "2026-01-01");
    assert_eq!(date("1970-01-01T00:00:00Z"), "1969-12-31");
}

#[test]
fn milliseconds_since_1970_are_the_same_instant() {
    let written = Timestamp::parse("2025-12-01T09:30:00.250Z");
    assert_eq!(Timestamp::from_unix_milliseconds(1_764_581_400_250), written);
    assert_eq!(Timestamp::from_unix_milliseconds(i64::MAX), Err(TimeError::OutOfRange));
    assert_eq!(Timestamp::from_unix_milliseconds(-1), Err(TimeError::OutOfRange));
}

#[test]
fn days_are_read_strictly() {
    assert_eq!(Date::parse("2025-12-01").map(Date::year_and_month), Ok((2025, 12)));
    assert_eq!(Date::parse("2025-2-01"), Err(TimeError::Malformed));
    assert_eq!(Date::parse("2025-02-30"), Err(TimeError::OutOfRange));
}

#[test]
fn text_is_parsed_as_the_named_readers_parse_it() {
    assert_eq!("2025-12-01T09:30:00Z".parse(), Timestamp::parse("2025-12-01T09:30:00Z"));
    assert_eq!("2025-12-01".parse::<Timestamp>(), Err(TimeError::Malformed));
    assert_eq!("2025-12-01".parse(), Date::parse("2025-12-01"));
    assert_eq!("2025-02-30".parse::<Date>(), Err(TimeError::OutOfRange));
}

#[test]
fn months_later_is_the_same_day_or_the_last_of_a_shorter_month() {
    let after = |text: &str, months| Timestamp::parse(text).unwrap().plus_months(months).map(|later| later.to_string());
    assert_eq!(after("2025-01-31T23:59:59.5Z", 1).as_deref(), Some("2025-02-28T23:59:59.5Z"));
    assert_eq!(after("2024-01-31T00:00:00Z", 1).as_deref(), Some("2024-02-29T00:00:00Z"));
    assert_eq!(after("2025-12-15T00:00:00Z", 0).as_deref(), Some("2025-12-15T00:00:00Z"));
    assert_eq!(after("9998-11-30T00:00:00Z", 1).as_deref(), Some("9998-12-30T00:00:00Z"));
    assert_eq!(after("9998-12-01T00:00:00Z", 1), None);
    assert_eq!(after("1970-01-01T00:00:00Z", u64::MAX), None);
}

#[test]
fn nanoseconds_since_1970_cover_every_year() {
    for text in ["1970-01-01T00:00:00Z", "2262-04-12T00:00:00.000000001Z", "9998-12-31T23:59:59.999999999Z"] {
        let instant = Timestamp::parse(text).unwrap();
        assert_eq!(Timestamp::from_unix_nanoseconds(instant.unix_nanoseconds()), Ok(instant), "{text}");
        assert_eq!(instant.to_string(), text);
    }
    let last = Timestamp::parse("9998-12-31T23:59:59.999999999Z").unwrap().unix_nanoseconds();
    for outside in [-1, last + 1, i128::MIN, i128::MAX] {
        assert_eq!(Timestamp::from_unix_nanoseconds(outside), Err(TimeError::OutOfRange), "{outside}");
    }
}
