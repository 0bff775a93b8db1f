//! PP-3, TI-8: the text for support, ready to be copied. Support reads English, so it is English in every language.

use crate::app::browser;
use crate::i18n::shared as texts;
use crate::ui::button::{Weight, button};
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
    view! {
        <div class="support">
            <h3>{texts::for_support()}</h3>
            <pre tabindex="0" lang="en">
                {text}
            </pre>
            <p class="row">
                {copy}
                <output class="calm">{move || copied.get().then(texts::copied)}</output>
            </p>
        </div>
    }
    .into_any()
}
