//! Who is told when the account changes.

use crate::error::LoadError;
use crate::job::locked;
use event_store::{MaybeSend, MaybeSync, Subscription};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

/// What a session tells its subscribers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// This session has appended events, and they are stored.
    Appended {
        /// The place of the first of them in the history, from 0.
        from: usize,
    },
    /// The history is another one than before, because somebody else has changed it or it was replaced, or other policies
    /// are selected.
    Reloaded,
    /// Somebody else has changed the history, and it cannot be loaded. The session still shows the one before.
    NotLoaded(LoadError),
}

trait Subscriber: Fn(&Change) + MaybeSend + MaybeSync {}
impl<F: Fn(&Change) + MaybeSend + MaybeSync> Subscriber for F {}

#[derive(Clone, Default)]
pub(crate) struct Subscribers(Arc<Mutex<Listed>>);

#[derive(Default)]
struct Listed {
    last_number: u64,
    all: BTreeMap<u64, Arc<dyn Subscriber>>,
}

impl Subscribers {
    pub(crate) fn add(&self, changed: impl Fn(&Change) + MaybeSend + MaybeSync + 'static) -> Subscription {
        let mut listed = locked(&self.0);
        let number = listed.last_number.saturating_add(1);
        listed.last_number = number;
        listed.all.insert(number, Arc::new(changed));
        let listed = Arc::downgrade(&self.0);
        Subscription::until(move || {
            if let Some(listed) = listed.upgrade() {
                locked(&listed).all.remove(&number);
            }
        })
    }

    /// Subscribers may subscribe and end subscriptions, so nothing is locked while they are called.
    pub(crate) fn tell(&self, change: &Change) {
        let all: Vec<Arc<dyn Subscriber>> = locked(&self.0).all.values().cloned().collect();
        for changed in all {
            changed(change);
        }
    }
}
