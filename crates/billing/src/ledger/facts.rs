//! What an event states beside what was asked or reported: the consequences that the policy in force decides.

use crate::id::{DeploymentId, GrantId, InvoiceId, ModelId, PurchaseId};
use crate::ledger::account::Account;
use crate::ledger::deployment::Deployment;
use crate::ledger::event::{EventKind, TierEffect};
use crate::ledger::invoice::{Service, charge_on, invoice_id};
use crate::money::{Money, MoneyError};
use crate::policy::terms::Policy;
use crate::rules::credit::Drawdown;
use crate::time::Timestamp;

/// An account at an instant, under the policy in force then.
#[derive(Clone, Copy)]
pub(crate) struct Facts<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) account: &'a Account,
    pub(crate) at: Timestamp,
}

impl Facts<'_> {
    /// CR-10: the credits that pay a cost.
    fn drawdown(self, cost: Money) -> Result<Drawdown, MoneyError> {
        self.account.credits().drawdown(self.policy, cost)
    }

    /// CR-6: when credits expire that come in now.
    fn expires(self) -> Option<Timestamp> {
        self.policy.expires_after_months.and_then(|months| self.at.plus_months(months))
    }

    /// TI-8: spend that makes no other tier counts at once; any other waits for the backend, from when it makes the tier.
    fn tier_effect(self, payment: Money) -> Result<TierEffect, MoneyError> {
        let before = self.account.lifetime_spend()?;
        let tier = |spend| self.policy.tier_terms_at(spend).0.tier;
        let reached = tier(before.checked_add(payment)?);
        Ok(if tier(self.account.settled_spend()) == reached {
            TierEffect::Settled
        } else if self.account.settling_since().is_none() || tier(before) != reached {
            TierEffect::Begins
        } else {
            TierEffect::Continues
        })
    }

    /// CR-7: usage, with the credits that pay it.
    pub(crate) fn usage_recorded(
        self,
        service: Service,
        model: Option<ModelId>,
        tokens: u64,
        cost: Money,
        under_way: bool,
    ) -> Result<EventKind, MoneyError> {
        let Drawdown { free, purchased, .. } = self.drawdown(cost)?;
        Ok(EventKind::UsageRecorded { service, model, tokens, cost, under_way, free, purchased })
    }

    /// UC-1, UC-2: the minutes of a deployment that are over; nothing where there are none.
    pub(crate) fn deployment_charged(self, deployment: &Deployment) -> Result<Option<EventKind>, MoneyError> {
        let minutes = deployment.uncharged_minutes(self.at);
        if minutes == 0 {
            return Ok(None);
        }
        self.minutes_charged(deployment.id.clone(), minutes, deployment.uncharged(self.at)?).map(Some)
    }

    /// UC-1, UC-2: minutes of a deployment, with the credits that pay them.
    pub(crate) fn minutes_charged(
        self,
        deployment: DeploymentId,
        minutes: u64,
        cost: Money,
    ) -> Result<EventKind, MoneyError> {
        let Drawdown { free, purchased, .. } = self.drawdown(cost)?;
        Ok(EventKind::DeploymentCharged { deployment, minutes, cost, free, purchased })
    }

    /// PP-1: the credits of a purchase, with their expiry and what the spend does to the tier. A purchase that is not there is
    /// for the fold to refuse.
    pub(crate) fn balance_updated(self, purchase: PurchaseId) -> Result<EventKind, MoneyError> {
        let amount = self.account.purchase(&purchase).map_or(Money::ZERO, |known| known.amount.money());
        Ok(EventKind::BalanceUpdated { purchase, expires: self.expires(), tier: self.tier_effect(amount)? })
    }

    /// CR-5: free credits, with their expiry.
    pub(crate) fn free_credits_granted(self, grant: GrantId, amount: Money) -> EventKind {
        EventKind::FreeCreditsGranted { grant, amount, expires: self.expires() }
    }

    /// IN-1, IN-2: the invoice of the month in progress; nothing where no usage was recorded in it.
    pub(crate) fn invoice_issued(self) -> Result<Option<EventKind>, MoneyError> {
        let (Some(month), Some(charge_on)) = (self.account.month(), self.charge_on()) else { return Ok(None) };
        let usage = self.account.usage();
        let (total, covered, due) = (usage.total, usage.covered()?, self.account.shortfall());
        Ok(Some(EventKind::InvoiceIssued { invoice: invoice_id(month), total, covered, due, charge_on }))
    }

    /// IN-3: when the invoice of the month in progress is charged.
    pub(crate) fn charge_on(self) -> Option<Timestamp> {
        charge_on(self.policy, self.account.month()?)
    }

    /// TI-2: a paid invoice, with what the spend does to the tier.
    pub(crate) fn invoice_paid(self, invoice: InvoiceId) -> Result<EventKind, MoneyError> {
        let due = self.account.invoice(&invoice).map_or(Money::ZERO, |known| known.due.money());
        Ok(EventKind::InvoicePaid { invoice, tier: self.tier_effect(due)? })
    }
}
