//! The rule segmentations: definitions, classes, and how the segments are made up of them.

use serde::Serialize;

use super::Sign;
use crate::chart::label;
use crate::format;
use crate::results::Results;
use crate::results::rules::{Pareto, RuleClass, RuleTable};
use crate::said;
use crate::words::say;

/// The part on rule segmentations.
#[derive(Debug, Serialize)]
pub(super) struct Rules {
    /// How few customers bring most of the value.
    headline: String,
    /// Whether there are shares of value.
    value: bool,
    /// Each rule.
    tables: Vec<TableView>,
    /// The segments at the head of the cross table.
    heads: Vec<Sign>,
    /// The cross table, rule by rule.
    cross: Vec<CrossView>,
}

/// One rule.
#[derive(Debug, Serialize)]
struct TableView {
    title: String,
    /// The classes are the segments.
    is_method: bool,
    definition: String,
    /// Why no class is shown, where none may be.
    withheld: Option<String>,
    classes: Vec<ClassView>,
}

/// One class.
#[derive(Debug, Serialize)]
struct ClassView {
    class: String,
    customers: String,
    share: String,
    value_share: String,
}

/// The rows of one rule in the cross table.
#[derive(Debug, Serialize)]
struct CrossView {
    title: String,
    rows: Vec<CrossRow>,
}

/// One class over all segments.
#[derive(Debug, Serialize)]
struct CrossRow {
    class: String,
    cells: Vec<String>,
}

impl Rules {
    /// The part of a run that has any rule segmentation.
    pub(super) fn of(results: &Results) -> Option<Self> {
        let rules = results.rules.as_ref()?;
        let value =
            rules.rules.iter().flat_map(|r| &r.classes).any(|class| class.value_share.is_some());
        let signs = rules
            .segment_ids
            .iter()
            .filter_map(|&id| label::rows(results).find(|row| row.segment_id == id).map(Sign::of));
        let heads: Vec<Sign> = signs.collect();
        // A head for every column, or none at all.
        let whole = !heads.is_empty() && heads.len() == rules.segment_ids.len();
        // A table of dashes tells nothing.
        let told = |rule: &&RuleTable| {
            let mut cells = rule.classes.iter().flat_map(|class| &class.segments);
            cells.any(|cell| cell.share.is_some_and(|share| share > 0.0))
        };
        let cross =
            rules.rules.iter().filter(|rule| whole && !rule.is_method).filter(told).map(cross);
        Some(Self {
            headline: rules.pareto.as_ref().map_or_else(String::new, headline),
            value,
            tables: rules.rules.iter().map(|rule| table(rule, results)).collect(),
            cross: cross.filter(|rule| !rule.rows.is_empty()).collect(),
            heads,
        })
    }
}

/// `The top 12.3% of customers bring 80% of the value.`
fn headline(pareto: &Pareto) -> String {
    let told = pareto.cuts.iter().find_map(|cut| Some((cut.share?, cut.value_share)));
    told.map_or_else(String::new, |(share, value)| {
        let (share, value) = (format::percent(share), format::whole_percent(value));
        say!("pareto-headline", share = share, value = value)
    })
}

/// One rule.
fn table(rule: &RuleTable, results: &Results) -> TableView {
    TableView {
        title: label::rule_title(rule),
        is_method: rule.is_method,
        definition: definition(rule, results),
        withheld: rule
            .classes
            .iter()
            .all(|class| class.customers.is_none())
            .then(|| say!("rule-withheld", n = results.heading.min_cell)),
        classes: rule.classes.iter().map(class_view).collect(),
    }
}

/// How the classes are made. Who has lapsed by the own rhythm is not who is inactive.
fn definition(rule: &RuleTable, results: &Results) -> String {
    let text = format::clean(&said::told(&rule.definition, rule.said.as_ref()), 1200);
    match label::inactive(results).filter(|_| rule.rule == "loyalty") {
        Some((_, days)) => {
            format!("{text}{}{}", say!("between-sentences"), say!("inactive-means", n = days))
        }
        None => text,
    }
}

/// One class.
fn class_view(class: &RuleClass) -> ClassView {
    let hidden = || say!("withheld-cell");
    ClassView {
        class: label::class_name(&class.class),
        customers: class.customers.map_or_else(hidden, format::count),
        share: class.share.map_or_else(hidden, format::percent),
        value_share: class.value_share.map_or_else(hidden, format::percent),
    }
}

/// The rows of one rule; classes without a customer are left out.
fn cross(rule: &RuleTable) -> CrossView {
    let rows = rule.classes.iter().filter(|class| class.customers != Some(0));
    let rows = rows.filter(|class| !class.segments.is_empty()).map(|class| CrossRow {
        class: label::class_name(&class.class),
        cells: class
            .segments
            .iter()
            .map(|cell| cell.share.map_or_else(|| "–".to_owned(), format::percent))
            .collect(),
    });
    CrossView { title: label::rule_title(rule), rows: rows.collect() }
}
