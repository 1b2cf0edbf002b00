//! `kohort score`: new customers in the segments of a frozen model.

use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use super::options::{Format, Global};
use super::runs::{model_folder, put_private, run_folder};
use super::terminal::Terminal;
use crate::day::Day;
use crate::finding::Severity;
use crate::pipeline::score::describe::{Typed, describe};
use crate::pipeline::score::{Request, Scored, Summed, score};

/// What is known of those who are scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum From {
    /// The columns that make the segments
    Features,
    /// Only columns that describe: prospects
    Describe,
}

/// Assign new customers with a frozen model; never refits.
///
/// Columns are found by name, in any order. A missing column, categories that the model
/// has not seen and values outside what it was trained on are counted by column.
///
/// A model of a run with purchases takes purchase lines too: they become features by what
/// the run learnt, and each customer gets the classes of the rules by the cuts of the run.
///
/// With --from describe the table holds prospects of whom only descriptors are known, such as
/// industry or age: each gets a probability for every segment of the run, and how often that
/// is right on customers held out is said beside it.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  kohort score kohort-out/current newcomers.csv -o scored.csv\n  \
    kohort score current prospects.csv --from describe"
)]
pub(super) struct Args {
    /// A run, or a model folder
    #[arg(value_name = "RUN|MODEL", help_heading = "Input")]
    model: String,
    /// The customers or their purchase lines, or - for CSV on standard input
    #[arg(value_name = "TABLE", help_heading = "Input")]
    table: String,
    /// What is known of them
    #[arg(long, value_enum, default_value = "features", help_heading = "Input")]
    from: From,
    /// The column that names the customers [default: the model's, else guessed]
    #[arg(long, value_name = "COLUMN", help_heading = "Input")]
    id: Option<String>,
    /// The last day of purchase lines that counts [default: the run's where it was given,
    /// else the last day of any line, but not before the run's]
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Input")]
    as_of: Option<Day>,
    /// The file to write [default: standard output]
    #[arg(short, long, value_name = "FILE", help_heading = "Output")]
    out: Option<PathBuf>,
}

pub(super) fn main(args: &Args, global: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    // Results must not depend on it, and a pool that exists already is as good.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(global.threads()).build_global();
    let id = args.id.as_deref();
    if args.from == From::Describe {
        let typed = describe(&run_folder(&args.model)?, &args.table, id)?;
        return tell_typed(&typed, args.out.as_deref(), terminal);
    }
    let folder = model_folder(&args.model)?;
    let request = Request { model: &folder, table: &args.table, id, as_of: args.as_of };
    let scored = score(&request)?;
    let csv = scored.sheet.to_csv();
    if let Some(path) = &args.out {
        // Scores hold raw ids.
        put_private(path, csv.as_bytes())?;
    }
    for line in notes(&scored) {
        terminal.say(&line);
    }
    match (terminal.format(), &args.out) {
        (Format::Json, _) => terminal.result(&json(&scored, args.out.as_deref())?),
        (Format::Text, None) => terminal.result(&csv),
        (Format::Text, Some(path)) => {
            terminal.result(&format!("{}: {} customers", path.display(), scored.sheet.n_rows()))
        }
    }
}

/// Writes the prospects, and says how far they can be trusted.
fn tell_typed(typed: &Typed, out: Option<&Path>, terminal: &Terminal) -> anyhow::Result<()> {
    let csv = typed.sheet.to_csv();
    if let Some(path) = out {
        put_private(path, csv.as_bytes())?;
    }
    terminal.say(&format!("note: by {}", typed.descriptors.join(", ")));
    terminal.say(&format!("note: {}", typed.accuracy.told()));
    match (terminal.format(), out) {
        (Format::Json, _) => {
            let accuracy = &typed.accuracy;
            terminal.result(&serde_json::to_string(&serde_json::json!({
                "customers": typed.sheet.n_rows(),
                "out": out.map(|path| path.display().to_string()),
                "descriptors": typed.descriptors,
                "accuracy": {
                    "customers": accuracy.customers,
                    "right": accuracy.right,
                    "low": accuracy.interval.0,
                    "high": accuracy.interval.1,
                    "right_of_two": accuracy.right_of_two,
                    "largest_segment": accuracy.base,
                },
            }))?)
        }
        (Format::Text, None) => terminal.result(&csv),
        (Format::Text, Some(path)) => {
            terminal.result(&format!("{}: {} prospects", path.display(), typed.sheet.n_rows()))
        }
    }
}

fn notes(scored: &Scored) -> Vec<String> {
    let mut lines = Vec::new();
    if let Some(Summed { as_of, counts, findings }) = &scored.lines {
        let (used, rows) = (counts.used.lines, counts.rows);
        lines.push(format!("note: {used} of {rows} purchase lines count, up to {as_of}"));
        for finding in findings {
            let word = if finding.severity == Severity::Note { "note" } else { "warning" };
            lines.push(format!("{word}: {}", finding.told()));
        }
    }
    for column in &scored.missing_columns {
        lines.push(format!(
            "warning: column {column} is missing; every value was filled in as missing"
        ));
    }
    for (column, n) in &scored.missing {
        lines.push(format!("note: column {column}: {n} values missing"));
    }
    for (column, n) in &scored.unseen {
        lines.push(format!(
            "note: column {column}: {n} values of categories the model does not know"
        ));
    }
    for (column, n) in &scored.out_of_range {
        lines.push(format!("note: column {column}: {n} values outside the trained range"));
    }
    if scored.no_fit > 0 {
        lines.push(format!("note: {} customers fit no segment well", scored.no_fit));
    }
    lines
}

fn json(scored: &Scored, out: Option<&Path>) -> anyhow::Result<String> {
    Ok(serde_json::to_string(&serde_json::json!({
        "customers": scored.sheet.n_rows(),
        "out": out.map(|path| path.display().to_string()),
        "missing_columns": scored.missing_columns,
        "missing": scored.missing,
        "unseen_categories": scored.unseen,
        "out_of_range": scored.out_of_range,
        "fits_no_segment": scored.no_fit,
        "as_of": scored.lines.as_ref().map(|lines| lines.as_of),
        "lines": scored.lines.as_ref().map(|lines| &lines.counts),
    }))?)
}
