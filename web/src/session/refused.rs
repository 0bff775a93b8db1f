//! A refusal as the page keeps it: its sentence, its clause, and what would lift it.

use crate::i18n::{Sentence, shell as texts};
use crate::ui::message::Message;
use account_session::NotStored;
use billing::ledger::{Rejection, WayOut};
use billing::payment_method::card::Field;
use billing::rules::access::Refusal;

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) message: Message,
    pub(crate) ways: Vec<WayOut>,
    /// AC-9: the same can succeed without anybody doing anything.
    pub(crate) retryable: bool,
    /// The field of the card form that it belongs to.
    pub(crate) field: Option<Field>,
    /// PM-9: it belongs to the tax id.
    pub(crate) is_tax_id: bool,
}

impl<'a> From<&'a Rejection<'a>> for Refused {
    fn from(rejection: &'a Rejection<'a>) -> Refused {
        Refused::of(rejection)
    }
}

impl Refused {
    pub(crate) fn of(rejection: &Rejection<'_>) -> Refused {
        Refused {
            message: Message::of_dyn(rejection.finding()),
            ways: rejection.ways_out().collect(),
            retryable: rejection.retryable(),
            field: rejection.field(),
            is_tax_id: matches!(rejection, Rejection::TaxId(_)),
        }
    }

    /// What the rules have nothing against, and the store did not take.
    pub(crate) fn not_stored(why: NotStored) -> Refused {
        let retryable = matches!(why, NotStored::Overtaken { .. });
        Refused { message: Message::of_not_stored(why), ways: Vec::new(), retryable, field: None, is_tax_id: false }
    }

    /// The part of the page that decides is not here.
    pub(crate) fn unreachable() -> Refused {
        let message = Message::plain(Sentence::of(texts::unreachable));
        Refused { message, ways: Vec::new(), retryable: true, field: None, is_tax_id: false }
    }

    /// A refusal of access.
    pub(crate) fn of_access(refusal: &Refusal<'_>) -> Refused {
        Refused {
            message: Message::of(&refusal.reason),
            ways: refusal.offered_remedies().map(WayOut::Remedy).collect(),
            retryable: refusal.retryable,
            field: None,
            is_tax_id: false,
        }
    }
}
