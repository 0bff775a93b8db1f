//! Components in a real browser, as a person meets them: what is typed, pressed, heard and kept.
#![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "that is how a test fails")]

mod add_credits;
mod harness;
mod pages;
mod payment_method;
mod ui;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
