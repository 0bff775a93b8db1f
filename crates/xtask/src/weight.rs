//! What a first visit downloads, against the budget.

use crate::site::{Site, extension};

/// The most that a first visit may download, compressed.
///
/// What decides, and whatever a person may open or scroll to, comes later.
const BUDGET_BYTES: usize = 195_000;

/// The bytes of one kind of file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Bytes {
    raw: usize,
    brotli: usize,
}

/// Prints the bytes of a first visit by kind of file, and says whether their total is in the budget.
pub(crate) fn report(site: &Site) -> bool {
    println!("first load, bytes        raw    brotli");
    let mut total = Bytes::default();
    for kind in ["HTML", "JS", "wasm", "CSS", "other"] {
        let bytes = of_kind(site, kind);
        println!("  {kind:<12}{:>14}{:>10}", bytes.raw, bytes.brotli);
        total = total.plus(bytes);
    }
    println!("  {:<12}{:>14}{:>10}", "total", total.raw, total.brotli);
    let is_within_budget = total.brotli <= BUDGET_BYTES;
    let verdict = if is_within_budget { "within" } else { "OVER" };
    println!("  {verdict} the budget of {BUDGET_BYTES}");
    println!("later, bytes             raw    brotli");
    let mut later = Bytes::default();
    for (address, file) in site.later().filter(|(address, _)| kind_of(address) == "wasm") {
        let bytes = Bytes { raw: file.contents.len(), brotli: file.brotli.len() };
        println!("  {:<12}{:>14}{:>10}", name_of(address), bytes.raw, bytes.brotli);
        later = later.plus(bytes);
    }
    println!("  {:<12}{:>14}{:>10}", "total", later.raw, later.brotli);
    is_within_budget
}

fn of_kind(site: &Site, kind: &str) -> Bytes {
    site.first_load().filter(|(address, _)| kind_of(address) == kind).fold(Bytes::default(), |sum, (_, file)| {
        sum.plus(Bytes { raw: file.contents.len(), brotli: file.brotli.len() })
    })
}

/// A part's name, without the hash of its contents.
fn name_of(address: &str) -> &str {
    let name = address.trim_start_matches('/');
    name.rsplit_once('-').map_or(name, |(name, _)| name)
}

fn kind_of(address: &str) -> &'static str {
    match extension(address) {
        Some("html") => "HTML",
        Some("js") => "JS",
        Some("wasm") => "wasm",
        Some("css") => "CSS",
        _ => "other",
    }
}

impl Bytes {
    const fn plus(self, other: Self) -> Self {
        Self { raw: self.raw.saturating_add(other.raw), brotli: self.brotli.saturating_add(other.brotli) }
    }
}
