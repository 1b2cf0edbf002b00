//! What models and centres say of a customer, as an [`Assignment`].

use rayon::prelude::*;

use super::Assignment;
use super::gmm::Membership;
use super::kernel::{LANES, Lane, Points, squared};
use super::kprototypes::Nearest;

impl From<Membership> for Assignment {
    fn from(found: Membership) -> Self {
        Self {
            segment: Some(found.first),
            second: found.second,
            margin: found.second.map(|_| found.margin),
            distance: found.depth,
        }
    }
}

impl From<Nearest> for Assignment {
    fn from(found: Nearest) -> Self {
        let margin = |(_, second): (u32, f64)| {
            if second > 0.0 { (second - found.distance) / second } else { 0.0 }
        };
        Self {
            segment: Some(found.first),
            second: found.second.map(|(second, _)| second),
            margin: found.second.map(margin),
            distance: found.distance,
        }
    }
}

/// The two nearest centres of every row; `centres` is row-major.
pub(super) fn assign_to_centres(points: &Points, centres: &[f64]) -> Vec<Assignment> {
    let d = points.d();
    let mut out = vec![Assignment::NOWHERE; points.n()];
    out.par_chunks_mut(LANES).zip(points.blocks().par_chunks(d)).with_min_len(64).for_each(
        |(out, block)| {
            let nearest = two_nearest(block, centres, d);
            for (lane, out) in out.iter_mut().enumerate() {
                *out = nearest[lane].assignment();
            }
        },
    );
    out
}

/// The two nearest centres of one row, squared distances.
#[derive(Clone, Copy)]
struct TwoNearest {
    first: (f64, u32),
    second: (f64, u32),
}

impl TwoNearest {
    fn assignment(self) -> Assignment {
        let distance = self.first.0.sqrt();
        let has_second = self.second.0.is_finite();
        let second = self.second.0.sqrt();
        let margin = if second > 0.0 { (second - distance) / second } else { 0.0 };
        Assignment {
            segment: Some(self.first.1),
            second: has_second.then_some(self.second.1),
            margin: has_second.then_some(margin),
            distance,
        }
    }
}

fn two_nearest(block: &[Lane], centres: &[f64], d: usize) -> [TwoNearest; LANES] {
    let none = (f64::INFINITY, 0);
    let mut best = [TwoNearest { first: none, second: none }; LANES];
    for (j, centre) in centres.chunks_exact(d).enumerate() {
        for (best, &distance) in best.iter_mut().zip(&squared(block, centre)) {
            let candidate = (distance, j as u32);
            if distance < best.first.0 {
                best.second = best.first;
                best.first = candidate;
            } else if distance < best.second.0 {
                best.second = candidate;
            }
        }
    }
    best
}
