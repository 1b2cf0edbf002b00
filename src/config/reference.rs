//! The reference: every key with its default, and the JSON Schema for editors.

use super::Config;

/// Every key with its default and what it means, as a config that can be copied.
pub const REFERENCE: &str = include_str!("reference.toml");

/// The JSON Schema of the config, pretty-printed.
#[must_use]
pub fn schema() -> String {
    let schema = schemars::schema_for!(Config);
    serde_json::to_string_pretty(&schema).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Origin, parse_text};

    #[test]
    fn the_reference_holds_exactly_the_defaults() {
        let mut expected = Config::default();
        expected.input.customers = Origin::File("customers.csv".into());
        assert_eq!(parse_text(REFERENCE).unwrap(), expected);
    }

    #[test]
    fn the_reference_names_every_key() {
        let all = toml::to_string(&Config::default()).unwrap();
        for line in all.lines().filter(|line| !line.is_empty()) {
            let key = line.split([' ', ']']).next().unwrap_or(line);
            assert!(REFERENCE.contains(key), "{key} is missing");
        }
    }
}
