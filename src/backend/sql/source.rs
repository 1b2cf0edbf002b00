//! A table as it stands in a statement.

use crate::expression::{Dialect, column};

/// Schemes of storage that every worker of a cluster sees.
const SHARED: [&str; 11] =
    ["s3", "s3a", "s3n", "gs", "abfs", "abfss", "wasbs", "hdfs", "viewfs", "dbfs", "oss"];

/// Why a place is no table for an engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceError {
    /// Nothing is named.
    Empty,
    /// It is a file of some machine, and the engine's machines are others.
    Local,
    /// A storage that is not known to be shared.
    Scheme,
    /// A sign that stands in no path.
    Sign,
}

impl SourceError {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Empty => "it names nothing",
            Self::Local => {
                "it is a path of one machine; an engine elsewhere would look for it on its own"
            }
            Self::Scheme => "its storage is not known to be shared by the machines of an engine",
            Self::Sign => "it holds a sign that stands in no path",
        }
    }
}

/// Whether it is a place of files and no table.
#[must_use]
pub fn is_place(table: &str) -> bool {
    table.contains('/')
}

/// What stands behind `FROM`: a table by the parts of its name, or a folder of Parquet files.
/// Paths without a shared storage are only for an engine on this machine (`here`).
///
/// # Errors
///
/// A path of one machine for an engine that runs elsewhere; a storage that is not known; signs
/// that stand in no path.
///
/// # Examples
///
/// ```
/// use kohort::backend::sql::from_clause;
/// assert_eq!(from_clause("crm.customers", false).unwrap(), "`crm`.`customers`");
/// assert_eq!(from_clause("s3://crm/c", false).unwrap(), "parquet.`s3://crm/c`");
/// assert!(from_clause("/srv/crm", false).is_err());
/// ```
pub fn from_clause(table: &str, here: bool) -> Result<String, SourceError> {
    if table.is_empty() {
        return Err(SourceError::Empty);
    }
    if table.chars().any(char::is_control) {
        return Err(SourceError::Sign);
    }
    if !is_place(table) {
        let parts: Vec<String> =
            table.split('.').map(|part| column(part.trim_matches('`'), Dialect::Spark)).collect();
        return if parts.iter().any(|part| part == "``") {
            Err(SourceError::Empty)
        } else {
            Ok(parts.join("."))
        };
    }
    // Of patterns only what every engine reads alike: `*` and `?`.
    if table.contains(['`', '\\', '{', '}', '[', ']']) {
        return Err(SourceError::Sign);
    }
    let scheme = table.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    match scheme.as_deref() {
        Some(scheme) if SHARED.contains(&scheme) => {}
        Some("file") if here => {}
        None if here && table.starts_with('/') => {}
        Some("file") | None => return Err(SourceError::Local),
        Some(_) => return Err(SourceError::Scheme),
    }
    Ok(format!("parquet.{}", column(table, Dialect::Spark)))
}

/// What a run writes of a kind below a sink, as a person writes it: `FOLDER/_KIND=RUN`, or the
/// table `TABLE_KIND_RUN`. Names of tables are letters, digits and underscores everywhere.
#[must_use]
pub fn place_under(sink: &str, kind: &str, run: &str) -> String {
    if is_place(sink) {
        return format!("{}/_{kind}={run}", sink.trim_end_matches('/'));
    }
    let parts: Vec<&str> = sink.split('.').map(|part| part.trim_matches('`')).collect();
    let run = run.replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    format!("{}_{kind}_{run}", parts.join("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_part_by_part() {
        let from = |table: &str| from_clause(table, false);
        assert_eq!(from("customers").unwrap(), "`customers`");
        assert_eq!(from("main.crm.customers").unwrap(), "`main`.`crm`.`customers`");
        assert_eq!(from("`crm`.`customers`").unwrap(), "`crm`.`customers`");
        assert_eq!(from("c; DROP TABLE c").unwrap(), "`c; DROP TABLE c`");
        assert_eq!(from("a`b").unwrap(), "`a``b`");
        for wrong in ["", "crm.", ".c", "a..b", "a\nb"] {
            assert!(from(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn a_path_of_one_machine_is_for_an_engine_on_it() {
        for path in ["/srv/crm", "file:///srv/crm"] {
            assert_eq!(from_clause(path, false).unwrap_err(), SourceError::Local, "{path}");
            assert_eq!(from_clause(path, true).unwrap(), format!("parquet.`{path}`"));
        }
        assert_eq!(from_clause("data/crm", true).unwrap_err(), SourceError::Local);
        assert_eq!(from_clause("ftp://host/crm", true).unwrap_err(), SourceError::Scheme);
        let pattern = from_clause("s3://crm/part-*.parquet", false).unwrap();
        assert_eq!(pattern, "parquet.`s3://crm/part-*.parquet`");
        for path in ["/srv/a`b", "s3://crm/part-[0-9].parquet", "s3://crm/{a,b}"] {
            assert_eq!(from_clause(path, true).unwrap_err(), SourceError::Sign, "{path}");
        }
    }
}
