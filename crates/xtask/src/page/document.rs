//! The document itself: `index.html` as trunk reads it, with what it links in its final place and what the page may do.

use super::folder::{Folder, Placed};
use crate::workspace::{self, Workspace};
use anyhow::{Context, Result, bail, ensure};
use std::fs;

/// What the page may do. The server sends it as a header; the document repeats it in a tag for servers that send none.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
    style-src 'self'; connect-src 'self'; img-src 'self'; manifest-src 'self'; base-uri 'none'; \
    form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
    trusted-types worker";

/// The only directive that a tag cannot hold.
const HEADER_ONLY: &str = "frame-ancestors 'none'; ";

/// Behind this tag the policy is put: it holds for what follows it.
const ENCODING: &str = "<meta charset=\"utf-8\" />";

/// How the manifest names the icon.
const LISTED_ICON: &str = "\"images/icon.svg\"";

/// Writes `index.html`, its style sheet and its icon.
pub(super) fn write(workspace: &Workspace, folder: &Folder, script: &Placed, wasm: &Placed) -> Result<()> {
    let written = fs::read_to_string(workspace.path("index.html")).context("there is no index.html")?;
    let Links { rest, sheets, icon } = Links::of(&written)?;
    let styles = folder.place("page.css", minified(workspace, &sheets)?.as_bytes())?;
    let icon = folder.place("icon.svg", &fs::read(workspace.path(icon))?)?;
    let manifest = fs::read_to_string(workspace.path("web/manifest.webmanifest")).context("there is no manifest")?;
    ensure!(manifest.contains(LISTED_ICON), "the manifest does not list {LISTED_ICON}");
    let manifest = manifest.replace(LISTED_ICON, &format!("\"{}\"", icon.address));
    let manifest = folder.place("billing.webmanifest", manifest.as_bytes())?;
    let page = with_policy(&rest)?.replacen(
        "</head>",
        &format!("{}</head>", head(&icon, &manifest, &styles, script, wasm)),
        1,
    );
    fs::write(folder.0.join("index.html"), page)?;
    Ok(())
}

/// The document with the policy in a tag.
fn with_policy(page: &str) -> Result<String> {
    ensure!(page.matches(ENCODING).count() == 1, "index.html does not hold {ENCODING} once");
    let policy = CONTENT_SECURITY_POLICY.replace(HEADER_ONLY, "");
    let tag = format!("{ENCODING}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />");
    Ok(page.replace(ENCODING, &tag))
}

/// What a document links for trunk, and the document without it.
#[derive(Debug, PartialEq, Eq)]
struct Links<'page> {
    rest: String,
    sheets: Vec<&'page str>,
    icon: &'page str,
}

impl<'page> Links<'page> {
    fn of(page: &'page str) -> Result<Links<'page>> {
        let (mut rest, mut sheets, mut icons, mut programs) = (String::new(), Vec::new(), Vec::new(), Vec::new());
        for line in page.lines() {
            match linked(line) {
                None => rest.extend([line, "\n"]),
                Some(("css", sheet)) => sheets.push(sheet),
                Some(("icon", icon)) => icons.push(icon),
                Some(("rust", program)) => programs.push(program),
                Some((other, _)) => bail!("index.html links a {other:?}, which the build does not know"),
            }
        }
        ensure!(!rest.contains("<script"), "index.html holds a script: the page has one, and the build writes it");
        ensure!(!rest.contains("<link"), "index.html links something that is not trunk's, or two things in one line");
        ensure!(!rest.contains("Content-Security-Policy"), "index.html holds a policy: trunk's own page breaks it");
        ensure!(rest.contains("</head>"), "index.html has no head");
        ensure!(!sheets.is_empty(), "index.html links no style sheet");
        ensure!(icons.len() == 1, "index.html links {} icons", icons.len());
        ensure!(programs == ["web/Cargo.toml"], "index.html links {programs:?} and not the page's one program");
        Ok(Links { rest, sheets, icon: icons.pop().unwrap_or_default() })
    }
}

/// What a line links for trunk: the kind, and the file.
fn linked(line: &str) -> Option<(&str, &str)> {
    let attributes = line.trim().strip_prefix("<link data-trunk rel=\"")?;
    let (kind, rest) = attributes.split_once("\" href=\"")?;
    let (file, _) = rest.split_once('"')?;
    Some((kind, file))
}

/// All style sheets, in their order, as one.
fn minified(workspace: &Workspace, sheets: &[&str]) -> Result<String> {
    let mut whole = String::new();
    for sheet in sheets {
        whole.push_str(&fs::read_to_string(workspace.path(sheet)).with_context(|| format!("there is no {sheet}"))?);
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
        <link data-trunk rel=\"rust\" href=\"web/Cargo.toml\" data-bin=\"web\" />\n\
        <link data-trunk rel=\"icon\" href=\"images/icon.svg\" />\n\
        <link data-trunk rel=\"css\" href=\"styles/a.css\" />\n\
        <link data-trunk rel=\"css\" href=\"styles/b.css\" />\n\
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
            ("<p>", "<link data-trunk rel=\"inline\" href=\"x.css\" />"),
            ("<p>", "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\" />"),
            ("</head>", ""),
            ("rel=\"icon\"", "rel=\"css\""),
            ("rel=\"css\"", "rel=\"icon\""),
            ("web/Cargo.toml", "crates/bench/Cargo.toml"),
        ] {
            assert!(Links::of(&PAGE.replace(from, to)).is_err(), "{to}");
        }
    }

    /// A tag cannot forbid to be framed, so only the header says that.
    #[test]
    fn the_document_repeats_the_policy_of_the_header() {
        let page = with_policy(&format!("<head>{ENCODING}</head>")).unwrap();
        for directive in CONTENT_SECURITY_POLICY.split("; ") {
            let is_expected = !directive.starts_with("frame-ancestors");
            assert_eq!(page.contains(directive), is_expected, "{directive}");
        }
        assert!(with_policy("<head></head>").is_err());
    }

    #[test]
    fn the_document_of_this_repository_is_in_order() {
        let page = fs::read_to_string(Workspace::find().unwrap().path("index.html")).unwrap();
        let links = Links::of(&page).unwrap();
        assert!(with_policy(&links.rest).is_ok());
    }
}
