//! What is asked of an account: by its customer, by the processor, by the services, by time.

use crate::id::{DeclineCode, DeploymentId, GrantId, HardwareId, InvoiceId, ModelId, PurchaseId};
use crate::json::Node;
use crate::json::read::{At, ReadError};
use crate::json::record::records;
use crate::ledger::deployment::Hosting;
use crate::ledger::event::Actor;
use crate::ledger::invoice::Service;
use crate::ledger::payment::Payment;
use crate::money::{Charge, Money};
use crate::payment_method::stored_card::Card;
use crate::rules::access::Plan;
use serde::ser::{Serialize, SerializeMap, Serializer};

records! {
    common ["kind"]
    /// A command. Its ids come with it, so that the same command twice is known as the same.
    #[non_exhaustive]
    pub enum Command {
        /// PM-1..10: links a card, in the place of the one before. With a hold, only once the bank's $0 hold is approved.
        LinkCard { card: Card, hold: Option<bool> } = "link_card",
        /// AR-1: sets auto-recharge. Where a preview was shown, `purchases` is what it said.
        SetAutoRecharge { amount: Option<Charge>, threshold: Charge, purchases: Option<u64> } = "set_auto_recharge",
        /// AR-1: turns it off.
        ClearAutoRecharge = "clear_auto_recharge",
        /// AC-6: sets an own limit; without one, the tier's holds again.
        SetBalanceLimit { limit: Option<Money> } = "set_balance_limit",
        /// CR-3, PP-4: buys credits. The same key again is the same purchase; `another` says that a second one is meant
        /// while one is pending.
        BuyCredits { key: PurchaseId, amount: Charge, another: Option<bool> } = "buy_credits",
        /// PP-1: the bank approved a payment.
        BankApproves { payment: Payment } = "bank_approves",
        /// PM-11: the bank waits for the customer.
        BankRequiresAction { payment: Payment } = "bank_requires_action",
        /// PD-1: the bank declined, with the processor's code.
        BankDeclines { payment: Payment, code: DeclineCode } = "bank_declines",
        /// PP-1: the invoice of a purchase was generated.
        InvoiceGenerated { purchase: PurchaseId } = "invoice_generated",
        /// PP-1: the credits of a purchase were added.
        BalanceUpdated { purchase: PurchaseId } = "balance_updated",
        /// TI-8: the backend has turned the spend into a tier.
        TierSettled = "tier_settled",
        /// CR-7, UC-3: a service was used; `under_way` says that it had begun before the limit was hit (AC-9).
        RecordUsage { service: Service, model: Option<ModelId>, tokens: Option<u64>, cost: Money, under_way: Option<bool> }
            = "record_usage",
        /// CR-5: grants free credits, once for each name of a grant.
        GrantFreeCredits { grant: GrantId, amount: Money } = "grant_free_credits",
        /// UC-1, UC-2, CR-2: starts a deployment.
        StartDeployment { deployment: DeploymentId, hosting: Hosting, model: Option<ModelId>, hardware: Option<HardwareId>, per_minute: Money }
            = "start_deployment",
        /// UC-4: a deployment was used.
        RecordRequest { deployment: DeploymentId } = "record_request",
        /// UC-4: stops a deployment.
        StopDeployment { deployment: DeploymentId } = "stop_deployment",
        /// CR-9, IN-3: pays an invoice by the linked card.
        PayInvoice { invoice: InvoiceId } = "pay_invoice",
        /// AC-7: signs a contract, in the place of the one before.
        SignContract { plan: Plan, credit_limit: Money } = "sign_contract",
        /// AC-7: ends it: the account returns to its tier.
        EndContract = "end_contract",
        /// Time has passed: everything that is due happens, in order.
        Advance = "advance",
    }
}

impl Command {
    /// Who gives the command.
    #[must_use]
    pub fn who(&self) -> Actor {
        match self {
            Command::LinkCard { .. }
            | Command::SetAutoRecharge { .. }
            | Command::ClearAutoRecharge
            | Command::SetBalanceLimit { .. }
            | Command::BuyCredits { .. }
            | Command::StartDeployment { .. }
            | Command::StopDeployment { .. }
            | Command::PayInvoice { .. } => Actor::Customer,
            Command::BankApproves { .. }
            | Command::BankRequiresAction { .. }
            | Command::BankDeclines { .. }
            | Command::InvoiceGenerated { .. }
            | Command::BalanceUpdated { .. } => Actor::Processor,
            Command::TierSettled | Command::RecordUsage { .. } | Command::RecordRequest { .. } => Actor::Service,
            Command::GrantFreeCredits { .. } | Command::SignContract { .. } | Command::EndContract => Actor::Operator,
            Command::Advance => Actor::Clock,
        }
    }

    /// Reads a command from its document.
    ///
    /// # Errors
    /// What is wrong with its form.
    pub fn read(node: &Node<'_>, at: &At<'_>) -> Result<Command, ReadError> {
        Command::read_record(node, at)
    }
}

impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.name())?;
        self.write_fields(&mut map)?;
        map.end()
    }
}
