//! A refusal as the page keeps it: its sentence, its clause, and what would lift it.

use crate::parts::told::Told;
use crate::texts::{Sentence, frame as texts};
use billing::access::{Refusal, Remedy};
use billing::account::{Rejection, Rule};
use billing::card::Field;
use billing::recharge::Warning;

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) told: Told,
    pub(crate) ways: Vec<Way>,
    /// AC-9: the same can succeed without anybody doing anything.
    pub(crate) retryable: bool,
    /// The field of the card form that it belongs to.
    pub(crate) field: Option<Field>,
    /// PM-9: it belongs to the tax id.
    pub(crate) is_tax_id: bool,
}

/// A way out of a refusal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// AC-3: what the rules name.
    Remedy(Remedy),
    /// The card is what stands in the way.
    LinkCard,
    /// PP-4: the customer may mean it.
    Another,
}

impl Refused {
    pub(super) fn of(rejection: &Rejection<'_>) -> Refused {
        let card = matches!(
            rejection,
            Rejection::Rule(Rule::NoCard | Rule::CardExpired { .. } | Rule::HoldUnapproved)
                | Rejection::Recharge(Warning::NoCard | Warning::CardNotRecurring)
        );
        let another = matches!(rejection, Rejection::Rule(Rule::AnotherPending { .. }));
        let remedies = rejection.remedies().iter().copied().map(Way::Remedy);
        let others = [card.then_some(Way::LinkCard), another.then_some(Way::Another)];
        Refused {
            told: Told::of_dyn(rejection.finding()),
            ways: remedies.chain(others.into_iter().flatten()).collect(),
            retryable: rejection.retryable(),
            field: rejection.field(),
            is_tax_id: matches!(rejection, Rejection::TaxId(_)),
        }
    }

    /// The part of the page that decides is not here.
    pub(crate) fn unreachable() -> Refused {
        let told = Told::plain(Sentence::of(texts::unreachable));
        Refused { told, ways: Vec::new(), retryable: true, field: None, is_tax_id: false }
    }

    /// A refusal of access.
    pub(crate) fn of_access(refusal: &Refusal<'_>) -> Refused {
        Refused {
            told: Told::of(&refusal.reason),
            ways: refusal.remedies.iter().copied().map(Way::Remedy).collect(),
            retryable: refusal.retryable,
            field: None,
            is_tax_id: false,
        }
    }
}
