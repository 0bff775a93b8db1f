//! What a screen reader hears of something that changes while one types: the last state, once.

use gloo_timers::callback::Timeout;
use leptos::prelude::*;

/// How long typing has to rest before the change is announced, in milliseconds.
const REST_MS: u32 = 500;

pub(crate) fn announce(text: Signal<String>) -> AnyView {
    let announced = RwSignal::new(String::new());
    // Each change drops the timer of the one before it; leaving the page drops the last.
    Effect::new(move |_: Option<Timeout>| {
        let text = text.get();
        Timeout::new(REST_MS, move || drop(announced.try_set(text)))
    });
    view! {
        <output class="hidden" aria-live="polite">
            {announced}
        </output>
    }
    .into_any()
}
