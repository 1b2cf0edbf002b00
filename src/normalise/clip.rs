//! Clipping: the few largest numbers are held at the largest of the rest, so that one
//! customer does not make a segment of its own.

use serde::{Deserialize, Serialize};

use crate::normalise::log::Logarithm;
use crate::normalise::order::range;
use crate::normalise::{position, real};
use crate::stats::at_rank;

/// Below this many customers nothing is clipped: 0.1 % of fewer is nobody.
pub(crate) const MIN_ROWS: usize = 1000;

/// What happens to a number before it is scaled: held between `low` and `high` (raw
/// units), then logarithmised.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Curve {
    pub(crate) low: Option<f64>,
    pub(crate) high: Option<f64>,
    pub(crate) log: Option<Logarithm>,
}

impl Curve {
    /// The clipped value in raw units.
    pub(crate) fn clip(&self, x: f64) -> f64 {
        let x = self.high.map_or(x, |high| x.min(high));
        self.low.map_or(x, |low| x.max(low))
    }

    /// Clipped and logarithmised.
    pub(crate) fn apply(&self, x: f64) -> f64 {
        let x = self.clip(x);
        self.log.map_or(x, |log| log.apply(x))
    }

    /// Back to raw units; what was clipped stays clipped.
    pub(crate) fn invert(&self, y: f64) -> f64 {
        self.log.map_or(y, |log| log.invert(y))
    }
}

/// The bounds at `share` of the customers at each end, upper only where no value is
/// negative. `values` are the present ones. No bound where it would change nothing.
pub(crate) fn bounds(values: &[f64], share: f64) -> Curve {
    let n = values.len();
    let beyond = position(share * real(n), n);
    if n < MIN_ROWS || beyond == 0 || 2 * beyond >= n {
        return Curve::default();
    }
    let (Some((low, _)), Some((high, _)), Some((least, most))) =
        (at_rank(values, beyond), at_rank(values, n - 1 - beyond), range(values))
    else {
        return Curve::default();
    };
    let low_bound = (least < 0.0 && least < low).then_some(low);
    // A column that is one value in almost every row would become a constant.
    if low_bound.unwrap_or(least) >= high {
        return Curve::default();
    }
    let high_bound = (most > high).then_some(high);
    Curve { low: low_bound, high: high_bound, log: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_in_a_thousand_is_clipped_at_the_top_of_a_non_negative_column() {
        let mut values: Vec<f64> = (0..2000).map(f64::from).collect();
        values[7] = 1e9;
        let curve = bounds(&values, 0.001);
        // By hand: 2 of 2,000 lie beyond, 1e9 and 1999; the third largest is 1998.
        assert_eq!((curve.low, curve.high), (None, Some(1998.0)));
        assert_eq!(curve.apply(1e9), 1998.0);
    }

    #[test]
    fn both_ends_are_clipped_where_there_are_negatives() {
        let values: Vec<f64> = (-1000..1000).map(f64::from).collect();
        let curve = bounds(&values, 0.001);
        assert_eq!((curve.low, curve.high), (Some(-998.0), Some(997.0)));
    }

    #[test]
    fn few_customers_and_almost_constant_columns_are_not_clipped() {
        let few: Vec<f64> = (0..999).map(f64::from).collect();
        assert_eq!(bounds(&few, 0.01), Curve::default());
        let mut rare = vec![0.0; 2000];
        rare[0] = 5.0;
        assert_eq!(bounds(&rare, 0.001), Curve::default());
    }
}
