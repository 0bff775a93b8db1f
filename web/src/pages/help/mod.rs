//! Help: the common troubles, each answered from this account: what it shows, the rule, and the next step.

mod answer;
mod page;
mod search;
mod topic;

pub(crate) use page::{answer, list};
pub(crate) use topic::Topic;
