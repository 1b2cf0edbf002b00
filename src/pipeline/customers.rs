//! The feature table: from the customer table, from the purchases, or from both, and then
//! whatever joins to it.

use std::collections::BTreeSet;

use super::job::{Event, Failure, Observer};
use super::joins::Addition;
use super::prepare::Orders;
use super::purchases::Bought;
use super::sources::Opener;
use super::tables::TableRead;
use crate::config::{Config, TableRole};
use crate::day::Day;
use crate::features::roles::{Asked, ColumnPlan, Plan, guess};
use crate::features::transactions::{Known, OrderPlan};
use crate::features::{self, Built, Params};
use crate::finding::{Finding, Severity};
use crate::load::Source;
use crate::orders::features::TABLE as FEATURES;
use crate::said::facts;
use crate::schema::Schema;
use crate::table::{Column, FeatureTable};

/// What the table of purchase lines is called.
pub(super) const TABLE: &str = "transactions";
/// What stands between a table and a column of it whose name is taken.
pub(super) const PREFIX: &str = "_";

/// The feature table on its way.
pub(super) struct Made {
    /// The table that the customers come from.
    pub main: TableRead,
    /// The other tables.
    pub others: Vec<TableRead>,
    /// What each column of the feature table is.
    pub plan: Plan,
    /// The feature table.
    pub built: Built,
    /// The customer table as it was read, where there is one.
    pub source: Option<Source>,
    /// The purchases of these customers.
    pub orders: Option<Orders>,
    /// How the purchase lines were read.
    pub lines: Option<OrderPlan>,
    /// The columns that are made from purchases or joined, by name.
    pub derived: BTreeSet<String>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// Reads the customer table, where there is one.
///
/// # Errors
///
/// The table cannot be read, or its columns do not fit the config.
pub(super) fn read(
    config: &Config,
    opener: &mut Opener<'_>,
    as_of: Option<Day>,
    observer: &dyn Observer,
) -> Result<Option<Made>, Failure> {
    let input = &config.input;
    if input.customers.is_empty() {
        return Ok(None);
    }
    let source = opener.open("input.customers", &input.customers, input)?;
    let has = |name: &str| source.columns().iter().any(|seen| seen.name == name);
    // What the config says of columns that are made later is none of this table's business.
    let alone = input.transactions.is_empty() && input.tables.is_empty();
    let params = if alone { config.features.clone() } else { config.features.within(has) };
    let asked = Asked {
        id: input.id.as_deref(),
        label: config.churn.label.as_deref(),
        positive: config.churn.positive.as_deref(),
        params: &params,
    };
    let rows = usize::try_from(source.accounting().used).unwrap_or(usize::MAX);
    let plan = guess(source.columns(), rows, &asked)?;
    observer.event(Event::stage("features", ""));
    let wanted = plan.wanted();
    let built = features::build_rows(source.rows(&wanted)?, &plan, as_of, config.report.min_cell)?;
    let mut findings = source.findings().to_vec();
    // Where a column names every row, no two rows are equal in every column.
    if plan.id.is_none() {
        findings.extend(source.twins()?);
    }
    findings.extend(plan.findings.iter().cloned());
    findings.extend(built.findings.iter().cloned());
    Ok(Some(Made {
        main: TableRead::new("customers", "customers", &source).planned(&plan.columns),
        others: Vec::new(),
        plan,
        built,
        source: Some(source),
        orders: None,
        lines: None,
        derived: BTreeSet::new(),
        findings,
    }))
}

/// Adds the purchases to the customers; customers without one are left out by rule, and
/// purchases of nobody in the table are counted.
///
/// # Errors
///
/// No customer is left.
pub(super) fn with_purchases(
    mut made: Made,
    bought: Option<Bought>,
    config: &Config,
) -> Result<Made, Failure> {
    let Some(bought) = bought else { return Ok(made) };
    let theirs = &bought.ordered.ids.values;
    let ids = &made.built.table.ids().values;
    let pairs: Vec<(usize, usize)> = ids
        .iter()
        .enumerate()
        .filter_map(|(own, id)| theirs.binary_search(id).ok().map(|other| (own, other)))
        .collect();
    if pairs.is_empty() {
        return Err(super::joins::refuse(
            "transactions",
            "no purchase of a customer in the customer table",
            None,
        ));
    }
    let (own, others): (Vec<usize>, Vec<usize>) = pairs.into_iter().unzip();
    let without = ids.len() - own.len();
    let strangers = theirs.len() - others.len();
    if without > 0 {
        made.findings.push(
            Finding::new(
                "customers-without-purchase_customers",
                Severity::Warning,
                facts!(n = without),
            )
            .count(without),
        );
    }
    if strangers > 0 {
        made.findings.push(
            Finding::new("purchases-of-strangers", Severity::Warning, facts!(n = strangers))
                .count(strangers),
        );
    }
    made.keep(&own)?;
    let rows: Vec<Option<usize>> = others.iter().copied().map(Some).collect();
    let columns = bought
        .ordered
        .columns
        .iter()
        .map(|column| Column { values: column.values.take_known(&rows), ..column.clone() })
        .collect();
    let plans = plans(&bought.ordered.columns);
    made.orders = Some(Orders {
        plan: bought.plan.clone(),
        attributes: Vec::new(),
        histories: bought.ordered.histories.take(&others),
        counts: bought.ordered.counts,
        learnt: bought.ordered.learnt,
        discount_shares: bought
            .ordered
            .discount_shares
            .map(|shares| others.iter().map(|&row| shares[row]).collect()),
        engagement: None,
        feedback: None,
    });
    made.others.push(bought.read);
    made.others.extend(bought.products);
    made.lines = Some(bought.plan);
    made.findings.extend(bought.findings);
    made.adopt(TABLE, columns, plans, &config.features)?;
    made.describe(bought.known, Some(&rows), &config.features)?;
    Ok(made)
}

/// The feature table of the purchases alone.
///
/// # Errors
///
/// No feature is left.
pub(super) fn of_purchases(bought: Bought, config: &Config) -> Result<Made, Failure> {
    let ordered = bought.ordered;
    let name = ordered.ids.name.clone();
    let id = ColumnPlan::id(&name, "the customer of each purchase line");
    let plan = Plan { id: Some(name), label: None, columns: vec![id], findings: Vec::new() };
    let table =
        FeatureTable::new(ordered.ids, Vec::new(), None).map_err(features::FeatureError::from)?;
    let as_of = ordered.as_of;
    let built = Built {
        schema: Schema::of(&table, Some(as_of)),
        table,
        reference_day: Some(as_of.to_string()),
        findings: Vec::new(),
    };
    let mut made = Made {
        main: bought.read,
        others: bought.products,
        plan,
        built,
        source: None,
        orders: Some(Orders {
            plan: bought.plan.clone(),
            attributes: Vec::new(),
            histories: ordered.histories,
            counts: ordered.counts,
            learnt: ordered.learnt,
            discount_shares: ordered.discount_shares,
            engagement: None,
            feedback: None,
        }),
        lines: Some(bought.plan),
        derived: BTreeSet::new(),
        findings: bought.findings,
    };
    let plans = plans(&ordered.columns);
    made.adopt(TABLE, ordered.columns, plans, &config.features)?;
    made.describe(bought.known, None, &config.features)?;
    Ok(made)
}

/// What the columns of the purchases are.
fn plans(columns: &[Column]) -> Vec<ColumnPlan> {
    let why = |name: &str| {
        let described = FEATURES.iter().find(|described| described.is_of(name));
        described.map_or_else(String::new, |described| described.formula.to_owned())
    };
    columns.iter().map(|column| ColumnPlan::made(column, why(&column.name))).collect()
}

impl Made {
    /// Adds what a further table says of the customers.
    ///
    /// # Errors
    ///
    /// As [`Made::adopt`].
    pub(super) fn add(
        &mut self,
        name: &str,
        read: TableRead,
        role: TableRole,
        addition: Addition,
        params: &Params,
    ) -> Result<(), Failure> {
        self.others.push(read.planned(&addition.plans));
        self.findings.extend(addition.findings);
        if let (Some(orders), Some(signal)) = (&mut self.orders, addition.signal) {
            let place = match role {
                TableRole::Feedback => &mut orders.feedback,
                _ => &mut orders.engagement,
            };
            *place = Some(match place.take() {
                Some(before) => added(&before, &signal),
                None => signal,
            });
        }
        self.adopt(name, addition.columns, addition.plans, params)
    }

    /// Adds what the purchase lines say of the customers beside their orders, `rows` of
    /// them; what a customer table says by the same name goes before.
    fn describe(
        &mut self,
        known: Known,
        rows: Option<&[Option<usize>]>,
        params: &Params,
    ) -> Result<(), Failure> {
        let taken = |name: &str| self.plan.columns.iter().any(|column| column.name == name);
        let own = known.columns.into_iter().zip(known.plans);
        let own = own.filter(|(column, _)| !taken(&column.name));
        let (columns, plans): (Vec<Column>, Vec<ColumnPlan>) = own
            .map(|(column, plan)| match rows {
                Some(rows) => (Column { values: column.values.take_known(rows), ..column }, plan),
                None => (column, plan),
            })
            .unzip();
        if let Some(orders) = &mut self.orders {
            let ignored = |name: &String| params.ignore.contains(name);
            let names = columns.iter().map(|column| column.name.clone());
            orders.attributes = names.filter(|name| !ignored(name)).collect();
        }
        self.adopt(TABLE, columns, plans, params)
    }

    /// Takes columns in that are made from another table; a name that is taken already
    /// gets the table's name in front.
    fn adopt(
        &mut self,
        table: &str,
        columns: Vec<Column>,
        plans: Vec<ColumnPlan>,
        params: &Params,
    ) -> Result<(), Failure> {
        let mut taken: BTreeSet<String> =
            self.plan.columns.iter().map(|column| column.name.clone()).collect();
        let mut more = Vec::new();
        for (mut column, mut plan) in columns.into_iter().zip(plans) {
            if taken.contains(&column.name) {
                column.name = format!("{table}{PREFIX}{}", column.name);
            }
            plan.name.clone_from(&column.name);
            taken.insert(column.name.clone());
            self.derived.insert(column.name.clone());
            if let Some(family) = params.family_of(&column.name) {
                column.family = family;
                plan.family = Some(family);
            }
            if params.ignore.contains(&column.name) {
                plan.used = false;
                "ignored in the config".clone_into(&mut plan.why);
            } else {
                more.push(column);
            }
            self.plan.columns.push(plan);
        }
        let table = self.built.table.clone().with(more).map_err(features::FeatureError::from)?;
        self.built.table = table;
        self.freeze();
        Ok(())
    }

    /// Keeps the given customers; the others are excluded by rule.
    ///
    /// # Errors
    ///
    /// Never where the rows were counted right.
    pub(super) fn keep(&mut self, rows: &[usize]) -> Result<(), Failure> {
        let dropped = self.built.table.n_customers() - rows.len();
        self.built.table = self.built.table.take(rows);
        if let Some(orders) = &mut self.orders {
            orders.histories = orders.histories.take(rows);
            let lists = [&mut orders.discount_shares, &mut orders.engagement, &mut orders.feedback];
            for signal in lists.into_iter().flatten() {
                *signal = rows.iter().map(|&row| signal[row]).collect();
            }
        }
        // Rows of purchases are no customers: theirs are counted line by line.
        if self.source.is_some() {
            self.main.accounting =
                self.main.accounting.exclude(dropped as u64).ok_or_else(|| {
                    Failure::internal("the accounting of rows does not add up".into())
                })?;
        }
        self.freeze();
        Ok(())
    }

    /// Writes the schema down again after the table has changed.
    fn freeze(&mut self) {
        let reference = self.built.reference_day.as_ref().and_then(|day| day.parse().ok());
        self.built.schema = Schema::of(&self.built.table, reference);
    }
}

/// The sum of two signals; what is known of one of them only stays.
fn added(a: &[f64], b: &[f64]) -> Vec<f64> {
    let sum = |(&a, &b): (&f64, &f64)| match (a.is_nan(), b.is_nan()) {
        (true, _) => b,
        (_, true) => a,
        _ => a + b,
    };
    a.iter().zip(b).map(sum).collect()
}
