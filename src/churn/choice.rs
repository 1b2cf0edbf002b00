//! Which model: the simpler one, unless the other is better by more than its error.
//!
//! Boosting is taken where the mean log-loss of the same customers is lower than that of
//! the logistic regression by more than one standard error of the difference. The choice
//! is made inside every outer fold from its training rows alone, so that the published
//! out-of-fold probabilities are those of the whole procedure, choice and all. The final
//! model is chosen by the same rule from the out-of-fold predictions of all customers.
//!
//! Above 20,000 known customers the choice is made once, on a sample, and only the winner
//! is fitted on all: fitting both on all of them inside every fold takes minutes.
//!
//! # References
//!
//! Breiman, Friedman, Olshen, Stone (1984), Classification and Regression Trees, section
//! 3.4.3 (one standard error in favour of the simpler); Varma, Simon (2006), Bias in error
//! estimation when using cross-validation for model selection, BMC Bioinformatics 7
//! (nesting).

use super::ChurnError;
use super::crossfit::{self, Kind, Known, Repeat};
use super::explain::Asked;
use super::folds::Twins;
use super::params::ModelChoice;
use crate::stats::{first_near_best, loss_of, number};

/// Up to so many known customers the models are compared on all of them.
const MANY: usize = 20_000;
/// About how many they are compared on where there are more.
const SAMPLE: usize = 10_000;

/// The predictions of the models that were fitted, and of the procedure.
pub(super) struct Chosen {
    /// The model that the final one will be.
    pub(super) kind: Kind,
    /// What is published.
    pub(super) published: Vec<Repeat>,
    /// Of each model on its own, where there are two.
    pub(super) logistic: Option<Vec<Repeat>>,
    pub(super) boosting: Option<Vec<Repeat>>,
    /// Outer folds whose customers were predicted by boosting, and all outer folds.
    pub(super) boosted: (usize, usize),
    /// Customers of the sample that the choice was made on, where it was one.
    pub(super) sample: Option<usize>,
}

impl Chosen {
    fn one(kind: Kind, published: Vec<Repeat>, sample: Option<usize>) -> Self {
        let folds = published.iter().map(|repeat| repeat.inside.len()).sum();
        let boosted = (if kind == Kind::Boosting { folds } else { 0 }, folds);
        Self { kind, published, logistic: None, boosting: None, boosted, sample }
    }

    /// The repeats of the final model's kind.
    pub(super) fn own(&self) -> &[Repeat] {
        let both = if self.kind == Kind::Logistic { &self.logistic } else { &self.boosting };
        both.as_ref().unwrap_or(&self.published)
    }
}

/// Predicts every known customer out of fold by the model asked for; `None` where a
/// training set holds one class only.
pub(super) fn run(
    known: &Known,
    folds: &[Vec<u8>],
    leave_out: &[String],
    asked: ModelChoice,
    twins: &Twins,
) -> Result<Option<Chosen>, ChurnError> {
    // An order that is asked for is kept by boosting alone.
    let asked = if known.orders.is_empty() { asked } else { ModelChoice::Boosting };
    if asked == ModelChoice::Auto && known.rows.len() > MANY {
        let Some((part, kind)) = on_sample(known, twins)? else { return Ok(None) };
        let published = crossfit::run(known, folds, leave_out, kind)?;
        return Ok(published.map(|published| Chosen::one(kind, published, Some(part))));
    }
    let Some(logistic) = crossfit::run(known, folds, leave_out, Kind::Logistic)? else {
        return Ok(None);
    };
    if asked == ModelChoice::Logistic {
        return Ok(Some(Chosen::one(Kind::Logistic, logistic, None)));
    }
    let Some(boosting) = crossfit::run(known, folds, leave_out, Kind::Boosting)? else {
        return Ok(Some(Chosen::one(Kind::Logistic, logistic, None)));
    };
    let mut chosen = match asked {
        ModelChoice::Boosting => Chosen::one(Kind::Boosting, boosting.clone(), None),
        _ => nested(known, folds, &logistic, &boosting),
    };
    (chosen.logistic, chosen.boosting) = (Some(logistic), Some(boosting));
    Ok(Some(chosen))
}

/// Every customer by the model that the training rows of the customer's fold chose.
fn nested(known: &Known, folds: &[Vec<u8>], logistic: &[Repeat], boosting: &[Repeat]) -> Chosen {
    let mut boosted = (0, 0);
    let mut published = logistic.to_vec();
    for (repeat, published) in published.iter_mut().enumerate() {
        for fold in 0..published.inside.len() {
            let (simple, other) = (&logistic[repeat], &boosting[repeat]);
            boosted.1 += 1;
            if !is_better(&simple.inside[fold].losses, &other.inside[fold].losses) {
                continue;
            }
            boosted.0 += 1;
            for (place, _) in
                folds[repeat].iter().enumerate().filter(|(_, home)| usize::from(**home) == fold)
            {
                published.log_odds[place] = other.log_odds[place];
                published.probability[place] = other.probability[place];
            }
        }
    }
    let kind = better(known, logistic, boosting);
    Chosen { kind, published, logistic: None, boosting: None, boosted, sample: None }
}

/// The model for good, by the out-of-fold losses of all customers, averaged over repeats.
fn better(known: &Known, logistic: &[Repeat], boosting: &[Repeat]) -> Kind {
    let losses = |repeats: &[Repeat]| -> Vec<f64> {
        let of = |(place, &y): (usize, &bool)| {
            repeats.iter().map(|repeat| loss_of(repeat.probability[place], y)).sum::<f64>()
                / number(repeats.len())
        };
        known.outcomes.iter().enumerate().map(of).collect()
    };
    if is_better(&losses(logistic), &losses(boosting)) { Kind::Boosting } else { Kind::Logistic }
}

/// Whether the second losses of the same customers are lower by more than one standard
/// error of the difference.
fn is_better(simple: &[f64], other: &[f64]) -> bool {
    let can_tell = simple.len() == other.len() && simple.len() > 1;
    can_tell && first_near_best(&[simple, other], 1.0) == Some(1)
}

/// The better model on evenly spread known customers, and how many they were.
fn on_sample(known: &Known, twins: &Twins) -> Result<Option<(usize, Kind)>, ChurnError> {
    let step = known.rows.len().div_ceil(SAMPLE);
    let places: Vec<usize> = (0..known.rows.len()).step_by(step).collect();
    let folds = twins.folds(&known.outcomes, known.seed, 0);
    let part = Known {
        table: known.table,
        columns: known.columns.clone(),
        rows: known.at(&places),
        outcomes: places.iter().map(|&place| known.outcomes[place]).collect(),
        normalise: known.normalise.clone(),
        not_applicable: known.not_applicable,
        seed: known.seed,
        orders: known.orders.clone(),
        asked: Asked::default(),
    };
    let folds = [places.iter().map(|&place| folds[place]).collect()];
    let Some(logistic) = crossfit::run(&part, &folds, &[], Kind::Logistic)? else {
        return Ok(None);
    };
    let kind = crossfit::run(&part, &folds, &[], Kind::Boosting)?
        .map_or(Kind::Logistic, |boosting| better(&part, &logistic, &boosting));
    Ok(Some((places.len(), kind)))
}

#[cfg(test)]
mod tests {
    use super::is_better;

    #[test]
    fn a_gain_within_its_error_is_none() {
        // Gains .1 and -.1 by turns: mean 0. All .1: no error at all.
        let simple = [0.5; 8];
        assert!(!is_better(&simple, &[0.4, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.6]));
        assert!(is_better(&simple, &[0.4; 8]));
        // Mean gain .025, standard deviation .1035, error .0366.
        assert!(!is_better(&simple, &[0.4, 0.6, 0.4, 0.6, 0.4, 0.6, 0.4, 0.4]));
        // Mean gain .05, standard deviation .0926, error .0327.
        assert!(is_better(&simple, &[0.4, 0.6, 0.4, 0.4, 0.4, 0.6, 0.4, 0.4]));
        assert!(!is_better(&simple, &[0.4; 7]));
    }
}
