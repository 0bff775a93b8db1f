//! What went wrong elsewhere, and every turn of the calendar, told on a living account.
//!
//! `f1` to `f29` are failures of other billing systems; each is a test of what happens here instead.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

mod life;
mod terms;

use billing::ledger::Service;
use billing::ledger::{
    Actor, Command, Event, EventKind, InvalidEvent, Notice, Payment, StoredEvent, decide, details_message,
    support_message,
};
use billing::money::Money;
use billing::payment_method::Card;
use billing::policy::Policies;
use billing::policy::Tier;
use billing::policy::{BurnOrder, Policy, Trigger};
use billing::rules::access::{Plan, Reason, Remedy};
use billing::rules::recharge::{RechargeBlock, preview};
use billing::time::{Date, Timestamp};
use life::{
    Life, approve, ask_customer, at, auto_recharge, buy, buy_another, card, charge, contract, decline, grant,
    invoice_declined, invoice_needs_customer, invoice_paid, late_usage, limit, link, link_with_hold, money, pay,
    setting, start, stop, usage, usage_by, usage_of,
};
use terms::with_terms;

const NOTHING: [&str; 0] = [];

fn prepaid() -> Policy {
    Policy::shipped("prepaid").unwrap()
}

fn credit_limit() -> Policy {
    Policy::shipped("credit-limit").unwrap()
}

fn at_or_below() -> Policy {
    with_terms(&prepaid(), |terms| {
        terms.trigger = Trigger::AtOrBelow;
    })
}

fn since(day: &str, policy: &Policy) -> Policy {
    with_terms(policy, |terms| {
        terms.effective = Date::parse(day).unwrap();
    })
}

// Auto-recharge.

/// A threshold above the balance buys back to back; how often is said before it is saved, and it is so.
#[test]
fn f1_a_threshold_above_the_balance_buys_as_often_as_was_said() {
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

/// Exactly at the threshold nothing is bought under `below` and one step under `at_or_below`; a refill that lands on the
/// threshold does not go on for ever.
#[test]
fn f3_exactly_at_the_threshold() {
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

/// An amount of nothing is refused, and a vast gap is counted, not walked.
#[test]
fn f4_an_amount_of_nothing_and_a_vast_gap() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "5.00");
    for amount in ["0.00", "0.01", "4.99"] {
        assert_eq!(life.refused("2025-12-01", &auto_recharge(amount, "10.00")), ["purchase.below_minimum"]);
    }
    life.tell("2025-12-01", &auto_recharge("5.00", "1000000000.00"));
    let run = life.account.recharge().run.unwrap();
    assert_eq!((run.purchases, run.started, life.bought()), (199_999_999, 1, 2));
}

/// Whatever is used while a purchase is pending, it counts as if it were there: no second one follows.
#[test]
fn f8_what_is_pending_counts() {
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

/// After a decline nothing more is tried, however long and however often, until the customer acts.
#[test]
fn f9_a_decline_is_no_storm() {
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

/// A purchase that is stuck keeps a run from going on; however much is used meanwhile, one amount is charged.
#[test]
fn f11_nothing_runs_away() {
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

/// While it is off it never buys, and buying never turns it on.
#[test]
fn f12_off_is_off() {
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

/// The preview and the purchases answer one question: under both triggers, for balances, thresholds and amounts of all
/// kinds, what was said is what is bought.
#[test]
fn f24_the_preview_is_no_other_reckoning() {
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

// Purchases.

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
fn f6_a_confirmation_ten_times_over_adds_credits_once() {
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

/// "It is paid already" is a success, and undoes nothing.
#[test]
fn f7_paid_already_is_no_failure() {
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

/// Paid, and the tier is on its way: that is said with a time, and it is no "denied".
#[test]
fn f23_paid_and_on_its_way_is_not_denied() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "49.99");
    let gated = usage_by("flux.1-pro", "0.05");
    assert_eq!(life.refused("2025-12-01 09:00", &gated), ["access.tier_too_low"]);
    life.tell("2025-12-01 09:00", &buy("k1", "5.00"));
    // While the purchase is pending, to wait is the first remedy: for it, and for the tier that follows it.
    let refusals = life.refusals("2025-12-01 09:00", &gated);
    assert!(refusals[0].retryable);
    assert_eq!(refusals[0].remedies[..], [Remedy::Wait(1800), Remedy::Purchase(charge("5.00"))]);
    life.completes("2025-12-01 09:00:30", "k1");
    let refusals = life.refusals("2025-12-01 09:01", &gated);
    let (tier, needed) = (Tier::Build1, Tier::Build2);
    let settling = Reason::TierSettling { model: "flux.1-pro", tier, needed, seconds: 900 };
    assert_eq!((refusals[0].reason, refusals[0].retryable), (settling, true));
    // It counts down, then sends to support.
    let left = |seconds| [Notice::TierSettling { tier, entitled: needed, seconds }];
    assert_eq!(life.notices("2025-12-01 09:00:30"), left(900));
    assert_eq!(life.notices("2025-12-01 09:15:29"), left(1));
    assert_eq!(life.says("2025-12-01 09:15:30"), ["tier.overdue"]);
    // Everything that needs no higher tier works meanwhile.
    assert_eq!(life.tell("2025-12-01 09:01", &usage("1.00")), ["usage_recorded"]);
    assert_eq!(life.tell("2025-12-01 09:20", &Command::TierSettled), ["tier_settled"]);
    assert_eq!(life.tell("2025-12-01 09:20", &gated), ["usage_recorded"]);
}

/// The boundaries of tiers are inclusive; free credits and their use add nothing; what was bought and then used counts
/// once, and a paid invoice counts.
#[test]
fn f22_the_boundary_of_a_tier() {
    let policy = credit_limit();
    let tier = |life: &Life| policy.tier_terms_at(life.account.settled_spend()).0.tier;
    for (bought, expected) in [("49.99", Tier::Build1), ("50.00", Tier::Build2), ("50.01", Tier::Build2)] {
        let mut life = Life::funded(&policy, "2025-11-10", bought);
        life.tell("2025-11-10", &grant("welcome", "1000.00"));
        life.tell("2025-11-10", &usage("1010.00"));
        assert_eq!(tier(&life), expected, "{bought}");
        life.passes("2025-12-31");
        assert_eq!(tier(&life), expected, "{bought} at the end of the year");
    }
    let mut life = Life::funded(&policy, "2025-11-10", "40.00");
    life.tell("2025-11-10", &usage("50.00"));
    life.passes("2025-12-03");
    life.tell("2025-12-03 09:00", &invoice_paid("2025-11"));
    assert_eq!(tier(&life), Tier::Build1);
    life.tell("2025-12-03 09:00", &Command::TierSettled);
    assert_eq!((tier(&life), life.account.lifetime_spend()), (Tier::Build2, Ok(money("50.00"))));
}

// The balance.

/// What is owed stays owed: nothing is forgiven, and a purchase raises the balance by exactly what was bought.
#[test]
fn f14_what_is_owed_stays_owed() {
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

/// What was under way when the credits ran out is accepted, owed and shown; what is new is refused; the same for jobs.
#[test]
fn f15_usage_that_lands_after_zero_is_owed() {
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

/// A refusal that a purchase under way will lift says so; one that nothing lifts does not.
#[test]
fn f17_a_refill_in_flight_is_not_exhausted() {
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

/// Every decimal counts, charges are whole cents, and what is less than a cent is carried, not lost: the invoices add up
/// to what was used.
#[test]
fn f18_no_decimal_is_lost() {
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

// Months.

/// Months end at midnight in UTC, wherever the clock stands that tells the time.
#[test]
fn f21_months_end_in_utc() {
    let policy = credit_limit();
    let mut life = Life::funded(&policy, "2025-11-10", "5.00");
    let month = |life: &Life| life.account.month().unwrap().to_string();
    // In Kiritimati it is the 1st of December, and still November in UTC.
    life.tell("2025-12-01T13:59:59.999999999+14:00", &usage("1.00"));
    assert_eq!(month(&life), "2025-11-01");
    // In New York it is the evening of the 30th, and December in UTC.
    assert_eq!(life.tell("2025-11-30T19:00:00-05:00", &usage("2.00")), ["invoice_drawn", "usage_recorded"]);
    assert_eq!(month(&life), "2025-12-01");
    assert_eq!(life.account.invoice("2025-11").unwrap().usage.total, money("1.00"));
}

/// A month of any length ends when the next begins: February in a leap year and not, December into January.
#[test]
fn every_month_ends_when_the_next_begins() {
    let policy = credit_limit();
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for year in [2026, 2027, 2028, 2100] {
        let mut life = Life::funded(&policy, &format!("{}-12-31", year - 1), "100.00");
        for (month, length) in (1..).zip(lengths) {
            let length = length + u8::from(month == 2 && year == 2028);
            let last = format!("{year}-{month:02}-{length:02} 23:59:59.999999999");
            assert_eq!(life.tell(&last, &usage("1.00")), ["usage_recorded"], "{last}");
            let (next_year, next) = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
            let first = format!("{next_year}-{next:02}-01T00:00:00Z");
            assert_eq!(life.passes(&first), [format!("{first} invoice_drawn")]);
            assert_eq!(&*life.account.invoices().last().unwrap().id, format!("{year}-{month:02}"));
        }
        assert_eq!(life.account.invoices().len(), 12);
    }
}

/// An account of one day has a month of one day.
#[test]
fn an_account_opened_on_the_last_day_of_a_month() {
    let policy = credit_limit();
    let mut life = Life::with_card(&policy, "2027-02-28 23:00");
    life.buys("2027-02-28 23:10", "k1", "5.00");
    life.tell("2027-02-28 23:20", &usage("7.00"));
    assert_eq!(
        life.passes("2027-03-03"),
        ["2027-03-01T00:00:00Z invoice_drawn", "2027-03-03T00:00:00Z invoice_charge_started"]
    );
    assert_eq!(life.invoice("2027-02"), ("charging", "5.00".into(), "2.00".into()));
}

/// Whoever looks after months finds every month closed when it ended, and charged on the 3rd.
#[test]
fn months_pass_unseen() {
    let policy = credit_limit();
    let mut life = Life::funded(&policy, "2027-01-15", "5.00");
    life.tell("2027-01-15", &usage("6.00"));
    life.tell("2027-01-30 23:59:30", &start("d", "0.01"));
    let told = life.passes("2027-05-10");
    let months: Vec<&String> = told.iter().filter(|line| !line.ends_with("deployment_charged")).collect();
    assert_eq!(
        months,
        [
            "2027-02-01T00:00:00Z invoice_drawn",
            "2027-02-03T00:00:00Z invoice_charge_started",
            "2027-03-01T00:00:00Z invoice_drawn",
            "2027-03-03T00:00:00Z invoice_charge_started",
            "2027-04-01T00:00:00Z invoice_drawn",
            "2027-04-03T00:00:00Z invoice_charge_started",
            "2027-05-01T00:00:00Z invoice_drawn",
            "2027-05-03T00:00:00Z invoice_charge_started",
        ]
    );
    // One charge for each midnight by which a minute was over: none on the 31st of January.
    assert_eq!(told.len() - months.len(), 28 + 31 + 30 + 10);
    // 6.00 + 1440 minutes - 5.00; then 28, 31 and 30 days of 1440 minutes.
    let due: Vec<String> = life.account.invoices().iter().map(|invoice| invoice.due.to_string()).collect();
    assert_eq!(due, ["15.40", "403.20", "446.40", "432.00"]);
}

/// Credits that are there an instant before the invoice lower it; at that instant, and after, they do not.
#[test]
fn f29_a_purchase_beside_the_invoice() {
    let policy = credit_limit();
    let cases = [
        ("2025-11-30 23:59:59.999999999", "0.00", "40.00"),
        ("2025-12-01 00:00:00", "60.00", "100.00"),
        ("2025-12-01 00:00:00.000000001", "60.00", "100.00"),
    ];
    for (bought, due, balance) in cases {
        let mut life = Life::funded(&policy, "2025-11-10", "5.00");
        life.tell("2025-11-20", &usage("65.00"));
        life.buys(bought, "k1", "100.00");
        life.passes("2025-12-01 00:01");
        assert_eq!((life.invoice("2025-11").2.as_str(), life.balance("2025-12-01 00:01").as_str()), (due, balance));
        // Nor do they ever: what is due is charged to the card.
        let charged = life.passes("2025-12-03");
        assert_eq!(charged.len(), usize::from(due != "0.00"));
        assert_eq!(life.balance("2025-12-03"), balance);
    }
}

// Invoices.

/// A life that owes $20.00 for November.
fn owing(policy: &Policy) -> Life {
    let mut life = Life::funded(policy, "2025-11-10", "5.00");
    life.tell("2025-11-20", &usage("25.00"));
    assert_eq!(life.passes("2025-12-01"), ["2025-12-01T00:00:00Z invoice_drawn"]);
    life
}

/// What credits covered is recorded all the same, and nothing of it is charged.
#[test]
fn an_invoice_of_nothing_is_issued() {
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
fn on_the_3rd_the_card_is_charged() {
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

/// PP-3, PD-2: a charge that hangs is something to write to support about, and a decline knows of it.
#[test]
fn pp_3_a_charge_of_an_invoice_that_hangs() {
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

/// Declined, it is past due: access stops until it is paid, and no credits pay it.
#[test]
fn declined_on_the_3rd_it_is_past_due() {
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

/// Paid before the 3rd and declined, it is due as before: nothing stops, and the 3rd charges it.
#[test]
fn in_3_declined_before_the_3rd_it_is_charged_on_the_3rd() {
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

/// A charge that is under way on the 3rd is that day's: declined then, it is past due.
#[test]
fn in_3_a_charge_under_way_on_the_3rd_is_that_days() {
    let policy = credit_limit();
    let mut life = owing(&policy);
    life.tell("2025-12-02 23:59", &pay("2025-11"));
    assert_eq!(life.tell("2025-12-03", &invoice_declined("2025-11")), ["invoice_past_due"]);
}

/// Declined early, and without a card to charge on the 3rd, it is past due for want of a card.
#[test]
fn in_3_declined_early_and_without_a_card_on_the_3rd() {
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

/// What no card can pay on the 3rd, as things stand, is said ahead with what to do.
#[test]
fn in_3_what_no_card_can_pay_on_the_3rd_is_said_ahead() {
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

/// What sentences say of the policy's figures is the policy's.
#[test]
fn pp_3_in_3_sentences_have_the_policys_figures() {
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
fn later_credits_do_not_pay_an_earlier_invoice() {
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

/// IN-4: the month so far holds what runs, to the minute, and is met as it will be charged.
#[test]
fn the_month_so_far_holds_what_runs() {
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

/// Without a card that can be charged it is past due on the 3rd; a card that is linked then pays it when asked to.
#[test]
fn without_a_card_it_is_past_due_on_the_3rd() {
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

/// A card is charged through the last day of its month wherever that day ends last, and not after it.
#[test]
fn an_expired_card_is_not_charged() {
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

/// When a card passes is known to the nanosecond.
#[test]
fn a_card_passes_when_it_has_passed() {
    for year in [1970, 2025, 2028, 9997] {
        for month in 1..=12 {
            let expiry = billing::payment_method::card::Expiry { year, month };
            let passes = expiry.passes_at().unwrap();
            let before = Timestamp::from_unix_nanoseconds(passes.unix_nanoseconds() - 1).unwrap();
            assert_eq!((expiry.has_passed(before), expiry.has_passed(passes)), (false, true), "{expiry}");
        }
    }
    assert_eq!(
        billing::payment_method::card::Expiry { year: 2025, month: 12 }.passes_at(),
        Some(at("2026-01-01 12:00"))
    );
    assert_eq!(billing::payment_method::card::Expiry { year: 9999, month: 12 }.passes_at(), None);
}

/// A card's last month is read as it is written, and in no other way.
#[test]
fn a_month_is_read_as_it_is_written() {
    use billing::payment_method::card::Expiry;
    assert_eq!(Expiry::parse("2027-02"), Some(Expiry { year: 2027, month: 2 }));
    for other in ["2027-2", "27-02", "2027-13", "2027-00", "+027-02", "2027-+2", "2027/02", "2027-02-01", "-", ""] {
        assert_eq!(Expiry::parse(other), None, "{other}");
    }
}

/// The bank waits for the customer: the invoice waits too, and says so; access goes on meanwhile.
#[test]
fn the_bank_asks_for_the_customer_on_the_3rd() {
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

/// An invoice may be paid before the 3rd; then nothing is charged on it.
#[test]
fn an_invoice_is_paid_before_the_3rd() {
    let policy = credit_limit();
    let mut life = owing(&policy);
    assert_eq!(life.tell("2025-12-01 09:00", &pay("2025-11")), ["invoice_charge_started"]);
    assert_eq!(life.tell("2025-12-01 09:01", &invoice_paid("2025-11")), ["invoice_paid"]);
    assert_eq!(life.passes("2025-12-31"), NOTHING);
}

// Credits.

/// What is announced is told ahead; credits from before never expire, those from after do, at their own hour.
#[test]
fn expiry_holds_for_what_is_bought_under_it() {
    let expiring = with_terms(&since("2026-03-01", &prepaid()), |terms| {
        terms.announced = Some(Date::parse("2026-01-10").unwrap());
        terms.expires_after_months = Some(3);
    });
    let policies = [prepaid(), expiring];
    let mut life = Life::new(Policies::dated(policies.iter().cloned()));
    life.tell("2025-12-01", &link(card("a")));
    life.buys("2025-12-01", "before", "10.00");
    assert_eq!(life.says("2026-01-09 23:59"), NOTHING);
    let announced = Notice::ExpiryAnnounced { months: 3, from: at("2026-03-01") };
    assert_eq!(life.notices("2026-01-10"), [announced]);
    life.buys("2026-02-28 23:59:59.999999999", "last", "10.00");
    life.buys("2026-03-31 09:30", "after", "20.00");
    life.tell("2026-03-31 09:30", &grant("spring", "1.00"));
    // Three months after the 31st of March is the 30th of June.
    let expires = at("2026-06-30 09:30");
    assert_eq!(life.notices("2026-03-31 09:30"), [Notice::CreditsExpire { amount: money("21.00"), at: expires }]);
    life.tell("2026-05-01", &usage("4.00"));
    assert_eq!(life.balance("2026-06-30 09:29"), "37.00");
    assert_eq!(
        life.passes("2030-01-01"),
        ["2026-06-01T00:00:00Z invoice_drawn", "2026-06-30T09:30:00Z credits_expired"]
    );
    assert_eq!((life.balance("2030-01-01"), life.account.totals().expired), ("20.00".into(), money("17.00")));
}

/// CR-6: what is announced is what changes: a policy that leaves the expiry as it was is no news.
#[test]
fn cr_6_an_expiry_that_stays_is_not_announced() {
    let expiring = |day, months, announced| {
        with_terms(&since(day, &prepaid()), |terms| {
            terms.expires_after_months = months;
            terms.announced = Some(Date::parse(announced).unwrap());
        })
    };
    let news = |policies: &[Policy], now: &str| -> Vec<(u64, Timestamp)> {
        let life = Life::new(Policies::dated(policies.iter().cloned()));
        let of = |notice: &Notice| match notice {
            Notice::ExpiryAnnounced { months, from } => (*months, *from),
            other => panic!("{other:?}"),
        };
        life.notices(now).iter().map(of).collect()
    };
    let (first, same) =
        (expiring("2026-01-01", Some(12), "2025-12-01"), expiring("2026-02-01", Some(12), "2025-12-02"));
    let shorter = expiring("2026-03-01", Some(6), "2025-12-02");
    // In whatever order they stand, each is held against the one before it.
    let policies = [prepaid(), shorter.clone(), same, first];
    assert_eq!(news(&policies, "2025-12-01"), [(12, at("2026-01-01"))]);
    assert_eq!(news(&policies, "2025-12-02"), [(12, at("2026-01-01")), (6, at("2026-03-01"))]);
    assert_eq!(news(&policies, "2026-01-01"), [(6, at("2026-03-01"))]);
    assert_eq!(news(&policies, "2026-03-01"), []);
    let never = expiring("2026-04-01", None, "2025-12-02");
    assert_eq!(news(&[shorter, never], "2026-03-01"), []);
    let said = Notice::ExpiryAnnounced { months: 6, from: at("2026-03-01") }.to_string();
    assert_eq!(
        said,
        "Credits bought from 1 March 2026 on expire 6 months after they were bought. Nothing changes for those that you have."
    );
}

/// Credits that expire within a day have paid for the minutes before.
#[test]
fn a_running_deployment_uses_credits_before_they_expire() {
    let policy = with_terms(&prepaid(), |terms| {
        terms.expires_after_months = Some(1);
    });
    let mut life = Life::funded(&policy, "2026-01-10 12:00", "20.00");
    life.tell("2026-02-10", &start("d", "0.01"));
    // By noon of the 10th of February 720 minutes are over.
    assert_eq!(
        life.passes("2026-02-10 12:00"),
        ["2026-02-10T12:00:00Z deployment_charged", "2026-02-10T12:00:00Z credits_expired"]
    );
    assert_eq!((life.balance("2026-02-10 12:00"), life.account.totals().expired), ("0.00".into(), money("12.80")));
    assert_eq!(life.balance("2026-02-10 12:01"), "-0.01");
}

/// The policy says which kind is used first; within a kind it is what expires first, and what never expires is last.
#[test]
fn which_credits_are_used_first() {
    for (burn_order, left) in [
        (BurnOrder::FreeFirst, ["10.00", "7.00", "20.00", "10.00", "0.00"]),
        (BurnOrder::PurchasedFirst, ["10.00", "10.00", "17.00", "0.00", "10.00"]),
    ] {
        let months = |expires_after_months| {
            with_terms(&prepaid(), |terms| {
                terms.expires_after_months = expires_after_months;
                terms.burn_order = burn_order;
            })
        };
        let policies = [months(None), since("2026-02-01", &months(Some(9))), since("2026-03-01", &months(Some(2)))];
        let mut life = Life::new(Policies::dated(policies.iter().cloned()));
        life.tell("2025-12-01", &link(card("a")));
        life.buys("2025-12-01", "never", "10.00");
        life.tell("2025-12-01", &grant("never", "10.00"));
        life.buys("2026-02-01", "november", "20.00");
        life.buys("2026-03-01", "may", "10.00");
        life.tell("2026-03-01", &grant("may", "10.00"));
        let lots = |life: &Life| -> Vec<String> {
            life.account.credits().lots().iter().map(|lot| lot.left().to_string()).collect()
        };
        assert_eq!(lots(&life), ["10.00", "10.00", "20.00", "10.00", "10.00"]);
        // 13.00 of the first kind, of which the lot of May has 10.00.
        life.tell("2026-03-02", &usage("13.00"));
        assert_eq!(lots(&life), left);
    }
}

// Contracts.

/// AC-7: a contract's terms hold from its signing; when it ends, the tier's hold again, and what is owed stays owed.
#[test]
fn a_contract_is_signed_and_ends() {
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

// Policies that change.

/// (a) At the month's end: November's invoice takes what was owed; the balance is $0.00, and there is no access until
/// credits are bought; what is due is charged on the 3rd.
#[test]
fn from_a_credit_limit_to_prepaid_at_the_months_end() {
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

/// (b) Within a month: usage stops at once; what is owed stays owed and is billed when the month ends; buying a cent more
/// than is owed lifts it.
#[test]
fn from_a_credit_limit_to_prepaid_within_a_month() {
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

// Deployments.

/// Minutes cost when they are over: at midnight those of the day are charged, a month has its own, and the minute that a
/// stop breaks off costs nothing.
#[test]
fn a_deployment_costs_by_the_minute() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "100.00");
    life.tell("2025-12-30 23:30:30", &start("d", "0.10"));
    assert_eq!(life.tell("2025-12-30 23:30:30", &start("d", "0.10")), NOTHING);
    for (now, balance) in [
        ("2025-12-30 23:31:29.999999999", "100.00"),
        ("2025-12-30 23:31:30", "99.90"),
        ("2025-12-31 00:00:29", "97.10"),
        ("2025-12-31 00:00:30", "97.00"),
    ] {
        assert_eq!(life.balance(now), balance, "{now}");
    }
    assert_eq!(
        life.passes("2026-01-01"),
        [
            "2025-12-31T00:00:00Z deployment_charged",
            "2026-01-01T00:00:00Z deployment_charged",
            "2026-01-01T00:00:00Z invoice_drawn",
        ]
    );
    // 29 minutes and 1440; the minute across the end of the year belongs to January.
    assert_eq!(life.account.invoice("2025-12").unwrap().usage.total, money("146.90"));
    assert_eq!(life.tell("2026-01-01 00:02:29", &stop("d")), ["deployment_charged", "deployment_stopped"]);
    assert_eq!(life.tell("2026-01-01 00:02:29", &stop("d")), NOTHING);
    assert_eq!(life.account.usage().total, money("0.20"));
    assert_eq!(life.account.deployment("d").unwrap().charged_minutes, 1471);
    assert_eq!(life.refused("2026-01-02", &start("d", "0.10")), ["deployment.exists"]);
    assert_eq!(life.refused("2026-01-02", &stop("e")), ["deployment.unknown"]);
}

/// A deployment starts only where its first hour can be paid (CR-2), and then runs on when the balance is used up (UC-2).
#[test]
fn a_deployment_that_runs_is_owed() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "6.00");
    assert_eq!(life.refused("2025-12-01", &start("d", "0.11")), ["access.cost_not_covered"]);
    life.tell("2025-12-01", &start("d", "0.10"));
    assert_eq!(life.balance("2025-12-01 01:00"), "0.00");
    assert_eq!(life.refused("2025-12-01 01:00", &usage("0.01")), ["access.limit_reached"]);
    assert_eq!(life.balance("2025-12-01 02:00"), "-6.00");
    assert_eq!(life.tell("2025-12-01 02:00", &stop("d")), ["deployment_charged", "deployment_stopped"]);
    assert_eq!((life.owed(), life.account.totals().hosted), ("6.00".into(), money("12.00")));
}

/// The minute that takes the balance below the threshold triggers, exactly when it is over, whoever looks when.
#[test]
fn a_deployments_minute_triggers_auto_recharge() {
    for (policy, minute) in [(prepaid(), "10:21"), (at_or_below(), "10:20")] {
        let mut life = Life::funded(&policy, "2025-12-01", "20.00");
        life.tell("2025-12-01", &auto_recharge("25.00", "18.00"));
        life.tell("2025-12-01 10:00", &start("d", "0.10"));
        let began = ["auto_recharge_started", "purchase_started"].map(|kind| format!("2025-12-01T{minute}:00Z {kind}"));
        let mut often = life.clone();
        let told: Vec<String> = (0..3600)
            .step_by(7)
            .flat_map(|second| often.passes(&format!("2025-12-01 10:{:02}:{:02}", second / 60, second % 60)))
            .collect();
        assert_eq!(told, began);
        assert_eq!(life.passes("2025-12-01 18:00"), began);
        assert_eq!(often.account, life.account);
    }
}

// Cards.

/// PM-7: a card is replaced by another; the one before is forgotten.
#[test]
fn a_card_is_replaced() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    assert_eq!(life.tell("2025-12-01", &link(card("b"))), ["card_linked"]);
    assert_eq!(&*life.account.card().unwrap().token, "tok_b");
    let mut refused = card("c");
    refused.funding = billing::payment_method::card::Funding::Prepaid;
    refused.recurring = Some(false);
    assert_eq!(life.refused("2025-12-01", &link(refused)), ["card.prepaid", "card.not_recurring"]);
    let mut unknown = card("4242424242424242");
    unknown.address = None;
    assert_eq!(life.refused("2025-12-01", &link(unknown)), ["card.address_missing", "card.number_as_token"]);
    assert_eq!(&*life.account.card().unwrap().token, "tok_b");
}

/// PM-8: the same card keeps its address; another one may have another. A new tax id is no new address.
#[test]
fn the_address_of_a_card_stays() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    let mut moved = card("a");
    moved.token = "tok_a2".into();
    moved.address.as_mut().unwrap().line1 = "2 Oak Ave".into();
    assert_eq!(life.refused("2025-12-01", &link(moved.clone())), ["card.address_locked"]);
    assert_eq!(life.refused("2025-12-01", &link_with_hold(moved.clone())), ["card.address_locked"]);
    let mut taxed = card("a");
    taxed.tax_id = Some("12-3456789".into());
    assert_eq!(life.tell("2025-12-01", &link(taxed)), ["card_linked"]);
    moved.fingerprint = "fp_other".into();
    assert_eq!(life.tell("2025-12-01", &link(moved)), ["card_linked"]);
}

/// PM-10: until its hold is approved a card is not linked, and the one before is charged.
#[test]
fn a_hold_is_approved_or_declined() {
    let policy = prepaid();
    let mut life = Life::new(Policies::always(policy.clone()));
    let hold = Payment::Hold(None);
    let approve_hold = Command::BankApproves { payment: hold.clone() };
    let decline_hold = Command::BankDeclines { payment: hold.clone(), code: "generic_decline".into() };
    assert_eq!(life.refused("2025-12-01", &approve_hold), ["card.no_hold"]);
    assert_eq!(life.tell("2025-12-01", &link_with_hold(card("a"))), ["card_hold_placed"]);
    assert_eq!(life.refused("2025-12-01", &buy("k1", "5.00")), ["payment.hold_unapproved"]);
    assert_eq!(life.says("2025-12-01"), ["card.hold_waiting"]);
    let action = Command::BankRequiresAction { payment: hold };
    assert_eq!(life.tell("2025-12-01", &action), ["bank_action_required"]);
    assert_eq!(life.account.hold_action_required(), Some(at("2025-12-01")));
    assert_eq!(life.tell("2025-12-01 00:05", &approve_hold), ["card_linked"]);
    assert_eq!(life.tell("2025-12-01 00:05", &approve_hold), NOTHING);
    assert_eq!(life.account.held_card(), None);

    assert_eq!(life.tell("2025-12-02", &link_with_hold(card("b"))), ["card_hold_placed"]);
    assert_eq!(&*life.account.card().unwrap().token, "tok_a");
    assert_eq!(life.tell("2025-12-02", &buy("k1", "5.00")), ["purchase_started"]);
    assert_eq!(life.tell("2025-12-02 00:05", &decline_hold), ["card_hold_declined"]);
    assert_eq!((&*life.account.card().unwrap().token, life.account.held_card()), ("tok_a", None));
}

/// PM-10: what the bank says of one card's hold links and drops no other card.
#[test]
fn pm_10_a_hold_is_its_own_cards() {
    let policy = prepaid();
    let hold = |name: &str| Payment::Hold(Some(format!("tok_{name}").into()));
    let approve = |name| Command::BankApproves { payment: hold(name) };
    let decline = |name| Command::BankDeclines { payment: hold(name), code: "generic_decline".into() };
    let ask = |name| Command::BankRequiresAction { payment: hold(name) };
    let mut life = Life::new(Policies::always(policy.clone()));
    for none in [approve("a"), decline("a"), ask("a")] {
        assert_eq!(life.refused("2025-12-01", &none), ["card.no_hold"]);
    }
    life.tell("2025-12-01 09:00", &link_with_hold(card("a")));
    life.tell("2025-12-01 09:01", &link_with_hold(card("b")));
    for late in [approve("a"), decline("a"), ask("a")] {
        assert_eq!(life.tell("2025-12-01 09:02", &late), NOTHING, "{late:?}");
    }
    assert_eq!(life.tell("2025-12-01 09:03", &ask("b")), ["bank_action_required"]);
    assert_eq!(life.tell("2025-12-01 09:03", &ask("b")), NOTHING);
    let stranger = Event { at: at("2025-12-01 09:03"), kind: EventKind::BankActionRequired { payment: hold("a") } };
    assert_eq!(life.account.clone().apply(&stranger), Err(InvalidEvent::NoHold));
    assert_eq!(life.tell("2025-12-01 09:04", &approve("b")), ["card_linked"]);
    assert_eq!(&*life.account.card().unwrap().token, "tok_b");
    assert_eq!(life.tell("2025-12-01 09:05", &approve("a")), NOTHING);
    life.tell("2025-12-01 09:06", &link_with_hold(card("c")));
    assert_eq!(life.tell("2025-12-01 09:07", &decline("c")), ["card_hold_declined"]);
}

/// PM-11: where the bank authorises each payment, the customer is told ahead, and each waits for its own approval.
#[test]
fn a_bank_authorises_each_payment() {
    let policy = credit_limit();
    let mut each = card("a");
    each.authorises_each = true;
    let mut life = Life::new(Policies::always(policy.clone()));
    life.tell("2025-11-10", &link(each));
    assert_eq!(life.says("2025-11-10"), ["card.authorises_each"]);
    life.tell("2025-11-10 09:00", &buy("k1", "5.00"));
    assert_eq!(life.tell("2025-11-10 09:00:05", &ask_customer("k1")), ["bank_action_required"]);
    assert_eq!(life.tell("2025-11-10 09:00:06", &ask_customer("k1")), NOTHING);
    assert_eq!(life.says("2025-11-10 09:00:06"), ["purchase.bank_action", "card.authorises_each"]);
    let asked = usage("1.00");
    // It is not waited for: nothing happens until the customer approves.
    let refusals = life.refusals("2025-11-10 09:00:06", &asked);
    assert_eq!(refusals[0].remedies[..], [Remedy::Approve, Remedy::Purchase(charge("5.00"))]);
    assert!(!refusals[0].retryable);
    life.completes("2025-11-10 09:30", "k1");
    life.tell("2025-11-10 09:30", &Command::TierSettled);
    life.tell("2025-11-10 09:30", &usage("25.00"));
    life.passes("2025-12-03");
    life.tell("2025-12-03", &invoice_needs_customer("2025-11"));
    assert_eq!(life.says("2025-12-03 00:20"), ["invoice.bank_action", "card.authorises_each"]);
    life.tell("2025-12-04", &invoice_declined("2025-11"));
    assert_eq!(life.refused("2025-12-04", &asked), ["access.past_due"]);
}

// Values.

/// What no customer can mean is refused before it can do harm.
#[test]
fn amounts_below_zero_are_refused() {
    let policy = prepaid();
    let life = Life::funded(&policy, "2025-12-01", "5.00");
    for command in [limit("-1"), contract(Plan::Scale, "-1"), start("d", "-0.01"), usage("-1"), late_usage("-1")] {
        assert_eq!(life.refused("2025-12-01", &command), ["money.negative"], "{command:?}");
    }
    assert_eq!(life.refused("2025-12-01", &grant("g", "-1")), ["command.no_amount"]);
}

/// A history can hold every sum that it writes.
#[test]
fn sums_larger_than_any_amount_are_read_back() {
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
        let read = StoredEvent::read(&serde_json::from_str(&written).unwrap(), &place);
        assert_eq!(read, Ok(event.clone().into()));
    }
    assert_eq!(
        life.account.invoice("2025-12").unwrap().usage.total,
        money("1000000000000000").checked_add(money("999999999999999")).unwrap()
    );
}

/// PD-3: entering a card while a purchase is under way is remembered until none is.
#[test]
fn a_card_that_is_entered_meanwhile_is_remembered_until_the_purchase_has_ended() {
    let policy = prepaid();
    let mut life = Life::new(Policies::always(policy.clone()));
    life.tell("2025-12-01", &link(card("a")));
    assert!(!life.account.reentered());
    life.tell("2025-12-01", &buy("k1", "5.00"));
    assert!(!life.account.reentered());
    life.tell("2025-12-01", &link(card("b")));
    assert!(life.account.reentered());
    let (payment, code) = (Payment::Purchase("k1".into()), "generic_decline".into());
    life.tell("2025-12-01", &Command::BankDeclines { payment, code });
    assert!(!life.account.reentered());
}

/// TI-8: the time begins anew with every payment that earns a higher tier, and with no other.
#[test]
fn ti_8_a_higher_tier_has_its_own_time() {
    let policy = prepaid();
    let mut life = Life::funded(&policy, "2025-12-01", "49.00");
    let mut buys = |now: &str, key: &str, amount: &str| {
        life.tell(now, &buy(key, amount));
        life.completes(now, key);
        life.notices(now)
    };
    let settling = |entitled, seconds| [Notice::TierSettling { tier: Tier::Build1, entitled, seconds }];
    assert_eq!(buys("2025-12-01 10:00", "k1", "5.00"), settling(Tier::Build2, 900));
    assert_eq!(buys("2025-12-01 10:10", "k2", "45.99"), settling(Tier::Build2, 300));
    assert_eq!(buys("2025-12-01 10:14", "k3", "5.00"), settling(Tier::Build3, 900));
    assert_eq!(life.notices("2025-12-01 10:16"), settling(Tier::Build3, 780));
    assert_eq!(life.account.settling_since(), Some(at("2025-12-01 10:14")));
    // An invoice that is paid earns one too.
    let policy = credit_limit();
    let mut life = owing(&policy);
    life.tell("2025-12-01 09:00", &buy("k1", "40.00"));
    life.completes("2025-12-01 09:00", "k1");
    assert_eq!(life.account.settling_since(), None);
    life.tell("2025-12-01 10:00", &pay("2025-11"));
    life.tell("2025-12-01 10:01", &invoice_paid("2025-11"));
    assert_eq!(life.account.settling_since(), Some(at("2025-12-01 10:01")));
}

/// TI-8: while the tier is on its way the spend that has become one is known; then there is nothing to add.
#[test]
fn what_has_settled_is_said_until_all_has() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    life.tell("2025-12-01", &buy("k1", "60.00"));
    life.completes("2025-12-01", "k1");
    let settled = |life: &Life| life.account.snapshot(&policy, at("2025-12-01")).unwrap().tier_settled_spend;
    assert_eq!(settled(&life), Some(Money::ZERO));
    life.tell("2025-12-01", &Command::TierSettled);
    assert_eq!(settled(&life), None);
}

/// PP-3, TI-8: a refusal names what is left of the time, in whole minutes; where it takes longer than is normal, support.
#[test]
fn what_is_waited_for_has_its_time_and_then_support() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    life.tell("2025-12-01 09:00", &buy("k1", "60.00"));
    let asked = usage("1.00");
    let says = |life: &Life, now: &str, command: &Command| {
        let refusals = life.refusals(now, command);
        (refusals[0].remedies[0], refusals[0].retryable)
    };
    for (now, first) in [
        ("2025-12-01 09:00:00", (Remedy::Wait(900), true)),
        ("2025-12-01 09:00:01", (Remedy::Wait(900), true)),
        ("2025-12-01 09:01:00", (Remedy::Wait(840), true)),
        ("2025-12-01 09:14:59", (Remedy::Wait(60), true)),
        ("2025-12-01 09:15:00", (Remedy::Wait(60), true)),
        ("2025-12-01 09:15:01", (Remedy::ContactSupport, false)),
    ] {
        assert_eq!(says(&life, now, &asked), first, "{now}");
    }
    life.completes("2025-12-01 09:20", "k1");
    let gated = usage_by("flux.1-pro", "0.05");
    for (now, first) in [
        ("2025-12-01 09:20:00", (Remedy::Wait(900), true)),
        ("2025-12-01 09:34:59", (Remedy::Wait(60), true)),
        ("2025-12-01 09:35:00", (Remedy::ContactSupport, false)),
    ] {
        assert_eq!(says(&life, now, &gated), first, "{now}");
    }
}

/// The later of two purchases decides; one that the customer has to approve is not waited for.
#[test]
fn of_two_pending_purchases_the_later_one_is_waited_for() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    life.tell("2025-12-01 09:00", &buy("k1", "5.00"));
    life.tell("2025-12-01 09:10", &buy_another("k2", "5.00"));
    let first = |life: &Life, now: &str| life.refusals(now, &usage("1.00"))[0].remedies[0];
    assert_eq!(first(&life, "2025-12-01 09:12"), Remedy::Wait(780));
    life.tell("2025-12-01 09:12", &ask_customer("k1"));
    assert_eq!(first(&life, "2025-12-01 09:12"), Remedy::Approve);
    assert_eq!(first(&life, "2025-12-01 09:25:01"), Remedy::ContactSupport);
}

/// TI-8: a limit that comes with the first tier is waited for, not bought around.
#[test]
fn the_limit_of_the_tier_that_is_paid_for_is_waited_for() {
    let policy = credit_limit();
    let mut life = Life::with_card(&policy, "2025-11-10");
    let tuning = usage_of(Service::FineTuning, "50.00", false);
    let remedies = |life: &Life, now: &str| {
        let refusals = life.refusals(now, &tuning);
        refusals.iter().find(|it| matches!(it.reason, Reason::CostNotCovered { .. })).unwrap().remedies.to_vec()
    };
    assert_eq!(remedies(&life, "2025-11-10"), [Remedy::Purchase(charge("5.00"))]);
    life.tell("2025-11-10 09:00", &buy("k1", "5.00"));
    // The purchase is there first, then its tier.
    assert_eq!(remedies(&life, "2025-11-10 09:01")[0], Remedy::Wait(840 + 900));
    life.completes("2025-11-10 09:02", "k1");
    assert_eq!(remedies(&life, "2025-11-10 09:02"), [Remedy::Wait(900), Remedy::Purchase(charge("45.00"))]);
    life.tell("2025-11-10 09:03", &Command::TierSettled);
    assert_eq!(life.tell("2025-11-10 09:03", &tuning), ["usage_recorded"]);
}

/// IN-3, CR-9: what is being charged again is not to be paid again.
#[test]
fn an_invoice_that_is_charged_again_is_waited_for() {
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

/// TI-2: a tier that is reached is none that is still to be paid for.
#[test]
fn the_tiers_above_begin_with_the_next_one() {
    let policy = prepaid();
    let above = |spend: &str| {
        let above = billing::rules::tier::above(&policy, money(spend)).unwrap();
        above.iter().map(|next| (next.tier.id(), next.purchase.to_string())).collect::<Vec<_>>()
    };
    let whole =
        [("build_3", "50.01"), ("build_4", "200.01"), ("build_5", "950.01")].map(|(id, at)| (id, at.to_owned()));
    assert_eq!(above("49.99")[1..], whole);
    assert_eq!(above("50.00")[0], ("build_3", "50.00".to_owned()));
    assert_eq!(above("1000.00"), []);
}

/// PD-3, PM-10: a card is entered when its hold begins; the bank's approval of the hold enters none.
#[test]
fn the_approval_of_a_hold_is_no_card_entered() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    life.tell("2025-12-01", &link_with_hold(card("b")));
    life.tell("2025-12-01", &buy("k1", "5.00"));
    assert_eq!(life.tell("2025-12-01", &Command::BankApproves { payment: Payment::Hold(None) }), ["card_linked"]);
    assert!(!life.account.reentered());
    life.tell("2025-12-01", &link(card("c")));
    assert!(life.account.reentered());
}

/// PM-4, AR-6: a history may hold a card from a time when such cards were linked.
#[test]
fn auto_recharge_is_not_set_on_a_card_without_recurring_payments() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    let set = auto_recharge("25.00", "10.00");
    assert!(life.clone().tell("2025-12-02", &set).contains(&"auto_recharge_set"));
    let linked = EventKind::CardLinked { card: Card { recurring: Some(false), ..card("b") }, by: Actor::Customer };
    life.account.apply(&Event { at: at("2025-12-02"), kind: linked }).unwrap();
    assert_eq!(life.refused("2025-12-02", &set), ["recharge.card_not_recurring"]);
}

/// IN-5, PM-9: what only support can enter is asked for by a message with a place for each.
#[test]
fn a_message_about_details_has_places_to_fill_in() {
    let places = |message: &str| message.matches("(please fill in)").count();
    let (known, unknown) = (details_message(Some("ada@example.org")), details_message(None));
    assert!(known.ends_with("E-mail of the account: ada@example.org\n"), "{known}");
    assert_eq!((places(&known), places(&unknown)), (3, 4));
}

/// What a history may not hold, for it cannot have happened.
mod impossible {
    use super::*;

    fn why(life: &Life, now: &str, kind: EventKind) -> Result<(), InvalidEvent> {
        life.account.clone().apply(&Event { at: at(now), kind })
    }

    /// UC-1: where two deployments run over midnight, both are charged for the day before anything else happens.
    #[test]
    fn nothing_new_happens_on_a_day_while_minutes_of_the_day_before_are_open() {
        let policy = prepaid();
        let mut life = Life::funded(&policy, "2025-12-01", "60.00");
        life.tell("2025-12-01 23:00", &start("a", "0.01"));
        life.tell("2025-12-01 23:00", &start("b", "0.01"));
        let charged = |deployment: &str| EventKind::DeploymentCharged {
            deployment: deployment.into(),
            minutes: 60,
            cost: money("0.60"),
            free: Money::ZERO,
            purchased: money("0.60"),
        };
        let granted =
            || EventKind::FreeCreditsGranted { grant: "welcome".into(), amount: money("1.00"), expires: None };
        life.account.apply(&Event { at: at("2025-12-02"), kind: charged("a") }).unwrap();
        for now in ["2025-12-02", "2025-12-02 00:01"] {
            assert_eq!(why(&life, now, granted()), Err(InvalidEvent::MinutesUncharged { minutes: 60 }), "{now}");
        }
        life.account.apply(&Event { at: at("2025-12-02"), kind: charged("b") }).unwrap();
        assert_eq!(why(&life, "2025-12-02 00:01", granted()), Ok(()));
    }

    /// AR-3: a run buys its own amount, as often as it was begun for.
    #[test]
    fn a_purchase_of_auto_recharge_belongs_to_the_run_that_is_under_way() {
        let policy = prepaid();
        let mut life = Life::funded(&policy, "2025-12-01", "10.00");
        let started = |purchase: &str, amount: &str, run| EventKind::PurchaseStarted {
            purchase: purchase.into(),
            amount: charge(amount),
            run: Some(run),
        };
        let decided =
            decide(&life.policies, &life.account, at("2025-12-01"), &auto_recharge("25.00", "20.00")).unwrap();
        let [set, begun, first] = &decided.events[..] else { panic!("{:?}", decided.events) };
        assert_eq!(first.kind, started("auto-recharge-1", "25.00", 1));
        for event in [set, begun] {
            life.account.apply(event).unwrap();
        }
        for (purchase, amount, run) in [("auto-recharge-1", "25.00", 2), ("auto-recharge-1", "30.00", 1)] {
            let other = why(&life, "2025-12-01", started(purchase, amount, run));
            assert_eq!(other, Err(InvalidEvent::RunUnknown), "{amount} of {run}");
        }
        life.account.apply(first).unwrap();
        let second = why(&life, "2025-12-01", started("auto-recharge-2", "25.00", 1));
        assert_eq!(second, Err(InvalidEvent::RunUnknown), "a run of one purchase");
    }
}
