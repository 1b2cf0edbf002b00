//! `kohort experiment plan` and `kohort experiment read`.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args as ClapArgs, Subcommand, ValueEnum};

use super::options::{Format, Global};
use super::runs::{outside, put_private, run_folder};
use super::terminal::Terminal;
use crate::experiment::{Arm, Asked, Compared, Effect, Measure, Plan, Readout, SegmentPlan};
use crate::export::ExportError;
use crate::fault::Class;
use crate::format;
use crate::pipeline::Failure;
use crate::pipeline::experiment::{Assignment, Request, plan, read};

/// Plan an experiment inside segments, and read it out.
///
/// What is planned is kept: the arm of a customer never changes, whoever is added later.
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Sizes, and who is in which arm
    Plan(PlanArgs),
    /// What came out
    Read(ReadArgs),
}

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Whether something happened
    Rate,
    /// A number
    Mean,
}

impl From<Kind> for Measure {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Rate => Self::Rate,
            Kind::Mean => Self::Mean,
        }
    }
}

/// Sizes, and who is in which arm: a hash of the experiment's name and the customer, so that
/// it stays, or exact blocks on request. Segment and covariate are frozen with it. In a folder
/// that holds the experiment already, newcomers are added and nothing else changes.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Examples:\n  kohort experiment plan current --name spring-offer -o spring\n  \
    kohort experiment plan current --name price --arm a=0.4 --arm b=0.4 --arm hold-out=0.2 \\\n      \
    --outcome spend --effect 0.05 --segment 2,3 -o price"
)]
struct PlanArgs {
    /// A run folder, an output folder, `current`, an as-of day or the first letters of a name
    #[arg(help_heading = "Input")]
    run: String,
    /// The segments by their ids [default: all]
    #[arg(long, value_name = "IDS", value_delimiter = ',', help_heading = "Input")]
    segment: Vec<u32>,
    /// The feature that is measured [default: leaving]
    #[arg(long, value_name = "COLUMN", help_heading = "Input")]
    outcome: Option<String>,
    /// The feature to adjust by, or none [default: the outcome's own, or the probability of leaving]
    #[arg(long, value_name = "COLUMN", help_heading = "Input")]
    covariate: Option<String>,
    /// The rate of every segment, where the run does not know it
    #[arg(long, value_name = "RATE", help_heading = "Input")]
    base_rate: Option<f64>,
    /// The column that names the account or household to assign as one
    #[arg(long, value_name = "COLUMN", requires = "units", help_heading = "Input")]
    unit: Option<String>,
    /// The table with that column, and the customers' ids
    #[arg(long, value_name = "TABLE", requires = "unit", help_heading = "Input")]
    units: Option<PathBuf>,
    /// The experiment's name; it salts the assignment
    #[arg(long, value_name = "NAME", help_heading = "Model")]
    name: String,
    /// An arm and its share; the last is what the others are compared with
    #[arg(long = "arm", value_name = "NAME=SHARE", value_parser = arm,
          default_values = ["action=0.5", "hold-out=0.5"], help_heading = "Model")]
    arms: Vec<Arm>,
    /// What is measured [default: a rate where the outcome is 0 or 1]
    #[arg(long, value_enum, help_heading = "Model")]
    measure: Option<Kind>,
    /// The change that is worth finding, as a share of the base
    #[arg(
        long,
        value_name = "SHARE",
        default_value_t = 0.1,
        allow_hyphen_values = true,
        help_heading = "Model"
    )]
    effect: f64,
    /// The chance of a false alarm, over all comparisons
    #[arg(long, default_value_t = 0.05, help_heading = "Model")]
    alpha: f64,
    /// The chance of finding the effect where it is there
    #[arg(long, default_value_t = 0.8, help_heading = "Model")]
    power: f64,
    /// Exact shares inside every segment; newcomers are assigned by the hash
    #[arg(long, help_heading = "Model")]
    balanced: bool,
    /// The folder to write
    #[arg(short, long, value_name = "DIR", help_heading = "Output")]
    out: PathBuf,
}

/// What came out: the units read beside those assigned, the effect over all and in every
/// segment with 95 % intervals, whether the segments differ, and a verdict in words. Refused
/// before the planned number of units is there.
#[derive(Debug, ClapArgs)]
#[command(
    after_help = "Example: kohort experiment read spring --outcomes april.csv --outcome churned"
)]
struct ReadArgs {
    /// The folder that `experiment plan` wrote
    #[arg(value_name = "DIR", help_heading = "Input")]
    folder: PathBuf,
    /// The table of outcomes: one row per customer
    #[arg(long, value_name = "TABLE", help_heading = "Input")]
    outcomes: PathBuf,
    /// The column of outcomes [default: as in the plan]
    #[arg(long, value_name = "COLUMN", help_heading = "Input")]
    outcome: Option<String>,
    /// The column that names the customers [default: as in the plan]
    #[arg(long, value_name = "COLUMN", help_heading = "Input")]
    id: Option<String>,
}

/// `offer=0.5`.
fn arm(text: &str) -> Result<Arm, String> {
    let (name, share) = text.rsplit_once('=').ok_or("expected NAME=SHARE")?;
    let share = share.trim().parse().map_err(|_| "the share is no number".to_owned())?;
    Ok(Arm { name: name.trim().to_owned(), share })
}

pub(super) fn main(args: &Args, _: &Global, terminal: &Terminal) -> anyhow::Result<()> {
    match &args.what {
        What::Plan(args) => plan_main(args, terminal),
        What::Read(args) => read_main(args, terminal),
    }
}

fn plan_main(args: &PlanArgs, terminal: &Terminal) -> anyhow::Result<()> {
    let run = run_folder(&args.run)?;
    outside(&args.out, &run)?;
    let earlier = kept(&args.out)?;
    if let Some((plan, _)) = &earlier
        && plan.name != args.name
    {
        return Err(refused(&format!("{} holds another experiment", args.out.display())));
    }
    let request = Request {
        run: &run,
        segments: &args.segment,
        asked: Asked {
            name: args.name.clone(),
            measure: args.measure.map_or(Measure::Rate, Into::into),
            arms: args.arms.clone(),
            effect: args.effect,
            alpha: args.alpha,
            power: args.power,
        },
        measure_given: args.measure.is_some(),
        outcome: args.outcome.as_deref(),
        base_rate: args.base_rate,
        covariate: args.covariate.as_deref(),
        unit: args.units.as_deref().zip(args.unit.as_deref()),
        balanced: args.balanced,
    };
    let again = earlier.is_some();
    let (plan, assignment, new) = plan(&request, earlier)?;
    let failed = |error: std::io::Error| Failure::from(ExportError::io(&args.out, &error));
    fs::create_dir_all(&args.out).map_err(failed)?;
    // The assignment first: a plan without one would be taken for a new experiment.
    let path = args.out.join("assignment.csv");
    put_private(&path, assignment.sheet().to_csv().as_bytes())?;
    if !again {
        let mut text = serde_json::to_string_pretty(&plan)?;
        text.push('\n');
        let path = args.out.join("plan.json");
        fs::write(&path, text).map_err(|error| Failure::from(ExportError::io(&path, &error)))?;
    }
    match terminal.format() {
        Format::Json => terminal.result(&serde_json::to_string(&serde_json::json!({
            "plan": plan,
            "assigned": assignment.rows.len(),
            "new": new,
            "out": args.out.display().to_string(),
        }))?),
        Format::Text => terminal.answer(&told(&plan, &assignment, again.then_some(new), &args.out)),
    }
}

/// The experiment in a folder, where there is one.
fn kept(folder: &Path) -> anyhow::Result<Option<(Plan, Assignment)>> {
    let (plan, assignment) = (folder.join("plan.json"), folder.join("assignment.csv"));
    if !plan.exists() {
        return Ok(None);
    }
    let damaged = |path: &Path| refused(&format!("{} cannot be read", path.display()));
    let text = fs::read_to_string(&plan).map_err(|_| damaged(&plan))?;
    let known: Plan = serde_json::from_str(&text).map_err(|_| damaged(&plan))?;
    if known.arms.is_empty() || known.segments.is_empty() {
        return Err(damaged(&plan));
    }
    let text = fs::read_to_string(&assignment).map_err(|_| damaged(&assignment))?;
    let rows = Assignment::parse(&text).ok_or_else(|| damaged(&assignment))?;
    Ok(Some((known, rows)))
}

fn refused(message: &str) -> anyhow::Error {
    Failure {
        code: "E-EXP-007".into(),
        class: Class::Input,
        message: message.to_owned(),
        hint: Some(
            "give a folder of its own to every experiment, as `experiment plan` wrote it".into(),
        ),
    }
    .into()
}

fn read_main(args: &ReadArgs, terminal: &Terminal) -> anyhow::Result<()> {
    let Some((plan, assignment)) = kept(&args.folder)? else {
        return Err(refused(&format!("{} holds no experiment", args.folder.display())));
    };
    let outcome = args.outcome.as_deref().unwrap_or(&plan.outcome);
    let columns = (args.id.as_deref(), outcome);
    let found = read(&plan, &assignment, &args.outcomes, columns)?;
    match terminal.format() {
        Format::Json => terminal.result(&serde_json::to_string(&found)?),
        Format::Text => terminal.answer(&result(&found)),
    }
}

/// A rate as per cent, a mean as it is.
fn level(measure: Measure, x: f64) -> String {
    match measure {
        Measure::Rate => format::percent(x),
        Measure::Mean => format::number(x),
    }
}

fn told(plan: &Plan, assignment: &Assignment, new: Option<usize>, out: &Path) -> String {
    use std::fmt::Write as _;
    let mut text = String::new();
    let arms: Vec<String> = plan
        .arms
        .iter()
        .map(|arm| {
            let n = assignment.rows.iter().filter(|row| row.arm == arm.name).count();
            format!("{} {}", arm.name, format::count(n as u64))
        })
        .collect();
    if let Some(new) = new {
        let _ = writeln!(text, "{} newcomers were added; nothing else has changed", new);
    }
    let _ = writeln!(
        text,
        "{}: {} by arm: {}",
        plan.name,
        format::customers(assignment.rows.len() as u64),
        arms.join(", ")
    );
    let _ = writeln!(
        text,
        "Worth finding: a change of {:.0} % in {}; {:.0} % power, {:.0} % false alarms over all comparisons",
        plan.effect.abs() * 100.0,
        plan.outcome,
        plan.power * 100.0,
        plan.alpha * 100.0
    );
    let _ = writeln!(
        text,
        "  {:>7}  {:>8}  {:>8}  {:>9}  {:>10}  {:>6}",
        "segment", "units", "base", "needed", "detectable", "power"
    );
    for segment in plan.segments.iter().chain([&plan.overall]) {
        text.push_str(&line(plan, segment));
    }
    let small = plan.segments.iter().filter_map(|one| Some((one, one.too_small.as_ref()?)));
    for (segment, small) in small.clone().filter(|(_, small)| !small.merge_with.is_empty()) {
        let _ = writeln!(text, "Segment {}: {}", segment.segment_id, small.advice);
    }
    let alone: Vec<String> = small
        .clone()
        .filter(|(_, small)| small.merge_with.is_empty())
        .map(|(segment, _)| segment.segment_id.to_string())
        .collect();
    if let Some((_, first)) = small.clone().find(|(_, small)| small.merge_with.is_empty()) {
        let word = if alone.len() == 1 { "Segment" } else { "Segments" };
        let _ = writeln!(text, "{word} {}: {}", format::list(&alone), first.advice);
    }
    let _ = writeln!(
        text,
        "Read it when the outcomes of {} units are known; earlier it is refused",
        format::count(plan.planned as u64)
    );
    let _ = writeln!(text, "Written: {}", out.display());
    text
}

fn line(plan: &Plan, segment: &SegmentPlan) -> String {
    let name = if segment.segment_id == 0 { "all".into() } else { segment.segment_id.to_string() };
    let relative =
        segment.detectable_relative.map_or("-".into(), |x| format!("{:+.0} %", x * 100.0));
    format!(
        "  {name:>7}  {:>8}  {:>8}  {:>9}  {relative:>10}  {:>6}\n",
        format::count(segment.units as u64),
        level(plan.measure, segment.base),
        format::count(segment.needed as u64),
        format::percent(segment.power),
    )
}

fn result(found: &Readout) -> String {
    use std::fmt::Write as _;
    let mut text = format!("{}\n", found.verdict);
    for checked in found.mismatch.iter().filter(|checked| checked.found) {
        let _ = writeln!(
            text,
            "  segment {}: read {:?} of {:?} assigned, p = {:.2e}",
            checked.segment_id, checked.read, checked.assigned, checked.p_corrected
        );
    }
    if found.foreign > 0 {
        let _ = writeln!(text, "{} outcomes belong to nobody assigned; not used", found.foreign);
    }
    if let Some(adjustment) = &found.adjustment {
        let _ = writeln!(
            text,
            "Adjusted by {} from before: it explains {} of the variance; {} units lack it",
            adjustment.covariate,
            format::percent(adjustment.variance_explained),
            format::count(adjustment.missing as u64)
        );
    }
    if found.valid {
        for one in &found.compared {
            text.push_str(&table(found, one));
        }
    }
    text
}

fn table(found: &Readout, one: &Compared) -> String {
    let mut text = format!(
        "\n{} beside {}\n  {:>7}  {:>8}  {:>8}  {:>9}  {:>9}  {:>10}  {:>22}  {:>7}\n",
        one.arm,
        one.control,
        "segment",
        "n",
        "control",
        "arm",
        "effect",
        "drawn",
        "95 % interval",
        "p"
    );
    let row = |effect: &Effect| {
        let name =
            if effect.segment_id == 0 { "all".into() } else { effect.segment_id.to_string() };
        let size = |x: f64| match found.measure {
            Measure::Rate => format!("{:+.2}", x * 100.0),
            Measure::Mean => format!("{x:+.4}"),
        };
        format!(
            "  {name:>7}  {:>8}  {:>8}  {:>9}  {:>9}  {:>10}  {:>22}  {:>7.4}\n",
            format::count((effect.n_control + effect.n_treated) as u64),
            level(found.measure, effect.control),
            level(found.measure, effect.treated),
            size(effect.difference),
            effect.shrunken.map_or("-".to_owned(), size),
            format!("{} to {}", size(effect.low), size(effect.high)),
            effect.p_corrected
        )
    };
    one.segments.iter().chain([&one.overall]).map(row).for_each(|line| text.push_str(&line));
    text
}
