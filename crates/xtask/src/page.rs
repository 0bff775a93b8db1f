//! Builds the page as customers get it, into `web/dist`.
//!
//! trunk compiles and names the files; what it cannot do is done after it, on its output: an
//! optimised wasm, a start script that a strict content security policy lets run, file names that follow
//! the final contents, and brotli copies.

mod fingerprint;
mod minify;
mod start;

use crate::optimize::optimize;
use crate::workspace::{self, Workspace, files_below};
use anyhow::{Context, Result, ensure};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Where the finished page lies.
const FOLDER: &str = "web/dist";

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
    compile(workspace)?;
    finish(workspace, &folder)?;
    // Written last: a build that broke off leaves no fingerprint and starts again.
    fingerprint::write(&folder, &sources)?;
    println!("built the page in {} s", begin.elapsed().as_secs());
    Ok(folder)
}

fn compile(workspace: &Workspace) -> Result<()> {
    // trunk copies every snippet of this folder, also those that the page no longer uses.
    let leftovers = workspace.target_folder()?.join("wasm-bindgen/release");
    if leftovers.exists() {
        fs::remove_dir_all(&leftovers)?;
    }
    let mut trunk = workspace.command("trunk");
    trunk.args(["build", "--release", "--cargo-profile", "page", "--offline"]);
    workspace::run(trunk.env("CARGO_ENCODED_RUSTFLAGS", flags().join("\u{1f}")))
}

/// Compiler flags of the page: without this machine's paths, and with the views' types erased, which makes the wasm a
/// tenth smaller.
fn flags() -> Vec<String> {
    let mut flags = workspace::without_machine_paths();
    flags.extend(["--cfg".to_owned(), "erase_components".to_owned()]);
    flags
}

/// Turns trunk's output into the page that is served.
fn finish(workspace: &Workspace, folder: &Path) -> Result<()> {
    let index = folder.join("index.html");
    let page = fs::read_to_string(&index).context("trunk wrote no index.html")?;
    let page = optimize_wasm(workspace, folder, &page)?;
    let page = minify::javascript(workspace, folder, &page)?;
    let page = minify::styles(workspace, folder, &page)?;
    let page = rename_by_contents(folder, page)?;
    let page = replace_start_script(folder, &page)?;
    fs::write(&index, page)?;
    for file in files_below(folder)? {
        write_brotli_copy(&file)?;
    }
    Ok(())
}

/// Makes the wasm small, and takes away the integrity that trunk gave its preload: browsers ignore the attribute there, and
/// say so on each visit. Our start script checks the wasm itself.
fn optimize_wasm(workspace: &Workspace, folder: &Path, page: &str) -> Result<String> {
    let wasm = only_file(folder, "wasm")?;
    let integrity = integrity(&fs::read(&wasm)?);
    optimize(workspace, &wasm, "-Oz")?;
    Ok(page.replace(&format!(" integrity=\"{integrity}\""), ""))
}

/// Names wasm and its JavaScript after what they finally hold.
///
/// trunk hashes the wasm before wasm-bindgen and wasm-opt change it. A new version of either tool
/// would put other contents under a name that browsers were told to keep for ever.
fn rename_by_contents(folder: &Path, page: String) -> Result<String> {
    let mut page = page;
    for extension in ["js", "wasm"] {
        let file = only_file(folder, extension)?;
        let old_name = file_name(&file)?;
        let new_name = format!("web-{}.{extension}", short_hash(&fs::read(&file)?));
        ensure!(page.contains(&old_name), "index.html does not refer to {old_name}");
        page = page.replace(&old_name, &new_name);
        fs::rename(&file, folder.join(new_name))?;
    }
    Ok(page)
}

/// Puts our start script, a file with an integrity hash, in the place of trunk's inline one.
fn replace_start_script(folder: &Path, page: &str) -> Result<String> {
    let javascript = only_file(folder, "js")?;
    let wasm = only_file(folder, "wasm")?;
    let wasm_integrity = integrity(&fs::read(&wasm)?);
    let script = start::script(&file_name(&javascript)?, &file_name(&wasm)?, &wasm_integrity);
    let name = format!("start-{}.js", short_hash(script.as_bytes()));
    let (before, after) = start::around_inline_script(page)?;
    let page = format!(
        "{before}<script type=\"module\" src=\"/{name}\" integrity=\"{}\"></script>{after}",
        integrity(script.as_bytes())
    );
    fs::write(folder.join(name), script)?;
    Ok(page)
}

/// trunk's one file with this extension directly in the folder.
fn only_file(folder: &Path, extension: &str) -> Result<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let is_ours = file_name(&path)?.starts_with("web-");
        if is_ours && path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    ensure!(found.len() == 1, "expected one web-….{extension} from trunk, found {}", found.len());
    found.pop().context("no file")
}

fn file_name(path: &Path) -> Result<String> {
    let name = path.file_name().and_then(|name| name.to_str());
    Ok(name.context("a file name is not Unicode")?.to_owned())
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

/// The value of an `integrity` attribute.
fn integrity(contents: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(contents)))
}

/// Eight bytes of hash in hexadecimal: enough to tell the versions of one file apart.
fn short_hash(contents: &[u8]) -> String {
    hexadecimal(Sha256::digest(contents).into_iter().take(8))
}

fn hexadecimal(bytes: impl IntoIterator<Item = u8>) -> String {
    bytes.into_iter().fold(String::new(), |mut digits, byte| {
        // Writing into a string cannot fail.
        let _ = write!(digits, "{byte:02x}");
        digits
    })
}
