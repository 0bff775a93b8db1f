//! The sentences: what each finding says to a person, in plain English, all in one place.
//!
//! Figure, reason, next step, in this order; no blame; no card number ever.

mod access;
mod account;
mod card;
mod decline;
mod forecast;
mod format;
mod policy;
mod recharge;
pub(crate) mod support;
mod tax_id;
mod values;
