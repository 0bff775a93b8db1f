//! The session: what a view or an endpoint calls.

use crate::draft::{Decision, Draft};
use crate::error::{DispatchError, LoadError, NotStored, ReplaceError};
use crate::history;
use crate::job::{Job, Pending, Queue, locked};
use crate::shared::{Heard, Shared, Turn};
use crate::state::AccountState;
use crate::subscribers::{Change, Subscribers};
use async_lock::Semaphore;
use billing::ledger::{Command, Rejection, ReplayError, StoredEvent};
use billing::policy::Policies;
use billing::time::Timestamp;
use event_store::{EventStore, MaybeSend, MaybeSync, Subscription};
use std::fmt::{self, Debug, Formatter};
use std::sync::{Arc, Mutex};

/// An account that is in use: its history, and the one way to change it. Clones share it.
///
/// Commands are decided in the order in which their futures are first polled. Those that come while a write is under way are
/// stored together by the next one. A future that is dropped before it resolves may have changed the account or not; the
/// session finds out before it decides anything else.
pub struct AccountSession<S> {
    shared: Arc<Shared<S>>,
}

impl<S> Clone for AccountSession<S> {
    fn clone(&self) -> AccountSession<S> {
        AccountSession { shared: Arc::clone(&self.shared) }
    }
}

impl<S> Debug for AccountSession<S> {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.debug_struct("AccountSession").field("account", &self.shared.account).finish_non_exhaustive()
    }
}

impl<S: EventStore> AccountSession<S> {
    /// Loads an account that lives under these policies. One without a history is new.
    ///
    /// # Errors
    /// Why its history cannot be loaded.
    pub async fn load(
        store: Arc<S>,
        account: impl Into<String>,
        policies: Policies,
    ) -> Result<AccountSession<S>, LoadError> {
        let session = AccountSession::begin(store, account, policies, Vec::<StoredEvent>::new())?;
        session.shared.load_again().await?;
        Ok(session)
    }

    /// An account that begins with these events. The store gets them with the first change, unless it has a history of the
    /// account by then, which counts instead.
    ///
    /// # Errors
    /// The first event that is invalid.
    pub fn begin(
        store: Arc<S>,
        account: impl Into<String>,
        policies: Policies,
        events: impl IntoIterator<Item: Into<StoredEvent>>,
    ) -> Result<AccountSession<S>, ReplayError> {
        let state = AccountState::restore(policies.clone(), events)?;
        let shared = Shared {
            store,
            account: account.into(),
            state: Mutex::new(state),
            policies,
            queue: Queue::default(),
            subscribers: Subscribers::default(),
            turn: async_lock::Mutex::new(Turn::default()),
            heard: Heard(Arc::new(Semaphore::new(0))),
        };
        Ok(AccountSession { shared: Arc::new(shared) })
    }

    /// The account by its name in the store.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.shared.account
    }

    /// The account as the session knows it now. It never has events that are not stored, but for those that it began with.
    #[must_use]
    pub fn state(&self) -> AccountState {
        self.shared.state()
    }

    /// Decides a command at an instant, or at the account's last event where that is later, and stores its events. `R` is
    /// what the caller keeps of each [`Rejection`], which borrows from what it was decided on.
    ///
    /// # Errors
    /// Every reason against it on the newest history, or why its events are not stored. Nothing has happened then, unless it
    /// is [`NotStored::Unknown`].
    pub async fn dispatch<R>(&self, at: Timestamp, command: Command) -> Result<Decision, DispatchError<R>>
    where
        R: for<'a> From<&'a Rejection<'a>> + MaybeSend + 'static,
    {
        let command = Arc::new(command);
        let decided = self.transact({
            let command = Arc::clone(&command);
            move |draft| {
                draft.dispatch(at, &command).map_err(|rejections| rejections.iter().map(R::from).collect::<Vec<R>>())
            }
        });
        match decided.await {
            Ok(answer) => answer.map_err(DispatchError::Refused),
            Err(why) => Err(DispatchError::NotStored { command: Box::new(Arc::unwrap_or_clone(command)), why }),
        }
    }

    /// Decides several commands that depend on each other, and stores the events of all of them at once. `work` dispatches
    /// them to a draft of the account; where the history is overtaken it is called again, on a draft of the newer one, and
    /// the answer of its last call counts. What it dispatched without a refusal is stored, whatever it answers.
    ///
    /// # Errors
    /// Why nothing of it is stored.
    pub async fn transact<T: MaybeSend + 'static>(
        &self,
        work: impl FnMut(&mut Draft<'_>) -> T + MaybeSend + 'static,
    ) -> Result<T, NotStored> {
        let job = Arc::new(Job::new(work));
        let queued: Arc<dyn Pending> = job.clone();
        self.shared.queue.push(Arc::clone(&queued));
        let _place = Place { queue: &self.shared.queue, job: queued };
        let mut turn = self.shared.turn.lock().await;
        loop {
            if let Some(outcome) = job.take() {
                return outcome;
            }
            self.shared.work_off(&mut turn).await;
        }
    }

    /// Puts another history in the place of the account's own: for an import, or a new start.
    ///
    /// # Errors
    /// Why it did not take its place. The account is as it was then.
    pub async fn replace(&self, events: impl IntoIterator<Item: Into<StoredEvent>>) -> Result<(), ReplaceError> {
        let (events, account) = history::fold(&self.shared.policies, events)?;
        let lines = history::write(&events)?;
        let mut turn = self.shared.turn.lock().await;
        // Whoever waits to hear how a write ended is told now. A history that cannot be loaded is one more reason to replace it.
        let _ = self.shared.resolve_doubt(&mut turn).await;
        turn.doubt();
        let replaced = self.shared.store.replace(&self.shared.account, &lines).await;
        turn.be_sure();
        replaced?;
        let stored = events.len();
        let policies = self.state().policies().clone();
        *locked(&self.shared.state) = AccountState::new(policies, events, account, stored);
        self.shared.subscribers.tell(&Change::Reloaded);
        Ok(())
    }

    /// Decides by other policies from now on. What has happened stays as it is.
    pub async fn select_policies(&self, policies: Policies) {
        let _turn = self.shared.turn.lock().await;
        let selected = self.state().under(policies);
        *locked(&self.shared.state) = selected;
        self.shared.subscribers.tell(&Change::Reloaded);
    }

    /// Takes over what the store has, if it is another history than the session's.
    ///
    /// # Errors
    /// Why it cannot be loaded. Subscribers are told, and the session shows the history before.
    pub async fn refresh(&self) -> Result<(), LoadError> {
        let mut turn = self.shared.turn.lock().await;
        let loaded = if turn.is_in_doubt() {
            self.shared.resolve_doubt(&mut turn).await
        } else {
            self.shared.load_again().await
        };
        if let Err(error) = &loaded {
            self.shared.subscribers.tell(&Change::NotLoaded(error.clone()));
        }
        loaded
    }

    /// Follows what other holders do to the account, as long as a clone of the session lives. The future is for the caller's
    /// executor, `spawn_local` or `spawn`; dropping it ends the following.
    pub fn follow(&self) -> impl Future<Output = ()> + MaybeSend + use<S>
    where
        S: 'static,
    {
        let heard = Arc::clone(&self.shared.heard.0);
        let subscription = self.shared.store.subscribe(&self.shared.account, {
            let heard = Arc::clone(&heard);
            Arc::new(move || heard.add_permits(1))
        });
        let shared = Arc::downgrade(&self.shared);
        async move {
            let _subscription = subscription;
            loop {
                heard.acquire().await.forget();
                // One reading is enough for all that was heard up to now.
                while let Some(more) = heard.try_acquire() {
                    more.forget();
                }
                let Some(shared) = shared.upgrade() else { return };
                // Subscribers hear of a failure.
                let _ = AccountSession { shared }.refresh().await;
            }
        }
    }

    /// Calls `changed` after each change, until the subscription is dropped. The state is the new one by then.
    pub fn subscribe(&self, changed: impl Fn(&Change) + MaybeSend + MaybeSync + 'static) -> Subscription {
        self.shared.subscribers.add(changed)
    }
}

/// A job's place in the queue, for as long as its caller waits.
struct Place<'q> {
    queue: &'q Queue,
    job: Arc<dyn Pending>,
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.queue.remove(&self.job);
    }
}
