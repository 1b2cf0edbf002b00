//! Boosting inside the folds: how many trees, the calibration, the predictions.

use rand::RngCore;

use super::boost::{self, Lesson, MOST_TREES, Order, Raw, Watch};
use super::boosted::{log_odds, raws};
use super::calibrate::{Tried, Unseen, calibrate};
use super::crossfit::{Held, Inside, Known, Outer};
use super::explain::{OfTrees, tell};
use super::folds::FOLDS;

/// Above this many training rows one inner model makes the calibration, not four.
pub(super) const ONE_INNER: usize = 20_000;

/// Random bits for the trees of one fit.
fn salt(known: &Known, index: u64) -> u64 {
    known.seed.stream("boosting", index).next_u64()
}

/// One outer fold; `None` where a training set holds one class only or no column varies.
pub(super) fn hold(known: &Known, outer: Outer) -> Option<Held> {
    let raws = raws(known.table, &known.columns);
    let (train, test) = (known.at(&outer.train), known.at(&outer.places));
    let first = outer.job * 64;
    let (folds, trees) = unseen(known, &outer, &raws, &train, first)?;
    let calibration = calibrate(&folds, Tried::Curve);
    let (rate, depth) = (boost::rate(train.len()), boost::depth(known.rows.len()));
    let fit = |raws: &[Raw], orders: &[Order], index: u64| {
        let outcomes = &outer.outcomes;
        let salt = salt(known, first + index);
        let lesson =
            Lesson { columns: raws, rows: &train, outcomes, trees, rate, depth, orders, salt };
        boost::fit(&lesson, None)
    };
    let fitted = fit(&raws, &known.orders, 0)?;
    let without = (outer.leave_out.iter().zip(32..))
        .map(|(name, index)| {
            let is_kept = |column: usize| known.table.columns()[column].name != *name;
            let kept: Vec<usize> = known.columns.iter().copied().filter(|&c| is_kept(c)).collect();
            let orders: Vec<Order> = (known.orders.iter().zip(&known.columns))
                .filter_map(|(&order, &column)| is_kept(column).then_some(order))
                .collect();
            let raws = super::boosted::raws(known.table, &kept);
            // Nothing but the base rate is left where it was the only column.
            let fitted = fit(&raws, &orders, index);
            fitted.map_or_else(|| vec![0.0; test.len()], |trees| log_odds(&trees, &raws, &test))
        })
        .collect();
    let told = outer.explains.then(|| {
        let asked = known.asked.looked_at(&outer.places);
        let lenders = known.asked.lenders();
        let all = asked.iter().chain(&lenders).copied();
        let model = OfTrees::new(&fitted, &raws, all, &known.rows);
        tell(&known.asked, &model, calibration.curve, asked, known.seed, outer.job)
    });
    Some(Held {
        log_odds: log_odds(&fitted, &raws, &test),
        places: outer.places,
        curve: calibration.curve,
        without,
        converged: true,
        inside: Inside { losses: calibration.losses, trees },
        told,
    })
}

/// Each inner fold predicted by trees of the other inner folds, and how many trees: as
/// many as were best for the first inner fold.
fn unseen(
    known: &Known,
    outer: &Outer,
    raws: &[Raw],
    train: &[usize],
    first: u64,
) -> Option<(Vec<Unseen>, usize)> {
    let (mut folds, mut trees) = (Vec::new(), None);
    for (fold, index) in (0..FOLDS).zip(1..) {
        let part = |inside: bool| -> (Vec<usize>, Vec<bool>) {
            (train.iter().zip(&outer.outcomes).zip(&outer.inner))
                .filter(|(_, home)| (usize::from(**home) == fold) == inside)
                .map(|((&row, &outcome), _)| (row, outcome))
                .unzip()
        };
        let ((rows, outcomes), (learnt, learnt_outcomes)) = (part(true), part(false));
        if rows.is_empty() || (trees.is_some() && train.len() > ONE_INNER) {
            continue;
        }
        let lesson = Lesson {
            columns: raws,
            rows: &learnt,
            outcomes: &learnt_outcomes,
            trees: trees.unwrap_or(MOST_TREES),
            rate: boost::rate(train.len()),
            depth: boost::depth(known.rows.len()),
            orders: &known.orders,
            salt: salt(known, first + index),
        };
        let watch = Watch { rows: &rows, outcomes: &outcomes };
        let fitted = boost::fit(&lesson, trees.is_none().then_some(&watch))?;
        trees = trees.or(Some(fitted.len()));
        folds.push(Unseen { log_odds: log_odds(&fitted, raws, &rows), outcomes });
    }
    if let ([one], true) = (&folds[..], train.len() > ONE_INNER) {
        folds = dealt(one);
    }
    trees.map(|trees| (folds, trees))
}

/// The predictions of one model in several hands, so that each can be judged by the line
/// of the others.
pub(super) fn dealt(one: &Unseen) -> Vec<Unseen> {
    (0..FOLDS)
        .map(|hand| Unseen {
            log_odds: one.log_odds.iter().copied().skip(hand).step_by(FOLDS).collect(),
            outcomes: one.outcomes.iter().copied().skip(hand).step_by(FOLDS).collect(),
        })
        .collect()
}

/// The trees of all known customers; how many: the median of what the folds found.
pub(super) fn last(known: &Known, inside: &[Inside]) -> Option<boost::Forest> {
    let mut counts: Vec<usize> =
        inside.iter().map(|inside| inside.trees).filter(|&n| n > 0).collect();
    counts.sort_unstable();
    let trees = *counts.get(counts.len() / 2)?;
    let raws = raws(known.table, &known.columns);
    let salt = salt(known, u64::MAX);
    let (rows, outcomes) = (&known.rows, &known.outcomes);
    let (rate, depth) = (boost::rate(rows.len()), boost::depth(rows.len()));
    let orders = &known.orders;
    boost::fit(&Lesson { columns: &raws, rows, outcomes, trees, rate, depth, orders, salt }, None)
}
