//! The life of an account: commands are decided, events are folded, and a forecast says what comes.
//!
//! `cargo run -p billing --example life`
#![allow(clippy::print_stdout, reason = "an example prints what it computes")]

use billing::id::LastFour;
use billing::ledger::{Account, Command, Event, Payment, Rejection, Service, decide, replay};
use billing::payment_method::Card;
use billing::payment_method::address::PostalAddress;
use billing::payment_method::card::{Expiry, Funding, Network};
use billing::policy::{Policies, Policy};
use billing::projection::forecast::{ForecastQuestion, forecast};
use billing::time::Timestamp;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let policy = Policy::shipped("prepaid")?;
    let policies = Policies::always(policy.clone());
    let (mut account, mut history) = (Account::NEW, Vec::<Event>::new());

    let purchase = || Payment::Purchase("k1".into());
    let life = [
        ("2025-12-01T09:00:00Z", Command::BuyCredits { key: "k1".into(), amount: "25.00".parse()?, another: None }),
        ("2025-12-01T09:01:00Z", Command::LinkCard { card: card(), hold: None }),
        ("2025-12-01T09:02:00Z", Command::BuyCredits { key: "k1".into(), amount: "25.00".parse()?, another: None }),
        ("2025-12-01T09:02:05Z", Command::BankApproves { payment: purchase() }),
        ("2025-12-01T09:02:06Z", Command::InvoiceGenerated { purchase: "k1".into() }),
        ("2025-12-01T09:02:07Z", Command::BalanceUpdated { purchase: "k1".into() }),
        ("2025-12-01T09:03:00Z", Command::TierSettled),
        (
            "2025-12-01T10:00:00Z",
            Command::RecordUsage {
                service: Service::Serverless,
                model: None,
                tokens: Some(125_000),
                cost: "1.75".parse()?,
                under_way: None,
            },
        ),
    ];
    for (at, command) in &life {
        let now: Timestamp = at.parse()?;
        match decide(&policies, &account, now, command) {
            Ok(decided) => {
                for event in &decided.events {
                    println!("{}", serde_json::to_string(event)?);
                }
                history.extend(decided.events);
                account = decided.account;
            }
            Err(reasons) => {
                for finding in reasons.iter().map(Rejection::finding) {
                    println!("{now} refused: {finding} ({})", finding.code());
                }
            }
        }
    }

    // What an account is follows from its events alone.
    let replayed = replay(&history).map_err(|error| error.why.to_string())?;
    println!(
        "Replayed {} events: {}",
        history.len(),
        if replayed == account { "the same account" } else { "another one" }
    );

    let now: Timestamp = "2025-12-01T12:00:00Z".parse()?;
    let question = ForecastQuestion { usage_per_day: "2.00".parse()?, days: 30, running: true };
    let ahead = forecast(&policies, &account, now, &question)?;
    println!("Balance ${}", account.balance(now)?);
    for finding in &ahead.outlook {
        println!("{finding}");
    }
    Ok(())
}

/// A test card, as a processor gives it back: a token, never a number.
fn card() -> Card {
    Card {
        token: "tok_visa".into(),
        fingerprint: "fp_visa".into(),
        network: Network::Visa,
        last4: LastFour(*b"4242"),
        expiry: Expiry { year: 2030, month: 12 },
        funding: Funding::Credit,
        recurring: Some(true),
        address: Some(PostalAddress {
            line1: "1 Main Street".into(),
            line2: String::new(),
            city: "Springfield".into(),
            region: "IL".into(),
            postal_code: "62701".into(),
            country: "US".into(),
        }),
        address_match: Some(true),
        security_code_match: Some(true),
        authorises_each: false,
        tax_id: None,
    }
}
