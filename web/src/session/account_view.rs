//! The account as the page shows it: what its stored session knows of it, and the sandbox's time.
//!
//! Nothing here changes the account. Commands and time that passes go through [`super::dispatch`] to the stored session.

use crate::sandbox::Jump;
use crate::sandbox::SandboxState;
use crate::sandbox::bank::{self, Asked};
use account_session::AccountState;
use billing::ledger::{Account, Event, Payment, ReplayError, StoredEvent};
use billing::policy::Policies;
use billing::policy::Policy;
use billing::rules::access::{self, Decision, Request};
use billing::time::Timestamp;

/// The account with everything that the page knows about it.
#[derive(Clone)]
pub(crate) struct AccountView {
    state: AccountState,
    sandbox: SandboxState,
}

/// An account at a minute, identified by its last event and the policies.
#[derive(Clone, PartialEq)]
pub(crate) struct Moment {
    events: u64,
    last: Option<Event>,
    policies: Policies,
    minute: i128,
}

impl AccountView {
    /// An account as its stored session knows it. The clock stands at `now`, but never before the last event.
    pub(crate) fn of_state(state: AccountState, now: Timestamp) -> AccountView {
        let mut sandbox = SandboxState::new(now);
        sandbox.follow(state.account());
        AccountView { state, sandbox }
    }

    /// The account that a history makes, stored or not.
    pub(crate) fn of_history(
        policies: Policies,
        stored: Vec<StoredEvent>,
        now: Timestamp,
    ) -> Result<AccountView, ReplayError> {
        Ok(AccountView::of_state(AccountState::restore(policies, stored)?, now))
    }

    /// Shows what the stored session knows now.
    pub(crate) fn show(&mut self, state: AccountState) {
        self.sandbox.follow(state.account());
        self.state = state;
    }

    pub(crate) fn policies(&self) -> &Policies {
        self.state.policies()
    }

    /// The policy in force; before the first one's first day none is.
    pub(crate) fn policy(&self) -> Option<&Policy> {
        self.policies().at(self.now())
    }

    /// AC-1..9: what is decided on a plain request now.
    pub(crate) fn access(&self) -> Option<Decision<'_>> {
        let policy = self.policy()?;
        let account = self.account().snapshot(policy, self.now()).ok()?;
        access::authorize(policy, &account, &Request::API_CALL).ok()
    }

    pub(crate) fn account(&self) -> &Account {
        self.state.account()
    }

    pub(crate) fn events(&self) -> &[Event] {
        self.state.events()
    }

    /// What tells this account, at this minute, from what it was before.
    pub(crate) fn moment(&self) -> Moment {
        let minute = self.now().unix_nanoseconds().checked_div_euclid(60_000_000_000).unwrap_or_default();
        let policies = self.policies().clone();
        Moment { events: self.account().events(), last: self.events().last().cloned(), policies, minute }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.sandbox.now()
    }

    /// Moves the clock on, never back.
    pub(crate) fn set_now(&mut self, now: Timestamp) {
        self.sandbox.set_now(now);
    }

    pub(crate) fn sandbox(&self) -> &SandboxState {
        &self.sandbox
    }

    /// TI-8: whether the tier is kept from following.
    pub(crate) fn tier_is_held(&self) -> bool {
        self.sandbox.tier_is_held
    }

    pub(crate) fn hold_tier(&mut self, held: bool) {
        self.sandbox.tier_is_held = held;
    }

    /// PM-10, PM-11: what the customer tells the bank, which answers after a while.
    pub(crate) fn answer_bank(&mut self, payment: Payment, approved: bool) {
        self.sandbox.answer_bank(payment, approved);
    }

    /// Whether the customer has answered the bank about a payment.
    pub(crate) fn has_answered(&self, payment: &Payment) -> bool {
        self.sandbox.has_answered(payment)
    }

    /// PM-10, PM-11: the payments for which the bank waits for the customer.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        bank::asked(self.account())
    }

    /// Where a jump leads.
    pub(crate) fn jump(&self, jump: Jump) -> Option<Timestamp> {
        self.sandbox.jump(jump, self.policy()?)
    }
}

/// What tests and the examples' scripts do without a store.
#[cfg(test)]
mod unstored {
    use super::AccountView;
    use crate::session::Refused;
    use account_session::{AccountState, Draft};
    use billing::ledger::{Command, ReplayError, StoredEvent};
    use billing::policy::Policies;
    use billing::time::Timestamp;

    impl AccountView {
        /// An account to which nothing has happened yet.
        pub(crate) fn new(policies: Policies, now: Timestamp) -> AccountView {
            AccountView::of_history(policies, Vec::new(), now).unwrap()
        }

        /// The same account after another history.
        pub(crate) fn with_history(&self, events: Vec<StoredEvent>) -> Result<AccountView, ReplayError> {
            let mut session = self.clone();
            session.show(AccountState::restore(self.policies().clone(), events)?);
            Ok(session)
        }

        /// Decides a command now. Nothing has happened where it is refused.
        pub(crate) fn dispatch(&mut self, command: &Command) -> Result<(), Vec<Refused>> {
            let mut draft = Draft::of(&self.state);
            let decided = draft.dispatch(self.sandbox.now(), command);
            decided.map_err(|rejections| rejections.iter().map(Refused::of).collect::<Vec<Refused>>())?;
            let state = draft.into_state();
            self.show(state);
            Ok(())
        }

        /// Lets time pass until an instant. True where it was reached.
        pub(crate) fn pass_until(&mut self, end: Timestamp) -> bool {
            let mut draft = Draft::of(&self.state);
            let reached = self.sandbox.pass_until(&mut draft, end);
            let state = draft.into_state();
            self.show(state);
            reached
        }
    }
}
