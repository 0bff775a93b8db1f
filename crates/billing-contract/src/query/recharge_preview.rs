//! `recharge_preview`: what an auto-recharge setting buys now.

use super::asked::{Asked, at_input};
use crate::form::{Amount, Found, Listed};
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError, amount, charge, count, money, word};
use billing::money::{Charge, Money};
use billing::rules::credit::AmountError;
use billing::rules::recharge::{LinkedCard, Preview, RechargeQuestion, Setting, Step, preview};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::marker::PhantomData;

const NAMES: [&str; 8] =
    ["balance", "threshold", "amount", "pending", "lifetime_spend", "list", "credit_limit", "card"];
/// How many first steps are listed where the request does not say.
const LISTED: u64 = 10;
const MOST_LISTED: u64 = 1000;

pub(super) struct Input<'n> {
    balance: Money,
    threshold: Charge,
    amount: Option<Charge>,
    pending: Money,
    lifetime_spend: Money,
    credit_limit: Option<Money>,
    card: Option<LinkedCard>,
    list: u64,
    request: PhantomData<&'n ()>,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &NAMES)?;
        Ok(Input {
            balance: fields.required("balance", money)?,
            threshold: fields.required("threshold", charge)?,
            amount: fields.optional("amount", charge)?,
            pending: fields.optional("pending", amount)?.unwrap_or(Money::ZERO),
            lifetime_spend: fields.optional("lifetime_spend", amount)?.unwrap_or(Money::ZERO),
            list: fields.optional("list", count(0, MOST_LISTED))?.unwrap_or(LISTED),
            credit_limit: fields.optional("credit_limit", amount)?,
            card: fields.optional("card", word)?,
            request: PhantomData,
        })
    }

    pub(super) fn answer<'q>(&self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
        let policy = asked.policy()?;
        let amount = self.amount.unwrap_or(policy.default_recharge_amount);
        let question = RechargeQuestion {
            balance: self.balance,
            setting: Setting { amount, threshold: self.threshold },
            pending: self.pending,
            lifetime_spend: self.lifetime_spend,
            credit_limit: self.credit_limit,
            card: self.card,
        };
        let preview = preview(policy, &question).map_err(|error| {
            at_input(|at| match error {
                AmountError::Money(error) => at.money_fault(error),
                AmountError::Refused(problem) => at.field("amount").finding(&problem),
            })
        })?;
        Ok(Answer { preview, list: self.list })
    }
}

pub(crate) struct Answer<'q> {
    preview: Preview<'q>,
    list: u64,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let preview = &self.preview;
        let mut answer = serializer.serialize_struct("RechargePreview", 10)?;
        answer.serialize_field("triggers", &preview.triggers())?;
        answer.serialize_field("purchases", &preview.purchases)?;
        answer.serialize_field("total", &Amount(preview.total))?;
        answer.serialize_field("balance_after", &Amount(preview.balance_after))?;
        answer.serialize_field("lifetime_spend_after", &Amount(preview.lifetime_spend_after))?;
        answer.serialize_field("tier_after", preview.tier_after.id())?;
        let listed = self.list.min(preview.purchases);
        let steps = (1..=listed).filter_map(|number| preview.step(number).map(StepForm));
        answer.serialize_field("steps", &Listed(steps))?;
        answer.serialize_field("omitted", &preview.purchases.saturating_sub(listed))?;
        answer.serialize_field("last", &preview.last().map(StepForm))?;
        answer.serialize_field("warnings", &Listed(preview.warnings.iter().copied().map(Found)))?;
        answer.end()
    }
}

struct StepForm(Step);

impl Serialize for StepForm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut step = serializer.serialize_struct("Step", 5)?;
        step.serialize_field("number", &self.0.number)?;
        step.serialize_field("amount", &Amount(self.0.amount))?;
        step.serialize_field("balance_after", &Amount(self.0.balance_after))?;
        step.serialize_field("lifetime_spend_after", &Amount(self.0.lifetime_spend_after))?;
        step.serialize_field("tier_after", self.0.tier_after.id())?;
        step.end()
    }
}
