//! The loops that `cargo xtask bench` times: the same code natively and as wasm, so that the two can be compared.
//!
//! Whoever runs them holds the clock: the native program its own, Node its own.
#![forbid(unsafe_code)]

mod hard_coded;
mod history;

use billing::ledger::Service;
use billing::ledger::{Command, decide, replay};
use billing::money::{Charge, Money};
use billing::payment_method::card::read_number;
use billing::policy::Policies;
use billing::policy::Policy;
use billing::rules::access::{Kind, Request, Snapshot, authorize};
use billing::rules::recharge::{RechargeQuestion, Setting, preview};
use billing::rules::tier::progress;
use core::hint::black_box;
use std::sync::LazyLock;
use wasm_bindgen::prelude::wasm_bindgen;

/// One request of each kind, as a line.
pub const REQUESTS: [(&str, &str); 5] = [
    (
        "recharge_preview",
        r#"{"id":"r1","policy":"prepaid","now":"2025-12-01T09:30:00Z","query":"recharge_preview","input":{"balance":"3.00","threshold":"50.00","amount":"25.00","pending":"0.00","lifetime_spend":"62.50","list":10,"credit_limit":"0.00","card":"recurring"}}"#,
    ),
    (
        "tier_progress",
        r#"{"id":"r2","policy":"prepaid","now":"2025-12-01T09:30:00Z","query":"tier_progress","input":{"lifetime_spend":"62.50"}}"#,
    ),
    (
        "access",
        r#"{"id":"r3","policy":"credit-limit","now":"2025-12-01T09:30:00Z","query":"access","input":{"account":{"balance":"-100.00","free_credits":"0.00","lifetime_spend":"62.50","past_due":"0.00"},"request":{"kind":"api_call","model":"flux1.1-pro"}}}"#,
    ),
    (
        "access, five reasons",
        r#"{"id":"r3","policy":"credit-limit","now":"2025-12-01T09:30:00Z","query":"access","input":{"account":{"balance":"-100.00","lifetime_spend":"2.50","past_due":"42.10","tier_settled_spend":"0","pending":"1.00"},"request":{"kind":"fine_tuning","model":"flux1.1-pro","cost":"30.00"}}}"#,
    ),
    (
        "card_number",
        r#"{"id":"r4","policy":"prepaid","now":"2025-12-01T09:30:00Z","query":"card_number","input":{"number":"4242 4242 4242 4242"}}"#,
    ),
];

/// The values of those requests, as the Rust API takes them.
struct Values {
    prepaid: Policy,
    credit_limit: Policy,
    recharge: RechargeQuestion,
    spend: Money,
    account: Snapshot,
    request: Request<'static>,
    refused_account: Snapshot,
    refused_request: Request<'static>,
    hard_coded: hard_coded::Snapshot,
}

#[allow(clippy::expect_used, reason = "the figures above are right, or there is nothing to measure")]
static VALUES: LazyLock<Values> = LazyLock::new(|| {
    let money = |text| Money::parse(text).expect("an amount");
    let charge = |text| Charge::parse(text).expect("a charge");
    let spend = money("62.50");
    let setting = Setting { amount: charge("25.00"), threshold: charge("50.00") };
    Values {
        prepaid: Policy::shipped("prepaid").expect("a policy"),
        credit_limit: Policy::shipped("credit-limit").expect("a policy"),
        recharge: RechargeQuestion { lifetime_spend: spend, ..RechargeQuestion::new(money("3.00"), setting) },
        spend,
        account: Snapshot { balance: money("-100.00"), lifetime_spend: spend, ..Snapshot::NEW },
        request: Request { model: Some("flux1.1-pro"), ..Request::API_CALL },
        refused_account: Snapshot {
            balance: money("-100.00"),
            lifetime_spend: money("2.50"),
            past_due: money("42.10"),
            tier_settled_spend: Some(money("0")),
            pending: money("1.00"),
            ..Snapshot::NEW
        },
        refused_request: Request {
            kind: Kind::FineTuning,
            model: Some("flux1.1-pro"),
            cost: money("30.00"),
            under_way: false,
        },
        hard_coded: hard_coded::Snapshot::example(),
    }
});

/// A loop, by name.
pub struct Loop {
    /// What it does.
    pub name: String,
    /// Whether one turn takes so long that a few of them say enough.
    pub is_long: bool,
    body: Box<dyn Fn()>,
}

impl Loop {
    /// Does it this many times.
    pub fn repeat(&self, times: u32) {
        for _ in 0..times {
            (self.body)();
        }
    }
}

/// Every loop.
#[must_use]
pub fn loops() -> Vec<Loop> {
    let values: &'static Values = &VALUES;
    let parse = REQUESTS.map(|(name, line)| {
        new(format!("parse {name}"), move || {
            black_box(serde_json::from_str::<serde_json::Value>(black_box(line)).is_ok());
        })
    });
    let evaluate = REQUESTS.map(|(name, line)| {
        let answer = std::cell::RefCell::new(Vec::with_capacity(4096));
        new(format!("evaluate {name}"), move || {
            let mut answer = answer.borrow_mut();
            answer.clear();
            billing_contract::evaluate_into(black_box(line.as_bytes()), 1, &mut answer);
            black_box(answer.len());
        })
    });
    let calls = [
        new("call recharge_preview".into(), move || {
            if let Ok(preview) = preview(black_box(&values.prepaid), black_box(&values.recharge)) {
                preview.first_steps(10).for_each(|step| {
                    black_box(step);
                });
                black_box(preview.last());
            }
        }),
        new("call tier_progress".into(), move || {
            if let Ok(progress) = progress(black_box(&values.prepaid), black_box(values.spend)) {
                black_box(progress.models().count());
                black_box(progress.models_next().count());
            }
        }),
        new("call access".into(), move || {
            let decision =
                authorize(black_box(&values.credit_limit), black_box(&values.account), black_box(&values.request));
            let _ = black_box(decision);
        }),
        new("call access, five reasons".into(), move || {
            let (account, request) = (&values.refused_account, &values.refused_request);
            let _ = black_box(authorize(black_box(&values.credit_limit), black_box(account), black_box(request)));
        }),
        new("call card_number".into(), move || {
            black_box(read_number(black_box(&values.prepaid), black_box("4242 4242 4242 4242")));
        }),
        new("hard-coded access".into(), move || {
            black_box(hard_coded::decide(black_box(&values.hard_coded)));
        }),
    ];
    parse.into_iter().chain(calls).chain(evaluate).chain(lives()).collect()
}

/// The name of the loop that replays the long history.
pub const REPLAY: &str = "replay 100,000 events";

/// The loops over an account's life.
fn lives() -> Vec<Loop> {
    let values: &'static Values = &VALUES;
    let policies = Policies::always(values.prepaid.clone());
    let Some(events) = history::long(&policies) else { return Vec::new() };
    let Ok(account) = replay(events.iter().take(1000)) else { return Vec::new() };
    let now = account.last();
    let usage = Command::RecordUsage {
        service: Service::Serverless,
        model: None,
        tokens: Some(1),
        cost: values.prepaid.minimum_spend,
        under_way: Some(true),
    };
    let decided = new("decide usage after 1,000 events".into(), move || {
        if let Some(now) = now {
            let _ = black_box(decide(&policies, black_box(&account), now, black_box(&usage)));
        }
    });
    let replay = new(REPLAY.into(), move || {
        let _ = black_box(replay(black_box(&events)));
    });
    vec![decided, Loop { is_long: true, ..replay }]
}

fn new(name: String, body: impl Fn() + 'static) -> Loop {
    Loop { name, is_long: false, body: Box::new(body) }
}

thread_local! {
    static LOOPS: Vec<Loop> = loops();
}

/// The names of the loops, one a line, for Node.
#[wasm_bindgen]
#[must_use]
pub fn names() -> String {
    LOOPS.with(|loops| loops.iter().map(|looped| looped.name.as_str()).collect::<Vec<_>>().join("\n"))
}

/// The places of the long loops in that list.
#[wasm_bindgen]
#[must_use]
pub fn long_loops() -> Vec<usize> {
    LOOPS.with(|loops| (0..).zip(loops).filter(|(_, looped)| looped.is_long).map(|(place, _)| place).collect())
}

/// Does the loop with this place in the list, for Node.
#[wasm_bindgen]
pub fn repeat(place: usize, times: u32) {
    LOOPS.with(|loops| loops.get(place).map(|looped| looped.repeat(times)));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_long_history_is_told_to_its_end() {
        let policies = Policies::always(VALUES.prepaid.clone());
        let events = history::long(&policies).unwrap();
        assert!(events.len() >= history::EVENTS);
        let account = replay(&events).unwrap();
        assert!(account.invoices().len() > 10 && account.purchases().len() > 10);
        assert_eq!(lives().len(), 2);
    }
}
