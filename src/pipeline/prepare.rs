//! From files to the feature table: load, roles, features.

use std::path::Path;

use super::job::{Event, Failure, Observer};
use crate::config::{Config, place};
use crate::export::{customers, sha256_hex};
use crate::features::params::{TypeRule, TypeWord};
use crate::features::roles::{Asked, ColumnPlan, Plan, guess};
use crate::features::{self, Built, FeatureError, Params};
use crate::finding::{Finding, Severity};
use crate::load::{self, Accounting, Source};
use crate::normalise::{Impute, Log, complete_rows};
use crate::table::{BlockKind, Family, Role};

/// The table, ready for modelling, and everything that was decided on the way.
#[derive(Debug)]
pub struct Prepared {
    /// The file.
    pub source: Source,
    /// What each column is.
    pub plan: Plan,
    /// The feature table.
    pub built: Built,
    /// Rows in, rows used, and why the others were not.
    pub accounting: Accounting,
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
    let asked = Asked {
        id: input.id.as_deref(),
        label: config.churn.label.as_deref(),
        positive: config.churn.positive.as_deref(),
        params: &config.features,
    };
    let plan = guess(source.columns(), usize::try_from(rows).unwrap_or(usize::MAX), &asked)?;
    named_columns(config, &plan)?;
    for column in plan.columns.iter().filter(|column| column.guessed) {
        observer.event(role_event(column));
    }
    observer.event(Event::stage("features", ""));
    let frame = source.read(&plan.wanted())?;
    let mut built = features::build(&frame, &plan, input.as_of, config.report.min_cell)?;
    drop(frame);
    let accounting = drop_rows(&mut built, config, source.accounting())?;
    let mut findings = source.findings().to_vec();
    findings.extend(plan.findings.iter().cloned());
    findings.extend(built.findings.iter().cloned());
    for finding in &findings {
        observer.event(Event::Found(finding.clone()));
    }
    let resolved = resolve(config, &plan);
    Ok(Prepared { source, plan, built, accounting, resolved, findings })
}

/// Every column that the config names outside `[features]` must be there: a misspelt
/// `churn.drop` would leave a leak in.
fn named_columns(config: &Config, plan: &Plan) -> Result<(), Failure> {
    plan.knows("churn.drop", &config.churn.drop)?;
    plan.knows("churn.accept", &config.churn.accept)?;
    let weighted: Vec<String> = config.normalise.weights.keys().cloned().collect();
    plan.knows("normalise.weights", &weighted)?;
    if let Log::Columns(columns) = &config.normalise.log {
        plan.knows("normalise.log", columns)?;
    }
    match &plan.id {
        Some(id) if customers::NAMES.contains(&id.as_str()) => {
            Err(FeatureError::IdName { column: id.clone() }.into())
        }
        _ => Ok(()),
    }
}

fn role_event(column: &ColumnPlan) -> Event {
    let family = column.family.filter(|_| column.used).map(|family| format!(", {}", family.name()));
    Event::Role {
        column: column.name.clone(),
        role: format!("{}{}", column.role.name(), family.unwrap_or_default()),
        why: column.why.clone(),
    }
}

/// Under `impute = "drop-row"` a customer with a missing number is excluded and counted.
fn drop_rows(
    built: &mut Built,
    config: &Config,
    accounting: Accounting,
) -> Result<Accounting, Failure> {
    if config.normalise.impute != Impute::DropRow {
        return Ok(accounting);
    }
    let table = &built.table;
    let all: Vec<usize> = (0..table.n_customers()).collect();
    let columns: Vec<usize> = (0..table.columns().len()).collect();
    let kept = complete_rows(table, &columns, &all);
    let dropped = (all.len() - kept.len()) as u64;
    if dropped > 0 {
        built.findings.push(
            Finding::new(
                "rows-dropped",
                Severity::Warning,
                format!("{dropped} customers with a missing number are excluded"),
            )
            .count(dropped as usize)
            .advice("impute = \"median\" keeps them"),
        );
        built.table = table.take(&kept);
    }
    accounting
        .exclude(dropped)
        .ok_or_else(|| Failure::internal("the accounting of rows does not add up".into()))
}

/// Writes every guess into the config.
fn resolve(config: &Config, plan: &Plan) -> Config {
    let mut resolved = config.clone();
    resolved.input.id.clone_from(&plan.id);
    if let Some(label) = &plan.label {
        resolved.churn.label = Some(label.column.clone());
        resolved.churn.positive = Some(label.positive.clone());
    }
    resolved.features = decided(&config.features, plan);
    resolved
}

/// The features table with every guess written out, so that reading the same columns
/// again decides the same.
#[must_use]
pub fn decided(asked: &Params, plan: &Plan) -> Params {
    let mut params = asked.clone();
    let mut families = plan.families();
    let mut take = |family| families.remove(&family).unwrap_or_default();
    params.behavioural = take(Family::Behavioural);
    params.demographic = take(Family::Demographic);
    params.geographic = take(Family::Geographic);
    params.psychographic = take(Family::Psychographic);
    params.firmographic = take(Family::Firmographic);
    params.ignore = plan
        .columns
        .iter()
        .filter(|column| !column.used && !matches!(column.role, Role::Id | Role::Label))
        .map(|column| column.name.clone())
        .collect();
    for column in plan.columns.iter().filter(|column| column.used) {
        let rule = match column.role {
            Role::Number => TypeRule::Word(number_word(column)),
            Role::Flag => TypeRule::Word(TypeWord::Flag),
            // An order that was guessed is guessed again: a rare level is not written down.
            Role::Category if !column.levels.is_empty() => continue,
            Role::Category => TypeRule::Word(TypeWord::Category),
            Role::Date => TypeRule::Word(TypeWord::Date),
            _ => continue,
        };
        params.types.entry(column.name.clone()).or_insert(rule);
    }
    params
}

/// The word for a number, which says what it is in its block.
fn number_word(column: &ColumnPlan) -> TypeWord {
    match column.block.as_ref().map(|block| block.kind) {
        Some(BlockKind::Latitude) => TypeWord::Latitude,
        Some(BlockKind::Longitude) => TypeWord::Longitude,
        Some(BlockKind::Shares) => TypeWord::Share,
        Some(BlockKind::Items) | None => TypeWord::Number,
    }
}

impl Prepared {
    /// The name of the input file without its folder.
    #[must_use]
    pub fn file_name(&self) -> String {
        let shown = &self.source.facts().shown_as;
        let name = Path::new(shown).file_name();
        name.map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned())
    }

    /// The run's name: the as-of day and a hash of the input, the resolved config, the
    /// seed and the version.
    #[must_use]
    pub fn run_name(&self, seed: u64) -> String {
        let config = self.resolved.without_places().to_toml().unwrap_or_default();
        let facts = self.source.facts();
        let text = format!("{}\n{seed}\n{}\n{config}", env!("CARGO_PKG_VERSION"), facts.sha256);
        let hash = &sha256_hex(text.as_bytes())[..12];
        self.resolved
            .input
            .as_of
            .map_or_else(|| format!("undated-{hash}"), |day| format!("{day}-{hash}"))
    }
}
