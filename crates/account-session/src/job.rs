//! What waits for its turn. A job stays in the queue until its outcome is known, so it cannot get lost on the way.

use crate::draft::Draft;
use crate::error::NotStored;
use event_store::{MaybeSend, MaybeSync};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Locks. What a panic elsewhere left behind is whole: nothing is changed in steps under these locks.
pub(crate) fn locked<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Something to be decided and stored, whatever it answers.
pub(crate) trait Pending: MaybeSend + MaybeSync {
    /// Decides on a draft. Called again where the history was overtaken; the last answer counts.
    fn run(&self, draft: &mut Draft<'_>);

    /// Its outcome is known, if it has run. The first outcome counts.
    fn end(&self, outcome: Result<(), NotStored>);

    /// Whether its outcome is known.
    fn has_ended(&self) -> bool;
}

trait Work<T>: FnMut(&mut Draft<'_>) -> T + MaybeSend {}
impl<T, F: FnMut(&mut Draft<'_>) -> T + MaybeSend> Work<T> for F {}

/// A job that answers with a `T`.
pub(crate) struct Job<T> {
    progress: Mutex<Progress<T>>,
    work: Mutex<Box<dyn Work<T>>>,
}

enum Progress<T> {
    Waiting,
    /// Decided, and not known to be stored.
    Run(T),
    Ended(Result<T, NotStored>),
    /// Ended, and the caller has the outcome.
    Taken,
}

impl<T> Job<T> {
    pub(crate) fn new(work: impl FnMut(&mut Draft<'_>) -> T + MaybeSend + 'static) -> Job<T> {
        Job { progress: Mutex::new(Progress::Waiting), work: Mutex::new(Box::new(work)) }
    }

    /// The outcome, once it is known.
    pub(crate) fn take(&self) -> Option<Result<T, NotStored>> {
        let mut progress = locked(&self.progress);
        match std::mem::replace(&mut *progress, Progress::Taken) {
            Progress::Ended(outcome) => Some(outcome),
            other => {
                *progress = other;
                None
            }
        }
    }
}

impl<T: MaybeSend> Pending for Job<T> {
    fn run(&self, draft: &mut Draft<'_>) {
        let answer = (*locked(&self.work))(draft);
        *locked(&self.progress) = Progress::Run(answer);
    }

    fn end(&self, outcome: Result<(), NotStored>) {
        let mut progress = locked(&self.progress);
        *progress = match (std::mem::replace(&mut *progress, Progress::Taken), outcome) {
            (Progress::Run(answer), Ok(())) => Progress::Ended(Ok(answer)),
            (Progress::Waiting | Progress::Run(_), Err(why)) => Progress::Ended(Err(why)),
            (unchanged, _) => unchanged,
        };
    }

    fn has_ended(&self) -> bool {
        matches!(*locked(&self.progress), Progress::Ended(_) | Progress::Taken)
    }
}

/// The jobs that wait, in the order in which they came.
#[derive(Default)]
pub(crate) struct Queue(Mutex<VecDeque<Arc<dyn Pending>>>);

impl Queue {
    pub(crate) fn push(&self, job: Arc<dyn Pending>) {
        locked(&self.0).push_back(job);
    }

    /// The first jobs, which stay where they are.
    pub(crate) fn first(&self, count: usize) -> Vec<Arc<dyn Pending>> {
        locked(&self.0).iter().take(count).cloned().collect()
    }

    /// Takes out whatever has ended.
    pub(crate) fn clear_ended(&self) {
        locked(&self.0).retain(|job| !job.has_ended());
    }

    /// Takes out one whose caller has gone.
    pub(crate) fn remove(&self, gone: &Arc<dyn Pending>) {
        locked(&self.0).retain(|job| !Arc::ptr_eq(job, gone));
    }
}
