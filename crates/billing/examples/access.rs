//! AC-3 · Is a request served, and if not, what lifts each reason?
//!
//! `cargo run -p billing --example access -- -100.00 62.50` takes a balance and the lifetime spend.
#![allow(clippy::print_stdout, reason = "an example prints what it computes")]

use billing::finding::Finding;
use billing::money::Money;
use billing::policy::Policy;
use billing::rules::access::{Kind, Remedy, Request, Snapshot, authorize};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |default: &str| arguments.next().unwrap_or_else(|| default.to_owned()).parse::<Money>();
    let (balance, lifetime_spend) = (next("-100.00")?, next("62.50")?);

    let policy = Policy::shipped("credit-limit")?;
    let account = Snapshot { balance, lifetime_spend, ..Snapshot::NEW };
    let request =
        Request { kind: Kind::FineTuning, model: Some("flux1.1-pro"), cost: "30.00".parse()?, under_way: false };
    let decision = authorize(&policy, &account, &request)?;

    println!("{} ({}), may spend ${}", decision.status(), decision.tier.name(), decision.spendable);
    for refusal in &decision.refusals {
        println!("{} ({})", refusal.reason, refusal.reason.code());
        for remedy in &refusal.remedies {
            println!("  {}", described(*remedy));
        }
    }
    Ok(())
}

fn described(remedy: Remedy) -> String {
    match remedy {
        Remedy::Purchase(amount) => format!("buy ${amount} of credits"),
        Remedy::PayInvoice(amount) => format!("pay the ${amount} that are past due"),
        Remedy::Wait(seconds) => format!("wait {seconds} seconds"),
        Remedy::RaiseLimit(limit) => format!("raise the balance limit to ${limit}"),
        Remedy::Approve => "approve the payment at the bank".to_owned(),
        Remedy::ContactSupport => "contact support".to_owned(),
        Remedy::ContactSales => "contact sales".to_owned(),
    }
}
