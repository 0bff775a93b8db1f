//! AR-4 · How many purchases does an auto-recharge setting make, before it is saved?
//!
//! `cargo run -p billing --example recharge_preview -- 3.00 25.00 50.00` takes a balance, an amount and a threshold.
#![allow(clippy::print_stdout, reason = "an example prints what it computes")]

use billing::finding::Finding;
use billing::money::Money;
use billing::policy::Policy;
use billing::rules::recharge::{RechargeQuestion, Setting, preview};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |default: &str| arguments.next().unwrap_or_else(|| default.to_owned());
    let (balance, amount, threshold) = (next("3.00"), next("25.00"), next("50.00"));

    let policy = Policy::shipped("prepaid")?;
    let setting =
        Setting::from_fields(&policy, &amount, &threshold)?.ok_or("both fields empty: auto-recharge is off")?;
    let balance: Money = balance.parse()?;
    let preview = preview(&policy, &RechargeQuestion::new(balance, setting))?;

    println!("Balance ${balance}, amount ${}, threshold ${}", setting.amount, setting.threshold);
    println!("Purchases: {}, in all ${}", preview.purchases, preview.total);
    for step in preview.first_steps(5) {
        println!("  {}. ${} -> balance ${}, {}", step.number, step.amount, step.balance_after, step.tier_after.name());
    }
    for warning in &preview.warnings {
        let clause = warning.clause().map_or("", billing::clause::Clause::id);
        println!("{warning} ({}, {clause})", warning.code());
    }
    Ok(())
}
