//! The balance: debt, usage under way, parts of a cent.

use crate::life::{Life, auto_recharge, charge, decline, grant, late_usage, money, usage, usage_of};
use crate::{credit_limit, prepaid};
use billing::ledger::Service;
use billing::rules::access::Remedy;

/// Nothing is forgiven: a purchase raises the balance by exactly what was bought.
#[test]
fn f14_debt_is_never_forgiven() {
    let policy = credit_limit();
    let mut life = Life::funded(&policy, "2025-11-10", "5.00");
    life.tell("2025-11-10", &usage("42.123456789012"));
    assert_eq!(life.balance("2025-11-10"), "-37.123456789012");
    life.buys("2025-11-11", "k1", "10.00");
    assert_eq!(life.balance("2025-11-11"), "-27.123456789012");
    life.tell("2025-11-12", &grant("sorry", "7.00"));
    assert_eq!(life.balance("2025-11-12"), "-20.123456789012");
    life.buys("2025-11-13", "k2", "100.00");
    assert_eq!(life.balance("2025-11-13"), "79.876543210988");
    assert_eq!(life.passes("2025-12-01"), ["2025-12-01T00:00:00Z invoice_drawn"]);
    assert_eq!(life.balance("2025-12-01"), "79.876543210988");
    assert_eq!(life.invoice("2025-11"), ("covered", "42.123456789012".into(), "0.00".into()));
}

/// Usage that was under way when the credits ran out is accepted and owed; new usage is refused; jobs alike.
#[test]
fn f15_usage_under_way_at_zero_is_owed_and_new_usage_is_refused() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "5.00");
    life.tell("2025-12-01", &usage("5.00"));
    assert_eq!(life.refused("2025-12-01", &usage("0.01")), ["access.limit_reached"]);
    assert_eq!(life.tell("2025-12-01", &late_usage("1.25")), ["usage_recorded"]);
    assert_eq!(life.balance("2025-12-01"), "-1.25");
    for service in [Service::FineTuning, Service::Evaluation] {
        assert_eq!(life.tell("2025-12-01", &usage_of(service, "2.00", true)), ["usage_recorded"]);
        let new = life.refused("2025-12-01", &usage_of(service, "2.00", false));
        assert_eq!(new, ["access.limit_reached", "access.cost_not_covered"]);
    }
    assert_eq!(life.refusals("2025-12-01", &usage("0.01"))[0].remedies[..], [Remedy::Purchase(charge("5.26"))]);
    assert_eq!(life.owed(), "5.25");
    // It is billed at the end of the month.
    life.passes("2026-01-01");
    assert_eq!(life.invoice("2025-12"), ("due", "5.00".into(), "5.25".into()));
}

/// A refusal names the pending purchase where that purchase lifts it, and only there.
#[test]
fn f17_a_refusal_names_the_pending_purchase_that_lifts_it() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "5.00");
    life.tell("2025-12-01", &usage("5.00"));
    let asked = usage("0.01");
    let refusals = life.refusals("2025-12-01", &asked);
    assert_eq!((refusals[0].retryable, &refusals[0].remedies[..]), (false, &[Remedy::Purchase(charge("5.00"))][..]));
    life.tell("2025-12-01", &auto_recharge("25.00", "10.00"));
    let refusals = life.refusals("2025-12-01", &asked);
    assert!(refusals[0].retryable);
    assert_eq!(refusals[0].remedies[0], Remedy::Wait(900));
    let mut declined = life.clone();
    life.completes("2025-12-01", "auto-recharge-1");
    assert_eq!(life.tell("2025-12-01", &asked), ["usage_recorded"]);
    declined.tell("2025-12-01", &decline("auto-recharge-1"));
    assert!(!declined.refusals("2025-12-01", &asked)[0].retryable);
}

/// Charges are whole cents, and parts of a cent are carried over: the invoices add up to what was used.
#[test]
fn f18_parts_of_a_cent_are_carried_into_the_next_invoice() {
    let policy = credit_limit();
    let mut life = Life::funded(&policy, "2025-11-10", "5.00");
    life.tell("2025-11-10", &usage("5.00"));
    for cost in ["17.969999999999", "19.994", "0.999"] {
        life.tell("2025-11-11", &usage(cost));
    }
    assert_eq!(life.owed(), "38.962999999999");
    life.passes("2025-12-01");
    assert_eq!(life.invoice("2025-11"), ("due", "5.00".into(), "38.96".into()));
    assert_eq!((life.owed(), life.balance("2025-12-01")), ("0.002999999999".into(), "-0.002999999999".into()));
    life.tell("2025-12-05", &usage("19.995"));
    life.tell("2025-12-05", &usage("0.002000000001"));
    life.passes("2026-01-01");
    // 0.002999999999 + 19.997000000001 is 20.00 to the last decimal.
    assert_eq!(life.invoice("2025-12"), ("due", "0.00".into(), "20.00".into()));
    assert_eq!(life.owed(), "0.00");
    let totals = life.account.totals();
    let mut used = life.account.invoices().iter().map(|invoice| invoice.usage.total);
    assert_eq!(Ok(totals.used), used.try_fold(money("0"), billing::money::Money::checked_add));
    assert_eq!(totals.invoiced, money("58.96"));
}
