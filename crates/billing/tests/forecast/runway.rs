//! CR-7 · The present rate, and how long the balance lasts at it.

use crate::{Life, at, charge, money};
use billing::ledger::{Command, decide};
use billing::money::Money;
use billing::policy::{Policies, Policy};
use billing::projection::forecast::{Rate, present_rate, runway};

#[test]
fn cr_7_the_present_rate_is_that_of_thirty_days_or_of_the_accounts_life() {
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::with_card(Policies::always(policy.clone()), "2027-02-01T00:00:00Z", "500.00");
    let rate = |life: &Life, now| present_rate(&life.account, &life.events, at(now)).unwrap();
    assert_eq!(rate(&life, "2027-02-03T00:00:00Z"), None);
    life.use_some(at("2027-02-01T06:00:00Z"), money("90.00"));
    for (now, usage_per_day, days) in [
        // A first hour is no habit.
        ("2027-02-01T06:00:00Z", "90.00", 1),
        ("2027-02-03T12:00:00Z", "36.00", 3),
        ("2027-03-03T00:00:00Z", "3.00", 30),
    ] {
        assert_eq!(rate(&life, now), Some(Rate { usage_per_day: money(usage_per_day), days }), "{now}");
    }
    // After thirty days it counts no more; what runs is used.
    assert_eq!(rate(&life, "2027-03-03T06:00:00Z"), None);
    life.deploy("2027-03-03T06:00:00Z", "0.01");
    assert_eq!(rate(&life, "2027-03-03T06:00:00Z"), Some(Rate { usage_per_day: Money::ZERO, days: 30 }));
}

#[test]
fn ac_1_the_runway_ends_when_access_stops_and_auto_recharge_lengthens_it() {
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::with_card(Policies::always(policy.clone()), "2027-02-01T00:00:00Z", "100.00");
    let now = "2027-02-05T00:00:00Z";
    let seen = |life: &Life| runway(&life.policies, &life.account, &life.events, at(now)).unwrap();
    assert_eq!(seen(&life), None);
    life.use_some(at("2027-02-03T00:00:00Z"), money("40.00"));
    let ends = seen(&life).unwrap();
    assert_eq!((ends.stops, ends.recharges), (Some(at("2027-02-11T00:00:00Z")), None));
    life.recharge(now, "25.00", "20.00");
    let goes_on = seen(&life).unwrap();
    assert_eq!(goes_on.stops, None);
    // At $10.00 a day the $60.00 fall below $20.00 just after four days.
    assert_eq!(goes_on.recharges.map(|at| at.date().to_string()).as_deref(), Some("2027-02-09"));
    life.use_some(at(now), money("200.00"));
    assert!(seen(&life).is_none_or(|runway| runway.stops.is_none()));
}

#[test]
fn ac_1_without_access_there_is_no_runway_though_a_pending_purchase_will_open_it() {
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::with_card(Policies::always(policy), "2027-02-01T00:00:00Z", "100.00");
    life.use_some(at("2027-02-03T00:00:00Z"), money("100.00"));
    let now = at("2027-02-03T00:00:00Z");
    let buy = Command::BuyCredits { key: "second".into(), amount: charge("25.00"), another: None };
    life.account = decide(&life.policies, &life.account, now, &buy).unwrap().account;
    assert_eq!(runway(&life.policies, &life.account, &life.events, now), Ok(None));
}
