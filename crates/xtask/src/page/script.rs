//! The page's one script: it starts the wasm, and loads the parts that come later. What it loads it checks against its hash.

use super::compile::{BINDINGS, Compiled, LOADER};
use super::{Folder, Placed};
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
    let start = compiled.folder.join("start.js");
    fs::write(&start, start_script(wasm))?;
    let mut esbuild = workspace.command("esbuild");
    workspace::output(esbuild.args(["--bundle", "--minify", "--format=esm", "--log-level=warning", TWICE]).arg(&start))
}

fn start_script(wasm: &Placed) -> String {
    format!("import init from \"./{BINDINGS}\";\nawait init({{ module_or_path: {} }});\n", fetch(wasm))
}

/// The loader, with the addresses at which its parts have come to lie.
fn with_addresses(loader: &str, parts: &[Part]) -> Result<String> {
    let mut loader = loader.to_owned();
    for Part { name, placed } in parts {
        let by_name = format!("fetch(new URL(\"./{name}\", import.meta.url))");
        ensure!(loader.matches(&by_name).count() == 1, "the loader does not fetch {name} once");
        loader = loader.replace(&by_name, &fetch(placed));
    }
    ensure!(!loader.contains("import.meta"), "the loader fetches something that is no part");
    Ok(loader)
}

fn fetch(Placed { address, integrity }: &Placed) -> String {
    format!("fetch(\"{address}\", {{ integrity: \"{integrity}\" }})")
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

    #[test]
    fn the_start_script_has_the_wasm_checked() {
        assert_eq!(
            start_script(&placed("/web-2.wasm")),
            "import init from \"./web.js\";\n\
             await init({ module_or_path: fetch(\"/web-2.wasm\", { integrity: \"sha384-x\" }) });\n"
        );
    }
}
