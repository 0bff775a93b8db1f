//! What cargo checks and tests on this machine.

use super::run_counting;
use crate::count::{self, Count};
use crate::workspace::Workspace;
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

/// The page's figures and decisions are plain types, tested without a browser.
pub(super) fn native(workspace: &Workspace, name: Option<&str>) -> Result<Count> {
    const PAGE: [&str; 2] = ["--package=web", "--bins"];
    Ok(cargo_test(workspace, &["--all-targets"], name)?.plus(cargo_test(workspace, &PAGE, name)?))
}

pub(super) fn doc(workspace: &Workspace, name: Option<&str>) -> Result<Count> {
    let packages = ["account-session", "billing", "billing-contract", "event-store", "sandbox-bank"]
        .map(|name| format!("--package={name}"));
    let selection: Vec<&str> = ["--doc"].into_iter().chain(packages.iter().map(String::as_str)).collect();
    cargo_test(workspace, &selection, name)
}

/// A check that passes or fails as a whole, and speaks for itself.
fn check(command: &mut Command) -> Result<Count> {
    let status = command.status().context("cannot start cargo")?;
    Ok(Count::one(status.success()))
}

/// All tests of a selection, or those whose name holds `name`. Never with `--quiet`: wasm-bindgen's test runner stops at it.
pub(super) fn cargo_test(workspace: &Workspace, selection: &[&str], name: Option<&str>) -> Result<Count> {
    let mut command = workspace.command("cargo");
    command.args(["test", "--no-fail-fast"]).args(selection).args(name);
    run_counting(&mut command, count::of_cargo_line)
}
