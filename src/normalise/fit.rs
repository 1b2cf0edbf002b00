//! Learning a preparation.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::finding::{Finding, Severity};
use crate::normalise::bends::{square, values_on_their_own};
use crate::normalise::clip::{self, Curve};
use crate::normalise::encode::{self, Context, constant};
use crate::normalise::fold::{self, Draft, RowSet};
use crate::normalise::impute::{self, Numbers};
use crate::normalise::order::{distinct, mean_and_sd, median};
use crate::normalise::place;
use crate::normalise::scale::{self, Fitted};
use crate::normalise::shares::{self, Sort};
use crate::normalise::stored::columns_of;
use crate::normalise::term::{Feature, Reading, Term, What};
use crate::normalise::{
    Checked, Log, NormaliseError, Normaliser, NotApplicable, Purpose, Scale, log, real,
};
use crate::said::facts;
use crate::table::{Column, FeatureTable, MISSING_LEVEL, OTHER, Unit, Values, units};

/// Up to this many distinct values a number is a count: neither logarithmised nor clipped.
const FEW_VALUES: usize = 20;

impl Normaliser {
    /// Learns how `columns` (positions in the table) are prepared, on `rows` only. Both
    /// must lie inside the table. The result is the same for any number of threads.
    ///
    /// Cost: a few passes and selections per column, no full sort (but for normal scores).
    ///
    /// # Errors
    ///
    /// No rows; missing values where `impute` forbids them; numbers whose variance
    /// overflows; no column left.
    pub fn fit(
        table: &FeatureTable,
        columns: &[usize],
        rows: &[usize],
        params: &Checked,
        purpose: Purpose,
        not_applicable: &NotApplicable,
    ) -> Result<(Self, Vec<Finding>), NormaliseError> {
        if rows.is_empty() {
            return Err(NormaliseError::NoRows);
        }
        let chosen: Vec<&Column> =
            columns.iter().filter_map(|&at| table.columns().get(at)).collect();
        let keys = fold::row_keys(rows.len());
        let context = Context { params, purpose, rows, keys: &keys };
        let mut findings = unknown_names(table, params);
        let sets: Vec<Vec<RowSet>> =
            chosen.par_iter().map(|column| fold::level_sets(&column.values, rows, &keys)).collect();
        let (folds, told) = fold::plan(&chosen, &sets, not_applicable);
        findings.extend(told);
        let numbers = gather(&chosen, rows);
        let parts = match purpose {
            Purpose::Distance => units(&chosen),
            Purpose::Regression => (0..chosen.len()).map(Unit::Single).collect(),
        };
        let drafts: Vec<Vec<Result<Draft, Finding>>> = parts
            .par_iter()
            .map(|unit| match unit {
                Unit::Single(at) => {
                    Ok(vec![single(&context, &numbers, chosen[*at], folds.get(at))?])
                }
                Unit::Place { latitude, longitude } => {
                    let alone = parts.len() == 1;
                    let (latitude, longitude) = (chosen[*latitude], chosen[*longitude]);
                    Ok(vec![place::learn(&context, latitude, longitude, alone)?])
                }
                Unit::Shares(members) => {
                    shares::learn(&context, &members_of(&chosen, members), Sort::Shares)
                }
                Unit::Items(members) => {
                    shares::learn(&context, &members_of(&chosen, members), Sort::Items)
                }
            })
            .collect::<Result<_, _>>()?;
        let (mut kept, mut lost) = (Vec::new(), Vec::new());
        for draft in drafts.into_iter().flatten() {
            match draft {
                Ok(draft) => kept.push(draft),
                Err(finding) => lost.push(finding),
            }
        }
        let (features, told) = fold::without_duplicates(kept, RowSet::all(&keys));
        findings.extend(lost);
        findings.extend(told);
        if features.is_empty() {
            return Err(NormaliseError::NoColumns { columns: columns.len() });
        }
        let columns = columns_of(&features);
        Ok((Self { purpose, features, columns }, findings))
    }
}

fn members_of<'a>(chosen: &[&'a Column], members: &[usize]) -> Vec<&'a Column> {
    members.iter().map(|&at| chosen[at]).collect()
}

/// A column that stands for itself.
fn single(
    context: &Context,
    numbers: &[Numbers],
    column: &Column,
    folds: Option<&BTreeMap<usize, usize>>,
) -> Result<Result<Draft, Finding>, NormaliseError> {
    match &column.values {
        Values::Number(_) => number(context, numbers, column),
        Values::Flag { codes, no, yes } => encode::flag(context, &column.name, codes, (no, yes)),
        Values::Category { codes, levels, ordered: true } if levels.len() > 2 => {
            rank(context, &column.name, codes, levels)
        }
        Values::Category { codes, levels, .. } => {
            let draft = encode::category(context, &column.name, (codes, levels), folds);
            Ok(draft.ok_or_else(|| constant(&column.name)))
        }
    }
}

/// Columns that the parameters name but the table does not have.
fn unknown_names(table: &FeatureTable, params: &Checked) -> Vec<Finding> {
    let logs: &[String] = if let Log::Columns(names) = params.log() { names } else { &[] };
    params
        .params()
        .weights
        .keys()
        .map(|name| ("weights", name))
        .chain(logs.iter().map(|name| ("log", name)))
        .filter(|(_, name)| table.column(name).is_none())
        .map(|(key, name)| {
            Finding::new(
                "unknown-column_prepared",
                Severity::Warning,
                facts!(key = key, name = name, of = table.columns().len()),
            )
            .column(name)
        })
        .collect()
}

fn gather<'a>(chosen: &[&'a Column], rows: &[usize]) -> Vec<Numbers<'a>> {
    chosen
        .par_iter()
        .filter_map(|column| match &column.values {
            Values::Number(values) => Some(Numbers::gather(&column.name, values, rows)),
            _ => None,
        })
        .collect()
}

/// One number column of the table.
fn number(
    context: &Context,
    all: &[Numbers],
    column: &Column,
) -> Result<Result<Draft, Finding>, NormaliseError> {
    let Some(which) = all.iter().position(|numbers| numbers.name == column.name) else {
        return Ok(Err(constant(&column.name)));
    };
    let zero_where = impute::zero_where(all, which).map(str::to_owned);
    let mut values = all[which].values.clone();
    let mut findings = Vec::new();
    if let Some(other) = &zero_where {
        all[which].missing.iter().for_each(|&at| values[at] = 0.0);
        findings.push(
            Finding::new(
                "structural-zero",
                Severity::Note,
                facts!(name = &column.name, other = other),
            )
            .column(&column.name)
            .count(all[which].missing.len()),
        );
    }
    let reading = |fill, curve| Reading::Number { zero_where, fill, curve };
    quantity(context, &column.name, values, findings, reading)
}

/// Ordered levels count as 0, 1, 2 and so on; the pooled rare ones have no place in the
/// order and count as missing.
fn rank(
    context: &Context,
    column: &str,
    codes: &[u32],
    levels: &[String],
) -> Result<Result<Draft, Finding>, NormaliseError> {
    let ranked: Vec<String> = levels.iter().filter(|level| *level != OTHER).cloned().collect();
    let values = context
        .rows
        .iter()
        .map(|&row| match codes[row] {
            MISSING_LEVEL => f64::NAN,
            code if (code as usize) < ranked.len() => f64::from(code),
            _ => f64::NAN,
        })
        .collect();
    let reading = |fill: Option<f64>, curve| Reading::Rank {
        levels: ranked,
        // A level that was never seen has no rank: something must stand in for it.
        fill: fill.or(Some(0.0)),
        curve,
    };
    quantity(context, column, values, Vec::new(), reading)
}

/// A column of numbers, NaN where missing.
fn quantity(
    context: &Context,
    column: &str,
    mut values: Vec<f64>,
    mut findings: Vec<Finding>,
    reading: impl FnOnce(Option<f64>, Curve) -> Reading,
) -> Result<Result<Draft, Finding>, NormaliseError> {
    let n = values.len();
    let mut missing = RowSet::default();
    let absent = values.iter().zip(context.keys).filter(|(v, _)| v.is_nan());
    absent.for_each(|(_, &key)| missing.add(key));
    let whole = missing.count == 0;
    let known: Vec<f64> =
        if whole { Vec::new() } else { values.iter().copied().filter(|v| !v.is_nan()).collect() };
    let present = if whole { &values } else { &known };
    let Some((_, sd)) = mean_and_sd(present) else { return Ok(Err(too_empty(column, n, n))) };
    if !(sd * sd).is_finite() {
        return Err(NormaliseError::TooLarge { column: column.to_owned() });
    }
    // Learnt even where nothing is missing: a later customer may have a gap.
    let usual = median(present).unwrap_or(0.0);
    let fill = context.fill(column, missing.count, usual)?;
    let mut terms = Vec::new();
    if let Some(term) = context.missing_term(column, missing) {
        terms.push((term, missing));
    }
    let mut curve = Curve::default();
    if real(missing.count) > impute::MAX_MISSING * real(n) {
        let lost = too_empty(column, missing.count, n);
        if context.purpose == Purpose::Distance || terms.is_empty() {
            return Ok(Err(lost));
        }
        findings.push(lost);
    } else {
        findings.extend(imputed(column, missing.count, n));
        let few = distinct(present.iter().copied(), FEW_VALUES);
        let (bent, mut curved) = bend(context, column, present, few.is_none(), &mut findings);
        curve = bent;
        if !whole {
            values.iter_mut().filter(|v| v.is_nan()).for_each(|v| *v = fill.unwrap_or(0.0));
            curved = values.iter().map(|&v| curve.apply(v)).collect();
        }
        let numbers = (&values[..], &curved[..]);
        let main = main_terms(context, column, numbers, few.as_deref(), &mut findings);
        if main.is_empty() && terms.is_empty() {
            return Ok(Err(constant(column)));
        }
        terms.splice(0..0, main);
    }
    let (terms, rows) = terms.into_iter().unzip();
    let feature = Feature { source: column.to_owned(), reading: reading(fill, curve), terms };
    Ok(Ok(Draft { feature, rows, findings }))
}

/// The clipping and the logarithm, and what they make of the present numbers. Normal scores
/// need neither.
fn bend(
    context: &Context,
    column: &str,
    present: &[f64],
    many: bool,
    findings: &mut Vec<Finding>,
) -> (Curve, Vec<f64>) {
    if context.purpose == Purpose::Distance && context.params.scale() == Scale::Quantile {
        return (Curve::default(), present.to_vec());
    }
    let mut curve =
        if many { clip::bounds(present, context.params.clip()) } else { Curve::default() };
    let clipped: Vec<f64> = present.iter().map(|&v| curve.clip(v)).collect();
    let count = present.iter().zip(&clipped).filter(|(a, b)| a.total_cmp(b).is_ne()).count();
    if count > 0 {
        findings.push(
            Finding::new("clipped-customers", Severity::Note, facts!(n = count, name = column))
                .column(column)
                .count(count),
        );
    }
    match log::choose(column, &clipped, many, context.params.log()) {
        Some((log, curved)) => {
            curve.log = Some(log);
            (curve, curved)
        }
        None => (curve, clipped),
    }
}

/// The number itself and, for regression, its bends. `values` are as they are and as they are
/// bent.
fn main_terms(
    context: &Context,
    column: &str,
    (values, curved): (&[f64], &[f64]),
    few: Option<&[f64]>,
    findings: &mut Vec<Finding>,
) -> Vec<(Term, RowSet)> {
    let scale = match (context.purpose, few) {
        (Purpose::Regression, _) => Scale::Standard,
        (Purpose::Distance, Some([zero, one])) if *zero == 0.0 && one.total_cmp(&1.0).is_eq() => {
            Scale::None
        }
        (Purpose::Distance, _) => context.params.scale(),
    };
    let Some(fitted) = scale::fit(column, curved, scale, findings) else { return Vec::new() };
    let (what, centre, spread) = match fitted {
        Fitted::Affine { centre, spread } => (What::Value, centre, spread),
        Fitted::Grid(grid) => (What::Score { grid }, 0.0, 1.0),
    };
    let root = context.root_weight(column);
    let key = context
        .keys
        .iter()
        .zip(values)
        .fold(0_u128, |sum, (&key, &value)| sum.wrapping_add(fold::value_key(key, value)));
    // No set of rows holds more than n of them, so these keys are never one of theirs.
    let set = |kind: usize| RowSet { key, count: values.len() + kind };
    let main = Term { name: column.to_owned(), what, centre, spread: spread / root };
    let mut terms = vec![(main, set(1))];
    if context.purpose == Purpose::Regression {
        terms.extend(values_on_their_own(context, column, values, few));
        if few.is_none() {
            terms.extend(square(column, curved, centre, spread).map(|term| (term, set(2))));
        }
    }
    terms
}

pub(crate) fn too_empty(column: &str, missing: usize, n: usize) -> Finding {
    Finding::new(
        "mostly-missing-column",
        Severity::Warning,
        facts!(name = column, n = missing, of = n),
    )
    .column(column)
    .count(missing)
}

pub(crate) fn imputed(column: &str, missing: usize, n: usize) -> Option<Finding> {
    (missing > 0).then(|| {
        Finding::new("imputed-numbers", Severity::Note, facts!(n = missing, of = n, name = column))
            .column(column)
            .count(missing)
    })
}
