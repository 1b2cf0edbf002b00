//! Area under the ROC curve.
//!
//! What it answers: how often a customer with the outcome scores higher than one
//! without it; .5 is guessing. Formula, from the ranks: over all pairs (event,
//! other), the share in which the event scores higher, ties counting one half.
//! Limits: it says nothing of whether the probabilities are right.
//!
//! # References
//!
//! Hanley, `McNeil` (1982), The meaning and use of the area under a receiver operating
//! characteristic curve, Radiology 143(1), section "The meaning".

use super::Ranking;
use super::ranking::Counts;

/// ROC-AUC of `scores` for `outcomes`, 0..1; `None` where either class is absent.
///
/// # Examples
///
/// ```
/// use kohort::stats::roc_auc;
/// assert_eq!(roc_auc(&[0.1, 0.4, 0.35, 0.8], &[false, false, true, true]), Some(0.75));
/// ```
#[must_use]
pub fn roc_auc(scores: &[f64], outcomes: &[bool]) -> Option<f64> {
    Ranking::new(scores, outcomes)?.roc_auc(None)
}

/// ROC-AUC of groups that have one score each: the score, how many with the outcome have it and
/// how many without; `None` where either class is absent.
#[must_use]
pub fn roc_auc_of_groups(mut groups: Vec<(f64, f64, f64)>) -> Option<f64> {
    groups.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
    let mut area = Area::default();
    for tied in groups.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let sum = |of: fn(&(f64, f64, f64)) -> f64| tied.iter().map(of).sum();
        area.add(sum(|group| group.1), sum(|group| group.2));
    }
    area.share()
}

/// The pairs that are ranked rightly, as tied scores go by, the highest first.
#[derive(Default)]
struct Area {
    events: f64,
    others: f64,
    wins: f64,
}

impl Area {
    fn add(&mut self, events: f64, others: f64) {
        self.wins += others * (self.events + events / 2.0);
        self.events += events;
        self.others += others;
    }

    fn share(&self) -> Option<f64> {
        (self.events > 0.0 && self.others > 0.0).then(|| self.wins / (self.events * self.others))
    }
}

impl Ranking {
    /// ROC-AUC, 0..1, of a resample where [`Ranking::counts`] are given;
    /// `None` where either class is absent.
    #[must_use]
    pub fn roc_auc(&self, counts: Option<&Counts>) -> Option<f64> {
        let mut area = Area::default();
        self.groups(counts, |events, others| area.add(events, others));
        area.share()
    }

    /// The ROC curve: (false positive rate, true positive rate) from (0, 0) to (1, 1),
    /// one point per distinct score; empty where either class is absent.
    #[must_use]
    pub fn roc_curve(&self) -> Vec<(f64, f64)> {
        let (events, others) = self.totals();
        if events == 0.0 || others == 0.0 {
            return Vec::new();
        }
        let (mut x, mut y) = (0.0, 0.0);
        let mut curve = vec![(0.0, 0.0)];
        self.groups(None, |event, other| {
            x += other;
            y += event;
            curve.push((x / others, y / events));
        });
        curve
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::fixture::forty;
    use proptest::prelude::*;

    #[test]
    fn ties_count_one_half() {
        // Events .5 .5, others .5 .1: pairs (=, >, =, >) = .5 + 1 + .5 + 1 = 3 of 4.
        let auc = roc_auc(&[0.5, 0.5, 0.5, 0.1], &[true, true, false, false]);
        assert_eq!(auc, Some(0.75));
        assert_eq!(roc_auc(&[0.3; 4], &[true, false, true, false]), Some(0.5));
        assert_eq!(roc_auc(&[0.0, -0.0], &[true, false]), Some(0.5));
    }

    #[test]
    fn groups_are_customers_counted() {
        // As above: .5 for two events and one other, .1 for one other.
        let groups = vec![(0.1, 0.0, 1.0), (0.5, 2.0, 1.0)];
        assert_eq!(roc_auc_of_groups(groups), Some(0.75));
        // The same score twice is one group.
        let apart = vec![(0.5, 2.0, 0.0), (0.1, 0.0, 1.0), (0.5, 0.0, 1.0)];
        assert_eq!(roc_auc_of_groups(apart), Some(0.75));
        assert_eq!(roc_auc_of_groups(vec![(0.5, 2.0, 0.0)]), None);
    }

    #[test]
    fn one_class_has_no_auc() {
        assert_eq!(roc_auc(&[0.5, 0.7], &[true, true]), None);
        assert_eq!(roc_auc(&[], &[]), None);
        assert_eq!(roc_auc(&[f64::NAN, 0.1], &[true, false]), None);
    }

    #[test]
    fn equals_scikit_learn() {
        // roc_auc_score(y, p), scikit-learn 1.9.1, see stats::fixture.
        let (p, y) = forty();
        assert!((roc_auc(&p, &y).unwrap() - 0.57875).abs() < 1e-15);
    }

    #[test]
    fn counts_are_repetitions() {
        let scores = [0.9, 0.4, 0.4, 0.1];
        let outcomes = [true, false, true, false];
        let ranking = Ranking::new(&scores, &outcomes).unwrap();
        let repeated = roc_auc(&[0.9, 0.4, 0.4, 0.4, 0.1], &[true, false, false, true, false]);
        let counts = ranking.counts(&[1, 0, 3, 2, 1]);
        assert_eq!(ranking.roc_auc(Some(&counts)), repeated);
    }

    #[test]
    fn the_curve_encloses_the_area() {
        let (p, y) = forty();
        let ranking = Ranking::new(&p, &y).unwrap();
        let curve = ranking.roc_curve();
        let area: f64 = curve.windows(2).map(|w| (w[1].0 - w[0].0) * (w[0].1 + w[1].1) / 2.0).sum();
        assert!((area - ranking.roc_auc(None).unwrap()).abs() < 1e-12);
        assert_eq!(curve.last(), Some(&(1.0, 1.0)));
    }

    proptest! {
        #[test]
        fn turning_the_scores_round_mirrors_the_auc(
            pairs in proptest::collection::vec((0_i32..20, any::<bool>()), 2..60)
        ) {
            let scores: Vec<f64> = pairs.iter().map(|p| f64::from(p.0)).collect();
            let negated: Vec<f64> = scores.iter().map(|s| -s).collect();
            let outcomes: Vec<bool> = pairs.iter().map(|p| p.1).collect();
            if let Some(auc) = roc_auc(&scores, &outcomes) {
                let mirrored = roc_auc(&negated, &outcomes).unwrap();
                prop_assert!((auc + mirrored - 1.0).abs() < 1e-12);
            }
        }
    }
}
