//! The vectors and bad input, as wasm in Node.js.
#![cfg(target_arch = "wasm32")]

mod shared;
