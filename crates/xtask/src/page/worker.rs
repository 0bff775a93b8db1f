//! The service worker, which keeps the page for when there is no network.

use super::folder::{Folder, integrity, short_hash};
use crate::workspace::{self, Workspace, files_below};
use anyhow::{Context, Result};
use std::fs;

/// Writes the worker, which has to know every other file. Its own name never changes: browsers ask for it again.
pub(super) fn write(workspace: &Workspace, folder: &Folder) -> Result<()> {
    let document = fs::read_to_string(folder.0.join("index.html")).context("the document is not written yet")?;
    let mut files = Vec::new();
    for file in files_below(&folder.0)? {
        let name = file.strip_prefix(&folder.0)?.to_str().context("a file name is not Unicode")?;
        let is_first = name == "index.html" || document.contains(name);
        files.push((format!("/{name}"), integrity(&fs::read(&file)?), is_first));
    }
    let files = serde_json::to_string(&files)?;
    let version = serde_json::to_string(&short_hash(files.as_bytes()))?;
    let mut esbuild = workspace.command("esbuild");
    esbuild.args(["--minify", "--format=iife", "--log-level=warning"]);
    esbuild.args([format!("--define:VERSION={version}"), format!("--define:FILES={files}")]);
    let script = workspace::output(esbuild.arg(workspace.path("web/worker.js")))?;
    fs::write(folder.0.join("worker.js"), script).context("cannot write the worker")
}
