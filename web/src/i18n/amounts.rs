//! How amounts and counts are written on the page, in one place: `$1,234.50`, `−$100.00`, `$0.0000018`.

use crate::i18n::units as texts;
use billing::money::{Charge, Money};

/// An amount in parts, for the balance whose cents stand smaller.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Written {
    /// A true minus sign, or nothing.
    pub(crate) sign: &'static str,
    /// Whole dollars, grouped.
    pub(crate) whole: String,
    /// At least two decimals, without the point.
    pub(crate) decimals: String,
}

pub(crate) fn written(amount: Money) -> Written {
    let text = amount.absolute().to_string();
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, "00"));
    let sign = if amount.is_negative() { "−" } else { "" };
    Written { sign, whole: grouped(whole), decimals: decimals.to_owned() }
}

pub(crate) fn dollars(amount: Money) -> String {
    let Written { sign, whole, decimals } = written(amount);
    format!("{sign}${whole}.{decimals}")
}

pub(crate) fn charge(amount: Charge) -> String {
    dollars(amount.money())
}

pub(crate) fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// An amount as it was typed, in the form in which the rules read it: where the language that is spoken has a decimal comma,
/// a single comma with at most two digits behind it and no point beside it cannot group thousands, and counts as the point.
pub(crate) fn typed(text: &str) -> String {
    let text = text.trim();
    let is_decimal = |(whole, decimals): (&str, &str)| {
        let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        decimals.len() <= 2 && are_digits(decimals) && !whole.contains(['.', ','])
    };
    match text.split_once(',') {
        Some(parts) if texts::decimal_sign() == "," && is_decimal(parts) => text.replace(',', "."),
        _ => text.to_owned(),
    }
}

/// A waiting time: `15 minutes`.
pub(crate) fn minutes(seconds: u64) -> String {
    match seconds {
        60 => texts::one_minute().to_owned(),
        seconds if seconds % 60 == 0 => texts::minutes(&(seconds / 60).to_string()),
        seconds => texts::seconds(&seconds.to_string()),
    }
}

/// A document's text with the minus sign that the page uses.
pub(crate) fn with_true_minus(text: &str) -> String {
    // The word joiner keeps a line from breaking behind the sign.
    text.replace("-$", "−\u{2060}$")
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len().saturating_mul(2));
    for (index, digit) in digits.chars().enumerate() {
        let following = digits.len().saturating_sub(index);
        if index > 0 && following % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::speak_german;

    #[test]
    fn amounts_are_grouped_and_keep_every_decimal() {
        for (typed, expected) in [
            ("0", "$0.00"),
            ("1234.5", "$1,234.50"),
            ("-100", "−$100.00"),
            ("1000000", "$1,000,000.00"),
            ("999", "$999.00"),
            ("0.0000018", "$0.0000018"),
            ("-0.125", "−$0.125"),
        ] {
            assert_eq!(dollars(Money::parse(typed).unwrap()), expected);
        }
    }

    #[test]
    fn a_decimal_comma_is_read_where_it_is_spoken_and_cannot_mean_thousands() {
        assert_eq!(typed(" 12,50 "), "12,50", "in English a comma groups thousands");
        speak_german();
        for (text, read) in [
            (" 12,50 ", "12.50"),
            ("12,5", "12.5"),
            ("12,", "12."),
            (",5", ".5"),
            ("-12,50", "-12.50"),
            ("12.50", "12.50"),
            ("1250", "1250"),
            ("1,234", "1,234"),
            ("1,234,56", "1,234,56"),
            ("12,5,", "12,5,"),
            ("1.234,50", "1.234,50"),
            ("1,234.50", "1,234.50"),
            ("12,x", "12,x"),
            ("", ""),
        ] {
            assert_eq!(typed(text), read, "{text:?}");
        }
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(count(1_500_000), "1,500,000");
        assert_eq!(count(600), "600");
    }

    #[test]
    fn waits_are_in_minutes_where_they_can_be() {
        assert_eq!(minutes(900), "15 minutes");
        assert_eq!(minutes(60), "1 minute");
        assert_eq!(minutes(90), "90 seconds");
    }

    #[test]
    fn titles_get_a_true_minus() {
        assert_eq!(with_true_minus("down to -$100.00"), "down to −\u{2060}$100.00");
    }
}
