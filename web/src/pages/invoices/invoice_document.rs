//! An invoice as the words and figures of a document, without their layout.

use super::invoice_summary::{InvoiceSummary, deployment_columns, service_columns};
use crate::i18n::amounts::dollars;
use crate::i18n::times::day;
use crate::i18n::{invoices as texts, shell};
use crate::ui::figures::{Column, Row, row};
use billing::time::{Date, Timestamp};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InvoiceDocument {
    /// The tag of its language.
    pub(super) language: String,
    /// What it comes from.
    pub(super) product: String,
    pub(super) title: String,
    pub(super) facts: Vec<Row>,
    pub(super) tables: Vec<Table>,
    /// The last one stands out.
    pub(super) sums: Vec<Row>,
    pub(super) note: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<String>>,
}

impl InvoiceDocument {
    pub(super) fn of(summary: &InvoiceSummary, account: &str, language: &str) -> InvoiceDocument {
        let drawn = summary.drawn.map(|(drawn, _)| row(texts::drawn(), day(drawn)));
        let facts = [
            row(texts::account(), account.to_owned()),
            row(texts::number(), summary.id.to_string()),
            row(texts::period(), period(summary.month)),
        ];
        let services = Table {
            caption: texts::services().to_owned(),
            columns: service_columns(),
            rows: summary.services().map(Vec::from).collect(),
        };
        let deployments = Table {
            caption: texts::deployments().to_owned(),
            columns: deployment_columns(),
            rows: summary.deployments().map(Vec::from).collect(),
        };
        InvoiceDocument {
            language: language.to_owned(),
            product: shell::product().to_owned(),
            title: texts::invoice_of(&summary.month_name()),
            facts: facts.into_iter().chain(drawn).chain([row(texts::state(), summary.stage.in_words())]).collect(),
            tables: [services, deployments].into_iter().filter(|table| !table.rows.is_empty()).collect(),
            sums: summary.sums().into_iter().map(|(name, amount)| row(name, dollars(amount))).collect(),
            note: texts::sample().to_owned(),
        }
    }
}

/// The month by its first and its last day.
fn period(month: Date) -> String {
    let last = month.first_of_month_after(1).and_then(|next| {
        let instant = next.start().unix_nanoseconds().checked_sub(1)?;
        Timestamp::from_unix_nanoseconds(instant).ok()
    });
    [&day(month.start()), " – ", &day(last.unwrap_or(month.start())), " (UTC)"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_ends_with_the_last_day_of_its_month() {
        let period = |first| period(Date::parse(first).unwrap());
        assert_eq!(period("2025-11-01"), "1 November 2025 – 30 November 2025 (UTC)");
        assert_eq!(period("2028-02-01"), "1 February 2028 – 29 February 2028 (UTC)");
    }
}
