//! PM-5: card numbers and security codes, while they are typed.

use crate::bounded::BoundedVec;
use crate::characters::{digit, is_separator};
use crate::json::read::vocabulary;
use crate::payment_method::card::network::Network;
use crate::payment_method::card::number_ranges::{Candidates, MOST_DIGITS, candidates};
use crate::payment_method::card::problem::CardProblem;
use crate::policy::terms::Policy;
use alloc::string::{String, ToString};
use arrayvec::ArrayVec;

/// No card number is shorter, which is how one is told from a house number.
const FEWEST_DIGITS: u64 = 13;
/// The most digits that are read: one more than any number has tells that there are too many.
const MOST_READ: usize = 20;

vocabulary! {
    /// The state of a number while it is typed. No beginning of a valid number is ever `Invalid`, and nothing added to an invalid one
    /// makes it valid.
    pub enum NumberState {
        /// More digits can make it valid.
        Incomplete = "incomplete",
        /// It is a card number.
        Valid = "valid",
        /// Nothing that follows can make it one.
        Invalid = "invalid",
    }
}

/// The result of reading a card number. It has no `Debug`, because it holds the number.
pub struct TypedNumber {
    /// Grouped for the network; as it was typed where it holds something else than digits.
    pub formatted: String,
    /// The networks that it may belong to, most likely first.
    pub networks: BoundedVec<Network, { Network::ALL.len() }>,
    /// The state of the number.
    pub state: NumberState,
    /// PM-1: whether its network is accepted; `None` while that is undecided.
    pub accepted: Option<bool>,
    /// How many digits the security code has, once that is decided.
    pub security_code_length: Option<u64>,
    /// The problems; while the number is incomplete, what is missing.
    pub problems: BoundedVec<CardProblem, 3>,
    digits: ArrayVec<u8, MOST_READ>,
}

impl TypedNumber {
    /// The network of a complete number.
    #[must_use]
    pub fn network(&self) -> Option<Network> {
        self.networks.first().copied().filter(|_| self.state == NumberState::Valid)
    }

    /// The last four digits of a complete number.
    #[must_use]
    pub fn last4(&self) -> Option<[char; 4]> {
        let last: ArrayVec<char, 4> =
            self.digits.iter().rev().take(4).rev().map(|digit| as_character(*digit)).collect();
        last.into_inner().ok().filter(|_| self.state == NumberState::Valid)
    }
}

/// PM-1, PM-5: reads a card number as it is typed. Blanks and dashes of every kind separate digits; any other character is
/// named, not dropped.
///
/// ```
/// use billing::payment_method::card::{NumberState, read_number};
/// use billing::policy::Policy;
/// let policy = Policy::shipped("prepaid")?;
/// let typed = read_number(&policy, "37828224");
/// assert_eq!((typed.formatted.as_str(), typed.state), ("3782 8224", NumberState::Incomplete));
/// assert_eq!((typed.networks[0].id(), typed.security_code_length), ("american_express", Some(4)));
/// assert_eq!(read_number(&policy, "6011 1111 1111 1117").accepted, Some(false));
/// # Ok::<(), billing::json::read::ReadError>(())
/// ```
#[must_use]
pub fn read_number(policy: &Policy, text: &str) -> TypedNumber {
    let (digits, unexpected) = digits_of::<MOST_READ>(text);
    let count = u64::try_from(digits.len()).unwrap_or(u64::MAX);
    let (networks, decided) = if digits.is_empty() { (Candidates::new(), false) } else { candidates(policy, &digits) };
    let accepts = |network: &Network| policy.networks.contains(network);
    let state = state(policy, &digits, count, &networks, unexpected);
    let mut problems = BoundedVec::new();
    let mut find = |problem| {
        // At most one problem with a character, one with the network and one with the digits.
        let _: Result<(), _> = problems.try_push(problem);
    };
    if let Some(character) = unexpected {
        find(CardProblem::UnexpectedCharacter { character });
    }
    match networks.first() {
        None if digits.is_empty() => {}
        None => find(CardProblem::NetworkUnknown),
        Some(_) if networks.iter().any(accepts) => {}
        Some(network) if decided => find(CardProblem::NetworkRefused { network: *network }),
        Some(_) => find(CardProblem::NetworksRefused),
    }
    let longest = networks.iter().map(|network| network.longest(policy)).max();
    match (state, longest) {
        (NumberState::Incomplete, None) => find(CardProblem::NumberMissing),
        (NumberState::Incomplete, _) if networks.iter().any(|network| network.has_length(policy, count)) => {
            find(CardProblem::NumberUnfinished { digits: count });
        }
        (NumberState::Incomplete, _) => find(CardProblem::NumberIncomplete { digits: count }),
        (NumberState::Invalid, Some(longest)) if count > longest => {
            find(CardProblem::NumberTooLong { digits: count, longest });
        }
        (NumberState::Invalid, Some(_)) if unexpected.is_none() => find(CardProblem::NumberMistyped),
        (NumberState::Invalid | NumberState::Valid, _) => {}
    }
    let accepted = match (networks.iter().any(accepts), networks.iter().all(accepts)) {
        (true, true) => Some(true),
        (false, _) if !digits.is_empty() => Some(false),
        _ => None,
    };
    let formatted = match (unexpected, networks.first()) {
        (Some(_), _) => text.to_string(),
        (None, network) => grouped(&digits, network.map_or(&[4, 4, 4, 4], |network| network.groups())),
    };
    TypedNumber { formatted, security_code_length: code_length(&networks), networks, state, accepted, problems, digits }
}

/// Valid for one network is valid; impossible for every network is invalid.
fn state(policy: &Policy, digits: &[u8], count: u64, networks: &[Network], unexpected: Option<char>) -> NumberState {
    if unexpected.is_some() {
        return NumberState::Invalid;
    }
    if digits.is_empty() {
        return NumberState::Incomplete;
    }
    let checks = passes_luhn(digits);
    let complete = |network: &Network| network.has_length(policy, count) && (checks || !network.has_check_digit());
    if networks.iter().any(complete) {
        NumberState::Valid
    } else if networks.iter().any(|network| count < network.longest(policy)) {
        NumberState::Incomplete
    } else {
        NumberState::Invalid
    }
}

fn code_length(networks: &[Network]) -> Option<u64> {
    let mut lengths = networks.iter().map(|network| network.security_code_length());
    let first = lengths.next()?;
    lengths.all(|length| length == first).then_some(first)
}

fn grouped(digits: &[u8], groups: &[usize]) -> String {
    let mut text = String::with_capacity(24);
    let mut groups = groups.iter().copied();
    let mut room = groups.next().unwrap_or(usize::MAX);
    for digit in digits {
        if room == 0 {
            text.push(' ');
            // What follows the last group is a group of its own: the last three of nineteen digits.
            room = groups.next().unwrap_or(usize::MAX);
        }
        text.push(as_character(*digit));
        room = room.saturating_sub(1);
    }
    text
}

fn as_character(digit: u8) -> char {
    char::from(digit.saturating_add(b'0'))
}

/// The digits of a text, and the first character that is neither a digit nor a separator. More than `MOST` digits are not
/// kept.
fn digits_of<const MOST: usize>(text: &str) -> (ArrayVec<u8, MOST>, Option<char>) {
    let mut digits = ArrayVec::new();
    let mut unexpected = None;
    for character in text.chars() {
        match digit(character) {
            // A full list already tells that there are too many.
            Some(digit) => drop(digits.try_push(digit)),
            None if is_separator(character) => {}
            None => {
                unexpected = Some(character);
                break;
            }
        }
    }
    (digits, unexpected)
}

/// The check digit of ISO/IEC 7812: the sum of the digits, each second one from the right doubled and its digits added,
/// ends in 0.
fn passes_luhn(digits: &[u8]) -> bool {
    let sum = digits.iter().rev().enumerate().fold(0_u32, |sum, (place, digit)| {
        let doubled = if place % 2 == 1 { u32::from(*digit).saturating_mul(2) } else { u32::from(*digit) };
        sum.saturating_add(if doubled > 9 { doubled.saturating_sub(9) } else { doubled })
    });
    sum % 10 == 0
}

/// Whether a text that should be a name or an address holds a card number: a run of 13 to 19 digits, perhaps with
/// separators, whose check digit fits. A longer number is none, and neither is a part of a group.
///
/// ```
/// use billing::payment_method::card::holds_card_number;
/// assert!(holds_card_number("Flat 2, 4242-4242 4242 4242"));
/// assert!(!holds_card_number("1600 Amphitheatre Parkway, 94043-1351"));
/// ```
#[must_use]
pub fn holds_card_number(text: &str) -> bool {
    // Groups of digits between separators, where each begins, and whether a new one does.
    let mut run: Run = Run::default();
    let mut apart = true;
    let mut holds = false;
    for character in text.chars().chain(core::iter::once('.')) {
        match digit(character) {
            Some(digit) => run.push(digit, core::mem::take(&mut apart)),
            None if is_separator(character) => apart = true,
            None => {
                holds = holds || run.holds_card_number();
                (run, apart) = (Run::default(), true);
            }
        }
    }
    holds
}

/// Digits that only separators divide.
#[derive(Default)]
struct Run {
    digits: ArrayVec<u8, { crate::json::read::MAX_TEXT_BYTES }>,
    group_starts: ArrayVec<usize, { crate::json::read::MAX_TEXT_BYTES }>,
}

impl Run {
    fn push(&mut self, digit: u8, starts_group: bool) {
        if starts_group {
            // As many groups as digits at most, for which there is as much room.
            let _ = self.group_starts.try_push(self.digits.len());
        }
        let _ = self.digits.try_push(digit);
    }

    /// Whether some groups in a row are a card number. A longer reference that only contains the digits of one is none.
    fn holds_card_number(&self) -> bool {
        let ends = || self.group_starts.iter().skip(1).copied().chain([self.digits.len()]);
        let is_card_number = |digits: &[u8]| {
            let length = u64::try_from(digits.len()).unwrap_or(u64::MAX);
            let known = digits.first().is_some_and(|digit| (2..=6).contains(digit));
            known && (FEWEST_DIGITS..=MOST_DIGITS).contains(&length) && passes_luhn(digits)
        };
        let mut pieces = self.group_starts.iter().flat_map(|start| ends().map(move |end| *start..end));
        pieces.any(|piece| self.digits.get(piece).is_some_and(is_card_number))
    }
}

/// PM-5: checks a security code against the length for the network; 3 or 4 digits while the network is undecided.
///
/// # Errors
/// The problem with it: missing, incomplete, too long or holding something else than digits.
pub fn read_security_code(text: &str, length: Option<u64>) -> Result<(), CardProblem> {
    let (digits, unexpected) = digits_of::<5>(text);
    if let Some(character) = unexpected {
        return Err(CardProblem::UnexpectedCharacter { character });
    }
    let count = u64::try_from(digits.len()).unwrap_or(u64::MAX);
    let (shortest, longest) = length.map_or((3, 4), |length| (length, length));
    match count {
        0 => Err(CardProblem::SecurityCodeMissing),
        count if count < shortest => Err(CardProblem::SecurityCodeIncomplete { length: shortest }),
        count if count > longest => Err(CardProblem::SecurityCodeTooLong { length: longest }),
        _ => Ok(()),
    }
}
