//! What is printed can be parsed, and a text that names nothing is refused with what it may be.
#![allow(clippy::unwrap_used, clippy::panic, reason = "that is how a test fails")]

use billing::clause::Clause;
use billing::id::LastFour;
use billing::json::read::{UnknownWord, Word};
use billing::ledger::{CreditKind, Hosting, InvoiceState, PaymentKind, Service, Stage};
use billing::payment_method::card::{Expiry, Field, Funding, MalformedExpiry, Network, NumberState};
use billing::payment_method::country::{Country, UnknownCountry};
use billing::policy::{Billing, BurnOrder, Tier, Trigger};
use billing::rules::access::{Kind, Plan};
use billing::rules::decline::Check;
use billing::rules::recharge::{LinkedCard, RechargeBlock};
use core::fmt::{Debug, Display};
use core::str::FromStr;

fn comes_back<T: Copy + Debug + Display + FromStr<Err = UnknownWord> + PartialEq + Word>(all: &[T]) {
    assert_eq!(all.len(), T::IDS.len());
    for (word, id) in all.iter().zip(T::IDS) {
        assert_eq!((word.to_string().as_str(), id.parse()), (*id, Ok(*word)));
    }
    assert_eq!(" ".parse::<T>(), Err(UnknownWord { allowed: T::IDS }));
}

#[test]
fn every_word_prints_its_id_and_parses_from_it() {
    comes_back(Tier::ALL);
    comes_back(Network::ALL);
    comes_back(Funding::ALL);
    comes_back(Field::ALL);
    comes_back(NumberState::ALL);
    comes_back(Billing::ALL);
    comes_back(BurnOrder::ALL);
    comes_back(Trigger::ALL);
    comes_back(CreditKind::ALL);
    comes_back(Hosting::ALL);
    comes_back(InvoiceState::ALL);
    comes_back(PaymentKind::ALL);
    comes_back(Service::ALL);
    comes_back(Stage::ALL);
    comes_back(Kind::ALL);
    comes_back(Plan::ALL);
    comes_back(Check::ALL);
    comes_back(LinkedCard::ALL);
    comes_back(RechargeBlock::ALL);
}

#[test]
fn an_unknown_word_is_answered_with_the_words_there_are() {
    let error = "sometimes".parse::<Trigger>().unwrap_err();
    assert_eq!(error.to_string(), "This must be one of below, at_or_below.");
}

#[test]
fn clauses_countries_months_and_last_digits_print_what_they_parse() {
    assert!(Clause::ALL.iter().all(|clause| clause.to_string().parse() == Ok(*clause)));
    assert!(Country::all().all(|country| country.to_string().parse() == Ok(country)));
    assert_eq!("UK".parse::<Country>(), Err(UnknownCountry));
    let (expiry, last4) = (Expiry { year: 2027, month: 2 }, LastFour(*b"0042"));
    assert_eq!((expiry.to_string().parse(), last4.to_string().parse()), (Ok(expiry), Ok(last4)));
    assert_eq!("02/27".parse::<Expiry>(), Err(MalformedExpiry));
    for other in ["", "424", "42424", "424x", "４２"] {
        assert!(other.parse::<LastFour>().is_err(), "{other}");
    }
}

#[test]
fn words_keep_to_a_width() {
    assert_eq!(format!("{:<10}|{:>5}", Tier::Build1, Network::Visa), "build_1   | visa");
}

#[test]
fn a_precision_cuts_no_digit_off_an_amount() {
    let amount: billing::money::Money = "1234.5".parse().unwrap();
    assert_eq!(format!("{amount:.2}"), "1234.50");
}
