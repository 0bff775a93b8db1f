//! The rules of a prepaid credit system, as pure functions over values.
//!
//! Every rule is a clause of `docs/rulebook.md`; every decision names the clause behind it. What a policy may change is
//! read from a dated [`policy::Policy`] document, time comes in as an argument, and money is an exact decimal. Nothing in
//! this crate reads a clock, a file or a random number, and nothing panics.
//!
//! ```
//! use billing::money::{Charge, Money};
//! use billing::policy::Policy;
//! use billing::rules::recharge;
//!
//! let policy = Policy::shipped("prepaid")?;
//! let setting = recharge::Setting { amount: policy.default_recharge_amount, threshold: Charge::parse("50.00")? };
//! let preview = recharge::preview(&policy, &recharge::RechargeQuestion::new(Money::parse("3.00")?, setting))?;
//! assert_eq!(preview.purchases, 2);
//! assert_eq!(preview.total.to_string(), "50.00");
//! # Ok::<(), Box<dyn core::error::Error>>(())
//! ```
#![no_std]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects))]

extern crate alloc;

pub mod bounded;
mod characters;
pub mod clause;
pub mod finding;
pub mod id;
pub mod json;
pub mod ledger;
mod message;
pub mod money;
pub mod payment_method;
pub mod policy;
pub mod processor;
pub mod projection;
pub mod rules;
pub mod time;
