//! Hearing of what other tabs do, until it is enough.

use std::fmt::{self, Debug, Formatter};

/// While this lives, changes are heard of; dropping it ends that.
#[must_use = "dropping it ends the subscription at once"]
pub struct Subscription {
    end: Option<Box<dyn FnOnce()>>,
}

impl Subscription {
    /// Where nothing can be heard.
    #[cfg(target_arch = "wasm32")]
    pub(crate) const SILENT: Subscription = Subscription { end: None };

    pub(crate) fn until(end: impl FnOnce() + 'static) -> Subscription {
        Subscription { end: Some(Box::new(end)) }
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        if let Some(end) = self.end.take() {
            end();
        }
    }
}

impl Debug for Subscription {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.write_str("Subscription")
    }
}
