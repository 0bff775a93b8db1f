//! PM-9: the tax id, after the address, in the form of its country.

use super::form::{Form, TAX_ID};
use crate::parts::element::el;
use crate::parts::field::Field;
use crate::parts::follow::{callback, derived};
use crate::parts::told::rule;
use billing::card;
use billing::clause::Clause;
use billing::tax_id;
use leptos::prelude::*;

pub(crate) fn tax_id_field(form: Form) -> AnyView {
    let known = move || tax_id::Form::of(form.progress.read().entries.get(card::Field::Country));
    let label = derived(move || [known().map_or("Tax id", tax_id::Form::name), " (optional)"].concat());
    let hint = derived(move || known().map(|form| ["For example ", form.example()].concat()));
    let value = derived(move || form.progress.read().entries.tax_id.clone());
    let on_left = Some(callback(move |()| form.leave_tax_id()));
    let error = form.tax_id_error();
    let on_input = callback(move |text| form.type_tax_id(text));
    let field = Field { label, error, hint, on_left, ..Field::new(TAX_ID, "", value, on_input) };
    el!("fieldset";
        el!("legend"; "Tax id"),
        el!("p", "class" = "hint"; "Entered after the address; its form is the country’s.", rule(Clause::Pm9)),
        field.view(),
    )
}
