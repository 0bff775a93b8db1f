//! The store that lasts as long as the page.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "that is how a test fails")]

use billing::ledger::Event;
use event_store::lines::{export, import};
use event_store::{AppendError, EventStore, Memory};
use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

const V1: &str = include_str!("../../../tests/histories/v1.jsonl");

/// Memory never lets anybody wait.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// How many the store expects once these are in it.
fn count(events: &[Event]) -> u64 {
    u64::try_from(events.len()).unwrap()
}

#[test]
fn what_is_appended_is_read_and_exported() {
    let (store, events) = (Memory::default(), import(V1).unwrap());
    let (first, rest) = events.split_at(20);
    assert_eq!(now(store.read("a")), Ok(Vec::new()));
    now(store.append("a", 0, first)).unwrap();
    now(store.append("a", 20, rest)).unwrap();
    assert_eq!(now(store.read("a")).as_ref(), Ok(&events));
    assert_eq!(export(&now(store.lines("a")).unwrap()), V1);
    assert_eq!(now(store.read("b")), Ok(Vec::new()));
}

#[test]
fn of_two_that_expect_the_same_the_second_is_overtaken() {
    let (one, events) = (Memory::default(), import(V1).unwrap());
    let other = one.another();
    now(one.append("a", 0, &events)).unwrap();
    assert_eq!(now(other.append("a", 0, &events)), Err(AppendError::Overtaken));
    assert_eq!(now(other.append("a", count(&events) + 1, &events)), Err(AppendError::Overtaken));
    assert_eq!(now(other.read("a")).as_ref(), Ok(&events));
    now(other.replace("a", &[])).unwrap();
    assert_eq!(now(one.append("a", count(&events), &events)), Err(AppendError::Overtaken));
}

#[test]
fn the_other_handle_hears_until_it_has_enough() {
    let (one, events) = (Memory::default(), import(V1).unwrap());
    let (other, heard) = (one.another(), Rc::new(Cell::new(0)));
    let subscription = other.subscribe("a", {
        let heard = Rc::clone(&heard);
        Box::new(move || heard.set(heard.get() + 1))
    });
    now(one.append("a", 0, &events)).unwrap();
    now(one.append("b", 0, &events)).unwrap();
    now(one.replace("a", &events)).unwrap();
    now(other.append("a", count(&events), &events)).unwrap();
    assert_eq!(heard.get(), 2, "not of other accounts, not of itself");
    assert_eq!(now(one.append("a", count(&events), &events)), Err(AppendError::Overtaken));
    assert_eq!(heard.get(), 2, "not of what did not happen");
    drop(subscription);
    now(one.replace("a", &[])).unwrap();
    assert_eq!(heard.get(), 2);
}
