//! Builds the page as customers get it, into `dist`: compiled, split into what the first picture needs and what comes
//! later, optimised, in files that are named after what they hold, with brotli copies.
//!
//! Cargo compiles it, started by us or by trunk; what follows is the same function for both.

mod compile;
mod document;
mod fingerprint;
mod folder;
mod script;
mod trunk;
mod worker;

pub(crate) use document::CONTENT_SECURITY_POLICY;
pub(crate) use trunk::{differences_to_trunk, finish_what_trunk_staged, serve_by_trunk};

use crate::workspace::{Workspace, files_below};
use anyhow::Result;
use folder::Folder;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Where the finished page lies.
const FOLDER: &str = "dist";

/// Builds the page unless it is already what the sources make of it, and says where it lies.
pub(crate) fn build(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.path(FOLDER);
    let sources = fingerprint::of_sources(workspace)?;
    if fingerprint::read(&folder).as_deref() == Some(&sources) {
        println!("the page is up to date");
        return Ok(folder);
    }
    println!("building the page: about 3 minutes the first time");
    let begin = Instant::now();
    compile::compile(workspace)?;
    let folder = finish(workspace, folder)?;
    // Written last: a build that broke off leaves no fingerprint and starts again.
    fingerprint::write(&folder, &sources)?;
    println!("built the page in {} s", begin.elapsed().as_secs());
    Ok(folder)
}

/// Makes of the wasm that cargo compiled the finished page, and puts it into `folder` in the place of whatever is there.
fn finish(workspace: &Workspace, folder: PathBuf) -> Result<PathBuf> {
    let compiled = compile::cut(workspace)?;
    let folder = Folder::empty(folder)?;
    let wasm = folder.place("web.wasm", &fs::read(&compiled.main)?)?;
    let parts = compiled.parts.iter().map(|part| script::Part::place(&folder, part)).collect::<Result<Vec<_>>>()?;
    let script = script::bundle(workspace, &compiled, &wasm, &parts)?;
    let script = folder.place("start.js", script.as_bytes())?;
    document::write(workspace, &folder, &script, &wasm)?;
    worker::write(workspace, &folder)?;
    write_brotli_copies(&files_below(&folder.0)?)?;
    Ok(folder.0)
}

/// Writes the copies side by side: most of the time goes into one large file.
fn write_brotli_copies(files: &[PathBuf]) -> Result<()> {
    std::thread::scope(|scope| {
        let copies: Vec<_> = files.iter().map(|file| scope.spawn(|| write_brotli_copy(file))).collect();
        copies.into_iter().try_for_each(|copy| copy.join().map_err(|_| anyhow::anyhow!("brotli panicked"))?)
    })
}

/// Compresses as hard as brotli can: done once a build, paid back on each download.
fn write_brotli_copy(file: &Path) -> Result<()> {
    const QUALITY: i32 = 11;
    const WINDOW_BITS: i32 = 22;
    let parameters = brotli::enc::BrotliEncoderParams { quality: QUALITY, lgwin: WINDOW_BITS, ..Default::default() };
    let contents = fs::read(file)?;
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut contents.as_slice(), &mut compressed, &parameters)?;
    let mut copy = file.to_path_buf().into_os_string();
    copy.push(".br");
    fs::write(copy, compressed)?;
    Ok(())
}
