//! The customers of the tests, once as the statement by which an engine makes them and once
//! as numbers here, and the backend that answers from those: the expressions of the passes,
//! computed by this program.

use std::collections::BTreeMap;

use kohort::backend::summing::Summing;
use kohort::backend::{
    Backend, BackendError, ColumnStatistics, Group, Grouping, Groups, HashSample, Holds, Info,
    Input, Receipt, Relation, RelationColumn, Sample, Scoring, Sink, hash_of,
};
use kohort::expression::{Cells, Chunk, Expr, Named, Query};

/// Columns beside the id.
pub(crate) const D: usize = 10;

/// One column of a customer: spread of its own around one of eight places, all of it in
/// operations that have one result.
fn value(id: u64, column: u64) -> f64 {
    let spread = (id * (2_654_435_761 + 97 * column)) % 1_000_003;
    let place = ((id % 8) * (column + 3)) % 11;
    (spread as f64 / 1_000_003.0 - 0.5) * 2.5 + place as f64
}

/// The same for an engine: so many customers in so many parts.
pub(crate) fn made(n: u64, parts: usize) -> String {
    let columns: Vec<String> = (0..D as u64)
        .map(|column| {
            format!(
                "((CAST((id * {}L) % 1000003L AS DOUBLE) / 1000003D - 0.5D) * 2.5D) \
                 + CAST(((id % 8L) * {}L) % 11L AS DOUBLE) AS f{column}",
                2_654_435_761 + 97 * column,
                column + 3
            )
        })
        .collect();
    format!(
        "(SELECT CONCAT('c', CAST(id AS STRING)) AS id, {} FROM RANGE(0, {n}, 1, {parts}))",
        columns.join(", ")
    )
}

/// The columns by name.
pub(crate) fn names() -> Vec<String> {
    (0..D).map(|column| format!("f{column}")).collect()
}

/// What a relation is, wherever it is.
pub(crate) fn relation(name: &str, n: u64) -> Relation {
    let column = |name: String, holds| RelationColumn { name, holds };
    let id = column("id".to_owned(), Holds::Text);
    let features = names().into_iter().map(|name| column(name, Holds::Real));
    Relation {
        name: name.to_owned(),
        id: "id".to_owned(),
        columns: std::iter::once(id).chain(features).collect(),
        rows: n,
        fingerprint: "made".to_owned(),
    }
}

/// The customers, here.
pub(crate) struct Here {
    ids: Vec<String>,
    chunk: Chunk,
}

/// Rows that are computed in one go.
const ROWS: usize = 8192;

impl Here {
    pub(crate) fn new(n: u64) -> Self {
        let mut chunk = Chunk::new(n as usize);
        for (column, name) in names().iter().enumerate() {
            let values = (0..n).map(|id| value(id, column as u64)).collect();
            assert!(chunk.add(name, Cells::numbers(values)));
        }
        Self { ids: (0..n).map(|id| format!("c{id}")).collect(), chunk }
    }

    /// The values of an expression for every customer, by position.
    pub(crate) fn numbers(&self, query: &Query, expr: &Expr) -> Vec<Option<f64>> {
        let mut all = Vec::with_capacity(self.ids.len());
        self.each(query, std::slice::from_ref(expr), |rows| all.push(rows[0]));
        all
    }

    fn each(&self, query: &Query, exprs: &[Expr], mut row: impl FnMut(&[Option<f64>])) {
        let n = self.ids.len();
        for first in (0..n).step_by(ROWS) {
            let rows = first..(first + ROWS).min(n);
            let values = query.evaluate(&self.chunk, rows.clone(), exprs).unwrap();
            for at in 0..rows.len() {
                let numbers: Vec<Option<f64>> = values.iter().map(|v| v.number(at)).collect();
                row(&numbers);
            }
        }
    }
}

impl Backend for Here {
    fn info(&self) -> Info {
        Info { engine: "here".to_owned(), version: String::new(), notes: Vec::new() }
    }

    fn open(&self, input: &Input) -> Result<Relation, BackendError> {
        Ok(relation(&input.table, self.ids.len() as u64))
    }

    fn column_statistics(
        &self,
        _relation: &Relation,
        query: &Query,
        columns: &[Named],
    ) -> Result<Vec<ColumnStatistics>, BackendError> {
        let each = columns.iter().map(|(_, expr)| {
            let values: Vec<f64> = self.numbers(query, expr).into_iter().flatten().collect();
            ColumnStatistics::of(&values, (self.ids.len() - values.len()) as u64)
        });
        Ok(each.collect())
    }

    fn hash_sample(
        &self,
        _relation: &Relation,
        sample: &HashSample,
    ) -> Result<Sample, BackendError> {
        let key = |row: usize| (hash_of(sample.seed, &self.ids[row]), &self.ids[row]);
        let mut rows: Vec<usize> = (0..self.ids.len()).collect();
        rows.sort_by(|&a, &b| key(a).cmp(&key(b)));
        rows.truncate(sample.most);
        let mut columns = Chunk::new(rows.len());
        for name in &sample.columns {
            let cells = self.chunk.column(name, kohort::expression::As::Number).unwrap();
            columns.add(name, cells.take(&rows));
        }
        Ok(Sample { ids: rows.iter().map(|&row| self.ids[row].clone()).collect(), columns })
    }

    fn lines_sample(&self, _: &Relation, _: &HashSample) -> Result<Sample, BackendError> {
        Err(BackendError::Internal { what: "lines, which are not here" })
    }

    fn sum_up(&self, _: &Relation, _: &Summing, _: &Sink) -> Result<Receipt, BackendError> {
        Err(BackendError::Internal { what: "lines, which are not here" })
    }

    fn grouped_sums(
        &self,
        _relation: &Relation,
        grouping: &Grouping,
    ) -> Result<Groups, BackendError> {
        let mut exprs = vec![grouping.group.clone(), grouping.beyond()];
        exprs.extend(grouping.values.iter().map(kohort::backend::Summed::whole));
        let mut groups: BTreeMap<Option<i64>, Group> = BTreeMap::new();
        let mut beyond = 0;
        self.each(&grouping.query, &exprs, |row| {
            let key = row[0].map(|key| key as i64);
            beyond += i64::from(row[1] == Some(1.0));
            let empty = || Group { key, rows: 0, sums: vec![0; grouping.values.len()] };
            let group = groups.entry(key).or_insert_with(empty);
            group.rows += 1;
            for (sum, value) in group.sums.iter_mut().zip(&row[2..]) {
                *sum += value.unwrap_or(0.0) as i64;
            }
        });
        match beyond {
            0 => Ok(Groups(groups.into_values().collect())),
            rows => Err(BackendError::Beyond { rows }),
        }
    }

    fn score_write(
        &self,
        _relation: &Relation,
        _scoring: &Scoring,
        _sink: &Sink,
    ) -> Result<Receipt, BackendError> {
        Err(BackendError::Internal { what: "a test that writes here" })
    }

    fn cancel(&self) {}
}
