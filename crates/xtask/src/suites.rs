//! `cargo xtask test`: all tests of the repository, added up.
//!
//! Each suite runs in a process of its own, whose output is kept until it ends: so two can run side by side, and what a person
//! reads stands in one piece.

mod browser;
mod closing;
mod heavy;
mod node;
mod rust;
mod selection;

pub(crate) use closing::RERUN;
pub(crate) use node::install_node_packages;

use crate::count::{Count, Counted};
use crate::install::{self, Needs};
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, anyhow, bail};
use closing::Outcome;
use selection::Selection;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Instant;
use std::{fs, io, thread};

/// One kind of test.
#[derive(Debug)]
struct Suite {
    name: &'static str,
    needs: Needs,
    lane: Lane,
    /// Whether one of its tests can be run by its name.
    has_names: bool,
    /// What it tests, where it is so heavy that it runs only when this has changed, or when it is asked for.
    heavy: Option<&'static [&'static str]>,
    run: fn(&Workspace, Option<&str>) -> Result<Count>,
}

/// What runs side by side. The suites of one lane follow each other; cargo locks a target folder by profile, so the lanes build in
/// different ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    /// Whatever is compiled for tests.
    Tests,
    /// Whatever is compiled as customers get it.
    Product,
}

/// In the order in which they run within their lane: what fails soonest comes first.
const SUITES: [Suite; 11] = [
    Suite::new("format", Needs::Rust, Lane::Tests, rust::format).without_names(),
    Suite::new("clippy", Needs::Page, Lane::Tests, rust::clippy).without_names(),
    Suite::new("native", Needs::Rust, Lane::Tests, rust::native),
    Suite::new("doc", Needs::Rust, Lane::Tests, rust::doc),
    Suite::new("wasm-node", Needs::Page, Lane::Tests, browser::node),
    Suite::new("wasm-chromium", Needs::Tests, Lane::Tests, browser::chromium),
    Suite::new("wasm-firefox", Needs::Tests, Lane::Tests, browser::firefox),
    Suite::new("wasm-webkit", Needs::Tests, Lane::Tests, browser::webkit),
    Suite::new("e2e", Needs::Tests, Lane::Product, node::end_to_end),
    Suite::new("npm", Needs::Tests, Lane::Product, node::npm_package),
    Suite::new("trunk", Needs::Page, Lane::Product, node::trunk).without_names().heavy(&TRUNK_INPUTS),
];

/// Several suites under one name.
const GROUPS: [(&str, &[&str]); 1] = [("wasm", &["wasm-node", "wasm-chromium", "wasm-firefox", "wasm-webkit"])];

/// What decides whether trunk builds the page that we build: not what the page does, but how it is put together.
const TRUNK_INPUTS: [&str; 9] = [
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    ".cargo/config.toml",
    "web/Cargo.toml",
    "web/build.rs",
    "crates/xtask/src/page",
    "crates/xtask/src/page.rs",
    "crates/xtask/src/install.rs",
];

impl Suite {
    const fn new(
        name: &'static str,
        needs: Needs,
        lane: Lane,
        run: fn(&Workspace, Option<&str>) -> Result<Count>,
    ) -> Suite {
        Suite { name, needs, lane, has_names: true, heavy: None, run }
    }

    const fn without_names(self) -> Suite {
        Suite { has_names: false, ..self }
    }

    const fn heavy(self, inputs: &'static [&'static str]) -> Suite {
        Suite { heavy: Some(inputs), ..self }
    }
}

/// The names of suites and groups.
pub(crate) fn names() -> Vec<&'static str> {
    SUITES.iter().map(|suite| suite.name).collect()
}

/// The names of groups of suites.
pub(crate) fn group_names() -> Vec<&'static str> {
    GROUPS.iter().map(|(name, _)| *name).collect()
}

/// Runs the suites that are asked for, or all; the last line printed is the total of passed and failed tests.
pub(crate) fn run(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode> {
    let Selection { suites, name, is_everything } = Selection::of(arguments)?;
    let (mut chosen, mut unchanged) = (Vec::new(), Vec::new());
    for suite in suites {
        match suite.heavy {
            Some(inputs) if is_everything && heavy::has_passed(workspace, suite.name, inputs)? => unchanged.push(suite),
            _ => chosen.push(suite),
        }
    }
    let needs = chosen.iter().map(|suite| suite.needs).max();
    install::install(workspace, needs.unwrap_or(Needs::Rust))?;
    // A suite may build this program anew while others still start it.
    let program = workspace.target_folder()?.join("xtask-of-tests");
    fs::copy(std::env::current_exe()?, &program).context("cannot copy this program")?;

    let begin = Instant::now();
    let run = Run { workspace, program: &program, name: name.as_deref(), is_alone: chosen.len() == 1 };
    let outcomes = run.side_by_side(&chosen)?;
    closing::print(&outcomes, &unchanged, begin.elapsed());
    let total = outcomes.iter().fold(Count::default(), |total, outcome| total.plus(outcome.count));
    println!("{total}");
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// How all suites of one run are started.
struct Run<'run> {
    workspace: &'run Workspace,
    program: &'run Path,
    name: Option<&'run str>,
    /// Its output can be seen as it comes.
    is_alone: bool,
}

impl Run<'_> {
    fn side_by_side(&self, suites: &[&'static Suite]) -> Result<Vec<Outcome>> {
        let ended = Mutex::new(Vec::new());
        thread::scope(|scope| {
            let lanes = [Lane::Tests, Lane::Product].map(|lane| {
                let suites: Vec<_> = suites.iter().filter(|suite| suite.lane == lane).collect();
                let ended = &ended;
                scope.spawn(move || -> Result<()> {
                    for suite in suites {
                        let (outcome, output) = self.start(suite)?;
                        let mut ended = ended.lock().map_err(|_| anyhow!("another lane panicked"))?;
                        io::stdout().write_all(&output)?;
                        ended.push(outcome);
                    }
                    Ok(())
                })
            });
            lanes.into_iter().try_for_each(|lane| lane.join().map_err(|_| anyhow!("a lane panicked"))?)
        })?;
        ended.into_inner().map_err(|_| anyhow!("a lane panicked"))
    }

    /// Runs one suite and yields how it ended, with its output where that was not yet shown.
    fn start(&self, suite: &'static Suite) -> Result<(Outcome, Vec<u8>)> {
        println!("=== {} begins ===", suite.name);
        let begin = Instant::now();
        let (output, writer) = io::pipe()?;
        let mut command = self.workspace.command(&self.program.to_string_lossy());
        command.arg("suite").arg(suite.name).args(self.name).stdout(writer.try_clone()?).stderr(writer);
        let mut child = command.spawn().with_context(|| format!("cannot start {}", workspace::shown(&command)))?;
        // The command holds the ends of the pipe into which it writes.
        drop(command);
        let mut outcome = Outcome::of(suite.name);
        let mut kept = Vec::new();
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            if outcome.takes(&String::from_utf8_lossy(&line)) {
                continue;
            }
            if self.is_alone {
                io::stdout().write_all(&[&line, &b"\n"[..]].concat())?;
            } else {
                kept.extend([&line, &b"\n"[..]].concat());
            }
        }
        outcome.ends(child.wait()?.success(), begin.elapsed());
        writeln!(kept, "=== {outcome} ===\n")?;
        Ok((outcome, kept))
    }
}

/// Runs one suite in this process, and closes with what the process that started it reads.
pub(crate) fn run_suite(workspace: &Workspace, arguments: &[String]) -> Result<ExitCode> {
    let [name, test @ ..] = arguments else { bail!("suite wants a name") };
    let suite = SUITES.iter().find(|suite| suite.name == name).with_context(|| format!("no suite {name:?}"))?;
    let count = match (suite.run)(workspace, test.first().map(String::as_str)) {
        Ok(count) if count.is_nothing() => {
            println!("{name}: ran no test");
            Count::one(false)
        }
        Ok(count) => count,
        Err(error) => {
            println!("{name}: {error:#}");
            Count::one(false)
        }
    };
    if let (0, Some(inputs)) = (count.failed, suite.heavy) {
        heavy::note(workspace, suite.name, inputs)?;
    }
    closing::print_for_parent(count);
    Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The tests that a program ran. One that ended badly without naming a failed test (it did not compile, it crashed) has failed
/// itself: that is said, and counts as one failure.
fn settled(what: &str, Counted { count, ended_well }: Counted) -> Count {
    if ended_well || count.failed > 0 {
        return count;
    }
    println!("{}{what} ended badly, and no test has failed: see its output", closing::BROKEN);
    count.plus(Count::one(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_gives_no_result_has_failed() {
        let ends = |failed, ended_well| settled("WebKit", Counted { count: Count { passed: 1, failed }, ended_well });
        assert_eq!(ends(0, true), Count { passed: 1, failed: 0 });
        assert_eq!(ends(2, false), Count { passed: 1, failed: 2 });
        assert_eq!(ends(0, false), Count { passed: 1, failed: 1 });
    }

    /// A test waits for a condition, or moves the clock: what sleeps is slow where all is well and fails where a machine is slower.
    #[test]
    fn no_test_sleeps() {
        let workspace = Workspace::find().unwrap();
        // Put together, so that this file does not find itself.
        let sleeps = [concat!("waitFor", "Timeout"), concat!("thread::", "sleep"), concat!("time::", "sleep")];
        for folder in ["tests/e2e", "tests/npm", "crates", "web/src"] {
            for file in workspace::files_below(&workspace.path(folder)).unwrap() {
                let is_code = file.extension().is_some_and(|extension| extension == "rs" || extension == "mjs");
                let code = if is_code { fs::read_to_string(&file).unwrap() } else { String::new() };
                for sleep in sleeps {
                    assert!(!code.contains(sleep), "{} holds {sleep}", file.display());
                }
            }
        }
    }
}
