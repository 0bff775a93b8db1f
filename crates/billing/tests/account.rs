//! The account's life: what commands make happen.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

use billing::account::{Account, Command, Decided, Event, Policies, Rejection, decide, replay};
use billing::document::Node;
use billing::document::read::{At, Family};
use billing::policy::Policy;
use billing::time::Timestamp;

/// A life under a policy, told command by command.
struct Life<'p> {
    policies: Policies<'p>,
    account: Account,
    events: Vec<Event>,
}

impl<'p> Life<'p> {
    fn new(policies: Policies<'p>) -> Life<'p> {
        Life { policies, account: Account::NEW, events: Vec::new() }
    }

    fn ask(&self, at: &str, command: &str) -> Result<Decided, Vec<String>> {
        let node: Node<'_> = serde_json::from_str(command).unwrap();
        let command = Command::read(&node, &At::root(Family::Request, "command")).unwrap();
        let codes = |rejections: Vec<Rejection<'_>>| {
            rejections.iter().map(|rejection| rejection.finding().code().to_owned()).collect()
        };
        decide(self.policies, &self.account, Timestamp::parse(at).unwrap(), &command).map_err(codes)
    }

    /// The kinds of the events that a command makes happen.
    fn tell(&mut self, at: &str, command: &str) -> Vec<&'static str> {
        let decided = self.ask(at, command).unwrap();
        self.account = decided.account;
        self.events.extend(decided.events.iter().cloned());
        assert_eq!(replay(self.policies, &self.events), Ok(self.account.clone()));
        decided.events.iter().map(|event| event.happened.name()).collect()
    }

    fn balance(&self, at: &str) -> String {
        self.account.balance(Timestamp::parse(at).unwrap()).unwrap().to_string()
    }
}

const CARD: &str = r#"{"kind":"link_card","card":{"token":"tok_ok","fingerprint":"fp_ok","network":"visa","last4":"4242",
    "expiry":"2030-12","funding":"credit","recurring":true,"authorises_each":false,
    "address":{"line1":"1 Main St","city":"Springfield","region":"IL","postal_code":"62701","country":"US"}}}"#;

#[test]
fn a_first_purchase_goes_through_its_stages() {
    let policy = Policy::shipped("prepaid").unwrap();
    let mut life = Life::new(Policies::Always(&policy));
    assert_eq!(
        life.ask("2025-12-01T09:00:00Z", r#"{"kind":"buy_credits","key":"k1","amount":"5.00"}"#),
        Err(vec!["payment.no_card".into()])
    );
    assert_eq!(life.tell("2025-12-01T09:00:00Z", CARD), ["card_linked"]);
    let buy = r#"{"kind":"buy_credits","key":"k1","amount":"60.00"}"#;
    assert_eq!(life.tell("2025-12-01T09:00:00Z", buy), ["purchase_started"]);
    assert_eq!(life.tell("2025-12-01T09:00:01Z", buy), [""; 0]);
    let payment = r#"{"kind":"bank_approves","payment":{"kind":"purchase","id":"k1"}}"#;
    assert_eq!(life.tell("2025-12-01T09:00:02Z", payment), ["bank_approved"]);
    assert_eq!(
        life.tell("2025-12-01T09:00:03Z", r#"{"kind":"invoice_generated","purchase":"k1"}"#),
        ["purchase_invoiced"]
    );
    assert_eq!(life.tell("2025-12-01T09:00:04Z", r#"{"kind":"balance_updated","purchase":"k1"}"#), ["balance_updated"]);
    assert_eq!(life.balance("2025-12-01T09:00:04Z"), "60.00");
    assert_eq!(life.tell("2025-12-01T09:00:49Z", r#"{"kind":"tier_settled"}"#), ["tier_settled"]);
    let start = r#"{"kind":"start_deployment","deployment":"d","hosting":"dedicated_endpoint","per_minute":"0.01"}"#;
    assert_eq!(life.tell("2025-12-30T23:30:30Z", start), ["deployment_started"]);
    assert_eq!(
        life.tell("2026-01-03T00:00:00Z", r#"{"kind":"advance"}"#),
        ["deployment_charged", "deployment_charged", "invoice_drawn", "deployment_charged", "deployment_charged"]
    );
}
