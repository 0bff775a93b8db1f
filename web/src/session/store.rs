//! Where histories are kept: one for each example account, in the browser's own database, or nowhere but on this page where
//! the browser keeps nothing.

use billing::ledger::Event;
use event_store::{AppendError, EventStore, Listener, Memory, StoreError, Subscription, lines};
#[cfg(target_arch = "wasm32")]
use event_store_indexeddb::IndexedDb;
use std::cell::RefCell;
use std::sync::Arc;

/// The session of an account, over the store of this page.
pub(crate) type StoredSession = account_session::AccountSession<Store>;

/// The browser's database, or what stands in for it while the page is open.
pub(crate) enum Store {
    #[cfg(target_arch = "wasm32")]
    Kept(IndexedDb),
    Passing(Memory),
}

thread_local! {
    // The session wants its store in an `Arc`, as a server does; here it never leaves its thread.
    #[allow(clippy::arc_with_non_send_sync, reason = "in a browser the store is one of JavaScript's")]
    static STORE: RefCell<Arc<Store>> = RefCell::new(Arc::new(Store::Passing(Memory::default())));
}

/// Does the same with whichever store there is.
macro_rules! with_store {
    ($this:expr, $store:ident => $answer:expr) => {
        match $this {
            #[cfg(target_arch = "wasm32")]
            Store::Kept($store) => $answer,
            Store::Passing($store) => $answer,
        }
    };
}

impl EventStore for Store {
    async fn lines(&self, account: &str) -> Result<Vec<String>, StoreError> {
        with_store!(self, store => store.lines(account).await)
    }

    async fn append(&self, account: &str, expected: u64, lines: &[String]) -> Result<(), AppendError> {
        with_store!(self, store => store.append(account, expected, lines).await)
    }

    async fn replace(&self, account: &str, lines: &[String]) -> Result<(), StoreError> {
        with_store!(self, store => store.replace(account, lines).await)
    }

    fn subscribe(&self, account: &str, changed: Arc<dyn Listener>) -> Subscription {
        with_store!(self, store => store.subscribe(account, changed))
    }
}

/// Opens the browser's database. Why nothing is kept, where it is not.
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(clippy::unused_async, reason = "outside a browser there is none to open")
)]
#[allow(clippy::arc_with_non_send_sync, reason = "the store never leaves its thread")]
pub(crate) async fn open() -> Option<StoreError> {
    #[cfg(target_arch = "wasm32")]
    match IndexedDb::open(IndexedDb::NAME).await {
        Ok(kept) => drop(STORE.replace(Arc::new(Store::Kept(kept)))),
        Err(error) => return Some(error),
    }
    None
}

/// The store that was opened last.
pub(crate) fn current() -> Arc<Store> {
    STORE.with_borrow(Arc::clone)
}

/// A history as a file of lines, whether or not the browser keeps it.
pub(crate) fn file(events: &[Event]) -> Result<String, StoreError> {
    Ok(lines::export(&lines::write(events)?))
}
