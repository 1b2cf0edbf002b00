//! Some rows of a table, column by column, as they were read.

use std::collections::BTreeMap;

/// What a column is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum As {
    /// A number.
    Number,
    /// A text.
    Text,
    /// A calendar day.
    Day,
}

/// The cells of a column.
#[derive(Debug, Clone, PartialEq)]
pub enum Cells {
    /// Numbers; where `null` holds a place for each row, those that are there are false.
    /// Without it all are there. A number may be not-a-number.
    Number {
        /// The numbers; any where they are missing.
        values: Vec<f64>,
        /// Which are missing; empty where none is.
        null: Vec<bool>,
    },
    /// Texts.
    Text(Vec<Option<String>>),
    /// Days since 1970-01-01.
    Day(Vec<Option<i32>>),
}

impl Cells {
    /// Numbers that are all there.
    #[must_use]
    pub fn numbers(values: Vec<f64>) -> Self {
        Self::Number { values, null: Vec::new() }
    }

    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Number { values, .. } => values.len(),
            Self::Text(texts) => texts.len(),
            Self::Day(days) => days.len(),
        }
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cells at these places, in their order; places that there are.
    #[must_use]
    pub fn take(&self, rows: &[usize]) -> Self {
        match self {
            Self::Number { values, null } => Self::Number {
                values: rows.iter().map(|&row| values[row]).collect(),
                null: if null.is_empty() {
                    Vec::new()
                } else {
                    rows.iter().map(|&row| null[row]).collect()
                },
            },
            Self::Text(texts) => Self::Text(rows.iter().map(|&row| texts[row].clone()).collect()),
            Self::Day(days) => Self::Day(rows.iter().map(|&row| days[row]).collect()),
        }
    }

    /// What it was read as.
    #[must_use]
    pub fn read_as(&self) -> As {
        match self {
            Self::Number { .. } => As::Number,
            Self::Text(_) => As::Text,
            Self::Day(_) => As::Day,
        }
    }
}

/// Some rows: the columns that are needed, each as what it is needed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chunk {
    n: usize,
    columns: BTreeMap<(String, As), Cells>,
}

impl Chunk {
    /// So many rows without a column.
    #[must_use]
    pub fn new(n: usize) -> Self {
        Self { n, columns: BTreeMap::new() }
    }

    /// Adds a column; false, and it is left out, where it has another number of rows.
    pub fn add(&mut self, name: &str, cells: Cells) -> bool {
        let fits = cells.len() == self.n;
        if fits {
            self.columns.insert((name.to_owned(), cells.read_as()), cells);
        }
        fits
    }

    /// How many rows.
    #[must_use]
    pub fn n(&self) -> usize {
        self.n
    }

    /// A column as it was read.
    #[must_use]
    pub fn column(&self, name: &str, read_as: As) -> Option<&Cells> {
        // A map of few columns: asked once per column and chunk.
        self.columns.get(&(name.to_owned(), read_as))
    }

    /// The columns by name.
    pub fn columns(&self) -> impl Iterator<Item = (&str, &Cells)> {
        self.columns.iter().map(|((name, _), cells)| (name.as_str(), cells))
    }
}
