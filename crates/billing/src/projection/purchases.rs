//! IN-6: the purchases of an account, each with the card that was linked when it began.

use crate::ledger::account::Account;
use crate::ledger::event::{Event, EventKind};
use crate::ledger::purchase::Purchase;
use crate::payment_method::stored_card::Card;
use alloc::vec::Vec;

/// IN-6: a purchase, and the card that was linked when it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PurchaseRecord<'a> {
    /// The purchase.
    pub purchase: &'a Purchase,
    /// PM-7: the card; none where the events hold none.
    pub card: Option<&'a Card>,
}

/// IN-6: returns every purchase, newest first, with the card of its time. `events` is the history that has made the account.
///
/// ```
/// use billing::ledger::Account;
/// use billing::projection::purchases::purchase_history;
/// assert!(purchase_history(&Account::NEW, &[]).is_empty());
/// ```
#[must_use]
pub fn purchase_history<'a>(account: &'a Account, events: &'a [Event]) -> Vec<PurchaseRecord<'a>> {
    let (mut linked, mut history) = (None, Vec::with_capacity(account.purchases().len()));
    for event in events {
        match &event.kind {
            EventKind::CardLinked { card, .. } => linked = Some(card),
            EventKind::PurchaseStarted { purchase, .. } => {
                let started = account.purchase(purchase);
                history.extend(started.map(|purchase| PurchaseRecord { purchase, card: linked }));
            }
            _ => {}
        }
    }
    history.reverse();
    history
}
