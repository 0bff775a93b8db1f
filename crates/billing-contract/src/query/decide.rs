//! `decide`: what a command makes happen, or every reason against it.

use super::access::RemedyForm;
use super::asked::Asked;
use super::history;
use crate::form::{Found, FoundDyn, Listed};
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError};
use billing::ledger::{Command, Decided, Rejection, StoredEvent, decide};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::marker::PhantomData;

pub(super) struct Input<'n> {
    events: Vec<StoredEvent>,
    command: Command,
    request: PhantomData<&'n ()>,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &["events", "command"])?;
        Ok(Input {
            events: fields.required("events", history::events)?,
            command: fields.required("command", Command::read)?,
            request: PhantomData,
        })
    }

    pub(super) fn answer<'q>(&'q self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
        let (policies, now) = (asked.policies(), asked.now()?);
        let (_, account) = history::account(policies, &self.events)?;
        Ok(Answer(decide(policies, &account, now, &self.command)))
    }
}

pub(crate) struct Answer<'q>(Result<Decided, Vec<Rejection<'q>>>);

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (events, notices, rejections) = match &self.0 {
            Ok(decided) => (decided.events.as_slice(), decided.notices.as_slice(), [].as_slice()),
            Err(rejections) => ([].as_slice(), [].as_slice(), rejections.as_slice()),
        };
        let mut answer = serializer.serialize_struct("Decide", 3)?;
        answer.serialize_field("events", events)?;
        answer.serialize_field("rejections", &Listed(rejections.iter().map(RejectionForm)))?;
        answer.serialize_field("notices", &Listed(notices.iter().copied().map(Found)))?;
        answer.end()
    }
}

struct RejectionForm<'a>(&'a Rejection<'a>);

impl Serialize for RejectionForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Rejection", 7)?;
        FoundDyn(self.0.finding()).write(&mut object)?;
        object.serialize_field("field", &self.0.field().map(billing::payment_method::card::Field::id))?;
        object.serialize_field("remedies", &Listed(self.0.remedies().iter().copied().map(RemedyForm)))?;
        object.serialize_field("retryable", &self.0.retryable())?;
        object.end()
    }
}
