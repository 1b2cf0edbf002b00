//! The inertia of labels that are known: one distance per row instead of k.

use rayon::prelude::*;

use super::LANES;
use super::assign::Label;
use super::packed::{Packed, Part};
use super::path::{Work, on};
use super::tile::Centres;
use super::vector::Vector;

/// The weighted sum of the squared distances of the rows to the centres of their labels; the
/// bits of [`Pass::inertia`](super::assign::Pass::inertia) where these are the nearest.
pub(crate) fn inertia<L: Label>(packed: &Packed, centres: &Centres, labels: &mut [L]) -> f64 {
    let rows = centres.rows();
    let weights = packed.weights();
    let mut parts = packed.parts(labels);
    parts.par_iter_mut().for_each(|part| {
        let weights = weights.map(|weights| &weights[part.first..]);
        on(packed.path, Own { part, centres: &rows, d: centres.d(), weights });
    });
    parts.iter().map(|part| part.sum).sum()
}

struct Own<'a, 'p, L> {
    part: &'a mut Part<'p, L>,
    /// Row by row.
    centres: &'a [f32],
    d: usize,
    weights: Option<&'a [f64]>,
}

impl<L: Label> Work for Own<'_, '_, L> {
    type Out = ();

    #[inline(always)]
    fn run<V: Vector>(self, v: V) {
        let d = self.d;
        let mut sums = [0.0; LANES];
        for block in 0..self.part.n_blocks() {
            let from = block * LANES;
            let n = (self.part.rows.len() - from).min(LANES);
            let mut own = [&self.centres[..d]; LANES];
            for (own, label) in own.iter_mut().zip(&self.part.rows[from..from + n]) {
                *own = &self.centres[label.index() * d..(label.index() + 1) * d];
            }
            let mut squares = v.splat(0.0);
            for (t, x) in self.part.lanes[block * d..(block + 1) * d].iter().enumerate() {
                let mut centre = [0.0; LANES];
                for (centre, own) in centre.iter_mut().zip(&own) {
                    *centre = own[t];
                }
                let difference = v.sub(v.load(x), v.load(&centre));
                squares = v.fma(difference, difference, squares);
            }
            let mut best = [0.0; LANES];
            v.store(squares, &mut best);
            for lane in 0..n {
                let weight = self.weights.map_or(1.0, |weights| weights[from + lane]);
                sums[lane] += f64::from(best[lane]) * weight;
            }
        }
        self.part.sum = sums.iter().sum();
    }
}
