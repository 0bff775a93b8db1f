//! `cargo xtask bench`: how long the rules take, as ratios within one run, as a table for the README.

use crate::server::{FREE_PORT, Server};
use crate::site::Site;
use crate::workspace::{self, Workspace};
use crate::{install, npm, page, suites};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fs;

/// Nanoseconds of one turn, by the name of the loop.
type Times = BTreeMap<String, f64>;

/// Builds the loops for both sides, runs them one after the other and prints the tables.
pub(crate) fn run(workspace: &Workspace) -> Result<()> {
    suites::install_node_packages(workspace)?;
    npm::build(workspace)?;
    println!("building the loops natively and as wasm: about a minute the first time");
    workspace.run("cargo", &["build", "--quiet", "--release", "--package=bench"])?;
    workspace.run(
        "cargo",
        &["build", "--quiet", "--release", "--package=bench", "--lib", "--target=wasm32-unknown-unknown"],
    )?;
    let target = workspace.target_folder()?;
    let folder = target.join("bench");
    let wasm = target.join("wasm32-unknown-unknown/release/bench.wasm");
    let web_folder = target.join("bench-web");
    npm::bind_for_bench(workspace, &wasm, "nodejs", &folder)?;
    npm::bind_for_bench(workspace, &wasm, "web", &web_folder)?;
    let native = target.join("release/bench");
    let native = native.to_str().context("the path of the loops is not Unicode")?;
    let requests = folder.join("requests.tsv");
    fs::write(&requests, workspace::output(workspace.command(native).arg("requests"))?)?;

    println!("timing: about a minute");
    let mut times = Times::new();
    read(&mut times, &workspace::output(&mut workspace.command(native))?)?;
    let mut node = workspace.command("node");
    node.arg(workspace.path("crates/bench/node.mjs")).arg(folder.join("billing.js"));
    node.arg(workspace.path("crates/billing-wasm/pkg/node/billing.js")).arg(&requests);
    read(&mut times, &workspace::output(&mut node)?)?;
    let mut chromium = workspace.command("node");
    chromium.arg(workspace.path("crates/bench/chromium.mjs")).arg(&web_folder).arg(workspace.path("tests"));
    chromium.env("CHROMIUM", install::chromium(workspace)?);
    read(&mut times, &workspace::output(&mut chromium)?)?;

    let server = Server::start(Site::load(&page::build(workspace)?)?, FREE_PORT)?;
    let mut keystrokes = workspace.command("node");
    keystrokes.arg(workspace.path("crates/bench/keystrokes.mjs")).arg(server.url()).arg(workspace.path("tests"));
    keystrokes.env("CHROMIUM", install::chromium(workspace)?);
    read(&mut times, &workspace::output(&mut keystrokes)?)?;
    drop(server);

    let names: Vec<String> =
        fs::read_to_string(&requests)?.lines().filter_map(|row| Some(row.split('\t').next()?.to_owned())).collect();
    println!("\nMeasured on {}, {}.\n", processor(), version(workspace, "node"));
    print_rules(&times, &names)?;
    print_boundary(&times, &names)?;
    print_lives(&times)?;
    print_keystrokes(&times)
}

/// What a keystroke in Add credits takes until the new figures are laid out, against a frame of a screen of 60 hertz.
fn print_keystrokes(times: &Times) -> Result<()> {
    const FRAME: f64 = 1e9 / 60.0;
    println!("\n| keystroke in Add credits, in Chromium | time | of a frame |");
    println!("|---|---|---|");
    for (name, shown) in [("keystroke, median", "median"), ("keystroke, slowest of a hundred", "slowest of a hundred")]
    {
        let nanoseconds = time(times, name)?;
        println!("| {shown} | {} | {:.2} |", readable(nanoseconds), share(nanoseconds, FRAME));
    }
    Ok(())
}

#[allow(clippy::float_arithmetic, reason = "a time is no money")]
fn share(nanoseconds: f64, of: f64) -> f64 {
    nanoseconds / of
}

/// A life replayed: natively, and as wasm in Node and in Chromium.
fn print_lives(times: &Times) -> Result<()> {
    println!("\n| account's life | native | wasm in Node to native | wasm in Chromium to native |");
    println!("|---|---|---|---|");
    for (name, in_chromium) in [("decide usage after 1,000 events", false), ("replay 100,000 events", true)] {
        let native = time(times, name)?;
        let chromium = if in_chromium { ratio(times, &format!("chromium {name}"), name)? } else { "-".to_owned() };
        println!("| {name} | {} | {} | {chromium} |", readable(native), ratio(times, &format!("wasm {name}"), name)?);
    }
    Ok(())
}

#[allow(clippy::float_arithmetic, reason = "a time is no money")]
fn readable(nanoseconds: f64) -> String {
    if nanoseconds < 1e6 { format!("{:.1} µs", nanoseconds / 1e3) } else { format!("{:.0} ms", nanoseconds / 1e6) }
}

fn read(times: &mut Times, lines: &str) -> Result<()> {
    for line in lines.lines() {
        let (name, nanoseconds) = line.split_once('\t').with_context(|| format!("no time in {line:?}"))?;
        times.insert(name.to_owned(), nanoseconds.parse()?);
    }
    Ok(())
}

/// Against what `serde_json` needs to parse the same request into a `Value`.
fn print_rules(times: &Times, names: &[String]) -> Result<()> {
    println!(
        "| question | parse of its request | Rust call | `evaluate` on the line | call, wasm to native | `evaluate`, wasm to native |"
    );
    println!("|---|---|---|---|---|---|");
    for name in names {
        let parse = time(times, &format!("parse {name}"))?;
        let (call, evaluate) = (format!("call {name}"), format!("evaluate {name}"));
        let wasm = |name: &str| ratio(times, &format!("wasm {name}"), name);
        println!(
            "| {name} | {parse:.0} ns = 1 | {} | {} | {} | {} |",
            ratio(times, &call, &format!("parse {name}"))?,
            ratio(times, &evaluate, &format!("parse {name}"))?,
            wasm(&call)?,
            wasm(&evaluate)?,
        );
    }
    println!(
        "\nAn access decision with all five reasons takes {} times a hard-coded one on plain `Decimal`s ({:.0} ns).\n",
        ratio(times, "call access, five reasons", "hard-coded access")?,
        time(times, "hard-coded access")?
    );
    Ok(())
}

/// Against the same line answered natively.
fn print_boundary(times: &Times, names: &[String]) -> Result<()> {
    println!(
        "| npm package in Node, to native `evaluate` | object | string | object by way of JSON | many in one call |"
    );
    println!("|---|---|---|---|---|");
    for name in names {
        let native = format!("evaluate {name}");
        let way = |way: &str| ratio(times, &format!("{way} {name}"), &native);
        println!(
            "| {name} | {} | {} | {} | {} |",
            way("object")?,
            way("string")?,
            way("string and parse")?,
            way("many")?
        );
    }
    Ok(())
}

fn time(times: &Times, name: &str) -> Result<f64> {
    times.get(name).copied().with_context(|| format!("nobody timed {name:?}"))
}

#[allow(clippy::float_arithmetic, reason = "a ratio of times is no money")]
fn ratio(times: &Times, name: &str, to: &str) -> Result<String> {
    Ok(format!("{:.2}", time(times, name)? / time(times, to)?))
}

fn version(workspace: &Workspace, program: &str) -> String {
    format!("{program} {}", workspace.ask(program, &["--version"]).unwrap_or_default())
}

/// What the machine calls its processor; machines differ, ratios less so.
fn processor() -> String {
    let described = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = described.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    name.map_or_else(|| String::from("an unnamed processor"), |(_, name)| name.to_owned())
}
