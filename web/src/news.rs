//! What comes by itself as time passes is said once, when it comes.

use crate::amounts::charge;
use crate::life::Life;
use crate::payment::diagnosis::latest_decline;
use crate::texts::{Sentence, overview as texts};
use billing::ledger::{Event, EventKind};

/// What is said of what has just happened, in the place of what was said before.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct News {
    /// What was done.
    pub(crate) done: Option<Sentence>,
    /// What was declined.
    pub(crate) declined: Option<Sentence>,
}

impl News {
    /// PP-1, PD-1, IN-3, TI-8: what came of the last payment that ended, and a tier that holds now. Nothing where no payment has
    /// ended and no tier has come: what was said before still stands.
    pub(crate) fn of(life: &Life, kind: &[Event]) -> Option<News> {
        let payment = happened.iter().rev().find_map(|event| payment(life, &event.kind));
        let tier = happened.iter().any(|event| matches!(event.kind, EventKind::TierSettled { .. }));
        let tier = tier.then(|| tier_holds(life)).flatten();
        if payment.is_none() && tier.is_none() {
            return None;
        }
        let paid = payment.clone().and_then(Result::ok);
        let declined = matches!(payment, Some(Err(Declined))).then(|| latest_decline(life)).flatten();
        let done: Vec<Sentence> = paid.into_iter().chain(tier).collect();
        let done = (!done.is_empty())
            .then(|| Sentence::new(move || done.iter().map(Sentence::said).collect::<Vec<_>>().join(" ")));
        Some(News { done, declined: declined.map(|decline| Sentence::new(move || decline.in_words())) })
    }
}

/// The bank would not have it.
#[derive(Clone)]
struct Declined;

/// What came of a payment, where this ended it.
fn payment(life: &Life, kind: &EventKind) -> Option<Result<Sentence, Declined>> {
    match happened {
        EventKind::BalanceUpdated { purchase } => {
            let amount = charge(life.account().purchase(purchase)?.amount);
            Some(Ok(Sentence::new(move || texts::completed(&amount))))
        }
        EventKind::InvoicePaid { invoice } => {
            let invoice = life.account().invoice(invoice)?;
            let (amount, opens) = (
                charge(invoice.due),
                invoice.past_due.is_some() && life.access().is_some_and(|access| access.allowed()),
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
fn tier_holds(life: &Life) -> Option<Sentence> {
    let tier = life.policy()?.tier_terms_at(life.account().settled_spend()).0.tier;
    let holds = move || texts::tier_holds(tier.name());
    life.account().contract().is_none().then(|| Sentence::new(holds))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Preset;
    use billing::ledger::Command;
    use billing::money::Charge;
    use billing::payment_method::Card;
    use billing::time::Timestamp;
    use sandbox_bank::CARDS;

    fn life(preset: Preset) -> Life {
        let opened = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
        preset.life(crate::policies::dated().unwrap(), opened).unwrap()
    }

    /// The same account with another test card in the place of its own.
    fn link(life: &mut Life, title: &str) {
        let linked = CARDS.iter().find(|card| card.title == title).unwrap();
        let card = Card { token: ["tok_", linked.name].concat().into(), ..life.account().card().unwrap().clone() };
        let now = life.now();
        let events = [life.events().to_vec(), vec![Event { at: now, kind: EventKind::CardLinked { card } }]].concat();
        *life = life.with_history(events).unwrap();
    }

    fn buy(life: &mut Life, key: &str, amount: &str) {
        let amount = Charge::parse(amount).unwrap();
        assert!(life.tell(&Command::BuyCredits { key: key.into(), amount, another: None }).is_ok());
    }

    fn pay(life: &mut Life) {
        let invoice = life.account().invoices().iter().find(|invoice| invoice.past_due.is_some()).unwrap().id.clone();
        assert!(life.tell(&Command::PayInvoice { invoice }).is_ok());
    }

    /// What is said when this many seconds have passed: what was done, and what was declined.
    fn said(life: &mut Life, seconds: u64) -> Option<[Option<String>; 2]> {
        let before = life.events().len();
        assert!(life.pass_until(life.now().plus_seconds(seconds).unwrap()));
        let news = News::of(life, &life.events()[before..])?;
        Some([news.done, news.declined].map(|sentence| sentence.map(|sentence| sentence.said())))
    }

    #[test]
    fn pp_1_a_completed_purchase_is_said_once_and_without_a_balance_that_goes_stale() {
        let mut life = life(Preset::BuildTier2);
        buy(&mut life, "k", "5");
        assert_eq!(said(&mut life, 60), Some([Some("The purchase of $5.00 is complete.".into()), None]));
        assert_eq!(said(&mut life, 3600), None);
    }

    #[test]
    fn pd_1_a_declined_purchase_is_no_earlier_one_that_is_complete() {
        let mut life = life(Preset::BuildTier2);
        link(&mut life, "Links, and fails later");
        buy(&mut life, "k", "25");
        assert_eq!(said(&mut life, 60), Some([None, Some("The purchase of $25.00 was declined.".into())]));
    }

    #[test]
    fn ti_8_a_tier_that_comes_is_said_with_what_to_do() {
        let mut life = life(Preset::BuildTier2);
        buy(&mut life, "k", "37.50");
        let holds = "Build Tier 3 holds now. Query /v1/models again, or sign in again.";
        let seen: Vec<String> = (0..20).filter_map(|_| said(&mut life, 60)?[0].clone()).collect();
        assert!(seen.iter().any(|done| done.ends_with(holds)), "{seen:?}");
    }

    #[test]
    fn in_3_a_paid_invoice_says_that_access_is_open_where_it_was_past_due() {
        let mut life = life(Preset::PastDue);
        link(&mut life, "Visa");
        pay(&mut life);
        assert_eq!(said(&mut life, 60), Some([Some("$12.40 is paid. Access is open.".into()), None]));
    }

    #[test]
    fn in_3_a_charge_that_is_declined_again_is_no_success() {
        let mut life = life(Preset::PastDue);
        link(&mut life, "Links, and fails later");
        pay(&mut life);
        assert_eq!(said(&mut life, 60), Some([None, Some("The charge of $12.40 was declined.".into())]));
    }
}
