//! What the whole page shares: the account in use, the policies selected for it, and which dialog is open.

use crate::app::browser;
use crate::app::settings;
use crate::app::split;
use crate::i18n::{Sentence, sandbox as texts};
use crate::sandbox::Jump;
use crate::sandbox::Preset;
use crate::session::policies;
use crate::session::store;
use crate::session::{AccountSession, Refused};
use crate::ui::message::Message;
use billing::id::Id;
use billing::ledger::{Command, Payment, StoredEvent};
use billing::money::{Charge, Money};
use billing::policy::Policies;
use billing::policy::Policy;
use billing::rules::access::{AccessError, Decision, Request, Snapshot, authorize};
use billing::time::Timestamp;
use event_store::StoreError;
use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The shared signals; copied freely, by context.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// The account that everything on the page is about.
    pub(crate) session: RwSignal<AccountSession>,
    pub(crate) preset: RwSignal<Preset>,
    pub(crate) policy_selection: RwSignal<PolicySelection>,
    /// The policy in force.
    pub(crate) policy: Memo<Policy>,
    /// The account as the rules of access read it.
    pub(crate) account: Memo<Snapshot>,
    /// What the dialog for credits was opened with, while it is open.
    pub(crate) dialog_mode: RwSignal<Option<DialogMode>>,
    /// What is looked at once more, while it is.
    pub(crate) confirmation: RwSignal<Option<Confirmation>>,
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

/// Which policies apply to the account.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum PolicySelection {
    /// Each from its first day.
    Dated,
    /// One of the shipped ones, whenever it is.
    Always(usize),
}

impl PolicySelection {
    pub(crate) fn policies(self) -> Option<Policies> {
        match self {
            PolicySelection::Dated => policies::dated(),
            PolicySelection::Always(index) => policies::all()?.get(index).cloned().map(Policies::always),
        }
    }

    fn of_setting(text: &str) -> PolicySelection {
        text.parse().map_or(PolicySelection::Dated, PolicySelection::Always)
    }

    fn setting(self) -> String {
        match self {
            PolicySelection::Dated => String::new(),
            PolicySelection::Always(index) => index.to_string(),
        }
    }
}

/// Why the dialog for credits was opened.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum DialogMode {
    /// To buy, perhaps this much.
    Buy(Option<Charge>),
    /// To set auto-recharge.
    Recharge,
}

/// What is looked at once more before it is done. What is taken moves the focus on.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Confirmation {
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
        let policy_selection =
            settings::get("era").map_or(PolicySelection::Dated, |text| PolicySelection::of_setting(&text));
        let Read { session, saved, problem } = read_session(preset, policy_selection).await?;
        let first = session.policy().or_else(|| policies::all()?.first())?.clone();
        let session = RwSignal::new(session);
        let policy =
            Memo::new(move |_| session.with(|session| session.policy().cloned()).unwrap_or_else(|| first.clone()));
        let account = Memo::new(move |_| {
            let snapshot = session.with(|session| session.account().snapshot(&policy.get(), session.now()));
            // Sums that leave the range are refused before they happen.
            snapshot.unwrap_or(Snapshot::NEW)
        });
        Some(State {
            session,
            preset: RwSignal::new(preset),
            policy_selection: RwSignal::new(policy_selection),
            policy,
            account,
            dialog_mode: RwSignal::new(None),
            confirmation: RwSignal::new(None),
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
    pub(crate) fn start(self) {
        // The owner keeps it: the clock stops when the page is taken down.
        StoredValue::new_local(Interval::new(1_000, move || self.tick()));
        window_event_listener_untyped("pagehide", move |_| self.note_clock());
        window_event_listener_untyped("online", |_| split::prefetch());
        self.hear();
        // First the picture, then everything else.
        request_animation_frame(|| {
            Timeout::new(0, split::prefetch).forget();
        });
    }

    /// Follows what other tabs do to the account that is shown.
    fn hear(self) {
        store::hear(self.preset.get_untracked().id(), move || spawn_local(self.read_again()));
    }

    /// Something that takes long to work out: again when anything happens to the account, else once a minute.
    pub(crate) fn by_minute<T: PartialEq + Send + Sync + 'static>(
        self,
        value: impl Fn(&AccountSession) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let moment = Memo::new(move |_| self.session.with(AccountSession::moment));
        Memo::new(move |_| {
            // Reading it subscribes; `track` alone does not wake a memo that nobody reads.
            moment.with(|_| ());
            self.session.with_untracked(&value)
        })
    }

    /// The time in the sandbox, by the second.
    pub(crate) fn now(self) -> Timestamp {
        self.session.with(AccountSession::now)
    }

    /// Judges a plain request to the API.
    pub(crate) fn with_decision<T>(
        self,
        then: impl FnOnce(&Policy, &Snapshot, Result<&Decision<'_>, AccessError>) -> T,
    ) -> T {
        let (policy, account) = (&self.policy.get(), self.account.get());
        match authorize(policy, &account, &Request::API_CALL) {
            Ok(decision) => then(policy, &account, Ok(&decision)),
            Err(error) => then(policy, &account, Err(error)),
        }
    }

    /// Decides a command for a button, as soon as what decides is here. What is refused is said at the top of the page; what is
    /// taken moves the focus on, and is said in `done`.
    pub(crate) fn ask(self, command: Command, done: Option<Sentence>, focus: &'static str) {
        self.fall_silent();
        split::when_dispatch_is_here(self, move || {
            let refused = split::command(self, command).err().unwrap_or_default();
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
        self.session.update(|session| session.answer_bank(payment, approved));
    }

    /// Moves the sandbox's clock. `stopped` says afterwards whether it came less far than it should.
    pub(crate) fn jump(self, jump: Jump, stopped: RwSignal<bool>) {
        split::when_dispatch_is_here(self, move || {
            let end = self.session.with_untracked(|session| session.jump(jump));
            stopped.set(!end.is_some_and(|end| split::pass_until(self, end)));
            self.note_clock();
        });
    }

    /// The clock stands still until what decides is here, and then catches up.
    fn tick(self) {
        let (Some(real), Some(Some(ticked))) = (browser::now(), self.ticked.try_get_value()) else { return };
        let seconds = real.seconds_since(ticked);
        if seconds > 0 && split::dispatch_is_here() {
            self.ticked.set_value(ticked.plus_seconds(seconds));
            let end = self.session.with_untracked(|session| session.now().plus_seconds(seconds));
            if let Some(end) = end {
                split::pass_until(self, end);
            }
        }
    }

    /// Goes on with another example account, as it was left.
    pub(crate) fn choose(self, preset: Preset) {
        settings::set("account", preset.id());
        spawn_local(async move {
            if let Some(Read { session, saved, problem }) =
                read_session(preset, self.policy_selection.get_untracked()).await
            {
                self.saved.update_value(|it| it.events = saved);
                self.unkept.update(|unkept| *unkept = problem.or(unkept.take()));
                self.show(preset, session);
            }
        });
    }

    /// Begins the example account anew.
    pub(crate) fn begin_anew(self) {
        let preset = self.preset.get_untracked();
        settings::remove(&clock_of(preset));
        let session = || preset.session(self.policy_selection.get_untracked().policies()?, browser::now()?);
        if let Some(session) = session() {
            self.put(&session);
            self.show(preset, session);
        }
    }

    /// Puts a history that was read from a file in the place of the account's own. Why it cannot be one, otherwise.
    pub(crate) fn import(self, events: Vec<StoredEvent>) -> Result<(), Sentence> {
        let session = self
            .session
            .with_untracked(|session| AccountSession::of_history(session.policies().clone(), events, session.now()));
        let session = session.map_err(|error| {
            let (number, why) = (error.index.saturating_add(1).to_string(), Message::of(&error.why));
            Sentence::new(move || texts::line(&number, &why.sentence()))
        })?;
        self.put(&session);
        self.show(self.preset.get_untracked(), session);
        Ok(())
    }

    fn show(self, preset: Preset, session: AccountSession) {
        self.preset.set(preset);
        self.wanted.set(None);
        self.fall_silent();
        self.refused.set(Vec::new());
        self.session.set(session);
        self.note_clock();
        self.hear();
    }

    /// The same history under other policies.
    pub(crate) fn select_policies(self, policy_selection: PolicySelection) {
        let session =
            policy_selection.policies().map(|policies| self.session.with_untracked(|session| session.under(policies)));
        if let Some(session) = session {
            settings::set("era", &policy_selection.setting());
            self.policy_selection.set(policy_selection);
            self.session.set(session);
        }
    }

    /// Time in the sandbox stands still while the page is closed.
    fn note_clock(self) {
        if let Some(now) = self.session.try_with_untracked(AccountSession::now) {
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
    pub(crate) fn take_over(self, events: Vec<StoredEvent>) -> bool {
        let saved = events.len();
        let session = self.session.with_untracked(|session| session.with_history(events));
        let is_read = session.is_ok();
        if let Ok(session) = session {
            self.saved.update_value(|it| it.events = saved);
            self.session.set(session);
        }
        is_read
    }
}

fn clock_of(preset: Preset) -> String {
    format!("clock-{}", preset.id())
}

/// An account as it was read.
struct Read {
    session: AccountSession,
    /// How many of its events the store has.
    saved: usize,
    problem: Option<StoreError>,
}

/// An account as the store has it, or as its example begins.
async fn read_session(preset: Preset, policy_selection: PolicySelection) -> Option<Read> {
    let policies = policy_selection.policies()?;
    let (events, problem) = match store::read(preset.id()).await {
        Ok(events) => (events, None),
        Err(problem) => (Vec::new(), Some(problem)),
    };
    let saved = events.len();
    let clock = settings::get(&clock_of(preset)).and_then(|text| Timestamp::parse(&text).ok());
    let kept = clock.filter(|_| saved > 0 || preset == Preset::New);
    let kept = kept.and_then(|clock| AccountSession::of_history(policies.clone(), events, clock).ok());
    let session = match kept {
        Some(session) => session,
        // An example is read under the policies of its own days, and then shown under the selected ones.
        None => preset.session(policies::dated()?, browser::now()?)?.under(policies),
    };
    Some(Read { session, saved, problem })
}

/// The shared state, from below the app.
pub(crate) fn state() -> State {
    expect_context()
}
