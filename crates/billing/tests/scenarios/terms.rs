//! Contracts, and policies that change.

use crate::life::{Life, card, charge, contract, invoice_paid, limit, link, usage, usage_by};
use crate::{NOTHING, credit_limit, prepaid, since};
use billing::ledger::Command;
use billing::policy::Policies;
use billing::rules::access::{Plan, Remedy};

/// AC-7: a contract's terms hold from its signing; when it ends, the tier's terms hold again and debt stays.
#[test]
fn ac_7_contract_terms_hold_from_signing_to_end() {
    let policy = prepaid();
    let mut life = Life::new(Policies::always(policy.clone()));
    assert_eq!(life.refused("2025-12-01", &usage("1.00")), ["access.no_purchase", "access.limit_reached"]);
    assert_eq!(life.refused("2025-12-01", &Command::EndContract), ["contract.none"]);
    assert_eq!(life.tell("2025-12-01", &contract(Plan::Scale, "500.00")), ["contract_signed"]);
    assert_eq!(life.tell("2025-12-01", &contract(Plan::Scale, "500.00")), NOTHING);
    // No purchase, no tier, no model stands in its way.
    assert_eq!(life.tell("2025-12-02", &usage_by("flux.1-pro", "400.00")), ["usage_recorded"]);
    assert_eq!(life.refused("2025-12-02", &limit("500.01")), ["limit.above_ceiling"]);
    assert_eq!(life.tell("2025-12-02", &limit("400.00")), ["balance_limit_set"]);
    assert_eq!(life.refused("2025-12-02", &usage("1.00")), ["access.limit_reached"]);
    let sales = [Remedy::Purchase(charge("5.00")), Remedy::RaiseLimit(charge("400.01")), Remedy::ContactSales];
    assert_eq!(life.refusals("2025-12-02", &usage("1.00"))[0].remedies[..], sales);
    // Another contract stands in its place; the customer's own limit stays.
    assert_eq!(life.tell("2025-12-03", &contract(Plan::Enterprise, "1000.00")), ["contract_signed"]);
    assert_eq!(life.refused("2025-12-03", &usage("1.00")), ["access.limit_reached"]);
    assert_eq!(life.tell("2025-12-03", &limit("401.00")), ["balance_limit_set"]);
    assert_eq!(life.tell("2025-12-03", &usage("1.00")), ["usage_recorded"]);
    assert_eq!(life.tell("2025-12-04", &Command::EndContract), ["contract_ended"]);
    let refused = life.refused("2025-12-04", &usage_by("flux.1-pro", "1.00"));
    assert_eq!(refused, ["access.no_purchase", "access.limit_reached", "access.tier_too_low"]);
    assert_eq!(life.balance("2025-12-04"), "-401.00");
    assert_eq!(life.passes("2026-01-03").last().unwrap(), "2026-01-03T00:00:00Z invoice_past_due");
}

/// November's invoice takes the debt, so the balance is $0.00, and access needs a purchase. The 3rd charges the invoice.
#[test]
fn prepaid_from_a_month_end_bills_the_debt_and_stops_access() {
    let policies = [credit_limit(), prepaid()];
    let mut life = Life::new(Policies::dated(policies.iter().cloned()));
    life.tell("2025-11-10", &link(card("a")));
    life.buys("2025-11-10", "k1", "5.00");
    life.tell("2025-11-20", &usage("85.00"));
    assert_eq!(life.balance("2025-11-30 23:59:59.999999999"), "-80.00");
    assert_eq!(life.tell("2025-11-30 23:59:59.999999999", &usage("0.00")), ["usage_recorded"]);
    assert_eq!(life.passes("2025-12-01"), ["2025-12-01T00:00:00Z invoice_drawn"]);
    assert_eq!(life.invoice("2025-11"), ("due", "5.00".into(), "80.00".into()));
    assert_eq!(life.balance("2025-12-01"), "0.00");
    let asked = usage("0.01");
    assert_eq!(life.refusals("2025-12-01", &asked)[0].remedies[..], [Remedy::Purchase(charge("5.00"))]);
    assert_eq!(life.passes("2025-12-03"), ["2025-12-03T00:00:00Z invoice_charge_started"]);
    life.tell("2025-12-03", &invoice_paid("2025-11"));
    assert_eq!(life.refused("2025-12-03", &asked), ["access.limit_reached"]);
    life.buys("2025-12-03", "k2", "5.00");
    assert_eq!(life.tell("2025-12-03", &asked), ["usage_recorded"]);
    assert_eq!(life.balance("2025-12-03"), "4.99");
}

/// Usage stops at once, the debt is billed when the month ends, and a cent more than the debt restores access.
#[test]
fn prepaid_within_a_month_stops_usage_and_keeps_the_debt() {
    let policies = [credit_limit(), since("2025-11-17", &prepaid())];
    let mut life = Life::new(Policies::dated(policies.iter().cloned()));
    life.tell("2025-11-10", &link(card("a")));
    life.buys("2025-11-10", "k1", "5.00");
    life.tell("2025-11-16", &usage("85.00"));
    assert_eq!(life.tell("2025-11-16 23:59:59.999999999", &usage("0.00")), ["usage_recorded"]);
    let asked = usage("0.01");
    assert_eq!(life.refusals("2025-11-17", &asked)[0].remedies[..], [Remedy::Purchase(charge("80.01"))]);
    assert_eq!(life.balance("2025-11-17"), "-80.00");

    let mut buying = life.clone();
    buying.buys("2025-11-18", "k2", "80.00");
    assert_eq!(buying.refused("2025-11-18", &asked), ["access.limit_reached"]);
    let mut buying = life.clone();
    buying.buys("2025-11-18", "k2", "80.01");
    assert_eq!(buying.tell("2025-11-18", &asked), ["usage_recorded"]);
    buying.passes("2025-12-03");
    assert_eq!(buying.invoice("2025-11"), ("covered", "85.01".into(), "0.00".into()));

    assert_eq!(
        life.passes("2025-12-03"),
        ["2025-12-01T00:00:00Z invoice_drawn", "2025-12-03T00:00:00Z invoice_charge_started"]
    );
    assert_eq!(life.invoice("2025-11"), ("charging", "5.00".into(), "80.00".into()));
    assert_eq!(life.balance("2025-12-03"), "0.00");
}
