//! The ledger of an account: a history of events, what each makes of it, and the one place that decides.
//!
//! ```text
//! command --decide(policies, account, now)--> events | rejections
//! events  --fold------------------------------> account
//! account --views(policies, now)--------------> answers
//! ```
//!
//! [`decide`] is the only place that refuses. [`Account::apply`] cannot fail on what it decided; of any other history it
//! says which event is invalid, and why.

pub(crate) mod account;
mod chargeable;
pub(crate) mod command;
pub(crate) mod credits;
pub(crate) mod decide;
pub(crate) mod deployment;
pub(crate) mod due;
pub(crate) mod event;
pub(crate) mod facts;
pub(crate) mod fold;
pub(crate) mod invalid_event;
pub(crate) mod invoice;
pub(crate) mod latest_decline;
pub(crate) mod life;
pub(crate) mod notices;
pub(crate) mod payment;
pub(crate) mod purchase;
pub(crate) mod rejection;
pub(crate) mod stored;

pub use account::{Account, Recharge, Run, Totals};
pub use command::Command;
pub use credits::{CreditKind, Credits, Lot};
pub use decide::{Decided, decide};
pub use deployment::{Deployment, Hosting};
pub use event::{Actor, EVENT_VERSION, Event, EventKind, Origin, TierEffect};
pub use fold::{ReplayError, replay};
pub use invalid_event::InvalidEvent;
pub use invoice::{Hosted, Invoice, InvoiceState, Service, Tally, Usage, charge_on, invoice_id};
pub use latest_decline::{DeclinedPayment, LatestDecline, latest_decline};
pub use notices::{Notice, details_message, invoice_notices, notices, support_message};
pub use payment::{Payment, PaymentKind};
pub use purchase::{Purchase, Stage, Waiting};
pub use rejection::{Rejection, Rule, WayOut};
pub use stored::{StoredEvent, restore};
