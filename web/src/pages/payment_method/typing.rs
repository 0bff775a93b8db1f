//! Groups a card number while it is typed, and keeps the caret at the digit where the person put it.

use billing::payment_method::card::read_number;
use billing::policy::Policy;

/// No network has longer numbers; beyond them the text is left as it was typed, so that no digit is lost.
const MOST_DIGITS: usize = 19;

/// The text in groups, and where the caret belongs in it, both counted in characters; nothing where the text holds more
/// than digits and separators, or too many digits.
pub(crate) fn regrouped(policy: &Policy, text: &str, caret: usize) -> Option<(String, usize)> {
    if text.chars().filter(|character| is_digit(*character)).count() > MOST_DIGITS {
        return None;
    }
    let formatted = read_number(policy, text).formatted;
    let is_grouped = formatted.chars().all(|character| character.is_ascii_digit() || character == ' ');
    if !is_grouped {
        return None;
    }
    let before = text.chars().take(caret).filter(|character| is_digit(*character)).count();
    let caret = after_digits(&formatted, before);
    Some((formatted, caret))
}

/// The place just after this many digits.
fn after_digits(text: &str, digits: usize) -> usize {
    if digits == 0 {
        return 0;
    }
    let places = text.chars().enumerate().filter(|(_, character)| is_digit(*character));
    places
        .map(|(place, _)| place.saturating_add(1))
        .nth(digits.saturating_sub(1))
        .unwrap_or_else(|| text.chars().count())
}

/// An ASCII digit, or a full-width one.
fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || matches!(character, '\u{ff10}'..='\u{ff19}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `|` stands for the caret.
    fn check(typed: &str, expected: Option<&str>) {
        let policy = Policy::shipped("prepaid").unwrap();
        let caret = typed.chars().position(|character| character == '|').unwrap();
        let seen = regrouped(&policy, &typed.replace('|', ""), caret).map(|(text, caret)| {
            let mut characters: Vec<char> = text.chars().collect();
            characters.insert(caret, '|');
            characters.into_iter().collect::<String>()
        });
        assert_eq!(seen.as_deref(), expected, "{typed}");
    }

    #[test]
    fn digits_are_grouped_and_the_caret_stays_at_its_digit() {
        for (typed, expected) in [
            ("|", Some("|")),
            ("4|", Some("4|")),
            ("4242|", Some("4242|")),
            ("42424|", Some("4242 4|")),
            ("4242 |", Some("4242|")),
            ("42|42 4242", Some("42|42 4242")),
            // A digit typed in the middle pushes the others on.
            ("4219|42 4242", Some("4219| 4242 42")),
            // A digit removed in the middle pulls them back.
            ("42|2 4242", Some("42|24 242")),
            // Pasted with other separators, with a caret in the middle.
            ("4242-4242|-4242-4242", Some("4242 4242| 4242 4242")),
            ("378282246310005|", Some("3782 822463 10005|")),
            ("\u{ff14}\u{ff12}4242|", Some("4242 42|")),
            ("|4242 4242", Some("|4242 4242")),
        ] {
            check(typed, expected);
        }
    }

    #[test]
    fn anything_else_is_left_as_it_was_typed() {
        check("4242x|", None);
        check("42424242424242424242|", None);
    }
}
