//! What changes the account: commands, time that passes, and what of it is written. The first picture needs none of it.

use crate::app::notifications::Notifications;
use crate::session::state::State;
use crate::session::store;
use crate::session::{AccountSession, Refused};
use billing::ledger::{Command, Event};
use billing::time::Timestamp;
use event_store::AppendError;
use leptos::prelude::*;
use leptos::task::spawn_local;

impl State {
    /// Decides a command now, and keeps what it makes happen.
    pub(crate) fn dispatch(self, command: &Command) -> Result<(), Vec<Refused>> {
        self.update_session(|session| session.dispatch(command)).unwrap_or(Ok(()))
    }

    /// Lets time pass, and keeps what happens.
    pub(crate) fn pass_until(self, end: Timestamp) -> bool {
        self.update_session(|session| session.pass_until(end)).unwrap_or(true)
    }

    /// Lets something happen, says once what has come of it, and keeps it.
    fn update_session<T>(self, happen: impl FnOnce(&mut AccountSession) -> T) -> Option<T> {
        let before = self.session.with_untracked(|session| session.events().len());
        let happened = self.session.try_update(happen);
        let notifications = self
            .session
            .with_untracked(|session| Notifications::of(session, session.events().get(before..).unwrap_or_default()));
        if let Some(Notifications { done, declined }) = notifications {
            self.done.set(done);
            self.declined.set(declined);
        }
        self.save();
        happened
    }

    /// Puts another history in the place of the one that is kept.
    pub(crate) fn put(self, session: &AccountSession) {
        let (account, events) = (self.preset.get_untracked().id(), session.events().to_vec());
        self.saved.update_value(|saved| saved.events = events.len());
        spawn_local(async move {
            if let Err(error) = store::replace(account, &events).await {
                self.unkept.set(Some(error));
            }
        });
    }

    /// Writes what the store does not have yet; one write at a time.
    fn save(self) {
        let behind = self.session.with_untracked(|session| session.events().len()) > self.saved.get_value().events;
        if behind && !self.saved.get_value().is_under_way {
            self.saved.update_value(|saved| saved.is_under_way = true);
            spawn_local(async move {
                self.write().await;
                self.saved.update_value(|saved| saved.is_under_way = false);
            });
        }
    }

    async fn write(self) {
        loop {
            let (account, saved) = (self.preset.get_untracked().id(), self.saved.get_value().events);
            let new: Vec<Event> =
                self.session.with_untracked(|session| session.events().get(saved..).unwrap_or_default().to_vec());
            if new.is_empty() {
                return;
            }
            let count = new.len();
            let commands = self.session.try_update_untracked(AccountSession::take_unsaved).unwrap_or_default();
            let expected = u64::try_from(saved).unwrap_or(u64::MAX);
            let written = store::append(account, expected, &new).await;
            if self.preset.get_untracked().id() != account {
                return;
            }
            match written {
                Ok(()) => self.saved.update_value(|it| it.events = saved.saturating_add(count)),
                Err(AppendError::Overtaken) => {
                    let later = self.session.try_update_untracked(AccountSession::take_unsaved).unwrap_or_default();
                    let Ok(events) = store::read(account).await else { return };
                    if !self.take_over(events) {
                        return;
                    }
                    self.session.update(|session| session.decide_again(&[commands, later].concat()));
                }
                Err(AppendError::Store(error) | AppendError::Unknown(error)) => {
                    self.unkept.set(Some(error));
                    return;
                }
            }
        }
    }
}
