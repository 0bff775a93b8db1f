//! What a person has typed or chosen, kept while the page says everything anew in another language.
//!
//! A part's signal goes with the part. Where the part goes because another language is spoken, the signal is laid aside for
//! the part that comes in its place; where it goes for any other reason, it is forgotten.

use crate::i18n::Locale;
use leptos::prelude::*;
use std::any::Any;
use std::borrow::Cow;
use std::cell::RefCell;

type Aside = Vec<(Cow<'static, str>, Box<dyn Any>)>;

thread_local! {
    static ASIDE: RefCell<Aside> = const { RefCell::new(Vec::new()) };
}

/// The signal that the part of this name had in the language before, else a new one.
pub(crate) fn form_state<T: Send + Sync + 'static>(
    name: impl Into<Cow<'static, str>>,
    first: impl FnOnce() -> T,
) -> RwSignal<T> {
    let (name, locale): (_, Locale) = (name.into(), expect_context());
    let language = untrack(|| locale.get());
    let before = taken(&name).and_then(|before| before.downcast::<ArcRwSignal<T>>().ok());
    let signal = before.map_or_else(|| ArcRwSignal::new(first()), |before| *before);
    let leaving = signal.clone();
    on_cleanup(move || {
        if untrack(|| locale.get()) != language {
            ASIDE.with_borrow_mut(|aside| aside.push((name.clone(), Box::new(leaving))));
        }
    });
    signal.into()
}

fn taken(name: &str) -> Option<Box<dyn Any>> {
    ASIDE.with_borrow_mut(|aside| {
        let place = aside.iter().position(|(of, _)| *of == name)?;
        Some(aside.swap_remove(place).1)
    })
}

/// Discards what no part has taken up.
pub(crate) fn discard_unclaimed() {
    ASIDE.take();
}
