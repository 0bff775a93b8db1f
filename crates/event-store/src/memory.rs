//! A store that lasts as long as its handles: for tests, and for a page whose browser keeps nothing, which it has to say.

use crate::{AppendError, EventStore, Listener, StoreError, Subscription, line};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A handle on histories that are gone with the last handle.
#[derive(Default)]
pub struct Memory {
    number: u64,
    shared: Arc<Mutex<Shared>>,
}

#[derive(Default)]
struct Shared {
    histories: BTreeMap<String, Vec<String>>,
    listeners: BTreeMap<u64, Heard>,
    /// Handles and listeners are numbered from 1; the first handle is 0.
    last_number: u64,
}

struct Heard {
    handle: u64,
    account: String,
    changed: Arc<dyn Listener>,
}

impl Shared {
    fn next_number(&mut self) -> u64 {
        self.last_number = self.last_number.saturating_add(1);
        self.last_number
    }
}

/// Nothing here leaves the histories half changed, so a thread that failed elsewhere spoils nothing.
fn locked(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Memory {
    /// Another handle on the same histories, as another tab or process has one.
    #[must_use]
    pub fn another(&self) -> Memory {
        Memory { number: locked(&self.shared).next_number(), shared: Arc::clone(&self.shared) }
    }

    /// Tells every other handle. The listeners may use the store, so it is not locked while they are called.
    fn tell(&self, account: &str) {
        let is_told = |heard: &&Heard| heard.handle != self.number && heard.account == account;
        let told: Vec<Arc<dyn Listener>> =
            locked(&self.shared).listeners.values().filter(is_told).map(|heard| Arc::clone(&heard.changed)).collect();
        for changed in told {
            changed();
        }
    }
}

impl EventStore for Memory {
    async fn lines(&self, account: &str) -> Result<Vec<String>, StoreError> {
        Ok(locked(&self.shared).histories.get(account).cloned().unwrap_or_default())
    }

    async fn append(&self, account: &str, expected: u64, lines: &[String]) -> Result<(), AppendError> {
        line::check_lengths(lines)?;
        {
            let mut shared = locked(&self.shared);
            let length = shared.histories.get(account).map_or(0, Vec::len);
            if u64::try_from(length) != Ok(expected) {
                return Err(AppendError::Overtaken);
            }
            if lines.is_empty() {
                return Ok(());
            }
            shared.histories.entry(account.to_owned()).or_default().extend_from_slice(lines);
        }
        self.tell(account);
        Ok(())
    }

    async fn replace(&self, account: &str, lines: &[String]) -> Result<(), StoreError> {
        line::check_lengths(lines)?;
        locked(&self.shared).histories.insert(account.to_owned(), lines.to_vec());
        self.tell(account);
        Ok(())
    }

    fn subscribe(&self, account: &str, changed: Arc<dyn Listener>) -> Subscription {
        let mut shared = locked(&self.shared);
        let number = shared.next_number();
        shared.listeners.insert(number, Heard { handle: self.number, account: account.to_owned(), changed });
        let shared = Arc::downgrade(&self.shared);
        Subscription::until(move || {
            if let Some(shared) = shared.upgrade() {
                locked(&shared).listeners.remove(&number);
            }
        })
    }
}
