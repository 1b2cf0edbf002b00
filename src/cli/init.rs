//! `kohort init`: a commented config for a table, every guess written out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::options::Global;
use super::terminal::Terminal;
use crate::config::Config;
use crate::export::ExportError;
use crate::features::Params;
use crate::pipeline::{Failure, Prepared, Silent, decided, prepare};

/// Read a table, guess each column's role, and write a commented config that runs as it is.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example: kohort init customers.csv -o kohort.toml && kohort run kohort.toml"
)]
pub(super) struct Args {
    /// The customer table
    #[arg(value_name = "TABLE", help_heading = "Input")]
    table: PathBuf,
    /// The file to write; never overwritten
    #[arg(
        short,
        long,
        value_name = "FILE",
        default_value = "kohort.toml",
        help_heading = "Output"
    )]
    out: PathBuf,
    /// Only what was guessed, without comments
    #[arg(long, help_heading = "Output")]
    minimal: bool,
}

pub(super) fn main(args: &Args, _: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let wrong = |error: &std::io::Error| Failure::from(ExportError::io(&args.out, error));
    if args.out.exists() {
        let path = args.out.display().to_string();
        return Err(Failure::from(ExportError::Exists { path }).into());
    }
    let config = Config::for_table(&args.table.display().to_string());
    let prepared = prepare(&config, "".as_ref(), &Silent)?;
    let text = write(&prepared, &shown(args), args.minimal);
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(&args.out).map_err(|e| wrong(&e))?;
    file.write_all(text.as_bytes()).map_err(|error| wrong(&error))?;
    let path = args.out.display().to_string();
    let note =
        format!("{} columns; look it over, then: kohort run {path}", prepared.plan.columns.len());
    terminal.written(&[(path, note)])
}

/// The table's path as seen from the config's folder.
fn shown(args: &Args) -> String {
    let folder = args.out.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) => args.table.strip_prefix(folder).map_or_else(
            |_| std::path::absolute(&args.table).unwrap_or_else(|_| args.table.clone()),
            PathBuf::from,
        ),
        None => args.table.clone(),
    }
    .display()
    .to_string()
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn write(prepared: &Prepared, table: &str, minimal: bool) -> String {
    let mut out = String::new();
    let plan = &prepared.plan;
    let comment = |out: &mut String, text: &str| {
        if !minimal {
            let _ = writeln!(out, "# {text}");
        }
    };
    comment(&mut out, "What kohort assumes of this table. Every line may be changed;");
    comment(&mut out, "`kohort config --all` shows every key, `kohort check` what would be used.");
    let _ = writeln!(out, "[input]\ncustomers = {}", quoted(table));
    match &plan.id {
        Some(id) => {
            let _ = writeln!(out, "id = {}", quoted(id));
        }
        None => comment(&mut out, "No id was found: customers are called by their row number."),
    }
    features(&mut out, prepared, minimal);
    if let Some(label) = &plan.label {
        let _ = writeln!(
            out,
            "\n[churn]\nlabel = {}\npositive = {}",
            quoted(&label.column),
            quoted(&label.positive)
        );
    } else if !minimal {
        let _ = writeln!(
            out,
            "\n# No column says who has left, so churn is not computed. To name one:\n# [churn]\n# label = \"Churn\"\n# positive = \"Yes\""
        );
    }
    if !minimal {
        let _ = writeln!(
            out,
            "\n[segments]\nmethod = \"k-means\"\nk = \"auto\"                # 3 to 8, by evidence\n\n\
             # What a customer is worth; without it no money is computed.\n# [value]\n# column = \"MonthlyCharges\"\n# per = \"month\"\n\n\
             [report]\ntitle = \"Customer segments\"\ncurrency = \"\"\n\n[output]\ndir = \"kohort-out\""
        );
    }
    out
}

/// The families of the columns, and what is not used, each guess with its reason.
fn features(out: &mut String, prepared: &Prepared, minimal: bool) {
    let plan = &prepared.plan;
    let why: BTreeMap<&str, String> = plan
        .columns
        .iter()
        .map(|column| (column.name.as_str(), format!("{}: {}", column.role.name(), column.why)))
        .collect();
    let mut list = |key: &str, names: &[String]| {
        if names.is_empty() {
            return;
        }
        let _ = writeln!(out, "{key} = [");
        for name in names {
            let note = why.get(name.as_str()).filter(|_| !minimal);
            let note = note.map_or(String::new(), |why| format!("  # {why}"));
            let _ = writeln!(out, "    {},{note}", quoted(name));
        }
        let _ = writeln!(out, "]");
    };
    let resolved = decided(&Params::default(), plan);
    let families = plan.families();
    list("\n[features]\nignore", &resolved.ignore);
    let header = if resolved.ignore.is_empty() { "\n[features]\n" } else { "" };
    let mut first = true;
    for (family, names) in &families {
        let key =
            if first { format!("{header}{}", family.name()) } else { family.name().to_owned() };
        list(&key, names);
        first = false;
    }
}
