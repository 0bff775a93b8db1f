//! Parts of a view that follow signals.

use leptos::prelude::*;

/// Shows what `view` yields, again whenever a signal in it changes.
///
/// A bare closure in `view!` does the same, but the compiler then makes a machine of its own for each; boxed, they share one.
pub(crate) fn follow(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    shared(Box::new(view))
}

fn shared(view: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    (move || view()).into_any()
}

/// The same for something that is not always there.
pub(crate) fn follow_some(view: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    shared(Box::new(move || view().into_any()))
}

/// A signal that is worked out each time that it is read. Boxed, all of one type share one machine.
pub(crate) fn derived<T: Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    shared_derived(Box::new(value))
}

fn shared_derived<T: Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
    Signal::derive(value)
}

/// What answers to an event. Boxed, all of one type share one machine.
pub(crate) fn callback<T: 'static>(answer: impl Fn(T) + Send + Sync + 'static) -> Callback<T> {
    shared_callback(Box::new(answer))
}

fn shared_callback<T: 'static>(answer: Box<dyn Fn(T) + Send + Sync>) -> Callback<T> {
    Callback::new(answer)
}
