//! `cargo xtask …`: every chore of this repository, in Rust, so that a bare machine needs no
//! other script language to build, test or serve the product.
#![forbid(unsafe_code)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line speaks by printing")]

mod bench;
mod count;
mod countries;
mod engines;
mod hash;
mod install;
mod npm;
mod optimize;
mod page;
mod run;
mod server;
mod site;
mod suites;
mod vectors;
mod weight;
mod workspace;

use anyhow::{Result, bail};
use install::Needs;
use std::process::ExitCode;
use workspace::Workspace;

/// A command's name with its arguments, and what it does.
const COMMANDS: [(&str, &str); 10] = [
    ("run [--port 8080]", "builds the page as customers get it and serves it on this machine"),
    ("dev [--port 8080] [--open]", "serves the page by `trunk serve`, which compiles and loads it again on every save"),
    ("test [suite …] [name]", "runs all suites, the named ones, or the tests of one suite whose names hold the name"),
    ("bench", "times the rules natively, as wasm and across the boundary"),
    ("npm", "builds and packs the npm package"),
    ("vectors [--check]", "answers the requests of tests/vectors anew and shows what has changed"),
    ("countries [--check]", "writes, or compares, the table of address facts"),
    ("setup [--page] [--test]", "installs the missing tools; the others call it themselves"),
    ("finish", "trunk's hook: makes of a release build by trunk what `run` serves"),
    ("help", "lists the commands"),
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
        list_commands();
        return Ok(ExitCode::FAILURE);
    };
    let workspace = Workspace::find()?;
    match command.as_str() {
        "run" => run::run(&workspace, rest)?,
        "test" => return suites::run(&workspace, rest),
        // How `test` starts each suite; it has no line among the commands.
        "suite" => return suites::run_suite(&workspace, rest),
        "npm" => {
            install::install(&workspace, Needs::Page)?;
            npm::build(&workspace)?;
        }
        "bench" => {
            install::install(&workspace, Needs::Page)?;
            bench::run(&workspace)?;
        }
        "vectors" => vectors::run(&workspace, rest)?,
        "countries" => countries::run()?,
        "setup" => install::install(&workspace, setup_needs(rest)?)?,
        "dev" => {
            install::install_trunk(&workspace)?;
            page::serve_by_trunk(&workspace, rest)?;
        }
        "finish" => page::finish_what_trunk_staged(&workspace)?,
        "help" | "--help" | "-h" => list_commands(),
        unknown => {
            list_commands();
            bail!("there is no command {unknown:?}");
        }
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

/// Lists the commands and the suites.
fn list_commands() {
    println!("cargo xtask <command>\n");
    for (usage, purpose) in COMMANDS {
        println!("  {usage:<26} {purpose}");
    }
    println!("\nSuites of `test`: {}", suites::names().join(", "));
    println!("Several at once: {}", suites::group_names().join(", "));
}
