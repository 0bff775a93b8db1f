//! `cargo xtask test`: all tests of the repository, one suite after the other, added up.

use crate::count::{self, Count};
use crate::engines::{CHROMIUM, Engine, FIREFOX, WEBKIT};
use crate::install::{self, Needs};
use crate::server::{FREE_PORT, Server};
use crate::site::Site;
use crate::workspace::{Workspace, run_counting};
use crate::{npm, page, weight};
use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// One kind of test.
struct Suite {
    name: &'static str,
    needs: Needs,
    run: fn(&Workspace) -> Result<Count>,
}

/// In the order in which they run: what fails soonest comes first.
const SUITES: [Suite; 10] = [
    Suite { name: "format", needs: Needs::Rust, run: format },
    Suite { name: "clippy", needs: Needs::Page, run: clippy },
    Suite { name: "native", needs: Needs::Rust, run: native },
    Suite { name: "doc", needs: Needs::Rust, run: doc },
    Suite { name: "wasm-node", needs: Needs::Page, run: wasm_node },
    Suite { name: "wasm-chromium", needs: Needs::Tests, run: |workspace| wasm_browser(workspace, &CHROMIUM) },
    Suite { name: "wasm-firefox", needs: Needs::Tests, run: |workspace| wasm_browser(workspace, &FIREFOX) },
    Suite { name: "wasm-webkit", needs: Needs::Tests, run: |workspace| wasm_browser(workspace, &WEBKIT) },
    Suite { name: "npm", needs: Needs::Tests, run: npm_package },
    Suite { name: "e2e", needs: Needs::Tests, run: end_to_end },
];

/// The suites' names, in order.
pub(crate) fn names() -> Vec<&'static str> {
    SUITES.iter().map(|suite| suite.name).collect()
}

/// Runs the named suites, or all; the last line printed is the total of passed and failed tests.
pub(crate) fn run(workspace: &Workspace, wanted: &[String]) -> Result<ExitCode> {
    if let Some(unknown) = wanted.iter().find(|name| !names().contains(&name.as_str())) {
        bail!("no suite {unknown:?}: there are {}", names().join(", "));
    }
    let chosen: Vec<&Suite> =
        SUITES.iter().filter(|suite| wanted.is_empty() || wanted.iter().any(|name| name == suite.name)).collect();
    let needs = chosen.iter().map(|suite| suite.needs).max();
    install::install(workspace, needs.unwrap_or(Needs::Rust))?;

    let results: Vec<(&str, Count)> =
        chosen.into_iter().map(|suite| (suite.name, run_suite(workspace, suite))).collect();
    let total = results.iter().fold(Count::default(), |total, (_, count)| total.plus(*count));
    println!();
    for (name, count) in results {
        println!("{name:<16}{count}");
    }
    println!("{total}");
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Runs one suite and says how it went; an error or a suite without tests is one failure.
fn run_suite(workspace: &Workspace, suite: &Suite) -> Count {
    println!("\n=== {} ===", suite.name);
    let begin = Instant::now();
    let count = match (suite.run)(workspace) {
        Ok(count) if count.is_nothing() => {
            println!("{}: ran nothing", suite.name);
            Count::one(false)
        }
        Ok(count) => count,
        Err(error) => {
            println!("{}: {error:#}", suite.name);
            Count::one(false)
        }
    };
    let seconds = begin.elapsed().as_secs();
    println!("=== {}: {count} in {seconds} s ===", suite.name);
    count
}

fn format(workspace: &Workspace) -> Result<Count> {
    check(workspace.command("cargo").args(["fmt", "--all", "--check"]))
}

fn clippy(workspace: &Workspace) -> Result<Count> {
    const WASM: &str = "--target=wasm32-unknown-unknown";
    let selections: [&[&str]; 4] =
        [&[], &["--package=billing-wasm", WASM], &["--package=event-store-indexeddb", WASM], &["--package=web", WASM]];
    let mut total = Count::default();
    for selection in selections {
        let mut command = workspace.command("cargo");
        command.args(["clippy", "--quiet", "--all-targets"]).args(selection).args(["--", "--deny=warnings"]);
        total = total.plus(check(&mut command)?);
    }
    Ok(total)
}

fn native(workspace: &Workspace) -> Result<Count> {
    // The page's figures and decisions are plain types, tested without a browser.
    Ok(cargo_test(workspace, &["--all-targets"], &[])?.plus(cargo_test(workspace, &["--package=web"], &[])?))
}

fn doc(workspace: &Workspace) -> Result<Count> {
    let packages = ["account-session", "billing", "billing-contract", "event-store", "sandbox-bank"]
        .map(|name| format!("--package={name}"));
    let selection: Vec<&str> = ["--doc"].into_iter().chain(packages.iter().map(String::as_str)).collect();
    cargo_test(workspace, &selection, &[])
}

fn wasm_node(workspace: &Workspace) -> Result<Count> {
    wasm_test(workspace, &["--package=billing-wasm", "--test=node"], &[("WASM_BINDGEN_TEST_ONLY_NODE", "1")])
}

/// The vectors, the event store and the page's components in one browser.
fn wasm_browser(workspace: &Workspace, engine: &Engine) -> Result<Count> {
    const SELECTIONS: [[&str; 2]; 3] = [
        ["--package=billing-wasm", "--test=browser"],
        ["--package=event-store-indexeddb", "--test=browser"],
        ["--package=web", "--bin=web"],
    ];
    let options = workspace.path("tests/webdriver.json");
    let options = options.to_str().context("the repository's path is not Unicode")?;
    let ready = engine.begin(workspace)?;
    let mut environment = vec![("WASM_BINDGEN_TEST_ONLY_WEB", "1"), ("WASM_BINDGEN_TEST_WEBDRIVER_JSON", options)];
    environment.extend(ready.environment());
    let mut total = Count::default();
    for selection in SELECTIONS {
        let mut count = wasm_test(workspace, &selection, &environment)?;
        if count.failed > 0 && engine.errs_at_random {
            println!(
                "{} errs at random: what failed above is run once more, and only this second run counts",
                engine.name
            );
            count = wasm_test(workspace, &selection, &environment)?;
        }
        // One that ran nothing must not hide behind the others.
        total = total.plus(if count.is_nothing() { Count::one(false) } else { count });
    }
    Ok(total)
}

fn npm_package(workspace: &Workspace) -> Result<Count> {
    let chromium = install::chromium(workspace)?;
    let chromium = chromium.to_str().context("Chromium's path is not Unicode")?;
    npm::build(workspace)?;
    node_test(workspace, "tests/npm", &[("CHROMIUM", chromium)])
}

/// Tests the page in a browser, built and served exactly as `run` does, and its weight.
fn end_to_end(workspace: &Workspace) -> Result<Count> {
    let chromium = install::chromium(workspace)?;
    let chromium = chromium.to_str().context("Chromium's path is not Unicode")?;
    let site = Site::load(&page::build(workspace)?)?;
    let weight = Count::one(weight::report(&site));
    let server = Server::start(site, FREE_PORT)?;
    let tests = node_test(workspace, "tests/e2e", &[("BASE_URL", &server.url()), ("CHROMIUM", chromium)]);
    drop(server);
    let tests = tests?;
    ensure!(!tests.is_nothing(), "ran nothing in the browser");
    Ok(tests.plus(weight))
}

/// A check that passes or fails as a whole, and speaks for itself.
fn check(command: &mut Command) -> Result<Count> {
    let status = command.status().context("cannot start cargo")?;
    Ok(Count::one(status.success()))
}

fn wasm_test(workspace: &Workspace, selection: &[&str], environment: &[(&str, &str)]) -> Result<Count> {
    const SECONDS_FOR_ALL_TESTS: &str = "600";
    let mut environment = environment.to_vec();
    environment.push(("WASM_BINDGEN_TEST_TIMEOUT", SECONDS_FOR_ALL_TESTS));
    // No browser reads debug information, and each would load a hundred megabytes of it.
    environment.push(("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", "-Cdebuginfo=0"));
    let selection: Vec<&str> = selection.iter().copied().chain(["--target=wasm32-unknown-unknown"]).collect();
    cargo_test(workspace, &selection, &environment)
}

/// Never with `--quiet`: wasm-bindgen's test runner stops at it.
fn cargo_test(workspace: &Workspace, selection: &[&str], environment: &[(&str, &str)]) -> Result<Count> {
    let mut command = workspace.command("cargo");
    command.args(["test", "--no-fail-fast"]).args(selection).envs(environment.iter().copied());
    run_counting(&mut command, count::of_cargo_line)
}

/// Runs the `*.test.mjs` of a folder, one after the other: they share one server and two cores.
fn node_test(workspace: &Workspace, folder: &str, environment: &[(&str, &str)]) -> Result<Count> {
    // Without a limit a page that never answers would stop everything.
    const TIMEOUT_PER_FILE: &str = "--test-timeout=1200000";
    install_node_packages(workspace)?;
    let mut command = workspace.command("node");
    command
        .args(["--test", "--test-reporter=spec", "--test-concurrency=1"])
        .arg(TIMEOUT_PER_FILE)
        .args(test_files(workspace, folder)?)
        .envs(environment.iter().copied());
    run_counting(&mut command, count::of_node_line)
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
