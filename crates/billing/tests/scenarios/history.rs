//! Events that cannot have happened, and are refused.

use crate::life::{Life, at, auto_recharge, charge, money, start};
use crate::prepaid;
use billing::ledger::{Event, EventKind, InvalidEvent, decide};

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
        free: money("0"),
        purchased: money("0.60"),
    };
    let granted = || EventKind::FreeCreditsGranted { grant: "welcome".into(), amount: money("1.00"), expires: None };
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
    let decided = decide(&life.policies, &life.account, at("2025-12-01"), &auto_recharge("25.00", "20.00")).unwrap();
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
