//! Experiments on a published run: who is in which arm, and the outcomes that came back.

mod assignment;
mod outcomes;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

pub use assignment::{Assigned, Assignment};
pub use outcomes::read;

use super::audience::known;
use super::job::Failure;
use super::people::{Customers, numbers, texts};
use crate::experiment::{self, Asked, ExperimentError, Measure, Plan, SegmentBase, arm_of, blocks};
use crate::export::Manifest;
use crate::export::segments::SegmentsFile;
use crate::fault::Class;
use crate::load::{self, CsvParams, ReadAs, Wanted};

/// What is to be planned.
#[derive(Debug)]
pub struct Request<'a> {
    /// The run folder.
    pub run: &'a Path,
    /// The segments, from 1; none for all.
    pub segments: &'a [u32],
    /// The sizes that are asked for.
    pub asked: Asked,
    /// Whether the measure was asked for; else it follows from the outcome.
    pub measure_given: bool,
    /// The feature that is measured; leaving where none is named.
    pub outcome: Option<&'a str>,
    /// The base rate of every segment, where the run does not know it.
    pub base_rate: Option<f64>,
    /// The feature to adjust by; `none` for none.
    pub covariate: Option<&'a str>,
    /// The table and column that say which unit a customer belongs to.
    pub unit: Option<(&'a Path, &'a str)>,
    /// Whether the arms are exact blocks.
    pub balanced: bool,
}

/// One customer who can be assigned.
struct Candidate {
    id: String,
    unit: String,
    segment_id: u32,
    measured: f64,
    covariate: Option<f64>,
}

/// Plans an experiment, or adds newcomers to the one that was planned.
///
/// # Errors
///
/// A run or table that cannot be read, segments or columns that are not there, what
/// [`experiment::plan`] refuses.
pub fn plan(
    request: &Request<'_>,
    earlier: Option<(Plan, Assignment)>,
) -> Result<(Plan, Assignment, usize), Failure> {
    let customers = Customers::read(request.run)?;
    known(&customers, request.segments)?;
    if let Some((plan, assignment)) = earlier {
        let ids: Vec<u32> = plan.segments.iter().map(|segment| segment.segment_id).collect();
        let again = Request { segments: &ids, ..copied(request) };
        let found = candidates(&again, &customers, &plan.covariate)?;
        return Ok(with_newcomers(plan, assignment, &found));
    }
    let covariate = covariate(request, &customers);
    let found = candidates(request, &customers, &covariate)?;
    let mut asked = request.asked.clone();
    if !request.measure_given {
        asked.measure = measure(request, &found);
    }
    let bases = bases(request, asked.measure, &found)?;
    let (overall, segments, planned) = experiment::plan(&asked, &bases)?;
    let (manifest, _) = Manifest::read(request.run)?;
    let plan = Plan {
        schema: 1,
        salt: format!("kohort experiment {}", asked.name),
        name: asked.name,
        run: manifest.run,
        unit: request.unit.map_or("customer", |(_, column)| column).to_owned(),
        balanced: request.balanced,
        measure: asked.measure,
        outcome: request.outcome.unwrap_or("leaving").to_owned(),
        covariate,
        arms: asked.arms,
        effect: asked.effect,
        alpha: asked.alpha,
        power: asked.power,
        planned,
        units: bases.iter().map(|base| base.units).sum(),
        overall,
        segments,
    };
    let assignment = assign(&plan, &customers.id, &found);
    let n = assignment.rows.len();
    Ok((plan, assignment, n))
}

fn copied<'a>(request: &Request<'a>) -> Request<'a> {
    Request { asked: request.asked.clone(), ..*request }
}

/// The covariate to freeze: the outcome's own column, or the probability of leaving.
fn covariate(request: &Request<'_>, customers: &Customers) -> String {
    let churn = || customers.churn.iter().any(|p| !p.is_nan());
    match (request.covariate, request.outcome) {
        (Some("none"), _) => String::new(),
        (Some(column), _) | (None, Some(column)) => column.to_owned(),
        (None, None) if churn() => "churn_probability".to_owned(),
        (None, None) => String::new(),
    }
}

/// A feature of every customer, in the order of the customers.
fn feature(run: &Path, customers: &Customers, column: &str) -> Result<Vec<f64>, Failure> {
    let own = match column {
        "churn_probability" => Some(customers.churn.clone()),
        "value_at_risk" => Some(customers.at_risk.clone()),
        _ => None,
    };
    if let Some(own) = own {
        return Ok(own);
    }
    let path = run.join("features.parquet");
    let source = load::open(&path, "features.parquet", &CsvParams::default(), 0)?;
    let Some(seen) = source.columns().iter().find(|seen| seen.name == column) else {
        return Err(no_column("features.parquet", column));
    };
    if seen.kind == load::Kind::Text {
        return Err(Failure {
            code: "E-CFG-060".into(),
            class: Class::Config,
            message: format!("column {column} holds text, not numbers"),
            hint: Some("name a feature that is a number".into()),
        });
    }
    let wanted = [Wanted { column: column.to_owned(), read_as: ReadAs::Number }];
    Ok(numbers(&source.read(&wanted)?, column))
}

fn no_column(table: &str, column: &str) -> Failure {
    Failure {
        code: "E-CFG-059".into(),
        class: Class::Config,
        message: format!("{table} has no column {column}"),
        hint: Some("name a column that is there".into()),
    }
}

/// Customers of the segments who have not left and are not held out already.
fn candidates(
    request: &Request<'_>,
    customers: &Customers,
    covariate: &str,
) -> Result<Vec<Candidate>, Failure> {
    let read = |column: &str| feature(request.run, customers, column);
    let measured = request.outcome.map(read).transpose()?;
    let before = Some(covariate).filter(|name| !name.is_empty()).map(read).transpose()?;
    let units =
        request.unit.map(|(table, column)| units(table, column, &customers.id)).transpose()?;
    let wanted = |segment: u32| request.segments.is_empty() || request.segments.contains(&segment);
    let found = customers.ids.iter().enumerate().filter_map(|(at, id)| {
        let segment_id = customers.segments[at].filter(|&segment| wanted(segment))?;
        if customers.is_withheld(at) {
            return None;
        }
        let unit = match &units {
            Some(units) => units.get(id.as_str())?.clone(),
            None => id.to_string(),
        };
        Some(Candidate {
            id: id.to_string(),
            unit,
            segment_id,
            measured: measured.as_ref().map_or(f64::NAN, |list| list[at]),
            covariate: before.as_ref().map(|list| list[at]).filter(|x| !x.is_nan()),
        })
    });
    let found: Vec<Candidate> = found.collect();
    if found.is_empty() { Err(ExperimentError::Nobody.into()) } else { Ok(found) }
}

/// The unit of each customer.
fn units(table: &Path, column: &str, id: &str) -> Result<BTreeMap<String, String>, Failure> {
    let shown = table.display().to_string();
    let source = load::open(table, &shown, &CsvParams::default(), 0)?;
    for name in [id, column] {
        if !source.columns().iter().any(|seen| seen.name == name) {
            return Err(no_column(&shown, name));
        }
    }
    let wanted = [id, column].map(|name| Wanted { column: name.to_owned(), read_as: ReadAs::Id });
    let frame = source.read(&wanted)?;
    let pairs = texts(&frame, id).into_iter().zip(texts(&frame, column));
    // Who belongs to no unit is one.
    Ok(pairs
        .map(|(id, unit)| if unit.is_empty() { (id.clone(), id) } else { (id, unit) })
        .collect())
}

/// A feature that is 0 or 1 everywhere is a rate; so is leaving.
fn measure(request: &Request<'_>, found: &[Candidate]) -> Measure {
    let two = |x: f64| x.is_nan() || x == 0.0 || x == 1.0;
    let rate = request.outcome.is_none() || found.iter().all(|one| two(one.measured));
    if rate { Measure::Rate } else { Measure::Mean }
}

/// The segment of every unit: the one that most of its customers are in, ties to the lowest.
fn segments_of(found: &[Candidate]) -> BTreeMap<&str, u32> {
    let mut counts: BTreeMap<&str, BTreeMap<u32, usize>> = BTreeMap::new();
    for one in found {
        *counts.entry(&one.unit).or_default().entry(one.segment_id).or_default() += 1;
    }
    let most = |counts: &BTreeMap<u32, usize>| {
        let best = counts.iter().max_by_key(|(segment, n)| (**n, std::cmp::Reverse(**segment)));
        best.map_or(0, |(segment, _)| *segment)
    };
    counts.iter().map(|(unit, counts)| (*unit, most(counts))).collect()
}

/// What each segment was before, by its units.
fn bases(
    request: &Request<'_>,
    measure: Measure,
    found: &[Candidate],
) -> Result<Vec<SegmentBase>, Failure> {
    let path = request.run.join("segments.json");
    let unreadable = || Failure::internal("segments.json of the run cannot be read".into());
    let bytes = std::fs::read(path).map_err(|_| unreadable())?;
    let file: SegmentsFile = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
    let segments = segments_of(found);
    let mut of_unit: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for one in found.iter().filter(|one| !one.measured.is_nan()) {
        let (sum, n) = of_unit.entry(&one.unit).or_insert((0.0, 0.0));
        (*sum, *n) = (*sum + one.measured, *n + 1.0);
    }
    let bases = file.segments.iter().filter_map(|row| {
        let own: Vec<&str> = segments
            .iter()
            .filter(|(_, segment)| **segment == row.segment_id)
            .map(|(unit, _)| *unit)
            .collect();
        if own.is_empty() {
            return None;
        }
        let means: Vec<f64> =
            own.iter().filter_map(|unit| of_unit.get(unit)).map(|(sum, n)| sum / n).collect();
        let n = means.len() as f64;
        let mean = means.iter().sum::<f64>() / n;
        let squares: f64 = means.iter().map(|x| (x - mean) * (x - mean)).sum();
        let base = match (request.base_rate, request.outcome) {
            (Some(rate), _) => rate,
            (None, None) => row.churn_observed.or(row.churn_mean).unwrap_or(f64::NAN),
            (None, Some(_)) => mean,
        };
        let sd = if measure == Measure::Mean { (squares / (n - 1.0)).sqrt() } else { 0.0 };
        let (segment_id, segment) = (row.segment_id, row.segment.clone());
        Some(SegmentBase { segment_id, segment, units: own.len(), base, sd })
    });
    Ok(bases.collect())
}

/// Everybody's arm.
fn assign(plan: &Plan, id: &str, found: &[Candidate]) -> Assignment {
    let segments = segments_of(found);
    let mut arms: BTreeMap<&str, usize> = BTreeMap::new();
    if plan.balanced {
        for segment in &plan.segments {
            let own: Vec<&str> = segments
                .iter()
                .filter(|(_, other)| **other == segment.segment_id)
                .map(|(unit, _)| *unit)
                .collect();
            arms.extend(own.iter().copied().zip(blocks(&plan.salt, &own, &plan.arms)));
        }
    } else {
        arms.extend(segments.keys().map(|unit| (*unit, arm_of(&plan.salt, unit, &plan.arms))));
    }
    let row = |one: &Candidate| Assigned {
        id: one.id.clone(),
        unit: one.unit.clone(),
        segment_id: segments.get(one.unit.as_str()).copied().unwrap_or(one.segment_id),
        arm: plan.arms[arms.get(one.unit.as_str()).copied().unwrap_or(0)].name.clone(),
        covariate: one.covariate,
    };
    Assignment { id: id.to_owned(), rows: found.iter().map(row).collect() }
}

/// Those who were assigned stay as they are; newcomers are assigned by the hash, without a
/// covariate, because theirs would not be from before.
fn with_newcomers(
    plan: Plan,
    mut assignment: Assignment,
    found: &[Candidate],
) -> (Plan, Assignment, usize) {
    let assigned: BTreeSet<String> = assignment.rows.iter().map(|row| row.id.clone()).collect();
    let units: BTreeMap<String, (u32, String)> = assignment
        .rows
        .iter()
        .map(|row| (row.unit.clone(), (row.segment_id, row.arm.clone())))
        .collect();
    let segments = segments_of(found);
    let before = assignment.rows.len();
    for one in found.iter().filter(|one| !assigned.contains(&one.id)) {
        let (segment_id, arm) = units.get(&one.unit).cloned().unwrap_or_else(|| {
            let segment = segments.get(one.unit.as_str()).copied().unwrap_or(one.segment_id);
            (segment, plan.arms[arm_of(&plan.salt, &one.unit, &plan.arms)].name.clone())
        });
        let (id, unit) = (one.id.clone(), one.unit.clone());
        assignment.rows.push(Assigned { id, unit, segment_id, arm, covariate: None });
    }
    let new = assignment.rows.len() - before;
    (plan, assignment, new)
}
