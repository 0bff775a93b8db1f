//! The accounts that the page can start from.

use billing::access::{Contract, Plan, Snapshot};
use billing::card::{Expiry, Network};
use billing::money::Money;

/// The accounts that can be chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Preset {
    New,
    FreeCreditsOnly,
    BuildTier2,
    NearTheLimit,
    PastDue,
    Enterprise,
}

impl Preset {
    pub(crate) const ALL: [Preset; 6] = [
        Preset::New,
        Preset::FreeCreditsOnly,
        Preset::BuildTier2,
        Preset::NearTheLimit,
        Preset::PastDue,
        Preset::Enterprise,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Preset::New => "New account",
            Preset::FreeCreditsOnly => "Free credits only",
            Preset::BuildTier2 => "Build Tier 2",
            Preset::NearTheLimit => "Near the −$100 limit",
            Preset::PastDue => "Past due",
            Preset::Enterprise => "Enterprise contract",
        }
    }

    pub(crate) fn named(name: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// Balance, free credits, lifetime spend and what is past due.
    fn figures(self) -> [&'static str; 4] {
        match self {
            Preset::New => ["0.00", "0.00", "0.00", "0.00"],
            Preset::FreeCreditsOnly => ["20.00", "20.00", "0.00", "0.00"],
            Preset::BuildTier2 => ["38.20", "10.00", "62.50", "0.00"],
            Preset::NearTheLimit => ["-96.42", "0.00", "180.00", "0.00"],
            Preset::PastDue => ["14.75", "0.00", "120.00", "12.40"],
            Preset::Enterprise => ["-2310.55", "0.00", "48200.00", "0.00"],
        }
    }

    pub(super) fn account(self) -> Snapshot {
        let [balance, free_credits, lifetime_spend, past_due] =
            self.figures().map(|figure| Money::parse(figure).unwrap_or(Money::ZERO));
        let credit_limit = Money::parse("5000.00").unwrap_or(Money::ZERO);
        let contract = (self == Preset::Enterprise).then_some(Contract { plan: Plan::Enterprise, credit_limit });
        Snapshot { balance, free_credits, lifetime_spend, past_due, contract, ..Snapshot::NEW }
    }

    pub(super) fn card(self) -> Option<OnFile> {
        let has_card = !matches!(self, Preset::New | Preset::FreeCreditsOnly);
        has_card.then(OnFile::example)
    }
}

/// What is kept of a linked card: never its number or code.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct OnFile {
    pub(crate) network: Network,
    pub(crate) last4: [char; 4],
    pub(crate) expiry: Expiry,
    pub(crate) address: StoredAddress,
}

/// A billing address that is kept.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct StoredAddress {
    pub(crate) line1: String,
    pub(crate) line2: String,
    pub(crate) city: String,
    pub(crate) region: String,
    pub(crate) postal_code: String,
    pub(crate) country: String,
}

impl OnFile {
    pub(super) fn example() -> OnFile {
        let address = StoredAddress {
            line1: "1 Example Street".to_owned(),
            line2: String::new(),
            city: "Springfield".to_owned(),
            region: "IL".to_owned(),
            postal_code: "62701".to_owned(),
            country: "US".to_owned(),
        };
        OnFile {
            network: Network::Visa,
            last4: ['4', '2', '4', '2'],
            expiry: Expiry { year: 2030, month: 12 },
            address,
        }
    }
}
