//! The billing settings page: it shows what the rules of `billing` decide, and decides nothing itself.
#![allow(clippy::must_use_candidate, clippy::needless_pass_by_value, reason = "components own their properties")]
#![allow(unreachable_pub, reason = "`#[component]` makes its properties public")]

mod app;
#[cfg(all(test, target_arch = "wasm32"))]
mod component_tests;
mod features;
mod i18n;
mod pages;
mod sandbox;
mod session;
mod ui;

fn main() {
    app::browser::show_a_banner_after_a_crash();
    wasm_bindgen_futures::spawn_local(app::begin(app::split::CHUNKS));
}
