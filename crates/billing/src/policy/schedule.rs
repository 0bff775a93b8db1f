//! CR-6: which policy is in force when.

use crate::policy::terms::Policy;
use crate::time::Timestamp;
use alloc::sync::Arc;
use core::slice;

/// The policies that an account lives under. Cloning them shares the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policies(Schedule);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Schedule {
    Always(Policy),
    Dated(Arc<[Policy]>),
}

impl Policies {
    /// One policy, whatever the date: for asking what a history would have been under it.
    #[must_use]
    pub fn always(policy: Policy) -> Policies {
        Policies(Schedule::Always(policy))
    }

    /// Several policies, each in force from its first day until the first day of a newer one.
    ///
    /// ```
    /// use billing::policy::{Policies, Policy};
    /// use billing::time::Timestamp;
    /// let policies = Policies::dated([Policy::shipped("credit-limit")?, Policy::shipped("prepaid")?]);
    /// let at = |text| Ok::<_, Box<dyn core::error::Error>>(policies.at(Timestamp::parse(text)?));
    /// assert_eq!(at("2025-11-30T23:59:59Z")?.map(|policy| policy.id.as_str()), Some("credit-limit"));
    /// assert_eq!(at("2025-12-01T00:00:00Z")?.map(|policy| policy.id.as_str()), Some("prepaid"));
    /// assert_eq!(at("2001-01-01T00:00:00Z")?, None);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn dated(policies: impl IntoIterator<Item = Policy>) -> Policies {
        Policies(Schedule::Dated(policies.into_iter().collect()))
    }

    /// The policy in force at an instant: the newest whose first day has come; none before the first day of the oldest.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Option<&Policy> {
        match &self.0 {
            Schedule::Always(policy) => Some(policy),
            Schedule::Dated(policies) => {
                policies.iter().filter(|policy| policy.effective <= now.date()).max_by_key(|policy| policy.effective)
            }
        }
    }

    /// Every policy, in the order in which they were given.
    #[must_use]
    pub fn all(&self) -> &[Policy] {
        match &self.0 {
            Schedule::Always(policy) => slice::from_ref(policy),
            Schedule::Dated(policies) => policies,
        }
    }

    /// The next instant at which another policy comes into force.
    #[must_use]
    pub fn next_change(&self, after: Timestamp) -> Option<Timestamp> {
        self.to_come(after).map(|policy| policy.effective.start()).min()
    }

    /// CR-6: the policies whose first day is yet to come.
    pub fn to_come(&self, now: Timestamp) -> impl Iterator<Item = &Policy> {
        let policies = match &self.0 {
            Schedule::Always(_) => &[],
            Schedule::Dated(policies) => &policies[..],
        };
        policies.iter().filter(move |policy| policy.effective.start() > now)
    }
}
