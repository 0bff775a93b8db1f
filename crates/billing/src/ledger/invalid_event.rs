//! Why an event cannot have happened to an account.

use crate::finding::findings;
use crate::money::{Charge, Money};

findings! {
    /// Why an event is impossible: no history that [`crate::ledger::decide::decide`] made has one.
    pub enum InvalidEvent {
        /// It lies before the event that it follows.
        BeforeLast = "history.before_last" none,
        /// No policy was in force then.
        NoPolicy = "history.no_policy" Cr6,
        /// A sum leaves what can be represented.
        OutOfRange = "history.out_of_range" none,
        /// IN-1: a month before it has not been closed.
        MonthOpen = "history.month_open" In1,
        /// PP-4: a purchase of this name exists.
        PurchaseExists = "history.purchase_exists" Pp4,
        /// PP-1: there is no purchase of this name.
        PurchaseUnknown = "history.purchase_unknown" Pp1,
        /// PP-1: the purchase is at another stage.
        PurchaseStage { stage: crate::ledger::purchase::Stage } = "history.purchase_stage" Pp1,
        /// AR-3: no run of auto-recharge has such a purchase to make.
        RunUnknown = "history.run_unknown" Ar3,
        /// AR-1: auto-recharge is off.
        RechargeOff = "history.recharge_off" Ar1,
        /// PM-10: no card waits for a hold.
        NoHold = "history.no_hold" Pm10,
        /// TI-8: the account has not spent this much.
        SpendUnknown { lifetime_spend: Money } = "history.spend_unknown" Ti8,
        /// CR-5: this grant has been made.
        GrantExists = "history.grant_exists" Cr5,
        /// CR-6: other credits expire then.
        OtherExpiry { expiring: Money } = "history.other_expiry" Cr6,
        /// CR-10: other credits were there to pay, or a cost is owed while credits are left.
        OtherDrawdown { free: Money, purchased: Money } = "history.other_drawdown" Cr10,
        /// UC-1: a deployment of this name exists.
        DeploymentExists = "history.deployment_exists" Uc1,
        /// UC-1: no deployment of this name is running.
        DeploymentNotRunning = "history.deployment_not_running" Uc1,
        /// UC-1: it has run for other minutes, or they cost something else.
        OtherMinutes { minutes: u64, cost: Money } = "history.other_minutes" Uc1,
        /// UC-1: minutes of it have not been charged.
        MinutesUncharged { minutes: u64 } = "history.minutes_uncharged" Uc1,
        /// IN-1: no month of this name is to be closed then.
        InvoiceMonth = "history.invoice_month" In1,
        /// IN-1: the month adds up to something else.
        OtherInvoice { total: Money, covered: Money, due: Charge } = "history.other_invoice" In1,
        /// IN-1: there is no invoice of this name.
        InvoiceUnknown = "history.invoice_unknown" In1,
        /// IN-3: the invoice is in another state.
        InvoiceState { state: crate::ledger::invoice::InvoiceState } = "history.invoice_state" In3,
        /// AC-7: there is no contract.
        NoContract = "history.no_contract" Ac7,
    }
}

impl From<crate::money::MoneyError> for InvalidEvent {
    fn from(_: crate::money::MoneyError) -> InvalidEvent {
        InvalidEvent::OutOfRange
    }
}
