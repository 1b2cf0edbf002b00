//! Bare tables: which of them holds the customers, which the purchases, and how the others
//! join. Decided from what the tables hold, never from the order they are given in, and
//! said.

use std::collections::BTreeSet;

use super::job::Failure;
use super::sources::{rows_seen, texts};
use crate::config::{Input, Joined, Origin, TableRole};
use crate::fault::Class;
use crate::features::transactions::{self, OrderPlan};
use crate::finding::{Finding, Severity};
use crate::load::{Kind, SeenColumn, Source};
use crate::said::facts;

/// The share of a table's keys that must occur in the other table.
const MOST: f64 = 0.5;

/// One bare table.
pub(super) struct Bare {
    /// The path as given.
    pub path: String,
    /// The table.
    pub source: Source,
}

/// Says what every table is for.
///
/// # Errors
///
/// Two tables that both hold purchases, none that holds customers or purchases, or a table
/// that joins to nothing.
pub(super) fn arrange(
    bare: &[Bare],
    asked: &Input,
    params: &transactions::Params,
) -> Result<(Input, Vec<Finding>), Failure> {
    let mut input = asked.clone();
    let orders: Vec<(usize, OrderPlan)> = bare
        .iter()
        .enumerate()
        .filter_map(|(at, table)| {
            let n_rows = rows_seen(&table.source);
            let asked = transactions::Asked { id: input.id.as_deref(), params };
            let plan = transactions::recognise(table.source.columns(), n_rows, &asked)?;
            Some((at, plan))
        })
        .collect();
    if let [first, second, ..] = orders.as_slice() {
        let (a, b) = (&bare[first.0].path, &bare[second.0].path);
        return Err(unclear(format!("{a} and {b} both hold purchases")));
    }
    let (orders, mut rest) = match orders.into_iter().next() {
        Some((at, plan)) => (Some((at, plan)), without(bare.len(), at)),
        None => (None, (0..bare.len()).collect()),
    };
    if let Some((at, _)) = &orders {
        input.transactions = Origin::File(bare[*at].path.clone());
    }
    let center = match &orders {
        Some((at, plan)) => customers_of_orders(bare, &rest, *at, plan.customer())?,
        None => customers_alone(bare, &rest),
    };
    if let Some(at) = center {
        input.customers = Origin::File(bare[at].path.clone());
        rest.retain(|&other| other != at);
    }
    let hub =
        Hub { bare, orders: orders.as_ref().map(|(at, plan)| (*at, plan)), customers: center };
    for at in rest {
        let (stem, joined) = hub.place(at)?;
        // Two files may have one name in different folders.
        let mut name = stem.clone();
        for n in 2.. {
            if !input.tables.contains_key(&name) {
                break;
            }
            name = format!("{stem}_{n}");
        }
        input.tables.insert(name, joined);
    }
    let findings = said(bare, &input);
    Ok((input, findings))
}

fn without(n: usize, out: usize) -> Vec<usize> {
    (0..n).filter(|&at| at != out).collect()
}

fn unclear(message: String) -> Failure {
    Failure {
        code: "E-IN-058".into(),
        class: Class::Input,
        message,
        hint: Some("say what each table is in a config; `kohort config --all` shows how".into()),
    }
}

/// What each table was taken for, by the names of the files.
fn said(bare: &[Bare], input: &Input) -> Vec<Finding> {
    let part = |path: &String| {
        let is = |origin: &Origin| origin.paths() == std::slice::from_ref(path);
        // The report is sent on: in which folder a file lies is nobody's business there.
        let file = std::path::Path::new(path).file_name();
        let file = file.map_or_else(|| path.clone(), |file| file.to_string_lossy().into_owned());
        if is(&input.transactions) {
            return Some(("table-part_purchases", facts!(path = file)));
        }
        if is(&input.customers) {
            return (bare.len() > 1).then(|| ("table-part_customers", facts!(path = file)));
        }
        let (_, joined) = input.tables.iter().find(|(_, joined)| is(&joined.path))?;
        let role = joined.role.name();
        Some(match joined.on.as_ref().or(joined.id.as_ref()) {
            Some(by) => ("table-part_joined", facts!(path = file, role = role, by = by)),
            None => ("table-part_by-id", facts!(path = file, role = role)),
        })
    };
    bare.iter()
        .filter_map(|table| {
            let (key, told) = part(&table.path)?;
            Some(Finding::new(key, Severity::Note, told))
        })
        .collect()
}

/// The distinct keys of a column.
fn keys(source: &Source, column: &str) -> Result<BTreeSet<String>, Failure> {
    Ok(texts(source, column)?.into_iter().flatten().collect())
}

/// Whether most of `some` occur in `all`.
fn mostly_in(some: &BTreeSet<String>, all: &BTreeSet<String>) -> bool {
    let found = some.iter().filter(|key| all.contains(*key)).count();
    !some.is_empty() && found as f64 >= MOST * some.len() as f64
}

/// Columns that name every row once.
fn unique(source: &Source) -> impl Iterator<Item = &SeenColumn> {
    let n_rows = rows_seen(source);
    source.columns().iter().filter(move |seen| {
        seen.n_distinct == n_rows && matches!(seen.kind, Kind::Text | Kind::Integer)
    })
}

/// The table with one row for each customer that the purchases name.
fn customers_of_orders(
    bare: &[Bare],
    rest: &[usize],
    orders: usize,
    customer: &str,
) -> Result<Option<usize>, Failure> {
    let named = keys(&bare[orders].source, customer)?;
    for &at in rest {
        let source = &bare[at].source;
        for column in unique(source) {
            if mostly_in(&named, &keys(source, &column.name)?) {
                return Ok(Some(at));
            }
        }
    }
    Ok(None)
}

/// Without purchases: the first table whose rows a column names once each.
fn customers_alone(bare: &[Bare], rest: &[usize]) -> Option<usize> {
    match rest {
        [only] => Some(*only),
        _ => rest.iter().copied().find(|&at| unique(&bare[at].source).next().is_some()),
    }
}

/// What the remaining tables join to.
struct Hub<'a> {
    bare: &'a [Bare],
    orders: Option<(usize, &'a OrderPlan)>,
    customers: Option<usize>,
}

impl Hub<'_> {
    /// The part of a further table, and the name it goes by.
    fn place(&self, at: usize) -> Result<(String, Joined), Failure> {
        let table = &self.bare[at];
        let name = name_of(&table.path);
        let joined = |role, id: &str, on: &str| Joined {
            path: Origin::File(table.path.clone()),
            role,
            id: Some(id.to_owned()),
            on: Some(on.to_owned()),
            date: None,
            score: None,
        };
        for column in unique(&table.source) {
            let own = keys(&table.source, &column.name)?;
            if let Some((role, on)) = self.joins(&column.name, &own)? {
                return Ok((name, joined(role, &column.name, &on)));
            }
        }
        if let Some((column, role)) = self.acts(&table.source)? {
            return Ok((name, Joined { on: None, ..joined(role, &column, "") }));
        }
        Err(unclear(format!("{} joins to none of the other tables", table.path)))
    }

    /// The column that a unique key joins to: of the customers, else of the purchases.
    fn joins(
        &self,
        name: &str,
        own: &BTreeSet<String>,
    ) -> Result<Option<(TableRole, String)>, Failure> {
        if let Some(at) = self.customers {
            let source = &self.bare[at].source;
            let is_key: BTreeSet<&str> = unique(source).map(|seen| seen.name.as_str()).collect();
            if let Some(on) = joined_column(source, name, own)? {
                let survey = is_key.contains(on.as_str());
                let role = if survey { TableRole::Survey } else { TableRole::Accounts };
                return Ok(Some((role, on)));
            }
        }
        if let Some((at, plan)) = self.orders {
            let source = &self.bare[at].source;
            if let Some(on) = joined_column(source, name, own)? {
                let survey = on == plan.customer();
                let role = if survey { TableRole::Survey } else { TableRole::Products };
                return Ok(Some((role, on)));
            }
        }
        Ok(None)
    }

    /// Whether the rows are events or opinions of the customers.
    fn acts(&self, source: &Source) -> Result<Option<(String, TableRole)>, Failure> {
        if !source.columns().iter().any(|seen| matches!(seen.kind, Kind::Day { .. })) {
            return Ok(None);
        }
        let known = match (self.customers, self.orders) {
            (Some(at), _) => {
                let source = &self.bare[at].source;
                let mut all = BTreeSet::new();
                for column in unique(source) {
                    all.extend(keys(source, &column.name)?);
                }
                all
            }
            (None, Some((at, plan))) => keys(&self.bare[at].source, plan.customer())?,
            (None, None) => return Ok(None),
        };
        for column in
            source.columns().iter().filter(|seen| matches!(seen.kind, Kind::Text | Kind::Integer))
        {
            if mostly_in(&keys(source, &column.name)?, &known) {
                let speaks = source.columns().iter().any(|seen| is_opinion(&seen.name));
                let role = if speaks { TableRole::Feedback } else { TableRole::Events };
                return Ok(Some((column.name.clone(), role)));
            }
        }
        Ok(None)
    }
}

fn is_opinion(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["nps", "rating", "satisfaction", "csat", "stars"].iter().any(|word| lower.contains(word))
}

/// The column of `source` whose values are mostly keys of the other table: one of the same
/// name before any other.
fn joined_column(
    source: &Source,
    name: &str,
    own: &BTreeSet<String>,
) -> Result<Option<String>, Failure> {
    let same = source.column_like(name).map(|seen| seen.name.as_str());
    // Small whole numbers are keys of everything; only a column of the same name will do.
    let are_numbers = own.iter().all(|key| key.bytes().all(|byte| byte.is_ascii_digit()));
    let others = source.columns().iter().filter(|_| !are_numbers).map(|seen| seen.name.as_str());
    for column in same.into_iter().chain(others.filter(|other| Some(*other) != same)) {
        let fits = source
            .columns()
            .iter()
            .any(|seen| seen.name == column && matches!(seen.kind, Kind::Text | Kind::Integer));
        if fits && mostly_in(&keys(source, column)?, own) {
            return Ok(Some(column.to_owned()));
        }
    }
    Ok(None)
}

/// The file's name without folder and endings, as a key of the config.
fn name_of(path: &str) -> String {
    let file = std::path::Path::new(path).file_name();
    let file = file.map_or_else(|| path.to_owned(), |file| file.to_string_lossy().into_owned());
    let stem = file.split('.').next().unwrap_or(&file);
    stem.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect()
}
