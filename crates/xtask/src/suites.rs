//! `cargo xtask test`: all tests of the repository, added up.
//!
//! Each suite runs in a process of its own, whose output is kept until it ends: so two can run side by side, and what a person
//! reads stands in one piece.

mod browser;
mod closing;
mod heavy;
mod list;
mod node;
mod rust;
mod selection;

pub(crate) use list::{group_names, names};
pub(crate) use node::install_node_packages;

use crate::count::Count;
use crate::install::{self, Needs};
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, anyhow, bail};
use closing::Outcome;
use list::{Lane, SUITES, Suite};
use selection::Selection;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Mutex;
use std::time::Instant;
use std::{fs, io, thread};

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

#[cfg(test)]
mod tests {
    use super::*;

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
