//! Who is surely near and who surely is not, by f32.
//!
//! Rows are rounded to f32 relative to a middle, so what a distance may be off by depends
//! on how far the rows are from it. Pairs whose order rounding might turn are left to f64,
//! so the answer is that of f64.

use super::boxes::{MANY, Sixteen, down, error, outer, vanished};
use super::{Kind, Unit};

/// A radius with what rounding leaves open around it, as squared distances.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ring {
    /// Up to here a pair is surely near.
    pub(crate) surely: f32,
    /// Above here it surely is not.
    pub(crate) perhaps: f32,
}

impl Ring {
    /// Around `radius`, for rows in `d` columns, each rounded by [`down`] and no farther
    /// than `norm` from the middle, and others no farther than `other`. Nothing where
    /// rounding leaves too much open.
    pub(crate) fn new(radius: f64, norm: f32, other: f32, d: usize) -> Option<Self> {
        // A coordinate is off by at most a unit in the last place.
        let off = (f64::from(norm) + f64::from(other)) / f64::from(1u32 << 23) + vanished(d);
        // Squares outside this range are no numbers of f32, or vanish.
        if off * 16.0 > radius || !(1e-15..1e18).contains(&radius) {
            return None;
        }
        let (near, far) = (radius - off, radius + off);
        let surely = down(near * near * (1.0 - error(d)) - vanished(d));
        Some(Self { surely, perhaps: outer(far * far, d) })
    }
}

/// Per other the customers, as bits, that are surely within the ring, and those of whom
/// that remains open.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Told {
    pub(crate) near: [u16; MANY],
    pub(crate) open: [u16; MANY],
}

impl Unit {
    /// Adds to each of sixteen customers the weights of those of sixteen others that are
    /// `chosen` and surely within the ring. Says for whom, and whether that remains open
    /// for anyone; entries of others that are not chosen mean nothing.
    #[inline]
    pub(crate) fn screen(
        self,
        (own, others): (&[Sixteen], &[Sixteen]),
        chosen: u16,
        weights: &[u32; MANY],
        ring: Ring,
        counts: &mut [u32; MANY],
        told: &mut Told,
    ) -> bool {
        match self.0 {
            // SAFETY: the value exists only where `Unit::here` has found AVX-512F.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx512 => unsafe {
                wide::screen((own, others), chosen, weights, ring, counts, told)
            },
            // SAFETY: the value exists only where `Unit::here` has found AVX2.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx2 => unsafe {
                screen_avx2((own, others), chosen, weights, ring, counts, told)
            },
            Kind::Plain => screen_plain((own, others), chosen, weights, ring, counts, told),
        }
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn screen_plain(
    (own, others): (&[Sixteen], &[Sixteen]),
    chosen: u16,
    weights: &[u32; MANY],
    ring: Ring,
    counts: &mut [u32; MANY],
    told: &mut Told,
) -> bool {
    let mut any = 0;
    for other in (0..MANY).filter(|other| chosen >> other & 1 == 1) {
        let mut sums: Sixteen = [0.0; MANY];
        for (lanes, others) in own.iter().zip(others) {
            let y = others[other];
            for (sum, &x) in sums.iter_mut().zip(lanes) {
                let difference = x - y;
                *sum += difference * difference;
            }
        }
        for (count, &sum) in counts.iter_mut().zip(&sums) {
            *count += if sum <= ring.surely { weights[other] } else { 0 };
        }
        let bit = |lane: usize| {
            let sum = sums[lane];
            u16::from(sum > ring.surely && sum <= ring.perhaps) << lane
        };
        let near = |lane: usize| u16::from(sums[lane] <= ring.surely) << lane;
        told.near[other] = (0..MANY).fold(0, |bits, lane| bits | near(lane));
        told.open[other] = (0..MANY).fold(0, |bits, lane| bits | bit(lane));
        any |= told.open[other];
    }
    any != 0
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn screen_avx2(
    rows: (&[Sixteen], &[Sixteen]),
    chosen: u16,
    weights: &[u32; MANY],
    ring: Ring,
    counts: &mut [u32; MANY],
    told: &mut Told,
) -> bool {
    screen_plain(rows, chosen, weights, ring, counts, told)
}

/// The same with AVX-512F: the sixteen customers are one register.
#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::{
        __m512i, _CMP_LE_OQ, _mm512_cmp_ps_mask, _mm512_fmadd_ps, _mm512_loadu_si512,
        _mm512_mask_add_epi32, _mm512_set1_epi32, _mm512_set1_ps, _mm512_setzero_ps,
        _mm512_storeu_si512, _mm512_sub_ps,
    };

    use super::super::registers::load_narrow;
    use super::{MANY, Ring, Sixteen, Told};

    #[inline]
    #[target_feature(enable = "avx512f")]
    #[expect(unsafe_code, reason = "a load of sixteen numbers from a reference to sixteen")]
    fn load_counts(counts: &[u32; MANY]) -> __m512i {
        // SAFETY: the reference is to 64 readable bytes, and the load asks no alignment.
        unsafe { _mm512_loadu_si512(counts.as_ptr().cast()) }
    }

    #[target_feature(enable = "avx512f")]
    #[expect(unsafe_code, reason = "a store of sixteen numbers to a reference to sixteen")]
    pub(super) fn screen(
        (own, others): (&[Sixteen], &[Sixteen]),
        chosen: u16,
        weights: &[u32; MANY],
        ring: Ring,
        counts: &mut [u32; MANY],
        told: &mut Told,
    ) -> bool {
        let (surely, perhaps) = (_mm512_set1_ps(ring.surely), _mm512_set1_ps(ring.perhaps));
        let mut total = load_counts(counts);
        let (mut left, mut any) = (chosen, 0);
        while left != 0 {
            let other = left.trailing_zeros() as usize % MANY;
            left &= left - 1;
            let mut sum = _mm512_setzero_ps();
            for (lanes, others) in own.iter().zip(others) {
                let difference = _mm512_sub_ps(load_narrow(lanes), _mm512_set1_ps(others[other]));
                sum = _mm512_fmadd_ps(difference, difference, sum);
            }
            let near = _mm512_cmp_ps_mask::<_CMP_LE_OQ>(sum, surely);
            let weight = _mm512_set1_epi32(weights[other].cast_signed());
            total = _mm512_mask_add_epi32(total, near, total, weight);
            told.near[other] = near;
            told.open[other] = _mm512_cmp_ps_mask::<_CMP_LE_OQ>(sum, perhaps) & !near;
            any |= told.open[other];
        }
        // SAFETY: the reference is to 64 writable bytes, and the store asks no alignment.
        unsafe { _mm512_storeu_si512(counts.as_mut_ptr().cast(), total) };
        any != 0
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::squared_distance;
    use super::super::boxes::up;
    use super::super::tests::units;
    use super::*;
    use rand::Rng;

    /// The rows of a sixteen and what they are in f32, and their largest norm.
    fn narrow(rows: &[Vec<f64>]) -> (Vec<Sixteen>, f32) {
        let d = rows[0].len();
        let lanes = (0..d).map(|t| std::array::from_fn(|lane| down(rows[lane][t]))).collect();
        let norm = |row: &Vec<f64>| row.iter().map(|x| x * x).sum::<f64>().sqrt();
        (lanes, up(rows.iter().map(norm).fold(0.0, f64::max) * 1.000_001))
    }

    #[test]
    fn nobody_is_told_wrongly_and_few_are_left_open() {
        let (mut told, mut left) = (0, 0);
        for trial in 0..400 {
            let mut rng = crate::seed::Seed::new(5).stream("screen", trial);
            let d = rng.gen_range(1..21);
            let scale = [1.0, 1e-9, 1e-14, 1e9, 1e17][rng.gen_range(0..5)];
            let lattice = rng.r#gen::<bool>();
            let mut row = || -> Vec<f64> {
                let mut x = || if lattice { f64::from(rng.gen_range(0..5)) } else { rng.r#gen() };
                (0..d).map(|_| x() * scale).collect()
            };
            let mut draw = || -> Vec<Vec<f64>> { (0..MANY).map(|_| row()).collect() };
            let (a, b) = (draw(), draw());
            let ((own, norm), (others, other)) = (narrow(&a), narrow(&b));
            // The radius is a distance that is there.
            let radius = squared_distance(&a[3], &b[5]).sqrt();
            let Some(ring) = Ring::new(radius, norm, other, d) else { continue };
            let weights = std::array::from_fn(|i| i as u32 + 1);
            let chosen = 0b1010_1101_0110_1011;
            for unit in units() {
                let (mut counts, mut answer) = ([5; MANY], Told::default());
                let any =
                    unit.screen((&own, &others), chosen, &weights, ring, &mut counts, &mut answer);
                let mut seen = false;
                for lane in 0..MANY {
                    let mut count = 5;
                    for j in (0..MANY).filter(|j| chosen >> j & 1 == 1) {
                        let near = squared_distance(&a[lane], &b[j]) <= radius * radius;
                        if answer.open[j] >> lane & 1 == 1 {
                            (seen, left) = (true, left + 1);
                        } else {
                            count += if near { weights[j] } else { 0 };
                            assert_eq!(answer.near[j] >> lane & 1 == 1, near);
                            told += 1;
                        }
                    }
                    assert_eq!(counts[lane], count);
                }
                assert_eq!(any, seen);
            }
        }
        assert!(left > 1_000 && told > 30 * left, "{told} told, {left} left open");
    }

    #[test]
    fn where_rounding_leaves_too_much_open_there_is_no_ring() {
        assert!(Ring::new(1e-3, 1e6, 1.0, 2).is_none());
        assert!(Ring::new(1.0, f32::INFINITY, 1.0, 2).is_none());
        assert!(Ring::new(1e-20, 0.0, 0.0, 2).is_none());
        assert!(Ring::new(1e20, 0.0, 0.0, 2).is_none());
        let ring = Ring::new(1.0, 3.0, 3.0, 2).unwrap();
        assert!(ring.surely < 1.0 && ring.perhaps > 1.0 && ring.perhaps - ring.surely < 1e-4);
    }
}
