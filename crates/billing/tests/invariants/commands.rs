//! Commands: refusals, repetitions, remedies.

use crate::random::{Branch, Chance, Held, Law, Scene, cents, claim, codes, hold, money, same, smallest};
use billing::ledger::{Account, Command, Decided, Payment, Rejection, Service, decide, notices};
use billing::money::Money;
use billing::rules::access::Remedy;

/// A refusal changes nothing: it gives reasons and no events, each with a code and a sentence, and asked again it is the
/// same. What an account is asked can always be answered. (Only sums beyond what money can hold refuse everything.)
#[test]
fn a_refused_command_changes_nothing_and_gives_its_reasons() {
    hold::<Reasoned>("a_refusal_gives_its_reasons", 10_000);
}

#[derive(Default)]
struct Reasoned {
    hostile: bool,
}

impl Law for Reasoned {
    fn step(&mut self, scene: &Scene<'_>, chance: &mut Chance) -> Held {
        let text = || serde_json::to_string(&scene.told.command).unwrap();
        self.hostile = self.hostile || is_hostile(&scene.told.command);
        if let Err(rejections) = scene.outcome {
            claim(!rejections.is_empty(), || format!("{} is refused for nothing", text()))?;
            for rejection in rejections {
                let (code, message) = (rejection.finding().code(), rejection.finding().to_string());
                claim(code.contains('.') && message.ends_with('.'), || format!("{code}: {message}"))?;
                claim(self.hostile || code != "command.out_of_range", || format!("{} is out of range", text()))?;
            }
        }
        if chance.one_in(4) {
            let again = decide(scene.policies, scene.before, scene.told.at, &scene.told.command);
            same("asked again", &again, scene.outcome)?;
        }
        let Some(policy) = scene.policies.at(scene.told.at).filter(|_| scene.outcome.is_ok()) else { return Ok(()) };
        let account = scene.after();
        let told = notices(scene.policies, account, scene.told.at).map_err(|error| format!("notices: {error}"))?;
        for notice in told {
            claim(notice.to_string().ends_with('.'), || format!("{notice:?}"))?;
        }
        let snapshot = account.snapshot(policy, scene.told.at).map_err(|error| format!("snapshot: {error}"))?;
        let request = billing::rules::access::Request::API_CALL;
        let decision = billing::rules::access::authorize(policy, &snapshot, &request)
            .map_err(|error| format!("access: {error}"))?;
        billing::rules::access::notices(policy, &snapshot, &request, &decision)
            .map_err(|error| format!("access: {error}"))?;
        Ok(())
    }
}

/// Whether a command brings an amount with which sums may leave the range.
fn is_hostile(command: &Command) -> bool {
    let huge = |amount: Money| amount.absolute() > money("1000000");
    match command {
        Command::RecordUsage { cost, tokens, .. } => huge(*cost) || tokens.is_some_and(|tokens| tokens > 1_000_000),
        Command::GrantFreeCredits { amount, .. } => huge(*amount) || amount.is_negative(),
        Command::StartDeployment { per_minute, .. } => huge(*per_minute),
        Command::SignContract { credit_limit, .. } => huge(*credit_limit),
        Command::BuyCredits { amount, .. } => huge(amount.money()),
        Command::SetAutoRecharge { amount, threshold, .. } => {
            huge(threshold.money()) || amount.is_some_and(|amount| huge(amount.money()))
        }
        Command::SetBalanceLimit { limit } => limit.is_some_and(huge),
        _ => false,
    }
}

/// A command repeated at once makes nothing happen twice: it is known as the same, or refused for what it did itself.
/// Entering a card or a setting again says again what was said, and buys nothing more.
#[test]
fn a_repeated_command_happens_once() {
    hold::<Repeated>("a_repeated_command_happens_once", 10_000);
}

#[derive(Default)]
struct Repeated;

impl Law for Repeated {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let (Ok(decided), command) = (scene.outcome, &scene.told.command) else { return Ok(()) };
        let again = decide(scene.policies, &decided.account, scene.told.at, command);
        let refused = again.as_ref().err().map(|rejections| codes(rejections));
        match command {
            Command::RecordUsage { .. } | Command::RecordRequest { .. } => Ok(()),
            Command::PayInvoice { .. } => same("refused", &refused, &Some(vec!["invoice.being_charged"])),
            Command::EndContract => same("refused", &refused, &Some(vec!["contract.none"])),
            Command::BankDeclines { payment: Payment::Hold(_), .. } if decided.account.held_card().is_none() => {
                same("refused", &refused, &Some(vec!["card.no_hold"]))
            }
            Command::SetAutoRecharge { .. } if refused == Some(vec!["recharge.preview_outdated"]) => Ok(()),
            Command::LinkCard { .. } | Command::SetAutoRecharge { .. } => {
                Repeated::to_be_bought(&decided.account, again)
            }
            _ => {
                let again = again.map_err(|rejections| format!("refused: {:?}", codes(&rejections)))?;
                claim(again.events.is_empty(), || format!("again: {:?}", again.events))?;
                claim(again.account == decided.account, || "the account is another".into())
            }
        }
    }
}

impl Repeated {
    fn to_be_bought(account: &Account, again: Result<Decided, Vec<Rejection<'_>>>) -> Held {
        let again = again.map_err(|rejections| format!("refused: {:?}", codes(&rejections)))?;
        let planned = |account: &Account| {
            let run = account.recharge().run;
            let rest = run.map_or(Ok(Money::ZERO), |run| run.amount.money().times(run.purchases - run.started));
            rest.and_then(|rest| rest.checked_add(account.pending()?)).unwrap()
        };
        same("to be bought", &planned(account), &planned(&again.account))
    }
}

/// Every remedy that a refusal names works: the purchase, once it is complete and the tier has settled; paying what is past
/// due; waiting for what is under way; raising the limit. Then the reason is gone.
#[test]
fn every_remedy_works() {
    hold::<Remedied>("every_remedy_works", 8_000);
}

#[derive(Default)]
struct Remedied;

impl Law for Remedied {
    fn step(&mut self, scene: &Scene<'_>, chance: &mut Chance) -> Held {
        let at = scene.told.at;
        if scene.after().last().is_some_and(|last| at < last) || !chance.one_in(8) {
            return Ok(());
        }
        let Ok(advanced) = decide(scene.policies, scene.after(), at, &Command::Advance) else { return Ok(()) };
        let model = chance.pick(&[None, Some("flux.1-dev".into()), Some("flux.1-pro".into())]);
        let usage = |service, cost| Command::RecordUsage { service, model, tokens: None, cost, under_way: None };
        let cost = cents(chance.below(3000)).money().checked_add(smallest().times(chance.below(2)).unwrap()).unwrap();
        let asked = match chance.below(3) {
            0 => usage(Service::Serverless, cost),
            1 => usage(Service::FineTuning, cost),
            _ => Command::StartDeployment {
                deployment: "asked".into(),
                hosting: billing::ledger::Hosting::DedicatedEndpoint,
                model: None,
                hardware: None,
                per_minute: cost,
            },
        };
        let branch = Branch { policies: scene.policies, account: advanced.account, at };
        let Err(rejections) = decide(scene.policies, &branch.account, at, &asked) else { return Ok(()) };
        for rejection in &rejections {
            let code = rejection.finding().code();
            for remedy in rejection.remedies() {
                // No contract goes farther than an amount can say.
                let balance = branch.account.balance(at).unwrap();
                if *remedy == Remedy::ContactSales && balance < money("-900000000000000") {
                    continue;
                }
                let lifted = branch.clone().lift(*remedy);
                let after = lifted.map_err(|why| format!("{code}: {remedy:?}: {why}"))?;
                let still = after.ask(&asked).err().unwrap_or_default();
                claim(!still.contains(&code), || {
                    let asked = serde_json::to_string(&asked).unwrap();
                    format!("{code} is still there after {remedy:?} when asked for {asked}")
                })?;
            }
        }
        Ok(())
    }
}
