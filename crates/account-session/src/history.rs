//! All that the session asks of the rules: read a history, fold it, decide a command, write what happened.

use crate::error::LoadError;
use billing::ledger::{Account, Command, Decided, Event, Rejection, ReplayError};
use billing::ledger::{decide as decide_by_rules, replay};
use billing::policy::Policies;
use billing::time::Timestamp;
use event_store::{StoreError, lines};

/// The policies that an account lives under.
pub(crate) type PolicySet = Policies<'static>;

/// The events that stored lines hold, and the account that they make.
pub(crate) fn read(policies: &PolicySet, stored: &[String]) -> Result<(Vec<Event>, Account), LoadError> {
    let events = lines::read(stored)?;
    let account = fold(policies, &events)?;
    Ok((events, account))
}

/// The account that events make.
pub(crate) fn fold(policies: &PolicySet, events: &[Event]) -> Result<Account, ReplayError> {
    replay(*policies, events)
}

/// The lines that a store keeps of events.
pub(crate) fn write(events: &[Event]) -> Result<Vec<String>, StoreError> {
    lines::write(events)
}

/// What a command makes of an account, or every reason against it.
pub(crate) fn decide<'c>(
    policies: &PolicySet,
    account: &Account,
    at: Timestamp,
    command: &'c Command,
) -> Result<Decided, Vec<Rejection<'c>>> {
    decide_by_rules(*policies, account, at, command)
}
