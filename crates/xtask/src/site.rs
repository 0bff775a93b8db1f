//! The finished page in memory: which file answers which address, and with which headers.
//!
//! Every servable file is an entry of one table, read at the start. An address outside the folder
//! is not in the table, and a rebuild does not change the page under a running test.

use crate::workspace::files_below;
use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const INDEX: &str = "/index.html";

/// All files of the page, by address.
pub(crate) struct Site {
    files: BTreeMap<String, File>,
}

/// One file, as it is and as brotli compressed it.
pub(crate) struct File {
    pub(crate) contents: Vec<u8>,
    pub(crate) brotli: Vec<u8>,
    pub(crate) content_type: &'static str,
    pub(crate) cache_control: &'static str,
}

impl Site {
    /// Reads the folder that the page's build left.
    pub(crate) fn load(folder: &Path) -> Result<Self> {
        let mut files = BTreeMap::new();
        for path in files_below(folder)? {
            let below = path.strip_prefix(folder)?;
            let name = below.to_str().context("a file name is not Unicode")?;
            let is_served = !name.starts_with('.') && extension(name) != Some("br");
            if is_served {
                let file = File {
                    brotli: fs::read(folder.join(format!("{name}.br")))?,
                    contents: fs::read(&path)?,
                    content_type: content_type(name),
                    cache_control: cache_control(name),
                };
                files.insert(format!("/{}", name.replace('\\', "/")), file);
            }
        }
        ensure!(files.contains_key(INDEX), "{} holds no index.html", folder.display());
        Ok(Self { files })
    }

    /// The file for a requested address; `None` is "not found".
    ///
    /// An address without a file extension is a place inside the page, which the page itself
    /// resolves; a missing file stays missing, or a broken link would answer with the page.
    pub(crate) fn find(&self, address: &str) -> Option<&File> {
        let path = address.split(['?', '#']).next().unwrap_or(address);
        self.files.get(path).or_else(|| {
            let is_place = extension(path).is_none() && path.starts_with('/');
            self.files.get(INDEX).filter(|_| is_place)
        })
    }

    /// The files that a first visit loads: the page and whatever it names.
    pub(crate) fn first_load(&self) -> impl Iterator<Item = (&str, &File)> {
        self.all().filter(|(address, _)| self.is_first(address))
    }

    /// The files that are loaded when they are wanted.
    pub(crate) fn later(&self) -> impl Iterator<Item = (&str, &File)> {
        self.all().filter(|(address, _)| !self.is_first(address))
    }

    fn all(&self) -> impl Iterator<Item = (&str, &File)> {
        self.files.iter().map(|(address, file)| (address.as_str(), file))
    }

    fn is_first(&self, address: &str) -> bool {
        let page = self.files.get(INDEX).map(|index| String::from_utf8_lossy(&index.contents));
        address == INDEX || page.is_some_and(|page| page.contains(address))
    }
}

/// What follows the last dot of the last part of a path.
pub(crate) fn extension(path: &str) -> Option<&str> {
    let name = path.rsplit('/').next()?;
    name.rsplit_once('.').map(|(_, extension)| extension)
}

fn content_type(name: &str) -> &'static str {
    match extension(name) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("webmanifest") => "application/manifest+json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// A file that is named after its contents never changes; any other is asked for again.
fn cache_control(name: &str) -> &'static str {
    if is_named_by_contents(name) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether the name ends in a hash, as in `styles-0f3a99c1b2d4e5f6.css`.
fn is_named_by_contents(name: &str) -> bool {
    const FEWEST_DIGITS: usize = 12;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let Some((_, hash)) = stem.rsplit_once('-') else {
        return false;
    };
    hash.len() >= FEWEST_DIGITS && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(names: &[&str]) -> Site {
        let files = names.iter().map(|name| {
            let file = File {
                contents: name.as_bytes().to_vec(),
                brotli: Vec::new(),
                content_type: content_type(name),
                cache_control: cache_control(name),
            };
            ((*name).to_owned(), file)
        });
        Site { files: files.collect() }
    }

    #[test]
    fn addresses_find_files_places_or_nothing() {
        let site = site(&["/index.html", "/app.js", "/icons/a.svg"]);
        for (address, expected) in [
            ("/app.js", Some("/app.js")),
            ("/app.js?v=1", Some("/app.js")),
            ("/icons/a.svg", Some("/icons/a.svg")),
            ("/", Some("/index.html")),
            ("/billing/cards", Some("/index.html")),
            ("/billing/cards?open=1.5#top", Some("/index.html")),
            ("/v1.2/cards", Some("/index.html")),
            ("/missing.js", None),
            ("/.fingerprint", None),
            ("/../Cargo.toml", None),
            ("/..%2f..%2fetc/passwd", Some("/index.html")),
            ("/icons/../../secret.txt", None),
            ("*", None),
            ("", None),
        ] {
            let found = site.find(address).map(|file| file.contents.as_slice());
            assert_eq!(found, expected.map(str::as_bytes), "{address}");
        }
    }

    #[test]
    fn files_are_sent_as_what_they_are() {
        for (name, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("web-1.wasm", "application/wasm"),
            ("snippets/a/inline0.js", "text/javascript; charset=utf-8"),
            ("site.webmanifest", "application/manifest+json"),
            ("LICENSE", "application/octet-stream"),
        ] {
            assert_eq!(content_type(name), expected, "{name}");
        }
    }

    #[test]
    fn only_names_that_end_in_a_hash_are_kept_for_ever() {
        for (name, expected) in [
            ("web-0f3a99c1b2d4e5f6.wasm", true),
            ("styles-0f3a99c1b2d4e5.css", true),
            ("index.html", false),
            ("apple-touch-icon.png", false),
            ("brand-facade.svg", false),
        ] {
            assert_eq!(is_named_by_contents(name), expected, "{name}");
        }
    }

    #[test]
    fn a_first_visit_loads_the_page_and_what_it_names() {
        let mut site = site(&["/index.html", "/used.css", "/unused.css"]);
        if let Some(index) = site.files.get_mut(INDEX) {
            index.contents = b"<link href=/used.css>".to_vec();
        }
        let loaded: Vec<&str> = site.first_load().map(|(address, _)| address).collect();
        assert_eq!(loaded, ["/index.html", "/used.css"]);
        assert_eq!(site.later().map(|(address, _)| address).collect::<Vec<_>>(), ["/unused.css"]);
    }
}
