//! Telling a history: what was done when, while the sandbox's bank does its part in between.

use crate::credits::intent;
use crate::life::Life;
use billing::account::{Card, Command, Policies};
use billing::card::Address;
use billing::deployment::Hosting;
use billing::invoice::Service;
use billing::money::{Charge, Money};
use billing::processor::{Entered, Processor};
use billing::time::Timestamp;
use sandbox_bank::{CARDS, SandboxBank, TestCard};

/// The address that the example cards have.
pub(crate) fn example_address() -> Address<'static> {
    Address {
        line1: "1 Example Street",
        line2: "",
        city: "Springfield",
        region: "IL",
        postal_code: "62701",
        country: "US",
    }
}

/// A history that is being told.
pub(super) struct Tale {
    life: Life,
    /// Whether every command was taken; a test holds that it is.
    is_sound: bool,
}

impl Tale {
    pub(super) fn begin(policies: Policies<'static>, at: &str) -> Option<Tale> {
        Some(Tale { life: Life::new(policies, Timestamp::parse(at).ok()?), is_sound: true })
    }

    /// Lets time pass, with whatever falls due in it.
    pub(super) fn at(mut self, at: &str) -> Tale {
        self.is_sound &= Timestamp::parse(at).is_ok_and(|at| self.life.pass_until(at));
        self
    }

    pub(super) fn tell(mut self, command: Option<Command>) -> Tale {
        self.is_sound &= command.is_some_and(|command| self.life.tell(&command).is_ok());
        self
    }

    /// Links a test card by its name.
    pub(super) fn link(self, name: &str) -> Tale {
        let now = self.life.now();
        let card = test_card(name, now);
        self.tell(card.map(|card| Command::LinkCard { card, hold: None }))
    }

    pub(super) fn buy(self, amount: &str) -> Tale {
        let key = intent(&self.life);
        let amount = Charge::parse(amount).ok();
        self.tell(amount.map(|amount| Command::BuyCredits { key, amount, another: None }))
    }

    /// A use of a model by requests.
    pub(super) fn use_model(self, model: &str, tokens: u64, cost: &str) -> Tale {
        let (model, tokens) = (Some(model.into()), Some(tokens));
        let service = Service::Serverless;
        let cost = Money::parse(cost).ok();
        self.tell(cost.map(|cost| Command::RecordUsage { service, model, tokens, cost, under_way: None }))
    }

    pub(super) fn grant(self, name: &str, amount: &str) -> Tale {
        let amount = Money::parse(amount).ok();
        self.tell(amount.map(|amount| Command::GrantFreeCredits { grant: name.into(), amount }))
    }

    pub(super) fn start(self, name: &str, model: &str, per_minute: &str) -> Tale {
        let per_minute = Money::parse(per_minute).ok();
        self.tell(per_minute.map(|per_minute| Command::StartDeployment {
            deployment: name.into(),
            hosting: Hosting::DedicatedEndpoint,
            model: Some(model.into()),
            hardware: Some("1 × L40S".into()),
            per_minute,
        }))
    }

    pub(super) fn recharge(self, amount: &str, threshold: &str) -> Tale {
        let command = Charge::parse(amount)
            .ok()
            .zip(Charge::parse(threshold).ok())
            .map(|(amount, threshold)| Command::SetAutoRecharge { amount: Some(amount), threshold, purchases: None });
        self.tell(command)
    }

    /// The account as it then stands, and whether all of it could be told.
    pub(super) fn end(self) -> (Life, bool) {
        (self.life, self.is_sound)
    }
}

fn test_card(name: &str, now: Timestamp) -> Option<Card> {
    let card = CARDS.iter().find(|card| card.name == name)?;
    let (expiry, name) = ("12/30", "");
    let security_code = security_code(card);
    let entered = Entered { number: card.number, expiry, security_code, name, address: example_address() };
    SandboxBank.link(&entered, now).ok().map(|taken| taken.card)
}

/// A code of the length that the card's network has.
pub(crate) fn security_code(card: &TestCard) -> &'static str {
    if card.number.len() == 15 { "1234" } else { "123" }
}
