//! The staircase as a picture, and its twin, the table.

use super::plan::Run;
use super::stairs::{Column, HEIGHT, Place, SIDE, Stairs, WIDTH, index_after};
use crate::amounts::{charge, count, dollars};
use crate::parts::drawing::{drawing, label, line};
use crate::parts::figures::{column, table, twin};
use crate::texts::credits as texts;
use billing::policy::Tier;
use leptos::prelude::*;

/// `before` says what the balance at the left stands for.
pub(crate) fn picture(stairs: &Stairs, before: &str) -> AnyView {
    let threshold = stairs.threshold();
    let start = stairs.level(0);
    let end = stairs.level(Place::try_from(stairs.columns.len()).unwrap_or(0));
    let flat = stairs.columns.is_empty();
    // The labels keep clear of the lines: the threshold's above its line, but below it where the balance lies above.
    let threshold_label =
        if flat && threshold > start { threshold.saturating_add(18) } else { threshold.saturating_sub(7) };
    let start_label = if flat { start.saturating_sub(8) } else { start.saturating_add(18) };
    let named_threshold = texts::threshold(&charge(stairs.setting.threshold));
    let mut content = vec![
        line("area", stairs.area()),
        line("threshold", format!("M0 {threshold}H{WIDTH}")),
        line("outline", stairs.outline()),
    ];
    for (index, column) in (0..).zip(&stairs.columns) {
        step(stairs, index, *column, &mut content);
    }
    content.push(label("threshold-label", (0, threshold_label), named_threshold));
    content.push(label("balance", (0, start_label), dollars(stairs.start)));
    content.push(label("each caption", (0, start_label.saturating_add(if flat { 24 } else { 15 })), before.to_owned()));
    if !flat {
        content.push(label("balance end", (WIDTH, end.saturating_sub(22)), dollars(stairs.end)));
    }
    drawing("stairs", (WIDTH, HEIGHT), content)
}

fn step(stairs: &Stairs, index: Place, column: Column, content: &mut Vec<AnyView>) {
    let (left, right) = (stairs.left(index), stairs.left(index_after(index)));
    let (from, to) = (stairs.level(index), stairs.level(index_after(index)));
    match column {
        Column::Step(step) => {
            let place = (right.saturating_sub(3), to.saturating_sub(5));
            content.push(label("each", place, format!("+{}", charge(step.amount))));
        }
        Column::Fold(omitted) => {
            let place = (right.saturating_add(6), from.saturating_add(20));
            content.push(line("fold", format!("M{left} {from}L{right} {to}")));
            content.push(label("folded", place, texts::more(&count(omitted))));
        }
    }
}

/// The same steps as rows.
pub(crate) fn steps_table(run: &Run, tier_of_step: impl Fn(Tier) -> Tier) -> AnyView {
    let row = |column: &Column| match column {
        Column::Step(step) => vec![
            count(step.number),
            charge(step.amount),
            dollars(step.balance_after),
            tier_of_step(step.tier_after).name().to_owned(),
        ],
        Column::Fold(omitted) => vec![texts::more(&count(*omitted))],
    };
    let columns = vec![
        column(texts::number(), true),
        column(texts::amount(), true),
        column(texts::balance_after(), true),
        column(texts::tier_after(), false),
    ];
    let rows = run.stairs.columns.iter().map(row).collect();
    twin(texts::purchases_as_a_table(), true, table(texts::each_purchase().to_owned(), columns, rows))
}

/// The room that the start and the end have beside the steps is wide enough for their labels.
const _: () = assert!(SIDE >= 72);
