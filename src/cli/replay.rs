//! `kohort replay`: the whole pipeline as of each past period, in order.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, ValueEnum};

use super::options::{Format, Global};
use super::run::{Asked, asked, shown};
use super::supervise::supervise;
use super::terminal::Terminal;
use crate::config::{Config, Override};
use crate::day::Day;
use crate::export::publish::OutputFolder;
use crate::fault::Class;
use crate::format::{count, percent};
use crate::pipeline::{Failure, Job, Silent, Work, prepare};
use crate::results::{Done, Results};

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Every {
    /// Calendar months.
    Month,
    /// Calendar quarters.
    Quarter,
}

/// The whole pipeline as of the end of each past period, in order: months of persistent
/// segments, forecasts against facts and verdicts from one file of purchases.
///
/// Every period sees what had happened by its last day and nothing later.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Example: kohort replay kohort.toml --every month --last 12 --out history")]
pub(super) struct Args {
    /// A config (.toml), or tables; purchases are needed
    #[arg(value_name = "CONFIG|TABLE", required = true, num_args = 1.., help_heading = "Input")]
    input: Vec<PathBuf>,
    /// How long a period is
    #[arg(long, value_name = "PERIOD", default_value = "month", help_heading = "Input")]
    every: Every,
    /// How many whole periods, the last ones
    #[arg(long, value_name = "N", default_value_t = 12, value_parser = clap::value_parser!(u16).range(1..=240), help_heading = "Input")]
    last: u16,
    /// Override a key of the config
    #[arg(long = "set", value_name = "KEY=VALUE", help_heading = "Input")]
    set: Vec<Override>,
    /// The output folder [default: output.dir of the config, or kohort-out]
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    out: Option<PathBuf>,
}

pub(super) fn main(args: &Args, global: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    let Asked { config, bare, folder } = asked(&args.input, &args.set)?;
    let out = args.out.clone().unwrap_or_else(|| folder.join(&config.output.dir));
    let output = OutputFolder::open(&out).map_err(Failure::from)?;
    let (config, days) = periods(&config, &bare, &folder, args)?;
    let mut done = Vec::new();
    for day in &days {
        terminal.say(&format!("as of {day}"));
        let mut config = config.clone();
        config.input.as_of = Some(*day);
        let job = Job {
            folder: std::path::absolute(&folder).unwrap_or_else(|_| folder.clone()),
            staging: output.stage().map_err(Failure::from)?.root().to_owned(),
            runs: out.join("runs"),
            previous: None,
            seed: global.seed,
            threads: global.threads(),
            gate: false,
            work: Work::Run,
            bare: Vec::new(),
            config,
        };
        match supervise(&job, &output, terminal) {
            Ok(finished) => {
                let run = output.run(&finished.run);
                let bytes = std::fs::read(run.join("report.json"))?;
                let results: Results = serde_json::from_slice(&bytes)?;
                done.push(results);
            }
            // A period before the first purchase, or with too few: it is said, and the next
            // one begins.
            Err(error) => match error.downcast::<Failure>() {
                Ok(failure) if failure.class == Class::Input && done.is_empty() => {
                    terminal.say(&format!("warning: as of {day}: {}", failure.message));
                }
                Ok(failure) => return Err(failure.into()),
                Err(error) => return Err(error),
            },
        }
    }
    if done.is_empty() {
        return Err(too_short(&shown(&args.input)).into());
    }
    match terminal.format() {
        Format::Text => terminal.answer(&table(&done, &out)),
        Format::Json => terminal.result(&line(&done, &out)?),
    }
}

fn too_short(input: &str) -> Failure {
    Failure {
        code: "E-JOB-005".into(),
        class: Class::Input,
        message: format!("{input} holds no whole period that could be replayed"),
        hint: Some("give purchases of more than one whole month, or a later --as-of".into()),
    }
}

/// The config with its tables found out, and the last days of the periods.
fn periods(
    config: &Config,
    bare: &[String],
    folder: &Path,
    args: &Args,
) -> Result<(Config, Vec<Day>), Failure> {
    let prepared = prepare(config, bare, folder, &Silent)?;
    let Some(orders) = &prepared.orders else {
        return Err(Failure {
            code: "E-JOB-006".into(),
            class: Class::Config,
            message: "there are no purchases, so nothing tells what was known in the past".into(),
            hint: Some("a table of customers can be run once for each of its exports".into()),
        });
    };
    let last = orders.histories.as_of();
    let first = (0..orders.histories.n_customers())
        .filter_map(|row| orders.histories.days(row).first())
        .min();
    let days = ends(last, args.every, usize::from(args.last));
    let days: Vec<Day> = days
        .into_iter()
        .filter(|day| first.is_some_and(|first| day.since_epoch() > *first))
        .collect();
    if days.is_empty() {
        return Err(too_short(&shown(&args.input)));
    }
    Ok((prepared.config, days))
}

/// The last days of the `n` last whole periods up to `last`, ascending.
fn ends(last: Day, every: Every, n: usize) -> Vec<Day> {
    let length = match every {
        Every::Month => 1,
        Every::Quarter => 3,
    };
    let first_of = |month: i32| -> Option<Day> {
        let at = u32::try_from(month.rem_euclid(12) + 1).ok()?;
        Day::from_civil(month.div_euclid(12), at, 1).ok()
    };
    let (year, month, _) = last.civil();
    let current = year * 12 + month.cast_signed() - 1;
    // The first month after each period; the last day of it lies just before.
    let next = (current + 1).div_euclid(length) * length;
    let mut days: Vec<Day> = (0..)
        .map_while(|at| first_of(next - at * length))
        .filter_map(|day| Day::from_epoch(day.since_epoch() - 1).ok())
        .filter(|day| *day <= last)
        .take(n)
        .collect();
    days.reverse();
    days
}

/// One line per period; writing into a `String` cannot fail.
fn table(done: &[Results], out: &Path) -> String {
    let mut text = String::new();
    let _ = writeln!(
        text,
        "{:<10}  {:>9}  {:>8}  {:<8}  {:<7}  {:>14}  {:>14}",
        "as of", "customers", "segments", "done", "verdict", "leave: told", "came true"
    );
    for results in done {
        let day = results.heading.as_of.clone().unwrap_or_default();
        let change = results.change.as_ref();
        let all = change.and_then(|change| change.forecast.as_ref()?.rows.first());
        let part = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), percent);
        let _ = writeln!(
            text,
            "{:<10}  {:>9}  {:>8}  {:<8}  {:<7}  {:>14}  {:>14}",
            day,
            count(results.data.customers),
            results.segments.len(),
            change.map_or("fitted", |change| match change.done {
                Done::Scored => "scored",
                Done::Refitted => "refitted",
            }),
            change.map_or("-", |change| change.verdict.advice.name()),
            part(all.and_then(|row| row.churn_forecast)),
            part(all.and_then(|row| row.churn_fact).map(|fact| fact.value)),
        );
        for event in change.iter().flat_map(|change| &change.events).take(4) {
            let _ = writeln!(text, "            {}", event.text);
        }
    }
    let _ = writeln!(text, "Published: {}", out.join("runs").display());
    let _ = writeln!(text, "Open {} first", out.join("current").join("report.html").display());
    text
}

fn line(done: &[Results], out: &Path) -> anyhow::Result<String> {
    let runs: Vec<serde_json::Value> = done
        .iter()
        .map(|results| {
            let change = results.change.as_ref();
            serde_json::json!({
                "run": results.heading.run,
                "as_of": results.heading.as_of,
                "customers": results.data.customers,
                "segments": results.segments.len(),
                "done": change.map(|change| change.done),
                "verdict": change.map(|change| change.verdict.advice),
                "events": change.map(|change| &change.events),
            })
        })
        .collect();
    Ok(serde_json::to_string(&serde_json::json!({
        "out": out.display().to_string(),
        "runs": runs,
    }))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_end_on_the_last_day_of_whole_months_and_quarters() {
        let days = |last: &str, every, n| -> Vec<String> {
            ends(last.parse().unwrap(), every, n).iter().map(Day::to_string).collect()
        };
        assert_eq!(days("2011-12-09", Every::Month, 2), ["2011-10-31", "2011-11-30"]);
        assert_eq!(days("2024-02-29", Every::Month, 2), ["2024-01-31", "2024-02-29"]);
        assert_eq!(days("2025-05-10", Every::Quarter, 2), ["2024-12-31", "2025-03-31"]);
        assert_eq!(days("2025-03-31", Every::Quarter, 1), ["2025-03-31"]);
    }
}
