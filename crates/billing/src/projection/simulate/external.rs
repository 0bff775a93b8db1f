//! The external events of a history.

use crate::id::{InvoiceId, PurchaseId};
use crate::ledger::account::Account;
use crate::ledger::command::Command;
use crate::ledger::event::{Actor, Event, EventKind, Origin, TierEffect};
use crate::ledger::fold::ReplayError;
use crate::ledger::payment::Payment;
use crate::money::{Charge, MoneyError};
use crate::time::Timestamp;
use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;

/// What somebody outside the rules did or reported: the command that it was, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalEvent {
    /// When.
    pub at: Timestamp,
    /// The command that makes it happen again.
    pub command: Command,
    /// The payment that it reports on, where it does.
    pub(super) reports: Option<Report>,
}

/// What a report is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) attempt: Attempt,
    /// How long after the payment began, in nanoseconds.
    pub(super) after: i128,
    /// Whether the spend that it completes counted at once (TI-8).
    pub(super) settled: bool,
}

/// A payment that was handed to the processor: an invoice may be charged several times.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Attempt {
    pub(super) of: Paid,
    pub(super) number: u64,
    pub(super) amount: Charge,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Paid {
    Purchase(PurchaseId),
    Invoice(InvoiceId),
}

impl ExternalEvent {
    /// By whom.
    #[must_use]
    pub fn by(&self) -> Actor {
        self.command.who()
    }
}

/// The external events of a history, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalEvents {
    pub(super) events: Vec<ExternalEvent>,
    /// The payments of the history, answered or not.
    began: BTreeSet<Attempt>,
}

impl ExternalEvents {
    /// The external events of a history.
    ///
    /// # Errors
    /// The first event of the history that is invalid.
    pub fn of(history: &[Event]) -> Result<ExternalEvents, ReplayError> {
        let (mut account, mut attempts) = (Account::NEW, Attempts::default());
        let (mut events, mut began) = (Vec::new(), BTreeSet::new());
        for (index, event) in history.iter().enumerate() {
            let failed = |why| ReplayError { index, why };
            if let Origin::External(_) = event.kind.origin() {
                let command = command_of(&event.kind, &account).map_err(|error| failed(error.into()))?;
                events.extend(command.map(|command| ExternalEvent {
                    at: event.at,
                    reports: attempts.report(&event.kind, event.at),
                    command,
                }));
            }
            account.apply(event).map_err(failed)?;
            began.extend(attempts.note(&event.kind, event.at, &account));
        }
        Ok(ExternalEvents { events, began })
    }

    /// Whether the history has this payment.
    pub(super) fn began(&self, attempt: &Attempt) -> bool {
        self.began.contains(attempt)
    }

    /// Each of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = &ExternalEvent> {
        self.events.iter()
    }
}

/// The payments that have begun, each with its last attempt.
#[derive(Default)]
pub(super) struct Attempts {
    last: BTreeMap<Paid, (Attempt, Timestamp)>,
}

impl Attempts {
    /// Notes an event that hands a payment to the processor. The answer is the attempt.
    pub(super) fn note(&mut self, kind: &EventKind, at: Timestamp, account: &Account) -> Option<Attempt> {
        let (of, amount) = match kind {
            EventKind::PurchaseStarted { purchase, amount, .. } => (Paid::Purchase(purchase.clone()), *amount),
            EventKind::InvoiceChargeStarted { invoice, .. } => {
                (Paid::Invoice(invoice.clone()), account.invoice(invoice)?.due)
            }
            _ => return None,
        };
        let number = self.last.get(&of).map_or(1, |(before, _)| before.number.saturating_add(1));
        let attempt = Attempt { of: of.clone(), number, amount };
        self.last.insert(of, (attempt.clone(), at));
        Some(attempt)
    }

    fn report(&self, kind: &EventKind, at: Timestamp) -> Option<Report> {
        let (of, settled) = match kind {
            EventKind::BankApproved { purchase }
            | EventKind::BankDeclined { purchase, .. }
            | EventKind::PurchaseInvoiced { purchase }
            | EventKind::BankActionRequired { payment: Payment::Purchase(purchase) } => {
                (Paid::Purchase(purchase.clone()), false)
            }
            EventKind::BalanceUpdated { purchase, tier, .. } => {
                (Paid::Purchase(purchase.clone()), *tier == TierEffect::Settled)
            }
            EventKind::InvoicePaid { invoice, tier } => (Paid::Invoice(invoice.clone()), *tier == TierEffect::Settled),
            EventKind::InvoiceDeclined { invoice, .. }
            | EventKind::InvoicePastDue { invoice, code: Some(_) }
            | EventKind::BankActionRequired { payment: Payment::Invoice(invoice) } => {
                (Paid::Invoice(invoice.clone()), false)
            }
            _ => return None,
        };
        let (attempt, began) = self.last.get(&of)?;
        let after = at.unix_nanoseconds().saturating_sub(began.unix_nanoseconds());
        Some(Report { attempt: attempt.clone(), after, settled })
    }
}

/// The command that makes an external event happen to an account as it was then.
fn command_of(kind: &EventKind, account: &Account) -> Result<Option<Command>, MoneyError> {
    let hold = || Payment::Hold(account.held_card().map(|card| card.token.clone()));
    Ok(Some(match kind.clone() {
        EventKind::CardHoldPlaced { card } => Command::LinkCard { card, hold: Some(true) },
        EventKind::CardHoldDeclined { code } => Command::BankDeclines { payment: hold(), code },
        EventKind::CardLinked { by: Actor::Processor, .. } => Command::BankApproves { payment: hold() },
        EventKind::CardLinked { card, .. } => Command::LinkCard { card, hold: None },
        EventKind::AutoRechargeSet { amount, threshold } => {
            Command::SetAutoRecharge { amount: Some(amount), threshold, purchases: None }
        }
        EventKind::AutoRechargeCleared => Command::ClearAutoRecharge,
        EventKind::BalanceLimitSet { limit } => Command::SetBalanceLimit { limit },
        EventKind::PurchaseStarted { purchase, amount, .. } => {
            Command::BuyCredits { key: purchase, amount, another: Some(account.pending()?.is_positive()) }
        }
        EventKind::BankApproved { purchase } => Command::BankApproves { payment: Payment::Purchase(purchase) },
        EventKind::BankActionRequired { payment } => Command::BankRequiresAction { payment },
        EventKind::BankDeclined { purchase, code } => {
            Command::BankDeclines { payment: Payment::Purchase(purchase), code }
        }
        EventKind::PurchaseInvoiced { purchase } => Command::InvoiceGenerated { purchase },
        EventKind::BalanceUpdated { purchase, .. } => Command::BalanceUpdated { purchase },
        EventKind::TierSettled { .. } => Command::TierSettled,
        EventKind::UsageRecorded { service, model, tokens, cost, under_way, .. } => {
            Command::RecordUsage { service, model, tokens: Some(tokens), cost, under_way: Some(under_way) }
        }
        EventKind::FreeCreditsGranted { grant, amount, .. } => Command::GrantFreeCredits { grant, amount },
        EventKind::DeploymentStarted { deployment, hosting, model, hardware, per_minute } => {
            Command::StartDeployment { deployment, hosting, model, hardware, per_minute }
        }
        EventKind::RequestRecorded { deployment } => Command::RecordRequest { deployment },
        EventKind::DeploymentStopped { deployment } => Command::StopDeployment { deployment },
        EventKind::InvoiceChargeStarted { invoice, .. } => Command::PayInvoice { invoice },
        EventKind::InvoicePaid { invoice, .. } => Command::BankApproves { payment: Payment::Invoice(invoice) },
        EventKind::InvoiceDeclined { invoice, code } | EventKind::InvoicePastDue { invoice, code: Some(code) } => {
            Command::BankDeclines { payment: Payment::Invoice(invoice), code }
        }
        EventKind::ContractSigned { plan, credit_limit } => Command::SignContract { plan, credit_limit },
        EventKind::ContractEnded => Command::EndContract,
        EventKind::AutoRechargeStarted { .. }
        | EventKind::AutoRechargePaused { .. }
        | EventKind::AutoRechargeWithheld { .. }
        | EventKind::CreditsExpired { .. }
        | EventKind::DeploymentCharged { .. }
        | EventKind::InvoiceIssued { .. }
        | EventKind::InvoicePastDue { code: None, .. } => return Ok(None),
    }))
}
