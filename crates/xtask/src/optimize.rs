//! `wasm-opt`, for the page and for the npm package.

use crate::count::RERUN;
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;

/// What today's compiler emits and every supported browser runs.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// How often it is tried when it does not end by itself.
const TRIES: u32 = 3;

/// Optimises a wasm file in its place, at a level such as `-O3`.
///
/// npm's `wasm-opt` runs in Node.js, and Node.js has been seen to crash below it with a segmentation fault, on a file that
/// it optimised before and after. So an end by a signal is tried again, and told. An error of `wasm-opt` itself is never
/// tried again.
pub(crate) fn optimize(workspace: &Workspace, wasm: &Path, level: &str) -> Result<()> {
    let optimized = wasm.with_extension("optimized");
    for attempt in 1..=TRIES {
        let mut command = workspace.command("wasm-opt");
        command.arg(level).args(FEATURES).arg(wasm).arg("-o").arg(&optimized);
        let status = command.status().context("cannot start wasm-opt")?;
        match status.signal() {
            None => {
                ensure!(status.success(), "{} failed ({status})", workspace::shown(&command));
                return fs::rename(&optimized, wasm).context("wasm-opt wrote nothing");
            }
            Some(signal) => println!("{RERUN}wasm-opt was ended by signal {signal} (try {attempt} of {TRIES})"),
        }
    }
    anyhow::bail!("wasm-opt was ended by a signal {TRIES} times")
}
