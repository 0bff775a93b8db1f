//! AC-3 · When access stops, and what prevents it.

use crate::with_terms;
use crate::{Life, at, card, charge, money};
use billing::ledger::{Command, decide};
use billing::money::Charge;
use billing::payment_method::card::Expiry;
use billing::policy::{Policies, Policy};
use billing::projection::forecast::ForecastFinding;
use billing::rules::access::Remedy;

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
fn ac_3_paying_what_is_past_due_is_named_where_it_is_enough_and_needed() {
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
fn ac_3_an_invoice_being_charged_again_is_not_to_be_paid() {
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
