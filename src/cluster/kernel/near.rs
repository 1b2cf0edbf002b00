//! Distances between groups of eight customers, for range and neighbour queries.
//!
//! A group holds one number of each of eight customers per column. The customers of one
//! group stand in the lanes of a vector, those of the others come one after the other.
//! Each lane adds its squared differences in the order of the columns, by
//! `sum (x - y)^2` with separate multiplication and addition, so every vector width gives
//! the bits of [`squared_distance`](super::squared_distance), and a distance depends on
//! nothing but its two rows. What vectors do is chosen once, by [`Unit::here`]; the plain
//! form is the oracle of the others. What need not be compared at all is told by boxes
//! (`near/boxes.rs`), who is surely near or surely not by a look in f32
//! (`near/screen.rs`). Sums of distances are in `near/roots.rs`, and with vectors in
//! `near/staged.rs` and `near/staged_wide.rs`.

mod boxes;
#[cfg(target_arch = "x86_64")]
mod registers;
mod roots;
mod screen;
#[cfg(target_arch = "x86_64")]
mod staged;
#[cfg(target_arch = "x86_64")]
mod staged_wide;

pub(crate) use boxes::{Edges, MANY, Sixteen, down, inner, outer, up};
pub(crate) use roots::{Strip, Totals};
pub(crate) use screen::{Ring, Told};

/// Customers side by side.
pub(crate) const WIDTH: usize = 8;
/// One number of each of eight customers.
pub(crate) type Eight = [f64; WIDTH];

/// The vectors of this machine. The field is private, so that a value says what was
/// found on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unit(Kind);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Plain,
}

impl Unit {
    /// The widest vectors there are.
    pub(crate) fn here() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if std::is_x86_feature_detected!("avx512f") {
                return Self(Kind::Avx512);
            }
            if std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma") {
                return Self(Kind::Avx2);
            }
        }
        Self(Kind::Plain)
    }

    /// Squared distances of the customers of `group` to each of the `others`, and per
    /// other the customers, as bits, whose distance is at most their bound. `others` is
    /// groups of the width of `group` one after the other; `distances` and `hits` have an
    /// entry per group.
    #[inline]
    pub(crate) fn compare(
        self,
        group: &[Eight],
        others: &[Eight],
        bound: &Eight,
        distances: &mut [[Eight; WIDTH]],
        hits: &mut [[u8; WIDTH]],
    ) {
        match self.0 {
            // SAFETY: the value exists only where `Unit::here` has found AVX-512F.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx512 => unsafe { wide::compare(group, others, bound, distances, hits) },
            // SAFETY: the value exists only where `Unit::here` has found AVX2.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx2 => unsafe { compare_avx2(group, others, bound, distances, hits) },
            Kind::Plain => compare_plain(group, others, bound, distances, hits),
        }
    }

    /// The squared distance of the customers of a group to a box.
    #[inline]
    pub(crate) fn gaps(self, group: &[Eight], low: &[f64], high: &[f64]) -> Eight {
        match self.0 {
            // SAFETY: the value exists only where `Unit::here` has found AVX-512F.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx512 => unsafe { wide::gaps(group, low, high) },
            // SAFETY: the value exists only where `Unit::here` has found AVX2.
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the CPU was asked")]
            Kind::Avx2 => unsafe { gaps_avx2(group, low, high) },
            Kind::Plain => gaps_plain(group, low, high),
        }
    }
}

/// The distances of a group to one customer, lane `other` of another group.
#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn squared(group: &[Eight], others: &[Eight], other: usize) -> Eight {
    let mut sums = [0.0; WIDTH];
    for (lanes, others) in group.iter().zip(others) {
        let y = others[other];
        for (sum, &x) in sums.iter_mut().zip(lanes) {
            let difference = x - y;
            *sum += difference * difference;
        }
    }
    sums
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn compare_plain(
    group: &[Eight],
    others: &[Eight],
    bound: &Eight,
    distances: &mut [[Eight; WIDTH]],
    hits: &mut [[u8; WIDTH]],
) {
    for ((others, out), hits) in others.chunks_exact(group.len()).zip(distances).zip(hits) {
        for (other, (out, hit)) in out.iter_mut().zip(hits).enumerate() {
            *out = squared(group, others, other);
            let near = |lane: usize| u8::from(out[lane] <= bound[lane]) << lane;
            *hit = (0..WIDTH).fold(0, |bits, lane| bits | near(lane));
        }
    }
}

#[inline(always)]
#[expect(clippy::inline_always, reason = "compiled anew for each width of vectors")]
fn gaps_plain(group: &[Eight], low: &[f64], high: &[f64]) -> Eight {
    let mut sums = [0.0; WIDTH];
    for ((lanes, &low), &high) in group.iter().zip(low).zip(high) {
        for (sum, &x) in sums.iter_mut().zip(lanes) {
            let (below, above) = (low - x, x - high);
            let outside = if below > above { below } else { above };
            let gap = if outside > 0.0 { outside } else { 0.0 };
            *sum += gap * gap;
        }
    }
    sums
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn compare_avx2(
    group: &[Eight],
    others: &[Eight],
    bound: &Eight,
    distances: &mut [[Eight; WIDTH]],
    hits: &mut [[u8; WIDTH]],
) {
    compare_plain(group, others, bound, distances, hits);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn gaps_avx2(group: &[Eight], low: &[f64], high: &[f64]) -> Eight {
    gaps_plain(group, low, high)
}

/// The same with AVX-512F: the customers of a group are one register, and eight sums, one
/// per other, are under way at once.
#[cfg(target_arch = "x86_64")]
mod wide {
    use std::arch::x86_64::{
        __m512d, _CMP_LE_OQ, _mm512_add_pd, _mm512_cmp_pd_mask, _mm512_max_pd, _mm512_mul_pd,
        _mm512_set1_pd, _mm512_setzero_pd, _mm512_sub_pd,
    };

    use super::registers::{load, store};
    use super::{Eight, WIDTH};

    /// The distances of a group to each of eight others.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn eight(group: &[Eight], others: &[Eight]) -> [__m512d; WIDTH] {
        let mut sums = [_mm512_setzero_pd(); WIDTH];
        for (lanes, others) in group.iter().zip(others) {
            let x = load(lanes);
            for (sum, &y) in sums.iter_mut().zip(others) {
                let difference = _mm512_sub_pd(x, _mm512_set1_pd(y));
                *sum = _mm512_add_pd(*sum, _mm512_mul_pd(difference, difference));
            }
        }
        sums
    }

    #[allow(clippy::needless_range_loop, reason = "by index the eight sums stay in registers")]
    #[target_feature(enable = "avx512f")]
    pub(super) fn compare(
        group: &[Eight],
        others: &[Eight],
        bound: &Eight,
        distances: &mut [[Eight; WIDTH]],
        hits: &mut [[u8; WIDTH]],
    ) {
        let bound = load(bound);
        for ((others, out), hits) in others.chunks_exact(group.len()).zip(distances).zip(hits) {
            let sums = eight(group, others);
            // By index, so that the eight sums stay in their registers.
            for other in 0..WIDTH {
                hits[other] = _mm512_cmp_pd_mask::<_CMP_LE_OQ>(sums[other], bound);
                store(&mut out[other], sums[other]);
            }
        }
    }

    #[target_feature(enable = "avx512f")]
    pub(super) fn gaps(group: &[Eight], low: &[f64], high: &[f64]) -> Eight {
        let mut sum = _mm512_setzero_pd();
        for ((lanes, &low), &high) in group.iter().zip(low).zip(high) {
            let x = load(lanes);
            let below = _mm512_sub_pd(_mm512_set1_pd(low), x);
            let above = _mm512_sub_pd(x, _mm512_set1_pd(high));
            let gap = _mm512_max_pd(_mm512_max_pd(below, above), _mm512_setzero_pd());
            sum = _mm512_add_pd(sum, _mm512_mul_pd(gap, gap));
        }
        let mut out = [0.0; WIDTH];
        store(&mut out, sum);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::squared_distance;
    use super::*;
    use rand::Rng;

    /// Every unit that this machine has.
    pub(super) fn units() -> Vec<Unit> {
        let mut units = vec![Unit(Kind::Plain), Unit::here()];
        #[cfg(target_arch = "x86_64")]
        if std::is_x86_feature_detected!("avx2") && std::is_x86_feature_detected!("fma") {
            units.push(Unit(Kind::Avx2));
        }
        units
    }

    #[test]
    fn by_hand() {
        // Customers 0..7 on a line against others at 2 and 5 (and far away), radius 2
        // (squared 4): 2 is near customers 0 to 4, 5 near customers 3 to 7.
        let group = [std::array::from_fn(|lane| lane as f64)];
        let others = [[2.0, 5.0, 99.0, 99.0, 99.0, 99.0, 99.0, 99.0]];
        for unit in units() {
            let (mut distances, mut hits) = ([[[0.0; 8]; 8]; 1], [[0; 8]; 1]);
            unit.compare(&group, &others, &[4.0; 8], &mut distances, &mut hits);
            assert_eq!(distances[0][1], [25.0, 16.0, 9.0, 4.0, 1.0, 0.0, 1.0, 4.0]);
            assert_eq!(hits[0], [0b0001_1111, 0b1111_1000, 0, 0, 0, 0, 0, 0]);
            let gaps = unit.gaps(&group, &[2.0], &[4.0]);
            assert_eq!(gaps, [4.0, 1.0, 0.0, 0.0, 0.0, 1.0, 4.0, 9.0]);
        }
    }

    #[test]
    fn every_width_gives_the_bits_of_one_pair_alone() {
        for trial in 0..400 {
            let mut rng = crate::seed::Seed::new(5).stream("near", trial);
            let (d, m) = (rng.gen_range(1..21), rng.gen_range(1..6usize));
            let scale = [1.0, 1e-160, 1e160, 1e300][rng.gen_range(0..4)];
            let mut draw = |n: usize| -> Vec<Eight> {
                (0..n)
                    .map(|_| std::array::from_fn(|_| (rng.r#gen::<f64>() - 0.5) * scale))
                    .collect()
            };
            let (group, others) = (draw(d), draw(m * d));
            let row = |group: &[Eight], lane: usize| -> Vec<f64> {
                group.iter().map(|lanes| lanes[lane]).collect()
            };
            let alone = |i: usize, other: usize, lane: usize| {
                squared_distance(&row(&group, lane), &row(&others[i * d..(i + 1) * d], other))
            };
            let bound: Eight = std::array::from_fn(|lane| alone(m / 2, 3, lane));
            for unit in units() {
                let (mut distances, mut hits) = (vec![[[0.0; 8]; 8]; m], vec![[0; 8]; m]);
                unit.compare(&group, &others, &bound, &mut distances, &mut hits);
                for lane in 0..8 {
                    for (i, other) in (0..m).flat_map(|i| (0..8).map(move |other| (i, other))) {
                        let distance = alone(i, other, lane);
                        assert_eq!(distances[i][other][lane].to_bits(), distance.to_bits());
                        assert_eq!(hits[i][other] >> lane & 1 == 1, distance <= bound[lane]);
                    }
                }
                let (a, b) = (row(&others[..d], 0), row(&others[..d], 1));
                let (low, high): (Vec<f64>, Vec<f64>) =
                    a.iter().zip(&b).map(|(a, b)| (a.min(*b), a.max(*b))).unzip();
                let gaps = unit.gaps(&group, &low, &high);
                assert_eq!(gaps, gaps_plain(&group, &low, &high));
                let inside = (0..8).all(|lane| gaps[lane] <= alone(0, 0, lane));
                assert!(inside, "a box is never farther than a row in it");
            }
        }
    }
}
