//! Why an engine does not answer. What a server says may hold values of customers and paths:
//! it is never part of a message. An error of the server becomes its own name for it, such as
//! `UNRESOLVED_COLUMN`, its SQLSTATE and our words.

use spark_connect_core::error::SparkError as Said;

use crate::backend::BackendError;
use crate::fault::{Class, Fault};

/// gRPC's number for a call without leave.
const UNAUTHENTICATED: i32 = 16;
/// gRPC's number for a call that this user may not make.
const PERMISSION_DENIED: i32 = 7;
/// gRPC's numbers for a call that ended without the server's word: cancelled, unknown (a
/// broken stream), unavailable.
const GONE: [i32; 3] = [1, 2, 14];

/// Meanings that become errors of their own.
const NO_TABLE: &str = "there is no such table";
const NO_PATH: &str = "there is nothing at that path";
const OVERFLOW: &str = "a sum does not fit in 64 bits";
const TYPES: &str = "a column holds something else in another file";
const NO_LEAVE: &str = "the user may not do this";
const TAKEN: &str = "there is something already";

/// Why an engine does not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the message of each variant says what it and its fields are")]
pub enum SparkError {
    #[error("the address of the engine cannot be used: {why}; it is not repeated here")]
    Address { why: &'static str },
    #[error("{place} holds no token")]
    NoToken { place: String },
    #[error("a token would go to {address} in clear text")]
    ClearText { address: String },
    #[error("no engine answers at {address}: {why}")]
    Unreachable { address: String, why: &'static str },
    #[error("the engine at {address} does not let this user in")]
    Login { address: String },
    #[error("the connection to {address} was lost while the engine worked on {what}")]
    Lost { address: String, what: &'static str },
    #[error("the engine at {address} has forgotten the session")]
    Gone { address: String },
    #[error("the engine stopped {what} as it was told")]
    Stopped { what: &'static str },
    #[error("{address} did not finish {what} within {seconds} seconds and was told to stop")]
    Late { address: String, what: &'static str, seconds: u64 },
    #[error("the engine refuses {what}: {why} ({name})")]
    Refused { what: &'static str, why: &'static str, name: String },
    #[error("the answer to {what} is larger than asked for: {found} {unit}, at most {allowed}")]
    TooLarge { what: &'static str, found: u64, unit: &'static str, allowed: u64 },
    #[error("the answer to {what} is not what was asked for: {why}")]
    Unlike { what: &'static str, why: String },
    #[error("the engine does not compute as the passes need it: {what}")]
    Unfit { what: &'static str },
}

impl SparkError {
    /// An error of the server or of the transport.
    pub(super) fn of(said: &Said, address: &str, what: &'static str) -> Self {
        let (address, name) = (address.to_owned(), name(said));
        match said.grpc_code {
            Some(UNAUTHENTICATED | PERMISSION_DENIED) => Self::Login { address },
            Some(code) if name.is_none() && GONE.contains(&code) => Self::Lost { address, what },
            // A server that has started anew knows neither the session nor its views.
            _ if name.as_deref().is_some_and(|name| name.starts_with("INVALID_HANDLE")) => {
                Self::Gone { address }
            }
            _ if name.as_deref().is_some_and(|name| name.starts_with("OPERATION_CANCEL")) => {
                Self::Stopped { what }
            }
            _ => {
                let state = said.sql_state.clone().filter(|state| is_state(state));
                let why = words(name.as_deref().unwrap_or(""), state.as_deref(), &said.message);
                let name = name.unwrap_or_else(|| "without a name".to_owned());
                let name = match state {
                    Some(state) => format!("{name}, SQLSTATE {state}"),
                    None => name,
                };
                Self::Refused { what, why, name }
            }
        }
    }
}

/// The server's own name of an error: capitals, digits, dots and underscores alone.
fn name(said: &Said) -> Option<String> {
    let condition = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "._".contains(c);
    let class = said.error_class.as_str();
    (!class.is_empty() && class.len() < 100 && class.chars().all(condition))
        .then(|| class.to_owned())
}

fn is_state(state: &str) -> bool {
    state.len() == 5 && state.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// What the server means. Sail gives no names: what its messages are known to hold is looked
/// for, and not shown.
fn words(name: &str, state: Option<&str>, message: &str) -> &'static str {
    if name.contains("DATA_TYPE_MISMATCH") && name.starts_with("FAILED_READ_FILE") {
        return TYPES;
    }
    match (name.split('.').next().unwrap_or(""), state.unwrap_or("")) {
        ("TABLE_OR_VIEW_NOT_FOUND", _) | (_, "42P01") => NO_TABLE,
        // Of a folder without a file in it, such as one whose writer died.
        ("PATH_NOT_FOUND" | "UNABLE_TO_INFER_SCHEMA", _) | (_, "42K03") => NO_PATH,
        ("TABLE_OR_VIEW_ALREADY_EXISTS" | "LOCATION_ALREADY_EXISTS", _) => TAKEN,
        ("SCHEMA_NOT_FOUND" | "CATALOG_NOT_FOUND", _) => "there is no such schema",
        ("UNRESOLVED_COLUMN", _) | (_, "42703") => "there is no such column",
        ("CAST_INVALID_INPUT" | "CAST_OVERFLOW", _) => "a value cannot be converted",
        ("ARITHMETIC_OVERFLOW", _) | (_, "22003") => OVERFLOW,
        ("INSUFFICIENT_PERMISSIONS", _) | (_, "42501") => NO_LEAVE,
        ("PARSE_SYNTAX_ERROR", _) | (_, "42601") => "it finds a fault in the syntax",
        ("UNSUPPORTED_FEATURE" | "UNRESOLVED_ROUTINE", _) => "it lacks what is asked of it",
        (_, state) if state.starts_with("22") => "a value cannot be converted or computed",
        (_, state) if state.starts_with("42") => "the statement does not fit the data",
        (_, state) if state.starts_with("53") => "the engine lacks memory or space",
        (_, state) if state.starts_with("XX") => "the engine found a fault in itself",
        _ => words_of_sail(&message.to_ascii_lowercase()),
    }
}

/// Beginnings of messages of Sail 0.7.
fn words_of_sail(message: &str) -> &'static str {
    let known = [
        ("table not found", NO_TABLE),
        ("no such file", NO_PATH),
        ("missing from the schema", "there is no such column"),
        ("can't cast value", "a value cannot be converted"),
        ("overflow", OVERFLOW),
        ("unknown function", "it lacks what is asked of it"),
        ("does not support", "it lacks what is asked of it"),
        ("not supported", "it lacks what is asked of it"),
        ("stage failure", "its workers failed too often"),
    ];
    let found = known.iter().find(|(said, _)| message.contains(said));
    found.map_or("it gives an error", |(_, words)| words)
}

impl SparkError {
    /// What it means for a table.
    pub(super) fn about(self, table: &str, address: &str) -> BackendError {
        let (engine, table) = (address.to_owned(), table.to_owned());
        match self {
            Self::Unreachable { why, .. } => BackendError::Unreachable { engine, why: why.into() },
            Self::Lost { what, .. } => {
                BackendError::Broken { engine, why: format!("it worked on {what}") }
            }
            Self::Gone { .. } => {
                BackendError::Broken { engine, why: "the server has forgotten the session".into() }
            }
            Self::Login { .. } => BackendError::Login { engine },
            Self::Late { what, seconds, .. } => BackendError::Late { engine, what, seconds },
            Self::Stopped { .. } => BackendError::Cancelled,
            Self::Refused { why: NO_TABLE | NO_PATH, .. } => BackendError::NoTable { table },
            Self::Refused { why: TYPES, .. } => BackendError::Changing {
                table,
                column: "of some name".into(),
                part: "another file".into(),
            },
            Self::Refused { why: TAKEN, .. } => BackendError::SinkTaken { place: table },
            Self::Refused { why: OVERFLOW, .. } => BackendError::Overflow,
            Self::Refused { why: why @ NO_LEAVE, .. } => {
                BackendError::Forbidden { table, why: why.into() }
            }
            other => BackendError::Engine { engine, why: other.to_string() },
        }
    }
}

impl Fault for SparkError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreachable { .. } => "E-ENG-031",
            Self::Lost { .. } | Self::Gone { .. } => "E-ENG-032",
            Self::Refused { .. } | Self::TooLarge { .. } | Self::Unlike { .. } => "E-ENG-033",
            Self::Stopped { .. } => "E-ENG-030",
            Self::Login { .. } => "E-ENG-034",
            Self::Late { .. } => "E-ENG-035",
            Self::Address { .. } => "E-ENG-040",
            Self::NoToken { .. } => "E-ENG-041",
            Self::ClearText { .. } => "E-ENG-042",
            Self::Unfit { .. } => "E-ENG-043",
        }
    }

    fn class(&self) -> Class {
        match self {
            Self::Address { .. }
            | Self::NoToken { .. }
            | Self::ClearText { .. }
            | Self::Unfit { .. } => Class::Config,
            Self::Login { .. } => Class::Input,
            // Trying again can help, as with every limit.
            _ => Class::Limit,
        }
    }

    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::Address { .. } => "write sc://host:15002 or sc://host:443/;use_ssl=true",
            Self::NoToken { .. } => "put the token there: one line of visible ASCII",
            Self::ClearText { .. } => "add /;use_ssl=true to the address, or use a tunnel",
            Self::Unreachable { .. } => {
                "check host and port, and that the Spark Connect server runs there"
            }
            Self::Login { .. } => "check the token and what its user may do",
            Self::Lost { .. } | Self::Gone { .. } => {
                "run again: passes that were finished are not repeated"
            }
            Self::Late { .. } => "give it more time or more workers",
            Self::Refused { .. } => "the engine's own log has the whole message",
            Self::TooLarge { .. } => "lower the cap of the sample",
            Self::Unlike { .. } => "run on a table that nobody writes, such as a snapshot of it",
            Self::Unfit { .. } => "docs/scale-out.md says which engines are known to work",
            Self::Stopped { .. } => return None,
        };
        Some(hint.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_server_is_named_and_not_repeated() {
        let mut said = Said::connect_msg("[Internal] no value 'K4narienvogel' in /srv/crm");
        said.error_class = "CAST_INVALID_INPUT".to_owned();
        said.sql_state = Some("22018".to_owned());
        let error = SparkError::of(&said, "sc://spark:15002", "the sample");
        let text = "the engine refuses the sample: a value cannot be converted \
                    (CAST_INVALID_INPUT, SQLSTATE 22018)";
        assert_eq!((error.to_string().as_str(), error.code()), (text, "E-ENG-033"));
        // A name that is no name is not shown either.
        said.error_class = "no value K4narienvogel".to_owned();
        said.sql_state = None;
        let shown = format!("{:?}", SparkError::of(&said, "sc://spark:15002", "the sample"));
        assert!(!shown.contains("K4narienvogel") && !shown.contains("/srv"), "{shown}");
    }

    #[test]
    fn what_ends_without_a_word_of_the_server_is_lost() {
        let lost = |code: i32, class: &str| {
            let mut said = Said::connect_msg("h2 protocol error");
            said.grpc_code = Some(code);
            said.error_class = class.to_owned();
            SparkError::of(&said, "sc://spark:15002", "the sample").code()
        };
        assert_eq!(lost(2, ""), "E-ENG-032");
        assert_eq!(lost(14, ""), "E-ENG-032");
        assert_eq!(lost(13, "INVALID_HANDLE.SESSION_NOT_FOUND"), "E-ENG-032");
        assert_eq!(lost(13, "UNRESOLVED_COLUMN.WITH_SUGGESTION"), "E-ENG-033");
        assert_eq!(lost(16, ""), "E-ENG-034");
    }
}
