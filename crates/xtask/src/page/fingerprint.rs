//! One hash over everything that the page is made of, so that an unchanged page is not built twice.

use super::hexadecimal;
use crate::workspace::{Workspace, files_below};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

const FILE: &str = ".fingerprint";
const FOLDERS: [&str; 2] = ["crates", "web"];
const FILES: [&str; 3] = ["Cargo.lock", "Cargo.toml", ".cargo/config.toml"];
/// Folders that are made from the sources, or are read by tests only.
const NOT_SOURCES: [&str; 4] = ["dist", "pkg", "tests", "node_modules"];

/// The hash over names and contents of all sources. A few too many are better than one too few.
pub(super) fn of_sources(workspace: &Workspace) -> Result<String> {
    let mut hash = Sha256::new();
    for file in sources(workspace)? {
        let contents = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        hash.update(file.as_os_str().as_encoded_bytes());
        hash.update(Sha256::digest(contents));
    }
    Ok(hexadecimal(hash.finalize()))
}

/// The hash that `folder` was built from.
pub(super) fn read(folder: &Path) -> Option<String> {
    fs::read_to_string(folder.join(FILE)).ok()
}

/// Notes the hash that `folder` was built from.
pub(super) fn write(folder: &Path, hash: &str) -> Result<()> {
    fs::write(folder.join(FILE), hash).context("cannot write the page's fingerprint")
}

fn sources(workspace: &Workspace) -> Result<Vec<PathBuf>> {
    let mut sources: Vec<PathBuf> = FILES.iter().map(|file| workspace.path(file)).collect();
    for folder in FOLDERS {
        let folder = workspace.path(folder);
        let is_source = |file: &PathBuf| {
            let below = file.strip_prefix(&folder).unwrap_or(file);
            !below.iter().any(|part| NOT_SOURCES.iter().any(|skipped| part == *skipped))
        };
        sources.extend(files_below(&folder)?.into_iter().filter(is_source));
    }
    Ok(sources)
}
