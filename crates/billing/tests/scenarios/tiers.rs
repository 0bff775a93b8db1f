//! TI · Tiers: when spend becomes one, and what is waited for.

use crate::life::{
    Life, ask_customer, at, buy, buy_another, charge, contract, grant, invoice_paid, money, pay, usage, usage_by,
    usage_of,
};
use crate::{credit_limit, owing, prepaid};
use billing::ledger::{Command, Notice, Service};
use billing::money::Money;
use billing::policy::Tier;
use billing::rules::access::{Plan, Reason, Remedy};

/// Where a payment has earned a tier that has not settled, a refusal names the wait.
#[test]
fn f23_a_tier_that_has_not_settled_gives_a_wait_not_a_denial() {
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

/// A tier begins at its spend exactly. Free credits and their use do not count; a purchase counts once, also when it is
/// used; so does a paid invoice.
#[test]
fn f22_a_tier_begins_exactly_at_its_spend() {
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

/// TI-8: the wait begins anew with a payment that earns a higher tier, and with no other.
#[test]
fn ti_8_the_wait_begins_anew_with_each_higher_tier() {
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

/// TI-8: while a tier settles, the account knows the spend that has settled; afterwards there is nothing to add.
#[test]
fn ti_8_settled_spend_is_known_only_until_the_tier_has_followed() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    life.tell("2025-12-01", &buy("k1", "60.00"));
    life.completes("2025-12-01", "k1");
    let settled = |life: &Life| life.account.snapshot(&policy, at("2025-12-01")).unwrap().tier_settled_spend;
    assert_eq!(settled(&life), Some(Money::ZERO));
    life.tell("2025-12-01", &Command::TierSettled);
    assert_eq!(settled(&life), None);
}

/// PP-3, TI-8: a refusal names the wait in whole minutes, and support once it has taken longer than is normal.
#[test]
fn ti_8_a_wait_names_the_minutes_left_and_then_support() {
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

/// The later of two purchases decides; one that the customer must approve is not waited for.
#[test]
fn pp_3_the_later_of_two_pending_purchases_is_waited_for() {
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

/// TI-8: a refusal names the wait for a limit that comes with the first tier, not a purchase around it.
#[test]
fn ti_8_a_limit_that_is_paid_for_is_waited_for() {
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

/// TI-2: a tier that is reached is not listed among those above.
#[test]
fn ti_2_the_tiers_above_begin_with_the_next_one() {
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

#[test]
fn ti_8_the_seconds_until_a_tier_follows_are_counted_down() {
    let mut life = Life::funded(&prepaid(), "2025-12-01", "49.99");
    life.tell("2025-12-01 09:00", &buy("k1", "5.00"));
    let left = |life: &Life, now| life.account.tier_settles_in(&prepaid(), at(now));
    assert_eq!(left(&life, "2025-12-01 09:00"), None);
    life.completes("2025-12-01 09:00", "k1");
    assert_eq!(left(&life, "2025-12-01 09:01"), Some(840));
    assert_eq!((left(&life, "2025-12-01 09:15"), left(&life, "2025-12-01 09:15:01")), (Some(0), None));
    life.tell("2025-12-01 09:02", &contract(Plan::Scale, "100.00"));
    assert_eq!(left(&life, "2025-12-01 09:02"), None, "a contract's tier does not follow the spend");
}
