//! Hashes over files, so that what is unchanged is not made or tested twice.

use crate::workspace::{Workspace, files_below};
use anyhow::{Context, Result};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// Folders that are made from the sources.
const GENERATED: [&str; 2] = ["pkg", "node_modules"];

/// The hash over names and contents of files and of everything below folders. It is the same on every machine.
pub(crate) fn of_sources(workspace: &Workspace, paths: &[&str], is_source: fn(&Path) -> bool) -> Result<String> {
    let mut hash = Sha256::new();
    for path in paths {
        for file in files(workspace, path)? {
            let name = file.strip_prefix(workspace.path(""))?;
            if is_source(name) && !has_part(name, &GENERATED) {
                let contents = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
                hash.update(name.to_string_lossy().replace('\\', "/"));
                hash.update([0]);
                hash.update(Sha256::digest(contents));
            }
        }
    }
    Ok(hexadecimal(hash.finalize()))
}

/// Whether a folder or file of one of these names is on the path.
pub(crate) fn has_part(path: &Path, names: &[&str]) -> bool {
    path.iter().any(|part| names.iter().any(|name| part == *name))
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hexadecimal(bytes: impl IntoIterator<Item = u8>) -> String {
    bytes.into_iter().fold(String::new(), |mut digits, byte| {
        // Writing into a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}

fn files(workspace: &Workspace, path: &str) -> Result<Vec<PathBuf>> {
    let path = workspace.path(path);
    if path.is_dir() { files_below(&path) } else { Ok(vec![path]) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_follows_what_is_hashed() {
        let workspace = Workspace::find().unwrap();
        let hash = |paths: &[&str], is_source| of_sources(&workspace, paths, is_source).unwrap();
        let whole = hash(&["crates/xtask", "Cargo.toml"], |_| true);
        assert_eq!(whole.len(), 64);
        assert_eq!(whole, hash(&["crates/xtask", "Cargo.toml"], |_| true));
        assert_ne!(whole, hash(&["crates/xtask"], |_| true));
        assert_ne!(whole, hash(&["crates/xtask", "Cargo.toml"], |name| name != Path::new("crates/xtask/src/hash.rs")));
        assert!(of_sources(&workspace, &["no-such-file"], |_| true).is_err());
    }
}
