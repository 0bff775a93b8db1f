//! AR · What a preview says is what buying one purchase after the other would do.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

mod with_terms;

use billing::money::{Charge, Money};
use billing::policy::{Policy, Trigger};
use billing::rules::recharge::{RechargeQuestion, Setting, Warning, preview};
use proptest::prelude::*;
use with_terms::with_terms;

fn policy(trigger: Trigger) -> Policy {
    with_terms(&Policy::shipped("prepaid").unwrap(), |terms| {
        terms.trigger = trigger;
    })
}

fn money(cents: i64, thousandths: u16) -> Money {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    Money::parse(&format!("{sign}{}.{:02}{:03}", cents / 100, cents % 100, thousandths % 1000)).unwrap()
}

fn charge(cents: u32) -> Charge {
    Charge::parse(&format!("{}.{:02}", cents / 100, cents % 100)).unwrap()
}

fn triggers(trigger: Trigger, balance: Money, threshold: Charge) -> bool {
    match trigger {
        Trigger::Below => balance < threshold.money(),
        Trigger::AtOrBelow => balance <= threshold.money(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    /// F1, F24 · AR-2, AR-3, AR-4: buying while the trigger holds makes as many purchases as the preview says, with the
    /// same balance and spend after each.
    #[test]
    fn preview_equals_buying_step_by_step(
        cents in -20_000_i64..20_000,
        thousandths in prop_oneof![Just(0_u16), 0_u16..1000],
        threshold in 0_u32..30_000,
        amount in 500_u32..9_000,
        spend in 0_i64..120_000,
        below in any::<bool>(),
    ) {
        let trigger = if below { Trigger::Below } else { Trigger::AtOrBelow };
        let policy = policy(trigger);
        let (threshold, amount) = (charge(threshold), charge(amount));
        let (mut balance, mut spend) = (money(cents, thousandths), money(spend, 0));
        let question = RechargeQuestion {
            lifetime_spend: spend,
            ..RechargeQuestion::new(balance, Setting { amount, threshold })
        };
        let seen = preview(&policy, &question).unwrap();
        let mut bought = 0;
        while triggers(trigger, balance, threshold) {
            balance = balance.checked_add(amount.money()).unwrap();
            spend = spend.checked_add(amount.money()).unwrap();
            bought += 1;
            let step = seen.step(bought).unwrap();
            prop_assert_eq!((step.number, step.balance_after, step.lifetime_spend_after), (bought, balance, spend));
            prop_assert_eq!(step.tier_after, policy.tier_terms_at(spend).0.tier);
        }
        prop_assert_eq!(seen.purchases, bought);
        prop_assert_eq!(seen.step(bought + 1), None);
        prop_assert_eq!((seen.balance_after, seen.lifetime_spend_after), (balance, spend));
        prop_assert_eq!(seen.total, amount.money().times(bought).unwrap());
        prop_assert_eq!(seen.triggers(), bought > 0);
    }

    /// AR-7 · F8: what is pending counts as if it were in the balance.
    #[test]
    fn pending_counts_as_balance(cents in -20_000_i64..20_000, pending in 0_i64..20_000, threshold in 0_u32..30_000) {
        let policy = policy(Trigger::Below);
        let setting = Setting { amount: charge(2_500), threshold: charge(threshold) };
        let (balance, pending) = (money(cents, 0), money(pending, 0));
        let with = preview(&policy, &RechargeQuestion { pending, ..RechargeQuestion::new(balance, setting) }).unwrap();
        let without = preview(&policy, &RechargeQuestion::new(balance.checked_add(pending).unwrap(), setting)).unwrap();
        prop_assert_eq!((with.purchases, with.balance_after), (without.purchases, without.balance_after));
    }
}

/// AR-9 · F4: a gap of 10^15 at $5 is 2 x 10^14 purchases, each of which can be asked for.
#[test]
fn a_vast_gap_is_answered_in_closed_form() {
    let policy = policy(Trigger::Below);
    let threshold = Charge::parse("1000000000000000").unwrap();
    let setting = Setting { amount: Charge::parse("5").unwrap(), threshold };
    let seen = preview(&policy, &RechargeQuestion::new(Money::ZERO, setting)).unwrap();
    assert_eq!(seen.purchases, 200_000_000_000_000);
    assert_eq!(seen.last().unwrap().balance_after, threshold.money());
    assert_eq!(seen.step(123_456_789_012_345).unwrap().balance_after.to_string(), "617283945061725.00");
    let deepest = Money::parse("-1000000000000000").unwrap();
    assert_eq!(preview(&policy, &RechargeQuestion::new(deepest, setting)).unwrap().purchases, 400_000_000_000_000);
}

/// AR-8: whenever the warning is given, no balance at which usage is still allowed starts a purchase; whenever it is not,
/// some balance does.
#[test]
fn too_late_is_said_exactly_when_access_stops_first() {
    for trigger in [Trigger::Below, Trigger::AtOrBelow] {
        for threshold in [0_u32, 1, 500] {
            for limit in [0_i64, 1, 10_000] {
                let (policy, threshold, limit) = (policy(trigger), charge(threshold), money(limit, 0));
                let question = RechargeQuestion {
                    credit_limit: Some(limit),
                    ..RechargeQuestion::new(money(100_000, 0), Setting { amount: charge(2_500), threshold })
                };
                let warned = preview(&policy, &question)
                    .unwrap()
                    .warnings
                    .iter()
                    .any(|warning| matches!(warning, Warning::TooLate { .. }));
                // The lowest balance with access is just above the negative of the limit.
                let lowest = Money::ZERO
                    .checked_sub(limit)
                    .unwrap()
                    .checked_add(Money::parse("0.000000000001").unwrap())
                    .unwrap();
                assert_eq!(warned, !triggers(trigger, lowest, threshold), "{trigger:?} {threshold} {limit}");
            }
        }
    }
}

#[test]
fn ar_1_two_fields_make_a_setting() {
    use billing::rules::recharge::SettingError;
    let policy = Policy::shipped("prepaid").unwrap();
    let read = |amount, threshold| Setting::from_fields(&policy, amount, threshold);
    assert_eq!(read(" ", ""), Ok(None));
    let setting = read("30", " 10.50 ").unwrap().unwrap();
    assert_eq!((setting.amount.to_string(), setting.threshold.to_string()), ("30.00".into(), "10.50".into()));
    assert_eq!(read("30", ""), Err(SettingError::ThresholdMissing));
}

#[test]
fn ar_6_only_a_card_that_may_be_charged_again_can_be() {
    use billing::rules::recharge::LinkedCard;
    let policy = Policy::shipped("prepaid").unwrap();
    let setting = Setting::from_fields(&policy, "", "10").unwrap().unwrap();
    let can = |card| {
        let question = RechargeQuestion { card: Some(card), ..RechargeQuestion::new(Money::ZERO, setting) };
        preview(&policy, &question).unwrap().can_be_charged()
    };
    assert_eq!(LinkedCard::ALL.iter().map(|card| can(*card)).collect::<Vec<_>>(), [false, true, false, true]);
}
