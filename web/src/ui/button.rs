//! A button; it says what happens.

use super::element::{Child, El};
use leptos::prelude::*;

/// How a button stands among others.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    Plain,
    /// The one that stands out.
    Primary,
}

pub(crate) fn button(label: String, weight: Weight, on_click: impl Fn() + Send + Sync + 'static) -> AnyView {
    button_with_id("", label, weight, on_click)
}

/// A button that something else names by its id.
pub(crate) fn button_with_id(
    id: &str,
    label: String,
    weight: Weight,
    on_click: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    shared_button(id, label, weight, Box::new(on_click))
}

fn shared_button(id: &str, label: String, weight: Weight, on_click: Box<dyn Fn() + Send + Sync>) -> AnyView {
    let class = if weight == Weight::Primary { "primary" } else { "" };
    let attributes = [("type", "button"), ("class", class), ("id", id)];
    let said = if id.is_empty() { attributes.get(..2) } else { attributes.get(..) };
    El::new("button", said.unwrap_or_default()).on("click", move |_| on_click()).holding(vec![label.child()])
}
