//! The billing settings page: it shows what the rules of `billing` decide, and decides nothing itself.
#![allow(clippy::must_use_candidate, clippy::needless_pass_by_value, reason = "components own their properties")]
#![allow(unreachable_pub, reason = "`#[component]` makes its properties public")]

mod acting;
mod amounts;
mod app;
mod browser;
mod chunks;
mod credits;
mod example;
mod frame;
mod help;
#[cfg(all(test, target_arch = "wasm32"))]
mod in_browser;
mod invoices;
mod life;
mod news;
mod overview;
mod parts;
mod payment;
mod place;
mod policies;
mod settings;
mod state;
mod store;
mod texts;
mod tiers;
mod times;
mod usage;

fn main() {
    browser::show_a_banner_after_a_crash();
    wasm_bindgen_futures::spawn_local(app::begin());
}
