//! Where all customers are, where they are too many for one table in memory: the `[engine]`
//! table.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ConfigError;

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EngineKind {
    /// This machine: files are read piece by piece.
    #[default]
    Local,
    /// A server that speaks Spark Connect.
    Spark,
}

/// Where all customers are. The `[engine]` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Engine {
    /// `local` or `spark`.
    pub kind: EngineKind,
    /// The address of the server, such as `sc://host:15002`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The environment variable that holds the token.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub token_env: String,
    /// The file that holds the token.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub token_file: String,
    /// Where the engine writes the segment of each customer: a folder that it sees, or the
    /// name of a table, which is the beginning of the names of the tables that are written.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub sink: String,
    /// Seconds that the engine may take for one pass, 1 to 86,400.
    pub deadline_seconds: u64,
    /// How many customers are taken as the sample, 1,000 to 5,000,000.
    pub sample_rows: usize,
    /// The most passes over all customers that move the centres, 1 to 20.
    pub passes: usize,
}

impl Default for Engine {
    fn default() -> Self {
        Self {
            kind: EngineKind::Local,
            url: String::new(),
            token_env: String::new(),
            token_file: String::new(),
            sink: String::new(),
            deadline_seconds: 3600,
            sample_rows: 200_000,
            passes: 5,
        }
    }
}

impl Engine {
    /// Checks every value.
    ///
    /// # Errors
    ///
    /// A number out of range; an address with the wrong engine, or none; two places for one
    /// token.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let wrong = |key: &str, message: String| {
            Err(ConfigError::Value { key: format!("engine.{key}"), message })
        };
        if !(1_000..=5_000_000).contains(&self.sample_rows) {
            let found = self.sample_rows;
            return wrong("sample-rows", format!("is {found} but must be 1000 to 5000000"));
        }
        if !(1..=20).contains(&self.passes) {
            return wrong("passes", format!("is {} but must be 1 to 20", self.passes));
        }
        if !(1..=86_400).contains(&self.deadline_seconds) {
            let found = self.deadline_seconds;
            return wrong("deadline-seconds", format!("is {found} but must be 1 to 86400"));
        }
        let remote = [&self.url, &self.token_env, &self.token_file, &self.sink];
        match self.kind {
            EngineKind::Local if remote.iter().any(|key| !key.is_empty()) => {
                wrong("kind", "is local, which has no url, no token and no sink".to_owned())
            }
            EngineKind::Spark if self.url.is_empty() => {
                Err(ConfigError::Missing { key: "engine.url".to_owned() })
            }
            EngineKind::Spark if !self.token_env.is_empty() && !self.token_file.is_empty() => {
                wrong("token-file", "is given beside token-env; one is enough".to_owned())
            }
            _ => Ok(()),
        }
    }

    /// Without what does not change the numbers: where the engine is and how it is entered.
    pub(super) fn without_places(&mut self) {
        self.kind = EngineKind::Local;
        self.url.clear();
        self.token_env.clear();
        self.token_file.clear();
        self.sink.clear();
        self.deadline_seconds = Self::default().deadline_seconds;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_checked() {
        let refused = |engine: Engine| engine.check().unwrap_err().to_string();
        Engine::default().check().unwrap();
        let few = Engine { sample_rows: 10, ..Engine::default() };
        assert!(refused(few).starts_with("engine.sample-rows is 10"));
        let none = Engine { passes: 0, ..Engine::default() };
        assert!(refused(none).starts_with("engine.passes is 0"));
        let never = Engine { deadline_seconds: 0, ..Engine::default() };
        assert!(refused(never).starts_with("engine.deadline-seconds is 0"));
        let url = Engine { url: "sc://a".into(), ..Engine::default() };
        assert!(refused(url.clone()).contains("has no url"));
        let spark = Engine { kind: EngineKind::Spark, ..url };
        spark.check().unwrap();
        let nowhere = Engine { url: String::new(), ..spark.clone() };
        assert_eq!(refused(nowhere), "engine.url is not set");
        let two = Engine { token_env: "T".into(), token_file: "t".into(), ..spark };
        assert!(refused(two).contains("one is enough"));
    }
}
