//! PP-3, TI-8: the text for support, ready to be copied. Support reads English, so it is English in every language.

use super::button::{Weight, button};
use super::element::el;
use super::follow::follow_some;
use crate::browser;
use crate::texts::parts as texts;
use leptos::prelude::*;

pub(crate) fn support(text: String) -> AnyView {
    let copied = RwSignal::new(false);
    let copy = {
        let text = text.clone();
        button(texts::copy_text().to_owned(), Weight::Plain, move || {
            browser::copy(&text);
            copied.set(true);
        })
    };
    let said = move || copied.get().then(|| texts::copied().into_any());
    el!("div", "class" = "support";
        el!("h3"; texts::for_support()),
        el!("pre", "tabindex" = "0", "lang" = "en"; text),
        el!("p", "class" = "row"; copy, el!("output", "class" = "calm"; follow_some(said))),
    )
}
