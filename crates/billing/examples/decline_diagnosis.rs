//! PD-1, PD-2 · Why was a payment declined, and what can the customer check?
//!
//! `cargo run -p billing --example decline_diagnosis -- insufficient_funds` takes the processor's code.
#![allow(clippy::print_stdout, reason = "an example prints what it computes")]

use billing::payment_method::card::Expiry;
use billing::policy::Policy;
use billing::rules::decline::{Shown, ShownCard, diagnose};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let code = std::env::args().nth(1).unwrap_or_else(|| "insufficient_funds".to_owned());

    let policy = Policy::shipped("prepaid")?;
    let card = ShownCard { expired: Some(Expiry { year: 2025, month: 9 }), ..ShownCard::UNKNOWN };
    let shown = Shown { card: Some(card), ..Shown::NOTHING };
    let diagnosis = diagnose(&policy, &shown, Some(&code));

    println!("{}", diagnosis.meaning);
    for known in &diagnosis.known {
        println!("Known: {known}");
    }
    for item in &diagnosis.checklist {
        println!("{} {}", if item.likely { "Likely:" } else { "Check:" }, item.advice);
    }
    Ok(())
}
