//! Order lines of some customers in an order that does not depend on how they lay.

use std::cmp::Ordering;

use super::{BackendError, HashSample, Relation, Sample};
use crate::expression::{As, Cells, Chunk};

/// Puts lines by hash, id and what they hold in the columns that were asked for, and keeps
/// those of the customers whose hash is lowest.
///
/// # Errors
///
/// A column that was not read.
pub(super) fn of_lowest(
    (ids, hashes): (&[String], &[i64]),
    columns: &Chunk,
    relation: &Relation,
    asked: &HashSample,
) -> Result<Sample, BackendError> {
    let cells: Option<Vec<&Cells>> = asked
        .columns
        .iter()
        .map(|name| columns.column(name, relation.column(name)?.holds.read_as()))
        .collect();
    let cells = cells.ok_or(BackendError::Internal { what: "a column of the sample" })?;
    let mut rows: Vec<usize> = (0..ids.len()).collect();
    rows.sort_unstable_by(|&a, &b| {
        let who = (hashes[a], &ids[a]).cmp(&(hashes[b], &ids[b]));
        cells.iter().fold(who, |order, cells| order.then_with(|| compared(cells, a, b)))
    });
    let mut n = 0;
    let end = rows.iter().enumerate().position(|(at, &row)| {
        n += usize::from(at == 0 || ids[rows[at - 1]] != ids[row]);
        n > asked.most
    });
    rows.truncate(end.unwrap_or(rows.len()));
    let mut taken = Chunk::new(rows.len());
    for (name, cells) in asked.columns.iter().zip(cells) {
        taken.add(name, cells.take(&rows));
    }
    Ok(Sample { ids: rows.iter().map(|&row| ids[row].clone()).collect(), columns: taken })
}

/// Two rows of a column; what is missing comes first.
fn compared(cells: &Cells, a: usize, b: usize) -> Ordering {
    match cells {
        Cells::Text(texts) => texts[a].cmp(&texts[b]),
        Cells::Day(days) => days[a].cmp(&days[b]),
        Cells::Number { values, null } => {
            let missing = |row: usize| null.get(row).copied().unwrap_or(false);
            match (missing(a), missing(b)) {
                (true, true) => Ordering::Equal,
                (false, false) => values[a].total_cmp(&values[b]),
                (first, second) => second.cmp(&first),
            }
        }
    }
}

impl super::Holds {
    /// What a column is read as, as it is.
    pub(super) fn read_as(self) -> As {
        match self {
            Self::Whole | Self::Real => As::Number,
            Self::Day => As::Day,
            Self::Text | Self::Flag | Self::Other => As::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backend::{Holds, RelationColumn};

    #[test]
    fn lines_come_by_customer_and_then_by_what_they_hold() {
        let column = |name: &str, holds| RelationColumn { name: name.to_owned(), holds };
        let relation = Relation {
            name: "t".to_owned(),
            id: "id".to_owned(),
            columns: vec![column("v", Holds::Real), column("w", Holds::Text)],
            rows: 6,
            fingerprint: String::new(),
        };
        let ids = ["b", "a", "b", "c", "a", "b"].map(str::to_owned);
        let hashes = [1, 5, 1, 9, 5, 1];
        let mut columns = Chunk::new(6);
        let null = vec![false, false, true, false, false, false];
        columns.add("v", Cells::Number { values: vec![2.0, 1.0, 0.0, 7.0, 1.0, -1.0], null });
        let words = ["x", "z", "y", "x", "y", "x"].map(|word| Some(word.to_owned()));
        columns.add("w", Cells::Text(words.to_vec()));
        let asked = HashSample { columns: vec!["v".to_owned(), "w".to_owned()], seed: 0, most: 2 };
        let sample = of_lowest((&ids, &hashes), &columns, &relation, &asked).unwrap();
        assert_eq!(sample.ids, ["b", "b", "b", "a", "a"]);
        let words = ["y", "x", "x", "y", "z"].map(|word| Some(word.to_owned()));
        assert_eq!(sample.columns.column("w", As::Text), Some(&Cells::Text(words.to_vec())));
    }
}
