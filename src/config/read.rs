//! Reading a config: TOML, then `--set key=value`, then variables, then types.

use std::path::Path;

use serde::{Deserialize, Deserializer};
use toml::{Table, Value};

use super::{Config, ConfigError};
use crate::day::Day;

/// A `--set key=value`, the value already read as TOML where it is TOML, else as text.
#[derive(Debug, Clone, PartialEq)]
pub struct Override {
    /// The dotted key, such as `segments.k`.
    pub key: String,
    /// The value.
    pub value: Value,
}

impl std::str::FromStr for Override {
    type Err = ConfigError;

    fn from_str(text: &str) -> Result<Self, ConfigError> {
        let Some((key, value)) = text.split_once('=') else {
            return Err(ConfigError::Override {
                key: text.to_owned(),
                message: "expected key=value".into(),
                meant: None,
            });
        };
        let (key, value) = (key.trim(), value.trim());
        // A bare word such as `auto` is text; everything that TOML understands is itself.
        let value = toml::from_str::<Table>(&format!("value = {value}"))
            .ok()
            .and_then(|mut table| table.remove("value"))
            .unwrap_or_else(|| Value::String(value.to_owned()));
        Ok(Self { key: key.to_owned(), value })
    }
}

/// Reads the config in `path`, applies the overrides, and fills in variables.
///
/// # Errors
///
/// The file cannot be read, is not TOML, holds an unknown key or a value of another
/// type, or names an environment variable that is not set.
pub fn load(path: &Path, overrides: &[Override]) -> Result<Config, ConfigError> {
    let file = path.display().to_string();
    let unreadable = |message: String| ConfigError::Unreadable { file: file.clone(), message };
    let length = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?.len();
    if length > 1 << 20 {
        return Err(unreadable(format!("it has {length} bytes, more than 1 MiB")));
    }
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))?;
    parse(&text, &file, overrides)
}

/// Reads a config without overrides.
///
/// # Errors
///
/// As [`load`].
pub fn parse_text(text: &str) -> Result<Config, ConfigError> {
    parse(text, "config", &[])
}

/// Reads the config in `text`; `file` is how messages call it.
///
/// # Errors
///
/// As [`load`].
pub fn parse(text: &str, file: &str, overrides: &[Override]) -> Result<Config, ConfigError> {
    // Read once for its own sake: only this pass knows lines and columns.
    toml::from_str::<Config>(text).map_err(|error| syntax(file, text, &error))?;
    let mut table: Table = toml::from_str(text).map_err(|error| syntax(file, text, &error))?;
    for change in overrides {
        insert(&mut table, change)?;
    }
    let as_of = table
        .get("input")
        .and_then(|input| input.get("as-of"))
        .and_then(|value| value.to_string().trim_matches('"').parse::<Day>().ok());
    for (key, value) in &mut table {
        expand(key, value, as_of)?;
    }
    let key = overrides.last().map_or_else(String::new, |change| change.key.clone());
    table.try_into().map_err(|error: toml::de::Error| ConfigError::Override {
        meant: meant(error.message()),
        key,
        message: error.message().to_owned(),
    })
}

fn insert(table: &mut Table, change: &Override) -> Result<(), ConfigError> {
    let wrong = |message: &str| ConfigError::Override {
        key: change.key.clone(),
        message: message.to_owned(),
        meant: None,
    };
    let mut parts = dotted(&change.key);
    let Some(last) = parts.pop().filter(|last| !last.is_empty()) else {
        return Err(wrong("expected a dotted key such as segments.k"));
    };
    let mut here = table;
    for part in parts {
        here = here
            .entry(part)
            .or_insert_with(|| Value::Table(Table::new()))
            .as_table_mut()
            .ok_or_else(|| wrong("a part of the key is not a table"))?;
    }
    here.insert(last.to_owned(), change.value.clone());
    Ok(())
}

/// The parts of a dotted key; a part in double quotes may hold dots and blanks.
fn dotted(key: &str) -> Vec<&str> {
    let mut quoted = false;
    let parts = key.split(|c: char| {
        quoted ^= c == '"';
        c == '.' && !quoted
    });
    parts.map(unquoted).collect()
}

fn unquoted(part: &str) -> &str {
    part.strip_prefix('"').and_then(|part| part.strip_suffix('"')).unwrap_or(part)
}

/// Fills in `${VAR}` and `{as-of:%Y-%m}` in every text of the config.
fn expand(key: &str, value: &mut Value, as_of: Option<Day>) -> Result<(), ConfigError> {
    match value {
        Value::String(text) => *text = fill(key, text, as_of)?,
        Value::Array(items) => {
            for item in items {
                expand(key, item, as_of)?;
            }
        }
        Value::Table(table) => {
            for (name, item) in table {
                expand(&format!("{key}.{name}"), item, as_of)?;
            }
        }
        _ => {}
    }
    Ok(())
}

fn fill(key: &str, text: &str, as_of: Option<Day>) -> Result<String, ConfigError> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("${").into_iter().chain(rest.find("{as-of:")).min() {
        let Some(length) = rest[start..].find('}') else { break };
        let inside = &rest[start..=start + length];
        out.push_str(&rest[..start]);
        if let Some(variable) = inside.strip_prefix("${") {
            let variable = variable.trim_end_matches('}');
            out.push_str(&std::env::var(variable).map_err(|_| ConfigError::Variable {
                key: key.to_owned(),
                variable: variable.to_owned(),
            })?);
        } else {
            let pattern = inside.trim_start_matches("{as-of:").trim_end_matches('}');
            let Some(day) = as_of else {
                return Err(ConfigError::Value {
                    key: key.to_owned(),
                    message: "uses {as-of:..} but input.as-of is not set".into(),
                });
            };
            let day = day.to_string();
            out.push_str(
                &pattern
                    .replace("%Y", &day[..4])
                    .replace("%m", &day[5..7])
                    .replace("%d", &day[8..]),
            );
        }
        rest = &rest[start + length + 1..];
    }
    out.push_str(rest);
    Ok(out)
}

pub(super) fn syntax(file: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |span| span.start.min(text.len()));
    let before = &text.as_bytes()[..start];
    let line = memchr::memchr_iter(b'\n', before).count() + 1;
    let column = start - before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1) + 1;
    ConfigError::Syntax {
        file: file.to_owned(),
        line,
        column,
        message: error.message().to_owned(),
        meant: meant(error.message()),
    }
}

/// The expected key that is nearest to the unknown one in serde's message
/// "unknown field `x`, expected one of `a`, `b`".
fn meant(message: &str) -> Option<String> {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let unknown = quoted.next()?;
    quoted
        .map(|known| (distance(unknown, known), known))
        .filter(|(distance, known)| *distance <= 2.max(known.len() / 3))
        .min()
        .map(|(_, known)| known.to_owned())
}

/// Levenshtein distance (1966) over characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// Reads a TOML date or a text as a day.
pub(super) fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Date(toml::value::Datetime),
        Text(String),
    }
    let text = match Either::deserialize(deserializer)? {
        Either::Date(date) => date.to_string(),
        Either::Text(text) => text,
    };
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_key_names_its_line_and_the_key_that_was_meant() {
        let error =
            parse("[input]\ncustomers = \"a.csv\"\nmax-bad-row = 1\n", "k.toml", &[]).unwrap_err();
        let ConfigError::Syntax { line, column, meant, .. } = error else { panic!("{error}") };
        assert_eq!((line, column, meant.as_deref()), (3, 1, Some("max-bad-rows")));
    }

    #[test]
    fn a_part_of_an_overriding_key_may_be_quoted() {
        let change: Override = r#"segments.pin."v.i.p. now"="orders > 5""#.parse().unwrap();
        let config = parse("", "--set", &[change]).unwrap();
        let pins: Vec<_> = config.segments.pin.iter().collect();
        assert_eq!(
            (pins[0].name.as_str(), pins[0].condition.as_str()),
            ("v.i.p. now", "orders > 5")
        );
    }

    #[test]
    fn an_override_replaces_a_key_and_a_bare_word_is_text() {
        let set = ["segments.k=5".parse().unwrap(), "segments.method=dbscan".parse().unwrap()];
        let config = parse("[input]\ncustomers = \"a.csv\"\n", "k.toml", &set).unwrap();
        assert_eq!(config.segments.k, crate::cluster::K::Exactly(5));
        assert_eq!(config.segments.method, crate::cluster::Method::Dbscan);
    }

    #[test]
    fn an_unknown_override_is_refused() {
        let set = ["segments.kk=5".parse().unwrap()];
        assert!(matches!(
            parse("[input]\ncustomers = \"a.csv\"\n", "k.toml", &set),
            Err(ConfigError::Override { .. })
        ));
    }

    #[test]
    fn the_as_of_day_is_filled_into_paths() {
        let text = "[input]\ncustomers = \"c-{as-of:%Y-%m}.csv\"\nas-of = 2025-12-31\n";
        assert_eq!(parse(text, "k.toml", &[]).unwrap().input.customers.shown(), "c-2025-12.csv");
    }

    #[test]
    fn a_variable_that_is_not_set_is_an_error() {
        let text = "[input]\ncustomers = \"${KOHORT_SURELY_NOT_SET}/c.csv\"\n";
        assert!(matches!(parse(text, "k.toml", &[]), Err(ConfigError::Variable { .. })));
    }

    #[test]
    fn a_printed_config_reads_back_equal() {
        let text = "[input]\ncustomers = \"a.csv\"\nas-of = 2025-12-31\n[normalize]\nclip = 0.01\n";
        let config = parse(text, "k.toml", &[]).unwrap();
        assert_eq!(parse_text(&config.to_toml().unwrap()).unwrap(), config);
    }

    #[test]
    fn distances_by_hand() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
    }
}
