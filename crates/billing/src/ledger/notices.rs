//! What a customer should know about the account, unasked.

use crate::finding::findings;
use crate::ledger::account::Account;
use crate::ledger::invoice::{Invoice, InvoiceState};
use crate::ledger::purchase::{Purchase, Stage};
use crate::message::support::SupportLine;
use crate::money::{Charge, Money, MoneyError};
use crate::policy::schedule::Policies;
use crate::policy::terms::Policy;
use crate::policy::tier::Tier;
use crate::rules::recharge::RechargeBlock;
use crate::time::Timestamp;
use alloc::string::String;
use alloc::vec::Vec;

findings! {
    /// What a customer should know.
    pub enum Notice {
        /// PD-3: a card is entered while a purchase is under way.
        CardWhileProcessing { pending: Money } = "card.while_processing" Pd3,
        /// AC-8, CR-9: an invoice is past due; credits do not pay it.
        InvoicePastDue { due: Charge, since: Timestamp } = "invoice.past_due" Cr9,
        /// CR-9: credits that came after an unpaid invoice was drawn, and do not pay it.
        LaterCredits { bought: Money, due: Charge, drawn: Timestamp } = "invoice.later_credits" Cr9,
        /// PM-11: the bank waits for the customer to approve the charge of an invoice.
        InvoiceAction { due: Charge, since: Timestamp } = "invoice.bank_action" Pm11,
        /// PP-3: the charge of an invoice has taken longer than is normal.
        InvoiceOverdue { due: Charge, seconds: u64 } = "invoice.charge_overdue" Pp3,
        /// IN-3: an invoice will be charged.
        InvoiceDue { due: Charge, charge_on: Timestamp } = "invoice.due" In3,
        /// IN-3: an invoice will be due, and as things stand no card can be charged then.
        InvoiceNotChargeable { due: Charge, charge_on: Timestamp, reason: RechargeBlock } = "invoice.not_chargeable" In3,
        /// PP-3: a purchase has taken longer than is normal.
        PurchaseOverdue { amount: Charge, seconds: u64 } = "purchase.overdue" Pp3,
        /// PM-11: the bank waits for the customer to approve a purchase.
        PurchaseAction { amount: Charge, seconds: u64 } = "purchase.bank_action" Pm11,
        /// PP-2: a purchase has taken longer than is typical.
        PurchasePending { amount: Charge, seconds: u64, normal_seconds: u64 } = "purchase.pending" Pp2,
        /// TI-8: the tier should have followed by now.
        TierOverdue { tier: Tier, entitled: Tier, since: Timestamp } = "tier.overdue" Ti8,
        /// TI-8: the tier is following.
        TierSettling { tier: Tier, entitled: Tier, seconds: u64 } = "tier.settling" Ti8,
        /// PM-10: a card waits for its $0 hold.
        HoldWaiting = "card.hold_waiting" Pm10,
        /// PM-5: the linked card has expired.
        CardExpired { month: u64, year: u64 } = "card.has_expired" Pm5,
        /// PM-11: the bank authorises every payment, the invoice's on its day too.
        AuthorisesEach { charge_day: u64 } = "card.authorises_each" Pm11,
        /// AR-5: auto-recharge waits for the customer.
        RechargePaused = "recharge.paused" Ar5,
        /// AR-6: auto-recharge should have bought, and did not.
        RechargeWithheld { reason: RechargeBlock } = "recharge.withheld" Ar6,
        /// AR-5: a run is under way.
        RechargeRunning { completed: u64, purchases: u64, amount: Charge } = "recharge.running" Ar5,
        /// CR-6: a policy has been announced under which credits expire otherwise than before.
        ExpiryAnnounced { months: u64, from: Timestamp } = "credits.expiry_announced" Cr6,
        /// CR-6: credits will expire.
        CreditsExpire { amount: Money, at: Timestamp } = "credits.expire" Cr6,
    }
}

impl Notice {
    /// CR-9: returns the invoice that [`Notice::InvoicePastDue`] is about, for the customer to pay; nothing for other notices.
    #[must_use]
    pub fn past_due_invoice<'a>(&self, account: &'a Account) -> Option<&'a Invoice> {
        let Notice::InvoicePastDue { due, since } = self else { return None };
        let is_meant = |invoice: &&Invoice| invoice.past_due == Some(*since) && invoice.due == *due;
        account.past_due_invoices().filter(|invoice| invoice.is_payable()).rev().find(is_meant)
    }
}

/// Everything that a customer should know now, what is most urgent first.
///
/// # Errors
/// [`MoneyError::OutOfRange`].
pub fn notices(policies: &Policies, account: &Account, now: Timestamp) -> Result<Vec<Notice>, MoneyError> {
    let Some(policy) = policies.at(now) else { return Ok(Vec::new()) };
    let mut found: Vec<Notice> = Vec::new();
    for invoice in account.invoices.iter().rev() {
        found.extend(invoice_notices(policy, account, invoice, now)?);
    }
    found.extend(account.pending_purchases().filter_map(|purchase| of_purchase(policy, purchase, now)));
    found.extend(of_tier(policy, account, now)?);
    found.extend(of_card(policy, account, now));
    found.extend(of_recharge(account));
    found.extend(of_expiry(policies, policy, account, now)?);
    Ok(found)
}

/// What a customer should know of one of the account's invoices.
///
/// # Errors
/// [`MoneyError::OutOfRange`].
pub fn invoice_notices(
    policy: &Policy,
    account: &Account,
    invoice: &Invoice,
    now: Timestamp,
) -> Result<impl Iterator<Item = Notice> + use<>, MoneyError> {
    let later = later_credits(account, invoice)?;
    Ok(of_invoice(policy, account, invoice, now).into_iter().chain(later))
}

/// CR-8, CR-9: why what was bought since does not clear the invoice.
fn later_credits(account: &Account, invoice: &Invoice) -> Result<Option<Notice>, MoneyError> {
    if !invoice.unpaid().is_positive() {
        return Ok(None);
    }
    let is_later = |purchase: &&Purchase| purchase.completed.is_some_and(|completed| completed >= invoice.issued);
    let mut later = account.purchases.iter().filter(is_later).map(|purchase| purchase.amount.money());
    let bought = later.try_fold(Money::ZERO, Money::checked_add)?;
    let (due, drawn) = (invoice.due, invoice.issued);
    Ok(bought.is_positive().then_some(Notice::LaterCredits { bought, due, drawn }))
}

fn of_invoice(policy: &Policy, account: &Account, invoice: &Invoice, now: Timestamp) -> Option<Notice> {
    let due = invoice.due;
    let charging = invoice.charging.map(|charging| now.seconds_since(charging));
    match invoice.state() {
        InvoiceState::Charging => match (invoice.action_required, charging) {
            (Some(since), _) => Some(Notice::InvoiceAction { due, since }),
            (None, Some(seconds)) if seconds > policy.payment_settles_within_seconds => {
                Some(Notice::InvoiceOverdue { due, seconds })
            }
            _ => None,
        },
        InvoiceState::PastDue => invoice.past_due.map(|since| Notice::InvoicePastDue { due, since }),
        InvoiceState::Due => {
            let charge_on = invoice.charge_on;
            Some(match account.card_block(charge_on) {
                Some(reason) => Notice::InvoiceNotChargeable { due, charge_on, reason },
                None => Notice::InvoiceDue { due, charge_on },
            })
        }
        InvoiceState::Covered | InvoiceState::Paid => None,
    }
}

fn of_purchase(policy: &Policy, purchase: &Purchase, now: Timestamp) -> Option<Notice> {
    let waiting = purchase.waiting(policy, now)?;
    let (amount, seconds) = (purchase.amount, waiting.seconds);
    if purchase.stage() == Stage::BankAction {
        Some(Notice::PurchaseAction { amount, seconds })
    } else if waiting.overdue {
        Some(Notice::PurchaseOverdue { amount, seconds })
    } else {
        let normal_seconds = policy.payment_settles_within_seconds;
        waiting.late.then_some(Notice::PurchasePending { amount, seconds, normal_seconds })
    }
}

/// TI-8: counts down, then says that support is to be asked.
fn of_tier(policy: &Policy, account: &Account, now: Timestamp) -> Result<Option<Notice>, MoneyError> {
    let Some(since) = account.settling_since.filter(|_| account.contract.is_none()) else { return Ok(None) };
    let tier = |spend| policy.tier_terms_at(spend).0.tier;
    let (entitled, tier) = (tier(account.lifetime_spend()?), tier(account.settled_spend));
    Ok((entitled != tier).then_some(match account.tier_settles_in(policy, now) {
        Some(seconds) if seconds > 0 => Notice::TierSettling { tier, entitled, seconds },
        _ => Notice::TierOverdue { tier, entitled, since },
    }))
}

fn of_card(policy: &Policy, account: &Account, now: Timestamp) -> impl Iterator<Item = Notice> {
    let waiting = account.held_card.is_some().then_some(Notice::HoldWaiting);
    let expired = account.card.as_ref().map(|card| card.expiry).filter(|expiry| expiry.has_passed(now));
    let expired =
        expired.map(|expiry| Notice::CardExpired { month: u64::from(expiry.month), year: u64::from(expiry.year) });
    let each = account.card.as_ref().filter(|card| card.authorises_each);
    let each = each.map(|_| Notice::AuthorisesEach { charge_day: policy.charge_day.into() });
    [waiting, expired, each].into_iter().flatten()
}

fn of_recharge(account: &Account) -> Option<Notice> {
    let recharge = &account.recharge;
    recharge.setting?;
    match (&recharge.paused_by, recharge.withheld, recharge.run) {
        (Some(_), _, _) => Some(Notice::RechargePaused),
        (None, Some(reason), _) => Some(Notice::RechargeWithheld { reason }),
        (None, None, Some(run)) => {
            Some(Notice::RechargeRunning { completed: run.completed, purchases: run.purchases, amount: run.amount })
        }
        (None, None, None) => None,
    }
}

/// CR-6: what is announced comes before what it makes happen. An announced policy that leaves the expiry as it was is no news.
fn of_expiry(
    policies: &Policies,
    policy: &Policy,
    account: &Account,
    now: Timestamp,
) -> Result<impl Iterator<Item = Notice>, MoneyError> {
    let is_announced = |policy: &&Policy| policy.announced.is_some_and(|day| day <= now.date());
    let mut announced: Vec<&Policy> = policies.to_come(now).filter(is_announced).collect();
    announced.sort_by_key(|policy| policy.effective);
    let before = core::iter::once(policy).chain(announced.iter().copied());
    let changes =
        before.zip(&announced).filter(|(before, after)| before.expires_after_months != after.expires_after_months);
    let changes = changes.filter_map(|(_, after)| {
        after.expires_after_months.map(|months| Notice::ExpiryAnnounced { months, from: after.effective.start() })
    });
    let changes: Vec<Notice> = changes.collect();
    let next = account.credits.next_expiry();
    let next = next.map(|at| Ok(Notice::CreditsExpire { amount: account.credits.expiring(at)?, at })).transpose()?;
    Ok(changes.into_iter().chain(next))
}

/// PP-3, TI-8: what to write to support when a purchase, the charge of an invoice or a tier has taken longer than is normal: the
/// e-mail, the time and its time zone. Nothing while everything is in order.
///
/// # Errors
/// [`MoneyError::OutOfRange`].
pub fn support_message(
    policies: &Policies,
    account: &Account,
    now: Timestamp,
    email: Option<&str>,
) -> Result<Option<String>, MoneyError> {
    let Some(policy) = policies.at(now) else { return Ok(None) };
    let tier = of_tier(policy, account, now)?.filter(|notice| matches!(notice, Notice::TierOverdue { .. }));
    let overdue = |purchase: &&Purchase| purchase.waiting(policy, now).is_some_and(|waiting| waiting.overdue);
    let purchases = account.pending_purchases().filter(overdue);
    let mut lines: Vec<SupportLine> = purchases
        .map(|purchase| SupportLine::Purchase { amount: purchase.amount, started: purchase.started })
        .collect();
    let charging = |invoice: &Invoice| match of_invoice(policy, account, invoice, now) {
        Some(Notice::InvoiceOverdue { due, .. }) => invoice.charging.map(|begun| SupportLine::Invoice { due, begun }),
        _ => None,
    };
    lines.extend(account.invoices.iter().filter_map(charging));
    if let Some(Notice::TierOverdue { entitled, since, .. }) = tier {
        lines.push(SupportLine::Tier { entitled, since });
    }
    Ok((!lines.is_empty()).then(|| crate::message::support::support_message(&lines, email)))
}

/// IN-5, PM-9: what to write to support about what only support can enter: the name of an organisation, a tax id of an unusual
/// form, another e-mail for invoices.
#[must_use]
pub fn details_message(email: Option<&str>) -> String {
    crate::message::support::details_message(email)
}
