//! Order lines on an engine: the lines of the sampled customers go the way of all lines, and
//! the engine sums all of them up to customers with the features that sums can be made of.

use std::collections::BTreeSet;

use super::open::{LineCounts, Table};
use super::place;
use super::summing::{AMOUNT, DAY_OF_LINE, Lines, QUANTITY, USED};
use crate::backend::summing::EXACT;
use crate::backend::{BackendError, Fixed, Grouping, Input, Sink, Summed};
use crate::config::{Config, Engine, EngineKind};
use crate::day::Day;
use crate::export::Staging;
use crate::expression::{Expr, Query};
use crate::finding::{Finding, Severity};
use crate::orders::{Frozen, LAST_DAY, Rules, power};
use crate::pipeline::job::{Event, Failure, Job, Observer};
use crate::pipeline::prepare::{Orders, Prepared, prepare};
use crate::said::facts;

/// The folder of the features of all customers in the run folder.
const FOLDER: &str = "features";

/// The rules of lines and what was learnt of them.
struct Read {
    rules: Rules,
    frozen: Frozen,
    as_of: Day,
}

impl Read {
    fn of(orders: &Orders, as_of: Day) -> Self {
        let frozen = orders.plan.frozen(&orders.counts, &orders.learnt, &[], false);
        Self { rules: orders.plan.rules(Some(as_of)), frozen, as_of }
    }

    fn lines<'a>(&'a self, orders: &'a Orders) -> Lines<'a> {
        Lines { plan: &orders.plan, rules: &self.rules, frozen: &self.frozen, as_of: self.as_of }
    }
}

fn orders(prepared: &Prepared) -> Result<&Orders, Failure> {
    prepared.orders.as_ref().ok_or_else(|| Failure::internal("lines without orders".into()))
}

/// The sampled lines, ready for modelling: as of the last day of all lines, with the features
/// that an engine can sum up.
///
/// # Errors
///
/// As [`prepare`], and lines whose numbers cannot be summed up exactly.
pub(super) fn prepared(
    config: &Config,
    job: &Job,
    table: &Table,
    observer: &dyn Observer,
) -> Result<Prepared, Failure> {
    let first = prepare(config, &[], &job.folder, observer)?;
    let last = last_day(table, orders(&first)?)?;
    let as_of = config.input.as_of.unwrap_or(last);
    let read = Read::of(orders(&first)?, as_of);
    let lines = read.lines(orders(&first)?);
    let own = &orders(&first)?.learnt.columns;
    let more = own.iter().filter(|name| !lines.has(name));
    let more: BTreeSet<String> =
        more.filter(|name| !config.features.ignore.contains(name)).cloned().collect();
    if more.is_empty() && first.resolved.input.as_of == Some(as_of) {
        return Ok(first);
    }
    let mut asked = config.clone();
    asked.input.as_of = Some(as_of);
    asked.features.ignore.extend(more.iter().cloned());
    let mut prepared = prepare(&asked, &[], &job.folder, observer)?;
    for own in [&mut prepared.config, &mut prepared.asked] {
        own.input.as_of = config.input.as_of;
    }
    for column in prepared.plan.columns.iter_mut().filter(|column| more.contains(&column.name)) {
        "an engine makes features of sums alone".clone_into(&mut column.why);
    }
    if !more.is_empty() {
        let told = facts!(columns = more.iter().cloned().collect::<Vec<String>>());
        let finding = Finding::new("not-on-an-engine", Severity::Note, told).count(more.len());
        observer.event(Event::Found(finding.clone()));
        prepared.findings.push(finding);
    }
    Ok(prepared)
}

/// The last day of any line that can be.
fn last_day(table: &Table, orders: &Orders) -> Result<Day, Failure> {
    let no_day = || Failure::internal("no line has a day".into());
    let read = Read::of(orders, Day::from_epoch(LAST_DAY).map_err(|_| no_day())?);
    let lines = read.lines(orders);
    let mut asked = vec![DAY_OF_LINE];
    asked.extend(lines.has_money().then_some(AMOUNT));
    asked.extend(lines.has_quantity().then_some(QUANTITY));
    let columns: Vec<_> =
        asked.iter().map(|name| ((*name).to_owned(), Expr::column(*name))).collect();
    let found = table.backend.column_statistics(&table.relation, &lines.query(), &columns)?;
    // As where lines are read here: beyond a quarter of it a number may be one off already.
    let too_large = |range: [f64; 2]| range[0].abs().max(range[1].abs()) >= EXACT / 4.0;
    if found.iter().filter_map(|found| found.range).any(too_large) {
        return Err(BackendError::Unbounded { what: "the money of an order line" }.into());
    }
    let last = found.first().and_then(|found| found.range).ok_or_else(no_day)?[1];
    Day::from_epoch(last as i32).map_err(|_| no_day())
}

/// The customers that the lines come to, as a table of the engine.
///
/// # Errors
///
/// As [`Backend::sum_up`](crate::backend::Backend::sum_up); sums that are not exact.
pub(super) fn summed_up(
    table: Table,
    prepared: &Prepared,
    engine: &Engine,
    staging: &mut Staging,
    run: &str,
    observer: &dyn Observer,
) -> Result<Table, Failure> {
    if !table.lines {
        return Ok(table);
    }
    let orders = orders(prepared)?;
    let as_of = prepared.resolved.input.as_of;
    let as_of = as_of.ok_or_else(|| Failure::internal("lines without a last day".into()))?;
    observer.event(Event::stage("features", "summing up all order lines"));
    let read = Read::of(orders, as_of);
    let ignored = &prepared.resolved.features.ignore;
    let features: Vec<String> =
        orders.learnt.columns.iter().filter(|name| !ignored.contains(name)).cloned().collect();
    let summing = read.lines(orders).summing(&features, run)?;
    let is_here = engine.kind == EngineKind::Local;
    let root = std::path::absolute(staging.root()).unwrap_or_else(|_| staging.root().to_owned());
    let place = if is_here { root.join(FOLDER).display().to_string() } else { engine.sink.clone() };
    let Table { backend, relation, facts, .. } = table;
    let receipt = backend.sum_up(&relation, &summing, &Sink { place })?;
    let relation = backend.open(&Input::customers(&receipt.place, &relation.id))?;
    if is_here {
        place::note(staging, &format!("{FOLDER}/_customers={run}"))?;
    }
    let told = format!("{} customers", relation.rows);
    observer.event(Event::stage("features", told));
    let mut table = Table { backend, relation, lines: false, of: None, facts };
    table.of = Some(LineCounts { read: table.facts.accounting.rows, used: used(&table)? });
    let money = read.rules.money_decimals().unwrap_or(0);
    exact(&table, &features, power(money))?;
    Ok(table)
}

/// How many lines count.
fn used(table: &Table) -> Result<u64, Failure> {
    let relation = &table.relation;
    let lines = table.facts.accounting.rows;
    let grouping = Grouping {
        query: Query::new(&relation.id),
        group: Expr::whole(0),
        values: vec![Summed {
            name: USED.to_owned(),
            value: Expr::Real(Box::new(Expr::column(USED))),
            fixed: Fixed { bits: 0, largest: lines as f64 },
        }],
        most: 1,
    };
    let groups = table.backend.grouped_sums(relation, &grouping)?;
    let sum = groups.0.first().and_then(|group| group.sums.first()).copied();
    let used = sum.and_then(|sum| u64::try_from(sum).ok()).filter(|used| *used <= lines);
    used.ok_or_else(|| Failure::internal("the lines do not add up".into()))
}

/// Refuses sums that may have been rounded on the way.
fn exact(table: &Table, features: &[String], money: f64) -> Result<(), Failure> {
    let spend: Vec<_> = features
        .iter()
        .filter(|name| ["spend", "refunds"].contains(&name.as_str()))
        .map(|name| (name.clone(), Expr::Real(Box::new(Expr::column(name)))))
        .collect();
    if spend.is_empty() {
        return Ok(());
    }
    let query = Query::new(&table.relation.id);
    let found = table.backend.column_statistics(&table.relation, &query, &spend)?;
    let too_large = |range: [f64; 2]| range[0].abs().max(range[1].abs()) * money >= EXACT;
    if found.iter().filter_map(|found| found.range).any(too_large) {
        return Err(BackendError::Overflow.into());
    }
    Ok(())
}

#[cfg(test)]
#[path = "lines_tests.rs"]
mod tests;
