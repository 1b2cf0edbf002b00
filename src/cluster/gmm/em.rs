//! The passes of the EM algorithm over blocks of eight rows.
//!
//! One pass does both steps: it works out the probabilities of the components for each
//! row and adds up, per component, the probabilities and the first and second moments
//! around the component's present mean. Around that mean, because moments around 0 would
//! lose their digits in a narrow component far out. Sums are taken over fixed chunks of
//! rows and added in their order, so threads change no bit.

use rayon::prelude::*;

use super::exp::exp;
use super::mixture::{LANES, Lane, Mixture, triangle};

/// Rows per chunk: the unit of parallel work.
const CHUNK: usize = 2048;
/// Blocks per tile: what is summed with its sums in registers.
const TILE: usize = 16;

/// Standardised rows in blocks, dimension by dimension.
#[derive(Debug, Clone)]
pub(super) struct Blocks {
    /// `ceil(n / 8) * d` lanes; the last block repeats the last row.
    lanes: Vec<Lane>,
    n: usize,
    d: usize,
}

impl Blocks {
    /// Rows of width `d`, row-major, at least one.
    pub(super) fn new(rows: &[f64], d: usize, centre: &[f64], scale: &[f64]) -> Self {
        let n = rows.len() / d;
        let mut lanes = vec![[0.0; LANES]; n.div_ceil(LANES) * d];
        lanes.par_chunks_mut(d).with_min_len(64).enumerate().for_each(|(b, block)| {
            for lane in 0..LANES {
                let row = (b * LANES + lane).min(n - 1);
                for (t, dimension) in block.iter_mut().enumerate() {
                    dimension[lane] = (rows[row * d + t] - centre[t]) * scale[t];
                }
            }
        });
        Self { lanes, n, d }
    }

    pub(super) fn n(&self) -> usize {
        self.n
    }

    pub(super) fn d(&self) -> usize {
        self.d
    }

    /// One standardised row.
    pub(super) fn row(&self, row: usize) -> Vec<f64> {
        let block = &self.lanes[row / LANES * self.d..][..self.d];
        block.iter().map(|lane| lane[row % LANES]).collect()
    }
}

/// What one pass yields.
#[derive(Debug, Clone)]
pub(super) struct Pass {
    /// The sum of the log densities, in standardised columns.
    pub(super) log_likelihood: f64,
    /// `- sum r ln r` over rows and components.
    pub(super) entropy: f64,
    /// Per component the sum of probabilities.
    pub(super) counts: Vec<f64>,
    /// Per component and column the sum of `r y`, `y` being off the present mean.
    firsts: Vec<f64>,
    /// Per component the lower triangle of the sum of `r y y'`.
    seconds: Vec<f64>,
    /// Per component the rows that it is the most probable for.
    pub(super) sizes: Vec<usize>,
}

impl Pass {
    fn empty(k: usize, d: usize) -> Self {
        Self {
            log_likelihood: 0.0,
            entropy: 0.0,
            counts: vec![0.0; k],
            firsts: vec![0.0; k * d],
            seconds: vec![0.0; k * triangle(d)],
            sizes: vec![0; k],
        }
    }

    fn add(&mut self, other: &Self) {
        let add = |to: &mut Vec<f64>, from: &[f64]| {
            to.iter_mut().zip(from).for_each(|(to, from)| *to += from);
        };
        self.log_likelihood += other.log_likelihood;
        self.entropy += other.entropy;
        add(&mut self.counts, &other.counts);
        add(&mut self.firsts, &other.firsts);
        add(&mut self.seconds, &other.seconds);
        self.sizes.iter_mut().zip(&other.sizes).for_each(|(to, from)| *to += from);
    }
}

/// Who a row belongs to.
#[derive(Clone, Copy)]
pub(super) enum Belonging<'a> {
    /// As the mixture says.
    Probable,
    /// Wholly to its label.
    Labelled(&'a [u32]),
}

/// Both steps over all rows; with `diagonal` the mixed second moments stay 0.
pub(super) fn pass(
    blocks: &Blocks,
    mixture: &Mixture,
    belonging: Belonging,
    diagonal: bool,
) -> Pass {
    let (k, d) = (mixture.k(), blocks.d);
    let chunks: Vec<Pass> = blocks
        .lanes
        .par_chunks(CHUNK / LANES * d)
        .enumerate()
        .map(|(chunk, lanes)| {
            let mut room = Room::new(k, d);
            let mut pass = Pass::empty(k, d);
            for (at, tile) in lanes.chunks(TILE * d).enumerate() {
                let first = chunk * CHUNK + at * TILE * LANES;
                room.expect(tile, mixture, belonging, (first, blocks.n), &mut pass);
                room.sum_up(tile, mixture, diagonal, &mut pass);
            }
            pass
        })
        .collect();
    let mut total = Pass::empty(k, d);
    for chunk in &chunks {
        total.add(chunk);
    }
    total
}

/// Room for one tile, used again and again.
struct Room {
    y: Vec<Lane>,
    logs: Vec<Lane>,
    /// Per component and block the probabilities.
    shares: Vec<[Lane; TILE]>,
    /// Per column and block the rows off a mean, and the same times the probability.
    off: Vec<[Lane; TILE]>,
    weighted: Vec<[Lane; TILE]>,
}

impl Room {
    fn new(k: usize, d: usize) -> Self {
        let tile = [[0.0; LANES]; TILE];
        Self {
            y: vec![[0.0; LANES]; d],
            logs: vec![[0.0; LANES]; k],
            shares: vec![tile; k],
            off: vec![tile; d],
            weighted: vec![tile; d],
        }
    }

    /// The E step: probabilities, log-likelihood, entropy and sizes of one tile.
    fn expect(
        &mut self,
        tile: &[Lane],
        mixture: &Mixture,
        belonging: Belonging,
        (first, n): (usize, usize),
        pass: &mut Pass,
    ) {
        let d = self.y.len();
        for (b, block) in tile.chunks_exact(d).enumerate() {
            let row = first + b * LANES;
            match belonging {
                Belonging::Probable => {
                    mixture.log_densities(block, &mut self.y, &mut self.logs);
                    self.share(b, n - row, pass);
                }
                Belonging::Labelled(labels) => {
                    for (j, shares) in self.shares.iter_mut().enumerate() {
                        for (lane, share) in shares[b].iter_mut().enumerate() {
                            let own = labels.get(row + lane).is_some_and(|&l| l as usize == j);
                            *share = f64::from(u8::from(own));
                        }
                    }
                }
            }
        }
        // What the last tile lacks must not be what the tile before left.
        for b in tile.len() / d..TILE {
            self.shares.iter_mut().for_each(|shares| shares[b] = [0.0; LANES]);
        }
    }

    /// Turns logarithms into probabilities; the first `valid` lanes are rows.
    fn share(&mut self, b: usize, valid: usize, pass: &mut Pass) {
        let mut highest = [f64::NEG_INFINITY; LANES];
        let mut best = [0.0; LANES];
        for (j, logs) in self.logs.iter().enumerate() {
            for ((highest, best), log) in highest.iter_mut().zip(&mut best).zip(logs) {
                *best = if *log > *highest { j as f64 } else { *best };
                *highest = if *log > *highest { *log } else { *highest };
            }
        }
        let mut sum = [0.0; LANES];
        let mut spread = [0.0; LANES];
        for (logs, shares) in self.logs.iter().zip(&mut self.shares) {
            for lane in 0..LANES {
                let below = logs[lane] - highest[lane];
                let e = exp(below);
                shares[b][lane] = e;
                sum[lane] += e;
                spread[lane] += e * below;
            }
        }
        let mut over = [0.0; LANES];
        for lane in 0..LANES {
            if lane < valid {
                over[lane] = 1.0 / sum[lane];
                let log = libm::log(sum[lane]);
                pass.log_likelihood += highest[lane] + log;
                pass.entropy += log - spread[lane] * over[lane];
                pass.sizes[best[lane] as usize] += 1;
            }
        }
        for shares in &mut self.shares {
            for (share, over) in shares[b].iter_mut().zip(&over) {
                *share *= over;
            }
        }
    }

    /// The sums of the M step over one tile.
    fn sum_up(&mut self, tile: &[Lane], mixture: &Mixture, diagonal: bool, pass: &mut Pass) {
        let d = self.y.len();
        let used = tile.len() / d;
        for (j, shares) in self.shares.iter().enumerate() {
            pass.counts[j] += folded(shares.iter().copied());
            let mean = &mixture.means[j * d..(j + 1) * d];
            for (b, block) in tile.chunks_exact(d).enumerate() {
                for (t, (x, m)) in block.iter().zip(mean).enumerate() {
                    for lane in 0..LANES {
                        let y = x[lane] - m;
                        self.off[t][b][lane] = y;
                        self.weighted[t][b][lane] = y * shares[b][lane];
                    }
                }
            }
            let seconds = &mut pass.seconds[j * triangle(d)..(j + 1) * triangle(d)];
            for t in 0..d {
                let weighted = &self.weighted[t][..used];
                pass.firsts[j * d + t] += folded(weighted.iter().copied());
                let from = if diagonal { t } else { 0 };
                for u in from..=t {
                    seconds[triangle(t) + u] += dot(weighted, &self.off[u][..used]);
                }
            }
        }
    }
}

/// The sum of lanes, in one order.
fn folded(lanes: impl Iterator<Item = Lane>) -> f64 {
    let mut sums = [0.0; LANES];
    for lane in lanes {
        for (sum, x) in sums.iter_mut().zip(lane) {
            *sum += x;
        }
    }
    sums.iter().sum()
}

fn dot(a: &[Lane], b: &[Lane]) -> f64 {
    let mut sums = [0.0; LANES];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    sums.iter().sum()
}

/// The M step: the mixture that the sums of a pass make most likely, every variance
/// raised by the ridge. A component that holds next to nothing keeps its mean and takes
/// the spread of all rows.
pub(super) fn maximise(mixture: &mut Mixture, pass: &Pass, ridge: f64, diagonal: bool) {
    /// Below this many rows a component holds nothing.
    const NOTHING: f64 = 1e-6;
    let (k, d) = (mixture.k(), mixture.d());
    let total: f64 = pass.counts.iter().map(|count| count.max(NOTHING)).sum();
    for j in 0..k {
        let count = pass.counts[j];
        mixture.weights[j] = count.max(NOTHING) / total;
        let mut covariance = vec![0.0; triangle(d)];
        for t in 0..d {
            let off = |t: usize| if count > NOTHING { pass.firsts[j * d + t] / count } else { 0.0 };
            for u in 0..=t {
                let at = triangle(t) + u;
                if count > NOTHING && (t == u || !diagonal) {
                    covariance[at] = pass.seconds[j * triangle(d) + at] / count - off(t) * off(u);
                }
            }
            let own = &mut covariance[triangle(t) + t];
            *own = own.max(0.0) + ridge;
            if count <= NOTHING || mixture.scale[t] <= 0.0 {
                *own = 1.0;
            }
        }
        for t in 0..d {
            if count > NOTHING {
                mixture.means[j * d + t] += pass.firsts[j * d + t] / count;
            }
        }
        let factor = &mut mixture.factors[j * triangle(d)..(j + 1) * triangle(d)];
        invert(&covariance, d, factor);
    }
    mixture.settle();
}

/// `P = L^-1` with `L L'` the covariance. Where rounding has made the matrix indefinite,
/// its mixed parts are left out, which is always positive.
fn invert(covariance: &[f64], d: usize, factor: &mut [f64]) {
    let lower = cholesky(covariance, d).unwrap_or_else(|| {
        let mut lower = vec![0.0; triangle(d)];
        for t in 0..d {
            let at = triangle(t) + t;
            lower[at] = covariance[at].sqrt();
        }
        lower
    });
    for t in 0..d {
        let pivot = 1.0 / lower[triangle(t) + t];
        for u in 0..t {
            let sum: f64 = (u..t).map(|s| lower[triangle(t) + s] * factor[triangle(s) + u]).sum();
            factor[triangle(t) + u] = -sum * pivot;
        }
        factor[triangle(t) + t] = pivot;
    }
}

fn cholesky(matrix: &[f64], d: usize) -> Option<Vec<f64>> {
    let mut lower = vec![0.0; triangle(d)];
    for t in 0..d {
        for u in 0..=t {
            let dot: f64 = (0..u).map(|s| lower[triangle(t) + s] * lower[triangle(u) + s]).sum();
            let rest = matrix[triangle(t) + u] - dot;
            if t == u {
                // A pivot that is nothing but rounding would blow up the inverse.
                if rest <= 1e-13 * matrix[triangle(t) + t] {
                    return None;
                }
                lower[triangle(t) + t] = rest.sqrt();
            } else {
                lower[triangle(t) + u] = rest / lower[triangle(u) + u];
            }
        }
    }
    Some(lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_is_the_inverse_of_the_cholesky_factor() {
        // [[4, 2], [2, 5]] = L L' with L = [[2, 0], [1, 2]]; L^-1 = [[1/2, 0], [-1/4, 1/2]].
        let mut factor = vec![0.0; 3];
        invert(&[4.0, 2.0, 5.0], 2, &mut factor);
        assert_eq!(factor, [0.5, -0.25, 0.5]);
    }

    #[test]
    fn an_indefinite_matrix_loses_its_mixed_parts() {
        let mut factor = vec![0.0; 3];
        invert(&[1.0, 2.0, 4.0], 2, &mut factor);
        assert_eq!(factor, [1.0, 0.0, 0.5]);
    }
}
