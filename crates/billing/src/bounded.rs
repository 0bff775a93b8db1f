//! Short lists with a fixed maximum length, kept without allocation.

use arrayvec::ArrayVec;
use core::fmt;
use core::iter::FusedIterator;
use core::ops::Deref;

/// A list of at most `N` items. It reads as a slice.
///
/// ```
/// use billing::payment_method::card::{Network, read_number};
/// use billing::policy::Policy;
/// let typed = read_number(&Policy::shipped("prepaid")?, "4242");
/// assert_eq!(typed.networks[..], [Network::Visa]);
/// assert!(typed.networks.iter().all(|network| network.name() == "Visa"));
/// # Ok::<(), billing::json::read::ReadError>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct BoundedVec<T, const N: usize>(ArrayVec<T, N>);

impl<T, const N: usize> BoundedVec<T, N> {
    pub(crate) fn new() -> BoundedVec<T, N> {
        BoundedVec(ArrayVec::new())
    }

    /// Collects the items of which the caller knows that there are at most `N`.
    pub(crate) fn of(items: impl IntoIterator<Item = T>) -> BoundedVec<T, N> {
        BoundedVec(items.into_iter().collect())
    }

    /// Adds an item, or hands it back where the list is full.
    pub(crate) fn try_push(&mut self, item: T) -> Result<(), T> {
        self.0.try_push(item).map_err(arrayvec::CapacityError::element)
    }

    /// The items as a slice.
    #[must_use]
    pub fn as_slice(&self) -> &[T] {
        self.0.as_slice()
    }
}

impl<T, const N: usize> Deref for BoundedVec<T, N> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        self.0.as_slice()
    }
}

impl<T: fmt::Debug, const N: usize> fmt::Debug for BoundedVec<T, N> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl<T, const N: usize> IntoIterator for BoundedVec<T, N> {
    type Item = T;
    type IntoIter = IntoIter<T, N>;

    fn into_iter(self) -> IntoIter<T, N> {
        IntoIter(self.0.into_iter())
    }
}

impl<'l, T, const N: usize> IntoIterator for &'l BoundedVec<T, N> {
    type Item = &'l T;
    type IntoIter = core::slice::Iter<'l, T>;

    fn into_iter(self) -> core::slice::Iter<'l, T> {
        self.0.iter()
    }
}

/// The items of a [`BoundedVec`], by value.
pub struct IntoIter<T, const N: usize>(arrayvec::IntoIter<T, N>);

impl<T, const N: usize> Iterator for IntoIter<T, N> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.next()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<T, const N: usize> ExactSizeIterator for IntoIter<T, N> {}

impl<T, const N: usize> FusedIterator for IntoIter<T, N> {}
