//! What the whole page shares: the account in use, the policies selected for it, and which dialog is open.

use crate::app::browser;
use crate::app::settings;
use crate::i18n::{Sentence, sandbox as texts};
use crate::sandbox::Jump;
use crate::sandbox::Preset;
use crate::session::act::{Act, CarriedOut};
use crate::session::policies;
use crate::session::store::{self, StoredSession};
use crate::session::{AccountView, Refused};
use crate::ui::message::Message;
use account_session::{Change, ReplaceError};
use billing::id::{DeploymentId, InvoiceId};
use billing::ledger::{Command, Payment, StoredEvent};
use billing::money::{Charge, Money};
use billing::policy::Policies;
use billing::policy::Policy;
use billing::rules::access::{AccessError, Decision, Request, Snapshot, authorize};
use billing::time::Timestamp;
use event_store::Subscription;
use gloo_timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// What decides commands and lets time pass. It is downloaded after the first picture.
#[derive(Clone, Copy)]
pub(crate) struct Decider {
    pub(crate) is_here: fn() -> bool,
    /// Carries out an act as soon as what decides is here. Where that cannot come, nothing happens, and that is the answer.
    pub(crate) carry_out: fn(State, Act) -> CarriedOut,
}

/// The shared signals; copied freely, by context.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// The account that everything on the page is about.
    pub(crate) session: RwSignal<AccountView>,
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
    pub(crate) unkept: RwSignal<Option<Message>>,
    /// Why what happened last without a command is not stored or not shown, until something is.
    pub(crate) not_stored: RwSignal<Option<Message>>,
    /// The one way to change the account.
    pub(crate) stored: StoredValue<StoredSession, LocalStorage>,
    /// Hears of changes of the account that is shown.
    heard: StoredValue<Option<Subscription>, LocalStorage>,
    /// The real time up to which the sandbox's clock has ticked.
    ticked: StoredValue<Option<Timestamp>>,
    /// The clock does not tick again before the last tick is stored.
    is_ticking: StoredValue<bool>,
    decider: Decider,
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
    Pay(InvoiceId),
    /// UC-4: a deployment is stopped; this then has the focus.
    Stop(DeploymentId, &'static str),
    /// AR-1: auto-recharge is turned off; this then has the focus.
    RechargeOff(&'static str),
    /// AC-6: an own limit stops access; it was typed here.
    Limit(Money, RwSignal<String>),
}

impl State {
    /// Reads the account that was chosen last; nothing where there is no policy, which a test rules out.
    pub(crate) async fn read(decider: Decider) -> Option<State> {
        let unkept = store::open().await;
        let preset = settings::get("account").and_then(|id| Preset::with_id(&id)).unwrap_or(Preset::BuildTier2);
        let policy_selection =
            settings::get("era").map_or(PolicySelection::Dated, |text| PolicySelection::of_setting(&text));
        let Opened { stored, session, problem } = open_account(preset, policy_selection).await?;
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
            unkept: RwSignal::new(unkept.map(Message::of_store).or(problem)),
            not_stored: RwSignal::new(None),
            stored: StoredValue::new_local(stored),
            heard: StoredValue::new_local(None),
            ticked: StoredValue::new(browser::now()),
            is_ticking: StoredValue::new(false),
            decider,
        })
    }

    /// Lets the clock tick, and keeps what happens.
    pub(crate) fn start(self) {
        // The owner keeps it: the clock stops when the page is taken down.
        StoredValue::new_local(Interval::new(1_000, move || self.tick()));
        // A page that is gone does not follow what others do to its account.
        on_cleanup(move || {
            self.heard.dispose();
            self.stored.dispose();
        });
        window_event_listener_untyped("pagehide", move |_| self.note_clock());
        self.follow();
    }

    /// Shows every change of the account, also those of other tabs.
    fn follow(self) {
        if let Some(stored) = self.stored.try_get_value() {
            self.heard.set_value(Some(stored.subscribe(move |change| self.changed(change))));
            spawn_local(stored.follow());
        }
    }

    fn changed(self, change: &Change) {
        match (change, self.stored.try_get_value()) {
            (Change::Appended { .. } | Change::Reloaded, Some(stored)) => {
                self.session.try_update(|session| session.show(stored.state()));
                self.not_stored.set(None);
            }
            (Change::NotLoaded(error), Some(_)) => self.not_stored.set(Some(Message::of_load(error.clone()))),
            // The page is gone.
            (_, None) => {}
        }
    }

    /// Something that takes long to work out: again when anything happens to the account, else once a minute.
    pub(crate) fn by_minute<T: PartialEq + Send + Sync + 'static>(
        self,
        value: impl Fn(&AccountView) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        let moment = Memo::new(move |_| self.session.with(AccountView::moment));
        Memo::new(move |_| {
            // Reading it subscribes; `track` alone does not wake a memo that nobody reads.
            moment.with(|_| ());
            self.session.with_untracked(&value)
        })
    }

    /// The time in the sandbox, by the second.
    pub(crate) fn now(self) -> Timestamp {
        self.session.with(AccountView::now)
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

    /// Decides a command and stores what it makes happen, as soon as what decides is here. Where that cannot come, nothing
    /// happens, and that is the answer.
    pub(crate) async fn dispatch(self, command: Command) -> Result<(), Vec<Refused>> {
        (self.decider.carry_out)(self, Act::Dispatch(Box::new(command))).await.map(|_| ())
    }

    /// Lets time pass. True where it came to `end`.
    async fn pass_until(self, end: Timestamp) -> Result<bool, Vec<Refused>> {
        (self.decider.carry_out)(self, Act::Pass(end)).await
    }

    /// Decides a command for a button, as soon as what decides is here. What is refused is said at the top of the page; what is
    /// taken moves the focus on, and is said in `done`.
    pub(crate) fn ask(self, command: Command, done: Option<Sentence>, focus: &'static str) {
        self.fall_silent();
        spawn_local(async move {
            let refused = self.dispatch(command).await.err().unwrap_or_default();
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
        spawn_local(async move {
            let end = self.session.try_with_untracked(|session| session.jump(jump)).flatten();
            let reached = match end {
                Some(end) => self.pass_until(end).await,
                None => Ok(false),
            };
            stopped.set(!matches!(reached, Ok(true)));
            if let Err(refused) = reached {
                self.refused.set(refused);
            }
            self.note_clock();
        });
    }

    /// The clock stands still until what decides is here, and then catches up.
    fn tick(self) {
        let (Some(real), Some(Some(ticked))) = (browser::now(), self.ticked.try_get_value()) else { return };
        let seconds = real.seconds_since(ticked);
        if seconds > 0 && (self.decider.is_here)() && self.is_ticking.try_get_value() == Some(false) {
            self.ticked.set_value(ticked.plus_seconds(seconds));
            let end = self.session.with_untracked(|session| session.now().plus_seconds(seconds));
            if let Some(end) = end {
                self.is_ticking.set_value(true);
                spawn_local(async move {
                    // What stops the clock is said on the page.
                    let _ = self.pass_until(end).await;
                    self.is_ticking.try_set_value(false);
                });
            }
        }
    }

    /// Goes on with another example account, as it was left.
    pub(crate) fn choose(self, preset: Preset) {
        settings::set("account", preset.id());
        spawn_local(async move {
            let opened = open_account(preset, self.policy_selection.get_untracked()).await;
            if let Some(Opened { stored, session, problem }) = opened {
                self.unkept.update(|unkept| *unkept = problem.or(unkept.take()));
                self.stored.set_value(stored);
                self.follow();
                self.show(preset, session);
            }
        });
    }

    /// Begins the example account anew. Where its beginning is not stored, the page says why, and the account is as it was.
    pub(crate) async fn begin_anew(self) -> bool {
        let preset = self.preset.get_untracked();
        let example = || preset.session(policies::dated()?, browser::now()?);
        let Some((example, stored)) = example().zip(self.stored.try_get_value()) else { return false };
        match stored.replace(example.events().to_vec()).await {
            Ok(()) => {
                settings::remove(&clock_of(preset));
                self.show(preset, AccountView::of_state(stored.state(), example.now()));
                true
            }
            Err(error) => {
                self.not_stored.set(Some(Message::of_replace(error)));
                false
            }
        }
    }

    /// Puts a history that was read from a file in the place of the account's own. Why it cannot be one, otherwise.
    pub(crate) async fn import(self, events: Vec<StoredEvent>) -> Result<(), Sentence> {
        let now = self.session.try_with_untracked(AccountView::now);
        let Some((stored, now)) = self.stored.try_get_value().zip(now) else { return Ok(()) };
        stored.replace(events).await.map_err(|error| match error {
            ReplaceError::Impossible(error) => {
                let (number, why) = (error.index.saturating_add(1).to_string(), Message::of(&error.why));
                Sentence::new(move || texts::line(&number, &why.sentence()))
            }
            ReplaceError::Store(error) => {
                let why = Message::of_store(error);
                Sentence::new(move || why.sentence())
            }
        })?;
        self.show(self.preset.get_untracked(), AccountView::of_state(stored.state(), now));
        Ok(())
    }

    fn show(self, preset: Preset, session: AccountView) {
        self.preset.set(preset);
        self.wanted.set(None);
        self.fall_silent();
        self.refused.set(Vec::new());
        self.not_stored.set(None);
        self.session.set(session);
        self.note_clock();
    }

    /// The same history under other policies.
    pub(crate) fn select_policies(self, policy_selection: PolicySelection) {
        if let Some((policies, stored)) = policy_selection.policies().zip(self.stored.try_get_value()) {
            settings::set("era", &policy_selection.setting());
            self.policy_selection.set(policy_selection);
            spawn_local(async move { stored.select_policies(policies).await });
        }
    }

    /// Time in the sandbox stands still while the page is closed.
    fn note_clock(self) {
        if let Some(now) = self.session.try_with_untracked(AccountView::now) {
            settings::set(&clock_of(self.preset.get_untracked()), &now.to_string());
        }
    }
}

fn clock_of(preset: Preset) -> String {
    format!("clock-{}", preset.id())
}

/// An account that was opened.
struct Opened {
    stored: StoredSession,
    session: AccountView,
    problem: Option<Message>,
}

/// An account as the store has it, or as its example begins.
async fn open_account(preset: Preset, policy_selection: PolicySelection) -> Option<Opened> {
    // What has happened was decided by the policies of its own days, whichever are selected now.
    let dated = policies::dated()?;
    let (store, account) = (store::current(), preset.id());
    let clock = settings::get(&clock_of(preset)).and_then(|text| Timestamp::parse(&text).ok());
    let loaded = StoredSession::load(Arc::clone(&store), account, dated.clone()).await;
    let (kept, problem) = match loaded {
        Ok(stored) => {
            let state = stored.state();
            // An account that is new has a time of its own, and no history yet.
            let now = clock.filter(|_| preset == Preset::New || !state.events().is_empty()).or(state.account().last());
            (now.map(|now| (stored, now)), None)
        }
        Err(error) => (None, Some(Message::of_load(error))),
    };
    let (stored, now) = if let Some(kept) = kept {
        kept
    } else {
        let example = preset.session(dated.clone(), browser::now()?)?;
        (StoredSession::begin(store, account, dated, example.events().to_vec()).ok()?, example.now())
    };
    stored.select_policies(policy_selection.policies()?).await;
    let session = AccountView::of_state(stored.state(), now);
    Some(Opened { stored, session, problem })
}

/// The shared state, from below the app.
pub(crate) fn state() -> State {
    expect_context()
}
