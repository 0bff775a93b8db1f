//! What the whole page shares: the account as it lives, the policies that it lives under, and whether the dialog is open.

use crate::browser;
use crate::chunks;
use crate::example::Preset;
use crate::life::{Jump, Life, Refused};
use crate::parts::follow::{heed, memo};
use crate::parts::told::Told;
use crate::policies;
use crate::settings;
use crate::store;
use crate::texts::{Sentence, sandbox as texts};
use billing::id::Id;
use billing::ledger::{Command, Event, Payment};
use billing::money::{Charge, Money};
use billing::policy::Policies;
use billing::policy::Policy;
use billing::rules::access::{AccessError, Decision, Request, Snapshot, decide};
use billing::time::Timestamp;
use event_store::StoreError;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// The shared signals; copied freely, by context.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// The account that everything on the page is about.
    pub(crate) life: RwSignal<Life>,
    pub(crate) preset: RwSignal<Preset>,
    pub(crate) era: RwSignal<Era>,
    /// The policy in force.
    pub(crate) policy: Memo<&'static Policy>,
    /// The account as the rules of access read it.
    pub(crate) account: Memo<Snapshot>,
    /// What the dialog for credits was opened with, while it is open.
    pub(crate) opening: RwSignal<Option<Opening>>,
    /// What is looked at once more, while it is.
    pub(crate) asking: RwSignal<Option<Asking>>,
    /// What was to be bought when nothing could be charged, for when it can be.
    pub(crate) wanted: RwSignal<Option<Charge>>,
    /// What the last purchase or change did, in one sentence.
    pub(crate) done: RwSignal<Option<Sentence>>,
    /// PD-1: the payment that was declined last, until something else is done.
    pub(crate) declined: RwSignal<Option<Sentence>>,
    /// Why the last command was refused.
    pub(crate) refused: RwSignal<Vec<Refused>>,
    /// Why the history is not kept.
    pub(crate) unkept: RwSignal<Option<StoreError>>,
    /// How much of the history the store has, and whether it is being written.
    pub(crate) saved: StoredValue<Saved>,
    /// The real time up to which the sandbox's clock has ticked.
    ticked: StoredValue<Option<Timestamp>>,
}

/// How many events of the history the store has, and whether more are being written.
#[derive(Clone, Copy)]
pub(crate) struct Saved {
    pub(crate) events: usize,
    pub(crate) is_under_way: bool,
}

/// Which policies the account lives under.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Era {
    /// Each from its first day.
    Dated,
    /// One of the shipped ones, whenever it is.
    Always(usize),
}

impl Era {
    pub(crate) fn policies(self) -> Option<Policies<'static>> {
        match self {
            Era::Dated => policies::dated(),
            Era::Always(index) => policies::all()?.get(index).map(Policies::Always),
        }
    }

    fn of_setting(text: &str) -> Era {
        text.parse().map_or(Era::Dated, Era::Always)
    }

    fn setting(self) -> String {
        match self {
            Era::Dated => String::new(),
            Era::Always(index) => index.to_string(),
        }
    }
}

/// Why the dialog for credits was opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opening {
    /// To buy, perhaps this much.
    Buy(Option<Charge>),
    /// To set auto-recharge.
    Recharge,
}

/// What is looked at once more before it is done. What is taken moves the focus on.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Asking {
    /// CR-9: an invoice is paid by card.
    Pay(Id),
    /// UC-4: a deployment is stopped; this then has the focus.
    Stop(Id, &'static str),
    /// AR-1: auto-recharge is turned off; this then has the focus.
    RechargeOff(&'static str),
    /// AC-6: an own limit stops access; it was typed here.
    Limit(Money, RwSignal<String>),
}

impl State {
    /// Reads the account that was chosen last; nothing where there is no policy, which a test rules out.
    pub(crate) async fn read() -> Option<State> {
        let unkept = store::open().await;
        let preset = settings::get("account").and_then(|id| Preset::with_id(&id)).unwrap_or(Preset::BuildTier2);
        let era = settings::get("era").map_or(Era::Dated, |text| Era::of_setting(&text));
        let Read { life, saved, problem } = read_life(preset, era).await?;
        let first = life.policy().or_else(|| policies::all()?.first())?;
        let life = RwSignal::new(life);
        let policy = memo(move || life.with(Life::policy).unwrap_or(first));
        let account = memo(move || {
            let snapshot = life.with(|life| life.account().snapshot(policy.get(), life.now()));
            // Sums that leave the range are refused before they happen.
            snapshot.unwrap_or(Snapshot::NEW)
        });
        Some(State {
            life,
            preset: RwSignal::new(preset),
            era: RwSignal::new(era),
            policy,
            account,
            opening: RwSignal::new(None),
            asking: RwSignal::new(None),
            wanted: RwSignal::new(None),
            done: RwSignal::new(None),
            declined: RwSignal::new(None),
            refused: RwSignal::new(Vec::new()),
            unkept: RwSignal::new(unkept.or(problem)),
            saved: StoredValue::new(Saved { events: saved, is_under_way: false }),
            ticked: StoredValue::new(browser::now()),
        })
    }

    /// Lets the clock tick, and keeps what happens.
    pub(crate) fn live(self) {
        set_interval(move || self.tick(), Duration::from_secs(1));
        window_event_listener_untyped("pagehide", move |_| self.note_clock());
        window_event_listener_untyped("online", |_| chunks::prefetch());
        self.hear();
        // First the picture, then everything else.
        request_animation_frame(|| set_timeout(chunks::prefetch, Duration::ZERO));
    }

    /// Follows what other tabs do to the account that is shown.
    fn hear(self) {
        store::hear(self.preset.get_untracked().id(), move || spawn_local(self.read_again()));
    }

    /// Something that takes long to work out: again when anything happens to the account, else once a minute.
    pub(crate) fn by_minute<T: PartialEq + Send + Sync + 'static>(
        self,
        value: impl Fn(&Life) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let moment = memo(move || self.life.with(Life::moment));
        memo(move || {
            heed(moment);
            self.life.with_untracked(&value)
        })
    }

    /// The time in the sandbox, by the second.
    pub(crate) fn now(self) -> Timestamp {
        self.life.with(Life::now)
    }

    /// Judges a plain request to the API.
    pub(crate) fn with_decision<T>(
        self,
        then: impl FnOnce(&Policy, &Snapshot, Result<&Decision<'_>, AccessError>) -> T,
    ) -> T {
        let (policy, account) = (self.policy.get(), self.account.get());
        match decide(policy, &account, &Request::API_CALL) {
            Ok(decision) => then(policy, &account, Ok(&decision)),
            Err(error) => then(policy, &account, Err(error)),
        }
    }

    /// Decides a command for a button, as soon as what decides is here. What is refused is said at the top of the page; what is
    /// taken moves the focus on, and is said in `done`.
    pub(crate) fn ask(self, command: Command, done: Option<Sentence>, focus: &'static str) {
        self.fall_silent();
        chunks::when_acting(self, move || {
            let refused = chunks::command(self, command).err().unwrap_or_default();
            if refused.is_empty() {
                self.done.set(done);
            }
            browser::focus_soon(if refused.is_empty() { focus } else { "refused-heading" });
            self.refused.set(refused);
        });
    }

    /// What was said of what was done is said no longer.
    pub(crate) fn fall_silent(self) {
        self.done.set(None);
        self.declined.set(None);
    }

    /// PM-10, PM-11: what the customer tells the bank.
    pub(crate) fn answer_bank(self, payment: Payment, approved: bool) {
        self.life.update(|life| life.answer_bank(payment, approved));
    }

    /// Moves the sandbox's clock. `stopped` says afterwards whether it came less far than it should.
    pub(crate) fn jump(self, jump: Jump, stopped: RwSignal<bool>) {
        chunks::when_acting(self, move || {
            let end = self.life.with_untracked(|life| life.jump(jump));
            stopped.set(!end.is_some_and(|end| chunks::pass_until(self, end)));
            self.note_clock();
        });
    }

    /// The clock stands still until what decides is here, and then catches up.
    fn tick(self) {
        let (Some(real), Some(Some(ticked))) = (browser::now(), self.ticked.try_get_value()) else { return };
        let seconds = real.seconds_since(ticked);
        if seconds > 0 && chunks::acting_is_here() {
            self.ticked.set_value(ticked.plus_seconds(seconds));
            let end = self.life.with_untracked(|life| life.now().plus_seconds(seconds));
            if let Some(end) = end {
                chunks::pass_until(self, end);
            }
        }
    }

    /// Goes on with another example account, as it was left.
    pub(crate) fn choose(self, preset: Preset) {
        settings::set("account", preset.id());
        spawn_local(async move {
            if let Some(Read { life, saved, problem }) = read_life(preset, self.era.get_untracked()).await {
                self.saved.update_value(|it| it.events = saved);
                self.unkept.update(|unkept| *unkept = problem.or(unkept.take()));
                self.show(preset, life);
            }
        });
    }

    /// Begins the example account anew.
    pub(crate) fn begin_anew(self) {
        let preset = self.preset.get_untracked();
        settings::remove(&clock_of(preset));
        let life = || preset.life(self.era.get_untracked().policies()?, browser::now()?);
        if let Some(life) = life() {
            self.put(&life);
            self.show(preset, life);
        }
    }

    /// Puts a history that was read from a file in the place of the account's own. Why it cannot be one, otherwise.
    pub(crate) fn import(self, events: Vec<Event>) -> Result<(), Sentence> {
        let life = self.life.with_untracked(|life| Life::of_history(life.policies(), events, life.now()));
        let life = life.map_err(|error| {
            let (number, why) = (error.index.saturating_add(1).to_string(), Told::of(&error.why));
            Sentence::new(move || texts::line(&number, &why.sentence()))
        })?;
        self.put(&life);
        self.show(self.preset.get_untracked(), life);
        Ok(())
    }

    fn show(self, preset: Preset, life: Life) {
        self.preset.set(preset);
        self.wanted.set(None);
        self.fall_silent();
        self.refused.set(Vec::new());
        self.life.set(life);
        self.note_clock();
        self.hear();
    }

    /// The same history under other policies.
    pub(crate) fn live_under(self, era: Era) {
        let life = era.policies().and_then(|policies| self.life.with_untracked(|life| life.under(policies)).ok());
        if let Some(life) = life {
            settings::set("era", &era.setting());
            self.era.set(era);
            self.life.set(life);
        }
    }

    /// Time in the sandbox stands still while the page is closed.
    fn note_clock(self) {
        if let Some(now) = self.life.try_with_untracked(Life::now) {
            settings::set(&clock_of(self.preset.get_untracked()), &now.to_string());
        }
    }

    /// Another tab has written: its history is everybody's.
    async fn read_again(self) {
        let events = store::read(self.preset.get_untracked().id()).await;
        if let Ok(events) = events
            && !self.saved.get_value().is_under_way
            && events.len() != self.saved.get_value().events
        {
            self.take_over(events);
        }
    }

    /// Shows the history that the store has. False where it is none that can be read under these policies.
    pub(crate) fn take_over(self, events: Vec<Event>) -> bool {
        let saved = events.len();
        let life = self.life.with_untracked(|life| life.with_history(events));
        let is_read = life.is_ok();
        if let Ok(life) = life {
            self.saved.update_value(|it| it.events = saved);
            self.life.set(life);
        }
        is_read
    }
}

fn clock_of(preset: Preset) -> String {
    format!("clock-{}", preset.id())
}

/// An account as it was read.
struct Read {
    life: Life,
    /// How many of its events the store has.
    saved: usize,
    problem: Option<StoreError>,
}

/// An account as the store has it, or as its example begins.
async fn read_life(preset: Preset, era: Era) -> Option<Read> {
    let policies = era.policies()?;
    let (events, problem) = match store::read(preset.id()).await {
        Ok(events) => (events, None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    let saved = events.len();
    let clock = settings::get(&clock_of(preset)).and_then(|text| Timestamp::parse(&text).ok());
    let kept = clock.filter(|_| saved > 0 || preset == Preset::New);
    let kept = kept.and_then(|clock| Life::of_history(policies, events, clock).ok());
    let life = match kept {
        Some(life) => life,
        // The examples are told as their policies' own days have it, and then seen under others.
        None => preset.life(policies::dated()?, browser::now()?)?.under(policies).ok()?,
    };
    Some(Read { life, saved, problem })
}

/// The shared state, from below the app.
pub(crate) fn state() -> State {
    expect_context()
}
