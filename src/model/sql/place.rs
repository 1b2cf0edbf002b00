//! The segment from the columns of the matrix: nearest centre, most probable component or
//! class, nearest prototype.

use ndarray::Array2;

use super::Model;
use super::matrix::{raw, x};
use crate::cluster::gmm::Mixture;
use crate::cluster::kprototypes::Prototypes;
use crate::cluster::latent::Classes;
use crate::cluster::variables::Variable;
use crate::expression::{Expr, Query, Test};

fn d(at: usize) -> String {
    format!("d{}", at + 1)
}

/// The segment whose number comes first by `sign`; ties to the lowest. NULL where the numbers
/// are NULL, because a value is missing that nothing stands in for.
fn best(k: usize, sign: &'static str) -> Expr {
    let column = |at: usize| Expr::column(d(at));
    let mut cases = vec![(column(0).missing(), Expr::Null)];
    for at in 0..k.saturating_sub(1) {
        let all = (at + 1..k).map(|other| Test::Is(column(at), sign, column(other))).collect();
        cases.push((Test::All(all), Expr::whole(at as u32 + 1)));
    }
    Expr::case(cases, Expr::whole(k as u32))
}

/// k-means: the squared distance to each centre.
pub(super) fn centres(centres: &Array2<f64>, query: &mut Query) -> Expr {
    let near = centres
        .rows()
        .into_iter()
        .enumerate()
        .map(|(at, centre)| {
            let squares = centre.iter().enumerate().map(|(j, c)| x(j).less(*c).square()).collect();
            (d(at), Expr::Sum(squares))
        })
        .collect();
    query.layer("kohort_near", near);
    best(centres.nrows(), "<=")
}

/// A Gaussian mixture: the log density times weight of each component.
pub(super) fn mixture(mixture: &Mixture, query: &mut Query) -> Expr {
    let (k, width) = (mixture.k(), mixture.d());
    let u = |t: usize| format!("u{}", t + 1);
    let scaled = mixture.centre().iter().zip(mixture.scale()).enumerate();
    let columns =
        scaled.map(|(t, (centre, scale))| (u(t), x(t).less(*centre).scaled(*scale))).collect();
    query.layer("kohort_standard", columns);
    let p = |j: usize, t: usize| format!("p{}_{}", j + 1, t + 1);
    let factors = mixture.factors();
    let triangle = width * (width + 1) / 2;
    let mut columns = Vec::new();
    for j in 0..k {
        let mean = &mixture.means()[j * width..(j + 1) * width];
        for t in 0..width {
            let begin = j * triangle + t * (t + 1) / 2;
            let row = &factors[begin..=begin + t];
            let parts = row.iter().zip(mean).enumerate().filter(|(_, (factor, _))| **factor != 0.0);
            let parts = parts
                .map(|(s, (factor, mean))| Expr::column(u(s)).less(*mean).scaled(*factor))
                .collect();
            columns.push((p(j, t), Expr::Sum(parts)));
        }
    }
    query.layer("kohort_factor", columns);
    let near = (0..k)
        .map(|j| {
            let squares = (0..width).map(|t| Expr::column(p(j, t)).square()).collect();
            let half = Expr::Number(0.5).times(Expr::Sum(squares));
            (d(j), Expr::Number(mixture.offsets()[j]).minus(half))
        })
        .collect();
    query.layer("kohort_near", near);
    best(k, ">=")
}

/// The level of each category: its place, NULL where it is none that is known.
fn levels(variables: &[Variable]) -> Vec<(String, Expr)> {
    let mut columns = Vec::new();
    for (at, variable) in variables.iter().enumerate() {
        let Variable::Levels { columns: own, cuts, rest, .. } = variable else { continue };
        let cases = own
            .iter()
            .zip(cuts)
            .enumerate()
            .map(|(level, (column, cut))| (x(*column).is(">", *cut), Expr::Number(level as f64)))
            .collect();
        let none = if *rest { Expr::Number(own.len() as f64) } else { Expr::Null };
        columns.push((c(at), Expr::case(cases, none)));
    }
    columns
}

fn c(at: usize) -> String {
    format!("c{}", at + 1)
}

/// Latent classes: the log density times weight of each class, without what is missing.
pub(super) fn classes(classes: &Classes, model: &Model, query: &mut Query) -> Expr {
    let (k, variables) = (classes.k(), classes.variables().all());
    let source =
        |name: &str| model.normaliser.features().iter().position(|feature| feature.source == name);
    let known = |name: &str, value: Expr| match source(name) {
        Some(at) => Expr::case(vec![(Expr::column(raw(at)).there(), value)], Expr::Null),
        None => value,
    };
    let mut columns = Vec::new();
    let level = levels(variables);
    let mut level = level.into_iter();
    for (at, variable) in variables.iter().enumerate() {
        match variable {
            Variable::Number { column, source } => {
                columns.push((c(at), known(source, x(*column))));
            }
            Variable::Levels { source, .. } => {
                columns.extend(level.next().map(|(name, value)| (name, known(source, value))));
            }
        }
    }
    query.layer("kohort_known", columns);
    let n_numbers = classes.variables().n_numbers();
    let near = (0..k)
        .map(|j| {
            let mut parts = vec![Expr::Number(libm::log(classes.weights()[j]))];
            let mut start = 0;
            for (at, variable) in variables.iter().enumerate() {
                let cell = Expr::column(c(at));
                let log = if at < n_numbers {
                    let (mean, sd) =
                        (classes.means()[at * k + j], classes.deviations()[at * k + j]);
                    let z = cell.clone().less(mean).by(sd);
                    Expr::Number(-libm::log(sd) - HALF_LOG_TAU).minus(z.square().scaled(0.5))
                } else {
                    let levels = variable.n_levels();
                    let own = &classes.probabilities()[start * k..(start + levels) * k];
                    start += levels;
                    let of = |level: usize| libm::log(own[level * k + j]).max(IMPOSSIBLE);
                    let cases = (0..levels)
                        .map(|level| (cell.clone().is("=", level as f64), Expr::Number(of(level))))
                        .collect();
                    Expr::case(cases, Expr::Number(0.0))
                };
                parts.push(Expr::case(vec![(cell.there(), log)], Expr::Number(0.0)));
            }
            (d(j), Expr::Sum(parts))
        })
        .collect();
    query.layer("kohort_near", near);
    best(k, ">=")
}

/// `1/2 ln 2 pi`.
const HALF_LOG_TAU: f64 = 0.918_938_533_204_672_7;
/// The logarithm of nothing, as a number that a database reads.
const IMPOSSIBLE: f64 = -1e300;

/// k-prototypes: squared distance of the numbers and gamma for each category that differs.
pub(super) fn prototypes(prototypes: &Prototypes, query: &mut Query) -> Expr {
    let (k, variables) = (prototypes.k(), prototypes.variables());
    let (p, q) = (variables.n_numbers(), variables.n_categories());
    let mut columns: Vec<(String, Expr)> = variables.all()[..p]
        .iter()
        .enumerate()
        .filter_map(|(at, variable)| match variable {
            Variable::Number { column, .. } => Some((c(at), x(*column))),
            Variable::Levels { .. } => None,
        })
        .collect();
    columns.extend(levels(variables.all()));
    query.layer("kohort_known", columns);
    let near = (0..k)
        .map(|j| {
            let means = &prototypes.means()[j * p..(j + 1) * p];
            let modes = &prototypes.modes()[j * q..(j + 1) * q];
            let mut parts: Vec<Expr> = means
                .iter()
                .enumerate()
                .map(|(at, mean)| Expr::column(c(at)).less(*mean).square())
                .collect();
            parts.extend(modes.iter().enumerate().map(|(at, mode)| {
                let same = Expr::column(c(p + at)).is("=", f64::from(*mode));
                Expr::case(vec![(same, Expr::Number(0.0))], Expr::Number(prototypes.gamma()))
            }));
            (d(j), Expr::Sum(parts))
        })
        .collect();
    query.layer("kohort_near", near);
    best(k, "<=")
}
