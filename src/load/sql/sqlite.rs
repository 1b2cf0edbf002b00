//! SQLite: a file, opened for reading only, and the rows of one query as RFC 4180 text.
//!
//! A database in WAL mode whose log is empty is opened as immutable: so nothing is
//! written beside it, and it can lie in a folder that is read-only; that it did not
//! change meanwhile is checked afterwards. Every other database is read under SQLite's
//! own locks, since what is immutable is read without looking at a log or a journal, and
//! rows could be missing.

use std::fmt::Write as _;
use std::fs::Metadata;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error, ErrorCode, InterruptHandle, OpenFlags, Row, Statement};

use super::super::error::LoadError;
use super::super::params::Limits;
use super::super::parquet::float;
use super::error::SqlError;
use super::{PATIENCE_SECONDS, QUERY_SECONDS};

/// The first bytes of every SQLite database that is not empty.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// The answer as CSV text with a header.
///
/// # Errors
///
/// No such file, no database, one that is locked, damaged or changed meanwhile; a query
/// that writes or gives no table; a column with bytes; an answer beyond the limits.
pub(super) fn ask(
    query: &str,
    path: &str,
    file: &str,
    limits: &Limits,
) -> Result<Vec<u8>, LoadError> {
    ask_within(query, Path::new(path), file, limits, Duration::from_secs(QUERY_SECONDS))
}

/// As [`ask`], within another time.
pub(super) fn ask_within(
    query: &str,
    path: &Path,
    file: &str,
    limits: &Limits,
    time: Duration,
) -> Result<Vec<u8>, LoadError> {
    let (before, has_log) = look(path, file)?;
    let immutable = has_log && !is_filled(&beside(path, "-wal"));
    let failed = |error: Error| explain(&error, file);
    let connection = open(path, immutable).map_err(failed)?;
    connection.busy_timeout(Duration::from_secs(PATIENCE_SECONDS)).map_err(failed)?;
    // What a stranger's views may call is restricted to what is harmless; and a name that
    // does not exist is no text because it stands in double quotes.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)
        .and_then(|_| connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false))
        .map_err(failed)?;
    connection.pragma_update(None, "cell_size_check", true).map_err(failed)?;
    let text = {
        let mut statement = connection.prepare(query).map_err(failed)?;
        check(&statement, file)?;
        interrupted_after(connection.get_interrupt_handle(), time, || {
            write(&mut statement, file, limits)
        })?
    };
    drop(connection);
    let changed = || LoadError::Changed { file: file.to_owned() };
    let after = std::fs::metadata(path).map_err(|_| changed())?;
    let same = before.len() == after.len() && before.modified().ok() == after.modified().ok();
    if immutable && !same {
        return Err(changed());
    }
    Ok(text)
}

/// The file before it is opened, and whether it is in WAL mode.
fn look(path: &Path, file: &str) -> Result<(Metadata, bool), LoadError> {
    let unreadable =
        |why: &str| LoadError::Unreadable { file: file.to_owned(), why: why.to_owned() };
    let wrong = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => unreadable("there is no such file"),
        std::io::ErrorKind::PermissionDenied => unreadable("permission is denied"),
        _ => unreadable("it cannot be opened"),
    };
    let before = std::fs::metadata(path).map_err(wrong)?;
    if !before.is_file() {
        return Err(unreadable("it is not a regular file"));
    }
    if before.len() == 0 {
        return Err(LoadError::Empty { file: file.to_owned() });
    }
    let mut head = Vec::new();
    std::fs::File::open(path).and_then(|f| f.take(20).read_to_end(&mut head)).map_err(wrong)?;
    if !head.starts_with(MAGIC) {
        return Err(SqlError::NotADatabase { file: file.to_owned() }.into());
    }
    // The version numbers of the file format are 2 in WAL mode.
    Ok((before, head.get(18..20) == Some(&[2, 2])))
}

/// The path of a file that SQLite keeps beside a database.
pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn is_filled(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|found| found.len() > 0)
}

fn open(path: &Path, immutable: bool) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if !immutable {
        return Connection::open_with_flags(path, flags);
    }
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = String::from("file:");
    for byte in absolute.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing into a String cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri.push_str("?immutable=1");
    Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)
}

/// Whether the query is one that reads and gives a table.
fn check(statement: &Statement, file: &str) -> Result<(), LoadError> {
    let refuse = |why: &str| SqlError::Query { file: file.to_owned(), why: why.to_owned() };
    if !statement.readonly() {
        return Err(refuse("it writes, and may only read").into());
    }
    if statement.column_count() == 0 {
        return Err(refuse("it gives no table").into());
    }
    if statement.parameter_count() > 0 {
        return Err(refuse("it has parameters such as ?").into());
    }
    Ok(())
}

/// Does the work and interrupts the database when the time is over.
fn interrupted_after<T>(
    handle: InterruptHandle,
    time: Duration,
    work: impl FnOnce() -> Result<T, LoadError>,
) -> Result<T, LoadError> {
    let (done, waiting) = mpsc::channel::<()>();
    let watch = std::thread::spawn(move || {
        if waiting.recv_timeout(time) == Err(mpsc::RecvTimeoutError::Timeout) {
            handle.interrupt();
        }
    });
    let result = work();
    drop(done);
    // It does nothing that could panic.
    drop(watch.join());
    result
}

/// Every row, behind the names of the columns.
fn write(statement: &mut Statement, file: &str, limits: &Limits) -> Result<Vec<u8>, LoadError> {
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let mut text = Vec::new();
    for (at, name) in names.iter().enumerate() {
        separate(at, &mut text);
        field(name.as_bytes(), &mut text);
    }
    text.push(b'\n');
    let failed = |error: Error| explain(&error, file);
    let mut rows = statement.query([]).map_err(failed)?;
    while let Some(row) = rows.next().map_err(failed)? {
        write_row(row, &names, file, &mut text)?;
        if text.len() as u64 > limits.max_bytes {
            let (found, allowed) = (text.len() as u64, limits.max_bytes);
            let file = file.to_owned();
            return Err(LoadError::TooBig { file, what: "bytes or more", found, allowed });
        }
    }
    Ok(text)
}

fn write_row(row: &Row, names: &[String], file: &str, text: &mut Vec<u8>) -> Result<(), LoadError> {
    for (at, name) in names.iter().enumerate() {
        separate(at, text);
        match row.get_ref(at).map_err(|error| explain(&error, file))? {
            // The row of a table of one column would be a blank line.
            ValueRef::Null if names.len() == 1 => text.extend_from_slice(b"\"\""),
            ValueRef::Null => {}
            ValueRef::Integer(value) => text.extend_from_slice(value.to_string().as_bytes()),
            ValueRef::Real(value) => {
                let mut number = String::new();
                float(value, &mut number);
                text.extend_from_slice(number.as_bytes());
            }
            ValueRef::Text(value) => field(value, text),
            ValueRef::Blob(_) => {
                let (file, column) = (file.to_owned(), name.clone());
                return Err(LoadError::UnsupportedType { file, column, holds: "bytes".to_owned() });
            }
        }
    }
    text.push(b'\n');
    Ok(())
}

fn separate(at: usize, text: &mut Vec<u8>) {
    if at > 0 {
        text.push(b',');
    }
}

/// A text, in quotes where it needs them.
fn field(value: &[u8], text: &mut Vec<u8>) {
    let special = |byte: &u8| matches!(byte, b',' | b'"' | b'\n' | b'\r');
    if !value.is_empty() && !value.iter().any(special) {
        text.extend_from_slice(value);
        return;
    }
    text.push(b'"');
    for &byte in value {
        if byte == b'"' {
            text.push(b'"');
        }
        text.push(byte);
    }
    text.push(b'"');
}

/// SQLite's error in our words: its own may hold a part of the query.
fn explain(error: &Error, file: &str) -> LoadError {
    let file = file.to_owned();
    let query = |why: &str| SqlError::Query { file: file.clone(), why: why.to_owned() };
    let (code, said) = match error {
        Error::SqliteFailure(error, said) => (error.code, said.as_deref().unwrap_or_default()),
        Error::SqlInputError { error, msg, .. } => (error.code, msg.as_str()),
        Error::MultipleStatement => return query("it is more than one statement").into(),
        _ => return query("it cannot be asked").into(),
    };
    let error = match code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => SqlError::Locked { file },
        ErrorCode::OperationInterrupted => SqlError::Timeout { file },
        ErrorCode::NotADatabase => SqlError::NotADatabase { file },
        ErrorCode::DatabaseCorrupt => SqlError::Damaged { file, why: "its pages do not fit" },
        ErrorCode::ReadOnly | ErrorCode::CannotOpen => {
            SqlError::Damaged { file, why: "its log or journal cannot be read without writing" }
        }
        ErrorCode::SystemIoFailure => SqlError::Damaged { file, why: "it ends too early" },
        ErrorCode::Unknown
            if said.contains("syntax error") || said.contains("incomplete input") =>
        {
            query("the database finds a fault in its syntax")
        }
        _ => SqlError::Refused { file, why: words(said).to_owned() },
    };
    error.into()
}

/// What is wrong, without the names that the database gives.
fn words(said: &str) -> &'static str {
    let known = [
        ("no such table", "there is no such table"),
        ("no such column", "there is no such column"),
        ("ambiguous column name", "the name of a column fits several tables"),
        ("no such function", "there is no such function"),
        ("unsafe use of", "a view calls a function that is not safe"),
    ];
    let found = known.into_iter().find(|(begins, _)| said.starts_with(begins));
    found.map_or("it gives an error", |(_, words)| words)
}
