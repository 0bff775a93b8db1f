//! Which language the page speaks: the one that was chosen, else the first of the browser's that it knows.

use super::catalog::{CATALOG, Catalog};
use super::shell;
use crate::app::browser;
use crate::app::settings;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Language {
    English,
    German,
}

impl Language {
    pub(crate) const ALL: [Language; 2] = [Language::English, Language::German];

    /// Its tag, for instance for the document.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    /// Its name, in itself.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Language::English => "English",
            Language::German => "Deutsch",
        }
    }

    pub(crate) fn with_tag(tag: &str) -> Option<Language> {
        let short = tag.split('-').next()?;
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(short))
    }
}

/// Fetches the texts of a language; nothing where they cannot come.
pub(crate) type FetchCatalog = fn() -> Pin<Box<dyn Future<Output = Option<&'static Catalog>>>>;

/// The language that is spoken; by context.
#[derive(Clone, Copy)]
pub(crate) struct Locale {
    language: RwSignal<Language>,
    fetch_german: FetchCatalog,
}

impl Locale {
    /// Finds the language, and waits for its texts. Where they cannot come the page speaks English.
    pub(crate) async fn begin(fetch_german: FetchCatalog) -> Locale {
        let chosen = settings::get("language").and_then(|tag| Language::with_tag(&tag));
        let wanted = chosen.or_else(|| browser::languages().iter().find_map(|tag| Language::with_tag(tag)));
        let wanted = wanted.unwrap_or(Language::English);
        let language = if speak(wanted, fetch_german).await { wanted } else { Language::English };
        Locale { language: RwSignal::new(language), fetch_german }
    }

    pub(crate) fn get(self) -> Language {
        self.language.get()
    }

    /// Speaks another language from now on, and on later visits. `then` is told whether its texts could come.
    pub(crate) fn choose(self, language: Language, then: impl FnOnce(bool) + 'static) {
        spawn_local(async move {
            let speaks = speak(language, self.fetch_german).await;
            if speaks {
                settings::set("language", language.tag());
                self.language.set(language);
            }
            then(speaks);
        });
    }
}

/// Whether the page now speaks this language.
async fn speak(language: Language, fetch_german: FetchCatalog) -> bool {
    let catalog = match language {
        Language::English => None,
        Language::German => match fetch_german().await {
            Some(catalog) => Some(catalog),
            None => return false,
        },
    };
    CATALOG.set(catalog);
    browser::set_language(language.tag());
    browser::word_the_banner(shell::crashed(), shell::load_again());
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_a_region_means_its_language() {
        for (tag, language) in [
            ("de", Some(Language::German)),
            ("de-AT", Some(Language::German)),
            ("EN-us", Some(Language::English)),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(Language::with_tag(tag), language, "{tag}");
        }
    }
}
