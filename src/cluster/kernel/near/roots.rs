//! Sums of Euclidean distances between groups of eight rows, for both sides at once.
//!
//! Squares are added by fused operations, and the root is that of f32 with one Newton step
//! in f64, within a few units of 2^-50 of itself: on all paths the same operations, so the
//! same bits. Squared distances are to lie in the range of f32.

use super::{Eight, Kind, Unit, WIDTH};

/// Below this a root is not divided by: what is missing is nothing beside any other.
const TINY: f32 = 1e-30;

impl Unit {
    /// Distances of the rows of `group` whose bits are in `valid` to the first `count`
    /// others: added up per row of the group in `sums`, and per other, lane by lane, in
    /// `columns`.
    #[inline]
    pub(crate) fn roots(
        self,
        (group, valid): (&[Eight], u8),
        (others, count): (&[Eight], usize),
        sums: &mut Eight,
        columns: &mut [Eight; WIDTH],
    ) {
        match self.0 {
            // SAFETY: the value exists only where `Unit::here` has found AVX-512F.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx512 => unsafe { wide::roots((group, valid), (others, count), sums, columns) },
            // SAFETY: the value exists only where `Unit::here` has found AVX2 and FMA.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx2 => unsafe { roots_avx2((group, valid), (others, count), sums, columns) },
            Kind::Plain => roots_plain((group, valid), (others, count), sums, columns),
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
            let half = f64::from(0.5 / if root > TINY { root } else { TINY });
            let root = f64::from(root);
            let distance = (square - root * root).mul_add(half, root) * there[lane];
            sums[lane] += distance;
            column[lane] += distance;
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn roots_avx2(
    group: (&[Eight], u8),
    others: (&[Eight], usize),
    sums: &mut Eight,
    columns: &mut [Eight; WIDTH],
) {
    roots_plain(group, others, sums, columns);
}

/// The same with AVX-512F: the rows of a group are one register.
#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::{
        __m512d, _mm256_div_ps, _mm256_max_ps, _mm256_set1_ps, _mm256_sqrt_ps, _mm512_add_pd,
        _mm512_cvtpd_ps, _mm512_cvtps_pd, _mm512_fmadd_pd, _mm512_maskz_mov_pd, _mm512_mul_pd,
        _mm512_set1_pd, _mm512_setzero_pd, _mm512_sub_pd,
    };

    use super::super::registers::{load, store};
    use super::{Eight, TINY, WIDTH};

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn root(square: __m512d) -> __m512d {
        let root = _mm256_sqrt_ps(_mm512_cvtpd_ps(square));
        let half = _mm256_div_ps(_mm256_set1_ps(0.5), _mm256_max_ps(root, _mm256_set1_ps(TINY)));
        let (root, half) = (_mm512_cvtps_pd(root), _mm512_cvtps_pd(half));
        _mm512_fmadd_pd(_mm512_sub_pd(square, _mm512_mul_pd(root, root)), half, root)
    }

    #[target_feature(enable = "avx512f")]
    pub(super) fn roots(
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

    #[test]
    fn every_width_gives_the_same_bits_and_nearly_those_of_exact_roots() {
        for trial in 0..400 {
            let mut rng = crate::seed::Seed::new(5).stream("roots", trial);
            let d = rng.gen_range(1..21);
            let scale = [1.0, 1e-9, 1e9, 1e-14][rng.gen_range(0..4)];
            let lattice = rng.r#gen::<bool>();
            let mut draw = || -> Vec<Eight> {
                let mut x = || if lattice { f64::from(rng.gen_range(0..3)) } else { rng.r#gen() };
                (0..d).map(|_| std::array::from_fn(|_| x() * scale)).collect()
            };
            let (group, others) = (draw(), draw());
            let (valid, count) = ([0xff, 0x3f, 1][trial as usize % 3], 1 + trial as usize % 8);
            let mut expected: Option<(Eight, [Eight; 8])> = None;
            for unit in units() {
                let (mut sums, mut columns) = ([0.0; WIDTH], [[0.0; WIDTH]; WIDTH]);
                unit.roots((&group, valid), (&others, count), &mut sums, &mut columns);
                let row = |group: &[Eight], lane: usize| -> Vec<f64> {
                    group.iter().map(|lanes| lanes[lane]).collect()
                };
                for lane in 0..WIDTH {
                    for other in 0..WIDTH {
                        let is_in = valid >> lane & 1 == 1 && other < count;
                        let exact = squared_distance(&row(&group, lane), &row(&others, other));
                        let exact = if is_in { exact.sqrt() } else { 0.0 };
                        assert!((columns[other][lane] - exact).abs() <= 1e-13 * exact);
                    }
                }
                let (first, all) = expected.get_or_insert((sums, columns));
                assert_eq!(first.map(f64::to_bits), sums.map(f64::to_bits));
                assert_eq!(all.as_flattened(), columns.as_flattened());
            }
        }
    }
}
