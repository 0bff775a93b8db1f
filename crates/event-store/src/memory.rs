//! A store that lasts as long as the page: where the browser keeps nothing, which has to be said to the person.

use crate::line;
use crate::{AppendError, EventStore, StoreError, Subscription};
use billing::ledger::Event;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

/// A handle on histories that are gone with the page.
#[derive(Default)]
pub struct Memory {
    number: u64,
    shared: Rc<RefCell<Shared>>,
}

#[derive(Default)]
struct Shared {
    histories: BTreeMap<String, Vec<String>>,
    listeners: BTreeMap<u64, Listener>,
    /// Numbers are given to handles and listeners from 1; the first handle is 0.
    last_number: u64,
}

struct Listener {
    handle: u64,
    account: String,
    changed: Rc<dyn Fn()>,
}

impl Shared {
    fn next_number(&mut self) -> u64 {
        self.last_number = self.last_number.saturating_add(1);
        self.last_number
    }
}

impl Memory {
    /// Another handle on the same histories, as another tab has one.
    #[must_use]
    pub fn another(&self) -> Memory {
        Memory { number: self.shared.borrow_mut().next_number(), shared: Rc::clone(&self.shared) }
    }

    /// Tells every other handle. The listeners may use the store, so it is not borrowed while they are called.
    fn tell(&self, account: &str) {
        let is_told = |listener: &&Listener| listener.handle != self.number && listener.account == account;
        let told: Vec<Rc<dyn Fn()>> =
            self.shared.borrow().listeners.values().filter(is_told).map(|it| Rc::clone(&it.changed)).collect();
        for changed in told {
            changed();
        }
    }
}

impl EventStore for Memory {
    async fn lines(&self, account: &str) -> Result<Vec<String>, StoreError> {
        Ok(self.shared.borrow().histories.get(account).cloned().unwrap_or_default())
    }

    async fn append(&self, account: &str, expected: u64, events: &[Event]) -> Result<(), AppendError> {
        let lines = line::write_all(events)?;
        {
            let mut shared = self.shared.borrow_mut();
            let history = shared.histories.entry(account.to_owned()).or_default();
            if u64::try_from(history.len()) != Ok(expected) {
                return Err(AppendError::Overtaken);
            }
            history.extend(lines);
        }
        self.tell(account);
        Ok(())
    }

    async fn replace(&self, account: &str, events: &[Event]) -> Result<(), StoreError> {
        let lines = line::write_all(events)?;
        self.shared.borrow_mut().histories.insert(account.to_owned(), lines);
        self.tell(account);
        Ok(())
    }

    fn subscribe(&self, account: &str, changed: Box<dyn Fn()>) -> Subscription {
        let listener = Listener { handle: self.number, account: account.to_owned(), changed: changed.into() };
        let mut shared = self.shared.borrow_mut();
        let number = shared.next_number();
        shared.listeners.insert(number, listener);
        let shared = Rc::downgrade(&self.shared);
        Subscription::until(move || {
            if let Some(shared) = shared.upgrade() {
                shared.borrow_mut().listeners.remove(&number);
            }
        })
    }
}
