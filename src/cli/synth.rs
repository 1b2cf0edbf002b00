//! `kohort synth`: generated customers whose true segments are known.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use super::options::Global;
use super::terminal::Terminal;
use crate::day::Day;
use crate::export::ExportError;
use crate::export::rows::Writer;
use crate::export::sheet::{Cells, Sheet};
use crate::pipeline::Failure;
use crate::synth::{self, Kind, Params, SynthTable, SynthValues};

/// What kind of business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Business {
    /// A shop: customers with an attitude survey, and their purchases.
    Shop,
    /// A subscription service: one table with a churn label.
    Subscription,
    /// Business to business: accounts and their orders.
    B2b,
    /// A shop in two half-years: one segment is split and one gone in the second.
    HalfYears,
}

/// The file format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum As {
    /// CSV.
    Csv,
    /// Parquet.
    Parquet,
}

/// Write generated customers whose true segments are known.
///
/// truth.csv holds each customer's true segment, and for subscriptions the true
/// probability of leaving.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Example: kohort synth subscription --customers 5000 --seed 1 -o demo")]
pub(super) struct Args {
    /// What kind of business
    business: Business,
    /// How many customers
    #[arg(long, value_name = "N", default_value_t = 2000, help_heading = "Model")]
    customers: usize,
    /// How many months of purchases
    #[arg(long, value_name = "M", default_value_t = 24, help_heading = "Model")]
    months: u32,
    /// A file for the purchases in place of one in DIR, written while they are made:
    /// any number of customers fits into memory; lines by customer and not by day.
    /// A name that ends in .parquet is written as Parquet where --as does not say otherwise
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    events: Option<PathBuf>,
    /// The file format [default: csv]
    #[arg(long = "as", id = "as", value_name = "FORMAT", help_heading = "Output")]
    as_: Option<As>,
    /// The folder to write into
    #[arg(short, long, value_name = "DIR", help_heading = "Output")]
    out: PathBuf,
}

pub(super) fn main(args: &Args, global: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let kind = match args.business {
        Business::Shop => Kind::Shop,
        Business::Subscription => Kind::Subscription,
        Business::B2b => Kind::B2b,
        Business::HalfYears => Kind::HalfYears,
    };
    let params = Params { kind, customers: args.customers, seed: global.seed, months: args.months };
    fs::create_dir_all(&args.out).map_err(|error| wrong(&args.out, &error))?;
    let mut written = Vec::new();
    let tables = match &args.events {
        None => synth::generate(&params).map_err(Failure::from)?,
        Some(path) => {
            let mut rows = Writer::create(path, as_of(path, args.as_) == As::Parquet)
                .map_err(Failure::from)?;
            let pool = rayon::ThreadPoolBuilder::new()
                .num_threads(global.threads())
                .build()
                .map_err(|error| Failure::internal(error.to_string()))?;
            let mut take = |block: &SynthTable| -> Result<(), Failure> { Ok(rows.push(block)?) };
            let mut generated = Ok(Vec::new());
            pool.in_place_scope(|_| generated = synth::generate_in_blocks(&params, &mut take));
            let n_rows = rows.finish().map_err(Failure::from)?;
            written.push((path.display().to_string(), format!("{n_rows} rows")));
            generated?
        }
    };
    let as_ = args.as_.unwrap_or(As::Csv);
    for table in &tables {
        let extension = if as_ == As::Csv { "csv" } else { "parquet" };
        let path = args.out.join(format!("{}.{extension}", table.name));
        let sheet = sheet(table);
        if as_ == As::Csv {
            let mut text = String::new();
            // Writing into a String cannot fail.
            let _ = synth::to_csv(table, &mut text);
            fs::write(&path, text).map_err(|error| wrong(&path, &error))?;
        } else {
            let mut file = OpenOptions::new()
                .write(true)
                .create(true)
                .truncate(true)
                .open(&path)
                .map_err(|error| wrong(&path, &error))?;
            sheet.write_parquet(&mut file, &path.display().to_string()).map_err(Failure::from)?;
        }
        written.push((path.display().to_string(), format!("{} rows", sheet.n_rows())));
    }
    terminal.written(&written)
}

/// What is asked for, else what the name of the file says.
fn as_of(path: &Path, asked: Option<As>) -> As {
    let parquet = path.extension().is_some_and(|end| end.eq_ignore_ascii_case("parquet"));
    asked.unwrap_or(if parquet { As::Parquet } else { As::Csv })
}

fn sheet(table: &SynthTable) -> Sheet {
    let mut sheet = Sheet::new();
    for column in &table.columns {
        let cells = match &column.values {
            SynthValues::Text(values) => Cells::Text(values.iter().cloned().map(Some).collect()),
            SynthValues::Whole(values) => Cells::Whole(values.clone()),
            SynthValues::Decimal(values, decimals) => {
                Cells::Decimal(values.clone(), Some(usize::from(*decimals)))
            }
            SynthValues::Day(values) => {
                Cells::Text(values.iter().map(|day| day.and_then(day_text)).collect())
            }
            SynthValues::Level(values, levels) => Cells::Text(
                values
                    .iter()
                    .map(|at| at.and_then(|at| levels.get(at as usize).cloned()))
                    .collect(),
            ),
        };
        sheet.push(column.name.clone(), cells);
    }
    sheet
}

fn day_text(days: i32) -> Option<String> {
    Day::from_epoch(days).ok().map(|day| day.to_string())
}

fn wrong(path: &std::path::Path, error: &std::io::Error) -> Failure {
    Failure::from(ExportError::io(path, error))
}
