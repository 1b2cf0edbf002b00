//! Order lines summed up to customers, as a statement: one `GROUP BY` each for orders, days
//! and customers, whose keys begin alike, so that an engine need move the lines but once.

use std::fmt::Write as _;

use super::{SPARK, Statement, written};
use crate::backend::HashSample;
use crate::backend::Relation;
use crate::backend::summing::{DAY, FIRST, LAST, Summing};
use crate::expression::{Expr, ID, Named, Test, column, test, value};

/// The column of the order number.
const ORDER: &str = "kohort_order";

/// A row has an id.
fn named(id: &str) -> String {
    format!("NULLIF(CAST({id} AS STRING), '') IS NOT NULL")
}

/// Sums of whole numbers in double precision, which no engine wraps around.
fn sum(name: &str, expr: &Expr) -> String {
    let (name, expr) = (column(name, SPARK), value(expr, SPARK));
    format!("COALESCE(SUM(CAST({expr} AS DOUBLE)), 0e0D) AS {name}")
}

fn sums<'a>(columns: impl IntoIterator<Item = &'a Named>) -> Vec<String> {
    columns.into_iter().map(|(name, expr)| sum(name, expr)).collect()
}

/// The id and what is written of every customer of whom a day counts.
#[must_use]
pub fn customers(from: &str, id: &str, summing: &Summing) -> Statement {
    let mut query = summing.query.clone();
    let mut columns =
        vec![(DAY.to_owned(), summing.day.clone()), (ORDER.to_owned(), order(&summing.order))];
    columns.extend(summing.lines.iter().cloned());
    query.layer("kohort_lines", columns);
    let (layers, below) = query.print_layers(from, SPARK);
    let mut text = layers.trim_end().to_owned();
    let mut step = |name: &str, answers: Vec<String>, rest: String| {
        let answers = answers.join(",\n    ");
        let _ = write!(text, ",\n{name} AS (\n  SELECT {answers}\n  FROM {rest}\n)");
    };
    let own: Vec<Named> =
        summing.lines.iter().map(|(name, _)| (name.clone(), Expr::column(name))).collect();
    // Spark moves the lines once, to where their customer is: there the keys of all three steps
    // are together. To other engines it is a comment.
    let mut answers = vec![
        format!("/*+ REPARTITION({ID}) */ CAST({ID} AS STRING) AS {ID}"),
        format!("CAST({DAY} AS BIGINT) AS {DAY}"),
        ORDER.to_owned(),
    ];
    answers.extend(own.iter().map(|(name, _)| column(name, SPARK)));
    let known = test(&Test::There(Expr::column(DAY)), SPARK);
    step("kohort_moved", answers, format!("{below}\n  WHERE {known} AND {}", named(ID)));
    let mut answers = vec![ID.to_owned(), DAY.to_owned()];
    answers.extend(sums(&own));
    step("kohort_orders", answers, format!("kohort_moved\n  GROUP BY {ID}, {DAY}, {ORDER}"));
    let mut answers = vec![ID.to_owned(), DAY.to_owned()];
    answers.extend(sums(&summing.orders));
    step("kohort_days", answers, format!("kohort_orders\n  GROUP BY {ID}, {DAY}"));
    let on = value(&summing.on, SPARK);
    let mut answers = vec![
        ID.to_owned(),
        format!("CAST(MIN({on}) AS DOUBLE) AS {FIRST}"),
        format!("CAST(MAX({on}) AS DOUBLE) AS {LAST}"),
    ];
    answers.extend(sums(&summing.days));
    step("kohort_customers", answers, format!("kohort_days\n  GROUP BY {ID}"));
    let mut answers = vec![format!("{ID} AS {}", column(id, SPARK))];
    answers.extend(
        summing
            .customers
            .iter()
            .map(|one| format!("{} AS {}", written(one), column(&one.name, SPARK))),
    );
    let _ = write!(
        text,
        "\nSELECT {}\nFROM kohort_customers\nWHERE {LAST} IS NOT NULL",
        answers.join(",\n  ")
    );
    Statement { text, columns: answers.len() }
}

/// An order number, which a group may be made of where there is none, too.
fn order(number: &Expr) -> Expr {
    match number {
        Expr::Null => Expr::Words(Box::new(Expr::Null)),
        number => number.clone(),
    }
}

/// How many customers the lines are of, up to two whose hash is the same.
#[must_use]
pub fn counted_customers(from: &str, relation: &Relation, seed: u64) -> Statement {
    let id = column(&relation.id, SPARK);
    let hash = super::hash(seed, &format!("CAST({id} AS STRING)"));
    let text = format!("SELECT COUNT(DISTINCT {hash})\nFROM {from}\nWHERE {}", named(&id));
    Statement { text, columns: 1 }
}

/// As [`super::hash_sample`], of lines: all of each customer; those of nobody are left out.
#[must_use]
pub fn lines_sample(
    from: &str,
    relation: &Relation,
    sample: &HashSample,
    threshold: Option<i64>,
) -> Statement {
    let Statement { mut text, columns } = super::hash_sample(from, relation, sample, threshold);
    let word = if threshold.is_some() { " AND " } else { "\nWHERE " };
    text.push_str(word);
    text.push_str(&named(&column(&relation.id, SPARK)));
    Statement { text, columns }
}
