//! The values of one column, one per customer.

use super::{MISSING_FLAG, MISSING_LEVEL};

/// The values of a column, one per customer.
#[derive(Debug, Clone, PartialEq)]
pub enum Values {
    /// Finite numbers; NaN means missing.
    Number(Vec<f64>),
    /// 0, 1 or [`MISSING_FLAG`].
    Flag {
        /// One code per customer.
        codes: Vec<u8>,
        /// The spelling that means no.
        no: String,
        /// The spelling that means yes.
        yes: String,
    },
    /// Codes into `levels`, or [`MISSING_LEVEL`]. Levels are sorted by their bytes,
    /// unless `ordered` gives them a meaning; [`super::OTHER`] comes last.
    Category {
        /// One code per customer.
        codes: Vec<u32>,
        /// The names of the levels.
        levels: Vec<String>,
        /// Whether the order of the levels has a meaning.
        ordered: bool,
    },
}

impl Values {
    /// How many customers.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Number(values) => values.len(),
            Self::Flag { codes, .. } => codes.len(),
            Self::Category { codes, .. } => codes.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the value of customer `row` is missing.
    #[must_use]
    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Self::Number(values) => values[row].is_nan(),
            Self::Flag { codes, .. } => codes[row] == MISSING_FLAG,
            Self::Category { codes, .. } => codes[row] == MISSING_LEVEL,
        }
    }

    /// How many values are missing.
    #[must_use]
    pub fn n_missing(&self) -> usize {
        (0..self.len()).filter(|&row| self.is_missing(row)).count()
    }

    /// The values of the given customers, in that order.
    #[must_use]
    pub fn take(&self, rows: &[usize]) -> Self {
        match self {
            Self::Number(values) => Self::Number(rows.iter().map(|&row| values[row]).collect()),
            Self::Flag { codes, no, yes } => Self::Flag {
                codes: rows.iter().map(|&row| codes[row]).collect(),
                no: no.clone(),
                yes: yes.clone(),
            },
            Self::Category { codes, levels, ordered } => Self::Category {
                codes: rows.iter().map(|&row| codes[row]).collect(),
                levels: levels.clone(),
                ordered: *ordered,
            },
        }
    }
}

impl Values {
    /// The values of the given rows, in that order; missing where there is no row.
    #[must_use]
    pub fn take_known(&self, rows: &[Option<usize>]) -> Self {
        match self {
            Self::Number(values) => {
                Self::Number(rows.iter().map(|row| row.map_or(f64::NAN, |at| values[at])).collect())
            }
            Self::Flag { codes, no, yes } => Self::Flag {
                codes: rows.iter().map(|row| row.map_or(MISSING_FLAG, |at| codes[at])).collect(),
                no: no.clone(),
                yes: yes.clone(),
            },
            Self::Category { codes, levels, ordered } => Self::Category {
                codes: rows.iter().map(|row| row.map_or(MISSING_LEVEL, |at| codes[at])).collect(),
                levels: levels.clone(),
                ordered: *ordered,
            },
        }
    }
}
