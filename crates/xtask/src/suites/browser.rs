//! What runs as wasm: the vectors in Node, and with the event store and the page's components in each browser engine.

use super::rust::WASM;
use crate::count::{self, Count, Counted, RERUN, settled};
use crate::engines::{CHROMIUM, Engine, FIREFOX, WEBKIT};
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};

pub(super) fn node(workspace: &Workspace, name: Option<&str>) -> Result<Count> {
    let programs = compile(workspace, &["--test=node"])?;
    let mut total = Count::default();
    for program in &programs {
        total = total.plus(settled("Node.js", run(workspace, program, name, &[("WASM_BINDGEN_TEST_ONLY_NODE", "1")])?));
    }
    Ok(total)
}

pub(super) fn chromium(workspace: &Workspace, name: Option<&str>) -> Result<Count> {
    in_engine(workspace, &CHROMIUM, name)
}

pub(super) fn firefox(workspace: &Workspace, name: Option<&str>) -> Result<Count> {
    in_engine(workspace, &FIREFOX, name)
}

pub(super) fn webkit(workspace: &Workspace, name: Option<&str>) -> Result<Count> {
    in_engine(workspace, &WEBKIT, name)
}

fn in_engine(workspace: &Workspace, engine: &Engine, name: Option<&str>) -> Result<Count> {
    let programs = compile(workspace, &["--test=browser", "--bin=web"])?;
    let options = workspace.path("tests/webdriver.json");
    let options = options.to_str().context("the repository's path is not Unicode")?;
    let ready = engine.begin(workspace)?;
    let mut environment = vec![("WASM_BINDGEN_TEST_ONLY_WEB", "1"), ("WASM_BINDGEN_TEST_WEBDRIVER_JSON", options)];
    environment.extend(ready.environment());
    let mut total = Count::default();
    for program in &programs {
        let mut counted = run(workspace, program, name, &environment)?;
        if !counted.ended_well && engine.errs_at_random {
            println!(
                "{RERUN}{} errs at random and failed at {} ({}): only the second run counts",
                engine.name, program.name, counted.count
            );
            counted = run(workspace, program, name, &environment)?;
        }
        let count = settled(&format!("{} with {}", engine.name, program.name), counted);
        // One that ran nothing must not hide behind the others.
        total = total.plus(if count.is_nothing() && name.is_none() { Count::one(false) } else { count });
    }
    Ok(total)
}

/// Tests as wasm.
struct Program {
    /// The package.
    name: String,
    folder: PathBuf,
    wasm: PathBuf,
}

/// Compiles tests, once for all engines.
fn compile(workspace: &Workspace, targets: &[&str]) -> Result<Vec<Program>> {
    let mut cargo = workspace.command("cargo");
    cargo.args(["test", "--no-run", "--message-format=json-render-diagnostics"]).args(WASM).args(targets);
    let programs: Vec<Program> = workspace::output(&mut cargo)?.lines().filter_map(program).collect();
    ensure!(!programs.is_empty(), "cargo compiled no tests");
    Ok(programs)
}

/// The program of a line that cargo writes, if it is one.
fn program(line: &str) -> Option<Program> {
    let message: Value = serde_json::from_str(line).ok()?;
    let wasm = PathBuf::from(message.get("executable")?.as_str()?);
    let folder = Path::new(message.get("manifest_path")?.as_str()?).parent()?.to_path_buf();
    let name = folder.file_name()?.to_str()?.to_owned();
    Some(Program { name, folder, wasm })
}

fn run(workspace: &Workspace, program: &Program, name: Option<&str>, environment: &[(&str, &str)]) -> Result<Counted> {
    const SECONDS_FOR_ALL_TESTS: &str = "600";
    println!("running the tests of {}", program.name);
    let mut runner = workspace.command("wasm-bindgen-test-runner");
    runner.arg(&program.wasm).args(name).current_dir(&program.folder);
    runner.env("WASM_BINDGEN_TEST_TIMEOUT", SECONDS_FOR_ALL_TESTS).envs(environment.iter().copied());
    workspace::run_counting(&mut runner, count::of_cargo_line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_names_the_programs_that_it_has_compiled() {
        let line =
            r#"{"reason":"compiler-artifact","manifest_path":"/a/web/Cargo.toml","executable":"/a/target/web.wasm"}"#;
        let found = program(line).unwrap();
        assert_eq!(
            (found.name.as_str(), found.folder, found.wasm),
            ("web", "/a/web".into(), "/a/target/web.wasm".into())
        );
        assert!(
            program(r#"{"reason":"compiler-artifact","manifest_path":"/a/Cargo.toml","executable":null}"#).is_none()
        );
        assert!(program("Compiling web").is_none());
    }
}
