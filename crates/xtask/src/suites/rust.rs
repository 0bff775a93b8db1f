//! What cargo checks and tests on this machine.

use crate::count::{self, Count, settled};
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result};
use std::process::Command;

/// What is compiled for browsers, in one selection: crates that they share are then compiled once, with the same features.
pub(super) const WASM: [&str; 4] =
    ["--target=wasm32-unknown-unknown", "--package=billing-wasm", "--package=event-store-indexeddb", "--package=web"];

pub(super) fn format(workspace: &Workspace, _: Option<&str>) -> Result<Count> {
    check(workspace.command("cargo").args(["fmt", "--all", "--check"]))
}

pub(super) fn clippy(workspace: &Workspace, _: Option<&str>) -> Result<Count> {
    let selections: [&[&str]; 2] = [&[], &WASM];
    let mut total = Count::default();
    for selection in selections {
        let mut command = workspace.command("cargo");
        command.args(["clippy", "--quiet", "--all-targets"]).args(selection).args(["--", "--deny=warnings"]);
        total = total.plus(check(&mut command)?);
    }
    Ok(total)
}

/// What has tests on this machine, in one selection, so that what they share is compiled once. The page's figures and decisions
/// are plain types, tested without a browser.
const NATIVE: [&str; 3] = ["--workspace", "--exclude=bench", "--exclude=billing-wasm"];

pub(super) fn native(workspace: &Workspace, name: Option<&str>) -> Result<Count> {
    cargo_test(workspace, "--all-targets", name)
}

pub(super) fn doc(workspace: &Workspace, name: Option<&str>) -> Result<Count> {
    cargo_test(workspace, "--doc", name)
}

/// A check that passes or fails as a whole, and speaks for itself.
fn check(command: &mut Command) -> Result<Count> {
    let status = command.status().context("cannot start cargo")?;
    Ok(Count::one(status.success()))
}

/// All tests of a kind, or those whose name holds `name`.
fn cargo_test(workspace: &Workspace, kind: &str, name: Option<&str>) -> Result<Count> {
    let mut command = workspace.command("cargo");
    command.args(["test", "--no-fail-fast", kind]).args(NATIVE).args(name);
    Ok(settled("cargo", workspace::run_counting(&mut command, count::of_cargo_line)?))
}
