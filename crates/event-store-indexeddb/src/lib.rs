//! The histories of accounts in the browser's own database: they stay when the page is closed, and all tabs share them.
//!
//! A crate of its own because nothing but a page knows a browser. On other targets it is empty.
#![forbid(unsafe_code)]

#[cfg(target_arch = "wasm32")]
mod indexed_db;

#[cfg(target_arch = "wasm32")]
pub use indexed_db::IndexedDb;
