//! A box to tick, with its label and perhaps the clause behind it.

use super::element::{El, el};
use super::message::rule;
use super::reactive::{callback, derived};
use billing::clause::Clause;
use leptos::prelude::*;

pub(crate) fn check(
    id: &'static str,
    label: &str,
    clause: Option<Clause>,
    checked: impl Fn() -> bool + Send + Sync + 'static,
    on_change: impl Fn(bool) + Send + Sync + 'static,
) -> AnyView {
    shared_check(id, label, clause, derived(checked), callback(on_change))
}

fn shared_check(
    id: &'static str,
    label: &str,
    clause: Option<Clause>,
    checked: Signal<bool>,
    on_change: Callback<bool>,
) -> AnyView {
    let input = El::new("input", &[("type", "checkbox"), ("id", id)])
        .checked_by(checked)
        .on("change", move |event| on_change.run(event_target_checked(&event)))
        .holding(Vec::new());
    el!("div", "class" = "check"; input, el!("label", "for" = id; label), clause.map(rule))
}
