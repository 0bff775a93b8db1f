//! Which language the page speaks: the one that was chosen, else the first of the browser's that it knows.

use super::{CATALOG, shell};
use crate::app::browser;
use crate::app::settings;
use crate::app::split;
use leptos::prelude::*;
use leptos::task::spawn_local;

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

/// The language that is spoken; by context.
#[derive(Clone, Copy)]
pub(crate) struct Locale(RwSignal<Language>);

impl Locale {
    /// Finds the language, and waits for its texts. Where they cannot come the page speaks English.
    pub(crate) async fn begin() -> Locale {
        let chosen = settings::get("language").and_then(|tag| Language::with_tag(&tag));
        let wanted = chosen.or_else(|| browser::languages().iter().find_map(|tag| Language::with_tag(tag)));
        let wanted = wanted.unwrap_or(Language::English);
        let locale = if speak(wanted).await { wanted } else { Language::English };
        Locale(RwSignal::new(locale))
    }

    pub(crate) fn get(self) -> Language {
        self.0.get()
    }

    /// Speaks another language from now on, and on later visits. `then` is told whether its texts could come.
    pub(crate) fn choose(self, language: Language, then: impl FnOnce(bool) + 'static) {
        spawn_local(async move {
            let speaks = speak(language).await;
            if speaks {
                settings::set("language", language.tag());
                self.0.set(language);
            }
            then(speaks);
        });
    }
}

/// Whether the page now speaks this language.
async fn speak(language: Language) -> bool {
    let catalog = match language {
        Language::English => None,
        Language::German => match split::german().await {
            Ok(catalog) => Some(catalog),
            Err(_) => return false,
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
