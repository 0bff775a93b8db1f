//! All that the session asks of the rules: read a history, fold it, decide a command, write what happened.

use crate::error::LoadError;
use billing::ledger::{Account, Command, Decided, Event, Rejection, ReplayError, StoredEvent};
use billing::ledger::{decide as decide_by_rules, restore};
use billing::policy::Policies;
use billing::time::Timestamp;
use event_store::{StoreError, lines};

/// The events that stored lines hold, and the account that they make.
pub(crate) fn read(policies: &Policies, stored: &[String]) -> Result<(Vec<Event>, Account), LoadError> {
    Ok(fold(policies, lines::read(stored)?)?)
}

/// Events in their present form, and the account that they make. The policies are asked only for an earlier form.
pub(crate) fn fold(
    policies: &Policies,
    events: impl IntoIterator<Item: Into<StoredEvent>>,
) -> Result<(Vec<Event>, Account), ReplayError> {
    restore(policies, events.into_iter().map(Into::into))
}

/// The lines that a store keeps of events.
pub(crate) fn write(events: &[Event]) -> Result<Vec<String>, StoreError> {
    lines::write(events)
}

/// What a command makes of an account, or every reason against it.
pub(crate) fn decide<'c>(
    policies: &'c Policies,
    account: &Account,
    at: Timestamp,
    command: &'c Command,
) -> Result<Decided, Vec<Rejection<'c>>> {
    decide_by_rules(policies, account, at, command)
}
