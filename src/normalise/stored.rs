//! Whether a preparation that was read from a file can be trusted with numbers: nothing
//! here panics later, divides by zero or reaches beyond an array.

use std::collections::BTreeSet;

use crate::matrix::MatrixColumn;
use crate::normalise::clip::Curve;
use crate::normalise::term::{Feature, Reading, Term, What};
use crate::normalise::{NormaliseError, Normaliser};

impl Normaliser {
    /// Checks what no type can: finite numbers, spreads above 0, ascending grids, distinct
    /// names, positions inside their lists, columns that match the terms.
    ///
    /// # Errors
    ///
    /// [`NormaliseError::Stored`] with the column and what is wrong with it.
    pub fn validate(&self) -> Result<(), NormaliseError> {
        let stored =
            |column: &str, what| Err(NormaliseError::Stored { column: column.to_owned(), what });
        if self.features.is_empty() {
            return stored("(none)", "there are no columns");
        }
        let mut sources = BTreeSet::new();
        let mut names = BTreeSet::new();
        for feature in &self.features {
            if !sources.insert(&feature.source) {
                return stored(&feature.source, "its name occurs twice");
            }
            if let Some(what) = feature.fault() {
                return stored(&feature.source, what);
            }
            if let Some(term) = feature.terms.iter().find(|term| !names.insert(&term.name)) {
                return stored(&term.name, "its name occurs twice");
            }
        }
        if self.columns != columns_of(&self.features) {
            return stored("(all)", "the list of columns does not match the terms");
        }
        Ok(())
    }
}

/// The columns of the matrix that the features make, in order.
pub(crate) fn columns_of(features: &[Feature]) -> Vec<MatrixColumn> {
    features
        .iter()
        .flat_map(|feature| {
            feature.terms.iter().map(|term| MatrixColumn {
                name: term.name.clone(),
                source: feature.source.clone(),
            })
        })
        .collect()
}

impl Feature {
    /// What is wrong with it, if anything.
    fn fault(&self) -> Option<&'static str> {
        if self.terms.is_empty() {
            return Some("it has no terms");
        }
        let fill_is_finite = |fill: &Option<f64>| fill.is_none_or(f64::is_finite);
        let fault = match &self.reading {
            Reading::Number { zero_where, fill, curve } => {
                if zero_where.as_ref() == Some(&self.source) {
                    return Some("it refers to itself");
                }
                (!fill_is_finite(fill)).then_some("the fill is not finite").or(curve.fault())
            }
            Reading::Rank { levels, fill, curve } => (!fill_is_finite(fill))
                .then_some("the fill is not finite")
                .or(curve.fault())
                .or(levels_fault(levels)),
            Reading::Flag { no, yes, fill } => {
                if no == yes {
                    return Some("yes and no are spelt the same");
                }
                fill.is_some_and(|fill| !(0.0..=1.0).contains(&fill))
                    .then_some("the fill of a flag is not from 0 to 1")
            }
            Reading::Category { levels, folds, usual } => {
                if *usual >= levels.len() {
                    return Some("the usual level is not in the list");
                }
                if folds.iter().any(|(from, to)| levels.contains(from) || !levels.contains(to)) {
                    return Some("a folded level does not lead to a level of the list");
                }
                levels_fault(levels)
            }
            Reading::Place { longitude, .. } => {
                (*longitude == self.source).then_some("its longitude is its latitude")
            }
            Reading::Member { levels, fill, centred_on } => {
                if !fill_is_finite(fill) {
                    return Some("the fill is not finite");
                }
                if !centred_on.is_empty() && !centred_on.contains(&self.source) {
                    return Some("it is not among the columns that it is centred on");
                }
                if levels.is_empty() { None } else { levels_fault(levels) }
            }
        };
        fault.or_else(|| self.terms.iter().find_map(|term| term.fault(&self.reading)))
    }
}

fn levels_fault(levels: &[String]) -> Option<&'static str> {
    let distinct: BTreeSet<&String> = levels.iter().collect();
    (levels.is_empty() || distinct.len() != levels.len())
        .then_some("the levels are empty or repeat")
}

impl Curve {
    fn fault(&self) -> Option<&'static str> {
        let bounds = [self.low, self.high];
        if bounds.iter().flatten().any(|bound| !bound.is_finite()) {
            return Some("a clipping bound is not finite");
        }
        if let [Some(low), Some(high)] = bounds
            && low >= high
        {
            return Some("the clipping bounds are not ascending");
        }
        self.log
            .is_some_and(|log| !(log.unit > 0.0 && log.unit.is_finite()))
            .then_some("the unit of the logarithm is not above 0")
    }
}

impl Term {
    fn fault(&self, reading: &Reading) -> Option<&'static str> {
        let scale = |centre: f64, spread: f64| {
            (!(centre.is_finite() && spread.is_finite() && spread > 0.0))
                .then_some("a scale is not finite and above 0")
        };
        let is_number = matches!(reading, Reading::Number { .. } | Reading::Rank { .. });
        let kind = match &self.what {
            What::Value => matches!(reading, Reading::Category { .. } | Reading::Place { .. })
                .then_some("a category or a place has no value"),
            What::Score { .. } | What::Square { .. } | What::Equals { .. } if !is_number => {
                Some("a term for numbers stands in another column")
            }
            What::Score { grid } => (grid.len() < 2
                || grid.iter().any(|g| !g.is_finite())
                || grid.windows(2).any(|pair| pair[0] > pair[1]))
            .then_some("the grid of quantiles is not ascending"),
            What::Square { centre, spread } => scale(*centre, *spread),
            What::Equals { value } => (!value.is_finite()).then_some("a value is not finite"),
            What::Missing => None,
            What::Axis { .. } if !matches!(reading, Reading::Place { .. }) => {
                Some("a coordinate stands in a column that is no place")
            }
            What::Axis { fill, .. } => (!fill.is_finite()).then_some("a coordinate is not finite"),
            What::Level { position } => match reading {
                Reading::Category { levels, .. } if *position < levels.len() => None,
                _ => Some("a term for a level that is not in the list"),
            },
        };
        kind.or_else(|| scale(self.centre, self.spread))
    }
}
