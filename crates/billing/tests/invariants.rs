//! What holds of every account's life, held against random histories.
//!
//! Each law is said once, above its test. `LAWS_COMMANDS` says how many commands each test tells, `LAWS_SEED` which; with
//! `--nocapture` each prints what it has seen. A history that breaks a law is told as short as it could be made.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "that is how a test fails"
)]

mod random;

use billing::id::Id;
use billing::json::read::{At, Family};
use billing::ledger::Stage;
use billing::ledger::{
    Account, Command, Decided, Event, EventKind, Payment, Rejection, StoredEvent, decide, notices, replay,
};
use billing::ledger::{CreditKind, Lot};
use billing::ledger::{InvoiceState, Service};
use billing::money::Money;
use billing::policy::Policies;
use billing::policy::{Policy, Trigger};
use billing::rules::access::Remedy;
use billing::rules::recharge::{RechargeBlock, Setting, preview};
use billing::time::Timestamp;
use random::{
    Branch, Chance, Figures, Held, Law, Scene, cents, claim, codes, command, commands_to_run, event, hold, later,
    money, same, settings, sum,
};
use std::collections::BTreeMap;

/// Money is conserved to the last decimal. What was granted, bought and billed is what was used, has expired and is on the
/// balance; so it is lot by lot; and what an invoice covers, bills and carries over is what it was drawn for.
#[test]
fn money_is_conserved() {
    hold::<Conserved>("money_is_conserved", 12_000);
}

#[derive(Default)]
struct Conserved;

impl Law for Conserved {
    fn step(&mut self, scene: &Scene<'_>, chance: &mut Chance) -> Held {
        let account = scene.after();
        let (credits, totals) = (account.credits(), account.totals());
        let balance = credits.balance().unwrap();
        let came_in = sum([totals.granted, totals.bought, totals.invoiced]);
        same("ledger", &came_in, &sum([totals.used, totals.expired, balance]))?;
        if chance.one_in(8) { Conserved::in_detail(account) } else { Ok(()) }
    }

    fn end(&mut self, _: &Policies, account: &Account) -> Held {
        Conserved::in_detail(account)
    }
}

impl Conserved {
    fn in_detail(account: &Account) -> Held {
        let (credits, totals) = (account.credits(), account.totals());
        let lots = credits.lots();
        for lot in lots {
            same("lot", &lot.amount, &sum([lot.used, lot.expired, lot.left()]))?;
            let parts = [lot.used, lot.expired, lot.left()];
            claim(!parts.into_iter().any(Money::is_negative), || format!("less than nothing of {lot:?}"))?;
        }
        let of = |kind, part: fn(&Lot) -> Money| sum(lots.iter().filter(|lot| lot.kind == kind).map(part));
        same("granted", &totals.granted, &of(CreditKind::Free, |lot| lot.amount))?;
        same("bought", &totals.bought, &of(CreditKind::Purchased, |lot| lot.amount))?;
        same("free", &credits.free(), &of(CreditKind::Free, Lot::left))?;
        same("purchased", &credits.purchased(), &of(CreditKind::Purchased, Lot::left))?;
        same("expired", &totals.expired, &sum(lots.iter().map(|lot| lot.expired)))?;
        let paid_by_credits = sum(lots.iter().map(|lot| lot.used));
        same("used", &totals.used, &sum([paid_by_credits, totals.invoiced, credits.owed()]))?;
        let left = credits.free().checked_add(credits.purchased()).unwrap();
        claim(!left.is_positive() || !credits.owed().is_positive(), || {
            "credits are left while something is owed".into()
        })?;
        Conserved::invoices(account)
    }

    fn invoices(account: &Account) -> Held {
        let mut carried = Money::ZERO;
        let open = account.usage();
        let usages = account.invoices().iter().map(|invoice| (&invoice.usage, invoice.due.money()));
        let mut used = Money::ZERO;
        for invoice in account.invoices() {
            same("shortfall", &invoice.usage.shortfall().unwrap(), &invoice.due)?;
        }
        same("uncovered", &open.uncovered().unwrap(), &account.credits().owed())?;
        for (usage, due) in usages.chain([(open, Money::ZERO)]) {
            same("carried in", &usage.carried_in, &carried)?;
            let [services, deployments] = [
                sum(usage.services.values().map(|tally| tally.cost)),
                sum(usage.deployments.values().map(|hosted| hosted.cost)),
            ];
            same("total", &usage.total, &sum([services, deployments]))?;
            used = sum([used, usage.total]);
            let owed = usage.total.checked_add(carried).unwrap();
            carried = owed.checked_sub(usage.covered().unwrap()).and_then(|rest| rest.checked_sub(due)).unwrap();
            claim(!carried.is_negative(), || format!("{carried} is carried over"))?;
            same("hosted", &usage.hosted().unwrap(), &deployments)?;
        }
        same("used on invoices", &account.totals().used, &used)?;
        same("owed", &account.credits().owed(), &carried)?;
        let last_carried = open.carried_in;
        claim(last_carried < money("0.01"), || format!("{last_carried} was not billed"))?;
        let hosted = account.deployments().iter().map(|it| it.per_minute.times(it.charged_minutes).unwrap());
        same("hosted", &account.totals().hosted, &sum(hosted))
    }
}

/// No credit is used twice. What is used of a lot never falls, and with what has expired of it never exceeds it; every cost
/// is met once, by credits or by what is owed; and no credit expires that has been used, though it was not charged yet.
#[test]
fn no_credit_is_used_twice() {
    hold::<UsedOnce>("no_credit_is_used_twice", 12_000);
}

struct UsedOnce(Account);

impl Default for UsedOnce {
    fn default() -> UsedOnce {
        UsedOnce(Account::NEW)
    }
}

impl Law for UsedOnce {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let events = scene.outcome.as_ref().map_or(&[][..], |decided| &decided.events);
        for event in events {
            let (lots, met) = (self.0.credits().lots().to_vec(), self.met());
            if matches!(event.kind, EventKind::CreditsExpired { .. }) {
                same("uncharged at an expiry", &self.0.uncharged(event.at).unwrap(), &Money::ZERO)?;
            }
            self.0.apply(event).unwrap();
            let now = self.0.credits().lots();
            claim(now.len() >= lots.len(), || "a lot is gone".into())?;
            for (before, after) in lots.iter().zip(now) {
                let grown = after.used >= before.used && after.expired >= before.expired;
                let same = Lot { used: before.used, expired: before.expired, ..*after } == *before;
                let within = after.used.checked_add(after.expired).unwrap() <= after.amount;
                claim(grown && same && within, || format!("{before:?} became {after:?}"))?;
            }
            let cost = match &event.kind {
                EventKind::UsageRecorded { cost, .. } | EventKind::DeploymentCharged { cost, .. } => *cost,
                _ => Money::ZERO,
            };
            same("met", &self.met(), &met.checked_add(cost).unwrap())?;
        }
        Ok(())
    }
}

impl UsedOnce {
    /// What credits have paid, invoices have asked for, and is owed.
    fn met(&self) -> Money {
        let credits = self.0.credits();
        let paid = sum(credits.lots().iter().map(|lot| lot.used));
        sum([paid, self.0.totals().invoiced, credits.owed()])
    }
}

/// The balance never passes its limit but by usage that was under way and by deployments that were running: what else is
/// used saw a balance above the limit just before, and a job or a deployment that starts can be paid.
#[test]
fn the_limit_holds() {
    hold::<Limited>("the_limit_holds", 12_000);
}

struct Limited(Account);

impl Default for Limited {
    fn default() -> Limited {
        Limited(Account::NEW)
    }
}

impl Law for Limited {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let events = scene.outcome.as_ref().map_or(&[][..], |decided| &decided.events);
        for event in events {
            self.before(scene.policies, event)?;
            self.0.apply(event).unwrap();
        }
        Ok(())
    }
}

impl Limited {
    fn before(&self, policies: &Policies, event: &Event) -> Held {
        let policy = policies.at(event.at).unwrap();
        let (needed, cost) = match event.kind {
            EventKind::UsageRecorded { service: Service::Serverless, cost, under_way: false, .. } => {
                (Money::ZERO, cost)
            }
            EventKind::UsageRecorded { cost, under_way: false, .. } => (cost, cost),
            EventKind::DeploymentStarted { per_minute, .. } => {
                (per_minute.times(policy.deployment_covered_minutes).unwrap(), Money::ZERO)
            }
            _ => return Ok(()),
        };
        claim(!cost.is_negative() && !needed.is_negative(), || format!("{cost} was used"))?;
        let snapshot = self.0.snapshot(policy, event.at).unwrap();
        let limit = snapshot.credit_limit(policy).unwrap().in_force;
        let above = snapshot.balance.checked_add(limit).unwrap();
        claim(above.is_positive() && above >= needed, || {
            format!("{:?} at a balance of {} with a limit of {limit}", event.kind, snapshot.balance)
        })?;
        let suspended = policy.past_due_suspends && snapshot.past_due.is_positive();
        claim(!suspended, || "used while an invoice is past due".into())?;
        let access = snapshot.contract.is_some() || snapshot.lifetime_spend >= policy.minimum_spend;
        claim(access, || "used without a purchase".into())
    }
}

/// Lifetime spend is what completed purchases and paid invoices come to; the spend that has become a tier is never more.
#[test]
fn spend_is_purchases_and_paid_invoices() {
    hold::<Spent>("spend_is_purchases_and_paid_invoices", 12_000);
}

#[derive(Default)]
struct Spent;

impl Law for Spent {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let account = scene.after();
        let bought = account.purchases().iter().filter(|purchase| purchase.stage() == Stage::Completed);
        let paid = account.invoices().iter().filter(|invoice| invoice.state() == InvoiceState::Paid);
        let bought = bought.map(|purchase| purchase.amount.money());
        let spend = account.lifetime_spend().unwrap();
        same("spend", &spend, &sum(bought.chain(paid.map(|invoice| invoice.due.money()))))?;
        let settled = account.settled_spend();
        claim(settled <= spend, || format!("{settled} has settled of {spend}"))?;
        claim(account.settling_since().is_some() || settled == spend, || format!("{settled} of {spend} settles not"))
    }
}

/// The fold agrees: the events, folded one by one or replayed from the first, make the account that was decided; and
/// written as JSON and read back they are the same events, and the commands the same commands.
#[test]
fn the_fold_agrees() {
    hold::<Folded>("the_fold_agrees", 6_000);
}

struct Folded {
    account: Account,
    events: Vec<Event>,
}

impl Default for Folded {
    fn default() -> Folded {
        Folded { account: Account::NEW, events: Vec::new() }
    }
}

impl Law for Folded {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let Ok(decided) = scene.outcome else { return Ok(()) };
        for event in &decided.events {
            self.account.apply(event).map_err(|why| format!("{event:?} is impossible: {why}"))?;
            let line = serde_json::to_string(event).unwrap();
            let read = StoredEvent::read(&serde_json::from_str(&line).unwrap(), &At::root(Family::History, ""));
            same(&line, &read.map_err(|error| error.to_string()), &Ok(event.clone().into()))?;
        }
        let line = serde_json::to_string(&scene.told.command).unwrap();
        let read = Command::read(&serde_json::from_str(&line).unwrap(), &At::root(Family::Request, ""));
        same(&line, &read.as_ref().map_err(ToString::to_string), &Ok(&scene.told.command))?;
        self.events.extend(decided.events.iter().cloned());
        claim(self.account == decided.account, || "the fold is another account".into())?;
        same("events", &decided.account.events(), &u64::try_from(self.events.len()).unwrap())
    }

    fn end(&mut self, _: &Policies, account: &Account) -> Held {
        claim(replay(&self.events).as_ref() == Ok(account), || "the replay is another account".into())
    }
}

/// Everything happens when it is due, by the calendar of UTC: the invoice of a month is drawn as the month ends, and holds
/// what was used in that month and nothing else; what is due is charged on its day, or paid before by the customer; credits
/// expire when they said they would; and no event lies before another or after the command.
#[test]
fn everything_happens_when_it_is_due() {
    hold::<Due>("everything_happens_when_it_is_due", 12_000);
}

struct Due {
    account: Account,
    /// What was used in each month.
    used: BTreeMap<Id, Money>,
}

impl Default for Due {
    fn default() -> Due {
        Due { account: Account::NEW, used: BTreeMap::new() }
    }
}

impl Law for Due {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let Ok(decided) = scene.outcome else { return Ok(()) };
        let paid_now = |id: &Id| matches!(&scene.told.command, Command::PayInvoice { invoice } if invoice == id);
        for Event { at, kind } in &decided.events {
            claim(self.account.last().is_none_or(|last| last <= *at) && *at <= scene.told.at, || format!("at {at}"))?;
            match kind {
                EventKind::UsageRecorded { cost, .. } => self.use_in(*at, *cost),
                // A minute belongs to the month in which it is over; one that ends with the month belongs to it.
                EventKind::DeploymentCharged { cost, .. } => {
                    let before = Timestamp::from_unix_nanoseconds(at.unix_nanoseconds() - 1).unwrap();
                    self.use_in(before, *cost);
                }
                EventKind::InvoiceIssued { invoice, total, .. } => {
                    let first = at.date().first_of_month_after(0).unwrap();
                    same("drawn", &first.start(), at)?;
                    let day_before = Timestamp::from_unix_nanoseconds(at.unix_nanoseconds() - 1).unwrap();
                    same("month", invoice, &month_of(day_before))?;
                    same("total", &Some(*total), &self.used.remove(invoice))?;
                    claim(self.used.is_empty(), || format!("{:?} was never billed", self.used))?;
                }
                EventKind::InvoiceChargeStarted { invoice, .. } if !paid_now(invoice) => self.charged(invoice, *at)?,
                EventKind::InvoicePastDue { invoice, code: None } => self.charged(invoice, *at)?,
                // No decline makes an invoice past due before its day.
                EventKind::InvoicePastDue { invoice, code: Some(_) } => {
                    let invoice = self.account.invoice(invoice).unwrap();
                    claim(*at >= invoice.charge_on, || format!("past due at {at}"))?;
                }
                EventKind::InvoiceDeclined { invoice, .. } => {
                    let invoice = self.account.invoice(invoice).unwrap();
                    claim(*at < invoice.charge_on, || format!("due again at {at}"))?;
                }
                EventKind::CreditsExpired { .. } => {
                    let expires = |lot: &Lot| lot.expires == Some(*at) && lot.left().is_positive();
                    claim(self.account.credits().lots().iter().any(expires), || format!("expired at {at}"))?;
                }
                _ => {}
            }
            self.account.apply(&Event { at: *at, kind: kind.clone() }).unwrap();
        }
        let open = decided.account.usage().total;
        same("in progress", &open, &sum(self.used.values().copied()))
    }
}

impl Due {
    fn use_in(&mut self, at: Timestamp, cost: Money) {
        let used = self.used.entry(month_of(at)).or_insert(Money::ZERO);
        *used = used.checked_add(cost).unwrap();
    }

    fn charged(&self, invoice: &Id, at: Timestamp) -> Held {
        let invoice = self.account.invoice(invoice).unwrap();
        same("charged", &invoice.charge_on, &at)?;
        same("state", &invoice.state(), &InvoiceState::Due)
    }
}

/// The name of a month: `2025-11`.
fn month_of(at: Timestamp) -> Id {
    at.to_string()[..7].into()
}

/// Splitting time changes nothing: however many steps time takes to a command, the same events happen, and the account and
/// the answer to the command are the same.
#[test]
fn splitting_time_changes_nothing() {
    hold::<Split>("splitting_time_changes_nothing", 12_000);
}

#[derive(Default)]
struct Split;

impl Law for Split {
    fn step(&mut self, scene: &Scene<'_>, chance: &mut Chance) -> Held {
        let Some(last) = scene.before.last().filter(|last| *last < scene.told.at) else { return Ok(()) };
        let whole = scene.told.at.unix_nanoseconds() - last.unix_nanoseconds();
        let mut steps: Vec<Timestamp> = (0..chance.from(1, 5))
            .filter_map(|_| {
                let nanoseconds = whole * i128::from(chance.below(1_000_001)) / 1_000_000;
                let instant = Timestamp::from_unix_nanoseconds(last.unix_nanoseconds() + nanoseconds).ok()?;
                // Half of the steps end beside a midnight or a minute.
                let beside = i128::from(chance.pick(&[-1_i8, 0, 0, 1]));
                let grain = chance.pick(&[1_i128, 1, 60_000_000_000, 86_400_000_000_000]);
                let nanoseconds = instant.unix_nanoseconds() / grain * grain + beside;
                Timestamp::from_unix_nanoseconds(nanoseconds).ok()
            })
            .map(|instant| instant.clamp(last, scene.told.at))
            .collect();
        steps.sort_unstable();
        let (mut account, mut events) = (scene.before.clone(), Vec::new());
        for step in &steps {
            let Ok(decided) = decide(scene.policies, &account, *step, &Command::Advance) else {
                // Time that cannot pass in many steps does not pass in one, either.
                return claim(scene.outcome.is_err(), || format!("{step} cannot come"));
            };
            account = decided.account;
            events.extend(decided.events);
        }
        match (decide(scene.policies, &account, scene.told.at, &scene.told.command), scene.outcome) {
            (Ok(decided), Ok(whole)) => {
                events.extend(decided.events);
                claim(events == whole.events, || format!("by {steps:?}: {events:?} is not {:?}", whole.events))?;
                claim(decided.account == whole.account, || format!("by {steps:?} another account is made"))
            }
            (Err(rejections), Err(whole)) => same("reasons", &rejections, whole),
            (one, _) => Err(format!("by {steps:?} the answer is {one:?}")),
        }
    }
}

/// A refusal changes nothing: it gives reasons and no events, each with a code and a sentence, and asked again it is the
/// same. What an account is asked can always be answered. (Only sums beyond what money can hold refuse everything.)
#[test]
fn a_refusal_gives_its_reasons() {
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

/// Auto-recharge keeps to its rules: never two runs at once; after a decline no purchase of it begins until a setting is
/// saved or a card linked; while it is off none ever begins. Whenever its trigger holds and no run is under way, the
/// account says why.
#[test]
fn auto_recharge_keeps_to_its_rules() {
    hold::<Recharging>("auto_recharge_keeps_to_its_rules", 12_000);
}

#[derive(Default)]
struct Recharging {
    is_on: bool,
    is_paused: bool,
    runs: u64,
    run: Option<UnderWay>,
    /// The purchases of auto-recharge that have not ended.
    pending: BTreeMap<Id, u64>,
}

/// A run that has begun and not ended.
#[derive(Clone, Copy, Debug, PartialEq)]
struct UnderWay {
    number: u64,
    to_begin: u64,
    to_complete: u64,
}

impl Law for Recharging {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let Ok(decided) = scene.outcome else { return Ok(()) };
        decided.events.iter().try_for_each(|event| self.happened(event))?;
        let policy = scene.policies.at(scene.told.at).unwrap();
        let (account, recharge) = (&decided.account, decided.account.recharge());
        same("on", &recharge.setting.is_some(), &self.is_on)?;
        same("run", &recharge.run.map(|run| run.number), &self.run.map(|run| run.number))?;
        let Some(setting) = recharge.setting.filter(|_| recharge.run.is_none()) else { return Ok(()) };
        let projected =
            account.balance(scene.told.at).and_then(|balance| balance.checked_add(account.pending()?)).unwrap();
        if !triggers(policy, projected, setting) {
            return Ok(());
        }
        let (card, now) = (account.card(), scene.told.at);
        let hindrances = [
            (recharge.paused_by.is_some(), RechargeBlock::Paused),
            (card.is_none() && account.held_card().is_some(), RechargeBlock::HoldUnapproved),
            (card.is_none(), RechargeBlock::NoCard),
            (card.is_some_and(|card| card.expiry.has_passed(now)), RechargeBlock::CardExpired),
            (card.is_some_and(|card| card.recurring == Some(false)), RechargeBlock::CardNotRecurring),
            (setting.amount < policy.minimum_purchase, RechargeBlock::BelowMinimum),
        ];
        let hindrance = hindrances.into_iter().find_map(|(holds, hindrance)| holds.then_some(hindrance));
        claim(hindrance.is_some(), || "it should have bought".into())?;
        same("withheld", &recharge.withheld, &hindrance)
    }
}

impl Recharging {
    fn happened(&mut self, event: &Event) -> Held {
        match &event.kind {
            EventKind::AutoRechargeSet { .. } => (self.is_on, self.is_paused, self.run) = (true, false, None),
            EventKind::AutoRechargeCleared => (self.is_on, self.is_paused, self.run) = (false, false, None),
            EventKind::CardLinked { .. } => self.is_paused = false,
            EventKind::AutoRechargePaused { .. } => (self.is_paused, self.run) = (true, None),
            EventKind::AutoRechargeWithheld { .. } => self.run = None,
            EventKind::AutoRechargeStarted { purchases, .. } => {
                claim(self.is_on && !self.is_paused, || "a run began that must not".into())?;
                same("run under way", &self.run, &None)?;
                self.runs += 1;
                self.run = Some(UnderWay { number: self.runs, to_begin: *purchases, to_complete: *purchases });
            }
            EventKind::PurchaseStarted { purchase, run: Some(number), .. } => {
                claim(self.is_on && !self.is_paused, || "a purchase began that must not".into())?;
                let run = self.run.as_mut().filter(|run| run.number == *number && run.to_begin > 0);
                let run = run.ok_or("a purchase of no run, or more than it has")?;
                claim(run.to_begin == run.to_complete, || "it began before the one before it was complete".into())?;
                run.to_begin -= 1;
                self.pending.insert(purchase.clone(), *number);
            }
            EventKind::BalanceUpdated { purchase, .. } => {
                let number = self.pending.remove(purchase);
                if let Some(run) = self.run.as_mut().filter(|run| Some(run.number) == number) {
                    run.to_complete -= 1;
                }
                self.run = self.run.filter(|run| run.to_complete > 0);
            }
            _ => {}
        }
        Ok(())
    }
}

/// Whether a balance is at the trigger.
fn triggers(policy: &Policy, projected: Money, setting: Setting) -> bool {
    match policy.trigger {
        Trigger::Below => projected < setting.threshold.money(),
        Trigger::AtOrBelow => projected <= setting.threshold.money(),
    }
}

/// F1, F24: the preview equals what happens. For any account and any setting, as many purchases as the preview says are
/// made when all of them are approved, and balance, spend and total are what it said; another count than it said is refused.
/// The trigger holds before each purchase, and no more after the last.
#[test]
fn the_preview_equals_what_happens() {
    hold::<Previewed>("the_preview_equals_what_happens", 4_000);
}

#[derive(Default)]
struct Previewed;

impl Law for Previewed {
    fn step(&mut self, scene: &Scene<'_>, chance: &mut Chance) -> Held {
        let (account, at) = (scene.after(), scene.told.at);
        if account.last().is_none_or(|last| at < last) || !chance.one_in(4) {
            return Ok(());
        }
        let Some(policy) = scene.policies.at(at) else { return Ok(()) };
        let Ok(advanced) = decide(scene.policies, account, at, &Command::Advance) else { return Ok(()) };
        let amount = cents(chance.pick(&[500, 1000, 2500, 3333]) + chance.below(300)).max(policy.minimum_purchase);
        let mut branch = Branch { policies: scene.policies, account: advanced.account, at };
        // On a balance of whole cents, a gap can be a whole number of steps.
        let parts =
            branch.projected().ceil_to_cents().and_then(|cents| cents.money().checked_sub(branch.projected())).unwrap();
        if parts.is_positive() && chance.one_in(2) {
            branch.tell(&Command::GrantFreeCredits { grant: "parts of a cent".into(), amount: parts })?;
        }
        let balance = branch.projected();
        let near =
            amount.money().times(chance.below(6)).and_then(|gap| gap.checked_add(balance)).unwrap().floor_to_cents();
        let threshold = if chance.one_in(2) && near < cents(1_000_000) { near } else { cents(chance.below(60_000)) };
        let setting = Setting { amount, threshold };
        let set = |purchases| Command::SetAutoRecharge { amount: Some(amount), threshold, purchases: Some(purchases) };
        // A new card may let the setting before buy, which the preview then counts as pending.
        branch.link_chargeable_card();
        let question = branch.account.recharge_question(policy, at, setting).unwrap();
        let seen = preview(policy, &question).unwrap();
        if seen.purchases > 60 {
            return Ok(());
        }
        let other = branch.ask(&set(seen.purchases + 1)).unwrap_err();
        same("another count", &other, &vec!["recharge.preview_outdated"])?;
        let before = branch.account.purchases().len();
        branch.tell(&set(seen.purchases))?;
        for number in 1..=seen.purchases {
            let place = before + usize::try_from(number - 1).unwrap();
            let purchase = branch.account.purchases().get(place).ok_or(format!("purchase {number} is not made"))?;
            same("amount", &purchase.amount, &amount)?;
            let key = purchase.key.clone();
            let without = branch.projected().checked_sub(amount.money()).unwrap();
            claim(triggers(policy, without, setting), || format!("purchase {number} at a balance of {without}"))?;
            branch.complete(&key)?;
            let step = seen.step(number).ok_or("the preview has no such step")?;
            // The next purchase of the run has begun already.
            let next = if number < seen.purchases { amount.money() } else { Money::ZERO };
            same("balance after it", &branch.projected(), &step.balance_after.checked_add(next).unwrap())?;
        }
        same("purchases", &(branch.account.purchases().len() - before), &usize::try_from(seen.purchases).unwrap())?;
        same("balance", &branch.projected(), &seen.balance_after)?;
        claim(!triggers(policy, branch.projected(), setting), || "it stopped too early".into())?;
        same("total", &seen.total, &amount.money().times(seen.purchases).unwrap())?;
        let spend = question.lifetime_spend.checked_add(seen.total).unwrap();
        same("spend", &branch.account.lifetime_spend().unwrap(), &spend)?;
        same("spend as previewed", &seen.lifetime_spend_after, &spend)
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
        let cost =
            cents(chance.below(3000)).money().checked_add(random::smallest().times(chance.below(2)).unwrap()).unwrap();
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

/// No events make an account panic, in whatever order they come: each is folded in, or said to be impossible. What such an
/// account is asked is answered or refused.
#[test]
fn no_events_make_an_account_panic() {
    let (settings, mut chance) = (settings(), Chance::new(11));
    let (mut figures, most) = (Figures::new(), commands_to_run(20_000));
    while figures.commands < most {
        let setting = &settings[chance.place(settings.len())];
        let policies = &setting.policies();
        let (mut decided, mut account, mut now) = (Vec::new(), Account::NEW, setting.opens);
        for _ in 0..80 {
            now = later(&mut chance, policies, &account, now);
            let command = command(&mut chance, policies, &account, now, true);
            if let Ok(more) = decide(policies, &account, now, &command) {
                decided.extend(more.events);
                account = more.account;
            }
            now = now.max(account.last().unwrap_or(now));
        }
        let (mut account, mut at, mut next) = (Account::NEW, setting.opens, 0);
        for _ in 0..300 {
            // The history as it was, with gaps, repetitions and strangers.
            let mut event = match chance.below(20) {
                0 if !decided.is_empty() => decided[chance.place(decided.len())].clone(),
                1..=3 => event(&mut chance, at),
                _ if next < decided.len() => {
                    next += if chance.one_in(40) { 2 } else { 1 };
                    decided[next - 1 - (next - 1).saturating_sub(decided.len() - 1)].clone()
                }
                _ => event(&mut chance, at),
            };
            event.at = match chance.below(40) {
                0 => later(&mut chance, policies, &account, at),
                1..=4 => event.at,
                _ => event.at.max(at),
            };
            // What could not be folded in is given up, or was folded in part: neither may panic.
            let before = (!chance.one_in(20)).then(|| account.clone());
            figures.commands += 1;
            match account.apply(&event) {
                Ok(()) => {
                    figures.accepted += 1;
                    figures.happens(&event);
                }
                Err(why) => {
                    *figures.refused.entry(billing::finding::Finding::code(&why)).or_default() += 1;
                    assert!(why.to_string().ends_with('.'), "{why:?}");
                    account = before.unwrap_or(account);
                }
            }
            at = at.max(account.last().unwrap_or(at));
            if chance.one_in(8) {
                let now = later(&mut chance, policies, &account, at).max(at);
                let _ = notices(policies, &account, now).map(|notices| notices.len());
                let _ = account.balance(now);
                let _ = policies.at(now).map(|policy| account.snapshot(policy, now));
                let _ = decide(policies, &account, now, &command(&mut chance, policies, &account, now, true));
            }
        }
        figures.histories += 1;
    }
    figures.print("no_events_make_an_account_panic");
}
