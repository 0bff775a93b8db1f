//! PD · The latest decline that the customer has not acted on.

use crate::life::{
    Life, ask_customer, buy, card, charge, decline, invoice_declined, invoice_paid, link, link_with_hold, pay,
};
use crate::{credit_limit, owing, prepaid};
use billing::ledger::{Command, DeclinedPayment, Payment, latest_decline};

/// What was declined last, and with which code.
fn latest(life: &Life) -> Option<(String, String)> {
    let decline = latest_decline(&life.account, &life.events)?;
    let of = match decline.payment {
        DeclinedPayment::Purchase(purchase) => format!("purchase {}", purchase.amount),
        DeclinedPayment::Invoice(invoice) => format!("invoice {}", invoice.due),
        DeclinedPayment::Hold => "hold".to_owned(),
    };
    Some((of, decline.code.to_string()))
}

fn declined(of: &str) -> (String, String) {
    (of.to_owned(), "insufficient_funds".to_owned())
}

#[test]
fn pd_1_a_declined_purchase_stands_until_the_next_purchase() {
    let mut life = Life::with_card(&prepaid(), "2025-12-01");
    assert_eq!(latest(&life), None);
    life.tell("2025-12-01", &buy("first", "25.00"));
    life.tell("2025-12-01", &ask_customer("first"));
    assert_eq!(latest(&life), None);
    life.tell("2025-12-01 00:01", &decline("first"));
    assert_eq!(latest(&life), Some(declined("purchase 25.00")));
    assert_eq!(latest_decline(&life.account, &life.events).unwrap().at, crate::life::at("2025-12-01 00:01"));
    life.tell("2025-12-01 00:02", &buy("second", "30.00"));
    assert_eq!(latest(&life), None);
}

#[test]
fn pd_1_another_card_answers_a_decline() {
    let mut life = Life::with_card(&prepaid(), "2025-12-01");
    life.tell("2025-12-01", &buy("first", "25.00"));
    life.tell("2025-12-01 00:01", &decline("first"));
    let mut held = life.clone();
    life.tell("2025-12-01 00:02", &link(card("b")));
    assert_eq!(latest(&life), None);
    held.tell("2025-12-01 00:02", &link_with_hold(card("b")));
    assert_eq!(latest(&held), None, "a card that waits for its hold was entered too");
    // Entered at the instant of the decline, it cannot be an answer to it.
    let mut same = Life::with_card(&prepaid(), "2025-12-01");
    same.tell("2025-12-01", &buy("first", "25.00"));
    same.tell("2025-12-01", &decline("first"));
    same.tell("2025-12-01", &link(card("b")));
    assert_eq!(latest(&same), Some(declined("purchase 25.00")));
}

#[test]
fn pm_10_a_declined_hold_stands_until_a_card_is_entered() {
    let mut life = Life::with_card(&prepaid(), "2025-12-01");
    life.tell("2025-12-01", &link_with_hold(card("b")));
    let hold = Payment::Hold(None);
    life.tell("2025-12-01 00:01", &Command::BankDeclines { payment: hold, code: "do_not_honor".into() });
    assert_eq!(latest(&life), Some(("hold".to_owned(), "do_not_honor".to_owned())));
    life.tell("2025-12-01 00:02", &link_with_hold(card("b")));
    assert_eq!(latest(&life), None);
}

#[test]
fn in_3_a_declined_invoice_stands_until_it_is_charged_again() {
    let mut life = owing(&credit_limit());
    life.passes("2025-12-03");
    life.tell("2025-12-03 00:01", &invoice_declined("2025-11"));
    assert_eq!(latest(&life), Some(declined("invoice 20.00")));
    life.tell("2025-12-03 00:02", &pay("2025-11"));
    assert_eq!(latest(&life), None);
    life.tell("2025-12-03 00:03", &invoice_paid("2025-11"));
    assert_eq!(latest(&life), None);
}

#[test]
fn pd_1_of_several_declines_the_latest_is_named() {
    let mut life = owing(&credit_limit());
    life.passes("2025-12-03");
    life.tell("2025-12-03", &buy("more", "30.00"));
    life.tell("2025-12-03 00:01", &invoice_declined("2025-11"));
    life.tell("2025-12-03 00:02", &decline("more"));
    assert_eq!(latest(&life), Some(declined("purchase 30.00")));
    let purchase = life.account.purchases().last().unwrap();
    assert_eq!(purchase.amount, charge("30.00"));
    // Bought again, the decline of the invoice is still unanswered.
    life.tell("2025-12-03 00:03", &buy("again", "30.00"));
    assert_eq!(latest(&life), Some(declined("invoice 20.00")));
}
