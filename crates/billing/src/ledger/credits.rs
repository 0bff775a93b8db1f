//! CR-1, CR-5, CR-6, CR-10: the credits of an account, lot by lot.

use crate::json::read::vocabulary;
use crate::money::{Money, MoneyError};
use crate::policy::terms::Policy;
use crate::rules::credit::{Drawdown, drawdown};
use crate::time::Timestamp;
use alloc::vec::Vec;

vocabulary! {
    /// CR-5: the two kinds of credit.
    pub enum CreditKind {
        /// Promotional.
        Free = "free",
        /// Bought.
        Purchased = "purchased",
    }
}

/// Credits that came in together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lot {
    /// CR-5: which kind.
    pub kind: CreditKind,
    /// When they came in.
    pub added: Timestamp,
    /// CR-6: when what is left of them expires, where a policy sets it.
    pub expires: Option<Timestamp>,
    /// How many came in.
    pub amount: Money,
    /// How many have paid for usage.
    pub used: Money,
    /// How many have expired.
    pub expired: Money,
}

impl Lot {
    /// How many are left.
    #[must_use]
    pub fn left(&self) -> Money {
        // What was used or has expired was taken from what was left, so neither difference leaves the range.
        let unused = self.amount.checked_sub(self.used);
        unused.and_then(|unused| unused.checked_sub(self.expired)).unwrap_or(Money::ZERO)
    }
}

/// The credits of an account, and what it owes where they did not suffice. One of the two is nothing at any time: credits
/// that come in meet what is owed first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credits {
    lots: Vec<Lot>,
    /// The lots before this one are used up.
    open_from: usize,
    free: Money,
    purchased: Money,
    owed: Money,
}

impl Credits {
    /// None.
    pub const NONE: Credits =
        Credits { lots: Vec::new(), open_from: 0, free: Money::ZERO, purchased: Money::ZERO, owed: Money::ZERO };

    /// What is left, less what is owed.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn balance(&self) -> Result<Money, MoneyError> {
        self.free.checked_add(self.purchased)?.checked_sub(self.owed)
    }

    /// CR-5: the free credits that are left.
    #[must_use]
    pub fn free(&self) -> Money {
        self.free
    }

    /// CR-5: the purchased credits that are left.
    #[must_use]
    pub fn purchased(&self) -> Money {
        self.purchased
    }

    /// Usage that no credit has paid for.
    #[must_use]
    pub fn owed(&self) -> Money {
        self.owed
    }

    /// Every lot, oldest first, those that are used up too.
    #[must_use]
    pub fn lots(&self) -> &[Lot] {
        &self.lots
    }

    /// CR-1, CR-8: credits come in. What is owed is met at once; the answer is how much of it.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub(crate) fn add(
        &mut self,
        kind: CreditKind,
        amount: Money,
        added: Timestamp,
        expires: Option<Timestamp>,
    ) -> Result<Money, MoneyError> {
        let used = self.owed.min(amount);
        let left = amount.checked_sub(used)?;
        let total = match kind {
            CreditKind::Free => &mut self.free,
            CreditKind::Purchased => &mut self.purchased,
        };
        *total = total.checked_add(left)?;
        self.owed = self.owed.checked_sub(used)?;
        self.lots.push(Lot { kind, added, expires, amount, used, expired: Money::ZERO });
        Ok(used)
    }

    /// CR-10: the credits that pay a cost in the policy's order.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub(crate) fn drawdown(&self, policy: &Policy, cost: Money) -> Result<Drawdown, MoneyError> {
        drawdown(policy, self.free.checked_add(self.purchased)?, self.free, cost)
    }

    /// CR-7, CR-10: a cost is paid from each kind as stated, within a kind by the lot that expires first.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`], also where a kind has fewer credits than stated.
    pub(crate) fn pay(&mut self, paid: Drawdown) -> Result<(), MoneyError> {
        self.take(CreditKind::Free, paid.free)?;
        self.take(CreditKind::Purchased, paid.purchased)?;
        self.free = self.free.checked_sub(paid.free)?;
        self.purchased = self.purchased.checked_sub(paid.purchased)?;
        self.owed = self.owed.checked_add(paid.owed)?;
        Ok(())
    }

    fn take(&mut self, kind: CreditKind, amount: Money) -> Result<(), MoneyError> {
        let mut rest = amount;
        while rest.is_positive() {
            let open = self.lots.iter_mut().skip(self.open_from);
            let usable = open.filter(|lot| lot.kind == kind && lot.left().is_positive());
            // Without a day of expiry a lot is used last; of two alike the older one is used.
            let Some(lot) = usable.min_by_key(|lot| (lot.expires.is_none(), lot.expires)) else {
                return Err(MoneyError::OutOfRange);
            };
            let from_lot = lot.left().min(rest);
            lot.used = lot.used.checked_add(from_lot)?;
            rest = rest.checked_sub(from_lot)?;
            self.skip_used();
        }
        Ok(())
    }

    fn skip_used(&mut self) {
        let used = self.lots.iter().skip(self.open_from).take_while(|lot| !lot.left().is_positive()).count();
        self.open_from = self.open_from.saturating_add(used);
    }

    /// CR-6: when the next credits expire.
    #[must_use]
    pub fn next_expiry(&self) -> Option<Timestamp> {
        self.open().filter_map(|lot| lot.expires).min()
    }

    /// The lots of which something is left.
    pub fn open(&self) -> impl Iterator<Item = &Lot> {
        self.lots.iter().skip(self.open_from).filter(|lot| lot.left().is_positive())
    }

    /// CR-6: what expires at this instant, or should have before.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn expiring(&self, at: Timestamp) -> Result<Money, MoneyError> {
        let due = self.open().filter(|lot| lot.expires.is_some_and(|expires| expires <= at));
        due.map(Lot::left).try_fold(Money::ZERO, Money::checked_add)
    }

    /// CR-6: takes away what expires at this instant.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub(crate) fn expire(&mut self, at: Timestamp) -> Result<(), MoneyError> {
        for lot in self.lots.iter_mut().skip(self.open_from) {
            if lot.expires.is_some_and(|expires| expires <= at) {
                let left = lot.left();
                lot.expired = lot.expired.checked_add(left)?;
                let total = match lot.kind {
                    CreditKind::Free => &mut self.free,
                    CreditKind::Purchased => &mut self.purchased,
                };
                *total = total.checked_sub(left)?;
            }
        }
        self.skip_used();
        Ok(())
    }

    /// IN-1: what is billed is no longer owed on the balance.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub(crate) fn bill(&mut self, amount: Money) -> Result<(), MoneyError> {
        self.owed = self.owed.checked_sub(amount)?;
        Ok(())
    }
}
