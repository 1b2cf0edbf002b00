//! Sums of Euclidean distances between the rows of two strips, for both sides at once.
//!
//! Squares are added by fused operations, and the root is that of f32 with one Newton step
//! in f64, within 2^-40 of itself: on all paths the same operations, so the same bits. The
//! step divides by the root, and what it adds is so little that a reciprocal by two Newton
//! steps from the bits of the number is enough: a division would keep busy what the root
//! needs. Squared distances are to lie in the range of f32. With vectors whole groups go
//! through stages (`near/staged.rs`, `near/staged_wide.rs`).

#[cfg(target_arch = "x86_64")]
use std::arch::x86_64::{
    __m256, _mm256_add_ps, _mm256_castps_si256, _mm256_castsi256_ps, _mm256_fnmadd_ps,
    _mm256_max_ps, _mm256_mul_ps, _mm256_set1_epi32, _mm256_set1_ps, _mm256_sub_epi32,
};

use super::{Eight, Kind, Unit, WIDTH};

/// Below this a root is not divided by: what is missing is nothing beside any other.
const TINY: f32 = 1e-30;

/// These bits less those of a number are those of its reciprocal, but for a twentieth or so; each
/// Newton step squares what it is off by.
const RECIPROCAL: i32 = 0x7EF3_11C7;

/// Rows in groups of eight, `d` lanes each, the last of them filled up.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Strip<'a> {
    pub(crate) lanes: &'a [Eight],
    /// How many there are.
    pub(crate) rows: usize,
}

/// What is added up: per group of one strip the sums of its rows, and per group of the
/// other one, row by row of it, the sums lane by lane.
#[derive(Debug)]
pub(crate) struct Totals<'a> {
    pub(crate) sums: &'a mut [Eight],
    pub(crate) columns: &'a mut [[Eight; WIDTH]],
}

impl Unit {
    /// Adds the distances of every row of `own` to every row of `others`, of `d` columns.
    /// What is added to the lanes and columns of rows that fill up a group means nothing.
    pub(crate) fn roots(self, d: usize, own: Strip<'_>, others: Strip<'_>, to: Totals<'_>) {
        match self.0 {
            // SAFETY: the value exists only where `Unit::here` has found AVX-512F.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx512 => unsafe { wide::strips(d, own, others, to) },
            // SAFETY: the value exists only where `Unit::here` has found AVX2 and FMA.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx2 => unsafe { strips_avx2(d, own, others, to) },
            Kind::Plain => each(d, own, others, to, (0, 0), roots_plain),
        }
    }
}

/// Every group of `own` with every group of `others`, in their order, but for the first
/// `done` of both with each other.
#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn each(
    d: usize,
    own: Strip<'_>,
    others: Strip<'_>,
    to: Totals<'_>,
    done: (usize, usize),
    roots: impl Fn((&[Eight], u8), (&[Eight], usize), &mut Eight, &mut [Eight; WIDTH]),
) {
    for (at, (group, sums)) in own.lanes.chunks_exact(d).zip(to.sums).enumerate() {
        let valid = u8::MAX >> (WIDTH - (own.rows - at * WIDTH).min(WIDTH));
        let first = if at < done.0 { done.1 } else { 0 };
        let left = others.lanes.chunks_exact(d).zip(&mut *to.columns).enumerate();
        for (at, (lanes, columns)) in left.skip(first) {
            let count = (others.rows - at * WIDTH).min(WIDTH);
            roots((group, valid), (lanes, count), sums, columns);
        }
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn roots_plain(
    (group, valid): (&[Eight], u8),
    (others, count): (&[Eight], usize),
    sums: &mut Eight,
    columns: &mut [Eight; WIDTH],
) {
    let there: Eight = std::array::from_fn(|lane| f64::from(valid >> lane & 1));
    for (other, column) in columns.iter_mut().enumerate().take(count) {
        let mut squares = [0.0f64; WIDTH];
        for (lanes, others) in group.iter().zip(others) {
            let y = others[other];
            for (square, &x) in squares.iter_mut().zip(lanes) {
                let difference = x - y;
                *square = difference.mul_add(difference, *square);
            }
        }
        for lane in 0..WIDTH {
            let square = squares[lane];
            let root = (square as f32).sqrt();
            let half = f64::from(half_of(root));
            let root = f64::from(root);
            let distance = (square - root * root).mul_add(half, root) * there[lane];
            sums[lane] += distance;
            column[lane] += distance;
        }
    }
}

/// Half of the reciprocal, within 2^-17 of itself.
#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn half_of(root: f32) -> f32 {
    let most = if root > TINY { root } else { TINY };
    let twice = most + most;
    let guess = f32::from_bits(RECIPROCAL.cast_unsigned().wrapping_sub(twice.to_bits()));
    let better = guess * (-twice).mul_add(guess, 2.0);
    better * (-twice).mul_add(better, 2.0)
}

/// The same of eight roots.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "avx2,fma")]
pub(super) fn halves_of(roots: __m256) -> __m256 {
    let (most, two) = (_mm256_max_ps(roots, _mm256_set1_ps(TINY)), _mm256_set1_ps(2.0));
    let twice = _mm256_add_ps(most, most);
    let bits = _mm256_sub_epi32(_mm256_set1_epi32(RECIPROCAL), _mm256_castps_si256(twice));
    let guess = _mm256_castsi256_ps(bits);
    let better = _mm256_mul_ps(guess, _mm256_fnmadd_ps(twice, guess, two));
    _mm256_mul_ps(better, _mm256_fnmadd_ps(twice, better, two))
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn strips_avx2(d: usize, own: Strip<'_>, others: Strip<'_>, to: Totals<'_>) {
    let whole = (own.rows / WIDTH, others.rows / WIDTH);
    let (sums, columns) = (&mut to.sums[..whole.0], &mut to.columns[..whole.1]);
    super::staged::roots(d, own.lanes, others.lanes, sums, columns);
    // A closure is compiled for what is enabled here, a function handed over is not.
    each(d, own, others, to, whole, |group, others, sums, columns| {
        roots_plain(group, others, sums, columns);
    });
}

/// The same with AVX-512F: the rows of a group are one register.
#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::{
        __m512d, _mm256_sqrt_ps, _mm512_add_pd, _mm512_cvtpd_ps, _mm512_cvtps_pd, _mm512_fmadd_pd,
        _mm512_fnmadd_pd, _mm512_maskz_mov_pd, _mm512_set1_pd, _mm512_setzero_pd, _mm512_sub_pd,
    };

    use super::super::registers::{load, store};
    use super::super::staged_wide;
    use super::{Eight, Strip, Totals, WIDTH, each, halves_of};

    #[target_feature(enable = "avx512f")]
    pub(super) fn strips(d: usize, own: Strip<'_>, others: Strip<'_>, to: Totals<'_>) {
        let whole = (own.rows / WIDTH, others.rows / WIDTH);
        let (sums, columns) = (&mut to.sums[..whole.0], &mut to.columns[..whole.1]);
        staged_wide::roots(d, own.lanes, others.lanes, sums, columns);
        each(d, own, others, to, whole, |group, others, sums, columns| {
            roots(group, others, sums, columns);
        });
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn root(square: __m512d) -> __m512d {
        let root = _mm256_sqrt_ps(_mm512_cvtpd_ps(square));
        let half = halves_of(root);
        let (root, half) = (_mm512_cvtps_pd(root), _mm512_cvtps_pd(half));
        _mm512_fmadd_pd(_mm512_fnmadd_pd(root, root, square), half, root)
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn roots(
        (group, valid): (&[Eight], u8),
        (others, count): (&[Eight], usize),
        sums: &mut Eight,
        columns: &mut [Eight; WIDTH],
    ) {
        let mut squares = [_mm512_setzero_pd(); WIDTH];
        for (lanes, others) in group.iter().zip(others) {
            let x = load(lanes);
            for other in 0..WIDTH {
                let difference = _mm512_sub_pd(x, _mm512_set1_pd(others[other]));
                squares[other] = _mm512_fmadd_pd(difference, difference, squares[other]);
            }
        }
        let mut total = load(sums);
        for other in 0..WIDTH {
            if other < count {
                let distance = _mm512_maskz_mov_pd(valid, root(squares[other]));
                total = _mm512_add_pd(total, distance);
                let column = _mm512_add_pd(load(&columns[other]), distance);
                store(&mut columns[other], column);
            }
        }
        store(sums, total);
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::squared_distance;
    use super::super::tests::units;
    use super::*;
    use rand::Rng;

    /// What a distance may be off by, 2^-40 of itself.
    const ROOT: f64 = 9.1e-13;

    type Found = (Vec<Eight>, Vec<[Eight; WIDTH]>);

    /// Rows in groups, the last one filled up with its last row.
    fn grouped(rows: &[Vec<f64>]) -> Vec<Eight> {
        let group = |group: &[Vec<f64>]| -> Vec<Eight> {
            let lane = |t: usize| std::array::from_fn(|lane| group[lane.min(group.len() - 1)][t]);
            (0..group[0].len()).map(lane).collect()
        };
        rows.chunks(WIDTH).flat_map(group).collect()
    }

    /// The totals of a unit, and zero where they mean nothing.
    fn of(unit: Unit, own: &[Vec<f64>], others: &[Vec<f64>]) -> Found {
        let mut sums = vec![[0.0; WIDTH]; own.len().div_ceil(WIDTH)];
        let mut columns = vec![[[0.0; WIDTH]; WIDTH]; others.len().div_ceil(WIDTH)];
        let (own_lanes, other_lanes) = (grouped(own), grouped(others));
        unit.roots(
            own[0].len(),
            Strip { lanes: &own_lanes, rows: own.len() },
            Strip { lanes: &other_lanes, rows: others.len() },
            Totals { sums: &mut sums, columns: &mut columns },
        );
        sums.as_flattened_mut()[own.len()..].fill(0.0);
        columns.as_flattened_mut()[others.len()..].fill([0.0; WIDTH]);
        (sums, columns)
    }

    #[test]
    fn every_width_gives_the_same_bits_and_nearly_those_of_exact_roots() {
        for trial in 0..400 {
            let mut rng = crate::seed::Seed::new(5).stream("roots", trial);
            let d = rng.gen_range(1..21);
            let scale = [1.0, 1e-9, 1e9, 1e-14][rng.gen_range(0..4)];
            let lattice = rng.r#gen::<bool>();
            let mut draw = || -> Vec<Vec<f64>> {
                // Eight rows are one pair a lane.
                let n = [1, 5, 8, 8, 9, 16, 24, 43][rng.gen_range(0..8)];
                let mut x = || if lattice { f64::from(rng.gen_range(0..3)) } else { rng.r#gen() };
                (0..n).map(|_| (0..d).map(|_| x() * scale).collect()).collect()
            };
            let (own, others) = (draw(), draw());
            let (sums, columns) = of(Unit(Kind::Plain), &own, &others);
            let root = |a: &[f64], b: &[f64]| squared_distance(a, b).sqrt();
            for (row, sum) in own.iter().zip(sums.as_flattened()) {
                let exact: f64 = others.iter().map(|other| root(row, other)).sum();
                assert!((sum - exact).abs() <= ROOT * exact, "{sum} {exact}");
            }
            for (other, lanes) in others.iter().zip(columns.as_flattened()) {
                for (lane, sum) in lanes.iter().enumerate() {
                    let rows = own.iter().skip(lane).step_by(WIDTH);
                    let exact: f64 = rows.map(|row| root(row, other)).sum();
                    assert!((sum - exact).abs() <= ROOT * exact, "{sum} {exact}");
                }
            }
            let bits = |found: &Found| -> Vec<u64> {
                let columns = found.1.as_flattened().as_flattened();
                found.0.as_flattened().iter().chain(columns).map(|x| x.to_bits()).collect()
            };
            let plain = bits(&(sums, columns));
            for unit in units() {
                assert_eq!(bits(&of(unit, &own, &others)), plain, "{unit:?} {trial}");
            }
        }
    }
}
