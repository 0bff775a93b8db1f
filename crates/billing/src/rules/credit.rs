//! CR · Credits: what may be bought, and which credits are used first.

use crate::finding::findings;
use crate::money::{Charge, Money, MoneyError};
use crate::policy::terms::{BurnOrder, Policy};
use core::fmt;

findings! {
    /// A problem with an amount to buy.
    pub enum PurchaseProblem {
        /// CR-3: less than the smallest purchase.
        BelowMinimum { minimum: Charge } = "purchase.below_minimum" Cr3,
    }
}

/// An error that prevents a purchase of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// It is not an amount in whole cents.
    Money(MoneyError),
    /// A rule refuses it.
    Refused(PurchaseProblem),
}

impl From<MoneyError> for AmountError {
    fn from(error: MoneyError) -> AmountError {
        AmountError::Money(error)
    }
}

impl fmt::Display for AmountError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AmountError::Money(error) => error.fmt(out),
            AmountError::Refused(problem) => problem.fmt(out),
        }
    }
}

impl core::error::Error for AmountError {}

/// CR-3: returns the amount if it may be bought: any amount from the smallest purchase up.
///
/// # Errors
/// `purchase.below_minimum`.
///
/// ```
/// use billing::money::Charge;
/// use billing::policy::Policy;
/// use billing::rules::credit;
/// let policy = Policy::shipped("prepaid")?;
/// assert!(credit::purchase_amount(&policy, Charge::parse("5.00")?).is_ok());
/// assert!(credit::purchase_amount(&policy, Charge::parse("4.99")?).is_err());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn purchase_amount(policy: &Policy, amount: Charge) -> Result<Charge, AmountError> {
    if amount < policy.minimum_purchase {
        let minimum = policy.minimum_purchase;
        return Err(AmountError::Refused(PurchaseProblem::BelowMinimum { minimum }));
    }
    Ok(amount)
}

/// The credits that pay for a cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawdown {
    /// From free credits.
    pub free: Money,
    /// From purchased credits.
    pub purchased: Money,
    /// From neither: it takes the balance below zero, to be billed.
    pub owed: Money,
}

/// CR-1, CR-10: splits a cost over credits, one credit a dollar, in the policy's order. `free_credits` is the promotional part of
/// a positive `balance` (CR-5).
///
/// # Errors
/// [`MoneyError::OutOfRange`] when an amount is out of range.
pub fn drawdown(policy: &Policy, balance: Money, free_credits: Money, cost: Money) -> Result<Drawdown, MoneyError> {
    let free_credits = free_credits.max(Money::ZERO);
    let purchased_credits = balance.checked_sub(free_credits)?.max(Money::ZERO);
    let from = |credits: Money, rest: Money| credits.min(rest);
    let (free, purchased) = match policy.burn_order {
        BurnOrder::FreeFirst => {
            let free = from(free_credits, cost);
            (free, from(purchased_credits, cost.checked_sub(free)?))
        }
        BurnOrder::PurchasedFirst => {
            let purchased = from(purchased_credits, cost);
            (from(free_credits, cost.checked_sub(purchased)?), purchased)
        }
    };
    Ok(Drawdown { free, purchased, owed: cost.checked_sub(free)?.checked_sub(purchased)? })
}
