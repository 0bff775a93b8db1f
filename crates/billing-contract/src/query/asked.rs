//! What every question is asked under: a policy, a time, and a place for its input.

use crate::policies::Chosen;
use billing::json::read::{At, Family, ReadError, Shape};
use billing::policy::{Policies, Policy};
use billing::time::Timestamp;

/// Under which policy, and when.
pub(super) struct Asked {
    pub(super) chosen: Chosen,
    pub(super) now: Option<Timestamp>,
}

impl Asked {
    /// The policy in force.
    pub(super) fn policy(&self) -> Result<&Policy, ReadError> {
        self.chosen.at(self.now, &At::root(Family::Request, "policy"))
    }

    /// The policies over time.
    pub(super) fn policies(&self) -> &Policies {
        self.chosen.policies()
    }

    pub(super) fn now(&self) -> Result<Timestamp, ReadError> {
        self.now.ok_or_else(|| At::root(Family::Request, "now").fault(Shape::MissingField))
    }
}

/// The place of the input, for what the rules find wrong with it.
pub(super) fn at_input<T>(place: impl FnOnce(&At<'_>) -> T) -> T {
    place(&At::root(Family::Request, "").field("input"))
}
