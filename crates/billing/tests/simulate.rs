//! What a history would have been under another policy, told on small histories.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

mod life;

use billing::ledger::{Event, EventKind, Payment};
use billing::policy::{Policies, Policy};
use billing::projection::simulate::{ExternalEvents, NewPayment, PaymentAnswer, Simulation, simulate, simulate_with};
use life::{Life, at, auto_recharge, buy, card, decline, grant, link, usage};

fn prepaid() -> Policy {
    Policy::shipped("prepaid").unwrap()
}

fn credit_limit() -> Policies {
    Policies::always(Policy::shipped("credit-limit").unwrap())
}

fn external(life: &Life) -> ExternalEvents {
    ExternalEvents::of(&life.events).unwrap()
}

fn kinds(events: &[Event]) -> Vec<&'static str> {
    events.iter().map(|event| event.kind.name()).collect()
}

fn balance(simulation: &Simulation<'_>, now: &str) -> String {
    simulation.account.balance(at(now)).unwrap().to_string()
}

#[test]
fn what_a_lower_limit_would_have_refused_is_returned_with_its_reasons() {
    let mut life = Life::new(credit_limit());
    life.tell("2025-12-01", &link(card("a")));
    life.buys("2025-12-01", "first", "5.00");
    life.tell("2025-12-02", &usage("20.00"));
    life.tell("2025-12-03", &usage("20.00"));
    let (external, policies) = (external(&life), Policies::always(prepaid()));
    let simulated = simulate(&policies, &external, at("2025-12-04")).unwrap();
    assert_eq!(balance(&simulated, "2025-12-04"), "-15.00");
    let codes: Vec<&str> = simulated.refused[0].reasons.iter().map(|reason| reason.finding().code()).collect();
    assert_eq!((simulated.refused.len(), codes), (1, vec!["access.limit_reached"]));
    assert_eq!(simulated.refused[0].external.at, at("2025-12-03"));
    assert_eq!(life.balance("2025-12-04"), "-35.00");
}

/// AR-3: fewer or more purchases follow from another trigger; those of the same id and amount are answered as they were.
#[test]
fn a_payment_of_the_same_id_and_amount_keeps_its_answer_and_its_delay() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "30.00");
    life.tell("2025-12-01", &auto_recharge("25.00", "10.00"));
    life.tell("2025-12-02", &usage("25.00"));
    life.tell("2025-12-02 00:07", &decline("auto-recharge-1"));
    let (external, policies) = (external(&life), credit_limit());
    let simulated = simulate(&policies, &external, at("2025-12-03")).unwrap();
    let declined = simulated.events.iter().find(|event| matches!(event.kind, EventKind::BankDeclined { .. })).unwrap();
    assert_eq!(declined.at, at("2025-12-02 00:07"));
    assert_eq!(simulated.account.recharge().paused_by.as_deref(), Some("auto-recharge-1"));
    assert_eq!((simulated.refused.len(), simulated.dropped_reports), (0, 0));
}

/// IN-1: under a policy that bills at another amount, the charge of an invoice is another payment.
#[test]
fn a_new_payment_follows_the_scenario() {
    let mut life = Life::new(credit_limit());
    life.tell("2025-11-10", &link(card("a")));
    life.buys("2025-11-10", "first", "5.00");
    life.tell("2025-11-20", &usage("25.00"));
    let external = external(&life);
    let policies = credit_limit();
    let asked = core::cell::RefCell::new(Vec::new());
    let declines = |payment: &NewPayment| {
        asked.borrow_mut().push((payment.payment.clone(), payment.amount.to_string(), payment.began));
        PaymentAnswer::Declined { code: "insufficient_funds".into(), after_seconds: 60 }
    };
    let simulated = simulate_with(&policies, &external, at("2025-12-04"), declines).unwrap();
    assert_eq!(*asked.borrow(), [(Payment::Invoice("2025-11".into()), "20.00".to_owned(), at("2025-12-03"))]);
    assert_eq!(
        kinds(&simulated.events)[life.events.len()..],
        ["invoice_drawn", "invoice_charge_started", "invoice_past_due"]
    );
    let approved = simulate(&policies, &external, at("2025-12-04")).unwrap();
    assert_eq!(kinds(&approved.events).last(), Some(&"invoice_paid"));
}

#[test]
fn a_report_about_a_payment_that_does_not_exist_is_dropped_and_counted() {
    // Under `credit-limit` usage goes on, and the 3rd charges what is due; prepaid refuses it, so there is nothing to charge.
    let mut life = Life::new(credit_limit());
    life.tell("2025-11-10", &link(card("a")));
    life.buys("2025-11-10", "first", "5.00");
    life.tell("2025-11-20", &usage("5.00"));
    life.tell("2025-11-21", &usage("15.00"));
    life.passes("2025-12-03");
    life.tell("2025-12-03 00:01", &life::invoice_paid("2025-11"));
    let (external, policies) = (external(&life), Policies::always(prepaid()));
    let simulated = simulate(&policies, &external, at("2025-12-04")).unwrap();
    assert_eq!((simulated.refused.len(), simulated.dropped_reports), (1, 1));
    assert_eq!(balance(&simulated, "2025-12-04"), "0.00");
}

#[test]
fn a_purchase_that_was_never_answered_stays_pending() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    life.tell("2025-12-01", &buy("first", "25.00"));
    life.tell("2025-12-02", &grant("welcome", "1.00"));
    let (external, policies) = (external(&life), credit_limit());
    let simulated = simulate(&policies, &external, at("2025-12-03")).unwrap();
    assert_eq!(simulated.account.pending_purchases().count(), 1);
}

/// What comes after the end of the simulation has not been dropped: it has not come yet.
#[test]
fn a_report_after_the_end_is_not_counted_as_dropped() {
    let policy = prepaid();
    let life = Life::funded(&policy, "2025-12-05", "25.00");
    let (external, policies) = (external(&life), credit_limit());
    let simulated = simulate(&policies, &external, at("2025-12-04")).unwrap();
    assert_eq!((simulated.events.len(), simulated.dropped_reports), (0, 0));
}
