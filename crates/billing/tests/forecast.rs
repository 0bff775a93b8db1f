//! What a forecast sees is what then happens.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

mod terms;

use billing::id::LastFour;
use billing::ledger::Hosting;
use billing::ledger::Service;
use billing::ledger::{Account, Command, Event, EventKind, Payment, decide};
use billing::money::{Charge, Money, MoneyError};
use billing::payment_method::Card;
use billing::payment_method::address::PostalAddress;
use billing::payment_method::card::{Expiry, Funding, Network};
use billing::policy::Policies;
use billing::policy::Policy;
use billing::projection::charges::{ChargeNotice, MOST_DAYS, by_day, charges};
use billing::projection::forecast::{
    Forecast, ForecastError, ForecastEvent, ForecastFinding, ForecastQuestion, Rate, Scenario, forecast, look_ahead,
    present_rate, runway,
};
use billing::rules::access::Remedy;
use billing::rules::recharge::Setting;
use billing::time::Timestamp;
use proptest::prelude::*;
use terms::with_terms;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

fn charge(text: &str) -> Charge {
    Charge::parse(text).unwrap()
}

fn card(expiry: Expiry) -> Command {
    let card = Card {
        token: "tok_visa".into(),
        fingerprint: "fp_visa".into(),
        network: Network::Visa,
        last4: LastFour(*b"4242"),
        expiry,
        funding: Funding::Credit,
        recurring: Some(true),
        address: Some(PostalAddress {
            line1: "1 Main Street".into(),
            line2: String::new(),
            city: "Springfield".into(),
            region: "IL".into(),
            postal_code: "62701".into(),
            country: "US".into(),
        }),
        address_match: Some(true),
        security_code_match: Some(true),
        authorises_each: false,
        tax_id: None,
    };
    Command::LinkCard { card, hold: None }
}

/// A life in which the bank approves at once.
struct Life {
    policies: Policies,
    account: Account,
    events: Vec<Event>,
}

impl Life {
    fn with_card(policies: Policies, now: &str, bought: &str) -> Life {
        let mut life = Life { policies, account: Account::NEW, events: Vec::new() };
        life.tell(at(now), &card(Expiry { year: 2040, month: 12 }));
        life.tell(at(now), &Command::BuyCredits { key: "first".into(), amount: charge(bought), another: None });
        life
    }

    fn tell(&mut self, now: Timestamp, command: &Command) {
        let decided =
            decide(&self.policies, &self.account, now, command).unwrap_or_else(|refused| panic!("{refused:?}"));
        self.account = decided.account;
        self.events.extend(decided.events.iter().cloned());
        for event in decided.events {
            match event.kind {
                EventKind::PurchaseStarted { purchase, .. } => {
                    self.tell(now, &Command::BankApproves { payment: Payment::Purchase(purchase.clone()) });
                    self.tell(now, &Command::InvoiceGenerated { purchase: purchase.clone() });
                    self.tell(now, &Command::BalanceUpdated { purchase });
                    self.tell(now, &Command::TierSettled);
                }
                EventKind::InvoiceChargeStarted { invoice, .. } => {
                    self.tell(now, &Command::BankApproves { payment: Payment::Invoice(invoice) });
                    self.tell(now, &Command::TierSettled);
                }
                _ => {}
            }
        }
    }

    fn recharge(&mut self, now: &str, amount: &str, threshold: &str) {
        let (amount, threshold) = (Some(charge(amount)), charge(threshold));
        self.tell(at(now), &Command::SetAutoRecharge { amount, threshold, purchases: None });
    }

    fn deploy(&mut self, now: &str, per_minute: &str) {
        self.tell(
            at(now),
            &Command::StartDeployment {
                deployment: "d".into(),
                hosting: Hosting::DedicatedEndpoint,
                model: None,
                hardware: None,
                per_minute: money(per_minute),
            },
        );
    }

    fn forecast(&self, now: &str, usage_per_day: &str, days: u64) -> Forecast {
        let question = ForecastQuestion { usage_per_day: money(usage_per_day), days, running: true };
        forecast(&self.policies, &self.account, at(now), &question).unwrap()
    }

    fn use_some(&mut self, now: Timestamp, cost: Money) {
        let service = Service::Serverless;
        self.tell(now, &Command::RecordUsage { service, model: None, tokens: None, cost, under_way: None });
    }

    fn recharged(&self) -> u64 {
        let is_own = |event: &&Event| matches!(&event.kind, EventKind::PurchaseStarted { run: Some(_), .. });
        u64::try_from(self.events.iter().filter(is_own).count()).unwrap()
    }
}

fn kinds(seen: &Forecast) -> Vec<&'static str> {
    let kind = |what: &ForecastEvent| match what {
        ForecastEvent::Recharge { .. } => "recharge",
        ForecastEvent::MonthEnd { .. } => "month_end",
        ForecastEvent::Charge { .. } => "charge",
        ForecastEvent::PastDue { .. } => "past_due",
        ForecastEvent::Expiry { .. } => "expiry",
        ForecastEvent::Suspended { .. } => "suspended",
        ForecastEvent::Recovered => "recovered",
    };
    seen.entries.iter().map(|entry| kind(&entry.what)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// AR-3, IN-1, UC-2, UC-5: usage at an even pace and a deployment, hour by hour with a bank that approves at once, come to
    /// exactly what the forecast said: at every midnight the same balance, in the end as many purchases, the same invoices, the
    /// same cost of deployments and of each month, whenever on its first day the forecast begins.
    #[test]
    fn what_is_forecast_is_what_happens(
        cents_per_hour in 0_u64..400,
        per_minute in 0_u64..30,
        amount in 5_u64..60,
        threshold in 0_u64..200,
        postpaid in any::<bool>(),
        first_hour in 0_u64..24,
    ) {
        let policy = Policy::shipped(if postpaid { "credit-limit" } else { "prepaid" }).unwrap();
        let opened = "2027-12-20T00:00:00Z";
        let mut life = Life::with_card(Policies::always(policy.clone()), opened, "300.00");
        life.deploy(opened, &format!("0.{per_minute:04}"));
        let start = format!("2027-12-20T{first_hour:02}:00:00Z");
        life.recharge(&start, &format!("{amount}.00"), &format!("{threshold}.50"));
        let per_hour = money("0.01").times(cents_per_hour).unwrap();
        let days = 45;
        let seen = life.forecast(&start, &per_hour.times(24).unwrap().to_string(), days);
        let before = life.recharged();
        let hosted = |life: &Life, now| life.account.totals().hosted.checked_add(life.account.uncharged(now).unwrap()).unwrap();
        let hosted_before = hosted(&life, at(&start));
        prop_assume!(seen.access_stops.is_none());
        let mut midnights = seen.balances.iter().filter(|(midnight, _)| *midnight > at(&start));
        for hour in 1..=24 * days {
            let now = at(&start).plus_seconds(3600 * hour).unwrap();
            if (first_hour + hour) % 24 == 0 {
                // What was used in the last hour before a midnight belongs to the day.
                let just_before = Timestamp::from_unix_nanoseconds(now.unix_nanoseconds() - 1).unwrap();
                life.use_some(just_before, per_hour);
                life.tell(now, &Command::Advance);
                let (midnight, balance) = midnights.next().unwrap();
                prop_assert_eq!((*midnight, *balance), (now, life.account.balance(now).unwrap()));
            } else {
                life.use_some(now, per_hour);
            }
        }
        prop_assert_eq!(seen.totals.purchases, life.recharged() - before);
        let due: Vec<Charge> = life.account.invoices().iter().map(|invoice| invoice.due).collect();
        let forecast_due = seen.entries.iter().filter_map(|entry| match &entry.what {
            ForecastEvent::MonthEnd { due, .. } => Some(*due),
            _ => None,
        });
        prop_assert_eq!(forecast_due.collect::<Vec<Charge>>(), due);
        prop_assert_eq!(seen.totals.charged, life.account.totals().paid);
        let end = at(&start).plus_seconds(86_400 * days).unwrap();
        let hosted_since = hosted(&life, end).checked_sub(hosted_before).unwrap();
        prop_assert_eq!(seen.totals.deployments, hosted_since);
        // The first month holds what was used before the forecast, the last one is in progress.
        let this_month = life.account.usage_at(&policy, end).unwrap().total;
        let mut months: Vec<Money> = life.account.invoices().iter().map(|invoice| invoice.usage.total).collect();
        months.push(this_month);
        months.retain(|total| total.is_positive());
        if let Some(first) = months.first_mut() {
            *first = first.checked_sub(hosted_before).unwrap();
        }
        let used = seen.months.iter().map(|(_, sums)| sums.usage.checked_add(sums.deployments).unwrap());
        prop_assert_eq!(used.collect::<Vec<Money>>(), months);
    }

    /// Whatever is asked, there is a forecast or a reason why not; nothing panics, and the entries stand in order.
    #[test]
    fn any_question_has_an_answer(usage in 0_u64..=1_000_000_000_000_000, days in 1_u64..=366, amount in 5_u64..1_000_000, threshold in 0_u64..1_000_000) {
        let policies = [Policy::shipped("credit-limit").unwrap(), Policy::shipped("prepaid").unwrap()];
        let mut life = Life::with_card(Policies::dated(policies.iter().cloned()), "2025-11-20T10:00:00Z", "60.00");
        life.account = decide(&life.policies, &life.account, at("2025-11-20T10:00:00Z"), &Command::SetAutoRecharge {
            amount: Some(charge(&amount.to_string())), threshold: charge(&threshold.to_string()), purchases: None,
        }).unwrap().account;
        let question = ForecastQuestion { usage_per_day: money(&usage.to_string()), days, running: true };
        match forecast(&life.policies, &life.account, at("2025-11-20T10:00:00Z"), &question) {
            Ok(seen) => {
                prop_assert!(seen.entries.is_sorted_by_key(|entry| entry.at));
                prop_assert!(seen.entries.len() < 4 * 366);
            }
            Err(error) => prop_assert_eq!(error, ForecastError::Money(MoneyError::OutOfRange)),
        }
    }
}

#[test]
fn ac_3_the_purchase_that_prevents_is_enough_and_a_cent_less_is_not() {
    for id in ["prepaid", "credit-limit"] {
        let policy = Policy::shipped(id).unwrap();
        let now = "2027-02-10T08:30:00Z";
        let life = Life::with_card(Policies::always(policy.clone()), now, "60.00");
        let seen = life.forecast(now, "7.77", 50);
        let [Remedy::Purchase(enough)] = seen.prevents[..] else { panic!("{:?}", seen.prevents) };
        let stops_after_buying = |amount: Charge| {
            let mut life = Life::with_card(Policies::always(policy.clone()), now, "60.00");
            life.tell(at(now), &Command::BuyCredits { key: "more".into(), amount, another: None });
            life.forecast(now, "7.77", 50).access_stops
        };
        assert_eq!(stops_after_buying(enough), None);
        let less = Charge::of(enough.money().checked_sub(money("0.01")).unwrap()).unwrap();
        assert!(stops_after_buying(less).is_some());
        assert!(
            matches!(seen.outlook[0], ForecastFinding::AccessStops { purchase: Some(amount), .. } if amount == enough)
        );
    }
}

/// An account of which $20.00 are past due, with a card that can be charged.
fn past_due(policy: &Policy) -> Life {
    let mut life = Life::with_card(Policies::always(policy.clone()), "2027-02-01T00:00:00Z", "40.00");
    life.tell(at("2027-02-01T00:00:00Z"), &card(Expiry { year: 2027, month: 2 }));
    life.use_some(at("2027-02-02T00:00:00Z"), money("60.00"));
    life.tell(at("2027-03-04T00:00:00Z"), &card(Expiry { year: 2040, month: 12 }));
    assert_eq!(life.account.past_due(), Ok(money("20.00")));
    life
}

#[test]
fn ac_3_what_is_past_due_is_named_where_it_is_enough_and_needed() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let mut life = past_due(&policy);
    let now = "2027-03-05T00:00:00Z";
    let seen = life.forecast(now, "4.00", 20);
    assert_eq!((seen.access_stops, &*seen.prevents), (Some(at(now)), &[Remedy::PayInvoice(money("20.00"))][..]));
    assert_eq!(seen.outlook, [ForecastFinding::AccessStopped { past_due: Some(money("20.00")), purchase: None }]);
    life.tell(at(now), &Command::PayInvoice { invoice: "2027-02".into() });
    assert_eq!(life.forecast(now, "4.00", 20).access_stops, None);
    // A policy that lets it stand: only a purchase helps.
    let lenient = with_terms(&policy, |terms| {
        terms.past_due_suspends = false;
    });
    let life = past_due(&lenient);
    let seen = life.forecast(now, "6.00", 20);
    assert_eq!(
        (seen.access_stops, seen.prevents),
        (Some(at("2027-03-21T16:00:00Z")), vec![Remedy::Purchase(charge("20.01"))])
    );
}

#[test]
fn ac_3_a_payment_and_a_purchase_are_named_together_where_neither_is_enough() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let now = "2027-03-05T00:00:00Z";
    let seen = past_due(&policy).forecast(now, "50.00", 20);
    let [Remedy::PayInvoice(due), Remedy::Purchase(enough)] = seen.prevents[..] else { panic!("{:?}", seen.prevents) };
    assert_eq!((due, enough), (money("20.00"), charge("900.01")));
    let [ForecastFinding::AccessStopped { past_due: Some(said), purchase: Some(buys) }] = seen.outlook[..] else {
        panic!("{:?}", seen.outlook)
    };
    assert_eq!((said, buys), (due, enough));
    let stops_after = |amount: &str| {
        let mut life = past_due(&policy);
        life.tell(at(now), &Command::PayInvoice { invoice: "2027-02".into() });
        life.tell(at(now), &Command::BuyCredits { key: "more".into(), amount: charge(amount), another: None });
        life.forecast(now, "50.00", 20).access_stops
    };
    assert_eq!((stops_after("900.01"), stops_after("900.00")), (None, Some(at("2027-03-25T00:00:00Z"))));
    // What no amount is enough for is not named by half.
    let dear = past_due(&policy).forecast(now, "1000000000000000", 20);
    assert_eq!((dear.access_stops, dear.prevents), (Some(at(now)), vec![]));
}

/// CR-9: what is being charged again is taken as paid, so only the rest is named.
#[test]
fn ac_3_what_is_being_charged_again_is_not_to_be_paid() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let pays_february = |life: &mut Life, now| {
        let command = Command::PayInvoice { invoice: "2027-02".into() };
        let decided = decide(&life.policies, &life.account, at(now), &command);
        life.account = decided.unwrap_or_else(|_| panic!("refused")).account;
    };
    let mut life = past_due(&policy);
    pays_february(&mut life, "2027-03-05T00:00:00Z");
    let seen = life.forecast("2027-03-05T00:00:00Z", "10.00", 20);
    assert_eq!(seen.access_stops, Some(at("2027-03-15T00:00:00Z")));
    assert_eq!(seen.prevents, [Remedy::Purchase(charge("100.01"))]);
    // Two months are past due, of which one is being charged.
    let mut life = Life::with_card(Policies::always(policy.clone()), "2027-02-01T00:00:00Z", "40.00");
    life.tell(at("2027-02-01T00:00:00Z"), &card(Expiry { year: 2027, month: 2 }));
    life.deploy("2027-02-01T00:00:00Z", "0.01");
    let now = "2027-04-04T00:00:00Z";
    life.tell(at(now), &Command::StopDeployment { deployment: "d".into() });
    life.tell(at(now), &card(Expiry { year: 2040, month: 12 }));
    let of_march = money("446.40");
    assert!(life.account.past_due().unwrap() > of_march);
    pays_february(&mut life, now);
    assert_eq!(life.forecast(now, "0", 20).prevents, [Remedy::PayInvoice(of_march)]);
}

/// A purchase may be as large as an amount can be; only beyond that nothing prevents.
#[test]
fn ac_3_the_largest_amount_is_tried_too() {
    let policy = with_terms(&Policy::shipped("prepaid").unwrap(), |terms| {
        terms.minimum_purchase = charge("500000000000000");
    });
    let now = "2027-02-10T00:00:00Z";
    let life = Life::with_card(Policies::always(policy.clone()), now, "500000000000000");
    let prevents = |usage| life.forecast(now, usage, 2).prevents;
    assert_eq!(prevents("600000000000000"), [Remedy::Purchase(charge("700000000000000.01"))]);
    assert_eq!(prevents("749999999999999.99"), [Remedy::Purchase(charge("999999999999999.99"))]);
    assert_eq!(prevents("750000000000000"), []);
}

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
fn in_3_what_the_month_leaves_due_is_past_due_on_the_3rd_where_the_card_has_expired() {
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
fn ar_2_what_stops_access_first_is_not_bought_for() {
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
fn uc_4_what_was_over_before_is_not_to_come() {
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
fn cr_6_what_expires_is_bought_again() {
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
fn ar_4_what_is_supposed_is_forecast_as_if_it_were_done() {
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

fn runs_out(life: &Life, now: &str) -> Option<Timestamp> {
    charges(&life.policies, &life.account, &life.events, at(now), at(now)).unwrap().runs_out
}

#[test]
fn uc_4_the_balance_lasts_over_a_month_end_as_it_is_forecast() {
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
fn uc_4_what_has_fallen_due_since_the_last_event_is_counted() {
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
fn uc_4_what_expires_and_what_a_policy_to_come_takes_away_is_gone() {
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
fn uc_4_what_stops_access_otherwise_does_not_empty_the_balance() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let now = "2027-01-20T00:00:00Z";
    let mut life = Life::with_card(Policies::always(policy.clone()), now, "5.00");
    life.tell(at(now), &card(Expiry { year: 2027, month: 1 }));
    life.deploy(now, "0.005");
    assert_eq!(life.forecast(now, "0", 30).access_stops, Some(at("2027-02-03T00:00:00Z")));
    assert_eq!(runs_out(&life, now), Some(at("2027-02-14T21:20:00Z")));
}

#[test]
fn uc_4_a_year_is_looked_ahead_and_no_sum_is_too_large() {
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
fn uc_4_what_has_stopped_is_told() {
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
