//! What has happened to an account: the lines of its history.

use crate::id::Id;
use crate::json::Node;
use crate::json::read::{At, Fields, ReadError, count};
use crate::json::record::{Value, Written, records};
use crate::ledger::deployment::Hosting;
use crate::ledger::invoice::Service;
use crate::ledger::payment::Payment;
use crate::money::{Charge, Money};
use crate::payment_method::stored_card::Card;
use crate::rules::access::Plan;
use crate::rules::recharge::RechargeBlock;
use crate::time::Timestamp;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The version of the form in which events are written. A reader knows this one and every earlier one.
pub const EVENT_VERSION: u64 = 1;

/// One line of a history: when, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// When it happened.
    pub at: Timestamp,
    /// What happened.
    pub kind: EventKind,
}

records! {
    common ["v", "at", "kind"]
    /// What can happen to an account. Each is a fact: nothing about it is decided again when a history is read.
    pub enum EventKind {
        /// PM-10: a card was entered, and the bank holds $0 until the customer approves.
        CardHoldPlaced { card: Card } = "card_hold_placed",
        /// PM-10: the bank refused the hold, so the card was not linked.
        CardHoldDeclined { code: Id } = "card_hold_declined",
        /// PM-7: a card was linked, in the place of the one before.
        CardLinked { card: Card } = "card_linked",
        /// AR-1: auto-recharge was set.
        AutoRechargeSet { amount: Charge, threshold: Charge } = "auto_recharge_set",
        /// AR-1: auto-recharge was turned off.
        AutoRechargeCleared = "auto_recharge_cleared",
        /// AR-3: a run began; its first purchase follows.
        AutoRechargeStarted { amount: Charge, purchases: u64 } = "auto_recharge_started",
        /// AR-5: a declined purchase ended the run; nothing more is bought until the customer acts.
        AutoRechargePaused { purchase: Id } = "auto_recharge_paused",
        /// AR-6: it should have bought, and did not.
        AutoRechargeWithheld { reason: RechargeBlock } = "auto_recharge_withheld",
        /// AC-6: the customer set an own limit, or went back to the tier's.
        BalanceLimitSet { limit: Option<Money> } = "balance_limit_set",
        /// PP-1: a purchase was handed to the processor. Auto-recharge's name their run.
        PurchaseStarted { purchase: Id, amount: Charge, run: Option<u64> } = "purchase_started",
        /// PP-1: the bank approved a purchase.
        BankApproved { purchase: Id } = "bank_approved",
        /// PM-11: the bank waits for the customer to approve a payment.
        BankActionRequired { payment: Payment } = "bank_action_required",
        /// PD-1: the bank declined a purchase.
        BankDeclined { purchase: Id, code: Id } = "bank_declined",
        /// PP-1, IN-6: the invoice of a purchase was generated.
        PurchaseInvoiced { purchase: Id } = "purchase_invoiced",
        /// PP-1: the credits of a purchase were added.
        BalanceUpdated { purchase: Id } = "balance_updated",
        /// TI-8: the tier has followed the spend.
        TierSettled { spend: Money } = "tier_settled",
        /// CR-7, UC-3: a service was used.
        UsageRecorded { service: Service, model: Option<Id>, tokens: u64, cost: Money, under_way: bool } = "usage_recorded",
        /// CR-5: free credits were granted.
        FreeCreditsGranted { grant: Id, amount: Money } = "free_credits_granted",
        /// CR-6: credits expired.
        CreditsExpired { amount: Money } = "credits_expired",
        /// UC-1, UC-2: a deployment was started.
        DeploymentStarted { deployment: Id, hosting: Hosting, model: Option<Id>, hardware: Option<Id>, per_minute: Money }
            = "deployment_started",
        /// UC-4: a deployment was used.
        RequestRecorded { deployment: Id } = "request_recorded",
        /// UC-1, UC-2: whole minutes of a deployment were charged.
        DeploymentCharged { deployment: Id, minutes: u64, cost: Money } = "deployment_charged",
        /// UC-4: a deployment was stopped.
        DeploymentStopped { deployment: Id } = "deployment_stopped",
        /// IN-1: the month was closed.
        InvoiceIssued { invoice: Id, total: Money, covered: Money, due: Charge } = "invoice_drawn",
        /// IN-3: what is due was handed to the processor.
        InvoiceChargeStarted { invoice: Id } = "invoice_charge_started",
        /// IN-3: it was paid.
        InvoicePaid { invoice: Id } = "invoice_paid",
        /// IN-3: the bank declined a charge before the day on which the invoice is charged; it stays due until then.
        InvoiceDeclined { invoice: Id, code: Id } = "invoice_declined",
        /// IN-3, AC-8: the charge failed. Without a code there was no card to charge.
        InvoicePastDue { invoice: Id, code: Option<Id> } = "invoice_past_due",
        /// AC-7: a contract was signed.
        ContractSigned { plan: Plan, credit_limit: Money } = "contract_signed",
        /// AC-7: it was ended.
        ContractEnded = "contract_ended",
    }
}

impl Event {
    /// Reads an event from its document.
    ///
    /// # Errors
    /// What is wrong with its form, `history.unknown_version` for one of a later build.
    ///
    /// ```
    /// use billing::ledger::Event;
    /// use billing::json::read::{At, Family};
    /// let line = r#"{"v":1,"at":"2025-12-01T09:30:00Z","kind":"bank_approved","purchase":"k1"}"#;
    /// let event = Event::read(&serde_json::from_str(line)?, &At::root(Family::History, ""))?;
    /// assert_eq!(serde_json::to_string(&event)?, line);
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn read(node: &Node<'_>, at: &At<'_>) -> Result<Event, ReadError> {
        let fields = Fields::open_any(node, at)?;
        let version = fields.required("v", count(1, u64::MAX))?;
        if version > EVENT_VERSION {
            return Err(at.field("v").plain_fault("history.unknown_version", &UNKNOWN_VERSION));
        }
        let time = Timestamp::read_field(fields, "at")?;
        Ok(Event { at: time, kind: EventKind::read_record(node, at)? })
    }
}

const UNKNOWN_VERSION: &str = "This event was written by a later build. Bring this one up to date to read it.";

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("v", &EVENT_VERSION)?;
        map.serialize_entry("at", &Written(&self.at))?;
        map.serialize_entry("kind", self.kind.name())?;
        self.kind.write_fields(&mut map)?;
        map.end()
    }
}
