//! Batch iterations, restarts on a sample, and the finish on all rows.

use rand::Rng;
use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::KPrototypesValid;
use super::prototypes::{Blocks, LANES, Prototypes, dissimilarity};
use crate::cluster::lot::in_proportion;
use crate::cluster::variables::{Rows, Variables};
use crate::seed::Stream;

/// Rows per chunk: the unit of parallel work and of sums.
const CHUNK: usize = 4096;
/// Two costs closer than this share of each other are the same solution.
const SAME: f64 = 1e-4;
/// Customers times variables times segments up to which a restart costs next to nothing:
/// then there are at least 32, because a poor optimum can be found twice as well.
const CHEAP: usize = 500_000;

/// Prototypes and what belongs to exactly these prototypes.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) prototypes: Prototypes,
    pub(super) labels: Vec<u32>,
    pub(super) sizes: Vec<usize>,
    pub(super) cost: f64,
    pub(super) iterations: usize,
    pub(super) converged: bool,
    /// The cost before each update, for the test that it never rises.
    #[cfg_attr(not(test), expect(dead_code, reason = "kept for the test"))]
    pub(super) history: Vec<f64>,
}

/// The best of all restarts, whether it was found twice, and how many there were.
pub(super) fn fit(
    variables: &Variables,
    rows: &Rows,
    gamma: f64,
    params: &KPrototypesValid,
) -> (Run, bool, usize) {
    let (p, q) = (variables.n_numbers(), variables.n_categories());
    let all = Blocks::new(rows, p, q);
    if rows.n <= 2 * params.sample() {
        return restart(variables, &all, gamma, params);
    }
    let mut order: Vec<usize> = (0..rows.n).collect();
    order.shuffle(&mut params.seed().stream("k-prototypes sample", 0));
    order.truncate(params.sample());
    order.sort_unstable();
    let of = |row: usize, width: usize| row * width..(row + 1) * width;
    let few = Rows {
        n: order.len(),
        numbers: order.iter().flat_map(|&row| rows.numbers[of(row, p)].to_vec()).collect(),
        codes: order.iter().flat_map(|&row| rows.codes[of(row, q)].to_vec()).collect(),
    };
    let (best, again, restarts) = restart(variables, &Blocks::new(&few, p, q), gamma, params);
    (iterate(&all, best.prototypes, params.max_iterations()), again, restarts)
}

fn restart(
    variables: &Variables,
    blocks: &Blocks,
    gamma: f64,
    params: &KPrototypesValid,
) -> (Run, bool, usize) {
    let start = |index: usize| {
        let mut rng = params.seed().stream("k-prototypes restart", index as u64);
        let prototypes = greedy(variables, blocks, gamma, params.k(), &mut rng);
        iterate(blocks, prototypes, params.max_iterations())
    };
    let mut best = start(0);
    if params.k() == 1 {
        return (best, true, 1);
    }
    let least = if blocks.n * (blocks.p + blocks.q) * params.k() <= CHEAP { 32 } else { 2 };
    let (mut found, mut restarts) = (1, 1);
    while (found < 2 || restarts < least) && restarts < params.max_restarts() {
        let next = start(restarts);
        restarts += 1;
        if (next.cost - best.cost).abs() <= SAME * best.cost.max(next.cost) {
            found += 1;
        } else if next.cost < best.cost {
            found = 1;
        }
        if next.cost < best.cost {
            best = next;
        }
    }
    (best, found > 1, restarts)
}

/// Greedy k-means++ in the dissimilarity: each next prototype is the best of
/// `2 + floor(ln k)` rows drawn in proportion to their dissimilarity.
fn greedy(
    variables: &Variables,
    blocks: &Blocks,
    gamma: f64,
    k: usize,
    rng: &mut Stream,
) -> Prototypes {
    let trials = 2 + libm::log(k as f64) as usize;
    let mut rows = vec![rng.gen_range(0..blocks.n)];
    let mut closest = to_row(blocks, rows[0], gamma);
    while rows.len() < k {
        let mut best: Option<(f64, usize, Vec<f64>)> = None;
        for _ in 0..trials {
            let row = in_proportion(&closest, rng);
            let mut distances = to_row(blocks, row, gamma);
            distances.iter_mut().zip(&closest).for_each(|(d, now)| *d = d.min(*now));
            let total: f64 = distances.iter().sum();
            if best.as_ref().is_none_or(|(lowest, ..)| total < *lowest) {
                best = Some((total, row, distances));
            }
        }
        // There is at least one trial.
        let Some((_, row, distances)) = best else { break };
        rows.push(row);
        closest = distances;
    }
    let (means, modes) = (
        rows.iter().flat_map(|&row| (0..blocks.p).map(move |c| blocks.number(row, c))).collect(),
        rows.iter().flat_map(|&row| (0..blocks.q).map(move |c| blocks.code(row, c))).collect(),
    );
    Prototypes { variables: variables.clone(), gamma, k, means, modes }
}

fn to_row(blocks: &Blocks, row: usize, gamma: f64) -> Vec<f64> {
    let (p, q) = (blocks.p, blocks.q);
    let means: Vec<f64> = (0..p).map(|c| blocks.number(row, c)).collect();
    let modes: Vec<u16> = (0..q).map(|c| blocks.code(row, c)).collect();
    let mut out = vec![0.0; blocks.n];
    for (b, out) in out.chunks_mut(LANES).enumerate() {
        let (numbers, codes) = (&blocks.numbers[b * p..][..p], &blocks.codes[b * q..][..q]);
        let all = dissimilarity(numbers, codes, &means, &modes, gamma);
        out.copy_from_slice(&all[..out.len()]);
    }
    out
}

/// What one pass over all rows yields; chunk results are added in order.
#[derive(Clone)]
struct Pass {
    sums: Vec<f64>,
    /// Per prototype and category how often each level occurs.
    counts: Vec<u64>,
    sizes: Vec<usize>,
    cost: f64,
    changed: usize,
}

/// Where the counts of each category begin, and how many there are.
fn layout(levels: &[usize]) -> (Vec<usize>, usize) {
    let mut starts = Vec::with_capacity(levels.len());
    let mut at = 0;
    for levels in levels {
        starts.push(at);
        at += levels;
    }
    (starts, at)
}

fn assign(blocks: &Blocks, prototypes: &Prototypes, labels: &mut [u32]) -> Pass {
    let (p, q, k) = (blocks.p, blocks.q, prototypes.k);
    let levels = prototypes.variables.levels();
    let (starts, width) = layout(&levels);
    let empty = Pass {
        sums: vec![0.0; k * p],
        counts: vec![0; k * width],
        sizes: vec![0; k],
        cost: 0.0,
        changed: 0,
    };
    let chunks: Vec<Pass> = labels
        .par_chunks_mut(CHUNK)
        .enumerate()
        .map(|(chunk, labels)| {
            let mut pass = empty.clone();
            for (at, labels) in labels.chunks_mut(LANES).enumerate() {
                let b = chunk * (CHUNK / LANES) + at;
                let (numbers, codes) = (&blocks.numbers[b * p..][..p], &blocks.codes[b * q..][..q]);
                let (best, index) = nearest(numbers, codes, prototypes);
                for (lane, label) in labels.iter_mut().enumerate() {
                    let j = index[lane] as usize;
                    pass.changed += usize::from(*label as usize != j);
                    *label = j as u32;
                    pass.sizes[j] += 1;
                    pass.cost += best[lane];
                    for (sum, x) in pass.sums[j * p..(j + 1) * p].iter_mut().zip(numbers) {
                        *sum += x[lane];
                    }
                    let counts = &mut pass.counts[j * width..(j + 1) * width];
                    for (code, (start, levels)) in codes.iter().zip(starts.iter().zip(&levels)) {
                        let code = usize::from(code[lane]);
                        if code < *levels {
                            counts[start + code] += 1;
                        }
                    }
                }
            }
            pass
        })
        .collect();
    let mut total = empty;
    for chunk in &chunks {
        total.sums.iter_mut().zip(&chunk.sums).for_each(|(to, from)| *to += from);
        total.counts.iter_mut().zip(&chunk.counts).for_each(|(to, from)| *to += from);
        total.sizes.iter_mut().zip(&chunk.sizes).for_each(|(to, from)| *to += from);
        total.cost += chunk.cost;
        total.changed += chunk.changed;
    }
    total
}

/// The nearest prototype of sixteen rows; ties go to the lowest. The index is carried as
/// f64 so that the selection stays in one vector width.
#[inline]
fn nearest(
    numbers: &[[f64; LANES]],
    codes: &[[u16; LANES]],
    prototypes: &Prototypes,
) -> ([f64; LANES], [f64; LANES]) {
    let mut best = [f64::INFINITY; LANES];
    let mut index = [0.0; LANES];
    for j in 0..prototypes.k {
        let (means, modes) = prototypes.prototype(j);
        let all = dissimilarity(numbers, codes, means, modes, prototypes.gamma);
        for ((best, index), value) in best.iter_mut().zip(&mut index).zip(all) {
            let closer = value < *best;
            *best = if closer { value } else { *best };
            *index = if closer { j as f64 } else { *index };
        }
    }
    (best, index)
}

/// Iterates from given prototypes until no customer changes its segment.
pub(super) fn iterate(blocks: &Blocks, mut prototypes: Prototypes, limit: usize) -> Run {
    let mut labels = vec![u32::MAX; blocks.n];
    let mut history = Vec::new();
    let mut pass = assign(blocks, &prototypes, &mut labels);
    let mut converged = false;
    let mut iterations = 0;
    while iterations < limit && !converged {
        iterations += 1;
        history.push(pass.cost);
        update(blocks, &mut prototypes, &mut pass, &labels);
        pass = assign(blocks, &prototypes, &mut labels);
        converged = pass.changed == 0 && pass.sizes.iter().all(|size| *size > 0);
    }
    Run { prototypes, labels, sizes: pass.sizes, cost: pass.cost, iterations, converged, history }
}

/// Means of the numbers, most frequent levels (ties: the lowest); an empty segment moves to
/// the row farthest from its prototype.
fn update(blocks: &Blocks, prototypes: &mut Prototypes, pass: &mut Pass, labels: &[u32]) {
    let (p, q) = (blocks.p, blocks.q);
    let levels = prototypes.variables.levels();
    let (starts, width) = layout(&levels);
    let empty: Vec<usize> = (0..prototypes.k).filter(|&j| pass.sizes[j] == 0).collect();
    if !empty.is_empty() {
        relocate(blocks, prototypes, pass, labels, &empty, (&starts, &levels, width));
    }
    for j in (0..prototypes.k).filter(|&j| pass.sizes[j] > 0) {
        let size = pass.sizes[j] as f64;
        for c in 0..p {
            prototypes.means[j * p + c] = pass.sums[j * p + c] / size;
        }
        for c in 0..q {
            let counts = &pass.counts[j * width + starts[c]..][..levels[c]];
            let mut mode = 0;
            for (level, count) in counts.iter().enumerate() {
                if *count > counts[mode] {
                    mode = level;
                }
            }
            prototypes.modes[j * q + c] = mode as u16;
        }
    }
}

fn relocate(
    blocks: &Blocks,
    prototypes: &Prototypes,
    pass: &mut Pass,
    labels: &[u32],
    empty: &[usize],
    (starts, levels, width): (&[usize], &[usize], usize),
) {
    let (p, q) = (blocks.p, blocks.q);
    let mut far: Vec<(f64, usize)> = (0..blocks.n)
        .map(|row| {
            let (means, modes) = prototypes.prototype(labels[row] as usize);
            let b = row / LANES;
            let (numbers, codes) = (&blocks.numbers[b * p..][..p], &blocks.codes[b * q..][..q]);
            (dissimilarity(numbers, codes, means, modes, prototypes.gamma)[row % LANES], row)
        })
        .filter(|(value, _)| *value > 0.0)
        .collect();
    far.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut far = far.into_iter();
    for &j in empty {
        // A segment of one that gave its row away would be empty itself.
        let Some((_, row)) = far.find(|(_, row)| pass.sizes[labels[*row] as usize] > 1) else {
            return;
        };
        let donor = labels[row] as usize;
        pass.sizes[donor] -= 1;
        pass.sizes[j] = 1;
        for c in 0..p {
            pass.sums[donor * p + c] -= blocks.number(row, c);
            pass.sums[j * p + c] = blocks.number(row, c);
        }
        for c in 0..q {
            let code = usize::from(blocks.code(row, c));
            if code < levels[c] {
                pass.counts[donor * width + starts[c] + code] -= 1;
                pass.counts[j * width + starts[c] + code] = 1;
            }
        }
    }
}
