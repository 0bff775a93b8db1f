//! An invoice as CSV (RFC 4180): one line for each service and model, each deployment, and each sum that makes what is due.
//! Amounts are plain decimals; without the last line, which is what is due, they add up to it.

use super::invoice_summary::InvoiceSummary;
use billing::money::Money;

/// The columns are for programs, so they have the same names in every language.
const COLUMNS: [&str; 9] =
    ["invoice", "kind", "service", "model", "deployment", "times", "tokens", "minutes", "amount_usd"];

pub(super) fn document(summary: &InvoiceSummary) -> String {
    let mut lines = vec![line(COLUMNS)];
    let mut put = |kind: &str, [service, model, deployment]: [&str; 3], counts: [Option<u64>; 3], amount: Money| {
        let [times, tokens, minutes] = counts.map(|count| count.map(|count| count.to_string()).unwrap_or_default());
        let amount = amount.to_string();
        lines.push(line([&summary.id, kind, service, model, deployment, &times, &tokens, &minutes, &amount]));
    };
    let usage = &summary.usage;
    for ((service, model), tally) in &usage.services {
        let model = name(model.as_deref().unwrap_or_default());
        let names = [service.id(), &model, ""];
        put("usage", names, [Some(tally.times), Some(tally.tokens), None], tally.cost);
    }
    for (deployment, hosted) in &usage.deployments {
        put("deployment", ["", "", &name(deployment)], [None, None, Some(hosted.minutes)], hosted.cost);
    }
    let minus = |amount: Money| Money::ZERO.checked_sub(amount).unwrap_or(amount);
    for (kind, amount) in [
        ("carried_in", usage.carried_in),
        ("covered_by_free", minus(usage.free)),
        ("covered_by_purchased", minus(usage.purchased)),
        ("carried_out", minus(summary.carried_out)),
        (if summary.is_open() { "not_covered" } else { "due" }, summary.due.money()),
    ] {
        put(kind, [""; 3], [None; 3], amount);
    }
    lines.concat()
}

fn line<'a>(fields: impl IntoIterator<Item = &'a str>) -> String {
    let fields: Vec<String> = fields.into_iter().map(quoted).collect();
    [&fields.join(","), "\r\n"].concat()
}

/// A name that a spreadsheet would work out as a formula begins with an apostrophe, which makes it a text there.
fn name(name: &str) -> String {
    let is_formula = name.starts_with(['=', '+', '-', '@', '\t', '\r']);
    [if is_formula { "'" } else { "" }, name].concat()
}

/// A field stands in quotes where it holds a comma, a quote or a break.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\r', '\n']) {
        ["\"", &field.replace('"', "\"\""), "\""].concat()
    } else {
        field.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::invoices::invoice_summary::tests::session;
    use crate::sandbox::Preset;
    use billing::ledger::Service;

    #[test]
    fn in_4_the_lines_of_an_invoice() {
        let summaries = InvoiceSummary::all(&session(Preset::PastDue));
        let csv = document(&summaries[1]);
        assert_eq!(
            csv,
            "invoice,kind,service,model,deployment,times,tokens,minutes,amount_usd\r\n\
             2025-11,usage,serverless,llama-3.3-70b,,1,95000000,,112.40\r\n\
             2025-11,carried_in,,,,,,,0.00\r\n\
             2025-11,covered_by_free,,,,,,,0.00\r\n\
             2025-11,covered_by_purchased,,,,,,,-100.00\r\n\
             2025-11,carried_out,,,,,,,0.00\r\n\
             2025-11,due,,,,,,,12.40\r\n"
        );
    }

    #[test]
    fn the_amounts_add_up_to_the_last() {
        for preset in Preset::ALL {
            for summary in InvoiceSummary::all(&session(preset)) {
                let csv = document(&summary);
                let amounts = csv.lines().skip(1).map(|line| Money::parse(line.rsplit(',').next().unwrap()).unwrap());
                let mut amounts: Vec<Money> = amounts.collect();
                let due = amounts.pop().unwrap();
                assert_eq!(amounts.into_iter().try_fold(Money::ZERO, Money::checked_add), Ok(due));
            }
        }
    }

    #[test]
    fn a_name_is_no_formula() {
        let names = ["=1+1", "+1", "-1", "@sum", "llama-3.3-70b", ""].map(name);
        assert_eq!(names, ["'=1+1", "'+1", "'-1", "'@sum", "llama-3.3-70b", ""]);
    }

    #[test]
    fn a_name_that_holds_what_csv_means_something_by_is_quoted() {
        let mut summary = InvoiceSummary::all(&session(Preset::PastDue)).pop().unwrap();
        let tally = *summary.usage.services.values().next().unwrap();
        summary.usage.services.insert((Service::FineTuning, Some("a,\"b\"\nc".into())), tally);
        assert!(document(&summary).contains("2025-11,usage,fine_tuning,\"a,\"\"b\"\"\nc\",,1,"));
    }
}
