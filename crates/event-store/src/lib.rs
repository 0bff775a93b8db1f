//! Stores for the histories of accounts: append-only, one JSON line an event.
//!
//! [`EventStore`] is what every store does, [`Memory`] one that lasts as long as the process. Others are crates of their
//! own, because they know a browser or a database; each passes the suite in `conformance` (a feature for tests).
//!
//! A store knows no rule and reads no event. It keeps lines, reports when somebody else was faster, and tells the other
//! holders of a history. [`lines`] turns lines into events and back; what they make of an account is for `billing::ledger`.
#![forbid(unsafe_code)]

#[cfg(feature = "conformance")]
pub mod conformance;
mod error;
mod json;
mod line;
pub mod lines;
mod maybe_send;
mod memory;
mod subscription;

pub use error::{AppendError, MAX_LINE_BYTES, StoreError};
pub use line::ValidationError;
pub use maybe_send::{MaybeSend, MaybeSync};
pub use memory::Memory;
pub use subscription::{Listener, Subscription};

use std::sync::Arc;

/// Keeps the histories of accounts. A write happens as a whole or not at all.
///
/// Implementations write `async fn`; their futures are [`MaybeSend`]: `Send` on every target but wasm.
///
/// A future that is dropped before it resolves may have written, as a whole, or not. Later calls on the same handle see
/// which: they do not overtake a write that is still under way.
pub trait EventStore: MaybeSend + MaybeSync {
    /// The lines of a history as they are stored, also those that cannot be read; none of an account that has no history.
    ///
    /// # Errors
    /// Why the store does not answer.
    fn lines(&self, account: &str) -> impl Future<Output = Result<Vec<String>, StoreError>> + MaybeSend;

    /// Appends to a history that still has `expected` lines. Without lines to append this checks the length alone.
    ///
    /// # Errors
    /// [`AppendError::Overtaken`] where the history has another length by now, [`StoreError::TooLong`] where a line is longer
    /// than [`MAX_LINE_BYTES`], or why the store does not answer. Only after [`AppendError::Unknown`] may the lines be there.
    fn append(
        &self,
        account: &str,
        expected: u64,
        lines: &[String],
    ) -> impl Future<Output = Result<(), AppendError>> + MaybeSend;

    /// Puts another history in the place of the one that is stored: for an import, or a new start.
    ///
    /// # Errors
    /// [`StoreError::TooLong`], or why the store does not answer. The history is as before then.
    fn replace(&self, account: &str, lines: &[String]) -> impl Future<Output = Result<(), StoreError>> + MaybeSend;

    /// Calls `changed` after another holder has changed the history, until the subscription is dropped. A store that has no
    /// way to hear of it stays silent; [`AppendError::Overtaken`] still says that somebody was faster.
    fn subscribe(&self, account: &str, changed: Arc<dyn Listener>) -> Subscription;
}
