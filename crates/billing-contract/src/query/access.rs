//! `access`: whether a request is served, and what would lift each reason against it.

use super::asked::{Asked, at_input};
use crate::form::{Amount, Found, Listed};
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError, amount, flag, money, text, word};
use billing::money::Money;
use billing::rules::access::{
    AccessError, AccessNotice, AccountProblem, Contract, CreditLimit, Decision, Kind, Refusal, Remedy, Request,
    Snapshot, authorize, notices, paid_from,
};
use billing::rules::credit::Drawdown;
use serde::ser::{Serialize, SerializeStruct, Serializer};

const ACCOUNT: [&str; 8] = [
    "balance",
    "free_credits",
    "lifetime_spend",
    "past_due",
    "balance_limit",
    "contract",
    "tier_settled_spend",
    "pending",
];
const REQUEST: [&str; 4] = ["kind", "model", "cost", "under_way"];

pub(super) struct Input<'n> {
    account: Snapshot,
    request: Request<'n>,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &["account", "request"])?;
        Ok(Input { account: fields.required("account", account)?, request: fields.required("request", request)? })
    }

    pub(super) fn answer<'q>(&'q self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
        let (policy, account, request) = (asked.policy()?, &self.account, &self.request);
        let decision = authorize(policy, account, request).map_err(fault)?;
        let notices = notices(policy, account, request, &decision).map_err(fault)?;
        let paid_from = paid_from(policy, account, request, &decision).map_err(|error| fault(error.into()))?;
        Ok(Answer { decision, own_limit: account.balance_limit, notices: notices.into_iter().collect(), paid_from })
    }
}

fn account(node: &Node<'_>, at: &At<'_>) -> Result<Snapshot, ReadError> {
    let fields = Fields::open(node, at, &ACCOUNT)?;
    let nothing = |amount: Option<Money>| amount.unwrap_or(Money::ZERO);
    Ok(Snapshot {
        balance: fields.required("balance", money)?,
        free_credits: nothing(fields.optional("free_credits", amount)?),
        lifetime_spend: fields.required("lifetime_spend", amount)?,
        past_due: nothing(fields.optional("past_due", amount)?),
        balance_limit: fields.optional("balance_limit", amount)?,
        contract: fields.optional("contract", contract)?,
        tier_settled_spend: fields.optional("tier_settled_spend", amount)?,
        pending: nothing(fields.optional("pending", amount)?),
        ..Snapshot::NEW
    })
}

fn contract(node: &Node<'_>, at: &At<'_>) -> Result<Contract, ReadError> {
    let fields = Fields::open(node, at, &["plan", "credit_limit"])?;
    Ok(Contract { plan: fields.required("plan", word)?, credit_limit: fields.required("credit_limit", amount)? })
}

fn request<'n>(node: &'n Node<'n>, at: &At<'_>) -> Result<Request<'n>, ReadError> {
    let fields = Fields::open(node, at, &REQUEST)?;
    let kind = fields.required("kind", word)?;
    let cost = match kind {
        Kind::ApiCall => fields.optional("cost", amount)?.unwrap_or(Money::ZERO),
        _ => fields.required("cost", amount)?,
    };
    let model = fields.optional("model", text)?;
    let under_way = fields.optional("under_way", flag)?.unwrap_or(false);
    Ok(Request { kind, model, cost, under_way })
}

pub(super) fn fault(error: AccessError) -> ReadError {
    at_input(|at| {
        let account = at.field("account");
        match error {
            AccessError::Money(error) => account.money_fault(error),
            AccessError::Account(problem) => {
                let field = match problem {
                    AccountProblem::FreeExceedsBalance { .. } => "free_credits",
                    AccountProblem::SettledExceedsSpend { .. } => "tier_settled_spend",
                };
                account.field(field).finding(&problem)
            }
        }
    })
}

pub(crate) struct Answer<'q> {
    decision: Decision<'q>,
    own_limit: Option<Money>,
    notices: Vec<AccessNotice>,
    paid_from: Option<Drawdown>,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let decision = &self.decision;
        let mut answer = serializer.serialize_struct("Access", 10)?;
        answer.serialize_field("allowed", &decision.allowed())?;
        answer.serialize_field("status", &decision.status())?;
        answer.serialize_field("tier", decision.tier.id())?;
        answer.serialize_field("spendable", &Amount(decision.spendable))?;
        answer.serialize_field("reasons", &Listed(decision.refusals.iter().map(RefusalForm)))?;
        answer.serialize_field("limit", &LimitForm(decision.credit_limit, self.own_limit))?;
        answer.serialize_field("overrun", &Amount(decision.overrun))?;
        answer.serialize_field("paid_from", &self.paid_from.map(BurnForm))?;
        answer.serialize_field("model_limit", &decision.model_limit)?;
        answer.serialize_field("notices", &Listed(self.notices.iter().copied().map(Found)))?;
        answer.end()
    }
}

pub(super) struct RefusalForm<'a>(pub(super) &'a Refusal<'a>);

impl Serialize for RefusalForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut reason = serializer.serialize_struct("Reason", 6)?;
        Found(self.0.reason).write(&mut reason)?;
        reason.serialize_field("remedies", &Listed(self.0.remedies.iter().copied().map(RemedyForm)))?;
        reason.serialize_field("retryable", &self.0.retryable)?;
        reason.end()
    }
}

pub(super) struct RemedyForm(pub(super) Remedy);

impl Serialize for RemedyForm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (kind, amount, seconds) = match self.0 {
            Remedy::Purchase(charge) => ("purchase", Some(charge.money()), None),
            Remedy::PayInvoice(amount) => ("pay_invoice", Some(amount), None),
            Remedy::Wait(seconds) => ("wait", None, Some(seconds)),
            Remedy::RaiseLimit(limit) => ("raise_limit", Some(limit.money()), None),
            Remedy::Approve => ("approve", None, None),
            Remedy::ContactSupport => ("contact_support", None, None),
            Remedy::ContactSales => ("contact_sales", None, None),
        };
        let mut remedy = serializer.serialize_struct("Remedy", 3)?;
        remedy.serialize_field("kind", kind)?;
        remedy.serialize_field("amount", &amount.map(Amount))?;
        remedy.serialize_field("seconds", &seconds)?;
        remedy.end()
    }
}

pub(super) struct LimitForm(pub(super) CreditLimit, pub(super) Option<Money>);

impl Serialize for LimitForm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut limit = serializer.serialize_struct("Limit", 4)?;
        limit.serialize_field("in_force", &Amount(self.0.in_force))?;
        limit.serialize_field("own", &self.1.map(Amount))?;
        limit.serialize_field("ceiling", &Amount(self.0.ceiling))?;
        limit.serialize_field("assumed", &self.0.assumed)?;
        limit.end()
    }
}

struct BurnForm(Drawdown);

impl Serialize for BurnForm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut burn = serializer.serialize_struct("PaidFrom", 3)?;
        burn.serialize_field("free", &Amount(self.0.free))?;
        burn.serialize_field("purchased", &Amount(self.0.purchased))?;
        burn.serialize_field("owed", &Amount(self.0.owed))?;
        burn.end()
    }
}
