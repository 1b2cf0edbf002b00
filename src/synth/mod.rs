//! Generated customers whose true segments are known: for demonstrations, tests
//! and measurements, since real customers cannot be published.
//!
//! Four kinds of company: a shop (customers and purchase lines), a subscription
//! (one table with a churn label), a seller to companies (accounts and orders), and a shop
//! in two half-years between which its segments change.
//! Each customer belongs to one true segment; its columns are drawn around the
//! segment's habits with enough spread and noise that k-means finds the truth only
//! in part. The truth stands in a table of its own and never beside the columns.
//!
//! Customer `i` has streams of its own, so that a larger table begins with the same
//! customers as a smaller one. Nothing here reads a clock or a file: the last day is
//! [`LAST_DAY`] always.

mod b2b;
mod basket;
mod blocks;
mod calendar;
mod columns;
mod csv;
mod days;
mod draw;
mod gaps;
mod half_years;
mod orders;
mod shop;
mod subscription;
#[cfg(test)]
mod tests;

use std::str::FromStr;

use crate::fault::{Class, Fault};
use crate::seed::Seed;

pub use blocks::generate_in_blocks;
pub use csv::{rows_to_csv, to_csv};

/// The last day with data, 2025-12-31, in days since 1970-01-01.
pub const LAST_DAY: i32 = 20_453;
/// The largest number of customers that is generated.
pub const MAX_CUSTOMERS: usize = 10_000_000;
/// The longest history that is generated, in months.
pub const MAX_MONTHS: u32 = 120;

/// The kind of company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A shop: `customers`, `transactions`, `truth`.
    Shop,
    /// A subscription: `customers` with the label `churned`, `truth`.
    Subscription,
    /// A seller to companies: `accounts`, `orders`, `truth`.
    B2b,
    /// A shop in two half-years, one segment split and one gone in the second:
    /// `customers-2025-06`, `customers-2025-12`, `truth`.
    HalfYears,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Shop, Self::Subscription, Self::B2b, Self::HalfYears];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Shop => "shop",
            Self::Subscription => "subscription",
            Self::B2b => "b2b",
            Self::HalfYears => "half-years",
        }
    }

    /// The names of the true segments with their shares in 200ths, which sum to 200.
    /// The last one is the small one.
    #[must_use]
    pub fn segments(self) -> Vec<(&'static str, u32)> {
        match self {
            Self::Shop => shop::SEGMENTS.iter().map(|s| (s.name, s.quota)).collect(),
            Self::Subscription => {
                subscription::SEGMENTS.iter().map(|s| (s.name, s.quota)).collect()
            }
            Self::B2b => b2b::SEGMENTS.iter().map(|s| (s.name, s.quota)).collect(),
            Self::HalfYears => half_years::SEGMENTS.iter().map(|s| (s.name, s.quota)).collect(),
        }
    }
}

impl FromStr for Kind {
    type Err = SynthError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.name() == text)
            .ok_or_else(|| SynthError::UnknownKind { found: text.to_owned() })
    }
}

/// What to generate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Params {
    /// The kind of company.
    pub kind: Kind,
    /// How many customers (or accounts), 1 to [`MAX_CUSTOMERS`].
    pub customers: usize,
    /// The seed; the same seed gives the same bytes.
    pub seed: u64,
    /// How many calendar months of purchases up to [`LAST_DAY`], 1 to [`MAX_MONTHS`].
    /// A subscription and half-years have no purchases and do not use it.
    pub months: u32,
}

impl Default for Params {
    fn default() -> Self {
        Self { kind: Kind::Shop, customers: 2_000, seed: 1, months: 24 }
    }
}

/// Why nothing can be generated.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum SynthError {
    /// The number of customers is out of range.
    #[error("{found} customers are asked for but the number must be between 1 and {most}")]
    Customers {
        /// How many were asked for.
        found: usize,
        /// The most that can be asked for.
        most: usize,
    },
    /// The number of months is out of range.
    #[error("{found} months are asked for but the number must be between 1 and {most}")]
    Months {
        /// How many were asked for.
        found: u32,
        /// The most that can be asked for.
        most: u32,
    },
    /// There are no purchases to write.
    #[error("there are no purchases of that kind of company, so there are no events")]
    NoEvents,
    /// There is no kind of that name.
    #[error("there is no kind of company called {found}")]
    UnknownKind {
        /// The name that was asked for.
        found: String,
    },
}

impl Fault for SynthError {
    fn code(&self) -> &'static str {
        match self {
            Self::Customers { .. } => "E-SYN-001",
            Self::Months { .. } => "E-SYN-002",
            Self::UnknownKind { .. } => "E-SYN-003",
            Self::NoEvents => "E-SYN-004",
        }
    }

    fn class(&self) -> Class {
        Class::Config
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::UnknownKind { .. } => {
                Some("choose shop, subscription, b2b or half-years".to_owned())
            }
            Self::NoEvents => Some("choose shop or b2b".to_owned()),
            _ => None,
        }
    }
}

/// The values of a generated column, one per row; `None` is an empty cell.
#[derive(Debug, Clone, PartialEq)]
pub enum SynthValues {
    /// Texts, such as ids; never empty.
    Text(Vec<String>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
    /// Numbers that are written with that many decimals; already rounded to them.
    Decimal(Vec<Option<f64>>, u8),
    /// Days since 1970-01-01, written as `2025-12-31`.
    Day(Vec<Option<i32>>),
    /// Positions in the list of levels.
    Level(Vec<Option<u32>>, Vec<String>),
}

impl SynthValues {
    /// How many rows.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Text(values) => values.len(),
            Self::Whole(values) => values.len(),
            Self::Decimal(values, _) => values.len(),
            Self::Day(values) => values.len(),
            Self::Level(values, _) => values.len(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many cells are empty.
    #[must_use]
    pub fn n_missing(&self) -> usize {
        match self {
            Self::Text(_) => 0,
            Self::Whole(values) => values.iter().filter(|value| value.is_none()).count(),
            Self::Decimal(values, _) => values.iter().filter(|value| value.is_none()).count(),
            Self::Day(values) => values.iter().filter(|value| value.is_none()).count(),
            Self::Level(values, _) => values.iter().filter(|value| value.is_none()).count(),
        }
    }
}

/// A generated column.
#[derive(Debug, Clone, PartialEq)]
pub struct SynthColumn {
    /// The name in the header.
    pub name: String,
    /// One value per row.
    pub values: SynthValues,
}

/// A generated table.
#[derive(Debug, Clone, PartialEq)]
pub struct SynthTable {
    /// The name of the file without its ending, such as `customers`.
    pub name: String,
    /// The columns, all of one length.
    pub columns: Vec<SynthColumn>,
}

impl SynthTable {
    /// How many rows.
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.columns.first().map_or(0, |column| column.values.len())
    }

    /// The values of the column called `name`.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&SynthValues> {
        self.columns.iter().find(|column| column.name == name).map(|column| &column.values)
    }
}

/// Generates the tables of one company, the customers first and the truth last.
///
/// # Examples
///
/// ```
/// use kohort::synth::{generate, to_csv, Kind, Params};
/// let params = Params { kind: Kind::Subscription, customers: 50, ..Params::default() };
/// let tables = generate(&params)?;
/// assert_eq!(tables[0].name, "customers");
/// let mut text = String::new();
/// to_csv(&tables[0], &mut text).expect("a String takes every write");
/// assert!(text.starts_with("customer_id,"));
/// assert_eq!(text.lines().count(), 51);
/// # Ok::<(), kohort::synth::SynthError>(())
/// ```
///
/// # Errors
///
/// A number of customers or months that is out of range.
pub fn generate(params: &Params) -> Result<Vec<SynthTable>, SynthError> {
    let seed = check(params)?;
    Ok(match params.kind {
        Kind::Shop => shop::generate(params.customers, seed, params.months),
        Kind::Subscription => subscription::generate(params.customers, seed),
        Kind::B2b => b2b::generate(params.customers, seed, params.months),
        Kind::HalfYears => half_years::generate(params.customers, seed),
    })
}

fn check(params: &Params) -> Result<Seed, SynthError> {
    if !(1..=MAX_CUSTOMERS).contains(&params.customers) {
        return Err(SynthError::Customers { found: params.customers, most: MAX_CUSTOMERS });
    }
    if !(1..=MAX_MONTHS).contains(&params.months) {
        return Err(SynthError::Months { found: params.months, most: MAX_MONTHS });
    }
    Ok(Seed::new(params.seed))
}
