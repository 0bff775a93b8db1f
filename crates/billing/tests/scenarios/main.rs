//! Whole scenarios on a living account, told command by command: failures of other billing systems, and every turn of the
//! calendar.
//!
//! `f1` to `f29` are failures of other billing systems; each test shows what happens here instead.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

mod auto_recharge;
mod balance;
mod cards;
mod credits;
mod declines;
mod deployments;
mod history;
mod invoices;
#[path = "../life/mod.rs"]
mod life;
mod months;
mod purchases;
mod terms;
mod tiers;
#[path = "../with_terms/mod.rs"]
mod with_terms;

use billing::policy::{Policy, Trigger};
use billing::time::Date;
use life::{Life, usage};
pub(crate) use with_terms::with_terms;

pub(crate) const NOTHING: [&str; 0] = [];

pub(crate) fn prepaid() -> Policy {
    Policy::shipped("prepaid").unwrap()
}

pub(crate) fn credit_limit() -> Policy {
    Policy::shipped("credit-limit").unwrap()
}

pub(crate) fn at_or_below() -> Policy {
    with_terms(&prepaid(), |terms| {
        terms.trigger = Trigger::AtOrBelow;
    })
}

pub(crate) fn since(day: &str, policy: &Policy) -> Policy {
    with_terms(policy, |terms| {
        terms.effective = Date::parse(day).unwrap();
    })
}

/// A life that owes $20.00 for November.
pub(crate) fn owing(policy: &Policy) -> Life {
    let mut life = Life::funded(policy, "2025-11-10", "5.00");
    life.tell("2025-11-20", &usage("25.00"));
    assert_eq!(life.passes("2025-12-01"), ["2025-12-01T00:00:00Z invoice_drawn"]);
    life
}
