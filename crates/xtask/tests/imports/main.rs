//! No file of a crate imports, directly or by way of others, a file that imports it.
//!
//! What counts: `use`, and every path that names something of another file, also inside macros. What does not count: `mod`,
//! re-exports (`pub use`), and test code. A path through a re-export counts as an import of the file that defines the item.
#![allow(clippy::unwrap_used, clippy::panic, reason = "that is how a test fails")]

mod circles;
mod graph;
mod modules;
mod names;

use circles::{Circle, circles};
use graph::imports;
use modules::Sources;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn workspace() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The crates of the workspace, as folders.
fn crates() -> Vec<PathBuf> {
    let folders = fs::read_dir(workspace().join("crates")).unwrap().map(|entry| entry.unwrap().path());
    folders.chain([workspace().join("web")]).collect()
}

/// Every file below a crate's `src`, by its path in there.
fn sources(folder: &Path) -> Sources {
    let mut sources = BTreeMap::new();
    let mut open = vec![folder.join("src")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(folder.join("src")).unwrap().to_str().unwrap().to_owned();
            sources.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    sources
}

#[test]
fn no_crate_has_a_circle_of_imports_between_its_files() {
    let mut found = Vec::new();
    for folder in crates() {
        let name = folder.file_name().unwrap().to_str().unwrap();
        let circles = circles(&imports(&sources(&folder))).into_iter();
        found.extend(circles.map(|circle| format!("{name}: {} files\n{circle}", circle.files())));
    }
    assert!(found.is_empty(), "files import each other in a circle:\n\n{}", found.join("\n"));
}

/// The files of the only circle in a crate of these files.
fn circle(files: &[(&str, &str)]) -> Vec<String> {
    let sources = files.iter().map(|(name, source)| ((*name).to_owned(), (*source).to_owned())).collect();
    let circles = circles(&imports(&sources));
    assert!(circles.len() <= 1, "one circle is meant");
    circles.into_iter().flat_map(Circle::names).collect()
}

#[test]
fn use_and_every_kind_of_path_is_an_import() {
    for import in [
        "use crate::b::Item;",
        "use super::b::Item;",
        "use crate::b::*;",
        "use crate::{b::{self as other}};",
        "use crate::b as other;",
        "fn f() { crate::b::item() }",
        "fn f() { use crate::b::item; }",
        "fn f() -> crate::b::Item { loop {} }",
        "fn f() { view! { <p>{crate::b::item()}</p> } }",
        "macro_rules! m { () => { $crate::b::item() } }",
        "mod inner { use super::super::b::Item; }",
    ] {
        let files = [("lib.rs", "mod a; mod b;"), ("a.rs", import), ("b.rs", "use crate::a::A;")];
        assert_eq!(circle(&files), ["a.rs", "b.rs"], "{import}");
    }
}

#[test]
fn modules_re_exports_tests_and_other_crates_are_no_imports() {
    for none in [
        "mod c;",
        "pub use crate::b::Item;",
        "pub(crate) use super::b::Item;",
        "#[cfg(test)] mod tests { use crate::b::Item; }",
        "#[cfg(all(test, unix))] use crate::b::Item;",
        "#[test] fn f() { crate::b::item() }",
        "use b::Item;",
        "/// Like [`crate::b::Item`].\nfn f() {}",
    ] {
        let files = [("lib.rs", "mod a; mod b;"), ("a.rs", none), ("a/c.rs", ""), ("b.rs", "use crate::a::A;")];
        assert_eq!(circle(&files), [""; 0], "{none}");
    }
}

#[test]
fn a_cfg_that_is_not_only_for_tests_counts() {
    for cfg in ["#[cfg(not(test))]", "#[cfg(any(test, unix))]", "#[cfg(not(all(split, not(test))))]"] {
        let import = [cfg, " use crate::b::Item;"].concat();
        let files = [("lib.rs", "mod a; mod b;"), ("a.rs", import.as_str()), ("b.rs", "use crate::a::A;")];
        assert_eq!(circle(&files), ["a.rs", "b.rs"], "{cfg}");
    }
}

#[test]
fn a_re_exported_item_is_imported_from_the_file_that_defines_it() {
    let files = |import| {
        [
            ("main.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b::Item; use crate::b::all; pub fn a() {}"),
            ("b/mod.rs", "mod c; mod d; pub use c::Item; pub(crate) use d::*;"),
            ("b/c.rs", import),
            ("b/d.rs", "pub fn all() {}"),
        ]
    };
    assert_eq!(circle(&files("use crate::a::a; pub struct Item;")), ["a.rs", "b/c.rs"]);
    assert_eq!(circle(&files("pub struct Item;")), [""; 0]);
    let by_glob = [
        ("main.rs", "mod a; mod b;"),
        ("a.rs", "use crate::b; fn a() { b::all() }"),
        ("b/mod.rs", "mod d; pub(crate) use d::*;"),
        ("b/d.rs", "use crate::a::a; pub fn all() {}"),
    ];
    assert_eq!(circle(&by_glob), ["a.rs", "b/d.rs"]);
}

#[test]
fn a_module_that_its_own_parts_import_is_a_circle() {
    let files = [
        ("lib.rs", "mod a;"),
        ("a/mod.rs", "mod part; pub struct Shared; fn a() { part::show() }"),
        ("a/part.rs", "use super::Shared; pub fn show() {}"),
    ];
    assert_eq!(circle(&files), ["a/mod.rs", "a/part.rs"]);
}

#[test]
fn a_circle_through_several_files_is_found_and_told() {
    let files = [
        ("lib.rs", "mod a; mod b; mod c; mod d;"),
        ("a.rs", "use crate::b::B;"),
        ("b.rs", "use crate::c::C;"),
        ("c.rs", "use crate::a::A; use crate::d::D;"),
        ("d.rs", ""),
    ];
    assert_eq!(circle(&files), ["a.rs", "b.rs", "c.rs"]);
    let sources = files.into_iter().map(|(name, source)| (name.to_owned(), source.to_owned())).collect();
    let told = circles(&imports(&sources)).first().unwrap().to_string();
    assert_eq!(told, "  a.rs imports b.rs\n  b.rs imports c.rs\n  c.rs imports a.rs\n");
}
