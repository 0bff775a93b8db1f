//! CR-6: which policy is in force when.

use crate::policy::terms::Policy;
use crate::time::Timestamp;

/// The policies that an account lives under.
#[derive(Clone, Copy, Debug)]
pub enum Policies<'p> {
    /// One, whenever it is: for asking what a history would have been under it.
    Always(&'p Policy),
    /// Each from its first day on, until a newer one's.
    Dated(&'p [Policy]),
}

impl<'p> Policies<'p> {
    /// The policy in force at an instant; none before the first day of the oldest.
    #[must_use]
    pub fn at(self, now: Timestamp) -> Option<&'p Policy> {
        match self {
            Policies::Always(policy) => Some(policy),
            Policies::Dated(policies) => Policy::in_force(policies, now),
        }
    }

    /// The next instant at which another policy comes into force.
    #[must_use]
    pub fn next_change(self, after: Timestamp) -> Option<Timestamp> {
        self.to_come(after).map(|policy| policy.effective.start()).min()
    }

    /// CR-6: the policies whose first day is yet to come.
    pub fn to_come(self, now: Timestamp) -> impl Iterator<Item = &'p Policy> {
        let policies = match self {
            Policies::Always(_) => &[],
            Policies::Dated(policies) => policies,
        };
        policies.iter().filter(move |policy| policy.effective.start() > now)
    }
}
