//! The store that lasts as long as its handles.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, reason = "that is how a test fails")]

use event_store::{AppendError, EventStore, Memory, conformance};
use futures_lite::future::{block_on, poll_once};
use std::sync::Arc;
use std::thread;

#[derive(Default)]
struct Shared(Memory);

impl conformance::Holders for Shared {
    type Store = Memory;

    async fn open(&self) -> Memory {
        self.0.another()
    }
}

macro_rules! conforms {
    ($($check:ident),*) => { $(
        #[test]
        fn $check() {
            // Memory never lets anybody wait, so a check that waits has failed.
            let ended = block_on(poll_once(conformance::$check(&Shared::default())));
            assert!(ended.is_some(), "it waits for what does not come");
        }
    )* };
}
event_store::conformance_tests!(conforms);

#[test]
fn threads_that_append_at_once_lose_and_double_nothing() {
    let memory = Arc::new(Memory::default());
    let append_100 = |name: usize| {
        let store = memory.another();
        move || {
            for number in 0..100 {
                let line = [format!("{name}-{number}")];
                loop {
                    let length = block_on(store.lines("a")).unwrap().len();
                    match block_on(store.append("a", u64::try_from(length).unwrap(), &line)) {
                        Ok(()) => break,
                        Err(error) => assert_eq!(error, AppendError::Overtaken),
                    }
                }
            }
        }
    };
    let threads: Vec<_> = (0..4).map(|name| thread::spawn(append_100(name))).collect();
    for thread in threads {
        thread.join().unwrap();
    }
    let mut lines = block_on(memory.lines("a")).unwrap();
    for name in 0..4 {
        let own: Vec<&String> = lines.iter().filter(|line| line.starts_with(&format!("{name}-"))).collect();
        let expected: Vec<String> = (0..100).map(|number| format!("{name}-{number}")).collect();
        assert_eq!(own, expected.iter().collect::<Vec<_>>(), "each in its order");
    }
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), 400);
}
