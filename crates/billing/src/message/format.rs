//! Amounts, counts and times as a person reads them.

use crate::money::{Charge, Money};
use crate::time::Timestamp;
use core::fmt::{self, Display, Formatter};

/// An amount as a person reads it: `$25.00`, `−$100.00`.
pub(super) struct Dollars(pub(super) Money);

impl Display for Dollars {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str(if self.0.is_negative() { "−$" } else { "$" })?;
        let text = self.0.absolute().text();
        let (whole, decimals) = text.as_str().split_once('.').unwrap_or((text.as_str(), ""));
        write!(out, "{}.{decimals}", Grouped(whole))
    }
}

/// Digits in groups of three: `1,000,000`.
pub(super) struct Grouped<'a>(pub(super) &'a str);

impl Display for Grouped<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let first = match self.0.len() % 3 {
            0 => 3,
            other => other,
        };
        let (first, mut rest) = self.0.split_at_checked(first).unwrap_or((self.0, ""));
        out.write_str(first)?;
        while let Some((group, after)) = rest.split_at_checked(3).filter(|(group, _)| !group.is_empty()) {
            write!(out, ",{group}")?;
            rest = after;
        }
        Ok(())
    }
}

pub(super) fn count(number: u64) -> impl Display {
    struct Count(u64);
    impl Display for Count {
        fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
            Grouped(&alloc::format!("{}", self.0)).fmt(out)
        }
    }
    Count(number)
}

pub(super) fn dollars(amount: Money) -> Dollars {
    Dollars(amount)
}

pub(super) fn charge(amount: Charge) -> Dollars {
    Dollars(amount.money())
}

/// A waiting time as a person reads it.
pub(super) struct Minutes(pub(super) u64);

impl Display for Minutes {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            60 => out.write_str("1 minute"),
            seconds if seconds % 60 == 0 => write!(out, "{} minutes", seconds / 60),
            seconds => write!(out, "{seconds} seconds"),
        }
    }
}

/// A label within a sentence: `Post town` becomes `post town`, `ZIP code` stays.
pub(super) struct InSentence(pub(super) &'static str);

impl Display for InSentence {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0.split_at_checked(1) {
            Some((first, rest)) if !rest.starts_with(|next: char| next.is_ascii_uppercase()) => {
                write!(out, "{}{rest}", first.chars().next().unwrap_or_default().to_ascii_lowercase())
            }
            _ => out.write_str(self.0),
        }
    }
}

/// `purchase` or `purchases`.
pub(super) fn purchases(count: u64) -> &'static str {
    if count == 1 { "purchase" } else { "purchases" }
}

/// A day as a person reads it: `3 December 2025`, in UTC.
pub(super) struct Day(pub(super) Timestamp);

impl Display for Day {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let date = self.0.date();
        let (year, month) = date.year_and_month();
        let name = MONTHS.get(usize::from(month.saturating_sub(1))).copied().unwrap_or_default();
        write!(out, "{} {name} {year}", date.day())
    }
}

/// An instant as a person reads it: `3 December 2025, 09:30 UTC`.
pub(super) struct Instant(pub(super) Timestamp);

impl Display for Instant {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let (hour, minute) = self.0.hour_and_minute();
        write!(out, "{}, {hour:02}:{minute:02} UTC", Day(self.0))
    }
}

/// How long something has taken: `40 seconds`, `12 minutes`.
pub(super) struct Taken(pub(super) u64);

impl Display for Taken {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match (self.0, self.0 / 60) {
            (1, _) => out.write_str("1 second"),
            (seconds, 0) => write!(out, "{seconds} seconds"),
            (_, 1) => out.write_str("1 minute"),
            (_, minutes) => write!(out, "{} minutes", count(minutes)),
        }
    }
}

/// How often: `once`, `3 times`.
pub(super) struct Times(pub(super) u64);

impl Display for Times {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => out.write_str("once"),
            times => write!(out, "{} times", count(times)),
        }
    }
}

/// So many months: `1 month`, `12 months`.
pub(super) struct Months(pub(super) u64);

impl Display for Months {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => out.write_str("1 month"),
            months => write!(out, "{} months", count(months)),
        }
    }
}

/// A day of the month: `3rd`, `28th`.
pub(super) struct DayOfMonth(pub(super) u64);

impl Display for DayOfMonth {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let suffix = match (self.0, self.0 % 10) {
            (11..=13, _) => "th",
            (_, 1) => "st",
            (_, 2) => "nd",
            (_, 3) => "rd",
            _ => "th",
        };
        write!(out, "{}{suffix}", self.0)
    }
}

/// The balance at which a credit limit stops usage.
pub(super) fn floor_of(credit_limit: Money) -> Money {
    Money::ZERO.checked_sub(credit_limit).unwrap_or(Money::ZERO)
}
