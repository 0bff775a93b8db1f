//! What a rule has found: its sentence, and the clause behind it.

use super::element::el;
use super::icon::{Shape, icon};
use billing::clause::Clause;
use billing::finding::Finding;
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};

/// A finding as the page keeps it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub(crate) sentence: String,
    pub(crate) clause: Option<Clause>,
}

impl Told {
    /// A sentence with no clause behind it.
    pub(crate) fn plain(sentence: String) -> Told {
        Told { sentence, clause: None }
    }

    pub(crate) fn of(finding: &impl Finding) -> Told {
        Told::of_dyn(finding)
    }

    pub(crate) fn of_dyn(finding: &dyn Finding) -> Told {
        Told { sentence: finding.to_string(), clause: finding.clause() }
    }
}

/// How a finding is meant; each meaning has a colour, an icon and a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Fine,
    Attention,
    Refused,
}

impl Tone {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Tone::Plain => "plain",
            Tone::Fine => "fine",
            Tone::Attention => "attention",
            Tone::Refused => "refused",
        }
    }

    fn icon(self) -> Shape {
        match self {
            Tone::Plain => Shape::Info,
            Tone::Fine => Shape::Check,
            Tone::Attention => Shape::Warning,
            Tone::Refused => Shape::Stop,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Tone::Plain => "Note: ",
            Tone::Fine => "Fine: ",
            Tone::Attention => "Attention: ",
            Tone::Refused => "Refused: ",
        }
    }
}

/// The clause as a small button that opens the rule's summary.
pub(crate) fn rule(clause: Clause) -> AnyView {
    let id = format!("rule-{}", next_number());
    let name = el!("span", "class" = "hidden"; "Rule ");
    el!("span", "class" = "rule";
        el!("button", "type" = "button", "popovertarget" = id; name, clause.id()),
        el!("span", "popover" = "", "id" = id, "role" = "note"; el!("b"; clause.id()), " ", clause.summary()),
    )
}

/// A number that no other part of the page has, for an id.
fn next_number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// A sentence with its clause behind it.
pub(crate) fn sentence(told: Told) -> Vec<AnyView> {
    vec![told.sentence.into_any(), told.clause.map(rule).into_any()]
}

/// A finding: icon, sentence, clause.
pub(crate) fn finding(told: Told, tone: Tone) -> AnyView {
    let word = el!("span", "class" = "hidden"; tone.word());
    el!("div", "class" = format!("finding {}", tone.class()); icon(tone.icon()), el!("p"; word, sentence(told)))
}

pub(crate) fn findings(found: Vec<Told>, tone: Tone) -> Vec<AnyView> {
    found.into_iter().map(|told| finding(told, tone)).collect()
}
