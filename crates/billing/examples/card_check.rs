//! PM-5 · What is wrong with a card as it is typed?
//!
//! `cargo run -p billing --example card_check` checks a test card whose date has passed, with the address of a country
//! that needs a postal code.
#![allow(clippy::print_stdout, reason = "an example prints what it computes")]

use billing::finding::Finding;
use billing::payment_method::address::Address;
use billing::payment_method::card::{Card, Funding, check, read_number};
use billing::policy::Policy;
use billing::time::Timestamp;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::shipped("prepaid")?;
    let now: Timestamp = "2025-12-01T09:30:00Z".parse()?;

    // While the number is typed, its first digits show the network and how the digits are grouped.
    let typed = read_number(&policy, "37828224");
    println!("{} -> {}", typed.formatted, typed.networks.first().map_or("?", |network| network.name()));

    let card = Card {
        name: "Ada Example",
        number: "4242 4242 4242 4242",
        expiry: "09/25",
        security_code: "123",
        funding: Funding::Credit,
        recurring: Some(true),
        address: Some(Address {
            line1: "1 Main Street",
            city: "Springfield",
            region: "IL",
            country: "US",
            line2: "",
            postal_code: "",
        }),
        address_match: None,
        linked: None,
    };
    let verdict = check(&policy, now, &card);
    println!("Accepted: {:?}", verdict.accepted);
    for found in &verdict.problems {
        println!("{}: {} ({})", found.field, found.problem, found.problem.code());
    }
    Ok(())
}
