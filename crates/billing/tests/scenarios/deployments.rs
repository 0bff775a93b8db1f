//! UC · Deployments.

use crate::life::{Life, auto_recharge, money, start, stop, usage};
use crate::{NOTHING, at_or_below, prepaid};

/// A minute is charged once it is over: at midnight those of the day, at a month's end those of the month, at a stop the
/// full ones.
#[test]
fn a_deployment_is_charged_by_the_full_minute() {
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

/// A deployment starts only where the balance covers its first hour (CR-2), and then runs on at a limit (UC-2).
#[test]
fn uc_2_a_running_deployment_goes_on_when_the_balance_is_used_up() {
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

/// The minute that takes the balance below the threshold starts auto-recharge at its end, whenever somebody looks.
#[test]
fn a_deployments_minute_triggers_auto_recharge_when_it_is_over() {
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
