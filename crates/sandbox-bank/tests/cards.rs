//! Each test card does what it is for, and no number outlives its linking.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "that is how a test fails")]

use billing::id::CardToken;
use billing::ledger::{Account, Command, Payment, Rejection, decide};
use billing::money::Charge;
use billing::payment_method::address::Address;
use billing::payment_method::card::holds_card_number;
use billing::policy::Policies;
use billing::policy::Policy;
use billing::processor::{Answer, Entered, Order, Processor, Report, Taken};
use billing::time::Timestamp;
use sandbox_bank::{CARDS, SandboxBank};

const ADDRESS: Address<'_> = Address {
    line1: "1 Main Street",
    line2: "",
    city: "Springfield",
    region: "IL",
    postal_code: "62701",
    country: "US",
};

fn now() -> Timestamp {
    Timestamp::parse("2025-12-01T09:00:00Z").unwrap()
}

fn link(number: &str, expiry: &str, security_code: &str) -> Result<Taken, String> {
    let entered = Entered { number, expiry, security_code, name: "A. Lovelace", address: ADDRESS };
    SandboxBank.link(&entered, now()).map_err(|decline| decline.code.to_string())
}

fn code_for(number: &str) -> &'static str {
    if number.len() == 15 { "1234" } else { "123" }
}

/// What follows a payment: `approve`, `ask`, or the code of the decline, with the seconds.
fn follows(reports: &[Report]) -> (String, u64) {
    let first = &reports[0];
    let word = match &first.answer {
        Answer::BankApproves => "approve".to_owned(),
        Answer::BankRequiresAction => "ask".to_owned(),
        Answer::BankDeclines(decline) => decline.code.to_string(),
        other => panic!("{other:?}"),
    };
    (word, first.after_seconds)
}

fn order(payment: &Payment) -> Order<'_> {
    Order { payment, begun: now(), amount: Charge::parse("5.00").unwrap(), by_customer: true }
}

fn purchase() -> Payment {
    Payment::Purchase("first".into())
}

/// Number, what linking does (`ok`, `hold`, or a code), what paying does, what paying does once approved.
const EXPECTED: [(&str, &str, &str, &str); 38] = [
    ("4242424242424242", "ok", "approve", "approve"),
    ("4000056655665556", "ok", "approve", "approve"),
    ("5555555555554444", "ok", "approve", "approve"),
    ("2223003122003222", "ok", "approve", "approve"),
    ("5200828282828210", "ok", "approve", "approve"),
    ("5105105105105100", "ok", "approve", "approve"),
    ("378282246310005", "ok", "approve", "approve"),
    ("371449635398431", "ok", "approve", "approve"),
    ("6011111111111117", "ok", "approve", "approve"),
    ("6200000000000005", "ok", "approve", "approve"),
    ("4000002500001001", "ok", "approve", "approve"),
    ("5555552500001001", "ok", "approve", "approve"),
    ("4000000000000002", "generic_decline", "generic_decline", "generic_decline"),
    ("4000000000009995", "insufficient_funds", "insufficient_funds", "insufficient_funds"),
    ("4000000000009987", "lost_card", "lost_card", "lost_card"),
    ("4000000000009979", "stolen_card", "stolen_card", "stolen_card"),
    ("4000000000006975", "card_velocity_exceeded", "card_velocity_exceeded", "card_velocity_exceeded"),
    ("4000000000000069", "expired_card", "expired_card", "expired_card"),
    ("4000000000000127", "incorrect_cvc", "incorrect_cvc", "incorrect_cvc"),
    ("4000000000000119", "processing_error", "processing_error", "processing_error"),
    ("4000000000000341", "ok", "generic_decline", "generic_decline"),
    ("4100000000000019", "ok", "fraudulent", "fraudulent"),
    ("4000000000004954", "ok", "approve", "approve"),
    ("4000000000009235", "ok", "approve", "approve"),
    ("4000000000000101", "ok", "approve", "approve"),
    ("4000000000000036", "ok", "approve", "approve"),
    ("4000000000000028", "ok", "approve", "approve"),
    ("4000000000000010", "ok", "approve", "approve"),
    ("4000000000000044", "ok", "approve", "approve"),
    ("4000002500003155", "hold", "approve", "approve"),
    ("4000002760003184", "ok", "ask", "approve"),
    ("4000003800000446", "ok", "approve", "approve"),
    ("4000008260003178", "ok", "ask", "insufficient_funds"),
    ("4000000000003220", "ok", "ask", "approve"),
    ("4000008400001629", "ok", "ask", "generic_decline"),
    ("4000008400001280", "ok", "processing_error", "processing_error"),
    ("4000000000003055", "ok", "approve", "approve"),
    ("4000000000003097", "ok", "approve", "approve"),
];

#[test]
fn each_card_does_what_it_is_for() {
    assert_eq!(EXPECTED.len(), CARDS.len());
    for (number, linking, paying, approved) in EXPECTED {
        let card = CARDS.iter().find(|card| card.number == number).unwrap();
        let linked = match link(number, "12/30", code_for(number)) {
            Ok(taken) if taken.hold => "hold".to_owned(),
            Ok(_) => "ok".to_owned(),
            Err(code) => code,
        };
        assert_eq!(linked, linking, "{}", card.name);
        // The token alone says how a card pays, so that it can be charged after a reload.
        let token = CardToken::from(format!("tok_{}", card.name));
        assert_eq!(follows(&SandboxBank.pay(&token, &order(&purchase()))).0, paying, "{}", card.name);
        let agreed = SandboxBank.authorise(&token, &order(&purchase()), true);
        assert_eq!(follows(&agreed).0, approved, "{}", card.name);
        if paying == "ask" {
            let refused = SandboxBank.authorise(&token, &order(&purchase()), false);
            assert_eq!(follows(&refused).0, "authentication_required");
        }
    }
}

#[test]
fn pp_3_two_cards_keep_the_customer_waiting() {
    let seconds = |token: &str| follows(&SandboxBank.pay(&token.into(), &order(&purchase()))).1;
    assert_eq!([seconds("tok_visa"), seconds("tok_elevated_risk"), seconds("tok_highest_risk")], [2, 180, 1200]);
}

#[test]
fn pp_1_a_purchase_has_all_stages_and_an_invoice_only_the_bank() {
    let answers = |payment: &Payment| {
        let reports = SandboxBank.pay(&"tok_visa".into(), &order(payment));
        assert!(reports.is_sorted_by_key(|report| report.after_seconds));
        reports.into_iter().map(|report| report.answer).collect::<Vec<_>>()
    };
    let all = [Answer::BankApproves, Answer::InvoiceGenerated, Answer::BalanceUpdated, Answer::TierSettled];
    assert_eq!(answers(&purchase()), all);
    assert_eq!(answers(&Payment::Invoice("2025-11".into())), [Answer::BankApproves, Answer::TierSettled]);
    assert_eq!(answers(&Payment::Hold(Some("tok_visa".into()))), [Answer::BankRequiresAction]);
}

#[test]
fn what_is_no_test_card_is_declined_by_its_reason() {
    assert_eq!(link("4242 4242 4242 4241", "12/30", "123"), Err("incorrect_number".into()));
    assert_eq!(link("4111 1111 1111 1111", "12/30", "123"), Err("testmode_decline".into()));
    assert_eq!(link("4242 4242 4242 4242", "13/30", "123"), Err("invalid_expiry_month".into()));
    assert_eq!(link("4242 4242 4242 4242", "12/1975", "123"), Err("invalid_expiry_year".into()));
    assert_eq!(link("4242 4242 4242 4242", "12/30", "12"), Err("invalid_cvc".into()));
    assert_eq!(link("", "12/30", "123"), Err("incorrect_number".into()));
    let reports = SandboxBank.pay(&"tok_of_another_bank".into(), &order(&purchase()));
    assert_eq!(follows(&reports).0, "resource_missing");
}

/// Everything that the rules read as a number is one here too: blanks, dashes and full-width digits.
#[test]
fn a_number_is_read_as_the_rules_read_it() {
    for number in ["4242 4242 4242 4242", "4242\u{2013}4242-4242\u{a0}4242", "４２４２ ４２４２ ４２４２ ４２４２"]
    {
        assert!(link(number, "12/30", "123").is_ok(), "{number}");
    }
}

/// Two digits are read as a year of this century, though `95` is 1995 to whoever types it.
#[test]
fn a_year_farther_ahead_than_any_card_is_one_that_has_passed() {
    assert_eq!(link("4242 4242 4242 4242", "12/95", "123"), Err("invalid_expiry_year".into()));
    assert_eq!(link("4242 4242 4242 4242", "12/75", "123"), Err("invalid_expiry_year".into()));
    assert!(link("4242 4242 4242 4242", "12/74", "123").is_ok());
}

/// PM-11: that the customer agrees brings no money to a card that has none, and no haste to its bank.
#[test]
fn agreeing_changes_nothing_for_a_card_whose_bank_did_not_ask() {
    for card in &CARDS {
        let token = CardToken::from(format!("tok_{}", card.name));
        let paid = SandboxBank.pay(&token, &order(&purchase()));
        if paid[0].answer != Answer::BankRequiresAction {
            assert_eq!(SandboxBank.authorise(&token, &order(&purchase()), true), paid, "{}", card.name);
        }
    }
}

/// PM-7: a card goes on as a token; its digits do not, whatever is printed or written of it.
#[test]
fn no_number_outlives_its_linking() {
    for card in &CARDS {
        let taken = match link(card.number, "12/30", code_for(card.number)) {
            Ok(taken) => taken,
            Err(code) => {
                assert!(!holds_card_number(&code));
                continue;
            }
        };
        assert!(!holds_card_number(&format!("{taken:?}")), "{}", card.name);
        assert!(card.number.ends_with(&taken.card.last4.to_string()));
        let others = CARDS.iter().filter(|other| other.number != card.number);
        for other in others.filter_map(|other| link(other.number, "12/30", code_for(other.number)).ok()) {
            assert_ne!(other.card.fingerprint, taken.card.fingerprint);
        }
    }
}

#[test]
fn pm_1_to_6_the_rules_refuse_what_the_bank_has_taken() {
    let policy = Policy::shipped("prepaid").unwrap();
    let refused = |number: &str| {
        let Taken { card, hold } = link(number, "12/30", code_for(number)).unwrap();
        let command = Command::LinkCard { card, hold: Some(hold) };
        let codes = |rejections: Vec<Rejection<'_>>| {
            rejections.iter().map(|rejection| rejection.finding().code()).collect::<Vec<_>>()
        };
        decide(&Policies::always(policy.clone()), &Account::NEW, now(), &command)
            .map_err(codes)
            .err()
            .unwrap_or_default()
    };
    assert_eq!(refused("4242424242424242"), [""; 0]);
    assert_eq!(refused("5105105105105100"), ["card.prepaid", "card.not_recurring"]);
    assert_eq!(refused("6011111111111117"), ["card.network_refused"]);
    assert_eq!(refused("6200000000000005"), ["card.network_refused"]);
    assert_eq!(refused("4000000000000036"), ["card.address_mismatch"]);
    assert_eq!(refused("4000000000000101"), ["card.security_code_mismatch"]);
    assert_eq!(refused("4000000000000044"), [""; 0]);
}
