//! Amounts as they are printed.

/// The largest number of decimals that are printed.
pub(super) const DECIMALS: usize = 12;

/// A printed decimal, without allocation: a sign, at most 19 digits, a point and at most 12 decimals.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct DecimalText {
    bytes: [u8; DecimalText::LENGTH],
    start: usize,
}

impl DecimalText {
    const LENGTH: usize = 40;

    /// The text.
    #[must_use]
    #[inline]
    pub fn as_str(&self) -> &str {
        self.bytes.get(self.start..).and_then(|bytes| core::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Prints units of 10^-12 dollar, from the last digit to the first.
    pub(super) fn of_units(units: i128) -> DecimalText {
        let (mut whole, mut part) = split(units.unsigned_abs());
        let mut places = DECIMALS;
        // Nearly every amount is whole cents, so their zeros are dropped at once.
        if part % BEYOND_CENTS == 0 {
            (part, places) = (part / BEYOND_CENTS, 2);
        }
        while places > 2 && part % 10 == 0 {
            (part, places) = (part / 10, places.saturating_sub(1));
        }
        let mut text = DecimalText { bytes: [0; DecimalText::LENGTH], start: DecimalText::LENGTH };
        for _ in 0..places {
            text.push_digit(part);
            part /= 10;
        }
        text.push(b'.');
        text.push_digit(whole);
        while whole >= 10 {
            whole /= 10;
            text.push_digit(whole);
        }
        if units.is_negative() {
            text.push(b'-');
        }
        text
    }

    fn push_digit(&mut self, number: u64) {
        self.push(u8::try_from(number % 10).unwrap_or(0).saturating_add(b'0'));
    }

    fn push(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(place) = self.bytes.get_mut(self.start) {
            *place = byte;
        }
    }
}

/// Ten decimals: what twelve have beyond cents.
const BEYOND_CENTS: u64 = 10_000_000_000;

/// Units in a dollar.
const ONE: u64 = 1_000_000_000_000;

/// Whole and part. Each fits into 64 bits, where dividing is quick: a sum is at most 10^18 dollars.
fn split(units: u128) -> (u64, u64) {
    const WIDE_ONE: u128 = 1_000_000_000_000;
    if let Ok(units) = u64::try_from(units) {
        return (units / ONE, units % ONE);
    }
    let narrow = |wide: u128| u64::try_from(wide).unwrap_or(u64::MAX);
    (narrow(units / WIDE_ONE), narrow(units % WIDE_ONE))
}
