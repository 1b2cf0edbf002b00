//! `kohort check`: load and validate, no modelling.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::options::{Format, Global};
use super::run::{Asked, asked};
use super::terminal::Terminal;
use crate::config::{Config, Engine, Override};
use crate::format::{count, percent};
use crate::orders::{LineCounts, Tally};
use crate::pipeline::{
    ColumnLedger, Job, Ledger, Prepared, RepairLedger, RowAccounting, Silent, Work, opened, prepare,
};

/// Load and validate: row accounting, every finding, what would be used; no modelling.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Example: kohort check kohort.toml")]
pub(super) struct Args {
    /// A config (.toml), or tables
    #[arg(value_name = "CONFIG|TABLE", required = true, num_args = 1.., help_heading = "Input")]
    input: Vec<PathBuf>,
    /// Override a key of the config
    #[arg(long = "set", value_name = "KEY=VALUE", help_heading = "Input")]
    set: Vec<Override>,
}

pub(super) fn main(args: &Args, global: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let Asked { config, bare, folder } = asked(&args.input, &args.set)?;
    if let Some(engine) = config.engine.clone() {
        return on_an_engine(config, &engine, folder, global, terminal);
    }
    let prepared = prepare(&config, &bare, &folder, &Silent)?;
    let ledger = Ledger::of(&prepared, &prepared.findings);
    match terminal.format() {
        Format::Json => terminal.result(&serde_json::to_string(&ledger)?),
        Format::Text => terminal.answer(&text(&ledger, &prepared)),
    }
}

/// The table is opened where it is, and no customer is read but for the id.
fn on_an_engine(
    config: Config,
    engine: &Engine,
    folder: PathBuf,
    global: &Global,
    terminal: &Terminal,
) -> anyhow::Result<()> {
    let job = Job {
        folder: std::path::absolute(&folder).unwrap_or(folder),
        staging: PathBuf::new(),
        runs: PathBuf::new(),
        previous: None,
        seed: global.seed,
        threads: global.threads(),
        gate: false,
        work: Work::Run,
        bare: Vec::new(),
        config,
    };
    let found = opened(&job, engine)?;
    if matches!(terminal.format(), Format::Json) {
        return terminal.result(&serde_json::to_string(&found)?);
    }
    let mut out = String::new();
    let (engine, sampled) = (&found.engine, count(found.sampled));
    let _ = if let Some(lines) = found.lines {
        let lines = count(lines);
        writeln!(
            out,
            "{lines} order lines on the engine {engine}; a run samples up to {sampled} customers"
        )
    } else {
        let all = crate::format::customers(found.customers.unwrap_or_default());
        writeln!(out, "{all} on the engine {engine}; a run samples {sampled} of them")
    };
    let width = found.columns.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, holds) in &found.columns {
        let _ = writeln!(out, "  {name:<width$}  {holds}");
    }
    terminal.answer(&out)
}

/// The ledger as a person reads it; writing into a `String` cannot fail.
fn text(ledger: &Ledger, prepared: &Prepared) -> String {
    let mut out = String::new();
    heading(&mut out, &ledger.file, &ledger.dialect, &ledger.accounting);
    if let Some(orders) = &ledger.orders {
        lines(&mut out, orders);
    }
    columns(&mut out, &ledger.columns);
    repairs(&mut out, &ledger.repairs);
    for table in &ledger.tables {
        let name = format!("{} ({})", table.file, table.part);
        let _ = writeln!(out);
        heading(&mut out, &name, &table.dialect, &table.accounting);
        if let Some(join) = &table.join {
            let _ = writeln!(
                out,
                "{} join, {} join to nobody, {} have no key, {} are after the as-of day",
                count(join.joined),
                count(join.unmatched),
                count(join.without_key),
                count(join.after_as_of)
            );
        }
        columns(&mut out, &table.columns);
        repairs(&mut out, &table.repairs);
    }
    if !ledger.features.is_empty() {
        let _ = writeln!(out, "\nmade from purchases and joined tables:");
        columns(&mut out, &ledger.features);
    }
    if !ledger.findings.is_empty() {
        let _ = writeln!(out);
    }
    for finding in &ledger.findings {
        let _ = writeln!(out, "{}", finding.told());
        if !finding.advice.is_empty() {
            let _ = writeln!(out, "  hint: {}", finding.advice);
        }
    }
    let (memory, seconds) = cost(prepared);
    let _ =
        writeln!(out, "\nA run will need about {memory} MB of memory and {seconds} s on two cores");
    out
}

fn heading(out: &mut String, file: &str, dialect: &str, rows: &RowAccounting) {
    let _ = writeln!(out, "{file}: {dialect}");
    let _ = writeln!(
        out,
        "{} rows = {} used + {} rejected + {} excluded",
        count(rows.rows),
        count(rows.used),
        count(rows.rejected),
        count(rows.excluded)
    );
}

/// Where the purchase lines went, with their money.
fn lines(out: &mut String, orders: &LineCounts) {
    let money = |tally: &Tally| tally.money.map_or(String::new(), |money| format!("  {money}"));
    let mut line = |what: &str, tally: &Tally| {
        if tally.lines > 0 {
            let _ = writeln!(out, "  {:<44} {:>12}{}", what, count(tally.lines), money(tally));
        }
    };
    line("read, and their money", &orders.read);
    line("used", &orders.used);
    for (what, tally) in orders.excluded.named() {
        line(&format!("left out: {what}"), &tally);
    }
    let seen = &orders.seen;
    for (what, tally) in [
        ("without a customer", &seen.without_customer),
        ("cancelled", &seen.cancelled),
        ("cancelled and without a customer", &seen.cancelled_without_customer),
        ("with a negative quantity", &seen.negative_quantity),
        ("with negative money", &seen.negative_money),
        ("with a price of 0", &seen.zero_price),
        ("without an order number", &seen.without_order_number),
        ("equal to an earlier line", &seen.duplicates),
    ] {
        line(&format!("seen, overlapping: {what}"), tally);
    }
    let _ = writeln!(
        out,
        "  {} customers with {} orders",
        count(orders.customers),
        count(orders.orders)
    );
}

/// A line for each column.
fn columns(out: &mut String, columns: &[ColumnLedger]) {
    let width = columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(6);
    let width = width.clamp(6, 32);
    let _ = writeln!(
        out,
        "\n{:<width$}  {:<11} {:<14} {:>8}  why",
        "column", "role", "family", "missing"
    );
    for column in columns {
        let all = (column.present + column.missing).max(1);
        let missing = if column.missing == 0 {
            String::new()
        } else {
            percent(column.missing as f64 / all as f64)
        };
        let family = match column.role.as_str() {
            "id" | "label" => "",
            _ if column.used => column.family.as_str(),
            _ => "not used",
        };
        let line = format!(
            "{:<width$}  {:<11} {family:<14} {missing:>8}  {}",
            column.name, column.role, column.why
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
}

/// What was done to the values.
fn repairs(out: &mut String, repairs: &[RepairLedger]) {
    if !repairs.is_empty() {
        let _ = writeln!(out);
    }
    for repair in repairs {
        let rows = count(repair.rows);
        let _ = writeln!(out, "{}: {} in {rows} rows", repair.column, repair.what);
    }
}

/// What a run will need, from the size of the table: measured on 1e4 to 1e6 customers.
fn cost(prepared: &Prepared) -> (u64, u64) {
    let table = &prepared.built.table;
    let cells = (table.n_customers() * (table.columns().len() + 1)) as u64;
    let megabytes = 60 + prepared.bytes() / (1 << 20) * 2 + cells * 8 * 12 / (1 << 20);
    (megabytes, 2 + cells / 400_000)
}
