//! Lists the test vectors for the tests in `tests/`, which run where there is no folder to list. No file can be forgotten.

use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../tests/vectors");
    tell_cargo(&format!("rerun-if-changed={}", folder.display()));
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().into_string().map_err(|name| format!("{} is not Unicode", name.display()))?;
        names.extend(name.strip_suffix(".answers.jsonl").map(str::to_owned));
    }
    names.sort();
    let mut list = String::from("&[\n");
    for name in names {
        let path = |end: &str| format!("{}/{name}{end}", folder.display());
        let (requests, answers) = (path(".jsonl"), path(".answers.jsonl"));
        writeln!(list, "    ({name:?}, include_str!({requests:?}), include_str!({answers:?})),")?;
    }
    list.push(']');
    Ok(fs::write(Path::new(&env::var("OUT_DIR")?).join("vectors.rs"), list)?)
}

#[allow(clippy::print_stdout, reason = "cargo reads it")]
fn tell_cargo(what: &str) {
    println!("cargo::{what}");
}
