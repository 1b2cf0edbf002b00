//! Sums over customers that any number of threads add up to the same bits, and running
//! sums over counts.

use rayon::prelude::*;

use super::newton::Slope;

/// Distinct histories in one piece of work.
const PIECE: usize = 4096;

/// Adds up `part(range)` over the pieces of `0..n`, in order.
pub(super) fn in_pieces<const N: usize>(
    n: usize,
    part: impl Fn(std::ops::Range<usize>) -> Slope<N> + Sync,
) -> Slope<N> {
    let pieces: Vec<Slope<N>> = (0..n.div_ceil(PIECE))
        .into_par_iter()
        .map(|piece| part(piece * PIECE..((piece + 1) * PIECE).min(n)))
        .collect();
    let mut sum = Slope::zero();
    for piece in &pieces {
        sum.add(1.0, piece);
    }
    sum
}

/// `ln((y)(y + 1)...(y + n - 1))` with its first two derivatives by y, for every n up to
/// some count: the difference of two log-gamma functions, exact for whole n.
pub(super) struct Rising {
    /// One entry per n: value, first, second derivative.
    pub at: Vec<[f64; 3]>,
}

impl Rising {
    /// For n = 0 to `most`; `y` is positive.
    pub(super) fn new(y: f64, most: usize) -> Self {
        let mut at = Vec::with_capacity(most + 1);
        let mut sums = [0.0; 3];
        at.push(sums);
        for i in 0..most {
            let term = y + i as f64;
            sums[0] += libm::log(term);
            sums[1] += 1.0 / term;
            sums[2] -= 1.0 / (term * term);
            at.push(sums);
        }
        Self { at }
    }
}
