//! Data, method and glossary.

use serde::Serialize;

use super::{Named, Shows};
use crate::chart::label::Words;
use crate::format;
use crate::results::{LineFacts, Results, TableFacts};

/// Where the figures come from.
#[derive(Debug, Serialize)]
pub(super) struct Data {
    accounting: Vec<Named>,
    base: Vec<Named>,
    columns: Vec<Column>,
    tables: Vec<Table>,
    lines: Vec<Lines>,
    repairs: Vec<Repair>,
}

/// A table of the input.
#[derive(Debug, Serialize)]
struct Table {
    part: String,
    files: String,
    rows: String,
    used: String,
    rejected: String,
    excluded: String,
    unmatched: String,
}

/// Some purchase lines.
#[derive(Debug, Serialize)]
struct Lines {
    what: String,
    number: String,
    money: String,
}

/// What was done to a column.
#[derive(Debug, Serialize)]
struct Repair {
    column: String,
    what: String,
    rows: String,
}

/// A column of the input.
#[derive(Debug, Serialize)]
struct Column {
    name: String,
    role: String,
    family: String,
    used_for: String,
    missing: String,
    why: String,
}

/// Names in a row, or a dash.
fn names(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| format::clean(name, 80)).collect();
    if names.is_empty() { "none".to_owned() } else { format::list(&names) }
}

impl Data {
    /// The data part of a run.
    pub(super) fn new(results: &Results) -> Self {
        let (data, base) = (&results.data, &results.base);
        let column = |c: &crate::results::ColumnFacts| Column {
            name: format::clean(&c.name, 120),
            role: format::clean(&c.role, 40),
            family: format::clean(&c.family, 40),
            used_for: format::clean(&c.used_for, 40),
            missing: format::count(c.missing),
            why: format::sentence(&c.why, Some(&c.name)),
        };
        Self {
            accounting: vec![
                Named::new("Rows read", format::count(data.rows)),
                Named::new("Used", format::count(data.used)),
                Named::new("Could not be read", format::count(data.rejected)),
                Named::new("Left out by rule", format::count(data.excluded)),
                Named::new("Files", names(&data.files)),
                Named::new(
                    "Missing cells among the columns used",
                    format::percent(data.missing_share),
                ),
            ],
            base: vec![
                Named::new("Why these columns", format::sentence(&base.reason, None)),
                Named::new("Kind of columns", format::clean(&base.family, 80)),
                Named::new("Made the segments", names(&base.columns)),
                Named::new("Only describe them", names(&base.describing)),
            ],
            columns: data.columns.iter().map(column).collect(),
            tables: data.tables.iter().map(table).collect(),
            lines: data.lines.iter().map(lines).collect(),
            repairs: data
                .repairs
                .iter()
                .map(|repair| Repair {
                    column: format::clean(&repair.column, 120),
                    what: format::clean(&repair.what, 200),
                    rows: format::count(repair.rows),
                })
                .collect(),
        }
    }
}

fn table(facts: &TableFacts) -> Table {
    Table {
        part: format::clean(&facts.part, 40),
        files: names(&facts.files),
        rows: format::count(facts.rows),
        used: format::count(facts.used),
        rejected: format::count(facts.rejected),
        excluded: format::count(facts.excluded),
        unmatched: facts.unmatched.map_or_else(String::new, format::count),
    }
}

fn lines(facts: &LineFacts) -> Lines {
    Lines {
        what: format::clean(&facts.what, 80),
        number: format::count(facts.lines),
        money: facts
            .money
            .as_deref()
            .map_or_else(String::new, |money| grouped(&format::clean(money, 60))),
    }
}

/// An exact amount with a mark at every thousand: `9,747,747.934`.
fn grouped(exact: &str) -> String {
    let (sign, digits) = exact.strip_prefix('-').map_or(("", exact), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(a, b)| (a, Some(b)));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// How the run was made.
#[derive(Debug, Serialize)]
pub(in crate::report) struct Method {
    facts: Vec<Named>,
    preparation: Vec<String>,
    /// The config in full.
    pub(in crate::report) config: String,
}

impl Method {
    /// The method part of a run.
    pub(super) fn new(results: &Results) -> Self {
        let (method, choice, map) = (&results.method, &results.choice, &results.projection);
        let mut facts = vec![
            Named::new(
                "Method",
                format!(
                    "{} ({})",
                    format::clean(&choice.method, 60),
                    format::clean(&choice.engine, 60)
                ),
            ),
            Named::new("Segments", choice.k.to_string()),
        ];
        if let (Some(eps), Some(points)) = (choice.eps, choice.min_points) {
            facts.push(Named::new(
                "Radius and neighbours",
                format!("{} and {points}", format::number(eps)),
            ));
        }
        if choice.stability_draws > 0 {
            let size = u64::try_from(choice.stability_size).unwrap_or(u64::MAX);
            facts.push(Named::new(
                "Stability",
                format!("{} samples of {}", choice.stability_draws, format::customers(size)),
            ));
        }
        facts.push(Named::new("Columns of the matrix", method.n_features.to_string()));
        facts.push(Named::new(
            "Map",
            format!(
                "{}; the axes show {} and {} of the variance",
                format::clean(&map.method, 60),
                format::percent(map.explained[0]),
                format::percent(map.explained[1])
            ),
        ));
        if let Some(value) = &method.value {
            facts.push(Named::new("Value", format::text(value)));
        }
        facts.push(Named::new("Seed", method.seed.to_string()));
        facts.push(Named::new("Program", format!("kohort {}", format::clean(&method.version, 40))));
        Self {
            facts,
            preparation: method.preparation.iter().map(|line| format::text(line)).collect(),
            config: format::block(&method.config),
        }
    }
}

/// The terms used in this report; none that it does not use.
pub(super) fn glossary(results: &Results, shows: Shows, words: &Words) -> Vec<Named> {
    let few = results.heading.min_cell;
    let mut terms = vec![
        Named::new(
            "Segment",
            "Customers that resemble each other more than they resemble the others.",
        ),
        Named::new(
            "Real group, reliable cut, rough cut",
            "How far a segment can be trusted. A real group has a gap around it. A reliable \
                cut has none, but comes back each time. A rough cut does not come back each \
                time.",
        ),
        Named::new(
            "Overlap when found again",
            "The segments are formed again from a part of the customers. 1 means that a \
                segment comes back with exactly the same customers, 0.5 with about two \
                thirds of them.",
        ),
        Named::new(
            "Index",
            "The segment compared with all customers, who are 100; 150 is half as much again.",
        ),
        Named::new(
            "Made the segments",
            "Segments differ in these columns because they were formed from them. A \
                difference in another column is news.",
        ),
        Named::new(
            "Withheld",
            format!("A cell that fewer than {few} customers share is not shown."),
        ),
    ];
    terms.extend(outcome_terms(shows, words));
    terms
}

/// The terms of the outcome, where there is one.
fn outcome_terms(shows: Shows, words: &Words) -> Vec<Named> {
    let mut terms = Vec::new();
    if shows.observed {
        terms.push(Named::new(
            "Interval",
            "The range in brackets holds the true share 95 \
            times out of 100. Small segments have wide ranges.",
        ));
    }
    if shows.likely {
        terms.push(Named::new(
            words.likely.clone(),
            format!(
                "The mean of {} among the \
            segment’s customers for whom it has not happened. It says who is at risk, not \
            who can be kept.",
                words.chance
            ),
        ));
        terms.push(Named::new(
            "Lift",
            "How many times more of the right customers a list \
            reaches than a random list of the same length.",
        ));
    }
    if shows.at_risk {
        terms.push(Named::new(
            "Value at risk",
            "The value if every customer were kept, less \
            the value expected with the probabilities of this report. Those who have left \
            are not in it.",
        ));
    }
    if shows.contact {
        terms.push(Named::new(
            "Held out",
            "Customers on the list who are deliberately not \
            contacted. Only the comparison with them shows what the contact achieves.",
        ));
    }
    terms
}
