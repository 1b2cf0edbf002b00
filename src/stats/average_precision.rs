//! Average precision: the area under the precision-recall curve.
//!
//! What it answers: how clean the list of the highest scores is; guessing yields the
//! base rate. Formula: sum over thresholds of (recall step) x (precision there),
//! without interpolation, thresholds at distinct scores.
//!
//! # References
//!
//! Boyd, Eng, Page (2013), Area under the precision-recall curve: point estimates and
//! confidence intervals, ECML PKDD, section 3.

use super::Ranking;
use super::ranking::Counts;

/// Average precision of `scores` for `outcomes`, 0..1; `None` where either class is
/// absent.
#[must_use]
pub fn average_precision(scores: &[f64], outcomes: &[bool]) -> Option<f64> {
    Ranking::new(scores, outcomes)?.average_precision(None)
}

impl Ranking {
    /// Average precision, 0..1, of a resample where [`Ranking::counts`] are given; `None` where
    /// either class is absent.
    #[must_use]
    pub fn average_precision(&self, counts: Option<&Counts>) -> Option<f64> {
        let (mut events, mut all, mut area) = (0.0, 0.0, 0.0);
        self.groups(counts, |event, other| {
            events += event;
            all += event + other;
            if event > 0.0 {
                area += event * events / all;
            }
        });
        (events > 0.0 && all > events).then(|| area / events)
    }

    /// The precision-recall curve: (recall, precision), one point per distinct score,
    /// from the highest score to recall 1; empty where either class is absent.
    #[must_use]
    pub fn precision_recall_curve(&self) -> Vec<(f64, f64)> {
        let (events, others) = self.totals();
        if events == 0.0 || others == 0.0 {
            return Vec::new();
        }
        let (mut reached, mut all) = (0.0, 0.0);
        let mut curve = Vec::new();
        self.groups(None, |event, other| {
            reached += event;
            all += event + other;
            curve.push((reached / events, reached / all));
        });
        curve
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::fixture::forty;

    #[test]
    fn a_case_by_hand() {
        // Descending: event, other, event, other. Recall .5 at precision 1, recall 1 at
        // precision 2/3: .5 * 1 + .5 * 2/3 = 5/6.
        let ap = average_precision(&[0.9, 0.8, 0.7, 0.1], &[true, false, true, false]).unwrap();
        assert!((ap - 5.0 / 6.0).abs() < 1e-15);
    }

    #[test]
    fn a_constant_score_yields_the_base_rate() {
        let ap = average_precision(&[0.2; 5], &[true, false, false, true, false]);
        assert_eq!(ap, Some(0.4));
        assert_eq!(average_precision(&[0.2; 2], &[true; 2]), None);
    }

    #[test]
    fn equals_scikit_learn() {
        // average_precision_score(y, p), scikit-learn 1.9.1, see stats::fixture.
        let (p, y) = forty();
        assert!((average_precision(&p, &y).unwrap() - 0.562_083_333_333_333_3).abs() < 1e-15);
    }
}
