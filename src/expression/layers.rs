//! The statement as a chain of layers: each a common table expression on the one below.

use std::fmt::Write as _;

use super::print::{Dialect, column, value};
use super::tree::Expr;

/// The name that every layer gives the id.
pub const ID: &str = "kohort_id";

/// A column by its name.
pub type Named = (String, Expr);

/// One common table expression: its columns by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Its own name.
    pub name: String,
    /// Its columns, on those of the layer below.
    pub columns: Vec<Named>,
}

/// The layers so far. Every layer hands the id on.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    id: String,
    layers: Vec<Layer>,
}

impl Query {
    /// No layer yet: the table itself, with this id column.
    #[must_use]
    pub fn new(id: &str) -> Self {
        Self { id: id.to_owned(), layers: Vec::new() }
    }

    /// The id column of the table.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The layers, the lowest first.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// Adds a layer on the last one.
    pub fn layer(&mut self, name: &str, columns: Vec<Named>) {
        self.layers.push(Layer { name: name.to_owned(), columns });
    }

    /// The query whose last layer hands on more columns of the one below.
    #[must_use]
    pub fn with_last_handing_on(mut self, names: impl Iterator<Item = String>) -> Self {
        if let Some(last) = self.layers.last_mut() {
            last.columns.extend(names.map(|name| (name.clone(), Expr::Column(name))));
        }
        self
    }

    /// Two queries on one table side by side, each with a layer: their last layer has the
    /// columns of both last ones, those of the other with `prefix` before their names.
    #[must_use]
    pub fn beside(&self, other: &Self, prefix: &str) -> Self {
        let named = |name: &str| format!("{prefix}{name}");
        let renamed = |at: usize, (name, expr): &Named| {
            // The lowest layer stands on the table, whose columns keep their names.
            let expr = if at == 0 { expr.clone() } else { expr.renamed(&named) };
            (named(name), expr)
        };
        let on = |columns: &[Named]| -> Vec<Named> {
            let names = columns.iter().map(|(name, _)| name.clone());
            names.map(|name| (name.clone(), Expr::Column(name))).collect()
        };
        let mut both = Self::new(&self.id);
        let (mut own, mut others) = (Vec::new(), Vec::new());
        for at in 0..self.layers.len().max(other.layers.len()) {
            let (mine, its) = (self.layers.get(at), other.layers.get(at));
            // The shorter one hands its last columns on.
            own = mine.map_or_else(|| on(&own), |layer| layer.columns.clone());
            others = its.map_or_else(
                || on(&others),
                |layer| layer.columns.iter().map(|column| renamed(at, column)).collect(),
            );
            let name = match (mine, its) {
                (Some(layer), _) => layer.name.clone(),
                (None, layer) => named(layer.map_or("", |layer| &layer.name)),
            };
            both.layers.push(Layer { name, columns: [&own[..], &others[..]].concat() });
        }
        both
    }

    /// The layers as `WITH` of a statement on `table`, empty where there are none, and what
    /// the last of them, or the table, is called.
    #[must_use]
    pub fn print_layers(&self, table: &str, dialect: Dialect) -> (String, String) {
        let (mut text, mut below) = (String::new(), table.to_owned());
        // Kept once computed: put into each other, the layers would be computed again for every
        // place that names them.
        let kept = if dialect == Dialect::Spark { "" } else { "MATERIALIZED " };
        for (at, layer) in self.layers.iter().enumerate() {
            let id = if at == 0 {
                format!("{} AS {ID}", column(&self.id, dialect))
            } else {
                ID.to_owned()
            };
            let body = select(&layer.columns, &id, "  ", &below, dialect);
            let comma = if at + 1 < self.layers.len() { "," } else { "" };
            let with = if at == 0 { "WITH\n" } else { "" };
            let _ = writeln!(text, "{with}{} AS {kept}(\n{body}\n){comma}", layer.name);
            below.clone_from(&layer.name);
        }
        (text, below)
    }

    /// The statement on `table`, with these columns beside the id.
    #[must_use]
    pub fn print(&self, last: &[Named], table: &str, dialect: Dialect) -> String {
        let (mut text, below) = self.print_layers(table, dialect);
        let id = column(&self.id, dialect);
        let id = if self.layers.is_empty() { id } else { format!("{ID} AS {id}") };
        text.push_str(&select(last, &id, "", &below, dialect));
        text.push_str("\nORDER BY 1\n");
        text
    }
}

/// `SELECT` of columns behind what stands first.
fn select(columns: &[Named], first: &str, margin: &str, from: &str, dialect: Dialect) -> String {
    let mut lines = vec![first.to_owned()];
    lines.extend(
        columns
            .iter()
            .map(|(name, expr)| format!("{} AS {}", value(expr, dialect), column(name, dialect))),
    );
    let list = lines.join(&format!(",\n{margin}  "));
    format!("{margin}SELECT {list}\n{margin}FROM {from}")
}
