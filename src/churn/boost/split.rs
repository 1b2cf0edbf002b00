//! Which split follows the gradients most closely, over all leaves at once.

use rayon::prelude::*;

use super::gradient::{Scale, lots};
use super::order::Order;
use super::shard::unpack;
use super::trees::Split;

/// The columns' places among the codes.
pub(super) struct Layout {
    /// The first code of each column, and the number of all codes.
    starts: Vec<usize>,
}

impl Layout {
    /// From the bins of each column, bin 0 included.
    pub(super) fn of(bins: impl Iterator<Item = usize>) -> Self {
        let mut starts = vec![0];
        for bins in bins {
            starts.push(starts[starts.len() - 1] + bins);
        }
        Self { starts }
    }

    /// How many codes all columns have together.
    pub(super) fn n_codes(&self) -> usize {
        self.starts[self.starts.len() - 1]
    }

    /// The code of bin 0 of a column.
    pub(super) fn first(&self, column: usize) -> u16 {
        // Below 2^16 by the most bins that a column gets.
        self.starts[column] as u16
    }
}

/// What a split is scored by.
#[derive(Clone, Copy)]
pub(super) struct Score<'a> {
    pub(super) scale: Scale,
    pub(super) lambda: f64,
    /// What more of each column may do; empty where it is anything.
    pub(super) orders: &'a [Order],
    /// The spread of what chance adds to a score.
    pub(super) chance: f64,
    /// Decides what it adds.
    pub(super) salt: u64,
}

/// What the leaves of a split come to: gradients times steps, and weights times squared
/// steps, summed.
#[derive(Clone, Copy, Default)]
struct Gain {
    along: f64,
    length: f64,
}

impl Gain {
    /// How closely the steps follow the gradients: the cosine of the angle between the two,
    /// but for a factor that all splits share.
    fn score(self) -> f64 {
        if self.length > 0.0 { self.along / self.length.sqrt() } else { 0.0 }
    }
}

impl std::ops::Add for Gain {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { along: self.along + other.along, length: self.length + other.length }
    }
}

impl Score<'_> {
    fn of(self, (g, h): (i64, i64)) -> Gain {
        let (g, weight) = (self.scale.gradient(g), self.scale.curvature(h));
        let step = g / (weight + self.lambda);
        Gain { along: g * step, length: weight * step * step }
    }

    fn step(self, (g, h): (i64, i64)) -> f64 {
        -self.scale.gradient(g) / (self.scale.curvature(h) + self.lambda)
    }

    /// What chance adds to a split of the column: nearly normal, as a sum of four even
    /// lots. A split and the one that has its place where the bins stand the other way
    /// round have the same, as levels do where the classes are swapped.
    fn lot(self, column: usize, place: usize, opposite: usize) -> f64 {
        let bits = lots(column << 24 | place.min(opposite), self.salt);
        let sum: u64 = (0..4).map(|part| bits >> (16 * part) & 0xFFFF).sum();
        // Mean and spread of a sum of four whole numbers from 0 to 65,535.
        self.chance * (sum as f64 - 131_070.0) / 37_837.2
    }
}

/// The best split; `None` where no column has two bins. Of equal gains the first column,
/// what is missing with the low bins, the lowest bin.
pub(super) fn best(
    sums: &[i64],
    layout: &Layout,
    score: Score,
    in_parallel: bool,
) -> Option<Split> {
    let scan = |column: usize| of_column(sums, layout, score, column);
    let columns = 0..layout.starts.len() - 1;
    let found: Vec<Option<(f64, Split)>> = if in_parallel {
        columns.into_par_iter().map(scan).collect()
    } else {
        columns.map(scan).collect()
    };
    let mut best: Option<(f64, Split)> = None;
    for found in found.into_iter().flatten() {
        if best.is_none_or(|best| found.0 > best.0) {
            best = Some(found);
        }
    }
    best.map(|(_, split)| split)
}

/// The best split by one column and its score.
fn of_column(sums: &[i64], layout: &Layout, score: Score, column: usize) -> Option<(f64, Split)> {
    let (start, end) = (layout.starts[column], layout.starts[column + 1]);
    let bins = end - start;
    let leaves = || sums.chunks_exact(layout.n_codes()).map(|leaf| &leaf[start..end]);
    let has_missing = leaves().any(|cells| cells[0] != 0);
    // One gain per bin with what is missing among the low bins, then among the high.
    let mut gains = vec![Gain::default(); if has_missing { 2 * bins } else { bins }];
    let order = score.orders.get(column).copied().unwrap_or(Order::Any);
    for cells in leaves() {
        if order == Order::Any {
            add_gains(cells, &mut gains, |left, right| score.of(left) + score.of(right));
        } else {
            // A leaf whose parts are in the wrong order is as good as whole.
            add_gains(cells, &mut gains, |left, right| {
                if order.is_broken(score.step(left), score.step(right)) {
                    return score.of((left.0 + right.0, left.1 + right.1));
                }
                score.of(left) + score.of(right)
            });
        }
    }
    let mut best: Option<(f64, Split)> = None;
    for (place, gain) in gains.iter().enumerate() {
        let (missing, bin) = (place >= bins, place % bins);
        // The last bin has nothing above it; bin 0 alone is split from all others once.
        let is_split = bin + 1 < bins && (bin > 0 || (has_missing && !missing));
        if !is_split {
            continue;
        }
        let opposite = bins - 1 - bin + if has_missing && !missing { bins } else { 0 };
        let found = gain.score() + score.lot(column, place, opposite);
        if best.is_none_or(|best| found > best.0) {
            best = Some((found, Split { column: column as u32, bin: bin as u16, missing }));
        }
    }
    best
}

/// Adds one leaf's part of the gain of every split of a column, by the sums of gradient and
/// curvature on either side.
fn add_gains(cells: &[i64], gains: &mut [Gain], both: impl Fn((i64, i64), (i64, i64)) -> Gain) {
    let bins = cells.len();
    let total: i64 = cells.iter().sum();
    let (total_g, total_h) = unpack(total);
    let both = |left: i64| {
        let (g, h) = unpack(left);
        both((g, h), (total_g - g, total_h - h))
    };
    let mut left = 0;
    let (low, high) = gains.split_at_mut(bins);
    for (&cell, gain) in cells.iter().zip(low) {
        left += cell;
        *gain = *gain + both(left);
    }
    let mut left = -cells[0];
    for (&cell, gain) in cells.iter().zip(high) {
        left += cell;
        *gain = *gain + both(left);
    }
}
