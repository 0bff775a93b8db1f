//! What the clones of a session share, and the right to write.

use crate::job::{Pending, Queue, locked};
use crate::state::AccountState;
use crate::subscribers::Subscribers;
use async_lock::Semaphore;
use billing::policy::Policies;
use std::sync::{Arc, Mutex};

/// What the clones of a session share.
pub(crate) struct Shared<S> {
    pub(crate) store: Arc<S>,
    pub(crate) account: String,
    /// By these, lines of an earlier form are brought up to the present one.
    pub(crate) policies: Policies,
    pub(crate) state: Mutex<AccountState>,
    pub(crate) queue: Queue,
    pub(crate) subscribers: Subscribers,
    pub(crate) turn: async_lock::Mutex<Turn>,
    pub(crate) heard: Heard,
}

impl<S> Shared<S> {
    pub(crate) fn state(&self) -> AccountState {
        locked(&self.state).clone()
    }
}

/// What only one caller at a time may hold: the right to write.
#[derive(Default)]
pub(crate) struct Turn {
    pub(crate) in_doubt: Option<InDoubt>,
}

impl Turn {
    /// From now on the store may have another history than the session. Whoever has the next turn looks first.
    pub(crate) fn doubt(&mut self) {
        self.in_doubt = Some(InDoubt { place: 0, lines: Vec::new(), jobs: Vec::new() });
    }

    /// The session knows what the store has.
    pub(crate) fn be_sure(&mut self) {
        self.in_doubt = None;
    }

    pub(crate) fn is_in_doubt(&self) -> bool {
        self.in_doubt.is_some()
    }
}

/// A write of which nobody has heard how it ended: the caller has gone in the middle, or the connection has.
pub(crate) struct InDoubt {
    /// Where in the history the lines are, if they are there.
    pub(crate) place: usize,
    pub(crate) lines: Vec<String>,
    /// What was decided with these lines, and waits for the outcome.
    pub(crate) jobs: Vec<Arc<dyn Pending>>,
}

impl InDoubt {
    /// Whether the stored history has what was written, at its place. Equal lines there are these: two writers cannot both
    /// have been first, and the same events at the same instants are what these jobs wanted, whoever wrote them.
    pub(crate) fn is_in(&self, stored: &[String]) -> bool {
        let end = self.place.saturating_add(self.lines.len());
        !self.lines.is_empty() && stored.get(self.place..end) == Some(self.lines.as_slice())
    }
}

/// Has a permit while something was heard of other holders. It ends their waiting when the session is dropped.
pub(crate) struct Heard(pub(crate) Arc<Semaphore>);

impl Drop for Heard {
    fn drop(&mut self) {
        self.0.add_permits(1);
    }
}
