//! Lloyd's iterations on packed f32 rows.
//!
//! Each pass labels every row with its nearest centre and changes the sums of the segments
//! by the rows that moved, in whole numbers; the means of the sums are the next centres.
//! Centres are f64 between passes and rounded to f32 within one.

use super::fit::{Best, Found};
use super::lloyd::Partition;
use super::params::KMeansValid;
use crate::cluster::kernel::assign::{Label, assign, finish};
use crate::cluster::kernel::{Centres, Packed, Sums};

/// Where the iterations ended; centres as packed.
struct Run<L> {
    centres: Vec<f64>,
    labels: Vec<L>,
    iterations: usize,
    converged: bool,
}

/// Better centres, as packed; their labels are not kept.
pub(super) fn search(
    packed: &Packed,
    centres: Vec<f64>,
    params: &KMeansValid,
    tolerance: f64,
) -> Found {
    fn narrow<L: Label>(
        packed: &Packed,
        centres: Vec<f64>,
        params: &KMeansValid,
        tolerance: f64,
    ) -> Found {
        let mut run = iterate::<L>(packed, centres, params, tolerance);
        let inertia = finish(packed, &Centres::new(&run.centres, packed.d()), &mut run.labels);
        Found {
            centres: run.centres,
            inertia,
            iterations: run.iterations,
            converged: run.converged,
        }
    }
    match params.k() {
        0..=0x100 => narrow::<u8>(packed, centres, params, tolerance),
        0x101..=0x1_0000 => narrow::<u16>(packed, centres, params, tolerance),
        _ => narrow::<u32>(packed, centres, params, tolerance),
    }
}

/// Iterates from centres as packed; the answer is in the units of the rows as given.
pub(super) fn fit(packed: &Packed, centres: Vec<f64>, params: &KMeansValid) -> Best {
    match params.k() {
        0..=0x100 => fit_as::<u8>(packed, centres, params),
        0x101..=0x1_0000 => fit_as::<u16>(packed, centres, params),
        _ => fit_as::<u32>(packed, centres, params),
    }
}

fn fit_as<L: Label>(packed: &Packed, centres: Vec<f64>, params: &KMeansValid) -> Best {
    let mut run = iterate::<L>(packed, centres, params, params.tolerance());
    let rounded = Centres::new(&run.centres, packed.d());
    let inertia = finish(packed, &rounded, &mut run.labels);
    let labels: Vec<u32> = run.labels.iter().map(|label| label.index() as u32).collect();
    Best {
        partition: Partition {
            sizes: sizes(packed, &labels, params.k()),
            centres: packed.unpack(&run.centres),
            labels,
            inertia: inertia / packed.scale() / packed.scale(),
        },
        iterations: run.iterations,
        converged: run.converged,
        found_again: false,
        restarts: 1,
    }
}

fn sizes(packed: &Packed, labels: &[u32], k: usize) -> Vec<f64> {
    match packed.weights() {
        None => {
            let mut sizes = vec![0usize; k];
            for &label in labels {
                sizes[label as usize] += 1;
            }
            sizes.into_iter().map(|size| size as f64).collect()
        }
        Some(weights) => {
            let mut sizes = vec![0.0; k];
            for (&label, weight) in labels.iter().zip(weights) {
                sizes[label as usize] += weight;
            }
            sizes
        }
    }
}

fn iterate<L: Label>(
    packed: &Packed,
    mut centres: Vec<f64>,
    params: &KMeansValid,
    tolerance: f64,
) -> Run<L> {
    let (k, d) = (params.k(), packed.d());
    let (grid, weighted) = (packed.grid(), packed.weights().is_some());
    let limit = if tolerance > 0.0 { tolerance * packed.mean_variance() } else { 0.0 };
    let mut labels = vec![L::default(); packed.n()];
    let mut sums = Sums::empty(k, grid);
    for iteration in 1..=params.max_iterations() {
        let rounded = Centres::new(&centres, d);
        let change = assign(packed, &rounded, &mut labels, iteration == 1);
        sums.add(&change);
        let empty: Vec<usize> = (0..k).filter(|&j| sums.is_empty(j)).collect();
        if change.changed == 0 && empty.is_empty() {
            return Run { centres, labels, iterations: iteration, converged: true };
        }
        let next = if empty.is_empty() {
            sums.means(grid, weighted, d, &centres)
        } else {
            let mut moved = sums.clone();
            let any = relocate(packed, &centres, &labels, &empty, &mut moved);
            if !any && change.changed == 0 {
                return Run { centres, labels, iterations: iteration, converged: false };
            }
            moved.means(grid, weighted, d, &centres)
        };
        let shift = crate::cluster::kernel::squared_distance(&next, &centres);
        centres = next;
        if shift <= limit && empty.is_empty() {
            return Run { centres, labels, iterations: iteration, converged: true };
        }
    }
    Run { centres, labels, iterations: params.max_iterations(), converged: false }
}

/// Gives each empty segment, lowest first, the row that lies farthest from its centre
/// (ties: the lowest), as scikit-learn does; says whether there was any.
fn relocate<L: Label>(
    packed: &Packed,
    centres: &[f64],
    labels: &[L],
    empty: &[usize],
    sums: &mut Sums,
) -> bool {
    let d = packed.d();
    let mut far: Vec<(f64, usize)> = (0..packed.n())
        .filter(|&row| packed.weight(row) > 0.0)
        .map(|row| {
            let centre = &centres[labels[row].index() * d..][..d];
            let distance = (0..d)
                .map(|t| {
                    let difference = f64::from(packed.value(row, t)) - centre[t];
                    difference * difference
                })
                .sum::<f64>();
            (distance, row)
        })
        .filter(|(distance, _)| *distance > 0.0)
        .collect();
    let order = |a: &(f64, usize), b: &(f64, usize)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    if far.len() > empty.len() {
        far.select_nth_unstable_by(empty.len(), order);
        far.truncate(empty.len());
    }
    far.sort_unstable_by(order);
    for (&segment, &(_, row)) in empty.iter().zip(&far) {
        sums.relocate(packed, row, labels[row].index(), segment);
    }
    !far.is_empty()
}
