//! The card's own fields: name, number, expiry date, security code.

use super::form::{Form, id_of};
use super::number::NumberField;
use crate::i18n::payment_method as texts;
use crate::ui::field::Field;
use billing::payment_method::card::{self, read_number};
use leptos::prelude::*;

#[component]
pub(super) fn CardDetails(form: Form) -> impl IntoView {
    let code_hint = Signal::derive(move || {
        let (policy, progress) = (form.state.policy.read(), form.progress.read());
        let length = read_number(&policy, progress.entries.get(card::Field::Number)).security_code_length;
        Some(match length {
            Some(length) => texts::digits(&length.to_string()),
            None => texts::three_or_four_digits().to_owned(),
        })
    });
    view! {
        <fieldset>
            <legend>{texts::card()}</legend>
            <CardField form field=card::Field::Name label=texts::name() autocomplete="cc-name" />
            <NumberField form />
            <div class="grid">
                <CardField
                    form
                    field=card::Field::Expiry
                    label=texts::expiry()
                    autocomplete="cc-exp"
                    keyboard="numeric"
                    hint=Signal::stored(Some(texts::month_and_year().to_owned()))
                />
                <CardField
                    form
                    field=card::Field::SecurityCode
                    label=texts::security_code()
                    autocomplete="cc-csc"
                    keyboard="numeric"
                    hint=code_hint
                />
            </div>
        </fieldset>
    }
    .into_any()
}

/// A text field of the form, with what is wrong with it as far as it may be said by now.
#[component]
pub(super) fn CardField(
    form: Form,
    field: card::Field,
    #[prop(into)] label: Signal<String>,
    autocomplete: &'static str,
    #[prop(default = "text")] keyboard: &'static str,
    #[prop(optional)] hint: Signal<Option<String>>,
) -> impl IntoView {
    let on_input = Callback::new(move |text| form.type_in(field, text));
    let on_left = Some(Callback::new(move |()| form.leave(field)));
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
