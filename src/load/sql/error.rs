//! Why a table cannot be read from a database. What a server says may hold values,
//! and an address holds a password: neither is ever part of a message. A server's
//! error becomes its SQLSTATE and our own words.

use crate::fault::{Class, Fault};

/// Why a table cannot be read from a database.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the message of each variant says what it and its fields are")]
pub enum SqlError {
    #[error("{key} holds an address, which may hold a password; it is not read and not repeated")]
    UrlWritten { key: String },
    #[error("{key} must be the name of an environment variable: letters, digits and underscores")]
    NotAVariable { key: String },
    #[error("the environment variable {variable}, which url-env names, is not set")]
    NoVariable { variable: String },
    #[error("{file}: the address of the database cannot be used: {why}")]
    Address { file: String, why: &'static str },
    #[error("{file}: this kohort is built without {database}")]
    NotBuilt { file: String, database: &'static str, feature: &'static str },
    #[error("{file}: the query cannot be used: {why}")]
    Query { file: String, why: String },
    #[error("{file}: the address names another machine, and the connection is not encrypted")]
    Unencrypted { file: String },
    #[error("{file}: the address asks for TLS, which is not part of this program")]
    Tls { file: String },
    #[error("{file}: the database cannot be reached: {why}")]
    Unreachable { file: String, why: &'static str },
    #[error("{file}: the server lets nobody in with this address (SQLSTATE {state})")]
    Login { file: String, state: String },
    #[error("{file}: the database refuses the query: {why}")]
    Refused { file: String, why: String },
    #[error("{file}: the database did not answer within the time allowed")]
    Timeout { file: String },
    #[error("{file}: the connection was lost before the last row")]
    Lost { file: String },
    #[error("{file}: the database is locked by another program")]
    Locked { file: String },
    #[error("{file} is not an SQLite database")]
    NotADatabase { file: String },
    #[error("{file} is damaged or was left in the middle of a change: {why}")]
    Damaged { file: String, why: &'static str },
}

impl Fault for SqlError {
    fn code(&self) -> &'static str {
        match self {
            Self::UrlWritten { .. } => "E-CFG-020",
            Self::NotAVariable { .. } => "E-CFG-021",
            Self::NoVariable { .. } => "E-CFG-022",
            Self::Address { .. } => "E-CFG-023",
            Self::NotBuilt { .. } => "E-CFG-024",
            Self::Query { .. } => "E-CFG-025",
            Self::Unencrypted { .. } => "E-CFG-026",
            Self::Tls { .. } => "E-CFG-027",
            Self::Unreachable { .. } => "E-SQL-001",
            Self::Login { .. } => "E-SQL-002",
            Self::Refused { .. } => "E-SQL-003",
            Self::Timeout { .. } => "E-SQL-004",
            Self::Lost { .. } => "E-SQL-005",
            Self::Locked { .. } => "E-SQL-006",
            Self::NotADatabase { .. } => "E-SQL-007",
            Self::Damaged { .. } => "E-SQL-008",
        }
    }

    fn class(&self) -> Class {
        match self {
            // Trying again can help, as with every limit.
            Self::Unreachable { .. }
            | Self::Timeout { .. }
            | Self::Lost { .. }
            | Self::Locked { .. } => Class::Limit,
            Self::Login { .. }
            | Self::Refused { .. }
            | Self::NotADatabase { .. }
            | Self::Damaged { .. } => Class::Input,
            _ => Class::Config,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::UrlWritten { .. } => {
                "put the address into an environment variable, change what was a secret, and \
                 write customers = { sql = \"select ...\", url-env = \"CRM_URL\" }"
            }
            Self::NotAVariable { .. } => "write url-env = \"CRM_URL\", for example",
            Self::NoVariable { variable } => {
                return Some(format!("export {variable} before the run"));
            }
            Self::Address { .. } => {
                "write postgres://user:password@host/database or sqlite:path/to/file.db"
            }
            Self::NotBuilt { feature, .. } => {
                return Some(format!("cargo install kohort --features {feature}"));
            }
            Self::Query { .. } => {
                "write one statement that only reads, such as select ... from ..."
            }
            Self::Unencrypted { .. } => {
                "use a tunnel or a local proxy, or accept it with sslmode=disable in the address"
            }
            Self::Tls { .. } => {
                "connect through a tunnel or a local proxy that speaks TLS to the server"
            }
            Self::Unreachable { .. } => "check the host and the port, and that the server runs",
            Self::Login { .. } => {
                "check user, password and pg_hba.conf; a server that demands TLS is reached \
                 through a tunnel or a local proxy"
            }
            Self::Refused { .. } => "try the query in the database's own shell with the same user",
            Self::Timeout { .. } => {
                "make the query faster, or raise the time: docs/databases.md says how"
            }
            Self::Lost { .. } => "run it again",
            Self::Locked { .. } => "run it again when the other program is done",
            Self::NotADatabase { .. } => "check the path behind sqlite:",
            Self::Damaged { .. } => {
                "open it once with the program that writes it, or take a copy with .backup"
            }
        };
        Some(hint.to_owned())
    }
}
