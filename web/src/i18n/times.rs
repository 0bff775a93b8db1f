//! How instants and waits are written on the page: always in UTC, which is named beside them.

use crate::i18n::units as texts;
use billing::time::{Date, Timestamp};

/// `09:30:05`.
pub(crate) fn clock(at: Timestamp) -> String {
    at.to_string().get(11..19).unwrap_or_default().to_owned()
}

/// `5 December 2025`.
pub(crate) fn day(at: Timestamp) -> String {
    texts::day(&at.date().day().to_string(), &month(at.date()))
}

/// `5 Dec`.
pub(crate) fn short_day(at: Timestamp) -> String {
    let names = [
        texts::jan,
        texts::feb,
        texts::mar,
        texts::apr,
        texts::in_may,
        texts::jun,
        texts::jul,
        texts::aug,
        texts::sep,
        texts::oct,
        texts::nov,
        texts::dec,
    ];
    texts::short_day(&at.date().day().to_string(), of_month(at.date(), &names))
}

/// `December 2025`.
pub(crate) fn month(of: Date) -> String {
    let names = [
        texts::january,
        texts::february,
        texts::march,
        texts::april,
        texts::may,
        texts::june,
        texts::july,
        texts::august,
        texts::september,
        texts::october,
        texts::november,
        texts::december,
    ];
    let (year, _) = of.year_and_month();
    [of_month(of, &names), " ", &year.to_string()].concat()
}

/// What a day's month is called.
fn of_month(day: Date, names: &[fn() -> &'static str]) -> &'static str {
    let (_, month) = day.year_and_month();
    names.get(usize::from(month.saturating_sub(1))).map_or("", |name| name())
}

/// `14:05`, and with hours where there are any.
pub(crate) fn countdown(seconds: u64) -> String {
    let two = |number: u64| [if number < 10 { "0" } else { "" }, &number.to_string()].concat();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => [minutes.to_string(), two(seconds)].join(":"),
        hours => [hours.to_string(), two(minutes), two(seconds)].join(":"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::speak_german;

    #[test]
    fn every_month_has_a_short_name_in_every_language() {
        let days = |of: &dyn Fn(Timestamp) -> String| {
            let day = |month| of(Timestamp::parse(&format!("2026-{month:02}-02T00:00:00Z")).unwrap());
            (1..=12).map(day).collect::<Vec<String>>().join(", ")
        };
        let english = "2 Jan, 2 Feb, 2 Mar, 2 Apr, 2 May, 2 Jun, 2 Jul, 2 Aug, 2 Sep, 2 Oct, 2 Nov, 2 Dec";
        assert_eq!(days(&short_day), english);
        speak_german();
        let german =
            "2. Jan., 2. Feb., 2. März, 2. Apr., 2. Mai, 2. Juni, 2. Juli, 2. Aug., 2. Sep., 2. Okt., 2. Nov., 2. Dez.";
        assert_eq!(days(&short_day), german);
    }

    #[test]
    fn instants_and_waits_are_written_in_full() {
        let at = Timestamp::parse("2025-12-05T09:03:07Z").unwrap();
        assert_eq!((clock(at).as_str(), day(at).as_str()), ("09:03:07", "5 December 2025"));
        for (seconds, expected) in [(0, "0:00"), (59, "0:59"), (845, "14:05"), (3725, "1:02:05")] {
            assert_eq!(countdown(seconds), expected);
        }
    }
}
