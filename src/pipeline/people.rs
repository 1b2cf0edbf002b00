//! The customers of a published run, as its files say.

use std::collections::BTreeSet;
use std::path::Path;

use polars::prelude::{DataFrame, DataType};

use super::job::Failure;
use super::previous::in_one_table;
use crate::cluster::rules::Rule;
use crate::export::columns::Columns;
use crate::schema::{Kind, Schema};
use crate::table::{
    Column, Family, FeatureTable, Id, Ids, MISSING_FLAG, MISSING_LEVEL, Role, Values,
};

/// What commands on a run need of `customers.parquet`; one entry per customer each.
#[derive(Debug)]
pub(super) struct Customers {
    /// The name of the id column.
    pub id: String,
    /// The ids.
    pub ids: Vec<Id>,
    /// The segment, from 1.
    pub segments: Vec<Option<u32>>,
    /// Whom to contact; empty where churn was not computed.
    pub contact: Vec<String>,
    /// What is at risk, in money; NaN where it is not known.
    pub at_risk: Vec<f64>,
    /// The probability of leaving; NaN where it is not known.
    pub churn: Vec<f64>,
    /// The known outcome: 1, 0 or NaN.
    pub outcome: Vec<f64>,
}

impl Customers {
    /// Reads the customers of the run in `run`.
    ///
    /// # Errors
    ///
    /// The file is missing or damaged.
    pub(super) fn read(run: &Path) -> Result<Self, Failure> {
        in_one_table(run)?;
        let columns = Columns::read(&run.join("customers.parquet"))?;
        let first = columns.names().into_iter().next();
        let id = first.ok_or_else(|| Failure::internal("the run has no customers".into()))?;
        let texts = |name: &str| -> Result<Vec<String>, Failure> {
            Ok(columns.texts(name)?.into_iter().map(Option::unwrap_or_default).collect())
        };
        Ok(Self {
            ids: texts(&id)?.into_iter().map(Id::from).collect(),
            // Ids of segments are whole numbers from 1.
            segments: columns
                .numbers("segment_id")?
                .iter()
                .map(|&at| (at >= 1.0).then_some(at as u32))
                .collect(),
            contact: texts("contact")?,
            at_risk: columns.numbers("value_at_risk")?,
            churn: columns.numbers("churn_probability")?,
            outcome: columns.numbers("outcome")?,
            id,
        })
    }

    /// Whether a customer is held out to measure what contacts achieve, or has left.
    pub(super) fn is_withheld(&self, at: usize) -> bool {
        matches!(self.contact[at].as_str(), "hold-out" | "gone") || self.outcome[at] == 1.0
    }

    /// 1 for the tenth that is most worth a bid, 10 for the last: by what is at risk, else by
    /// the probability of leaving, else all alike.
    pub(super) fn priorities(&self) -> Vec<u32> {
        let known = |list: &[f64]| list.iter().any(|value| !value.is_nan());
        let by = if known(&self.at_risk) { &self.at_risk } else { &self.churn };
        if !known(by) {
            return vec![1; self.ids.len()];
        }
        let mut order: Vec<usize> = (0..by.len()).collect();
        let size = |at: usize| if by[at].is_nan() { f64::NEG_INFINITY } else { by[at] };
        order.sort_by(|&a, &b| size(b).total_cmp(&size(a)).then(self.ids[a].cmp(&self.ids[b])));
        let mut priorities = vec![1; by.len()];
        for (place, at) in order.into_iter().enumerate() {
            priorities[at] = (place * 10 / by.len()) as u32 + 1;
        }
        priorities
    }
}

/// The features of a run's customers under a schema, raw units; columns that the run does
/// not have are left out.
///
/// # Errors
///
/// The file is missing or damaged.
pub(super) fn features(run: &Path, schema: &Schema, ids: &[Id]) -> Result<FeatureTable, Failure> {
    let columns = Columns::read(&run.join("features.parquet"))?;
    let names = columns.names();
    let known = schema.columns.iter().filter(|known| names.contains(&known.name));
    let made = known.map(|known| Ok(known.column(values(&columns, &known.name, &known.kind)?)));
    let made: Vec<Column> = made.collect::<Result<_, Failure>>()?;
    let ids = Ids { name: schema.id.clone(), values: ids.to_vec(), from_rows: schema.from_rows };
    Ok(FeatureTable::new(ids, made, None)?)
}

/// The classes that a run gave its customers by rules, as columns; rules that it has not are
/// left out.
///
/// # Errors
///
/// The file is missing or damaged.
pub(super) fn classes(
    run: &Path,
    rules: impl Iterator<Item = Rule>,
) -> Result<Vec<Column>, Failure> {
    let columns = Columns::read(&run.join("customers.parquet"))?;
    let made = rules.map(Rule::column).filter(|name| columns.is_text(name)).map(|name| {
        let texts = columns.texts(name)?;
        let levels: BTreeSet<&String> = texts.iter().flatten().collect();
        let levels: Vec<String> = levels.into_iter().cloned().collect();
        let kind = Kind::Category { levels, ordered: false };
        Ok(Column {
            name: name.to_owned(),
            role: Role::Category,
            family: Family::Behavioural,
            unit: None,
            decimals: 0,
            block: None,
            values: values(&columns, name, &kind)?,
        })
    });
    made.collect()
}

fn values(columns: &Columns, name: &str, kind: &Kind) -> Result<Values, Failure> {
    Ok(match kind {
        Kind::Number | Kind::Day { .. } => Values::Number(columns.numbers(name)?),
        Kind::Flag { no, yes } => Values::Flag {
            codes: columns
                .numbers(name)?
                .into_iter()
                .map(|code| if code.is_nan() { MISSING_FLAG } else { u8::from(code > 0.5) })
                .collect(),
            no: no.clone(),
            yes: yes.clone(),
        },
        Kind::Category { levels, ordered } => Values::Category {
            codes: columns
                .texts(name)?
                .into_iter()
                .map(|level| {
                    let at = level.and_then(|level| levels.iter().position(|l| *l == level));
                    at.and_then(|at| u32::try_from(at).ok()).unwrap_or(MISSING_LEVEL)
                })
                .collect(),
            levels: levels.clone(),
            ordered: *ordered,
        },
    })
}

/// A column of text, empty where nothing is.
pub(super) fn texts(frame: &DataFrame, name: &str) -> Vec<String> {
    let Ok(column) = frame.column(name) else { return vec![String::new(); frame.height()] };
    let text = column.cast(&DataType::String).unwrap_or_else(|_| column.clone());
    let Ok(cells) = text.str() else { return vec![String::new(); frame.height()] };
    cells.iter().map(|cell| cell.unwrap_or_default().to_owned()).collect()
}

/// A column of numbers, NaN where nothing is.
pub(super) fn numbers(frame: &DataFrame, name: &str) -> Vec<f64> {
    let Ok(column) = frame.column(name) else { return vec![f64::NAN; frame.height()] };
    let number = column.cast(&DataType::Float64).unwrap_or_else(|_| column.clone());
    let Ok(cells) = number.f64() else { return vec![f64::NAN; frame.height()] };
    cells.iter().map(|cell| cell.unwrap_or(f64::NAN)).collect()
}
