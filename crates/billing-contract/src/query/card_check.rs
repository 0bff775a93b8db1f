//! `card_check`: everything that is known of a card and its billing address.

use super::asked::Asked;
use crate::form::{Found, Listed};
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError, flag, text, word};
use billing::payment_method::address::Address;
use billing::payment_method::card::{Card, FieldProblem, Funding, Linked, Network, Verdict, check};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::marker::PhantomData;

const NAMES: [&str; 9] =
    ["name", "number", "expiry", "security_code", "funding", "recurring", "address", "address_match", "linked"];
const ADDRESS: [&str; 6] = ["line1", "line2", "city", "region", "postal_code", "country"];

pub(super) struct Input<'n>(Card<'n>);

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &NAMES)?;
        Ok(Input(Card {
            name: fields.optional("name", text)?.unwrap_or_default(),
            number: fields.required("number", text)?,
            expiry: fields.required("expiry", text)?,
            security_code: fields.required("security_code", text)?,
            funding: fields.optional("funding", word)?.unwrap_or(Funding::Unknown),
            recurring: fields.optional("recurring", flag)?,
            address: fields.optional("address", address)?,
            address_match: fields.optional("address_match", flag)?,
            linked: fields.optional("linked", linked)?,
        }))
    }

    pub(super) fn answer<'q>(&self, asked: &'q Asked) -> Result<Answer<'q>, ReadError> {
        Ok(Answer { verdict: check(asked.policy()?, asked.now()?, &self.0), policy: PhantomData })
    }
}

fn address<'n>(node: &'n Node<'n>, at: &At<'_>) -> Result<Address<'n>, ReadError> {
    let fields = Fields::open(node, at, &ADDRESS)?;
    let part = |name| fields.optional(name, text).map(Option::unwrap_or_default);
    Ok(Address {
        line1: part("line1")?,
        line2: part("line2")?,
        city: part("city")?,
        region: part("region")?,
        postal_code: part("postal_code")?,
        country: part("country")?,
    })
}

fn linked<'n>(node: &'n Node<'n>, at: &At<'_>) -> Result<Linked<'n>, ReadError> {
    let fields = Fields::open(node, at, &["same_card", "address"])?;
    Ok(Linked { same_card: fields.required("same_card", flag)?, address: fields.required("address", address)? })
}

pub(crate) struct Answer<'q> {
    verdict: Verdict,
    policy: PhantomData<&'q ()>,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let verdict = &self.verdict;
        let mut answer = serializer.serialize_struct("CardCheck", 4)?;
        answer.serialize_field("network", &verdict.network.map(Network::id))?;
        answer.serialize_field("last4", &verdict.last4.map(String::from_iter))?;
        answer.serialize_field("accepted", &verdict.accepted)?;
        answer.serialize_field("problems", &Listed(verdict.problems.iter().map(ProblemForm)))?;
        answer.end()
    }
}

struct ProblemForm<'a>(&'a FieldProblem);

impl Serialize for ProblemForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut problem = serializer.serialize_struct("Problem", 5)?;
        Found(self.0.problem).write(&mut problem)?;
        problem.serialize_field("field", self.0.field.id())?;
        problem.end()
    }
}
