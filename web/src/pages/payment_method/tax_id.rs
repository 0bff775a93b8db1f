//! PM-9: the tax id, after the address, in the form of its country.

use super::form::{Form, TAX_ID};
use crate::i18n::{self, payment_method as words};
use crate::ui::field::Field;
use crate::ui::message::rule;
use billing::clause::Clause;
use billing::payment_method::card;
use billing::payment_method::tax_id;
use leptos::prelude::*;

#[component]
pub(super) fn TaxIdField(form: Form) -> impl IntoView {
    let known = move || tax_id::Form::of(form.progress.read().entries.get(card::Field::Country));
    let label = Signal::derive(move || {
        let name = known().map_or_else(|| words::tax_id().to_owned(), |form| i18n::word(form.name()));
        words::optional(&name)
    });
    let hint = Signal::derive(move || known().map(|form| words::example(form.example())));
    let value = Signal::derive(move || form.progress.read().entries.tax_id.clone());
    let on_left = Some(Callback::new(move |()| form.leave_tax_id()));
    let error = form.tax_id_error();
    let on_input = Callback::new(move |text| form.type_tax_id(text));
    let field = Field { label, error, hint, on_left, ..Field::new(TAX_ID, "", value, on_input) };
    view! {
        <fieldset>
            <legend>{words::tax_id()}</legend>
            <p class="hint">{words::tax_id_hint()}{rule(Clause::Pm9)}</p>
            {field.view()}
        </fieldset>
    }
    .into_any()
}
