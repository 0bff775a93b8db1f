//! A refusal as the page keeps it: its sentence, its clause, and what would lift it.

use crate::i18n::{Sentence, shell as texts};
use crate::ui::message::Message;
use account_session::NotStored;
use billing::ledger::{Rejection, Rule};
use billing::payment_method::card::Field;
use billing::rules::access::{Refusal, Remedy};
use billing::rules::recharge::Warning;

#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) message: Message,
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

/// PP-4, AC-9: what a pending purchase lifts by itself is waited for; to buy again is no way out of it.
fn ways(remedies: &[Remedy], retryable: bool) -> impl Iterator<Item = Way> + '_ {
    let is_way = move |remedy: &&Remedy| !(retryable && matches!(remedy, Remedy::Purchase(_)));
    remedies.iter().filter(is_way).copied().map(Way::Remedy)
}

impl<'a> From<&'a Rejection<'a>> for Refused {
    fn from(rejection: &'a Rejection<'a>) -> Refused {
        Refused::of(rejection)
    }
}

impl Refused {
    pub(crate) fn of(rejection: &Rejection<'_>) -> Refused {
        let card = matches!(
            rejection,
            Rejection::Rule(Rule::NoCard | Rule::CardExpired { .. } | Rule::HoldUnapproved)
                | Rejection::Recharge(Warning::NoCard | Warning::CardNotRecurring)
        );
        let another = matches!(rejection, Rejection::Rule(Rule::AnotherPending { .. }));
        let remedies = ways(rejection.remedies(), rejection.retryable());
        let others = [card.then_some(Way::LinkCard), another.then_some(Way::Another)];
        Refused {
            message: Message::of_dyn(rejection.finding()),
            ways: remedies.chain(others.into_iter().flatten()).collect(),
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
            ways: ways(&refusal.remedies, refusal.retryable).collect(),
            retryable: refusal.retryable,
            field: None,
            is_tax_id: false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::money::{Charge, Money};
    use billing::policy::Policy;
    use billing::rules::access::{Request, Snapshot, authorize};

    fn ways(pending: &str) -> Vec<Vec<Way>> {
        let policy = Policy::shipped("prepaid").unwrap();
        let account = Snapshot { pending: Money::parse(pending).unwrap(), ..Snapshot::NEW };
        let decision = authorize(&policy, &account, &Request::API_CALL).unwrap();
        decision.refusals.iter().map(|refusal| Refused::of_access(refusal).ways).collect()
    }

    #[test]
    fn pp_4_what_a_pending_purchase_lifts_is_not_bought_again() {
        let buy = vec![Way::Remedy(Remedy::Purchase(Charge::parse("5.00").unwrap()))];
        let wait = vec![Way::Remedy(Remedy::Wait(900))];
        assert!(ways("0") == [buy.clone(), buy.clone()]);
        assert!(ways("4.99") == [buy, wait.clone()], "it lifts what the balance lacks, and not what the spend does");
        assert!(ways("5") == [wait.clone(), wait]);
    }
}
