//! PM-1: card networks and what their cards look like.

use crate::json::read::vocabulary;

vocabulary! {
    /// A card network.
    #[non_exhaustive]
    pub enum Network {
        /// Visa.
        Visa = "visa",
        /// Mastercard.
        Mastercard = "mastercard",
        /// American Express.
        AmericanExpress = "american_express",
        /// Discover.
        Discover = "discover",
        /// JCB.
        Jcb = "jcb",
        /// Diners Club.
        DinersClub = "diners_club",
        /// UnionPay.
        Unionpay = "unionpay",
        /// Maestro.
        Maestro = "maestro",
        /// Elo, of Brazil.
        Elo = "elo",
        /// Mir, of Russia.
        Mir = "mir",
        /// Hiper, of Brazil.
        Hiper = "hiper",
        /// Hipercard, of Brazil.
        Hipercard = "hipercard",
        /// Verve, of Nigeria.
        Verve = "verve",
        /// RuPay, of India.
        Rupay = "rupay",
    }
}

impl Network {
    /// The name that a customer reads.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Network::Visa => "Visa",
            Network::Mastercard => "Mastercard",
            Network::AmericanExpress => "American Express",
            Network::Discover => "Discover",
            Network::Jcb => "JCB",
            Network::DinersClub => "Diners Club",
            Network::Unionpay => "UnionPay",
            Network::Maestro => "Maestro",
            Network::Elo => "Elo",
            Network::Mir => "Mir",
            Network::Hiper => "Hiper",
            Network::Hipercard => "Hipercard",
            Network::Verve => "Verve",
            Network::Rupay => "RuPay",
        }
    }

    /// PM-5: how many digits the security code has.
    #[must_use]
    pub fn security_code_length(self) -> u64 {
        if self == Network::AmericanExpress { 4 } else { 3 }
    }

    /// Whether the last digit of a number is a check digit. Not every UnionPay card has one.
    pub(super) fn has_check_digit(self) -> bool {
        self != Network::Unionpay
    }

    /// How the digits are grouped for reading.
    pub(super) fn groups(self) -> &'static [usize] {
        match self {
            Network::AmericanExpress => &[4, 6, 5],
            Network::DinersClub => &[4, 6, 4],
            _ => &[4, 4, 4, 4],
        }
    }
}
