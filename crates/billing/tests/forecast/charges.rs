//! UC · What was charged, what runs, and when the balance runs out.

use crate::with_terms;
use crate::{Life, at, card, money};
use billing::ledger::{Command, Event, EventKind, Hosting};
use billing::money::Money;
use billing::payment_method::card::Expiry;
use billing::policy::{Policies, Policy};
use billing::projection::charges::{ChargeNotice, MOST_DAYS, by_day, charges, current_notices};
use billing::time::Timestamp;

fn runs_out(life: &Life, now: &str) -> Option<Timestamp> {
    charges(&life.policies, &life.account, &life.events, at(now), at(now)).unwrap().runs_out
}

#[test]
fn uc_4_the_balance_lasts_over_a_month_end_as_forecast() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let now = "2025-12-30T22:00:00Z";
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "5.00");
    assert_eq!(runs_out(&life, now), None);
    life.deploy(now, "0.05");
    // The debt of December leaves the balance with its invoice.
    let until = Some(at("2026-01-02T09:20:00Z"));
    assert_eq!((runs_out(&life, now), life.forecast(now, "0", 30).access_stops), (until, until));
    // Without a purchase: what auto-recharge would buy is not counted.
    life.recharge(now, "25.00", "4.00");
    assert_eq!((runs_out(&life, now), life.forecast(now, "0", 30).access_stops), (until, None));
    // At the limit and beyond it, it is now.
    for (now, left) in [("2025-12-31T08:59:59.999999999Z", 1), ("2025-12-31T09:00:00Z", 0), ("2025-12-31T12:00:00Z", 0)]
    {
        let mut life = Life::with_card(Policies::always(policy.clone()), "2025-12-29T22:00:00Z", "5.00");
        life.deploy("2025-12-29T22:00:00Z", "0.05");
        let out = Timestamp::from_unix_nanoseconds(at(now).unix_nanoseconds() + left).unwrap();
        assert_eq!(runs_out(&life, now), Some(out));
    }
}

/// A history may end before now: what has fallen due meanwhile is counted, for a year.
#[test]
fn uc_4_charges_due_since_the_last_event_are_counted() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let mut life = Life::with_card(Policies::always(policy.clone()), "2025-12-29T22:00:00Z", "5.00");
    life.deploy("2025-12-29T22:00:00Z", "0.01");
    let (now, until) = ("2026-01-01T12:00:00Z", Some(at("2026-01-07T22:40:00Z")));
    assert_eq!(runs_out(&life, now), until);
    life.tell(at(now), &Command::Advance);
    assert_eq!(runs_out(&life, now), until);
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::with_card(Policies::always(policy.clone()), "2027-02-01T09:30:00Z", "5.00");
    life.deploy("2027-02-01T09:30:00Z", "0.000007");
    let until = at("2027-02-01T09:30:00Z").plus_seconds(714_286 * 60);
    for (now, until) in [("2028-02-02T09:30:00Z", until), ("2028-02-02T09:30:00.000000001Z", None)] {
        assert_eq!(runs_out(&life, now), until);
    }
}

#[test]
fn uc_4_expiring_credits_and_a_coming_policy_bring_the_end_nearer() {
    let policy = with_terms(&Policy::shipped("prepaid").unwrap(), |terms| {
        terms.expires_after_months = Some(1);
    });
    let mut life = Life::with_card(Policies::always(policy.clone()), "2027-01-10T00:00:00Z", "60.00");
    life.deploy("2027-01-10T00:00:00Z", "0.001");
    assert_eq!(runs_out(&life, "2027-01-10T00:00:00Z"), Some(at("2027-02-10T00:00:00Z")));
    let policies = [Policy::shipped("credit-limit").unwrap(), Policy::shipped("prepaid").unwrap()];
    let mut life = Life::with_card(Policies::dated(policies.iter().cloned()), "2025-11-26T00:00:00Z", "20.00");
    life.deploy("2025-11-26T00:00:00Z", "0.005");
    assert_eq!(runs_out(&life, "2025-11-26T00:00:00Z"), Some(at("2025-12-01T00:00:00Z")));
}

/// AC-8: an invoice that is past due stops access and leaves the balance as it is.
#[test]
fn uc_4_an_invoice_past_due_does_not_empty_the_balance() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let now = "2027-01-20T00:00:00Z";
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "5.00");
    life.tell(at(now), &card(Expiry { year: 2027, month: 1 }));
    life.deploy(now, "0.005");
    assert_eq!(life.forecast(now, "0", 30).access_stops, Some(at("2027-02-03T00:00:00Z")));
    assert_eq!(runs_out(&life, now), Some(at("2027-02-14T21:20:00Z")));
}

#[test]
fn uc_4_the_end_is_looked_for_a_year_ahead_with_any_sum() {
    let policy = Policy::shipped("prepaid").unwrap();
    let now = "2027-02-01T09:30:00Z";
    for (bought, until) in [("65.88", Some(at("2028-02-02T09:30:00Z"))), ("65.89", None)] {
        let mut life = Life::with_card(Policies::always(policy.clone()), now, bought);
        life.deploy(now, "0.000125");
        assert_eq!(runs_out(&life, now), until);
    }
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "60.00");
    let kind = EventKind::DeploymentStarted {
        deployment: "d".into(),
        hosting: Hosting::DedicatedEndpoint,
        model: None,
        hardware: None,
        per_minute: money("1000000000000000"),
    };
    life.account.apply(&Event { at: at(now), kind }).unwrap();
    assert_eq!(runs_out(&life, now), Some(at("2027-02-01T09:31:00Z")));
}

#[test]
fn uc_4_a_stopped_deployment_is_reported() {
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::with_card(Policies::always(policy.clone()), "2027-02-01T00:00:00Z", "60.00");
    life.deploy("2027-02-01T00:00:00Z", "0.01");
    life.use_some(at("2027-02-01T06:00:00Z"), money("1.00"));
    life.tell(at("2027-02-01T12:00:00Z"), &Command::StopDeployment { deployment: "d".into() });
    let told = |since| {
        let now = at("2027-02-01T13:00:00Z");
        charges(&life.policies, &life.account, &life.events, at(since), now).unwrap().notices
    };
    let nothing_runs =
        |usage, deployments| [ChargeNotice::NothingRuns { usage: money(usage), deployments: money(deployments) }];
    assert_eq!(told("2027-02-01T00:00:00Z"), nothing_runs("1.00", "7.20"));
    assert_eq!(told("2027-02-01T12:00:00Z"), nothing_runs("0.00", "0.00"));
}

/// What the month has cost by day is what its invoice would say: usage, and minutes of deployments.
#[test]
fn uc_5_the_days_of_a_month_add_up_to_it() {
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::with_card(Policies::always(policy.clone()), "2027-01-30T10:00:00Z", "500.00");
    life.deploy("2027-01-30T10:00:30Z", "0.01");
    life.use_some(at("2027-01-31T23:59:59Z"), money("7.00"));
    life.use_some(at("2027-02-02T00:00:00Z"), money("3.10"));
    life.use_some(at("2027-02-02T23:00:00Z"), money("0.000001"));
    life.tell(at("2027-02-03T09:00:00Z"), &Command::StopDeployment { deployment: "d".into() });
    let now = at("2027-02-04T12:00:00Z");
    life.tell(now, &Command::Advance);
    let first = now.date().with_day(1).unwrap();
    let days = by_day(&life.account, &life.events, first, now).unwrap();
    let written = |read: fn(&billing::projection::charges::DaySpend) -> Money| {
        days.iter().map(|spend| read(spend).to_string()).collect::<Vec<String>>()
    };
    assert_eq!(written(|spend| spend.usage), ["0.00", "3.100001", "0.00", "0.00"]);
    // The minute that a midnight breaks is over on the day after it.
    assert_eq!(written(|spend| spend.deployments), ["14.40", "14.40", "5.40", "0.00"]);
    let sum = days.iter().try_fold(Money::ZERO, |sum, spend| sum.checked_add(spend.total()?)).unwrap();
    assert_eq!(sum, life.account.usage_at(&policy, now).unwrap().total);
    let ever = at("1970-01-01T00:00:00Z").date();
    assert_eq!(by_day(&life.account, &life.events, ever, now).unwrap().len(), MOST_DAYS);
}

#[test]
fn uc_4_what_runs_is_judged_by_the_last_day_and_that_nothing_runs_by_the_month() {
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::with_card(Policies::always(policy), "2027-01-20T10:00:00Z", "500.00");
    life.deploy("2027-01-20T10:00:00Z", "0.01");
    let found = |life: &Life, now| current_notices(&life.policies, &life.account, &life.events, at(now)).unwrap();
    let is_idle = |life: &Life, now| {
        found(life, now).iter().any(|notice| matches!(notice, ChargeNotice::Idle { running: 1, .. }))
    };
    let request = Command::RecordRequest { deployment: "d".into() };
    life.tell(at("2027-01-31T20:00:00Z"), &request);
    assert!(!is_idle(&life, "2027-01-31T23:00:00Z"));
    assert!(is_idle(&life, "2027-02-01T06:00:00Z"), "the month before is not looked at");
    life.tell(at("2027-02-05T12:00:00Z"), &request);
    assert!(!is_idle(&life, "2027-02-06T12:00:00Z") && is_idle(&life, "2027-02-06T12:00:01Z"));
    let now = "2027-02-06T13:00:00Z";
    life.use_some(at("2027-02-06T12:30:00Z"), money("3.00"));
    life.tell(at("2027-02-06T12:40:00Z"), &Command::StopDeployment { deployment: "d".into() });
    let minutes = 5 * 1440 + 12 * 60 + 40;
    let deployments = money("0.01").times(minutes).unwrap();
    assert_eq!(found(&life, now), [ChargeNotice::NothingRuns { usage: money("3.00"), deployments }]);
}
