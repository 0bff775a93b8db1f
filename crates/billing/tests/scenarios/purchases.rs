//! Purchases, and the amounts that commands bring.

use crate::life::{
    Life, approve, at, buy, buy_another, card, contract, decline, grant, late_usage, limit, link, money, start, usage,
};
use crate::{NOTHING, prepaid};
use billing::ledger::{Command, Notice};
use billing::projection::purchases::{PurchaseRecord, purchase_history};
use billing::rules::access::Plan;

#[test]
fn f5_a_double_click_is_one_purchase() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    assert_eq!(life.tell("2025-12-01 09:00", &buy("k1", "25.00")), ["purchase_started"]);
    assert_eq!(life.tell("2025-12-01 09:00", &buy("k1", "25.00")), NOTHING);
    assert_eq!(life.refused("2025-12-01 09:00", &buy("k1", "50.00")), ["purchase.key_reused"]);
    // Another key is another purchase: it has to be meant.
    assert_eq!(life.refused("2025-12-01 09:00", &buy("k2", "25.00")), ["purchase.another_pending"]);
    assert_eq!(life.tell("2025-12-01 09:00", &buy_another("k2", "25.00")), ["purchase_started"]);
    // Entering the card again is warned of, and buys nothing.
    let told = life.told("2025-12-01 09:01", &link(card("a")));
    assert_eq!(told.notices, [Notice::CardWhileProcessing { pending: money("50.00") }]);
    assert!(life.account.reentered());
    life.completes("2025-12-01 09:02", "k1");
    life.completes("2025-12-01 09:02", "k2");
    assert_eq!(life.tell("2025-12-01 09:03", &buy("k1", "25.00")), NOTHING);
    assert_eq!((life.balance("2025-12-01 09:03"), life.account.reentered()), ("50.00".into(), false));
}

/// Whatever the processor says twice, or out of order, credits come once.
#[test]
fn f6_a_confirmation_repeated_ten_times_adds_credits_once() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    life.tell("2025-12-01 09:00", &buy("k1", "100.00"));
    let answers = [
        approve("k1"),
        Command::InvoiceGenerated { purchase: "k1".into() },
        Command::BalanceUpdated { purchase: "k1".into() },
    ];
    // What comes too early is refused, so that it is sent again.
    assert_eq!(life.refused("2025-12-01 09:00", &answers[1]), ["purchase.wrong_stage"]);
    assert_eq!(life.refused("2025-12-01 09:00", &answers[2]), ["purchase.wrong_stage"]);
    for (number, answer) in answers.iter().enumerate() {
        assert_eq!(life.tell("2025-12-01 09:01", answer).len(), 1);
        for repeated in &answers[..=number] {
            for _ in 0..10 {
                assert_eq!(life.tell("2025-12-01 09:01", repeated), NOTHING);
            }
        }
    }
    assert_eq!(life.refused("2025-12-01 09:02", &decline("k1")), ["purchase.wrong_stage"]);
    assert_eq!(life.balance("2025-12-01 09:02"), "100.00");
    assert_eq!(life.account.lifetime_spend(), Ok(money("100.00")));
}

/// No command takes an amount below zero.
#[test]
fn negative_amounts_are_refused() {
    let policy = prepaid();
    let life = Life::funded(&policy, "2025-12-01", "5.00");
    for command in [limit("-1"), contract(Plan::Scale, "-1"), start("d", "-0.01"), usage("-1"), late_usage("-1")] {
        assert_eq!(life.refused("2025-12-01", &command), ["money.negative"], "{command:?}");
    }
    assert_eq!(life.refused("2025-12-01", &grant("g", "-1")), ["command.no_amount"]);
}

/// Every sum that a history writes can be read from it.
#[test]
fn sums_beyond_the_largest_amount_are_read_back() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    life.buys("2025-12-01", "k1", "1000000000000000");
    life.tell("2025-12-01", &buy("k2", "1000000000000000"));
    life.completes("2025-12-01", "k2");
    life.tell("2025-12-01", &usage("1000000000000000"));
    life.tell("2025-12-01", &usage("999999999999999"));
    life.passes("2026-01-01");
    for event in &life.events {
        let written = serde_json::to_string(event).unwrap();
        let place = billing::json::read::At::root(billing::json::read::Family::History, "");
        let read = billing::ledger::StoredEvent::read(&serde_json::from_str(&written).unwrap(), &place);
        assert_eq!(read, Ok(event.clone().into()));
    }
    assert_eq!(
        life.account.invoice("2025-12").unwrap().usage.total,
        money("1000000000000000").checked_add(money("999999999999999")).unwrap()
    );
}

#[test]
fn in_6_every_purchase_is_listed_newest_first_with_the_card_of_its_time() {
    let mut life = Life::with_card(&prepaid(), "2025-12-01");
    life.buys("2025-12-01", "first", "25.00");
    life.tell("2025-12-02", &link(card("b")));
    life.tell("2025-12-02", &buy("second", "10.00"));
    life.tell("2025-12-02 00:01", &decline("second"));
    life.tell("2025-12-03", &link(card("c")));
    let history = purchase_history(&life.account, &life.events);
    let seen = |record: &PurchaseRecord<'_>| (record.purchase.key.to_string(), record.card.unwrap().token.to_string());
    let expected = [("second", "tok_b"), ("first", "tok_a")].map(|(key, token)| (key.to_owned(), token.to_owned()));
    assert_eq!(history.iter().map(seen).collect::<Vec<_>>(), expected);
}

#[test]
fn pp_2_a_purchase_has_just_completed_for_as_long_as_one_typically_takes() {
    let policy = prepaid();
    let life = Life::funded(&policy, "2025-12-01", "25.00");
    let purchase = life.account.purchases().last().unwrap();
    let seconds = policy.payment_typical_within_seconds;
    let just_completed = |after| purchase.has_just_completed(&policy, at("2025-12-01").plus_seconds(after).unwrap());
    assert!(just_completed(seconds - 1) && !just_completed(seconds));
}
