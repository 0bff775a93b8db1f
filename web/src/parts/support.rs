//! PP-3, TI-8: the text for support, ready to be copied.

use super::button::{Weight, button};
use super::element::el;
use super::follow::follow_some;
use crate::browser;
use leptos::prelude::*;

pub(crate) fn support(text: String) -> AnyView {
    let copied = RwSignal::new(false);
    let copy = {
        let text = text.clone();
        button("Copy the text".to_owned(), Weight::Plain, move || {
            browser::copy(&text);
            copied.set(true);
        })
    };
    let said = move || copied.get().then(|| "Copied.".into_any());
    el!("div", "class" = "support";
        el!("h3"; "For support"),
        el!("pre", "tabindex" = "0"; text),
        el!("p", "class" = "row"; copy, el!("output", "class" = "calm"; follow_some(said))),
    )
}
