//! PD · A decline: what was declined, and the last one that nobody has acted on.

use crate::i18n::amounts::{charge, dollars};
use crate::i18n::{Sentence, payment_method as texts};
use crate::session::AccountView;
use billing::id::DeclineCode;
use billing::ledger::{DeclinedPayment, LatestDecline};
use billing::money::{Charge, Money};

/// A decline: of what, and how the processor says why.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Decline {
    pub(super) title: Sentence,
    /// None where nothing was declined, and it is asked what could be.
    pub(super) code: Option<DeclineCode>,
    /// The card is not the linked one, so nothing is known of it.
    pub(super) of_new_card: bool,
    /// The purchase, where it was one.
    pub(super) purchase: Option<Charge>,
}

impl Decline {
    /// A decline of the linked card, or of the one that waits to be.
    fn of(decline: LatestDecline<'_>) -> Decline {
        let (purchase, title) = match decline.payment {
            DeclinedPayment::Purchase(purchase) => {
                let amount = charge(purchase.amount);
                (Some(purchase.amount), Sentence::new(move || texts::purchase_declined(&amount)))
            }
            DeclinedPayment::Invoice(invoice) => {
                let due = charge(invoice.due);
                (None, Sentence::new(move || texts::charge_declined(&due)))
            }
            DeclinedPayment::Hold => (None, Sentence::new(|| texts::hold_declined(&dollars(Money::ZERO)))),
        };
        Decline { title, code: Some(decline.code.clone()), of_new_card: false, purchase }
    }

    /// A card that the bank would not have.
    pub(crate) fn of_new_card(code: DeclineCode) -> Decline {
        Decline { title: Sentence::of(texts::card_declined), code: Some(code), of_new_card: true, purchase: None }
    }

    /// What was declined, as it is said by itself.
    pub(crate) fn in_words(&self) -> String {
        [&self.title.said(), "."].concat()
    }

    /// Nothing was declined; what could be is asked.
    pub(crate) fn none(title: Sentence) -> Decline {
        Decline { title, code: None, of_new_card: false, purchase: None }
    }
}

/// The [latest decline](billing::ledger::latest_decline), in words.
pub(crate) fn latest_decline(session: &AccountView) -> Option<Decline> {
    billing::ledger::latest_decline(session.account(), session.events()).map(Decline::of)
}
