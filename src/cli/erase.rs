//! `kohort erase`: people out of every run, on request.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::options::{Format, Global};
use super::terminal::Terminal;
use crate::export::ExportError;
use crate::export::erase::{Erasure, erase};
use crate::export::publish::OutputFolder;
use crate::fault::Class;
use crate::format;
use crate::pipeline::Failure;

/// Remove people from every run of an output folder.
///
/// Their rows leave customers, features, matrix and explore, in CSV and Parquet, and the
/// lists and experiments named with --also; the order of all others stays. The manifests say
/// that somebody was erased, not who, and mark the models for training anew. What was sent
/// already, and the tables that runs are made from, are yours to clean.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example: kohort erase --ids requests.txt --out kohort-out --also lists --also spring"
)]
pub(super) struct Args {
    /// The ids, one a line
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    ids: PathBuf,
    /// The output folder
    #[arg(long, value_name = "DIR", default_value = "kohort-out", help_heading = "Output")]
    out: PathBuf,
    /// Lists of audiences, and folders of experiments and explorations
    #[arg(long, value_name = "PATH", help_heading = "Output")]
    also: Vec<PathBuf>,
}

pub(super) fn main(args: &Args, _: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(&args.ids).map_err(|error| Failure {
        code: "E-IN-003".into(),
        class: Class::Input,
        message: format!("{} cannot be read: {}", args.ids.display(), error.kind()),
        hint: Some("write one id a line, in UTF-8".into()),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let ids: BTreeSet<String> =
        text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
    // Nothing is made where nothing is.
    if !args.out.join("runs").is_dir() {
        let path = args.out.display().to_string();
        return Err(Failure::from(ExportError::NoRun { path }).into());
    }
    let folder = OutputFolder::open(&args.out).map_err(Failure::from)?;
    let done = erase(&folder, &ids, &args.also).map_err(Failure::from)?;
    if !done.runs.is_empty() {
        folder.write_history().map_err(Failure::from)?;
    }
    match terminal.format() {
        Format::Json => terminal.result(&serde_json::to_string(&serde_json::json!({
            "asked": ids.len(),
            "found": done.found.len(),
            "runs": done.runs,
            "files": done.files,
        }))?),
        Format::Text => terminal.answer(&told(&done, ids.len())),
    }
}

fn told(done: &Erasure, asked: usize) -> String {
    use std::fmt::Write as _;
    let mut text = format!(
        "{} of {} ids were found and erased\n",
        format::count(done.found.len() as u64),
        format::count(asked as u64)
    );
    for run in &done.runs {
        let _ = writeln!(text, "  run {run}: written anew; its model is to be trained anew");
    }
    for file in &done.files {
        let _ = writeln!(text, "  {file}: written anew");
    }
    text
}
