//! Is there a gap around a segment? The evidence for the word natural.
//!
//! One half of the customers teaches the preparation and the segments anew; the other
//! half is asked whether there are fewer of them between two neighbouring segments than
//! inside both. For each pair of neighbours with centres a and b the customers held out
//! in the region
//!
//! `R = { x : |x - p(c)| <= |x - c| for every other centre c }`, with `p(c)` the point
//! of the line from a to b that is nearest to c,
//!
//! are projected on that line, and the dip test asks whether they have one mode. R is
//! an intersection of half-spaces that holds the whole line, so it is convex; and the
//! projection of a log-concave density, restricted to a convex set, has one mode
//! (Prékopa 1973). So on one uniform, Gaussian or exponential cloud, in any number of
//! dimensions and cut into any number of segments, the test keeps its level; taking the
//! customers of the two segments alone would not, because their union is not convex and
//! narrows where they touch. Neighbours are pairs with no other centre in the ball on
//! the line between them (Gabriel & Sokal 1969).
//!
//! A segment is surrounded by a gap where all its pairs are rejected at 1 %, after Holm
//! over all pairs of the partition. It is natural where, besides, it is found again in
//! repeated fits.
//!
//! Tied values (counts, survey items, levels) are spread at random over the interval
//! that belongs to them, halfway to the neighbouring values: a grid is no gap. Where a
//! column of many values has one that a twentieth of the customers share (nothing bought,
//! a value put in for missing ones), that value beside the others is a gap which says
//! nothing of groups, and nothing is called surrounded.
//!
//! Limits: what a column with a large scale hides is not found; with few customers, or
//! beside columns with such a value, a real gap is not shown. Cost: `O(k^3 m d)` with m
//! customers held out, at most 5,000.
//!
//! # References
//!
//! - Hartigan & Hartigan 1985, The dip test of unimodality, Annals of Statistics 13(1).
//! - Prékopa 1973, On logarithmic concave measures and functions, Acta Sci. Math. 34.
//! - Gabriel & Sokal 1969, A new statistical approach to geographic variation analysis,
//!   Systematic Zoology 18(3).
//! - Dolnicar & Leisch 2010, Marketing Letters 21: natural, reproducible, constructed.

use linfa::ParamGuard;
use rand::Rng;
use rayon::prelude::*;

use super::ClusterError;
use super::kernel::Points;
use super::kmeans::{KMeansParams, finish, n_distinct_up_to, pack, search_points};
use super::stability::{Part, Prepare, REPRODUCIBLE, Refit, SIZE};
use crate::matrix::Matrix;
use crate::seed::Seed;
use crate::stats::{dip, dip_p_value, holm};

/// The chance that any pair of one partition is wrongly said to have a gap.
const LEVEL: f64 = 0.01;
/// Fewer customers between two centres tell nothing.
const FEWEST: usize = 10;
/// A value that this share of the customers have stands out, in a column of at least so
/// many different values.
const SHARED: f64 = 0.05;
const MANY_VALUES: usize = 20;
/// A column is tied where fewer than this share of its values differ from each other.
const DISTINCT: f64 = 0.5;

/// For each k-means partition, given as k and the label of every customer, which of its
/// segments a gap surrounds. None of them where there are too few customers, or where
/// one half of them cannot be prepared alone.
///
/// # Errors
///
/// Parameters of k-means out of range.
pub(crate) fn of_kmeans(
    prepare: &Prepare<'_>,
    published: &[(usize, &[u32])],
    n: usize,
    seed: Seed,
) -> Result<Vec<Vec<bool>>, ClusterError> {
    let none = || published.iter().map(|(k, _)| vec![false; *k]).collect();
    let Some((learn, ask)) = halves(n, seed) else { return Ok(none()) };
    let Ok((learnt, asked)) = prepare(&learn, &ask) else { return Ok(none()) };
    if has_shared_value(&asked) {
        return Ok(none());
    }
    let spread = spread_ties(&asked, seed);
    let (points, asked) = (Points::new(&learnt), Points::new(&asked));
    let packed = pack(&points);
    published
        .par_iter()
        .map(|&(k, labels)| {
            if k < 2 || n_distinct_up_to(&points, k) < k {
                return Ok(vec![false; k]);
            }
            let params = KMeansParams::new(k).seed(seed).check()?;
            let centres = search_points(&points, &packed, &params).centres;
            let found = finish(&asked, centres.clone(), k);
            let theirs: Vec<Option<u32>> = found.labels.into_iter().map(Some).collect();
            let ours: Vec<Option<u32>> = ask.iter().map(|&row| Some(labels[row])).collect();
            Ok(surrounded(&ours, k, &centres, &theirs, &spread))
        })
        .collect()
}

/// As [`of_kmeans`], for partitions by any method that makes k segments: their centres are
/// the means of the customers that the refit puts into them.
pub(crate) fn of_refits(
    prepare: &Prepare<'_>,
    published: &[(usize, &[u32])],
    n: usize,
    seed: Seed,
    refit: &Refit<'_>,
) -> Vec<Vec<bool>> {
    let none = || published.iter().map(|(k, _)| vec![false; *k]).collect();
    let Some((learn, ask)) = halves(n, seed) else { return none() };
    let Ok((learnt, asked)) = prepare(&learn, &ask) else { return none() };
    if has_shared_value(&asked) {
        return none();
    }
    let spread = spread_ties(&asked, seed);
    let inside = Part { rows: &learn, matrix: &learnt };
    let outside = Part { rows: &ask, matrix: &asked };
    published
        .par_iter()
        .map(|&(k, labels)| {
            let own = (k > 1).then(|| refit(k, seed, inside, inside)).flatten();
            let theirs = (k > 1).then(|| refit(k, seed, inside, outside)).flatten();
            let (Some(own), Some(theirs)) = (own, theirs) else { return vec![false; k] };
            let centres = means(&learnt, &own, k);
            let theirs: Vec<Option<u32>> = theirs.into_iter().map(Some).collect();
            let ours: Vec<Option<u32>> = ask.iter().map(|&row| Some(labels[row])).collect();
            surrounded(&ours, k, &centres, &theirs, &spread)
        })
        .collect()
}

/// The mean of the rows of each label, row-major.
pub(super) fn means(matrix: &Matrix, labels: &[u32], k: usize) -> Vec<f64> {
    let d = matrix.n_columns();
    let (mut sums, mut sizes) = (vec![0.0; k * d], vec![0.0; k]);
    for (row, &label) in matrix.values().rows().into_iter().zip(labels) {
        let j = label as usize;
        sizes[j] += 1.0;
        sums[j * d..(j + 1) * d].iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    }
    for (sums, size) in sums.chunks_exact_mut(d).zip(sizes) {
        for sum in sums {
            *sum /= f64::max(size, 1.0);
        }
    }
    sums
}

/// Two halves of a random sample: the rows to learn from and those to ask.
fn halves(n: usize, seed: Seed) -> Option<(Vec<usize>, Vec<usize>)> {
    let half = (n / 2).min(SIZE);
    if half < FEWEST {
        return None;
    }
    let mut rng = seed.stream("gap halves", 0);
    let mut learn = rand::seq::index::sample(&mut rng, n, 2 * half).into_vec();
    let mut ask = learn.split_off(half);
    learn.sort_unstable();
    ask.sort_unstable();
    Some((learn, ask))
}

/// Which of the published segments a gap surrounds. `published` are the labels of the
/// customers held out, `learnt` the centres of the segments learnt on the others,
/// row-major, and `labels` where these put the customers held out.
fn surrounded(
    published: &[Option<u32>],
    k: usize,
    learnt: &[f64],
    labels: &[Option<u32>],
    held_out: &Matrix,
) -> Vec<bool> {
    let d = held_out.n_columns();
    let gaps = surrounded_centres(learnt, d, held_out);
    (0..k as u32)
        .map(|j| {
            counterpart(published, j, labels, gaps.len())
                .is_some_and(|(other, overlap)| overlap >= REPRODUCIBLE && gaps[other])
        })
        .collect()
}

/// The segment of another partition that a published one overlaps most, and its Jaccard
/// similarity.
fn counterpart(
    published: &[Option<u32>],
    j: u32,
    other: &[Option<u32>],
    k: usize,
) -> Option<(usize, f64)> {
    let mut both = vec![0usize; k];
    let mut sizes = vec![0usize; k];
    let mut own = 0;
    for (a, b) in published.iter().zip(other) {
        let mine = *a == Some(j);
        own += usize::from(mine);
        if let Some(b) = *b {
            sizes[b as usize] += 1;
            both[b as usize] += usize::from(mine);
        }
    }
    (0..k)
        .map(|b| (b, both[b] as f64 / (own + sizes[b] - both[b]).max(1) as f64))
        .max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.cmp(&x.0)))
}

/// Which centres, row-major of width `d`, have a gap to each of their neighbours.
fn surrounded_centres(centres: &[f64], d: usize, held_out: &Matrix) -> Vec<bool> {
    let centres: Vec<&[f64]> = centres.chunks_exact(d).collect();
    let k = centres.len();
    let pairs: Vec<(usize, usize)> = (0..k)
        .flat_map(|a| (a + 1..k).map(move |b| (a, b)))
        .filter(|&(a, b)| neighbours(&centres, a, b))
        .collect();
    let chances: Vec<f64> =
        pairs.par_iter().map(|&(a, b)| one_mode(&centres, a, b, held_out)).collect();
    let mut out = vec![k > 1; k];
    for (&(a, b), rejected) in pairs.iter().zip(rejected(&chances)) {
        out[a] &= rejected;
        out[b] &= rejected;
    }
    out
}

/// Whether no other centre lies in the ball whose diameter is the line from a to b.
fn neighbours(centres: &[&[f64]], a: usize, b: usize) -> bool {
    let between = |c: usize| {
        let (from, to, at) = (centres[a], centres[b], centres[c]);
        from.iter().zip(to).zip(at).map(|((a, b), c)| (a - c) * (b - c)).sum::<f64>() < 0.0
    };
    (0..centres.len()).all(|c| c == a || c == b || !between(c))
}

/// The chance of the customers between two centres if they have one mode.
fn one_mode(centres: &[&[f64]], a: usize, b: usize, held_out: &Matrix) -> f64 {
    let (from, to) = (centres[a], centres[b]);
    let line: Vec<f64> = to.iter().zip(from).map(|(b, a)| b - a).collect();
    let length: f64 = line.iter().map(|x| x * x).sum();
    if length <= 0.0 {
        return 1.0;
    }
    let planes: Vec<(Vec<f64>, f64)> = (0..centres.len())
        .filter(|&c| c != a && c != b)
        .map(|c| plane(from, &line, length, centres[c]))
        .collect();
    let mut along: Vec<f64> = held_out
        .values()
        .rows()
        .into_iter()
        .filter(|row| {
            planes.iter().all(|(normal, most)| {
                row.iter().zip(normal).map(|(x, w)| x * w).sum::<f64>() <= *most
            })
        })
        .map(|row| row.iter().zip(&line).map(|(x, u)| x * u).sum())
        .collect();
    if along.len() < FEWEST {
        return 1.0;
    }
    along.sort_unstable_by(f64::total_cmp);
    dip_p_value(dip(&along), along.len())
}

/// The half-space `{ x : x . normal <= most }` of points nearer to the line than to c.
fn plane(from: &[f64], line: &[f64], length: f64, c: &[f64]) -> (Vec<f64>, f64) {
    let onto: f64 = c.iter().zip(from).zip(line).map(|((c, a), u)| (c - a) * u).sum();
    let part = (onto / length).clamp(0.0, 1.0);
    let nearest = from.iter().zip(line).map(|(a, u)| a + part * u);
    let (mut normal, mut most) = (Vec::with_capacity(c.len()), 0.0);
    for (c, p) in c.iter().zip(nearest) {
        normal.push(c - p);
        most += (c - p) * (c + p) / 2.0;
    }
    (normal, most)
}

/// Which hypotheses Holm's procedure rejects.
fn rejected(chances: &[f64]) -> Vec<bool> {
    holm(chances).into_iter().map(|chance| chance <= LEVEL).collect()
}

/// Whether a column of many values has one that stands out by how many share it.
fn has_shared_value(matrix: &Matrix) -> bool {
    matrix.values().columns().into_iter().any(|column| {
        let mut sorted = column.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let (mut distinct, mut most) = (0, 0);
        for same in sorted.chunk_by(|a, b| a == b) {
            distinct += 1;
            most = most.max(same.len());
        }
        distinct >= MANY_VALUES && most as f64 >= SHARED * sorted.len() as f64
    })
}

/// The same rows with tied values spread over the interval that belongs to each value.
fn spread_ties(matrix: &Matrix, seed: Seed) -> Matrix {
    let mut values = matrix.values().to_owned();
    for (j, mut column) in values.columns_mut().into_iter().enumerate() {
        let mut distinct = column.to_vec();
        distinct.sort_unstable_by(f64::total_cmp);
        distinct.dedup();
        if distinct.len() < 2 || distinct.len() as f64 >= DISTINCT * column.len() as f64 {
            continue;
        }
        let mut rng = seed.stream("gap ties", j as u64);
        for value in &mut column {
            let at = distinct.partition_point(|x| x < value);
            let (low, high) = interval(&distinct, at);
            *value = low + (high - low) * rng.r#gen::<f64>();
        }
    }
    // Halfway between finite numbers, so finite, unless they span the whole range.
    Matrix::new(values, matrix.columns().to_vec()).unwrap_or_else(|_| matrix.clone())
}

/// Halfway to the neighbouring values; the outermost reach as far out as in.
fn interval(distinct: &[f64], at: usize) -> (f64, f64) {
    let half = |a: usize, b: usize| (distinct[b] - distinct[a]) / 2.0;
    let last = distinct.len() - 1;
    let below = if at == 0 { half(0, 1) } else { half(at - 1, at) };
    let above = if at == last { half(last - 1, last) } else { half(at, at + 1) };
    (distinct[at] - below, distinct[at] + above)
}

#[cfg(test)]
mod tests;
