//! The config: the stages' parameters composed, read from TOML, overridden by flags,
//! checked, and printed back so that it runs again as it is.

mod engine;
mod error;
mod input;
mod job;
mod read;
mod reference;
mod theme;

use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use engine::{Engine, EngineKind};
pub use error::ConfigError;
pub use input::{Input, Joined, Origin, TableRole};
pub use job::{Mode, Periodic, Span};
pub use read::{Override, load, parse, parse_text};
pub use reference::{REFERENCE, schema};
pub use theme::look;

use crate::table::Condition;
pub use crate::words::Language;
use crate::{audience, churn, cluster, features, normalise, profile, value};

/// What happens to a proven leak. The `[gate]` table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Gate {
    /// `exclude` takes the column out and says so; `refuse` ends the run with exit 8.
    pub leakage: Leakage,
}

/// The two ways to treat a proven leak.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Leakage {
    /// The column is taken out and named; the run goes on.
    #[default]
    Exclude,
    /// The run is refused.
    Refuse,
}

/// How the report is written. The `[report]` table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Report {
    /// The title.
    pub title: String,
    /// The language of the report.
    pub language: Language,
    /// The currency sign or code; empty prints none.
    pub currency: String,
    /// What the reader wants; it orders the decisions.
    pub goal: profile::Goal,
    /// Cells that fewer customers share are withheld from what is sent.
    pub min_cell: usize,
    /// Whether the workbook has a sheet of all customers, with their ids.
    pub customer_sheet: bool,
    /// `light`, `dark`, or a file (.toml) with ground, accent, segments and logo.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub theme: String,
    /// A folder with templates that take the place of the usual ones of the same name.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub templates: String,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            title: crate::results::USUAL_TITLE.into(),
            language: Language::En,
            currency: String::new(),
            goal: profile::Goal::Retain,
            min_cell: 10,
            customer_sheet: false,
            theme: String::new(),
            templates: String::new(),
        }
    }
}

/// Where runs are published. The `[output]` table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Output {
    /// The output folder.
    pub dir: String,
    /// How many runs `prune` keeps; 0 = all. The current run and the one before it stay.
    pub keep_runs: usize,
    /// For how many days before the newest as-of day `prune` keeps runs; 0 = for ever.
    pub keep_days: u32,
}

impl Default for Output {
    fn default() -> Self {
        Self { dir: "kohort-out".into(), keep_runs: 0, keep_days: 0 }
    }
}

/// Everything a run depends on but the data, the seed and the program.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Where the customers come from.
    pub input: Input,
    /// What the columns mean and which of them make the segments.
    pub features: features::Params,
    /// How columns are prepared.
    #[serde(alias = "normalize")]
    pub normalise: normalise::Params,
    /// How segments are found.
    pub segments: cluster::Params,
    /// What counts as leaving and how it is predicted.
    pub churn: churn::Params,
    /// What a customer is worth.
    pub value: value::Params,
    /// How the periodic job goes.
    pub job: Periodic,
    /// What is refused.
    pub gate: Gate,
    /// The table of strategies.
    pub actions: profile::Actions,
    /// Which column of a table of contacts is what.
    #[serde(skip_serializing_if = "audience::Params::is_default")]
    pub audience: audience::Params,
    /// Where all customers are, where they are too many for one table in memory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<Engine>,
    /// How the report is written.
    pub report: Report,
    /// Where runs are published.
    pub output: Output,
}

/// The stages' parameters after their checks: only these can run.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The config they were checked from.
    pub config: Config,
    /// Preparation.
    pub normalise: normalise::Checked,
    /// Segments.
    pub segments: cluster::Checked,
    /// Churn.
    pub churn: churn::Checked,
    /// Value.
    pub value: value::Checked,
}

impl Config {
    /// Checks every value before any data is read.
    ///
    /// # Errors
    ///
    /// The first value that is out of range, with its key.
    pub fn check(&self) -> Result<Checked, ConfigError> {
        self.input.check()?;
        self.check_stages()
    }

    /// As [`Config::check`], without `[input]`: for bare tables, whose parts are found out
    /// when they are read.
    ///
    /// # Errors
    ///
    /// As [`Config::check`].
    pub fn check_stages(&self) -> Result<Checked, ConfigError> {
        if self.report.min_cell < 1 {
            return Err(ConfigError::Value {
                key: "report.min-cell".into(),
                message: "is 0 but must be at least 1".into(),
            });
        }
        theme::check(&self.report.theme)?;
        self.engine.as_ref().map_or(Ok(()), Engine::check)?;
        if let Some((key, message)) = profile::wrong_actions(&self.actions) {
            return Err(ConfigError::Value { key, message });
        }
        if !self.input.condition.is_empty() {
            Condition::parse(&self.input.condition).map_err(|error| ConfigError::stage(&error))?;
        }
        Ok(Checked {
            normalise: self
                .normalise
                .clone()
                .check()
                .map_err(|error| ConfigError::stage(&error))?,
            segments: self.segments.clone().check().map_err(|error| ConfigError::stage(&error))?,
            churn: self.churn.clone().check().map_err(|error| ConfigError::stage(&error))?,
            value: self.value.clone().check().map_err(|error| ConfigError::stage(&error))?,
            config: self.clone(),
        })
    }

    /// The config as TOML, as it is written into the run folder.
    ///
    /// # Errors
    ///
    /// Never for a config that was read from TOML.
    pub fn to_toml(&self) -> Result<String, ConfigError> {
        toml::to_string(self).map_err(|error| ConfigError::Print { message: error.to_string() })
    }

    /// The config without what does not change the numbers: paths and the output folder.
    #[must_use]
    pub fn without_places(&self) -> Self {
        let mut config = self.clone();
        for origin in config.input.origins_mut() {
            match origin {
                Origin::File(path) => path.clear(),
                Origin::Files(paths) => paths.clear(),
                Origin::Query(query) => query.url_env.clear(),
            }
        }
        config.input.exclude_customers.clear();
        if let Some(engine) = &mut config.engine {
            engine.without_places();
        }
        config.audience = audience::Params::default();
        config.output = Output::default();
        config.report.theme.clear();
        config.report.templates.clear();
        config
    }
}

impl Config {
    /// What the runs of one lineage have in common: the config without paths, the as-of
    /// day, `[job]`, and how the report is written but for what its figures depend on.
    #[must_use]
    pub fn lineage(&self) -> Self {
        let mut config = self.without_places();
        config.input.as_of = None;
        config.job = Periodic::default();
        config.report = Report {
            currency: config.report.currency,
            min_cell: config.report.min_cell,
            ..Report::default()
        };
        config
    }
}

/// A path of the config, relative to the folder that the config lies in.
#[must_use]
pub fn place(folder: &Path, path: &str) -> PathBuf {
    folder.join(path)
}
