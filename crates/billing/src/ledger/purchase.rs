//! PP · Pending payments: the stages of a purchase, each with its time.

use crate::id::{DeclineCode, PurchaseId};
use crate::json::read::vocabulary;
use crate::money::Charge;
use crate::policy::terms::Policy;
use crate::time::Timestamp;

vocabulary! {
    /// PP-1: what a purchase waits for, or how it ended.
    pub enum Stage {
        /// The bank has not answered.
        BankApproval = "bank_approval",
        /// PM-11: the bank waits for the customer.
        BankAction = "bank_action",
        /// The invoice is being generated.
        Invoice = "invoice",
        /// The balance is being updated.
        Balance = "balance",
        /// The credits are there.
        Completed = "completed",
        /// The bank has declined.
        Declined = "declined",
    }
}

/// A purchase of credits, with the time of each stage that it has passed.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Purchase {
    /// Its name: the customer's key, or auto-recharge's.
    pub key: PurchaseId,
    /// What it buys.
    pub amount: Charge,
    /// AR-5: the run that it belongs to, where auto-recharge buys.
    pub run: Option<u64>,
    /// When it was handed to the processor.
    pub started: Timestamp,
    /// PM-11: when the bank asked for the customer.
    pub action_required: Option<Timestamp>,
    /// When the bank approved.
    pub approved: Option<Timestamp>,
    /// When its invoice was generated.
    pub invoiced: Option<Timestamp>,
    /// When its credits were added.
    pub completed: Option<Timestamp>,
    /// When the bank declined, and the processor's code.
    pub declined: Option<(Timestamp, DeclineCode)>,
}

/// PP-2, PP-3: how long a pending purchase has taken, against what is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Waiting {
    /// For how many seconds it has been pending.
    pub seconds: u64,
    /// PP-2: whether it has taken longer than is typical.
    pub late: bool,
    /// PP-3: whether it has taken longer than is normal, so that support is to be asked.
    pub overdue: bool,
}

impl Purchase {
    /// A purchase that has just begun.
    pub(crate) fn new(key: PurchaseId, amount: Charge, run: Option<u64>, started: Timestamp) -> Purchase {
        let (action_required, approved, invoiced, completed, declined) = (None, None, None, None, None);
        Purchase { key, amount, run, started, action_required, approved, invoiced, completed, declined }
    }

    /// PP-1: the stage at which it is.
    #[must_use]
    pub fn stage(&self) -> Stage {
        match self {
            Purchase { declined: Some(_), .. } => Stage::Declined,
            Purchase { completed: Some(_), .. } => Stage::Completed,
            Purchase { invoiced: Some(_), .. } => Stage::Balance,
            Purchase { approved: Some(_), .. } => Stage::Invoice,
            Purchase { action_required: Some(_), .. } => Stage::BankAction,
            _ => Stage::BankApproval,
        }
    }

    /// Whether it is still under way.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        !matches!(self.stage(), Stage::Completed | Stage::Declined)
    }

    /// PP-2: whether it has completed more recently than a purchase typically takes.
    #[must_use]
    pub fn has_just_completed(&self, policy: &Policy, now: Timestamp) -> bool {
        let typical = policy.payment_typical_within_seconds;
        self.completed.is_some_and(|completed| now.seconds_since(completed) < typical)
    }

    /// PP-2, PP-3: how long it has waited; nothing once it has ended.
    #[must_use]
    pub fn waiting(&self, policy: &Policy, now: Timestamp) -> Option<Waiting> {
        let seconds = now.seconds_since(self.started);
        self.is_pending().then_some(Waiting {
            seconds,
            late: seconds > policy.payment_typical_within_seconds,
            overdue: seconds > policy.payment_settles_within_seconds,
        })
    }
}
