//! The customers of this run against the previous one: by its frozen model, column by
//! column, and the verdict on its segments.

use super::job::Failure;
use super::previous::Previous;
use super::rules::with_classes;
use crate::change::drift::{Sample, drift};
use crate::change::identity::{Table, identify};
use crate::change::verdict::{Signs, Unlike, judge};
use crate::cluster::quality::matching::agreement;
use crate::cluster::refits::{again, can_refit};
use crate::cluster::variables::Gaps;
use crate::cluster::{Assignment, Shape};
use crate::config::Config;
use crate::day::Day;
use crate::matrix::Matrix;
use crate::model::Model;
use crate::results::{Advice, FeatureDrift, VerdictFacts};
use crate::seed::Seed;
use crate::table::{Column, FeatureTable, Id, MISSING_LEVEL, Values};

/// The previous run, and these customers by its frozen model.
pub(super) struct Against {
    /// The run.
    pub previous: Previous,
    /// The customers in the columns of its model, raw units.
    pub table: FeatureTable,
    /// Where its model puts them; empty for a rule, which is applied later.
    pub assignments: Vec<Assignment>,
    /// What its model was applied to.
    pub matrix: Option<Matrix>,
    /// How the columns have shifted.
    pub drift: Vec<FeatureDrift>,
    /// Keep, look or refit.
    pub verdict: VerdictFacts,
}

/// Where the frozen model puts the customers, and what it was applied to; nothing for a
/// rule, which needs more than a table. `classes` are those of rules that conditions may ask
/// for.
///
/// # Errors
///
/// A column that the model needs is not there.
pub(super) fn placed(
    model: &Model,
    table: &FeatureTable,
    classes: Vec<Column>,
) -> Result<(Vec<Assignment>, Option<Matrix>), Failure> {
    if matches!(model.segmentation.shape(), Shape::Rule { .. }) {
        return Ok((Vec::new(), None));
    }
    let rows: Vec<usize> = (0..table.n_customers()).collect();
    let asked = with_classes(table, classes.into_iter())?;
    let gaps = Gaps { table: &asked, rows: None };
    let matrix = model.normaliser.apply(table, &rows)?;
    let assignments = model.segmentation.assign_known(&matrix, Some(&gaps))?;
    Ok((assignments, Some(matrix)))
}

/// What stands where nothing has been judged yet.
pub(super) fn unjudged() -> VerdictFacts {
    VerdictFacts {
        advice: Advice::Keep,
        reasons: Vec::new(),
        reasons_said: Vec::new(),
        agreement: None,
        expected: None,
        unlike: None,
        model_age_days: None,
    }
}

/// Rows of the customers of both runs: before, and now.
pub(super) fn pairs(previous: &Previous, ids: &[Id]) -> Vec<(usize, usize)> {
    let own = ids.iter().enumerate();
    own.filter_map(|(now, id)| previous.ids.binary_search(id).ok().map(|then| (then, now)))
        .collect()
}

/// How every column has shifted, the most first.
///
/// # Errors
///
/// The previous run's features cannot be read.
pub(super) fn drifts(
    previous: &Previous,
    table: &FeatureTable,
    as_of: Option<Day>,
) -> Result<Vec<FeatureDrift>, Failure> {
    let before = previous.features()?;
    let pairs = pairs(previous, &table.ids().values);
    let elapsed = previous.as_of().zip(as_of).is_some_and(|(then, now)| now > then);
    let base = &previous.results.base.columns;
    let mut drifts: Vec<FeatureDrift> = table
        .columns()
        .iter()
        .filter_map(|column| {
            let now = sample(&column.values);
            let mut found = drift(&column.name, before.get(&column.name)?, &now, &pairs, elapsed)?;
            found.in_base = base.contains(&column.name);
            Some(found)
        })
        .collect();
    let strength = |drift: &FeatureDrift| drift.psi.unwrap_or(f64::NEG_INFINITY);
    drifts.sort_by(|a, b| strength(b).total_cmp(&strength(a)).then(a.column.cmp(&b.column)));
    Ok(drifts)
}

/// A column as `features.parquet` writes it.
fn sample(values: &Values) -> Sample {
    match values {
        Values::Number(values) => Sample::Numbers(values.clone()),
        Values::Flag { codes, .. } => Sample::Numbers(
            codes.iter().map(|&code| if code < 2 { f64::from(code) } else { f64::NAN }).collect(),
        ),
        Values::Category { codes, levels, .. } => Sample::Levels(
            codes
                .iter()
                .map(|&code| (code != MISSING_LEVEL).then(|| levels[code as usize].clone()))
                .collect(),
        ),
    }
}

/// Keep, look or refit.
pub(super) fn verdict(
    against: &Against,
    config: &Config,
    as_of: Option<Day>,
    seed: Seed,
) -> VerdictFacts {
    let previous = &against.previous;
    let model = &previous.model;
    let k = model.segmentation.n_segments();
    let labels: Vec<Option<u32>> = against.assignments.iter().map(|found| found.segment).collect();
    let mut found = (None, true);
    if let Some(matrix) = against.matrix.as_ref().filter(|_| can_refit(&model.segmentation))
        && let Some(fit) = again(matrix, &labels, k, seed)
    {
        let table = Table::of(&labels, k, &fit, k);
        let identity = identify(&table, &previous.segment_ids(), 0);
        found = (Some(agreement(&labels, &fit)), identity.ended.is_empty());
    }
    let unlike = unlike(against, &labels);
    let thinned = thinned(against, &labels, config.segments.min_share);
    let fitted = model.lineage.fitted_as_of.as_ref().or(previous.manifest.as_of.as_ref());
    let fitted: Option<Day> = fitted.and_then(|day| day.parse().ok());
    let age =
        fitted.zip(as_of).map(|(then, now)| i64::from(now.since_epoch() - then.since_epoch()));
    judge(&Signs {
        agreement: found.0,
        all_found: found.1,
        refits: previous.results.refits,
        // Distances to cores and members are no percentiles of a segment.
        unlike: unlike.filter(|_| can_refit(&model.segmentation)),
        min_share: config.segments.min_share,
        drift: &against.drift,
        thinned: &thinned,
        model_age_days: age,
        review_days: config.job.review_every.days(),
        overlap: (
            pairs(previous, &against.table.ids().values).len() as u64,
            previous.ids.len() as u64,
        ),
    })
}

/// Customers who are unlike everybody in their segment, beside how many would be anyhow.
fn unlike(against: &Against, labels: &[Option<u32>]) -> Option<Unlike> {
    if against.assignments.is_empty() {
        return None;
    }
    let previous = &against.previous;
    let ids = previous.segment_ids();
    let count = |of: &dyn Fn(usize) -> u64| (0..ids.len()).map(of).collect::<Vec<u64>>();
    // The sizes of the previous run stand for those at fit.
    let at_fit = count(&|at| previous.n_in(ids[at]));
    let now =
        count(&|at| labels.iter().flatten().filter(|&&own| own as usize == at).count() as u64);
    let fits = |found: &&Assignment| super::score::fits(found, &previous.model.radii);
    let inside = against.assignments.iter().filter(fits).count();
    Some(Unlike::of((labels.len() - inside) as u64, &at_fit, &now))
}

/// Segments that hold fewer customers than one may have, and did not before.
fn thinned(against: &Against, labels: &[Option<u32>], min_share: f64) -> Vec<u32> {
    if labels.is_empty() {
        return Vec::new();
    }
    let ids = against.previous.segment_ids();
    let least = |of: usize| min_share * of as f64;
    (0..ids.len())
        .filter(|&at| {
            let now = labels.iter().flatten().filter(|&&own| own as usize == at).count();
            (now as f64) < least(labels.len())
                && against.previous.n_in(ids[at]) as f64 >= least(against.previous.ids.len())
        })
        .map(|at| ids[at])
        .collect()
}
