//! `kohort compare`: what has changed between two runs.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::exit;
use super::options::{Format, Global};
use super::terminal::Terminal;
use crate::export::publish::find;
use crate::format::{count, customers, number, percent};
use crate::pipeline::{Failure, compare_runs};
use crate::results::{ChangeResults, Done, ForecastFacts, Interval, Movement};

/// What has changed between two runs: who moved by behaviour and who by redefinition, KPI,
/// drift, forecast against fact, and whether the segments still hold.
///
/// The forecast is compared with facts where the later run went on from the earlier one.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  kohort compare 2025-11-30 2025-12-31\n  \
    kohort compare kohort-out/runs/2025-11-30-0123456789ab kohort-out/current --format json")]
pub(super) struct Args {
    /// The earlier run: a folder, `current`, an as-of day or the first letters of a name
    #[arg(value_name = "RUN_A", help_heading = "Input")]
    before: String,
    /// The later run
    #[arg(value_name = "RUN_B", help_heading = "Input")]
    now: String,
    /// The output folder in which days and names are looked up
    #[arg(long, value_name = "DIR", default_value = "kohort-out", help_heading = "Input")]
    out: PathBuf,
    /// Exit with 10 where the verdict on the segments is look, with 11 where it is refit
    #[arg(long, help_heading = "Output")]
    detailed_exit_code: bool,
}

/// Compares and returns the exit code.
pub(super) fn main(args: &Args, global: &Global, terminal: &Terminal) -> anyhow::Result<i32> {
    let _ = rayon::ThreadPoolBuilder::new().num_threads(global.threads()).build_global();
    let folder =
        |asked: &str| -> Result<PathBuf, Failure> { Ok(find(asked, Path::new(&args.out))?) };
    let change = compare_runs(&folder(&args.before)?, &folder(&args.now)?, global.seed)?;
    match terminal.format() {
        Format::Text => terminal.answer(&text(&change))?,
        Format::Json => terminal.result(&serde_json::to_string(&change)?)?,
    }
    let advice = Some(change.verdict.advice).filter(|_| args.detailed_exit_code);
    Ok(exit::of_advice(advice))
}

/// The change in a few lines, for `run`.
pub(super) fn short(change: &ChangeResults) -> String {
    let mut out = String::new();
    let done = match change.done {
        Done::Scored => "scored with its frozen model",
        Done::Refitted => "fitted anew from its segments",
    };
    let _ = writeln!(
        out,
        "Against {}: {done}; {} of both runs, {} new, {} gone",
        change.before.run,
        customers(change.both),
        count(change.new),
        count(change.gone)
    );
    verdict(&mut out, change);
    for event in change.events.iter().take(6) {
        let _ = writeln!(out, "  {}", event.text);
    }
    if let Some(forecast) = &change.forecast {
        facts(&mut out, forecast, 1);
    }
    out
}

/// The change in full; writing into a `String` cannot fail.
fn text(change: &ChangeResults) -> String {
    let mut out = String::new();
    let day = |day: &Option<String>| day.clone().unwrap_or_else(|| "undated".to_owned());
    let _ = writeln!(
        out,
        "{} ({}) against {} ({})",
        change.now.run,
        day(&change.now.as_of),
        change.before.run,
        day(&change.before.as_of)
    );
    let _ = writeln!(
        out,
        "{} of both runs, {} new, {} gone",
        customers(change.both),
        count(change.new),
        count(change.gone)
    );
    verdict(&mut out, change);
    if let Some(forecast) = &change.forecast {
        let _ = writeln!(out, "\nForecast against fact");
        facts(&mut out, forecast, usize::MAX);
        let _ = writeln!(out, "  {}", forecast.note);
    }
    if !change.events.is_empty() {
        let _ = writeln!(out, "\nWhat happened");
        for event in &change.events {
            let _ = writeln!(out, "  {}", event.text);
        }
    }
    matrix(&mut out, "Moved by behaviour (customers)", &change.moved_by_behaviour);
    if change.done == Done::Refitted {
        matrix(&mut out, "Moved by redefinition (customers)", &change.moved_by_redefinition);
    }
    downgrades(&mut out, change);
    kpi(&mut out, change);
    drift(&mut out, change);
    for note in &change.notes {
        let _ = writeln!(out, "Not told: {note}");
    }
    out
}

fn verdict(out: &mut String, change: &ChangeResults) {
    let _ = writeln!(out, "Verdict: {}", change.verdict.advice.name());
    for reason in &change.verdict.reasons {
        let _ = writeln!(out, "  {reason}");
    }
}

fn facts(out: &mut String, forecast: &ForecastFacts, most: usize) {
    for row in forecast.rows.iter().take(most) {
        let mut parts = Vec::new();
        if let (Some(expected), Some(fact)) = (row.churn_forecast, row.churn_fact) {
            parts.push(format!(
                "leave {} expected, {} did ({} to {})",
                percent(expected),
                percent(fact.value),
                percent(fact.low),
                percent(fact.high)
            ));
        }
        let pair = |name: &str, expected: Option<f64>, fact: Option<f64>| {
            expected
                .zip(fact)
                .map(|(a, b)| format!("{name} {} expected, {} came", number(a), number(b)))
        };
        parts.extend(pair("orders", row.orders_forecast, row.orders_fact));
        parts.extend(pair("value", row.value_forecast, row.value_fact));
        if !parts.is_empty() {
            let name = if row.segment_id == 0 {
                "Forecast of all".to_owned()
            } else {
                format!("{} {}", row.segment_id, row.segment)
            };
            let _ = writeln!(out, "  {name}: {}", parts.join("; "));
        }
    }
}

/// A matrix with the segment before in rows.
fn matrix(out: &mut String, title: &str, movement: &Movement) {
    let mut from: Vec<Option<u32>> = movement.cells.iter().map(|cell| cell.from).collect();
    let mut to: Vec<u32> = movement.cells.iter().map(|cell| cell.to).collect();
    from.sort_unstable();
    from.dedup();
    to.sort_unstable();
    to.dedup();
    let name = |id: Option<u32>| match id {
        None => "new".to_owned(),
        Some(0) => "none".to_owned(),
        Some(id) => id.to_string(),
    };
    let _ = writeln!(out, "\n{title}, {} in all", count(movement.customers));
    let _ = write!(out, "  {:>9}", "from \\ to");
    for &id in &to {
        let _ = write!(out, " {:>9}", name(Some(id)));
    }
    let _ = writeln!(out);
    for &row in &from {
        let _ = write!(out, "  {:>9}", name(row));
        for &column in &to {
            let cell = movement.cells.iter().find(|cell| cell.from == row && cell.to == column);
            let _ = write!(
                out,
                " {:>9}",
                cell.map_or_else(|| ".".to_owned(), |cell| count(cell.customers))
            );
        }
        let _ = writeln!(out);
    }
}

fn downgrades(out: &mut String, change: &ChangeResults) {
    let Some(found) = &change.downgrades else { return };
    let _ = write!(
        out,
        "\nMoved to a segment of lower value by what they do: {} of {} ({})",
        count(found.down),
        count(found.customers),
        percent(found.share)
    );
    let _ = match found.expected_share {
        Some(chance) => writeln!(
            out,
            "; between two halves of the earlier orders, by chance, {}",
            percent(chance)
        ),
        None => writeln!(out),
    };
}

fn kpi(out: &mut String, change: &ChangeResults) {
    let clear: Vec<_> = change.kpi.iter().filter(|kpi| kpi.clear || kpi.segment_id == 0).collect();
    if clear.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nKPI before and now (all customers, and what changed clearly)");
    for kpi in clear {
        let shown = |value: Interval| match kpi.kpi.as_str() {
            "order-value" | "value" => number(value.value),
            _ => percent(value.value),
        };
        let who = if kpi.segment_id == 0 { "all".to_owned() } else { kpi.segment_id.to_string() };
        let mark = if kpi.clear { " *" } else { "" };
        let _ = writeln!(
            out,
            "  {who:>4}  {:<12} {} -> {}{mark}",
            kpi.kpi,
            shown(kpi.before),
            shown(kpi.now)
        );
    }
}

fn drift(out: &mut String, change: &ChangeResults) {
    let _ = writeln!(
        out,
        "\nDrift of columns (bias-corrected stability index; from .10 some, from .25 large)"
    );
    for drift in change.drift.iter().take(8) {
        let psi = drift.psi.map_or_else(|| "too few".to_owned(), |psi| format!("{psi:.3}"));
        let base = if drift.in_base { ", makes the segments" } else { "" };
        let aged = if drift.aged { ", less the time that has passed" } else { "" };
        let _ = writeln!(out, "  {:>8}  {}{base}{aged}", psi, drift.column);
    }
}
