//! From files to the feature table: load, roles, features.

use std::path::Path;

use super::job::{Event, Failure, Observer};
use crate::config::{Config, place};
use crate::export::sha256_hex;
use crate::features::{self, Built, Plan};
use crate::finding::Finding;
use crate::load::{self, Source};

/// The table, ready for modelling, and everything that was decided on the way.
#[derive(Debug)]
pub struct Prepared {
    /// The file.
    pub source: Source,
    /// What each column is.
    pub plan: Plan,
    /// The feature table.
    pub built: Built,
    /// The config with every guess written out; runs again as it is.
    pub resolved: Config,
    /// Everything noticed so far.
    pub findings: Vec<Finding>,
}

/// Loads the customers, finds out what each column is, and builds the feature table.
///
/// # Errors
///
/// The file cannot be read, or its columns do not fit the config.
pub fn prepare(
    config: &Config,
    folder: &Path,
    observer: &dyn Observer,
) -> Result<Prepared, Failure> {
    let input = &config.input;
    observer.event(Event::stage("load", input.customers.clone()));
    let path = place(folder, &input.customers);
    let source = load::open(&path, &input.customers, &input.csv, input.max_bad_rows)?;
    let rows = source.accounting().used;
    observer.event(Event::stage(
        "load",
        format!("{rows} rows, {} columns, {}", source.columns().len(), source.facts().dialect),
    ));
    let asked = features::Asked {
        id: input.id.as_deref(),
        label: config.churn.label.as_deref(),
        positive: config.churn.positive.as_deref(),
        params: &config.features,
    };
    let plan = features::guess(source.columns(), usize::try_from(rows).unwrap_or(usize::MAX), &asked)?;
    for column in plan.columns.iter().filter(|column| column.guessed) {
        observer.event(role_event(column));
    }
    observer.event(Event::stage("features", ""));
    let frame = source.read(&plan.wanted())?;
    let built = features::build(&frame, &plan, input.as_of, config.report.min_cell)?;
    drop(frame);
    let mut findings = source.findings().to_vec();
    findings.extend(plan.findings.iter().cloned());
    findings.extend(built.findings.iter().cloned());
    for finding in &findings {
        observer.event(Event::Found(finding.clone()));
    }
    let resolved = resolve(config, &plan);
    Ok(Prepared { source, plan, built, resolved, findings })
}

fn role_event(column: &features::ColumnPlan) -> Event {
    let family = column.family.filter(|_| column.used).map(|family| format!(", {}", family.name()));
    Event::Role {
        column: column.name.clone(),
        role: format!("{}{}", features::role_name(column.role), family.unwrap_or_default()),
        why: column.why.clone(),
    }
}

/// Writes every guess into the config.
fn resolve(config: &Config, plan: &Plan) -> Config {
    let mut resolved = config.clone();
    resolved.input.id.clone_from(&plan.id);
    if let Some(label) = &plan.label {
        resolved.churn.label = Some(label.column.clone());
        resolved.churn.positive = Some(label.positive.clone());
    }
    resolved.features = plan.resolved(&config.features);
    resolved
}

impl Prepared {
    /// The run's name: the as-of day and a hash of the input, the resolved config, the
    /// seed and the version.
    #[must_use]
    pub fn run_name(&self, seed: u64) -> String {
        let config = self.resolved.without_places().to_toml().unwrap_or_default();
        let facts = self.source.facts();
        let text =
            format!("{}\n{seed}\n{}\n{config}", env!("CARGO_PKG_VERSION"), facts.sha256);
        let hash = &sha256_hex(text.as_bytes())[..12];
        self.resolved
            .input
            .as_of
            .map_or_else(|| format!("undated-{hash}"), |day| format!("{day}-{hash}"))
    }
}
