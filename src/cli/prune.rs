//! `kohort prune`: old runs go.

use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::options::{Format, Global};
use super::terminal::Terminal;
use crate::export::prune::{Keep, prune};
use crate::export::publish::{OutputFolder, find};
use crate::pipeline::Failure;

/// Remove old runs of an output folder.
///
/// The current run, the one before it and every run named with --keep stay, whatever is
/// asked; the lines of removed runs stay in history.jsonl.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  kohort prune kohort-out --keep-runs 12 --dry-run\n  \
    kohort prune kohort.toml")]
pub(super) struct Args {
    /// The output folder, or a config whose output.dir, keep-runs and keep-days are meant
    #[arg(value_name = "DIR|CONFIG", default_value = "kohort-out", help_heading = "Input")]
    folder: PathBuf,
    /// How many of the newest runs stay [default: output.keep-runs of the config, or all]
    #[arg(long, value_name = "N", help_heading = "Input")]
    keep_runs: Option<usize>,
    /// Runs of so many days before the newest as-of day stay [default: output.keep-days of the
    /// config, or all]
    #[arg(long, value_name = "DAYS", help_heading = "Input")]
    keep_days: Option<u32>,
    /// A run that stays, as often as needed
    #[arg(long, value_name = "RUN", help_heading = "Input")]
    keep: Vec<String>,
    /// Only say what would go
    #[arg(long, help_heading = "Output")]
    dry_run: bool,
}

pub(super) fn main(args: &Args, _: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let is_config = args.folder.extension().is_some_and(|extension| extension == "toml");
    let (root, mut keep) = if is_config {
        let config = crate::config::load(&args.folder, &[]).map_err(Failure::from)?;
        let folder = args.folder.parent().map(PathBuf::from).unwrap_or_default();
        let keep = Keep {
            runs: config.output.keep_runs,
            days: config.output.keep_days,
            ..Keep::default()
        };
        (folder.join(&config.output.dir), keep)
    } else {
        (args.folder.clone(), Keep::default())
    };
    keep.runs = args.keep_runs.unwrap_or(keep.runs);
    keep.days = args.keep_days.unwrap_or(keep.days);
    for asked in &args.keep {
        let run = find(asked, &root).map_err(Failure::from)?;
        keep.named.extend(run.file_name().map(|name| name.to_string_lossy().into_owned()));
    }
    if !root.join("runs").is_dir() {
        let path = root.display().to_string();
        return Err(Failure::from(crate::export::ExportError::NoRun { path }).into());
    }
    let output = OutputFolder::open(&root).map_err(Failure::from)?;
    let removed = prune(&output, &keep, args.dry_run).map_err(Failure::from)?;
    match terminal.format() {
        Format::Json => terminal.result(&serde_json::to_string(&serde_json::json!({
            "removed": removed,
            "dry_run": args.dry_run,
        }))?),
        Format::Text => {
            let word = if args.dry_run { "would be removed" } else { "removed" };
            let mut lines = removed.clone();
            lines.push(format!("{} runs {word}\n", removed.len()));
            terminal.answer(&lines.join("\n"))
        }
    }
}
