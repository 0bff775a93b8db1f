//! One session for an account: the one way to change it, in a page and on a server.
//!
//! ```text
//! view or endpoint --dispatch--> AccountSession --decide--> billing
//!                                      |
//!                                      +--append at the expected length--> EventStore
//! ```
//!
//! An [`AccountSession`] loads a history from an [`EventStore`](event_store::EventStore) and folds it. A command that is
//! dispatched is decided on the account as the session knows it, and its events are appended on the condition that the
//! stored history still has the length that they were decided on. Where somebody else was faster, the session loads what is
//! new and decides again, so the caller gets the answer that holds. Only then are subscribers told.
//!
//! Every command ends in one of three ways, and none of them is silent:
//!
//! - it is stored, and [`Decision`] has its events and notices;
//! - it is refused, with every reason ([`DispatchError::Refused`]), on the newest history;
//! - it is not stored ([`DispatchError::NotStored`]), with why, and the caller has the command back.
//!
//! The crate knows neither a runtime nor a browser nor a clock: futures run on any executor and are `Send` wherever there
//! are threads, and each command comes with its instant.
//!
//! ```
//! use account_session::{AccountSession, DispatchError};
//! use billing::ledger::{Command, Rejection};
//! use billing::money::Money;
//! use billing::policy::{Policies, Policy};
//! use billing::time::Timestamp;
//! use event_store::Memory;
//! use std::sync::Arc;
//!
//! /// What this caller keeps of a refusal: its code.
//! struct Code(&'static str);
//!
//! impl<'a> From<&'a Rejection<'a>> for Code {
//!     fn from(rejection: &'a Rejection<'a>) -> Code {
//!         Code(rejection.finding().code())
//!     }
//! }
//!
//! # futures_lite::future::block_on(async {
//! let policies = Policies::always(Policy::shipped("prepaid")?);
//! let session = AccountSession::load(Arc::new(Memory::default()), "a", policies).await?;
//! let now = Timestamp::parse("2025-12-01T09:30:00Z")?;
//! let grant = Command::GrantFreeCredits { grant: "welcome".into(), amount: Money::parse("5")? };
//! let decision = session.dispatch::<Code>(now, grant).await.map_err(|_| "refused or not stored")?;
//! assert_eq!(decision.events.len(), 1);
//! assert_eq!(session.state().account().balance(now)?.to_string(), "5.00");
//!
//! match session.dispatch::<Code>(now, Command::EndContract).await {
//!     Err(DispatchError::Refused(reasons)) => assert_eq!(reasons[0].0, "contract.none"),
//!     _ => return Err("there is no contract to end".into()),
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
#![forbid(unsafe_code)]

mod draft;
mod error;
mod history;
mod job;
mod session;
mod shared;
mod state;
mod subscribers;
mod turn;

pub use draft::{Decision, Draft};
pub use error::{DispatchError, LoadError, NotStored, ReplaceError};
pub use session::AccountSession;
pub use state::AccountState;
pub use subscribers::Change;
