//! The scripts of the example accounts: who did what when. The sandbox's bank does its part in between.

use super::{Preset, example_address, security_code};
use crate::pages::add_credits::intent;
use crate::session::AccountView;
use billing::ledger::Command;
use billing::ledger::Hosting;
use billing::ledger::Service;
use billing::money::{Charge, Money};
use billing::payment_method::Card;
use billing::policy::Policies;
use billing::processor::{Entered, Processor};
use billing::rules::access::Plan;
use billing::time::Timestamp;
use sandbox_bank::{CARDS, SandboxBank};

/// Plays the script of an example account. Returns nothing where a command of the script is refused.
pub(super) fn play_script(preset: Preset, policies: Policies) -> Option<AccountView> {
    let script = match preset {
        Preset::New => None,
        Preset::FreeCreditsOnly => free_credits(policies),
        Preset::BuildTier2 => build_tier_2(policies),
        Preset::NearTheLimit => near_the_limit(policies),
        Preset::PastDue => past_due(policies),
        Preset::Enterprise => enterprise(policies),
        Preset::IdleEndpoint => idle_endpoint(policies),
    };
    script.filter(|script| script.is_sound).map(|script| script.session)
}

fn free_credits(policies: Policies) -> Option<ExampleScript> {
    let script = ExampleScript::begin(policies, "2025-12-04T09:00:00Z")?;
    Some(script.grant("welcome", "20.00").at("2025-12-05T10:00:00Z"))
}

fn build_tier_2(policies: Policies) -> Option<ExampleScript> {
    let script = ExampleScript::begin(policies, "2025-12-02T08:30:00Z")?.link("visa").buy("50.00");
    let script = script.at("2025-12-03T11:00:00Z").use_model("llama-3.3-70b", 18_400_000, "21.80");
    let script = script.at("2025-12-08T15:20:00Z").use_model("qwen2.5-72b", 9_700_000, "12.50");
    let script = script.at("2025-12-09T09:10:00Z").buy("12.50");
    Some(script.at("2025-12-10T12:00:00Z").grant("hackathon", "10.00").at("2025-12-11T10:00:00Z"))
}

/// In the days when usage was billed at the month's end, down to −$100.00.
fn near_the_limit(policies: Policies) -> Option<ExampleScript> {
    let script = ExampleScript::begin(policies, "2025-11-10T09:00:00Z")?.link("mastercard").buy("100.00");
    let script = script.at("2025-11-12T09:00:00Z").use_model("deepseek-v3", 71_000_000, "88.75");
    let script = script.at("2025-11-14T16:40:00Z").buy("80.00");
    let script = script.at("2025-11-19T13:00:00Z").use_model("deepseek-v3", 84_000_000, "105.00");
    Some(script.at("2025-11-26T18:15:00Z").use_model("qwen2.5-72b", 68_891_667, "82.67").at("2025-11-27T10:00:00Z"))
}

/// The charge of November's invoice on the 3rd fails with the card that was linked the day before.
fn past_due(policies: Policies) -> Option<ExampleScript> {
    let script = ExampleScript::begin(policies, "2025-11-11T14:00:00Z")?.link("visa").buy("100.00");
    let script = script.at("2025-11-28T10:30:00Z").use_model("llama-3.3-70b", 95_000_000, "112.40");
    let script = script.at("2025-12-01T09:00:00Z").buy("20.00");
    let script = script.at("2025-12-02T10:00:00Z").use_model("llama-3.3-70b", 4_430_000, "5.25").link("fails_later");
    Some(script.at("2025-12-04T10:00:00Z"))
}

fn enterprise(policies: Policies) -> Option<ExampleScript> {
    let signed =
        |limit| Some(Command::SignContract { plan: Plan::Enterprise, credit_limit: Money::parse(limit).ok()? });
    let script =
        ExampleScript::begin(policies, "2025-12-01T08:00:00Z")?.link("american_express").dispatch(signed("5000.00"));
    let script = script.buy("24100.00").at("2025-12-05T08:00:00Z").use_model("deepseek-v3", 18_900_000_000, "23640.15");
    let script = script.at("2025-12-08T08:00:00Z").buy("24100.00");
    let script = script.at("2025-12-17T17:30:00Z").use_model("deepseek-v3", 21_496_320_000, "26870.40");
    Some(script.at("2025-12-18T10:00:00Z"))
}

/// An endpoint that nobody has called for two days costs by the minute, and auto-recharge pays for it.
fn idle_endpoint(policies: Policies) -> Option<ExampleScript> {
    let asked = || Some(Command::RecordRequest { deployment: "support-chat".into() });
    let script = ExampleScript::begin(policies, "2025-12-08T07:45:00Z")?.link("visa").buy("50.00");
    let script = script.at("2025-12-08T08:00:00Z").recharge("25.00", "10.00");
    let script = script.at("2025-12-08T09:00:00Z").start("support-chat", "llama-3.1-8b-tuned", "0.02");
    Some(script.at("2025-12-09T16:20:00Z").dispatch(asked()).at("2025-12-11T18:00:00Z"))
}

/// A script while it is played.
struct ExampleScript {
    session: AccountView,
    /// Whether every command was taken.
    is_sound: bool,
}

impl ExampleScript {
    fn begin(policies: Policies, at: &str) -> Option<ExampleScript> {
        Some(ExampleScript { session: AccountView::new(policies, Timestamp::parse(at).ok()?), is_sound: true })
    }

    /// Lets time pass, with whatever falls due in it.
    fn at(mut self, at: &str) -> ExampleScript {
        self.is_sound &= Timestamp::parse(at).is_ok_and(|at| self.session.pass_until(at));
        self
    }

    fn dispatch(mut self, command: Option<Command>) -> ExampleScript {
        self.is_sound &= command.is_some_and(|command| self.session.dispatch(&command).is_ok());
        self
    }

    /// Links a test card by its name.
    fn link(self, name: &str) -> ExampleScript {
        let now = self.session.now();
        let card = test_card(name, now);
        self.dispatch(card.map(|card| Command::LinkCard { card, hold: None }))
    }

    fn buy(self, amount: &str) -> ExampleScript {
        let key = intent(&self.session);
        let amount = Charge::parse(amount).ok();
        self.dispatch(amount.map(|amount| Command::BuyCredits { key, amount, another: None }))
    }

    /// A use of a model by requests.
    fn use_model(self, model: &str, tokens: u64, cost: &str) -> ExampleScript {
        let (model, tokens) = (Some(model.into()), Some(tokens));
        let service = Service::Serverless;
        let cost = Money::parse(cost).ok();
        self.dispatch(cost.map(|cost| Command::RecordUsage { service, model, tokens, cost, under_way: None }))
    }

    fn grant(self, name: &str, amount: &str) -> ExampleScript {
        let amount = Money::parse(amount).ok();
        self.dispatch(amount.map(|amount| Command::GrantFreeCredits { grant: name.into(), amount }))
    }

    fn start(self, name: &str, model: &str, per_minute: &str) -> ExampleScript {
        let per_minute = Money::parse(per_minute).ok();
        self.dispatch(per_minute.map(|per_minute| Command::StartDeployment {
            deployment: name.into(),
            hosting: Hosting::DedicatedEndpoint,
            model: Some(model.into()),
            hardware: Some("1 × L40S".into()),
            per_minute,
        }))
    }

    fn recharge(self, amount: &str, threshold: &str) -> ExampleScript {
        let command = Charge::parse(amount)
            .ok()
            .zip(Charge::parse(threshold).ok())
            .map(|(amount, threshold)| Command::SetAutoRecharge { amount: Some(amount), threshold, purchases: None });
        self.dispatch(command)
    }
}

fn test_card(name: &str, now: Timestamp) -> Option<Card> {
    let card = CARDS.iter().find(|card| card.name == name)?;
    let (expiry, name) = ("12/30", "");
    let security_code = security_code(card);
    let entered = Entered { number: card.number, expiry, security_code, name, address: example_address() };
    SandboxBank.link(&entered, now).ok().map(|taken| taken.card)
}
