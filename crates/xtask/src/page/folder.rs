//! The folder of the finished page, and what a browser is told of each file in it.

use crate::hash::hexadecimal;
use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use std::fs;
use std::path::PathBuf;

/// The folder of the finished page.
pub(super) struct Folder(pub(super) PathBuf);

/// A file of the page: where a browser finds it, and what it has to hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) address: String,
    pub(super) integrity: String,
}

impl Folder {
    pub(super) fn empty(path: PathBuf) -> Result<Folder> {
        if path.exists() {
            fs::remove_dir_all(&path)?;
        }
        fs::create_dir_all(&path)?;
        Ok(Folder(path))
    }

    /// Writes a file under a name that follows what it holds, so that browsers may keep it for ever.
    pub(super) fn place(&self, name: &str, contents: &[u8]) -> Result<Placed> {
        let (stem, extension) = name.rsplit_once('.').with_context(|| format!("{name} has no extension"))?;
        let name = format!("{stem}-{}.{extension}", short_hash(contents));
        fs::write(self.0.join(&name), contents)?;
        Ok(Placed { address: format!("/{name}"), integrity: integrity(contents) })
    }
}

/// The value of an `integrity` attribute.
pub(super) fn integrity(contents: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(contents)))
}

/// Eight bytes of hash in hexadecimal: enough to tell the versions of one file apart.
pub(super) fn short_hash(contents: &[u8]) -> String {
    hexadecimal(Sha256::digest(contents).into_iter().take(8))
}
