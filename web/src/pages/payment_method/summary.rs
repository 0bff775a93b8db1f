//! What is wrong with the form as a whole, in one place that takes the focus, with a link to each field.

use super::form::{Form, Progress, TAX_ID, id_of};
use crate::app::browser;
use crate::i18n::payment_method as texts;
use crate::ui::element::{El, el};
use crate::ui::message::Message;
use crate::ui::reactive::follow_some;
use billing::payment_method::card::FieldProblem;
use leptos::prelude::*;

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

pub(crate) fn summary(form: Form) -> AnyView {
    follow_some(move || {
        let progress = form.progress.read();
        let entry = |(sentence, id): Entry| match id {
            Some(id) => {
                let to_field = El::new("a", &[("href", &["#", id].concat())]).on("click", move |event| {
                    event.prevent_default();
                    browser::focus(id);
                });
                el!("li"; to_field.holding(vec![sentence.into_any()]))
            }
            None => el!("li"; sentence),
        };
        let entries = entries(form, &progress);
        let title = if progress.checked { texts::problem() } else { texts::not_linked() };
        (!entries.is_empty()).then(|| {
            let entries: Vec<AnyView> = entries.into_iter().map(entry).collect();
            el!("div", "class" = "summary", "role" = "group", "aria-labelledby" = "summary-heading";
                el!("h3", "id" = "summary-heading", "tabindex" = "-1"; title),
                el!("ul"; entries),
            )
        })
    })
}
