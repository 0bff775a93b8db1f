//! The store of the browser, in a browser.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::arc_with_non_send_sync, reason = "a session shares its store by `Arc`, and a page has one thread")]
#![allow(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "that is how a test fails")]

use account_session::AccountSession;
use async_lock::Semaphore;
use billing::ledger::{Command, Rejection, StoredEvent};
use billing::money::Money;
use billing::policy::{Policies, Policy};
use billing::time::Timestamp;
use event_store::lines::{import, read};
use event_store::{AppendError, EventStore, StoreError, conformance};
use event_store_indexeddb::IndexedDb;
use futures_lite::future::zip;
use js_sys::futures::spawn_local;
use js_sys::{Array, Function, Promise, Reflect};
use std::sync::Arc;
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

/// The databases of one name, which each check has to itself.
struct Tabs(&'static str);

impl conformance::Holders for Tabs {
    type Store = IndexedDb;

    async fn open(&self) -> IndexedDb {
        IndexedDb::open(self.0).await.unwrap()
    }
}

macro_rules! conforms {
    ($($check:ident),*) => { $(
        #[wasm_bindgen_test]
        async fn $check() {
            remove(stringify!($check)).await.unwrap();
            conformance::$check(&Tabs(stringify!($check))).await;
        }
    )* };
}
event_store::conformance_tests!(conforms);

fn lines() -> Vec<String> {
    V1.lines().map(ToOwned::to_owned).collect()
}

/// How many the store expects once these are in it.
fn count(lines: &[String]) -> u64 {
    u64::try_from(lines.len()).unwrap()
}

/// The events of an account.
async fn events(store: &IndexedDb, account: &str) -> Result<Vec<StoredEvent>, StoreError> {
    read(&store.lines(account).await?)
}

#[wasm_bindgen_test]
async fn a_write_that_fails_halfway_leaves_nothing() {
    let (store, lines) = (empty("halfway").await, lines());
    // A line that no history of this length has: the third of three adds meets it.
    put("halfway", "a", 2, &JsValue::from_str("{}")).await.unwrap();
    let three = lines.get(..3).unwrap();
    let appended = store.append("a", 1, three).await;
    assert!(matches!(appended, Err(AppendError::Store(_))), "{appended:?}");
    assert_eq!(store.lines("a").await.unwrap(), ["{}"]);
    store.replace("a", three).await.unwrap();
    assert_eq!(store.lines("a").await.unwrap(), three);
}

#[wasm_bindgen_test]
async fn without_a_channel_it_is_silent_and_works() {
    let global = js_sys::global();
    let name = JsValue::from_str("BroadcastChannel");
    let channel = Reflect::get(&global, &name).unwrap();
    Reflect::set(&global, &name, &JsValue::UNDEFINED).unwrap();
    let store = empty("silent").await;
    Reflect::set(&global, &name, channel.unchecked_ref::<Function>()).unwrap();
    let _subscription = store.subscribe("a", Arc::new(|| ()));
    store.append("a", 0, &lines()).await.unwrap();
    assert_eq!(store.lines("a").await, Ok(lines()));
}

#[wasm_bindgen_test]
async fn an_import_replaces_all_or_nothing() {
    let (store, lines) = (empty("import").await, lines());
    let imported = import(V1).unwrap();
    store.replace("a", &lines).await.unwrap();
    let broken = V1.replace("\"free_credits_granted\"", "\"free_credits_grantd\"");
    let error = import(&broken).unwrap_err();
    assert_eq!((error.line, error.flaw.code.as_ref()), (1, "history.unknown_value"));
    for (line, code) in [
        ("{", "history.malformed"),
        ("", "history.malformed"),
        ("1e999", "history.wrong_type"),
        (r#"{"v":1.5}"#, "history.out_of_range"),
        (r#"{"v":-1}"#, "history.out_of_range"),
        (r#"{"v":3}"#, "history.unknown_version"),
        (r#"{"v":18446744073709551616}"#, "history.unknown_version"),
        (r#"{"__proto__":{"v":1}}"#, "history.missing_field"),
        (r#"{"v":1,"at":"2025-12-01T09:30:00Z","kind":"contract_ended","__proto__":1}"#, "history.unknown_field"),
    ] {
        let error = import(&format!("{line}\n")).unwrap_err();
        assert_eq!((error.line, error.flaw.code.as_ref()), (1, code), "{line}");
    }
    assert_eq!(store.lines("a").await.unwrap().len(), lines.len());
    assert_eq!(events(&store, "a").await, Ok(imported));
}

#[wasm_bindgen_test]
async fn a_damaged_line_is_named_and_kept() {
    let (store, lines) = (empty("damaged").await, lines());
    store.append("a", 0, &lines).await.unwrap();
    for (value, code, kept) in [
        (JsValue::from_str("{\"v\":3}"), "history.unknown_version", "{\"v\":3}"),
        (JsValue::from_str("{\"v\""), "history.malformed", "{\"v\""),
        (JsValue::from(Array::new()), "history.malformed", ""),
    ] {
        put("damaged", "a", 7, &value).await.unwrap();
        assert_eq!(events(&store, "a").await, Err(StoreError::Damaged { index: 7, code: code.into() }));
        assert_eq!(store.lines("a").await.unwrap().get(7).unwrap(), kept);
    }
}

#[wasm_bindgen_test]
async fn the_database_may_be_deleted_under_it() {
    let (store, lines) = (empty("deleted").await, lines());
    store.append("a", 0, &lines).await.unwrap();
    // A handle that did not let go would block this.
    remove("deleted").await.unwrap();
    assert_eq!(store.append("a", count(&lines), &lines).await, Err(AppendError::Overtaken));
    assert_eq!(store.lines("a").await, Ok(Vec::new()));
    store.append("a", 0, &lines).await.unwrap();
    assert_eq!(store.lines("a").await, Ok(lines));
}

#[wasm_bindgen_test]
async fn a_later_form_of_the_database_is_left_alone() {
    let store = empty("later").await;
    raise("later").await.unwrap();
    assert_eq!(store.lines("a").await, Err(StoreError::Closed));
    assert_eq!(IndexedDb::open("later").await.err(), Some(StoreError::Closed));
}

/// What the test keeps of a rejection: nothing.
struct Refused;

impl<'a> From<&'a Rejection<'a>> for Refused {
    fn from(_: &'a Rejection<'a>) -> Refused {
        Refused
    }
}

#[wasm_bindgen_test]
async fn two_tabs_change_an_account_at_once_and_agree() {
    let (one, other) = (Arc::new(empty("session").await), Arc::new(IndexedDb::open("session").await.unwrap()));
    let policies = Policies::always(Policy::shipped("prepaid").unwrap());
    let load = |store| AccountSession::load(store, "a", policies.clone());
    let (one, other) = (load(one).await.unwrap(), load(other).await.unwrap());
    spawn_local(one.follow());
    let now = Timestamp::parse("2025-12-05T10:00:00Z").unwrap();
    let grant = |name: &str| Command::GrantFreeCredits { grant: name.into(), amount: Money::parse("5").unwrap() };
    // Both have loaded an empty history, so one of them is overtaken.
    let of_one = one.dispatch::<Refused>(now, grant("of one"));
    let of_other = other.dispatch::<Refused>(now, grant("of the other"));
    let (of_one, of_other) = zip(of_one, of_other).await;
    assert!(of_one.is_ok() && of_other.is_ok());
    // The first hears of what the second did last, without asking.
    let heard = Arc::new(Semaphore::new(0));
    let _subscription = one.subscribe({
        let heard = Arc::clone(&heard);
        move |_| heard.add_permits(1)
    });
    other.dispatch::<Refused>(now, grant("last")).await.ok().unwrap();
    while one.state().events().len() < 3 {
        heard.acquire().await.forget();
    }
    assert_eq!(one.state().events(), other.state().events());
    assert_eq!(one.state().account().balance(now), Money::parse("15"));
}
