//! `policy_check`: everything that is wrong with a policy document.

use super::asked::Asked;
use crate::form::{FaultForm, Listed};
use billing::json::Node;
use billing::json::read::{At, Family, Fields, ReadError};
use billing::policy::check;
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::marker::PhantomData;

pub(super) struct Input<'n> {
    document: &'n Node<'n>,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &["policy"])?;
        Ok(Input { document: fields.required("policy", |node, _| Ok(node))? })
    }

    /// The places are those in the document, whoever sends it.
    #[allow(clippy::unnecessary_wraps, reason = "every question answers in one form")]
    pub(super) fn answer<'q>(&self, _: &'q Asked) -> Result<Answer<'q>, ReadError> {
        let problems = check(self.document, &At::root(Family::Policy, "")).err().unwrap_or_default();
        Ok(Answer { problems, request: PhantomData })
    }
}

pub(crate) struct Answer<'q> {
    problems: Vec<ReadError>,
    request: PhantomData<&'q ()>,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_struct("PolicyCheck", 1)?;
        answer.serialize_field("problems", &Listed(self.problems.iter().map(FaultForm)))?;
        answer.end()
    }
}
