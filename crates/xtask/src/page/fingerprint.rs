//! One hash over everything that the page is made of, so that an unchanged page is not built twice.

use crate::hash;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

const FILE: &str = ".fingerprint";
const SOURCES: [&str; 6] = ["crates", "web", "index.html", "Cargo.lock", "Cargo.toml", ".cargo/config.toml"];
/// Folders that are read by tests only.
const NOT_SOURCES: [&str; 1] = ["tests"];

/// The hash over names and contents of all sources. A few too many are better than one too few.
pub(super) fn of_sources(workspace: &Workspace) -> Result<String> {
    hash::of_sources(workspace, &SOURCES, |name| !hash::has_part(name, &NOT_SOURCES))
}

/// The hash that `folder` was built from.
pub(super) fn read(folder: &Path) -> Option<String> {
    fs::read_to_string(folder.join(FILE)).ok()
}

/// Notes the hash that `folder` was built from.
pub(super) fn write(folder: &Path, hash: &str) -> Result<()> {
    fs::write(folder.join(FILE), hash).context("cannot write the page's fingerprint")
}
