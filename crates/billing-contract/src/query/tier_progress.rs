//! `tier_progress`: the present tier, and the way to the next.

use super::asked::{Asked, at_input};
use crate::form::{Amount, Listed, Said};
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError, amount};
use billing::money::Money;
use billing::policy::Limits;
use billing::rules::tier::{NextTier, Progress, progress};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::marker::PhantomData;

pub(super) struct Input<'n> {
    lifetime_spend: Money,
    request: PhantomData<&'n ()>,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &["lifetime_spend"])?;
        Ok(Input { lifetime_spend: fields.required("lifetime_spend", amount)?, request: PhantomData })
    }

    pub(super) fn answer<'q>(&self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
        let progress = progress(asked.policy()?, self.lifetime_spend);
        progress.map(Answer).map_err(|error| at_input(|at| at.field("lifetime_spend").money_fault(error)))
    }
}

pub(crate) struct Answer<'q>(Progress<'q>);

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_struct("TierProgress", 5)?;
        answer.serialize_field("tier", self.0.tier.id())?;
        answer.serialize_field("limits", &self.0.limits.map(LimitsForm))?;
        answer.serialize_field("next", &self.0.next.map(NextForm))?;
        answer.serialize_field("models", &Listed(self.0.models().map(|model| model.id.as_str())))?;
        answer.serialize_field("models_next", &Listed(self.0.models_next().map(|model| model.id.as_str())))?;
        answer.end()
    }
}

struct LimitsForm(Limits);

impl Serialize for LimitsForm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut limits = serializer.serialize_struct("Limits", 3)?;
        limits.serialize_field("llm", &self.0.llm)?;
        limits.serialize_field("embeddings", &self.0.embeddings)?;
        limits.serialize_field("rerank", &self.0.rerank)?;
        limits.end()
    }
}

struct NextForm(NextTier);

impl Serialize for NextForm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut next = serializer.serialize_struct("Next", 5)?;
        next.serialize_field("tier", self.0.tier.id())?;
        next.serialize_field("at", &Amount(self.0.at))?;
        next.serialize_field("remaining", &Amount(self.0.remaining))?;
        next.serialize_field("purchase", &Amount(self.0.purchase))?;
        next.serialize_field("share", &Said(self.0.share))?;
        next.end()
    }
}
