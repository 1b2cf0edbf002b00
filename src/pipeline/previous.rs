//! The previous run: found, read and verified.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::job::{Failure, Job};
use super::score::read_model;
use crate::change::drift::Sample;
use crate::change::forecast::Forecasts;
use crate::config::{Config, parse_text};
use crate::day::Day;
use crate::export::columns::Columns;
use crate::export::publish::{current, find, names};
use crate::export::{Manifest, sha256_hex};
use crate::fault::Class;
use crate::model::Model;
use crate::results::{Results, RunFacts, ValueStatus};
use crate::table::Id;

/// What a published run says.
#[derive(Debug)]
pub struct Previous {
    /// Its folder.
    pub folder: PathBuf,
    /// Its manifest.
    pub manifest: Manifest,
    /// Its numbers.
    pub results: Results,
    /// Its frozen model.
    pub model: Model,
    /// Its config with every guess written out.
    pub config: Config,
    /// The ids of its customers, ascending.
    pub ids: Vec<Id>,
    /// What it said of each.
    pub said: Forecasts,
}

impl Previous {
    /// Reads the run in `folder` and checks every file of it.
    ///
    /// # Errors
    ///
    /// Files that do not match the manifest, a model that is rejected, numbers of another
    /// version.
    pub fn read(folder: &Path) -> Result<Self, Failure> {
        in_one_table(folder)?;
        let (manifest, _) = Manifest::read(folder)?;
        manifest.verify(folder)?;
        let model = read_model(&folder.join("model"))?;
        let unreadable = |file: &str| other_version(&manifest, file);
        let text =
            |file: &str| std::fs::read_to_string(folder.join(file)).map_err(|_| unreadable(file));
        let results: Results =
            serde_json::from_str(&text("report.json")?).map_err(|_| unreadable("report.json"))?;
        let config = parse_text(&text("kohort.toml")?).map_err(|_| unreadable("kohort.toml"))?;
        let (ids, said) = customers(folder, &model, &results)?;
        Ok(Self { folder: folder.to_owned(), manifest, results, model, config, ids, said })
    }

    /// Its as-of day.
    #[must_use]
    pub fn as_of(&self) -> Option<Day> {
        self.manifest.as_of.as_ref().and_then(|day| day.parse().ok())
    }

    /// The ids of its segments by position.
    #[must_use]
    pub fn segment_ids(&self) -> Vec<u32> {
        self.model.lineage.ids(self.model.names.len())
    }

    /// How many customers its segment of this id had.
    #[must_use]
    pub fn n_in(&self, id: u32) -> u64 {
        self.said.segment.iter().filter(|&&own| own == id).count() as u64
    }

    /// Its name, day and customers.
    #[must_use]
    pub fn facts(&self) -> RunFacts {
        RunFacts {
            run: self.manifest.run.clone(),
            as_of: self.manifest.as_of.clone(),
            customers: self.ids.len() as u64,
        }
    }

    /// The horizon of its forecasts of orders.
    #[must_use]
    pub fn horizon_days(&self) -> Option<u32> {
        match &self.results.value {
            Some(ValueStatus::Computed(value)) => Some(value.horizon_days),
            _ => None,
        }
    }

    /// Its features in raw units, in the order of the ids.
    ///
    /// # Errors
    ///
    /// The file cannot be read.
    pub fn features(&self) -> Result<BTreeMap<String, Sample>, Failure> {
        let columns = Columns::read(&self.folder.join("features.parquet"))?;
        let mut samples = BTreeMap::new();
        for name in columns.names().into_iter().skip(1) {
            let sample = if columns.is_text(&name) {
                Sample::Levels(columns.texts(&name)?)
            } else {
                Sample::Numbers(columns.numbers(&name)?)
            };
            samples.insert(name, sample);
        }
        Ok(samples)
    }
}

/// A run whose customers are in one table, and not on an engine.
///
/// # Errors
///
/// They are not.
pub(super) fn in_one_table(folder: &Path) -> Result<(), Failure> {
    if !folder.join("engine.json").exists() || folder.join("customers.parquet").exists() {
        return Ok(());
    }
    Err(Failure {
        code: "E-JOB-007".into(),
        class: Class::Config,
        message: format!(
            "{} was made on an engine: its customers are not in one table that can be read here",
            folder.display()
        ),
        hint: Some("take its files customers/_run=*/part-*.parquet".into()),
    })
}

fn other_version(manifest: &Manifest, file: &str) -> Failure {
    Failure {
        code: "E-JOB-001".into(),
        class: Class::Config,
        message: format!(
            "{file} of the run {} (version {}) cannot be read by this version",
            manifest.run, manifest.version
        ),
        hint: Some("begin a new lineage in another folder with --out".into()),
    }
}

/// The customers of a run, in the order of their ids.
fn customers(
    folder: &Path,
    model: &Model,
    results: &Results,
) -> Result<(Vec<Id>, Forecasts), Failure> {
    let columns = Columns::read(&folder.join("customers.parquet"))?;
    let names = columns.names();
    let id = names.first().cloned().unwrap_or_default();
    let ids: Vec<Id> = columns.texts(&id)?.into_iter().flatten().map(Id::from).collect();
    let n = columns.n_rows();
    if ids.len() != n {
        return Err(Failure::internal("a customer of the previous run has no id".into()));
    }
    let outcome = columns.numbers("outcome")?;
    let is_open = |value: &f64| value.is_nan() || *value == 0.0;
    let has_label = model.schema.label.is_some();
    let expected = columns.numbers("expected_value")?;
    // Value over the horizon is of orders only where orders were forecast.
    let value = match results.value {
        Some(ValueStatus::Computed(_)) if !has_label => expected,
        _ => vec![f64::NAN; n],
    };
    let segment = columns.numbers("segment_id")?;
    let said = Forecasts {
        churn: columns.numbers("churn_probability")?,
        orders: columns.numbers("expected_orders")?,
        value,
        open: outcome.iter().map(is_open).collect(),
        segment: segment.iter().map(|&id| if id.is_nan() { 0 } else { id as u32 }).collect(),
    };
    Ok((ids, said))
}

/// A hash of what the runs of one lineage have in common.
#[must_use]
pub fn lineage(config: &Config) -> String {
    let text = config.lineage().to_toml().unwrap_or_default();
    sha256_hex(text.as_bytes())[..12].to_owned()
}

/// The previous run of a job: the one that was asked for; else the newest run of the same
/// lineage in the output folder with an earlier as-of day; of an undated table the last
/// published. `None` where there is none.
///
/// # Errors
///
/// The run that was asked for is not there, is not earlier, or cannot be read.
pub(super) fn previous(
    job: &Job,
    config: &Config,
    as_of: Option<Day>,
) -> Result<Option<Previous>, Failure> {
    let root = job.runs.parent().unwrap_or(Path::new(".")).to_owned();
    if let Some(asked) = &job.previous {
        let found = Previous::read(&find(asked, &root)?)?;
        if let (Some(before), Some(now)) = (found.as_of(), as_of)
            && before >= now
        {
            return Err(Failure {
                code: "E-JOB-002".into(),
                class: Class::Config,
                message: format!(
                    "the previous run {} is as of {before}, which is not before {now}",
                    found.manifest.run
                ),
                hint: Some(
                    "give an earlier run with --previous, or a later day with --as-of".into(),
                ),
            });
        }
        return Ok(Some(found));
    }
    let wanted = lineage(config);
    let is_own = |name: &String| -> Option<(Option<Day>, PathBuf)> {
        let folder = root.join("runs").join(name);
        let (manifest, _) = Manifest::read(&folder).ok()?;
        let day: Option<Day> = manifest.as_of.as_ref().and_then(|day| day.parse().ok());
        let earlier = match (day, as_of) {
            (Some(before), Some(now)) => before < now,
            (None, None) => true,
            _ => false,
        };
        (manifest.lineage == wanted && earlier).then_some((day, folder))
    };
    if as_of.is_none() {
        // Without days only the pointer knows which was published last.
        let last = current(&root).and_then(|folder| {
            let name = folder.file_name()?.to_string_lossy().into_owned();
            is_own(&name)
        });
        return last.map(|(_, folder)| Previous::read(&folder)).transpose();
    }
    let mut own: Vec<(Option<Day>, PathBuf)> = names(&root).iter().filter_map(is_own).collect();
    own.sort();
    let Some((day, _)) = own.last() else { return Ok(None) };
    // Of several of one day the one that `current` points to, else the last by name.
    let newest: Vec<&PathBuf> =
        own.iter().filter(|(other, _)| other == day).map(|(_, folder)| folder).collect();
    let pointed = current(&root);
    let chosen = newest
        .iter()
        .find(|folder| pointed.as_ref().is_some_and(|p| p.file_name() == folder.file_name()))
        .or(newest.last());
    chosen.map(|folder| Previous::read(folder)).transpose()
}
