//! The card's own fields: name, number, expiry date, security code.

use super::form::{Form, id_of};
use super::number::number_field;
use crate::i18n::payment_method as texts;
use crate::ui::element::el;
use crate::ui::field::Field;
use crate::ui::reactive::{callback, derived};
use billing::payment_method::card::{self, read_number};
use leptos::prelude::*;

pub(crate) fn details(form: Form) -> AnyView {
    let code_hint = derived(move || {
        let (policy, progress) = (form.state.policy.read(), form.progress.read());
        let length = read_number(&policy, progress.entries.get(card::Field::Number)).security_code_length;
        Some(match length {
            Some(length) => texts::digits(&length.to_string()),
            None => texts::three_or_four_digits().to_owned(),
        })
    });
    let expiry_hint = derived(|| Some(texts::month_and_year().to_owned()));
    let none = Signal::default();
    let number = number_field(form);
    let expiry = text_field(form, card::Field::Expiry, texts::expiry(), "cc-exp", "numeric", expiry_hint);
    let code = text_field(form, card::Field::SecurityCode, texts::security_code(), "cc-csc", "numeric", code_hint);
    el!("fieldset";
        el!("legend"; texts::card()),
        text_field(form, card::Field::Name, texts::name(), "cc-name", "text", none),
        number,
        el!("div", "class" = "grid"; expiry, code),
    )
}

/// A field whose label never changes.
fn text_field(
    form: Form,
    field: card::Field,
    label: &'static str,
    autocomplete: &'static str,
    keyboard: &'static str,
    hint: Signal<Option<String>>,
) -> AnyView {
    labelled_field(form, field, derived(move || label.to_owned()), autocomplete, keyboard, hint)
}

pub(crate) fn labelled_field(
    form: Form,
    field: card::Field,
    label: Signal<String>,
    autocomplete: &'static str,
    keyboard: &'static str,
    hint: Signal<Option<String>>,
) -> AnyView {
    let on_input = callback(move |text| form.type_in(field, text));
    let on_left = Some(callback(move |()| form.leave(field)));
    let error = form.error(field);
    Field {
        label,
        error,
        hint,
        on_left,
        keyboard,
        autocomplete,
        ..Field::new(id_of(field), "", form.text(field), on_input)
    }
    .view()
}
