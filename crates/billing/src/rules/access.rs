//! AC · Access: whether a request is served, every reason why not, and what would lift each.

use crate::bounded::BoundedVec;
use crate::finding::findings;
use crate::json::read::vocabulary;
use crate::money::{Charge, Money, MoneyError};
use crate::policy::terms::{Policy, TierTerms};
use crate::policy::tier::Tier;
use crate::rules::credit::{Drawdown, drawdown};
use core::fmt;

/// The state of an account at one instant, as access decisions read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The balance; below zero it is owed.
    pub balance: Money,
    /// CR-5: the promotional part of a positive balance.
    pub free_credits: Money,
    /// TI-2: credits purchased and monthly bills paid.
    pub lifetime_spend: Money,
    /// CR-9: invoices that are past due.
    pub past_due: Money,
    /// AC-6: the customer's own limit; `None` for the ceiling.
    pub balance_limit: Option<Money>,
    /// AC-7: an active contract.
    pub contract: Option<Contract>,
    /// TI-8: the spend that has settled into a tier; `None` for all of it.
    pub tier_settled_spend: Option<Money>,
    /// AC-9: the sum of pending purchases.
    pub pending: Money,
    /// PP-3: when the pending purchases complete.
    pub pending_wait: Wait,
    /// TI-8: when the spend settles into its tier.
    pub tier_wait: Wait,
    /// IN-3: the part of `past_due` that is being charged again.
    pub charging: Money,
    /// PP-3: when that charge completes.
    pub charging_wait: Wait,
}

/// PP-3, TI-8: how long a pending payment or tier takes; the longer wait is the greater value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// Within the time that the policy states.
    #[default]
    Policy,
    /// Within this many seconds.
    Seconds(u64),
    /// PM-11: until the customer approves it at the bank.
    Approval,
    /// Longer than is normal.
    Overdue,
}

impl Wait {
    /// What has taken so long of the time that it takes at most. The rest is in whole minutes, rounded up.
    pub(crate) fn rest(most: u64, taken: u64) -> Wait {
        Wait::Seconds(most.saturating_sub(taken).max(1).next_multiple_of(60))
    }

    /// The remedy for this wait, where the policy states `seconds`.
    fn remedy(self, seconds: u64) -> Remedy {
        match self {
            Wait::Policy => Remedy::Wait(seconds),
            Wait::Seconds(left) => Remedy::Wait(left),
            Wait::Approval => Remedy::Approve,
            Wait::Overdue => Remedy::ContactSupport,
        }
    }
}

impl Snapshot {
    /// A new account, with nothing in it.
    pub const NEW: Snapshot = Snapshot {
        balance: Money::ZERO,
        free_credits: Money::ZERO,
        lifetime_spend: Money::ZERO,
        past_due: Money::ZERO,
        balance_limit: None,
        contract: None,
        tier_settled_spend: None,
        pending: Money::ZERO,
        pending_wait: Wait::Policy,
        tier_wait: Wait::Policy,
        charging: Money::ZERO,
        charging_wait: Wait::Policy,
    };
}

impl Snapshot {
    /// CR-1, TI-2: returns the account after a purchase: balance and spend are higher by the amount.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] where a sum leaves the range.
    pub fn after_buying(&self, amount: Money) -> Result<Snapshot, MoneyError> {
        let (balance, lifetime_spend) = (self.balance.checked_add(amount)?, self.lifetime_spend.checked_add(amount)?);
        Ok(Snapshot { balance, lifetime_spend, ..*self })
    }

    /// AC-6, AC-7: returns the credit limit in force, by contract or by the settled tier.
    ///
    /// # Errors
    /// [`MoneyError::Negative`] for a limit below zero.
    pub fn credit_limit(&self, policy: &Policy) -> Result<CreditLimit, MoneyError> {
        let settled = self.tier_settled_spend.unwrap_or(self.lifetime_spend);
        credit_limit(self, &policy.tier_terms_at(settled).0)
    }

    /// TI-1, AC-7: returns the contract's tier, or else the tier that the spend has earned.
    #[must_use]
    pub fn entitled_tier(&self, policy: &Policy) -> Tier {
        let earned = || policy.tier_terms_at(self.lifetime_spend).0.tier;
        self.contract.map_or_else(earned, |contract| contract.plan.tier())
    }

    /// TI-4, PP-4: returns the higher tier that the pending payments reach; nothing where they reach none.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] where a sum leaves the range.
    pub fn tier_reached_by_pending(&self, policy: &Policy) -> Result<Option<Tier>, MoneyError> {
        let reached = self.after_buying(self.pending)?.entitled_tier(policy);
        Ok((reached > self.entitled_tier(policy)).then_some(reached))
    }

    /// CR-5: returns what purchased credits hold of the balance: nothing where it is at or below zero.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn purchased_credits(&self) -> Result<Money, MoneyError> {
        Ok(self.balance.checked_sub(self.free_credits)?.max(Money::ZERO))
    }
}

/// AC-7: the terms of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contract {
    /// The plan.
    pub plan: Plan,
    /// How far the balance may go below zero.
    pub credit_limit: Money,
}

vocabulary! {
    /// AC-7: the plans that are contracts.
    pub enum Plan {
        /// The Scale plan.
        Scale = "scale",
        /// The Enterprise plan.
        Enterprise = "enterprise",
    }
}

impl Plan {
    /// The tier that the plan stands for.
    #[must_use]
    pub fn tier(self) -> Tier {
        match self {
            Plan::Scale => Tier::Scale,
            Plan::Enterprise => Tier::Enterprise,
        }
    }
}

vocabulary! {
    /// CR-1, CR-2: the kind of request.
    pub enum Kind {
        /// A request to the API.
        ApiCall = "api_call",
        /// To start a dedicated endpoint.
        DedicatedEndpoint = "dedicated_endpoint",
        /// To start a fine-tuning job.
        FineTuning = "fine_tuning",
        /// To start an evaluation job.
        Evaluation = "evaluation",
    }
}

/// A request for access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The kind of request.
    pub kind: Kind,
    /// The model, where there is one.
    pub model: Option<&'a str>,
    /// CR-2: the cost of starting it; not considered for an API call.
    pub cost: Money,
    /// AC-9: whether it was already under way when the balance reached its limit.
    pub under_way: bool,
}

impl Request<'_> {
    /// A plain request to the API.
    pub const API_CALL: Request<'static> =
        Request { kind: Kind::ApiCall, model: None, cost: Money::ZERO, under_way: false };
}

findings! {
    /// A contradiction in an account.
    pub enum AccountProblem {
        /// CR-5: more free credits than there are credits.
        FreeExceedsBalance { balance: Money } = "account.free_exceeds_balance" Cr5,
        /// TI-8: more spend has become a tier than was spent.
        SettledExceedsSpend { lifetime_spend: Money } = "account.settled_exceeds_spend" Ti8,
    }
}

findings! {
    /// Why a request is refused.
    pub enum Reason<'a> {
        /// AC-2, CR-4: no access yet.
        NoPurchase { minimum: Money, lifetime_spend: Money, free_credits: Money, pending: Money }
            = "access.no_purchase" Ac2,
        /// AC-8: an invoice is past due.
        PastDue { past_due: Money } = "access.past_due" Ac8,
        /// AC-1: the balance has reached its limit.
        LimitReached { balance: Money, credit_limit: Money, pending: Money } = "access.limit_reached" Ac1,
        /// CR-2: what may be spent does not cover the cost.
        CostNotCovered { cost: Money, spendable: Money, short: Money, pending: Money } = "access.cost_not_covered" Cr2,
        /// TI-5, TI-6, TI-7: the model is open from a higher tier.
        TierTooLow { model: &'a str, tier: Tier, needed: Tier, remaining: Option<Money>, pending: Money }
            = "access.tier_too_low" Ti5,
        /// TI-8: what was spent reaches the tier, which has not followed yet.
        TierSettling { model: &'a str, tier: Tier, needed: Tier, seconds: u64 } = "access.tier_settling" Ti8,
    }
}

impl Reason<'_> {
    /// AC-4: returns the HTTP status of this reason alone: 401, 402 or 403.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Reason::NoPurchase { .. } => 401,
            Reason::TierTooLow { .. } | Reason::TierSettling { .. } => 403,
            Reason::PastDue { .. } | Reason::LimitReached { .. } | Reason::CostNotCovered { .. } => 402,
        }
    }
}

/// AC-3: an action that lifts a reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Buying this much: the smallest allowed purchase that lifts the reason by itself.
    Purchase(Charge),
    /// Paying invoices of this much.
    PayInvoice(Money),
    /// Waiting for at most this many seconds.
    Wait(u64),
    /// Setting the own balance limit to at least this much.
    RaiseLimit(Charge),
    /// PM-11: approving at the bank what is under way.
    Approve,
    /// PP-3, TI-8: asking support about what takes longer than is normal.
    ContactSupport,
    /// Agreeing on other terms.
    ContactSales,
}

impl Remedy {
    /// AC-9: returns the same remedy followed by a wait of this many seconds.
    fn and_then(self, seconds: u64) -> Remedy {
        match self {
            Remedy::Wait(first) => Remedy::Wait(first.saturating_add(seconds)),
            other => other,
        }
    }
}

/// A reason against a request, with its remedies.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Refusal<'a> {
    /// The reason.
    pub reason: Reason<'a>,
    /// The remedies; each lifts the reason by itself.
    pub remedies: BoundedVec<Remedy, 4>,
    /// AC-9: whether the same request can succeed without anybody doing anything.
    pub retryable: bool,
}

impl Refusal<'_> {
    /// PP-4, AC-9: the remedies that the customer is offered. What a pending payment lifts by itself is waited for, so a second
    /// purchase is none of them.
    pub fn offered_remedies(&self) -> impl Iterator<Item = Remedy> {
        let retryable = self.retryable;
        let is_offered = move |remedy: &&Remedy| !(retryable && matches!(remedy, Remedy::Purchase(_)));
        self.remedies.iter().filter(is_offered).copied()
    }
}

/// AC-6: how far the balance may go below zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CreditLimit {
    /// The limit in force.
    pub in_force: Money,
    /// The most that the customer could set.
    pub ceiling: Money,
    /// Whether the ceiling is the policy's assumption, because the account's own terms are not stated.
    pub assumed: bool,
}

impl CreditLimit {
    /// AC-1, AC-6: the balance at which usage stops: the limit in force below zero.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`].
    pub fn stops_at(&self) -> Result<Money, MoneyError> {
        Money::ZERO.checked_sub(self.in_force)
    }
}

/// AC-3: the answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision<'a> {
    /// The tier that is in effect.
    pub tier: Tier,
    /// CR-2: balance and credit limit together, not below zero.
    pub spendable: Money,
    /// Every reason against the request; none when it is served.
    pub refusals: BoundedVec<Refusal<'a>, 5>,
    /// AC-6: the limit that the balance was held against.
    pub credit_limit: CreditLimit,
    /// AC-9: how far the balance has gone beyond its limit by usage that was already under way.
    pub overrun: Money,
    /// TI-6: the model's own rate limit in requests a minute.
    pub model_limit: Option<u64>,
}

impl Decision<'_> {
    /// Whether the request is served.
    #[must_use]
    pub fn allowed(&self) -> bool {
        self.refusals.is_empty()
    }

    /// AC-4: 200, or of several reasons' statuses the first of 401, 403, 402.
    #[must_use]
    pub fn status(&self) -> u16 {
        let has = |status: &u16| self.refusals.iter().any(|refusal| refusal.reason.status() == *status);
        [401, 403, 402].into_iter().find(has).unwrap_or(200)
    }
}

/// An error that prevents a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessError {
    /// An amount is out of range or below zero.
    Money(MoneyError),
    /// The account contradicts itself.
    Account(AccountProblem),
}

impl From<MoneyError> for AccessError {
    fn from(error: MoneyError) -> AccessError {
        AccessError::Money(error)
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AccessError::Money(error) => error.fmt(out),
            AccessError::Account(problem) => problem.fmt(out),
        }
    }
}

impl core::error::Error for AccessError {}

/// AC-1..9: decides a request, and names every reason against it.
///
/// # Errors
/// [`AccessError`] for an amount out of range and for an account that contradicts itself.
///
/// ```
/// use billing::rules::access::{Remedy, Request, Snapshot, authorize};
/// use billing::money::{Charge, Money};
/// use billing::policy::Policy;
/// let policy = Policy::shipped("prepaid")?;
/// let free = Money::parse("20.00")?;
/// let account = Snapshot { balance: free, free_credits: free, ..Snapshot::NEW };
/// let decision = authorize(&policy, &account, &Request::API_CALL)?;
/// assert_eq!(decision.status(), 401);
/// assert_eq!(decision.refusals[0].remedies[0], Remedy::Purchase(Charge::parse("5.00")?));
/// assert!(authorize(&policy, &Snapshot { free_credits: free, ..Snapshot::NEW }, &Request::API_CALL).is_err());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
pub fn authorize<'a>(
    policy: &'a Policy,
    account: &Snapshot,
    request: &Request<'a>,
) -> Result<Decision<'a>, AccessError> {
    let standing = Standing::of(policy, account)?;
    let mut refusals = BoundedVec::new();
    let mut refuse = |refusal: Option<Refusal<'a>>| {
        // There are as many places as there are rules below.
        refusal.is_none_or(|refusal| refusals.try_push(refusal).is_ok())
    };
    refuse(standing.no_purchase()?);
    refuse(standing.past_due()?);
    refuse(standing.limit_reached(request)?);
    refuse(standing.cost_not_covered(request)?);
    let model = request.model.and_then(|id| policy.model(id));
    if let Some(model) = model {
        refuse(standing.tier_too_low(&model.id, model.from)?);
    }
    Ok(Decision {
        tier: standing.tier(),
        spendable: standing.spendable,
        refusals,
        credit_limit: standing.limit,
        overrun: standing.overrun()?,
        model_limit: model.and_then(|model| model.requests_per_minute),
    })
}

/// An account under a policy.
struct Standing<'p, 'c> {
    policy: &'p Policy,
    account: &'c Snapshot,
    terms: TierTerms,
    limit: CreditLimit,
    /// Balance and credit limit together; at or below zero, usage stops.
    above_limit: Money,
    spendable: Money,
}

impl<'p, 'c> Standing<'p, 'c> {
    fn of(policy: &'p Policy, account: &'c Snapshot) -> Result<Standing<'p, 'c>, AccessError> {
        let balance = account.balance;
        if account.free_credits.not_negative()? > balance.max(Money::ZERO) {
            return Err(AccessError::Account(AccountProblem::FreeExceedsBalance { balance }));
        }
        let lifetime_spend = account.lifetime_spend.not_negative()?;
        let settled = account.tier_settled_spend.unwrap_or(lifetime_spend).not_negative()?;
        if settled > lifetime_spend {
            return Err(AccessError::Account(AccountProblem::SettledExceedsSpend { lifetime_spend }));
        }
        account.past_due.not_negative()?;
        account.pending.not_negative()?;
        let terms = policy.tier_terms_at(settled).0;
        let limit = credit_limit(account, &terms)?;
        let above_limit = balance.checked_add(limit.in_force)?;
        Ok(Standing { policy, account, terms, limit, above_limit, spendable: above_limit.max(Money::ZERO) })
    }

    fn tier(&self) -> Tier {
        self.account.contract.map_or(self.terms.tier, |contract| contract.plan.tier())
    }

    /// AC-2, CR-4: actual purchases below the minimum, whatever free credits there are. A contract has its own terms
    /// (AC-7).
    fn no_purchase<'a>(&self) -> Result<Option<Refusal<'a>>, MoneyError> {
        let (minimum, lifetime_spend) = (self.policy.minimum_spend, self.account.lifetime_spend);
        if self.account.contract.is_some() || lifetime_spend >= minimum {
            return Ok(None);
        }
        let Snapshot { free_credits, pending, .. } = *self.account;
        let reason = Reason::NoPurchase { minimum, lifetime_spend, free_credits, pending };
        let purchase = Remedy::Purchase(self.buyable(minimum.checked_sub(lifetime_spend)?.ceil_to_cents()?));
        let arriving = lifetime_spend.checked_add(pending)? >= minimum;
        Ok(Some(self.after_pending(reason, arriving, 0, purchase)))
    }

    /// PP-4, AC-9: a refusal that a pending purchase lifts by itself, this many seconds after it is there, is waited for first;
    /// what else would lift it is a second purchase.
    fn after_pending<'a>(&self, reason: Reason<'a>, arriving: bool, then: u64, remedy: Remedy) -> Refusal<'a> {
        if arriving && self.account.pending.is_positive() {
            refusal(reason, [self.pending_remedy().and_then(then), remedy])
        } else {
            refusal(reason, [remedy])
        }
    }

    fn pending_remedy(&self) -> Remedy {
        self.account.pending_wait.remedy(self.policy.payment_settles_within_seconds)
    }

    fn tier_remedy(&self) -> Remedy {
        self.account.tier_wait.remedy(self.policy.tier_settles_within_seconds)
    }

    /// AC-8, CR-9: an invoice past due stops access, and credits never pay it. What is being charged again is not paid twice.
    fn past_due<'a>(&self) -> Result<Option<Refusal<'a>>, MoneyError> {
        let Snapshot { past_due, charging, charging_wait, .. } = *self.account;
        if !self.policy.past_due_suspends || !past_due.is_positive() {
            return Ok(None);
        }
        let reason = Reason::PastDue { past_due };
        let unpaid = past_due.checked_sub(charging)?;
        let charged = charging_wait.remedy(self.policy.payment_settles_within_seconds);
        let remedy = if unpaid.is_positive() { Remedy::PayInvoice(unpaid) } else { charged };
        Ok(Some(refusal(reason, [remedy])))
    }

    /// AC-1: usage is allowed while the balance is above the negative of the limit. What was already under way is served
    /// and owed (AC-9).
    fn limit_reached<'a>(&self, request: &Request<'_>) -> Result<Option<Refusal<'a>>, MoneyError> {
        if self.above_limit.is_positive() || request.under_way {
            return Ok(None);
        }
        let Snapshot { balance, pending, .. } = *self.account;
        let reason = Reason::LimitReached { balance, credit_limit: self.limit.in_force, pending };
        self.balance_refusal(reason, Money::is_positive, |above_limit| {
            Money::ZERO.checked_sub(above_limit)?.cents_above()
        })
        .map(Some)
    }

    /// CR-2: starting something needs money for all of its cost. What is under way was started before (AC-9).
    fn cost_not_covered<'a>(&self, request: &Request<'_>) -> Result<Option<Refusal<'a>>, MoneyError> {
        let cost = request.cost.not_negative()?;
        if request.kind == Kind::ApiCall || request.under_way || self.spendable >= cost {
            return Ok(None);
        }
        let (spendable, pending) = (self.spendable, self.account.pending);
        let short = cost.checked_sub(self.above_limit)?;
        let reason = Reason::CostNotCovered { cost, spendable, short, pending };
        self.balance_refusal(
            reason,
            |above_limit| above_limit >= cost,
            |above_limit| cost.checked_sub(above_limit)?.ceil_to_cents(),
        )
        .map(Some)
    }

    /// A refusal for balance, with every remedy. `lifts` tells whether a balance this far above the limit is enough, and
    /// `missing` what a balance lacks otherwise.
    fn balance_refusal<'a>(
        &self,
        reason: Reason<'a>,
        lifts: impl Fn(Money) -> bool,
        missing: impl Fn(Money) -> Result<Charge, MoneyError>,
    ) -> Result<Refusal<'a>, MoneyError> {
        let mut refusal = refusal(reason, self.lifting_by_itself(lifts)?);
        let mut offer = |remedy| refusal.remedies.try_push(remedy).is_ok();
        offer(Remedy::Purchase(self.smallest_purchase(&missing)?));
        // With a limit of its own, an account lacks exactly what its balance lacks without any.
        let raised = missing(self.account.balance)?;
        if raised.money() <= self.limit.ceiling {
            offer(Remedy::RaiseLimit(raised));
        }
        if self.account.contract.is_some() {
            offer(Remedy::ContactSales);
        }
        Ok(refusal)
    }

    /// AC-9, TI-8: what is on its way and is enough by itself: the pending purchase, the tier that is paid for, or the tier that
    /// the pending purchase brings.
    fn lifting_by_itself(&self, lifts: impl Fn(Money) -> bool) -> Result<Option<Remedy>, MoneyError> {
        let Snapshot { balance, lifetime_spend, pending, .. } = *self.account;
        if pending.is_positive() && lifts(self.above_limit.checked_add(pending)?) {
            return Ok(Some(self.pending_remedy()));
        }
        let with_tier_of = |spend, balance: Money| -> Result<bool, MoneyError> {
            Ok(lifts(balance.checked_add(credit_limit(self.account, &self.policy.tier_terms_at(spend).0)?.in_force)?))
        };
        if with_tier_of(lifetime_spend, balance)? {
            return Ok(Some(self.tier_remedy()));
        }
        let by_both =
            pending.is_positive() && with_tier_of(lifetime_spend.checked_add(pending)?, balance.checked_add(pending)?)?;
        let settles = self.policy.tier_settles_within_seconds;
        Ok(by_both.then(|| self.pending_remedy().and_then(settles)))
    }

    /// The smallest allowed purchase after which nothing is missing. A purchase raises the spend too, and a higher tier may
    /// have a higher limit; that counts only where the tier follows every purchase.
    fn smallest_purchase(&self, missing: impl Fn(Money) -> Result<Charge, MoneyError>) -> Result<Charge, MoneyError> {
        let mut smallest = missing(self.above_limit)?;
        if self.account.contract.is_none() && self.account.tier_settled_spend.is_none() {
            let higher = self.policy.tiers.iter().filter(|terms| terms.credit_limit > self.terms.credit_limit);
            for terms in higher {
                let limit = credit_limit(self.account, terms)?;
                let to_tier = terms.at.checked_sub(self.account.lifetime_spend)?.ceil_to_cents()?;
                smallest = smallest.min(missing(self.account.balance.checked_add(limit.in_force)?)?.max(to_tier));
            }
        }
        Ok(self.buyable(smallest))
    }

    /// TI-5..8: a model that opens at a higher tier, whatever the balance.
    fn tier_too_low<'a>(&self, model: &'a str, needed: Tier) -> Result<Option<Refusal<'a>>, MoneyError> {
        let tier = self.tier();
        if tier >= needed || self.account.contract.is_some() {
            return Ok(None);
        }
        let spend = self.account.lifetime_spend;
        if self.policy.tier_terms_at(spend).0.tier >= needed {
            let seconds = self.policy.tier_settles_within_seconds;
            let reason = Reason::TierSettling { model, tier, needed, seconds };
            return Ok(Some(refusal(reason, [self.tier_remedy()])));
        }
        let remaining = self.policy.tier_terms(needed).map(|terms| terms.at.checked_sub(spend)).transpose()?;
        let remedy = match remaining {
            Some(remaining) => Remedy::Purchase(self.buyable(remaining.ceil_to_cents()?)),
            None => Remedy::ContactSales,
        };
        let pending = self.account.pending;
        let arriving = self.policy.tier_terms_at(spend.checked_add(pending)?).0.tier >= needed;
        let reason = Reason::TierTooLow { model, tier, needed, remaining, pending };
        Ok(Some(self.after_pending(reason, arriving, self.policy.tier_settles_within_seconds, remedy)))
    }

    fn overrun(&self) -> Result<Money, MoneyError> {
        Ok(Money::ZERO.checked_sub(self.above_limit)?.max(Money::ZERO))
    }

    /// CR-3: no purchase is smaller than the smallest.
    fn buyable(&self, amount: Charge) -> Charge {
        amount.max(self.policy.minimum_purchase)
    }
}

/// AC-6, AC-7: the limit by contract or by tier, lowered by the customer's own setting, which counts as the ceiling above
/// it.
fn credit_limit(account: &Snapshot, terms: &TierTerms) -> Result<CreditLimit, MoneyError> {
    let (ceiling, assumed) = match account.contract {
        Some(contract) => (contract.credit_limit.not_negative()?, false),
        None => (terms.credit_limit, terms.credit_limit_assumed),
    };
    let own = account.balance_limit.map_or(Ok(ceiling), Money::not_negative)?;
    Ok(CreditLimit { in_force: own.min(ceiling), ceiling, assumed })
}

/// AC-9: what only has to be waited for can be asked again.
fn refusal(reason: Reason<'_>, remedies: impl IntoIterator<Item = Remedy>) -> Refusal<'_> {
    let remedies = BoundedVec::<Remedy, 4>::of(remedies);
    let retryable = remedies.iter().any(|remedy| matches!(remedy, Remedy::Wait(_)));
    Refusal { reason, remedies, retryable }
}

findings! {
    /// A notice for the customer beside a decision.
    pub enum AccessNotice {
        /// AC-5: the balance is positive, and yet something is refused.
        PositiveBalance { free_credits: Money, purchased_credits: Money, tier: Tier } = "access.positive_balance" Ac5,
        /// AC-6: the own limit is above the ceiling and counts as the ceiling.
        LimitAboveCeiling { balance_limit: Money, ceiling: Money } = "access.limit_above_ceiling" Ac6,
        /// AC-6: the ceiling is assumed.
        LimitAssumed { ceiling: Money, tier: Tier } = "access.limit_assumed" Ac6,
        /// AC-7: the contract's terms hold.
        ByContract { tier: Tier, credit_limit: Money } = "access.by_contract" Ac7,
        /// AC-9: the balance is below its limit, by usage that was under way or because the limit was lowered.
        Overrun { overrun: Money, credit_limit: Money } = "access.overrun" Ac9,
        /// AC-9: the request was under way; it is served, and owed.
        UnderWay { balance: Money, credit_limit: Money } = "access.under_way" Ac9,
        /// TI-8: the tier has not followed the spend yet.
        TierFollows { tier: Tier, entitled: Tier, seconds: u64 } = "access.tier_follows" Ti8,
    }
}

/// AC-5, AC-6, AC-7, AC-9, TI-8: returns the notices that belong to a decision.
///
/// # Errors
/// As [`authorize`].
pub fn notices(
    policy: &Policy,
    account: &Snapshot,
    request: &Request<'_>,
    decision: &Decision<'_>,
) -> Result<BoundedVec<AccessNotice, 7>, AccessError> {
    let CreditLimit { in_force, ceiling, assumed } = decision.credit_limit;
    let (balance, tier) = (account.balance, decision.tier);
    let entitled = policy.tier_terms_at(account.lifetime_spend).0.tier;
    let purchased_credits = balance.checked_sub(account.free_credits)?;
    let positive = !decision.allowed() && balance.is_positive();
    let at_limit = !balance.checked_add(in_force)?.is_positive();
    let above = account.balance_limit.filter(|own| *own > ceiling);
    let by_contract = account.contract.is_some();
    let follows = match account.tier_wait.remedy(policy.tier_settles_within_seconds) {
        Remedy::Wait(seconds) => Some(seconds),
        _ => None,
    };
    let found = [
        positive.then_some(AccessNotice::PositiveBalance {
            free_credits: account.free_credits,
            purchased_credits,
            tier,
        }),
        above.map(|balance_limit| AccessNotice::LimitAboveCeiling { balance_limit, ceiling }),
        assumed.then_some(AccessNotice::LimitAssumed { ceiling, tier }),
        by_contract.then_some(AccessNotice::ByContract { tier, credit_limit: ceiling }),
        decision
            .overrun
            .is_positive()
            .then_some(AccessNotice::Overrun { overrun: decision.overrun, credit_limit: in_force }),
        (at_limit && request.under_way && decision.allowed())
            .then_some(AccessNotice::UnderWay { balance, credit_limit: in_force }),
        follows.filter(|_| !by_contract && entitled > tier).map(|seconds| AccessNotice::TierFollows {
            tier,
            entitled,
            seconds,
        }),
    ];
    Ok(BoundedVec::of(found.into_iter().flatten()))
}

/// CR-10: returns which credits would pay for an allowed request; `None` where its cost is not known ahead.
///
/// # Errors
/// [`MoneyError::OutOfRange`].
pub fn paid_from(
    policy: &Policy,
    account: &Snapshot,
    request: &Request<'_>,
    decision: &Decision<'_>,
) -> Result<Option<Drawdown>, MoneyError> {
    if request.kind == Kind::ApiCall || !decision.allowed() {
        return Ok(None);
    }
    drawdown(policy, account.balance, account.free_credits, request.cost).map(Some)
}
