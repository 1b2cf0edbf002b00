//! PostgreSQL: the answer to one query as its server writes CSV, read inside a
//! transaction that cannot write.
//!
//! The query is prepared first. So the server itself says whether it is one statement
//! with an answer and of which types, before it stands inside `COPY (...)`: nothing that
//! closes the bracket early can be prepared. A lost connection ends in an error and never
//! in fewer rows: the end of the answer is a message of its own, and the transaction must
//! be committed behind it.

use std::io::BufRead;
use std::net::IpAddr;
use std::sync::mpsc;
use std::time::Duration;

use ::postgres::config::{Host, SslMode};
use ::postgres::types::{Kind, Type};
use ::postgres::{Client, Config, Error, NoTls, Statement, Transaction};

use super::super::error::LoadError;
use super::super::params::Limits;
use super::error::SqlError;
use super::{PATIENCE_SECONDS, QUERY_SECONDS};

/// Connecting and logging in together, in seconds: a server that takes the connection
/// and says nothing must not hold the run.
const LOGIN_SECONDS: u64 = 3 * PATIENCE_SECONDS;

/// The answer as CSV text with a header.
///
/// # Errors
///
/// An address that cannot be used, a server that cannot be reached or refuses, a query
/// that writes or gives no table, a column of bytes or lists, an answer beyond the
/// limits, a connection that is lost.
pub(super) fn ask(
    query: &str,
    url: &str,
    file: &str,
    limits: &Limits,
) -> Result<Vec<u8>, LoadError> {
    let mut client = connect(url, file)?;
    let failed = |error: Error| explain(&error, file);
    let mut transaction = client.build_transaction().read_only(true).start().map_err(failed)?;
    transaction.batch_execute(&session()).map_err(failed)?;
    let statement = transaction.prepare(query).map_err(failed)?;
    check(&statement, file)?;
    let text = copy(&mut transaction, &copy_of(query, &statement), file, limits)?;
    transaction.commit().map_err(failed)?;
    Ok(text)
}

/// What makes the text of an answer the same whatever the server's and the user's
/// settings; and the time a query may take, unless the address sets another.
fn session() -> String {
    format!(
        "SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL TimeZone = 'UTC'; \
         SET LOCAL extra_float_digits = 1; SET LOCAL standard_conforming_strings = on; \
         SELECT set_config('statement_timeout', '{QUERY_SECONDS}s', true) \
         WHERE current_setting('statement_timeout') = '0'"
    )
}

/// Connects, without TLS, to this machine or where the address says that this is meant.
fn connect(url: &str, file: &str) -> Result<Client, LoadError> {
    let file = file.to_owned();
    let mut config: Config = match url.parse() {
        Ok(config) => config,
        // The client knows no other words that ask for TLS and what it must prove.
        Err(_) if url.contains("sslmode=verify") => return Err(SqlError::Tls { file }.into()),
        Err(_) => {
            let why = "it is not written as an address of PostgreSQL";
            return Err(SqlError::Address { file, why }.into());
        }
    };
    if config.get_ssl_mode() == SslMode::Require {
        return Err(SqlError::Tls { file }.into());
    }
    if config.get_ssl_mode() != SslMode::Disable && !stays_here(&config) {
        return Err(SqlError::Unencrypted { file }.into());
    }
    if config.get_user().is_none() || config.get_hosts().len() + config.get_hostaddrs().len() == 0 {
        let why = "it names no user or no host";
        return Err(SqlError::Address { file, why }.into());
    }
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(Duration::from_secs(PATIENCE_SECONDS));
    }
    if config.get_application_name().is_none() {
        config.application_name("kohort");
    }
    // A server that vanishes is noticed within about a minute.
    config.keepalives_idle(Duration::from_secs(30));
    config.keepalives_interval(Duration::from_secs(PATIENCE_SECONDS)).keepalives_retries(3);
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // The receiver is gone where the time is over.
        drop(sender.send(config.connect(NoTls)));
    });
    match receiver.recv_timeout(Duration::from_secs(LOGIN_SECONDS)) {
        Ok(connected) => connected.map_err(|error| explain_connect(&error, &file)),
        Err(_) => {
            Err(SqlError::Unreachable { file, why: "it did not answer within the time" }.into())
        }
    }
}

/// Whether every host is a socket in a folder or a loopback address.
fn stays_here(config: &Config) -> bool {
    let loopback = |address: &IpAddr| address.is_loopback();
    if !config.get_hostaddrs().is_empty() {
        return config.get_hostaddrs().iter().all(loopback);
    }
    config.get_hosts().iter().all(|host| match host {
        #[cfg(unix)]
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|address: IpAddr| loopback(&address))
        }
    })
}

/// Whether the query gives a table of types that can be used.
fn check(statement: &Statement, file: &str) -> Result<(), LoadError> {
    let refuse = |why: &str| SqlError::Query { file: file.to_owned(), why: why.to_owned() };
    if !statement.params().is_empty() {
        return Err(refuse("it has parameters such as $1").into());
    }
    if statement.columns().is_empty() {
        return Err(refuse("it gives no table").into());
    }
    for column in statement.columns() {
        if let Some(holds) = unusable(column.type_()) {
            let (file, column) = (file.to_owned(), column.name().to_owned());
            return Err(LoadError::UnsupportedType { file, column, holds: holds.to_owned() });
        }
    }
    Ok(())
}

/// What a type holds in words, where it cannot be used; as in a Parquet file.
fn unusable(kind: &Type) -> Option<&'static str> {
    match kind.kind() {
        Kind::Array(_) => return Some("lists"),
        Kind::Composite(_) => return Some("records of several fields"),
        Kind::Domain(inner) => return unusable(inner),
        Kind::Range(_) | Kind::Multirange(_) => return Some("ranges"),
        _ => {}
    }
    match *kind {
        Type::BYTEA => Some("bytes"),
        Type::INTERVAL => Some("durations"),
        Type::TIME | Type::TIMETZ => Some("times of day"),
        Type::RECORD => Some("records of several fields"),
        _ => None,
    }
}

/// The statement that gives the answer as CSV.
fn copy_of(query: &str, statement: &Statement) -> String {
    // The row of a table of one column would be a blank line where it is NULL.
    let null = if statement.columns().len() == 1 { ", NULL 'NULL'" } else { "" };
    // The query may end in a comment.
    format!("COPY (\n{query}\n) TO STDOUT (FORMAT csv, HEADER, ENCODING 'UTF8'{null})")
}

fn copy(
    transaction: &mut Transaction,
    statement: &str,
    file: &str,
    limits: &Limits,
) -> Result<Vec<u8>, LoadError> {
    let mut reader = transaction.copy_out(statement).map_err(|error| explain(&error, file))?;
    let mut text = Vec::new();
    loop {
        let chunk = reader.fill_buf().map_err(|error| {
            let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
            inner.map_or_else(
                || SqlError::Lost { file: file.to_owned() }.into(),
                |error| explain(error, file),
            )
        })?;
        let n_read = chunk.len();
        if n_read == 0 {
            return Ok(text);
        }
        let found = (text.len() + n_read) as u64;
        if found > limits.max_bytes {
            let (file, allowed) = (file.to_owned(), limits.max_bytes);
            return Err(LoadError::TooBig { file, what: "bytes or more", found, allowed });
        }
        text.extend_from_slice(chunk);
        reader.consume(n_read);
    }
}

/// An error while connecting.
fn explain_connect(error: &Error, file: &str) -> LoadError {
    use std::io::ErrorKind;
    if error.as_db_error().is_some() {
        return explain(error, file);
    }
    let file = file.to_owned();
    let source = std::error::Error::source(error);
    let why = match source.and_then(|source| source.downcast_ref::<std::io::Error>()) {
        Some(error) => match error.kind() {
            ErrorKind::ConnectionRefused => "the connection is refused",
            ErrorKind::NotFound => "there is no such socket",
            ErrorKind::PermissionDenied => "permission is denied",
            ErrorKind::TimedOut => "it did not answer within the time",
            _ => "there is no connection to that host",
        },
        None if error.is_closed() => "the server closed the connection",
        // A password that is missing, or a way to log in that the client does not know.
        None => return SqlError::Login { file, state: "none".to_owned() }.into(),
    };
    SqlError::Unreachable { file, why }.into()
}

/// A server's error as its SQLSTATE and our words.
fn explain(error: &Error, file: &str) -> LoadError {
    let file = file.to_owned();
    let Some(code) = error.code() else {
        return SqlError::Lost { file }.into();
    };
    let state = code.code();
    let query = |why: &str| SqlError::Query { file: file.clone(), why: why.to_owned() };
    let error = match state {
        "57014" => SqlError::Timeout { file },
        "57P01" | "57P02" | "25P03" | "57P05" => SqlError::Lost { file },
        "57P03" | "53300" => {
            let why = "it takes no connection at the moment";
            SqlError::Unreachable { file, why }
        }
        "55P03" => SqlError::Locked { file },
        "25006" => query("it writes, and may only read"),
        "42601" => query("the server finds a fault in its syntax"),
        _ if state.starts_with("08") => SqlError::Lost { file },
        _ if state.starts_with("28") || state == "3D000" => {
            SqlError::Login { file, state: state.to_owned() }
        }
        _ => SqlError::Refused { file, why: format!("{} (SQLSTATE {state})", words(state)) },
    };
    error.into()
}

/// What an SQLSTATE means (PostgreSQL documentation, appendix A).
fn words(state: &str) -> &'static str {
    match state {
        "42P01" => "there is no such table",
        "42703" => "there is no such column",
        "42702" => "the name of a column fits several tables",
        "42883" => "there is no such function or operator for these types",
        "42501" => "the user may not read this",
        "3F000" | "42P06" => "there is no such schema",
        "42803" => "a column is neither grouped nor aggregated",
        "42P18" | "42804" | "42846" => "the types do not fit",
        _ if state.starts_with("22") => "a value cannot be converted or computed",
        _ if state.starts_with("42") => "the query does not fit the database",
        _ if state.starts_with("25") => "the transaction only reads",
        _ if state.starts_with("53") => "the server lacks memory or space",
        _ if state.starts_with("XX") => "the server found a fault in itself",
        _ => "it gives an error",
    }
}
