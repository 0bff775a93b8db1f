//! What the sandbox's bank has still to say. It is worked out from the account each time and kept nowhere, so that a page
//! that is loaded again goes on as if it had not been.

use billing::id::CardToken;
use billing::ledger::Invoice;
use billing::ledger::{Account, Command, Event, EventKind, Payment};
use billing::ledger::{Purchase, Stage};
use billing::money::{Charge, Money};
use billing::payment_method::Card;
use billing::processor::{Answer, Order, Processor, Report};
use billing::time::Timestamp;
use sandbox_bank::SandboxBank;

/// What the customer has told the bank about a payment.
#[derive(Clone)]
pub(crate) struct Answered {
    pub(crate) payment: Payment,
    pub(crate) at: Timestamp,
    pub(crate) approved: bool,
}

/// What the account is told next, and when.
pub(crate) struct Due {
    pub(crate) at: Timestamp,
    pub(crate) command: Command,
}

/// PM-10, PM-11: a payment for which the bank waits for the customer.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Asked {
    pub(crate) payment: Payment,
    pub(crate) amount: Charge,
}

pub(crate) fn asked(account: &Account) -> Vec<Asked> {
    let hold = account.held_card().filter(|_| account.hold_action_required().is_some());
    let hold = hold.map(|card| Asked { payment: hold_of(card), amount: nothing() });
    let purchases = account.pending_purchases().filter(|purchase| purchase.stage() == Stage::BankAction);
    let purchases =
        purchases.map(|purchase| Asked { payment: Payment::Purchase(purchase.key.clone()), amount: purchase.amount });
    let invoices = account.invoices().iter().filter(|invoice| invoice.action_required.is_some());
    let invoices = invoices.map(|invoice| Asked { payment: Payment::Invoice(invoice.id.clone()), amount: invoice.due });
    hold.into_iter().chain(purchases).chain(invoices).collect()
}

/// PM-10: a hold is named by its card, so that what is said of it is not taken for another's.
fn hold_of(card: &Card) -> Payment {
    Payment::Hold(Some(card.token.clone()))
}

/// $0.00.
fn nothing() -> Charge {
    Money::ZERO.floor_to_cents()
}

/// The first thing that the bank says next.
pub(crate) fn next_due<'a>(
    account: &'a Account,
    events: impl DoubleEndedIterator<Item = &'a Event> + Clone,
    answered: &'a [Answered],
    tier_is_held: bool,
) -> Option<Due> {
    let bank = Bank { account, events, answered };
    let purchases = account.pending_purchases().filter_map(|purchase| bank.of_purchase(purchase));
    let charging = account.invoices().iter().rev().filter_map(|invoice| bank.of_invoice(invoice));
    let tier = if tier_is_held { None } else { bank.of_tier() };
    purchases.chain(charging).chain(bank.of_hold()).chain(tier).min_by_key(|due| due.at)
}

/// What the bank looks at.
struct Bank<'a, E> {
    account: &'a Account,
    events: E,
    answered: &'a [Answered],
}

impl<'a, E: DoubleEndedIterator<Item = &'a Event> + Clone> Bank<'a, E> {
    /// PP-1: the next stage of a purchase. Each stage follows the one before at the bank's own distance.
    fn of_purchase(&self, purchase: &Purchase) -> Option<Due> {
        let payment = &Payment::Purchase(purchase.key.clone());
        let by_customer = purchase.run.is_none();
        let order = Order { payment, begun: purchase.started, amount: purchase.amount, by_customer };
        let started =
            |kind: &EventKind| matches!(kind, EventKind::PurchaseStarted { purchase: key, .. } if *key == purchase.key);
        let token = &self.card_at(started)?.token;
        match purchase.stage() {
            Stage::BankApproval | Stage::BankAction => self.approval(token, &order, purchase.action_required.is_some()),
            Stage::Invoice => follow_up(token, &order, &Answer::InvoiceGenerated, purchase.approved?),
            Stage::Balance => follow_up(token, &order, &Answer::BalanceUpdated, purchase.invoiced?),
            Stage::Completed | Stage::Declined => None,
        }
    }

    fn of_invoice(&self, invoice: &Invoice) -> Option<Due> {
        let (payment, begun) = (&Payment::Invoice(invoice.id.clone()), invoice.charging?);
        let order = Order { payment, begun, amount: invoice.due, by_customer: begun != invoice.charge_on };
        let started =
            |kind: &EventKind| matches!(kind, EventKind::InvoiceChargeStarted { invoice: id, .. } if *id == invoice.id);
        let token = &self.card_at(started)?.token;
        self.approval(token, &order, invoice.action_required.is_some())
    }

    fn of_hold(&self) -> Option<Due> {
        let card = self.account.held_card()?;
        let placed = |event: &&Event| matches!(event.kind, EventKind::CardHoldPlaced { .. });
        let begun = self.events.clone().rev().find(placed)?.at;
        let order = Order { payment: &hold_of(card), begun, amount: nothing(), by_customer: true };
        self.approval(&card.token, &order, self.account.hold_action_required().is_some())
    }

    /// TI-8: the tier follows the last payment at the bank's own distance.
    fn of_tier(&self) -> Option<Due> {
        let since = self.account.settling_since()?;
        let payment = &self.events.clone().rev().find_map(|event| match &event.kind {
            EventKind::BalanceUpdated { purchase, .. } => Some(Payment::Purchase(purchase.clone())),
            EventKind::InvoicePaid { invoice, .. } => Some(Payment::Invoice(invoice.clone())),
            _ => None,
        })?;
        let order = Order { payment, begun: since, amount: nothing(), by_customer: true };
        let at = distance(&settled(&self.account.card()?.token, &order), &Answer::TierSettled).unwrap_or(0);
        Some(Due { at: since.plus_seconds(at)?, command: Command::TierSettled })
    }

    /// The bank's first word on a payment, or its word on what the customer has told it.
    fn approval(&self, token: &CardToken, order: &Order<'_>, is_asked: bool) -> Option<Due> {
        let (reports, since) = if is_asked {
            let answered = self.answered.iter().find(|answered| answered.payment == *order.payment)?;
            (SandboxBank.authorise(token, order, answered.approved), answered.at)
        } else {
            (SandboxBank.pay(token, order), order.begun)
        };
        let first = reports.first()?;
        Some(Due { at: since.plus_seconds(first.after_seconds)?, command: first.answer.command(order.payment)? })
    }

    /// The card that was linked when a payment began: another may have been linked since.
    fn card_at(&self, began: impl Fn(&EventKind) -> bool) -> Option<&'a Card> {
        let mut back = self.events.clone().rev();
        back.find(|event| began(&event.kind))?;
        back.find_map(|event| match &event.kind {
            EventKind::CardLinked { card, .. } => Some(card),
            _ => None,
        })
    }
}

/// Everything that the bank says of a payment that it approves, whether or not it asks the customer first.
fn settled(token: &CardToken, order: &Order<'_>) -> Vec<Report> {
    let reports = SandboxBank.pay(token, order);
    let asks = reports.iter().any(|report| report.answer == Answer::BankRequiresAction);
    if asks { SandboxBank.authorise(token, order, true) } else { reports }
}

/// A stage after the approval, by its distance from the stage before.
fn follow_up(token: &CardToken, order: &Order<'_>, answer: &Answer, since: Timestamp) -> Option<Due> {
    let seconds = distance(&settled(token, order), answer)?;
    Some(Due { at: since.plus_seconds(seconds)?, command: answer.command(order.payment)? })
}

/// How many seconds after the report before it an answer comes.
fn distance(reports: &[Report], answer: &Answer) -> Option<u64> {
    let place = reports.iter().position(|report| report.answer == *answer)?;
    let before = place.checked_sub(1).and_then(|place| reports.get(place)).map_or(0, |report| report.after_seconds);
    Some(reports.get(place)?.after_seconds.saturating_sub(before))
}
