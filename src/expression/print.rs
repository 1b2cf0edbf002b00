//! Expressions in the words of a database.

use super::tree::{Behind, Expr, PARTS, Test};

/// The databases that a statement can be written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// PostgreSQL 12 or later.
    Postgres,
    /// SQLite 3.35 or later, with its mathematical functions.
    Sqlite,
    /// DuckDB.
    DuckDb,
    /// Spark SQL 3.1 or later.
    Spark,
}

/// A column in quotes.
#[must_use]
pub fn column(name: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Spark => format!("`{}`", name.replace('`', "``")),
        _ => format!("\"{}\"", name.replace('"', "\"\"")),
    }
}

fn text(text: &str, dialect: Dialect) -> String {
    let doubled = text.replace('\'', "''");
    match dialect {
        // A backslash is a sign of its own in Spark, and two quotes are two texts.
        Dialect::Spark => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
        _ => format!("'{doubled}'"),
    }
}

fn real(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Postgres => "double precision",
        Dialect::Sqlite => "REAL",
        Dialect::DuckDb | Dialect::Spark => "DOUBLE",
    }
}

/// A number that the database reads in double precision, with the same bits.
fn number(number: f64, dialect: Dialect) -> String {
    let plain = format!("{number:?}");
    let typed = match dialect {
        Dialect::Sqlite => plain,
        Dialect::Postgres if number < 0.0 => format!("({plain})::float8"),
        Dialect::Postgres => format!("{plain}::float8"),
        Dialect::DuckDb => format!("{number:e}"),
        Dialect::Spark => format!("{number:e}D"),
    };
    let bracketed = number < 0.0 && dialect != Dialect::Postgres;
    if bracketed { format!("({typed})") } else { typed }
}

fn days_before(inner: &str, day: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::Postgres => {
            format!("CAST(DATE '{day}' - CAST({inner} AS date) AS {})", real(dialect))
        }
        Dialect::Sqlite => format!("CAST(julianday('{day}') - julianday(date({inner})) AS REAL)"),
        Dialect::DuckDb => {
            format!("CAST(date_diff('day', CAST({inner} AS DATE), DATE '{day}') AS DOUBLE)")
        }
        Dialect::Spark => {
            format!("CAST(datediff(DATE '{day}', CAST({inner} AS DATE)) AS DOUBLE)")
        }
    }
}

/// An expression.
#[must_use]
pub fn value(expr: &Expr, dialect: Dialect) -> String {
    let print = |expr: &Expr| value(expr, dialect);
    match expr {
        Expr::Column(name) => column(name, dialect),
        Expr::Number(x) => number(*x, dialect),
        Expr::Whole(x) => x.to_string(),
        Expr::Text(words) => text(words, dialect),
        Expr::Null => "NULL".to_owned(),
        Expr::Sum(parts) => sum(parts, dialect),
        Expr::Minus(a, b) => format!("({} - {})", print(a), print(b)),
        Expr::Times(a, b) => format!("({} * {})", print(a), print(b)),
        Expr::Over(a, b) => format!("({} / {})", print(a), print(b)),
        Expr::Call(function, x) => format!("{}({})", function.name(), print(x)),
        Expr::Case(cases, otherwise) => {
            let cases: Vec<String> = cases
                .iter()
                .map(|(when, then)| format!("WHEN {} THEN {}", test(when, dialect), print(then)))
                .collect();
            let otherwise = match otherwise.as_ref() {
                Expr::Null => String::new(),
                otherwise => format!(" ELSE {}", print(otherwise)),
            };
            format!("CASE {}{otherwise} END", cases.join(" "))
        }
        Expr::Real(x) => {
            let cast = format!("CAST({} AS {})", print(x), real(dialect));
            match dialect {
                // SQLite stores no such number.
                Dialect::Sqlite => cast,
                _ => format!("NULLIF({cast}, CAST('NaN' AS {}))", real(dialect)),
            }
        }
        Expr::Words(x) => format!("CAST({} AS {})", print(x), words(dialect)),
        Expr::Folded(x) => format!("LOWER(TRIM(CAST({} AS {})))", print(x), words(dialect)),
        Expr::DaysBefore(x, day) => days_before(&print(x), &day.to_string(), dialect),
        Expr::Fixed(x, bits) => {
            // No rounding of a database's own: they differ in what halves become.
            let point = number(libm::ldexp(1.0, *bits), dialect);
            let half = number(0.5, dialect);
            format!("CAST(FLOOR({} * {point} + {half}) AS BIGINT)", print(x))
        }
    }
}

fn words(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Spark => "STRING",
        Dialect::DuckDb => "VARCHAR",
        Dialect::Postgres | Dialect::Sqlite => "TEXT",
    }
}

/// Whether a text begins so. What is cut off is counted in signs.
fn begins(of: &str, with: &str, behind: Behind, dialect: Dialect) -> String {
    let n = with.chars().count();
    let is = format!("SUBSTR({of}, 1, {n}) = {}", text(with, dialect));
    match behind {
        Behind::Anything => is,
        Behind::Digits => {
            let rest = format!("SUBSTR({of}, {})", n + 1);
            let none =
                (0..10).fold(rest.clone(), |rest, digit| format!("REPLACE({rest}, '{digit}', '')"));
            format!("({is} AND {rest} <> '' AND {none} = '')")
        }
    }
}

/// A sum in brackets, parts of parts where it is long.
fn sum(parts: &[Expr], dialect: Dialect) -> String {
    match parts {
        [] => number(0.0, dialect),
        [one] => value(one, dialect),
        _ => {
            let mut texts: Vec<String> = parts.iter().map(|part| value(part, dialect)).collect();
            while texts.len() > PARTS {
                texts =
                    texts.chunks(PARTS).map(|chunk| format!("({})", chunk.join(" + "))).collect();
            }
            format!("({})", texts.join(" + "))
        }
    }
}

/// A test.
#[must_use]
pub fn test(asked: &Test, dialect: Dialect) -> String {
    let print = |expr: &Expr| value(expr, dialect);
    let joined = |parts: &[Test], word: &str| {
        let parts: Vec<String> = parts.iter().map(|part| test(part, dialect)).collect();
        format!("({})", parts.join(word))
    };
    match asked {
        Test::Missing(x) => format!("{} IS NULL", print(x)),
        Test::There(x) => format!("{} IS NOT NULL", print(x)),
        Test::Is(a, sign, b) => format!("{} {sign} {}", print(a), print(b)),
        Test::In(x, list) => {
            let list: Vec<String> = list.iter().map(print).collect();
            format!("{} IN ({})", print(x), list.join(", "))
        }
        Test::Begins(x, with, behind) => begins(&print(x), with, *behind, dialect),
        Test::All(parts) => joined(parts, " AND "),
        Test::Any(parts) => joined(parts, " OR "),
    }
}
