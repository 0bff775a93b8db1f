//! A text field with its label, its hint and what is wrong with it.

use super::icon::{Shape, icon};
use super::message::{Message, sentence};
use leptos::prelude::*;

/// What a text field is made of; the rest has a default.
pub(crate) struct Field {
    pub(crate) id: &'static str,
    pub(crate) label: Signal<String>,
    pub(crate) value: Signal<String>,
    pub(crate) on_input: Callback<String>,
    pub(crate) error: Signal<Option<Message>>,
    pub(crate) hint: Signal<Option<String>>,
    pub(crate) placeholder: Signal<String>,
    pub(crate) on_left: Option<Callback<()>>,
    /// The keyboard that a phone shows.
    pub(crate) keyboard: &'static str,
    pub(crate) autocomplete: &'static str,
}

impl Field {
    /// A field for a text.
    pub(crate) fn new(
        id: &'static str,
        label: &'static str,
        value: Signal<String>,
        on_input: Callback<String>,
    ) -> Field {
        Field {
            id,
            label: Signal::stored(label.to_owned()),
            value,
            on_input,
            error: Signal::stored(None),
            hint: Signal::stored(None),
            placeholder: Signal::stored(String::new()),
            on_left: None,
            keyboard: "text",
            autocomplete: "off",
        }
    }

    /// A field for an amount: a text, too, because a number field would change what is typed.
    pub(crate) fn amount(
        id: &'static str,
        label: &'static str,
        value: Signal<String>,
        on_input: Callback<String>,
    ) -> Field {
        Field { keyboard: "decimal", ..Field::new(id, label, value, on_input) }
    }

    pub(crate) fn view(self) -> AnyView {
        let Field { id, label, hint, error, .. } = self;
        let is_amount = self.keyboard == "decimal";
        let class = if is_amount { "field money" } else { "field" };
        let unit = || view! { <span class="unit" aria-hidden="true">"$"</span> }.into_any();
        view! {
            <div class=class>
                <label for=id>{label}</label>
                {move || hint.get().map(|hint| view! { <p class="hint" id=format!("{id}-hint")>{hint}</p> }.into_any())}
                <div class="box">
                    {is_amount.then(unit)}
                    {self.input()}
                </div>
                {field_error(id, error)}
            </div>
        }
        .into_any()
    }

    fn input(self) -> AnyView {
        let Field { id, value, on_input, error, hint, placeholder, on_left, keyboard, autocomplete, .. } = self;
        view! {
            <input
                id=id
                type="text"
                inputmode=keyboard
                autocomplete=autocomplete
                spellcheck="false"
                placeholder=placeholder
                aria-invalid=move || error.read().is_some().then_some("true")
                aria-describedby=move || described_by(id, hint.read().is_some(), error.read().is_some())
                prop:value=value
                on:input:target=move |event| {
                    on_input.try_run(event.target().value());
                }
                on:blur=move |_| {
                    if let Some(on_left) = on_left {
                        on_left.try_run(());
                    }
                }
            />
        }
        .into_any()
    }
}

/// What is wrong with a field, said beside it; assistive technology hears it when it appears.
pub(crate) fn field_error(id: &'static str, error: Signal<Option<Message>>) -> AnyView {
    let shown = move |message: Message| {
        view! {
            <div class="field-error">
                {icon(Shape::Stop)}
                <p id=format!("{id}-error")>{sentence(message)}</p>
            </div>
        }
        .into_any()
    };
    view! { <div aria-live="polite">{move || error.get().map(shown)}</div> }.into_any()
}

/// The ids that describe a field: its hint, if it has one, and its error, while it has one.
pub(crate) fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    match (has_hint, has_error) {
        (true, true) => Some(format!("{id}-hint {id}-error")),
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-error")),
        (false, false) => None,
    }
}
