//! Money: exact decimal dollars, without floats and without division.
//!
//! Only named operations exist, and a name that rounds says how. A result that would leave the range or lose a digit is an
//! error, never a nearby number.
//!
//! Outside the rules an amount is a [`Decimal`]: both convert to the other without a lost digit, or are refused. A share of a
//! whole is a [`Decimal`] too.

mod decimal;
mod shortest;
mod text;

pub use rust_decimal::Decimal;
pub use text::DecimalText;

use core::cmp::Ordering;
use core::fmt;
use core::str::FromStr;

/// An exact amount of US dollars (or of credits, which are worth the same: CR-1), positive or negative, with at most
/// [`Money::MAX_DECIMALS`] decimals.
///
/// It is a whole number of units of 10^-12 dollar, so that adding and comparing are exact by construction.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(i128);

/// An error in an amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum MoneyError {
    /// Not plain decimal notation: a sign other than `-`, an exponent, a separator, a currency sign, a blank.
    Malformed,
    /// More decimals than the amount may have: 12, or 2 for a card charge.
    TooPrecise,
    /// Further from zero than 10^15 dollars, or a sum that left what can be represented.
    OutOfRange,
    /// Below zero where a person chooses an amount.
    Negative,
}

impl MoneyError {
    /// The stable code of the contract.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            MoneyError::Malformed => "money.malformed",
            MoneyError::TooPrecise => "money.too_precise",
            MoneyError::OutOfRange => "money.out_of_range",
            MoneyError::Negative => "money.negative",
        }
    }
}

impl core::error::Error for MoneyError {}

/// Units in a cent.
const UNITS_PER_CENT: i128 = 10_000_000_000;
/// Units in a dollar.
const UNITS_PER_DOLLAR: i128 = 1_000_000_000_000;
/// Units in the largest amount that may come in: 10^15 dollars.
const MAX_UNITS: i128 = 1_000 * UNITS_PER_DOLLAR * UNITS_PER_DOLLAR;
/// Units in the largest amount that may come out of a sum: 10^18 dollars, a thousand times as much. It leaves room for
/// every operation below to work in 128 bits.
const MAX_SUM_UNITS: i128 = 1_000 * MAX_UNITS;
/// Decimals of a share, and how many parts they make of 1.
const SHARE_DECIMALS: u32 = 4;
const SHARE_PARTS: i128 = 10_000;

impl Money {
    /// The largest number of decimals an amount can have.
    pub const MAX_DECIMALS: usize = text::DECIMALS;
    /// The amount $0.00.
    pub const ZERO: Money = Money(0);

    /// Reads plain decimal notation: an optional `-`, digits, and optionally a point with digits after it.
    ///
    /// # Errors
    /// [`MoneyError::Malformed`], [`MoneyError::TooPrecise`] or [`MoneyError::OutOfRange`], in this order.
    ///
    /// ```
    /// use billing::money::{Money, MoneyError};
    /// assert_eq!(Money::parse("-0.00000018")?.to_string(), "-0.00000018");
    /// assert_eq!(Money::parse("1e3"), Err(MoneyError::Malformed));
    /// assert_eq!(Money::parse("$5"), Err(MoneyError::Malformed));
    /// # Ok::<(), MoneyError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Money, MoneyError> {
        Money::parse_within(MAX_UNITS, text)
    }

    /// Reads a printed sum, which may be a thousand times as large as an amount that comes in.
    ///
    /// # Errors
    /// Parses as [`Money::parse`] does.
    pub(crate) fn parse_sum(text: &str) -> Result<Money, MoneyError> {
        Money::parse_within(MAX_SUM_UNITS, text)
    }

    fn parse_within(most: i128, text: &str) -> Result<Money, MoneyError> {
        let bytes = text.as_bytes();
        let (negative, digits) = match bytes {
            [b'-', digits @ ..] => (true, digits),
            digits => (false, digits),
        };
        let point = digits.iter().position(|byte| *byte == b'.');
        let (whole, decimals) = match point.and_then(|point| digits.split_at_checked(point)) {
            Some((whole, [_, decimals @ ..])) if !decimals.is_empty() => (whole, decimals),
            Some(_) => return Err(MoneyError::Malformed),
            None => (digits, [].as_slice()),
        };
        if whole.is_empty() || !whole.iter().chain(decimals).all(u8::is_ascii_digit) {
            return Err(MoneyError::Malformed);
        }
        let missing = Money::MAX_DECIMALS.checked_sub(decimals.len()).ok_or(MoneyError::TooPrecise)?;
        let number = |digits: &[u8]| {
            digits.iter().try_fold(0_u64, |number, byte| number.checked_mul(10)?.checked_add(u64::from(byte & 0x0f)))
        };
        let unit = u32::try_from(missing).ok().and_then(|missing| 10_u64.checked_pow(missing));
        let part = number(decimals).zip(unit).and_then(|(part, unit)| part.checked_mul(unit));
        let whole = number(whole).and_then(|whole| i128::from(whole).checked_mul(UNITS_PER_DOLLAR));
        let units = whole.zip(part).and_then(|(whole, part)| whole.checked_add(i128::from(part)));
        let units = units.filter(|units| *units <= most).ok_or(MoneyError::OutOfRange)?;
        Ok(Money(if negative { units.saturating_neg() } else { units }))
    }

    /// Returns the amount unless it is below zero: for amounts that a person chooses.
    ///
    /// # Errors
    /// [`MoneyError::Negative`] below zero.
    pub fn not_negative(self) -> Result<Money, MoneyError> {
        if self.is_negative() { Err(MoneyError::Negative) } else { Ok(self) }
    }

    /// Adds an amount.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when it cannot be held exactly.
    pub fn checked_add(self, other: Money) -> Result<Money, MoneyError> {
        Money::in_range(self.0.checked_add(other.0))
    }

    /// Subtracts an amount.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when it cannot be held exactly.
    pub fn checked_sub(self, other: Money) -> Result<Money, MoneyError> {
        Money::in_range(self.0.checked_sub(other.0))
    }

    /// Multiplies the amount by a count.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when it cannot be held exactly.
    pub fn times(self, count: u64) -> Result<Money, MoneyError> {
        let product = match u64::try_from(self.0) {
            // Together they have so few digits that 64 bits hold the product; most of all in wasm that is quicker.
            Ok(units) if units.leading_zeros().saturating_add(count.leading_zeros()) >= u64::BITS => {
                Some(i128::from(units.wrapping_mul(count)))
            }
            _ => self.0.checked_mul(i128::from(count)),
        };
        Money::in_range(product)
    }

    /// Prorates the amount for `seconds` of `whole_seconds`, rounded down.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when the product cannot be held exactly, or `whole_seconds` is 0.
    pub fn prorate_floor(self, seconds: u64, whole_seconds: u64) -> Result<Money, MoneyError> {
        let product = self.0.checked_mul(i128::from(seconds));
        Money::in_range(product.and_then(|product| product.checked_div_euclid(i128::from(whole_seconds))))
    }

    /// Divides by a step and rounds up: the number of steps that cover the amount, 0 for an amount at or below zero.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when the count does not fit, or the step is $0.00.
    pub fn div_ceil(self, step: Charge) -> Result<u64, MoneyError> {
        self.steps(step, |whole, rest| if rest > 0 { whole.checked_add(1) } else { Some(whole) })
    }

    /// Divides by a step and rounds down: the number of whole steps that fit into the amount.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when the count does not fit, or the step is $0.00.
    pub fn steps_down_of(self, step: Charge) -> Result<u64, MoneyError> {
        self.steps(step, |whole, _| Some(whole))
    }

    fn steps(self, step: Charge, round: impl Fn(i128, i128) -> Option<i128>) -> Result<u64, MoneyError> {
        let (amount, step) = (self.0.max(0), step.money().units());
        let divided = match (u64::try_from(amount), u64::try_from(step)) {
            // Up to 18 million dollars, and most of all in wasm, dividing 64 bits is several times quicker.
            (Ok(amount), Ok(step)) => {
                amount.checked_div(step).map(i128::from).zip(amount.checked_rem(step).map(i128::from))
            }
            _ => amount.checked_div(step).zip(amount.checked_rem(step)),
        };
        divided
            .and_then(|(whole, rest)| round(whole, rest))
            .and_then(|count| u64::try_from(count).ok())
            .ok_or(MoneyError::OutOfRange)
    }

    /// Divides by `whole`: the share as a fraction of 1, rounded half to even at 4 decimals.
    ///
    /// The share has at least two decimals and no zeros at the end after those, as printed money has.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when `whole` is $0.00, or the share does not fit a `Decimal`.
    ///
    /// ```
    /// use billing::money::{Money, MoneyError};
    /// let (part, whole) = (Money::parse("12.50")?, Money::parse("50.00")?);
    /// assert_eq!(part.share_of_half_even(whole)?.to_string(), "0.25");
    /// assert_eq!(part.share_of_half_even(Money::ZERO), Err(MoneyError::OutOfRange));
    /// # Ok::<(), MoneyError>(())
    /// ```
    pub fn share_of_half_even(self, whole: Money) -> Result<Decimal, MoneyError> {
        let parts = self.units().checked_mul(SHARE_PARTS).ok_or(MoneyError::OutOfRange)?;
        let quotient = parts.checked_div_euclid(whole.units()).ok_or(MoneyError::OutOfRange)?;
        let twice_rest = parts.checked_rem_euclid(whole.units()).and_then(|rest| rest.checked_mul(2));
        let up = match twice_rest.ok_or(MoneyError::OutOfRange)?.cmp(&whole.units().abs()) {
            Ordering::Greater => 1,
            Ordering::Equal => quotient & 1,
            Ordering::Less => 0,
        };
        let rounded = quotient.checked_add(up).ok_or(MoneyError::OutOfRange)?;
        shortest::shortest(rounded, SHARE_DECIMALS).ok_or(MoneyError::OutOfRange)
    }

    /// Rounds up to whole cents: the smallest charge that is at least this amount.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when it cannot be held exactly.
    pub fn ceil_to_cents(self) -> Result<Charge, MoneyError> {
        let rest = self.parts_of_a_cent();
        let missing = if rest == 0 { 0 } else { UNITS_PER_CENT.saturating_sub(rest) };
        Money::in_range(self.0.checked_add(missing)).map(Charge)
    }

    /// Rounds down to whole cents: the largest charge that is at most this amount, $0.00 for an amount below zero.
    #[must_use]
    pub fn floor_to_cents(self) -> Charge {
        // Taking less than a cent from a positive amount stays in range.
        Charge(Money(self.0.saturating_sub(self.parts_of_a_cent()).max(0)))
    }

    /// Returns the smallest charge that is more than this amount.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] when it cannot be held exactly.
    pub fn cents_above(self) -> Result<Charge, MoneyError> {
        let rest = self.parts_of_a_cent();
        Money::in_range(self.0.checked_add(UNITS_PER_CENT.saturating_sub(rest))).map(Charge)
    }

    /// Returns the part above the next lower whole cent, in units.
    fn parts_of_a_cent(self) -> i128 {
        match (u64::try_from(self.0), u64::try_from(UNITS_PER_CENT)) {
            (Ok(units), Ok(cent)) => units.checked_rem(cent).map_or(0, i128::from),
            _ => self.0.rem_euclid(UNITS_PER_CENT),
        }
    }

    /// Whether the amount is below zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self < Money::ZERO
    }

    /// Whether the amount is above zero.
    #[must_use]
    pub fn is_positive(self) -> bool {
        self > Money::ZERO
    }

    /// Returns the amount without its sign.
    #[must_use]
    pub fn absolute(self) -> Money {
        Money(self.0.saturating_abs())
    }

    /// Returns the amount in units of 10^-12 dollar: for charts and property tests, not for arithmetic on money.
    #[must_use]
    pub fn units(self) -> i128 {
        self.0
    }

    fn in_range(units: Option<i128>) -> Result<Money, MoneyError> {
        let range = -MAX_SUM_UNITS..=MAX_SUM_UNITS;
        units.filter(|units| range.contains(units)).map(Money).ok_or(MoneyError::OutOfRange)
    }

    /// Returns the printed amount: at least two decimals, and no zeros at the end after those.
    #[must_use]
    pub fn text(self) -> DecimalText {
        DecimalText::of_units(self.0)
    }
}

/// Prints at least two decimals and no zeros at the end after those: `25.00`, `0.0000018`, `-100.00`.
impl fmt::Display for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Not `pad`: a precision would cut digits off.
        out.write_str(self.text().as_str())
    }
}

/// Parses as [`Money::parse`] does.
impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Money, MoneyError> {
        Money::parse(text)
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "${self}")
    }
}

/// An amount in whole cents, as a card is charged.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Charge(Money);

impl Charge {
    /// Reads an amount of whole cents that is not negative.
    ///
    /// # Errors
    /// As [`Money::parse`], [`MoneyError::Negative`], and [`MoneyError::TooPrecise`] for parts of a cent.
    ///
    /// ```
    /// use billing::money::{Charge, MoneyError};
    /// assert_eq!(Charge::parse("5.005"), Err(MoneyError::TooPrecise));
    /// ```
    pub fn parse(text: &str) -> Result<Charge, MoneyError> {
        Charge::of(Money::parse(text)?)
    }

    /// Converts an amount of whole cents.
    ///
    /// # Errors
    /// [`MoneyError::Negative`] below zero, [`MoneyError::TooPrecise`] for parts of a cent.
    pub fn of(amount: Money) -> Result<Charge, MoneyError> {
        let amount = amount.not_negative()?;
        if amount.parts_of_a_cent() == 0 { Ok(Charge(amount)) } else { Err(MoneyError::TooPrecise) }
    }

    /// Returns a charge halfway to a larger one, in whole cents, or `None` where none lies between them.
    #[must_use]
    pub fn between(self, larger: Charge) -> Option<Charge> {
        let sum = self.0.checked_add(larger.0).ok()?;
        let middle = Money(sum.0 / 2).floor_to_cents();
        (middle > self && middle < larger).then_some(middle)
    }

    /// Returns the same amount as money.
    #[must_use]
    pub fn money(self) -> Money {
        self.0
    }
}

impl fmt::Display for Charge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// Parses as [`Charge::parse`] does.
impl FromStr for Charge {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Charge, MoneyError> {
        Charge::parse(text)
    }
}

impl From<Charge> for Money {
    fn from(charge: Charge) -> Money {
        charge.money()
    }
}

/// Converts as [`Charge::of`] does.
impl TryFrom<Money> for Charge {
    type Error = MoneyError;

    fn try_from(amount: Money) -> Result<Charge, MoneyError> {
        Charge::of(amount)
    }
}

impl fmt::Debug for Charge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}
