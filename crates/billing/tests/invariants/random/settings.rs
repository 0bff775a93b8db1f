//! The policies that random histories are lived under.

use billing::policy::Policies;
use billing::policy::{Policy, SHIPPED};
use billing::time::Timestamp;
use serde_json::{Value, json};

/// Policies, and when a history under them begins.
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    pub(crate) opens: Timestamp,
    documents: Vec<Policy>,
    dated: bool,
}

impl Setting {
    pub(crate) fn policies(&self) -> Policies {
        if self.dated {
            Policies::dated(self.documents.iter().cloned())
        } else {
            Policies::always(self.documents[0].clone())
        }
    }
}

/// A shipped document in which some values are others.
fn edited(shipped: &str, edits: &[(&str, Value)]) -> Policy {
    let (_, text) = SHIPPED.iter().find(|(id, _)| *id == shipped).unwrap();
    let mut document: Value = serde_json::from_str(text).unwrap();
    for (pointer, value) in edits {
        *document.pointer_mut(pointer).unwrap() = value.clone();
    }
    Policy::from_json(&document.to_string()).unwrap()
}

/// Prepaid, where credits expire, purchased ones are used first, and a balance at the threshold triggers.
fn expiring(effective: &str, months: u64) -> Policy {
    edited(
        "prepaid",
        &[
            ("/id", json!("expiring")),
            ("/announced/value", json!("2025-10-01")),
            ("/effective/value", json!(effective)),
            ("/credits/expires_after/value", json!(months)),
            ("/credits/burn_order/value", json!("purchased_first")),
            ("/auto_recharge/trigger/value", json!("at_or_below")),
            ("/credits/minimum_purchase/value", json!("10.00")),
        ],
    )
}

/// Billed at month end and charged on the 1st; cards need not be chargeable again, and what is past due stops nothing.
fn lenient(effective: &str) -> Policy {
    edited(
        "credit-limit",
        &[
            ("/id", json!("lenient")),
            ("/effective/value", json!(effective)),
            ("/invoices/charge_day/value", json!(1)),
            ("/deployments/covered_ahead/value", json!(0)),
            ("/cards/recurring_required/value", json!(false)),
            ("/access/past_due_suspends/value", json!(false)),
        ],
    )
}

fn dated(shipped: &str, effective: &str) -> Policy {
    edited(shipped, &[("/effective/value", json!(effective))])
}

/// Each policy for always, and sequences of them that begin within a month and at its end.
pub(crate) fn settings() -> Vec<Setting> {
    let always = |name, policy| (name, "2024-01-31T22:00:00Z", vec![policy], false);
    let shipped = |id| Policy::shipped(id).unwrap();
    let settings = [
        always("prepaid", shipped("prepaid")),
        always("credit-limit", shipped("credit-limit")),
        ("shipped", "2025-11-08T00:00:00Z", vec![shipped("credit-limit"), shipped("prepaid")], true),
        always("expiring", expiring("2025-11-01", 3)),
        always("lenient", lenient("2025-11-01")),
        (
            "sequence",
            "2025-11-08T00:00:00Z",
            vec![
                shipped("credit-limit"),
                expiring("2025-12-17", 1),
                lenient("2026-02-01"),
                expiring("2026-03-20", 2),
                dated("credit-limit", "2026-07-31"),
                dated("prepaid", "2026-12-24"),
            ],
            true,
        ),
    ];
    let made =
        |(name, opens, documents, dated)| Setting { name, opens: Timestamp::parse(opens).unwrap(), documents, dated };
    settings.into_iter().map(made).collect()
}
