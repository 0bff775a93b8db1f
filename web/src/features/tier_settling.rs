//! TI-8: the time that is left for the tier to follow, and what to do then.

use crate::i18n::shared as texts;
use crate::i18n::times::countdown;
use crate::session::state::State;
use leptos::prelude::*;

pub(crate) fn settling(state: State) -> AnyView {
    let left = move || {
        state.session.with(|session| session.account().tier_settles_in(session.policy()?, session.now()).map(countdown))
    };
    let is_there = Memo::new(move |_| left().is_some());
    let text = Signal::derive(move || left().map(|left| texts::tier_settles(&left)).unwrap_or_default());
    view! {
        <Show when=move || is_there.get()>
            <p class="calm">{text} " " {texts::tier_steps()}</p>
        </Show>
    }
    .into_any()
}
