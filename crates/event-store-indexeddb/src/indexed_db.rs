//! The store, on the requests of IndexedDB itself: each operation is one transaction, and what it waits for is its end.

use event_store::lines::check_lengths;
use event_store::{AppendError, EventStore, Listener, StoreError, Subscription};
use js_sys::{Array, Function, Promise};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use web_sys::{
    BroadcastChannel, DomException, Event as DomEvent, IdbDatabase, IdbKeyRange, IdbObjectStore, IdbOpenDbRequest,
    IdbRequest, IdbTransaction, IdbTransactionMode, MessageEvent,
};

const VERSION: u32 = 1;
const EVENTS: &str = "events";
const CHANGES: &str = "message";

/// A handle on the histories of this browser.
pub struct IndexedDb {
    name: String,
    /// Empty after the connection was closed under this page; the next use opens another one.
    connection: Rc<RefCell<Option<IdbDatabase>>>,
    /// Where there is none, other tabs are neither told nor heard.
    channel: Option<BroadcastChannel>,
}

impl IndexedDb {
    /// The database of the page.
    pub const NAME: &'static str = "billing";

    /// Opens the database of this name.
    ///
    /// # Errors
    /// Why it cannot be opened; [`event_store::Memory`] then does, as long as the person is told.
    pub async fn open(name: &str) -> Result<IndexedDb, StoreError> {
        let (connection, channel) = (Rc::default(), BroadcastChannel::new(name).ok());
        let store = IndexedDb { name: name.to_owned(), connection, channel };
        store.connection().await?;
        Ok(store)
    }

    async fn connection(&self) -> Result<IdbDatabase, StoreError> {
        if let Some(open) = self.connection.borrow().clone() {
            return Ok(open);
        }
        let factory = web_sys::window().ok_or(StoreError::Unavailable)?.indexed_db().map_err(thrown)?;
        let opening = factory.ok_or(StoreError::Unavailable)?.open_with_u32(&self.name, VERSION).map_err(thrown)?;
        opening.set_onupgradeneeded(Some(&on(|event| {
            // Where this fails, the first transaction does.
            let _ = target::<IdbRequest>(&event)
                .and_then(|it| it.result().ok())
                .map(|database| database.unchecked_into::<IdbDatabase>().create_object_store(EVENTS));
        })));
        opened(&opening).await?;
        let database: IdbDatabase = opening.result().map_err(thrown)?.unchecked_into();
        self.let_go_when_asked(&database);
        self.connection.replace(Some(database.clone()));
        Ok(database)
    }

    /// Another tab may delete the database, or bring it up to a later form, once nobody holds it open.
    fn let_go_when_asked(&self, database: &IdbDatabase) {
        let held = Rc::clone(&self.connection);
        let let_go = on(move |event| {
            if let Some(database) = target::<IdbDatabase>(&event) {
                database.close();
            }
            held.take();
        });
        database.set_onversionchange(Some(&let_go));
        database.set_onclose(Some(&let_go));
    }

    async fn transaction(&self, mode: IdbTransactionMode) -> Result<(IdbTransaction, IdbObjectStore), StoreError> {
        let connection = self.connection().await?;
        let transaction = connection.transaction_with_str_and_mode(EVENTS, mode).map_err(thrown)?;
        let events = transaction.object_store(EVENTS).map_err(thrown)?;
        Ok((transaction, events))
    }

    /// Says to the other tabs which account has changed. Where that fails they find out when they append.
    fn tell(&self, account: &str) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&JsValue::from_str(account));
        }
    }
}

impl EventStore for IndexedDb {
    async fn lines(&self, account: &str) -> Result<Vec<String>, StoreError> {
        let (transaction, events) = self.transaction(IdbTransactionMode::Readonly).await?;
        let all = events.get_all_with_key(&range(account)?).map_err(thrown)?;
        done(&transaction).await?;
        let lines: Array = all.result().map_err(thrown)?.unchecked_into();
        // What is no text is no event either: it becomes a line that cannot be read.
        Ok(lines.iter().map(|line| line.as_string().unwrap_or_default()).collect())
    }

    async fn append(&self, account: &str, expected: u64, lines: &[String]) -> Result<(), AppendError> {
        check_lengths(lines)?;
        let expected = u32::try_from(expected).map_err(|_| AppendError::Overtaken)?;
        let (transaction, store) = self.transaction(IdbTransactionMode::Readwrite).await?;
        let counting = store.count_with_key(&range(account)?).map_err(thrown)?;
        let given_up = Rc::new(Cell::new(None));
        counting.set_onsuccess(Some(&on({
            let (account, lines) = (account.to_owned(), lines.to_vec());
            let (counting, given_up) = (counting.clone(), Rc::clone(&given_up));
            move |_| {
                let count = counting.result().ok().and_then(|count| count.as_f64());
                let is_next = count == Some(f64::from(expected));
                let added = if is_next {
                    add_all(&store, &account, expected, &lines).map_err(AppendError::Store)
                } else {
                    Err(AppendError::Overtaken)
                };
                if let Err(why) = added {
                    given_up.set(Some(why));
                    let _ = store.transaction().abort();
                }
            }
        })));
        if let Err(error) = done(&transaction).await {
            // A transaction that was given up here does not say why.
            return Err(given_up.take().unwrap_or(AppendError::Store(error)));
        }
        if !lines.is_empty() {
            self.tell(account);
        }
        Ok(())
    }

    async fn replace(&self, account: &str, lines: &[String]) -> Result<(), StoreError> {
        check_lengths(lines)?;
        let (transaction, store) = self.transaction(IdbTransactionMode::Readwrite).await?;
        store.delete(&range(account)?).map_err(thrown)?;
        if let Err(error) = add_all(&store, account, 0, lines) {
            let _ = transaction.abort();
            return Err(error);
        }
        done(&transaction).await?;
        self.tell(account);
        Ok(())
    }

    fn subscribe(&self, account: &str, changed: Arc<dyn Listener>) -> Subscription {
        let Some(channel) = self.channel.clone() else { return Subscription::SILENT };
        let account = account.to_owned();
        let heard = on(move |event| {
            if event.unchecked_ref::<MessageEvent>().data().as_string().as_ref() == Some(&account) {
                changed();
            }
        });
        let _ = channel.add_event_listener_with_callback(CHANGES, &heard);
        Subscription::until(move || {
            let _ = channel.remove_event_listener_with_callback(CHANGES, &heard);
        })
    }
}

/// A channel that nobody can reach any more would go on receiving.
impl Drop for IndexedDb {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
        if let Some(connection) = self.connection.take() {
            connection.close();
        }
    }
}

fn add_all(store: &IdbObjectStore, account: &str, first: u32, lines: &[String]) -> Result<(), StoreError> {
    for (index, line) in (first..=u32::MAX).zip(lines) {
        let key = Array::of2(&JsValue::from_str(account), &JsValue::from(index));
        store.add_with_key(&JsValue::from_str(line), &key).map_err(thrown)?;
    }
    Ok(())
}

/// The keys of an account: `[account, 0]` and on. In the order of keys, a list stands behind every number.
fn range(account: &str) -> Result<JsValue, StoreError> {
    let account = JsValue::from_str(account);
    IdbKeyRange::bound(&Array::of1(&account), &Array::of2(&account, &Array::new())).map(JsValue::from).map_err(thrown)
}

/// Waits until a database is open.
async fn opened(opening: &IdbOpenDbRequest) -> Result<(), StoreError> {
    let outcome = Promise::new(&mut |resolve, reject| {
        opening.set_onsuccess(Some(&resolve));
        opening.set_onerror(Some(&reject));
        opening.set_onblocked(Some(&reject));
    });
    outcome.await.map(drop).map_err(|event| failure(event.unchecked_ref()))
}

/// Waits until a transaction is written, or given up as a whole.
async fn done(transaction: &IdbTransaction) -> Result<(), StoreError> {
    let outcome = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    outcome.await.map(drop).map_err(|event| failure(event.unchecked_ref()))
}

/// What an event of failure says. A request and a transaction both have an `error`.
fn failure(event: &DomEvent) -> StoreError {
    if event.type_() == "blocked" {
        return StoreError::Blocked;
    }
    let error = match target::<IdbTransaction>(event) {
        Some(transaction) => transaction.error(),
        None => target::<IdbRequest>(event).and_then(|request| request.error().ok().flatten()),
    };
    error.map_or(StoreError::Unavailable, |error| of_name(&error.name()))
}

/// What an exception says.
fn thrown(exception: JsValue) -> StoreError {
    exception.dyn_into::<DomException>().map_or(StoreError::Unavailable, |error| of_name(&error.name()))
}

fn of_name(name: &str) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::Full,
        // A later version is stored, the connection is closed, or was closed in the middle.
        "VersionError" | "InvalidStateError" | "AbortError" => StoreError::Closed,
        _ => StoreError::Unavailable,
    }
}

fn target<T: JsCast>(event: &DomEvent) -> Option<T> {
    event.target()?.dyn_into().ok()
}

/// A handler that the browser keeps as long as it needs it.
fn on(handle: impl FnMut(DomEvent) + 'static) -> Function {
    Closure::<dyn FnMut(DomEvent)>::new(handle).into_js_value().unchecked_into()
}
