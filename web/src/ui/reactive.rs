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

/// Does something now, and again whenever a signal in it changes.
pub(crate) fn watch(action: impl FnMut() + 'static) {
    shared_watch(Box::new(action));
}

fn shared_watch(mut action: Box<dyn FnMut()>) {
    Effect::new(move |_| action());
}

/// A value that is worked out again only when a signal behind it changes.
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(value: impl Fn() -> T + Send + Sync + 'static) -> Memo<T> {
    shared_memo(Box::new(value))
}

fn shared_memo<T: PartialEq + Send + Sync + 'static>(value: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
    Memo::new(move |_| value())
}

/// Follows a memo for when it changes, whatever it says. To track one that nobody reads is not enough: it follows nothing.
pub(crate) fn heed<T: Send + Sync + 'static>(memo: Memo<T>) {
    memo.with(|_| ());
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
