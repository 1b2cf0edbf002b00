//! What predictions go by, measured on customers that the model has not seen.
//!
//! - Permutation: how much worse the predictions of an outer fold become when a group of
//!   columns tells of another customer of that fold. Correlated columns are exchanged
//!   together, see [`super::alike`].
//! - Partial dependence: the mean probability of the fold's customers when one column takes
//!   the value that ten other customers have; columns correlated with it come along, so that
//!   nobody gets a long tenure with a small total.
//!
//! Both describe the model: what goes with the outcome, not what causes it.
//!
//! # References
//!
//! Breiman (2001), Random forests, Machine Learning 45, section 10; Fisher, Rudin, Dominici
//! (2019), All models are wrong, but many are useful, JMLR 20(177), section 3; Friedman
//! (2001), Greedy function approximation, Annals of Statistics 29(5), section 8.2.

use std::collections::BTreeMap;

use rand::seq::SliceRandom;
use rayon::prelude::*;

use super::alike;
use super::boost::{Forest, Raw};
use super::curve::Curve;
use super::folds::how_many;
use crate::matrix::Matrix;
use crate::results::{Dependence, DependencePoint, Interval, Permutation};
use crate::seed::Seed;
use crate::stats::{Z95, loss_of, number, roc_auc, sigmoid};
use crate::table::{Column, FeatureTable, Values};

/// At most so many customers of all folds are looked at with columns exchanged.
const MOST_ROWS: usize = 10_000;
/// And with each value of a column.
const MOST_PARTIAL: usize = 1000;
/// And so many times columns at most, for either.
const MOST_ASKED: usize = 400_000;
const MOST_LENT: usize = 40_000;
/// The values of a column are found among so many customers, evenly spread ones of more.
const MOST_RANKED: usize = 100_000;
/// Values of a number.
const POINTS: usize = 12;
/// Customers who lend a value; a level that fewer share is not shown.
const LENDERS: usize = 10;
/// Levels of a category, the largest.
const MOST_LEVELS: usize = 12;
/// Columns of which the dependence is shown, and groups of which the permutation is.
const SHOWN: usize = 6;
const MOST_GROUPS: usize = 30;

/// What the folds are asked. Columns are places among those learnt from.
#[derive(Default)]
pub(super) struct Asked {
    groups: Vec<Vec<usize>>,
    series: Vec<Series>,
    /// How many folds are asked.
    folds: usize,
}

/// The values that one column takes.
struct Series {
    column: usize,
    group: usize,
    points: Vec<Point>,
}

/// One of them, and the known customers who lend it.
struct Point {
    x: Option<f64>,
    level: Option<String>,
    lenders: Vec<usize>,
}

impl Asked {
    /// Of the columns learnt from, at the rows of the known customers.
    pub(super) fn of(table: &FeatureTable, columns: &[usize], rows: &[usize]) -> Self {
        let columns: Vec<&Column> = columns.iter().map(|&at| &table.columns()[at]).collect();
        let groups = alike::groups(&columns, rows);
        let members = groups.iter().enumerate();
        let members: Vec<(usize, usize)> = members
            .flat_map(|(group, all)| all.iter().map(move |&column| (group, column)))
            .collect();
        let series = members.into_par_iter().filter_map(|(group, column)| {
            let points = points(&columns[column].values, rows);
            (points.len() > 1).then_some(Series { column, group, points })
        });
        let series = series.collect();
        Self { groups, series, folds: how_many(rows.len()) }
    }

    /// The customers of a fold that are looked at: the fewer, the more columns there are.
    pub(super) fn looked_at(&self, places: &[usize]) -> Vec<usize> {
        let most = (MOST_ASKED / self.groups.len().max(1)).min(MOST_ROWS);
        every(places, most / self.folds.max(1))
    }

    /// The known customers who lend values.
    pub(super) fn lenders(&self) -> Vec<usize> {
        let points = self.series.iter().flat_map(|series| &series.points);
        let mut all: Vec<usize> = points.flat_map(|point| point.lenders.iter().copied()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

/// The values of a column: quantiles of a number, or the larger levels.
fn points(values: &Values, rows: &[usize]) -> Vec<Point> {
    let step = rows.len().div_ceil(MOST_RANKED).max(1);
    let known = || (0..rows.len()).step_by(step).filter(|&place| !values.is_missing(rows[place]));
    match values {
        Values::Number(numbers) => of_numbers(numbers, rows, known().collect()),
        Values::Flag { codes, no, yes } => {
            let code = |place: usize| u32::from(codes[rows[place]]);
            of_levels(&known().collect::<Vec<_>>(), code, &[no.clone(), yes.clone()])
        }
        Values::Category { codes, levels, .. } => {
            of_levels(&known().collect::<Vec<_>>(), |place| codes[rows[place]], levels)
        }
    }
}

/// Quantiles: of each a few customers in a row by value, ties by place.
fn of_numbers(numbers: &[f64], rows: &[usize], places: Vec<usize>) -> Vec<Point> {
    let n = places.len();
    if n < POINTS * LENDERS {
        return Vec::new();
    }
    let value = |place: usize| numbers[rows[place]];
    let mut ranked: Vec<(f64, usize)> = places.into_iter().map(|p| (value(p), p)).collect();
    let order = |a: &(f64, usize), b: &(f64, usize)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1));
    let mut points = Vec::with_capacity(POINTS);
    // Up to here everything is before what follows.
    let mut settled = 0;
    for k in 0..POINTS {
        let start = k * (n - LENDERS) / (POINTS - 1);
        let rest = &mut ranked[settled..];
        rest.select_nth_unstable_by(start - settled, order);
        let rest = &mut ranked[start..];
        rest.select_nth_unstable_by(LENDERS - 1, order);
        rest[..LENDERS].sort_unstable_by(order);
        settled = start + LENDERS;
        let lenders: Vec<usize> = rest[..LENDERS].iter().map(|&(_, place)| place).collect();
        let x = lenders.iter().map(|&place| value(place)).sum::<f64>() / number(LENDERS);
        points.push(Point { x: Some(x), level: None, lenders });
    }
    points.dedup_by_key(|point| point.x.map(f64::to_bits));
    points
}

fn of_levels(places: &[usize], code: impl Fn(usize) -> u32, levels: &[String]) -> Vec<Point> {
    let mut members: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for &place in places {
        members.entry(code(place)).or_default().push(place);
    }
    let mut large: Vec<(u32, Vec<usize>)> =
        members.into_iter().filter(|(_, members)| members.len() >= LENDERS).collect();
    large.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(&b.0)));
    large.truncate(MOST_LEVELS);
    let point = |(code, members): (u32, Vec<usize>)| {
        let spread = |k: usize| members[k * members.len() / LENDERS];
        let level = levels.get(code as usize).cloned();
        Point { x: None, level, lenders: (0..LENDERS).map(spread).collect() }
    };
    large.into_iter().map(point).collect()
}

/// The customers of one fold, evenly spaced, `most` of them; ten at least.
fn every(places: &[usize], most: usize) -> Vec<usize> {
    let step = places.len().div_ceil(most.max(10)).max(1);
    places.iter().copied().step_by(step).collect()
}

/// A model of one fold, asked for customers of whom some columns tell of somebody else.
pub(super) trait Exchange: Sync {
    /// Log-odds before calibration of the known customer at `place`, with the columns that
    /// the customer at `lender` has.
    fn log_odds(&self, place: usize, lender: usize, columns: &[usize]) -> f64;
}

/// Trees.
pub(super) struct OfTrees<'a> {
    trees: &'a Forest,
    bins: BTreeMap<usize, Vec<u16>>,
}

impl<'a> OfTrees<'a> {
    /// For the known customers at `places`, whose rows are `rows` of the table.
    pub(super) fn new(
        trees: &'a Forest,
        raws: &[Raw],
        places: impl Iterator<Item = usize>,
        rows: &[usize],
    ) -> Self {
        let bins = places.map(|place| (place, trees.bins(raws, rows[place]))).collect();
        Self { trees, bins }
    }
}

impl Exchange for OfTrees<'_> {
    fn log_odds(&self, place: usize, lender: usize, columns: &[usize]) -> f64 {
        let mut bins = self.bins[&place].clone();
        let other = &self.bins[&lender];
        for &column in columns {
            bins[column] = other[column];
        }
        self.trees.log_odds(&bins)
    }
}

/// A regression: what each column adds, and all of it.
pub(super) struct OfLine {
    parts: BTreeMap<usize, (Vec<f64>, f64)>,
}

impl OfLine {
    /// For the known customers at `places`, the rows of the matrix; `names` are those of
    /// the columns learnt from, and `beta` has the intercept last.
    pub(super) fn new(matrix: &Matrix, places: &[usize], names: &[&str], beta: &[f64]) -> Self {
        let source = |j: usize| names.iter().position(|name| *name == matrix.columns()[j].source);
        let sources: Vec<Option<usize>> = (0..matrix.n_columns()).map(source).collect();
        let intercept = beta.last().copied().unwrap_or(0.0);
        let mut parts = BTreeMap::new();
        for (&place, row) in places.iter().zip(matrix.values().rows()) {
            let (mut own, mut total) = (vec![0.0; names.len()], intercept);
            for ((x, b), source) in row.iter().zip(beta).zip(&sources) {
                total += x * b;
                if let Some(source) = source {
                    own[*source] += x * b;
                }
            }
            parts.insert(place, (own, total));
        }
        Self { parts }
    }
}

impl Exchange for OfLine {
    fn log_odds(&self, place: usize, lender: usize, columns: &[usize]) -> f64 {
        let ((own, total), (other, _)) = (&self.parts[&place], &self.parts[&lender]);
        total + columns.iter().map(|&column| other[column] - own[column]).sum::<f64>()
    }
}

/// The answers of one fold.
#[derive(Clone)]
pub(super) struct Told {
    /// Known customers of the fold.
    places: Vec<usize>,
    /// Their probabilities as they are, and with each group of columns exchanged.
    plain: Vec<f64>,
    exchanged: Vec<Vec<f64>>,
    /// For each series and point, the mean probability.
    partial: Vec<Vec<f64>>,
    /// The customers it is of.
    n_partial: usize,
}

/// Asks the model of a fold about the customers that it has not seen.
pub(super) fn tell(
    asked: &Asked,
    model: &dyn Exchange,
    curve: Curve,
    places: Vec<usize>,
    seed: Seed,
    fold: u64,
) -> Told {
    let mut others = places.clone();
    others.shuffle(&mut seed.stream("permutation", fold));
    let p = |place: usize, lender: usize, columns: &[usize]| {
        sigmoid(curve.at(model.log_odds(place, lender, columns)))
    };
    let exchanged = asked.groups.par_iter().map(|columns| {
        places.iter().zip(&others).map(|(&place, &other)| p(place, other, columns)).collect()
    });
    let exchanged: Vec<Vec<f64>> = exchanged.collect();
    let most = (MOST_LENT / asked.series.len().max(1)).min(MOST_PARTIAL);
    let few = every(&places, most / asked.folds.max(1));
    let partial = asked.series.par_iter().map(|series| {
        let columns = &asked.groups[series.group];
        let mean = |point: &Point| {
            // One lender after the other, so that each lends to as many.
            let lenders = point.lenders.iter().cycle();
            let all = few.iter().zip(lenders).map(|(&place, &lender)| p(place, lender, columns));
            all.sum::<f64>() / number(few.len())
        };
        series.points.iter().map(mean).collect()
    });
    let partial: Vec<Vec<f64>> = partial.collect();
    let plain = places.iter().map(|&place| p(place, place, &[])).collect();
    Told { places, plain, exchanged, partial, n_partial: few.len() }
}

/// The answers of all folds together: groups by how much is lost without them, and the
/// dependence on the columns of the strongest.
pub(super) fn gather(
    asked: &Asked,
    told: &[Told],
    outcomes: &[bool],
    names: &[&str],
) -> (Vec<Permutation>, Vec<Dependence>) {
    let y: Vec<bool> =
        told.iter().flat_map(|told| told.places.iter().map(|&place| outcomes[place])).collect();
    let plain: Vec<f64> = told.iter().flat_map(|told| told.plain.iter().copied()).collect();
    let Some(auc) = roc_auc(&plain, &y) else { return (Vec::new(), Vec::new()) };
    let name = |&column: &usize| names[column].to_owned();
    let mut groups: Vec<(usize, Permutation)> = (0..asked.groups.len())
        .map(|group| {
            let other: Vec<f64> =
                told.iter().flat_map(|told| told.exchanged[group].iter().copied()).collect();
            let permutation = Permutation {
                columns: asked.groups[group].iter().map(name).collect(),
                log_loss: loss_rise(&plain, &other, &y),
                roc_auc: auc - roc_auc(&other, &y).unwrap_or(auc),
            };
            (group, permutation)
        })
        .collect();
    groups.sort_by(|a, b| b.1.log_loss.value.total_cmp(&a.1.log_loss.value).then(a.0.cmp(&b.0)));
    let strongest = groups.iter().filter(|(_, found)| found.log_loss.low > 0.0);
    let series = strongest.flat_map(|&(group, _)| {
        (0..asked.series.len()).filter(move |&s| asked.series[s].group == group)
    });
    let dependence =
        series.take(SHOWN).map(|series| dependence(asked, told, series, names)).collect();
    groups.truncate(MOST_GROUPS);
    (groups.into_iter().map(|(_, permutation)| permutation).collect(), dependence)
}

/// How much the mean log-loss of the same customers rises, with its normal interval.
fn loss_rise(plain: &[f64], other: &[f64], y: &[bool]) -> Interval {
    let rises: Vec<f64> =
        (0..y.len()).map(|i| loss_of(other[i], y[i]) - loss_of(plain[i], y[i])).collect();
    let n = number(rises.len().max(2));
    let value = rises.iter().sum::<f64>() / n;
    let variance = rises.iter().map(|rise| (rise - value).powi(2)).sum::<f64>() / (n - 1.0);
    let half = Z95 * (variance / n).sqrt();
    Interval { value, low: value - half, high: value + half }
}

fn dependence(asked: &Asked, told: &[Told], series: usize, names: &[&str]) -> Dependence {
    let Series { column, group, points } = &asked.series[series];
    let point = |(k, point): (usize, &Point)| {
        let means = || told.iter().filter(|told| told.n_partial > 0);
        let n: f64 = means().map(|told| number(told.n_partial)).sum();
        let sum: f64 = means().map(|told| told.partial[series][k] * number(told.n_partial)).sum();
        let each = || means().map(|told| told.partial[series][k]);
        DependencePoint {
            x: point.x,
            level: point.level.clone(),
            probability: sum / n.max(1.0),
            low: each().fold(1.0, f64::min),
            high: each().fold(0.0, f64::max),
        }
    };
    let with = asked.groups[*group].iter().filter(|&other| other != column);
    Dependence {
        column: names[*column].to_owned(),
        with: with.map(|&other| names[other].to_owned()).collect(),
        points: points.iter().enumerate().map(point).collect(),
    }
}
