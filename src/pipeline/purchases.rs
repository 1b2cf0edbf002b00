//! The purchase lines: opened, joined with what is known of products, and summed up to
//! what is known of each customer.

use std::collections::BTreeMap;

use polars::prelude::{
    Column, DataFrame, Float64Chunked, IntoColumn, NewChunkedArray, StringChunked,
};

use super::job::{Event, Failure, Observer};
use super::joins::JoinCounts;
use super::sources::{self, Opener};
use super::tables::TableRead;
use crate::config::{Config, Joined, TableRole};
use crate::features::transactions::{self, Asked, Builder, Known, OrderPlan, Ordered};
use crate::finding::{Finding, Severity};
use crate::load::{Kind, ReadAs, SeenColumn, Source, Wanted};
use crate::orders::Frozen;
use crate::said::facts;

/// What the purchase lines came to, and how they were read.
pub(super) struct Bought {
    /// Orders, features and counts.
    pub ordered: Ordered,
    /// How the lines were read.
    pub plan: OrderPlan,
    /// What the lines say of the customers beside their orders.
    pub known: Known,
    /// The table of lines.
    pub read: TableRead,
    /// The tables that were joined to the lines.
    pub products: Vec<TableRead>,
    /// What was noticed.
    pub findings: Vec<Finding>,
}

/// A table of which every row is named by a key of the purchase lines.
struct Lookup {
    name: String,
    /// The column of the lines that holds the key.
    on: String,
    rows: BTreeMap<String, usize>,
    columns: Vec<(SeenColumn, DataFrame)>,
    read: TableRead,
    counts: JoinCounts,
    met: Vec<bool>,
}

/// Reads the purchases, where there are any; with `frozen` customers are measured as there.
///
/// # Errors
///
/// A table that cannot be read, or lines that cannot be what the config says.
pub(super) fn read(
    config: &Config,
    opener: &mut Opener<'_>,
    observer: &dyn Observer,
    frozen: Option<&Frozen>,
) -> Result<Option<Bought>, Failure> {
    let input = &config.input;
    if input.transactions.is_empty() {
        return Ok(None);
    }
    let source = opener.stream("input.transactions", &input.transactions, input)?;
    let mut lookups = lookups(config, opener, &source)?;
    let mut columns = source.columns().to_vec();
    columns.extend(
        lookups.iter().flat_map(|lookup| lookup.columns.iter().map(|(seen, _)| seen.clone())),
    );
    let has = |name: &&str| columns.iter().any(|seen| seen.name == *name);
    let asked = Asked {
        id: input.id.as_deref().filter(|id| input.customers.is_empty() || has(id)),
        params: &config.features.transactions,
    };
    let mut plan = transactions::plan(&columns, &asked)?;
    if let Some(frozen) = frozen {
        plan.attributes.retain(|name| frozen.attributes.contains(name));
    }
    for part in plan.parts.iter().filter(|part| part.guessed) {
        observer.event(Event::Role {
            column: part.column.clone(),
            role: part.part.name().to_owned(),
            why: part.why.clone(),
        });
    }
    observer.event(Event::stage("features", "summing up purchases"));
    let mut builder = match frozen {
        Some(frozen) => Builder::frozen(&plan, frozen, input.as_of, None)?,
        None => Builder::new(&plan, input.as_of)?,
    };
    if lookups.is_empty() {
        builder.read::<Failure>(&source)?;
    } else {
        let wanted = own_wanted(&plan, &source, &lookups);
        source.each_batch(&wanted, &mut |frame: DataFrame| {
            let frame = lookups.iter_mut().try_fold(frame, |frame, lookup| lookup.join(frame))?;
            Ok::<(), Failure>(builder.push(&frame)?)
        })?;
    }
    let learnt = frozen.map(|frozen| &frozen.learnt);
    let ordered = builder.finish(config.report.min_cell, learnt)?;
    let min_cell = config.report.min_cell;
    let known = transactions::known(&ordered, &columns, &config.features, min_cell)?;
    Ok(Some(gathered(ordered, (plan, known), &source, lookups)?))
}

/// The columns to read of the lines themselves: those of the plan that are theirs, and the
/// keys of the tables that are joined to them.
fn own_wanted(plan: &OrderPlan, source: &Source, lookups: &[Lookup]) -> Vec<Wanted> {
    let own = |wanted: &Wanted| source.columns().iter().any(|seen| seen.name == wanted.column);
    let mut wanted: Vec<Wanted> = plan.wanted().into_iter().filter(own).collect();
    for lookup in lookups {
        match wanted.iter_mut().find(|wanted| wanted.column == lookup.on) {
            Some(wanted) => wanted.read_as = ReadAs::Text,
            None => wanted.push(Wanted { column: lookup.on.clone(), read_as: ReadAs::Text }),
        }
    }
    wanted
}

fn gathered(
    ordered: Ordered,
    (plan, known): (OrderPlan, Known),
    source: &Source,
    lookups: Vec<Lookup>,
) -> Result<Bought, Failure> {
    let mut read = TableRead::new("transactions", "transactions", source).parts(&plan);
    read.describe(&known.plans);
    let rejected = source.accounting().rejected;
    let ordered = Ordered { counts: ordered.counts.with_rejected(rejected), ..ordered };
    if !ordered.counts.add_up() {
        return Err(Failure::internal("the accounting of purchase lines does not add up".into()));
    }
    read.accounting = source
        .accounting()
        .exclude(ordered.counts.n_excluded())
        .ok_or_else(|| Failure::internal("the accounting of rows does not add up".into()))?;
    let mut findings = source.findings().to_vec();
    findings.extend(ordered.findings.iter().cloned());
    findings.extend(known.findings.iter().cloned());
    let mut products = Vec::new();
    for mut lookup in lookups {
        lookup.counts.joined = lookup.met.iter().filter(|met| **met).count() as u64;
        lookup.counts.unmatched = lookup.rows.len() as u64 - lookup.counts.joined;
        findings.extend(lookup.finding());
        lookup.read.join = Some(lookup.counts);
        for column in &mut lookup.read.columns {
            let part = |part: &&transactions::PartPlan| part.column == column.name;
            if let Some(part) = plan.parts.iter().find(part) {
                part.part.name().clone_into(&mut column.role);
                column.why.clone_from(&part.why);
                column.used = true;
            }
        }
        products.push(lookup.read);
    }
    Ok(Bought { ordered, plan, known, read, products, findings })
}

/// Opens the tables that are joined to the lines.
fn lookups(
    config: &Config,
    opener: &mut Opener<'_>,
    lines: &Source,
) -> Result<Vec<Lookup>, Failure> {
    let mut lookups = Vec::new();
    for (name, joined) in &config.input.tables {
        if joined.role != TableRole::Products {
            continue;
        }
        let key = format!("input.tables.{name}.path");
        let source = opener.open(&key, &joined.path, &config.input)?;
        lookups.push(Lookup::new(name, joined, &source, lines)?);
    }
    Ok(lookups)
}

impl Lookup {
    fn new(name: &str, joined: &Joined, source: &Source, lines: &Source) -> Result<Self, Failure> {
        let on = on_column(name, joined, source, lines)?;
        let id = joined.id.clone().unwrap_or_else(|| on.clone());
        let id = super::joins::column(name, source, &id)?;
        let mut rows = BTreeMap::new();
        let keys = sources::texts(source, &id)?;
        for (row, key) in keys.iter().enumerate() {
            let Some(key) = key else { continue };
            if let Some(first) = rows.insert(key.clone(), row) {
                return Err(crate::features::FeatureError::DuplicateIds {
                    column: id,
                    repeated: keys.len() - rows.len(),
                    first: first + 1,
                    second: row + 1,
                }
                .into());
            }
        }
        let taken = |column: &str| lines.columns().iter().any(|seen| seen.name == column);
        let mut columns = Vec::new();
        for seen in source.columns().iter().filter(|seen| seen.name != id && !taken(&seen.name)) {
            let read_as = match seen.kind {
                Kind::Integer | Kind::Decimal => ReadAs::Number,
                Kind::Text => ReadAs::Text,
                Kind::Day { .. } | Kind::Empty => continue,
            };
            let frame = source.read(&[Wanted { column: seen.name.clone(), read_as }])?;
            columns.push((seen.clone(), frame));
        }
        let met = vec![false; keys.len()];
        let read = TableRead::new(name, joined.role.name(), source);
        let counts = JoinCounts::default();
        Ok(Self { name: name.to_owned(), on, rows, columns, read, counts, met })
    }

    /// Adds the columns to a frame of lines.
    fn join(&mut self, mut frame: DataFrame) -> Result<DataFrame, Failure> {
        let lost = |_| Failure::internal(format!("the key {} was not read", self.on));
        let keys = frame.column(&self.on).and_then(|keys| keys.str().cloned()).map_err(lost)?;
        let place = |key: Option<&str>| key.and_then(|key| self.rows.get(key).copied());
        let rows: Vec<Option<usize>> = keys.iter().map(place).collect();
        for (key, row) in keys.iter().zip(&rows) {
            match (key, row) {
                (_, Some(row)) => self.met[*row] = true,
                (None, None) => self.counts.without_key += 1,
                (Some(_), None) => self.counts.without_row += 1,
            }
        }
        let mut more: Vec<Column> = Vec::new();
        for (seen, values) in &self.columns {
            more.push(taken(values, &seen.name, &rows)?);
        }
        frame.hstack_mut(&more).map_err(lost)?;
        Ok(frame)
    }

    fn finding(&self) -> Option<Finding> {
        let lines = self.counts.without_row;
        (lines > 0 || self.counts.unmatched > 0).then(|| {
            let told = facts!(
                table = &self.name,
                lines = lines,
                n = self.counts.unmatched,
                of = self.rows.len(),
            );
            Finding::new("rows-not-joined_lines", Severity::Warning, told)
                .count(usize::try_from(lines).unwrap_or(usize::MAX))
        })
    }
}

/// The column of the lines that holds the key.
fn on_column(
    name: &str,
    joined: &Joined,
    source: &Source,
    lines: &Source,
) -> Result<String, Failure> {
    if let Some(on) = &joined.on {
        return super::joins::column("transactions", lines, on);
    }
    if let Some(id) = &joined.id {
        return super::joins::column("transactions", lines, id);
    }
    let shared = source.columns().iter().find_map(|seen| lines.column_like(&seen.name));
    let shared = shared.map(|seen| seen.name.clone());
    shared.ok_or_else(|| {
        super::joins::refuse(name, "no column that the purchases have too", Some("on"))
    })
}

/// The values of the given rows; missing where there is no row.
fn taken(values: &DataFrame, name: &str, rows: &[Option<usize>]) -> Result<Column, Failure> {
    let lost = |_| Failure::internal(format!("column {name} was not read"));
    let column = values.column(name).map_err(lost)?;
    if let Ok(texts) = column.str() {
        let taken: Vec<Option<&str>> = rows.iter().map(|row| texts.get((*row)?)).collect();
        return Ok(StringChunked::from_slice_options(name.into(), &taken).into_column());
    }
    let numbers = column.f64().map_err(lost)?;
    let taken: Vec<Option<f64>> = rows.iter().map(|row| numbers.get((*row)?)).collect();
    Ok(Float64Chunked::from_slice_options(name.into(), &taken).into_column())
}
