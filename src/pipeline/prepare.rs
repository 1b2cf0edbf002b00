//! From files to the feature table: load, roles, purchases, joins.

use std::collections::BTreeSet;
use std::path::Path;

use super::arrange::{Bare, arrange};
use super::customers;
use super::dress::Dress;
use super::job::{Event, Failure, Observer};
use super::joins::{self, Onto};
use super::leave_out;
use super::purchases;
use super::resolve::resolve;
use super::sources::Opener;
use super::tables::TableRead;
use crate::config::{Config, Origin, TableRole};
use crate::day::Day;
use crate::export::{customers as columns, sha256_hex};
use crate::features::roles::{ColumnPlan, Plan};
use crate::features::transactions::OrderPlan;
use crate::features::{Built, FeatureError};
use crate::finding::Finding;
use crate::model::Model;
use crate::normalise::Log;
use crate::orders::{Histories, Learnt, LineCounts};

/// The table, ready for modelling, and everything that was decided on the way.
#[derive(Debug)]
pub struct Prepared {
    /// The table that the customers come from: the customer table, else the purchases.
    pub main: TableRead,
    /// The other tables.
    pub others: Vec<TableRead>,
    /// What each column of the feature table is, with the id and the outcome.
    pub plan: Plan,
    /// The feature table.
    pub built: Built,
    /// The purchases of the customers in the feature table, in its order.
    pub orders: Option<Orders>,
    /// The config with the parts of bare tables.
    pub config: Config,
    /// The config as it was asked for, before a previous run's decisions.
    pub asked: Config,
    /// The config with every guess written out; runs again as it is.
    pub resolved: Config,
    /// What the report wears; the usual until a run says otherwise.
    pub dress: Dress,
    /// Everything noticed so far.
    pub findings: Vec<Finding>,
}

/// The purchases.
#[derive(Debug)]
pub struct Orders {
    /// How the lines were read.
    pub plan: OrderPlan,
    /// Columns of the lines that became columns of the customers.
    pub attributes: Vec<String>,
    /// Who ordered when and for how much; the customers of the feature table.
    pub histories: Histories,
    /// Where every line went.
    pub counts: LineCounts,
    /// What other customers are to be measured by.
    pub learnt: Learnt,
    /// The share of each customer's lines that were bought at a discount, as it is.
    pub discount_shares: Option<Vec<f64>>,
    /// Recent events of each customer, where a table has them.
    pub engagement: Option<Vec<f64>>,
    /// The last score of each customer, where a table has them; NaN where there is none.
    pub feedback: Option<Vec<f64>>,
}

/// Loads the tables, finds out what each column is, and builds the feature table. `bare`
/// are tables in place of those that the config names.
///
/// # Errors
///
/// A table cannot be read, or its columns do not fit the config.
pub fn prepare(
    config: &Config,
    bare: &[String],
    folder: &Path,
    observer: &dyn Observer,
) -> Result<Prepared, Failure> {
    prepare_by(config, bare, folder, observer, None)
}

/// As [`prepare`]; with a frozen model customers are measured as its run measured them, and
/// no level is pooled, because the model's own levels follow.
///
/// # Errors
///
/// As [`prepare`].
pub(super) fn prepare_by(
    config: &Config,
    bare: &[String],
    folder: &Path,
    observer: &dyn Observer,
    frozen: Option<&Model>,
) -> Result<Prepared, Failure> {
    let mut config = config.clone();
    let mut noticed = Vec::new();
    let mut opener = Opener::new(folder, observer);
    if !bare.is_empty() {
        let open = |path: &String| {
            let origin = Origin::File(path.clone());
            let source = opener.stream("the command line", &origin, &config.input)?;
            Ok(Bare { path: path.clone(), source })
        };
        let tables: Vec<Bare> = bare.iter().map(open).collect::<Result<_, Failure>>()?;
        let (input, findings) = arrange(&tables, &config.input, &config.features.transactions)?;
        for table in tables {
            opener.keep(table.path, table.source);
        }
        config.input = input;
        noticed = findings;
    }
    config.check()?;
    let min_cell = config.report.min_cell;
    if frozen.is_some() {
        config.report.min_cell = 1;
    }
    let orders = frozen.and_then(|model| model.orders.as_ref());
    let bought = purchases::read(&config, &mut opener, observer, orders)?;
    let as_of = config.input.as_of.or(bought.as_ref().map(|bought| bought.ordered.as_of));
    let mut table = match customers::read(&config, &mut opener, as_of, observer)? {
        Some(customers) => customers::with_purchases(customers, bought, &config)?,
        None => match bought {
            Some(bought) => customers::of_purchases(bought, &config)?,
            None => return Err(Failure::internal("no table was read".into())),
        },
    };
    leave_out::exclude(&mut table, &config, folder)?;
    let plan = &table.plan;
    for column in plan.columns.iter().filter(|column| column.guessed) {
        observer.event(role_event(column));
    }
    join_others(&mut table, &config, &mut opener, as_of)?;
    leave_out::not_meant(&mut table, &config)?;
    leave_out::drop_rows(&mut table, &config)?;
    named_columns(&config, &table.plan)?;
    noticed.extend(table.findings);
    for finding in &noticed {
        observer.event(Event::Found(finding.clone()));
    }
    config.report.min_cell = min_cell;
    let resolved = resolve(&config, &table.plan, table.lines.as_ref(), as_of, &table.derived);
    Ok(Prepared {
        main: table.main,
        others: table.others,
        plan: table.plan,
        built: table.built,
        orders: table.orders,
        asked: config.clone(),
        config,
        resolved,
        dress: Dress::default(),
        findings: noticed,
    })
}

/// Joins the further tables, products aside: these were joined to the purchase lines.
fn join_others(
    table: &mut customers::Made,
    config: &Config,
    opener: &mut Opener<'_>,
    as_of: Option<Day>,
) -> Result<(), Failure> {
    for (name, joined) in &config.input.tables {
        if joined.role == TableRole::Products {
            continue;
        }
        let key = format!("input.tables.{name}.path");
        let source = opener.open(&key, &joined.path, &config.input)?;
        let onto = Onto {
            ids: table.built.table.ids(),
            customers: table.source.as_ref(),
            as_of,
            params: &config.features,
            min_cell: config.report.min_cell,
        };
        let addition = joins::join(name, joined, &source, &onto)?;
        let mut read = TableRead::new(name, joined.role.name(), &source);
        read.join = Some(addition.counts);
        table.add(name, read, joined.role, addition, &config.features)?;
        table.findings.extend(source.findings().iter().cloned());
    }
    Ok(())
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
    for (key, name) in config.features.named() {
        plan.knows(&format!("features.{key}"), &[name.to_owned()])?;
    }
    match &plan.id {
        Some(id) if columns::NAMES.contains(&id.as_str()) => {
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

impl Prepared {
    /// All tables, the main one first.
    pub fn tables(&self) -> impl Iterator<Item = &TableRead> {
        std::iter::once(&self.main).chain(&self.others)
    }

    /// The names of all input files without their folders.
    #[must_use]
    pub fn file_names(&self) -> Vec<String> {
        self.tables().flat_map(TableRead::file_names).collect()
    }

    /// The bytes of all input files.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.tables().flat_map(|table| &table.files).map(|file| file.bytes).sum()
    }

    /// The run's name: the as-of day and a hash of the inputs, the resolved config, the
    /// look and templates of one's own, the seed, the version and the name of the previous run.
    #[must_use]
    pub fn run_name(&self, seed: u64, previous: Option<&str>) -> String {
        let config = self.resolved.without_places().to_toml().unwrap_or_default();
        let sums: BTreeSet<(&str, &str)> = self
            .tables()
            .flat_map(|table| {
                table.files.iter().map(|file| (table.name.as_str(), file.sha256.as_str()))
            })
            .collect();
        let sums: Vec<String> = sums.iter().map(|(name, sum)| format!("{name} {sum}")).collect();
        let previous = previous.map_or_else(String::new, |run| format!("previous {run}\n"));
        let version = env!("CARGO_PKG_VERSION");
        let dress = self.dress.fingerprint();
        let text = format!("{version}\n{seed}\n{previous}{dress}{}\n{config}", sums.join("\n"));
        let hash = &sha256_hex(text.as_bytes())[..12];
        self.resolved
            .input
            .as_of
            .map_or_else(|| format!("undated-{hash}"), |day| format!("{day}-{hash}"))
    }
}
