//! What is wrong is said in words, whichever rule meets it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "that is how a test fails")]

use billing::json::Node;
use billing::json::read::{At, Family, list, text};
use billing::ledger::Command;
use billing::money::{Charge, Money, MoneyError};
use billing::projection::forecast::ForecastError;
use billing::rules::access::{AccessError, AccountProblem};
use billing::rules::credit::{AmountError, PurchaseProblem};
use billing::rules::recharge::SettingError;
use billing::time::TimeError;

#[test]
fn a_wrapping_error_prints_the_error_inside() {
    let (negative, range) = (MoneyError::Negative, TimeError::OutOfRange);
    let balance = Money::parse("3.00").unwrap();
    let minimum = Charge::parse("5.00").unwrap();
    let account = AccountProblem::FreeExceedsBalance { balance };
    let purchase = PurchaseProblem::BelowMinimum { minimum };
    for (said, cause) in [
        (AccessError::Money(negative).to_string(), negative.to_string()),
        (AccessError::Account(account).to_string(), account.to_string()),
        (AmountError::Money(negative).to_string(), negative.to_string()),
        (AmountError::Refused(purchase).to_string(), purchase.to_string()),
        (ForecastError::Money(negative).to_string(), negative.to_string()),
        (ForecastError::NoTime.to_string(), range.to_string()),
        (SettingError::Amount(AmountError::Refused(purchase)).to_string(), purchase.to_string()),
        (SettingError::Threshold(negative).to_string(), negative.to_string()),
    ] {
        assert!(cause.ends_with('.'), "{cause}");
        assert_eq!(said, cause);
    }
    let missing = SettingError::ThresholdMissing.to_string();
    assert!(missing.starts_with("Say at which balance"), "{missing}");
}

/// What is wrong with a document is told with its place and its code.
#[test]
fn a_list_is_a_list_and_not_too_long() {
    for (json, wrong) in [
        (r#"["a","b"]"#, None),
        (r#"["a","b","c"]"#, Some("input: This list is too long: at most 2 items. (request.out_of_range)")),
        (r#""a""#, Some("input: This must be a list. (request.wrong_type)")),
    ] {
        let node: Node<'_> = serde_json::from_str(json).unwrap();
        let read = list(2, text)(&node, &At::root(Family::Request, "input"));
        assert_eq!(read.err().map(|fault| fault.to_string()).as_deref(), wrong);
    }
}

/// PM-7: eight digits could belong to a card number, seven are a name.
#[test]
fn a_field_that_is_not_known_is_named_without_what_could_be_a_card_number() {
    for (name, shown) in [("a1234567", "a1234567"), ("a12345678", "a********")] {
        let json = format!(r#"{{"kind":"advance","{name}":1}}"#);
        let fault = Command::read(&serde_json::from_str(&json).unwrap(), &At::root(Family::Request, "command"));
        assert_eq!(fault.unwrap_err().path, format!("command.{shown}"));
    }
}
