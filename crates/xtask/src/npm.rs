//! `cargo xtask npm`: the npm package, for browsers, bundlers and Node.js.

use crate::optimize::optimize;
use crate::workspace::{self, Workspace, files_below};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What the package's author wrote by hand: `package.json`, README, types.
const WRITTEN: &str = "crates/billing-wasm/npm";
/// Where the package comes together.
const BUILT: &str = "crates/billing-wasm/pkg";
/// The name that all generated files begin with.
const NAME: &str = "billing";
/// wasm-bindgen's targets, and the folder of each in the package.
const TARGETS: [(&str, &str); 3] = [("web", "web"), ("bundler", "bundler"), ("nodejs", "node")];

/// Builds the package and packs it.
pub(crate) fn build(workspace: &Workspace) -> Result<()> {
    println!("building the npm package: about 2 minutes the first time");
    workspace::run(
        workspace
            .command("cargo")
            .args(["build", "--quiet", "--release", "--package=billing-wasm", "--target=wasm32-unknown-unknown"])
            .env(workspace::WASM_FLAGS, workspace::without_machine_paths()?),
    )?;
    let compiled = workspace.target_folder()?.join("wasm32-unknown-unknown/release/billing_wasm.wasm");
    let package = workspace.path(BUILT);
    if package.exists() {
        fs::remove_dir_all(&package)?;
    }
    let mut optimized = Optimized::default();
    for (target, folder) in TARGETS {
        bind(workspace, &compiled, target, &package.join(folder), &mut optimized)?;
    }
    copy_written_files(&workspace.path(WRITTEN), &package)?;
    workspace::run(workspace.command("npm").args(["pack", "--silent", "--pack-destination", "."]).current_dir(&package))
}

/// Makes a compiled wasm usable from Node or from a browser, for the benchmark.
pub(crate) fn bind_for_bench(workspace: &Workspace, compiled: &Path, target: &str, folder: &Path) -> Result<()> {
    bind(workspace, compiled, target, folder, &mut Optimized::default())
}

/// Wasm files before and after `wasm-opt`: the targets differ in their scripts, and their wasm is optimised once.
type Optimized = BTreeMap<Vec<u8>, Vec<u8>>;

fn bind(workspace: &Workspace, compiled: &Path, target: &str, folder: &Path, optimized: &mut Optimized) -> Result<()> {
    workspace::run(
        workspace
            .command("wasm-bindgen")
            .args(["--target", target, "--out-name", NAME, "--out-dir"])
            .arg(folder)
            .arg(compiled),
    )?;
    let wasm = folder.join(format!("{NAME}_bg.wasm"));
    let plain = fs::read(&wasm)?;
    if let Some(known) = optimized.get(&plain) {
        return fs::write(&wasm, known).context("cannot write the optimised wasm");
    }
    optimize(workspace, &wasm, "-O3")?;
    optimized.insert(plain, fs::read(&wasm)?);
    Ok(())
}

/// Copies last, so that a written file may stand in for a generated one.
fn copy_written_files(written: &Path, package: &Path) -> Result<()> {
    for file in files_below(written)? {
        let destination = package.join(file.strip_prefix(written)?);
        let folder = destination.parent().context("a file without a folder")?;
        fs::create_dir_all(folder)?;
        fs::copy(&file, &destination)?;
    }
    Ok(())
}
