//! A store that fails on demand.

use event_store::{AppendError, EventStore, Listener, Memory, StoreError, Subscription};
use std::collections::VecDeque;
use std::future::pending;
use std::sync::{Arc, Mutex};

/// What happens to an append, in the place of what should.
#[derive(Clone, Debug)]
pub(crate) enum Append {
    /// Nothing goes wrong.
    Works,
    /// It is not written.
    Fails(StoreError),
    /// Somebody else writes these lines before it.
    IsOvertakenBy(Vec<String>),
    /// The connection is lost, after the lines were written or before.
    IsLost { written: bool },
    /// The answer never comes, after the lines were written or before.
    Hangs { written: bool },
    /// It says so, whatever is there.
    ClaimsToBeOvertaken,
}

/// Works as [`Memory`] does, but for what a test puts in its way.
#[derive(Default)]
pub(crate) struct Faulty {
    memory: Memory,
    /// What becomes of the next appends, one after the other; those after that work.
    appends: Mutex<VecDeque<Append>>,
    /// What becomes of the next reads; those after that work.
    reads: Mutex<VecDeque<Option<StoreError>>>,
    replacements: Mutex<VecDeque<StoreError>>,
    /// How many lines each append had that worked.
    log: Mutex<Vec<usize>>,
}

impl Faulty {
    pub(crate) fn new() -> Arc<Faulty> {
        Arc::default()
    }

    /// Another holder's handle, to which nothing happens.
    pub(crate) fn another(&self) -> Memory {
        self.memory.another()
    }

    pub(crate) fn next_appends(&self, appends: impl IntoIterator<Item = Append>) {
        self.appends.lock().unwrap().extend(appends);
    }

    pub(crate) fn next_reads(&self, reads: impl IntoIterator<Item = Option<StoreError>>) {
        self.reads.lock().unwrap().extend(reads);
    }

    pub(crate) fn next_replacement_fails(&self, error: StoreError) {
        self.replacements.lock().unwrap().push_back(error);
    }

    /// How many lines each append had that worked, in order.
    pub(crate) fn log(&self) -> Vec<usize> {
        self.log.lock().unwrap().clone()
    }

    /// Whether everything has happened that was to happen.
    pub(crate) fn is_used_up(&self) -> bool {
        self.appends.lock().unwrap().is_empty() && self.reads.lock().unwrap().is_empty()
    }

    /// Nothing goes wrong from now on.
    pub(crate) fn heal(&self) {
        self.appends.lock().unwrap().clear();
        self.reads.lock().unwrap().clear();
    }

    async fn write(&self, account: &str, expected: u64, lines: &[String]) -> Result<(), AppendError> {
        self.memory.append(account, expected, lines).await?;
        self.log.lock().unwrap().push(lines.len());
        Ok(())
    }
}

impl EventStore for Faulty {
    async fn lines(&self, account: &str) -> Result<Vec<String>, StoreError> {
        let fault = self.reads.lock().unwrap().pop_front();
        match fault.flatten() {
            Some(error) => Err(error),
            None => self.memory.lines(account).await,
        }
    }

    async fn append(&self, account: &str, expected: u64, lines: &[String]) -> Result<(), AppendError> {
        let fault = self.appends.lock().unwrap().pop_front().unwrap_or(Append::Works);
        match fault {
            Append::Works => self.write(account, expected, lines).await,
            Append::Fails(error) => Err(AppendError::Store(error)),
            Append::IsOvertakenBy(others) => {
                let length = self.memory.lines(account).await?.len();
                self.memory.append(account, u64::try_from(length).unwrap(), &others).await?;
                self.write(account, expected, lines).await
            }
            Append::IsLost { written } => {
                if written {
                    self.write(account, expected, lines).await?;
                }
                Err(AppendError::Unknown(StoreError::Closed))
            }
            Append::Hangs { written } => {
                if written {
                    self.write(account, expected, lines).await?;
                }
                pending().await
            }
            Append::ClaimsToBeOvertaken => Err(AppendError::Overtaken),
        }
    }

    async fn replace(&self, account: &str, lines: &[String]) -> Result<(), StoreError> {
        let fault = self.replacements.lock().unwrap().pop_front();
        match fault {
            Some(error) => Err(error),
            None => self.memory.replace(account, lines).await,
        }
    }

    fn subscribe(&self, account: &str, changed: Arc<dyn Listener>) -> Subscription {
        self.memory.subscribe(account, changed)
    }
}
