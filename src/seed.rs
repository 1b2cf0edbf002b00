//! One seed, many named streams.
//!
//! Every random draw of a run comes from a stream that is named after its purpose
//! and an index, so that adding a draw in one place never changes the draws in
//! another, and no stream depends on how many threads work.

use rand::SeedableRng;
use rand_xoshiro::Xoshiro256PlusPlus;
use sha2::{Digest, Sha256};

/// The generator of every stream. Its algorithm is pinned: the same seed gives the
/// same segments in every version that keeps it.
pub type Stream = Xoshiro256PlusPlus;

/// The one seed of a run.
///
/// # Examples
///
/// ```
/// use kohort::seed::Seed;
/// use rand::RngCore;
/// let seed = Seed::new(42);
/// assert_eq!(seed.stream("restart", 3).next_u64(), seed.stream("restart", 3).next_u64());
/// assert_ne!(seed.stream("restart", 3).next_u64(), seed.stream("restart", 4).next_u64());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed(u64);

impl Seed {
    /// A seed from a number.
    #[must_use]
    pub fn new(value: u64) -> Self {
        Self(value)
    }

    /// The number it was made from.
    #[must_use]
    pub fn value(self) -> u64 {
        self.0
    }

    /// The stream called `purpose` with number `index`.
    #[must_use]
    pub fn stream(self, purpose: &str, index: u64) -> Stream {
        let mut hash = Sha256::new();
        hash.update(self.0.to_le_bytes());
        hash.update(index.to_le_bytes());
        hash.update(purpose.as_bytes());
        Stream::from_seed(hash.finalize().into())
    }

    /// A simple random sample of the rows `0..n` by the stream called `purpose` with number
    /// `index`: `size` of them, each once, ascending; all where there are no more.
    #[must_use]
    pub fn rows(self, purpose: &str, index: u64, n: usize, size: usize) -> Vec<usize> {
        if n <= size {
            return (0..n).collect();
        }
        let mut drawn =
            rand::seq::index::sample(&mut self.stream(purpose, index), n, size).into_vec();
        drawn.sort_unstable();
        drawn
    }
}

impl Default for Seed {
    fn default() -> Self {
        Self(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_of_rows_holds_each_once_and_depends_on_its_name() {
        let seed = Seed::new(42);
        let drawn = seed.rows("a", 0, 1_000, 100);
        assert_eq!(drawn.len(), 100);
        assert!(drawn.windows(2).all(|pair| pair[0] < pair[1]) && drawn[99] < 1_000);
        assert_eq!(drawn, seed.rows("a", 0, 1_000, 100));
        assert_ne!(drawn, seed.rows("b", 0, 1_000, 100));
        assert_ne!(drawn, seed.rows("a", 1, 1_000, 100));
        assert_eq!(seed.rows("a", 0, 3, 3), [0, 1, 2]);
        assert_eq!(seed.rows("a", 0, 2, 3), [0, 1]);
    }
}
