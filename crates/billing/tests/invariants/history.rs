//! Histories: folding, due dates, splitting time, events in any order.

use crate::random::{
    Chance, Figures, Held, Law, Scene, claim, command, commands_to_run, event, hold, later, same, settings, sum,
};
use billing::id::InvoiceId;
use billing::json::read::{At, Family};
use billing::ledger::{Account, Command, Event, EventKind, InvoiceState, Lot, StoredEvent, decide, notices, replay};
use billing::money::Money;
use billing::policy::Policies;
use billing::time::Timestamp;
use std::collections::BTreeMap;

/// The fold agrees: the events, folded one by one or replayed from the first, make the account that was decided; and
/// written as JSON and read back they are the same events, and the commands the same commands.
#[test]
fn events_read_back_and_replayed_make_the_decided_account() {
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
    used: BTreeMap<InvoiceId, Money>,
}

impl Default for Due {
    fn default() -> Due {
        Due { account: Account::NEW, used: BTreeMap::new() }
    }
}

impl Law for Due {
    fn step(&mut self, scene: &Scene<'_>, _: &mut Chance) -> Held {
        let Ok(decided) = scene.outcome else { return Ok(()) };
        let paid_now = |id: &InvoiceId| matches!(&scene.told.command, Command::PayInvoice { invoice } if invoice == id);
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

    fn charged(&self, invoice: &InvoiceId, at: Timestamp) -> Held {
        let invoice = self.account.invoice(invoice).unwrap();
        same("charged", &invoice.charge_on, &at)?;
        same("state", &invoice.state(), &InvoiceState::Due)
    }
}

/// The name of a month: `2025-11`.
fn month_of(at: Timestamp) -> InvoiceId {
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
