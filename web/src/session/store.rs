//! Where histories are kept: one for each example account, in the browser's own database, or nowhere but on this page where
//! the browser keeps nothing.

use billing::ledger::{Event, StoredEvent};
use event_store::{AppendError, EventStore, Listener, Memory, StoreError, Subscription, lines};
#[cfg(target_arch = "wasm32")]
use event_store_indexeddb::IndexedDb;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

enum Store {
    #[cfg(target_arch = "wasm32")]
    Kept(IndexedDb),
    Passing(Memory),
}

thread_local! {
    static STORE: RefCell<Rc<Store>> = RefCell::new(Rc::new(Store::Passing(Memory::default())));
    static HEARD: RefCell<Option<Subscription>> = const { RefCell::new(None) };
}

/// Does the same with whichever store there is.
macro_rules! with_store {
    ($store:ident => $answer:expr) => {{
        let store = STORE.with_borrow(Rc::clone);
        match &*store {
            #[cfg(target_arch = "wasm32")]
            Store::Kept($store) => $answer,
            Store::Passing($store) => $answer,
        }
    }};
}

/// Opens the browser's database. Why nothing is kept, where it is not.
#[cfg_attr(
    not(target_arch = "wasm32"),
    allow(clippy::unused_async, reason = "outside a browser there is none to open")
)]
pub(crate) async fn open() -> Option<StoreError> {
    #[cfg(target_arch = "wasm32")]
    match IndexedDb::open(IndexedDb::NAME).await {
        Ok(kept) => drop(STORE.replace(Rc::new(Store::Kept(kept)))),
        Err(error) => return Some(error),
    }
    None
}

/// The history of an account; empty where nothing is kept.
pub(crate) async fn read(account: &str) -> Result<Vec<StoredEvent>, StoreError> {
    with_store!(store => lines::read(&store.lines(account).await?))
}

/// Adds events to a history of which `expected` are known.
pub(crate) async fn append(account: &str, expected: u64, events: &[Event]) -> Result<(), AppendError> {
    let lines = lines::write(events)?;
    with_store!(store => store.append(account, expected, &lines).await)
}

/// Puts a history in the place of the one that is kept.
pub(crate) async fn replace(account: &str, events: &[Event]) -> Result<(), StoreError> {
    let lines = lines::write(events)?;
    with_store!(store => store.replace(account, &lines).await)
}

/// Hears of what other tabs do to an account, in the place of the one before.
pub(crate) fn hear(account: &str, changed: impl Listener + 'static) {
    let heard = with_store!(store => store.subscribe(account, Arc::new(changed)));
    HEARD.replace(Some(heard));
}

/// A history as a file of lines, whether or not the browser keeps it.
pub(crate) fn file(events: &[Event]) -> Result<String, StoreError> {
    Ok(lines::export(&lines::write(events)?))
}
