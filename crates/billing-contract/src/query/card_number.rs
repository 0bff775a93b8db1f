//! `card_number`: what the digits of a card number tell while it is typed.

use super::asked::Asked;
use crate::form::{Found, Listed};
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError, text};
use billing::payment_method::card::{TypedNumber, read_number};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::marker::PhantomData;

pub(super) struct Input<'n> {
    number: &'n str,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        Ok(Input { number: Fields::open(node, at, &["number"])?.required("number", text)? })
    }

    pub(super) fn answer<'q>(&self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
        Ok(Answer { typed: read_number(asked.policy()?, self.number), policy: PhantomData })
    }
}

pub(crate) struct Answer<'q> {
    typed: TypedNumber,
    policy: PhantomData<&'q ()>,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let typed = &self.typed;
        let mut answer = serializer.serialize_struct("CardNumber", 6)?;
        answer.serialize_field("formatted", &typed.formatted)?;
        answer.serialize_field("networks", &Listed(typed.networks.iter().map(|network| network.id())))?;
        answer.serialize_field("state", typed.state.id())?;
        answer.serialize_field("accepted", &typed.accepted)?;
        answer.serialize_field("security_code_length", &typed.security_code_length)?;
        answer.serialize_field("problems", &Listed(typed.problems.iter().copied().map(Found)))?;
        answer.end()
    }
}
