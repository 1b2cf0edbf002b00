//! The statement as a chain of layers: each a common table expression on the one below.

use super::Asked;
use super::expr::Expr;
use super::print::{Dialect, column, value};

/// One common table expression: its columns by name.
#[derive(Debug, Clone)]
struct Layer {
    name: String,
    columns: Vec<(String, Expr)>,
}

/// The layers so far. Every layer hands the id on.
#[derive(Debug, Clone)]
pub(super) struct Query {
    id: String,
    layers: Vec<Layer>,
}

impl Query {
    pub(super) fn new(id: &str) -> Self {
        Self { id: id.to_owned(), layers: Vec::new() }
    }

    /// Adds a layer on the last one.
    pub(super) fn layer(&mut self, name: &str, columns: Vec<(String, Expr)>) {
        self.layers.push(Layer { name: name.to_owned(), columns });
    }

    /// The statement, with these columns beside the id.
    pub(super) fn print(&self, last: Vec<(String, Expr)>, asked: &Asked) -> String {
        let dialect = asked.dialect;
        let mut text = String::from("WITH\n");
        let mut below = asked.table.to_owned();
        // Kept once computed: put into each other, the layers would be computed again for every
        // place that names them.
        let kept = if dialect == Dialect::Spark { "" } else { "MATERIALIZED " };
        let select = |columns: &[(String, Expr)], inside: &str, margin: &str, from: &str| {
            let mut lines = vec![inside.to_owned()];
            lines.extend(columns.iter().map(|(name, expr)| {
                format!("{} AS {}", value(expr, dialect), column(name, dialect))
            }));
            let list = lines.join(&format!(",\n{margin}  "));
            format!("{margin}SELECT {list}\n{margin}FROM {from}")
        };
        for (at, layer) in self.layers.iter().enumerate() {
            let id = if at == 0 {
                format!("{} AS kohort_id", column(&self.id, dialect))
            } else {
                "kohort_id".to_owned()
            };
            let body = select(&layer.columns, &id, "  ", &below);
            let comma = if at + 1 < self.layers.len() { "," } else { "" };
            text.push_str(&format!("{} AS {kept}(\n{body}\n){comma}\n", layer.name));
            below.clone_from(&layer.name);
        }
        let id = format!("kohort_id AS {}", column(&self.id, dialect));
        text.push_str(&select(&last, &id, "", &below));
        text.push_str("\nORDER BY 1\n");
        text
    }
}
