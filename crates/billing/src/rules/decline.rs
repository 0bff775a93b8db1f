//! PD · Payment declines: what the account already shows, what the processor's code means, and what is left to check.
//!
//! The list of causes is complete (PD-1). Those that the account shows are stated as known; the rest is a checklist,
//! the likelier for the code first (PD-2).

use crate::bounded::BoundedVec;
use crate::finding::findings;
use crate::json::read::vocabulary;
use crate::payment_method::card::expiry::Expiry;
use crate::payment_method::card::funding::Funding;
use crate::payment_method::card::network::Network;
use crate::policy::terms::Policy;

vocabulary! {
    /// PD-1: a cause that a decline is checked against, in the order of the list.
    pub enum Check {
        /// Whether there is enough money.
        Funds = "funds",
        /// Whether the billing address is complete.
        AddressComplete = "address_complete",
        /// Whether it is the one that the bank holds, postal code included.
        AddressMatch = "address_match",
        /// Whether the card is in date.
        Expiry = "expiry",
        /// Whether the card has been activated.
        Activated = "activated",
        /// Whether the security code is right.
        SecurityCode = "security_code",
        /// Whether cards of this kind are accepted.
        CardType = "card_type",
        /// Whether the card supports recurring payments.
        Recurring = "recurring",
        /// Whether a $0 hold waits for approval.
        Hold = "hold",
        /// Whether a payment is still processing.
        Processing = "processing",
        /// Whether the bank has frozen or blocked the card.
        Frozen = "frozen",
        /// Whether the card has reached a limit.
        SpendingLimit = "spending_limit",
        /// Whether the bank waits for a confirmation.
        SecurityPrompt = "security_prompt",
        /// Whether the card was entered again meanwhile.
        DetailsReentered = "details_reentered",
    }
}

/// PD-2: the facts of an account that explain a decline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The linked card, where there is one.
    pub card: Option<ShownCard>,
    /// PM-10: whether a $0 hold waits for approval.
    pub hold_unapproved: bool,
    /// PP-3: the seconds since a payment that is still processing began.
    pub processing_seconds: Option<u64>,
    /// PM-11: whether the bank asks for approval of a payment.
    pub approval_asked: bool,
    /// PD-3: whether card details were entered again while a payment was processing.
    pub details_reentered: bool,
}

impl Shown {
    /// An account without any such fact, and without a card.
    pub const NOTHING: Shown = Shown {
        card: None,
        hold_unapproved: false,
        processing_seconds: None,
        approval_asked: false,
        details_reentered: false,
    };
}

/// PD-2: the facts of the linked card that explain a decline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShownCard {
    /// PM-6: what the country calls the first part of the billing address that is missing.
    pub address_lacks: Option<&'static str>,
    /// PM-6: whether the bank holds the same address, where it has said so.
    pub address_match: Option<bool>,
    /// PM-5: the last month of the card, if it has passed.
    pub expired: Option<Expiry>,
    /// PM-5: whether the security code was right, where the bank has said so.
    pub security_code_match: Option<bool>,
    /// PM-1: the network, where it is known.
    pub network: Option<Network>,
    /// PM-2, PM-3: the card's funding.
    pub funding: Funding,
    /// PM-4: whether the card supports recurring payments, where that is known.
    pub recurring: Option<bool>,
}

impl ShownCard {
    /// A card without any known fact.
    pub const UNKNOWN: ShownCard = ShownCard {
        address_lacks: None,
        address_match: None,
        expired: None,
        security_code_match: None,
        network: None,
        funding: Funding::Unknown,
        recurring: None,
    };
}

findings! {
    /// PD-2: a cause that the account already shows.
    pub enum Known {
        /// There is no card to charge.
        NoCard = "decline.known_no_card" Pd2,
        /// PM-6: a part of the billing address is missing.
        AddressIncomplete { label: &'static str } = "decline.known_address_incomplete" Pd2,
        /// PM-6: the bank holds another address.
        AddressMismatch = "decline.known_address_mismatch" Pd2,
        /// PM-5: the card's last month has passed.
        Expired { month: u64, year: u64 } = "decline.known_expired" Pd2,
        /// PM-5: the security code is not the card's.
        SecurityCodeMismatch = "decline.known_security_code_mismatch" Pd2,
        /// PM-1: a network that is not accepted.
        NetworkRefused { network: Network } = "decline.known_network_refused" Pd2,
        /// PM-2, PM-3: a kind of funding that is not accepted.
        FundingRefused { funding: Funding } = "decline.known_funding_refused" Pd2,
        /// PM-1, PM-2, PM-3: neither the network nor the funding is accepted.
        NetworkAndFundingRefused { network: Network, funding: Funding }
            = "decline.known_network_and_funding_refused" Pd2,
        /// PM-4: no recurring payments.
        NotRecurring = "decline.known_not_recurring" Pd2,
        /// PM-10: a $0 hold waits for approval.
        HoldUnapproved = "decline.known_hold_unapproved" Pd2,
        /// PP-3: a payment is processing, no longer than is normal.
        Processing { seconds: u64, normal_seconds: u64 } = "decline.known_processing" Pd2,
        /// PP-3: a payment has been processing for longer than is normal.
        ProcessingLong { seconds: u64, normal_seconds: u64 } = "decline.known_processing_long" Pd2,
        /// PM-11: the bank asks for approval.
        ApprovalAsked = "decline.known_approval_asked" Pd2,
        /// PD-3: the card was entered again while a payment was processing.
        DetailsReentered = "decline.known_details_reentered" Pd3,
    }
}

impl Known {
    /// PD-1: returns the check that this settles; `None` for a missing card.
    #[must_use]
    pub fn check(&self) -> Option<Check> {
        Some(match self {
            Known::NoCard => return None,
            Known::AddressIncomplete { .. } => Check::AddressComplete,
            Known::AddressMismatch => Check::AddressMatch,
            Known::Expired { .. } => Check::Expiry,
            Known::SecurityCodeMismatch => Check::SecurityCode,
            Known::NetworkRefused { .. } | Known::FundingRefused { .. } | Known::NetworkAndFundingRefused { .. } => {
                Check::CardType
            }
            Known::NotRecurring => Check::Recurring,
            Known::HoldUnapproved => Check::Hold,
            Known::Processing { .. } | Known::ProcessingLong { .. } => Check::Processing,
            Known::ApprovalAsked => Check::SecurityPrompt,
            Known::DetailsReentered => Check::DetailsReentered,
        })
    }
}

findings! {
    /// PD-1: what the customer can check, and how to fix it.
    pub enum Advice {
        /// See [`Check::Funds`].
        Funds = "decline.check_funds" Pd1,
        /// See [`Check::AddressComplete`].
        AddressComplete = "decline.check_address_complete" Pd1,
        /// See [`Check::AddressMatch`].
        AddressMatch = "decline.check_address_match" Pd1,
        /// See [`Check::Expiry`].
        Expiry = "decline.check_expiry" Pd1,
        /// See [`Check::Activated`].
        Activated = "decline.check_activated" Pd1,
        /// See [`Check::SecurityCode`].
        SecurityCode = "decline.check_security_code" Pd1,
        /// See [`Check::CardType`].
        CardType = "decline.check_card_type" Pd1,
        /// See [`Check::Recurring`].
        Recurring = "decline.check_recurring" Pd1,
        /// See [`Check::Hold`].
        Hold = "decline.check_hold" Pd1,
        /// See [`Check::Processing`].
        Processing { normal_seconds: u64 } = "decline.check_processing" Pd1,
        /// See [`Check::Frozen`].
        Frozen = "decline.check_frozen" Pd1,
        /// See [`Check::SpendingLimit`].
        SpendingLimit = "decline.check_spending_limit" Pd1,
        /// See [`Check::SecurityPrompt`].
        SecurityPrompt = "decline.check_security_prompt" Pd1,
        /// See [`Check::DetailsReentered`].
        DetailsReentered = "decline.check_details_reentered" Pd1,
    }
}

impl Advice {
    fn on(check: Check, policy: &Policy) -> Advice {
        match check {
            Check::Funds => Advice::Funds,
            Check::AddressComplete => Advice::AddressComplete,
            Check::AddressMatch => Advice::AddressMatch,
            Check::Expiry => Advice::Expiry,
            Check::Activated => Advice::Activated,
            Check::SecurityCode => Advice::SecurityCode,
            Check::CardType => Advice::CardType,
            Check::Recurring => Advice::Recurring,
            Check::Hold => Advice::Hold,
            Check::Processing => Advice::Processing { normal_seconds: policy.payment_settles_within_seconds },
            Check::Frozen => Advice::Frozen,
            Check::SpendingLimit => Advice::SpendingLimit,
            Check::SecurityPrompt => Advice::SecurityPrompt,
            Check::DetailsReentered => Advice::DetailsReentered,
        }
    }
}

findings! {
    /// PD-2: the meaning of a processor's decline code. A processor asks not to tell a customer that a card was reported stolen
    /// or a payment is suspected of fraud: whoever holds the card may not be its owner.
    pub enum Meaning {
        /// Too little money.
        Funds = "decline.means_funds" Pd2,
        /// No such card number.
        NumberWrong = "decline.means_number_wrong" Pd2,
        /// Not the card's expiry date.
        ExpiryWrong = "decline.means_expiry_wrong" Pd2,
        /// Not the card's security code.
        SecurityCodeWrong = "decline.means_security_code_wrong" Pd2,
        /// Not the address that the bank holds.
        AddressWrong = "decline.means_address_wrong" Pd2,
        /// Past its expiry date.
        Expired = "decline.means_expired" Pd2,
        /// The card or its account is no longer valid.
        CardInvalid = "decline.means_card_invalid" Pd2,
        /// PM-2, PM-3: not a credit or debit card of a bank account.
        MethodUnsupported = "decline.means_method_unsupported" Pm12,
        /// PM-2, PM-3, PM-4: prepaid, virtual, or without recurring payments.
        PurchaseUnsupported = "decline.means_purchase_unsupported" Pm12,
        /// The bank does not allow such a payment with this card.
        NotAllowed = "decline.means_not_allowed" Pd2,
        /// The bank was told to stop recurring payments.
        RecurringStopped = "decline.means_recurring_stopped" Pd2,
        /// PM-11: the customer has not confirmed the payment.
        NotConfirmed = "decline.means_not_confirmed" Pd2,
        /// The bank has blocked the card.
        Blocked = "decline.means_blocked" Pd2,
        /// A limit of the card is reached.
        LimitReached = "decline.means_limit_reached" Pd2,
        /// Something failed on the way, and may work later.
        TryAgain = "decline.means_try_again" Pd2,
        /// The same payment was made just before.
        Duplicate = "decline.means_duplicate" Pd2,
        /// A security check stopped the payment.
        SecurityCheck = "decline.means_security_check" Pd2,
        /// No reason was given.
        NoReason = "decline.means_no_reason" Pd2,
        /// A test card where money moves, or a real card where none does.
        TestMode = "decline.means_test_mode" Pd2,
        /// A code that is not in the table.
        Unknown = "decline.means_unknown" Pd2,
    }
}

/// Codes that mean the same, and the checks that they make likelier, the likeliest first.
type Row = (&'static [&'static str], Meaning, &'static [Check]);

/// PD-2, PM-12: the codes that Stripe publishes for cards, those that it answers with where there is no such code, and
/// one of our own for a refusal that comes as a sentence only: `only_credit_or_debit`.
const ROWS: &[Row] = &[
    (&["insufficient_funds"], Meaning::Funds, &[Check::Funds, Check::SpendingLimit]),
    // The list has no check for the number, because the form has already checked it.
    (&["incorrect_number", "invalid_number"], Meaning::NumberWrong, &[]),
    (&["invalid_expiry_month", "invalid_expiry_year"], Meaning::ExpiryWrong, &[Check::Expiry]),
    (&["incorrect_cvc", "invalid_cvc"], Meaning::SecurityCodeWrong, &[Check::SecurityCode]),
    (&["incorrect_address", "incorrect_zip"], Meaning::AddressWrong, &[Check::AddressMatch, Check::AddressComplete]),
    (&["expired_card"], Meaning::Expired, &[Check::Expiry, Check::Activated]),
    (
        &["invalid_account", "new_account_information_available"],
        Meaning::CardInvalid,
        &[Check::Activated, Check::Frozen, Check::Expiry],
    ),
    (&["only_credit_or_debit"], Meaning::MethodUnsupported, &[Check::CardType]),
    (&["card_not_supported"], Meaning::PurchaseUnsupported, &[Check::CardType, Check::Recurring]),
    (
        &["not_permitted", "service_not_allowed", "transaction_not_allowed"],
        Meaning::NotAllowed,
        &[Check::CardType, Check::Recurring, Check::SpendingLimit],
    ),
    (&["currency_not_supported"], Meaning::NotAllowed, &[]),
    (
        &["revocation_of_all_authorizations", "revocation_of_authorization", "stop_payment_order"],
        Meaning::RecurringStopped,
        &[Check::Recurring],
    ),
    (
        &[
            "authentication_required",
            "authentication_not_handled",
            "mobile_device_authentication_required",
            "payment_intent_authentication_failure",
        ],
        Meaning::NotConfirmed,
        &[Check::SecurityPrompt, Check::Hold],
    ),
    (
        &["incorrect_pin", "invalid_pin", "offline_pin_required", "online_or_offline_pin_required"],
        Meaning::NotConfirmed,
        &[Check::SecurityPrompt],
    ),
    (&["lost_card", "stolen_card", "pickup_card"], Meaning::Blocked, &[Check::Frozen, Check::Activated]),
    (&["restricted_card"], Meaning::Blocked, &[Check::Frozen, Check::SpendingLimit]),
    (&["pin_try_exceeded"], Meaning::Blocked, &[Check::Frozen]),
    (
        &["card_velocity_exceeded", "withdrawal_count_limit_exceeded", "invalid_amount"],
        Meaning::LimitReached,
        &[Check::SpendingLimit, Check::Funds],
    ),
    // Before another attempt it matters most that none is under way.
    (
        &["processing_error", "issuer_not_available", "reenter_transaction", "try_again_later"],
        Meaning::TryAgain,
        &[Check::Processing, Check::DetailsReentered],
    ),
    (&["approve_with_id"], Meaning::TryAgain, &[Check::SecurityPrompt, Check::Hold]),
    (&["duplicate_transaction"], Meaning::Duplicate, &[Check::Processing, Check::DetailsReentered]),
    (
        &["fraudulent", "security_violation"],
        Meaning::SecurityCheck,
        &[Check::AddressMatch, Check::SecurityCode, Check::SecurityPrompt],
    ),
    (&["merchant_blacklist"], Meaning::SecurityCheck, &[]),
    (
        &["call_issuer", "card_declined", "do_not_honor", "do_not_try_again", "generic_decline", "no_action_taken"],
        Meaning::NoReason,
        &[],
    ),
    (&["live_mode_test_card", "test_mode_live_card", "testmode_decline"], Meaning::TestMode, &[]),
];

/// PD-2: what a code means, and the checks that it makes likelier.
fn read_code(code: &str) -> (Meaning, &'static [Check]) {
    let row = ROWS.iter().find(|(codes, ..)| codes.contains(&code));
    row.map_or((Meaning::Unknown, &[]), |(_, meaning, likelier)| (*meaning, *likelier))
}

/// PD-1: one line of the checklist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is checked.
    pub check: Check,
    /// Whether the processor's code makes it likelier than the others.
    pub likely: bool,
    /// The question for the customer, and how to fix it.
    pub advice: Advice,
}

/// PD-1, PD-2: the explanation of a decline. Every check is either settled by a known fact or part of the checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnosis {
    /// What the processor's code means.
    pub meaning: Meaning,
    /// The causes that the account shows, in the order of the checks.
    pub known: BoundedVec<Known, { Known::CODES.len() }>,
    /// The other checks: the likelier ones first, the likeliest at the top, then the rest in the order of the checks.
    pub checklist: BoundedVec<Item, { Check::ALL.len() }>,
}

/// PD-1, PD-2, PM-12: explains a decline by what the account shows and by the processor's code, which may be missing.
///
/// ```
/// use billing::rules::decline::{Check, Known, Meaning, Shown, ShownCard, diagnose};
/// use billing::payment_method::card::Expiry;
/// use billing::policy::Policy;
/// let policy = Policy::shipped("prepaid")?;
/// let card = ShownCard { expired: Some(Expiry { year: 2025, month: 9 }), ..ShownCard::UNKNOWN };
/// let shown = Shown { card: Some(card), ..Shown::NOTHING };
/// let diagnosis = diagnose(&policy, &shown, Some("insufficient_funds"));
/// assert_eq!(diagnosis.known.as_slice(), [Known::Expired { month: 9, year: 2025 }]);
/// assert_eq!(diagnosis.meaning, Meaning::Funds);
/// assert_eq!((diagnosis.checklist[0].check, diagnosis.checklist[0].likely), (Check::Funds, true));
/// assert!(diagnosis.checklist.iter().all(|item| item.check != Check::Expiry));
/// # Ok::<(), billing::json::read::ReadError>(())
/// ```
#[must_use]
pub fn diagnose(policy: &Policy, shown: &Shown, code: Option<&str>) -> Diagnosis {
    let (meaning, likelier) = code.map_or((Meaning::NoReason, [].as_slice()), read_code);
    let known = known(policy, shown);
    let others = Check::ALL.iter().filter(|check| !likelier.contains(check));
    let open = likelier.iter().chain(others).filter(|check| known.iter().all(|known| known.check() != Some(**check)));
    let item =
        |check: &Check| Item { check: *check, likely: likelier.contains(check), advice: Advice::on(*check, policy) };
    let checklist = BoundedVec::of(open.map(item));
    Diagnosis { meaning, known, checklist }
}

/// PD-2: what the account shows as a cause, in the order of the checks.
fn known(policy: &Policy, shown: &Shown) -> BoundedVec<Known, { Known::CODES.len() }> {
    let of_card = shown.card.map_or_else(|| BoundedVec::of([Known::NoCard]), |card| known_of_card(policy, &card));
    let normal_seconds = policy.payment_settles_within_seconds;
    let beside_card = [
        shown.hold_unapproved.then_some(Known::HoldUnapproved),
        shown.processing_seconds.map(|seconds| {
            if seconds <= normal_seconds {
                Known::Processing { seconds, normal_seconds }
            } else {
                Known::ProcessingLong { seconds, normal_seconds }
            }
        }),
        shown.approval_asked.then_some(Known::ApprovalAsked),
        shown.details_reentered.then_some(Known::DetailsReentered),
    ];
    BoundedVec::of(of_card.into_iter().chain(beside_card.into_iter().flatten()))
}

fn known_of_card(policy: &Policy, card: &ShownCard) -> BoundedVec<Known, 6> {
    let not_recurring = policy.recurring_required && card.recurring == Some(false);
    let expired = |Expiry { month, year }| Known::Expired { month: u64::from(month), year: u64::from(year) };
    let found = [
        card.address_lacks.map(|label| Known::AddressIncomplete { label }),
        (card.address_match == Some(false)).then_some(Known::AddressMismatch),
        card.expired.map(expired),
        (card.security_code_match == Some(false)).then_some(Known::SecurityCodeMismatch),
        card_type_refused(policy, card),
        not_recurring.then_some(Known::NotRecurring),
    ];
    BoundedVec::of(found.into_iter().flatten())
}

/// PM-1, PM-2, PM-3: all that the policy refuses about a card, for whoever mends one half only is declined again.
fn card_type_refused(policy: &Policy, card: &ShownCard) -> Option<Known> {
    let network = card.network.filter(|network| !policy.networks.contains(network));
    let funding = Some(card.funding).filter(|funding| policy.refused_funding.contains(funding));
    match (network, funding) {
        (None, None) => None,
        (Some(network), None) => Some(Known::NetworkRefused { network }),
        (None, Some(funding)) => Some(Known::FundingRefused { funding }),
        (Some(network), Some(funding)) => Some(Known::NetworkAndFundingRefused { network, funding }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pd_2_every_code_stands_in_the_table_once_and_no_check_twice_in_a_row() {
        let mut codes: alloc::vec::Vec<_> = ROWS.iter().flat_map(|(codes, ..)| *codes).collect();
        codes.sort_unstable();
        assert!(codes.is_sorted_by(|one, next| one < next));
        for (codes, meaning, likelier) in ROWS {
            let seen = |place| likelier.iter().take(place).any(|check| Some(check) == likelier.get(place));
            assert!(!(0..likelier.len()).any(seen), "{codes:?}");
            assert_ne!(*meaning, Meaning::Unknown);
        }
    }
}
