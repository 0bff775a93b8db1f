//! Events as they are stored: the present form and every earlier one.
//!
//! Form 1 left to the policy in force what form 2 states. A line of form 1 is brought up to form 2 with the policies that are given
//! and the account that the events before it have made.

use crate::id::{DeploymentId, GrantId, InvoiceId, ModelId, PurchaseId};
use crate::json::Node;
use crate::json::read::{At, Fields, ReadError, count, text};
use crate::json::record::{Value, records};
use crate::ledger::account::Account;
use crate::ledger::event::{Actor, EVENT_VERSION, Event, EventKind};
use crate::ledger::facts::Facts;
use crate::ledger::fold::ReplayError;
use crate::ledger::invalid_event::InvalidEvent;
use crate::ledger::invoice::{InvoiceState, Service};
use crate::money::{Charge, Money};
use crate::payment_method::stored_card::Card;
use crate::policy::schedule::Policies;
use crate::time::Timestamp;
use alloc::vec::Vec;

/// A line of a history, as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredEvent {
    at: Timestamp,
    form: Form,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    Current(EventKind),
    Version1(Version1),
}

records! {
    common ["v", "at", "kind"]
    /// The kinds of form 1 that said less than they do now.
    enum Version1 {
        CardLinked { card: Card } = "card_linked",
        BalanceUpdated { purchase: PurchaseId } = "balance_updated",
        UsageRecorded { service: Service, model: Option<ModelId>, tokens: u64, cost: Money, under_way: bool } = "usage_recorded",
        FreeCreditsGranted { grant: GrantId, amount: Money } = "free_credits_granted",
        DeploymentCharged { deployment: DeploymentId, minutes: u64, cost: Money } = "deployment_charged",
        InvoiceIssued { invoice: InvoiceId, total: Money, covered: Money, due: Charge } = "invoice_drawn",
        InvoiceChargeStarted { invoice: InvoiceId } = "invoice_charge_started",
        InvoicePaid { invoice: InvoiceId } = "invoice_paid",
    }
}

const UNKNOWN_VERSION: &str = "This event was written by a later build. Bring this one up to date to read it.";

impl StoredEvent {
    /// Reads a line from its document.
    ///
    /// # Errors
    /// What is wrong with its form; `history.unknown_version` for a line of a later build.
    ///
    /// ```
    /// use billing::json::read::{At, Family};
    /// use billing::ledger::{StoredEvent, restore};
    /// use billing::policy::{Policies, Policy};
    /// let line = r#"{"v":1,"at":"2025-12-01T09:30:00Z","kind":"free_credits_granted","grant":"welcome","amount":"5.00"}"#;
    /// let stored = StoredEvent::read(&serde_json::from_str(line)?, &At::root(Family::History, ""))?;
    /// let policies = Policies::always(Policy::shipped("prepaid")?);
    /// let (events, _) = restore(&policies, [stored]).map_err(|_| "invalid")?;
    /// assert!(serde_json::to_string(&events)?.contains(r#""v":2"#));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn read(node: &Node<'_>, at: &At<'_>) -> Result<StoredEvent, ReadError> {
        let fields = Fields::open_any(node, at)?;
        let version = fields.required("v", count(1, u64::MAX))?;
        if version > EVENT_VERSION {
            return Err(at.field("v").plain_fault("history.unknown_version", &UNKNOWN_VERSION));
        }
        let time = Timestamp::read_field(fields, "at")?;
        let said_less = version == 1 && fields.required("kind", text).is_ok_and(|kind| Version1::KINDS.contains(&kind));
        let form = if said_less {
            Form::Version1(Version1::read_record(node, at)?)
        } else {
            Form::Current(EventKind::read_record(node, at)?)
        };
        Ok(StoredEvent { at: time, form })
    }

    /// The event in the present form, given what the events before it have made of the account.
    ///
    /// # Errors
    /// For a line of form 1: [`InvalidEvent::NoPolicy`] where no policy was in force, or what it cannot be of this account.
    pub fn upgrade(self, policies: &Policies, account: &Account) -> Result<Event, InvalidEvent> {
        let kind = match self.form {
            Form::Current(kind) => kind,
            Form::Version1(kind) => kind.upgrade(policies, account, self.at)?,
        };
        Ok(Event { at: self.at, kind })
    }
}

impl From<Event> for StoredEvent {
    fn from(event: Event) -> StoredEvent {
        StoredEvent { at: event.at, form: Form::Current(event.kind) }
    }
}

impl Version1 {
    fn upgrade(self, policies: &Policies, account: &Account, at: Timestamp) -> Result<EventKind, InvalidEvent> {
        let policy = policies.at(at).ok_or(InvalidEvent::NoPolicy)?;
        let facts = Facts { policy, account, at };
        Ok(match self {
            Version1::CardLinked { card } => {
                let by = if account.held_card() == Some(&card) { Actor::Processor } else { Actor::Customer };
                EventKind::CardLinked { card, by }
            }
            Version1::BalanceUpdated { purchase } => facts.balance_updated(purchase)?,
            Version1::UsageRecorded { service, model, tokens, cost, under_way } => {
                facts.usage_recorded(service, model, tokens, cost, under_way)?
            }
            Version1::FreeCreditsGranted { grant, amount } => facts.free_credits_granted(grant, amount),
            Version1::DeploymentCharged { deployment, minutes, cost } => {
                facts.minutes_charged(deployment, minutes, cost)?
            }
            Version1::InvoiceIssued { invoice, total, covered, due } => {
                let charge_on = facts.charge_on().ok_or(InvalidEvent::InvoiceMonth)?;
                EventKind::InvoiceIssued { invoice, total, covered, due, charge_on }
            }
            Version1::InvoiceChargeStarted { invoice } => {
                // On its day the clock charges what is due before anybody else can.
                let is_due =
                    |it: &&crate::ledger::invoice::Invoice| it.state() == InvoiceState::Due && it.charge_on <= at;
                let by = account.invoice(&invoice).filter(is_due).map_or(Actor::Customer, |_| Actor::Clock);
                EventKind::InvoiceChargeStarted { invoice, by }
            }
            Version1::InvoicePaid { invoice } => facts.invoice_paid(invoice)?,
        })
    }
}

/// The events of a stored history in the present form, and the account that they make. The policies are asked only for lines
/// of an earlier form.
///
/// # Errors
/// The first event that is invalid.
pub fn restore(
    policies: &Policies,
    stored: impl IntoIterator<Item = StoredEvent>,
) -> Result<(Vec<Event>, Account), ReplayError> {
    let (mut account, mut events) = (Account::NEW, Vec::new());
    for (index, stored) in stored.into_iter().enumerate() {
        let event = stored.upgrade(policies, &account).map_err(|why| ReplayError { index, why })?;
        account.apply(&event).map_err(|why| ReplayError { index, why })?;
        events.push(event);
    }
    Ok((events, account))
}
