//! `decline_diagnosis`: what an account shows of a declined payment, and what is left to check.

use super::asked::Asked;
use super::history;
use crate::form::{Found, FoundDyn, Listed};
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError, text};
use billing::ledger::StoredEvent;
use billing::rules::decline::{Diagnosis, Item, diagnose};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::marker::PhantomData;

pub(super) struct Input<'n> {
    events: Vec<StoredEvent>,
    code: Option<&'n str>,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &["events", "code"])?;
        Ok(Input { events: fields.required("events", history::events)?, code: fields.optional("code", text)? })
    }

    pub(super) fn answer<'q>(&'q self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
        let (policies, policy, now) = (asked.policies(), asked.policy()?, asked.now()?);
        let (_, account) = history::account_at(policies, &self.events, now)?;
        Ok(Answer { diagnosis: diagnose(policy, &account.shown(now), self.code), request: PhantomData })
    }
}

pub(crate) struct Answer<'q> {
    diagnosis: Diagnosis,
    request: PhantomData<&'q ()>,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Diagnosis { meaning, known, checklist } = &self.diagnosis;
        let mut answer = serializer.serialize_struct("DeclineDiagnosis", 3)?;
        answer.serialize_field("meaning", &Found(*meaning))?;
        answer.serialize_field("known", &Listed(known.iter().copied().map(Found)))?;
        answer.serialize_field("checklist", &Listed(checklist.iter().map(ItemForm)))?;
        answer.end()
    }
}

struct ItemForm<'a>(&'a Item);

impl Serialize for ItemForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Check", 6)?;
        object.serialize_field("check", self.0.check.id())?;
        object.serialize_field("likely", &self.0.likely)?;
        FoundDyn(&self.0.advice).write(&mut object)?;
        object.end()
    }
}
