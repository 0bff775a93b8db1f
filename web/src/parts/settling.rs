//! TI-8: the time that is left for the tier to follow, and what to do then.

use super::element::el;
use super::follow::{derived, follow_some, memo};
use crate::state::State;
use crate::texts::parts as texts;
use crate::times::countdown;
use leptos::prelude::*;

pub(crate) fn settling(state: State) -> AnyView {
    let left = move || {
        state.life.with(|life| {
            let since = life.account().settling_since().filter(|_| life.account().contract().is_none())?;
            let within = life.policy()?.tier_settles_within_seconds;
            within.checked_sub(life.now().seconds_since(since)).map(countdown)
        })
    };
    let is_there = memo(move || left().is_some());
    let text = derived(move || left().map(|left| texts::tier_settles(&left)).unwrap_or_default());
    follow_some(move || is_there.get().then(|| el!("p", "class" = "calm"; text, " ", texts::tier_steps())))
}
