//! PM · Cards, holds and expiry.

use crate::life::{
    Life, ask_customer, at, buy, card, charge, invoice_declined, invoice_needs_customer, link, link_with_hold, usage,
};
use crate::{NOTHING, credit_limit, prepaid};
use billing::ledger::{Command, Event, EventKind, InvalidEvent, Payment};
use billing::policy::Policies;
use billing::rules::access::Remedy;
use billing::time::Timestamp;

/// The instant at which a card expires is exact to the nanosecond.
#[test]
fn pm_5_a_card_expires_at_one_instant() {
    for year in [1970, 2025, 2028, 9997] {
        for month in 1..=12 {
            let expiry = billing::payment_method::card::Expiry { year, month };
            let passes = expiry.passes_at().unwrap();
            let before = Timestamp::from_unix_nanoseconds(passes.unix_nanoseconds() - 1).unwrap();
            assert_eq!((expiry.has_passed(before), expiry.has_passed(passes)), (false, true), "{expiry}");
        }
    }
    assert_eq!(
        billing::payment_method::card::Expiry { year: 2025, month: 12 }.passes_at(),
        Some(at("2026-01-01 12:00"))
    );
    assert_eq!(billing::payment_method::card::Expiry { year: 9999, month: 12 }.passes_at(), None);
}

/// An expiry month has the form `2027-02` and no other.
#[test]
fn an_expiry_month_is_read_in_one_form_only() {
    use billing::payment_method::card::Expiry;
    assert_eq!(Expiry::parse("2027-02"), Some(Expiry { year: 2027, month: 2 }));
    for other in ["2027-2", "27-02", "2027-13", "2027-00", "+027-02", "2027-+2", "2027/02", "2027-02-01", "-", ""] {
        assert_eq!(Expiry::parse(other), None, "{other}");
    }
}

/// PM-7: linking another card forgets the one before.
#[test]
fn pm_7_a_new_card_replaces_the_linked_one() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    assert_eq!(life.tell("2025-12-01", &link(card("b"))), ["card_linked"]);
    assert_eq!(&*life.account.card().unwrap().token, "tok_b");
    let mut refused = card("c");
    refused.funding = billing::payment_method::card::Funding::Prepaid;
    refused.recurring = Some(false);
    assert_eq!(life.refused("2025-12-01", &link(refused)), ["card.prepaid", "card.not_recurring"]);
    let mut unknown = card("4242424242424242");
    unknown.address = None;
    assert_eq!(life.refused("2025-12-01", &link(unknown)), ["card.address_missing", "card.number_as_token"]);
    assert_eq!(&*life.account.card().unwrap().token, "tok_b");
}

/// PM-8: the same card keeps its address, another may have another, and a new tax id is no new address.
#[test]
fn pm_8_the_same_card_keeps_its_address() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    let mut moved = card("a");
    moved.token = "tok_a2".into();
    moved.address.as_mut().unwrap().line1 = "2 Oak Ave".into();
    assert_eq!(life.refused("2025-12-01", &link(moved.clone())), ["card.address_locked"]);
    assert_eq!(life.refused("2025-12-01", &link_with_hold(moved.clone())), ["card.address_locked"]);
    let mut taxed = card("a");
    taxed.tax_id = Some("12-3456789".into());
    assert_eq!(life.tell("2025-12-01", &link(taxed)), ["card_linked"]);
    moved.fingerprint = "fp_other".into();
    assert_eq!(life.tell("2025-12-01", &link(moved)), ["card_linked"]);
}

/// PM-10: until its hold is approved a card is not linked, and the card before it is charged.
#[test]
fn pm_10_a_card_is_linked_once_its_hold_is_approved() {
    let policy = prepaid();
    let mut life = Life::new(Policies::always(policy.clone()));
    let hold = Payment::Hold(None);
    let approve_hold = Command::BankApproves { payment: hold.clone() };
    let decline_hold = Command::BankDeclines { payment: hold.clone(), code: "generic_decline".into() };
    assert_eq!(life.refused("2025-12-01", &approve_hold), ["card.no_hold"]);
    assert_eq!(life.tell("2025-12-01", &link_with_hold(card("a"))), ["card_hold_placed"]);
    assert_eq!(life.refused("2025-12-01", &buy("k1", "5.00")), ["payment.hold_unapproved"]);
    assert_eq!(life.says("2025-12-01"), ["card.hold_waiting"]);
    let action = Command::BankRequiresAction { payment: hold };
    assert_eq!(life.tell("2025-12-01", &action), ["bank_action_required"]);
    assert_eq!(life.account.hold_action_required(), Some(at("2025-12-01")));
    assert_eq!(life.tell("2025-12-01 00:05", &approve_hold), ["card_linked"]);
    assert_eq!(life.tell("2025-12-01 00:05", &approve_hold), NOTHING);
    assert_eq!(life.account.held_card(), None);

    assert_eq!(life.tell("2025-12-02", &link_with_hold(card("b"))), ["card_hold_placed"]);
    assert_eq!(&*life.account.card().unwrap().token, "tok_a");
    assert_eq!(life.tell("2025-12-02", &buy("k1", "5.00")), ["purchase_started"]);
    assert_eq!(life.tell("2025-12-02 00:05", &decline_hold), ["card_hold_declined"]);
    assert_eq!((&*life.account.card().unwrap().token, life.account.held_card()), ("tok_a", None));
}

/// PM-10: the bank's answer about one card's hold neither links nor drops another card.
#[test]
fn pm_10_the_answer_to_a_hold_concerns_only_its_own_card() {
    let policy = prepaid();
    let hold = |name: &str| Payment::Hold(Some(format!("tok_{name}").into()));
    let approve = |name| Command::BankApproves { payment: hold(name) };
    let decline = |name| Command::BankDeclines { payment: hold(name), code: "generic_decline".into() };
    let ask = |name| Command::BankRequiresAction { payment: hold(name) };
    let mut life = Life::new(Policies::always(policy.clone()));
    for none in [approve("a"), decline("a"), ask("a")] {
        assert_eq!(life.refused("2025-12-01", &none), ["card.no_hold"]);
    }
    life.tell("2025-12-01 09:00", &link_with_hold(card("a")));
    life.tell("2025-12-01 09:01", &link_with_hold(card("b")));
    for late in [approve("a"), decline("a"), ask("a")] {
        assert_eq!(life.tell("2025-12-01 09:02", &late), NOTHING, "{late:?}");
    }
    assert_eq!(life.tell("2025-12-01 09:03", &ask("b")), ["bank_action_required"]);
    assert_eq!(life.tell("2025-12-01 09:03", &ask("b")), NOTHING);
    let stranger = Event { at: at("2025-12-01 09:03"), kind: EventKind::BankActionRequired { payment: hold("a") } };
    assert_eq!(life.account.clone().apply(&stranger), Err(InvalidEvent::NoHold));
    assert_eq!(life.tell("2025-12-01 09:04", &approve("b")), ["card_linked"]);
    assert_eq!(&*life.account.card().unwrap().token, "tok_b");
    assert_eq!(life.tell("2025-12-01 09:05", &approve("a")), NOTHING);
    life.tell("2025-12-01 09:06", &link_with_hold(card("c")));
    assert_eq!(life.tell("2025-12-01 09:07", &decline("c")), ["card_hold_declined"]);
}

/// PM-11: where the bank authorises each payment, a notice says so ahead, and each payment waits for its approval.
#[test]
fn pm_11_each_payment_waits_for_its_own_approval() {
    let policy = credit_limit();
    let mut each = card("a");
    each.authorises_each = true;
    let mut life = Life::new(Policies::always(policy.clone()));
    life.tell("2025-11-10", &link(each));
    assert_eq!(life.says("2025-11-10"), ["card.authorises_each"]);
    life.tell("2025-11-10 09:00", &buy("k1", "5.00"));
    assert_eq!(life.tell("2025-11-10 09:00:05", &ask_customer("k1")), ["bank_action_required"]);
    assert_eq!(life.tell("2025-11-10 09:00:06", &ask_customer("k1")), NOTHING);
    assert_eq!(life.says("2025-11-10 09:00:06"), ["purchase.bank_action", "card.authorises_each"]);
    let asked = usage("1.00");
    // It is not waited for: nothing happens until the customer approves.
    let refusals = life.refusals("2025-11-10 09:00:06", &asked);
    assert_eq!(refusals[0].remedies[..], [Remedy::Approve, Remedy::Purchase(charge("5.00"))]);
    assert!(!refusals[0].retryable);
    life.completes("2025-11-10 09:30", "k1");
    life.tell("2025-11-10 09:30", &Command::TierSettled);
    life.tell("2025-11-10 09:30", &usage("25.00"));
    life.passes("2025-12-03");
    life.tell("2025-12-03", &invoice_needs_customer("2025-11"));
    assert_eq!(life.says("2025-12-03 00:20"), ["invoice.bank_action", "card.authorises_each"]);
    life.tell("2025-12-04", &invoice_declined("2025-11"));
    assert_eq!(life.refused("2025-12-04", &asked), ["access.past_due"]);
}

/// PD-3: entering a card while a purchase is pending is remembered until none is.
#[test]
fn pd_3_a_card_entered_during_a_purchase_is_remembered_until_it_ends() {
    let policy = prepaid();
    let mut life = Life::new(Policies::always(policy.clone()));
    life.tell("2025-12-01", &link(card("a")));
    assert!(!life.account.reentered());
    life.tell("2025-12-01", &buy("k1", "5.00"));
    assert!(!life.account.reentered());
    life.tell("2025-12-01", &link(card("b")));
    assert!(life.account.reentered());
    let (payment, code) = (Payment::Purchase("k1".into()), "generic_decline".into());
    life.tell("2025-12-01", &Command::BankDeclines { payment, code });
    assert!(!life.account.reentered());
}

/// PD-3, PM-10: a card counts as entered when its hold begins, not when the bank approves it.
#[test]
fn pd_3_approving_a_hold_does_not_count_as_entering_a_card() {
    let policy = prepaid();
    let mut life = Life::with_card(&policy, "2025-12-01");
    life.tell("2025-12-01", &link_with_hold(card("b")));
    life.tell("2025-12-01", &buy("k1", "5.00"));
    assert_eq!(life.tell("2025-12-01", &Command::BankApproves { payment: Payment::Hold(None) }), ["card_linked"]);
    assert!(!life.account.reentered());
    life.tell("2025-12-01", &link(card("c")));
    assert!(life.account.reentered());
}
