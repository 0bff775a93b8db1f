#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]
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
