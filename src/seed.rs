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
}

impl Default for Seed {
    fn default() -> Self {
        Self(1)
    }
}
