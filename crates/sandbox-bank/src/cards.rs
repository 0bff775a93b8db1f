//! The test cards, a line each.

use billing::payment_method::card::{Funding, Network};

/// A test card.
#[derive(Clone, Copy)]
pub struct TestCard {
    /// Its number. It is nobody's.
    pub number: &'static str,
    /// The name of its behaviour.
    pub name: &'static str,
    /// What a person calls it.
    pub title: &'static str,
    /// What it shows, in one sentence.
    pub shows: &'static str,
    pub(crate) network: Network,
    pub(crate) funding: Funding,
    pub(crate) recurring: bool,
    pub(crate) address_match: Option<bool>,
    pub(crate) security_code_match: bool,
    /// PM-10: whether linking it waits for a $0 hold.
    pub(crate) hold: bool,
    pub(crate) linking: Linking,
    pub(crate) paying: Paying,
}

/// What happens when it is linked.
#[derive(Clone, Copy)]
pub(crate) enum Linking {
    Accepts,
    Declines(&'static str),
}

/// What happens when it is charged.
#[derive(Clone, Copy)]
pub(crate) enum Paying {
    Approves,
    /// After so many seconds.
    ApprovesAfter(u64),
    Declines(&'static str),
    /// PM-11: the bank wants the customer to approve.
    Asks,
    AsksThenDeclines(&'static str),
}

const fn card(
    number: &'static str,
    name: &'static str,
    title: &'static str,
    shows: &'static str,
    network: Network,
    funding: Funding,
) -> TestCard {
    TestCard {
        number,
        name,
        title,
        shows,
        network,
        funding,
        recurring: true,
        address_match: Some(true),
        security_code_match: true,
        hold: false,
        linking: Linking::Accepts,
        paying: Paying::Approves,
    }
}

impl TestCard {
    const fn not_recurring(self) -> TestCard {
        TestCard { recurring: false, ..self }
    }

    const fn address(self, address_match: Option<bool>) -> TestCard {
        TestCard { address_match, ..self }
    }

    const fn wrong_code(self) -> TestCard {
        TestCard { security_code_match: false, ..self }
    }

    const fn held(self) -> TestCard {
        TestCard { hold: true, ..self }
    }

    const fn declined(self, code: &'static str) -> TestCard {
        // What declines when it is linked declines when it is charged, too.
        TestCard { linking: Linking::Declines(code), paying: Paying::Declines(code), ..self }
    }

    const fn paying(self, paying: Paying) -> TestCard {
        TestCard { paying, ..self }
    }
}

/// Every test card: Stripe's public ones.
pub const CARDS: [TestCard; 38] = [
    card("4242424242424242", "visa", "Visa", "Everything goes well.", Network::Visa, Funding::Credit),
    card("4000056655665556", "visa_debit", "Visa debit", "Everything goes well.", Network::Visa, Funding::Debit),
    card("5555555555554444", "mastercard", "Mastercard", "Everything goes well.", Network::Mastercard, Funding::Credit),
    card(
        "2223003122003222",
        "mastercard_2_series",
        "Mastercard of the 2 series",
        "Everything goes well.",
        Network::Mastercard,
        Funding::Credit,
    ),
    card(
        "5200828282828210",
        "mastercard_debit",
        "Mastercard debit",
        "Everything goes well.",
        Network::Mastercard,
        Funding::Debit,
    ),
    card(
        "5105105105105100",
        "mastercard_prepaid",
        "Mastercard prepaid",
        "A prepaid card, which the rules refuse.",
        Network::Mastercard,
        Funding::Prepaid,
    )
    .not_recurring(),
    card(
        "378282246310005",
        "american_express",
        "American Express",
        "Everything goes well.",
        Network::AmericanExpress,
        Funding::Credit,
    ),
    card(
        "371449635398431",
        "american_express_2",
        "American Express, another",
        "Everything goes well.",
        Network::AmericanExpress,
        Funding::Credit,
    ),
    card(
        "6011111111111117",
        "discover",
        "Discover",
        "A network that the rules refuse.",
        Network::Discover,
        Funding::Credit,
    ),
    card(
        "6200000000000005",
        "unionpay",
        "UnionPay",
        "A network that the rules refuse.",
        Network::Unionpay,
        Funding::Credit,
    ),
    card(
        "4000002500001001",
        "visa_co_badged",
        "Visa, co-badged",
        "Everything goes well.",
        Network::Visa,
        Funding::Credit,
    ),
    card(
        "5555552500001001",
        "mastercard_co_badged",
        "Mastercard, co-badged",
        "Everything goes well.",
        Network::Mastercard,
        Funding::Credit,
    ),
    card(
        "4000000000000002",
        "declined",
        "Declined",
        "The bank declines without a reason.",
        Network::Visa,
        Funding::Credit,
    )
    .declined("generic_decline"),
    card(
        "4000000000009995",
        "insufficient_funds",
        "Insufficient funds",
        "The bank declines for lack of funds.",
        Network::Visa,
        Funding::Credit,
    )
    .declined("insufficient_funds"),
    card("4000000000009987", "lost", "Reported lost", "The bank has blocked the card.", Network::Visa, Funding::Credit)
        .declined("lost_card"),
    card(
        "4000000000009979",
        "stolen",
        "Reported stolen",
        "The bank has blocked the card.",
        Network::Visa,
        Funding::Credit,
    )
    .declined("stolen_card"),
    card(
        "4000000000006975",
        "velocity",
        "Spending limit",
        "The card has reached a limit.",
        Network::Visa,
        Funding::Credit,
    )
    .declined("card_velocity_exceeded"),
    card(
        "4000000000000069",
        "expired",
        "Expired at the bank",
        "The bank says that the card has expired.",
        Network::Visa,
        Funding::Credit,
    )
    .declined("expired_card"),
    card(
        "4000000000000127",
        "wrong_code",
        "Wrong security code",
        "The bank refuses the security code.",
        Network::Visa,
        Funding::Credit,
    )
    .declined("incorrect_cvc"),
    card(
        "4000000000000119",
        "processing_error",
        "Processing error",
        "The processor fails.",
        Network::Visa,
        Funding::Credit,
    )
    .declined("processing_error"),
    card(
        "4000000000000341",
        "fails_later",
        "Links, and fails later",
        "It is linked, and every payment is declined.",
        Network::Visa,
        Funding::Credit,
    )
    .paying(Paying::Declines("generic_decline")),
    card(
        "4100000000000019",
        "fraudulent",
        "Held for fraud",
        "It is linked, and every payment is blocked.",
        Network::Visa,
        Funding::Credit,
    )
    .paying(Paying::Declines("fraudulent")),
    card(
        "4000000000004954",
        "highest_risk",
        "Highest risk",
        "The bank takes 20 minutes to approve.",
        Network::Visa,
        Funding::Credit,
    )
    .paying(Paying::ApprovesAfter(1200)),
    card(
        "4000000000009235",
        "elevated_risk",
        "Elevated risk",
        "The bank takes 3 minutes to approve.",
        Network::Visa,
        Funding::Credit,
    )
    .paying(Paying::ApprovesAfter(180)),
    card(
        "4000000000000101",
        "code_mismatch",
        "Security code does not match",
        "The bank's check of the code fails.",
        Network::Visa,
        Funding::Credit,
    )
    .wrong_code(),
    card(
        "4000000000000036",
        "postal_mismatch",
        "Postal code does not match",
        "The bank's check of the postal code fails.",
        Network::Visa,
        Funding::Credit,
    )
    .address(Some(false)),
    card(
        "4000000000000028",
        "line1_mismatch",
        "Street does not match",
        "The bank's check of the street fails.",
        Network::Visa,
        Funding::Credit,
    )
    .address(Some(false)),
    card(
        "4000000000000010",
        "address_mismatch",
        "Address does not match",
        "Both checks of the address fail.",
        Network::Visa,
        Funding::Credit,
    )
    .address(Some(false)),
    card(
        "4000000000000044",
        "address_unchecked",
        "Address not checked",
        "The bank does not check the address.",
        Network::Visa,
        Funding::Credit,
    )
    .address(None),
    card(
        "4000002500003155",
        "authorised_once",
        "Approve once",
        "The bank holds $0 to be approved; payments then go through.",
        Network::Visa,
        Funding::Credit,
    )
    .held(),
    card(
        "4000002760003184",
        "authorised_each",
        "Approve every payment",
        "The bank wants every payment approved.",
        Network::Visa,
        Funding::Credit,
    )
    .paying(Paying::Asks),
    card(
        "4000003800000446",
        "authorised_before",
        "Approved before",
        "It was set up before: nothing is asked.",
        Network::Visa,
        Funding::Credit,
    ),
    card(
        "4000008260003178",
        "authorised_then_funds",
        "Approve, then no funds",
        "Approved by the customer, declined for lack of funds.",
        Network::Visa,
        Funding::Credit,
    )
    .paying(Paying::AsksThenDeclines("insufficient_funds")),
    card(
        "4000000000003220",
        "authorisation_required",
        "Approval required",
        "The bank wants the payment approved.",
        Network::Visa,
        Funding::Credit,
    )
    .paying(Paying::Asks),
    card(
        "4000008400001629",
        "authorised_then_declined",
        "Approve, then declined",
        "Approved by the customer, declined by the bank.",
        Network::Visa,
        Funding::Credit,
    )
    .paying(Paying::AsksThenDeclines("generic_decline")),
    card(
        "4000008400001280",
        "authorisation_error",
        "Approval not possible",
        "The bank cannot be asked.",
        Network::Visa,
        Funding::Credit,
    )
    .paying(Paying::Declines("processing_error")),
    card(
        "4000000000003055",
        "authorisation_optional",
        "Approval possible",
        "The bank could ask, and does not.",
        Network::Visa,
        Funding::Credit,
    ),
    card(
        "4000000000003097",
        "authorisation_optional_error",
        "Approval possible, and broken",
        "The bank could ask, which would fail; it does not.",
        Network::Visa,
        Funding::Credit,
    ),
];
