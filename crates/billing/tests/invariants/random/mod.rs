//! Random histories: a seed decides policies, commands and times, so that whatever fails fails again.

mod branch;
mod commands;
mod events;
mod history;
mod settings;

pub(crate) use branch::Branch;
pub(crate) use commands::{command, later};
pub(crate) use events::event;
pub(crate) use history::{Figures, Law, Scene, commands_to_run, hold};
pub(crate) use settings::settings;

use billing::ledger::Rejection;
use billing::money::{Charge, Money};

/// Choices that a seed decides (SplitMix64).
#[derive(Clone, Debug)]
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    pub(crate) fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        u64::try_from((u128::from(self.number()) * u128::from(bound)) >> 64).unwrap()
    }

    /// A number from `first` to `last`, both included.
    pub(crate) fn from(&mut self, first: u64, last: u64) -> u64 {
        first + self.below(last - first + 1)
    }

    /// Holds once in so many times.
    pub(crate) fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub(crate) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[usize::try_from(self.below(u64::try_from(from.len()).unwrap())).unwrap()].clone()
    }

    /// A place in `0..length`.
    pub(crate) fn place(&mut self, length: usize) -> usize {
        usize::try_from(self.below(u64::try_from(length).unwrap())).unwrap()
    }

    /// The place of one of these weights, each as often as it weighs.
    pub(crate) fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut rest = self.below(weights.iter().sum());
        for (place, weight) in weights.iter().enumerate() {
            match rest.checked_sub(*weight) {
                Some(less) => rest = less,
                None => return place,
            }
        }
        weights.len()
    }
}

/// The smallest amount: 10^-12 dollar.
pub(crate) fn smallest() -> Money {
    Money::parse("0.000000000001").unwrap()
}

pub(crate) fn money(text: &str) -> Money {
    Money::parse(text).unwrap()
}

pub(crate) fn cents(count: u64) -> Charge {
    Charge::of(money("0.01").times(count).unwrap()).unwrap()
}

/// Whether something holds, or what is wrong.
pub(crate) type Held = Result<(), String>;

/// What is wrong, unless a claim holds.
pub(crate) fn claim(holds: bool, otherwise: impl FnOnce() -> String) -> Held {
    if holds { Ok(()) } else { Err(otherwise()) }
}

pub(crate) fn same<T: PartialEq + std::fmt::Debug>(what: &str, one: &T, other: &T) -> Held {
    claim(one == other, || format!("{what}: {one:?} is not {other:?}"))
}

pub(crate) fn sum(amounts: impl IntoIterator<Item = Money>) -> Money {
    amounts.into_iter().try_fold(Money::ZERO, Money::checked_add).unwrap()
}

pub(crate) fn codes(rejections: &[Rejection<'_>]) -> Vec<&'static str> {
    rejections.iter().map(|rejection| rejection.finding().code()).collect()
}
