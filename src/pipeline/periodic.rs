//! The periodic job: is there a previous run, do its segments still hold, and is this run
//! scored with its frozen model or fitted anew?

use std::collections::BTreeMap;

use super::against::{Against, drifts, placed, unjudged, verdict};
use super::job::{Event, Failure, Job, Observer};
use super::prepare::{Prepared, prepare, prepare_by};
use super::previous::{Previous, lineage, previous};
use crate::cluster::rules::{Cuts, Extra};
use crate::config::{Config, Mode};
use crate::fault::Class;
use crate::features::{self, Conformed};
use crate::finding::{Finding, Severity};
use crate::results::Advice;
use crate::said::{Fact, facts};
use crate::schema::Kind;
use crate::seed::Seed;
use crate::table::Id;

/// How this run begins.
pub(super) struct Begun {
    /// The table that is modelled.
    pub prepared: Prepared,
    /// The previous run with what it says of these customers.
    pub against: Option<Against>,
    /// Whether the customers are scored with its frozen model.
    pub scored: bool,
    /// The highest segment id that must not be used again.
    pub highest: u32,
}

impl Begun {
    /// The run's name. Of an undated table that was published last by the very same job it
    /// is that run's name, so that running twice publishes once.
    pub(super) fn run_name(&self, job: &Job) -> String {
        let Some(against) = &self.against else { return self.prepared.run_name(job.seed, None) };
        let manifest = &against.previous.manifest;
        let again = self.prepared.run_name(job.seed, manifest.previous.as_deref());
        if again == manifest.run {
            return again;
        }
        self.prepared.run_name(job.seed, Some(&manifest.run))
    }

    /// The name of the previous run.
    pub(super) fn previous(&self) -> Option<&str> {
        self.against.as_ref().map(|against| against.previous.manifest.run.as_str())
    }

    /// Keep, look or refit.
    pub(super) fn advice(&self) -> Option<Advice> {
        self.against.as_ref().map(|against| against.verdict.advice)
    }

    /// The columns that the frozen model needs, where the customers are scored with it.
    pub(super) fn needed(&self) -> Vec<String> {
        let scored = self.against.as_ref().filter(|_| self.scored);
        scored.map_or_else(Vec::new, |against| {
            against.previous.model.normaliser.needed().map(str::to_owned).collect()
        })
    }
}

/// Loads the table and decides.
///
/// # Errors
///
/// The input or the previous run cannot be read; scoring was asked for and there is no
/// previous run, or its model needs columns that are not there.
pub(super) fn begin(job: &Job, observer: &dyn Observer) -> Result<Begun, Failure> {
    let mode = job.config.job.mode;
    let input = &job.config.input;
    // The day of orders without one is the last of them, and of bare tables nothing is known.
    let known = job.bare.is_empty() && (input.as_of.is_some() || input.transactions.is_empty());
    let (fresh, config, as_of) = if known {
        (None, job.config.clone(), input.as_of)
    } else {
        let fresh = prepare(&job.config, &job.bare, &job.folder, observer)?;
        let (config, as_of) = (fresh.config.clone(), fresh.resolved.input.as_of);
        (Some(fresh), config, as_of)
    };
    let anew = |fresh: Option<Prepared>| match fresh {
        Some(fresh) => Ok(fresh),
        None => prepare(&job.config, &job.bare, &job.folder, observer),
    };
    let Some(found) = previous(job, &config, as_of)? else {
        if mode == Mode::Score {
            return Err(no_previous());
        }
        return Ok(Begun { prepared: anew(fresh)?, against: None, scored: false, highest: 0 });
    };
    let highest = highest(&found);
    observer.event(Event::stage("previous", format!("run {}", found.manifest.run)));
    let (mut prepared, against) = match place(job, &config, found, observer) {
        Ok(placed) => placed,
        Err(failure) if mode == Mode::Score || !failure.code.starts_with("E-JOB") => {
            return Err(failure);
        }
        Err(failure) => {
            let mut prepared = anew(fresh)?;
            let finding = Finding::new(
                "previous-not-comparable",
                Severity::Serious,
                facts!(why = Fact::Phrase(failure.message)),
            );
            observer.event(Event::Found(finding.clone()));
            prepared.findings.push(finding);
            return Ok(Begun { prepared, against: None, scored: false, highest });
        }
    };
    let told = against.verdict.advice;
    observer.event(Event::stage(
        "previous",
        format!("verdict {}: {}", told.name(), against.verdict.reasons.join("; ")),
    ));
    let scored = match mode {
        Mode::Auto => told != Advice::Refit,
        Mode::Score => true,
        Mode::Refit => false,
    };
    let findings = findings(&against, &config);
    if !scored {
        prepared = anew(fresh)?;
    }
    for finding in &findings {
        observer.event(Event::Found(finding.clone()));
    }
    prepared.findings.extend(findings);
    Ok(Begun { prepared, against: Some(against), scored, highest })
}

fn highest(previous: &Previous) -> u32 {
    let ids = previous.segment_ids();
    ids.into_iter().fold(previous.model.lineage.highest, u32::max)
}

fn no_previous() -> Failure {
    Failure {
        code: "E-JOB-003".into(),
        class: Class::Config,
        message: "there is no previous run to score with".into(),
        hint: Some("run once with --mode auto, or name a run with --previous".into()),
    }
}

/// What a reader should know of the comparison.
fn findings(against: &Against, config: &Config) -> Vec<Finding> {
    let previous = &against.previous;
    let mut findings = Vec::new();
    if previous.manifest.lineage != lineage(config) {
        findings.push(Finding::new(
            "previous-of-another-config",
            Severity::Warning,
            facts!(run = &previous.manifest.run),
        ));
    }
    if previous.config.report.currency != config.report.currency {
        findings.push(Finding::new("previous-of-another-currency", Severity::Serious, facts!()));
    }
    if previous.manifest.version != env!("CARGO_PKG_VERSION") {
        findings.push(Finding::new(
            "previous-of-another-version",
            Severity::Note,
            facts!(version = &previous.manifest.version),
        ));
    }
    let known = |id: &&Id| previous.ids.binary_search(id).is_ok();
    if !against.table.ids().values.iter().any(|id| known(&id)) {
        findings.push(Finding::new("disjoint-customers", Severity::Serious, facts!()));
    }
    findings
}

/// The config with the decisions of the previous run: roles, types, columns of orders, the
/// id and the label.
fn frozen(config: &Config, previous: &Previous) -> Config {
    let mut frozen = config.clone();
    frozen.features = previous.config.features.clone();
    frozen.input.id.clone_from(&previous.config.input.id);
    frozen.churn.label.clone_from(&previous.config.churn.label);
    frozen.churn.positive.clone_from(&previous.config.churn.positive);
    frozen
}

/// The customers by the previous model, and whether it still holds.
fn place(
    job: &Job,
    config: &Config,
    previous: Previous,
    observer: &dyn Observer,
) -> Result<(Prepared, Against), Failure> {
    let model = &previous.model;
    if config.segments.method != model.segmentation.method() {
        return Err(not_comparable(format!(
            "the previous run {} has segments by {}, not by {}",
            previous.manifest.run,
            model.segmentation.method().name(),
            config.segments.method.name()
        )));
    }
    let frozen = frozen(config, &previous);
    let mut prepared = prepare_by(&frozen, &[], &job.folder, observer, Some(model))
        .map_err(|failure| other_columns(&previous, failure))?;
    prepared.asked = config.clone();
    let Conformed { table, missing_columns, new_columns, unseen } =
        features::conform(&prepared.built.table, &model.schema)?;
    let needed: Vec<&str> = model.normaliser.needed().collect();
    let lacking: Vec<&str> =
        missing_columns.iter().map(String::as_str).filter(|name| needed.contains(name)).collect();
    if !lacking.is_empty() {
        return Err(not_comparable(format!(
            "the model of the previous run {} needs {}, which this input lacks",
            previous.manifest.run,
            lacking.join(", ")
        )));
    }
    prepared.findings.extend(strange(&missing_columns, &new_columns, &unseen));
    let histories = prepared.orders.as_ref().map(|orders| &orders.histories);
    let class = |cuts: &Cuts| cuts.labels(histories?, &Extra::default()).ok();
    let classes = model.rules.iter().filter_map(class).map(|labels| labels.column()).collect();
    let (assignments, matrix) = placed(model, &table, classes).map_err(|failure| {
        // A condition that asks for what only a new run knows.
        if failure.class == Class::Config { not_comparable(failure.message) } else { failure }
    })?;
    let as_of = prepared.resolved.input.as_of;
    let drift = drifts(&previous, &table, as_of)?;
    let mut against =
        Against { verdict: unjudged(), table: table.clone(), previous, assignments, matrix, drift };
    against.verdict = verdict(&against, config, as_of, Seed::new(job.seed));
    let reference = as_of.map(|day| day.to_string());
    prepared.built.table = table;
    prepared.built.schema = against.previous.model.schema.clone();
    for column in &mut prepared.built.schema.columns {
        if let (Kind::Day { reference: day }, Some(reference)) = (&mut column.kind, &reference) {
            day.clone_from(reference);
        }
    }
    Ok((prepared, against))
}

fn not_comparable(message: String) -> Failure {
    Failure {
        code: "E-JOB-004".into(),
        class: Class::Config,
        message,
        hint: Some("fit anew with --mode refit, or give the columns that the model needs".into()),
    }
}

/// What cannot be read as the previous run read it.
fn other_columns(previous: &Previous, failure: Failure) -> Failure {
    if failure.class != Class::Config && failure.class != Class::Input {
        return failure;
    }
    not_comparable(format!(
        "the input cannot be read as the previous run {} read its own: {}",
        previous.manifest.run, failure.message
    ))
}

fn strange(missing: &[String], new: &[String], unseen: &BTreeMap<String, u64>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !missing.is_empty() {
        findings.push(
            Finding::new(
                "columns-of-the-model-missing",
                Severity::Warning,
                facts!(columns = missing.to_vec()),
            )
            .count(missing.len()),
        );
    }
    if !new.is_empty() {
        findings.push(
            Finding::new(
                "columns-not-in-the-model",
                Severity::Note,
                facts!(columns = new.to_vec()),
            )
            .count(new.len()),
        );
    }
    for (column, &n) in unseen {
        findings.push(
            Finding::new("unseen-levels", Severity::Note, facts!(n = n))
                .column(column.clone())
                .count(usize::try_from(n).unwrap_or(usize::MAX)),
        );
    }
    findings
}
