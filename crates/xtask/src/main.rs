//! `cargo xtask …`: every chore of this repository, in Rust, so that a bare machine needs no
//! other script language to build, test or serve the product.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks by printing")]

mod bench;
mod count;
mod countries;
mod engines;
mod install;
mod npm;
mod optimize;
mod page;
mod run;
mod server;
mod site;
mod suites;
mod weight;
mod workspace;

use anyhow::{Result, bail};
use install::Needs;
use std::process::ExitCode;
use workspace::Workspace;

/// A command's name with its arguments, and what it does.
const COMMANDS: [(&str, &str); 6] = [
    ("run [--port 8080]", "builds the page as customers get it and serves it on this machine"),
    ("test [suite …]", "runs all suites, or the named ones, and counts what passed"),
    ("bench", "times the rules natively, as wasm and across the boundary"),
    ("npm", "builds and packs the npm package"),
    ("countries [--check]", "writes, or compares, the table of address facts"),
    ("setup [--page] [--test]", "installs the missing tools; the others call it themselves"),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<ExitCode> {
    let Some((command, rest)) = arguments.split_first() else {
        return Ok(list_commands());
    };
    let workspace = Workspace::find()?;
    match command.as_str() {
        "run" => run::run(&workspace, rest)?,
        "test" => return suites::run(&workspace, rest),
        "npm" => {
            install::install(&workspace, Needs::Page)?;
            npm::build(&workspace)?;
        }
        "bench" => {
            install::install(&workspace, Needs::Page)?;
            bench::run(&workspace)?;
        }
        "countries" => countries::run()?,
        "setup" => install::install(&workspace, setup_needs(rest)?)?,
        _ => return Ok(list_commands()),
    }
    Ok(ExitCode::SUCCESS)
}

/// What `setup` shall install: what the tests need, or by default what the page needs.
fn setup_needs(flags: &[String]) -> Result<Needs> {
    let mut needs = Needs::Page;
    for flag in flags {
        match flag.as_str() {
            "--page" => {}
            "--test" => needs = Needs::Tests,
            other => bail!("setup knows --page and --test, not {other:?}"),
        }
    }
    Ok(needs)
}

/// Lists the commands; a mistyped command must not look like a success to a script.
fn list_commands() -> ExitCode {
    println!("cargo xtask <command>\n");
    for (usage, purpose) in COMMANDS {
        println!("  {usage:<26} {purpose}");
    }
    println!("\nSuites of `test`: {}", suites::names().join(", "));
    ExitCode::FAILURE
}
