//! The card number's input: grouped while it is typed.

use super::form::{Form, id_of};
use super::network::NetworkBadge;
use super::typing::regrouped;
use crate::app::browser::input_of;
use crate::i18n::payment_method as texts;
use crate::ui::field::{described_by, field_error};
use billing::payment_method::card::Field;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, InputEvent};

#[component]
pub(super) fn NumberField(form: Form) -> impl IntoView {
    let id = id_of(Field::Number);
    let error = form.error(Field::Number);
    view! {
        <div class="field card-number">
            <label for=id>{texts::number()}</label>
            <input
                id=id
                type="text"
                inputmode="numeric"
                autocomplete="cc-number"
                spellcheck="false"
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || described_by(id, false, error.read().is_some())
                // Only ever a property: an attribute would put the number into the markup.
                prop:value=form.text(Field::Number)
                on:input=move |event| typed(form, &event)
                on:blur=move |_| form.leave(Field::Number)
            />
            <NetworkBadge form />
            {field_error(id, error)}
        </div>
    }
    .into_any()
}

/// Groups the digits that were typed, unless an input method is still composing them.
fn typed(form: Form, event: &Event) {
    let Some(input) = input_of(event) else {
        return;
    };
    let typed = input.value();
    let composing = event.dyn_ref::<InputEvent>().is_some_and(InputEvent::is_composing);
    let caret = input.selection_start().ok().flatten();
    let caret = caret.and_then(|caret| usize::try_from(caret).ok()).unwrap_or_else(|| typed.chars().count());
    let grouped = if composing { None } else { regrouped(&form.state.policy.read_untracked(), &typed, caret) };
    let text = match grouped {
        Some((text, caret)) if text != typed => {
            input.set_value(&text);
            let caret = u32::try_from(caret).unwrap_or(u32::MAX);
            let _ = input.set_selection_range(caret, caret);
            text
        }
        _ => typed,
    };
    form.type_in(Field::Number, text);
}
