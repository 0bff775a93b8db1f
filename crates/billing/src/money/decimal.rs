//! Amounts to and from [`Decimal`]. Nothing is rounded: an amount that does not fit is refused.

use super::shortest::shortest;
use super::{Charge, MAX_UNITS, Money, MoneyError, UNITS_PER_CENT};
use rust_decimal::Decimal;

/// The decimals of [`Money`], as a scale.
const DECIMALS: u32 = 12;

/// Takes the amounts that [`Money::parse`] takes. Zeros at the end do not count as decimals.
///
/// # Errors
/// [`MoneyError::TooPrecise`] for more than 12 decimals, [`MoneyError::OutOfRange`] further from zero than 10^15 dollars.
///
/// ```
/// use billing::money::{Money, MoneyError};
/// use rust_decimal::Decimal;
/// assert_eq!(Money::try_from(Decimal::new(-18, 8))?.to_string(), "-0.00000018");
/// assert_eq!(Money::try_from(Decimal::new(1, 13)), Err(MoneyError::TooPrecise));
/// assert_eq!(Money::try_from(Decimal::MAX), Err(MoneyError::OutOfRange));
/// # Ok::<(), MoneyError>(())
/// ```
impl TryFrom<Decimal> for Money {
    type Error = MoneyError;

    fn try_from(amount: Decimal) -> Result<Money, MoneyError> {
        let amount = amount.normalize();
        let missing = DECIMALS.checked_sub(amount.scale()).ok_or(MoneyError::TooPrecise)?;
        let units = 10_i128.checked_pow(missing).and_then(|unit| amount.mantissa().checked_mul(unit));
        let range = -MAX_UNITS..=MAX_UNITS;
        units.filter(|units| range.contains(units)).map(Money).ok_or(MoneyError::OutOfRange)
    }
}

/// Gives the same amount with the decimals that it is printed with. Every amount that can come in fits; a sum beyond
/// 7.9 * 10^16 dollars fits only where it has few enough decimals, because a `Decimal` holds 96 bits.
///
/// # Errors
/// [`MoneyError::OutOfRange`] where it does not fit.
///
/// ```
/// use billing::money::{Money, MoneyError};
/// use rust_decimal::Decimal;
/// assert_eq!(Decimal::try_from(Money::parse("-25")?)?, Decimal::new(-2500, 2));
/// let sum = Money::parse("1000000000000000")?.times(100)?;
/// assert_eq!(Decimal::try_from(sum)?.to_string(), "100000000000000000.00");
/// let uneven = sum.checked_add(Money::parse("0.000000000001")?)?;
/// assert_eq!(Decimal::try_from(uneven), Err(MoneyError::OutOfRange));
/// # Ok::<(), MoneyError>(())
/// ```
impl TryFrom<Money> for Decimal {
    type Error = MoneyError;

    fn try_from(amount: Money) -> Result<Decimal, MoneyError> {
        shortest(amount.units(), DECIMALS).ok_or(MoneyError::OutOfRange)
    }
}

/// Takes the amounts that [`Charge::parse`] takes. Zeros at the end do not count as decimals.
///
/// # Errors
/// As for [`Money`], [`MoneyError::Negative`] below zero, and [`MoneyError::TooPrecise`] for parts of a cent.
impl TryFrom<Decimal> for Charge {
    type Error = MoneyError;

    fn try_from(amount: Decimal) -> Result<Charge, MoneyError> {
        Charge::of(Money::try_from(amount)?)
    }
}

/// Gives the same amount with two decimals. Whole cents of any amount fit a `Decimal`.
///
/// ```
/// use billing::money::{Charge, MoneyError};
/// use rust_decimal::Decimal;
/// assert_eq!(Decimal::from(Charge::parse("25")?), Decimal::new(2500, 2));
/// # Ok::<(), MoneyError>(())
/// ```
impl From<Charge> for Decimal {
    fn from(charge: Charge) -> Decimal {
        let units = charge.money().units();
        let cents = (units / UNITS_PER_CENT).unsigned_abs();
        // At most 10^20 cents, so three words of 32 bits hold them, and each is masked to one.
        let word = |shift| u32::try_from(cents.unbounded_shr(shift) & u128::from(u32::MAX)).unwrap_or(0);
        Decimal::from_parts(word(0), word(32), word(64), units.is_negative(), 2)
    }
}
