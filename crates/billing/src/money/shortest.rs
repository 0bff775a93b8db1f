//! A whole number of parts as the shortest [`Decimal`].

use rust_decimal::Decimal;

/// `parts / 10^decimals` with at least two decimals and no zeros at the end after those, where it fits 96 bits.
pub(super) fn shortest(mut parts: i128, mut decimals: u32) -> Option<Decimal> {
    // Shares, and amounts up to 9 million dollars: dividing 64 bits is several times quicker.
    if let Ok(mut parts) = i64::try_from(parts) {
        while decimals > 2 && parts % 10 == 0 {
            (parts, decimals) = (parts / 10, decimals.saturating_sub(1));
        }
        return Decimal::try_new(parts, decimals).ok();
    }
    while decimals > 2 && parts % 10 == 0 {
        (parts, decimals) = (parts / 10, decimals.saturating_sub(1));
    }
    Decimal::try_from_i128_with_scale(parts, decimals).ok()
}
