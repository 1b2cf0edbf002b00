//! What is asked of an engine, made of its questions: the sums of the rows nearest to each
//! centre, and histograms.
//!
//! Distances are `sum (x - c)^2` over the columns in their order, each operation rounded
//! apart; ties go to the lowest centre.

use super::{Backend, BackendError, Fixed, Grouping, Relation, Summed};
use crate::expression::{Expr, Named, Query, Test};

/// The column of the prepared layer at a position, from 0: `x1` and so on.
#[must_use]
pub fn x(at: usize) -> String {
    format!("x{}", at + 1)
}

fn d(at: usize) -> String {
    format!("d{}", at + 1)
}

/// The column with the number of the nearest centre, from 0.
pub const PLACE: &str = "kohort_place";
/// The column with the squared distance to it.
pub const SQUARE: &str = "kohort_square";

/// The column with the number of the next nearest centre; NULL where there is one centre.
pub const SECOND: &str = "kohort_second";
/// The column with the squared distance to it.
pub const SECOND_SQUARE: &str = "kohort_second_square";

/// Centres on prepared columns.
#[derive(Debug, Clone, PartialEq)]
pub struct CentroidModel {
    /// Layers whose last has the prepared columns [`x`], finite numbers.
    pub prepared: Query,
    /// The centres, row-major `k * width`.
    pub centres: Vec<f64>,
    /// How many prepared columns.
    pub width: usize,
    /// The fixed point of the sums of the columns.
    pub sums: Fixed,
    /// The fixed point of the sums of squared distances.
    pub squares: Fixed,
}

impl CentroidModel {
    /// How many centres.
    #[must_use]
    pub fn k(&self) -> usize {
        self.centres.len().checked_div(self.width).unwrap_or(0)
    }

    /// The layers with [`PLACE`] and [`SQUARE`] beside the prepared columns and others of
    /// the prepared layer that are to be handed on.
    #[must_use]
    pub fn nearest(&self, handed_on: &[String]) -> Query {
        nearest(&self.prepared, &self.centres, self.width, handed_on)
    }

    /// The layers with [`PLACE`], [`SQUARE`], [`SECOND`] and [`SECOND_SQUARE`].
    #[must_use]
    pub fn ranked(&self) -> Query {
        let k = self.k();
        // The distances stand in the layer below the last.
        let mut query = self.nearest(&[]).with_last_handing_on((0..k).map(d));
        let handed = || {
            let names = [PLACE, SQUARE].map(str::to_owned);
            names.into_iter().map(|name| (name.clone(), Expr::Column(name))).collect::<Vec<_>>()
        };
        let other = |j: usize| format!("e{}", j + 1);
        let mut columns = handed();
        columns.extend((0..k).map(|j| {
            let own = Expr::column(PLACE).is("=", j as f64);
            (other(j), Expr::case(vec![(own, Expr::Null)], Expr::column(d(j))))
        }));
        query.layer("kohort_others", columns);
        let column = |j: usize| Expr::column(other(j));
        let cases = |of: &dyn Fn(usize) -> Expr| {
            let first = (0..k).map(|j| {
                let not_nearer = |l: usize| {
                    let is = Test::Is(column(j), "<=", column(l));
                    Test::Any(vec![column(l).missing(), is])
                };
                let others = (0..k).filter(|&l| l != j).map(not_nearer);
                let all = std::iter::once(column(j).there()).chain(others);
                (Test::All(all.collect()), of(j))
            });
            Expr::case(first.collect(), Expr::Null)
        };
        let mut columns = handed();
        columns.push((SECOND.to_owned(), cases(&|j| Expr::whole(j as u32))));
        columns.push((SECOND_SQUARE.to_owned(), cases(&column)));
        query.layer("kohort_ranked", columns);
        query
    }
}

/// The layers with [`PLACE`] and [`SQUARE`] on prepared columns.
#[must_use]
pub fn nearest(prepared: &Query, centres: &[f64], width: usize, handed_on: &[String]) -> Query {
    let mut query = prepared.clone();
    let handed = || -> Vec<Named> {
        let own = (0..width).map(x).chain(handed_on.iter().cloned());
        own.map(|name| (name.clone(), Expr::Column(name))).collect()
    };
    let mut columns = handed();
    let rows = centres.chunks_exact(width.max(1));
    let k = rows.len();
    columns.extend(rows.enumerate().map(|(j, centre)| {
        let squares = centre.iter().enumerate();
        let squares = squares.map(|(t, c)| Expr::column(x(t)).less(*c).square()).collect();
        (d(j), Expr::Sum(squares))
    }));
    query.layer("kohort_near", columns);
    let mut columns = handed();
    let column = |j: usize| Expr::column(d(j));
    // The first that no other is nearer than; none where a column is missing that nothing
    // stands in for.
    let cases = |of: &dyn Fn(usize) -> Expr| {
        let missing = std::iter::once((column(0).missing(), Expr::Null));
        let first = (0..k.saturating_sub(1)).map(|j| {
            let all = (j + 1..k).map(|other| Test::Is(column(j), "<=", column(other))).collect();
            (Test::All(all), of(j))
        });
        Expr::case(missing.chain(first).collect(), of(k.saturating_sub(1)))
    };
    columns.push((PLACE.to_owned(), cases(&|j| Expr::whole(j as u32))));
    columns.push((SQUARE.to_owned(), cases(&column)));
    query.layer("kohort_place_of", columns);
    query
}

/// Rows, sums and squared distances per nearest centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialSums {
    /// Rows per centre.
    pub counts: Vec<u64>,
    /// Rows without a centre: something is missing that nothing stands in for.
    pub unplaced: u64,
    /// Sums of the columns, row-major `k * width`, whole multiples of `2^-sum_bits`.
    pub sums: Vec<i64>,
    /// Squared distances to the centre, whole multiples of `2^-square_bits`.
    pub squares: Vec<i64>,
    /// The fixed point of the sums.
    pub sum_bits: i32,
    /// The fixed point of the squares.
    pub square_bits: i32,
}

impl PartialSums {
    /// The next centres; a centre without rows stays where it is.
    #[must_use]
    pub fn means(&self, centres: &[f64]) -> Vec<f64> {
        let width = centres.len().checked_div(self.counts.len()).unwrap_or(0);
        let mut means = centres.to_vec();
        for (j, &count) in self.counts.iter().enumerate() {
            if count > 0 {
                let own = j * width..(j + 1) * width;
                for (mean, &sum) in means[own.clone()].iter_mut().zip(&self.sums[own]) {
                    *mean = libm::ldexp(sum as f64, -self.sum_bits) / count as f64;
                }
            }
        }
        means
    }

    /// The sum of all squared distances.
    #[must_use]
    pub fn inertia(&self) -> f64 {
        // A hundred thousand centres of 2^61 each do not fit into 64 bits.
        let all: i128 = self.squares.iter().map(|&square| i128::from(square)).sum();
        libm::ldexp(all as f64, -self.square_bits)
    }

    /// All rows.
    #[must_use]
    pub fn rows(&self) -> u64 {
        self.counts.iter().sum::<u64>() + self.unplaced
    }
}

/// Sums the customers up by their nearest centre.
///
/// # Errors
///
/// As [`Backend::grouped_sums`].
pub fn partial_sums(
    backend: &dyn Backend,
    relation: &Relation,
    model: &CentroidModel,
) -> Result<PartialSums, BackendError> {
    let (k, width) = (model.k(), model.width);
    let summed =
        |name: &str, fixed| Summed { name: name.to_owned(), value: Expr::column(name), fixed };
    let columns = (0..width).map(|t| summed(&x(t), model.sums));
    let grouping = Grouping {
        query: model.nearest(&[]),
        group: Expr::column(PLACE),
        values: columns.chain([summed(SQUARE, model.squares)]).collect(),
        most: k + 1,
    };
    let groups = backend.grouped_sums(relation, &grouping)?;
    let mut sums = PartialSums {
        counts: vec![0; k],
        unplaced: groups.group(None).map_or(0, |group| group.rows),
        sums: vec![0; k * width],
        squares: vec![0; k],
        sum_bits: model.sums.bits,
        square_bits: model.squares.bits,
    };
    for group in groups.0.iter().filter(|group| group.key.is_some()) {
        let place = group.key.and_then(|key| usize::try_from(key).ok()).filter(|&j| j < k);
        let (Some(j), [own @ .., square]) = (place, group.sums.as_slice()) else {
            return Err(BackendError::Internal { what: "the place of a customer" });
        };
        if own.len() != width {
            return Err(BackendError::Internal { what: "the sums of a group" });
        }
        sums.counts[j] = group.rows;
        sums.sums[j * width..(j + 1) * width].copy_from_slice(own);
        sums.squares[j] = *square;
    }
    Ok(sums)
}

/// How many values lie in each bin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Histogram {
    /// Values below the first edge, between each edge and the next, and from the last on.
    pub counts: Vec<u64>,
    /// NULLs.
    pub missing: u64,
}

/// Counts values by ascending edges; an edge belongs to the bin above it.
///
/// # Errors
///
/// As [`Backend::grouped_sums`].
pub fn histogram(
    backend: &dyn Backend,
    relation: &Relation,
    query: &Query,
    value: &Expr,
    edges: &[f64],
) -> Result<Histogram, BackendError> {
    let below = edges.iter().enumerate();
    let below = below.map(|(at, &edge)| (value.clone().is("<", edge), Expr::whole(at as u32)));
    let cases = std::iter::once((value.clone().missing(), Expr::Null)).chain(below).collect();
    let grouping = Grouping {
        query: query.clone(),
        group: Expr::case(cases, Expr::whole(edges.len() as u32)),
        values: Vec::new(),
        most: edges.len() + 2,
    };
    let groups = backend.grouped_sums(relation, &grouping)?;
    let rows = |key| groups.group(key).map_or(0, |group| group.rows);
    let counts = (0..=edges.len()).map(|at| rows(Some(at as i64))).collect();
    Ok(Histogram { counts, missing: rows(None) })
}
