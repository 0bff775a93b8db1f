//! Invariants: what holds for every account, checked against random histories.
//!
//! Each invariant is stated above its test. `LAWS_COMMANDS` sets how many commands each test tells, `LAWS_SEED` sets which;
//! with `--nocapture` each test prints what it has seen. A history that breaks an invariant is printed as short as the test
//! could make it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "that is how a test fails"
)]

mod auto_recharge;
mod commands;
mod history;
mod money;
mod random;
