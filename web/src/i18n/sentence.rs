//! What the page keeps to say later: it is said in whichever language is spoken then.

use std::sync::Arc;

/// A sentence of the page that outlives a change of the language.
#[derive(Clone)]
pub(crate) struct Sentence(Arc<dyn Fn() -> String + Send + Sync>);

impl Sentence {
    pub(crate) fn new(said: impl Fn() -> String + Send + Sync + 'static) -> Sentence {
        Sentence(Arc::new(said))
    }

    /// A text that has no places to fill.
    pub(crate) fn of(text: fn() -> &'static str) -> Sentence {
        Sentence::new(move || text().to_owned())
    }

    pub(crate) fn said(&self) -> String {
        self.0()
    }
}

/// Two sentences are alike if they say the same.
impl PartialEq for Sentence {
    fn eq(&self, other: &Sentence) -> bool {
        self.said() == other.said()
    }
}

impl Eq for Sentence {}
