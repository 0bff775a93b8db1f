//! IN · Invoices: what is due, charged, declined and past due.

use crate::life::{
    Life, at, buy, buy_another, card, charge, contract, invoice_declined, invoice_needs_customer, invoice_paid, link,
    link_with_hold, money, pay, start, usage,
};
use crate::with_terms;
use crate::{NOTHING, credit_limit, owing, prepaid};
use billing::ledger::{Notice, details_message, support_message};
use billing::money::Money;
use billing::payment_method::Card;
use billing::policy::{Policies, Policy};
use billing::rules::access::{Plan, Remedy};
use billing::rules::recharge::RechargeBlock;

/// Reporting a payment again succeeds and changes nothing.
#[test]
fn f7_an_invoice_reported_paid_twice_stays_paid() {
    let policy = credit_limit();
    let mut life = Life::funded(&policy, "2025-11-10", "5.00");
    life.tell("2025-11-10", &usage("12.00"));
    life.passes("2025-12-03");
    assert_eq!(life.tell("2025-12-03 00:01", &invoice_paid("2025-11")), ["invoice_paid"]);
    assert_eq!(life.tell("2025-12-03 00:02", &invoice_paid("2025-11")), NOTHING);
    assert_eq!(life.refused("2025-12-03 00:02", &invoice_declined("2025-11")), ["invoice.not_being_charged"]);
    assert_eq!(life.refused("2025-12-03 00:02", &pay("2025-11")), ["invoice.already_paid"]);
    assert_eq!(life.invoice("2025-11"), ("paid", "5.00".into(), "7.00".into()));
    assert_eq!(life.account.lifetime_spend(), Ok(money("12.00")));
}

/// An invoice records what credits covered, and charges nothing of it.
#[test]
fn a_month_that_credits_covered_has_an_invoice_of_zero() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "5.00");
    life.tell("2025-12-20", &usage("1.50"));
    life.tell("2025-12-21", &usage("0.00"));
    assert_eq!(life.passes("2026-01-31"), ["2026-01-01T00:00:00Z invoice_drawn"]);
    assert_eq!(life.invoice("2025-12"), ("covered", "1.50".into(), "0.00".into()));
    let invoice = life.account.invoice("2025-12").unwrap();
    let (_, tally) = invoice.usage.services.iter().next().unwrap();
    assert_eq!((tally.times, tally.tokens, tally.cost), (2, 2000, money("1.50")));
    assert_eq!(life.refused("2026-01-31", &pay("2025-12")), ["invoice.nothing_due"]);
    // A month in which nothing was used has none.
    assert_eq!(life.passes("2026-06-01"), NOTHING);
}

#[test]
fn the_card_is_charged_on_the_3rd() {
    let policy = credit_limit();
    let mut life = owing(&policy);
    assert_eq!(life.says("2025-12-02"), ["invoice.due"]);
    assert_eq!(life.passes("2025-12-02 23:59:59.999999999"), NOTHING);
    assert_eq!(life.passes("2025-12-03"), ["2025-12-03T00:00:00Z invoice_charge_started"]);
    // 15 minutes are normal, and a second more is not.
    assert_eq!(life.says("2025-12-03 00:15"), NOTHING);
    assert_eq!(life.says("2025-12-03 00:15:01"), ["invoice.charge_overdue"]);
    assert_eq!(life.tell("2025-12-03 00:16", &invoice_paid("2025-11")), ["invoice_paid"]);
    assert_eq!(life.invoice("2025-11"), ("paid", "5.00".into(), "20.00".into()));
    assert_eq!(life.account.lifetime_spend(), Ok(money("25.00")));
    assert_eq!(life.passes("2026-06-01"), NOTHING);
}

/// PP-3, PD-2: a charge that hangs offers a message to support, and a decline knows of it.
#[test]
fn pp_3_a_charge_that_hangs_offers_a_message_to_support() {
    let policy = credit_limit();
    let mut life = owing(&policy);
    let support = |life: &Life, now: &str| support_message(&life.policies, &life.account, at(now), Some("a@b.example"));
    let processing = |life: &Life, now: &str| life.account.shown(at(now)).processing_seconds;
    assert_eq!(processing(&life, "2025-12-02"), None);
    life.passes("2025-12-03");
    assert_eq!(processing(&life, "2025-12-03 00:05"), Some(300));
    assert_eq!(support(&life, "2025-12-03 00:15"), Ok(None));
    assert_eq!(
        support(&life, "2025-12-03 00:15:01").unwrap().unwrap(),
        "The charge of $20.00 for an invoice has not ended.
Time of charge: 3 December 2025, 00:00 UTC
E-mail of the account: a@b.example
"
    );
    // The longest of what is under way counts, whichever it is.
    life.tell("2025-12-03 00:05", &buy("k1", "5.00"));
    assert_eq!(processing(&life, "2025-12-03 00:06"), Some(360));
    // While the bank waits for the customer, support can do nothing.
    life.tell("2025-12-03 00:06", &invoice_needs_customer("2025-11"));
    assert_eq!(support(&life, "2025-12-03 00:16"), Ok(None));
    life.tell("2025-12-03 00:17", &invoice_paid("2025-11"));
    assert_eq!(processing(&life, "2025-12-03 00:18"), Some(780));
}

/// A charge declined on the 3rd leaves the invoice past due: access stops until it is paid, and credits do not pay it.
#[test]
fn a_charge_declined_on_the_3rd_is_past_due_and_stops_access() {
    let policy = credit_limit();
    let mut life = owing(&policy);
    life.passes("2025-12-03");
    assert_eq!(life.tell("2025-12-03 00:01", &invoice_declined("2025-11")), ["invoice_past_due"]);
    assert_eq!(life.tell("2025-12-03 00:02", &invoice_declined("2025-11")), NOTHING);
    assert_eq!(life.says("2025-12-03 00:02"), ["invoice.past_due"]);
    life.buys("2025-12-03 09:00", "k1", "100.00");
    assert_eq!(life.account.past_due(), Ok(money("20.00")));
    let asked = usage("1.00");
    let refusals = life.refusals("2025-12-03 09:00", &asked);
    assert_eq!(refusals.len(), 1);
    assert_eq!(refusals[0].remedies[..], [Remedy::PayInvoice(money("20.00"))]);
    // It stays past due while it is charged again.
    assert_eq!(life.tell("2025-12-04 09:00", &pay("2025-11")), ["invoice_charge_started"]);
    assert_eq!(life.refused("2025-12-04 09:00", &pay("2025-11")), ["invoice.being_charged"]);
    assert_eq!(life.refused("2025-12-04 09:00", &asked), ["access.past_due"]);
    assert_eq!(life.tell("2025-12-04 09:01", &invoice_declined("2025-11")), ["invoice_past_due"]);
    life.tell("2025-12-05 09:00", &pay("2025-11"));
    life.tell("2025-12-05 09:01", &invoice_paid("2025-11"));
    assert_eq!(life.tell("2025-12-05 09:01", &asked), ["usage_recorded"]);
    assert_eq!((life.balance("2025-12-05 09:01"), life.account.past_due()), ("99.00".into(), Ok(money("0"))));
}

/// An early payment that is declined stops nothing, and the 3rd charges the invoice.
#[test]
fn in_3_early_charge_declined_is_charged_again_on_the_3rd() {
    let policy = credit_limit();
    let mut life = owing(&policy);
    let declined = |life: &Life| life.account.invoice("2025-11").unwrap().declined.clone();
    assert_eq!(life.refused("2025-12-01 08:59", &invoice_declined("2025-11")), ["invoice.not_being_charged"]);
    life.tell("2025-12-01 09:00", &pay("2025-11"));
    life.tell("2025-12-01 09:00:30", &invoice_needs_customer("2025-11"));
    assert_eq!(life.tell("2025-12-01 09:01", &invoice_declined("2025-11")), ["invoice_declined"]);
    assert_eq!(life.tell("2025-12-01 09:02", &invoice_declined("2025-11")), NOTHING);
    assert_eq!(life.refused("2025-12-01 09:02", &invoice_paid("2025-11")), ["invoice.not_being_charged"]);
    assert_eq!(declined(&life), Some((at("2025-12-01 09:01"), "insufficient_funds".into())));
    assert_eq!(life.invoice("2025-11"), ("due", "5.00".into(), "20.00".into()));
    assert_eq!((life.account.past_due(), life.says("2025-12-01 09:02")), (Ok(money("0")), vec!["invoice.due"]));
    assert_eq!(life.tell("2025-12-01 09:02", &usage("1.00")), ["usage_recorded"]);
    // It may be paid again, up to the last instant before the 3rd.
    life.tell("2025-12-02 09:00", &pay("2025-11"));
    assert_eq!(declined(&life), None);
    assert_eq!(life.tell("2025-12-02 23:59:59.999999999", &invoice_declined("2025-11")), ["invoice_declined"]);
    assert_eq!(life.passes("2025-12-03"), ["2025-12-03T00:00:00Z invoice_charge_started"]);
    assert_eq!(declined(&life), None);
    assert_eq!(life.tell("2025-12-03 00:01", &invoice_declined("2025-11")), ["invoice_past_due"]);
    // Past due, it is so again with every decline.
    life.tell("2025-12-03 09:00", &pay("2025-11"));
    assert_eq!(life.tell("2025-12-03 09:01", &invoice_declined("2025-11")), ["invoice_past_due"]);
}

/// A charge under way on the 3rd counts as that day's: when it is declined, the invoice is past due.
#[test]
fn in_3_early_charge_declined_on_the_3rd_is_past_due() {
    let policy = credit_limit();
    let mut life = owing(&policy);
    life.tell("2025-12-02 23:59", &pay("2025-11"));
    assert_eq!(life.tell("2025-12-03", &invoice_declined("2025-11")), ["invoice_past_due"]);
}

/// An early payment is declined, and on the 3rd there is no card to charge.
#[test]
fn in_3_early_charge_declined_without_a_card_on_the_3rd_is_past_due() {
    let policy = credit_limit();
    let mut life = Life::new(Policies::always(policy.clone()));
    let expiring = billing::payment_method::card::Expiry { year: 2025, month: 11 };
    life.tell("2025-11-10", &link(Card { expiry: expiring, ..card("a") }));
    life.buys("2025-11-10", "k1", "5.00");
    life.tell("2025-11-20", &usage("25.00"));
    life.tell("2025-12-01 09:00", &pay("2025-11"));
    assert_eq!(life.tell("2025-12-01 09:01", &invoice_declined("2025-11")), ["invoice_declined"]);
    assert_eq!(life.passes("2025-12-03"), ["2025-12-03T00:00:00Z invoice_past_due"]);
    let invoice = life.account.invoice("2025-11").unwrap();
    assert_eq!((&invoice.declined, &invoice.past_due), (&None, &Some(at("2025-12-03"))));
}

/// Where no card can be charged on the 3rd, a notice says so before, with what to do.
#[test]
fn in_3_a_charge_that_no_card_can_pay_is_announced_before_the_3rd() {
    let policy = credit_limit();
    let said = |life: &Life| life.notices("2025-12-01")[0].to_string();
    let mut life = Life::new(Policies::always(policy.clone()));
    life.tell("2025-11-10", &contract(Plan::Scale, "500.00"));
    life.tell("2025-11-20", &usage("20.00"));
    life.passes("2025-12-01");
    let (due, charge_on) = (charge("20.00"), at("2025-12-03"));
    let not = |reason| Notice::InvoiceNotChargeable { due, charge_on, reason };
    assert_eq!(life.notices("2025-12-01"), [not(RechargeBlock::NoCard)]);
    assert_eq!(said(&life), "$20.00 is due on 3 December 2025 and cannot be charged: no card is linked. Link a card.");

    life.tell("2025-12-01", &link_with_hold(card("a")));
    assert_eq!(life.notices("2025-12-01"), [not(RechargeBlock::HoldUnapproved), Notice::HoldWaiting]);
    assert_eq!(
        said(&life),
        "$20.00 is due on 3 December 2025 and cannot be charged: the card waits for its $0.00 hold. Approve it in your bank's app."
    );

    // It is valid now, and will not be.
    let expiring = billing::payment_method::card::Expiry { year: 2025, month: 11 };
    life.tell("2025-12-01", &link(Card { expiry: expiring, ..card("b") }));
    assert_eq!(life.notices("2025-12-01"), [not(RechargeBlock::CardExpired)]);
    assert_eq!(
        said(&life),
        "$20.00 is due on 3 December 2025 and cannot be charged: the linked card is no longer valid then. Link another card."
    );
    life.tell("2025-12-01", &link(card("b")));
    assert_eq!(said(&life), "$20.00 will be charged to the linked card on 3 December 2025.");
}

/// Messages name the days and times of the policy, not fixed ones.
#[test]
fn pp_3_in_3_messages_use_the_policys_figures() {
    let each = Card { authorises_each: true, ..card("a") };
    let said = |policy: &Policy| {
        let mut life = Life::new(Policies::always(policy.clone()));
        life.tell("2025-12-01", &link(each.clone()));
        life.tell("2025-12-01", &buy("k1", "5.00"));
        life.notices("2025-12-01 00:14").iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(
        said(&prepaid()),
        [
            "The purchase of $5.00 is still under way after 14 minutes. Up to 15 minutes is normal; do not buy again.",
            "Your bank has to approve every payment. Watch your e-mail for its link, above all on the 3rd."
        ]
    );
    let slow = with_terms(&prepaid(), |terms| {
        terms.payment_settles_within_seconds = 1800;
    });
    assert!(said(&slow)[0].contains("Up to 30 minutes is normal"));
    for (charge_day, day) in [
        (1, "1st"),
        (2, "2nd"),
        (4, "4th"),
        (10, "10th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (14, "14th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (28, "28th"),
    ] {
        let policy = with_terms(&prepaid(), |terms| {
            terms.charge_day = charge_day;
        });
        assert!(said(&policy)[1].ends_with(&format!("above all on the {day}.")), "{:?}", said(&policy));
    }
}

/// CR-8, CR-9: credits that came after an unpaid invoice are told apart, and only while it is unpaid.
#[test]
fn cr_9_later_credits_do_not_pay_an_earlier_invoice() {
    let policy = credit_limit();
    let mut life = owing(&policy);
    assert_eq!(life.says("2025-12-01"), ["invoice.due"]);
    life.buys("2025-12-02 09:00", "k1", "100.00");
    life.buys("2025-12-02 10:00", "k2", "50.00");
    assert_eq!(life.says("2025-12-02 11:00"), ["invoice.due", "invoice.later_credits"]);
    let told = life.notices("2025-12-02 11:00")[1].to_string();
    assert_eq!(
        told,
        "The $150.00 of credits bought since 1 December 2025 pay for usage from then on. The $20.00 were invoiced before, so they do not pay it."
    );
    life.passes("2025-12-03");
    life.tell("2025-12-03 00:01", &invoice_paid("2025-11"));
    assert_eq!(life.says("2025-12-03 00:02"), NOTHING);
}

/// IN-4: the month so far includes the minutes of running deployments, covered as the invoice will cover them.
#[test]
fn in_4_the_month_so_far_includes_running_deployments() {
    let policy = credit_limit();
    let mut life = Life::funded(&policy, "2025-11-10", "5.00");
    life.tell("2025-11-20 09:00", &start("d", "0.05"));
    for (now, minutes, covered, due) in [
        ("2025-11-20 09:00:59", 0, "0.00", "0.00"),
        ("2025-11-20 10:00", 60, "3.00", "0.00"),
        ("2025-11-20 11:00", 120, "5.00", "1.00"),
        ("2025-11-21 09:00", 1440, "5.00", "67.00"),
    ] {
        life.passes(now);
        let usage = life.account.usage_at(&policy, at(now)).unwrap();
        assert_eq!(usage.deployments.values().map(|hosted| hosted.minutes).sum::<u64>(), minutes, "{now}");
        assert_eq!(usage.is_none(), minutes == 0, "{now}");
        assert_eq!(usage.covered(), Ok(money(covered)), "{now}");
        assert_eq!(usage.shortfall(), Ok(charge(due)), "{now}");
        let below = Money::ZERO.checked_sub(life.account.balance(at(now)).unwrap()).unwrap().max(Money::ZERO);
        assert_eq!(usage.uncovered(), Ok(below), "{now}");
    }
}

/// Without a card the invoice is past due on the 3rd; a card linked later pays it when the customer asks.
#[test]
fn an_invoice_without_a_card_is_past_due_on_the_3rd() {
    let policy = credit_limit();
    let mut life = Life::new(Policies::always(policy.clone()));
    life.tell("2025-11-10", &contract(Plan::Scale, "500.00"));
    life.tell("2025-11-20", &usage("25.00"));
    assert_eq!(
        life.passes("2025-12-03"),
        ["2025-12-01T00:00:00Z invoice_drawn", "2025-12-03T00:00:00Z invoice_past_due"]
    );
    assert_eq!(life.account.invoice("2025-11").unwrap().past_due, Some(at("2025-12-03")));
    assert_eq!(life.refused("2025-12-04", &pay("2025-11")), ["payment.no_card"]);
    // Nobody was asked to charge it, so nobody can have been paid.
    assert_eq!(life.refused("2025-12-04", &invoice_paid("2025-11")), ["invoice.not_being_charged"]);
    assert_eq!(life.tell("2025-12-04", &link(card("a"))), ["card_linked"]);
    life.tell("2025-12-04", &pay("2025-11"));
    life.tell("2025-12-04", &invoice_paid("2025-11"));
    assert_eq!(life.invoice("2025-11").0, "paid");
}

/// A card is charged through the last day of its month, wherever on Earth that day ends last.
#[test]
fn pm_5_an_expired_card_is_not_charged() {
    let policy = credit_limit();
    let mut expiring = card("a");
    expiring.expiry = billing::payment_method::card::Expiry { year: 2025, month: 11 };
    let mut life = Life::new(Policies::always(policy.clone()));
    life.tell("2025-11-10", &link(expiring));
    life.buys("2025-11-10", "k1", "5.00");
    life.tell("2025-11-20", &usage("25.00"));
    assert_eq!(life.tell("2025-12-01 11:59", &buy("k2", "5.00")), ["invoice_drawn", "purchase_started"]);
    assert_eq!(life.refused("2025-12-01 12:00", &buy_another("k3", "5.00")), ["payment.card_expired"]);
    assert_eq!(life.passes("2025-12-03"), ["2025-12-03T00:00:00Z invoice_past_due"]);
    assert_eq!(life.says("2025-12-03"), ["invoice.past_due", "purchase.overdue", "card.has_expired"]);
}

/// While the bank waits for the customer, the invoice waits too and a notice says so.
#[test]
fn access_goes_on_while_the_bank_waits_for_the_customer() {
    let policy = credit_limit();
    let mut life = owing(&policy);
    life.passes("2025-12-03");
    assert_eq!(life.tell("2025-12-03 00:01", &invoice_needs_customer("2025-11")), ["bank_action_required"]);
    assert_eq!(life.tell("2025-12-03 00:02", &invoice_needs_customer("2025-11")), NOTHING);
    assert_eq!(life.says("2025-12-04"), ["invoice.bank_action"]);
    assert_eq!(life.tell("2025-12-04", &usage("1.00")), ["usage_recorded"]);
    assert_eq!(life.tell("2025-12-05", &invoice_paid("2025-11")), ["invoice_paid"]);
    assert_eq!(life.invoice("2025-11").0, "paid");
}

/// The customer pays before the 3rd; then the 3rd charges nothing.
#[test]
fn an_invoice_paid_early_is_not_charged_on_the_3rd() {
    let policy = credit_limit();
    let mut life = owing(&policy);
    assert_eq!(life.tell("2025-12-01 09:00", &pay("2025-11")), ["invoice_charge_started"]);
    assert_eq!(life.tell("2025-12-01 09:01", &invoice_paid("2025-11")), ["invoice_paid"]);
    assert_eq!(life.passes("2025-12-31"), NOTHING);
}

/// IN-3, CR-9: a refusal names the wait for a charge that is under way, not another payment.
#[test]
fn cr_9_an_invoice_being_charged_again_is_waited_for() {
    let policy = credit_limit();
    let mut life = Life::funded(&policy, "2025-11-10", "5.00");
    life.tell("2025-11-10", &usage("25.00"));
    life.passes("2025-12-03");
    life.tell("2025-12-03 00:01", &invoice_declined("2025-11"));
    let asked = usage("1.00");
    let says = |life: &Life, now: &str| {
        let refusals = life.refusals(now, &asked);
        (refusals[0].remedies.to_vec(), refusals[0].retryable)
    };
    assert_eq!(says(&life, "2025-12-04 09:00"), (vec![Remedy::PayInvoice(money("20.00"))], false));
    life.tell("2025-12-04 09:00", &pay("2025-11"));
    assert_eq!(says(&life, "2025-12-04 09:05"), (vec![Remedy::Wait(600)], true));
    assert_eq!(says(&life, "2025-12-04 09:15"), (vec![Remedy::Wait(60)], true));
    assert_eq!(says(&life, "2025-12-04 09:15:01"), (vec![Remedy::ContactSupport], false));
    life.tell("2025-12-04 09:16", &invoice_needs_customer("2025-11"));
    assert_eq!(says(&life, "2025-12-04 09:16"), (vec![Remedy::Approve], false));
    // Declined again, it is past due since the day on which it first was.
    life.tell("2025-12-04 09:17", &invoice_declined("2025-11"));
    let invoice = life.account.invoice("2025-11").unwrap();
    assert_eq!(invoice.past_due, Some(at("2025-12-03 00:01")));
    assert_eq!(invoice.declined, Some((at("2025-12-04 09:17"), "insufficient_funds".into())));
    life.tell("2025-12-04 09:17", &pay("2025-11"));
    life.tell("2025-12-04 09:17", &invoice_paid("2025-11"));
    assert_eq!(life.tell("2025-12-04 09:17", &asked), ["usage_recorded"]);
}

/// IN-5, PM-9: the message to support has a place for everything that only support can enter.
#[test]
fn in_5_the_message_about_details_has_places_to_fill_in() {
    let places = |message: &str| message.matches("(please fill in)").count();
    let (known, unknown) = (details_message(Some("ada@example.org")), details_message(None));
    assert!(known.ends_with("E-mail of the account: ada@example.org\n"), "{known}");
    assert_eq!((places(&known), places(&unknown)), (3, 4));
}

#[test]
fn cr_9_an_invoice_is_payable_while_no_charge_is_under_way() {
    let mut life = owing(&credit_limit());
    let payable = |life: &Life| life.account.invoice("2025-11").unwrap().is_payable();
    let past_due = |life: &Life| life.account.past_due_invoices().map(|it| it.id.to_string()).collect::<Vec<_>>();
    assert_eq!((payable(&life), past_due(&life)), (true, vec![]));
    life.passes("2025-12-03");
    assert_eq!((payable(&life), past_due(&life)), (false, vec![]));
    life.tell("2025-12-03 00:01", &invoice_declined("2025-11"));
    assert_eq!((payable(&life), past_due(&life)), (true, vec!["2025-11".to_owned()]));
    let notices = life.notices("2025-12-03 00:01");
    let named = |life: &Life| {
        let named = notices.iter().find_map(|notice| notice.past_due_invoice(&life.account));
        named.map(|invoice| invoice.id.to_string())
    };
    assert_eq!(named(&life).as_deref(), Some("2025-11"));
    life.tell("2025-12-03 00:02", &pay("2025-11"));
    assert_eq!((payable(&life), past_due(&life)), (false, vec!["2025-11".to_owned()]), "charged again, it is past due");
    assert_eq!(named(&life), None);
    life.tell("2025-12-03 00:03", &invoice_paid("2025-11"));
    assert_eq!((payable(&life), past_due(&life)), (false, vec![]));
}
