//! What has happened to an account: the lines of its history.
//!
//! An event is a fact. It carries what the rules decided when it happened: which credits paid, when credits expire, whether a
//! tier has settled, the day of a charge. Folding it into an account needs no policy, so an edited document never changes
//! or breaks a stored history.

use crate::id::{DeclineCode, DeploymentId, GrantId, HardwareId, InvoiceId, ModelId, PurchaseId};
use crate::json::read::vocabulary;
use crate::json::record::{Written, records};
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
pub const EVENT_VERSION: u64 = 2;

vocabulary! {
    /// Who made something happen.
    pub enum Actor {
        /// The account's customer.
        Customer = "customer",
        /// A service that was used, or the backend that turns spend into a tier.
        Service = "service",
        /// The payment processor, or the bank behind it.
        Processor = "processor",
        /// The operator of the product.
        Operator = "operator",
        /// Time has passed.
        Clock = "clock",
    }
}

vocabulary! {
    /// TI-8: what a payment does to the tier that follows the spend.
    pub enum TierEffect {
        /// The spend makes no other tier: it counts at once.
        Settled = "settled",
        /// The spend makes a higher tier, which is on its way from now on.
        Begins = "begins",
        /// A tier is on its way already; this payment makes no yet higher one.
        Continues = "continues",
    }
}

/// Where an event comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Somebody outside the rules made it happen, or reported it. Under another policy it would have happened too.
    External(Actor),
    /// The rules made it of the events before and of the time. Under another policy it could be another one.
    Derived,
}

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
    /// What can happen to an account. Nothing about it is decided again when a history is read.
    pub enum EventKind {
        /// PM-10: a card was entered, and the bank holds $0 until the customer approves.
        CardHoldPlaced { card: Card } = "card_hold_placed",
        /// PM-10: the bank refused the hold, so the card was not linked.
        CardHoldDeclined { code: DeclineCode } = "card_hold_declined",
        /// PM-7: a card was linked, in the place of the one before: by the customer, or by the bank that approved its hold.
        CardLinked { card: Card, by: Actor } = "card_linked",
        /// AR-1: auto-recharge was set.
        AutoRechargeSet { amount: Charge, threshold: Charge } = "auto_recharge_set",
        /// AR-1: auto-recharge was turned off.
        AutoRechargeCleared = "auto_recharge_cleared",
        /// AR-3: a run began; its first purchase follows.
        AutoRechargeStarted { amount: Charge, purchases: u64 } = "auto_recharge_started",
        /// AR-5: a declined purchase ended the run; nothing more is bought until the customer acts.
        AutoRechargePaused { purchase: PurchaseId } = "auto_recharge_paused",
        /// AR-6: it should have bought, and did not.
        AutoRechargeWithheld { reason: RechargeBlock } = "auto_recharge_withheld",
        /// AC-6: the customer set an own limit, or went back to the tier's.
        BalanceLimitSet { limit: Option<Money> } = "balance_limit_set",
        /// PP-1: a purchase was handed to the processor. Auto-recharge's name their run.
        PurchaseStarted { purchase: PurchaseId, amount: Charge, run: Option<u64> } = "purchase_started",
        /// PP-1: the bank approved a purchase.
        BankApproved { purchase: PurchaseId } = "bank_approved",
        /// PM-11: the bank waits for the customer to approve a payment.
        BankActionRequired { payment: Payment } = "bank_action_required",
        /// PD-1: the bank declined a purchase.
        BankDeclined { purchase: PurchaseId, code: DeclineCode } = "bank_declined",
        /// PP-1, IN-6: the invoice of a purchase was generated.
        PurchaseInvoiced { purchase: PurchaseId } = "purchase_invoiced",
        /// PP-1: the credits of a purchase were added. CR-6: when they expire. TI-8: what the spend does to the tier.
        BalanceUpdated { purchase: PurchaseId, expires: Option<Timestamp>, tier: TierEffect } = "balance_updated",
        /// TI-8: the tier has followed the spend.
        TierSettled { spend: Money } = "tier_settled",
        /// CR-7, UC-3: a service was used. CR-10: `free` and `purchased` are the credits that paid; the rest of the cost is owed.
        UsageRecorded { service: Service, model: Option<ModelId>, tokens: u64, cost: Money, under_way: bool, free: Money, purchased: Money }
            = "usage_recorded",
        /// CR-5: free credits were granted. CR-6: when they expire.
        FreeCreditsGranted { grant: GrantId, amount: Money, expires: Option<Timestamp> } = "free_credits_granted",
        /// CR-6: credits expired.
        CreditsExpired { amount: Money } = "credits_expired",
        /// UC-1, UC-2: a deployment was started.
        DeploymentStarted { deployment: DeploymentId, hosting: Hosting, model: Option<ModelId>, hardware: Option<HardwareId>, per_minute: Money }
            = "deployment_started",
        /// UC-4: a deployment was used.
        RequestRecorded { deployment: DeploymentId } = "request_recorded",
        /// UC-1, UC-2: whole minutes of a deployment were charged. CR-10: `free` and `purchased` are the credits that paid.
        DeploymentCharged { deployment: DeploymentId, minutes: u64, cost: Money, free: Money, purchased: Money } = "deployment_charged",
        /// UC-4: a deployment was stopped.
        DeploymentStopped { deployment: DeploymentId } = "deployment_stopped",
        /// IN-1: the month was closed. IN-3: when what is due is charged.
        InvoiceIssued { invoice: InvoiceId, total: Money, covered: Money, due: Charge, charge_on: Timestamp } = "invoice_drawn",
        /// IN-3: what is due was handed to the processor: on its day by the clock, or because the customer pays it.
        InvoiceChargeStarted { invoice: InvoiceId, by: Actor } = "invoice_charge_started",
        /// IN-3: it was paid. TI-8: what the spend does to the tier.
        InvoicePaid { invoice: InvoiceId, tier: TierEffect } = "invoice_paid",
        /// IN-3: the bank declined a charge before the day on which the invoice is charged; it stays due until then.
        InvoiceDeclined { invoice: InvoiceId, code: DeclineCode } = "invoice_declined",
        /// IN-3, AC-8: the charge failed. Without a code there was no card to charge.
        InvoicePastDue { invoice: InvoiceId, code: Option<DeclineCode> } = "invoice_past_due",
        /// AC-7: a contract was signed.
        ContractSigned { plan: Plan, credit_limit: Money } = "contract_signed",
        /// AC-7: it was ended.
        ContractEnded = "contract_ended",
    }
}

impl EventKind {
    /// Where the event comes from.
    #[must_use]
    pub fn origin(&self) -> Origin {
        match self {
            EventKind::CardHoldPlaced { .. }
            | EventKind::AutoRechargeSet { .. }
            | EventKind::AutoRechargeCleared
            | EventKind::BalanceLimitSet { .. }
            | EventKind::PurchaseStarted { run: None, .. }
            | EventKind::DeploymentStarted { .. }
            | EventKind::DeploymentStopped { .. } => Origin::External(Actor::Customer),
            EventKind::CardLinked { by, .. } | EventKind::InvoiceChargeStarted { by, .. } if *by != Actor::Clock => {
                Origin::External(*by)
            }
            EventKind::CardHoldDeclined { .. }
            | EventKind::BankApproved { .. }
            | EventKind::BankActionRequired { .. }
            | EventKind::BankDeclined { .. }
            | EventKind::PurchaseInvoiced { .. }
            | EventKind::BalanceUpdated { .. }
            | EventKind::InvoicePaid { .. }
            | EventKind::InvoiceDeclined { .. }
            | EventKind::InvoicePastDue { code: Some(_), .. } => Origin::External(Actor::Processor),
            EventKind::TierSettled { .. } | EventKind::UsageRecorded { .. } | EventKind::RequestRecorded { .. } => {
                Origin::External(Actor::Service)
            }
            EventKind::FreeCreditsGranted { .. } | EventKind::ContractSigned { .. } | EventKind::ContractEnded => {
                Origin::External(Actor::Operator)
            }
            EventKind::AutoRechargeStarted { .. }
            | EventKind::AutoRechargePaused { .. }
            | EventKind::AutoRechargeWithheld { .. }
            | EventKind::PurchaseStarted { run: Some(_), .. }
            | EventKind::CardLinked { .. }
            | EventKind::InvoiceChargeStarted { .. }
            | EventKind::CreditsExpired { .. }
            | EventKind::DeploymentCharged { .. }
            | EventKind::InvoiceIssued { .. }
            | EventKind::InvoicePastDue { code: None, .. } => Origin::Derived,
        }
    }
}

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
