//! A button; it says what happens.

use leptos::prelude::*;

/// How a button stands among others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Plain,
    /// The one that stands out.
    Primary,
}

pub(crate) fn button(label: String, weight: Weight, on_click: impl Fn() + Send + Sync + 'static) -> AnyView {
    shared_button(None, label, weight, Callback::new(move |()| on_click()))
}

/// A button that something else names by its id.
pub(crate) fn button_with_id(
    id: &str,
    label: String,
    weight: Weight,
    on_click: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    shared_button(Some(id.to_owned()), label, weight, Callback::new(move |()| on_click()))
}

fn shared_button(id: Option<String>, label: String, weight: Weight, on_click: Callback<()>) -> AnyView {
    let class = if weight == Weight::Primary { "primary" } else { "" };
    view! {
        <button
            type="button"
            class=class
            id=id
            on:click=move |_| {
                on_click.try_run(());
            }
        >
            {label}
        </button>
    }
    .into_any()
}
