//! `kohort explore`: methods and numbers of segments side by side.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::options::{Format, Global};
use super::run::{Asked, asked, shown};
use super::supervise::work;
use super::terminal::Terminal;
use crate::config::Override;
use crate::export::ExportError;
use crate::format;
use crate::pipeline::{EXPLORATION, Failure, Job, Work};
use crate::results::{Exploration, MethodTried};

/// Compare methods, numbers of segments and decisions side by side; publishes nothing.
///
/// Writes explore.json, labels.parquet (the segment of every customer by every candidate)
/// and figures, and ends with the command that adopts what is recommended.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  kohort explore customers.csv\n  \
    kohort explore kohort.toml --set segments.k=2..20 -o look")]
pub(super) struct Args {
    /// A config (.toml), or tables
    #[arg(value_name = "CONFIG|TABLE", required = true, num_args = 1.., help_heading = "Input")]
    input: Vec<PathBuf>,
    /// Override a key of the config, such as segments.k=2..20
    #[arg(long = "set", value_name = "KEY=VALUE", help_heading = "Input")]
    set: Vec<Override>,
    /// The folder to write; an earlier exploration there is replaced
    #[arg(
        short,
        long,
        value_name = "DIR",
        default_value = "kohort-explore",
        help_heading = "Output"
    )]
    out: PathBuf,
}

pub(super) fn main(args: &Args, global: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let Asked { config, bare, folder } = asked(&args.input, &args.set)?;
    replaceable(&args.out)?;
    let staging = stage(&args.out)?;
    let job = Job {
        folder: std::path::absolute(&folder).unwrap_or(folder),
        previous: None,
        runs: staging.clone(),
        staging: staging.clone(),
        seed: global.seed,
        threads: global.threads(),
        gate: false,
        work: Work::Explore,
        bare,
        config,
    };
    let outcome = work(&job, terminal).and_then(|_| place(&staging, &args.out));
    // Gone after it was put in its place, left over after anything else.
    let _ = fs::remove_dir_all(&staging);
    outcome?;
    let exploration: Exploration = serde_json::from_slice(&fs::read(args.out.join(EXPLORATION))?)?;
    match terminal.format() {
        Format::Text => terminal.answer(&summary(&exploration, args)),
        Format::Json => terminal.result(&serde_json::to_string(&serde_json::json!({
            "path": args.out.display().to_string(),
            "customers": exploration.customers,
            "recommendation": exploration.recommendation,
        }))?),
    }
}

/// Only an earlier exploration, or nothing, may be there.
fn replaceable(out: &Path) -> anyhow::Result<()> {
    let empty = || fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_none());
    if !out.exists() || out.join(EXPLORATION).is_file() && !out.join("manifest.json").exists() {
        return Ok(());
    }
    if out.is_dir() && empty() {
        return Ok(());
    }
    Err(Failure::from(ExportError::Place {
        path: out.display().to_string(),
        message: "is there already and is no exploration".into(),
    })
    .into())
}

/// An empty folder beside the output.
fn stage(out: &Path) -> anyhow::Result<PathBuf> {
    let wrong = |path: &Path, error: &std::io::Error| Failure::from(ExportError::io(path, error));
    let out = std::path::absolute(out)?;
    let parent = out.parent().unwrap_or(&out);
    fs::create_dir_all(parent).map_err(|error| wrong(parent, &error))?;
    let staging = parent.join(format!(".kohort-explore-{}", std::process::id()));
    fs::create_dir(&staging).map_err(|error| wrong(&staging, &error))?;
    Ok(staging)
}

fn place(staging: &Path, out: &Path) -> anyhow::Result<()> {
    let wrong = |error: &std::io::Error| Failure::from(ExportError::io(out, error));
    if out.exists() {
        fs::remove_dir_all(out).map_err(|error| wrong(&error))?;
    }
    Ok(fs::rename(staging, out).map_err(|error| wrong(&error))?)
}

/// The answer for a person: numbers of segments, methods, what hangs on what, what to do.
fn summary(exploration: &Exploration, args: &Args) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", format::customers(exploration.customers));
    let _ = writeln!(text, "  segments  stability  smallest  silhouette  natural");
    for candidate in &exploration.choice.candidates {
        let weakest = candidate.stability.iter().copied().fold(f64::INFINITY, f64::min);
        let mark = if candidate.k == exploration.choice.k { '>' } else { ' ' };
        let natural = candidate.natural.iter().filter(|&&gap| gap).count();
        let _ = writeln!(
            text,
            "{mark} {:>8}  {:>9}  {:>8}  {:>10}  {natural:>7}",
            candidate.k,
            format::decimal(weakest, 2),
            format::percent(candidate.min_share),
            candidate.silhouette.map_or_else(|| "-".to_owned(), |s| format::decimal(s, 2)),
        );
    }
    let _ = writeln!(text, "  method        segments  no segment  stability  like k-means");
    for method in &exploration.methods {
        let _ = writeln!(text, "{}", line(method));
    }
    let moved = exploration.sensitivity.iter().filter_map(|s| Some((s.moved?, &s.decision)));
    if let Some((share, decision)) = moved.max_by(|a, b| a.0.total_cmp(&b.0)) {
        let _ = writeln!(
            text,
            "The decision that changes most: {decision} ({} would change segment)",
            format::percent(share)
        );
    }
    let recommended = &exploration.recommendation;
    let _ = writeln!(text, "{}", recommended.reason);
    let _ = writeln!(text, "Written: {}", args.out.display());
    let _ = write!(text, "Adopt it: kohort run {}", shown(&args.input));
    // What was asked for holds for the run as well, except where something else is recommended.
    let replaced = |change: &&Override| {
        recommended.set.iter().any(|set| set.split('=').next() == Some(change.key.as_str()))
    };
    for change in args.set.iter().filter(|change| !replaced(change)) {
        let value = change.value.as_str().map_or_else(|| change.value.to_string(), str::to_owned);
        let _ = write!(text, " --set {}={value}", change.key);
    }
    for key in &recommended.set {
        let _ = write!(text, " --set {key}");
    }
    text.push('\n');
    text
}

/// One method as a line.
fn line(method: &MethodTried) -> String {
    let name = &method.method;
    if !method.refused.is_empty() {
        return format!("  {name:<12}  {}", method.refused);
    }
    let decimal =
        |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |v| format::decimal(v, 2));
    format!(
        "  {name:<12}  {:>8}  {:>10}  {:>9}  {:>12}",
        method.segments,
        format::percent(method.unassigned),
        decimal(method.stability),
        decimal(method.agreement),
    )
}
