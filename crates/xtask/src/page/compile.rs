//! From Rust to wasm: one file for the first picture, and files for what comes later.
//!
//! The split stands between the compiler and wasm-bindgen: functions that are marked by `wasm_split`, with whatever only they
//! need, are cut out of the compiled wasm, which for that keeps its symbols and relocations.

use crate::optimize::optimize;
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, anyhow, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// The files that the page's script is made of.
pub(super) struct Compiled {
    /// The folder of the scripts that wasm-bindgen and the split have written.
    pub(super) folder: PathBuf,
    /// The wasm of the first picture.
    pub(super) main: PathBuf,
    /// The wasm that comes later.
    pub(super) parts: Vec<PathBuf>,
}

/// wasm-bindgen's script, and the one that loads the parts; each imports the other.
const BINDINGS: &str = "web.js";
pub(super) const LOADER: &str = "parts.js";

/// Where cargo leaves the page's wasm, below its target folder.
const WHOLE: &str = "wasm32-unknown-unknown/page/web.wasm";

/// Compiles the page in one piece.
pub(super) fn compile(workspace: &Workspace) -> Result<()> {
    let mut cargo = workspace.command("cargo");
    cargo.args(["build", "--quiet", "--package=web", "--bin=web", "--profile=page", "--target=wasm32-unknown-unknown"]);
    workspace::run(cargo.env(workspace::WASM_FLAGS, workspace::without_machine_paths()?))
}

/// Cuts the page that cargo, started by us or by trunk, has compiled in one piece.
pub(super) fn cut(workspace: &Workspace) -> Result<Compiled> {
    let target = workspace.target_folder()?;
    let folder = target.join("page-parts");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let whole = fs::read(target.join(WHOLE)).with_context(|| format!("cargo wrote no {WHOLE}"))?;
    let main = folder.join("main.wasm");
    let parts = split(&whole, &folder, &main)?;
    let mut wasm_bindgen = workspace.command("wasm-bindgen");
    wasm_bindgen.args(["--target=web", "--keep-lld-exports", "--no-demangle", "--no-typescript", "--out-name=web"]);
    workspace::run(wasm_bindgen.arg("--out-dir").arg(&folder).arg(&main))?;
    let main = folder.join("web_bg.wasm");
    for wasm in parts.iter().chain([&main]) {
        optimize(workspace, wasm, "-Oz")?;
    }
    Ok(Compiled { folder, main, parts })
}

fn split(whole: &[u8], folder: &Path, main: &Path) -> Result<Vec<PathBuf>> {
    let (link_name, main_module) = (format!("./{LOADER}"), format!("./{BINDINGS}"));
    let mut options = wasm_split_cli_support::Options::new(whole);
    options.output_dir = folder;
    options.main_out_path = main;
    options.link_name = &link_name;
    options.main_module = &main_module;
    let split = wasm_split_cli_support::transform(options).map_err(|error| anyhow!("the split failed: {error:#}"))?;
    let mut parts = split.split_modules;
    parts.sort();
    ensure!(!parts.is_empty(), "the wasm names no parts: web/build.rs marks them in release builds");
    Ok(parts)
}
