//! Hearing of changes until the subscription is dropped.

use crate::maybe_send::{MaybeSend, MaybeSync};
use std::fmt::{self, Debug, Formatter};

/// A function that is called after each change.
pub trait Listener: Fn() + MaybeSend + MaybeSync {}
impl<F: Fn() + MaybeSend + MaybeSync> Listener for F {}

/// While this lives, changes are heard of; dropping it ends that.
#[must_use = "dropping it ends the subscription at once"]
pub struct Subscription {
    end: Option<Box<dyn End>>,
}

trait End: FnOnce() + MaybeSend + MaybeSync {}
impl<F: FnOnce() + MaybeSend + MaybeSync> End for F {}

impl Subscription {
    /// A subscription to what cannot be heard.
    pub const SILENT: Subscription = Subscription { end: None };

    /// A subscription that is ended by calling this.
    pub fn until(end: impl FnOnce() + MaybeSend + MaybeSync + 'static) -> Subscription {
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
