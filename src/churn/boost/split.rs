//! Which split lowers the loss most, over all leaves at once.

use rayon::prelude::*;

use super::gradient::Scale;
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

/// The best split; `None` where no column has two bins. Of equal gains the first column,
/// what is missing with the low bins, the lowest bin.
pub(super) fn best(
    sums: &[i64],
    layout: &Layout,
    scale: Scale,
    lambda: f64,
    in_parallel: bool,
) -> Option<Split> {
    let scan = |column: usize| of_column(sums, layout, scale, lambda, column);
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

/// The best split by one column and its gain: the sum of `G^2 / (W + lambda)`.
fn of_column(
    sums: &[i64],
    layout: &Layout,
    scale: Scale,
    lambda: f64,
    column: usize,
) -> Option<(f64, Split)> {
    let (start, end) = (layout.starts[column], layout.starts[column + 1]);
    let bins = end - start;
    let leaves = || sums.chunks_exact(layout.n_codes()).map(|leaf| &leaf[start..end]);
    let has_missing = leaves().any(|cells| cells[0] != 0);
    // One gain per bin with what is missing among the low bins, then among the high.
    let mut gains = vec![0.0; if has_missing { 2 * bins } else { bins }];
    for cells in leaves() {
        add_gains(cells, scale, lambda, &mut gains);
    }
    let mut best: Option<(f64, Split)> = None;
    for (place, &gain) in gains.iter().enumerate() {
        let (missing, bin) = (place >= bins, place % bins);
        // The last bin has nothing above it; bin 0 alone is split from all others once.
        let is_split = bin + 1 < bins && (bin > 0 || (has_missing && !missing));
        if is_split && best.is_none_or(|best| gain > best.0) {
            best = Some((gain, Split { column: column as u32, bin: bin as u16, missing }));
        }
    }
    best
}

/// Adds one leaf's part of the gain of every split of a column.
fn add_gains(cells: &[i64], scale: Scale, lambda: f64, gains: &mut [f64]) {
    let bins = cells.len();
    let total: i64 = cells.iter().sum();
    let (total_g, total_h) = unpack(total);
    let score = |g: i64, h: i64| {
        let g = scale.gradient(g);
        g * g / (scale.curvature(h) + lambda)
    };
    let both = |left: i64| {
        let (g, h) = unpack(left);
        score(g, h) + score(total_g - g, total_h - h)
    };
    let mut left = 0;
    let (low, high) = gains.split_at_mut(bins);
    for (&cell, gain) in cells.iter().zip(low) {
        left += cell;
        *gain += both(left);
    }
    let mut left = -cells[0];
    for (&cell, gain) in cells.iter().zip(high) {
        left += cell;
        *gain += both(left);
    }
}
