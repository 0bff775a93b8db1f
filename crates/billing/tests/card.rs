//! PM-5 · The two promises of checking a number while it is typed, over numbers of every network.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

use billing::payment_method::card::{ExpiryState, Network, NumberState, holds_card_number, read_expiry, read_number};
use billing::policy::Policy;
use billing::time::Timestamp;
use proptest::prelude::*;

/// Beginnings of real ranges, several for each network.
const BEGINNINGS: [(Network, &[&str], &[usize]); 14] = [
    (Network::Visa, &["4", "401178", "438935", "493698", "402918", "4571"], &[13, 16, 19]),
    (Network::Mastercard, &["51", "55", "2221", "2720", "510000", "559999", "527572"], &[16]),
    (Network::AmericanExpress, &["34", "37"], &[15]),
    (Network::Discover, &["6011", "644", "65"], &[16, 19]),
    (Network::Jcb, &["3528", "3589"], &[16, 19]),
    (Network::DinersClub, &["300", "305", "36", "38", "39"], &[14, 19]),
    (Network::Unionpay, &["62", "81"], &[16, 19]),
    (Network::Maestro, &["50", "56", "58", "61", "63", "67"], &[12, 16, 19]),
    (Network::Elo, &["504175", "506699", "509000", "636297"], &[16]),
    (Network::Mir, &["2200", "2204"], &[16, 19]),
    (Network::Hiper, &["637095"], &[16]),
    (Network::Hipercard, &["606282"], &[16]),
    (Network::Verve, &["506099", "507865"], &[16, 18, 19]),
    (Network::Rupay, &["60", "82", "508"], &[16]),
];

fn check_digit(digits: &str) -> char {
    let sum: u32 = digits
        .chars()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = digit.to_digit(10).unwrap();
            let weighted = if place % 2 == 0 { digit * 2 } else { digit };
            weighted / 10 + weighted % 10
        })
        .sum();
    char::from_digit((10 - sum % 10) % 10, 10).unwrap()
}

/// A valid number: a beginning, digits, and the check digit.
fn numbers() -> impl Strategy<Value = (Network, String)> {
    (prop::sample::select(&BEGINNINGS[..]), any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[0-9]{19}")
        .prop_map(|((network, beginnings, lengths), beginning, length, filler)| {
            let mut number = String::from(*beginning.get(beginnings));
            let length = *length.get(lengths);
            number.push_str(&filler);
            number.truncate(length - 1);
            number.push(check_digit(&number));
            (network, number)
        })
}

fn state(number: &str) -> NumberState {
    read_number(&Policy::shipped("prepaid").unwrap(), number).state
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    /// No beginning of a valid number is ever called invalid, and the whole of it is valid and of its network.
    #[test]
    fn no_beginning_of_a_valid_number_is_invalid((network, number) in numbers()) {
        for end in 0..number.len() {
            prop_assert_ne!(state(&number[..end]), NumberState::Invalid, "{}", &number[..end]);
        }
        let policy = Policy::shipped("prepaid").unwrap();
        let typed = read_number(&policy, &number);
        prop_assert_eq!(typed.state, NumberState::Valid);
        prop_assert!(typed.networks.contains(&network), "{} {:?}", number, typed.networks);
        prop_assert_eq!(typed.accepted, Some(policy.networks.contains(&network)));
    }

    /// Nothing that is added to an invalid number makes it anything else.
    #[test]
    fn an_invalid_number_stays_invalid(number in "[0-9 -]{1,24}", more in "[0-9 x]{1,12}") {
        if state(&number) == NumberState::Invalid {
            let longer = format!("{number}{more}");
            prop_assert_eq!(state(&longer), NumberState::Invalid, "{}", longer);
        }
    }

    /// The same for numbers that begin well and have one digit changed.
    #[test]
    fn a_mistyped_number_stays_mistyped((_, number) in numbers(), place in any::<prop::sample::Index>(), more in "[0-9]{1,6}") {
        let place = place.index(number.len());
        let changed = if number.as_bytes()[place] == b'9' { "0" } else { "9" };
        let mistyped = format!("{}{changed}{}", &number[..place], &number[place + 1..]);
        if state(&mistyped) == NumberState::Invalid {
            prop_assert_eq!(state(&format!("{mistyped}{more}")), NumberState::Invalid);
        }
    }

    /// Grouping changes nothing: what is shown reads as what was typed.
    #[test]
    fn grouping_keeps_the_digits((_, number) in numbers()) {
        let policy = Policy::shipped("prepaid").unwrap();
        let shown = read_number(&policy, &number).formatted;
        prop_assert_eq!(shown.replace(' ', ""), number.clone());
        prop_assert_eq!(read_number(&policy, &shown).state, NumberState::Valid);
        prop_assert!(number.len() < 13 || !('2'..='6').contains(&number.chars().next().unwrap()) || holds_card_number(&shown));
    }

    /// Whatever is typed is answered, and nothing panics.
    #[test]
    fn any_text_is_judged_without_a_panic(text in ".{0,64}") {
        let now = Timestamp::parse("2025-12-01T00:00:00Z").unwrap();
        let _ = (state(&text), read_expiry(&text, now), holds_card_number(&text));
    }

    /// The same two promises for expiry dates: no beginning of one is malformed.
    #[test]
    fn no_beginning_of_an_expiry_date_is_malformed(month in 1_u8..=12, year in 25_u16..=99, form in 0_usize..8) {
        let text = match form {
            0 => format!("{month:02}/{year}"),
            1 => format!("{month:02}/20{year}"),
            2 => format!("{month:02}{year}"),
            3 => format!("{month:02}-{year}"),
            4 => format!("20{year}-{month:02}"),
            5 => format!(" {month:02} / {year} "),
            6 => format!("{month:02}20{year}"),
            _ => format!("{month}/{year}"),
        };
        let now = Timestamp::parse("2025-01-01T12:00:00Z").unwrap();
        for end in 0..text.len() {
            let state = read_expiry(&text[..end], now);
            prop_assert!(!matches!(state, ExpiryState::Malformed | ExpiryState::Unexpected(_)), "{:?}", &text[..end]);
        }
        let ExpiryState::InDate(expiry) = read_expiry(&text, now) else {
            return Err(TestCaseError::fail(text));
        };
        prop_assert_eq!((expiry.month, expiry.year), (month, 2000 + year));
    }
}

/// Every public test card of a processor, and how its digits are judged.
#[test]
fn the_processors_test_cards_are_read_as_what_they_are() {
    let policy = Policy::shipped("prepaid").unwrap();
    let table = [
        ("4242424242424242", "visa", Some(true), NumberState::Valid),
        ("5555555555554444", "mastercard", Some(true), NumberState::Valid),
        ("2223003122003222", "mastercard", Some(true), NumberState::Valid),
        ("378282246310005", "american_express", Some(true), NumberState::Valid),
        ("6011111111111117", "discover", Some(false), NumberState::Valid),
        ("6200000000000005", "unionpay", Some(false), NumberState::Valid),
        ("4242424242424241", "visa", Some(true), NumberState::Incomplete),
        ("5555555555554445", "mastercard", Some(true), NumberState::Invalid),
    ];
    for (number, network, accepted, state) in table {
        let typed = read_number(&policy, number);
        assert_eq!(typed.networks.first().map(|network| network.id()), Some(network), "{number}");
        assert_eq!((typed.accepted, typed.state), (accepted, state), "{number}");
    }
}
