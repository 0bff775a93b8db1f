//! Every suite: what it needs, which others run beside it, and what runs it.

use super::{browser, node, rust};
use crate::count::Count;
use crate::install::Needs;
use crate::workspace::Workspace;
use anyhow::Result;

/// One kind of test.
#[derive(Debug)]
pub(super) struct Suite {
    pub(super) name: &'static str,
    pub(super) needs: Needs,
    pub(super) lane: Lane,
    /// Whether one of its tests can be run by its name.
    pub(super) has_names: bool,
    /// What it tests, where it is so heavy that it runs only when this has changed, or when it is asked for.
    pub(super) heavy: Option<&'static [&'static str]>,
    pub(super) run: fn(&Workspace, Option<&str>) -> Result<Count>,
}

/// What runs side by side. The suites of one lane follow each other; cargo locks a target folder by profile, so the lanes build in
/// different ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    /// Whatever is compiled for tests.
    Tests,
    /// Whatever is compiled as customers get it.
    Product,
}

/// In the order in which they run within their lane: what fails soonest comes first.
pub(super) const SUITES: [Suite; 11] = [
    Suite::new("format", Needs::Rust, Lane::Tests, rust::format).without_names(),
    Suite::new("clippy", Needs::Page, Lane::Tests, rust::clippy).without_names(),
    Suite::new("native", Needs::Rust, Lane::Tests, rust::native),
    Suite::new("doc", Needs::Rust, Lane::Tests, rust::doc),
    Suite::new("wasm-node", Needs::Page, Lane::Tests, browser::node),
    Suite::new("wasm-chromium", Needs::Tests, Lane::Tests, browser::chromium),
    Suite::new("wasm-firefox", Needs::Tests, Lane::Tests, browser::firefox),
    Suite::new("wasm-webkit", Needs::Tests, Lane::Tests, browser::webkit),
    Suite::new("e2e", Needs::Tests, Lane::Product, node::end_to_end),
    Suite::new("npm", Needs::Tests, Lane::Product, node::npm_package),
    Suite::new("trunk", Needs::Page, Lane::Product, node::trunk).without_names().heavy(&TRUNK_INPUTS),
];

/// Several suites under one name.
pub(super) const GROUPS: [(&str, &[&str]); 1] =
    [("wasm", &["wasm-node", "wasm-chromium", "wasm-firefox", "wasm-webkit"])];

/// What decides whether trunk builds the page that we build: not what the page does, but how it is put together.
const TRUNK_INPUTS: [&str; 9] = [
    "index.html",
    "Trunk.toml",
    "Cargo.toml",
    ".cargo/config.toml",
    "web/Cargo.toml",
    "web/build.rs",
    "crates/xtask/src/page",
    "crates/xtask/src/page.rs",
    "crates/xtask/src/install.rs",
];

impl Suite {
    const fn new(
        name: &'static str,
        needs: Needs,
        lane: Lane,
        run: fn(&Workspace, Option<&str>) -> Result<Count>,
    ) -> Suite {
        Suite { name, needs, lane, has_names: true, heavy: None, run }
    }

    const fn without_names(self) -> Suite {
        Suite { has_names: false, ..self }
    }

    const fn heavy(self, inputs: &'static [&'static str]) -> Suite {
        Suite { heavy: Some(inputs), ..self }
    }
}

/// The names of suites and groups.
pub(crate) fn names() -> Vec<&'static str> {
    SUITES.iter().map(|suite| suite.name).collect()
}

/// The names of groups of suites.
pub(crate) fn group_names() -> Vec<&'static str> {
    GROUPS.iter().map(|(name, _)| *name).collect()
}
