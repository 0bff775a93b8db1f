//! CR-6, CR-10 · Credits: expiry, and which are used first.

use crate::life::{Life, at, card, grant, link, money, start, usage};
use crate::with_terms;
use crate::{NOTHING, prepaid, since};
use billing::ledger::Notice;
use billing::policy::{BurnOrder, Policies, Policy};
use billing::time::{Date, Timestamp};

/// A notice announces the expiry. Credits from before it never expire, later ones do, at their own hour.
#[test]
fn cr_6_credits_expire_only_if_bought_under_an_expiry() {
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

/// CR-6: a new policy with the same expiry is no news.
#[test]
fn cr_6_an_unchanged_expiry_is_not_announced() {
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

/// The minutes of a day use the credits that expire within that day.
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

/// The policy says which kind is used first; within a kind, the earliest expiry is, and credits without one come last.
#[test]
fn cr_10_credits_are_used_by_kind_and_then_by_expiry() {
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
