//! Where a browser keeps the histories of accounts: append-only, one JSON line an event.
//!
//! A store knows no rule. It keeps lines, says when somebody else was faster, and tells the other tabs.
//! What a history means is for `billing::ledger::replay`.
#![forbid(unsafe_code)]

mod error;
#[cfg(target_arch = "wasm32")]
mod indexed_db;
mod json;
mod line;
pub mod lines;
mod memory;
mod subscription;

pub use error::{AppendError, StoreError};
#[cfg(target_arch = "wasm32")]
pub use indexed_db::IndexedDb;
pub use line::{MAX_LINE_BYTES, ValidationError};
pub use memory::Memory;
pub use subscription::Subscription;

use billing::ledger::Event;

/// Keeps the histories of accounts. A write happens as a whole or not at all.
#[allow(async_fn_in_trait, reason = "a page has one thread, so no future has to leave it")]
pub trait EventStore {
    /// The lines of a history as they are stored, for an export: also those that cannot be read.
    ///
    /// # Errors
    /// Why the store does not answer.
    async fn lines(&self, account: &str) -> Result<Vec<String>, StoreError>;

    /// Appends to a history that still has `expected` events.
    ///
    /// # Errors
    /// [`AppendError::Overtaken`] where it has another number by now, or why the store does not answer. Nothing is
    /// written then.
    async fn append(&self, account: &str, expected: u64, events: &[Event]) -> Result<(), AppendError>;

    /// Puts another history in the place of the one that is stored: for an import, or a new start.
    ///
    /// # Errors
    /// Why the store does not answer. The history is as before then.
    async fn replace(&self, account: &str, events: &[Event]) -> Result<(), StoreError>;

    /// Calls `changed` after another tab has changed the history, until the subscription is dropped. Where a browser has no
    /// way to tell, it stays silent; [`AppendError::Overtaken`] still says that somebody was faster.
    fn subscribe(&self, account: &str, changed: Box<dyn Fn()>) -> Subscription;

    /// Reads a history; one to which nothing has happened is empty.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] at the first line that cannot be read, or why the store does not answer.
    async fn read(&self, account: &str) -> Result<Vec<Event>, StoreError> {
        let lines = self.lines(account).await?;
        line::read_all(&mut lines.iter().map(String::as_str))
            .map_err(|(index, flaw)| StoreError::Damaged { index, code: flaw.code })
    }
}
