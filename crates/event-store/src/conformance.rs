//! What every store does, as tests that each implementation runs.
//!
//! An implementation says how its histories are opened ([`Holders`]) and hands [`conformance_tests!`](crate::conformance_tests)
//! a macro that makes a `#[test]` of each name, or runs all of them as here. So a check that is added here reaches every
//! store.
//!
//! ```
//! use event_store::{Memory, conformance};
//!
//! #[derive(Default)]
//! struct Shared(Memory);
//!
//! impl conformance::Holders for Shared {
//!     type Store = Memory;
//!
//!     async fn open(&self) -> Memory {
//!         self.0.another()
//!     }
//! }
//!
//! macro_rules! run {
//!     ($($check:ident),*) => { $(
//!         futures_lite::future::block_on(conformance::$check(&Shared::default()));
//!     )* };
//! }
//! event_store::conformance_tests!(run);
//! ```
//!
//! The checks know time only by what happens: where a change has to be heard of, they wait until it is.
#![allow(clippy::unwrap_used, clippy::missing_panics_doc, reason = "that is how a test fails")]

use crate::{AppendError, EventStore, MAX_LINE_BYTES, StoreError, Subscription, lines};
use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};

/// Histories that several holders share, with nothing in them when a check begins.
pub trait Holders {
    /// The store.
    type Store: EventStore;

    /// Opens a handle of its own on them, as another tab or process would.
    fn open(&self) -> impl Future<Output = Self::Store>;
}

/// Calls a macro with the names of all checks, separated by commas. Each is a function of this name in
/// [`conformance`](crate::conformance) that takes the [`Holders`].
#[macro_export]
macro_rules! conformance_tests {
    ($each:ident) => {
        $each! {
            a_history_is_read_as_it_was_appended,
            other_accounts_are_untouched,
            an_append_that_expects_another_length_is_overtaken,
            of_two_appends_at_once_one_is_overtaken,
            an_append_that_is_cut_off_is_whole_or_nothing,
            another_history_replaces_all_of_the_first,
            a_line_that_is_too_long_is_refused_and_nothing_is_written,
            a_history_is_there_when_it_is_opened_again,
            an_exported_history_is_imported_as_it_was,
            every_other_holder_hears_of_a_change_once,
            a_subscription_that_is_dropped_hears_nothing
        }
    };
}

/// Appends in several steps, and reads all of it, byte for byte and in order.
pub async fn a_history_is_read_as_it_was_appended(holders: &impl Holders) {
    let store = holders.open().await;
    assert_eq!(store.lines("a").await, Ok(texts(&[])), "an account without a history");
    let all = texts(&["{\"a\":\"\\n\"}", "", "ä 🂡 \u{2028}", " { } ", "\"'`;--", "{\"a\":\"\\n\"}"]);
    let (first, rest) = all.split_at(2);
    store.append("a", 0, first).await.unwrap();
    store.append("a", 2, &[]).await.unwrap();
    store.append("a", 2, rest).await.unwrap();
    assert_eq!(store.lines("a").await, Ok(all));
    // More than ten: an order by text would put the eleventh behind the second.
    let more: Vec<String> = (0_u32..300).map(|number| number.to_string()).collect();
    store.append("a", 6, &more).await.unwrap();
    assert_eq!(store.lines("a").await.unwrap().get(6..), Some(more.as_slice()));
}

/// Writes to one account and looks at others with names that resemble it.
pub async fn other_accounts_are_untouched(holders: &impl Holders) {
    let store = holders.open().await;
    store.append("b", 0, &texts(&["of b"])).await.unwrap();
    store.append("a", 0, &texts(&["1", "2"])).await.unwrap();
    store.replace("a", &texts(&["3"])).await.unwrap();
    store.replace("a", &[]).await.unwrap();
    assert_eq!(store.lines("b").await, Ok(texts(&["of b"])));
    store.append("a", 0, &texts(&["1"])).await.unwrap();
    for other in ["", "A", "a ", " a", "aa", "a/b", "a,0", "%", "_"] {
        assert_eq!(store.lines(other).await, Ok(texts(&[])), "{other:?}");
    }
    store.append("", 0, &texts(&["of the empty name"])).await.unwrap();
    assert_eq!(store.lines("a").await, Ok(texts(&["1"])));
}

/// Expects too few, too many, and far too many.
pub async fn an_append_that_expects_another_length_is_overtaken(holders: &impl Holders) {
    let (one, other) = (holders.open().await, holders.open().await);
    one.append("a", 0, &texts(&["1", "2"])).await.unwrap();
    for expected in [0, 1, 3, 1 << 33, u64::MAX] {
        assert_eq!(other.append("a", expected, &texts(&["3"])).await, Err(AppendError::Overtaken), "{expected}");
        assert_eq!(other.append("a", expected, &[]).await, Err(AppendError::Overtaken), "{expected}, of nothing");
    }
    assert_eq!(one.append("of nobody", 1, &[]).await, Err(AppendError::Overtaken));
    assert_eq!(one.lines("a").await, Ok(texts(&["1", "2"])), "nothing of what was overtaken is there");
    other.append("a", 2, &texts(&["3"])).await.unwrap();
    assert_eq!(one.lines("a").await, Ok(texts(&["1", "2", "3"])));
}

/// Two holders append at the same length, both under way at the same time.
pub async fn of_two_appends_at_once_one_is_overtaken(holders: &impl Holders) {
    let (one, other) = (holders.open().await, holders.open().await);
    let (of_one, of_other) = (texts(&["one", "one"]), texts(&["other"]));
    let outcomes = both(one.append("a", 0, &of_one), other.append("a", 0, &of_other)).await;
    let expected = match outcomes {
        (Ok(()), Err(AppendError::Overtaken)) => of_one,
        (Err(AppendError::Overtaken), Ok(())) => of_other,
        outcomes => {
            assert_eq!(outcomes, (Ok(()), Err(AppendError::Overtaken)), "exactly one is taken");
            return;
        }
    };
    assert_eq!(one.lines("a").await, Ok(expected.clone()));
    assert_eq!(other.lines("a").await, Ok(expected), "all of it, for both");
}

/// Drops an append after its first step, as a server does when its client goes.
pub async fn an_append_that_is_cut_off_is_whole_or_nothing(holders: &impl Holders) {
    let store = holders.open().await;
    let three = texts(&["1", "2", "3"]);
    {
        let append = pin!(store.append("a", 0, &three));
        let _ = append.poll(&mut Context::from_waker(Waker::noop()));
    }
    let there = store.lines("a").await.unwrap();
    assert!(there.is_empty() || there == three, "{there:?}");
    let length = u64::try_from(there.len()).unwrap();
    assert_eq!(store.append("a", length, &texts(&["4"])).await, Ok(()), "what was read is what is expected");
    let after: Vec<String> = there.into_iter().chain(texts(&["4"])).collect();
    assert_eq!(store.lines("a").await, Ok(after), "what was cut off does not come later");
}

/// Replaces by a longer, a shorter and an empty history; what comes next follows the new one.
pub async fn another_history_replaces_all_of_the_first(holders: &impl Holders) {
    let (one, other) = (holders.open().await, holders.open().await);
    for history in [texts(&["1"]), texts(&["2", "3", "4"]), texts(&["5"]), texts(&[]), texts(&["6", "7"])] {
        one.replace("a", &history).await.unwrap();
        assert_eq!(other.lines("a").await, Ok(history));
    }
    assert_eq!(other.append("a", 3, &texts(&["8"])).await, Err(AppendError::Overtaken));
    other.append("a", 2, &texts(&["8"])).await.unwrap();
    assert_eq!(one.lines("a").await, Ok(texts(&["6", "7", "8"])));
}

/// Takes the longest line, and none that could not be read again.
pub async fn a_line_that_is_too_long_is_refused_and_nothing_is_written(holders: &impl Holders) {
    let store = holders.open().await;
    let longest = "x".repeat(MAX_LINE_BYTES);
    store.append("a", 0, std::slice::from_ref(&longest)).await.unwrap();
    // 'é' has two bytes: the limit is one of bytes.
    for too_long in ["x".repeat(MAX_LINE_BYTES.saturating_add(1)), "é".repeat(MAX_LINE_BYTES)] {
        let lines = [String::new(), too_long];
        let refused = StoreError::TooLong { index: 1 };
        assert_eq!(store.append("a", 1, &lines).await, Err(AppendError::Store(refused.clone())));
        assert_eq!(store.replace("a", &lines).await, Err(refused));
    }
    assert_eq!(store.lines("a").await, Ok(vec![longest]));
}

/// Drops a handle and opens another one.
pub async fn a_history_is_there_when_it_is_opened_again(holders: &impl Holders) {
    let store = holders.open().await;
    store.append("a", 0, &texts(&["1", "2"])).await.unwrap();
    drop(store);
    let store = holders.open().await;
    assert_eq!(store.lines("a").await, Ok(texts(&["1", "2"])));
    store.append("a", 2, &texts(&["3"])).await.unwrap();
    drop(store);
    assert_eq!(holders.open().await.lines("a").await, Ok(texts(&["1", "2", "3"])));
}

/// Takes a history out as a file and into another account.
pub async fn an_exported_history_is_imported_as_it_was(holders: &impl Holders) {
    let store = holders.open().await;
    for file in [include_str!("../../../tests/histories/v1.jsonl"), include_str!("../../../tests/histories/v2.jsonl")] {
        let events = lines::import(file).unwrap();
        let written: Vec<String> = file.lines().map(ToOwned::to_owned).collect();
        store.replace("a", &written).await.unwrap();
        let stored = store.lines("a").await.unwrap();
        assert_eq!(lines::export(&stored), file, "byte for byte, whatever the form of its events");
        assert_eq!(lines::read(&stored).as_ref(), Ok(&events));
    }
}

/// Counts what several holders hear of appends, replacements, other accounts, and what did not happen.
pub async fn every_other_holder_hears_of_a_change_once(holders: &impl Holders) {
    let (one, other) = (holders.open().await, holders.open().await);
    let (heard, also_heard, own) = (Heard::of(&other, "a"), Heard::of(&other, "a"), Heard::of(&one, "a"));
    one.append("a", 0, &texts(&["1"])).await.unwrap();
    one.append("a", 1, &[]).await.unwrap();
    assert_eq!(one.append("a", 0, &texts(&["2"])).await, Err(AppendError::Overtaken));
    one.append("b", 0, &texts(&["1"])).await.unwrap();
    one.replace("b", &[]).await.unwrap();
    one.replace("a", &texts(&["3"])).await.unwrap();
    heard.times(2).await;
    // One more from the same holder: what should not have been heard of would be among three by now.
    one.append("a", 1, &texts(&["4"])).await.unwrap();
    heard.times(3).await;
    also_heard.times(3).await;
    assert_eq!((heard.count(), also_heard.count()), (3, 3), "once each, of this account alone");
    other.append("a", 2, &texts(&["5"])).await.unwrap();
    own.times(1).await;
    assert_eq!(own.count(), 1, "of the other holder, and not of itself");
}

/// Drops a subscription while others go on.
pub async fn a_subscription_that_is_dropped_hears_nothing(holders: &impl Holders) {
    let (one, other) = (holders.open().await, holders.open().await);
    let (dropped, kept) = (Heard::of(&other, "a"), Heard::of(&other, "a"));
    one.append("a", 0, &texts(&["1"])).await.unwrap();
    dropped.times(1).await;
    let count = dropped.end();
    one.append("a", 1, &texts(&["2"])).await.unwrap();
    kept.times(2).await;
    assert_eq!(count.load(Ordering::SeqCst), 1);
}

fn texts(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

/// Counts what is heard of an account.
struct Heard {
    count: Arc<AtomicUsize>,
    waker: Arc<Mutex<Option<Waker>>>,
    subscription: Subscription,
}

impl Heard {
    fn of(store: &impl EventStore, account: &str) -> Heard {
        let (count, waker) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(None::<Waker>)));
        let subscription = store.subscribe(account, {
            let (count, waker) = (Arc::clone(&count), Arc::clone(&waker));
            Arc::new(move || {
                count.fetch_add(1, Ordering::SeqCst);
                if let Some(waker) = waker.lock().unwrap().take() {
                    waker.wake();
                }
            })
        });
        Heard { count, waker, subscription }
    }

    fn count(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// Waits until something was heard so many times.
    async fn times(&self, times: usize) {
        poll_fn(|context| {
            *self.waker.lock().unwrap() = Some(context.waker().clone());
            if self.count() >= times { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Ends the subscription; the count goes on if anything is heard all the same.
    fn end(self) -> Arc<AtomicUsize> {
        drop(self.subscription);
        self.count
    }
}

/// Waits for two futures that are under way at the same time.
async fn both<T>(one: impl Future<Output = T>, other: impl Future<Output = T>) -> (T, T) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    let (mut first, mut second) = (None, None);
    let ended = poll_fn(|context| {
        if first.is_none() {
            first = ready(one.as_mut().poll(context));
        }
        if second.is_none() {
            second = ready(other.as_mut().poll(context));
        }
        if first.is_some() && second.is_some() { Poll::Ready(()) } else { Poll::Pending }
    });
    ended.await;
    (first.unwrap(), second.unwrap())
}

fn ready<T>(poll: Poll<T>) -> Option<T> {
    match poll {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

#[cfg(test)]
mod tests {
    macro_rules! names {
        ($($check:ident),*) => { &[$(stringify!($check)),*] };
    }

    #[test]
    fn every_check_is_in_the_list_that_stores_run() {
        let listed: &[&str] = crate::conformance_tests!(names);
        let source = include_str!("conformance.rs").lines();
        let checks: Vec<&str> =
            source.filter_map(|line| line.strip_prefix("pub async fn ")?.split('(').next()).collect();
        assert_eq!(listed, checks);
    }
}
