//! Installs what is missing: tools into `.tools/`, toolchain parts by rustup, browsers by apt-get.
//!
//! A tool counts as present when it answers with the right version, not when its file exists: a
//! half-finished or outdated installation mends itself.

use crate::engines::{CHROMIUM_NAMES, ENGINES, Engine};
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, bail};
use std::path::PathBuf;
use std::process::Command;

const BINARYEN: &str = "132.0.0";
const ESBUILD: &str = "0.28.2";
const GECKODRIVER: &str = "0.37.1";
/// 0.22 asks for a newer compiler and splits no better.
pub(crate) const TRUNK: &str = "0.21.14";
const WASM_TARGET: &str = "wasm32-unknown-unknown";
const OLDEST_NODE: u32 = 20;

/// How much a command needs; each level holds the ones before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Needs {
    /// The Rust toolchain alone.
    Rust,
    /// What builds the page and the npm package.
    Page,
    /// What runs every test: also the browsers and their drivers.
    Tests,
}

/// Installs whatever of `needs` is missing, and says so before each step.
pub(crate) fn install(workspace: &Workspace, needs: Needs) -> Result<()> {
    if needs >= Needs::Page {
        require_node(workspace)?;
        install_wasm_target(workspace)?;
        install_wasm_bindgen(workspace)?;
        install_wasm_opt(workspace)?;
        install_esbuild(workspace)?;
    }
    if needs >= Needs::Tests {
        install_component(workspace, "rustfmt", "fmt")?;
        install_component(workspace, "clippy", "clippy")?;
        install_engines(workspace)?;
        install_crate(workspace, "geckodriver", GECKODRIVER, &["geckodriver"], 3)?;
    }
    Ok(())
}

/// Installs trunk, with what the page needs: only the daily loop and one suite use it, and it takes long to compile.
pub(crate) fn install_trunk(workspace: &Workspace) -> Result<()> {
    install(workspace, Needs::Page)?;
    install_crate(workspace, "trunk", TRUNK, &["trunk"], 8)
}

/// Where Chromium lies, under any of its usual names.
pub(crate) fn chromium(workspace: &Workspace) -> Result<PathBuf> {
    CHROMIUM_NAMES.into_iter().find_map(|name| workspace.which(name)).context("no Chromium on PATH: install `chromium`")
}

fn require_node(workspace: &Workspace) -> Result<()> {
    let missing = || format!("install Node.js {OLDEST_NODE} or newer, with npm");
    let version = workspace.ask("node", &["--version"]).with_context(|| format!("node is missing: {}", missing()))?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < OLDEST_NODE) {
        bail!("node {version} is too old: {}", missing());
    }
    workspace.ask("npm", &["--version"]).with_context(|| format!("npm is missing: {}", missing()))?;
    Ok(())
}

fn install_wasm_target(workspace: &Workspace) -> Result<()> {
    let library = workspace.ask("rustc", &["--print", "target-libdir", "--target", WASM_TARGET]);
    if library.is_some_and(|folder| PathBuf::from(folder).is_dir()) {
        return Ok(());
    }
    require_rustup(workspace, WASM_TARGET)?;
    announce("the Rust target wasm32-unknown-unknown by rustup: under a minute");
    workspace.run("rustup", &["target", "add", WASM_TARGET])
}

fn install_component(workspace: &Workspace, component: &str, subcommand: &str) -> Result<()> {
    if workspace.ask("cargo", &[subcommand, "--version"]).is_some() {
        return Ok(());
    }
    require_rustup(workspace, component)?;
    announce(&format!("{component} by rustup: under a minute"));
    workspace.run("rustup", &["component", "add", component])
}

fn require_rustup(workspace: &Workspace, part: &str) -> Result<()> {
    workspace
        .ask("rustup", &["--version"])
        .with_context(|| format!("rustup is missing: install it, or add {part} to your Rust"))?;
    Ok(())
}

/// The command line has to agree with the crate to the patch version, so the lock file decides.
fn install_wasm_bindgen(workspace: &Workspace) -> Result<()> {
    let version = workspace.locked_version("wasm-bindgen")?;
    let programs = ["wasm-bindgen", "wasm-bindgen-test-runner"];
    install_crate(workspace, "wasm-bindgen-cli", &version, &programs, 3)
}

fn install_crate(
    workspace: &Workspace,
    package: &str,
    version: &str,
    programs: &[&str],
    build_minutes: u32,
) -> Result<()> {
    let present = || {
        programs.iter().all(|program| {
            let answer = workspace.ask(program, &["--version"]).unwrap_or_default();
            // Behind the version some say where they were built from.
            answer.split_whitespace().take(2).eq([*program, version])
        })
    };
    if present() {
        return Ok(());
    }
    let root = workspace.path(".tools");
    let package_at_version = format!("{package}@{version}");
    if workspace.ask("cargo", &["binstall", "-V"]).is_some() {
        announce(&format!("{package} {version} by cargo binstall: under a minute"));
        let installed = workspace::run(
            workspace.command("cargo").args(["binstall", "--no-confirm", "--root"]).arg(&root).arg(&package_at_version),
        );
        if installed.is_ok() && present() {
            return Ok(());
        }
    }
    if workspace.which("cc").is_none() {
        bail!("a C compiler is missing: install `gcc` or `clang`, which building {package} needs");
    }
    announce(&format!("{package} {version} by cargo install: about {build_minutes} minutes"));
    workspace::run(
        workspace
            .command("cargo")
            .args(["install", "--locked", "--force", "--quiet", "--root"])
            .arg(&root)
            .arg(&package_at_version),
    )
}

fn install_wasm_opt(workspace: &Workspace) -> Result<()> {
    let release = BINARYEN.split('.').next().unwrap_or(BINARYEN);
    let expected = format!("wasm-opt version {release}");
    let answer = workspace.ask("wasm-opt", &["--version"]);
    if answer.is_some_and(|version| version.split(" (").next() == Some(&expected)) {
        return Ok(());
    }
    announce(&format!("wasm-opt of binaryen {BINARYEN} by npm: under a minute"));
    install_by_npm(workspace, "binaryen", BINARYEN)
}

/// It shortens the page's scripts and styles.
fn install_esbuild(workspace: &Workspace) -> Result<()> {
    if workspace.ask("esbuild", &["--version"]).as_deref() == Some(ESBUILD) {
        return Ok(());
    }
    announce(&format!("esbuild {ESBUILD} by npm: under a minute"));
    install_by_npm(workspace, "esbuild", ESBUILD)
}

fn install_by_npm(workspace: &Workspace, package: &str, version: &str) -> Result<()> {
    workspace::run(
        workspace
            .command("npm")
            .args(["install", "--no-audit", "--no-fund", "--prefix"])
            .arg(workspace.path(".tools").join(package))
            .arg(format!("{package}@{version}")),
    )
}

fn install_engines(workspace: &Workspace) -> Result<()> {
    let missing = || ENGINES.into_iter().filter(|engine| !engine.is_present(workspace)).collect::<Vec<&Engine>>();
    let wanted = missing();
    if wanted.is_empty() {
        return Ok(());
    }
    let names = wanted.iter().map(|engine| engine.name).collect::<Vec<_>>().join(", ");
    let packages: Vec<&str> = wanted.iter().flat_map(|engine| engine.packages).copied().collect();
    let how = format!("install the packages {} (Debian's names)", packages.join(", "));
    if workspace.which("apt-get").is_none() {
        bail!("{names}: missing or without a driver: {how}");
    }
    let apt_get = || {
        as_root(workspace, "apt-get")
            .with_context(|| format!("{names}: missing or without a driver, and we may not install it: {how}"))
    };
    announce(&format!("{} by apt-get: about 3 minutes", packages.join(", ")));
    workspace::run(apt_get()?.arg("update"))?;
    workspace::run(apt_get()?.args(["install", "-y", "--no-install-recommends"]).args(&packages))?;
    match missing().as_slice() {
        [] => Ok(()),
        [engine, ..] => bail!("{} is installed and does not answer", engine.name),
    }
}

/// A command with root's rights, if we have them or get them without a password.
fn as_root(workspace: &Workspace, program: &str) -> Option<Command> {
    let mut command = if workspace.ask("id", &["-u"]).as_deref() == Some("0") {
        workspace.command(program)
    } else {
        workspace.ask("sudo", &["-n", "true"])?;
        let mut sudo = workspace.command("sudo");
        sudo.args(["-n", program]);
        sudo
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Some(command)
}

fn announce(step: &str) {
    println!("installing {step}");
}
