//! The store of the browser, in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "that is how a test fails")]

use billing::account::Event;
use event_store::lines::{export, import};
use event_store::{AppendError, EventStore, IndexedDb, StoreError, Subscription};
use js_sys::{Array, Function, Promise, Reflect};
use std::cell::Cell;
use std::future::poll_fn;
use std::rc::Rc;
use std::task::Poll;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::{JsCast, wasm_bindgen};
use wasm_bindgen_test::wasm_bindgen_test;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);

const V1: &str = include_str!("../../../tests/histories/v1.jsonl");

#[wasm_bindgen(inline_js = "
    const ended = (request) => new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
        request.onblocked = () => reject('blocked');
    });
    export const remove = (name) => ended(indexedDB.deleteDatabase(name));
    export const put = async (name, account, index, value) => {
        const database = await ended(indexedDB.open(name));
        await ended(database.transaction('events', 'readwrite').objectStore('events').put(value, [account, index]));
        database.close();
    };
    export const raise = async (name) => (await ended(indexedDB.open(name, 2))).close();
")]
extern "C" {
    fn remove(name: &str) -> Promise;
    fn put(name: &str, account: &str, index: u32, value: &JsValue) -> Promise;
    fn raise(name: &str) -> Promise;
}

/// A database without anything in it.
async fn empty(name: &str) -> IndexedDb {
    remove(name).await.unwrap();
    IndexedDb::open(name).await.unwrap()
}

fn events() -> Vec<Event> {
    import(V1).unwrap()
}

/// How many the store expects once these are in it.
fn count(events: &[Event]) -> u64 {
    u64::try_from(events.len()).unwrap()
}

/// Counts what is heard of an account.
fn listen(store: &IndexedDb, account: &str) -> (Rc<Cell<u32>>, Subscription) {
    let heard = Rc::new(Cell::new(0));
    let counting = Rc::clone(&heard);
    let subscription = store.subscribe(account, Box::new(move || counting.set(counting.get() + 1)));
    (heard, subscription)
}

/// Waits for two futures that are under way at the same time.
async fn both<T>(one: impl Future<Output = T>, other: impl Future<Output = T>) -> (T, T) {
    let (mut one, mut other) = (Box::pin(one), Box::pin(other));
    let (mut first, mut second) = (None, None);
    let ended = poll_fn(|context| {
        if first.is_none() {
            first = value(one.as_mut().poll(context));
        }
        if second.is_none() {
            second = value(other.as_mut().poll(context));
        }
        if first.is_some() && second.is_some() { Poll::Ready(()) } else { Poll::Pending }
    });
    ended.await;
    (first.unwrap(), second.unwrap())
}

fn value<T>(poll: Poll<T>) -> Option<T> {
    match poll {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// Waits until one handle has heard everything that another has said so far: what one says is heard in its order.
async fn all_heard(from: &IndexedDb, by: &IndexedDb) {
    let mut subscription = None;
    let heard = Promise::new(&mut |resolve, _| {
        let tell = move || drop(resolve.call0(&JsValue::UNDEFINED));
        subscription = Some(by.subscribe("the last of all", Box::new(tell)));
    });
    from.replace("the last of all", &[]).await.unwrap();
    heard.await.unwrap();
    drop(subscription);
}

#[wasm_bindgen_test]
async fn what_is_appended_is_read_and_exported() {
    let (store, events) = (empty("round").await, events());
    let (first, rest) = events.split_at(20);
    assert_eq!(store.read("a").await, Ok(Vec::new()));
    store.append("a", 0, first).await.unwrap();
    store.append("a", 20, rest).await.unwrap();
    store.append("a", count(&events), &[]).await.unwrap();
    assert_eq!(store.read("a").await.as_ref(), Ok(&events));
    assert_eq!(export(&store.lines("a").await.unwrap()), V1);
    for other in ["", "A", "a ", "aa", "b"] {
        assert_eq!(store.read(other).await, Ok(Vec::new()), "{other}");
    }
    drop(store);
    assert_eq!(IndexedDb::open("round").await.unwrap().read("a").await.as_ref(), Ok(&events), "it is still there");
}

#[wasm_bindgen_test]
async fn of_two_that_expect_the_same_the_second_is_overtaken() {
    let (one, events) = (empty("overtaken").await, events());
    let other = IndexedDb::open("overtaken").await.unwrap();
    // Both are under way at once: the database puts one behind the other.
    let outcomes = both(one.append("a", 0, &events), other.append("a", 0, &events)).await;
    assert_eq!(outcomes, (Ok(()), Err(AppendError::Overtaken)));
    assert_eq!(one.append("a", count(&events) + 1, &events).await, Err(AppendError::Overtaken));
    assert_eq!(one.append("a", u64::MAX, &events).await, Err(AppendError::Overtaken));
    assert_eq!(one.read("a").await.as_ref(), Ok(&events), "all of the first, nothing of the others");
}

#[wasm_bindgen_test]
async fn a_write_that_fails_halfway_leaves_nothing() {
    let (store, events) = (empty("halfway").await, events());
    // A line that no history of this length has: the third of three adds meets it.
    put("halfway", "a", 2, &JsValue::from_str("{}")).await.unwrap();
    let three = events.get(..3).unwrap();
    let appended = store.append("a", 1, three).await;
    assert!(matches!(appended, Err(AppendError::Store(_))), "{appended:?}");
    assert_eq!(store.lines("a").await.unwrap(), ["{}"]);
    store.replace("a", three).await.unwrap();
    assert_eq!(store.read("a").await.unwrap(), three);
}

#[wasm_bindgen_test]
async fn the_other_handle_hears_until_it_has_enough() {
    let (one, events) = (empty("heard").await, events());
    let other = IndexedDb::open("heard").await.unwrap();
    let ((heard, subscription), (echo, _own)) = (listen(&other, "a"), listen(&one, "a"));
    one.append("a", 0, &events).await.unwrap();
    one.append("b", 0, &events).await.unwrap();
    one.replace("a", &events).await.unwrap();
    assert_eq!(one.append("a", 0, &events).await, Err(AppendError::Overtaken));
    all_heard(&one, &other).await;
    assert_eq!((heard.get(), echo.get()), (2, 0));
    drop(subscription);
    one.replace("a", &[]).await.unwrap();
    all_heard(&one, &other).await;
    assert_eq!(heard.get(), 2);
}

#[wasm_bindgen_test]
async fn without_a_channel_it_is_silent_and_works() {
    let global = js_sys::global();
    let name = JsValue::from_str("BroadcastChannel");
    let channel = Reflect::get(&global, &name).unwrap();
    Reflect::set(&global, &name, &JsValue::UNDEFINED).unwrap();
    let store = empty("silent").await;
    Reflect::set(&global, &name, channel.unchecked_ref::<Function>()).unwrap();
    let (_, _subscription) = listen(&store, "a");
    store.append("a", 0, &events()).await.unwrap();
    assert_eq!(store.read("a").await, Ok(events()));
}

#[wasm_bindgen_test]
async fn an_import_replaces_all_or_nothing() {
    let (store, events) = (empty("import").await, events());
    store.replace("a", &import(V1).unwrap()).await.unwrap();
    let broken = V1.replace("\"free_credits_granted\"", "\"free_credits_grantd\"");
    let error = import(&broken).unwrap_err();
    assert_eq!((error.line, error.flaw.code.as_ref()), (1, "history.unknown_value"));
    for (line, code) in [
        ("{", "history.malformed"),
        ("", "history.malformed"),
        ("1e999", "history.wrong_type"),
        (r#"{"v":1.5}"#, "history.out_of_range"),
        (r#"{"v":-1}"#, "history.out_of_range"),
        (r#"{"v":2}"#, "history.unknown_version"),
        (r#"{"v":18446744073709551616}"#, "history.unknown_version"),
        (r#"{"__proto__":{"v":1}}"#, "history.missing_field"),
        (r#"{"v":1,"at":"2025-12-01T09:30:00Z","kind":"contract_ended","__proto__":1}"#, "history.unknown_field"),
    ] {
        let error = import(&format!("{line}\n")).unwrap_err();
        assert_eq!((error.line, error.flaw.code.as_ref()), (1, code), "{line}");
    }
    assert_eq!(store.read("a").await, Ok(events));
}

#[wasm_bindgen_test]
async fn a_damaged_line_is_named_and_kept() {
    let (store, events) = (empty("damaged").await, events());
    store.append("a", 0, &events).await.unwrap();
    for (value, code, kept) in [
        (JsValue::from_str("{\"v\":2}"), "history.unknown_version", "{\"v\":2}"),
        (JsValue::from_str("{\"v\""), "history.malformed", "{\"v\""),
        (JsValue::from(Array::new()), "history.malformed", ""),
    ] {
        put("damaged", "a", 7, &value).await.unwrap();
        assert_eq!(store.read("a").await, Err(StoreError::Damaged { index: 7, code: code.into() }));
        assert_eq!(store.lines("a").await.unwrap().get(7).unwrap(), kept);
    }
}

#[wasm_bindgen_test]
async fn the_database_may_be_deleted_under_it() {
    let (store, events) = (empty("deleted").await, events());
    store.append("a", 0, &events).await.unwrap();
    // A handle that did not let go would block this.
    remove("deleted").await.unwrap();
    assert_eq!(store.append("a", count(&events), &events).await, Err(AppendError::Overtaken));
    assert_eq!(store.read("a").await, Ok(Vec::new()));
    store.append("a", 0, &events).await.unwrap();
    assert_eq!(store.read("a").await, Ok(events));
}

#[wasm_bindgen_test]
async fn a_later_form_of_the_database_is_left_alone() {
    let store = empty("later").await;
    raise("later").await.unwrap();
    assert_eq!(store.read("a").await, Err(StoreError::Closed));
    assert_eq!(IndexedDb::open("later").await.err(), Some(StoreError::Closed));
}
