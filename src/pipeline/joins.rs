//! Further tables, joined to the customers by a key: what joins becomes features, what
//! does not is counted.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::job::Failure;
use super::sources::{days, numbers, texts};
use crate::config::{Joined, TableRole};
use crate::day::Day;
use crate::fault::Class;
use crate::features::roles::{Asked, ColumnPlan, guess};
use crate::features::{self, Params};
use crate::finding::{Finding, Severity};
use crate::load::{Kind, SeenColumn, Source};
use crate::orders::activity::{self, Activity};
use crate::said::facts;
use crate::table::{Column, Id, Ids};

/// How a further table joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinCounts {
    /// Rows that belong to a customer (or, for products, to a purchase line).
    pub joined: u64,
    /// Rows whose key no customer (or no purchase line) has.
    pub unmatched: u64,
    /// Rows without a key.
    pub without_key: u64,
    /// Rows after the as-of day, left out.
    pub after_as_of: u64,
    /// Customers (or purchase lines) for which the table has nothing.
    pub without_row: u64,
}

/// What a further table adds to the customers.
#[derive(Debug)]
pub(super) struct Addition {
    /// The new columns, one value per customer each.
    pub columns: Vec<Column>,
    /// What each of them is.
    pub plans: Vec<ColumnPlan>,
    /// How the table joined.
    pub counts: JoinCounts,
    /// Engagement (events) or contentment (feedback), one value per customer.
    pub signal: Option<Vec<f64>>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// What the further table is joined to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Onto<'a> {
    /// The customers.
    pub ids: &'a Ids,
    /// The customer table as it was read, where there is one.
    pub customers: Option<&'a Source>,
    /// The as-of day, where there is one.
    pub as_of: Option<Day>,
    /// The config's `[features]`.
    pub params: &'a Params,
    /// Cells below this many customers are pooled.
    pub min_cell: usize,
}

/// Joins the table called `name`.
///
/// # Errors
///
/// A key column that is missing or not unique where it must be, no day where one is
/// needed, a column that cannot be read.
pub(super) fn join(
    name: &str,
    table: &Joined,
    source: &Source,
    onto: &Onto<'_>,
) -> Result<Addition, Failure> {
    match table.role {
        TableRole::Events | TableRole::Feedback => acted(name, table, source, onto),
        TableRole::Accounts | TableRole::Survey | TableRole::Products => {
            known(name, table, source, onto)
        }
    }
}

/// The column of that name in the table called `name`, in any case.
///
/// # Errors
///
/// There is none.
pub(super) fn column(name: &str, source: &Source, wanted: &str) -> Result<String, Failure> {
    let found = source.column_like(wanted).map(|seen| seen.name.clone());
    found.ok_or_else(|| Failure {
        code: "E-IN-016".into(),
        class: Class::Input,
        message: format!("the table {name} has no column called {wanted} to join it by"),
        hint: Some(format!("name its key with input.tables.{name}.id, and the other's with on")),
    })
}

/// The key of each customer in a further table.
fn customer_keys(
    table: &Joined,
    onto: &Onto<'_>,
) -> Result<(String, Vec<Option<String>>), Failure> {
    let own = || onto.ids.values.iter().map(|id| Some(id.as_str().to_owned())).collect();
    let Some(on) = table.on.as_deref().filter(|on| *on != onto.ids.name) else {
        return Ok((onto.ids.name.clone(), own()));
    };
    let Some(customers) = onto.customers else {
        return Err(Failure {
            code: "E-IN-016".into(),
            class: Class::Input,
            message: format!("there is no customer table that could have the column {on}"),
            hint: Some("join the table by the customers' id, or give a customer table".into()),
        });
    };
    let keys = texts(customers, on)?;
    if onto.ids.from_rows {
        return Ok((on.to_owned(), keys));
    }
    let ids = texts(customers, &onto.ids.name)?;
    let by_id: BTreeMap<&str, &Option<String>> =
        ids.iter().zip(&keys).filter_map(|(id, key)| Some((id.as_deref()?, key))).collect();
    let ordered =
        onto.ids.values.iter().map(|id| by_id.get(id.as_str()).and_then(|key| (*key).clone()));
    Ok((on.to_owned(), ordered.collect()))
}

/// A table with one row per key: its columns become the customers'.
fn known(
    name: &str,
    table: &Joined,
    source: &Source,
    onto: &Onto<'_>,
) -> Result<Addition, Failure> {
    let (on, keys) = customer_keys(table, onto)?;
    let key = column(name, source, table.id.as_deref().unwrap_or(&on))?;
    let params =
        onto.params.within(|column| source.columns().iter().any(|seen| seen.name == column));
    let asked = Asked { id: Some(&key), label: None, positive: None, params: &params };
    let n_rows = usize::try_from(source.accounting().used).unwrap_or(usize::MAX);
    let plan = guess(source.columns(), n_rows, &asked)?;
    let wanted = plan.wanted();
    let built = features::build_rows(source.rows(&wanted)?, &plan, onto.as_of, onto.min_cell)?;
    let theirs = &built.table.ids().values;
    let place = |key: &Option<String>| {
        let key = key.as_deref()?;
        theirs.binary_search_by(|id| id.as_str().cmp(key)).ok()
    };
    let rows: Vec<Option<usize>> = keys.iter().map(place).collect();
    let mut findings = built.findings;
    findings.extend(plan.findings.iter().cloned());
    let used: BTreeSet<usize> = rows.iter().copied().flatten().collect();
    let counts = JoinCounts {
        joined: used.len() as u64,
        unmatched: (theirs.len() - used.len()) as u64,
        without_row: rows.iter().filter(|row| row.is_none()).count() as u64,
        ..JoinCounts::default()
    };
    let mut made =
        Addition { columns: Vec::new(), plans: Vec::new(), counts, signal: None, findings };
    for column in built.table.columns() {
        let Some(planned) = plan.columns.iter().find(|planned| planned.name == column.name) else {
            continue;
        };
        made.columns.push(Column { values: column.values.take_known(&rows), ..column.clone() });
        made.plans
            .push(ColumnPlan { why: format!("from {name}: {}", planned.why), ..planned.clone() });
    }
    made.findings.extend(unjoined(name, &made.counts));
    Ok(made)
}

/// A table with one row per event or opinion: counted for each customer.
fn acted(
    name: &str,
    table: &Joined,
    source: &Source,
    onto: &Onto<'_>,
) -> Result<Addition, Failure> {
    let key = column(name, source, table.id.as_deref().unwrap_or(&onto.ids.name))?;
    let (activity, mut counts) = rows_of(name, table, source, &key, onto)?;
    let Some(as_of) = onto.as_of.or_else(|| latest(&activity)) else {
        return Err(refuse(name, "no row of a known customer with a day", None));
    };
    let n = onto.ids.values.len();
    let summary = match table.role {
        TableRole::Feedback => activity::of_feedback(name, &activity, n, as_of),
        _ => activity::of_events(name, &activity, n, as_of),
    };
    counts.after_as_of = summary.after;
    counts.joined = activity.customer.len() as u64 - summary.after;
    let with: BTreeSet<u32> = activity.customer.iter().copied().collect();
    counts.without_row = (n - with.len()) as u64;
    let plans = summary
        .columns
        .iter()
        .map(|column| ColumnPlan::made(column, format!("counted from {name}")))
        .collect();
    Ok(Addition {
        columns: summary.columns,
        plans,
        counts,
        signal: Some(summary.signal),
        findings: unjoined(name, &counts).into_iter().collect(),
    })
}

/// The rows of known customers, and those of nobody.
fn rows_of(
    name: &str,
    table: &Joined,
    source: &Source,
    key: &str,
    onto: &Onto<'_>,
) -> Result<(Activity, JoinCounts), Failure> {
    let columns = source.columns();
    let is_day = |seen: &&SeenColumn| matches!(seen.kind, Kind::Day { .. });
    let date = match &table.date {
        Some(date) => date.clone(),
        None => match columns.iter().find(is_day) {
            Some(seen) => seen.name.clone(),
            None => return Err(refuse(name, "no column of days", Some("date"))),
        },
    };
    let score = match (table.role, &table.score) {
        (TableRole::Feedback, Some(score)) => Some(score.clone()),
        (TableRole::Feedback, None) => Some(scored(name, columns, key)?),
        _ => None,
    };
    let kind = match table.role {
        TableRole::Events => kind_of_event(columns, key),
        _ => None,
    };
    let kinds: Vec<String> = kind
        .map_or(Vec::new(), |seen| seen.levels.iter().map(|(level, _)| level.clone()).collect());
    let keys = texts(source, key)?;
    let when = days(source, &date)?;
    let scores = score.map(|score| numbers(source, &score)).transpose()?;
    let what = kind.map(|seen| texts(source, &seen.name)).transpose()?;
    let place = places(onto.ids);
    let (mut activity, mut counts) =
        (Activity { kinds, ..Activity::default() }, JoinCounts::default());
    for (row, key) in keys.iter().enumerate() {
        let Some(key) = key else {
            counts.without_key += 1;
            continue;
        };
        let (Some(&customer), Some(day)) = (place.get(key.as_str()), when[row]) else {
            counts.unmatched += 1;
            continue;
        };
        activity.customer.push(customer);
        activity.day.push(day);
        if let Some(scores) = &scores {
            activity.score.push(scores[row]);
        }
        if let Some(what) = &what {
            let level =
                what[row].as_ref().and_then(|level| activity.kinds.binary_search(level).ok());
            activity.kind.push(level.and_then(|at| u32::try_from(at).ok()).unwrap_or(u32::MAX));
        }
    }
    Ok((activity, counts))
}

/// The place of each customer.
fn places(ids: &Ids) -> BTreeMap<&str, u32> {
    ids.values.iter().map(Id::as_str).zip(0..).collect()
}

fn latest(activity: &Activity) -> Option<Day> {
    activity.day.iter().max().and_then(|&day| Day::from_epoch(day).ok())
}

/// The column that holds the score of feedback.
fn scored(name: &str, columns: &[SeenColumn], key: &str) -> Result<String, Failure> {
    const NAMES: [&str; 7] = ["nps", "score", "rating", "satisfaction", "csat", "stars", "grade"];
    let numbers: Vec<&SeenColumn> = columns
        .iter()
        .filter(|seen| seen.name != key && matches!(seen.kind, Kind::Integer | Kind::Decimal))
        .collect();
    let named = |seen: &&&SeenColumn| {
        let lower = seen.name.to_lowercase();
        NAMES.iter().any(|word| lower.contains(word))
    };
    match (numbers.iter().find(named), numbers.as_slice()) {
        (Some(seen), _) => Ok(seen.name.clone()),
        (None, [only]) => Ok(only.name.clone()),
        _ => Err(refuse(name, "no column that is certain to hold the score", Some("score"))),
    }
}

/// The column that tells what kind of event a row is: a few levels under such a name.
fn kind_of_event<'a>(columns: &'a [SeenColumn], key: &str) -> Option<&'a SeenColumn> {
    const NAMES: [&str; 6] = ["type", "kind", "event", "action", "channel", "activity"];
    columns.iter().find(|seen| {
        let lower = seen.name.to_lowercase();
        seen.name != key
            && seen.kind == Kind::Text
            && (2..=8).contains(&seen.levels.len())
            && NAMES.iter().any(|word| lower.contains(word))
    })
}

fn unjoined(name: &str, counts: &JoinCounts) -> Option<Finding> {
    let lost = counts.unmatched + counts.without_key;
    (lost > 0).then(|| {
        let told = facts!(
            table = name,
            n = lost,
            of = lost + counts.joined + counts.after_as_of,
            without = counts.without_key,
        );
        Finding::new("rows-not-joined_customers", Severity::Warning, told)
            .count(usize::try_from(lost).unwrap_or(usize::MAX))
    })
}

pub(super) fn refuse(name: &str, what: &str, key: Option<&str>) -> Failure {
    Failure {
        code: "E-IN-057".into(),
        class: Class::Input,
        message: format!("the table {name} has {what}"),
        hint: key.map(|key| format!("name it with input.tables.{name}.{key}")),
    }
}
