//! Columns of the lines that say something of the customers, such as their country: the
//! same on all lines of nearly every customer. They become columns of the customers that
//! describe, read by the rules of any table of customers.

use polars::prelude::{Column as Series, DataFrame, IntoColumn, NewChunkedArray, StringChunked};

use crate::features::error::FeatureError;
use crate::features::roles::{Asked, ColumnPlan, guess};
use crate::features::{Params, build};
use crate::finding::{Finding, Severity};
use crate::load::SeenColumn;
use crate::orders::Attribute;
use crate::table::{Column, Family};

use super::Ordered;
use crate::said::facts;

/// The share of customers whose lines must all agree.
const AGREE: f64 = 0.95;

/// What is known of the customers beside their orders.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// The columns, one value per customer.
    pub columns: Vec<Column>,
    /// What each of them is.
    pub plans: Vec<ColumnPlan>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Whether at least 95 % of the customers of whom something is known have one value.
pub(super) fn is_constant(attribute: &Attribute) -> bool {
    let known = attribute.n_known();
    known > 0 && (known - attribute.n_several) as f64 >= AGREE * known as f64
}

/// One row per customer: the id and the attributes, as text.
///
/// # Errors
///
/// A column whose name another has.
pub fn frame(ordered: &Ordered) -> Result<DataFrame, FeatureError> {
    let wrong = || FeatureError::Frame { column: ordered.ids.name.clone(), expected: "text" };
    let text = |name: &str, values: Vec<Option<&str>>| -> Series {
        StringChunked::from_slice_options(name.into(), &values).into_column()
    };
    let ids = ordered.ids.values.iter().map(|id| Some(id.as_str())).collect();
    let mut columns = vec![text(&ordered.ids.name, ids)];
    for (name, attribute) in &ordered.attributes {
        let value = |&code: &u32| attribute.levels.get(code as usize).map(String::as_str);
        columns.push(text(name, attribute.codes.iter().map(value).collect()));
    }
    DataFrame::new(ordered.ids.values.len(), columns).map_err(|_| wrong())
}

/// The attributes as columns of the customers; `seen` are the columns of the lines.
/// A kind of behaviour they are only where the config says so.
///
/// # Errors
///
/// A type that the config declares and the values contradict.
pub fn known(
    ordered: &Ordered,
    seen: &[SeenColumn],
    params: &Params,
    min_cell: usize,
) -> Result<Known, FeatureError> {
    let mut made = Known::default();
    if ordered.attributes.is_empty() {
        return Ok(made);
    }
    let n = ordered.ids.values.len();
    let is_attribute = |name: &str| ordered.attributes.iter().any(|(own, _)| own == name);
    let is_id = |name: &str| name == ordered.ids.name;
    let columns: Vec<SeenColumn> = seen
        .iter()
        .filter(|seen| is_id(&seen.name) || is_attribute(&seen.name))
        .map(|seen| {
            let n_distinct = if is_id(&seen.name) { n } else { seen.n_distinct };
            SeenColumn { n_present: n, n_missing: 0, n_distinct, monotone: false, ..seen.clone() }
        })
        .collect();
    let mut params = params.within(|name| columns.iter().any(|seen| seen.name == name));
    // What the config ignores is a column all the same, and left out like any other later.
    params.ignore.clear();
    let asked = Asked { id: Some(&ordered.ids.name), label: None, positive: None, params: &params };
    let plan = match guess(&columns, n, &asked) {
        // Nothing that may be used, such as a protected trait alone.
        Err(FeatureError::NoFeatures { .. }) => return Ok(made),
        plan => plan?,
    };
    let built = match build(&frame(ordered)?, &plan, Some(ordered.as_of), min_cell) {
        Err(FeatureError::NoFeatures { .. }) => return Ok(made),
        built => built?,
    };
    let own = |finding: &&Finding| finding.column.as_deref().is_some_and(is_attribute);
    made.findings.extend(plan.findings.iter().chain(&built.findings).filter(own).cloned());
    for column in built.table.columns() {
        let planned = plan.columns.iter().find(|planned| planned.name == column.name);
        let Some(planned) = planned else { continue };
        let guessed = params.family_of(&column.name).is_none();
        let describes = guessed && column.family == Family::Behavioural;
        let family = if describes { Family::Demographic } else { column.family };
        let why = format!("the same on the lines of a customer: {}", planned.why);
        made.plans.push(ColumnPlan { family: Some(family), why, ..planned.clone() });
        made.columns.push(Column { family, ..column.clone() });
        if let Some((name, attribute)) =
            ordered.attributes.iter().find(|(name, _)| *name == column.name)
        {
            made.findings.push(said(name, attribute));
        }
    }
    Ok(made)
}

/// That a column of the lines describes the customers, and how many it does not fit.
fn said(name: &str, attribute: &Attribute) -> Finding {
    let (known, several) = (attribute.n_known(), attribute.n_several);
    let finding = if several == 0 {
        let told = facts!(n = known, of = known);
        Finding::new("attribute-of-customers_all", Severity::Note, told)
    } else {
        let told = facts!(n = known - several, of = known, several = several);
        Finding::new("attribute-of-customers_most", Severity::Note, told)
    };
    finding.column(name).count(usize::try_from(several).unwrap_or(usize::MAX))
}
