//! `kohort report`: a run's report again, from its numbers alone.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use super::options::Global;
use super::runs::{outside, run_folder};
use super::terminal::Terminal;
use crate::chart;
use crate::config::{Override, Report};
use crate::export::{ExportError, Manifest};
use crate::fault::Class;
use crate::pipeline::{Dress, Failure};
use crate::report;
use crate::results::Results;
use crate::words::{Language, within};

/// The forms a report comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    /// One self-contained HTML file.
    Html,
    /// Markdown with the figures beside it.
    Md,
    /// A workbook without the sheet of customers.
    Xlsx,
}

/// Render a run's report again from its numbers; never writes into the run.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  kohort report kohort-out/current -o for-the-board --set report.title='Our customers'\n  \
    kohort report kohort-out/current -o on-dark-slides --set report.theme=dark"
)]
pub(super) struct Args {
    /// A run folder, an output folder, `current`, an as-of day or the first letters of a name
    #[arg(help_heading = "Input")]
    run: String,
    /// Override report.title, report.currency, report.language, report.theme or report.templates
    #[arg(long = "set", value_name = "KEY=VALUE", help_heading = "Input")]
    set: Vec<Override>,
    /// The folder to write into
    #[arg(short, long, value_name = "DIR", default_value = "report", help_heading = "Output")]
    out: PathBuf,
    /// What to write
    #[arg(long, value_delimiter = ',', default_values = ["html", "md", "xlsx"], help_heading = "Output")]
    to: Vec<To>,
}

pub(super) fn main(args: &Args, _: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let run = run_folder(&args.run)?;
    let (manifest, _) = Manifest::read(&run).map_err(Failure::from)?;
    manifest.verify(&run).map_err(Failure::from)?;
    outside(&args.out, &run)?;
    let bytes = fs::read(run.join("report.json"))?;
    let mut results: Results = serde_json::from_slice(&bytes)?;
    let mut wears = Wears::default();
    for change in &args.set {
        set(&mut results, &mut wears, change)?;
    }
    let templates = wears.put_on(&mut results)?;
    let language = Language::of(&results.heading.language).unwrap_or_default();
    let theme = chart::Theme::of(&results.heading.look);
    let figures = within(language, || chart::all(&results, &theme));
    let folder = args.out.join("figures");
    fs::create_dir_all(&folder).map_err(|error| wrong(&folder, &error))?;
    let mut written = Vec::new();
    if args.to.contains(&To::Html) {
        let text = report::html(&results, &figures, &templates).map_err(Failure::from)?;
        written.push(put(&args.out.join("report.html"), text.as_bytes())?);
    }
    if args.to.contains(&To::Md) {
        let text = report::markdown(&results, &figures, &templates).map_err(Failure::from)?;
        written.push(put(&args.out.join("report.md"), text.as_bytes())?);
    }
    if args.to.contains(&To::Xlsx) {
        let book = report::xlsx(&results, None).map_err(Failure::from)?;
        written.push(put(&args.out.join("segments.xlsx"), &book)?);
    }
    for figure in &figures {
        put(&folder.join(format!("{}.svg", figure.name)), figure.svg.as_bytes())?;
        let png = chart::png(figure, 2.0).map_err(Failure::from)?;
        put(&folder.join(format!("{}.png", figure.name)), &png)?;
    }
    terminal.written(&written)
}

/// Which theme and templates were asked for, relative to where one is.
#[derive(Default)]
struct Wears {
    theme: Option<String>,
    templates: Option<String>,
}

impl Wears {
    /// Gives the report the look that was asked for, else leaves it its own; its templates.
    fn put_on(self, results: &mut Results) -> anyhow::Result<report::Templates> {
        let asked = Report {
            theme: self.theme.clone().unwrap_or_default(),
            templates: self.templates.unwrap_or_default(),
            ..Report::default()
        };
        let dress = Dress::read(&asked, Path::new(""))?;
        if self.theme.is_some() {
            results.heading.look = dress.look;
        }
        Ok(dress.templates)
    }
}

/// The keys of the report that a run can be rendered again with.
fn set(results: &mut Results, wears: &mut Wears, change: &Override) -> anyhow::Result<()> {
    let text = change.value.as_str().map_or_else(|| change.value.to_string(), str::to_owned);
    match change.key.as_str() {
        "report.title" => results.heading.title = text,
        "report.currency" => results.heading.currency = text,
        "report.language" if Language::of(&text).is_some() => results.heading.language = text,
        "report.theme" => wears.theme = Some(text),
        "report.templates" => wears.templates = Some(text),
        key => {
            return Err(Failure {
                code: "E-CFG-003".into(),
                class: Class::Config,
                message: format!("--set {key}: cannot be changed in a finished run"),
                hint: Some(
                    "report.title, report.currency, report.language (en, da, nb, ro, zh), report.theme and report.templates can; all else needs `kohort run`".into(),
                ),
            }
            .into());
        }
    }
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<(String, String)> {
    fs::write(path, bytes).map_err(|error| wrong(path, &error))?;
    Ok((path.display().to_string(), String::new()))
}

fn wrong(path: &Path, error: &std::io::Error) -> Failure {
    Failure::from(ExportError::io(path, error))
}
