//! What customers need not download: blanks and long names in scripts, and the seams between style sheets.

use super::{integrity, only_file, short_hash};
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::Path;

/// Shortens wasm-bindgen's JavaScript in its place, and has the page expect the new contents.
pub(super) fn javascript(workspace: &Workspace, folder: &Path, page: &str) -> Result<String> {
    let file = only_file(folder, "js")?;
    let long = fs::read(&file)?;
    let mut esbuild = workspace.command("esbuild");
    let short = workspace::output(esbuild.args(["--minify", "--format=esm"]).arg(&file))?;
    fs::write(&file, &short)?;
    Ok(page.replace(&integrity(&long), &integrity(short.as_bytes())))
}

/// Puts all style sheets, in their order, into one file.
pub(super) fn styles(workspace: &Workspace, folder: &Path, page: &str) -> Result<String> {
    let (mut rest, mut sheets) = (String::new(), String::new());
    for line in page.lines() {
        if let Some(name) = linked_sheet(line) {
            let file = folder.join(name);
            sheets.push_str(&fs::read_to_string(&file).with_context(|| format!("there is no {name}"))?);
            fs::remove_file(file)?;
        } else {
            rest.push_str(line);
            rest.push('\n');
        }
    }
    ensure!(!sheets.is_empty(), "index.html links no style sheet");
    let whole = folder.join("page.css");
    fs::write(&whole, sheets)?;
    let short = workspace::output(workspace.command("esbuild").arg("--minify").arg(&whole))?;
    fs::remove_file(&whole)?;
    let name = format!("page-{}.css", short_hash(short.as_bytes()));
    let link = format!("<link rel=\"stylesheet\" href=\"/{name}\" integrity=\"{}\">", integrity(short.as_bytes()));
    fs::write(folder.join(name), short)?;
    Ok(rest.replacen("</head>", &format!("{link}</head>"), 1))
}

/// The file that a line of trunk's page links as a style sheet.
fn linked_sheet(line: &str) -> Option<&str> {
    let address = line.trim().strip_prefix("<link rel=\"stylesheet\" href=\"/")?;
    address.split_once('"').map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn style_sheets_are_told_from_other_links() {
        assert_eq!(linked_sheet(r#"    <link rel="stylesheet" href="/a-1.css" integrity="x"/>"#), Some("a-1.css"));
        assert_eq!(linked_sheet(r#"<link rel="icon" href="/a.svg" />"#), None);
    }
}
