//! The axes of the map: the two leading principal components of the prepared columns,
//! by the covariance matrix, with a sign that rounding cannot turn.
//!
//! # References
//!
//! Pearson K. (1901), On lines and planes of closest fit to systems of points in space.

use linfa_linalg::eigh::Eigh;
use ndarray::Array2;
use rayon::prelude::*;

use crate::matrix::Matrix;

/// Rows per parallel piece; fixed, so that the bits do not depend on threads.
const PIECE: usize = 4_096;
/// Above this many columns the axes are iterated for.
const WIDE: usize = 200;
/// Iterations; the map of a base without clear axes need not be exact.
const ITERATIONS: usize = 60;

/// The two axes of the map.
pub(super) struct Axes {
    mean: Vec<f64>,
    /// The loading of each column on the two axes.
    pub(super) loadings: [Vec<f64>; 2],
    /// The share of the variance that each axis explains, 0 to 1.
    pub(super) explained: [f64; 2],
}

impl Axes {
    pub(super) fn fit(matrix: &Matrix) -> Self {
        let (n, d) = (matrix.n_rows(), matrix.n_columns());
        let values = matrix.values();
        // A Matrix is row-major by construction, so there is always a slice.
        let flat = values.as_slice().unwrap_or(&[]);
        let mean = sum_of_pieces(flat, d, d, |row, sums| {
            for (sum, value) in sums.iter_mut().zip(row) {
                *sum += value;
            }
        })
        .into_iter()
        .map(|sum| sum / n as f64)
        .collect::<Vec<f64>>();
        if d > WIDE {
            return Self::of_wide(flat, mean);
        }
        let products = products(flat, &mean);
        let scale = n.saturating_sub(1).max(1) as f64;
        let covariance = Array2::from_shape_fn((d, d), |(i, j)| {
            let (low, high) = if i < j { (i, j) } else { (j, i) };
            products[high * d + low] / scale
        });
        let total: f64 = (0..d).map(|j| covariance[[j, j]]).sum();
        let mut order: Vec<(f64, Vec<f64>)> = covariance.eigh().map_or_else(
            |_| Vec::new(),
            |(values, vectors)| {
                let column = |j: usize| vectors.column(j).to_vec();
                values.iter().enumerate().map(|(j, value)| (*value, column(j))).collect()
            },
        );
        order.sort_by(|a, b| b.0.total_cmp(&a.0));
        let mut best = order.into_iter();
        let mut axis = || {
            let (value, vector) = best.next().unwrap_or_else(|| (0.0, vec![0.0; d]));
            let share = if total > 0.0 { (value / total).clamp(0.0, 1.0) } else { 0.0 };
            (share, signed(vector))
        };
        let (first, second) = (axis(), axis());
        Self { mean, loadings: [first.1, second.1], explained: [first.0, second.0] }
    }

    /// The two leading axes without the covariance matrix, whose eigenvectors cost the
    /// cube of the columns: orthogonal iteration (Golub and Van Loan 2013, section 8.2.4)
    /// from the two columns that vary most.
    fn of_wide(flat: &[f64], mean: Vec<f64>) -> Self {
        let d = mean.len();
        let spread = sum_of_pieces(flat, d, d, |row, sums| {
            for ((sum, value), mean) in sums.iter_mut().zip(row).zip(&mean) {
                *sum += (value - mean) * (value - mean);
            }
        });
        let total: f64 = spread.iter().sum();
        let mut order: Vec<usize> = (0..d).collect();
        order.sort_by(|&a, &b| spread[b].total_cmp(&spread[a]).then(a.cmp(&b)));
        let mut axes = [0, 1].map(|at| {
            let mut axis = vec![0.0; d];
            axis[order[at]] = 1.0;
            axis
        });
        let mut lengths = [0.0; 2];
        for _ in 0..ITERATIONS {
            let image = sum_of_pieces(flat, d, 2 * d, |row, sums| {
                for (axis, sums) in axes.iter().zip(sums.chunks_mut(d)) {
                    let along: f64 =
                        row.iter().zip(&mean).zip(axis).map(|((v, m), a)| (v - m) * a).sum();
                    for ((sum, value), mean) in sums.iter_mut().zip(row).zip(&mean) {
                        *sum += along * (value - mean);
                    }
                }
            });
            let (first, second) = image.split_at(d);
            let (mut first, mut second) = (first.to_vec(), second.to_vec());
            lengths[0] = unit(&mut first);
            let along: f64 = first.iter().zip(&second).map(|(a, b)| a * b).sum();
            for (b, a) in second.iter_mut().zip(&first) {
                *b -= along * a;
            }
            lengths[1] = unit(&mut second);
            axes = [first, second];
        }
        let share = |length: f64| if total > 0.0 { (length / total).clamp(0.0, 1.0) } else { 0.0 };
        Self { mean, loadings: axes.map(signed), explained: lengths.map(share) }
    }

    fn of(&self, row: &[f64]) -> [f64; 2] {
        let mut at = [0.0; 2];
        for (at, loadings) in at.iter_mut().zip(&self.loadings) {
            for ((value, mean), loading) in row.iter().zip(&self.mean).zip(loadings) {
                *at += (value - mean) * loading;
            }
        }
        at
    }

    pub(super) fn coordinates(&self, matrix: &Matrix) -> Vec<[f64; 2]> {
        let values = matrix.values();
        let flat = values.as_slice().unwrap_or(&[]);
        flat.par_chunks(matrix.n_columns()).with_min_len(PIECE).map(|row| self.of(row)).collect()
    }
}

/// Scales a vector to length 1 and returns the length it had.
fn unit(vector: &mut [f64]) -> f64 {
    let length = vector.iter().map(|v| v * v).sum::<f64>().sqrt();
    if length > 0.0 {
        for value in vector {
            *value /= length;
        }
    }
    length
}

/// Adds over the rows of a row-major matrix of width `d`, piece by piece, pieces in order.
fn sum_of_pieces(
    flat: &[f64],
    d: usize,
    length: usize,
    add: impl Fn(&[f64], &mut [f64]) + Sync,
) -> Vec<f64> {
    let pieces: Vec<Vec<f64>> = flat
        .par_chunks(d * PIECE)
        .map(|piece| {
            let mut sums = vec![0.0; length];
            piece.chunks_exact(d).for_each(|row| add(row, &mut sums));
            sums
        })
        .collect();
    let mut total = vec![0.0; length];
    for piece in pieces {
        for (total, sum) in total.iter_mut().zip(piece) {
            *total += sum;
        }
    }
    total
}

/// The lower triangle of the centred products, `(high, low)` at `high * d + low`.
fn products(flat: &[f64], mean: &[f64]) -> Vec<f64> {
    let d = mean.len();
    // Four rows at a time: each accumulator is loaded and stored once for four products.
    let add = |rows: &[f64], sums: &mut [f64]| {
        for j in 0..d {
            let out = &mut sums[j * d..=j * d + j];
            let mut quads = rows.chunks_exact(4 * d);
            for quad in quads.by_ref() {
                let (one, rest) = quad.split_at(d);
                let (two, rest) = rest.split_at(d);
                let (three, four) = rest.split_at(d);
                let own = [one[j], two[j], three[j], four[j]];
                let halves = one.iter().zip(two).zip(three.iter().zip(four));
                for (out, ((one, two), (three, four))) in out.iter_mut().zip(halves) {
                    *out += (own[0] * one + own[1] * two) + (own[2] * three + own[3] * four);
                }
            }
            for row in quads.remainder().chunks_exact(d) {
                for (out, value) in out.iter_mut().zip(row) {
                    *out += row[j] * value;
                }
            }
        }
    };
    let pieces: Vec<Vec<f64>> = flat
        .par_chunks(d * PIECE)
        .map(|piece| {
            let mut sums = vec![0.0; d * d];
            let mut centred = Vec::with_capacity(64 * d);
            for block in piece.chunks(64 * d) {
                centred.clear();
                for row in block.chunks_exact(d) {
                    centred.extend(row.iter().zip(mean).map(|(value, mean)| value - mean));
                }
                add(&centred, &mut sums);
            }
            sums
        })
        .collect();
    let mut total = vec![0.0; d * d];
    for piece in pieces {
        for (total, sum) in total.iter_mut().zip(piece) {
            *total += sum;
        }
    }
    total
}

/// The vector or its opposite: the largest loading becomes positive. Loadings within
/// 1e-9 of the largest count as equal, so that rounding cannot choose the sign.
fn signed(mut vector: Vec<f64>) -> Vec<f64> {
    let largest = vector.iter().fold(0.0_f64, |largest, loading| largest.max(loading.abs()));
    let leading = vector.iter().find(|loading| loading.abs() >= largest - 1e-9);
    if leading.is_some_and(|loading| *loading < 0.0) {
        for loading in &mut vector {
            *loading = -*loading;
        }
    }
    vector
}

#[cfg(test)]
mod tests {
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

    /// numpy 2.4.6: `w, v = eigh(cov(X.T))`, the two largest, largest loading positive,
    /// `(X - mean) @ v` for rows 0, 17 and 29.
    #[test]
    fn components_equal_numpys() {
        let matrix = fixture();
        let axes = Axes::fit(&matrix);
        assert!((axes.explained[0] - 0.528_009_486_336_964_8).abs() < 1e-12);
        assert!((axes.explained[1] - 0.260_143_022_941_829_45).abs() < 1e-12);
        let places = axes.coordinates(&matrix);
        for (row, x, y) in [
            (0, -8.712_475_192_226_783, 4.663_473_826_517_566),
            (17, -3.279_788_739_728_508, -0.623_488_954_776_574_7),
            (29, 12.023_012_294_050_533, -3.586_665_342_817_737_7),
        ] {
            assert!((places[row][0] - x).abs() < 1e-10 && (places[row][1] - y).abs() < 1e-10);
        }
    }

    #[test]
    fn a_wide_matrix_gets_the_same_axes_without_its_covariance() {
        // Two planted directions in 220 columns, and a little noise.
        let value = |i: usize, j: usize| {
            let (a, b) = ((i % 17) as f64 - 8.0, (i % 5) as f64 - 2.0);
            let along = if j < 20 {
                3.0 * a
            } else if j < 50 {
                2.0 * b
            } else {
                0.0
            };
            along + ((i * 31 + j * 17) % 13) as f64 * 0.01
        };
        let matrix =
            Matrix::unnamed(Array2::from_shape_fn((85, 220), |(i, j)| value(i, j))).unwrap();
        let wide = Axes::fit(&matrix);
        let narrow =
            Matrix::unnamed(Array2::from_shape_fn((85, 190), |(i, j)| value(i, j))).unwrap();
        let exact = Axes::fit(&narrow);
        for axis in 0..2 {
            assert!((wide.explained[axis] - exact.explained[axis]).abs() < 1e-4);
            for (a, b) in wide.loadings[axis].iter().zip(&exact.loadings[axis]) {
                assert!((a - b).abs() < 1e-3);
            }
        }
    }
}
