//! Flags and categories as columns of 0 and 1.
//!
//! The dummies of a category are multiplied by w with w^2 = 1 / sum p(1-p), p being the
//! share of each level, because two random customers then differ by 2 in the mean squared
//! distance, as they do in a standardised number. w is at most 2: where one level holds
//! nearly everybody, the few others would otherwise stand further out than any number.
//!
//! A level that was not seen when learning (or that was pooled, where no pooled level was
//! seen) is 0 in every dummy. A missing category has a column of its own above 1 %
//! missing; below, it counts as the most frequent level.

use std::collections::BTreeMap;

use crate::finding::{Finding, Severity};
use crate::normalise::fold::{Draft, RowSet, no_level};
use crate::normalise::term::{Feature, Reading, Term, What};
use crate::normalise::{Checked, Impute, NormaliseError, Purpose, real};
use crate::said::facts;
use crate::table::{MISSING_FLAG, MISSING_LEVEL};

/// Above this share a missing category is a level of its own.
const MISSING_LEVEL_SHARE: f64 = 0.01;
/// The smallest sum p(1-p) that w is made from.
const MIN_MIXED: f64 = 0.25;

/// What every column needs to know to be learnt.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) params: &'a Checked,
    pub(crate) purpose: Purpose,
    pub(crate) rows: &'a [usize],
    pub(crate) keys: &'a [u128],
}

impl Context<'_> {
    /// What values are multiplied by so that the user's weight multiplies squared
    /// distances.
    pub(crate) fn root_weight(&self, column: &str) -> f64 {
        match self.purpose {
            Purpose::Distance => self.params.weight(column).sqrt(),
            Purpose::Regression => 1.0,
        }
    }

    /// The same for columns that are one thing: the weight of the first that has one.
    pub(crate) fn root_weight_of(&self, columns: [&str; 2]) -> f64 {
        let weights = &self.params.params().weights;
        let named = columns.into_iter().find(|column| weights.contains_key(*column));
        named.map_or(1.0, |column| self.root_weight(column))
    }

    /// Above which share of missing values there is an indicator.
    fn indicator_share(&self) -> f64 {
        match self.purpose {
            Purpose::Distance => 0.2,
            Purpose::Regression => 0.01,
        }
    }

    /// A column of 0 and 1 that is 1 for `set`.
    pub(crate) fn indicator(&self, source: &str, name: String, what: What, set: RowSet) -> Term {
        let (centre, spread) = match self.purpose {
            Purpose::Distance => (0.0, 1.0 / self.root_weight(source)),
            Purpose::Regression => (real(set.count) / real(self.rows.len()), 0.5),
        };
        Term { name, what, centre, spread }
    }

    /// The indicator of missing values where there are enough of them (and not only them).
    pub(crate) fn missing_term(&self, source: &str, missing: RowSet) -> Option<Term> {
        let share = real(missing.count) / real(self.rows.len());
        (share > self.indicator_share() && missing.count < self.rows.len())
            .then(|| self.indicator(source, format!("{source} (missing)"), What::Missing, missing))
    }

    /// What stands in for missing values: `None` if nothing may.
    pub(crate) fn fill(
        &self,
        column: &str,
        missing: usize,
        usual: f64,
    ) -> Result<Option<f64>, NormaliseError> {
        let column = column.to_owned();
        match self.params.impute() {
            Impute::Median => Ok(Some(usual)),
            Impute::Zero => Ok(Some(0.0)),
            Impute::Error if missing > 0 => Err(NormaliseError::Missing { column, missing }),
            Impute::DropRow if missing > 0 => Err(NormaliseError::Incomplete { column, missing }),
            Impute::Error | Impute::DropRow => Ok(None),
        }
    }
}

/// The column says nothing.
pub(crate) fn constant(column: &str) -> Finding {
    Finding::new("constant-column_here", Severity::Note, facts!(name = column)).column(column)
}

/// A flag: one column, 0 or 1, not standardised for distances.
pub(crate) fn flag(
    context: &Context,
    column: &str,
    codes: &[u8],
    (no, yes): (&str, &str),
) -> Result<Result<Draft, Finding>, NormaliseError> {
    let mut sets = [RowSet::default(); 3];
    for (&row, &key) in context.rows.iter().zip(context.keys) {
        sets[usize::from(codes[row].min(MISSING_FLAG))].add(key);
    }
    let [off, on, missing] = sets;
    if off.count == 0 && on.count == 0 {
        return Ok(Err(constant(column)));
    }
    let share = real(on.count) / real(on.count + off.count);
    let usual = match context.purpose {
        Purpose::Distance if on.count > off.count => 1.0,
        Purpose::Distance => 0.0,
        Purpose::Regression => share,
    };
    let fill = context.fill(column, missing.count, usual)?;
    let mut terms = Vec::new();
    let mut rows = Vec::new();
    if off.count > 0 && on.count > 0 {
        let mut term = context.indicator(column, column.to_owned(), What::Value, on);
        if context.purpose == Purpose::Regression {
            term.centre = share;
        }
        terms.push(term);
        rows.push(on);
    }
    if let Some(term) = context.missing_term(column, missing) {
        terms.push(term);
        rows.push(missing);
    }
    if terms.is_empty() {
        return Ok(Err(constant(column)));
    }
    let reading = Reading::Flag { no: no.to_owned(), yes: yes.to_owned(), fill };
    let feature = Feature { source: column.to_owned(), reading, terms };
    Ok(Ok(Draft { feature, rows, findings: Vec::new() }))
}

/// A category: one column of 0 and 1 where it has two levels, else one per level; `None`
/// where it says nothing.
pub(crate) fn category(
    context: &Context,
    column: &str,
    (codes, levels): (&[u32], &[String]),
    folds: Option<&BTreeMap<usize, usize>>,
) -> Option<Draft> {
    let fold = |level: usize| folds.and_then(|f| f.get(&level)).copied().unwrap_or(level);
    let mut sets = vec![RowSet::default(); levels.len()];
    let mut missing = RowSet::default();
    for (&row, &key) in context.rows.iter().zip(context.keys) {
        match codes[row] {
            MISSING_LEVEL => missing.add(key),
            code => match sets.get_mut(fold(code as usize)) {
                Some(set) => set.add(key),
                None => missing.add(key),
            },
        }
    }
    let kept: Vec<usize> = (0..levels.len()).filter(|&at| sets[at].count > 0).collect();
    // The first of the most frequent.
    let usual = (0..kept.len()).rev().max_by_key(|&at| sets[kept[at]].count)?;
    let has_missing = real(missing.count) > MISSING_LEVEL_SHARE * real(context.rows.len());
    if !has_missing {
        let set = &mut sets[kept[usual]];
        set.key = set.key.wrapping_add(missing.key);
        set.count += missing.count;
    }
    let mut slots: Vec<(Term, RowSet)> = kept
        .iter()
        .enumerate()
        .map(|(position, &at)| {
            let name = format!("{column}={}", levels[at]);
            let what = What::Level { position };
            (context.indicator(column, name, what, sets[at]), sets[at])
        })
        .collect();
    if has_missing {
        let name = format!("{column} (missing)");
        slots.push((context.indicator(column, name, What::Missing, missing), missing));
    }
    let names: Vec<String> = kept.iter().map(|&at| levels[at].clone()).collect();
    weigh(context, &mut slots, &names, usual);
    if slots.is_empty() {
        return None;
    }
    let folds =
        folds.into_iter().flatten().map(|(&from, &to)| (levels[from].clone(), levels[to].clone()));
    let reading = Reading::Category { folds: folds.collect(), levels: names, usual };
    let (terms, rows) = slots.into_iter().unzip();
    let feature = Feature { source: column.to_owned(), reading, terms };
    Some(Draft { feature, rows, findings: Vec::new() })
}

/// Leaves out the level that the others imply, and gives the rest one vote together.
fn weigh(context: &Context, slots: &mut Vec<(Term, RowSet)>, names: &[String], usual: usize) {
    let by_level =
        |at: usize| move |slot: &(Term, RowSet)| slot.0.what != What::Level { position: at };
    if context.purpose == Purpose::Regression {
        let most = slots.iter().map(|(_, set)| set.count).max();
        if most == Some(slots[usual].1.count) {
            slots.retain(by_level(usual));
        } else {
            slots.retain(|(term, _)| term.what != What::Missing);
        }
    } else if names.len() <= 2 {
        let zero = no_level(names, |_| true).unwrap_or(0);
        slots.retain(by_level(zero));
    } else {
        let n = real(context.rows.len());
        let mixed: f64 =
            slots.iter().map(|(_, set)| real(set.count) / n).map(|p| p * (1.0 - p)).sum();
        for (term, _) in slots.iter_mut() {
            term.spread *= mixed.max(MIN_MIXED).sqrt();
        }
    }
}
