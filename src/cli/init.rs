//! `kohort init`: a commented config for a table, every guess written out.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::Args as ClapArgs;

use super::options::Global;
use super::terminal::Terminal;
use crate::config::{Config, Origin};
use crate::export::ExportError;
use crate::pipeline::{Failure, Prepared, Silent, prepare};
use crate::table::Family;

/// Read tables, guess what each is and each column's role, and write a commented config
/// that runs as it is.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  kohort init customers.csv -o kohort.toml && kohort run kohort.toml\n  \
    kohort init customers.csv orders.csv visits.csv"
)]
pub(super) struct Args {
    /// The tables: customers, purchases and whatever joins to them
    #[arg(value_name = "TABLE", required = true, num_args = 1.., help_heading = "Input")]
    tables: Vec<PathBuf>,
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
    let bare: Vec<String> = args.tables.iter().map(|path| path.display().to_string()).collect();
    let prepared = prepare(&Config::default(), &bare, "".as_ref(), &Silent)?;
    let text = write(&prepared, &args.out, args.minimal);
    let mut file =
        OpenOptions::new().write(true).create_new(true).open(&args.out).map_err(|e| wrong(&e))?;
    file.write_all(text.as_bytes()).map_err(|error| wrong(&error))?;
    let path = args.out.display().to_string();
    let columns: usize = prepared.tables().map(|table| table.columns.len()).sum();
    let note = format!("{columns} columns; look it over, then: kohort run {path}");
    terminal.written(&[(path, note)])
}

/// A table's path as seen from the folder of the config `out`.
fn shown(out: &Path, table: &str) -> String {
    let table = Path::new(table);
    let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) => table.strip_prefix(folder).map_or_else(
            |_| std::path::absolute(table).unwrap_or_else(|_| table.to_owned()),
            PathBuf::from,
        ),
        None => table.to_owned(),
    }
    .display()
    .to_string()
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// The paths of a table as the config writes them.
fn origin(out: &Path, origin: &Origin) -> String {
    match origin.paths() {
        [one] => quoted(&shown(out, one)),
        several => {
            let paths: Vec<String> = several.iter().map(|path| quoted(&shown(out, path))).collect();
            format!("[{}]", paths.join(", "))
        }
    }
}

/// Where the tables come from, and what each is for.
fn input(out: &mut String, prepared: &Prepared, path: &Path, minimal: bool) {
    let input = &prepared.config.input;
    let _ = writeln!(out, "[input]");
    for (key, table) in [("customers", &input.customers), ("transactions", &input.transactions)] {
        if !table.is_empty() {
            let _ = writeln!(out, "{key} = {}", origin(path, table));
        }
    }
    match (&prepared.plan.id, minimal) {
        (Some(id), _) => {
            let _ = writeln!(out, "id = {}", quoted(id));
        }
        (None, false) => {
            let _ = writeln!(out, "# No id was found: customers are called by their row number.");
        }
        (None, true) => {}
    }
    if let (Some(day), false) = (prepared.resolved.input.as_of, minimal) {
        let _ = writeln!(out, "# as-of = {day}           # the last day of the orders");
    }
    for (name, table) in &input.tables {
        let _ = writeln!(out, "\n[input.tables.{name}]");
        let _ = writeln!(out, "path = {}", origin(path, &table.path));
        let _ = writeln!(out, "role = {}", quoted(table.role.name()));
        for (key, value) in [("id", &table.id), ("on", &table.on)] {
            if let Some(value) = value {
                let _ = writeln!(out, "{key} = {}", quoted(value));
            }
        }
    }
}

/// Which column of the purchases is what.
fn purchases(out: &mut String, prepared: &Prepared, minimal: bool) {
    if prepared.orders.is_none() {
        return;
    }
    let why = |name: &str| {
        prepared
            .tables()
            .flat_map(|table| &table.columns)
            .find(|column| column.name == name && column.used)
            .map_or_else(String::new, |column| format!("  # {}", column.why))
    };
    let _ = writeln!(out, "\n[features.transactions]");
    let lines = &prepared.resolved.features.transactions;
    let named = [
        ("date", &lines.date),
        ("order", &lines.order),
        ("amount", &lines.amount),
        ("quantity", &lines.quantity),
        ("price", &lines.price),
        ("product", &lines.product),
        ("category", &lines.category),
        ("channel", &lines.channel),
        ("discount", &lines.discount),
    ];
    for (key, column) in named {
        match column.as_deref() {
            Some("") if !minimal => {
                let _ = writeln!(out, "# {key} = \"\"");
            }
            Some(column) if !column.is_empty() => {
                let note = if minimal { String::new() } else { why(column) };
                let _ = writeln!(out, "{key} = {}{note}", quoted(column));
            }
            _ => {}
        }
    }
    if !minimal {
        let _ = writeln!(out, "refunds = \"net\"             # net | drop | separate");
    }
}

fn write(prepared: &Prepared, path: &Path, minimal: bool) -> String {
    let mut out = String::new();
    let plan = &prepared.plan;
    let comment = |out: &mut String, text: &str| {
        if !minimal {
            let _ = writeln!(out, "# {text}");
        }
    };
    comment(&mut out, "What kohort assumes of these tables. Every line may be changed;");
    comment(&mut out, "`kohort config --all` shows every key, `kohort check` what would be used.");
    input(&mut out, prepared, path, minimal);
    features(&mut out, prepared, minimal);
    purchases(&mut out, prepared, minimal);
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
    let resolved = &prepared.resolved.features;
    let families = [
        (Family::Behavioural, &resolved.behavioural),
        (Family::Demographic, &resolved.demographic),
        (Family::Geographic, &resolved.geographic),
        (Family::Psychographic, &resolved.psychographic),
        (Family::Firmographic, &resolved.firmographic),
    ];
    list("\n[features]\nignore", &resolved.ignore);
    let header = if resolved.ignore.is_empty() { "\n[features]\n" } else { "" };
    let mut first = true;
    for (family, names) in families.into_iter().filter(|(_, names)| !names.is_empty()) {
        let key =
            if first { format!("{header}{}", family.name()) } else { family.name().to_owned() };
        list(&key, names);
        first = false;
    }
}
