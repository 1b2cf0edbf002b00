//! Where the tables come from: the `[input]` table.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ConfigError, read};
use crate::day::Day;
use crate::load::sql::{Query, SqlError, is_url};
use crate::load::{CsvParams, Sheet};

/// Where one table lies.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Origin {
    /// One file, or all files that a pattern such as `orders-*.csv` finds.
    File(String),
    /// Several files or patterns that hold one table together.
    Files(Vec<String>),
    /// The answer of a database.
    Query(Query),
}

impl Default for Origin {
    fn default() -> Self {
        Self::File(String::new())
    }
}

impl Origin {
    /// Whether nothing is named.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::File(path) => path.is_empty(),
            Self::Files(paths) => paths.is_empty() || paths.iter().any(String::is_empty),
            Self::Query(query) => query.sql.is_empty(),
        }
    }

    /// The files or patterns; none for a database.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        match self {
            Self::File(path) => std::slice::from_ref(path),
            Self::Files(paths) => paths,
            Self::Query(_) => &[],
        }
    }

    /// How messages call it: the paths as written, or `a query`.
    #[must_use]
    pub fn shown(&self) -> String {
        match self {
            Self::Query(_) => "a query".to_owned(),
            _ => self.paths().join(", "),
        }
    }
}

/// What a further table is for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum TableRole {
    /// One row per thing a customer did: visits, opened mails, support contacts.
    Events,
    /// One row per opinion: NPS, ratings.
    Feedback,
    /// One row per product; joined to the purchase lines.
    Products,
    /// One row per account or another group that customers belong to; joined to them.
    Accounts,
    /// One row per customer: answers, or anything else that is known of them.
    Survey,
}

impl TableRole {
    /// The word used in the config and in the ledger.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Feedback => "feedback",
            Self::Products => "products",
            Self::Accounts => "accounts",
            Self::Survey => "survey",
        }
    }
}

/// A further table, joined by a key. An `[input.tables.NAME]` table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Joined {
    /// Where it lies.
    pub path: Origin,
    /// How it is used.
    pub role: TableRole,
    /// The column that names the customer (or the product, or the account); guessed
    /// where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The column of the customers (or of the purchase lines) that holds the same key,
    /// where it is called otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// The column of days of events and feedback; guessed where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The column that holds the score of feedback; guessed where it is not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<String>,
}

/// Where the tables come from. The `[input]` table.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Input {
    /// The customer table, one row per customer: a file, a pattern, a list of files, or
    /// `{ sql = "..", url-env = ".." }`. Optional where there are transactions.
    #[serde(skip_serializing_if = "Origin::is_empty")]
    pub customers: Origin,
    /// The purchases, one row per line of an order.
    #[serde(skip_serializing_if = "Origin::is_empty")]
    pub transactions: Origin,
    /// The id column; guessed where it is not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The day the run is about, `YYYY-MM-DD`, inclusive: the last day of the orders where
    /// it is not given, none for an undated table, never today.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "read::day")]
    pub as_of: Option<Day>,
    /// A condition on the columns of the customers, such as `orders >= 2`; the others are
    /// left out and counted.
    #[serde(rename = "where", skip_serializing_if = "String::is_empty")]
    pub condition: String,
    /// A file with the ids of customers to leave out (tests, employees), one a line.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub exclude_customers: String,
    /// How many bad rows of each table may be rejected before it is refused.
    pub max_bad_rows: u64,
    /// The sheet of an Excel workbook, by name or by number from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Sheet>,
    /// The member of a zip archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The dialect of CSV files; found out where it is not given.
    pub csv: CsvParams,
    /// Further tables by name.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub tables: BTreeMap<String, Joined>,
}

/// Checks one origin: an address may hold a password, and a config is copied into every
/// run.
fn check_origin(key: &str, origin: &Origin) -> Result<(), ConfigError> {
    if let Origin::Query(query) = origin {
        query.check(key).map_err(|error| ConfigError::stage(&error))?;
    }
    if origin.paths().iter().any(|path| is_url(path)) {
        return Err(ConfigError::stage(&SqlError::UrlWritten { key: key.to_owned() }));
    }
    Ok(())
}

impl Input {
    /// Checks what can be checked before anything is read.
    ///
    /// # Errors
    ///
    /// No table at all, a further table without a path, products without transactions.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        if self.customers.is_empty() && self.transactions.is_empty() {
            return Err(ConfigError::Missing { key: "input.customers".into() });
        }
        let named = [("customers", &self.customers), ("transactions", &self.transactions)];
        for (key, origin) in named {
            check_origin(&format!("input.{key}"), origin)?;
        }
        for (name, table) in &self.tables {
            check_origin(&format!("input.tables.{name}.path"), &table.path)?;
            let key = format!("input.tables.{name}");
            if table.path.is_empty() {
                return Err(ConfigError::Missing { key: format!("{key}.path") });
            }
            if table.role == TableRole::Products && self.transactions.is_empty() {
                return Err(ConfigError::Value {
                    key: format!("{key}.role"),
                    message: "is products, but there are no transactions to join them to".into(),
                });
            }
        }
        Ok(())
    }

    /// Every origin with the key that names it.
    pub fn origins_mut(&mut self) -> impl Iterator<Item = &mut Origin> {
        [&mut self.customers, &mut self.transactions]
            .into_iter()
            .chain(self.tables.values_mut().map(|table| &mut table.path))
    }
}
