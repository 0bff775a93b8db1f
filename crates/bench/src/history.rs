//! A long history, as an account that is used all day has one: made by deciding commands, always the same.

use billing::id::{LastFour, ModelId};
use billing::ledger::Hosting;
use billing::ledger::Service;
use billing::ledger::{Account, Command, Event, EventKind, Payment, decide};
use billing::money::{Charge, Money};
use billing::payment_method::Card;
use billing::payment_method::address::PostalAddress;
use billing::payment_method::card::{Expiry, Funding, Network};
use billing::policy::Policies;
use billing::time::Timestamp;

/// How many events the history has at least.
pub(crate) const EVENTS: usize = 100_000;

/// Tells an account's life until it has [`EVENTS`] events: usage every five minutes by a handful of models, two
/// deployments, auto-recharge, month ends. Nothing where a command is refused, which a test rules out.
#[must_use]
pub(crate) fn long(policies: &Policies) -> Option<Vec<Event>> {
    let mut life = Life {
        policies,
        account: Account::NEW,
        now: Timestamp::parse("2026-01-01T00:00:00Z").ok()?,
        events: Vec::new(),
    };
    life.tell(&Command::LinkCard { card: card(), hold: None })?;
    life.tell(&Command::BuyCredits { key: "first".into(), amount: Charge::parse("500.00").ok()?, another: None })?;
    let (amount, threshold) = (Some(Charge::parse("100.00").ok()?), Charge::parse("50.00").ok()?);
    life.tell(&Command::SetAutoRecharge { amount, threshold, purchases: None })?;
    for (deployment, hosting) in [("endpoint", Hosting::DedicatedEndpoint), ("tuned", Hosting::FineTunedModel)] {
        let per_minute = Money::parse("0.002").ok()?;
        let deployment = deployment.into();
        life.tell(&Command::StartDeployment { deployment, hosting, model: None, hardware: None, per_minute })?;
    }
    let models: [ModelId; 4] = ["llama", "qwen", "flux.1-dev", "bge"].map(Into::into);
    let cost = Money::parse("0.0123456789").ok()?;
    for model in models.iter().cycle() {
        if life.events.len() >= EVENTS {
            break;
        }
        life.now = life.now.plus_seconds(300)?;
        let (service, model) = (Service::Serverless, Some(model.clone()));
        life.tell(&Command::RecordUsage { service, model, tokens: Some(1200), cost, under_way: None })?;
    }
    Some(life.events)
}

fn card() -> Card {
    Card {
        token: "tok_visa".into(),
        fingerprint: "fp_visa".into(),
        network: Network::Visa,
        last4: LastFour(*b"4242"),
        expiry: Expiry { year: 2099, month: 12 },
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

struct Life<'p> {
    policies: &'p Policies,
    account: Account,
    now: Timestamp,
    events: Vec<Event>,
}

impl Life<'_> {
    /// Tells a command, and lets the bank answer at once to whatever payments it starts.
    fn tell(&mut self, command: &Command) -> Option<()> {
        let decided = decide(self.policies, &self.account, self.now, command).ok()?;
        self.account = decided.account;
        let started = decided.events.iter().filter_map(|event| match &event.kind {
            EventKind::PurchaseStarted { purchase, .. } => Some(Payment::Purchase(purchase.clone())),
            EventKind::InvoiceChargeStarted { invoice, .. } => Some(Payment::Invoice(invoice.clone())),
            _ => None,
        });
        let started: Vec<Payment> = started.collect();
        self.events.extend(decided.events);
        for payment in started {
            let purchase = match &payment {
                Payment::Purchase(purchase) => Some(purchase.clone()),
                _ => None,
            };
            self.tell(&Command::BankApproves { payment })?;
            if let Some(purchase) = purchase {
                self.tell(&Command::InvoiceGenerated { purchase: purchase.clone() })?;
                self.tell(&Command::BalanceUpdated { purchase })?;
            }
            self.tell(&Command::TierSettled)?;
        }
        Some(())
    }
}
