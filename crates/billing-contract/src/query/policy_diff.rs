//! `policy_diff`: what changes from one policy document to another.

use super::asked::Asked;
use crate::form::{Listed, NodeForm};
use crate::policies::Document;
use billing::clause::Clause;
use billing::json::Node;
use billing::json::read::{At, Fields, ReadError};
use billing::policy::{Change, diff};
use serde::ser::{Serialize, SerializeStruct, Serializer};

pub(super) struct Input<'n> {
    from: Document<'n>,
    to: Document<'n>,
}

impl<'n> Input<'n> {
    pub(super) fn read(node: &'n Node<'n>, at: &At<'_>) -> Result<Self, ReadError> {
        let fields = Fields::open(node, at, &["from", "to"])?;
        Ok(Input { from: fields.required("from", Document::read)?, to: fields.required("to", Document::read)? })
    }

    #[allow(clippy::unnecessary_wraps, reason = "every question answers in one form")]
    pub(super) fn answer<'q>(&'q self, _: &'q Asked) -> Result<Answer<'q>, ReadError> {
        Ok(Answer { changes: diff(self.from.tree(), self.to.tree()) })
    }
}

pub(crate) struct Answer<'q> {
    changes: Vec<Change<'q>>,
}

impl Serialize for Answer<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_struct("PolicyDiff", 1)?;
        answer.serialize_field("changes", &Listed(self.changes.iter().map(ChangeForm)))?;
        answer.end()
    }
}

struct ChangeForm<'a>(&'a Change<'a>);

impl Serialize for ChangeForm<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut change = serializer.serialize_struct("Change", 4)?;
        change.serialize_field("path", &self.0.path)?;
        change.serialize_field("from", &self.0.from.map(NodeForm))?;
        change.serialize_field("to", &self.0.to.map(NodeForm))?;
        change.serialize_field("clause", &self.0.clause.map(Clause::id))?;
        change.end()
    }
}
