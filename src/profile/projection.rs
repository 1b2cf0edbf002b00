//! A map of the customers: the first two principal components of the matrix, as counts
//! on a grid, so that no dot is a person.
//!
//! With `X` centred, shape `(n_customers, n_features)`, the axes are the eigenvectors of
//! the covariance `X'X / (n - 1)` with the two largest eigenvalues. The sign of an axis
//! is chosen so that its largest loading is positive (the first of equals).
//!
//! Cost O(n d^2 + d^3).
//!
//! # References
//!
//! Jolliffe, I. T. (2002). Principal Component Analysis, 2nd ed. Springer, section 1.1.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use crate::matrix::Matrix;
use crate::results::{Cell, Projection};

use super::axes::Axes;
use super::wording::{humanise, list};

/// Cells across and up, the finest first.
const SIZES: [(u16, u16); 8] =
    [(60, 40), (48, 32), (36, 24), (30, 20), (24, 16), (18, 12), (12, 8), (9, 6)];
/// The share of customers that may be withheld before a coarser grid is drawn.
const MAX_WITHHELD: f64 = 0.15;
/// The window shows all but this share at each end.
const OUTSIDE: f64 = 0.005;

/// Each customer's place on the map, in the order of the rows.
#[must_use]
pub fn coordinates(matrix: &Matrix) -> Vec<[f64; 2]> {
    Axes::fit(matrix).coordinates(matrix)
}

/// The map: counts on a grid of at most 60 x 40 cells, coarser for a small base. The window runs from the 0.5th to the
/// 99.5th percentile of each axis; customers outside it are in the cells at the edge.
/// Cells with fewer than `min_cell` customers are withheld and counted.
#[must_use]
pub fn project(
    matrix: &Matrix,
    labels: &[Option<u32>],
    n_segments: usize,
    min_cell: usize,
) -> Projection {
    let axes = Axes::fit(matrix);
    let places = axes.coordinates(matrix);
    let windows = [window(&places, 0), window(&places, 1)];
    let groups = (labels, n_segments);
    let grid = finest(&places, groups, min_cell, windows, false);
    Projection {
        method: "principal components".to_owned(),
        explained: axes.explained,
        x: windows[0],
        y: windows[1],
        width: usize::from(grid.size.0),
        height: usize::from(grid.size.1),
        centres: centres(&places, groups, min_cell, windows, grid.size),
        cells: grid.cells,
        withheld: grid.withheld,
        axes: [
            words(matrix, &axes.loadings[0], "to the right"),
            words(matrix, &axes.loadings[1], "upwards"),
        ],
    }
}

pub(super) fn window(places: &[[f64; 2]], axis: usize) -> [f64; 2] {
    let mut values: Vec<f64> = places.iter().map(|place| place[axis]).collect();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..n")]
    let skip = (OUTSIDE * values.len() as f64) as usize;
    let top = values.len() - 1 - skip;
    let (_, low, _) = values.select_nth_unstable_by(skip, f64::total_cmp);
    let low = *low;
    let (_, high, _) = values.select_nth_unstable_by(top, f64::total_cmp);
    if *high > low { [low, *high] } else { [low - 0.5, low + 0.5] }
}

/// The cell of a coordinate, clamped to the edge.
fn cell_of(value: f64, [low, high]: [f64; 2], cells: u16) -> u16 {
    let position = (value - low) / (high - low) * f64::from(cells);
    // The value is clamped into 0..cells before the cast.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let cell = position.clamp(0.0, f64::from(cells - 1)) as u16;
    cell
}

/// A grid of counts.
pub(super) struct Grid {
    /// Cells across and up.
    pub(super) size: (u16, u16),
    pub(super) cells: Vec<Cell>,
    /// Customers in cells of fewer than `min_cell`.
    pub(super) withheld: u64,
}

/// The finest grid that withholds few customers: a small base gets larger cells, or most
/// of the map would be empty. A tall window has more cells up than across.
pub(super) fn finest(
    places: &[[f64; 2]],
    groups: (&[Option<u32>], usize),
    min_cell: usize,
    windows: [[f64; 2]; 2],
    is_tall: bool,
) -> Grid {
    let allowed = (MAX_WITHHELD * places.len() as f64) as u64;
    let draw = |(long, short)| {
        let size = if is_tall { (short, long) } else { (long, short) };
        grid(places, groups, min_cell, windows, size)
    };
    let mut found = draw(SIZES[0]);
    for &size in &SIZES[1..] {
        if found.withheld <= allowed {
            break;
        }
        found = draw(size);
    }
    found
}

fn grid(
    places: &[[f64; 2]],
    (labels, n_segments): (&[Option<u32>], usize),
    min_cell: usize,
    windows: [[f64; 2]; 2],
    size: (u16, u16),
) -> Grid {
    let n_groups = n_segments + 1;
    let (width, height) = size;
    let mut counts = vec![0_u64; usize::from(width) * usize::from(height) * n_groups];
    for (place, label) in places.iter().zip(labels) {
        let x = usize::from(cell_of(place[0], windows[0], width));
        let y = usize::from(cell_of(place[1], windows[1], height));
        // Group 0 is the unassigned, as in the ids.
        let group =
            label.map(|label| label as usize + 1).filter(|group| *group < n_groups).unwrap_or(0);
        counts[(y * usize::from(width) + x) * n_groups + group] += 1;
    }
    let (mut cells, mut withheld) = (Vec::new(), 0);
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        let at = (usize::from(y) * usize::from(width) + usize::from(x)) * n_groups;
        let here = &counts[at..at + n_groups];
        let n: u64 = here.iter().sum();
        if n == 0 {
            continue;
        }
        if n < min_cell as u64 {
            withheld += n;
            continue;
        }
        let most = here.iter().copied().max().unwrap_or(0);
        let group = here.iter().position(|count| *count == most).unwrap_or(0);
        cells.push(Cell {
            x,
            y,
            n,
            segment_id: u32::try_from(group).unwrap_or(0),
            percent: u8::try_from((100 * most + n / 2) / n).unwrap_or(100),
        });
    }
    Grid { size, cells, withheld }
}

/// The mean place of each segment. One of fewer than `min_cell` customers is moved to
/// the middle of its cell, or its place would be theirs.
fn centres(
    places: &[[f64; 2]],
    (labels, n_segments): (&[Option<u32>], usize),
    min_cell: usize,
    windows: [[f64; 2]; 2],
    (across, up): (u16, u16),
) -> Vec<[f64; 2]> {
    let mut sums = vec![([0.0; 2], 0_u64); n_segments];
    for (place, label) in places.iter().zip(labels) {
        if let Some((sum, n)) = label.and_then(|label| sums.get_mut(label as usize)) {
            sum[0] += place[0];
            sum[1] += place[1];
            *n += 1;
        }
    }
    let middle = |value: f64, window: [f64; 2], cells: u16| {
        let width = (window[1] - window[0]) / f64::from(cells);
        window[0] + (f64::from(cell_of(value, window, cells)) + 0.5) * width
    };
    sums.into_iter()
        .map(|(sum, n)| {
            let mean = sum.map(|sum| sum / n.max(1) as f64);
            if n >= min_cell as u64 {
                mean
            } else {
                [middle(mean[0], windows[0], across), middle(mean[1], windows[1], up)]
            }
        })
        .collect()
}

/// `to the right: more tenure, less MonthlyCharges and more Contract: Two year`.
fn words(matrix: &Matrix, loadings: &[f64], direction: &str) -> String {
    let mut order: Vec<(usize, f64)> = loadings.iter().copied().enumerate().collect();
    order.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    let largest = order.first().map_or(0.0, |(_, loading)| loading.abs());
    let parts: Vec<String> = order
        .into_iter()
        .take(3)
        .filter(|(_, loading)| loading.abs() > 0.0 && loading.abs() >= 0.3 * largest)
        .map(|(j, loading)| {
            let name = humanise(&matrix.columns()[j].name.replacen('=', ": ", 1));
            format!("{} {name}", if loading > 0.0 { "more" } else { "less" })
        })
        .collect();
    if parts.is_empty() {
        format!("{direction}: no difference")
    } else {
        format!("{direction}: {}", list(&parts))
    }
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;

    /// 30 x 4: `((7i + 13j) % 11) + 0.1 (j + 1) ((i (j + 3)) % 7) + [j = 2] i / 2`.
    fn fixture() -> Matrix {
        let value = |i: usize, j: usize| {
            let base = ((7 * i + 13 * j) % 11) as f64;
            let wave = 0.1 * ((i * (j + 3)) % 7) as f64 * (j + 1) as f64;
            base + wave + if j == 2 { i as f64 * 0.5 } else { 0.0 }
        };
        Matrix::unnamed(Array2::from_shape_fn((30, 4), |(i, j)| value(i, j))).unwrap()
    }

    #[test]
    fn every_customer_is_in_a_cell_or_withheld() {
        let matrix = fixture();
        let labels: Vec<Option<u32>> = (0..30).map(|i| (i != 3).then_some(i % 2)).collect();
        let all = project(&matrix, &labels, 2, 1);
        assert_eq!(all.cells.iter().map(|cell| cell.n).sum::<u64>() + all.withheld, 30);
        assert_eq!((all.withheld, all.width, all.height, all.centres.len()), (0, 60, 40, 2));
        let safe = project(&matrix, &labels, 2, 10);
        assert!(safe.cells.iter().all(|cell| cell.n >= 10));
        assert_eq!(safe.cells.iter().map(|cell| cell.n).sum::<u64>() + safe.withheld, 30);
        assert!(all.axes[0].starts_with("to the right: more x2"));
    }

    #[test]
    fn one_column_and_one_row_make_a_map() {
        for (n, d) in [(1, 1), (1, 3), (5, 1), (4, 2)] {
            let matrix = Matrix::unnamed(Array2::from_elem((n, d), 2.5)).unwrap();
            let map = project(&matrix, &vec![Some(0); n], 1, 1);
            assert_eq!(map.cells.iter().map(|cell| cell.n).sum::<u64>(), n as u64);
            assert!(map.x[0] < map.x[1] && map.y[0] < map.y[1]);
            assert!(map.explained.iter().chain(&map.x).chain(&map.y).all(|v| v.is_finite()));
        }
    }
}
