//! The outcomes that came back, beside those who were assigned.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Assignment, no_column};
use crate::audience::{says_out, says_yes};
use crate::experiment::{self, ExperimentError, Observation, Plan, Readout};
use crate::fault::Class;
use crate::load::{self, CsvParams, ReadAs, Wanted};
use crate::pipeline::Failure;
use crate::pipeline::people::{numbers, texts};

/// Reads an experiment out.
///
/// # Errors
///
/// Outcomes that cannot be read, several for one customer, what [`experiment::read`] refuses.
pub fn read(
    plan: &Plan,
    assignment: &Assignment,
    table: &Path,
    (id, outcome): (Option<&str>, &str),
) -> Result<Readout, Failure> {
    let id = id.unwrap_or(&assignment.id);
    let outcomes = outcomes(table, id, outcome)?;
    let assigned: BTreeSet<&str> = assignment.rows.iter().map(|row| row.id.as_str()).collect();
    let foreign = outcomes.keys().filter(|id| !assigned.contains(id.as_str())).count();
    let place = |name: &str| plan.arms.iter().position(|arm| arm.name == name);
    let segment = |id: u32| plan.segments.iter().position(|segment| segment.segment_id == id);
    // By unit: the mean of its customers' outcomes and covariates.
    let mut units: BTreeMap<&str, Unit> = BTreeMap::new();
    for row in &assignment.rows {
        let (Some(arm), Some(segment)) = (place(&row.arm), segment(row.segment_id)) else {
            return Err(broken("assignment.csv names an arm or segment that the plan lacks"));
        };
        let unit =
            units.entry(&row.unit).or_insert_with(|| Unit { arm, segment, ..Unit::default() });
        if (unit.arm, unit.segment) != (arm, segment) {
            return Err(broken("assignment.csv has one unit in two arms or segments"));
        }
        unit.outcomes.extend(outcomes.get(&row.id));
        unit.covariates.extend(row.covariate);
    }
    let mean = |list: &[f64]| -> Option<f64> {
        (!list.is_empty()).then(|| list.iter().sum::<f64>() / list.len() as f64)
    };
    let observations: Vec<Observation> = units
        .values()
        .map(|unit| Observation {
            segment: unit.segment,
            arm: unit.arm,
            covariate: mean(&unit.covariates),
            outcome: mean(&unit.outcomes),
        })
        .collect();
    Ok(experiment::read(plan, &observations, foreign)?)
}

/// What is known of a unit.
#[derive(Debug, Default)]
struct Unit {
    arm: usize,
    segment: usize,
    outcomes: Vec<f64>,
    covariates: Vec<f64>,
}

/// A plan or an assignment that contradicts itself.
fn broken(message: &str) -> Failure {
    Failure {
        code: "E-EXP-007".into(),
        class: Class::Input,
        message: message.to_owned(),
        hint: Some("give the folder as `kohort experiment plan` wrote it".into()),
    }
}

/// The outcome of each customer; who has none is not there.
fn outcomes(table: &Path, id: &str, outcome: &str) -> Result<BTreeMap<String, f64>, Failure> {
    let shown = table.display().to_string();
    let source = load::open(table, &shown, &CsvParams::default(), 0)?;
    let Some(seen) = source.columns().iter().find(|seen| seen.name == outcome) else {
        return Err(no_column(&shown, outcome));
    };
    if !source.columns().iter().any(|seen| seen.name == id) {
        return Err(no_column(&shown, id));
    }
    let is_text = seen.kind == load::Kind::Text;
    let read_as = if is_text { ReadAs::Text } else { ReadAs::Number };
    let wanted = [
        Wanted { column: id.to_owned(), read_as: ReadAs::Id },
        Wanted { column: outcome.to_owned(), read_as },
    ];
    let frame = source.read(&wanted)?;
    let values: Vec<f64> = if is_text {
        // Words that are neither yes nor no are said to be no rate by what reads them.
        let word = |text: String| match text.trim() {
            "" => f64::NAN,
            text if says_yes(text) => 1.0,
            text if !says_out(text) => 0.0,
            _ => f64::INFINITY,
        };
        texts(&frame, outcome).into_iter().map(word).collect()
    } else {
        numbers(&frame, outcome)
    };
    let n = values.iter().filter(|x| x.is_infinite()).count();
    if n > 0 {
        return Err(ExperimentError::NotARate { n }.into());
    }
    let mut found = BTreeMap::new();
    let mut twice = 0;
    for (id, value) in texts(&frame, id).into_iter().zip(values).filter(|(_, x)| !x.is_nan()) {
        twice += usize::from(found.insert(id, value).is_some());
    }
    if twice > 0 {
        return Err(Failure {
            code: "E-EXP-008".into(),
            class: Class::Input,
            message: format!("{twice} customers of {shown} have more than one outcome"),
            hint: Some("sum the outcomes up, one row per customer".into()),
        });
    }
    Ok(found)
}
