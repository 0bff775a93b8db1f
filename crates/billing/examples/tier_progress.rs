//! TI-4 · Which tier has an account reached, and what does the next one need?
//!
//! `cargo run -p billing --example tier_progress -- 62.50` takes the lifetime spend.
#![allow(clippy::print_stdout, reason = "an example prints what it computes")]

use billing::money::{Decimal, Money};
use billing::policy::Policy;
use billing::rules::tier::progress;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let spend: Money = std::env::args().nth(1).unwrap_or_else(|| "62.50".to_owned()).parse()?;

    let policy = Policy::shipped("prepaid")?;
    let progress = progress(&policy, spend)?;

    println!("${spend} spent: {}", progress.tier.name());
    if let Some(limits) = progress.limits {
        println!("Language models: {} requests a minute", limits.llm);
    }
    match progress.next {
        Some(next) => {
            let percent = next.share.saturating_mul(Decimal::ONE_HUNDRED).normalize();
            println!("Buy ${} more to reach {} ({percent}% of the way)", next.purchase, next.tier.name());
        }
        None => println!("This is the highest build tier."),
    }
    for model in progress.models_next() {
        println!("The next tier opens {}", model.title);
    }
    Ok(())
}
