//! An account while the page is open: its history, the policies that it lives under, and the sandbox's time.
//!
//! Everything is decided by `billing::ledger::decide`. What this file adds is the order in which things come: as time
//! passes, what the bank has to say is decided at the instant at which it says it, between whatever falls due by itself.

use super::Refused;
use crate::sandbox::bank::{self, Answered, Asked, Due};
use crate::sandbox::clock::{self, Jump};
use billing::ledger::{Account, Command, Event, EventKind, Payment, ReplayError, StoredEvent, decide, restore};
use billing::policy::Policies;
use billing::policy::Policy;
use billing::rules::access::{self, Decision, Request};
use billing::time::Timestamp;

/// The account with everything that the page knows about it.
#[derive(Clone)]
pub(crate) struct AccountSession {
    policies: Policies,
    events: Vec<Event>,
    account: Account,
    now: Timestamp,
    /// What the customer has told the bank that the bank has not answered yet.
    answered: Vec<Answered>,
    /// TI-8: the sandbox keeps the tier from following, so that a late one can be seen.
    pub(crate) tier_is_held: bool,
    /// What was decided and is not in the store yet.
    unsaved: Vec<(Timestamp, Command)>,
}

/// An account at a minute, identified by its last event and the policies.
#[derive(Clone, PartialEq)]
pub(crate) struct Moment {
    events: u64,
    last: Option<Event>,
    policies: Policies,
    minute: i128,
}

/// No jump in time makes more things happen than this one after the other; the clock then stands where it came to.
const MOST_STEPS: usize = 2000;

impl AccountSession {
    /// An account to which nothing has happened yet.
    pub(crate) fn new(policies: Policies, now: Timestamp) -> AccountSession {
        let (events, answered, unsaved) = (Vec::new(), Vec::new(), Vec::new());
        AccountSession { policies, events, account: Account::NEW, now, answered, tier_is_held: false, unsaved }
    }

    /// The account that a history makes. The clock stands at `now`, but never before the last event.
    pub(crate) fn of_history(
        policies: Policies,
        stored: Vec<StoredEvent>,
        now: Timestamp,
    ) -> Result<AccountSession, ReplayError> {
        let (events, account) = restore(&policies, stored)?;
        let now = account.last().map_or(now, |last| last.max(now));
        Ok(AccountSession { events, account, ..AccountSession::new(policies, now) })
    }

    /// The same account after another history, for instance one that another tab has written.
    pub(crate) fn with_history(&self, events: Vec<StoredEvent>) -> Result<AccountSession, ReplayError> {
        let read = AccountSession::of_history(self.policies.clone(), events, self.now)?;
        Ok(AccountSession { answered: self.answered.clone(), tier_is_held: self.tier_is_held, ..read })
    }

    /// The same account, judged by other policies from now on. What has happened stays as it happened.
    pub(crate) fn under(&self, policies: Policies) -> AccountSession {
        AccountSession { policies, ..self.clone() }
    }

    pub(crate) fn policies(&self) -> &Policies {
        &self.policies
    }

    /// The policy in force; before the first one's first day none is.
    pub(crate) fn policy(&self) -> Option<&Policy> {
        self.policies.at(self.now)
    }

    /// AC-1..9: what is decided on a plain request now.
    pub(crate) fn access(&self) -> Option<Decision<'_>> {
        let policy = self.policy()?;
        let account = self.account().snapshot(policy, self.now()).ok()?;
        access::authorize(policy, &account, &Request::API_CALL).ok()
    }

    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    pub(crate) fn events(&self) -> &[Event] {
        &self.events
    }

    /// What tells this account, at this minute, from what it was before.
    pub(crate) fn moment(&self) -> Moment {
        let minute = self.now.unix_nanoseconds().checked_div_euclid(60_000_000_000).unwrap_or_default();
        let policies = self.policies.clone();
        Moment { events: self.account.events(), last: self.events.last().cloned(), policies, minute }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// Decides a command now. Nothing has happened where it is refused.
    pub(crate) fn dispatch(&mut self, command: &Command) -> Result<(), Vec<Refused>> {
        let decided = decide(&self.policies, &self.account, self.now, command);
        let decided = decided.map_err(|rejections| rejections.iter().map(Refused::of).collect::<Vec<Refused>>())?;
        if !decided.events.is_empty() {
            self.unsaved.push((self.now, command.clone()));
            self.events.extend(decided.events);
        }
        self.account = decided.account;
        let asked = self.asked();
        self.answered.retain(|answered| asked.iter().any(|asked| asked.payment == answered.payment));
        Ok(())
    }

    /// PM-10, PM-11: what the customer tells the bank, which answers after a while.
    pub(crate) fn answer_bank(&mut self, payment: Payment, approved: bool) {
        self.answered.retain(|answered| answered.payment != payment);
        self.answered.push(Answered { payment, at: self.now, approved });
    }

    /// Whether the customer has answered the bank about a payment.
    pub(crate) fn has_answered(&self, payment: &Payment) -> bool {
        self.answered.iter().any(|answered| answered.payment == *payment)
    }

    /// Lets time pass until an instant: whatever the bank says meanwhile is decided when it says it, and what falls due by
    /// itself happens when it is due. True where the instant was reached.
    pub(crate) fn pass_until(&mut self, end: Timestamp) -> bool {
        for _ in 0..MOST_STEPS {
            let due = self.next_due().filter(|due| due.at <= end);
            let until = due.as_ref().map_or(end, |due| due.at.max(self.now));
            // A payment that begins by itself is heard of by the bank before anything later happens.
            let begun = self.first_begun(until);
            self.now = begun.unwrap_or(until).max(self.now);
            let command = due.filter(|_| begun.is_none()).map(|due| due.command);
            let is_last = command.is_none() && begun.is_none();
            let taken = self.dispatch(&command.unwrap_or(Command::Advance)).is_ok();
            if is_last || !taken {
                self.now = end.max(self.now);
                return taken;
            }
        }
        false
    }

    /// When the first payment begins by itself, up to an instant.
    fn first_begun(&self, until: Timestamp) -> Option<Timestamp> {
        let decided = decide(&self.policies, &self.account, until, &Command::Advance).ok()?;
        let begins = |event: &&Event| {
            matches!(event.kind, EventKind::PurchaseStarted { .. } | EventKind::InvoiceChargeStarted { .. })
        };
        decided.events.iter().find(begins).map(|event| event.at)
    }

    fn next_due(&self) -> Option<Due> {
        bank::next_due(&self.account, &self.events, &self.answered, self.tier_is_held)
    }

    /// PM-10, PM-11: the payments for which the bank waits for the customer.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        bank::asked(&self.account)
    }

    /// Where a jump leads.
    pub(crate) fn jump(&self, jump: Jump) -> Option<Timestamp> {
        clock::after(jump, self.now, self.policy()?)
    }

    /// What was decided since this was asked before.
    pub(crate) fn take_unsaved(&mut self) -> Vec<(Timestamp, Command)> {
        std::mem::take(&mut self.unsaved)
    }

    /// Decides again what was decided on a history that was overtaken. What is refused now does not happen.
    pub(crate) fn decide_again(&mut self, commands: &[(Timestamp, Command)]) {
        let now = self.now;
        for (at, command) in commands {
            self.now = self.account.last().map_or(*at, |last| last.max(*at));
            let _ = self.dispatch(command);
        }
        self.now = self.now.max(now);
    }
}
