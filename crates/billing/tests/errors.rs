//! What is wrong is said in words, whichever rule meets it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "that is how a test fails")]

use billing::access::{AccessError, AccountProblem};
use billing::credit::{AmountError, PurchaseProblem};
use billing::forecast::ForecastError;
use billing::money::{Charge, Money, MoneyError};
use billing::recharge::SettingError;
use billing::time::TimeError;

#[test]
fn an_error_that_holds_another_says_what_that_one_says() {
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
}
