//! A life under a policy, told command by command: what the tests of accounts share.
#![allow(dead_code, reason = "every test tells what it needs")]

use billing::id::{LastFour, ModelId};
use billing::ledger::Hosting;
use billing::ledger::Service;
use billing::ledger::{Account, Command, Decided, Event, Notice, Payment, Rejection, decide, notices, replay};
use billing::money::{Charge, Money};
use billing::payment_method::Card;
use billing::payment_method::address::PostalAddress;
use billing::payment_method::card::{Expiry, Funding, Network};
use billing::policy::Policies;
use billing::policy::Policy;
use billing::rules::access::{Plan, Refusal};
use billing::rules::recharge::Setting;
use billing::time::Timestamp;

/// An account that lives, and everything that happened to it.
#[derive(Clone)]
pub(crate) struct Life {
    pub(crate) policies: Policies,
    pub(crate) account: Account,
    pub(crate) events: Vec<Event>,
}

impl Life {
    pub(crate) fn new(policies: Policies) -> Life {
        Life { policies, account: Account::NEW, events: Vec::new() }
    }

    /// A life under one policy, with a card linked when it begins.
    pub(crate) fn with_card(policy: &Policy, since: &str) -> Life {
        let mut life = Life::new(Policies::always(policy.clone()));
        life.tell(since, &link(card("a")));
        life
    }

    /// A life with a card and this many credits, bought and settled.
    pub(crate) fn funded(policy: &Policy, since: &str, amount: &str) -> Life {
        let mut life = Life::with_card(policy, since);
        life.buys(since, "funds", amount);
        life
    }

    /// The kinds of the events that a command makes happen.
    pub(crate) fn tell(&mut self, now: &str, command: &Command) -> Vec<&'static str> {
        self.told(now, command).events.iter().map(|event| event.kind.name()).collect()
    }

    /// What a command makes happen.
    pub(crate) fn told(&mut self, now: &str, command: &Command) -> Decided {
        let refused = |rejections: Vec<Rejection<'_>>| panic!("{now}: {:?}", codes(&rejections));
        let decided = decide(&self.policies, &self.account, at(now), command).unwrap_or_else(refused);
        self.account = decided.account.clone();
        self.events.extend(decided.events.iter().cloned());
        assert_eq!(replay(&self.events), Ok(self.account.clone()));
        decided
    }

    /// Lets time pass. What happens is told with its time.
    pub(crate) fn passes(&mut self, now: &str) -> Vec<String> {
        let told = self.told(now, &Command::Advance);
        told.events.iter().map(|event| format!("{} {}", event.at, event.kind.name())).collect()
    }

    /// The codes of the reasons against a command.
    pub(crate) fn refused(&self, now: &str, command: &Command) -> Vec<&'static str> {
        match decide(&self.policies, &self.account, at(now), command) {
            Ok(decided) => panic!("{now}: not refused, but {:?}", decided.events),
            Err(rejections) => codes(&rejections),
        }
    }

    /// The refusals of access against a command.
    pub(crate) fn refusals<'c>(&'c self, now: &str, command: &'c Command) -> Vec<Refusal<'c>> {
        let of_access = |rejection| match rejection {
            Rejection::Access(refusal) => refusal,
            other => panic!("{now}: {other:?}"),
        };
        decide(&self.policies, &self.account, at(now), command).unwrap_err().into_iter().map(of_access).collect()
    }

    /// Buys credits; they are there at once, and so is the tier.
    pub(crate) fn buys(&mut self, now: &str, key: &str, amount: &str) {
        self.tell(now, &buy(key, amount));
        self.completes(now, key);
        self.tell(now, &Command::TierSettled);
    }

    /// The bank and the services do their part of a purchase.
    pub(crate) fn completes(&mut self, now: &str, key: &str) {
        self.tell(now, &approve(key));
        self.tell(now, &Command::InvoiceGenerated { purchase: key.into() });
        self.tell(now, &Command::BalanceUpdated { purchase: key.into() });
    }

    pub(crate) fn balance(&self, now: &str) -> String {
        self.account.balance(at(now)).unwrap().to_string()
    }

    pub(crate) fn owed(&self) -> String {
        self.account.credits().owed().to_string()
    }

    /// What was bought so far, keys and amounts, whether complete or not.
    pub(crate) fn purchases(&self) -> Vec<(&str, String)> {
        self.account.purchases().iter().map(|it| (&*it.key, it.amount.to_string())).collect()
    }

    /// How many purchases there were.
    pub(crate) fn bought(&self) -> usize {
        self.account.purchases().len()
    }

    pub(crate) fn notices(&self, now: &str) -> Vec<Notice> {
        notices(&self.policies, &self.account, at(now)).unwrap()
    }

    pub(crate) fn says(&self, now: &str) -> Vec<&'static str> {
        self.notices(now).iter().map(billing::finding::Finding::code).collect()
    }

    /// How an invoice stands, what it covers and what is due.
    pub(crate) fn invoice(&self, id: &str) -> (&'static str, String, String) {
        let invoice = self.account.invoice(id).unwrap();
        let covered = invoice.usage.covered().unwrap();
        (invoice.state().id(), covered.to_string(), invoice.due.to_string())
    }
}

pub(crate) fn codes(rejections: &[Rejection<'_>]) -> Vec<&'static str> {
    rejections.iter().map(|rejection| rejection.finding().code()).collect()
}

/// An instant, in full or as `2025-12-01` or `2025-12-01 09:30`, in UTC.
pub(crate) fn at(text: &str) -> Timestamp {
    let full = match text.len() {
        10 => format!("{text}T00:00:00Z"),
        16 => format!("{}:00Z", text.replace(' ', "T")),
        _ if text.contains('T') => text.into(),
        _ => format!("{}Z", text.replace(' ', "T")),
    };
    Timestamp::parse(&full).unwrap()
}

pub(crate) fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

pub(crate) fn charge(text: &str) -> Charge {
    Charge::parse(text).unwrap()
}

/// A card that is accepted, known by this name.
pub(crate) fn card(name: &str) -> Card {
    Card {
        token: format!("tok_{name}").into(),
        fingerprint: format!("fp_{name}").into(),
        network: Network::Visa,
        last4: LastFour(*b"4242"),
        expiry: Expiry { year: 9999, month: 12 },
        funding: Funding::Credit,
        recurring: Some(true),
        address: Some(PostalAddress {
            line1: "1 Main St".into(),
            line2: String::new(),
            city: "Springfield".into(),
            region: "IL".into(),
            postal_code: "62701".into(),
            country: "US".into(),
        }),
        address_match: None,
        security_code_match: None,
        authorises_each: false,
        tax_id: None,
    }
}

pub(crate) fn link(card: Card) -> Command {
    Command::LinkCard { card, hold: None }
}

/// A card whose bank first holds $0.
pub(crate) fn link_with_hold(card: Card) -> Command {
    Command::LinkCard { card, hold: Some(true) }
}

pub(crate) fn buy(key: &str, amount: &str) -> Command {
    Command::BuyCredits { key: key.into(), amount: charge(amount), another: None }
}

/// A purchase that is meant though another one is pending.
pub(crate) fn buy_another(key: &str, amount: &str) -> Command {
    Command::BuyCredits { key: key.into(), amount: charge(amount), another: Some(true) }
}

fn purchase(key: &str) -> Payment {
    Payment::Purchase(key.into())
}

pub(crate) fn approve(key: &str) -> Command {
    Command::BankApproves { payment: purchase(key) }
}

pub(crate) fn decline(key: &str) -> Command {
    Command::BankDeclines { payment: purchase(key), code: "insufficient_funds".into() }
}

pub(crate) fn ask_customer(key: &str) -> Command {
    Command::BankRequiresAction { payment: purchase(key) }
}

pub(crate) fn invoice_paid(id: &str) -> Command {
    Command::BankApproves { payment: Payment::Invoice(id.into()) }
}

pub(crate) fn invoice_declined(id: &str) -> Command {
    Command::BankDeclines { payment: Payment::Invoice(id.into()), code: "insufficient_funds".into() }
}

pub(crate) fn invoice_needs_customer(id: &str) -> Command {
    Command::BankRequiresAction { payment: Payment::Invoice(id.into()) }
}

pub(crate) fn pay(id: &str) -> Command {
    Command::PayInvoice { invoice: id.into() }
}

pub(crate) fn auto_recharge(amount: &str, threshold: &str) -> Command {
    Command::SetAutoRecharge { amount: Some(charge(amount)), threshold: charge(threshold), purchases: None }
}

pub(crate) fn setting(amount: &str, threshold: &str) -> Setting {
    Setting { amount: charge(amount), threshold: charge(threshold) }
}

/// Requests to a model that cost this much.
pub(crate) fn usage(cost: &str) -> Command {
    usage_of(Service::Serverless, cost, false)
}

/// Requests that had begun before the limit was hit.
pub(crate) fn late_usage(cost: &str) -> Command {
    usage_of(Service::Serverless, cost, true)
}

pub(crate) fn usage_of(service: Service, cost: &str, under_way: bool) -> Command {
    let (model, tokens) = (Some(ModelId::from("another")), Some(1000));
    Command::RecordUsage { service, model, tokens, cost: money(cost), under_way: Some(under_way) }
}

/// A request to a model of its own tier.
pub(crate) fn usage_by(model: &str, cost: &str) -> Command {
    Command::RecordUsage {
        service: Service::Serverless,
        model: Some(model.into()),
        tokens: Some(1000),
        cost: money(cost),
        under_way: None,
    }
}

pub(crate) fn grant(name: &str, amount: &str) -> Command {
    Command::GrantFreeCredits { grant: name.into(), amount: money(amount) }
}

pub(crate) fn start(deployment: &str, per_minute: &str) -> Command {
    Command::StartDeployment {
        deployment: deployment.into(),
        hosting: Hosting::DedicatedEndpoint,
        model: None,
        hardware: Some("h100".into()),
        per_minute: money(per_minute),
    }
}

pub(crate) fn stop(deployment: &str) -> Command {
    Command::StopDeployment { deployment: deployment.into() }
}

pub(crate) fn limit(amount: &str) -> Command {
    Command::SetBalanceLimit { limit: Some(money(amount)) }
}

pub(crate) fn contract(plan: Plan, credit_limit: &str) -> Command {
    Command::SignContract { plan, credit_limit: money(credit_limit) }
}
