//! Which k: the order of decision.
//!
//! 1. every segment holds at least `min-share` of the customers;
//! 2. no segment is just one column;
//! 3. every segment is found again in repeated fits (stability at least .75);
//! 4. where customers held out show a gap around every segment, the largest such k:
//!    these groups are there, whatever else is asked of them;
//! 5. what the segments tell about customers held out; within one standard error of
//!    the best, the smaller k.
//!
//! A criterion that no k meets is dropped for all and said. The silhouette is shown and
//! decides nothing.

use super::kmeans::Partition;
use super::stability::{REPRODUCIBLE, Stability, verdict};
use crate::results::Verdict;

/// What is known of one k.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub(crate) k: usize,
    pub(crate) partition: Partition,
    pub(crate) found_again: bool,
    /// Share of the variance explained, 0..1.
    pub(crate) explained: f64,
    pub(crate) silhouette: Option<f64>,
    pub(crate) stability: Stability,
    /// Per segment whether customers held out show a gap around it.
    pub(crate) surrounded: Vec<bool>,
    /// What the judge measures, and its standard error.
    pub(crate) validity: Option<(f64, f64)>,
    /// Per segment the column that reproduces it.
    pub(crate) trivial: Vec<Option<String>>,
}

impl Evidence {
    /// The share of the customers in the smallest segment.
    pub(crate) fn smallest(&self) -> f64 {
        let total: f64 = self.partition.sizes.iter().sum();
        self.partition.sizes.iter().copied().fold(f64::INFINITY, f64::min) / total
    }

    /// How far each segment can be trusted.
    pub(crate) fn verdicts(&self) -> Vec<Verdict> {
        let segments = self.stability.mean.iter().zip(&self.surrounded);
        segments.map(|(&mean, &surrounded)| verdict(mean, surrounded)).collect()
    }

    /// Whether every segment is natural.
    pub(crate) fn natural(&self) -> bool {
        self.verdicts().iter().all(|&verdict| verdict == Verdict::Natural)
    }

    /// Whether each criterion is met.
    pub(crate) fn meets(&self, criterion: Criterion, min_share: f64) -> bool {
        match criterion {
            Criterion::Size => self.smallest() >= min_share,
            Criterion::NotTrivial => self.trivial.iter().all(Option::is_none),
            Criterion::Stable => self.stability.weakest().0 >= REPRODUCIBLE,
        }
    }
}

/// What a k must meet before it is judged, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Criterion {
    Size,
    NotTrivial,
    Stable,
}

impl Criterion {
    pub(crate) const ALL: [Self; 3] = [Self::Size, Self::NotTrivial, Self::Stable];
}

/// The chosen candidate, the two next best, and what had to be dropped on the way to
/// the first: positions in the evidence.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ranking {
    pub(crate) chosen: usize,
    pub(crate) runners_up: Vec<usize>,
    pub(crate) dropped: Vec<Criterion>,
}

impl Ranking {
    /// The same with the earlier number of segments chosen, where it meets what the choice
    /// meets and tells as much within one standard error: a number of segments changes only
    /// for a reason. A choice with a gap around every segment stays.
    pub(crate) fn staying_at(mut self, k: usize, evidence: &[Evidence], min_share: f64) -> Self {
        let Some(at) = evidence.iter().position(|own| own.k == k) else { return self };
        let (own, chosen) = (&evidence[at], &evidence[self.chosen]);
        let meets = Criterion::ALL
            .iter()
            .all(|criterion| self.dropped.contains(criterion) || own.meets(*criterion, min_share));
        let (told, error) = chosen.validity.unwrap_or((0.0, 0.0));
        let as_good = own.validity.unwrap_or((0.0, 0.0)).0 >= told - error;
        if at == self.chosen || !meets || !as_good || (chosen.natural() && !own.natural()) {
            return self;
        }
        self.runners_up.retain(|&other| other != at);
        self.runners_up.insert(0, self.chosen);
        self.runners_up.truncate(2);
        self.chosen = at;
        self
    }
}

/// Decides among at least one candidate, ascending in k; the first `unasked` are shown
/// but not taken. `natural`: whether a gap around every segment decides before validity.
pub(crate) fn rank(
    evidence: &[Evidence],
    unasked: usize,
    min_share: f64,
    natural: bool,
) -> Ranking {
    let mut left: Vec<usize> = (unasked..evidence.len()).collect();
    let (chosen, dropped) = best(evidence, &left, min_share, natural);
    let mut runners_up = Vec::new();
    left.retain(|&at| at != chosen);
    while runners_up.len() < 2 && !left.is_empty() {
        let (next, _) = best(evidence, &left, min_share, natural);
        runners_up.push(next);
        left.retain(|&at| at != next);
    }
    Ranking { chosen, runners_up, dropped }
}

fn best(
    evidence: &[Evidence],
    among: &[usize],
    min_share: f64,
    natural: bool,
) -> (usize, Vec<Criterion>) {
    let mut left = among.to_vec();
    let mut dropped = Vec::new();
    for criterion in Criterion::ALL {
        let meeting: Vec<usize> =
            left.iter().copied().filter(|&at| evidence[at].meets(criterion, min_share)).collect();
        if meeting.is_empty() {
            dropped.push(criterion);
        } else {
            left = meeting;
        }
    }
    let gaps = |at: &&usize| natural && evidence[**at].natural();
    if let Some(&most) = left.iter().rev().find(gaps) {
        return (most, dropped);
    }
    let validity = |at: usize| evidence[at].validity.unwrap_or((0.0, 0.0));
    let top = left
        .iter()
        .copied()
        .max_by(|&a, &b| validity(a).0.total_cmp(&validity(b).0).then(b.cmp(&a)))
        .unwrap_or(among[0]);
    let (share, error) = validity(top);
    // Candidates ascend in k: the first within one standard error is the smallest.
    let chosen = left.into_iter().find(|&at| validity(at).0 >= share - error).unwrap_or(top);
    (chosen, dropped)
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn candidate(k: usize, smallest: f64, stable: f64, valid: (f64, f64)) -> Evidence {
        let mut sizes = vec![(1.0 - smallest) / (k - 1) as f64; k - 1];
        sizes.push(smallest);
        Evidence {
            k,
            partition: Partition { centres: Vec::new(), labels: Vec::new(), sizes, inertia: 1.0 },
            found_again: true,
            explained: 0.5,
            silhouette: None,
            stability: Stability { mean: vec![Some(stable); k], error: vec![0.0; k] },
            surrounded: vec![false; k],
            validity: Some(valid),
            trivial: vec![None; k],
        }
    }

    #[test]
    fn validity_decides_among_those_that_meet_everything() {
        let evidence = [
            candidate(3, 0.2, 0.9, (0.10, 0.01)),
            candidate(4, 0.2, 0.9, (0.20, 0.01)),
            candidate(5, 0.01, 0.9, (0.40, 0.01)),
            candidate(6, 0.1, 0.6, (0.50, 0.01)),
        ];
        let ranking = rank(&evidence, 0, 0.02, true);
        assert_eq!(ranking, Ranking { chosen: 1, runners_up: vec![0, 3], dropped: vec![] });
    }

    #[test]
    fn within_one_standard_error_the_smaller_k_wins() {
        let evidence = [
            candidate(3, 0.2, 0.9, (0.10, 0.03)),
            candidate(4, 0.2, 0.9, (0.18, 0.03)),
            candidate(5, 0.2, 0.9, (0.20, 0.03)),
        ];
        assert_eq!(rank(&evidence, 0, 0.02, true).chosen, 1);
    }

    #[test]
    fn among_numbers_with_a_gap_around_every_segment_the_largest_wins() {
        let mut evidence = [
            candidate(2, 0.2, 0.9, (0.30, 0.01)),
            candidate(3, 0.2, 0.9, (0.10, 0.01)),
            candidate(4, 0.2, 0.9, (0.50, 0.01)),
        ];
        evidence[0].surrounded = vec![true; 2];
        evidence[1].surrounded = vec![true; 3];
        evidence[2].surrounded = vec![true, true, false, true];
        assert_eq!(rank(&evidence, 0, 0.02, true).chosen, 1);
        assert_eq!(rank(&evidence, 1, 0.02, true).chosen, 1);
        evidence[1].stability.mean[0] = Some(0.7);
        assert_eq!(
            rank(&evidence, 0, 0.02, true).chosen,
            0,
            "what is not found again is not natural"
        );
    }

    #[test]
    fn a_criterion_that_no_k_meets_is_dropped_for_all() {
        let mut evidence =
            [candidate(3, 0.2, 0.5, (0.10, 0.01)), candidate(4, 0.2, 0.6, (0.20, 0.01))];
        let ranking = rank(&evidence, 0, 0.02, true);
        assert_eq!((ranking.chosen, ranking.dropped), (1, vec![Criterion::Stable]));
        evidence[1].trivial[0] = Some("segment is just: a = b".to_owned());
        assert_eq!(
            rank(&evidence, 0, 0.02, true).chosen,
            0,
            "a trivial split loses to an unstable one"
        );
    }
}
