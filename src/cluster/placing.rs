//! What models and centres say of a customer, as an [`Assignment`].

use rayon::prelude::*;

use super::Assignment;
use super::gmm::Membership;
use super::kernel::{CHUNK, LANES, TwoNearest, two_nearest};
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

/// The two nearest centres of every row of `d` numbers; both are row-major.
pub(super) fn assign_to_centres(rows: &[f64], d: usize, centres: &[f64]) -> Vec<Assignment> {
    let mut out = vec![Assignment::NOWHERE; rows.len() / d];
    out.par_chunks_mut(CHUNK).zip(rows.par_chunks(CHUNK * d)).for_each(|(out, rows)| {
        // Sixteen rows at a time change places with their columns: there is no second copy
        // of all of them.
        let mut block = vec![[0.0; LANES]; d];
        for (out, rows) in out.chunks_mut(LANES).zip(rows.chunks(LANES * d)) {
            for (lane, row) in rows.chunks_exact(d).enumerate() {
                for (dimension, &x) in block.iter_mut().zip(row) {
                    dimension[lane] = x;
                }
            }
            let nearest = two_nearest(&block, centres, d);
            for (lane, out) in out.iter_mut().enumerate() {
                *out = assignment(&nearest, lane);
            }
        }
    });
    out
}

fn assignment(nearest: &TwoNearest, lane: usize) -> Assignment {
    let distance = nearest.first[lane].sqrt();
    let has_second = nearest.second[lane].is_finite();
    let second = nearest.second[lane].sqrt();
    let margin = if second > 0.0 { (second - distance) / second } else { 0.0 };
    Assignment {
        segment: Some(nearest.first_at[lane] as u32),
        second: has_second.then_some(nearest.second_at[lane] as u32),
        margin: has_second.then_some(margin),
        distance,
    }
}
