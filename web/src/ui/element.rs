//! Elements, all made by the same few functions.
//!
//! `view!` compiles each element into types and code of its own, half a kilobyte of it. A page that a person waits for is
//! better off with one element type: its tag is a value, and so are its attributes. Measured, that is a fifth of
//! the wasm.

use super::reactive::{callback, derived};
use leptos::ev::Custom;
use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::attribute::any_attribute::{AnyAttribute, IntoAnyAttribute};
use leptos::tachys::html::attribute::custom::custom_attribute;
use leptos::tachys::html::event::on;
use leptos::tachys::html::property::prop;
use web_sys::Event;

/// An element that stands still: `el!("p", "class" = "hint"; "Text", icon(…))` is `<p class="hint">Text<svg>…</svg></p>`.
macro_rules! el {
    ($tag:literal $(, $name:literal = $value:expr)* $(; $($child:expr),* $(,)?)?) => {
        $crate::ui::element::El::new($tag, &[$(($name, AsRef::<str>::as_ref(&$value))),*])
            .holding(vec![$($($crate::ui::element::Child::child($child)),*)?])
    };
}
pub(crate) use el;

/// An element that may follow signals and answer to events.
pub(crate) struct El {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
}

impl El {
    pub(crate) fn new(tag: &'static str, attributes: &[(&'static str, &str)]) -> El {
        let attribute =
            |(name, value): &(&'static str, &str)| custom_attribute(*name, (*value).to_owned()).into_any_attr();
        El { tag, attributes: attributes.iter().map(attribute).collect() }
    }

    /// An attribute that follows a signal; without a value it is not there.
    pub(crate) fn following(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + Sync + 'static,
    ) -> El {
        self.following_signal(name, derived(value))
    }

    fn following_signal(mut self, name: &'static str, value: Signal<Option<String>>) -> El {
        self.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// The value of an input or a select.
    pub(crate) fn value(mut self, value: Signal<String>) -> El {
        self.attributes.push(prop("value", value).into_any_attr());
        self
    }

    /// Whether a box is ticked.
    pub(crate) fn checked(self, checked: impl Fn() -> bool + Send + Sync + 'static) -> El {
        self.checked_by(derived(checked))
    }

    pub(crate) fn checked_by(mut self, checked: Signal<bool>) -> El {
        self.attributes.push(prop("checked", checked).into_any_attr());
        self
    }

    pub(crate) fn on(self, event: &'static str, answer: impl Fn(Event) + Send + Sync + 'static) -> El {
        self.calling(event, callback(answer))
    }

    fn calling(mut self, event: &'static str, answer: Callback<Event>) -> El {
        // A field that has the focus is told that it loses it when its part of the page is already gone.
        let answer = move |event: Event| {
            let _ = answer.try_run(event);
        };
        self.attributes.push(on(Custom::new(event), answer).into_any_attr());
        self
    }

    pub(crate) fn holding(self, children: Vec<AnyView>) -> AnyView {
        custom(self.tag).add_any_attr(self.attributes).child(children).into_any()
    }
}

/// What can stand in an element.
pub(crate) trait Child {
    fn child(self) -> AnyView;
}

impl Child for AnyView {
    fn child(self) -> AnyView {
        self
    }
}

impl Child for Option<AnyView> {
    fn child(self) -> AnyView {
        self.into_any()
    }
}

impl Child for Vec<AnyView> {
    fn child(self) -> AnyView {
        self.into_any()
    }
}

impl Child for String {
    fn child(self) -> AnyView {
        self.into_any()
    }
}

impl Child for &str {
    fn child(self) -> AnyView {
        self.to_owned().into_any()
    }
}

impl Child for Signal<String> {
    fn child(self) -> AnyView {
        crate::ui::reactive::follow(move || self.get().into_any())
    }
}
