//! What would happen: commands decided one after the other, before any of it is stored.

use crate::history;
use crate::state::AccountState;
use billing::ledger::{Account, Command, Event, Notice, Rejection};
use billing::policy::Policies;
use billing::time::Timestamp;

/// What a command made happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The events, in order. None where the command had been carried out before, or nothing was due.
    pub events: Vec<Event>,
    /// What the customer should know.
    pub notices: Vec<Notice>,
}

/// An account to which commands are dispatched before their events are stored.
///
/// [`AccountSession::transact`](crate::AccountSession::transact) stores what is dispatched to one. By itself a draft shows what
/// would happen.
#[derive(Debug)]
pub struct Draft<'s> {
    state: &'s AccountState,
    /// The account after the new events; none while there are none.
    account: Option<Account>,
    new: Vec<Event>,
    /// A caller is told about more than the passing of time.
    has_answered: bool,
}

impl<'s> Draft<'s> {
    /// A draft of a state: nothing of it is stored.
    #[must_use]
    pub fn of(state: &'s AccountState) -> Draft<'s> {
        Draft { state, account: None, new: Vec::new(), has_answered: false }
    }

    /// The account after all that was dispatched so far.
    #[must_use]
    pub fn account(&self) -> &Account {
        self.account.as_ref().unwrap_or_else(|| self.state.account())
    }

    /// The history with the events of all that was dispatched so far.
    #[must_use]
    pub fn events(&self) -> impl DoubleEndedIterator<Item = &Event> + Clone {
        self.state.events().iter().chain(&self.new)
    }

    /// The policies that the account lives under.
    #[must_use]
    pub fn policies(&self) -> &'s Policies {
        self.state.policies()
    }

    /// Decides a command at an instant, or at the account's last event where that is later: somebody whose clock is ahead
    /// may have been faster.
    ///
    /// # Errors
    /// Every reason against it. Then nothing has happened.
    pub fn dispatch<'c>(&mut self, at: Timestamp, command: &'c Command) -> Result<Decision, Vec<Rejection<'c>>>
    where
        's: 'c,
    {
        let at = self.account().last().map_or(at, |last| last.max(at));
        let decided = history::decide(self.state.policies(), self.account(), at, command);
        self.has_answered |= decided.is_err() || *command != Command::Advance;
        let decided = decided?;
        self.new.extend_from_slice(&decided.events);
        self.account = Some(decided.account);
        Ok(Decision { events: decided.events, notices: decided.notices })
    }

    /// Whether a caller is told about more than the passing of time: that something cannot be done, or was done before.
    pub(crate) fn has_answered(&self) -> bool {
        self.has_answered
    }

    /// The account as it would be, with its history.
    #[must_use]
    pub fn into_state(self) -> AccountState {
        let mut state = self.state.clone();
        let (new, account) = self.into_parts();
        state.append(new, account);
        state
    }

    /// The new events, and the account after them.
    pub(crate) fn into_parts(self) -> (Vec<Event>, Account) {
        let account = self.account.unwrap_or_else(|| self.state.account().clone());
        (self.new, account)
    }
}
