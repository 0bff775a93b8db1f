//! Forecasts and charges on a living account: what a forecast sees is what then happens.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

mod access;
mod agreement;
mod charges;
mod events;
mod property;
mod runway;
#[path = "../with_terms/mod.rs"]
mod with_terms;

use billing::id::LastFour;
use billing::ledger::{Account, Command, Event, EventKind, Hosting, Payment, Service, decide};
use billing::money::{Charge, Money};
use billing::payment_method::Card;
use billing::payment_method::address::PostalAddress;
use billing::payment_method::card::{Expiry, Funding, Network};
use billing::policy::Policies;
use billing::projection::forecast::{Forecast, ForecastEvent, ForecastQuestion, forecast};
use billing::time::Timestamp;
pub(crate) use with_terms::with_terms;

pub(crate) fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

pub(crate) fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

pub(crate) fn charge(text: &str) -> Charge {
    Charge::parse(text).unwrap()
}

pub(crate) fn card(expiry: Expiry) -> Command {
    let card = Card {
        token: "tok_visa".into(),
        fingerprint: "fp_visa".into(),
        network: Network::Visa,
        last4: LastFour(*b"4242"),
        expiry,
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
    };
    Command::LinkCard { card, hold: None }
}

/// A life in which the bank approves at once.
pub(crate) struct Life {
    pub(crate) policies: Policies,
    pub(crate) account: Account,
    pub(crate) events: Vec<Event>,
}

impl Life {
    pub(crate) fn with_card(policies: Policies, now: &str, bought: &str) -> Life {
        let mut life = Life { policies, account: Account::NEW, events: Vec::new() };
        life.tell(at(now), &card(Expiry { year: 2040, month: 12 }));
        life.tell(at(now), &Command::BuyCredits { key: "first".into(), amount: charge(bought), another: None });
        life
    }

    pub(crate) fn tell(&mut self, now: Timestamp, command: &Command) {
        let decided =
            decide(&self.policies, &self.account, now, command).unwrap_or_else(|refused| panic!("{refused:?}"));
        self.account = decided.account;
        self.events.extend(decided.events.iter().cloned());
        for event in decided.events {
            match event.kind {
                EventKind::PurchaseStarted { purchase, .. } => {
                    self.tell(now, &Command::BankApproves { payment: Payment::Purchase(purchase.clone()) });
                    self.tell(now, &Command::InvoiceGenerated { purchase: purchase.clone() });
                    self.tell(now, &Command::BalanceUpdated { purchase });
                    self.tell(now, &Command::TierSettled);
                }
                EventKind::InvoiceChargeStarted { invoice, .. } => {
                    self.tell(now, &Command::BankApproves { payment: Payment::Invoice(invoice) });
                    self.tell(now, &Command::TierSettled);
                }
                _ => {}
            }
        }
    }

    pub(crate) fn recharge(&mut self, now: &str, amount: &str, threshold: &str) {
        let (amount, threshold) = (Some(charge(amount)), charge(threshold));
        self.tell(at(now), &Command::SetAutoRecharge { amount, threshold, purchases: None });
    }

    pub(crate) fn deploy(&mut self, now: &str, per_minute: &str) {
        self.tell(
            at(now),
            &Command::StartDeployment {
                deployment: "d".into(),
                hosting: Hosting::DedicatedEndpoint,
                model: None,
                hardware: None,
                per_minute: money(per_minute),
            },
        );
    }

    pub(crate) fn forecast(&self, now: &str, usage_per_day: &str, days: u64) -> Forecast {
        let question = ForecastQuestion { usage_per_day: money(usage_per_day), days, running: true };
        forecast(&self.policies, &self.account, at(now), &question).unwrap()
    }

    pub(crate) fn use_some(&mut self, now: Timestamp, cost: Money) {
        let service = Service::Serverless;
        self.tell(now, &Command::RecordUsage { service, model: None, tokens: None, cost, under_way: None });
    }

    pub(crate) fn recharged(&self) -> u64 {
        let is_own = |event: &&Event| matches!(&event.kind, EventKind::PurchaseStarted { run: Some(_), .. });
        u64::try_from(self.events.iter().filter(is_own).count()).unwrap()
    }
}

pub(crate) fn kinds(seen: &Forecast) -> Vec<&'static str> {
    let kind = |what: &ForecastEvent| match what {
        ForecastEvent::Recharge { .. } => "recharge",
        ForecastEvent::MonthEnd { .. } => "month_end",
        ForecastEvent::Charge { .. } => "charge",
        ForecastEvent::PastDue { .. } => "past_due",
        ForecastEvent::Expiry { .. } => "expiry",
        ForecastEvent::Suspended { .. } => "suspended",
        ForecastEvent::Recovered => "recovered",
    };
    seen.entries.iter().map(|entry| kind(&entry.what)).collect()
}
