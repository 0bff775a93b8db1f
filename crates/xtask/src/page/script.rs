//! The page's one script: it starts the wasm, and loads the parts that come later. What it loads it checks against its hash.

use super::compile::{Compiled, LOADER};
use super::folder::{Folder, Placed};
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// A part of the wasm that comes later.
pub(super) struct Part {
    /// The name under which the loader knows it.
    name: String,
    placed: Placed,
}

impl Part {
    pub(super) fn place(folder: &Folder, wasm: &Path) -> Result<Part> {
        let name = wasm.file_name().and_then(|name| name.to_str()).context("a part's name is not Unicode")?;
        let short = name.strip_prefix("split_").unwrap_or(name).replace('_', "-");
        Ok(Part { name: name.to_owned(), placed: folder.place(&short, &fs::read(wasm)?)? })
    }
}

/// wasm-bindgen names the loader once for each part, always with the same functions.
const TWICE: &str = "--log-override:duplicate-object-key=silent";

/// Puts everything into one script.
pub(super) fn bundle(workspace: &Workspace, compiled: &Compiled, wasm: &Placed, parts: &[Part]) -> Result<String> {
    let loader = compiled.folder.join(LOADER);
    fs::write(&loader, with_addresses(&fs::read_to_string(&loader)?, parts)?)?;
    let written = fs::read_to_string(workspace.path("web/start.js")).context("there is no web/start.js")?;
    let start = compiled.folder.join("start.js");
    fs::write(&start, with_address(&written, "fetch(\"web.wasm\")", wasm)?)?;
    let mut esbuild = workspace.command("esbuild");
    workspace::output(esbuild.args(["--bundle", "--minify", "--format=esm", "--log-level=warning", TWICE]).arg(&start))
}

/// The loader, with the addresses at which its parts have come to lie.
fn with_addresses(loader: &str, parts: &[Part]) -> Result<String> {
    let mut loader = loader.to_owned();
    for Part { name, placed } in parts {
        loader = with_address(&loader, &format!("fetch(new URL(\"./{name}\", import.meta.url))"), placed)?;
    }
    ensure!(!loader.contains("import.meta"), "the loader fetches something that is no part");
    Ok(loader)
}

/// The script with its one `fetch` of a file at the file's address, checked against its hash.
fn with_address(script: &str, by_name: &str, Placed { address, integrity }: &Placed) -> Result<String> {
    ensure!(script.matches(by_name).count() == 1, "the script does not hold {by_name} once");
    Ok(script.replace(by_name, &format!("fetch(\"{address}\", {{ integrity: \"{integrity}\" }})")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOADER: &str = "a(() => fetch(new URL(\"./split_a.wasm\", import.meta.url)));";

    fn part() -> Part {
        Part { name: "split_a.wasm".into(), placed: placed("/a-1.wasm") }
    }

    fn placed(address: &str) -> Placed {
        Placed { address: address.into(), integrity: "sha384-x".into() }
    }

    #[test]
    fn parts_are_fetched_where_they_lie_and_checked() {
        let loader = with_addresses(LOADER, &[part()]).unwrap();
        assert_eq!(loader, "a(() => fetch(\"/a-1.wasm\", { integrity: \"sha384-x\" }));");
    }

    #[test]
    fn a_loader_that_fetches_anything_else_is_refused() {
        assert!(with_addresses(LOADER, &[]).is_err());
        assert!(with_addresses("", &[part()]).is_err());
        assert!(with_addresses(&[LOADER, LOADER].concat(), &[part()]).is_err());
    }
}
