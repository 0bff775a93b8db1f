//! PM-1, PM-5: the number ranges and lengths of card networks.
//!
//! The accepted networks are looked at first: where one of them fits completely, no other is a candidate. Lists that match
//! in another order call real Visa ranges Elo or Maestro and turn good cards away.

use crate::bounded::BoundedVec;
use crate::payment_method::card::network::Network;
use crate::policy::terms::Policy;
use arrayvec::ArrayVec;

/// No network has longer numbers.
pub(super) const MOST_DIGITS: u64 = 19;

/// Numbers of `network` begin with a prefix of `digits` digits from `first` to `last`.
struct Range {
    network: Network,
    first: u32,
    last: u32,
    digits: usize,
}

macro_rules! ranges {
    ($($network:ident $digits:literal: $($first:literal $(..= $last:literal)?),+;)*) => {
        &[$($(Range { network: Network::$network, first: $first, last: ranges!(@last $first $($last)?), digits: $digits },)+)*]
    };
    (@last $first:literal) => { $first };
    (@last $first:literal $last:literal) => { $last };
}

/// The issuers' ranges that tell networks apart, as their networks publish them.
const RANGES: &[Range] = ranges! {
    Visa 1: 4;
    Mastercard 2: 51..=55;
    Mastercard 4: 2221..=2720;
    AmericanExpress 2: 34, 37;
    Discover 2: 65;
    Discover 3: 644..=649;
    Discover 4: 6011;
    Jcb 4: 3528..=3589;
    DinersClub 2: 36, 38, 39;
    DinersClub 3: 300..=305;
    DinersClub 4: 3095;
    Unionpay 2: 62, 81;
    Maestro 2: 50, 56..=59, 61, 63, 66..=69;
    Elo 6: 504_175, 506_699..=506_778, 509_000..=509_999, 627_780, 636_297, 636_368, 650_031..=650_033,
        650_035..=650_051, 650_405..=650_439, 650_485..=650_538, 650_541..=650_598, 650_700..=650_718,
        650_720..=650_727, 650_901..=650_978, 651_652..=651_679, 655_000..=655_019, 655_021..=655_058;
    Mir 4: 2200..=2204;
    Hiper 6: 637_095, 637_568, 637_599, 637_609, 637_612;
    Hipercard 6: 606_282;
    Verve 6: 506_099..=506_198, 507_865..=507_964, 650_002..=650_027;
    Rupay 2: 60, 82;
    Rupay 3: 353, 356, 508;
};

/// The networks that a number may belong to, most likely first.
pub(super) type Candidates = BoundedVec<Network, { Network::ALL.len() }>;

impl Network {
    /// PM-5: whether a number can have this many digits.
    pub(super) fn has_length(self, policy: &Policy, digits: u64) -> bool {
        match self {
            Network::Visa => policy.visa_lengths.contains(&digits),
            Network::AmericanExpress => digits == 15,
            Network::Mastercard | Network::Elo | Network::Hiper | Network::Hipercard | Network::Rupay => digits == 16,
            Network::Discover | Network::Jcb | Network::Unionpay | Network::Mir => (16..=19).contains(&digits),
            Network::DinersClub => (14..=19).contains(&digits),
            Network::Maestro => (12..=19).contains(&digits),
            Network::Verve => matches!(digits, 16 | 18 | 19),
        }
    }

    /// PM-5: the most digits that a number can have.
    pub(super) fn longest(self, policy: &Policy) -> u64 {
        (1..=MOST_DIGITS).rev().find(|digits| self.has_length(policy, *digits)).unwrap_or(0)
    }
}

/// How digits fit a range.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// More digits decide.
    Possible,
    /// They lie in a range whose prefix has this many digits.
    Within(usize),
}

/// PM-1: the networks that a number beginning with these digits may belong to: the accepted ones first, in the policy's
/// order, then by the length of the prefix that fits. An accepted network that fits completely leaves no other. The first
/// one is decided when no further digit can bring another before it.
pub(super) fn candidates(policy: &Policy, digits: &[u8]) -> (Candidates, bool) {
    let prefixes = Prefixes::of(digits);
    let accepted: Fits = policy.networks.iter().filter_map(|network| prefixes.fit(*network)).collect();
    let within = |fit: &&(Network, Fit)| matches!(fit.1, Fit::Within(_));
    if accepted.iter().any(|fit| within(&fit)) {
        return (Candidates::of(accepted.iter().filter(within).map(|(network, _)| *network)), true);
    }
    let others = Network::ALL.iter().filter(|network| !policy.networks.contains(network));
    let mut others: Fits = others.filter_map(|network| prefixes.fit(*network)).collect();
    sort_by_fit(&mut others);
    let fits = || accepted.iter().chain(&others);
    (Candidates::of(fits().map(|(network, _)| *network)), fits().all(|fit| within(&fit)))
}

/// The best fit first, and what fits equally well in the order of the networks. There are fourteen at most; a library's
/// sort would be one more of its kind in the page.
fn sort_by_fit(fits: &mut Fits) {
    for end in 1..fits.len() {
        for place in (1..=end).rev() {
            let before = place.saturating_sub(1);
            if fits.get(before).map(|(_, fit)| *fit) < fits.get(place).map(|(_, fit)| *fit) {
                fits.swap(before, place);
            }
        }
    }
}

type Fits = ArrayVec<(Network, Fit), { Network::ALL.len() }>;

/// The longest prefix that tells networks apart.
const LONGEST_PREFIX: usize = 6;

/// The numbers that the first one, two, three … digits make.
struct Prefixes {
    numbers: ArrayVec<u32, LONGEST_PREFIX>,
}

impl Prefixes {
    fn of(digits: &[u8]) -> Prefixes {
        let mut number = 0_u32;
        let numbers = digits.iter().take(LONGEST_PREFIX).map(|digit| {
            number = number.saturating_mul(10).saturating_add(u32::from(*digit));
            number
        });
        Prefixes { numbers: numbers.collect() }
    }

    /// The best fit of a network's ranges, where any fits.
    fn fit(&self, network: Network) -> Option<(Network, Fit)> {
        let ranges = RANGES.iter().filter(|range| range.network == network);
        ranges.filter_map(|range| self.fit_range(range)).max().map(|fit| (network, fit))
    }

    fn fit_range(&self, range: &Range) -> Option<Fit> {
        let within = |number: u32, first: u32, last: u32| (first..=last).contains(&number);
        if let Some(number) = self.numbers.get(range.digits.saturating_sub(1)) {
            return within(*number, range.first, range.last).then_some(Fit::Within(range.digits));
        }
        let typed = *self.numbers.last()?;
        let missing = 10_u32.checked_pow(u32::try_from(range.digits.checked_sub(self.numbers.len())?).ok()?)?;
        within(typed, range.first.checked_div(missing)?, range.last.checked_div(missing)?).then_some(Fit::Possible)
    }
}
