//! Smallest distances between boxes, sixteen at a time and never too large.
//!
//! Edges are rounded outwards to f32, so the distance between two boxes, or between a row
//! and a box, is a lower bound of every distance between rows in them. It only says what
//! need not be compared: how far it is off changes the time that a search takes and
//! nothing else. The plain form is the oracle of the others, to the last bit.

use super::{Kind, Unit};

/// Boxes side by side.
pub(crate) const MANY: usize = 16;
/// One edge of each of sixteen boxes.
pub(crate) type Sixteen = [f32; MANY];

/// Lower and upper edges, one entry per column.
pub(crate) type Edges<'a> = (&'a [Sixteen], &'a [Sixteen]);

/// What an f32 cannot be larger than without the number being so, for a difference of two
/// f64: both roundings go the same way.
pub(crate) fn down(x: f64) -> f32 {
    (x as f32).next_down()
}

/// The same upwards.
pub(crate) fn up(x: f64) -> f32 {
    (x as f32).next_up()
}

/// The relative error of a sum of `d` squares in f32, with room for those of f64.
pub(super) fn error(d: usize) -> f64 {
    (d as f64 + 8.0) / f64::from(1u32 << 23)
}

/// The smallest f32 but zero, for each of `d` squares that vanish, and then some.
pub(super) fn vanished(d: usize) -> f64 {
    (d as f64 + 8.0) * f64::from(f32::from_bits(1))
}

/// Where the computed squared distance of boxes in `d` columns is above this, every row of
/// one is farther (squared) from every row of the other than `bound`.
pub(crate) fn outer(bound: f64, d: usize) -> f32 {
    up(bound * (1.0 + error(d)) + vanished(d))
}

/// What the squared distances between rows are not below, by the computed one of boxes.
pub(crate) fn inner(gap: f32, d: usize) -> f64 {
    ((f64::from(gap.min(f32::MAX)) - vanished(d)) * (1.0 - error(d))).max(0.0)
}

/// Sixteen boxes, and sixteen more.
pub(crate) type Bounds = [Sixteen; 2];

impl Unit {
    /// Squared distances of sixteen boxes to the box in lane `lane` of others, and which
    /// of them are not above the largest of the bounds, as bits.
    #[inline]
    pub(crate) fn box_gaps(
        self,
        boxes: Edges,
        others: Edges,
        lane: usize,
        bounds: &Bounds,
    ) -> (Sixteen, u16) {
        match self.0 {
            // SAFETY: the value exists only where `Unit::here` has found AVX-512F.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx512 => unsafe { wide::gaps(boxes, others, lane, bounds) },
            // SAFETY: the value exists only where `Unit::here` has found AVX2.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx2 => unsafe { gaps_avx2(boxes, others, lane, bounds) },
            Kind::Plain => gaps_plain(boxes, others, lane, bounds),
        }
    }

    /// Which of twice sixteen boxes, all columns of one sixteen after those of the other,
    /// are not farther from the box in lane `lane` of others than their bounds, as bits.
    #[inline]
    pub(crate) fn within(self, boxes: Edges, others: Edges, lane: usize, bounds: &Bounds) -> u32 {
        match self.0 {
            // SAFETY: the value exists only where `Unit::here` has found AVX-512F.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx512 => unsafe { wide::within(boxes, others, lane, bounds) },
            // SAFETY: the value exists only where `Unit::here` has found AVX2.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx2 => unsafe { within_avx2(boxes, others, lane, bounds) },
            Kind::Plain => within_plain(boxes, others, lane, bounds),
        }
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn sums_plain(boxes: Edges, others: Edges, lane: usize) -> Sixteen {
    let mut sums = [0.0; MANY];
    for (((lows, highs), low), high) in boxes.0.iter().zip(boxes.1).zip(others.0).zip(others.1) {
        let (low, high) = (low[lane % MANY], high[lane % MANY]);
        for ((sum, &own_low), &own_high) in sums.iter_mut().zip(lows).zip(highs) {
            let (below, above) = (own_low - high, low - own_high);
            let outside = if below > above { below } else { above };
            let gap = if outside > 0.0 { outside } else { 0.0 };
            *sum += gap * gap;
        }
    }
    sums
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn bits(gaps: &Sixteen, bounds: &Sixteen) -> u16 {
    let near = |lane: usize| u16::from(gaps[lane] <= bounds[lane]) << lane;
    (0..MANY).fold(0, |bits, lane| bits | near(lane))
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn gaps_plain(boxes: Edges, others: Edges, lane: usize, bounds: &Bounds) -> (Sixteen, u16) {
    let gaps = sums_plain(boxes, others, lane);
    let larger = |most: f32, &bound: &f32| if bound > most { bound } else { most };
    let most = bounds.as_flattened().iter().fold(f32::MIN, larger);
    (gaps, bits(&gaps, &[most; MANY]))
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn within_plain(boxes: Edges, others: Edges, lane: usize, bounds: &Bounds) -> u32 {
    let d = others.0.len();
    let first = sums_plain((&boxes.0[..d], &boxes.1[..d]), others, lane);
    let second = sums_plain((&boxes.0[d..], &boxes.1[d..]), others, lane);
    u32::from(bits(&first, &bounds[0])) | u32::from(bits(&second, &bounds[1])) << MANY
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn gaps_avx2(boxes: Edges, others: Edges, lane: usize, bounds: &Bounds) -> (Sixteen, u16) {
    gaps_plain(boxes, others, lane, bounds)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn within_avx2(boxes: Edges, others: Edges, lane: usize, bounds: &Bounds) -> u32 {
    within_plain(boxes, others, lane, bounds)
}

/// The same with AVX-512F: the sixteen boxes are one register.
#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::{
        __m512, _CMP_LE_OQ, _mm512_add_ps, _mm512_cmp_ps_mask, _mm512_max_ps, _mm512_mul_ps,
        _mm512_reduce_max_ps, _mm512_set1_ps, _mm512_setzero_ps, _mm512_sub_ps,
    };

    use super::super::registers::{load_narrow, store_narrow};
    use super::{Bounds, Edges, MANY, Sixteen};

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn square((lows, highs): (&Sixteen, &Sixteen), low: __m512, high: __m512) -> __m512 {
        let (below, above) =
            (_mm512_sub_ps(load_narrow(lows), high), _mm512_sub_ps(low, load_narrow(highs)));
        let gap = _mm512_max_ps(_mm512_max_ps(below, above), _mm512_setzero_ps());
        _mm512_mul_ps(gap, gap)
    }

    #[target_feature(enable = "avx512f")]
    pub(super) fn gaps(
        boxes: Edges,
        others: Edges,
        lane: usize,
        bounds: &Bounds,
    ) -> (Sixteen, u16) {
        let mut sum = _mm512_setzero_ps();
        for (((lows, highs), low), high) in boxes.0.iter().zip(boxes.1).zip(others.0).zip(others.1)
        {
            let (low, high) = (_mm512_set1_ps(low[lane % MANY]), _mm512_set1_ps(high[lane % MANY]));
            sum = _mm512_add_ps(sum, square((lows, highs), low, high));
        }
        let most =
            _mm512_reduce_max_ps(_mm512_max_ps(load_narrow(&bounds[0]), load_narrow(&bounds[1])));
        let mut out = [0.0; MANY];
        store_narrow(&mut out, sum);
        (out, _mm512_cmp_ps_mask::<_CMP_LE_OQ>(sum, _mm512_set1_ps(most)))
    }

    #[target_feature(enable = "avx512f")]
    pub(super) fn within(boxes: Edges, others: Edges, lane: usize, bounds: &Bounds) -> u32 {
        let d = others.0.len();
        let (low, high) = (boxes.0.split_at(d), boxes.1.split_at(d));
        let (first, second) = (low.0.iter().zip(high.0), low.1.iter().zip(high.1));
        let mut sums = [_mm512_setzero_ps(); 2];
        for (((own, more), low), high) in first.zip(second).zip(others.0).zip(others.1) {
            let (low, high) = (_mm512_set1_ps(low[lane % MANY]), _mm512_set1_ps(high[lane % MANY]));
            sums[0] = _mm512_add_ps(sums[0], square(own, low, high));
            sums[1] = _mm512_add_ps(sums[1], square(more, low, high));
        }
        let first = _mm512_cmp_ps_mask::<_CMP_LE_OQ>(sums[0], load_narrow(&bounds[0]));
        let second = _mm512_cmp_ps_mask::<_CMP_LE_OQ>(sums[1], load_narrow(&bounds[1]));
        u32::from(first) | u32::from(second) << MANY
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::squared_distance;
    use super::super::tests::units;
    use super::*;
    use rand::Rng;

    /// Boxes as sixteen lanes, each with a row in it.
    fn boxes(rows: &[(Vec<f64>, Vec<f64>)], d: usize) -> (Vec<Sixteen>, Vec<Sixteen>) {
        let edge = |side: &dyn Fn(usize, usize) -> f32| -> Vec<Sixteen> {
            (0..d).map(|t| std::array::from_fn(|lane| side(lane, t))).collect()
        };
        let low = |lane: usize, t: usize| down(rows[lane].0[t].min(rows[lane].1[t]));
        let high = |lane: usize, t: usize| up(rows[lane].0[t].max(rows[lane].1[t]));
        (edge(&low), edge(&high))
    }

    #[test]
    fn by_hand() {
        // Boxes 0..1, 10..11, 20..21, ... on a line against 14..15: from the second it is 3.
        let lows = [std::array::from_fn(|lane| lane as f32 * 10.0)];
        let highs = [std::array::from_fn(|lane| lane as f32 * 10.0 + 1.0)];
        let others = ([[14.0; MANY]], [[15.0; MANY]]);
        for unit in units() {
            let bounds = [[-1.0; MANY], [25.0; MANY]];
            let others = (&others.0[..], &others.1[..]);
            let (gaps, near) = unit.box_gaps((&lows, &highs), others, 3, &bounds);
            assert_eq!(&gaps[..4], [169.0, 9.0, 25.0, 225.0]);
            assert_eq!(near, 0b110);
            let (twice, high) = (lows.repeat(2), highs.repeat(2));
            assert_eq!(unit.within((&twice, &high), others, 3, &bounds), 0b110 << MANY);
        }
    }

    #[test]
    fn every_width_gives_the_same_bits_and_no_row_is_nearer_than_its_box() {
        for trial in 0..600 {
            let mut rng = crate::seed::Seed::new(5).stream("boxes", trial);
            let d = rng.gen_range(1..21);
            let scale = [1.0, 1e-24, 1e-160, 1e19, 1e160][rng.gen_range(0..5)];
            let mut row = || -> Vec<f64> {
                (0..d).map(|_| (rng.r#gen::<f64>() * 8.0).round() / 8.0 * scale).collect()
            };
            let mut draw =
                || -> Vec<(Vec<f64>, Vec<f64>)> { (0..MANY).map(|_| (row(), row())).collect() };
            let (a, b) = (draw(), draw());
            let ((a_low, a_high), (b_low, b_high)) = (boxes(&a, d), boxes(&b, d));
            let (own, others): (Edges, Edges) = ((&a_low, &a_high), (&b_low, &b_high));
            for other in [0, 7, 15] {
                let plain = sums_plain(own, others, other);
                let (twice, high) = (a_low.repeat(2), a_high.repeat(2));
                for unit in units() {
                    let bounds = [[-1.0; MANY], [plain[3]; MANY]];
                    let (gaps, near) = unit.box_gaps(own, others, other, &bounds);
                    assert_eq!(gaps.map(f32::to_bits), plain.map(f32::to_bits));
                    assert_eq!(near, bits(&plain, &bounds[1]));
                    let some =
                        std::array::from_fn(|lane| if lane % 2 == 0 { gaps[lane] } else { -1.0 });
                    let near = unit.within((&twice, &high), others, other, &[some, [-1.0; MANY]]);
                    assert_eq!(near, 0x5555);
                    let near = unit.within((&twice, &high), others, other, &[[-1.0; MANY], some]);
                    assert_eq!(near, 0x5555 << MANY);
                }
                for (lane, &gap) in plain.iter().enumerate() {
                    let distance = squared_distance(&a[lane].0, &b[other].1);
                    assert!(!gap.is_nan() && inner(gap, d) <= distance, "{gap} {distance}");
                    assert!(gap <= outer(distance, d));
                }
            }
        }
    }

    #[test]
    fn bounds_hold_for_numbers_that_no_f32_holds() {
        assert_eq!((down(1e300), up(1e300)), (f32::MAX, f32::INFINITY));
        assert_eq!((down(-1e300), up(-1e300)), (f32::NEG_INFINITY, f32::MIN));
        assert!(outer(1e300, 3).is_infinite() && outer(f64::NEG_INFINITY, 3) < 0.0);
        assert!(inner(f32::INFINITY, 3) < f64::from(f32::MAX));
        assert!(inner(0.0, 3) == 0.0 && outer(0.0, 3) > 0.0);
    }
}
