//! A text field with its label, its hint and what is wrong with it.

use super::element::{El, el};
use super::icon::{Shape, icon};
use super::message::{Message, sentence};
use super::reactive::follow_some;
use crate::app::browser::input_of;
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
        let Field { id, label, value, on_input, error, hint, placeholder, on_left, .. } = self;
        let is_amount = self.keyboard == "decimal";
        let input = El::new("input", &self.attributes())
            .following("placeholder", move || Some(placeholder.get()))
            .following("aria-invalid", move || error.read().is_some().then(|| "true".to_owned()))
            .following("aria-describedby", move || described_by(id, hint.read().is_some(), error.read().is_some()))
            .value(value)
            .on("input", move |event| {
                if let Some(input) = input_of(&event) {
                    on_input.run(input.value());
                }
            })
            .on("blur", move |_| {
                if let Some(on_left) = on_left {
                    on_left.run(());
                }
            })
            .holding(Vec::new());
        let unit = is_amount.then(|| el!("span", "class" = "unit", "aria-hidden" = "true"; "$"));
        let hint = move || hint.get().map(|hint| el!("p", "class" = "hint", "id" = format!("{id}-hint"); hint));
        el!("div", "class" = if is_amount { "field money" } else { "field" };
            el!("label", "for" = id; label),
            follow_some(hint),
            el!("div", "class" = "box"; unit, input),
            field_error(id, error),
        )
    }

    fn attributes(&self) -> [(&'static str, &'static str); 5] {
        [
            ("id", self.id),
            ("type", "text"),
            ("inputmode", self.keyboard),
            ("autocomplete", self.autocomplete),
            ("spellcheck", "false"),
        ]
    }
}

/// What is wrong with a field, said beside it; assistive technology hears it when it appears.
pub(crate) fn field_error(id: &'static str, error: Signal<Option<Message>>) -> AnyView {
    let shown = move || {
        error.get().map(|message| {
            let sentence = el!("p", "id" = format!("{id}-error"); sentence(message));
            el!("div", "class" = "field-error"; icon(Shape::Stop), sentence)
        })
    };
    el!("div", "aria-live" = "polite"; follow_some(shown))
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
