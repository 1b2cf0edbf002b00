//! Scoring purchase lines: they become features by what the run learnt, and the rules are
//! applied with the cuts of the run.

use super::Request;
use crate::cluster::rules::{Extra, Rule, RuleLabels};
use crate::day::Day;
use crate::export::sheet::{Cells, Sheet};
use crate::fault::Class;
use crate::features::transactions::{self, Asked, Builder, Ordered, Params};
use crate::features::{self, Applied, known};
use crate::load::Source;
use crate::model::Model;
use crate::orders::Frozen;
use crate::pipeline::Failure;
use crate::pipeline::customers::{PREFIX, TABLE};

/// Lines that became customers.
pub(super) struct Lines {
    /// Orders, features and counts.
    pub ordered: Ordered,
    /// The features in the columns of the model.
    pub applied: Applied,
}

/// Whether a table holds purchase lines and not the features of customers: it has columns
/// that the model reads purchases from, and fewer than half of those that it scores by.
pub(super) fn are_lines(model: &Model, source: &Source) -> bool {
    let Some(frozen) = &model.orders else { return false };
    let has = |name: &String| source.columns().iter().any(|seen| seen.name == *name);
    let known = model.schema.columns.iter().filter(|column| has(&column.name)).count();
    frozen.columns.values().any(has) && known * 2 < model.schema.columns.len()
}

/// Sums the lines up by customer and measures every customer as the run did.
///
/// # Errors
///
/// Columns that are missing or hold something else; no purchase of a customer.
pub(super) fn read(
    model: &Model,
    frozen: &Frozen,
    source: &Source,
    request: &Request<'_>,
) -> Result<Lines, Failure> {
    let customer = request.id.unwrap_or(&frozen.customer);
    all_there(frozen, customer, source, request.table)?;
    let params = Params::of(frozen);
    let asked = Asked { id: Some(customer), params: &params };
    let mut plan = transactions::plan(source.columns(), &asked)?;
    let is_there = |name: &&String| source.columns().iter().any(|seen| seen.name == **name);
    plan.attributes = frozen.attributes.iter().filter(is_there).cloned().collect();
    let of_run: Option<Day> = model.about.as_of.as_ref().and_then(|day| day.parse().ok());
    let as_of = request.as_of.or(of_run.filter(|_| frozen.as_of_given));
    let mut builder = Builder::frozen(&plan, frozen, as_of, of_run)?;
    builder.read::<Failure>(source)?;
    // What is pooled is learnt, so that no cell is too small.
    let ordered = builder.finish(1, Some(&frozen.learnt))?;
    let counts = ordered.counts.with_rejected(source.accounting().rejected);
    if !counts.add_up() {
        return Err(Failure::internal("the accounting of purchase lines does not add up".into()));
    }
    let ordered = Ordered { counts, ..ordered };
    let prefix = format!("{TABLE}{PREFIX}");
    let described = described(model, &ordered)?;
    let mut columns = ordered.columns.clone();
    columns.extend(described.iter().flat_map(|described| described.table.columns()).cloned());
    let mut applied = known(ordered.ids.clone(), &columns, &model.schema, &prefix)?;
    applied.unseen.extend(described.into_iter().flat_map(|described| described.unseen));
    Ok(Lines { ordered, applied })
}

/// What the lines say of the customers beside their orders, as the model reads it.
fn described(model: &Model, ordered: &Ordered) -> Result<Option<Applied>, Failure> {
    if ordered.attributes.is_empty() {
        return Ok(None);
    }
    let mut schema = model.schema.clone();
    schema.columns.retain(|column| ordered.attributes.iter().any(|(name, _)| *name == column.name));
    let frame = transactions::attribute_frame(ordered)?;
    Ok(Some(features::apply(&frame, &schema, Some(&ordered.ids.name))?))
}

/// Names every column that the lines lack.
fn all_there(frozen: &Frozen, customer: &str, source: &Source, table: &str) -> Result<(), Failure> {
    let has = |name: &str| source.columns().iter().any(|seen| seen.name == name);
    let named = std::iter::once(("customer", customer))
        .chain(frozen.columns.iter().map(|(part, column)| (part.as_str(), column.as_str())));
    let lacking: Vec<String> = named
        .filter(|(_, column)| !has(column))
        .map(|(part, column)| format!("{column} ({part})"))
        .collect();
    if lacking.is_empty() {
        return Ok(());
    }
    Err(Failure {
        code: "E-IN-059".into(),
        class: Class::Input,
        message: format!(
            "{table} lacks {} of the {} columns that the model reads purchases from: {}",
            lacking.len(),
            frozen.columns.len() + 1,
            lacking.join(", ")
        ),
        hint: Some(
            "give lines with the columns of the run's own, or a table of the customers' features"
                .into(),
        ),
    })
}

/// The classes of the rules that lines tell.
pub(super) fn classes(model: &Model, ordered: &Ordered, extra: &Extra<'_>) -> Vec<RuleLabels> {
    model.rules.iter().filter_map(|cuts| cuts.labels(&ordered.histories, extra).ok()).collect()
}

/// The columns of the rules; empty where a rule needs what lines do not tell.
pub(super) fn rules(sheet: &mut Sheet, made: &[RuleLabels], ordered: &Ordered) {
    for rule in Rule::ALL {
        let labels = made.iter().find(|labels| labels.rule() == rule);
        let empty = || Cells::Empty(ordered.ids.values.len());
        sheet.push(
            rule.column(),
            labels.map_or_else(empty, |l| Cells::Text(l.texts(0..l.codes().len()))),
        );
    }
}
