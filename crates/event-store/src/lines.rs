//! Lines and events: reading and writing a stored history, exporting and importing one as a file.

use crate::line;
use crate::{StoreError, ValidationError};
use billing::ledger::{Event, StoredEvent};
use std::error::Error;
use std::fmt::{self, Display, Formatter};

/// The most events that an import may have.
pub const MAX_EVENTS: usize = 1_000_000;

/// Reads a stored history. `billing::ledger::restore` brings it up to the present form and folds it.
///
/// # Errors
/// [`StoreError::Damaged`] at the first line that cannot be read.
pub fn read(lines: &[String]) -> Result<Vec<StoredEvent>, StoreError> {
    line::read_all(&mut lines.iter().map(String::as_str))
        .map_err(|(index, flaw)| StoreError::Damaged { index, code: flaw.code })
}

/// Writes events as the lines that a store keeps.
///
/// # Errors
/// [`StoreError::Damaged`] at an event that has no line, which none that was decided or read is.
pub fn write(events: &[Event]) -> Result<Vec<String>, StoreError> {
    line::write_all(events)
}

/// Checks that no line is longer than [`crate::MAX_LINE_BYTES`]: what every store does before it writes.
///
/// # Errors
/// [`StoreError::TooLong`] at the first line that is.
pub fn check_lengths(lines: &[String]) -> Result<(), StoreError> {
    line::check_lengths(lines)
}

/// The file of a history: its lines as they are stored, each with its end.
#[must_use]
pub fn export(lines: &[String]) -> String {
    lines.iter().flat_map(|line| [line, "\n"]).collect()
}

/// Reads a file. Whether its events can have happened is for `billing::ledger::restore` to say.
///
/// # Errors
/// What is wrong with the first line that cannot be read.
///
/// ```
/// use event_store::lines::import;
/// let file = "{\"v\":1,\"at\":\"2025-12-01T09:30:00Z\",\"kind\":\"contract_ended\"}\n{\"v\":3}\n";
/// let error = import(file).unwrap_err();
/// assert_eq!((error.line, error.flaw.code.as_ref()), (2, "history.unknown_version"));
/// ```
pub fn import(text: &str) -> Result<Vec<StoredEvent>, ImportError> {
    if text.lines().nth(MAX_EVENTS).is_some() {
        let message = format!("A history has at most {MAX_EVENTS} events.");
        let flaw = ValidationError { code: "history.too_many_events".into(), path: String::new(), message };
        return Err(ImportError { line: MAX_EVENTS.saturating_add(1), flaw });
    }
    line::read_all(&mut text.lines()).map_err(|(index, flaw)| ImportError { line: index.saturating_add(1), flaw })
}

/// Which line of a file is wrong, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub flaw: ValidationError,
}

impl Display for ImportError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        let ImportError { line, flaw: ValidationError { code, path, message } } = self;
        let place = if path.is_empty() { String::new() } else { format!(" at {path}") };
        write!(out, "Line {line} cannot be read{place}: {message} Nothing was replaced ({code}).")
    }
}

impl Error for ImportError {}

#[cfg(test)]
mod tests {
    use super::*;
    use billing::ledger::restore;
    use billing::policy::Policies;

    const V1: &str = include_str!("../../../tests/histories/v1.jsonl");
    const V2: &str = include_str!("../../../tests/histories/v2.jsonl");

    fn wrong(text: &str) -> (usize, String) {
        let error = import(text).unwrap_err();
        (error.line, error.flaw.code.into_owned())
    }

    #[test]
    fn a_file_comes_back_as_it_went() {
        for file in [V1, V2] {
            let events = import(file).unwrap();
            assert_eq!(events.len(), file.lines().count());
            assert_eq!(import(file.trim_end()).unwrap(), events, "without an end of the last line");
            assert_eq!(import(&file.replace('\n', "\r\n")).unwrap(), events, "with the ends of lines that Windows has");
        }
        // What is written is of the present form, which needs no policies to be read.
        let nothing = Policies::dated([]);
        let (events, _) = restore(&nothing, import(V2).unwrap()).unwrap();
        assert_eq!(export(&line::write_all(&events).unwrap()), V2);
        assert_eq!(import(""), Ok(Vec::new()));
    }

    #[test]
    fn the_first_problem_is_named_with_its_line() {
        let first = V1.lines().next().unwrap();
        let with = |second: &str| format!("{first}\n{second}\n{{}}\n");
        assert_eq!(wrong(&with("{")), (2, "history.malformed".into()));
        assert_eq!(wrong(&with("")), (2, "history.malformed".into()));
        assert_eq!(wrong(&with("[]")), (2, "history.wrong_type".into()));
        assert_eq!(wrong(&with("{}")), (2, "history.missing_field".into()));
        assert_eq!(wrong(&with(&"[".repeat(10_000))), (2, "history.malformed".into()));
        assert_eq!(wrong(&with(&" ".repeat(MAX_LINE_BYTES_AND_ONE))), (2, "history.line_too_long".into()));
        assert_eq!(wrong(&with(&first.replace("\"v\":1", "\"v\":3"))), (2, "history.unknown_version".into()));
        assert_eq!(wrong(&with(&first.replace("\"v\":1", "\"v\":1,\"x\":1"))), (2, "history.unknown_field".into()));
        assert_eq!(wrong(&with(&first.replace("\"v\":1", "\"v\":1,\"v\":1"))), (2, "history.duplicate_field".into()));
    }

    const MAX_LINE_BYTES_AND_ONE: usize = crate::MAX_LINE_BYTES + 1;

    #[test]
    fn the_sentence_says_where_and_that_nothing_was_replaced() {
        assert_eq!(
            import("{\"v\":\"1\"}").unwrap_err().to_string(),
            "Line 1 cannot be read at v: This must be a whole number. Nothing was replaced (history.wrong_type)."
        );
    }
}
