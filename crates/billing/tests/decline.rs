//! PD · Every cause is either stated as known or asked about, the likelier first.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    reason = "that is how a test fails"
)]

mod with_terms;

use billing::clause::Clause;
use billing::finding::Finding;
use billing::payment_method::card::{Expiry, Funding, Network};
use billing::policy::Policy;
use billing::rules::decline::{Check, Diagnosis, Known, Meaning, Shown, ShownCard, diagnose};
use proptest::prelude::*;
use with_terms::with_terms;

/// What Stripe publishes for cards, what it answers with beside that, and our own code for a sentence of its.
const CODES: [&str; 55] = [
    "approve_with_id",
    "authentication_not_handled",
    "authentication_required",
    "call_issuer",
    "card_declined",
    "card_not_supported",
    "card_velocity_exceeded",
    "currency_not_supported",
    "do_not_honor",
    "do_not_try_again",
    "duplicate_transaction",
    "expired_card",
    "fraudulent",
    "generic_decline",
    "incorrect_address",
    "incorrect_cvc",
    "incorrect_number",
    "incorrect_pin",
    "incorrect_zip",
    "insufficient_funds",
    "invalid_account",
    "invalid_amount",
    "invalid_cvc",
    "invalid_expiry_month",
    "invalid_expiry_year",
    "invalid_number",
    "invalid_pin",
    "issuer_not_available",
    "live_mode_test_card",
    "lost_card",
    "merchant_blacklist",
    "mobile_device_authentication_required",
    "new_account_information_available",
    "no_action_taken",
    "not_permitted",
    "offline_pin_required",
    "online_or_offline_pin_required",
    "only_credit_or_debit",
    "payment_intent_authentication_failure",
    "pickup_card",
    "pin_try_exceeded",
    "processing_error",
    "reenter_transaction",
    "restricted_card",
    "revocation_of_all_authorizations",
    "revocation_of_authorization",
    "security_violation",
    "service_not_allowed",
    "stolen_card",
    "stop_payment_order",
    "test_mode_live_card",
    "testmode_decline",
    "transaction_not_allowed",
    "try_again_later",
    "withdrawal_count_limit_exceeded",
];

fn prepaid() -> Policy {
    Policy::shipped("prepaid").unwrap()
}

/// An account that shows a card and nothing against it.
const HEALTHY: Shown = Shown { card: Some(ShownCard::UNKNOWN), ..Shown::NOTHING };

fn with_card(card: ShownCard) -> Shown {
    Shown { card: Some(card), ..HEALTHY }
}

fn checks(diagnosis: &Diagnosis) -> Vec<Check> {
    diagnosis.checklist.iter().map(|item| item.check).collect()
}

fn likely(diagnosis: &Diagnosis) -> Vec<Check> {
    diagnosis.checklist.iter().filter(|item| item.likely).map(|item| item.check).collect()
}

fn cards() -> impl Strategy<Value = ShownCard> {
    let expiry = (2000_u16..2100, 1_u8..=12).prop_map(|(year, month)| Expiry { year, month });
    let label = prop::sample::select(&["City", "ZIP code", "Street and house number"][..]);
    (
        prop::option::of(label),
        any::<Option<bool>>(),
        prop::option::of(expiry),
        any::<Option<bool>>(),
        prop::option::of(prop::sample::select(Network::ALL)),
        prop::sample::select(Funding::ALL),
        any::<Option<bool>>(),
    )
        .prop_map(|(address_lacks, address_match, expired, security_code_match, network, funding, recurring)| {
            ShownCard { address_lacks, address_match, expired, security_code_match, network, funding, recurring }
        })
}

fn shown() -> impl Strategy<Value = Shown> {
    (prop::option::of(cards()), any::<bool>(), prop::option::of(0_u64..4000), any::<bool>(), any::<bool>()).prop_map(
        |(card, hold_unapproved, processing_seconds, approval_asked, details_reentered)| Shown {
            card,
            hold_unapproved,
            processing_seconds,
            approval_asked,
            details_reentered,
        },
    )
}

fn codes() -> impl Strategy<Value = Option<String>> {
    let known = prop::sample::select(&CODES[..]).prop_map(String::from);
    prop::option::of(prop_oneof![known, ".{0,40}"])
}

/// Policies that refuse other things than the shipped ones do.
fn policies() -> impl Strategy<Value = Policy> {
    let networks = prop::sample::subsequence(Network::ALL, 1..=Network::ALL.len());
    let refused = prop::sample::subsequence(Funding::ALL, 0..=Funding::ALL.len());
    (networks, refused, any::<bool>(), 1_u64..3600).prop_map(
        |(networks, refused_funding, recurring_required, seconds)| {
            with_terms(&prepaid(), |terms| {
                terms.networks = networks;
                terms.refused_funding = refused_funding;
                terms.recurring_required = recurring_required;
                terms.payment_settles_within_seconds = seconds;
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    /// Nothing on the list is lost, and nothing is said twice.
    #[test]
    fn pd_1_every_check_appears_exactly_once(policy in policies(), shown in shown(), code in codes()) {
        let diagnosis = diagnose(&policy, &shown, code.as_deref());
        let settled = diagnosis.known.iter().filter_map(Known::check);
        let mut all: Vec<_> = settled.chain(checks(&diagnosis)).collect();
        all.sort_unstable();
        prop_assert_eq!(all, Check::ALL);
    }

    /// What is known stands in the list's order, a missing card before it; the checklist is the likelier and then the
    /// list.
    #[test]
    fn pd_2_the_order_is_stable(policy in policies(), shown in shown(), code in codes()) {
        let diagnosis = diagnose(&policy, &shown, code.as_deref());
        prop_assert!(diagnosis.known.iter().map(Known::check).is_sorted());
        prop_assert_eq!(diagnosis.known.contains(&Known::NoCard), shown.card.is_none());
        prop_assert!(diagnosis.checklist.iter().map(|item| !item.likely).is_sorted());
        prop_assert!(diagnosis.checklist.iter().filter(|item| !item.likely).map(|item| item.check).is_sorted());
        prop_assert_eq!(diagnose(&policy, &shown, code.as_deref()), diagnosis);
    }

    /// A code that is not in the table moves nothing.
    #[test]
    fn pd_2_an_unknown_code_marks_nothing(shown in shown(), code in ".{0,40}") {
        prop_assume!(!CODES.contains(&code.as_str()));
        let diagnosis = diagnose(&prepaid(), &shown, Some(&code));
        prop_assert_eq!(diagnosis.meaning, Meaning::Unknown);
        prop_assert_eq!(likely(&diagnosis), []);
        let open = |check: &Check| diagnosis.known.iter().all(|known| known.check() != Some(*check));
        prop_assert_eq!(checks(&diagnosis), Check::ALL.iter().copied().filter(open).collect::<Vec<_>>());
    }
}

#[test]
fn pd_2_every_published_code_is_known() {
    for code in CODES {
        let diagnosis = diagnose(&prepaid(), &HEALTHY, Some(code));
        assert_ne!(diagnosis.meaning, Meaning::Unknown, "{code}");
    }
    for code in ["", "Insufficient_Funds", "insufficient_funds ", "decline"] {
        assert_eq!(diagnose(&prepaid(), &HEALTHY, Some(code)).meaning, Meaning::Unknown, "{code}");
    }
}

#[test]
fn pd_2_without_a_code_there_is_no_reason_and_nothing_likelier() {
    let diagnosis = diagnose(&prepaid(), &HEALTHY, None);
    assert_eq!((diagnosis.meaning, diagnosis.known.len()), (Meaning::NoReason, 0));
    assert_eq!((checks(&diagnosis), likely(&diagnosis)), (Check::ALL.to_vec(), vec![]));
}

/// The codes of the processor's public test cards that fail. Those that say nothing, and a number that only the
/// customer can compare, leave the list as it is.
#[test]
fn pd_2_the_test_cards_put_the_right_check_first() {
    for (number, code, meaning, first) in [
        ("4000000000000002", "generic_decline", Meaning::NoReason, None),
        ("4000000000000002", "card_declined", Meaning::NoReason, None),
        ("4000000000009995", "insufficient_funds", Meaning::Funds, Some(Check::Funds)),
        ("4000000000009987", "lost_card", Meaning::Blocked, Some(Check::Frozen)),
        ("4000000000009979", "stolen_card", Meaning::Blocked, Some(Check::Frozen)),
        ("4000000000006975", "card_velocity_exceeded", Meaning::LimitReached, Some(Check::SpendingLimit)),
        ("4000000000000069", "expired_card", Meaning::Expired, Some(Check::Expiry)),
        ("4000000000000127", "incorrect_cvc", Meaning::SecurityCodeWrong, Some(Check::SecurityCode)),
        ("4000000000000119", "processing_error", Meaning::TryAgain, Some(Check::Processing)),
        ("4242424242424241", "incorrect_number", Meaning::NumberWrong, None),
        ("4100000000000019", "fraudulent", Meaning::SecurityCheck, Some(Check::AddressMatch)),
    ] {
        let diagnosis = diagnose(&prepaid(), &HEALTHY, Some(code));
        assert_eq!(diagnosis.meaning, meaning, "{number} {code}");
        assert_eq!(likely(&diagnosis).first().copied(), first, "{number} {code}");
        assert_eq!(checks(&diagnosis).first(), Some(&first.unwrap_or(Check::Funds)), "{number} {code}");
    }
}

#[test]
fn pm_12_the_two_known_refusals_ask_about_the_card() {
    for (code, meaning, expected) in [
        ("only_credit_or_debit", Meaning::MethodUnsupported, &[Check::CardType][..]),
        ("card_not_supported", Meaning::PurchaseUnsupported, &[Check::CardType, Check::Recurring]),
    ] {
        let diagnosis = diagnose(&prepaid(), &HEALTHY, Some(code));
        assert_eq!((diagnosis.meaning, likely(&diagnosis).as_slice()), (meaning, expected));
        assert_eq!(diagnosis.meaning.clause(), Some(Clause::Pm12));
    }
}

/// A fact that shows a cause takes its place, and nothing else moves.
#[test]
fn pd_2_each_fact_settles_its_check() {
    let card = ShownCard::UNKNOWN;
    for (shown, known) in [
        (Shown::NOTHING, Known::NoCard),
        (with_card(ShownCard { address_lacks: Some("City"), ..card }), Known::AddressIncomplete { label: "City" }),
        (with_card(ShownCard { address_match: Some(false), ..card }), Known::AddressMismatch),
        (
            with_card(ShownCard { expired: Some(Expiry { year: 2025, month: 9 }), ..card }),
            Known::Expired { month: 9, year: 2025 },
        ),
        (with_card(ShownCard { security_code_match: Some(false), ..card }), Known::SecurityCodeMismatch),
        (
            with_card(ShownCard { network: Some(Network::Discover), ..card }),
            Known::NetworkRefused { network: Network::Discover },
        ),
        (
            with_card(ShownCard { funding: Funding::Prepaid, ..card }),
            Known::FundingRefused { funding: Funding::Prepaid },
        ),
        (
            with_card(ShownCard { network: Some(Network::Jcb), funding: Funding::Virtual, ..card }),
            Known::NetworkAndFundingRefused { network: Network::Jcb, funding: Funding::Virtual },
        ),
        (with_card(ShownCard { recurring: Some(false), ..card }), Known::NotRecurring),
        (Shown { hold_unapproved: true, ..HEALTHY }, Known::HoldUnapproved),
        (Shown { approval_asked: true, ..HEALTHY }, Known::ApprovalAsked),
        (Shown { details_reentered: true, ..HEALTHY }, Known::DetailsReentered),
    ] {
        let diagnosis = diagnose(&prepaid(), &shown, None);
        assert_eq!(diagnosis.known.as_slice(), [known]);
        let rest = Check::ALL.iter().copied().filter(|check| known.check() != Some(*check));
        assert_eq!(checks(&diagnosis), rest.collect::<Vec<_>>(), "{known:?}");
        let clause = if known == Known::DetailsReentered { Clause::Pd3 } else { Clause::Pd2 };
        assert_eq!(known.clause(), Some(clause), "{known:?}");
    }
}

/// What speaks for the card, or is not known, settles nothing.
#[test]
fn pd_2_only_a_fact_against_the_card_is_a_cause() {
    let good = ShownCard {
        address_match: Some(true),
        security_code_match: Some(true),
        network: Some(Network::Visa),
        funding: Funding::Debit,
        recurring: Some(true),
        ..ShownCard::UNKNOWN
    };
    for card in [good, ShownCard::UNKNOWN] {
        assert_eq!(diagnose(&prepaid(), &with_card(card), None).known.as_slice(), []);
    }
}

#[test]
fn pd_2_the_policy_decides_what_is_refused() {
    let lenient = with_terms(&prepaid(), |terms| {
        terms.networks = vec![Network::Discover];
        terms.refused_funding = vec![Funding::Credit];
        terms.recurring_required = false;
    });
    let card = ShownCard {
        network: Some(Network::Discover),
        funding: Funding::Prepaid,
        recurring: Some(false),
        ..ShownCard::UNKNOWN
    };
    assert_eq!(diagnose(&lenient, &with_card(card), None).known.as_slice(), []);
    let visa = ShownCard { network: Some(Network::Visa), funding: Funding::Credit, ..card };
    let both = Known::NetworkAndFundingRefused { network: Network::Visa, funding: Funding::Credit };
    assert_eq!(diagnose(&lenient, &with_card(visa), None).known.as_slice(), [both]);
}

#[test]
fn pp_3_a_payment_is_late_only_after_the_policys_time() {
    let policy = with_terms(&prepaid(), |terms| {
        terms.payment_settles_within_seconds = 900;
    });
    for (seconds, late, told) in [
        (0, false, "less than a minute; up to 15 minutes is normal"),
        (60, false, "1 minute; up to 15 minutes is normal"),
        (900, false, "15 minutes; up to 15 minutes is normal"),
        (901, true, "after 15 minutes; up to 15 minutes is normal"),
        (72_000, true, "after 1,200 minutes; up to 15 minutes is normal"),
        (u64::MAX, true, "up to 15 minutes is normal"),
    ] {
        let shown = Shown { processing_seconds: Some(seconds), ..HEALTHY };
        let known = diagnose(&policy, &shown, None).known[0];
        assert_eq!(matches!(known, Known::ProcessingLong { .. }), late, "{seconds}");
        assert!(known.to_string().contains(told), "{known}");
        assert_eq!(known.to_string().contains("Contact support"), late, "{known}");
    }
}

/// Everything that can be said, over accounts that show everything.
fn sentences() -> Vec<String> {
    let expired = Some(Expiry { year: 2025, month: 9 });
    let bad = ShownCard {
        address_lacks: Some("Post town"),
        address_match: Some(false),
        expired,
        security_code_match: Some(false),
        network: Some(Network::Jcb),
        funding: Funding::Prepaid,
        recurring: Some(false),
    };
    let worst = |card: Option<ShownCard>, processing_seconds| Shown {
        card,
        hold_unapproved: true,
        processing_seconds: Some(processing_seconds),
        approval_asked: true,
        details_reentered: true,
    };
    let accounts = [
        worst(Some(bad), 300),
        worst(Some(ShownCard { network: None, ..bad }), 1200),
        worst(Some(ShownCard { funding: Funding::Credit, ..bad }), 1200),
        worst(None, 300),
        HEALTHY,
    ];
    let mut all = Vec::new();
    for (shown, code) in accounts.iter().flat_map(|shown| CODES.iter().chain(&["?"]).map(move |code| (shown, code))) {
        let diagnosis = diagnose(&prepaid(), shown, Some(code));
        all.push(diagnosis.meaning.to_string());
        all.extend(diagnosis.known.iter().map(ToString::to_string));
        all.extend(diagnosis.checklist.iter().map(|item| item.advice.to_string()));
    }
    all.sort_unstable();
    all.dedup();
    all
}

#[test]
fn every_sentence_is_plain_and_its_own() {
    use billing::rules::decline::Advice;
    let sentences = sentences();
    assert_eq!(sentences.len(), Known::CODES.len() + Advice::CODES.len() + Meaning::CODES.len());
    for sentence in &sentences {
        assert!(sentence.ends_with('.') && !sentence.contains(['!', '_']), "{sentence}");
        for word in ["stolen", "lost", "fraud", "sorry", "oops", "you entered", "CVV", "CVC"] {
            assert!(!sentence.to_lowercase().contains(&word.to_lowercase()), "{sentence}");
        }
    }
}

/// A few words in a row from each line of the documents' own checklist: none of them may come back.
#[test]
fn no_sentence_of_the_documents_is_copied() {
    let theirs = [
        "enough money in your",
        "filled in all of",
        "payment card in date",
        "have you activated the card",
        "entered the correct",
        "exactly matches what",
        "using a supported card",
        "does your card support",
        "seeing a $0 authorization",
        "waiting long enough",
        "avoid re-entering",
        "frozen/blocked by",
        "have any spending limits",
        "sending you an additional",
        "only accepts credit or debit",
        "this indicates you",
        "keeps asking for",
        "confirm sufficient funds",
        "normal verification process",
        "support this type of purchase",
        "we only accept",
    ];
    for sentence in sentences() {
        let lower = sentence.to_lowercase();
        assert_eq!(theirs.iter().find(|words| lower.contains(**words)), None, "{sentence}");
    }
}
