//! What is wrong with the form as a whole, in one place that takes the focus, with a link to each field.

use super::form::{Form, id_of};
use crate::browser;
use crate::parts::element::{El, el};
use crate::parts::follow::follow_some;
use billing::card::FieldProblem;
use leptos::prelude::*;

pub(crate) fn summary(form: Form) -> AnyView {
    follow_some(move || {
        let wrong = if form.progress.read().checked { form.problems.get() } else { Vec::new() };
        let link = |found: FieldProblem| {
            let id = id_of(found.field);
            let to_field = El::new("a", &[("href", &format!("#{id}"))]).on("click", move |event| {
                event.prevent_default();
                browser::focus(id);
            });
            el!("li"; to_field.holding(vec![found.problem.to_string().into_any()]))
        };
        let heading = || el!("h3", "id" = "summary-heading", "tabindex" = "-1"; "There is a problem");
        (!wrong.is_empty()).then(|| {
            let links: Vec<AnyView> = wrong.into_iter().map(link).collect();
            el!("div", "class" = "summary", "role" = "group", "aria-labelledby" = "summary-heading";
                heading(),
                el!("ul"; links),
            )
        })
    })
}
