//! Numbers on one scale: standard, robust, min-max, normal scores, none.

use crate::finding::{Finding, Severity};
use crate::normalise::order::{mean_and_sd, quantile, range};
use crate::normalise::{Scale, position, real};
use crate::said::facts;

/// The interquartile range of the standard normal distribution.
const NORMAL_IQR: f64 = 1.348_979_500_392_163_4;
/// How many steps the stored grid of quantiles has at most.
const GRID_STEPS: usize = 200;

/// Centre and spread, or a grid of quantiles.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Fitted {
    /// (x - centre) / spread, spread > 0.
    Affine { centre: f64, spread: f64 },
    /// Normal scores by these ascending quantiles at equal steps from 0 to 1.
    Grid(Vec<f64>),
}

/// Learns the scale of one column. `None` where the column is constant.
pub(crate) fn fit(
    column: &str,
    values: &[f64],
    scale: Scale,
    findings: &mut Vec<Finding>,
) -> Option<Fitted> {
    let (low, high) = range(values)?;
    if low >= high {
        return None;
    }
    let affine = |centre: f64, spread: f64| {
        (spread > 0.0 && spread.is_finite() && centre.is_finite())
            .then_some(Fitted::Affine { centre, spread })
    };
    let standard = || mean_and_sd(values).and_then(|(mean, sd)| affine(mean, sd));
    match scale {
        Scale::Standard => standard(),
        Scale::Robust => {
            let middle = quantile(values, 0.5)?;
            let iqr = quantile(values, 0.75)? - quantile(values, 0.25)?;
            if iqr > 0.0 {
                return affine(middle, iqr / NORMAL_IQR);
            }
            findings.push(
                Finding::new("robust-scale-fallback", Severity::Note, facts!()).column(column),
            );
            standard()
        }
        Scale::MinMax => affine(low, high - low),
        Scale::Quantile => Some(Fitted::Grid(grid(values))),
        Scale::None => affine(0.0, 1.0),
    }
}

/// Quantiles at equal steps: as many steps as there are gaps between customers, at most
/// 200. The ends are the extremes of the clipped column.
fn grid(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let last = sorted.len() - 1;
    let steps = last.clamp(1, GRID_STEPS);
    (0..=steps)
        .map(|step| {
            let at = real(step) / real(steps) * real(last);
            let below = position(at.floor(), last);
            let above = (below + 1).min(last);
            (at - real(below)).mul_add(sorted[above] - sorted[below], sorted[below])
        })
        // Rounding must not break the order.
        .scan(f64::NEG_INFINITY, |before, value| {
            *before = before.max(value);
            Some(*before)
        })
        .collect()
}

/// The share of customers below `x` by the grid, ties in the middle, held half a step
/// inside 0 and 1, as a normal score.
pub(crate) fn score(grid: &[f64], x: f64) -> f64 {
    let Some(steps) = grid.len().checked_sub(1).filter(|&steps| steps > 0) else { return 0.0 };
    let below = grid.partition_point(|&g| g < x);
    let upto = grid.partition_point(|&g| g <= x);
    let at = if below < upto {
        f64::midpoint(real(below), real(upto - 1))
    } else if below == 0 {
        0.0
    } else if below > steps {
        real(steps)
    } else {
        real(below - 1) + (x - grid[below - 1]) / (grid[below] - grid[below - 1])
    };
    let share = at / real(steps);
    let edge = 0.5 / real(steps);
    normal_quantile(share.clamp(edge, 1.0 - edge))
}

/// The value whose normal score is `z`.
pub(crate) fn unscore(grid: &[f64], z: f64) -> f64 {
    let Some(steps) = grid.len().checked_sub(1) else { return f64::NAN };
    let share = 0.5 * libm::erfc(-z / core::f64::consts::SQRT_2);
    let at = share.clamp(0.0, 1.0) * real(steps);
    let below = position(at.floor(), steps);
    let above = (below + 1).min(steps);
    (at - real(below)).mul_add(grid[above] - grid[below], grid[below])
}

/// Numerator and denominator for the middle 85 %, powers ascending.
pub(crate) const CENTRAL: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_545,
    ],
];

/// Numerator and denominator for the tails, powers ascending.
pub(crate) const MIDDLE: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        0.000_774_545_014_278_341_4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        0.000_547_593_808_499_534_5,
        1.050_750_071_644_416_9e-09,
    ],
];

/// Numerator and denominator for the far tails, beyond exp(-25), powers ascending.
const FAR: [[f64; 8]; 2] = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-05,
        2.010_334_399_292_288_1e-07,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        0.000_786_869_131_145_613_3,
        1.846_318_317_510_054_8e-05,
        1.421_511_758_316_446e-07,
        2.044_263_103_389_939_7e-15,
    ],
];

/// The standard normal quantile of `p`, 0 < p < 1, to 16 digits (Wichura 1988, Algorithm
/// AS 241: The Percentage Points of the Normal Distribution, Applied Statistics 37,
/// PPND16).
pub(crate) fn normal_quantile(p: f64) -> f64 {
    let ratio = |[up, down]: &[[f64; 8]; 2], r: f64| {
        let poly = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * r + c);
        poly(up) / poly(down)
    };
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(&CENTRAL, 0.180_625 - q * q);
    }
    let r = (-libm::log(p.min(1.0 - p))).sqrt();
    let z = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    if q < 0.0 { -z } else { z }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_quantiles_agree_with_scipy() {
        // scipy.stats.norm.ppf, scipy 1.x.
        for (p, z) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.001, -3.090_232_306_167_813_5),
            (1e-10, -6.361_340_902_404_056),
            (0.75, 0.674_489_750_196_081_7),
        ] {
            assert!((normal_quantile(p) - z).abs() < 1e-13, "{p}");
        }
    }

    #[test]
    fn scores_are_symmetric_monotone_and_invertible() {
        let values: Vec<f64> = (0..101).map(|i| f64::from(i * i)).collect();
        let grid = grid(&values);
        assert_eq!(grid.len(), 101);
        assert_eq!(score(&grid, 2500.0), 0.0);
        assert_eq!(score(&grid, -7.0), -score(&grid, 1e9));
        assert!((unscore(&grid, score(&grid, 900.0)) - 900.0).abs() < 1e-9);
        assert!(values.windows(2).all(|w| score(&grid, w[0]) < score(&grid, w[1])));
    }

    #[test]
    fn tied_customers_get_the_middle_score() {
        // By hand: grid 0,0,0,1,2 in steps of 1/4; 0 covers shares 0 to 1/2: middle 1/4.
        let grid = grid(&[0.0, 0.0, 0.0, 1.0, 2.0]);
        assert!((score(&grid, 0.0) - normal_quantile(0.25)).abs() < 1e-15);
    }

    #[test]
    fn a_column_without_quartile_range_falls_back_and_says_so() {
        let mut findings = Vec::new();
        let fitted = fit("x", &[1.0, 1.0, 1.0, 1.0, 6.0], Scale::Robust, &mut findings);
        assert_eq!(fitted, Some(Fitted::Affine { centre: 2.0, spread: 2.0 }));
        assert_eq!(findings[0].code, "robust-scale-fallback");
    }

    #[test]
    fn tiny_and_huge_units_standardise_alike() {
        let unit = fit("x", &[1.0, 2.0, 3.0], Scale::Standard, &mut Vec::new());
        let tiny = fit("x", &[1e-20, 2e-20, 3e-20], Scale::Standard, &mut Vec::new());
        let (Some(Fitted::Affine { spread: a, .. }), Some(Fitted::Affine { spread: b, .. })) =
            (unit, tiny)
        else {
            panic!("both have a scale")
        };
        assert!((b / a / 1e-20 - 1.0).abs() < 1e-12);
    }
}
