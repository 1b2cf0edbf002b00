//! The logarithm of skewed numbers, in a way that does not depend on their unit.
//!
//! y = log(1 + x/s) with s = median of the positive values for numbers that are never
//! negative, y = asinh(x/s) with s = median |x| of those that are not 0 for the others.
//! Multiplying x by any constant multiplies s by it, so y and the segments stay the same
//! whether money is written in euros or cents.

use serde::{Deserialize, Serialize};

use crate::normalise::order::{median, skewness};
use crate::normalise::{Log, LogRule};
use crate::stats::logarithm::log1p_all;

/// Which function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Kind {
    /// log(1 + x/s), x >= 0.
    Log1p,
    /// asinh(x/s).
    Asinh,
}

/// A logarithm with its unit s > 0.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Logarithm {
    pub(crate) kind: Kind,
    pub(crate) unit: f64,
}

impl Logarithm {
    /// Raw units to logarithm. A negative x, which was never seen, counts as 0 where the
    /// function needs x >= 0.
    pub(crate) fn apply(&self, x: f64) -> f64 {
        // A quotient beyond the largest number is held there: a logarithm makes it small.
        let ratio = (x / self.unit).clamp(-f64::MAX, f64::MAX);
        match self.kind {
            Kind::Log1p => libm::log1p(ratio.max(0.0)),
            Kind::Asinh => libm::asinh(ratio),
        }
    }

    /// The same of many numbers.
    pub(crate) fn apply_all(&self, numbers: &mut [f64]) {
        match self.kind {
            Kind::Log1p => {
                for x in &mut *numbers {
                    *x = (*x / self.unit).clamp(0.0, f64::MAX);
                }
                log1p_all(numbers);
            }
            Kind::Asinh => numbers.iter_mut().for_each(|x| *x = self.apply(*x)),
        }
    }

    /// Logarithm to raw units.
    pub(crate) fn invert(&self, y: f64) -> f64 {
        match self.kind {
            Kind::Log1p => libm::expm1(y) * self.unit,
            Kind::Asinh => libm::sinh(y) * self.unit,
        }
    }
}

/// Decides for one column of present (and clipped) values; `many` says whether it has
/// more than 20 distinct ones, below which a skewed count stays a count. With the logarithms
/// of the values.
pub(crate) fn choose(
    column: &str,
    values: &[f64],
    many: bool,
    rule: &Log,
) -> Option<(Logarithm, Vec<f64>)> {
    let asked = match rule {
        Log::Rule(LogRule::Auto) => false,
        Log::Columns(names) if names.iter().any(|name| name == column) => true,
        Log::Rule(LogRule::None) | Log::Columns(_) => return None,
    };
    if !asked && !many {
        return None;
    }
    let before = if asked { 0.0 } else { skewness(values) };
    let negative = values.iter().any(|&v| v < 0.0);
    let kind = if negative { Kind::Asinh } else { Kind::Log1p };
    let skewed = if negative { before.abs() > 1.0 } else { before > 1.0 };
    if !asked && !skewed {
        return None;
    }
    let sizes: Vec<f64> = values.iter().filter(|&&v| v != 0.0).map(|v| v.abs()).collect();
    let unit = median(&sizes).filter(|&unit| unit > 0.0 && unit.is_finite())?;
    let logarithm = Logarithm { kind, unit };
    let mut after = values.to_vec();
    logarithm.apply_all(&mut after);
    (asked || skewness(&after).abs() < before.abs()).then_some((logarithm, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_the_median_of_the_positive_values() {
        // By hand: positive values 1, 3, 100 -> s = 3; 3 -> log 2.
        let rule = Log::Columns(vec!["x".into()]);
        let values = [0.0, 1.0, 3.0, 100.0];
        let (log, all) = choose("x", &values, false, &rule).unwrap();
        assert_eq!(all, values.map(|x| log.apply(x)));
        assert_eq!(log, Logarithm { kind: Kind::Log1p, unit: 3.0 });
        assert!((log.apply(3.0) - core::f64::consts::LN_2).abs() < 1e-15);
        assert!((log.invert(log.apply(100.0)) - 100.0).abs() < 1e-11);
    }

    #[test]
    fn cents_and_euros_give_the_same_logarithms() {
        let euros: Vec<f64> = (0..60).map(|i| f64::from(i * i * i)).collect();
        let cents: Vec<f64> = euros.iter().map(|v| v * 64.0).collect();
        let rule = Log::Rule(LogRule::Auto);
        let (a, _) = choose("x", &euros, true, &rule).unwrap();
        let (b, _) = choose("x", &cents, true, &rule).unwrap();
        assert!(euros.iter().zip(&cents).all(|(&e, &c)| a.apply(e) == b.apply(c)));
    }

    #[test]
    fn symmetric_numbers_stay_and_negative_ones_use_asinh() {
        let even: Vec<f64> = (0..60).map(f64::from).collect();
        assert_eq!(choose("x", &even, true, &Log::Rule(LogRule::Auto)), None);
        let loss: Vec<f64> = (-3..60).map(|i| f64::from(i).powi(5)).collect();
        let (log, all) = choose("x", &loss, true, &Log::Rule(LogRule::Auto)).unwrap();
        assert!(all.iter().zip(&loss).all(|(&all, &x)| all == log.apply(x)));
        assert_eq!(log.kind, Kind::Asinh);
    }
}
