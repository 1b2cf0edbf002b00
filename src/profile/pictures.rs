//! Numbers that only figures show: silhouettes, distances to neighbours and dense regions.
//! Each is a mean of at least `min_cell` customers.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use ndarray::Axis;

use crate::cluster;
use crate::cluster::quality::silhouette::silhouettes;
use crate::matrix::Matrix;
use crate::results::CurvePoint;
use crate::results::pictures::{Branch, Neighbours, Silhouette, SilhouetteOf};
use crate::seed::Seed;

/// Customers in the sample of silhouettes, and the fewest of a segment that has as many.
const SAMPLE: usize = 2_000;
const LEAST: usize = 100;
/// Values of one segment's silhouette, and points of the distances to neighbours.
const VALUES: usize = 50;
const POINTS: usize = 100;
/// Regions that can be told apart on a picture.
const BRANCHES: usize = 40;

/// The customers of each segment.
fn members(labels: &[Option<u32>], n_segments: usize) -> Vec<Vec<usize>> {
    let mut members = vec![Vec::new(); n_segments];
    for (row, label) in labels.iter().enumerate() {
        if let Some(own) = label.and_then(|label| members.get_mut(label as usize)) {
            own.push(row);
        }
    }
    members
}

/// Means of neighbouring values, each of at least `least`; what is over goes to the last.
fn steps(sorted: &[f64], least: usize, most: usize) -> Vec<(f64, f64)> {
    let size = least.max(sorted.len().div_ceil(most)).max(1);
    let whole = sorted.len() / size;
    (0..whole)
        .map(|at| {
            let from = at * size;
            let to = if at + 1 == whole { sorted.len() } else { from + size };
            let mean = sorted[from..to].iter().sum::<f64>() / (to - from) as f64;
            (0.5 * (from + to) as f64 / sorted.len() as f64, mean)
        })
        .collect()
}

/// The silhouettes of a sample with customers of every segment, in the columns that made the
/// segments; `None` where fewer than two segments have customers, or no matrix made them.
/// A segment's share in the sample is its own, but small ones have 100 customers where they
/// can: silhouettes compare means over segments, which a stratified sample does not bend.
#[must_use]
pub fn silhouette(
    matrix: &Matrix,
    labels: &[Option<u32>],
    ids: &[u32],
    min_cell: usize,
    seed: Seed,
) -> Option<Silhouette> {
    let members = members(labels, ids.len());
    let all: usize = members.iter().map(Vec::len).sum();
    let (mut rows, mut own) = (Vec::new(), Vec::new());
    for (segment, of) in members.iter().enumerate() {
        let fair = (SAMPLE * of.len()).div_ceil(all.max(1));
        let n = fair.max(LEAST).min(of.len());
        let drawn = seed.rows("silhouette shown", segment as u64, of.len(), n);
        rows.extend(drawn.into_iter().map(|at| of[at]));
        own.extend(std::iter::repeat_n(u32::try_from(segment).unwrap_or(u32::MAX), n));
    }
    let sample = matrix.values().select(Axis(0), &rows);
    let each = silhouettes(sample.view(), &own)?;
    let mut segments = Vec::with_capacity(ids.len());
    let (mut sum, mut told) = (0.0, 0);
    for (segment, &segment_id) in ids.iter().enumerate() {
        let mut values: Vec<f64> = own
            .iter()
            .zip(&each)
            .filter(|(own, _)| **own as usize == segment)
            .map(|(_, value)| *value)
            .collect();
        values.sort_by(|a, b| b.total_cmp(a));
        let one = of_segment(segment_id, &values, min_cell);
        if let Some(mean) = one.mean {
            sum += mean * members[segment].len() as f64;
            told += members[segment].len();
        }
        segments.push(one);
    }
    let mean = if told > 0 { sum / told as f64 } else { return None };
    Some(Silhouette { sampled: rows.len() as u64, mean, segments })
}

/// What may be told of the silhouettes of one segment.
fn of_segment(segment_id: u32, values: &[f64], min_cell: usize) -> SilhouetteOf {
    let (n, few) = (values.len(), min_cell.max(1));
    let below = values.iter().filter(|value| **value < 0.0).count();
    let can_be_told = |n: usize| n == 0 || n >= few;
    SilhouetteOf {
        segment_id,
        sampled: n as u64,
        mean: (n >= few).then(|| values.iter().sum::<f64>() / n as f64),
        nearer_elsewhere: (n >= few && can_be_told(below) && can_be_told(n - below))
            .then(|| below as f64 / n as f64),
        values: steps(values, few, VALUES).into_iter().map(|(_, mean)| mean).collect(),
    }
}

/// The distances to neighbours as they are shown; `None` where the method has none. `arc`
/// turns a distance of the matrix into one along the surface, where columns are places.
#[must_use]
pub fn neighbours(
    shown: &cluster::Shown,
    choice: &crate::results::Choice,
    min_cell: usize,
    arc: Option<fn(f64) -> f64>,
) -> Option<Neighbours> {
    let points: Vec<CurvePoint> = steps(&shown.distances, min_cell.max(1), POINTS)
        .into_iter()
        .map(|(x, y)| CurvePoint { x, y: arc.map_or(y, |arc| arc(y)) })
        .collect();
    (points.len() > 1).then(|| Neighbours {
        min_points: choice.min_points.unwrap_or(0),
        eps: choice.eps,
        km: arc.is_some(),
        sampled: shown.distances.len() as u64,
        points,
    })
}

/// The dense regions as they are shown: the largest, customers to the nearest `min_cell`.
/// A region is never larger than the one it came from, so parents are among them.
#[must_use]
pub fn branches(
    shown: &cluster::Shown,
    ids: &[u32],
    min_cell: usize,
    arc: Option<fn(f64) -> f64>,
) -> Vec<Branch> {
    let few = min_cell.max(1) as u64;
    let told = |at: &usize| shown.branches[*at].customers >= few;
    let mut kept: Vec<usize> = (0..shown.branches.len()).filter(told).collect();
    kept.sort_by_key(|&at| (std::cmp::Reverse(shown.branches[at].customers), at));
    kept.truncate(BRANCHES);
    kept.sort_unstable();
    kept.iter()
        .map(|&at| {
            let branch = &shown.branches[at];
            let along = |distance: f64| arc.map_or(distance, |arc| arc(distance));
            let segment = branch.segment.and_then(|at| ids.get(at as usize).copied());
            Branch {
                parent: branch.parent.and_then(|parent| kept.binary_search(&parent).ok()),
                customers: (branch.customers + few / 2) / few * few,
                from: along(branch.from),
                until: along(branch.until),
                segment_id: segment.unwrap_or(0),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;

    #[test]
    fn steps_are_means_of_enough() {
        // 7 values in steps of 3: the last has what is over.
        let found = steps(&[7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0], 3, 50);
        assert_eq!(found, [(1.5 / 7.0, 6.0), (5.0 / 7.0, 2.5)]);
        assert!(steps(&[1.0, 2.0], 3, 50).is_empty());
        let many: Vec<f64> = (0..1000).map(f64::from).collect();
        assert_eq!(steps(&many, 3, 50).len(), 50);
    }

    #[test]
    fn a_sample_of_all_is_the_silhouette_itself() {
        let rows = Array2::from_shape_fn((60, 1), |(i, _)| (i % 20) as f64 + (i / 20 * 7) as f64);
        let labels: Vec<Option<u32>> = (0..60).map(|i| (i != 59).then_some(i / 20)).collect();
        let matrix = Matrix::unnamed(rows).unwrap();
        let told = silhouette(&matrix, &labels, &[3, 1, 7], 5, Seed::new(1)).unwrap();
        let known: Vec<u32> = labels.iter().flatten().copied().collect();
        let sample = matrix.values().select(Axis(0), &(0..59).collect::<Vec<_>>());
        let all = silhouettes(sample.view(), &known).unwrap();
        assert!((told.mean - all.iter().sum::<f64>() / 59.0).abs() < 1e-12);
        assert_eq!(told.segments.iter().map(|s| s.segment_id).collect::<Vec<_>>(), [3, 1, 7]);
        assert_eq!((told.sampled, told.segments[2].sampled), (59, 19));
        assert_eq!(told.segments[0].values.len(), 4);
        // Of a segment of few nothing is told.
        let few = silhouette(&matrix, &labels, &[3, 1, 7], 20, Seed::new(1)).unwrap();
        assert_eq!((few.segments[2].mean, few.segments[2].values.len()), (None, 0));
        assert!(silhouette(&matrix, &[Some(0); 60], &[1], 5, Seed::new(1)).is_none());
    }

    #[test]
    fn the_largest_regions_are_kept_with_those_they_came_from() {
        let one = |parent, customers| cluster::Branch::new(parent, customers, 2.0, 1.0);
        let mut branches_of = vec![one(None, 1000), one(Some(0), 504), one(Some(0), 7)];
        branches_of.extend((0..60).map(|n| one(Some(1), 400 - n)));
        branches_of[1].segment = Some(0);
        let shown = cluster::Shown { distances: Vec::new(), branches: branches_of };
        let told = branches(&shown, &[9], 10, None);
        assert_eq!(told.len(), 40);
        assert_eq!((told[1].customers, told[1].segment_id, told[1].parent), (500, 9, Some(0)));
        assert!(told.iter().all(|branch| branch.customers % 10 == 0));
        assert!(told[2..].iter().all(|branch| branch.parent == Some(1)));
    }
}
