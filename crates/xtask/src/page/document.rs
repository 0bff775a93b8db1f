//! The document itself: `web/index.html` with what it links in its final place.

use super::{Folder, Placed};
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, ensure};
use std::fs;
use std::path::{Path, PathBuf};

/// Writes `index.html`, its style sheet and its icon.
pub(super) fn write(workspace: &Workspace, folder: &Folder, script: &Placed, wasm: &Placed) -> Result<()> {
    let sources = workspace.path("web");
    let written = fs::read_to_string(sources.join("index.html")).context("there is no web/index.html")?;
    let Links { rest, sheets, icon } = Links::of(&written)?;
    let styles = folder.place("page.css", minified(workspace, &sources, &sheets)?.as_bytes())?;
    let icon = folder.place("icon.svg", &fs::read(sources.join(icon))?)?;
    let manifest = fs::read_to_string(sources.join("manifest.webmanifest")).context("there is no manifest")?;
    ensure!(manifest.contains(LISTED_ICON), "the manifest does not list {LISTED_ICON}");
    let manifest = manifest.replace(LISTED_ICON, &format!("\"{}\"", icon.address));
    let manifest = folder.place("billing.webmanifest", manifest.as_bytes())?;
    let page = rest.replacen("</head>", &format!("{}</head>", head(&icon, &manifest, &styles, script, wasm)), 1);
    fs::write(folder.0.join("index.html"), page)?;
    Ok(())
}

/// How the manifest names the icon.
const LISTED_ICON: &str = "\"images/icon.svg\"";

/// What a document links, and the document without it.
#[derive(Debug, PartialEq, Eq)]
struct Links<'page> {
    rest: String,
    sheets: Vec<&'page str>,
    icon: &'page str,
}

impl<'page> Links<'page> {
    fn of(page: &'page str) -> Result<Links<'page>> {
        let (mut rest, mut sheets, mut icons) = (String::new(), Vec::new(), Vec::new());
        for line in page.lines() {
            match (linked(line, "stylesheet"), linked(line, "icon")) {
                (Some(sheet), _) => sheets.push(sheet),
                (_, Some(icon)) => icons.push(icon),
                _ => rest.extend([line, "\n"]),
            }
        }
        ensure!(!rest.contains("<script"), "index.html holds a script: the page has one, and the build writes it");
        ensure!(!rest.contains("<link"), "index.html links something that is neither a style sheet nor an icon");
        ensure!(rest.contains("</head>"), "index.html has no head");
        ensure!(!sheets.is_empty(), "index.html links no style sheet");
        ensure!(icons.len() == 1, "index.html links {} icons", icons.len());
        Ok(Links { rest, sheets, icon: icons.pop().unwrap_or_default() })
    }
}

/// What a line links in this relation.
fn linked<'page>(line: &'page str, relation: &str) -> Option<&'page str> {
    let address = line.trim().strip_prefix(&format!("<link rel=\"{relation}\" href=\""))?;
    address.split_once('"').map(|(address, _)| address)
}

/// All style sheets, in their order, as one.
fn minified(workspace: &Workspace, sources: &Path, sheets: &[&str]) -> Result<String> {
    let mut whole = String::new();
    for sheet in sheets {
        let file: PathBuf = sources.join(sheet);
        whole.push_str(&fs::read_to_string(&file).with_context(|| format!("there is no {}", file.display()))?);
    }
    let file = workspace.target_folder()?.join("page-parts/page.css");
    fs::write(&file, whole)?;
    workspace::output(workspace.command("esbuild").args(["--minify", "--log-level=warning"]).arg(&file))
}

/// The wasm is asked for together with the script; that it is the right one is checked by the script. (Browsers take no
/// integrity at a preload of this kind, and say so.)
fn head(icon: &Placed, manifest: &Placed, styles: &Placed, script: &Placed, wasm: &Placed) -> String {
    [
        format!("<link rel=\"icon\" href=\"{}\">", icon.address),
        format!("<link rel=\"manifest\" href=\"{}\">", manifest.address),
        format!("<link rel=\"stylesheet\" href=\"{}\" integrity=\"{}\">", styles.address, styles.integrity),
        format!(
            "<link rel=\"preload\" href=\"{}\" as=\"fetch\" type=\"application/wasm\" crossorigin=\"anonymous\">",
            wasm.address
        ),
        format!("<script type=\"module\" src=\"{}\" integrity=\"{}\"></script>", script.address, script.integrity),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head>\n\
        <link rel=\"icon\" href=\"images/icon.svg\" />\n\
        <link rel=\"stylesheet\" href=\"styles/a.css\" />\n\
        <link rel=\"stylesheet\" href=\"styles/b.css\" />\n\
        </head><p>é\n";

    #[test]
    fn links_are_taken_out_in_their_order() {
        let links = Links::of(PAGE).unwrap();
        let expected = Links {
            rest: "<head>\n</head><p>é\n".into(),
            sheets: vec!["styles/a.css", "styles/b.css"],
            icon: "images/icon.svg",
        };
        assert_eq!(links, expected);
    }

    #[test]
    fn a_page_that_the_build_or_the_policy_would_break_is_refused() {
        for (from, to) in [
            ("<p>", "<script>go()</script>"),
            ("<p>", "<link rel=\"manifest\" href=\"x\">"),
            ("</head>", ""),
            ("rel=\"icon\" href=\"images/icon.svg\"", "rel=\"stylesheet\" href=\"x.css\""),
        ] {
            assert!(Links::of(&PAGE.replace(from, to)).is_err(), "{to}");
        }
        assert!(Links::of(&PAGE.replace("stylesheet", "icon")).is_err());
    }
}
