//! A box to tick, with its label and perhaps the clause behind it.

use super::message::rule;
use billing::clause::Clause;
use leptos::prelude::*;

pub(crate) fn check(
    id: &'static str,
    label: &str,
    clause: Option<Clause>,
    checked: impl Fn() -> bool + Send + Sync + 'static,
    on_change: impl Fn(bool) + Send + Sync + 'static,
) -> AnyView {
    shared_check(id, label.to_owned(), clause, Signal::derive(checked), Callback::new(on_change))
}

fn shared_check(
    id: &'static str,
    label: String,
    clause: Option<Clause>,
    checked: Signal<bool>,
    on_change: Callback<bool>,
) -> AnyView {
    view! {
        <div class="check">
            <input
                type="checkbox"
                id=id
                prop:checked=checked
                on:change:target=move |event| {
                    on_change.try_run(event.target().checked());
                }
            />
            <label for=id>{label}</label>
            {clause.map(rule)}
        </div>
    }
    .into_any()
}
