//! What runs in Node.js: the npm package, and the page from outside.

use crate::count::{self, Count, settled};
use crate::server::{FREE_PORT, Server};
use crate::site::Site;
use crate::workspace::{self, Workspace};
use crate::{install, npm, page, weight};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::PathBuf;

pub(super) fn npm_package(workspace: &Workspace, name: Option<&str>) -> Result<Count> {
    let chromium = install::chromium(workspace)?;
    let chromium = chromium.to_str().context("Chromium's path is not Unicode")?;
    npm::build(workspace)?;
    node_test(workspace, "tests/npm", name, &[("CHROMIUM", chromium)])
}

/// Tests the page in a browser, built and served exactly as `run` does, and its weight.
pub(super) fn end_to_end(workspace: &Workspace, name: Option<&str>) -> Result<Count> {
    let chromium = install::chromium(workspace)?;
    let chromium = chromium.to_str().context("Chromium's path is not Unicode")?;
    let site = Site::load(&page::build(workspace)?)?;
    let weight = Count::one(weight::report(&site));
    let server = Server::start(site, FREE_PORT)?;
    let tests = node_test(workspace, "tests/e2e", name, &[("BASE_URL", &server.url()), ("CHROMIUM", chromium)]);
    drop(server);
    let tests = tests?;
    ensure!(!tests.is_nothing(), "ran nothing in the browser");
    Ok(if name.is_some() { tests } else { tests.plus(weight) })
}

/// Builds the page by trunk and compares every file with the one that we build.
pub(super) fn trunk(workspace: &Workspace, _: Option<&str>) -> Result<Count> {
    install::install_trunk(workspace)?;
    let differences = page::differences_to_trunk(workspace, &page::build(workspace)?)?;
    for difference in &differences {
        println!("{difference}");
    }
    Ok(Count::one(differences.is_empty()))
}

/// Runs the `*.test.mjs` of a folder, or in them the tests whose name holds `name`. Two files run at a
/// time: a browser waits for its page about as long as it works.
fn node_test(workspace: &Workspace, folder: &str, name: Option<&str>, environment: &[(&str, &str)]) -> Result<Count> {
    // Without a limit a page that never answers would stop everything.
    const TIMEOUT_PER_FILE: &str = "--test-timeout=1200000";
    install_node_packages(workspace)?;
    let mut command = workspace.command("node");
    command.args(["--test", "--test-reporter=spec", "--test-concurrency=2"]).arg(TIMEOUT_PER_FILE);
    let mut files = test_files(workspace, folder)?;
    if let Some(name) = name {
        command.arg(format!("--test-name-pattern={}", literal(name)));
        files.retain(|file| fs::read_to_string(file).is_ok_and(|tests| tests.contains(name)));
        ensure!(!files.is_empty(), "no file of {folder} has a test {name:?}");
    }
    command.args(files).envs(environment.iter().copied());
    Ok(settled("Node.js", workspace::run_counting(&mut command, count::of_node_line)?))
}

/// A regular expression for exactly this text.
fn literal(text: &str) -> String {
    text.chars().fold(String::new(), |expression, letter| {
        let escape = if ".*+?^${}()|[]\\/".contains(letter) { "\\" } else { "" };
        expression + escape + letter.encode_utf8(&mut [0; 4])
    })
}

/// Names the files one by one: what node makes of a folder differs from version to version.
fn test_files(workspace: &Workspace, folder: &str) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(workspace.path(folder)).with_context(|| format!("there is no folder {folder}"))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    ensure!(!files.is_empty(), "{folder} holds no *.test.mjs");
    files.sort();
    Ok(files)
}

/// Installs what `tests/package-lock.json` pins, unless exactly that is installed.
pub(crate) fn install_node_packages(workspace: &Workspace) -> Result<()> {
    let wanted = fs::read(workspace.path("tests/package-lock.json")).context("cannot read tests/package-lock.json")?;
    let note = workspace.path("tests/node_modules/.installed-package-lock.json");
    if fs::read(&note).ok().as_ref() == Some(&wanted) {
        return Ok(());
    }
    println!("installing the test packages by npm: under a minute");
    workspace.run("npm", &["ci", "--no-audit", "--no-fund", "--prefix", "tests"])?;
    fs::write(note, wanted).context("cannot note the installed test packages")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_test_is_taken_letter_by_letter() {
        assert_eq!(literal("buy $25.00 (now)?"), r"buy \$25\.00 \(now\)\?");
    }
}
