//! The dip: how far a sample is from having one mode.
//!
//! `D = min over unimodal G of sup |F(x) - G(x)|` with F the empirical distribution; it
//! lies between 1 / (2n) and 1/4. The p-value is the chance of a dip as large or larger
//! in `n` uniform numbers, the unimodal distribution for which a dip is likeliest; so
//! for every other unimodal distribution the test is on the safe side.
//!
//! Cost: O(n) beside the sort. Ties count as jumps of F: break them before, or the dip
//! measures the grid.
//!
//! # References
//!
//! - Hartigan & Hartigan 1985, The dip test of unimodality, Annals of Statistics 13(1).
//! - Hartigan 1985, Algorithm AS 217: computation of the dip statistic to test for
//!   unimodality, Applied Statistics 34(3).

use super::number;

/// Chances of a larger dip in uniform numbers.
const TAIL: [f64; 15] =
    [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 5e-3, 2e-3, 1e-3, 5e-4, 2e-4, 1e-4, 5e-5, 2e-5, 1e-5];

/// Sample sizes and `sqrt(n) * D` at each of the chances; simulated, see
/// `tests/oracles/dip.py`.
const TABLE: [(f64, [f64; 15]); 10] = [
    (
        10.0,
        [
            0.3092, 0.3757, 0.4126, 0.4417, 0.4766, 0.5037, 0.5277, 0.5544, 0.5718, 0.5872, 0.6059,
            0.6202, 0.6374, 0.6534, 0.6673,
        ],
    ),
    (
        20.0,
        [
            0.3281, 0.3952, 0.4350, 0.4703, 0.5116, 0.5400, 0.5661, 0.5986, 0.6219, 0.6430, 0.6687,
            0.6857, 0.7036, 0.7271, 0.7460,
        ],
    ),
    (
        50.0,
        [
            0.3455, 0.4156, 0.4586, 0.4969, 0.5426, 0.5737, 0.6025, 0.6385, 0.6627, 0.6872, 0.7200,
            0.7425, 0.7644, 0.8016, 0.8309,
        ],
    ),
    (
        100.0,
        [
            0.3548, 0.4272, 0.4715, 0.5111, 0.5581, 0.5911, 0.6217, 0.6592, 0.6858, 0.7122, 0.7459,
            0.7688, 0.7893, 0.8188, 0.8488,
        ],
    ),
    (
        200.0,
        [
            0.3614, 0.4351, 0.4805, 0.5212, 0.5694, 0.6028, 0.6349, 0.6738, 0.7013, 0.7281, 0.7614,
            0.7841, 0.8085, 0.8359, 0.8542,
        ],
    ),
    (
        500.0,
        [
            0.3679, 0.4430, 0.4890, 0.5305, 0.5798, 0.6140, 0.6464, 0.6871, 0.7158, 0.7437, 0.7773,
            0.8025, 0.8290, 0.8624, 0.8963,
        ],
    ),
    (
        1000.0,
        [
            0.3714, 0.4469, 0.4935, 0.5348, 0.5841, 0.6193, 0.6521, 0.6914, 0.7195, 0.7473, 0.7764,
            0.8068, 0.8288, 0.8647, 0.8901,
        ],
    ),
    (
        2000.0,
        [
            0.3737, 0.4497, 0.4965, 0.5387, 0.5893, 0.6239, 0.6575, 0.6984, 0.7285, 0.7569, 0.7929,
            0.8149, 0.8423, 0.8906, 0.9196,
        ],
    ),
    (
        5000.0,
        [
            0.3757, 0.4523, 0.4995, 0.5414, 0.5913, 0.6265, 0.6600, 0.6984, 0.7283, 0.7548, 0.7959,
            0.8194, 0.8434, 0.8865, 0.9205,
        ],
    ),
    (
        20000.0,
        [
            0.3772, 0.4547, 0.5030, 0.5454, 0.5978, 0.6326, 0.6631, 0.7040, 0.7294, 0.7524, 0.7974,
            0.8464, 0.8717, 0.9339, 0.9430,
        ],
    ),
];

/// The dip of numbers in ascending order, `1 / (2n)` to 1/4; 0 of none.
#[must_use]
pub fn dip(sorted: &[f64]) -> f64 {
    let n = sorted.len();
    if n == 0 {
        return 0.0;
    }
    let hulls = Hulls::of(sorted);
    let (mut low, mut high) = (0, n - 1);
    // In units of 1 / (2n); one step of the empirical distribution is the least.
    let mut dip = 1.0_f64;
    while sorted[low] < sorted[high] {
        let convex = hulls.minorant(low, high);
        let concave = hulls.majorant(low, high);
        let modal = widest(sorted, &convex, &concave);
        if modal.gap <= dip {
            break;
        }
        let left = convex.windows(2).skip(modal.convex).map(|w| below(sorted, w[1], w[0]));
        let right = concave.windows(2).skip(modal.concave).map(|w| above(sorted, w[0], w[1]));
        dip = left.chain(right).fold(dip, f64::max);
        let next = (convex[modal.convex], concave[modal.concave]);
        if next == (low, high) {
            break;
        }
        (low, high) = next;
    }
    dip / (2.0 * number(n))
}

/// The chance of a dip at least as large in `n` uniform numbers, 1e-5 to 1; below the
/// table's reach it is given as 1e-5, above .5 as 1.
#[must_use]
pub fn dip_p_value(dip: f64, n: usize) -> f64 {
    let size = number(n).clamp(TABLE[0].0, TABLE[TABLE.len() - 1].0);
    let upper = TABLE.iter().position(|(n, _)| *n >= size).unwrap_or(TABLE.len() - 1).max(1);
    let ((n0, q0), (n1, q1)) = (&TABLE[upper - 1], &TABLE[upper]);
    let part = libm::log(size / n0) / libm::log(n1 / n0);
    let scaled = number(n).sqrt() * dip;
    let quantile = |at: usize| q0[at] + part * (q1[at] - q0[at]);
    let Some(beyond) = (0..TAIL.len()).find(|&at| quantile(at) > scaled) else {
        return TAIL[TAIL.len() - 1];
    };
    if beyond == 0 {
        return 1.0;
    }
    let (from, to) = (quantile(beyond - 1), quantile(beyond));
    let way = (scaled - from) / (to - from);
    TAIL[beyond - 1] * libm::exp(way * libm::log(TAIL[beyond] / TAIL[beyond - 1]))
}

/// For every point the one before it on the greatest convex minorant that ends there,
/// and the one after it on the least concave majorant that starts there.
struct Hulls {
    before: Vec<usize>,
    after: Vec<usize>,
}

impl Hulls {
    fn of(x: &[f64]) -> Self {
        let n = x.len();
        let mut before: Vec<usize> = (0..n).map(|j| j.saturating_sub(1)).collect();
        for j in 1..n {
            while before[j] > 0 {
                let (b, a) = (before[j], before[before[j]]);
                // The middle point stays where the slope rises through it.
                if (x[j] - x[b]) * number(b - a) < (x[b] - x[a]) * number(j - b) {
                    break;
                }
                before[j] = a;
            }
        }
        let mut after: Vec<usize> = (0..n).map(|k| (k + 1).min(n - 1)).collect();
        for k in (0..n - 1).rev() {
            while after[k] < n - 1 {
                let (b, c) = (after[k], after[after[k]]);
                // The slope must fall through the middle point.
                if (x[b] - x[k]) * number(c - b) < (x[c] - x[b]) * number(b - k) {
                    break;
                }
                after[k] = c;
            }
        }
        Self { before, after }
    }

    /// The minorant on `low..=high`, from the right.
    fn minorant(&self, low: usize, high: usize) -> Vec<usize> {
        let mut points = vec![high];
        let mut at = high;
        while at > low {
            at = self.before[at];
            points.push(at);
        }
        points
    }

    /// The majorant on `low..=high`, from the left.
    fn majorant(&self, low: usize, high: usize) -> Vec<usize> {
        let mut points = vec![low];
        let mut at = low;
        while at < high {
            at = self.after[at];
            points.push(at);
        }
        points
    }
}

/// Where the majorant lies farthest above the minorant: positions in both, and how far.
struct Modal {
    convex: usize,
    concave: usize,
    gap: f64,
}

/// Walks both hulls towards each other from the ends of the interval.
fn widest(x: &[f64], convex: &[usize], concave: &[usize]) -> Modal {
    if convex.len() == 2 && concave.len() == 2 {
        return Modal { convex: 1, concave: 1, gap: 1.0 };
    }
    let slope = |a: usize, b: usize| number(b - a) / (x[b] - x[a]);
    let (mut at, mut up) = (convex.len() - 2, 1);
    let mut best = Modal { convex: convex.len() - 1, concave: concave.len() - 1, gap: 0.0 };
    loop {
        let (g, h) = (convex[at], concave[up]);
        if g > h {
            let from = convex[at + 1];
            let gap = number(h + 1) - number(from) - (x[h] - x[from]) * slope(from, g);
            up += 1;
            if gap >= best.gap {
                best = Modal { convex: at + 1, concave: up - 1, gap };
            }
        } else {
            let from = concave[up - 1];
            let gap = (x[g] - x[from]) * slope(from, h) - (number(g) - number(from) - 1.0);
            if gap >= best.gap {
                best = Modal { convex: at, concave: up, gap };
            }
            // Past the last point of the minorant there is nothing to compare.
            if at == 0 {
                return best;
            }
            at -= 1;
        }
        up = up.min(concave.len() - 1);
        if convex[at] == concave[up] {
            return best;
        }
    }
}

/// How far the steps rise above the minorant on one of its segments.
fn below(x: &[f64], begin: usize, end: usize) -> f64 {
    along(x, begin, end, |rise, step| step + 1.0 - rise)
}

/// How far the majorant rises above the steps on one of its segments.
fn above(x: &[f64], begin: usize, end: usize) -> f64 {
    along(x, begin, end, |rise, step| rise - (step - 1.0))
}

fn along(x: &[f64], begin: usize, end: usize, distance: impl Fn(f64, f64) -> f64) -> f64 {
    if end - begin <= 1 || x[end] <= x[begin] {
        return 1.0;
    }
    let slope = number(end - begin) / (x[end] - x[begin]);
    (begin..=end)
        .map(|at| distance((x[at] - x[begin]) * slope, number(at - begin)))
        .fold(1.0, f64::max)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::Seed;
    use rand::Rng;

    fn dip_of(mut x: Vec<f64>) -> f64 {
        x.sort_unstable_by(f64::total_cmp);
        dip(&x)
    }

    #[test]
    fn two_pairs_far_apart_by_hand() {
        // Half of the mass at each of two places: between them F is 1/2, a unimodal G
        // must rise by 1/2 on one side of its mode, and can be no nearer than 1/4.
        let found = dip(&[0.0, 0.0 + 1e-9, 10.0, 10.0 + 1e-9]);
        assert!((found - 0.25).abs() < 1e-8, "{found}");
        assert_eq!(dip(&[0.0, 1.0]), 0.25);
        assert_eq!(dip(&[]), 0.0);
        assert_eq!(dip(&[3.0; 10]), 0.05);
    }

    #[test]
    fn dips_equal_the_recorded_ones() {
        // diptest 0.12.0 (Python, numpy 2.4.6), recipe in tests/oracles/dip.py.
        let i = || (0..60).map(f64::from);
        let a = dip_of(i().map(|i| (i * 37.0 % 61.0).powf(1.3) / 10.0).collect());
        assert!((a - 0.014_506_604_118_846_455).abs() < 1e-12, "{a}");
        let two = |i: f64| {
            if i % 3.0 == 0.0 { (i * 17.0 % 59.0) / 59.0 } else { 4.0 + (i * 23.0 % 61.0) / 61.0 }
        };
        let b = dip_of(i().map(two).collect());
        assert!((b - 0.126_576_732_387_870_4).abs() < 1e-12, "{b}");
        let wide = |i: f64| (i * 13.0 % 67.0).sqrt() * if i < 20.0 { 1.0 } else { 2.5 };
        let d = dip_of(i().map(wide).collect());
        assert!((d - 0.037_927_242_794_143_96).abs() < 1e-12, "{d}");
        assert!((dip_p_value(d, 60) - 0.790_450_654).abs() < 0.25);
        assert_eq!(dip_p_value(b, 60), 1e-5);
    }

    #[test]
    fn the_dip_of_a_sample_does_not_depend_on_scale_place_or_side() {
        let mut rng = Seed::new(4).stream("dip", 0);
        let x: Vec<f64> = (0..300).map(|_| rng.r#gen::<f64>().powi(2)).collect();
        let found = dip_of(x.clone());
        let other = dip_of(x.iter().map(|x| 5.0 - 8.0 * x).collect());
        assert!((found - other).abs() < 1e-12, "{found} {other}");
        assert!((1.0 / 600.0..=0.25).contains(&found));
    }

    #[test]
    fn uniform_numbers_are_rejected_as_often_as_the_level_says() {
        let draws = if std::env::var("KOHORT_SOAK").is_ok() { 100_000 } else { 4_000 };
        for n in [30, 300] {
            let mut rng = Seed::new(5).stream("uniform", n);
            let chances: Vec<f64> = (0..draws)
                .map(|_| {
                    let x = (0..n).map(|_| rng.r#gen::<f64>()).collect();
                    dip_p_value(dip_of(x), n as usize)
                })
                .collect();
            for level in [0.2, 0.05, 0.01] {
                let share = chances.iter().filter(|&&p| p <= level).count() as f64 / draws as f64;
                let error = (level * (1.0 - level) / draws as f64).sqrt();
                assert!((share - level).abs() < 4.0 * error + 0.02 * level, "{n} {level} {share}");
            }
        }
    }

    #[test]
    fn a_larger_dip_is_never_likelier() {
        for n in [5, 10, 77, 5000, 1_000_000] {
            let chances: Vec<f64> = (0..200)
                .map(|i| dip_p_value(f64::from(i) / 100.0 / f64::from(n).sqrt(), n as usize))
                .collect();
            assert!(chances.windows(2).all(|w| w[0] >= w[1]), "{n}");
            assert_eq!((chances[0], chances[199]), (1.0, 1e-5));
        }
    }
}
