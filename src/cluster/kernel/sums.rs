//! Sums of rows in whole numbers.
//!
//! Each column has a quantum, a power of two: 2^-35 of the largest value of the column,
//! up to 2^27 rows. A row is added as its nearest multiple of the quantum. Whole numbers
//! add up to the same sum in any order, so sums depend neither on threads nor on the
//! order of blocks, and a row that is taken out again leaves nothing behind.
//!
//! Within a stretch of 2^17 rows the sums are held as f64 that are multiples of the
//! quantum: `2^17 * 2^35 < 2^53`, so every addition there is exact. Then they are moved
//! to i64, where `n * 2^bits < 2^62`.

use super::packed::Packed;

/// Rows after which the exact f64 sums are moved to i64.
const STRETCH: usize = 1 << 17;

/// The step of the fixed-point sums of each column.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Grid {
    /// The quantum of each column, a power of two, padded with 1 to a multiple of eight.
    quanta: Vec<f64>,
    /// Per eight columns what rounds a small f32 to a multiple, and what small is.
    rounding: Vec<Rounding>,
    /// A power of two above the largest weight.
    unit: f64,
    bits: i32,
}

/// Rounding of eight columns: a value below `2^23` quanta becomes an even multiple when
/// `1.5 * 2^24` quanta are added and taken away, because f32 there are 2 quanta apart; a
/// larger f32 is a multiple already, because f32 there are at least 1 quantum apart.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rounding {
    magic: [f32; 8],
    small: [f32; 8],
}

impl Grid {
    /// The grid of columns whose largest absolute values are given, for n rows with
    /// weights of at most `heaviest`.
    pub(crate) fn new(largest: &[f64], n: usize, heaviest: f64) -> Self {
        let rows = (usize::BITS - n.leading_zeros()) as i32;
        let bits = (62 - rows).min(35);
        let mut quanta: Vec<f64> = largest
            .iter()
            // Below 2^-100 a square is lost in f32 anyway.
            .map(
                |&x| if x > 0.0 { libm::exp2(f64::from((above(x) - bits).max(-100))) } else { 1.0 },
            )
            .collect();
        quanta.resize(largest.len().next_multiple_of(8), 1.0);
        let rounding = quanta
            .as_chunks::<8>()
            .0
            .iter()
            .map(|quanta| Rounding {
                magic: quanta.map(|q| (q * 25_165_824.0) as f32),
                small: quanta.map(|q| (q * 8_388_608.0) as f32),
            })
            .collect();
        Self { quanta, rounding, unit: libm::exp2(f64::from(above(heaviest))), bits }
    }

    /// Groups of eight columns.
    pub(crate) fn n_groups(&self) -> usize {
        self.rounding.len()
    }

    /// Eight columns of one row as multiples of their quanta.
    #[inline(always)]
    fn round8(&self, group: usize, row: [f32; 8]) -> [f64; 8] {
        let rounding = &self.rounding[group];
        let mut out = [0.0; 8];
        for t in 0..8 {
            let x = row[t];
            let multiple = (x + rounding.magic[t]) - rounding.magic[t];
            out[t] = f64::from(if x.abs() < rounding.small[t] { multiple } else { x });
        }
        out
    }

    /// One value as a multiple of the quantum of its column.
    #[inline(always)]
    fn round(&self, t: usize, x: f32) -> f64 {
        let rounding = &self.rounding[t / 8];
        let magic = rounding.magic[t % 8];
        f64::from(if x.abs() < rounding.small[t % 8] { (x + magic) - magic } else { x })
    }

    /// What one weight counts as, in whole numbers.
    pub(crate) fn weight(&self, weight: f64) -> i64 {
        (weight / self.weight_quantum()).round() as i64
    }

    fn weight_quantum(&self) -> f64 {
        self.unit * libm::exp2(f64::from(-self.bits))
    }
}

/// The exponent of the power of two above a positive number.
fn above(x: f64) -> i32 {
    libm::frexp(x).1
}

/// The sums and sizes of k segments, or the change of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Sums {
    /// Exact f64, `[segment][group of eight columns]`.
    exact: Vec<[f64; 8]>,
    /// Rows that went into `exact`.
    pending: usize,
    /// Whole quanta, `k * columns padded to eight`.
    totals: Vec<i64>,
    /// Rows, or whole quanta of weight.
    sizes: Vec<i64>,
    /// Rows whose label changed.
    pub(crate) changed: usize,
    groups: usize,
}

impl Sums {
    /// Nothing in k segments.
    pub(crate) fn empty(k: usize, grid: &Grid) -> Self {
        let groups = grid.n_groups();
        Self {
            exact: vec![[0.0; 8]; k * groups],
            pending: 0,
            totals: vec![0; k * groups * 8],
            sizes: vec![0; k],
            changed: 0,
            groups,
        }
    }

    /// Makes room for one more block of rows of weight 1.
    #[inline(always)]
    pub(crate) fn reserve(&mut self, grid: &Grid) {
        self.pending += super::LANES;
        if self.pending > STRETCH {
            self.settle(grid);
            self.pending = super::LANES;
        }
    }

    /// Adds eight columns of a row of weight 1 to its new segment and takes them from its
    /// old one.
    #[inline(always)]
    pub(crate) fn shift8(
        &mut self,
        grid: &Grid,
        group: usize,
        row: [f32; 8],
        old: Option<usize>,
        new: usize,
    ) {
        let row = grid.round8(group, row);
        let to = &mut self.exact[new * self.groups + group];
        for t in 0..8 {
            to[t] += row[t];
        }
        if let Some(old) = old {
            let from = &mut self.exact[old * self.groups + group];
            for t in 0..8 {
                from[t] -= row[t];
            }
        }
    }

    /// The same for one column.
    #[inline(always)]
    pub(crate) fn shift1(&mut self, grid: &Grid, t: usize, x: f32, old: Option<usize>, new: usize) {
        let x = grid.round(t, x);
        self.exact[new * self.groups + t / 8][t % 8] += x;
        if let Some(old) = old {
            self.exact[old * self.groups + t / 8][t % 8] -= x;
        }
    }

    /// The same for one column of a row with a weight, in whole numbers at once.
    pub(crate) fn shift_weighted(
        &mut self,
        grid: &Grid,
        (t, x): (usize, f32),
        weight: f64,
        old: Option<usize>,
        new: usize,
    ) {
        let quanta = (f64::from(x) * (weight / grid.unit) / grid.quanta[t]).round() as i64;
        self.totals[new * self.groups * 8 + t] += quanta;
        if let Some(old) = old {
            self.totals[old * self.groups * 8 + t] -= quanta;
        }
    }

    /// Counts a row, or its weight in whole numbers, where it is now.
    #[inline(always)]
    pub(crate) fn count(&mut self, weight: i64, old: Option<usize>, new: usize) {
        self.changed += 1;
        self.sizes[new] += weight;
        if let Some(old) = old {
            self.sizes[old] -= weight;
        }
    }

    /// Makes a row the only one of a segment and takes it from its own.
    pub(crate) fn relocate(&mut self, packed: &Packed, row: usize, from: usize, to: usize) {
        let grid = packed.grid();
        let width = self.groups * 8;
        self.totals[to * width..(to + 1) * width].fill(0);
        if let Some(weights) = packed.weights() {
            for t in 0..packed.d() {
                let x = (t, packed.value(row, t));
                self.shift_weighted(grid, x, weights[row], Some(from), to);
            }
            self.count(grid.weight(weights[row]), Some(from), to);
        } else {
            for t in 0..packed.d() {
                self.shift1(grid, t, packed.value(row, t), Some(from), to);
            }
            self.count(1, Some(from), to);
        }
        self.settle(grid);
    }

    /// Moves the exact f64 to i64.
    pub(crate) fn settle(&mut self, grid: &Grid) {
        let width = self.groups * 8;
        for (totals, exact) in
            self.totals.chunks_exact_mut(width).zip(self.exact.chunks_exact_mut(self.groups))
        {
            let exact = exact.as_flattened_mut();
            for ((total, sum), quantum) in totals.iter_mut().zip(exact).zip(&grid.quanta) {
                *total += (*sum / quantum) as i64;
                *sum = 0.0;
            }
        }
        self.pending = 0;
    }

    /// Adds another; both must be settled.
    pub(crate) fn add(&mut self, other: &Self) {
        self.totals.iter_mut().zip(&other.totals).for_each(|(a, b)| *a += b);
        self.sizes.iter_mut().zip(&other.sizes).for_each(|(a, b)| *a += b);
        self.changed += other.changed;
    }

    /// Whether a segment has any weight.
    pub(crate) fn is_empty(&self, segment: usize) -> bool {
        self.sizes[segment] <= 0
    }

    /// The weight of each segment, `weighted` where sizes are quanta of weight.
    pub(crate) fn sizes(&self, grid: &Grid, weighted: bool) -> Vec<f64> {
        let unit = if weighted { grid.weight_quantum() } else { 1.0 };
        self.sizes.iter().map(|&size| size as f64 * unit).collect()
    }

    /// The means, row-major `k * d`; an empty segment keeps what `otherwise` says.
    pub(crate) fn means(
        &self,
        grid: &Grid,
        weighted: bool,
        d: usize,
        otherwise: &[f64],
    ) -> Vec<f64> {
        let sizes = self.sizes(grid, weighted);
        let unit = if weighted { grid.unit } else { 1.0 };
        let mut out = otherwise.to_vec();
        for (j, (mean, totals)) in
            out.chunks_exact_mut(d).zip(self.totals.chunks_exact(self.groups * 8)).enumerate()
        {
            if self.sizes[j] > 0 {
                for ((mean, &total), quantum) in mean.iter_mut().zip(totals).zip(&grid.quanta) {
                    *mean = total as f64 * quantum * unit / sizes[j];
                }
            }
        }
        out
    }
}
