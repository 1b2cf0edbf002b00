//! Which split lowers the loss most, over all leaves at once.

use super::gradient::Scale;
use super::shard::unpack;

/// The columns' places among the codes.
pub(super) struct Layout {
    /// The first code of each column.
    pub(super) offsets: Vec<usize>,
    /// The bins of each column, bin 0 included.
    pub(super) n_bins: Vec<usize>,
}

/// A split of every leaf of a tree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) column: usize,
    /// Bins above this one go to the second child.
    pub(super) bin: u16,
    /// Whether bin 0 does.
    pub(super) missing: bool,
    /// The sum over all leaves of G^2 / (H + lambda).
    pub(super) gain: f64,
}

/// The best split; `None` where no column has two bins. Of equal gains the first column,
/// the lowest bin.
pub(super) fn best(
    sums: &[i64],
    layout: &Layout,
    scale: Scale,
    lambda: f64,
    allowed: &dyn Fn(usize) -> bool,
) -> Option<Found> {
    let n_codes: usize = layout.n_bins.iter().sum();
    let mut best: Option<Found> = None;
    let mut gains = Vec::new();
    for column in 0..layout.offsets.len() {
        let (offset, bins) = (layout.offsets[column], layout.n_bins[column]);
        if !allowed(column) {
            continue;
        }
        // One gain per bin with what is missing on the left, then as many on the right.
        gains.clear();
        gains.resize(2 * bins, 0.0);
        let mut has_missing = false;
        for leaf in sums.chunks_exact(n_codes) {
            let cells = &leaf[offset..offset + bins];
            has_missing |= cells[0] != 0;
            add_gains(cells, scale, lambda, &mut gains);
        }
        for (i, &gain) in gains.iter().enumerate() {
            let (missing, bin) = (i >= bins, i % bins);
            let is_split = bin + 1 < bins && (bin > 0 || (has_missing && !missing));
            if is_split
                && (has_missing || !missing)
                && best.is_none_or(|best| gain > best.gain)
            {
                best = Some(Found { column, bin: bin as u16, missing, gain });
            }
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
    let missing = cells[0];
    let mut left = 0;
    for (bin, &cell) in cells.iter().enumerate() {
        left += cell;
        gains[bin] += both(left);
        if missing != 0 {
            gains[bins + bin] += both(left - missing);
        } else {
            gains[bins + bin] = gains[bin];
        }
    }
}
