//! What a screen reader hears of something that changes while one types: the last state, once.

use super::element::el;
use leptos::prelude::*;
use std::time::Duration;

/// How long typing has to rest before the change is said.
const REST: Duration = Duration::from_millis(500);

pub(crate) fn announce(text: Signal<String>) -> AnyView {
    let said = RwSignal::new(String::new());
    let mut waiting: Option<TimeoutHandle> = None;
    Effect::new(move |_| {
        if let Some(handle) = waiting.take() {
            handle.clear();
        }
        let text = text.get();
        // The page may have been left by then: the signal is gone, and nothing is said.
        waiting = set_timeout_with_handle(move || drop(said.try_set(text)), REST).ok();
    });
    el!("output", "class" = "hidden", "aria-live" = "polite"; Signal::from(said))
}
