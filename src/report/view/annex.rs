//! Data, method and glossary.

use serde::Serialize;

use super::{Named, Shows};
use crate::chart::label::{self, Words};
use crate::format;
use crate::results::{LineFacts, Results, TableFacts};
use crate::said;
use crate::words::say;

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
    if names.is_empty() { say!("none-of-them") } else { format::list(&names) }
}

impl Data {
    /// The data part of a run.
    pub(super) fn new(results: &Results) -> Self {
        let (data, base) = (&results.data, &results.base);
        let column = |c: &crate::results::ColumnFacts| Column {
            name: format::clean(&c.name, 120),
            role: format::clean(&said::phrase(&c.role), 40),
            family: format::clean(&said::phrase(&c.family), 40),
            used_for: format::clean(&said::phrase(&c.used_for), 40),
            missing: format::count(c.missing),
            why: format::sentence(&said::clause(&c.why), Some(&c.name)),
        };
        Self {
            accounting: vec![
                Named::new(say!("rows-read"), format::count(data.rows)),
                Named::new(say!("col-used"), format::count(data.used)),
                Named::new(say!("col-rejected"), format::count(data.rejected)),
                Named::new(say!("col-excluded"), format::count(data.excluded)),
                Named::new(say!("files"), names(&data.files)),
                Named::new(say!("missing-cells"), format::percent(data.missing_share)),
            ],
            base: vec![
                Named::new(
                    say!("why-columns"),
                    format::sentence(&said::phrase(&base.reason), None),
                ),
                Named::new(say!("kind-of-columns"), format::clean(&said::phrase(&base.family), 80)),
                Named::new(say!("col-made"), names(&base.columns)),
                Named::new(say!("only-describe"), names(&base.describing)),
            ],
            columns: data.columns.iter().map(column).collect(),
            tables: data.tables.iter().map(table).collect(),
            lines: data.lines.iter().map(lines).collect(),
            repairs: data
                .repairs
                .iter()
                .map(|repair| Repair {
                    column: format::clean(&repair.column, 120),
                    what: format::clean(&said::phrase(&repair.what), 200),
                    rows: format::count(repair.rows),
                })
                .collect(),
        }
    }
}

fn table(facts: &TableFacts) -> Table {
    Table {
        part: format::clean(&said::phrase(&facts.part), 40),
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
        what: format::clean(&said::phrase(&facts.what), 80),
        number: format::count(facts.lines),
        money: facts
            .money
            .as_deref()
            .map_or_else(String::new, |money| format::exact(&format::clean(money, 60))),
    }
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
                say!("col-method"),
                format!(
                    "{} ({})",
                    format::clean(&choice.method, 60),
                    format::clean(&choice.engine, 60)
                ),
            ),
            Named::new(say!("sheet-segments"), choice.k.to_string()),
        ];
        if let (Some(eps), Some(points)) = (choice.eps, choice.min_points) {
            facts.push(Named::new(say!("radius"), format!("{} / {points}", format::number(eps))));
        }
        if choice.stability_draws > 0 {
            let size = u64::try_from(choice.stability_size).unwrap_or(u64::MAX);
            facts.push(Named::new(
                say!("stability"),
                say!("samples-of", draws = choice.stability_draws, n = size),
            ));
        }
        facts.push(Named::new(say!("matrix-columns"), method.n_features.to_string()));
        facts.push(Named::new(
            say!("map"),
            say!(
                "map-axes",
                method = format::clean(&said::phrase(&map.method), 60),
                x = format::percent(map.explained[0]),
                y = format::percent(map.explained[1]),
            ),
        ));
        if let Some(value) = &method.value {
            facts.push(Named::new(say!("col-value"), format::text(&said::phrase(value))));
        }
        facts.push(Named::new(say!("col-seed"), method.seed.to_string()));
        facts.push(Named::new(
            say!("program"),
            format!("kohort {}", format::clean(&method.version, 40)),
        ));
        Self {
            facts,
            preparation: said::all_told(&method.preparation, &method.preparation_said)
                .iter()
                .map(|line| format::text(line))
                .collect(),
            config: format::block(&method.config),
        }
    }
}

/// The terms used in this report; none that it does not use.
pub(super) fn glossary(results: &Results, shows: Shows, words: &Words) -> Vec<Named> {
    let few = results.heading.min_cell;
    let mut terms = vec![
        Named::new(say!("term-segment"), say!("term-segment-means")),
        Named::new(say!("term-trust"), say!("term-trust-means")),
        Named::new(say!("col-stability"), say!("term-overlap-means")),
        Named::new(say!("col-index"), say!("term-index-means")),
        Named::new(say!("col-made"), say!("term-made-means")),
        Named::new(say!("term-withheld"), say!("term-withheld-means", n = few)),
    ];
    if shows.observed {
        terms.push(Named::new(say!("term-interval"), say!("term-interval-means")));
    }
    if shows.likely {
        let means = say!("term-likely-means", chance = &words.chance);
        terms.push(Named::new(words.likely.clone(), means));
        terms.push(Named::new(say!("term-lift"), say!("term-lift-means")));
    }
    if let Some((_, days)) = label::inactive(results) {
        terms.push(Named::new(say!("term-inactive"), say!("inactive-means", n = days)));
    }
    if shows.at_risk {
        terms.push(Named::new(say!("col-at-risk"), say!("term-at-risk-means")));
    }
    if shows.contact {
        terms.push(Named::new(say!("col-hold-out"), say!("term-hold-out-means")));
    }
    terms
}
