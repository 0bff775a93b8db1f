//! A labelled choice of one among several.

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::attr::custom::custom_attribute;
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
    let id = attributes.first().map_or("", |(_, id)| *id).to_owned();
    let attribute = |(name, value): &(&'static str, &str)| custom_attribute(*name, (*value).to_owned()).into_any_attr();
    let attributes = attributes.iter().map(attribute).collect();
    let (options, chosen) = (Signal::derive(options), Signal::derive(chosen));
    shared_choice(id, attributes, label.to_owned(), options, chosen, Callback::new(on_choice))
}

fn shared_choice(
    id: String,
    attributes: Vec<AnyAttribute>,
    label: String,
    options: Signal<Vec<Named>>,
    chosen: Signal<String>,
    on_choice: Callback<String>,
) -> AnyView {
    let option = move |(value, name): Named| {
        let at_first = chosen.with_untracked(|chosen| *chosen == value);
        view! {
            <option value=value selected=at_first>
                {name}
            </option>
        }
        .into_any()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                {..attributes}
                prop:value=chosen
                on:change:target=move |event| {
                    on_choice.try_run(event.target().value());
                }
            >
                {move || options.get().into_iter().map(option).collect::<Vec<_>>()}
            </select>
        </div>
    }
    .into_any()
}
