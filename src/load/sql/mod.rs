//! Tables out of databases: one read-only query, whose answer becomes CSV text and then
//! goes the one strict way of every CSV file, so that a table gives the same columns
//! from a database as from its export.
//!
//! PostgreSQL needs the feature `postgres`, SQLite the feature `sqlite`; without them
//! the same call says which build has them. The address of a database may hold a
//! password: it comes from an environment variable, is used to connect, and is part of
//! no message, no finding and no fact.

mod error;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "sqlite")]
mod sqlite;
mod statement;
#[cfg(test)]
mod tests;

use schemars::JsonSchema;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use error::SqlError;

use super::error::LoadError;
use super::made::Made;
use super::params::{CsvParams, Limits};
use super::{Accounting, FileFacts, Source, encoding};
use statement::one_statement;

/// Seconds to connect, or to wait for a lock.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
const PATIENCE_SECONDS: u64 = 10;
/// Seconds that a query may take.
#[cfg(any(feature = "postgres", feature = "sqlite"))]
const QUERY_SECONDS: u64 = 600;

/// A table that a query gives: `{ sql = "select ...", url-env = "CRM_URL" }`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Query {
    /// One statement that only reads.
    pub sql: String,
    /// The environment variable that holds the address of the database.
    #[serde(default)]
    pub url_env: String,
    /// Taken note of, so that it can be refused; its value is dropped unread.
    #[serde(default, rename = "url", skip_serializing)]
    #[schemars(skip)]
    written: Option<IgnoredAny>,
}

impl Query {
    /// A query for the database whose address is in the variable `url_env`.
    #[must_use]
    pub fn new(sql: &str, url_env: &str) -> Self {
        Self { sql: sql.to_owned(), url_env: url_env.to_owned(), written: None }
    }

    /// Checks what can be checked without the database; `key` is how the config calls
    /// this table, such as `input.customers`.
    ///
    /// # Errors
    ///
    /// An address that is written into the config, whether as `url` or as `url-env`; a
    /// variable that can be none; a query that is empty or is several statements.
    pub fn check(&self, key: &str) -> Result<(), SqlError> {
        if self.written.is_some() {
            return Err(SqlError::UrlWritten { key: format!("{key}.url") });
        }
        if is_url(&self.url_env) {
            return Err(SqlError::UrlWritten { key: format!("{key}.url-env") });
        }
        let mut bytes = self.url_env.bytes();
        let is_name = bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
            && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_name {
            return Err(SqlError::NotAVariable { key: format!("{key}.url-env") });
        }
        one_statement(&self.sql, key).map(|_| ())
    }

    /// The address, from the variable; `lookup` gives the value of a variable.
    ///
    /// # Errors
    ///
    /// Everything that [`Query::check`] refuses, and a variable that is not set or is
    /// empty; the error names the variable only.
    pub fn url(
        &self,
        key: &str,
        lookup: &dyn Fn(&str) -> Option<String>,
    ) -> Result<String, LoadError> {
        self.check(key)?;
        let missing = || SqlError::NoVariable { variable: self.url_env.clone() };
        let url = lookup(&self.url_env).filter(|url| !url.trim().is_empty()).ok_or_else(missing)?;
        Ok(url.trim().to_owned())
    }
}

/// Whether a text is, or may hold, the address of a database or another address with a
/// password in it: where a path is expected it must be refused and not repeated.
///
/// # Examples
///
/// ```
/// use kohort::load::sql::is_url;
///
/// assert!(is_url("postgres://me:secret@db/crm"));
/// assert!(is_url("https://me:secret@example.org/customers.csv"));
/// assert!(!is_url("data/customers@2025.csv"));
/// ```
#[must_use]
pub fn is_url(text: &str) -> bool {
    let text = text.trim();
    if Database::of(text).is_some() {
        return true;
    }
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let is_scheme = !scheme.is_empty()
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let server = ["mysql", "mariadb", "mssql", "sqlserver", "oracle", "snowflake", "redshift"];
    let plain = scheme.split('+').next().unwrap_or_default().to_ascii_lowercase();
    is_scheme && (server.contains(&plain.as_str()) || rest.contains('@'))
}

/// Which database an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Database<'a> {
    Postgres,
    /// The path behind `sqlite:` or `sqlite://`.
    Sqlite(&'a str),
}

impl<'a> Database<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, rest) = url.split_once(':')?;
        let address = rest.strip_prefix("//");
        match scheme.to_ascii_lowercase().as_str() {
            "postgres" | "postgresql" if address.is_some() => Some(Self::Postgres),
            "sqlite" => Some(Self::Sqlite(address.unwrap_or(rest))),
            _ => None,
        }
    }

    fn format(self) -> &'static str {
        match self {
            Self::Postgres => "postgresql",
            Self::Sqlite(_) => "sqlite",
        }
    }
}

/// Asks a database and looks at every value of the answer.
///
/// `url` is `postgres://...`, `postgresql://...`, `sqlite:PATH` or `sqlite://PATH`;
/// `shown_as` is the name used in messages, never the address. Of `csv` only the
/// spellings of missing and of days are used: the dialect of the answer is known, and a
/// point begins the decimals. The answer is held in memory within the limits; the
/// checksum in [`FileFacts`] is that of its CSV text.
///
/// # Errors
///
/// Everything in [`SqlError`]; and of [`LoadError`] what concerns the answer: more
/// bytes than the limits allow, no rows, columns without a name or of one name, a
/// column of bytes.
pub fn open(
    query: &str,
    url: &str,
    shown_as: &str,
    csv: &CsvParams,
    max_bad_rows: u64,
    limits: &Limits,
) -> Result<Source, LoadError> {
    let query = one_statement(query, shown_as)?;
    let Some(database) = Database::of(url) else {
        let why = "it begins with neither postgres:// nor sqlite:";
        return Err(SqlError::Address { file: shown_as.to_owned(), why }.into());
    };
    let text = match database {
        Database::Postgres => postgres::ask(query, url, shown_as, limits)?,
        Database::Sqlite(path) => sqlite::ask(query, path, shown_as, limits)?,
    };
    let facts = FileFacts {
        shown_as: shown_as.to_owned(),
        bytes: text.len() as u64,
        sha256: crate::format::hex(&Sha256::digest(&text)),
        format: String::new(),
        dialect: String::new(),
        accounting: Accounting { rows: 0, used: 0, rejected: 0, excluded: 0 },
    };
    let csv = as_answered(csv);
    let answer = Made {
        text: encoding::decode(text, csv.check()?.charset, shown_as)?.text,
        delimiter: b',',
        origin: None,
        format: database.format(),
        dialect: String::new(),
        has_names: true,
        findings: Vec::new(),
    };
    let source = super::open::made(answer, facts, &csv, max_bad_rows, limits)?;
    let mut source = source.told();
    "the answer to a query".clone_into(&mut source.facts.dialect);
    source.facts.accounting = source.accounting;
    source.files = vec![source.facts.clone()];
    Ok(source)
}

/// The dialect that the answers are written in, with what the user says of days and of
/// what is missing. Nothing else of a file's dialect may touch an answer: a footer that is
/// skipped would be a row that is lost.
fn as_answered(csv: &CsvParams) -> CsvParams {
    CsvParams {
        encoding: Some("utf-8".to_owned()),
        delimiter: Some(",".to_owned()),
        quote: Some("\"".to_owned()),
        decimal: Some(".".to_owned()),
        header: Some(true),
        date_format: csv.date_format.clone(),
        null_values: csv.null_values.clone(),
        ..CsvParams::default()
    }
}

/// Stands where the client of PostgreSQL is not built in.
#[cfg(not(feature = "postgres"))]
mod postgres {
    use super::{Limits, LoadError, NO_POSTGRES, not_built};

    pub(super) fn ask(_: &str, _: &str, file: &str, _: &Limits) -> Result<Vec<u8>, LoadError> {
        Err(not_built(file, NO_POSTGRES))
    }
}

/// Stands where SQLite is not built in.
#[cfg(not(feature = "sqlite"))]
mod sqlite {
    use super::{Limits, LoadError, NO_SQLITE, not_built};

    pub(super) fn ask(_: &str, _: &str, file: &str, _: &Limits) -> Result<Vec<u8>, LoadError> {
        Err(not_built(file, NO_SQLITE))
    }
}

/// A database and the feature that its client needs.
#[cfg(any(test, not(feature = "postgres")))]
const NO_POSTGRES: [&str; 2] = ["PostgreSQL", "postgres"];
#[cfg(any(test, not(feature = "sqlite")))]
const NO_SQLITE: [&str; 2] = ["SQLite", "sqlite"];

/// What is said where the client of a database is not built in.
#[cfg(any(test, not(all(feature = "postgres", feature = "sqlite"))))]
fn not_built(file: &str, [database, feature]: [&'static str; 2]) -> LoadError {
    SqlError::NotBuilt { file: file.to_owned(), database, feature }.into()
}
