//! Sentences with places for a finding's figures.
//!
//! | in a template | |
//! |---|---|
//! | `{due}` | the figure, as its kind is written |
//! | `{since:day}` | the figure, in another form |
//! | `[pending>0?, und {pending} stehen aus]` | only where it holds |
//! | `[purchases=1?Kauf\|Käufe]` | the one or the other |
//!
//! What can hold: `name=value`, `name<number`, `name>number`, and `name` alone where something is known.

use super::words;
use crate::i18n::amounts::{count, dollars, minutes};
use crate::i18n::times;
use billing::finding::OwnedParam;
use billing::money::Money;
use billing::payment_method::card::Network;
use billing::payment_method::country::Country;
use billing::payment_method::tax_id;
use billing::policy::Tier;
use billing::time::Timestamp;

/// The template with its places filled; nothing where a figure is missing or cannot be written like this.
pub(super) fn filled(template: &str, params: &[(&'static str, OwnedParam)]) -> Option<String> {
    let mut filling = Filling { params, text: String::new() };
    filling.until_end(template, true)?.is_empty().then_some(filling.text)
}

struct Filling<'a> {
    params: &'a [(&'static str, OwnedParam)],
    text: String,
}

impl Filling<'_> {
    /// Reads up to the end of the template or of the alternative that it is in. Yields what is left.
    fn until_end<'t>(&mut self, mut rest: &'t str, speaks: bool) -> Option<&'t str> {
        while let Some(place) = rest.find(['{', '[', '|', ']']) {
            let (plain, special) = rest.split_at_checked(place)?;
            self.push(plain, speaks);
            rest = if let Some(after) = special.strip_prefix('{') {
                let (place, after) = after.split_once('}')?;
                if speaks {
                    let figure = self.figure(place)?;
                    self.text.push_str(&figure);
                }
                after
            } else if let Some(after) = special.strip_prefix('[') {
                let (condition, after) = after.split_once('?')?;
                self.choice(condition, after, speaks)?
            } else {
                return Some(special);
            };
        }
        self.push(rest, speaks);
        Some("")
    }

    /// Reads both alternatives, and says the one that holds.
    fn choice<'t>(&mut self, condition: &str, rest: &'t str, speaks: bool) -> Option<&'t str> {
        let holds = self.holds(condition)?;
        let rest = self.until_end(rest, speaks && holds)?;
        let rest = match rest.strip_prefix('|') {
            Some(other) => self.until_end(other, speaks && !holds)?,
            None => rest,
        };
        rest.strip_prefix(']')
    }

    fn push(&mut self, text: &str, speaks: bool) {
        if speaks {
            self.text.push_str(text);
        }
    }

    fn param(&self, name: &str) -> Option<&OwnedParam> {
        self.params.iter().find(|(param, _)| *param == name).map(|(_, value)| value)
    }

    fn holds(&self, condition: &str) -> Option<bool> {
        let Some(place) = condition.find(['=', '<', '>']) else {
            return Some(*self.param(condition)? != OwnedParam::Absent);
        };
        let (name, test) = condition.split_at_checked(place)?;
        let (is_above, is_below) = (test.strip_prefix('>'), test.strip_prefix('<'));
        Some(match (self.param(name)?, is_above.or(is_below)) {
            (OwnedParam::Money(amount), Some(than)) => {
                let than = Money::parse(than).ok()?;
                if is_above.is_some() { *amount > than } else { *amount < than }
            }
            (OwnedParam::Count(number), Some(than)) => {
                let than = than.parse().ok()?;
                if is_above.is_some() { *number > than } else { *number < than }
            }
            (OwnedParam::Count(number), None) => test.strip_prefix('=')? == number.to_string(),
            (OwnedParam::Text(word), None) => test.strip_prefix('=')? == word,
            _ => return None,
        })
    }

    fn figure(&self, place: &str) -> Option<String> {
        let (name, form) = place.split_once(':').unwrap_or((place, ""));
        written(self.param(name)?, form)
    }
}

/// A figure in one of the forms that sentences need.
fn written(param: &OwnedParam, form: &str) -> Option<String> {
    Some(match (param, form) {
        (OwnedParam::Money(amount), "") => dollars(*amount),
        // The balance at which a credit limit stops usage.
        (OwnedParam::Money(amount), "floor") => dollars(Money::ZERO.checked_sub(*amount).ok()?),
        (OwnedParam::Count(number), "") => count(*number),
        (OwnedParam::Count(number), "plain") => number.to_string(),
        (OwnedParam::Count(number), "month") => format!("{number:02}"),
        (OwnedParam::Count(seconds), "wait") => minutes(*seconds),
        (OwnedParam::Count(seconds), "whole_minutes") => minutes(seconds.checked_next_multiple_of(60)?),
        (OwnedParam::Count(seconds), "taken") => taken(*seconds, seconds_in_words),
        (OwnedParam::Count(seconds), "elapsed") => taken(*seconds, |_| "weniger als einer Minute".to_owned()),
        (OwnedParam::Text(text), "") => text.clone(),
        (OwnedParam::Text(text), "word") => words::german(text)?.to_owned(),
        (OwnedParam::Text(text), "tier") => Tier::ALL.iter().find(|tier| tier.id() == text)?.name().to_owned(),
        (OwnedParam::Text(text), "network") => {
            Network::ALL.iter().find(|network| network.id() == text)?.name().to_owned()
        }
        (OwnedParam::Text(text), "postal_code") => {
            words::german(Country::from_code(text)?.postal_label().english())?.to_owned()
        }
        (OwnedParam::Text(text), "tax_id") => words::german(tax_id::Form::of(text)?.name())?.to_owned(),
        (OwnedParam::Text(text), "day") => times::day(Timestamp::parse(text).ok()?),
        (OwnedParam::Text(text), "instant") => {
            let at = Timestamp::parse(text).ok()?;
            let (hour, minute) = at.hour_and_minute();
            format!("{}, {hour:02}:{minute:02} UTC", times::day(at))
        }
        _ => return None,
    })
}

fn taken(seconds: u64, below_a_minute: fn(u64) -> String) -> String {
    match seconds / 60 {
        0 => below_a_minute(seconds),
        1 => "1 Minute".to_owned(),
        minutes => format!("{} Minuten", count(minutes)),
    }
}

fn seconds_in_words(seconds: u64) -> String {
    if seconds == 1 { "1 Sekunde".to_owned() } else { format!("{seconds} Sekunden") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(template: &str) -> Option<String> {
        let money = |text: &str| OwnedParam::Money(Money::parse(text).unwrap());
        let params = [
            ("due", money("12.40")),
            ("nothing", money("0")),
            ("limit", money("100")),
            ("purchases", OwnedParam::Count(1)),
            ("seconds", OwnedParam::Count(90)),
            ("stage", OwnedParam::Text("invoice".into())),
            ("missing", OwnedParam::Absent),
        ];
        filled(template, &params)
    }

    #[test]
    fn places_take_the_figure_in_the_form_that_they_name() {
        for (template, expected) in [
            ("{due} am Ende", "$12.40 am Ende"),
            ("bis {limit:floor}", "bis −$100.00"),
            ("{seconds:taken}, {seconds:whole_minutes}", "1 Minute, 2 minutes"),
            ("{purchases:month}", "01"),
        ] {
            assert_eq!(said(template).as_deref(), Some(expected), "{template}");
        }
    }

    #[test]
    fn alternatives_stand_in_each_other_and_one_is_said() {
        for (template, expected) in [
            ("[purchases=1?ein Kauf|{purchases} Käufe].", "ein Kauf."),
            ("a[nothing>0?b{nothing}]c", "ac"),
            ("[nothing>0?x|[due>0?y{due}|z]]!", "y$12.40!"),
            ("[stage=invoice?[missing?1|2]|3]", "2"),
            ("[purchases>1?[due>0?1|2]|3]4", "34"),
            ("Ist das so? Ja.", "Ist das so? Ja."),
        ] {
            assert_eq!(said(template).as_deref(), Some(expected), "{template}");
        }
    }

    #[test]
    fn what_cannot_be_filled_is_not_said() {
        for template in
            ["{unknown}", "{missing}", "{due:tier}", "{due", "[due?x", "[unknown?x]", "[due=1?x]", "x]", "a|b"]
        {
            assert_eq!(said(template), None, "{template}");
        }
    }
}
