//! What a forecast foresees: recharges, month ends, charges, expiry.

use crate::with_terms;
use crate::{Life, at, card, charge, kinds, money};
use billing::ledger::{Account, Command, Payment, Service, decide};
use billing::money::Money;
use billing::payment_method::card::Expiry;
use billing::policy::{Policies, Policy};
use billing::projection::forecast::{ForecastEvent, ForecastFinding, ForecastQuestion, Scenario, forecast, look_ahead};
use billing::rules::recharge::Setting;

#[test]
fn ac_1_access_stops_to_the_second_and_comes_back_with_the_month() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let life = Life::with_card(Policies::always(policy.clone()), "2027-02-01T00:00:00Z", "40.00");
    let seen = life.forecast("2027-02-01T00:00:00Z", "10.00", 32);
    assert_eq!(seen.access_stops, Some(at("2027-02-15T00:00:00Z")));
    assert_eq!(kinds(&seen), ["suspended", "month_end", "recovered", "charge"]);
    assert_eq!(seen.totals.usage, money("180.00"));
    assert_eq!(seen.months.len(), 2);
}

#[test]
fn ti_8_a_pending_purchase_completes_and_brings_its_tier() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let now = "2027-02-01T00:00:00Z";
    let mut life = Life { policies: Policies::always(policy.clone()), account: Account::NEW, events: Vec::new() };
    life.tell(at(now), &card(Expiry { year: 2040, month: 12 }));
    let buy = Command::BuyCredits { key: "first".into(), amount: charge("40.00"), another: None };
    life.account = decide(&life.policies, &life.account, at(now), &buy).unwrap_or_else(|_| panic!("refused")).account;
    // $40.00 of credits and, with Build Tier 1, $100.00 below zero.
    assert_eq!(life.forecast(now, "10.00", 20).access_stops, Some(at("2027-02-15T00:00:00Z")));
}

#[test]
fn ar_6_without_a_card_that_can_be_charged_nothing_is_bought() {
    let policy = Policy::shipped("prepaid").unwrap();
    let now = "2027-02-01T00:00:00Z";
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "60.00");
    life.recharge(now, "25.00", "20.00");
    life.tell(at(now), &card(Expiry { year: 2027, month: 2 }));
    let seen = life.forecast(now, "10.00", 40);
    // Ten purchases before the card expires on 1 March at noon, none after.
    assert_eq!(seen.totals.purchases, 10);
    assert_eq!(seen.access_stops, Some(at("2027-03-04T00:00:00Z")));
}

#[test]
fn in_3_an_invoice_is_past_due_on_the_3rd_where_the_card_has_expired() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let now = "2027-02-01T00:00:00Z";
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "40.00");
    life.tell(at(now), &card(Expiry { year: 2027, month: 2 }));
    let seen = life.forecast(now, "2.00", 35);
    assert_eq!(kinds(&seen), ["month_end", "past_due", "suspended"]);
    assert_eq!(seen.entries[1].at, at("2027-03-03T00:00:00Z"));
    assert_eq!((seen.entries[1].balance, seen.totals.charged), (money("-4.00"), Money::ZERO));
}

/// AC-1: with a limit of nothing and a threshold of nothing, access stops before there is anything to buy for.
#[test]
fn ar_2_nothing_is_bought_where_access_stops_before_the_threshold() {
    let policy = Policy::shipped("prepaid").unwrap();
    let now = "2027-02-01T12:00:00Z";
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "60.00");
    life.recharge(now, "25.00", "0.00");
    let seen = life.forecast(now, "8640.00", 20);
    assert_eq!((kinds(&seen), seen.totals.purchases), (vec!["suspended"], 0));
    assert_eq!(seen.access_stops, Some(at("2027-02-01T12:10:00Z")));
}

/// The threshold is crossed in the second in which the month ends: what was used before it is in the month's invoice.
#[test]
fn ar_2_a_month_is_closed_before_what_is_bought_at_its_end() {
    let policy = Policy::shipped("prepaid").unwrap();
    let now = "2027-01-31T23:59:50Z";
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "20.00");
    life.recharge(now, "25.00", "10.50");
    let seen = life.forecast(now, "86400.00", 1);
    assert_eq!(kinds(&seen)[..2], ["month_end", "recharge"]);
    assert!(seen.entries[..2].iter().all(|entry| entry.at == at("2027-02-01T00:00:00Z")));
    assert!(matches!(seen.entries[0].what, ForecastEvent::MonthEnd { total, .. } if total == money("10.00")));
}

#[test]
fn in_2_a_month_without_usage_has_no_end() {
    let policy = Policy::shipped("prepaid").unwrap();
    let now = "2027-02-10T00:00:00Z";
    let life = Life::with_card(Policies::always(policy.clone()), now, "60.00");
    assert_eq!(kinds(&life.forecast(now, "0", 90)), Vec::<&str>::new());
}

#[test]
fn ar_5_a_setting_that_stays_as_it_is_does_not_end_a_pause() {
    let policy = Policy::shipped("prepaid").unwrap();
    let now = "2027-02-01T00:00:00Z";
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "60.00");
    life.recharge(now, "25.00", "20.00");
    let usage = |cost| Command::RecordUsage {
        service: Service::Serverless,
        model: None,
        tokens: None,
        cost: money(cost),
        under_way: None,
    };
    let decided = decide(&life.policies, &life.account, at(now), &usage("50.00")).unwrap_or_else(|_| panic!("refused"));
    life.account = decided.account;
    let Some(purchase) = life.account.pending_purchases().next().map(|it| it.key.clone()) else {
        panic!("no purchase")
    };
    life.tell(at(now), &Command::BankDeclines { payment: Payment::Purchase(purchase), code: "card_declined".into() });
    assert!(life.account.recharge().paused_by.is_some());
    let question = ForecastQuestion { usage_per_day: money("1.00"), days: 5, running: true };
    let purchases = |threshold: &str| {
        let setting = Some(Setting { amount: charge("25.00"), threshold: charge(threshold) });
        let supposed = Scenario { bought: None, setting };
        look_ahead(&life.policies, &life.account, at(now), &question, Some(&supposed)).unwrap().totals.purchases
    };
    assert_eq!((purchases("20.00"), purchases("20.01")), (0, 1));
}

#[test]
fn uc_4_deployments_can_be_left_running_or_stopped() {
    let policy = Policy::shipped("prepaid").unwrap();
    let now = "2027-02-01T00:00:00Z";
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "60.00");
    life.deploy(now, "0.01");
    assert_eq!(life.forecast(now, "0", 10).access_stops, Some(at("2027-02-05T04:00:00Z")));
    let stopped = ForecastQuestion { usage_per_day: Money::ZERO, days: 10, running: false };
    let seen = forecast(&life.policies, &life.account, at(now), &stopped).unwrap();
    assert_eq!((seen.access_stops, seen.totals.deployments), (None, Money::ZERO));
}

#[test]
fn uc_4_minutes_before_the_forecast_are_not_counted_in_it() {
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::with_card(Policies::always(policy.clone()), "2027-02-01T09:00:00Z", "60.00");
    life.deploy("2027-02-01T10:00:00Z", "0.01");
    let seen = life.forecast("2027-02-01T22:00:00Z", "0", 1);
    assert_eq!((seen.balances[0].1, seen.totals.deployments), (money("52.80"), money("14.40")));
    assert!(seen.outlook.contains(&ForecastFinding::Deployments { deployments: money("14.40") }));
    let stopped = ForecastQuestion { usage_per_day: Money::ZERO, days: 1, running: false };
    let seen = forecast(&life.policies, &life.account, at("2027-02-01T22:00:00Z"), &stopped).unwrap();
    assert_eq!((seen.totals.deployments, seen.months.len(), seen.outlook.len()), (Money::ZERO, 0, 1));
}

#[test]
fn in_1_minutes_that_end_with_a_month_are_summed_in_it() {
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::with_card(Policies::always(policy.clone()), "2025-12-30T00:00:00Z", "60.00");
    life.deploy("2025-12-30T00:00:00Z", "0.01");
    let seen = life.forecast("2025-12-30T00:00:00Z", "0", 3);
    let months = seen.months.iter().map(|(month, sums)| (month.to_string(), sums.deployments.to_string()));
    let months = months.collect::<Vec<(String, String)>>();
    assert_eq!(months, [("2025-12-01".into(), "28.80".into()), ("2026-01-01".into(), "14.40".into())]);
    assert!(matches!(seen.entries[0].what, ForecastEvent::MonthEnd { total, .. } if total == money("28.80")));
}

#[test]
fn cr_6_a_change_of_policy_is_foreseen() {
    let policies = [Policy::shipped("credit-limit").unwrap(), Policy::shipped("prepaid").unwrap()];
    let now = "2025-11-21T00:00:00Z";
    let life = Life::with_card(Policies::dated(policies.iter().cloned()), now, "60.00");
    let seen = life.forecast(now, "10.00", 14);
    // The month ends at -$40.00, which the invoice takes; under prepaid $0.00 is not enough.
    assert_eq!(kinds(&seen), ["month_end", "suspended", "charge"]);
    assert_eq!(seen.access_stops, Some(at("2025-12-01T00:00:00Z")));
}

#[test]
fn cr_6_auto_recharge_replaces_credits_that_expire() {
    let policy = with_terms(&Policy::shipped("prepaid").unwrap(), |terms| {
        terms.expires_after_months = Some(1);
    });
    let mut life = Life::with_card(Policies::always(policy.clone()), "2027-01-10T00:00:00Z", "60.00");
    life.recharge("2027-01-10T00:00:00Z", "25.00", "20.00");
    let seen = life.forecast("2027-02-01T00:00:00Z", "0", 20);
    assert_eq!(kinds(&seen), ["expiry", "recharge"]);
    assert_eq!((seen.entries[1].at, seen.entries[1].balance), (seen.entries[0].at, money("25.00")));
    assert_eq!(seen.access_stops, None);
}

#[test]
fn ar_9_a_million_purchases_a_day_are_one_entry() {
    let policy = Policy::shipped("prepaid").unwrap();
    let now = "2027-02-01T00:00:00Z";
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "100.00");
    life.recharge(now, "5.00", "50.00");
    let seen = life.forecast(now, "1000000000000.00", 366);
    assert!(seen.entries.len() < 400, "{}", seen.entries.len());
    assert_eq!(seen.totals.purchases, 73_199_999_999_990);
}

#[test]
fn ar_4_a_scenario_is_forecast_as_if_it_were_done() {
    let policy = Policy::shipped("prepaid").unwrap();
    let now = "2027-02-01T00:00:00Z";
    let before = Life::with_card(Policies::always(policy.clone()), now, "60.00");
    let mut done = Life::with_card(Policies::always(policy.clone()), now, "60.00");
    done.tell(at(now), &Command::BuyCredits { key: "second".into(), amount: charge("40.00"), another: None });
    done.recharge(now, "25.00", "20.00");
    let question = ForecastQuestion { usage_per_day: money("10.00"), days: 30, running: true };
    let setting = Some(Setting { amount: charge("25.00"), threshold: charge("20.00") });
    let supposed = Scenario { bought: Some(charge("40.00")), setting };
    let seen = |life: &Life, supposed: Option<&Scenario>| {
        look_ahead(&life.policies, &life.account, at(now), &question, supposed).unwrap()
    };
    assert_eq!(seen(&before, Some(&supposed)), seen(&done, None));
    // AR-1: off again, the balance of $100.00 lasts ten days.
    let off = seen(&done, Some(&Scenario { bought: None, setting: None }));
    assert_eq!((off.access_stops, off.totals.purchases), (Some(at("2027-02-11T00:00:00Z")), 0));
    // As it is set, nothing changes.
    assert_eq!(seen(&done, Some(&Scenario { bought: None, setting })), seen(&done, None));
}
