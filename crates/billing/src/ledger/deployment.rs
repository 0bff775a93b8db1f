//! UC · Unexpected charges: what runs costs by the minute, used or not.

use crate::id::{DeploymentId, HardwareId, ModelId};
use crate::json::read::vocabulary;
use crate::money::{Money, MoneyError};
use crate::time::Timestamp;

vocabulary! {
    /// UC-1, UC-2: what is hosted.
    pub enum Hosting {
        /// UC-2: a dedicated endpoint, which costs by its hardware.
        DedicatedEndpoint = "dedicated_endpoint",
        /// UC-1: a fine-tuned model.
        FineTunedModel = "fine_tuned_model",
    }
}

/// A deployment, running or stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deployment {
    /// Its name.
    pub id: DeploymentId,
    /// What is hosted.
    pub hosting: Hosting,
    /// The model, where one was named.
    pub model: Option<ModelId>,
    /// UC-2: the hardware, where it was named.
    pub hardware: Option<HardwareId>,
    /// What a minute costs.
    pub per_minute: Money,
    /// When it was started.
    pub started: Timestamp,
    /// When it was stopped.
    pub stopped: Option<Timestamp>,
    /// UC-4: when it was last used.
    pub last_request: Option<Timestamp>,
    /// How many minutes have been charged.
    pub charged_minutes: u64,
}

impl Deployment {
    /// Whether it costs money.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.stopped.is_none()
    }

    /// How many whole minutes it has run by then. A minute costs once it is over, so the one that a stop breaks off costs
    /// nothing.
    #[must_use]
    pub fn minutes(&self, now: Timestamp) -> u64 {
        self.stopped.map_or(now, |stopped| stopped.min(now)).minutes_since(self.started)
    }

    /// The minutes that have not been charged yet.
    #[must_use]
    pub fn uncharged_minutes(&self, now: Timestamp) -> u64 {
        self.minutes(now).saturating_sub(self.charged_minutes)
    }

    /// What the minutes cost that have not been charged yet.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn uncharged(&self, now: Timestamp) -> Result<Money, MoneyError> {
        self.per_minute.times(self.uncharged_minutes(now))
    }

    /// UC-4: what an hour costs.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn per_hour(&self) -> Result<Money, MoneyError> {
        self.per_minute.times(60)
    }

    /// UC-4: since when it has cost money without being used: its last request, or its start.
    #[must_use]
    pub fn idle_since(&self) -> Timestamp {
        self.last_request.unwrap_or(self.started)
    }

    /// UC-4: what it has cost since its last request.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn cost_since_last_request(&self, now: Timestamp) -> Result<Money, MoneyError> {
        let before = self.minutes(self.idle_since());
        self.per_minute.times(self.minutes(now).saturating_sub(before))
    }

    /// The end of the day at which the minutes that are not charged yet fall due: the first midnight, in UTC, by which
    /// one of them is over.
    #[must_use]
    pub fn next_day_end(&self) -> Option<Timestamp> {
        let charged_until = self.started.plus_seconds(self.charged_minutes.checked_mul(60)?)?;
        let midnight = charged_until.date().next()?;
        let due = if self.uncharged_minutes(midnight.start()) > 0 { midnight } else { midnight.next()? };
        self.is_running().then(|| due.start())
    }
}
