//! What is wrong with the form as a whole, in one place that takes the focus, with a link to each field.

use super::form::{Form, Progress, TAX_ID, id_of};
use crate::app::browser;
use crate::i18n::payment_method as texts;
use crate::ui::message::Message;
use billing::payment_method::card::FieldProblem;
use leptos::prelude::*;
use web_sys::MouseEvent;

/// A sentence, and the id of the field that it is about.
type Entry = (String, Option<&'static str>);

/// What was typed wrong, once the button was pressed, or what the issuer's answer has against it.
fn entries(form: Form, progress: &Progress) -> Vec<Entry> {
    let typed = |found: &FieldProblem| (Message::of(&found.problem).sentence(), Some(id_of(found.field)));
    if progress.checked {
        let tax_id = form.tax_id_problem.get().map(|problem| (Message::of(&problem).sentence(), Some(TAX_ID)));
        return form.problems.read().iter().map(typed).chain(tax_id).collect();
    }
    let refused = progress.refused.iter();
    refused.map(|refused| (refused.message.sentence(), refused.field.map(id_of))).collect()
}

#[component]
pub(super) fn ProblemSummary(form: Form) -> impl IntoView {
    let summary = move || {
        let progress = form.progress.read();
        let entries: Vec<AnyView> =
            entries(form, &progress).into_iter().map(|entry| view! { <Problem entry /> }.into_any()).collect();
        let title = if progress.checked { texts::problem() } else { texts::not_linked() };
        (!entries.is_empty()).then(|| {
            view! {
                <div class="summary" role="group" aria-labelledby="summary-heading">
                    <h3 id="summary-heading" tabindex="-1">{title}</h3>
                    <ul>{entries}</ul>
                </div>
            }
            .into_any()
        })
    };
    view! { {move || summary()} }.into_any()
}

/// A problem, as a link to its field where it has one.
#[component]
fn Problem(entry: Entry) -> impl IntoView {
    let (sentence, id) = entry;
    let sentence = match id {
        Some(id) => {
            let to_field = move |event: MouseEvent| {
                event.prevent_default();
                browser::focus(id);
            };
            view! { <a href=["#", id].concat() on:click=to_field>{sentence}</a> }.into_any()
        }
        None => sentence.into_any(),
    };
    view! { <li>{sentence}</li> }.into_any()
}
