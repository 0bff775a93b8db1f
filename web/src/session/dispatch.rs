//! What changes the account: commands, and time that passes. The first picture needs none of it.

use crate::app::notifications::Notifications;
use crate::session::act::Act;
use crate::session::state::State;
use crate::session::{AccountView, Refused};
use crate::ui::message::Message;
use account_session::DispatchError;
use billing::ledger::{Command, Event};
use billing::time::Timestamp;
use leptos::prelude::*;

/// Does it, and stores what it makes happen. True where time has come as far as it should.
pub(crate) async fn carry_out(state: State, act: Act) -> Result<bool, Vec<Refused>> {
    match act {
        Act::Dispatch(command) => dispatch(state, *command).await.map(|()| true),
        Act::Pass(end) => Ok(pass_until(state, end).await),
    }
}

/// Decides a command now. Where it is refused or not stored, nothing has happened, and that is the answer.
async fn dispatch(state: State, command: Command) -> Result<(), Vec<Refused>> {
    let session = state.stored.try_get_value();
    let Some((session, now)) = session.zip(state.session.try_with_untracked(AccountView::now)) else {
        // The page is gone, and whoever asked with it.
        return Err(Vec::new());
    };
    match session.dispatch::<Refused>(now, command).await {
        Ok(decision) => {
            notify(state, &decision.events);
            Ok(())
        }
        Err(DispatchError::Refused(reasons)) => Err(reasons),
        Err(DispatchError::NotStored { why, .. }) => Err(vec![Refused::not_stored(why)]),
    }
}

/// Lets time pass. Where what happens meanwhile is not stored, the clock stands still, and the page says why.
async fn pass_until(state: State, end: Timestamp) -> bool {
    let session = state.stored.try_get_value();
    let sandbox = state.session.try_with_untracked(|session| session.sandbox().clone());
    let Some((session, sandbox)) = session.zip(sandbox) else { return false };
    let passed = session.transact(move |draft| {
        let (mut sandbox, before) = (sandbox.clone(), draft.events().count());
        let reached = sandbox.pass_until(draft, end);
        (reached, sandbox.now(), draft.events().skip(before).cloned().collect::<Vec<Event>>())
    });
    match passed.await {
        Ok((reached, now, events)) => {
            state.session.try_update(|session| session.set_now(now));
            notify(state, &events);
            reached
        }
        Err(why) => {
            state.not_stored.set(Some(Message::of_not_stored(why)));
            false
        }
    }
}

/// Says once what has come of what happened.
fn notify(state: State, happened: &[Event]) {
    let notifications = state.session.try_with_untracked(|session| Notifications::of(session, happened)).flatten();
    if let Some(Notifications { done, declined }) = notifications {
        state.done.set(done);
        state.declined.set(declined);
    }
}
