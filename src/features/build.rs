//! From the data frame of one run to its feature table: one row per customer, in the
//! order of the ids.

use std::collections::{BTreeMap, HashMap};

use polars::prelude::DataFrame;
use rayon::prelude::*;

use crate::day::Day;
use crate::finding::{Finding, Severity};
use crate::load::{Cells, Rows};
use crate::schema::{Kind, Schema};
use crate::table::{Column, Family, FeatureTable, Id, Ids, OTHER, Outcome, Role, Values};

use super::encode::{Encoded, PLAUSIBLE, encode};
use super::error::FeatureError;
use super::frame::{Given, Raw, Taken};
use super::id::near_duplicates;
use super::plan::{ColumnPlan, LabelPlan, Plan};
use super::{places, shares};
use crate::said::facts;

/// The code of the finding that a column holds days after the reference day.
pub const DAY_AFTER_REFERENCE: &str = "day-after-reference";

/// A feature table, how it was made, and what was noticed.
#[derive(Debug, Clone)]
pub struct Built {
    /// The table, sorted by the bytes of the ids; in file order where rows are numbered.
    pub table: FeatureTable,
    /// The day that date columns count back from, such as `2025-12-31`; none where no
    /// date column is used.
    pub reference_day: Option<String>,
    /// What a new table is read by.
    pub schema: Schema,
    /// What was noticed; no finding holds a value.
    pub findings: Vec<Finding>,
}

/// Builds the feature table. `as_of` is the day that date columns count back from;
/// without it, it is the latest plausible day in any of them. A day after `as_of`
/// counts as 0 days and is reported; a day before 1900 or from 2080 on counts as
/// missing. Levels that fewer than `min_cell` rows share are pooled to
/// [`OTHER`], and a category of which no level is left is not used.
///
/// # Errors
///
/// Two rows with one id, rows without an id, a column that was not read as the plan
/// wants it, a value of the label that is neither of its two, no feature left.
pub fn build(
    frame: &DataFrame,
    plan: &Plan,
    as_of: Option<Day>,
    min_cell: usize,
) -> Result<Built, FeatureError> {
    built(Given::Frame(frame), plan, as_of, min_cell)
}

/// As [`build`], from the columns of [`Plan::wanted`] as they were read.
///
/// # Errors
///
/// As [`build`].
pub fn build_rows(
    rows: Rows,
    plan: &Plan,
    as_of: Option<Day>,
    min_cell: usize,
) -> Result<Built, FeatureError> {
    let columns = match rows {
        Rows::Frame(frame) => return build(&frame, plan, as_of, min_cell),
        Rows::Columns(columns) => columns,
    };
    let n_rows = columns.first().map_or(0, Cells::len);
    let names = plan.wanted().into_iter().map(|wanted| wanted.column);
    built(Given::Columns(n_rows, names.zip(columns).collect()), plan, as_of, min_cell)
}

fn built(
    mut given: Given,
    plan: &Plan,
    as_of: Option<Day>,
    min_cell: usize,
) -> Result<Built, FeatureError> {
    let mut findings = Vec::new();
    let (ids, rows) = ids(&given, plan.id.as_deref(), &mut findings)?;
    let dates: Vec<&ColumnPlan> =
        plan.columns.iter().filter(|column| column.used && column.role == Role::Date).collect();
    let reference = match (as_of, dates.is_empty()) {
        (_, true) => None,
        (Some(day), _) => Some(day),
        (None, _) => latest(&given, &dates)?,
    };
    let used = plan.columns.iter().filter(|column| column.used);
    let used: Vec<(&ColumnPlan, Taken)> =
        used.map(|planned| (planned, given.take(&planned.name))).collect();
    let made: Vec<_> = used
        .into_par_iter()
        .map(|(planned, taken)| column(taken, planned, (reference, min_cell), &rows))
        .collect();
    let mut columns = Vec::new();
    for made in made {
        let (column, noticed) = made?;
        findings.extend(noticed);
        columns.extend(column);
    }
    places::settle(&mut columns, &mut findings);
    let columns = shares::settle(columns, &mut findings);
    if columns.is_empty() {
        return Err(FeatureError::NoFeatures { columns: plan.columns.len() });
    }
    let outcome = plan
        .label
        .as_ref()
        .map(|label| outcome(given.take(&label.column), label, &rows))
        .transpose()?;
    let table = FeatureTable::new(ids, columns, outcome)?;
    let schema = Schema::of(&table, reference);
    Ok(Built { table, reference_day: reference.map(|day| day.to_string()), schema, findings })
}

/// One column, where anything is left of it, and what was noticed.
///
/// # Errors
///
/// It was not read as the plan wants it.
fn column(
    mut taken: Taken,
    planned: &ColumnPlan,
    (reference, min_cell): (Option<Day>, usize),
    rows: &[usize],
) -> Result<(Option<Column>, Vec<Finding>), FeatureError> {
    let mut findings = Vec::new();
    let raw = taken.raw(&planned.name)?;
    let Some(kind) = learn(planned, &raw, reference, min_cell, &mut findings) else {
        return Ok((None, findings));
    };
    let encoded = encode(raw, &kind, rows).ok_or_else(|| FeatureError::Frame {
        column: planned.name.clone(),
        expected: expected(&kind),
    })?;
    findings.extend(noticed(planned, &kind, &encoded));
    let column = Column {
        name: planned.name.clone(),
        role: planned.role,
        family: planned.family.unwrap_or(Family::Behavioural),
        unit: planned.unit.clone(),
        decimals: if planned.role == Role::Date { 0 } else { planned.decimals },
        block: planned.block.clone(),
        values: encoded.values,
    };
    Ok((Some(column), findings))
}

/// What a kind is called in a message.
pub(super) fn expected(kind: &Kind) -> &'static str {
    match kind {
        Kind::Number => "numbers",
        Kind::Flag { .. } => "a flag",
        Kind::Category { .. } => "text",
        Kind::Day { .. } => "days",
    }
}

/// The ids and the rows in their order.
///
/// # Errors
///
/// Two rows with one id, or rows without one.
pub(super) fn ids(
    given: &Given,
    id: Option<&str>,
    findings: &mut Vec<Finding>,
) -> Result<(Ids, Vec<usize>), FeatureError> {
    let Some(name) = id else {
        let n = given.n_rows();
        let values = (1..=n).map(|row| Id::from(row.to_string())).collect();
        return Ok((Ids { name: "row".to_owned(), values, from_rows: true }, (0..n).collect()));
    };
    let given = given.text(name)?;
    if let Some(first) = given.iter().position(Option::is_none) {
        let rows = given.iter().filter(|id| id.is_none()).count();
        return Err(FeatureError::EmptyIds { column: name.to_owned(), rows, first: first + 1 });
    }
    let present: Vec<&str> = given.par_iter().map(|id| id.unwrap_or_default()).collect();
    let rows = in_order(&present, name)?;
    findings.extend(near_duplicates(name, &present));
    let values = rows.par_iter().map(|&row| Id::new(present[row])).collect();
    Ok((Ids { name: name.to_owned(), values, from_rows: false }, rows))
}

/// The rows in the order of the bytes of their ids.
///
/// # Errors
///
/// Two rows with one id.
fn in_order(present: &[&str], name: &str) -> Result<Vec<usize>, FeatureError> {
    let mut rows: Vec<usize> = (0..present.len()).collect();
    if present.par_windows(2).all(|pair| pair[0].as_bytes() < pair[1].as_bytes()) {
        return Ok(rows);
    }
    rows.par_sort_by(|&a, &b| present[a].as_bytes().cmp(present[b].as_bytes()).then(a.cmp(&b)));
    let pairs = rows.par_windows(2).filter(|pair| present[pair[0]] == present[pair[1]]);
    let (repeated, first_pair) = pairs
        .map(|pair| (1, Some((pair[1], pair[0]))))
        .reduce(|| (0, None), |(n, a), (m, b)| (n + m, a.into_iter().chain(b).min()));
    if let Some((second, first)) = first_pair {
        return Err(FeatureError::DuplicateIds {
            column: name.to_owned(),
            repeated,
            first: first + 1,
            second: second + 1,
        });
    }
    Ok(rows)
}

/// The latest plausible day in the date columns.
fn latest(given: &Given, dates: &[&ColumnPlan]) -> Result<Option<Day>, FeatureError> {
    let mut latest = None;
    for column in dates {
        let days = given.days(&column.name)?;
        let newest = days.iter().flatten().filter(|day| PLAUSIBLE.contains(day)).max().copied();
        latest = latest.max(newest);
    }
    Ok(latest.and_then(|days| Day::from_epoch(days).ok()))
}

/// The rule that a column is read by; `None` where no category is left of it.
fn learn(
    planned: &ColumnPlan,
    raw: &Raw,
    reference: Option<Day>,
    min_cell: usize,
    findings: &mut Vec<Finding>,
) -> Option<Kind> {
    match planned.role {
        Role::Flag => {
            let [no, yes] = <[String; 2]>::try_from(planned.levels.clone()).ok()?;
            Some(Kind::Flag { no, yes })
        }
        Role::Category if !planned.levels.is_empty() => {
            Some(Kind::Category { levels: planned.levels.clone(), ordered: true })
        }
        Role::Category => {
            let levels = common_levels(planned, raw, min_cell, findings)?;
            Some(Kind::Category { levels, ordered: false })
        }
        Role::Date => {
            if reference.is_none() {
                let finding = Finding::new("unused-column_days", Severity::Warning, facts!());
                findings.push(finding.column(&planned.name));
            }
            reference.map(|day| Kind::Day { reference: day.to_string() })
        }
        _ => Some(Kind::Number),
    }
}

/// The levels that enough rows share, by their bytes, then [`OTHER`] if any are rarer.
fn common_levels(
    planned: &ColumnPlan,
    raw: &Raw,
    min_cell: usize,
    findings: &mut Vec<Finding>,
) -> Option<Vec<String>> {
    let Raw::Text(values) = raw else { return Some(vec![OTHER.to_owned()]) };
    let mut counted: HashMap<&str, usize> = HashMap::new();
    for value in values.iter().flatten() {
        *counted.entry(value).or_default() += 1;
    }
    let counts: BTreeMap<&str, usize> = counted.into_iter().collect();
    let common = |level: &str, rows: usize| rows >= min_cell && level != OTHER;
    let mut levels: Vec<String> = counts
        .iter()
        .filter(|(level, rows)| common(level, **rows))
        .map(|(level, _)| (*level).to_owned())
        .collect();
    let pooled = counts.len() - levels.len();
    if levels.is_empty() || (levels.len() == 1 && pooled == 0) {
        let told = facts!(few = min_cell);
        let finding = Finding::new("unused-column_levels", Severity::Warning, told);
        findings.push(finding.column(&planned.name));
        return None;
    }
    if pooled > 0 {
        let rows: usize = counts
            .iter()
            .filter(|(level, rows)| !common(level, **rows))
            .map(|(_, rows)| rows)
            .sum();
        findings.push(
            Finding::new(
                "rare-levels",
                Severity::Note,
                facts!(n = pooled, of = counts.len(), few = min_cell, other = OTHER, rows = rows),
            )
            .column(&planned.name)
            .count(pooled),
        );
        levels.push(OTHER.to_owned());
    }
    Some(levels)
}

/// What the values say that the plan could not know.
fn noticed(planned: &ColumnPlan, kind: &Kind, encoded: &Encoded) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut add = |key: &str, count: u64| {
        if count > 0 {
            let mut finding = Finding::new(key, Severity::Warning, facts!()).column(&planned.name);
            finding.count = Some(count);
            findings.push(finding);
        }
    };
    if matches!(kind, Kind::Category { ordered: true, .. } | Kind::Flag { .. }) {
        add("undeclared-level", encoded.unseen);
    }
    add(DAY_AFTER_REFERENCE, encoded.after);
    add("implausible-day", encoded.implausible);
    findings
}

/// The outcome of each customer, in the order of `rows`.
fn outcome(mut taken: Taken, label: &LabelPlan, rows: &[usize]) -> Result<Outcome, FeatureError> {
    let kind = Kind::Flag { no: label.negative.clone(), yes: label.positive.clone() };
    let raw = taken.raw(&label.column)?;
    let encoded = encode(raw, &kind, rows);
    let Some(Encoded { values: Values::Flag { codes, .. }, unseen, .. }) = encoded else {
        return Err(FeatureError::Frame { column: label.column.clone(), expected: "a flag" });
    };
    if unseen > 0 {
        return Err(FeatureError::ThirdValue { column: label.column.clone(), found: 3 });
    }
    let values = codes
        .into_iter()
        .map(|code| match code {
            0 => Some(false),
            1 => Some(true),
            _ => None,
        })
        .collect();
    Ok(Outcome {
        name: label.column.clone(),
        positive: label.positive.clone(),
        negative: label.negative.clone(),
        is_churn: label.is_churn,
        values,
    })
}
