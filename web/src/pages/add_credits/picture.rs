//! The chart of recharge steps as a picture, and the same as a table.

use super::plan::Run;
use super::recharge_steps_chart::{Column, HEIGHT, Place, RechargeStepsChart, SIDE, WIDTH, index_after};
use crate::i18n::add_credits as texts;
use crate::i18n::amounts::{charge, count, dollars};
use crate::ui::drawing::{drawing, label, line};
use crate::ui::figures::{column, table, twin};
use billing::policy::Tier;
use leptos::prelude::*;

/// `before` says what the balance at the left stands for.
pub(crate) fn picture(chart: &RechargeStepsChart, before: &str) -> AnyView {
    let threshold = chart.threshold();
    let start = chart.level(0);
    let end = chart.level(Place::try_from(chart.columns.len()).unwrap_or(0));
    let flat = chart.columns.is_empty();
    // The labels keep clear of the lines: the threshold's above its line, but below it where the balance lies above.
    let threshold_label =
        if flat && threshold > start { threshold.saturating_add(18) } else { threshold.saturating_sub(7) };
    let start_label = if flat { start.saturating_sub(8) } else { start.saturating_add(18) };
    let named_threshold = texts::threshold(&charge(chart.setting.threshold));
    let mut content = vec![
        line("area", chart.area()),
        line("threshold", format!("M0 {threshold}H{WIDTH}")),
        line("outline", chart.outline()),
    ];
    for (index, column) in (0..).zip(&chart.columns) {
        step(chart, index, *column, &mut content);
    }
    content.push(label("threshold-label", (0, threshold_label), named_threshold));
    content.push(label("balance", (0, start_label), dollars(chart.start)));
    content.push(label("each caption", (0, start_label.saturating_add(if flat { 24 } else { 15 })), before.to_owned()));
    if !flat {
        content.push(label("balance end", (WIDTH, end.saturating_sub(22)), dollars(chart.end)));
    }
    drawing("recharge-steps-chart", (WIDTH, HEIGHT), content)
}

fn step(chart: &RechargeStepsChart, index: Place, column: Column, content: &mut Vec<AnyView>) {
    let (left, right) = (chart.left(index), chart.left(index_after(index)));
    let (from, to) = (chart.level(index), chart.level(index_after(index)));
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
    let rows = run.chart.columns.iter().map(row).collect();
    twin(texts::purchases_as_a_table(), true, table(texts::each_purchase().to_owned(), columns, rows))
}

/// The room that the start and the end have beside the steps is wide enough for their labels.
const _: () = assert!(SIDE >= 72);
