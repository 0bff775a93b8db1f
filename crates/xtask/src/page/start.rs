//! The script that starts the page.
//!
//! trunk writes its start script into the page, where `script-src 'self'` forbids it to run. Ours
//! is a file of its own, and it has the browser check the wasm against its hash.

use anyhow::{Context, Result, bail};

/// The start script for these two files.
pub(super) fn script(javascript: &str, wasm: &str, wasm_integrity: &str) -> String {
    format!(
        "import init from \"/{javascript}\";\n\
         await init({{ module_or_path: fetch(\"/{wasm}\", {{ integrity: \"{wasm_integrity}\" }}) }});\n"
    )
}

/// The page before and after its one inline script.
///
/// More than one is an error: the policy would stop the others on every customer's screen.
pub(super) fn around_inline_script(page: &str) -> Result<(&str, &str)> {
    let mut found = None;
    let mut consumed = 0_usize;
    while let Some((before, rest)) = page.get(consumed..).and_then(|rest| rest.split_once("<script")) {
        let (attributes, rest) = rest.split_once('>').context("a <script> tag has no end")?;
        let (body, after) = rest.split_once("</script>").context("a <script> has no </script>")?;
        let begin = consumed.saturating_add(before.len());
        consumed = page.len().saturating_sub(after.len());
        if body.trim().is_empty() {
            continue;
        }
        let is_module = attributes.contains("module");
        if found.is_some() || !is_module {
            bail!("index.html holds an inline script, which the content security policy forbids");
        }
        found = page.get(..begin).zip(Some(after));
    }
    found.context("trunk's start script is not in index.html")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inline_module_is_cut_out_and_nothing_else() {
        for page in [
            "<head><script type=\"module\">\nimport a from '/a.js';\n</script></head>",
            "<head><script type=module>import a from'/a.js'</script></head>",
        ] {
            let around = around_inline_script(page).expect("one inline script");
            assert_eq!(around, ("<head>", "</head>"), "{page}");
        }
    }

    #[test]
    fn scripts_that_are_files_stay() {
        let page = "<script src=\"/x.js\"></script><p><script type=module>go()</script>é";
        let around = around_inline_script(page).expect("one inline script");
        assert_eq!(around, ("<script src=\"/x.js\"></script><p>", "é"));
    }

    #[test]
    fn a_page_that_the_policy_would_break_is_refused() {
        for page in [
            "<p>no script at all</p>",
            "<script src=/x.js></script>",
            "<script>classic()</script>",
            "<script type=module>one()</script><script type=module>two()</script>",
            "<script type=module>no end",
        ] {
            assert!(around_inline_script(page).is_err(), "{page}");
        }
    }

    #[test]
    fn the_start_script_has_the_wasm_checked() {
        assert_eq!(
            script("web-1.js", "web-2.wasm", "sha384-x"),
            "import init from \"/web-1.js\";\n\
             await init({ module_or_path: fetch(\"/web-2.wasm\", { integrity: \"sha384-x\" }) });\n"
        );
    }
}
