//! One event as one line of JSON.

use crate::error::{MAX_LINE_BYTES, StoreError};
use crate::json;
use billing::json::read::{At, Family, ReadError};
use billing::ledger::{Event, StoredEvent};
use std::borrow::Cow;

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidationError {
    /// The stable code.
    pub code: Cow<'static, str>,
    /// Where in the event; empty for the whole of it.
    pub path: String,
    /// The sentence for a person.
    pub message: String,
}

impl From<ReadError> for ValidationError {
    fn from(fault: ReadError) -> ValidationError {
        let details = fault.into_details();
        ValidationError { code: details.code, path: details.path, message: details.message }
    }
}

/// Reads events; where one cannot be read, it is named by its place from 0. (One function for every source of lines: what
/// reads an event is large, and is not to stand in the page twice.)
pub(crate) fn read_all(lines: &mut dyn Iterator<Item = &str>) -> Result<Vec<StoredEvent>, (usize, ValidationError)> {
    let mut events = Vec::new();
    for line in lines {
        events.push(read(line).map_err(|flaw| (events.len(), flaw))?);
    }
    Ok(events)
}

fn read(line: &str) -> Result<StoredEvent, ValidationError> {
    let root = At::root(Family::History, "");
    if line.len() > MAX_LINE_BYTES {
        return Err(root.plain_fault("history.line_too_long", &"This line is longer than an event can be.").into());
    }
    let malformed = || root.plain_fault("history.malformed", &"This line is not JSON.");
    Ok(StoredEvent::read(&json::node(line).ok_or_else(malformed)?, &root)?)
}

/// Writes events.
pub(crate) fn write_all(events: &[Event]) -> Result<Vec<String>, StoreError> {
    let mut lines = Vec::with_capacity(events.len());
    for event in events {
        let unwritable = |_| StoreError::Damaged { index: lines.len(), code: "history.malformed".into() };
        lines.push(serde_json::to_string(event).map_err(unwritable)?);
    }
    Ok(lines)
}

/// Whether every line is one that can be read again: what every store checks before it writes.
pub(crate) fn check_lengths(lines: &[String]) -> Result<(), StoreError> {
    match lines.iter().position(|line| line.len() > MAX_LINE_BYTES) {
        Some(index) => Err(StoreError::TooLong { index }),
        None => Ok(()),
    }
}
