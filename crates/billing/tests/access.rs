//! AC-3 · Every remedy that a refusal names works, and less would not.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

mod with_terms;

use billing::finding::Finding;
use billing::money::{Charge, Money};
use billing::policy::{Policy, Tier};
use billing::rules::access::{Contract, Decision, Kind, Plan, Reason, Remedy, Request, Snapshot, authorize, notices};
use proptest::prelude::*;
use with_terms::with_terms;

fn money(cents: i64, millionths: u32) -> Money {
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    Money::parse(&format!("{sign}{}.{:02}{:06}", cents / 100, cents % 100, millionths % 1_000_000)).unwrap()
}

/// Accounts of every kind, with amounts close to the figures that authorize.
fn accounts() -> impl Strategy<Value = Snapshot> {
    let near = |figures: Vec<i64>| {
        let figures = prop::sample::select(figures);
        (figures, -2_i64..=2).prop_map(|(figure, offset)| figure + offset)
    };
    let balance = prop_oneof![near(vec![-20_000, -10_000, -500, 0, 500, 3_000]), -30_000_i64..30_000];
    let spend = prop_oneof![near(vec![2, 500, 5_000, 10_000, 25_000, 100_000]), 0_i64..120_000];
    let optional = |range: std::ops::Range<i64>| prop::option::of(range.prop_map(|cents| money(cents, 0)));
    let contract = prop::option::weighted(0.15, (any::<bool>(), 0_i64..50_000));
    let fraction = prop_oneof![3 => Just(0_u32), 1 => 0_u32..1_000_000];
    let rest = (optional(0..15_000), contract, optional(0..120_000), prop_oneof![Just(0), 0_i64..20_000]);
    (balance, fraction, 0_i64..100, spend, prop_oneof![3 => Just(0), 1 => 1_i64..9_000], rest).prop_map(
        |(balance, fraction, free, spend, past_due, (balance_limit, contract, settled, pending))| {
            let balance = money(balance, fraction);
            let lifetime_spend = money(spend, 0);
            Snapshot {
                balance,
                free_credits: money(free, 0).min(balance.max(Money::ZERO)),
                lifetime_spend,
                past_due: money(past_due, 0),
                balance_limit,
                contract: contract.map(|(scale, limit)| Contract {
                    plan: if scale { Plan::Scale } else { Plan::Enterprise },
                    credit_limit: money(limit, 0),
                }),
                tier_settled_spend: settled.map(|settled| settled.min(lifetime_spend)),
                pending: money(pending, 0),
                ..Snapshot::NEW
            }
        },
    )
}

fn requests() -> impl Strategy<Value = Request<'static>> {
    let models = vec![None, Some("flux.1-dev"), Some("flux1.1-pro"), Some("another")];
    (prop::sample::select(Kind::ALL), prop::sample::select(models), 0_i64..40_000, 0_u32..1_000_000, any::<bool>())
        .prop_map(|(kind, model, cost, fraction, under_way)| Request {
            kind,
            model,
            cost: money(cost, fraction),
            under_way,
        })
}

fn bought(account: &Snapshot, amount: Charge) -> Snapshot {
    account.after_buying(amount.money()).unwrap()
}

fn gives(decision: &Decision<'_>, reason: &Reason<'_>) -> bool {
    decision.refusals.iter().any(|refusal| refusal.reason.code() == reason.code())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8192))]

    /// A purchase of the named amount lifts its reason; a cent less, if that may be bought at all, does not.
    #[test]
    fn the_named_purchase_is_the_smallest_that_lifts(
        account in accounts(),
        request in requests(),
        prepaid in any::<bool>(),
    ) {
        let policy = Policy::shipped(if prepaid { "prepaid" } else { "credit-limit" }).unwrap();
        let decision = authorize(&policy, &account, &request).unwrap();
        for refusal in &decision.refusals {
            for remedy in &refusal.remedies {
                match remedy {
                    Remedy::Purchase(amount) => {
                        let after = bought(&account, *amount);
                        prop_assert!(!gives(&authorize(&policy, &after, &request).unwrap(), &refusal.reason), "{:?}", refusal);
                        let cent = Money::parse("0.01").unwrap();
                        let less = Charge::of(amount.money().checked_sub(cent).unwrap()).unwrap();
                        if less >= policy.minimum_purchase {
                            let after = bought(&account, less);
                            let still = authorize(&policy, &after, &request).unwrap();
                            prop_assert!(gives(&still, &refusal.reason), "{:?} {:?}", refusal, less);
                        }
                    }
                    Remedy::PayInvoice(amount) => {
                        let after = Snapshot { past_due: account.past_due.checked_sub(*amount).unwrap(), ..account };
                        prop_assert!(!gives(&authorize(&policy, &after, &request).unwrap(), &refusal.reason));
                    }
                    Remedy::RaiseLimit(limit) => {
                        let after = Snapshot { balance_limit: Some(limit.money()), ..account };
                        prop_assert!(!gives(&authorize(&policy, &after, &request).unwrap(), &refusal.reason));
                        prop_assert!(limit.money() <= decision.credit_limit.ceiling);
                    }
                    Remedy::Wait(_) => {
                        // What is waited for: the pending purchase arrives, and the tier follows the spend.
                        let after = Snapshot {
                            balance: account.balance.checked_add(account.pending).unwrap(),
                            lifetime_spend: account.lifetime_spend.checked_add(account.pending).unwrap(),
                            tier_settled_spend: None,
                            pending: Money::ZERO,
                            ..account
                        };
                        prop_assert!(!gives(&authorize(&policy, &after, &request).unwrap(), &refusal.reason));
                        prop_assert!(refusal.retryable);
                    }
                    Remedy::ContactSales => prop_assert!(account.contract.is_some()),
                    Remedy::Approve | Remedy::ContactSupport => prop_assert!(false, "nobody knows of a wait"),
                }
            }
            prop_assert!(!refusal.remedies.is_empty());
        }
    }

    /// AC-1, AC-4: a request is served exactly when nothing is against it, and what may be spent is never negative.
    #[test]
    fn status_and_reasons_agree(account in accounts(), request in requests()) {
        let policy = Policy::shipped("credit-limit").unwrap();
        let decision = authorize(&policy, &account, &request).unwrap();
        prop_assert_eq!(decision.allowed(), decision.status() == 200);
        prop_assert!(!decision.spendable.is_negative());
        let limit = decision.credit_limit;
        prop_assert!(limit.in_force <= limit.ceiling);
        let above = account.balance.checked_add(limit.in_force).unwrap();
        let blocked = decision.refusals.iter().any(|refusal| matches!(refusal.reason, Reason::LimitReached { .. }));
        prop_assert_eq!(blocked, !above.is_positive() && !request.under_way);
    }

    /// AC-9: usage that was under way is refused for nothing that the same request is not refused for.
    #[test]
    fn usage_under_way_is_never_worse_off(account in accounts(), request in requests()) {
        let policy = Policy::shipped("prepaid").unwrap();
        let under_way = authorize(&policy, &account, &Request { under_way: true, ..request }).unwrap();
        let fresh = authorize(&policy, &account, &Request { under_way: false, ..request }).unwrap();
        for refusal in &under_way.refusals {
            prop_assert!(gives(&fresh, &refusal.reason));
        }
    }
}

/// TI-8: a policy names its time in seconds; a person reads minutes where they are whole.
#[test]
fn a_wait_is_said_in_minutes_where_they_are_whole() {
    let shipped = Policy::shipped("credit-limit").unwrap();
    let account = Snapshot {
        balance: money(5_000, 0),
        free_credits: Money::ZERO,
        lifetime_spend: money(5_000, 0),
        past_due: Money::ZERO,
        balance_limit: None,
        contract: None,
        tier_settled_spend: Some(Money::ZERO),
        pending: Money::ZERO,
        ..Snapshot::NEW
    };
    for (tier_settles_within_seconds, said) in [(60, "1 minute"), (90, "90 seconds"), (900, "15 minutes")] {
        let policy = with_terms(&shipped, |terms| {
            terms.tier_settles_within_seconds = tier_settles_within_seconds;
        });
        let decision = authorize(&policy, &account, &Request::API_CALL).unwrap();
        let found = notices(&policy, &account, &Request::API_CALL, &decision).unwrap();
        let follows = found.iter().map(ToString::to_string).find(|notice| notice.contains("follows within"));
        let follows = follows.unwrap();
        assert!(follows.contains(&format!("follows within {said};")), "{follows}");
    }
}

/// PP-4: what a pending purchase lifts is waited for, and no second purchase is offered.
#[test]
fn pp_4_what_a_pending_purchase_lifts_is_not_bought_again() {
    let policy = Policy::shipped("prepaid").unwrap();
    let offered = |pending| {
        let account = Snapshot { pending: Money::parse(pending).unwrap(), ..Snapshot::NEW };
        let decision = authorize(&policy, &account, &Request::API_CALL).unwrap();
        decision.refusals.iter().map(|refusal| refusal.offered_remedies().collect()).collect::<Vec<Vec<Remedy>>>()
    };
    let buy = vec![Remedy::Purchase(Charge::parse("5.00").unwrap())];
    let wait = vec![Remedy::Wait(900)];
    assert_eq!(offered("0"), [buy.clone(), buy.clone()]);
    assert_eq!(offered("4.99"), [buy, wait.clone()], "it lifts what the balance lacks, and not what the spend does");
    assert_eq!(offered("5"), [wait.clone(), wait]);
}

#[test]
fn ti_4_pending_payments_reach_a_higher_tier_or_none() {
    let policy = Policy::shipped("prepaid").unwrap();
    let contract = Contract { plan: Plan::Scale, credit_limit: Money::ZERO };
    let reached = |pending, contract| {
        let account = Snapshot { lifetime_spend: money(500, 0), pending: money(pending, 0), contract, ..Snapshot::NEW };
        account.tier_reached_by_pending(&policy).unwrap()
    };
    assert_eq!((reached(0, None), reached(4_499, None)), (None, None));
    assert_eq!((reached(4_500, None), reached(9_500, None)), (Some(Tier::Build2), Some(Tier::Build3)));
    assert_eq!(reached(9_500, Some(contract)), None, "a contract's tier does not follow the spend");
}

#[test]
fn cr_5_purchased_credits_are_what_free_ones_leave_of_the_balance() {
    let purchased = |balance, free| {
        let account = Snapshot { balance: money(balance, 0), free_credits: money(free, 0), ..Snapshot::NEW };
        account.purchased_credits().unwrap()
    };
    assert_eq!(purchased(3_000, 1_000), money(2_000, 0));
    assert_eq!((purchased(1_000, 1_000), purchased(-500, 0)), (Money::ZERO, Money::ZERO));
}

#[test]
fn ac_6_usage_stops_at_the_limit_below_zero() {
    let policy = Policy::shipped("credit-limit").unwrap();
    let account = Snapshot { balance: money(500, 0), lifetime_spend: money(500, 0), ..Snapshot::NEW };
    let limit = account.credit_limit(&policy).unwrap();
    let stops_at = limit.stops_at().unwrap();
    assert_eq!(stops_at.checked_add(limit.in_force), Ok(Money::ZERO));
    let allowed = |balance| authorize(&policy, &Snapshot { balance, ..account }, &Request::API_CALL).unwrap().allowed();
    assert!(!allowed(stops_at) && allowed(stops_at.checked_add(money(0, 1)).unwrap()));
}
