//! Normal scores in SQL: the place among the stored quantiles, then Wichura's approximation
//! of the normal quantile, as polynomials.

use super::matrix::{filled, handed_on};
use crate::expression::{Expr, Function, Query};
use crate::normalise::sql::{CENTRAL, Feature, MIDDLE, What};

/// Which features have normal scores.
pub(super) struct Graded(Vec<usize>);

impl Graded {
    /// The normal score of a feature.
    pub(super) fn score(&self, at: usize) -> Expr {
        debug_assert!(self.0.contains(&at));
        let (q, r) = (|| Expr::column(q(at)), Expr::column(r(at)));
        let central = q().times(ratio(&CENTRAL, &r));
        let tail = ratio(&MIDDLE, &r);
        Expr::case(
            vec![
                (q().call(Function::Abs).is("<=", 0.425), central),
                (q().is("<", 0.0), Expr::Number(0.0).minus(tail.clone())),
            ],
            tail,
        )
    }
}

fn q(at: usize) -> String {
    format!("q{}", at + 1)
}

fn r(at: usize) -> String {
    format!("r{}", at + 1)
}

/// Adds the layers that scores need, where any feature has some.
pub(super) fn layers(features: &[Feature], query: &mut Query) -> Graded {
    let grid_of = |feature: &Feature| {
        feature.terms.iter().find_map(|term| match &term.what {
            What::Score { grid } => Some(grid.clone()),
            _ => None,
        })
    };
    let grids: Vec<(usize, Vec<f64>)> = features
        .iter()
        .enumerate()
        .filter_map(|(at, feature)| Some((at, grid_of(feature)?)))
        .collect();
    if grids.is_empty() {
        return Graded(Vec::new());
    }
    let handed = || -> Vec<(String, Expr)> {
        let each = features.iter().enumerate().flat_map(|(at, feature)| {
            let own = (filled(at), Expr::column(filled(at)));
            handed_on(at, feature).into_iter().chain([own])
        });
        each.collect()
    };
    let mut shares = handed();
    shares.extend(grids.iter().map(|(at, grid)| (q(*at), share(&Expr::column(filled(*at)), grid))));
    query.layer("kohort_share", shares);
    let mut tails = handed();
    for (at, _) in &grids {
        let own = || Expr::column(q(*at));
        tails.push((q(*at), own()));
        let from_middle = Expr::Number(0.180_625).minus(own().square());
        let smaller = Expr::Number(0.5).minus(own().call(Function::Abs));
        let log = Expr::Number(0.0).minus(smaller.call(Function::Ln));
        let tail = log.call(Function::Sqrt).less(1.6);
        let central = own().call(Function::Abs).is("<=", 0.425);
        tails.push((r(*at), Expr::case(vec![(central, from_middle)], tail)));
    }
    query.layer("kohort_tail", tails);
    Graded(grids.into_iter().map(|(at, _)| at).collect())
}

/// The share of customers below, held half a step inside 0 and 1, less a half.
fn share(y: &Expr, grid: &[f64]) -> Expr {
    let Some(steps) = grid.len().checked_sub(1).filter(|&steps| steps > 0) else {
        return Expr::Number(0.0);
    };
    let (edge, n) = (0.5 / steps as f64, steps as f64);
    let place = |at: f64| Expr::Number((at / n).clamp(edge, 1.0 - edge) - 0.5);
    let mut cases = vec![(y.clone().missing(), Expr::Null)];
    let mut at = 0;
    while at < grid.len() {
        let value = grid[at];
        let last = at + grid[at..].iter().take_while(|&&other| other == value).count() - 1;
        if at == 0 {
            cases.push((y.clone().is("<", value), place(0.0)));
        } else {
            let before = grid[at - 1];
            let within = y.clone().less(before).by(value - before);
            let share = Expr::Number((at - 1) as f64).plus(within).by(n);
            let held = Expr::case(
                vec![
                    (share.clone().is("<", edge), Expr::Number(edge)),
                    (share.clone().is(">", 1.0 - edge), Expr::Number(1.0 - edge)),
                ],
                share,
            );
            cases.push((y.clone().is("<", value), held.less(0.5)));
        }
        cases.push((y.clone().is("=", value), place(f64::midpoint(at as f64, last as f64))));
        at = last + 1;
    }
    Expr::case(cases, place(n))
}

/// A ratio of two polynomials, by Horner.
fn ratio([up, down]: &[[f64; 8]; 2], r: &Expr) -> Expr {
    let poly = |c: &[f64; 8]| {
        let mut terms = c.iter().rev();
        let top = Expr::Number(terms.next().copied().unwrap_or(0.0));
        terms.fold(top, |sum, c| sum.times(r.clone()).plus(Expr::Number(*c)))
    };
    poly(up).over(poly(down))
}
