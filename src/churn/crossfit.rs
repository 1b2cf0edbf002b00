//! Out-of-fold predictions: every customer is predicted by a model that has not seen the
//! customer, nor a twin of the customer, in any step.
//!
//! Inside each outer fold, on its training rows alone: the preparation is learnt, the
//! model is fitted, four more models on three of the four training folds each predict
//! the fourth, and the calibration line is learnt from those predictions. They also decide
//! how many trees there are, and which of two models the fold's customers are predicted by.

use rayon::prelude::*;

use super::ChurnError;
use super::boost::Order;
use super::calibrate::{Tried, Unseen, calibrate};
use super::curve::Curve;
use super::explain::{Asked, OfLine, Told, tell};
use super::folds::{FOLDS, how_many};
use super::logistic::{self, Fit, LAMBDA, LOOSE, Sample, TIGHT};
use super::trained;
use crate::matrix::Matrix;
use crate::normalise::base::NotApplicable;
use crate::normalise::{self, Normaliser, Purpose};
use crate::seed::Seed;
use crate::stats::sigmoid;
use crate::table::FeatureTable;

/// Above this many customers folds are taken one after the other, to bound memory.
const ONE_AT_A_TIME: usize = 200_000;

/// Of more customers the preparation is learnt from evenly spread ones.
const MOST_PREPARED: usize = 200_000;

/// Of more training rows the logistic regression of a fold learns from evenly spread ones:
/// what its few coefficients lose by that is, in log-loss, their number over 400,000.
const MOST_LEARNT: usize = 200_000;

/// Unless that left fewer than this of the rarer outcome: then of as many rows as have them,
/// for what is rare decides how well coefficients are known.
const FEWEST_OF_THE_RARER: usize = 10_000;

/// But of no more rows than this: their matrix is held.
const MOST_HELD: usize = 1_000_000;

/// Every how many-th row the logistic regression learns from.
pub(super) fn step(outcomes: &[bool]) -> usize {
    let n = outcomes.len();
    let rarer_of = |yes: usize, n: usize| yes.min(n - yes);
    let rarer = rarer_of(outcomes.iter().filter(|&&yes| yes).count(), n);
    let step = n.div_ceil(MOST_LEARNT).min(rarer / FEWEST_OF_THE_RARER);
    let step = step.max(n.div_ceil(MOST_HELD)).max(1);
    // Where the outcome follows the order of the rows, every so many-th one may have next to
    // none of it.
    let part = outcomes.iter().step_by(step);
    let (yes, n) = (part.clone().filter(|&&yes| yes).count(), part.count());
    if 2 * step * rarer_of(yes, n) < rarer { 1 } else { step }
}

/// The customers whose outcome is known, and what the model may use.
pub(super) struct Known<'a> {
    pub(super) table: &'a FeatureTable,
    /// Columns of the table.
    pub(super) columns: Vec<usize>,
    /// Rows of the table.
    pub(super) rows: Vec<usize>,
    /// One outcome per row.
    pub(super) outcomes: Vec<bool>,
    pub(super) normalise: normalise::Checked,
    pub(super) not_applicable: &'a NotApplicable,
    pub(super) seed: Seed,
    /// What more of each column may do; empty where it is anything.
    pub(super) orders: Vec<Order>,
    /// What the folds of the first repeat are asked of their models.
    pub(super) asked: Asked,
}

impl Known<'_> {
    /// Learns the preparation on the given known customers, evenly spread ones where there
    /// are many, and prepares them all.
    pub(super) fn prepare(&self, places: &[usize]) -> Result<(Normaliser, Matrix), ChurnError> {
        let step = places.len().div_ceil(MOST_PREPARED).max(1);
        let rows: Vec<usize> = places.iter().step_by(step).map(|&place| self.rows[place]).collect();
        let (normaliser, _) = Normaliser::fit(
            self.table,
            &self.columns,
            &rows,
            &self.normalise,
            Purpose::Regression,
            self.not_applicable,
        )?;
        let matrix = self.apply(&normaliser, places)?;
        Ok((normaliser, matrix))
    }

    fn apply(&self, normaliser: &Normaliser, places: &[usize]) -> Result<Matrix, ChurnError> {
        let matrix = normaliser.apply(self.table, &self.at(places))?;
        if matrix.n_rows() == places.len() {
            Ok(matrix)
        } else {
            Err(ChurnError::Rows { rows: matrix.n_rows(), expected: places.len() })
        }
    }

    /// Log-odds of the known customers at `places`, by the coefficients of the prepared columns
    /// with the intercept last.
    fn log_odds(
        &self,
        normaliser: &Normaliser,
        places: &[usize],
        beta: &[f64],
    ) -> Result<Vec<f64>, ChurnError> {
        let Some((intercept, coefficients)) = beta.split_last() else { return Ok(Vec::new()) };
        let sums = normaliser.combine(self.table, &self.at(places), coefficients)?;
        if sums.len() != places.len() {
            return Err(ChurnError::Rows { rows: sums.len(), expected: places.len() });
        }
        Ok(sums.into_iter().map(|sum| intercept + sum).collect())
    }

    /// The names of the columns.
    pub(super) fn names(&self) -> Vec<&str> {
        let name = |&column: &usize| self.table.columns()[column].name.as_str();
        self.columns.iter().map(name).collect()
    }

    /// Rows of the table.
    pub(super) fn at(&self, places: &[usize]) -> Vec<usize> {
        places.iter().map(|&place| self.rows[place]).collect()
    }
}

/// Which model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Logistic,
    Boosting,
}

/// The predictions of one repeat, one per known customer.
#[derive(Clone)]
pub(super) struct Repeat {
    /// Log-odds before calibration.
    pub(super) log_odds: Vec<f64>,
    /// Calibrated probability.
    pub(super) probability: Vec<f64>,
    /// For each column left out, log-odds of the model without it.
    pub(super) without: Vec<Vec<f64>>,
    /// Whether every model converged.
    pub(super) converged: bool,
    /// What each outer fold learnt of its model from its own training rows.
    pub(super) inside: Vec<Inside>,
    /// What the models of the folds go by; of the first repeat alone.
    pub(super) told: Vec<Told>,
}

/// What an outer fold knows of its model without its customers.
#[derive(Clone)]
pub(super) struct Inside {
    /// Losses of calibrated predictions for training rows that the models had not seen,
    /// in an order that both models share.
    pub(super) losses: Vec<f64>,
    /// Trees; 0 for a model that has none.
    pub(super) trees: usize,
}

/// The predictions of one fold.
pub(super) struct Held {
    pub(super) places: Vec<usize>,
    pub(super) log_odds: Vec<f64>,
    pub(super) curve: Curve,
    pub(super) without: Vec<Vec<f64>>,
    pub(super) converged: bool,
    pub(super) inside: Inside,
    pub(super) told: Option<Told>,
}

/// The rows of an outer fold.
pub(super) struct Outer<'a> {
    /// Known customers to be predicted, and those to learn from.
    pub(super) places: Vec<usize>,
    pub(super) train: Vec<usize>,
    /// The outcome and the fold of each one to learn from.
    pub(super) outcomes: Vec<bool>,
    pub(super) inner: Vec<u8>,
    /// Columns to leave out once each.
    pub(super) leave_out: &'a [String],
    /// A number of its own; the first repeat has the first numbers.
    pub(super) job: u64,
    /// Whether the model is asked what it goes by.
    pub(super) explains: bool,
}

/// Predicts every known customer once per repeat, `folds` holding the folds of each;
/// `None` where a training set holds one class only. The columns to leave out are left
/// out in the first repeat.
pub(super) fn run(
    known: &Known,
    folds: &[Vec<u8>],
    leave_out: &[String],
    kind: Kind,
) -> Result<Option<Vec<Repeat>>, ChurnError> {
    let n_folds = how_many(known.rows.len());
    let one = |job: usize| {
        let (repeat, fold) = (job / n_folds, job % n_folds);
        let outer =
            Outer::of(known, &folds[repeat], fold, if repeat == 0 { leave_out } else { &[] });
        let outer = Outer { job: job as u64, explains: repeat == 0, ..outer };
        match kind {
            _ if outer.places.is_empty() => Ok(Some(outer.nobody())),
            Kind::Logistic => hold(known, outer),
            Kind::Boosting => Ok(trained::hold(known, outer)),
        }
    };
    let jobs = 0..folds.len() * n_folds;
    let held: Vec<Option<Held>> = if known.rows.len() > ONE_AT_A_TIME {
        jobs.map(one).collect::<Result<_, _>>()?
    } else {
        jobs.into_par_iter().map(one).collect::<Result<_, _>>()?
    };
    let Some(held) = held.into_iter().collect::<Option<Vec<Held>>>() else { return Ok(None) };
    Ok(Some(held.chunks(n_folds).map(|held| gather(held, known.rows.len())).collect()))
}

/// The folds of one repeat together.
fn gather(held: &[Held], n: usize) -> Repeat {
    let left_out = held.first().map_or(0, |held| held.without.len());
    let mut repeat = Repeat {
        log_odds: vec![0.0; n],
        probability: vec![0.0; n],
        without: vec![vec![0.0; n]; left_out],
        converged: true,
        inside: held.iter().map(|held| held.inside.clone()).collect(),
        told: held.iter().filter_map(|held| held.told.clone()).collect(),
    };
    for held in held {
        for (i, &place) in held.places.iter().enumerate() {
            repeat.log_odds[place] = held.log_odds[i];
            repeat.probability[place] = sigmoid(held.curve.at(held.log_odds[i]));
            for (all, one) in repeat.without.iter_mut().zip(&held.without) {
                all[place] = one[i];
            }
        }
        repeat.converged &= held.converged;
    }
    repeat
}

impl<'a> Outer<'a> {
    fn of(known: &Known, folds: &[u8], fold: usize, leave_out: &'a [String]) -> Self {
        let (places, train): (Vec<usize>, Vec<usize>) =
            (0..folds.len()).partition(|&place| usize::from(folds[place]) == fold);
        let outcomes = train.iter().map(|&place| known.outcomes[place]).collect();
        let inner = train.iter().map(|&place| folds[place]).collect();
        Self { places, train, outcomes, inner, leave_out, job: 0, explains: false }
    }

    /// The same with no more rows to learn from than a regression needs.
    fn thinned(self) -> Self {
        let step = step(&self.outcomes);
        Self {
            train: self.train.into_iter().step_by(step).collect(),
            outcomes: self.outcomes.into_iter().step_by(step).collect(),
            inner: self.inner.into_iter().step_by(step).collect(),
            ..self
        }
    }

    /// The predictions of a fold that has no customers.
    fn nobody(self) -> Held {
        Held {
            places: self.places,
            log_odds: Vec::new(),
            curve: Curve::IDENTITY,
            without: vec![Vec::new(); self.leave_out.len()],
            converged: true,
            inside: Inside { losses: Vec::new(), trees: 0 },
            told: None,
        }
    }
}

/// One outer fold by logistic regression.
fn hold(known: &Known, outer: Outer) -> Result<Option<Held>, ChurnError> {
    let (explains, job) = (outer.explains, outer.job);
    let Outer { places, train, outcomes, inner, leave_out, .. } = outer.thinned();
    let (normaliser, matrix) = known.prepare(&train)?;
    let Some(sample) = Sample::all(&matrix, &outcomes) else {
        return Err(ChurnError::Rows { rows: matrix.n_rows(), expected: outcomes.len() });
    };
    let Some(fit) = logistic::fit(&sample, LAMBDA, TIGHT, None) else { return Ok(None) };
    let calibration = calibrate(&unseen(&sample, &fit, &inner), Tried::Line);
    let log_odds = known.log_odds(&normaliser, &places, &fit.beta)?;
    let Some(without) = without(known, (&normaliser, &matrix), &outcomes, &places, leave_out)?
    else {
        return Ok(None);
    };
    let inside = Inside { losses: calibration.losses, trees: 0 };
    let (curve, converged) = (calibration.curve, fit.converged);
    let told = if explains {
        let asked = known.asked.looked_at(&places);
        let mut all = [asked.clone(), known.asked.lenders()].concat();
        all.sort_unstable();
        all.dedup();
        let matrix = known.apply(&normaliser, &all)?;
        let model = OfLine::new(&matrix, &all, &known.names(), &fit.beta);
        Some(tell(&known.asked, &model, curve, asked, known.seed, job))
    } else {
        None
    };
    Ok(Some(Held { places, log_odds, curve, without, converged, inside, told }))
}

/// The predictions of a fold with each of the columns left out; `None` where one cannot be
/// fitted.
fn without(
    known: &Known,
    (normaliser, train): (&Normaliser, &Matrix),
    outcomes: &[bool],
    places: &[usize],
    leave_out: &[String],
) -> Result<Option<Vec<Vec<f64>>>, ChurnError> {
    if leave_out.is_empty() {
        return Ok(Some(Vec::new()));
    }
    let test = known.apply(normaliser, places)?;
    leave_out.iter().map(|column| predict_without(train, outcomes, &test, column)).collect()
}

/// Each inner fold predicted by a model of the other inner folds; folds that cannot be
/// are left out. Of many rows one inner fold says as much, and its predictions are dealt
/// into several hands.
fn unseen(sample: &Sample, fit: &Fit, inner: &[u8]) -> Vec<Unseen> {
    let mut folds = (0..FOLDS).filter_map(|fold| {
        let judged = sample.filter(|row| usize::from(inner[row]) == fold);
        if judged.rows.is_empty() {
            return None;
        }
        let learnt = sample.filter(|row| usize::from(inner[row]) != fold);
        let fit = logistic::fit(&learnt, LAMBDA, LOOSE, Some(fit))?;
        Some(Unseen {
            log_odds: judged.rows.iter().map(|&row| judged.log_odds(row, &fit.beta)).collect(),
            outcomes: judged.rows.iter().map(|&row| judged.outcomes[row]).collect(),
        })
    });
    if sample.rows.len() > trained::ONE_INNER {
        return folds.next().map_or_else(Vec::new, |one| trained::dealt(&one));
    }
    folds.collect()
}

/// Log-odds of every row of the matrix.
fn predict(matrix: &Matrix, beta: &[f64]) -> Vec<f64> {
    let Some((intercept, coefficients)) = beta.split_last() else { return Vec::new() };
    let of = |row: ndarray::ArrayView1<f64>| {
        intercept + row.iter().zip(coefficients).map(|(x, b)| x * b).sum::<f64>()
    };
    matrix.values().rows().into_iter().map(of).collect()
}

/// The fold once more without the columns that were made from `source`.
fn predict_without(
    train: &Matrix,
    outcomes: &[bool],
    test: &Matrix,
    source: &str,
) -> Result<Option<Vec<f64>>, ChurnError> {
    let kept: Vec<usize> =
        (0..train.n_columns()).filter(|&j| train.columns()[j].source != source).collect();
    let select = |matrix: &Matrix| {
        let columns = kept.iter().map(|&j| matrix.columns()[j].clone()).collect();
        Matrix::new(matrix.values().select(ndarray::Axis(1), &kept), columns).ok()
    };
    let (Some(train), Some(test)) = (select(train), select(test)) else {
        // It was the only column: nothing but the base rate is left.
        return Ok(Some(vec![0.0; test.n_rows()]));
    };
    let Some(sample) = Sample::all(&train, outcomes) else {
        return Err(ChurnError::Rows { rows: train.n_rows(), expected: outcomes.len() });
    };
    Ok(logistic::fit(&sample, LAMBDA, LOOSE, None).map(|fit| predict(&test, &fit.beta)))
}

#[cfg(test)]
mod tests {
    use super::step;

    #[test]
    fn many_rows_are_thinned_as_far_as_the_rarer_outcome_allows() {
        // Every so many-th row has the outcome, in an order of its own.
        let of = |n: usize, one_in: usize| -> Vec<bool> {
            (0..n).map(|i| i * 7919 % n < n / one_in).collect()
        };
        assert_eq!(step(&[]), 1);
        assert_eq!(step(&vec![true; 300_000]), 1);
        assert_eq!(step(&of(200_000, 4)), 1);
        assert_eq!(step(&of(200_001, 4)), 2);
        assert_eq!(step(&of(1_000_000, 8)), 5);
        assert_eq!(step(&of(1_000_000, 25)), 4);
        // 19,999 of the rarer are too few to leave out every second one.
        assert_eq!(step(&of(300_000, 15)), 2);
        assert_eq!(step(&of(299_985, 15)), 1);
        assert_eq!(step(&of(3_000_000, 1_000)), 3);
    }

    #[test]
    fn an_outcome_that_follows_the_order_is_not_thinned_away() {
        let periodic: Vec<bool> = (0..1_000_000).map(|i| i % 5 == 3).collect();
        assert_eq!(step(&periodic), 1);
    }
}
