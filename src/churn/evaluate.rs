//! How good the predictions are, with intervals, beside always saying the base rate.
//!
//! One definition throughout: a metric is pooled over the customers of a repeat (each
//! predicted out of fold once) and averaged over the repeats. Its interval is the
//! percentile bootstrap over customers with the predictions fixed; both repeats are
//! resampled together. Tables and curves are of repeat 1, whose probabilities are the
//! published ones. The base rate is that of all known customers: the base rate of each
//! training fold would be an anti-signal and put the baseline's AUC below .5.

use rayon::prelude::*;

use super::params::Params;
use super::profit::profit;
use crate::results::{CalibrationBin, ChurnResults, CurvePoint, Interval, LiftPoint, Metrics};
use crate::seed::Seed;
use crate::stats::{
    self, Ranking, bootstrap,
    calibration::{self, BINS},
    loss_of, number,
};

/// Points of a curve.
const POINTS: usize = 200;

/// Everything that the predictions of each repeat alone tell; words, leaks and drivers are
/// for the caller. `None` where one class is absent.
pub(super) fn results(
    repeats: &[Vec<f64>],
    outcomes: &[bool],
    params: &Params,
    seed: Seed,
) -> Option<ChurnResults> {
    let budget = params.contact_budget;
    let published = repeats.first()?;
    let rankings = rankings(repeats, outcomes)?;
    let ranking = rankings.first()?;
    let n = outcomes.len();
    let events = outcomes.iter().filter(|&&yes| yes).count();
    let base_rate = number(events) / number(n);
    let always = [vec![base_rate; n]];
    let ((own, baseline), (calibration, profit)) = rayon::join(
        || {
            rayon::join(
                || metrics_of(&rankings, repeats, outcomes, budget, seed),
                || metrics(&always, outcomes, budget, seed),
            )
        },
        || (reliability(published, outcomes), profit(published, outcomes, params)),
    );
    Some(ChurnResults {
        computed: true,
        schema: crate::results::SCHEMA,
        label: String::new(),
        positive: String::new(),
        what: String::new(),
        model: String::new(),
        chosen: String::new(),
        known: n as u64,
        events: events as u64,
        open: 0,
        base_rate,
        split: String::new(),
        twins: 0,
        copies: 0,
        metrics: own?,
        baseline: baseline?,
        comparison: Vec::new(),
        calibration,
        roc: thin(&ranking.roc_curve()),
        precision_recall: thin(&ranking.precision_recall_curve()),
        lift: lift(ranking),
        contact_budget: budget,
        no_profit: profit.as_ref().err().cloned().unwrap_or_default(),
        profit: profit.ok(),
        drivers: Vec::new(),
        importance: Vec::new(),
        permutation: Vec::new(),
        dependence: Vec::new(),
        survival: None,
        survival_not_drawn: String::new(),
        leaks: Vec::new(),
        mean_of_events: mean_where(published, outcomes, true),
        mean_of_others: mean_where(published, outcomes, false),
    })
}

/// The metrics of the predictions of each repeat; `None` where one class is absent.
pub(super) fn metrics(
    repeats: &[Vec<f64>],
    outcomes: &[bool],
    budget: f64,
    seed: Seed,
) -> Option<Metrics> {
    metrics_of(&rankings(repeats, outcomes)?, repeats, outcomes, budget, seed)
}

fn rankings(repeats: &[Vec<f64>], outcomes: &[bool]) -> Option<Vec<Ranking>> {
    repeats.iter().map(|p| Ranking::new(p, outcomes)).collect()
}

/// The same of repeats that are ranked already.
fn metrics_of(
    rankings: &[Ranking],
    repeats: &[Vec<f64>],
    outcomes: &[bool],
    budget: f64,
    seed: Seed,
) -> Option<Metrics> {
    let n = outcomes.len();
    // The loss of each customer, averaged over the repeats.
    let mean_of = |loss: &dyn Fn(f64, bool) -> f64| -> Vec<f64> {
        (0..n).map(|i| mean(repeats.iter().map(|p| loss(p[i], outcomes[i])))).collect()
    };
    let losses = mean_of(&loss_of);
    let squares = mean_of(&|p, y| (p - f64::from(u8::from(y))).powi(2));
    let measure = |drawn: Option<&[u32]>| -> Option<[f64; 4]> {
        let (mut auc, mut precision) = (0.0, 0.0);
        for ranking in rankings {
            let counts = drawn.map(|drawn| ranking.counts(drawn));
            auc += ranking.roc_auc(counts.as_ref())?;
            precision += ranking.average_precision(counts.as_ref())?;
        }
        let repeats = number(rankings.len());
        Some([
            auc / repeats,
            precision / repeats,
            mean_at(&losses, drawn),
            mean_at(&squares, drawn),
        ])
    };
    let full = measure(None)?;
    let of_draw = |drawn: &[u32]| measure(Some(drawn));
    let (ends, (lines, errors)) = rayon::join(
        || bootstrap::intervals(n, full, seed, "churn-metrics", &of_draw),
        || calibrated(repeats, outcomes, seed),
    );
    let interval = |k: usize| Interval { value: full[k], low: ends[k].0, high: ends[k].1 };
    let ece = mean(errors.iter().map(|of_repeat| of_repeat.0));
    let ece_floor = mean(errors.iter().map(|of_repeat| of_repeat.1));
    Some(Metrics {
        roc_auc: interval(0),
        pr_auc: interval(1),
        log_loss: interval(2),
        brier: interval(3),
        ece,
        ece_floor,
        ece_excess: ece - ece_floor,
        slope: mean(lines.iter().map(|line| line.slope)),
        intercept: mean(lines.iter().map(|line| line.intercept)),
        lift_at_budget: mean(rankings.iter().map(|r| r.gains(&[budget])[0] / budget)),
    })
}

/// Slope and intercept of each repeat, and its calibration error with the floor.
fn calibrated(
    repeats: &[Vec<f64>],
    outcomes: &[bool],
    seed: Seed,
) -> (Vec<calibration::Line>, Vec<(f64, f64)>) {
    let of = |p: &Vec<f64>| {
        rayon::join(
            || calibration::slope_and_intercept(p, outcomes),
            || calibration::ece_with_floor(p, outcomes, seed),
        )
    };
    repeats.par_iter().map(of).unzip()
}

/// The mean probability of those with this outcome.
fn mean_where(p: &[f64], outcomes: &[bool], outcome: bool) -> f64 {
    mean(p.iter().zip(outcomes).filter(|&(_, &y)| y == outcome).map(|(p, _)| *p))
}

fn mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (mut sum, mut n) = (0.0, 0);
    for value in values {
        sum += value;
        n += 1;
    }
    sum / number(n.max(1))
}

/// The mean of all values, or of those at the drawn positions.
fn mean_at(values: &[f64], drawn: Option<&[u32]>) -> f64 {
    match drawn {
        Some(drawn) => mean(drawn.iter().map(|&i| values[i as usize])),
        None => mean(values.iter().copied()),
    }
}

/// The reliability table with Wilson intervals: at most ten bins.
fn reliability(p: &[f64], outcomes: &[bool]) -> Vec<CalibrationBin> {
    let mut table = Vec::with_capacity(BINS);
    for bin in calibration::table(p, outcomes) {
        let (low, high) = stats::wilson(bin.events, bin.n);
        table.push(CalibrationBin {
            n: bin.n as u64,
            predicted: bin.predicted,
            observed: number(bin.events) / number(bin.n),
            low,
            high,
        });
    }
    table
}

/// The curve with at most [`POINTS`] of its points, the first and the last among them.
fn thin(curve: &[(f64, f64)]) -> Vec<CurvePoint> {
    let kept = curve.len().min(POINTS);
    (0..kept)
        .map(|i| {
            let place = if kept > 1 { i * (curve.len() - 1) / (kept - 1) } else { 0 };
            CurvePoint { x: curve[place].0, y: curve[place].1 }
        })
        .collect()
}

/// Gain and lift at 1 % to 100 %.
fn lift(ranking: &Ranking) -> Vec<LiftPoint> {
    let shares: Vec<f64> = (1..=100).map(|percent| f64::from(percent) / 100.0).collect();
    let gains = ranking.gains(&shares);
    let point = |(&share, gain): (&f64, f64)| LiftPoint { share, gain, lift: gain / share };
    shares.iter().zip(gains).map(point).collect()
}
