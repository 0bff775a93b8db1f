//! The account as a session knows it.

use crate::history;
use billing::ledger::{Account, Event, ReplayError, StoredEvent};
use billing::policy::Policies;
use std::sync::Arc;

/// An account with its history and its policies, at one moment of a session. Cloning it copies nothing.
#[derive(Clone, Debug)]
pub struct AccountState {
    policies: Policies,
    events: Arc<Vec<Event>>,
    account: Arc<Account>,
    /// How many of the events the store has: all of them, or those before a beginning that is not stored yet.
    stored: usize,
}

impl AccountState {
    /// The account that events make, outside of any session. `policies` bring lines of an earlier form up to the present one,
    /// and are what commands are decided by.
    ///
    /// # Errors
    /// The first event that is invalid.
    pub fn restore(
        policies: Policies,
        events: impl IntoIterator<Item: Into<StoredEvent>>,
    ) -> Result<AccountState, ReplayError> {
        let (events, account) = history::fold(&policies, events)?;
        Ok(AccountState::new(policies, events, account, 0))
    }

    /// The same account, to be decided by other policies. What has happened stays as it is.
    #[must_use]
    pub fn under(self, policies: Policies) -> AccountState {
        AccountState { policies, ..self }
    }

    pub(crate) fn new(policies: Policies, events: Vec<Event>, account: Account, stored: usize) -> AccountState {
        AccountState { policies, events: Arc::new(events), account: Arc::new(account), stored }
    }

    /// What the history makes of the account.
    #[must_use]
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// The history.
    #[must_use]
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The policies that commands are decided by.
    #[must_use]
    pub fn policies(&self) -> &Policies {
        &self.policies
    }

    /// How many events the store has. It is less than there are while a beginning is not stored.
    pub(crate) fn stored(&self) -> usize {
        self.stored
    }

    /// The events that the store has.
    pub(crate) fn stored_events(&self) -> &[Event] {
        self.events.get(..self.stored).unwrap_or_default()
    }

    /// The events that are stored with the next change.
    pub(crate) fn unstored_events(&self) -> &[Event] {
        self.events.get(self.stored..).unwrap_or_default()
    }

    /// Takes over what happened after it.
    pub(crate) fn append(&mut self, events: Vec<Event>, account: Account) {
        // Copied only while somebody looks at the state before.
        Arc::make_mut(&mut self.events).extend(events);
        self.account = Arc::new(account);
    }

    /// The store has all of it.
    pub(crate) fn is_stored(&mut self) {
        self.stored = self.events.len();
    }
}
