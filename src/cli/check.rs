//! `kohort check`: load and validate, no modelling.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::options::{Format, Global};
use super::run::{Asked, asked};
use super::terminal::Terminal;
use crate::config::Override;
use crate::format::{count, percent};
use crate::pipeline::{Failure, Ledger, Prepared, Silent, prepare};

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

pub(super) fn main(args: &Args, _: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let Asked { config, bare, folder } = asked(&args.input, &args.set)?;
    let prepared = prepare(&config, &bare, &folder, &Silent)?;
    let ledger = Ledger::of(&prepared, &prepared.findings);
    match terminal.format() {
        Format::Json => terminal.result(&serde_json::to_string(&ledger)?),
        Format::Text => terminal.answer(&text(&ledger, &prepared)),
    }
}

fn text(ledger: &Ledger, prepared: &Prepared) -> String {
    let mut out = String::new();
    let rows = &ledger.accounting;
    // Writing into a String cannot fail.
    let _ = writeln!(out, "{}: {}", ledger.file, ledger.dialect);
    let _ = writeln!(
        out,
        "{} rows = {} used + {} rejected + {} excluded\n",
        count(rows.rows),
        count(rows.used),
        count(rows.rejected),
        count(rows.excluded)
    );
    let width = ledger.columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(6);
    let width = width.clamp(6, 32);
    let _ = writeln!(
        out,
        "{:<width$}  {:<11} {:<14} {:>8}  why",
        "column", "role", "family", "missing"
    );
    for column in &ledger.columns {
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
        let _ = writeln!(
            out,
            "{:<width$}  {:<11} {family:<14} {missing:>8}  {}",
            column.name, column.role, column.why
        );
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

/// What a run will need, from the size of the table: measured on 1e4 to 1e6 customers.
fn cost(prepared: &Prepared) -> (u64, u64) {
    let table = &prepared.built.table;
    let cells = (table.n_customers() * (table.columns().len() + 1)) as u64;
    let megabytes = 60 + prepared.bytes() / (1 << 20) * 2 + cells * 8 * 12 / (1 << 20);
    (megabytes, 2 + cells / 400_000)
}
