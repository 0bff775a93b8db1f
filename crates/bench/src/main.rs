//! Times the loops natively: a line for each, its name and the nanoseconds of one turn, for `cargo xtask bench`.
//! With `requests`, prints the requests instead, a name and a line each, for Node.
#![forbid(unsafe_code)]

use std::io::Write;
use std::time::Instant;

/// Turns in a batch; a batch takes well over the clock's resolution.
const TURNS: u32 = 2_000;
/// The fastest of so many batches counts: whatever else the machine does only ever adds.
const BATCHES: u32 = 200;
/// A long loop: one turn a batch, and fewer of them.
const LONG_BATCHES: u32 = 20;

fn main() -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    if std::env::args().nth(1).as_deref() == Some("requests") {
        return bench::REQUESTS.iter().try_for_each(|(name, line)| writeln!(out, "{name}\t{line}"));
    }
    for looped in bench::loops() {
        let (turns, batches) = if looped.is_long { (1, LONG_BATCHES) } else { (TURNS, BATCHES) };
        looped.repeat(turns);
        let fastest = (0..batches)
            .map(|_| {
                let start = Instant::now();
                looped.repeat(turns);
                start.elapsed()
            })
            .min()
            .unwrap_or_default();
        let picoseconds = fastest.as_nanos().saturating_mul(1000).checked_div(u128::from(turns)).unwrap_or(0);
        writeln!(out, "{}\t{}.{:03}", looped.name, picoseconds / 1000, picoseconds % 1000)?;
    }
    Ok(())
}
