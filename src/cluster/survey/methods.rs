//! One line for each method, whatever it is.

use ndarray::{Array2, Axis};

use super::SAMPLE;
use crate::cluster::explore::Discovery;
use crate::cluster::quality::adjusted_mutual::adjusted_mutual;
use crate::cluster::quality::adjusted_rand::adjusted_rand;
use crate::cluster::quality::density_based::density_based_validity;
use crate::cluster::quality::silhouette::mean_silhouette;
use crate::cluster::{Auto, Checked, ClusterError, Method};
use crate::fault::Fault;
use crate::matrix::Matrix;
use crate::results::{MethodTried, Verdict};
use crate::seed::Seed;

/// The most customers that all pairs of are looked at one by one.
const SAMPLE_OF_PAIRS: usize = 2_500;

/// Customers that silhouettes are taken of.
pub(super) struct Sample {
    at: Vec<usize>,
    rows: Array2<f64>,
}

pub(super) fn rows_of_sample(n: usize, seed: Seed) -> Vec<usize> {
    seed.rows("survey sample", 0, n, SAMPLE)
}

pub(super) fn sample(matrix: &Matrix, seed: Seed) -> Sample {
    let at = rows_of_sample(matrix.n_rows(), seed);
    Sample { rows: matrix.values().select(Axis(0), &at), at }
}

/// The config keys that give a method.
fn keys(params: &Checked, k: Option<usize>) -> Vec<String> {
    let mut set = vec![format!("segments.method={}", params.method().name())];
    if let Some(k) = k {
        set.push(format!("segments.k={k}"));
    }
    if let Auto::Is(eps) = params.eps() {
        set.push(format!("segments.eps={eps}"));
    }
    if let Auto::Is(min_points) = params.min_points() {
        set.push(format!("segments.min-points={min_points}"));
    }
    set
}

/// The name of the column with a method's labels.
pub(super) fn column(params: &Checked) -> String {
    let name = params.method().name().replace('-', "_");
    match params.eps() {
        Auto::Is(eps) => format!("{name}_eps_{eps}"),
        Auto::Auto => name,
    }
}

/// The line of one method. `own` are the k-means segments.
pub(super) fn tried(
    params: &Checked,
    found: Result<&Discovery, &ClusterError>,
    own: &[Option<u32>],
    sample: &Sample,
) -> MethodTried {
    let method = params.method();
    let found = match found {
        Ok(found) => found,
        Err(error) => return refused(params, error),
    };
    let labels: Vec<Option<u32>> = found.assignments.iter().map(|a| a.segment).collect();
    let k = found.segmentation.n_segments();
    let mut sizes = vec![0usize; k];
    labels.iter().flatten().for_each(|&label| sizes[label as usize] += 1);
    let n = labels.len() as f64;
    let finds_its_own = matches!(method, Method::Dbscan | Method::Hdbscan);
    let stability = found.stability.iter().map(|mean| mean.as_ref().copied());
    MethodTried {
        method: method.name().to_owned(),
        set: keys(params, (!finds_its_own).then_some(k)),
        refused: String::new(),
        segments: k,
        unassigned: labels.iter().filter(|label| label.is_none()).count() as f64 / n,
        smallest: sizes.iter().min().map_or(0.0, |&size| size as f64 / n),
        silhouette: silhouette(&labels, sample),
        density_validity: finds_its_own.then(|| validity(&labels, sample)).flatten(),
        stability: stability
            .min_by(|a, b| a.unwrap_or(-1.0).total_cmp(&b.unwrap_or(-1.0)))
            .flatten(),
        natural: found.verdicts.iter().filter(|&&verdict| verdict == Verdict::Natural).count(),
        trivial: found.trivial.iter().flatten().count(),
        agreement: Some(adjusted_rand(own, &labels)),
        information: Some(adjusted_mutual(own, &labels)),
    }
}

fn refused(params: &Checked, error: &ClusterError) -> MethodTried {
    let hint = error.hint().map_or_else(String::new, |hint| format!(" ({hint})"));
    without(params, format!("{error}{hint}"))
}

/// The line of a method that takes long with so many customers.
pub(super) fn not_tried(params: &Checked, many: usize) -> MethodTried {
    without(params, format!("not tried with more than {many} customers; a run with it is possible"))
}

fn without(params: &Checked, reason: String) -> MethodTried {
    MethodTried {
        method: params.method().name().to_owned(),
        set: keys(params, None),
        refused: reason,
        segments: 0,
        unassigned: 0.0,
        smallest: 0.0,
        silhouette: None,
        density_validity: None,
        stability: None,
        natural: 0,
        trivial: 0,
        agreement: None,
        information: None,
    }
}

/// Density-based validity of the sample, or where that is large of every second customer of
/// it, or third.
fn validity(labels: &[Option<u32>], sample: &Sample) -> Option<f64> {
    let step = sample.at.len().div_ceil(SAMPLE_OF_PAIRS).max(1);
    let chosen: Vec<usize> = (0..sample.at.len()).step_by(step).collect();
    let of: Vec<Option<u32>> = chosen.iter().map(|&i| labels[sample.at[i]]).collect();
    density_based_validity(sample.rows.select(Axis(0), &chosen).view(), &of)
}

/// The mean silhouette of those in the sample who are in a segment.
fn silhouette(labels: &[Option<u32>], sample: &Sample) -> Option<f64> {
    let (mut rows, mut of) = (Vec::new(), Vec::new());
    for (i, &at) in sample.at.iter().enumerate() {
        if let Some(label) = labels[at] {
            rows.push(i);
            of.push(label);
        }
    }
    if of.is_empty() {
        return None;
    }
    mean_silhouette(sample.rows.select(Axis(0), &rows).view(), &of)
}
