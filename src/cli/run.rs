//! `kohort run`: the whole pipeline, published as one run.

use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::exit;
use super::metrics;
use super::options::{Format, Global};
use super::supervise::{supervise, work};
use super::terminal::Terminal;
use crate::config::{Config, Mode, Override, load};
use crate::day::Day;
use crate::export::publish::OutputFolder;
use crate::pipeline::{Failure, Finished, Job, STATEMENTS, Statement, Work};
use crate::results::Results;

/// The whole pipeline: load, features, segments, churn, figures, report.
///
/// With bare tables what each is for (customers, purchases, products, events) and every
/// column's role are found out, printed, and written into the run folder as a config that
/// runs again as it is.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  kohort run customers.csv --out segments\n  \
    kohort run orders.csv.gz\n  kohort run customers.csv orders.parquet visits.csv\n  \
    kohort run kohort.toml --set segments.k=5\n  kohort run on-spark.toml --dry-run")]
pub(super) struct Args {
    /// A config (.toml), or tables: customers, purchases and whatever joins to them
    #[arg(value_name = "CONFIG|TABLE", required = true, num_args = 1.., help_heading = "Input")]
    input: Vec<PathBuf>,
    /// The day the run is about
    #[arg(long, value_name = "YYYY-MM-DD", help_heading = "Input")]
    as_of: Option<Day>,
    /// Override a key of the config, such as segments.k=5
    #[arg(long = "set", value_name = "KEY=VALUE", help_heading = "Input")]
    set: Vec<Override>,
    /// The run to go on from: a folder, `current`, an as-of day or the first letters of a name
    /// [default: the newest run of the same config with an earlier as-of day]
    #[arg(long, value_name = "RUN", help_heading = "Input")]
    previous: Option<String>,
    /// auto: score with the previous run's frozen model unless its segments no longer hold;
    /// score: always; refit: fit anew from its centres [default: job.mode of the config, or auto]
    #[arg(long, value_name = "MODE", help_heading = "Model")]
    mode: Option<Mode>,
    /// Refuse (exit 8) what could only be worked around: a proven leak, no churn
    #[arg(long, help_heading = "Model")]
    gate: bool,
    /// The output folder [default: output.dir of the config, or kohort-out]
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: Option<PathBuf>,
    /// Write the run's figures as a textfile for Prometheus, also where the run fails
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    metrics: Option<PathBuf>,
    /// Print what the engine would be asked, and publish nothing: the engine is asked for the
    /// sample and writes nothing. For [engine] with kind = "spark"
    #[arg(long, help_heading = "Output")]
    dry_run: bool,
    /// Exit with 10 where the verdict on the segments is look, with 11 where it is refit
    #[arg(long, help_heading = "Output")]
    detailed_exit_code: bool,
}

/// What the arguments stand for.
pub(super) struct Asked {
    /// The config; without tables where they are bare.
    pub config: Config,
    /// The bare tables.
    pub bare: Vec<String>,
    /// The folder that paths start from.
    pub folder: PathBuf,
}

/// Reads the config that the arguments stand for.
pub(super) fn asked(input: &[PathBuf], overrides: &[Override]) -> anyhow::Result<Asked> {
    let is_config = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "toml");
    if let [path] = input
        && is_config(path)
    {
        let config = load(path, overrides).map_err(Failure::from)?;
        config.check().map_err(Failure::from)?;
        let folder = path.parent().map(Path::to_owned).unwrap_or_default();
        return Ok(Asked { config, bare: Vec::new(), folder });
    }
    if input.iter().any(is_config) {
        let message = "a config is given beside other files, but it names all tables itself";
        return Err(Failure {
            code: "E-CFG-008".into(),
            class: crate::fault::Class::Config,
            message: message.into(),
            hint: Some("give the config alone, or the tables alone".into()),
        }
        .into());
    }
    let config = crate::config::parse("", "--set", overrides).map_err(Failure::from)?;
    config.check_stages().map_err(Failure::from)?;
    let bare = input.iter().map(|path| path.display().to_string()).collect();
    Ok(Asked { config, bare, folder: PathBuf::new() })
}

pub(super) fn main(args: &Args, global: &Global, terminal: &Terminal) -> anyhow::Result<i32> {
    if args.dry_run {
        dry(args, global, terminal)?;
        return Ok(0);
    }
    let done = published(args, global, terminal);
    if let Some(path) = &args.metrics {
        let code = done.as_ref().map_or_else(exit::exit_code, |_| 0);
        let told =
            done.as_ref().ok().map(|(results, run, done)| (results, run.as_path(), done.already));
        metrics::write(path, code, told)?;
    }
    let (results, run, finished) = done?;
    let already = finished.already;
    match terminal.format() {
        Format::Text => terminal.answer(&summary(&results, &run, already, &shown(&args.input)))?,
        Format::Json => terminal.result(&line(&results, &run, already)?)?,
    }
    Ok(if args.detailed_exit_code { exit::of_advice(finished.advice) } else { 0 })
}

/// Runs and publishes; the finished numbers, the run's folder, and how the run ended.
fn published(
    args: &Args,
    global: &Global,
    terminal: &Terminal,
) -> anyhow::Result<(Results, PathBuf, Finished)> {
    let (job, output) = job(args, global)?;
    let finished = supervise(&job, &output, terminal)?;
    let run = output.run(&finished.run);
    let bytes = std::fs::read(run.join("report.json"))?;
    Ok((serde_json::from_slice(&bytes)?, run, finished))
}

/// What the worker is asked to do, and the output folder with its lock.
fn job(args: &Args, global: &Global) -> anyhow::Result<(Job, OutputFolder)> {
    let mut overrides = args.set.clone();
    overrides.extend(
        args.mode.map(|mode| Override { key: "job.mode".into(), value: mode.name().into() }),
    );
    // As an override, so that paths with {as-of:..} are filled in with it.
    overrides.extend(
        args.as_of.map(|day| Override { key: "input.as-of".into(), value: day.to_string().into() }),
    );
    let Asked { config, bare, folder } = asked(&args.input, &overrides)?;
    let out = args.out.clone().unwrap_or_else(|| folder.join(&config.output.dir));
    let output = OutputFolder::open(&out).map_err(Failure::from)?;
    let job = Job {
        folder: std::path::absolute(&folder).unwrap_or(folder),
        staging: output.stage().map_err(Failure::from)?.root().to_owned(),
        runs: out.join("runs"),
        previous: args.previous.clone(),
        seed: global.seed,
        threads: global.threads(),
        gate: args.gate,
        work: if args.dry_run { Work::Statements } else { Work::Run },
        bare,
        config,
    };
    Ok((job, output))
}

/// Prints what the engine would be asked.
fn dry(args: &Args, global: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let (job, _output) = job(args, global)?;
    let outcome = work(&job, terminal);
    let bytes = outcome.and_then(|_| Ok(std::fs::read(job.staging.join(STATEMENTS))?));
    // The sample is gone, whatever came of it.
    let _ = std::fs::remove_dir_all(&job.staging);
    let statements: Vec<Statement> = serde_json::from_slice(&bytes?)?;
    if matches!(terminal.format(), Format::Json) {
        return terminal.result(&serde_json::to_string(&statements)?);
    }
    let each = statements.iter().enumerate();
    let text = each.map(|(at, one)| format!("-- {}: {}\n{};\n", at + 1, one.what, one.sql));
    terminal.answer(&text.collect::<Vec<_>>().join("\n"))
}

/// The arguments as they were given.
pub(super) fn shown(input: &[PathBuf]) -> String {
    input.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(" ")
}

/// The answer for a machine.
fn line(results: &Results, run: &Path, already: bool) -> anyhow::Result<String> {
    Ok(serde_json::to_string(&serde_json::json!({
        "run": results.heading.run,
        "path": run.display().to_string(),
        "published": !already,
        "customers": results.data.customers,
        "segments": results.segments.len(),
        "findings": results.findings.len(),
        "previous": results.change.as_ref().map(|change| &change.before.run),
        "done": results.change.as_ref().map(|change| change.done),
        "verdict": results.change.as_ref().map(|change| change.verdict.advice),
        "reasons": results.change.as_ref().map(|change| &change.verdict.reasons),
    }))?)
}

/// The answer for a person: the segments, churn in a line, what to look at next.
fn summary(results: &Results, run: &Path, already: bool, input: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for finding in
        results.findings.iter().filter(|f| f.severity == crate::finding::Severity::Serious)
    {
        let _ = writeln!(out, "Important: {}", finding.told());
    }
    let _ = writeln!(
        out,
        "{} in {} segment{}",
        crate::format::customers(results.data.customers),
        results.segments.len(),
        if results.segments.len() == 1 { "" } else { "s" }
    );
    let width = results.segments.iter().map(|row| row.segment.chars().count()).max().unwrap_or(0);
    for row in results.segments.iter().chain(&results.unassigned) {
        let _ = write!(
            out,
            "  {:>2}  {:<width$}  {:>9}  {:>6}",
            row.segment_id,
            row.segment,
            crate::format::count(row.customers),
            crate::format::percent(row.share),
        );
        if let Some(churn) = row.churn_mean {
            let _ = write!(out, "  likely to leave {}", crate::format::percent(churn));
        }
        let _ = writeln!(out);
    }
    let _ = writeln!(out, "{}", results.choice.reason);
    for k in &results.choice.runners_up {
        let _ = writeln!(out, "  next best: kohort run {input} --set segments.k={k}");
    }
    if let crate::results::ChurnStatus::Computed(churn) = &results.churn {
        let _ = writeln!(
            out,
            "{}: ROC-AUC {:.3}, log-loss {:.3}, calibration error {:.3}, all out of fold",
            churn.label,
            churn.metrics.roc_auc.value,
            churn.metrics.log_loss.value,
            churn.metrics.ece
        );
    }
    if let Some(change) = &results.change {
        out.push_str(&super::compare::short(change));
    }
    let word = if already { "Already published" } else { "Published" };
    let _ = writeln!(out, "{word}: {}", run.display());
    let _ = writeln!(out, "Open {} first", run.join("report.html").display());
    out
}
