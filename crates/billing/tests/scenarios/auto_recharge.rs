//! AR · Auto-recharge.

use crate::life::{Life, approve, at, auto_recharge, buy, card, charge, decline, link, money, setting, usage};
use crate::{NOTHING, at_or_below, credit_limit, prepaid};
use billing::ledger::{Actor, Command, Event, EventKind};
use billing::payment_method::Card;
use billing::rules::recharge::{RechargeBlock, preview};

/// A threshold above the balance buys several times in a row, and the preview has said how often.
#[test]
fn f1_auto_recharge_buys_as_often_as_the_preview_said() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "5.00");
    life.tell("2025-12-01", &usage("2.00"));
    let question = life.account.recharge_question(&policy, at("2025-12-01"), setting("25.00", "50.00")).unwrap();
    let seen = preview(&policy, &question).unwrap();
    assert_eq!((seen.purchases, seen.total, seen.balance_after), (2, money("50.00"), money("53.00")));

    let set = |purchases| Command::SetAutoRecharge {
        amount: Some(charge("25.00")),
        threshold: charge("50.00"),
        purchases: Some(purchases),
    };
    assert_eq!(life.refused("2025-12-01", &set(1)), ["recharge.preview_outdated"]);
    assert_eq!(life.tell("2025-12-01", &set(2)), ["auto_recharge_set", "auto_recharge_started", "purchase_started"]);
    life.completes("2025-12-01", "auto-recharge-1");
    life.completes("2025-12-01", "auto-recharge-2");
    assert_eq!((life.bought(), life.balance("2025-12-01")), (3, "53.00".into()));
    assert_eq!(life.account.recharge().run, None);
}

/// At the threshold, `below` buys nothing and `at_or_below` buys one step. A purchase that lands on the threshold ends the
/// run.
#[test]
fn f3_a_balance_at_the_threshold_buys_only_under_at_or_below() {
    let beside = ["4.999999999999", "5.00", "5.000000000001"];
    for (policy, purchases) in [(prepaid(), [0, 0, 1]), (at_or_below(), [0, 1, 1])] {
        for (used, expected) in beside.into_iter().zip(purchases) {
            let mut life = Life::funded(&policy, "2025-12-01", "15.00");
            life.tell("2025-12-01", &auto_recharge("5.00", "10.00"));
            life.tell("2025-12-01", &usage(used));
            assert_eq!(life.bought() - 1, expected, "{used} under {:?}", policy.trigger);
        }
    }
    // 5.00 + 5.00 lands on the threshold of 10.00: `below` is content, `at_or_below` buys once more, and is.
    for (policy, purchases) in [(prepaid(), 1), (at_or_below(), 2)] {
        let mut life = Life::funded(&policy, "2025-12-01", "5.00");
        life.tell("2025-12-01", &auto_recharge("5.00", "10.00"));
        for number in 1..=purchases {
            life.completes("2025-12-01", &format!("auto-recharge-{number}"));
        }
        assert_eq!((life.bought(), life.account.recharge().run), (1 + purchases, None));
        assert_eq!(life.passes("2026-06-01"), NOTHING);
    }
}

/// Auto-recharge refuses an amount of zero, and computes the purchases of a vast gap without a loop.
#[test]
fn f4_an_amount_of_zero_is_refused_and_a_vast_gap_is_counted_at_once() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "5.00");
    for amount in ["0.00", "0.01", "4.99"] {
        assert_eq!(life.refused("2025-12-01", &auto_recharge(amount, "10.00")), ["purchase.below_minimum"]);
    }
    life.tell("2025-12-01", &auto_recharge("5.00", "1000000000.00"));
    let run = life.account.recharge().run.unwrap();
    assert_eq!((run.purchases, run.started, life.bought()), (199_999_999, 1, 2));
}

/// A pending purchase counts as balance, whatever is used meanwhile.
#[test]
fn f8_a_pending_purchase_counts_so_no_second_one_starts() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "30.00");
    life.tell("2025-12-01", &auto_recharge("25.00", "10.00"));
    assert_eq!(
        life.tell("2025-12-01 10:00", &usage("21.00")),
        ["usage_recorded", "auto_recharge_started", "purchase_started"]
    );
    for minute in 0..60 {
        assert_eq!(life.tell(&format!("2025-12-01 10:{minute:02}"), &usage("0.10")), ["usage_recorded"]);
    }
    life.completes("2025-12-01 11:00", "auto-recharge-1");
    assert_eq!((life.bought(), life.balance("2025-12-01 11:00")), (2, "28.00".into()));

    // A purchase of the customer's own counts as well.
    life.tell("2025-12-01 11:00", &buy("own", "100.00"));
    assert_eq!(life.tell("2025-12-01 11:01", &usage("27.00")), ["usage_recorded"]);
    // When it is declined, what it stood for is missing.
    assert_eq!(
        life.tell("2025-12-01 11:02", &decline("own")),
        ["bank_declined", "auto_recharge_started", "purchase_started"]
    );
}

/// After a decline auto-recharge tries nothing more until the customer acts.
#[test]
fn f9_decline_pauses_auto_recharge() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "30.00");
    life.tell("2025-12-01", &auto_recharge("25.00", "10.00"));
    life.tell("2025-12-01 10:00", &usage("25.00"));
    assert_eq!(
        life.tell("2025-12-01 10:01", &decline("auto-recharge-1")),
        ["bank_declined", "auto_recharge_paused", "auto_recharge_withheld"]
    );
    for minute in 2..60 {
        assert_eq!(life.tell(&format!("2025-12-01 10:{minute:02}"), &usage("0.01")), ["usage_recorded"]);
        assert_eq!(life.passes(&format!("2025-12-01 10:{minute:02}")), NOTHING);
    }
    assert_eq!(life.bought(), 2);
    assert_eq!(life.says("2025-12-01 11:00"), ["recharge.paused"]);
    assert_eq!(life.account.recharge().withheld, Some(RechargeBlock::Paused));

    // A purchase of the customer's own does not turn it on again; saving the setting does, and so does another card.
    let mut saved = life.clone();
    saved.buys("2025-12-01 11:00", "own", "5.00");
    assert_eq!(saved.bought(), 3);
    let began = ["auto_recharge_set", "auto_recharge_started", "purchase_started"];
    assert_eq!(saved.tell("2025-12-01 11:01", &auto_recharge("25.00", "10.00")), began);
    assert_eq!(
        life.tell("2025-12-01 11:01", &link(card("b"))),
        ["card_linked", "auto_recharge_started", "purchase_started"]
    );
}

/// A run waits for its stuck purchase: however much is used meanwhile, the card is charged one amount.
#[test]
fn f11_a_stuck_purchase_holds_the_run_back() {
    let policy = credit_limit();
    let mut life = Life::funded(&policy, "2025-11-10", "5.00");
    life.tell("2025-11-10", &auto_recharge("5.00", "5.00"));
    assert_eq!(life.tell("2025-11-10", &usage("1.00"))[1..], ["auto_recharge_started", "purchase_started"]);
    for hour in 10..20 {
        assert_eq!(life.tell(&format!("2025-11-10 {hour}:00"), &usage("9.00")), ["usage_recorded"]);
    }
    assert_eq!((life.bought(), life.balance("2025-11-10 20:00")), (2, "-86.00".into()));
    assert_eq!(life.says("2025-11-10 20:00"), ["purchase.overdue", "recharge.running"]);
    // Once it is complete, the next run is planned for what is missing then.
    life.tell("2025-11-10 20:00", &approve("auto-recharge-1"));
    life.tell("2025-11-10 20:00", &Command::InvoiceGenerated { purchase: "auto-recharge-1".into() });
    life.tell("2025-11-10 20:00", &Command::BalanceUpdated { purchase: "auto-recharge-1".into() });
    assert_eq!(life.account.recharge().run.unwrap().purchases, 18);
    assert_eq!(life.account.pending_purchases().count(), 1);
}

/// Auto-recharge that is off never buys, and a purchase never turns it on.
#[test]
fn f12_auto_recharge_that_is_off_never_buys() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "5.00");
    life.tell("2025-12-01", &usage("5.00"));
    life.buys("2025-12-02", "own", "5.00");
    assert_eq!(life.account.recharge().setting, None);
    // Turned off within a run: the purchase under way is completed, and no other begins.
    life.tell("2025-12-02", &auto_recharge("5.00", "30.00"));
    assert_eq!(life.account.recharge().run.unwrap().purchases, 5);
    assert_eq!(life.tell("2025-12-02", &Command::ClearAutoRecharge), ["auto_recharge_cleared"]);
    life.completes("2025-12-02", "auto-recharge-1");
    life.tell("2025-12-02", &usage("10.00"));
    assert_eq!(life.passes("2026-12-02").last().unwrap(), "2026-01-01T00:00:00Z invoice_drawn");
    assert_eq!(life.bought(), 3);
}

/// Under both triggers, and for balances, thresholds and amounts of all kinds, the preview says what is then bought.
#[test]
fn f24_auto_recharge_buys_what_the_preview_says() {
    for policy in [prepaid(), at_or_below()] {
        for (used, threshold, amount) in [
            ("0.01", "20.00", "5.00"),
            ("19.999999999999", "0.00", "5.00"),
            ("20.00", "0.00", "7.77"),
            ("12.345", "99.99", "25.00"),
            ("7.50", "12.50", "12.50"),
            ("10.00", "45.00", "5.00"),
        ] {
            let mut life = Life::funded(&policy, "2025-12-01", "20.00");
            life.tell("2025-12-01", &usage(used));
            let question =
                life.account.recharge_question(&policy, at("2025-12-01"), setting(amount, threshold)).unwrap();
            let seen = preview(&policy, &question).unwrap();
            life.tell("2025-12-01", &auto_recharge(amount, threshold));
            for step in seen.first_steps(100) {
                life.completes("2025-12-01", &format!("auto-recharge-{}", step.number));
                assert_eq!(life.account.credits().balance(), Ok(step.balance_after));
            }
            let case = format!("{used} used, {threshold}, {amount}, {:?}", policy.trigger);
            assert_eq!(u64::try_from(life.bought() - 1), Ok(seen.purchases), "{case}");
            assert_eq!(life.account.balance(at("2025-12-01")), Ok(seen.balance_after), "{case}");
            assert_eq!(life.account.lifetime_spend(), Ok(seen.lifetime_spend_after), "{case}");
            assert_eq!((life.account.recharge().run, life.account.recharge().withheld), (None, None), "{case}");
        }
    }
}

/// PM-4, AR-6: a history may hold a card linked before such cards were refused.
#[test]
fn ar_6_auto_recharge_is_refused_on_a_card_without_recurring_payments() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    let set = auto_recharge("25.00", "10.00");
    assert!(life.clone().tell("2025-12-02", &set).contains(&"auto_recharge_set"));
    let linked = EventKind::CardLinked { card: Card { recurring: Some(false), ..card("b") }, by: Actor::Customer };
    life.account.apply(&Event { at: at("2025-12-02"), kind: linked }).unwrap();
    assert_eq!(life.refused("2025-12-02", &set), ["recharge.card_not_recurring"]);
}
