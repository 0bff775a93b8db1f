//! Suites that are too heavy to run where nothing that they test has changed.
//!
//! `tests/heavy.lock` holds, for each, the hash of its inputs when it last passed. The suite itself writes it; nobody edits it.

use crate::hash;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;

const LOCK: &str = "tests/heavy.lock";
const HEAD: &str = "# The inputs with which each heavy suite last passed. `cargo xtask test` writes this file: commit it, never edit it.\n";

/// Whether the suite passed with its inputs as they are now.
pub(super) fn has_passed(workspace: &Workspace, suite: &str, inputs: &[&str]) -> Result<bool> {
    Ok(read(workspace)?.get(suite) == Some(&of(workspace, inputs)?))
}

/// Notes that the suite passed with its inputs as they are now.
pub(super) fn note(workspace: &Workspace, suite: &str, inputs: &[&str]) -> Result<()> {
    let mut noted = read(workspace)?;
    noted.insert(suite.to_owned(), of(workspace, inputs)?);
    fs::write(workspace.path(LOCK), written(&noted)).with_context(|| format!("cannot write {LOCK}"))
}

fn of(workspace: &Workspace, inputs: &[&str]) -> Result<String> {
    hash::of_sources(workspace, inputs, |_| true)
}

fn read(workspace: &Workspace) -> Result<BTreeMap<String, String>> {
    let path = workspace.path(LOCK);
    if !path.exists() {
        return Ok(BTreeMap::new());
    }
    let lock = fs::read_to_string(path).with_context(|| format!("cannot read {LOCK}"))?;
    parsed(&lock).with_context(|| format!("{LOCK} holds a line that is no suite with its hash: remove the file"))
}

fn parsed(lock: &str) -> Option<BTreeMap<String, String>> {
    let lines = lock.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split_once(' ').map(|(suite, hash)| (suite.to_owned(), hash.to_owned()))).collect()
}

fn written(noted: &BTreeMap<String, String>) -> String {
    noted.iter().fold(HEAD.to_owned(), |lock, (suite, hash)| lock + suite + " " + hash + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_is_read_as_it_is_written() {
        let noted = BTreeMap::from([("one".to_owned(), "1a".to_owned()), ("two".to_owned(), "2b".to_owned())]);
        assert_eq!(parsed(&written(&noted)), Some(noted));
        assert_eq!(parsed("one"), None);
    }
}
