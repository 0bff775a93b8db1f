//! A labelled choice of one among several.

use super::element::{El, el};
use super::reactive::{callback, derived, follow};
use leptos::prelude::*;

/// A value and the name that it is shown by.
pub(crate) type Named = (String, String);

pub(crate) fn named(value: &str, name: &str) -> Named {
    (value.to_owned(), name.to_owned())
}

pub(crate) fn choice(
    id: &'static str,
    label: &str,
    options: impl Fn() -> Vec<Named> + Send + Sync + 'static,
    chosen: impl Fn() -> String + Send + Sync + 'static,
    on_choice: impl Fn(String) + Send + Sync + 'static,
) -> AnyView {
    choice_with(&[("id", id)], label, options, chosen, on_choice)
}

/// A choice with more attributes than its id, which comes first.
pub(crate) fn choice_with(
    attributes: &[(&'static str, &str)],
    label: &str,
    options: impl Fn() -> Vec<Named> + Send + Sync + 'static,
    chosen: impl Fn() -> String + Send + Sync + 'static,
    on_choice: impl Fn(String) + Send + Sync + 'static,
) -> AnyView {
    shared_choice(attributes, label, derived(options), derived(chosen), callback(on_choice))
}

fn shared_choice(
    attributes: &[(&'static str, &str)],
    label: &str,
    options: Signal<Vec<Named>>,
    chosen: Signal<String>,
    on_choice: Callback<String>,
) -> AnyView {
    let id = attributes.first().map_or("", |(_, id)| *id);
    let option = move |(value, name): Named| {
        let at_first = chosen.with_untracked(|chosen| *chosen == value);
        if at_first {
            el!("option", "value" = value, "selected" = ""; name)
        } else {
            el!("option", "value" = value; name)
        }
    };
    let options = follow(move || options.get().into_iter().map(option).collect_view().into_any());
    let select = El::new("select", attributes)
        .value(chosen)
        .on("change", move |event| on_choice.run(event_target_value(&event)))
        .holding(vec![options]);
    el!("div", "class" = "field"; el!("label", "for" = id; label), select)
}
