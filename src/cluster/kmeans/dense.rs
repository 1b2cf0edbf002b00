//! Lloyd's iterations on packed f32 rows.
//!
//! Each pass labels every row with its nearest centre and changes the sums of the segments
//! by the rows that moved, in whole numbers; the means of the sums are the next centres.
//! Centres are f64 between passes and rounded to f32 within one.

use rayon::prelude::*;

use super::fit::Best;
use super::lloyd::Partition;
use super::params::KMeansValid;
use super::space::Found;
use crate::cluster::kernel::assign::{Label, assign};
use crate::cluster::kernel::bounds::Bounds;
use crate::cluster::kernel::inertia::inertia;
use crate::cluster::kernel::relabel::{pays, relabel};
use crate::cluster::kernel::{Centres, Packed, Sums, squared_distance};

/// Bounds are kept once fewer than one row in so many changes its label: before, hardly a
/// row is certain to stay, and telling so costs a sixth of a pass.
const FEW: usize = 50;
/// Passes over all rows after bounds that saved less than a quarter of a pass.
const PAUSE: usize = 4;

/// Where the iterations ended: centres as packed, and what belongs to exactly these.
struct Run<L> {
    centres: Vec<f64>,
    labels: Vec<L>,
    sizes: Vec<f64>,
    inertia: f64,
    iterations: usize,
    converged: bool,
}

/// Does `$with::<L>` with the narrowest label that k allows.
macro_rules! by_width {
    ($k:expr, $with:ident, $($argument:expr),*) => {
        match $k {
            0..=0x100 => $with::<u8>($($argument),*),
            _ => $with::<u32>($($argument),*),
        }
    };
}

/// Better centres, as packed; their labels are not kept. Ends where at most `few` rows
/// change, too.
pub(super) fn search(
    packed: &Packed,
    centres: Vec<f64>,
    params: &KMeansValid,
    tolerance: f64,
    few: usize,
) -> Found {
    fn narrow<L: Label>(
        packed: &Packed,
        centres: Vec<f64>,
        params: &KMeansValid,
        tolerance: f64,
        few: usize,
    ) -> Found {
        let run = iterate::<L>(packed, centres, params, tolerance, few);
        Found { centres: run.centres, inertia: run.inertia, iterations: run.iterations }
    }
    by_width!(params.k(), narrow, packed, centres, params, tolerance, few)
}

/// Iterates from centres as packed; the answer is in the units of the rows as given.
pub(super) fn fit(packed: &Packed, centres: Vec<f64>, params: &KMeansValid) -> Best {
    fn narrow<L: Label>(packed: &Packed, centres: Vec<f64>, params: &KMeansValid) -> Best {
        let run = iterate::<L>(packed, centres, params, params.tolerance(), 0);
        Best {
            partition: Partition {
                centres: packed.unpack(&run.centres),
                labels: run.labels.par_iter().map(|label| label.index() as u32).collect(),
                sizes: run.sizes,
                inertia: run.inertia / packed.scale() / packed.scale(),
            },
            iterations: run.iterations,
            converged: run.converged,
            found_again: false,
            restarts: 1,
        }
    }
    by_width!(params.k(), narrow, packed, centres, params)
}

/// Labels all rows so many times from the same centres, as packed, without bounds; their
/// inertia.
pub(super) fn passes(packed: &Packed, centres: &[f64], passes: usize) -> f64 {
    fn narrow<L: Label>(packed: &Packed, centres: &[f64], passes: usize) -> f64 {
        let mut labels = vec![L::default(); packed.n()];
        let mut all = Passes::new(packed, Centres::new(centres, packed.d()));
        // No pass is the one after which bounds are due.
        all.wait = usize::MAX;
        let mut sums = Sums::empty(all.centres.k(), packed.grid());
        for _ in 0..passes {
            sums.add(&all.next(&mut labels));
        }
        all.last(&mut labels, &mut sums)
    }
    by_width!(centres.len() / packed.d(), narrow, packed, centres, passes)
}

fn iterate<L: Label>(
    packed: &Packed,
    mut centres: Vec<f64>,
    params: &KMeansValid,
    tolerance: f64,
    few: usize,
) -> Run<L> {
    let (k, d) = (params.k(), packed.d());
    let (grid, weighted) = (packed.grid(), packed.weights().is_some());
    let limit = if tolerance > 0.0 { tolerance * packed.mean_variance() } else { 0.0 };
    let mut labels = vec![L::default(); packed.n()];
    let mut sums = Sums::empty(k, grid);
    let mut passes = Passes::new(packed, Centres::new(&centres, d));
    let (mut iterations, mut converged) = (0, false);
    while iterations < params.max_iterations() && !converged {
        let change = passes.next(&mut labels);
        sums.add(&change);
        iterations += 1;
        let empty: Vec<usize> = (0..k).filter(|&j| sums.is_empty(j)).collect();
        let mut moved = None;
        if !empty.is_empty() {
            let mut with = sums.clone();
            moved = relocate(packed, &centres, &labels, &empty, &mut with).then_some(with);
        }
        if change.changed <= few && moved.is_none() {
            converged = empty.is_empty();
            break;
        }
        let next = moved.as_ref().unwrap_or(&sums).means(grid, weighted, d, &centres);
        let shift = squared_distance(&next, &centres);
        centres = next;
        passes.move_to(Centres::new(&centres, d));
        converged = shift <= limit && empty.is_empty();
    }
    let inertia = passes.last(&mut labels, &mut sums);
    let sizes = sums.sizes(grid, weighted);
    Run { centres, labels, sizes, inertia, iterations, converged }
}

/// The passes of one run: over all rows, and once few labels change without those that cannot
/// have changed.
struct Passes<'a> {
    packed: &'a Packed,
    centres: Centres,
    is_started: bool,
    /// Whether the labels are those of the centres as they are.
    is_labelled: bool,
    /// That of the centres as they are, where a pass over all rows has told it.
    inertia: Option<f64>,
    bounds: Option<Bounds>,
    /// Whether the next pass is to begin with bounds.
    is_due: bool,
    /// Passes over all rows before bounds are tried again.
    wait: usize,
}

impl<'a> Passes<'a> {
    fn new(packed: &'a Packed, centres: Centres) -> Self {
        let (is_started, is_labelled, is_due) = (false, false, false);
        let (inertia, bounds, wait) = (None, None, 0);
        Self { packed, centres, is_started, is_labelled, inertia, bounds, is_due, wait }
    }

    /// Labels every row with its nearest centre; says what that changes in the sums.
    fn next<L: Label>(&mut self, labels: &mut [L]) -> Sums {
        self.is_labelled = true;
        if std::mem::take(&mut self.is_due) {
            self.bounds = Some(Bounds::new(self.packed));
        }
        let Some(bounds) = &mut self.bounds else {
            let first = !std::mem::replace(&mut self.is_started, true);
            let change = if pays(self.centres.k()) {
                relabel(self.packed, &self.centres, labels, first, None)
            } else {
                let pass = assign(self.packed, &self.centres, labels, first);
                self.inertia = Some(pass.inertia);
                pass.change
            };
            self.wait = self.wait.saturating_sub(1);
            self.is_due = self.wait == 0 && change.changed * FEW < self.packed.n();
            return change;
        };
        let is_new = bounds.is_new();
        let change = relabel(self.packed, &self.centres, labels, false, Some(bounds));
        if !is_new && bounds.looked * 4 > self.packed.n() * 3 {
            (self.bounds, self.wait) = (None, PAUSE);
        }
        change
    }

    fn move_to(&mut self, centres: Centres) {
        if let Some(bounds) = &mut self.bounds {
            bounds.moved(&self.centres, &centres);
        }
        (self.centres, self.is_labelled, self.inertia) = (centres, false, None);
    }

    /// The inertia of the centres as they are, with the labels that belong to them.
    fn last<L: Label>(&mut self, labels: &mut [L], sums: &mut Sums) -> f64 {
        if !self.is_labelled {
            // There is no later pass for which bounds would be kept.
            self.is_due = false;
            sums.add(&self.next(labels));
        }
        self.inertia.unwrap_or_else(|| inertia(self.packed, &self.centres, labels))
    }
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
        .into_par_iter()
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
