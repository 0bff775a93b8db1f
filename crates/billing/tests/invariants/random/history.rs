//! A law is held against histories; where it fails, the shortest history that was found to break it is told.

use super::settings::{Setting, settings};
use super::{Chance, command, later, money};
use billing::ledger::{Account, Command, Decided, Event, Rejection, decide};
use billing::policy::Policies;
use billing::time::Timestamp;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

/// A command, when it was told, and what decides chances about it.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) at: Timestamp,
    pub(crate) command: Command,
    pub(crate) seed: u64,
}

/// One step of a history.
pub(crate) struct Scene<'s> {
    pub(crate) policies: &'s Policies,
    pub(crate) before: &'s Account,
    pub(crate) told: &'s Told,
    pub(crate) outcome: &'s Result<Decided, Vec<Rejection<'s>>>,
}

impl Scene<'_> {
    /// The account after the step.
    pub(crate) fn after(&self) -> &Account {
        self.outcome.as_ref().map_or(self.before, |decided| &decided.account)
    }
}

/// What is said of every history. What has to be remembered from step to step is remembered in the law.
pub(crate) trait Law: Default {
    /// What is broken by this step, if anything.
    fn step(&mut self, scene: &Scene<'_>, chance: &mut Chance) -> Result<(), String>;

    /// What is broken at the end, if anything.
    fn end(&mut self, _policies: &Policies, _account: &Account) -> Result<(), String> {
        Ok(())
    }
}

/// How many commands each test tells: few, unless the environment asks for more.
pub(crate) fn commands_to_run(usually: u64) -> u64 {
    std::env::var("LAWS_COMMANDS").map_or(usually, |text| text.parse().unwrap())
}

/// What a run has seen.
pub(crate) struct Figures {
    began: Instant,
    pub(crate) histories: u64,
    pub(crate) commands: u64,
    pub(crate) accepted: u64,
    /// How many events there were of each kind.
    pub(crate) happened: BTreeMap<&'static str, u64>,
    /// How often each reason was given.
    pub(crate) refused: BTreeMap<&'static str, u64>,
}

impl Figures {
    pub(crate) fn new() -> Figures {
        Figures {
            began: Instant::now(),
            histories: 0,
            commands: 0,
            accepted: 0,
            happened: BTreeMap::new(),
            refused: BTreeMap::new(),
        }
    }

    fn count(&mut self, outcome: &Result<Decided, Vec<Rejection<'_>>>) {
        self.commands += 1;
        match outcome {
            Ok(decided) => {
                self.accepted += 1;
                decided.events.iter().for_each(|event| self.happens(event));
            }
            Err(rejections) => {
                for rejection in rejections {
                    *self.refused.entry(rejection.finding().code()).or_default() += 1;
                }
            }
        }
    }

    pub(crate) fn happens(&mut self, event: &Event) {
        *self.happened.entry(event.kind.name()).or_default() += 1;
    }

    pub(crate) fn print(&self, name: &str) {
        let Figures { histories, commands, accepted, .. } = self;
        let listed = |counts: &BTreeMap<&'static str, u64>| {
            let counts: Vec<String> = counts.iter().map(|(kind, times)| format!("{kind} {times}")).collect();
            counts.join(", ")
        };
        let (events, happened) = (self.happened.values().sum::<u64>(), listed(&self.happened));
        let (refused, reasons) = (commands - accepted, listed(&self.refused));
        println!(
            "{name}: {commands} commands in {histories} histories, {accepted} accepted, {events} events ({happened}), \
             {refused} refused ({reasons}), {:.1?}",
            self.began.elapsed()
        );
    }
}

/// Holds a law against random histories of different lengths, under every setting.
pub(crate) fn hold<L: Law>(name: &str, usually: u64) {
    let settings = settings();
    let seed = std::env::var("LAWS_SEED").map_or(0, |text| text.parse().unwrap());
    let mut chance = Chance::new(name.bytes().fold(seed, |seed, byte| seed.rotate_left(7) ^ u64::from(byte)));
    let (mut figures, most) = (Figures::new(), commands_to_run(usually));
    while figures.commands < most {
        // Every setting has its turn, in a short run too.
        let setting = &settings[usize::try_from(figures.histories).unwrap() % settings.len()];
        let length = chance.pick(&[30_u64, 200, 1500]).min(most.div_ceil(12)).min(most - figures.commands);
        if let Err(history) = live::<L>(setting, &mut chance, length, &mut figures) {
            panic!("{}", told_shortest::<L>(name, setting, history));
        }
        figures.histories += 1;
    }
    figures.print(name);
}

/// Lives a random history under a law. The error is what was told until the law was broken.
fn live<L: Law>(setting: &Setting, chance: &mut Chance, length: u64, figures: &mut Figures) -> Result<(), Vec<Told>> {
    let policies = &setting.policies();
    let (mut law, mut account, mut now) = (L::default(), Account::NEW, setting.opens);
    let (mut history, hostile) = (Vec::new(), chance.one_in(6));
    for _ in 0..length {
        now = later(chance, policies, &account, now);
        let command = command(chance, policies, &account, now, hostile);
        history.push(Told { at: now, command, seed: chance.number() });
        let told = history.last().unwrap();
        let held = catch_unwind(AssertUnwindSafe(|| {
            let outcome = decide(policies, &account, told.at, &told.command);
            figures.count(&outcome);
            let scene = Scene { policies, before: &account, told, outcome: &outcome };
            law.step(&scene, &mut Chance::new(told.seed)).map(|()| outcome.ok().map(|decided| decided.account))
        }));
        match held {
            Ok(Ok(Some(after))) => account = after,
            Ok(Ok(None)) => {}
            Ok(Err(_)) | Err(_) => return Err(history),
        }
        // A step back in time is refused, and time goes on from where it was.
        now = now.max(account.last().unwrap_or(setting.opens));
        if hostile && is_beyond_all_sums(policies, &account, now) {
            break;
        }
    }
    law.end(policies, &account).map_err(|_| history)
}

/// Whether sums are near the end of what money can hold. There every command may be refused, and nothing is learnt.
fn is_beyond_all_sums(policies: &Policies, account: &Account, now: Timestamp) -> bool {
    let (most, totals) = (money("1000000000000000").times(10).unwrap(), account.totals());
    let sums = [totals.granted, totals.bought, totals.used, totals.invoiced, totals.expired].into_iter();
    let tomorrow = now.plus_seconds(200_000).unwrap_or(now);
    sums.chain(account.uncharged(tomorrow)).any(|sum| sum > most)
        || account.uncharged(tomorrow).is_err()
        || decide(policies, account, now, &Command::Advance).is_err()
}

/// What is broken by a history, if anything.
fn broken<L: Law>(setting: &Setting, history: &[Told]) -> Option<String> {
    let policies = &setting.policies();
    let (mut law, mut account) = (L::default(), Account::NEW);
    let run = || {
        for told in history {
            let outcome = decide(policies, &account, told.at, &told.command);
            let scene = Scene { policies, before: &account, told, outcome: &outcome };
            law.step(&scene, &mut Chance::new(told.seed))?;
            if let Ok(decided) = outcome {
                account = decided.account;
            }
        }
        law.end(policies, &account)
    };
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| Err("it panicked".to_owned())).err()
}

/// Takes away whatever the law is broken without: first much, then little.
fn told_shortest<L: Law>(name: &str, setting: &Setting, mut history: Vec<Told>) -> String {
    let mut chunk = history.len().div_ceil(2);
    while chunk > 0 {
        let (mut start, length) = (0, history.len());
        while start < history.len() {
            let mut shorter = history.clone();
            shorter.drain(start..history.len().min(start + chunk));
            if broken::<L>(setting, &shorter).is_some() {
                history = shorter;
            } else {
                start += chunk;
            }
        }
        if chunk > 1 || history.len() == length {
            chunk /= 2;
        }
    }
    let mut text = format!("{name} is broken under {}: ", setting.name);
    text.push_str(&broken::<L>(setting, &history).unwrap_or_else(|| "only once".to_owned()));
    for told in &history {
        write!(text, "\n  {} {}", told.at, serde_json::to_string(&told.command).unwrap()).unwrap();
    }
    text
}
