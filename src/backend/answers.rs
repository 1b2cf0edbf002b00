//! What an engine answers.

use crate::expression::Chunk;

/// The statistics of one column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ColumnStatistics {
    /// Numbers that are there.
    pub n: u64,
    /// NULLs.
    pub null: u64,
    /// Not-a-numbers.
    pub nan: u64,
    /// The lowest and the highest number; none where there is no number. Exact.
    pub range: Option<[f64; 2]>,
    /// The mean, 0 where there is no number. Up to rounding.
    pub mean: f64,
    /// The sum of squared differences from the mean. Up to rounding.
    pub m2: f64,
}

impl ColumnStatistics {
    /// Of no rows.
    pub const NONE: Self = Self { n: 0, null: 0, nan: 0, range: None, mean: 0.0, m2: 0.0 };

    /// Of some numbers and how many are missing; not-a-numbers among them are counted.
    #[must_use]
    pub fn of(values: &[f64], null: u64) -> Self {
        let known = || values.iter().copied().filter(|x| !x.is_nan());
        let n = known().count();
        let nan = (values.len() - n) as u64;
        if n == 0 {
            return Self { null, nan, ..Self::NONE };
        }
        // Adding 0 makes -0 and 0 one value.
        let low = known().fold(f64::INFINITY, f64::min) + 0.0;
        let high = known().fold(f64::NEG_INFINITY, f64::max) + 0.0;
        let mean = known().sum::<f64>() / n as f64;
        let m2 = known().map(|x| (x - mean) * (x - mean)).sum();
        Self { n: n as u64, null, nan, range: Some([low, high]), mean, m2 }
    }

    /// Of two parts together: Chan, Golub and `LeVeque` 1983, equation 1.5.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        let [null, nan] = [self.null + other.null, self.nan + other.nan];
        let (Some(a), Some(b)) = (self.range, other.range) else {
            let known = if self.range.is_some() { self } else { other };
            return Self { null, nan, ..known };
        };
        let n = self.n + other.n;
        let apart = other.mean - self.mean;
        let share = other.n as f64 / n as f64;
        Self {
            n,
            null,
            nan,
            range: Some([a[0].min(b[0]), a[1].max(b[1])]),
            mean: self.mean + apart * share,
            m2: self.m2 + other.m2 + apart * apart * self.n as f64 * share,
        }
    }

    /// The variance with n - 1 below; 0 of fewer than two numbers.
    #[must_use]
    pub fn variance(&self) -> f64 {
        if self.n < 2 { 0.0 } else { self.m2 / (self.n - 1) as f64 }
    }
}

/// One group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The group's number; none for the rows in no group.
    pub key: Option<i64>,
    /// Rows.
    pub rows: u64,
    /// The sums in the order that was asked, whole multiples of `2^-bits`.
    pub sums: Vec<i64>,
}

/// All groups that have rows, in the order of their keys, those in no group first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups(pub Vec<Group>);

impl Groups {
    /// A group by its key, where it has rows.
    #[must_use]
    pub fn group(&self, key: Option<i64>) -> Option<&Group> {
        self.0.iter().find(|group| group.key == key)
    }

    /// All rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.0.iter().map(|group| group.rows).sum()
    }
}

/// Some customers, by ascending hash and then id.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Their ids.
    pub ids: Vec<String>,
    /// The columns that were asked for: numbers where they hold whole numbers or numbers,
    /// days where they hold days, else texts.
    pub columns: Chunk,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Where.
    pub place: String,
    /// How many rows.
    pub rows: u64,
    /// Whether the same run had published it before.
    pub already: bool,
}
