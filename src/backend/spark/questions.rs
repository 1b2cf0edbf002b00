//! The questions of a [`Backend`], each asked by a statement and read from its answer.

use std::sync::PoisonError;
use std::sync::atomic::Ordering;

use super::batch::Answer;
use super::error::SparkError;
use super::link::Cap;
use super::write::{self, Rows};
use super::{SAMPLE_BYTES, SparkBackend};
use crate::backend::lines::of_lowest;
use crate::backend::sql::Statement;
use crate::backend::summing::Summing;
use crate::backend::{
    Backend, BackendError, ColumnStatistics, Fixed, Group, Grouping, Groups, HashSample, Holds,
    Info, Input, Receipt, Relation, Sample, Scoring, Sink, Summed, sql, threshold,
};
use crate::expression::{Cells, Chunk, Expr, Named, Query};

/// Refuses sums that may not fit in 64 bits: not every engine tells.
fn sums_fit(relation: &Relation, grouping: &Grouping) -> Result<(), BackendError> {
    let most = |fixed: Fixed| libm::ldexp(fixed.largest, fixed.bits) + 1.0;
    let fit = |summed: &Summed| most(summed.fixed) * relation.rows as f64 <= i64::MAX as f64;
    if grouping.values.iter().all(fit) { Ok(()) } else { Err(BackendError::Overflow) }
}

/// Refuses columns that are not there; the engine would only say that some column is not.
fn known(relation: &Relation, columns: &[String]) -> Result<(), BackendError> {
    match columns.iter().find(|name| relation.column(name).is_none()) {
        None => Ok(()),
        Some(column) => {
            Err(BackendError::NoColumn { table: relation.name.clone(), column: column.clone() })
        }
    }
}

impl Backend for SparkBackend {
    fn info(&self) -> Info {
        self.info.clone()
    }

    fn open(&self, input: &Input) -> Result<Relation, BackendError> {
        let from = sql::from_clause(&input.table, self.params.address.is_loopback());
        let from = from.map_err(|why| BackendError::Forbidden {
            table: input.table.clone(),
            why: why.words().to_owned(),
        })?;
        let select = format!("SELECT *\nFROM {from}");
        let what = "the columns of the table";
        let columns = self.with_link(&input.table, |link| link.schema(select.clone(), what))?;
        let table = input.table.clone();
        let mut relation = Relation {
            name: from,
            id: input.id.clone(),
            columns,
            rows: 0,
            fingerprint: String::new(),
        };
        match relation.column(&input.id).map(|known| known.holds) {
            Some(Holds::Whole | Holds::Text) => {}
            // A place without files has no columns.
            None if relation.columns.is_empty() => return Err(BackendError::NoTable { table }),
            None => return Err(BackendError::NoColumn { table, column: input.id.clone() }),
            Some(other) => {
                let (found, used) = (other.name(), "an id");
                return Err(BackendError::Kind { table, column: input.id.clone(), found, used });
            }
        }
        let statement = sql::opened(&relation.name, &input.id, &relation);
        let answer = self.ask(&table, &statement, Self::small(1), "the count of rows")?;
        let unlike = self.unlike(&table);
        let number = |at: usize| -> Result<i64, BackendError> {
            let values = answer.real(at).map_err(&unlike)?;
            if values.first().is_some_and(|value| value.is_nan()) {
                return Ok(0);
            }
            let values = answer.whole(at).map_err(&unlike)?;
            values.first().copied().ok_or_else(|| unlike(answer.unlike("it has no row")))
        };
        let (rows, named, hash) = (number(0)?, number(1)?, number(2)?);
        if rows == 0 {
            return Err(BackendError::NoRows { table });
        }
        if named < rows && !input.lines {
            let (column, rows) = (input.id.clone(), (rows - named) as u64);
            return Err(BackendError::NoId { table, column, rows });
        }
        relation.rows = rows as u64;
        relation.fingerprint = format!("{rows}-{:016x}", hash.cast_unsigned());
        Ok(relation)
    }

    fn column_statistics(
        &self,
        relation: &Relation,
        query: &Query,
        columns: &[Named],
    ) -> Result<Vec<ColumnStatistics>, BackendError> {
        let exprs: Vec<Expr> = columns.iter().map(|(_, expr)| expr.clone()).collect();
        sql::fits(relation, query, &exprs)?;
        let statement = sql::column_statistics(&relation.name, query, columns);
        let what = "the statistics of the columns";
        let answer = self.ask(&relation.name, &statement, Self::small(1), what)?;
        let unlike = self.unlike(&relation.name);
        let whole = |at: usize| -> Result<u64, BackendError> {
            let values = answer.whole(at).map_err(&unlike)?;
            let value = values.first().and_then(|&value| u64::try_from(value).ok());
            value.ok_or_else(|| unlike(answer.unlike("it has no count")))
        };
        let real = |at: usize| -> Result<f64, BackendError> {
            let values = answer.real(at).map_err(&unlike)?;
            values.first().copied().ok_or_else(|| unlike(answer.unlike("it has no row")))
        };
        let rows = whole(0)?;
        if rows != relation.rows {
            return Err(BackendError::Changed { table: relation.name.clone() });
        }
        let first = |at: usize| 1 + 6 * at;
        let each = (0..columns.len()).map(|at| {
            let (n, nan) = (whole(first(at))?, whole(first(at) + 1)?);
            let null = rows - n - nan;
            if n == 0 {
                return Ok(ColumnStatistics { null, nan, ..ColumnStatistics::NONE });
            }
            // Adding 0 makes -0 and 0 one value.
            let range = Some([real(first(at) + 2)? + 0.0, real(first(at) + 3)? + 0.0]);
            let (mean, m2) = (real(first(at) + 4)?, real(first(at) + 5)? * n as f64);
            Ok(ColumnStatistics { n, null, nan, range, mean, m2 })
        });
        each.collect()
    }

    fn hash_sample(
        &self,
        relation: &Relation,
        sample: &HashSample,
    ) -> Result<Sample, BackendError> {
        known(relation, &sample.columns)?;
        let threshold = threshold(relation.rows, sample.most);
        let statement = sql::hash_sample(&relation.name, relation, sample, threshold);
        // The threshold lets eight standard deviations too many through.
        let expected = sample.most as f64;
        let rows = (expected + 20.0 * expected.sqrt() + 1000.0) as u64;
        let cap = Cap { rows, bytes: SAMPLE_BYTES };
        let answer = self.ask(&relation.name, &statement, cap, "the sample")?;
        let unlike = self.unlike(&relation.name);
        let (ids, hashes) = (answer.text(0).map_err(&unlike)?, answer.whole(1).map_err(&unlike)?);
        let mut rows: Vec<usize> = (0..answer.n_rows()).collect();
        rows.sort_by(|&a, &b| (hashes[a], &ids[a]).cmp(&(hashes[b], &ids[b])));
        rows.truncate(sample.most);
        let mut columns = Chunk::new(rows.len());
        for (at, name) in sample.columns.iter().enumerate() {
            let cells = answer.cells(at + 2, relation, name).map_err(&unlike)?;
            columns.add(name, cells.take(&rows));
        }
        Ok(Sample { ids: rows.iter().map(|&row| ids[row].clone()).collect(), columns })
    }

    fn lines_sample(
        &self,
        relation: &Relation,
        sample: &HashSample,
    ) -> Result<Sample, BackendError> {
        known(relation, &sample.columns)?;
        let from = &relation.name;
        let statement = sql::counted_customers(from, relation, sample.seed);
        let customers = self.count(from, &statement, "the count of customers")?;
        let threshold = threshold(customers, sample.most);
        let statement = sql::lines_sample(from, relation, sample, threshold);
        let cap = Cap { rows: relation.rows, bytes: SAMPLE_BYTES };
        let answer = self.ask(from, &statement, cap, "the lines of the sample")?;
        let unlike = self.unlike(from);
        let (ids, hashes) = (answer.text(0).map_err(&unlike)?, answer.whole(1).map_err(&unlike)?);
        let mut columns = Chunk::new(answer.n_rows());
        for (at, name) in sample.columns.iter().enumerate() {
            columns.add(name, answer.cells(at + 2, relation, name).map_err(&unlike)?);
        }
        of_lowest((&ids, &hashes), &columns, relation, sample)
    }

    fn sum_up(
        &self,
        relation: &Relation,
        summing: &Summing,
        sink: &Sink,
    ) -> Result<Receipt, BackendError> {
        sql::fits(relation, &summing.query, &summing.of_lines())?;
        let columns = summing.customers.iter().map(|output| output.name.as_str());
        let rows = Rows {
            kind: "customers",
            what: "what the lines come to",
            statement: sql::customers(&relation.name, &relation.id, summing),
            columns: std::iter::once(relation.id.as_str()).chain(columns).collect(),
            run: &summing.run,
            expected: None,
        };
        let receipt = write::write(self, relation, &rows, sink)?;
        // The rows are those that were counted when the table was opened.
        let counted =
            self.count(&relation.name, &sql::counted(&relation.name), "the count of lines")?;
        if counted == relation.rows {
            Ok(receipt)
        } else {
            Err(BackendError::Changed { table: relation.name.clone() })
        }
    }

    fn grouped_sums(
        &self,
        relation: &Relation,
        grouping: &Grouping,
    ) -> Result<Groups, BackendError> {
        sql::fits(relation, &grouping.query, &grouping.expressions())?;
        sums_fit(relation, grouping)?;
        let statement = sql::grouped_sums(&relation.name, grouping);
        let cap = Self::small(grouping.most + 1);
        let answer = self.ask(&relation.name, &statement, cap, "sums by group")?;
        let unlike = self.unlike(&relation.name);
        if answer.n_rows() > grouping.most {
            return Err(BackendError::TooManyGroups { most: grouping.most });
        }
        let keys = answer.keys(0).map_err(&unlike)?;
        let (rows, beyond) = (answer.whole(1).map_err(&unlike)?, answer.whole(2).map_err(&unlike)?);
        let all: i64 = rows.iter().sum();
        if u64::try_from(all) != Ok(relation.rows) {
            return Err(BackendError::Changed { table: relation.name.clone() });
        }
        match beyond.iter().sum() {
            0 => {}
            rows => return Err(BackendError::Beyond { rows }),
        }
        let sums: Result<Vec<Vec<i64>>, SparkError> =
            (0..grouping.values.len()).map(|at| answer.whole(at + 3)).collect();
        let sums = sums.map_err(&unlike)?;
        let mut groups: Vec<Group> = keys
            .into_iter()
            .enumerate()
            .map(|(at, key)| Group {
                key,
                rows: rows[at].unsigned_abs(),
                sums: sums.iter().map(|sums| sums[at]).collect(),
            })
            .collect();
        groups.sort_by_key(|group| group.key);
        Ok(Groups(groups))
    }

    fn score_write(
        &self,
        relation: &Relation,
        scoring: &Scoring,
        sink: &Sink,
    ) -> Result<Receipt, BackendError> {
        sql::fits(relation, &scoring.query, &scoring.expressions())?;
        let columns = scoring.columns.iter().map(|output| output.name.as_str());
        let rows = Rows {
            kind: "run",
            what: "the segments of the customers",
            statement: sql::scored(&relation.name, scoring),
            columns: std::iter::once(relation.id.as_str()).chain(columns).collect(),
            run: &scoring.run,
            expected: Some(scoring.rows),
        };
        write::write(self, relation, &rows, sink)
    }

    fn cancel(&self) {
        self.cancelled.fetch_add(1, Ordering::SeqCst);
        let held = self.link.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(link) = held {
            link.interrupt();
        }
    }
}

impl SparkBackend {
    /// A count.
    pub(super) fn count(
        &self,
        table: &str,
        statement: &Statement,
        what: &'static str,
    ) -> Result<u64, BackendError> {
        let answer = self.ask(table, statement, Self::small(1), what)?;
        let unlike = self.unlike(table);
        let rows = answer.whole(0).map_err(&unlike)?;
        let rows = rows.first().and_then(|&rows| u64::try_from(rows).ok());
        rows.ok_or_else(|| unlike(answer.unlike("it has no count")))
    }
}

impl Answer {
    /// A column of a sample as what the table holds in it.
    fn cells(&self, at: usize, relation: &Relation, name: &str) -> Result<Cells, SparkError> {
        match relation.column(name).map(|known| known.holds) {
            Some(Holds::Whole | Holds::Real) => self.numbers(at),
            Some(Holds::Day) => self.days(at),
            _ => self.texts(at),
        }
    }

    fn numbers(&self, at: usize) -> Result<Cells, SparkError> {
        let (values, null) = self.real_or_null(at)?;
        Ok(Cells::Number { values, null: if null.contains(&true) { null } else { Vec::new() } })
    }

    fn days(&self, at: usize) -> Result<Cells, SparkError> {
        let days: Option<Vec<Option<i32>>> =
            self.keys(at)?.into_iter().map(|day| day.map(i32::try_from).transpose().ok()).collect();
        days.map(Cells::Day).ok_or_else(|| self.unlike("a day lies beyond all calendars"))
    }

    fn texts(&self, at: usize) -> Result<Cells, SparkError> {
        self.words(at).map(Cells::Text)
    }
}
