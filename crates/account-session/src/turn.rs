//! One turn: jobs are decided on the newest history and stored, or it is known why not.

use crate::draft::Draft;
use crate::error::{LoadError, NotStored};
use crate::history;
use crate::job::{Pending, locked};
use crate::shared::{InDoubt, Shared, Turn};
use crate::state::AccountState;
use crate::subscribers::Change;
use event_store::{AppendError, EventStore};
use std::sync::Arc;

/// The most jobs that are stored by one append.
const MAX_JOBS: usize = 256;
/// How many times a turn decides on a newer history before it gives up. Whoever has a turn somewhere gets on, so a session
/// is overtaken so many times in a row only by as many others, or by a store that contradicts itself.
const MAX_ATTEMPTS: u32 = 32;

impl<S: EventStore> Shared<S> {
    /// Takes the first jobs of the queue to their end.
    pub(crate) async fn work_off(&self, turn: &mut Turn) {
        let jobs = self.queue.first(MAX_JOBS);
        let outcome = self.carry_out(turn, &jobs).await;
        for job in jobs {
            job.end(outcome.clone());
        }
        self.queue.clear_ended();
    }

    async fn carry_out(&self, turn: &mut Turn, jobs: &[Arc<dyn Pending>]) -> Result<(), NotStored> {
        let mut attempts = 0_u32;
        loop {
            self.resolve_doubt(turn).await?;
            if attempts == MAX_ATTEMPTS {
                return Err(NotStored::Overtaken { attempts });
            }
            attempts = attempts.saturating_add(1);
            let waiting: Vec<Arc<dyn Pending>> = jobs.iter().filter(|job| !job.has_ended()).cloned().collect();
            if waiting.is_empty() {
                return Ok(());
            }

            let state = self.state();
            let mut draft = Draft::of(&state);
            for job in &waiting {
                job.run(&mut draft);
            }
            let has_answered = draft.has_answered();
            let (new, account) = draft.into_parts();
            if new.is_empty() && !has_answered {
                return Ok(());
            }
            // What is impossible or was done on an old history may be otherwise on the newest: an append of nothing checks
            // that this is the newest. A clock that ticks is spared that.
            let first = if new.is_empty() { &[] } else { state.unstored_events() };
            let lines = history::write(&[first, &new].concat())?;
            let (place, is_change) = (state.stored(), !new.is_empty());
            drop(state);

            let expected = u64::try_from(place).unwrap_or(u64::MAX);
            turn.in_doubt = Some(InDoubt { place, lines: lines.clone(), jobs: waiting });
            match self.store.append(&self.account, expected, &lines).await {
                Ok(()) => {
                    turn.in_doubt = None;
                    if is_change {
                        let from = self.state().events().len();
                        let mut state = locked(&self.state);
                        state.append(new, account);
                        state.is_stored();
                        drop(state);
                        self.subscribers.tell(&Change::Appended { from });
                    }
                    return Ok(());
                }
                Err(AppendError::Overtaken) => {
                    turn.in_doubt = None;
                    self.load_again().await?;
                }
                // The next step reads the history and sees whether it is there.
                Err(AppendError::Unknown(_)) => {}
                Err(AppendError::Store(error)) => {
                    turn.in_doubt = None;
                    return Err(error.into());
                }
            }
        }
    }

    /// Finds out how a write ended of which nobody has heard.
    pub(crate) async fn resolve_doubt(&self, turn: &mut Turn) -> Result<(), LoadError> {
        let Some(doubt) = &mut turn.in_doubt else { return Ok(()) };
        match self.read().await {
            Ok((stored, state)) => {
                let is_there = doubt.is_in(&stored);
                let jobs = std::mem::take(&mut doubt.jobs);
                turn.in_doubt = None;
                self.show(state);
                // Where it is not there, the jobs are still in the queue.
                for job in jobs.iter().filter(|_| is_there) {
                    job.end(Ok(()));
                }
                Ok(())
            }
            Err(error) => {
                for job in std::mem::take(&mut doubt.jobs) {
                    job.end(Err(NotStored::Unknown(error.clone())));
                }
                Err(error)
            }
        }
    }

    /// Takes over what the store has now.
    pub(crate) async fn load_again(&self) -> Result<(), LoadError> {
        let (_, state) = self.read().await?;
        self.show(state);
        Ok(())
    }

    /// The history as the store has it, and the account that it makes.
    async fn read(&self) -> Result<(Vec<String>, AccountState), LoadError> {
        let lines = self.store.lines(&self.account).await?;
        let (events, account) = history::read(&self.policies, &lines)?;
        let stored = events.len();
        Ok((lines, AccountState::new(self.state().policies().clone(), events, account, stored)))
    }

    /// Puts a state in the place of the one before, if it is another. A beginning that is not stored yet is kept as long as
    /// the store has nothing else.
    fn show(&self, state: AccountState) {
        if self.state().stored_events() != state.events() {
            *locked(&self.state) = state;
            self.subscribers.tell(&Change::Reloaded);
        }
    }
}
