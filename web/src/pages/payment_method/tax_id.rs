//! PM-9: the tax id, after the address, in the form of its country.

use super::form::{Form, TAX_ID};
use crate::i18n::{self, payment_method as words};
use crate::ui::element::el;
use crate::ui::field::Field;
use crate::ui::message::rule;
use crate::ui::reactive::{callback, derived};
use billing::clause::Clause;
use billing::payment_method::card;
use billing::payment_method::tax_id;
use leptos::prelude::*;

pub(crate) fn tax_id_field(form: Form) -> AnyView {
    let known = move || tax_id::Form::of(form.progress.read().entries.get(card::Field::Country));
    let label = derived(move || {
        let name = known().map_or_else(|| words::tax_id().to_owned(), |form| i18n::word(form.name()));
        words::optional(&name)
    });
    let hint = derived(move || known().map(|form| words::example(form.example())));
    let value = derived(move || form.progress.read().entries.tax_id.clone());
    let on_left = Some(callback(move |()| form.leave_tax_id()));
    let error = form.tax_id_error();
    let on_input = callback(move |text| form.type_tax_id(text));
    let field = Field { label, error, hint, on_left, ..Field::new(TAX_ID, "", value, on_input) };
    el!("fieldset";
        el!("legend"; words::tax_id()),
        el!("p", "class" = "hint"; words::tax_id_hint(), rule(Clause::Pm9)),
        field.view(),
    )
}
