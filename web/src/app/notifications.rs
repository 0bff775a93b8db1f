//! What comes by itself as time passes is said once, when it comes.

use crate::features::decline::latest_decline;
use crate::i18n::amounts::charge;
use crate::i18n::{Sentence, overview as texts};
use crate::session::AccountView;
use billing::ledger::{Event, EventKind};

/// What is said of what has just happened, in the place of what was said before.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Notifications {
    /// What was done.
    pub(crate) done: Option<Sentence>,
    /// What was declined.
    pub(crate) declined: Option<Sentence>,
}

impl Notifications {
    /// PP-1, PD-1, IN-3, TI-8: what came of the last payment that ended, and a tier that holds now. Nothing where no payment has
    /// ended and no tier has come: what was said before still stands.
    pub(crate) fn of(session: &AccountView, happened: &[Event]) -> Option<Notifications> {
        let payment = happened.iter().rev().find_map(|event| payment(session, &event.kind));
        let tier = happened.iter().any(|event| matches!(event.kind, EventKind::TierSettled { .. }));
        let tier = tier.then(|| tier_holds(session)).flatten();
        if payment.is_none() && tier.is_none() {
            return None;
        }
        let paid = payment.clone().and_then(Result::ok);
        let declined = matches!(payment, Some(Err(Declined))).then(|| latest_decline(session)).flatten();
        let done: Vec<Sentence> = paid.into_iter().chain(tier).collect();
        let done = (!done.is_empty())
            .then(|| Sentence::new(move || done.iter().map(Sentence::said).collect::<Vec<_>>().join(" ")));
        Some(Notifications { done, declined: declined.map(|decline| Sentence::new(move || decline.in_words())) })
    }
}

/// The bank would not have it.
#[derive(Clone)]
struct Declined;

/// What came of a payment, where this ended it.
fn payment(session: &AccountView, kind: &EventKind) -> Option<Result<Sentence, Declined>> {
    match kind {
        EventKind::BalanceUpdated { purchase, .. } => {
            let amount = charge(session.account().purchase(purchase)?.amount);
            Some(Ok(Sentence::new(move || texts::completed(&amount))))
        }
        EventKind::InvoicePaid { invoice, .. } => {
            let invoice = session.account().invoice(invoice)?;
            let (amount, opens) = (
                charge(invoice.due),
                invoice.past_due.is_some() && session.access().is_some_and(|access| access.allowed()),
            );
            let paid = move || if opens { texts::paid_and_open(&amount) } else { texts::paid(&amount) };
            Some(Ok(Sentence::new(paid)))
        }
        EventKind::BankDeclined { .. } | EventKind::InvoiceDeclined { .. } | EventKind::InvoicePastDue { .. } => {
            Some(Err(Declined))
        }
        _ => None,
    }
}

/// A contract stands above the tiers (AC-7).
fn tier_holds(session: &AccountView) -> Option<Sentence> {
    let tier = session.policy()?.tier_terms_at(session.account().settled_spend()).0.tier;
    let holds = move || texts::tier_holds(tier.name());
    session.account().contract().is_none().then(|| Sentence::new(holds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sandbox::Preset;
    use billing::ledger::Actor;
    use billing::ledger::Command;
    use billing::money::Charge;
    use billing::payment_method::Card;
    use billing::time::Timestamp;
    use sandbox_bank::CARDS;

    fn session(preset: Preset) -> AccountView {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.session(crate::session::policies::dated().unwrap(), opened).unwrap()
    }

    /// The same account with another test card in the place of its own.
    fn link(session: &mut AccountView, title: &str) {
        let linked = CARDS.iter().find(|card| card.title == title).unwrap();
        let card = Card { token: ["tok_", linked.name].concat().into(), ..session.account().card().unwrap().clone() };
        let now = session.now();
        let linked = Event { at: now, kind: EventKind::CardLinked { card, by: Actor::Customer } };
        let events = session.events().iter().cloned().chain([linked]);
        *session = session.with_history(events.map(Into::into).collect()).unwrap();
    }

    fn buy(session: &mut AccountView, key: &str, amount: &str) {
        let amount = Charge::parse(amount).unwrap();
        assert!(session.dispatch(&Command::BuyCredits { key: key.into(), amount, another: None }).is_ok());
    }

    fn pay(session: &mut AccountView) {
        let invoice =
            session.account().invoices().iter().find(|invoice| invoice.past_due.is_some()).unwrap().id.clone();
        assert!(session.dispatch(&Command::PayInvoice { invoice }).is_ok());
    }

    /// What is said when this many seconds have passed: what was done, and what was declined.
    fn said(session: &mut AccountView, seconds: u64) -> Option<[Option<String>; 2]> {
        let before = session.events().len();
        assert!(session.pass_until(session.now().plus_seconds(seconds).unwrap()));
        let notifications = Notifications::of(session, &session.events()[before..])?;
        Some([notifications.done, notifications.declined].map(|sentence| sentence.map(|sentence| sentence.said())))
    }

    #[test]
    fn pp_1_a_completed_purchase_is_said_once_and_without_a_balance_that_goes_stale() {
        let mut session = session(Preset::BuildTier2);
        buy(&mut session, "k", "5");
        assert_eq!(said(&mut session, 60), Some([Some("The purchase of $5.00 is complete.".into()), None]));
        assert_eq!(said(&mut session, 3600), None);
    }

    #[test]
    fn pd_1_a_declined_purchase_is_no_earlier_one_that_is_complete() {
        let mut session = session(Preset::BuildTier2);
        link(&mut session, "Links, and fails later");
        buy(&mut session, "k", "25");
        assert_eq!(said(&mut session, 60), Some([None, Some("The purchase of $25.00 was declined.".into())]));
    }

    #[test]
    fn ti_8_a_tier_that_comes_is_said_with_what_to_do() {
        let mut session = session(Preset::BuildTier2);
        buy(&mut session, "k", "37.50");
        let holds = "Build Tier 3 holds now. Query /v1/models again, or sign in again.";
        let seen: Vec<String> = (0..20).filter_map(|_| said(&mut session, 60)?[0].clone()).collect();
        assert!(seen.iter().any(|done| done.ends_with(holds)), "{seen:?}");
    }

    #[test]
    fn in_3_a_paid_invoice_says_that_access_is_open_where_it_was_past_due() {
        let mut session = session(Preset::PastDue);
        link(&mut session, "Visa");
        pay(&mut session);
        assert_eq!(said(&mut session, 60), Some([Some("$12.40 is paid. Access is open.".into()), None]));
    }

    #[test]
    fn in_3_a_charge_that_is_declined_again_is_no_success() {
        let mut session = session(Preset::PastDue);
        link(&mut session, "Links, and fails later");
        pay(&mut session);
        assert_eq!(said(&mut session, 60), Some([None, Some("The charge of $12.40 was declined.".into())]));
    }
}
