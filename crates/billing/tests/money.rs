//! Money is exact over the contract's whole range, proven against 128-bit integers and against another decimal library.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

use billing::money::{Charge, Decimal, Money, MoneyError};
use proptest::prelude::*;
use std::str::FromStr;

/// Units of 10^-12 dollar in the largest amount that may come in.
const MAX_UNITS: i128 = 1_000_000_000_000_000_000_000_000_000;
const UNITS_PER_CENT: i128 = 10_000_000_000;

/// Amounts from everywhere in the range, the ends and the neighbourhood of nothing among them, of every precision.
fn units() -> impl Strategy<Value = i128> {
    let anywhere = -MAX_UNITS..=MAX_UNITS;
    let small = -1_000_000_000_000_000_i128..=1_000_000_000_000_000;
    let ends = prop_oneof![Just(MAX_UNITS), Just(-MAX_UNITS), Just(0), Just(1), Just(-1)];
    let precision = 0_u32..=12;
    (prop_oneof![4 => anywhere, 4 => small, 1 => ends], precision)
        .prop_map(|(units, zeros)| units / 10_i128.pow(zeros) * 10_i128.pow(zeros))
}

/// Writes units in plain decimal notation, with all twelve decimals.
fn written(units: i128) -> String {
    let (whole, part) = (units.unsigned_abs() / 10_u128.pow(12), units.unsigned_abs() % 10_u128.pow(12));
    format!("{}{whole}.{part:012}", if units < 0 { "-" } else { "" })
}

fn money(units: i128) -> Money {
    Money::parse(&written(units)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    /// What is read is what was written, to the last decimal, and printing it loses nothing.
    #[test]
    fn reading_and_printing_are_exact(units in units()) {
        let amount = money(units);
        prop_assert_eq!(amount.units(), units);
        prop_assert_eq!(Money::parse(&amount.to_string()).unwrap(), amount);
        let other = Decimal::from_str(&amount.to_string()).unwrap();
        prop_assert_eq!(other, Decimal::from_str_exact(&written(units)).unwrap());
    }

    /// At least two decimals, and no zeros at the end after those.
    #[test]
    fn printing_is_canonical(units in units()) {
        let text = money(units).to_string();
        let (_, decimals) = text.split_once('.').unwrap();
        prop_assert!(decimals.len() == 2 || (decimals.len() > 2 && !decimals.ends_with('0')), "{}", text);
        prop_assert!(text != "-0.00");
    }

    /// Sums and differences are those of the integers, or they are refused; never a nearby number.
    #[test]
    fn sums_are_exact(one in units(), other in units()) {
        prop_assert_eq!(money(one).checked_add(money(other)).unwrap().units(), one + other);
        prop_assert_eq!(money(one).checked_sub(money(other)).unwrap().units(), one - other);
        prop_assert_eq!(money(one).cmp(&money(other)), one.cmp(&other));
    }

    /// A multiple is the integer's multiple, or out of range.
    #[test]
    fn multiples_are_exact(units in units(), count in 0_u64..2_000_000_000) {
        match money(units).times(count) {
            Ok(product) => prop_assert_eq!(product.units(), units * i128::from(count)),
            Err(error) => {
                prop_assert_eq!(error, MoneyError::OutOfRange);
                prop_assert!((units * i128::from(count)).abs() > 1_000 * MAX_UNITS);
            }
        }
    }

    /// Rounding up to steps covers the amount, and one step less does not; rounding down is one step less or the same.
    #[test]
    fn steps_bracket_the_amount(units in units(), cents in 1_i128..=1_000_000_000) {
        let step = Charge::of(money(cents * UNITS_PER_CENT)).unwrap();
        let (up, down) = (money(units).div_ceil(step), money(units).steps_down_of(step));
        let (Ok(up), Ok(down)) = (up, down) else {
            // Only a cent, in 10^15 dollars, makes more steps than can be counted.
            return Ok(());
        };
        let (units, step) = (units.max(0), cents * UNITS_PER_CENT);
        prop_assert!(i128::from(up) * step >= units && (up == 0 || (i128::from(up) - 1) * step < units));
        prop_assert!(i128::from(down) * step <= units && (i128::from(down) + 1) * step > units);
    }

    /// Whole cents: at least the amount, less than a cent above it; and strictly above it.
    #[test]
    fn cents_round_up(units in units()) {
        let (up, above) = (money(units).ceil_to_cents().unwrap(), money(units).cents_above().unwrap());
        let (up, above) = (up.money().units(), above.money().units());
        prop_assert!(up % UNITS_PER_CENT == 0 && up >= units && up - units < UNITS_PER_CENT);
        prop_assert!(above % UNITS_PER_CENT == 0 && above > units && above - units <= UNITS_PER_CENT);
    }

    /// A share is the other library's quotient, rounded half to even at four decimals.
    #[test]
    fn shares_round_half_to_even(part in 0_i128..=1_000_000, whole in 1_i128..=1_000_000) {
        let share = money(part * UNITS_PER_CENT).share_of_half_even(money(whole * UNITS_PER_CENT)).unwrap();
        let (part, whole) = (i64::try_from(part).unwrap(), i64::try_from(whole).unwrap());
        let quotient = (Decimal::from(part) / Decimal::from(whole)).round_dp(4);
        prop_assert_eq!(share, quotient);
        let text = share.to_string();
        let (_, decimals) = text.split_once('.').unwrap();
        prop_assert!(decimals.len() == 2 || ((3..=4).contains(&decimals.len()) && !decimals.ends_with('0')), "{}", text);
    }

    /// Every amount that comes in is a `Decimal` of the same digits, and that one is the same amount again.
    #[test]
    fn amounts_convert_to_decimals_and_back(units in units()) {
        let amount = money(units);
        let decimal = Decimal::try_from(amount).unwrap();
        prop_assert_eq!(decimal, Decimal::from_str_exact(&written(units)).unwrap());
        prop_assert_eq!(decimal.to_string(), amount.to_string());
        prop_assert_eq!(Money::try_from(decimal), Ok(amount));
    }

    /// A decimal is taken or refused as its digits are when they are read, whatever its scale.
    #[test]
    fn decimals_are_taken_as_their_text_is(mantissa in -(1_i128 << 96) + 1..1_i128 << 96, shift in 0_u32..96, scale in 0_u32..=28) {
        let decimal = Decimal::try_from_i128_with_scale(mantissa >> shift, scale).unwrap();
        prop_assert_eq!(Money::try_from(decimal), Money::parse(&decimal.normalize().to_string()));
        prop_assert_eq!(Charge::try_from(decimal), Charge::parse(&decimal.normalize().to_string()));
    }

    /// Of a sum, a decimal has every digit, or there is none.
    #[test]
    fn sums_convert_to_decimals_exactly_or_not_at_all(units in units(), more in units(), count in 0_u64..1000) {
        let sum = money(units).times(count).unwrap().checked_add(money(more)).unwrap();
        match Decimal::try_from(sum) {
            Ok(decimal) => prop_assert_eq!(decimal.to_string(), sum.to_string()),
            Err(error) => {
                prop_assert_eq!(error, MoneyError::OutOfRange);
                prop_assert!(sum.units().abs() >= 1 << 96);
            }
        }
    }

    /// Whole cents of any sum are a decimal.
    #[test]
    fn charges_convert_to_decimals(units in units(), count in 0_u64..1000) {
        let charge = money(units).times(count).unwrap().ceil_to_cents().unwrap();
        prop_assert_eq!(Decimal::from(charge).to_string(), charge.to_string());
    }

    /// Whatever a person types is read or refused, and nothing panics.
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,40}") {
        if let Ok(amount) = Money::parse(&text) {
            prop_assert!(text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b'-'));
            prop_assert!(amount.units().abs() <= MAX_UNITS);
        }
    }
}

/// Reads a table of texts with what each must be.
#[test]
fn amounts_are_read_strictly() {
    let table = [
        ("0", Ok("0.00")),
        ("-0", Ok("0.00")),
        ("-0.00", Ok("0.00")),
        ("007", Ok("7.00")),
        ("5.1", Ok("5.10")),
        ("0.000000000001", Ok("0.000000000001")),
        ("1000000000000000", Ok("1000000000000000.00")),
        ("-1000000000000000.000000000000", Ok("-1000000000000000.00")),
        ("1000000000000000.000000000001", Err(MoneyError::OutOfRange)),
        ("99999999999999999999999999999999999999999", Err(MoneyError::OutOfRange)),
        ("0.0000000000001", Err(MoneyError::TooPrecise)),
        ("", Err(MoneyError::Malformed)),
        ("-", Err(MoneyError::Malformed)),
        (".5", Err(MoneyError::Malformed)),
        ("5.", Err(MoneyError::Malformed)),
        ("+5", Err(MoneyError::Malformed)),
        ("--5", Err(MoneyError::Malformed)),
        ("1,000", Err(MoneyError::Malformed)),
        ("1.000.0", Err(MoneyError::Malformed)),
        ("1e3", Err(MoneyError::Malformed)),
        ("$5", Err(MoneyError::Malformed)),
        (" 5", Err(MoneyError::Malformed)),
        ("5 ", Err(MoneyError::Malformed)),
        ("NaN", Err(MoneyError::Malformed)),
        ("５", Err(MoneyError::Malformed)),
    ];
    for (text, expected) in table {
        assert_eq!(Money::parse(text).map(|amount| amount.to_string()), expected.map(str::to_owned), "{text:?}");
    }
}

/// Exact halves, where shares must go to the even neighbour.
#[test]
fn halves_go_to_the_even_neighbour() {
    let share = |part: &str, whole: &str| {
        Money::parse(part).unwrap().share_of_half_even(Money::parse(whole).unwrap()).unwrap().to_string()
    };
    assert_eq!(share("1", "20000"), "0.00");
    assert_eq!(share("3", "20000"), "0.0002");
    assert_eq!(share("5", "20000"), "0.0002");
    assert_eq!(share("12.5", "50"), "0.25");
    assert!(Money::parse("1").unwrap().share_of_half_even(Money::ZERO).is_err());
}

#[test]
fn a_share_is_a_fraction_of_one_with_four_decimals() {
    let share =
        |part: &str, whole: &str| Money::parse(part).unwrap().share_of_half_even(Money::parse(whole).unwrap()).unwrap();
    let thirds = [share("0", "3"), share("1", "3"), share("2", "3"), share("3", "3")];
    assert_eq!(thirds, [Decimal::ZERO, Decimal::new(3333, 4), Decimal::new(6667, 4), Decimal::ONE]);
    assert_eq!(thirds.map(|share| share.to_string()), ["0.00", "0.3333", "0.6667", "1.00"]);
    let (least, most) = (Money::parse("0.000000000001").unwrap(), Money::parse("1000000000000000").unwrap());
    assert_eq!(most.share_of_half_even(least), Err(MoneyError::OutOfRange));
}

#[test]
fn text_is_parsed_as_the_named_readers_parse_it() {
    assert_eq!("25".parse::<Money>(), Money::parse("25"));
    assert_eq!("1e3".parse::<Money>(), Err(MoneyError::Malformed));
    assert_eq!("25".parse::<Charge>(), Charge::parse("25"));
    assert_eq!("-25".parse::<Charge>(), Err(MoneyError::Negative));
}

#[test]
fn charges_and_money_convert_into_each_other() {
    let amount = Money::parse("25.00").unwrap();
    assert_eq!(Charge::try_from(amount).map(Money::from), Ok(amount));
    assert_eq!(Charge::try_from(Money::parse("0.005").unwrap()), Err(MoneyError::TooPrecise));
}

#[test]
fn decimals_that_are_no_amount_are_refused_by_name() {
    let limit = Decimal::from(1_000_000_000_000_000_u64);
    let table = [
        (Decimal::new(-500, 2), Ok("-5.00")),
        (Decimal::new(1, 12), Ok("0.000000000001")),
        (Decimal::new(10, 13), Ok("0.000000000001")),
        (Decimal::new(11, 13), Err(MoneyError::TooPrecise)),
        (Decimal::new(0, 28), Ok("0.00")),
        (-Decimal::new(0, 2), Ok("0.00")),
        (limit, Ok("1000000000000000.00")),
        (limit + Decimal::new(1, 12), Err(MoneyError::OutOfRange)),
        (Decimal::MAX, Err(MoneyError::OutOfRange)),
        (Decimal::MIN, Err(MoneyError::OutOfRange)),
    ];
    for (decimal, expected) in table {
        assert_eq!(Money::try_from(decimal).map(|amount| amount.to_string()), expected.map(str::to_owned), "{decimal}");
    }
    assert_eq!(Charge::try_from(Decimal::new(5005, 3)), Err(MoneyError::TooPrecise));
    assert_eq!(Charge::try_from(Decimal::new(-1, 2)), Err(MoneyError::Negative));
}

#[test]
fn a_prorated_amount_is_rounded_down_once() {
    let day = Money::parse("10.00").unwrap();
    let part = |seconds| day.prorate_floor(seconds, 86_400).unwrap().to_string();
    assert_eq!([part(0), part(1), part(43_200), part(86_400)], ["0.00", "0.00011574074", "5.00", "10.00"]);
    assert_eq!(day.prorate_floor(1, 0), Err(MoneyError::OutOfRange));
}

#[test]
fn between_is_the_whole_cent_halfway() {
    let charge = |text: &str| Charge::parse(text).unwrap();
    assert_eq!(charge("1.00").between(charge("2.01")), Some(charge("1.50")));
    assert_eq!(charge("1.00").between(charge("1.01")), None);
    assert_eq!(charge("1.00").between(charge("1.02")), Some(charge("1.01")));
    assert_eq!(charge("2.00").between(charge("1.00")), None);
}

/// A log or a failed test shows the amount, not its inside.
#[test]
fn debug_shows_dollars() {
    assert_eq!(format!("{:?}", Money::parse("-5").unwrap()), "$-5.00");
    assert_eq!(format!("{:?}", Money::parse("0.0000018").unwrap()), "$0.0000018");
}

#[test]
fn debug_shows_charges_as_dollars() {
    let (money, charge) = (Money::parse("-0.0000018").unwrap(), Charge::parse("25").unwrap());
    assert_eq!(format!("{money:?} {charge:?}"), "$-0.0000018 $25.00");
}
