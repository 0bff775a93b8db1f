//! PP-3, TI-8: the text for support, ready to be copied. Support reads English, so it is English in every language.

use crate::app::browser;
use crate::i18n::shared as texts;
use crate::ui::button::{Weight, button};
use crate::ui::element::el;
use crate::ui::reactive::follow_some;
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
