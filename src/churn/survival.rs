//! How long contracts last: a survival curve, where the table allows one.
//!
//! A snapshot of customers with their tenure and who left does not: those who left earlier
//! are not in it, so that the long-lived are too many. Two things mend that:
//!
//! - start and end dates of all contracts (`churn.start`, `churn.end`): everybody is seen
//!   from the start, whoever has no end is still there on the as-of day.
//! - a declared window (`churn.window`): the label says who left in the last so many months.
//!   Then a customer of tenure t was there at t - window, and is counted from then on
//!   (delayed entry). What the curve says of long tenures is put together from customers of
//!   different ages, none of whom was seen for long.
//!
//! Product-limit estimate with Greenwood's variance; intervals on the complementary log-log
//! scale. Times seen for fewer than `min_cell` customers are not told. No curve by segment:
//! segments are made of what customers did since they came, so a long stay may be what puts
//! them there.
//!
//! # References
//!
//! Kaplan, Meier (1958), Nonparametric estimation from incomplete observations, JASA 53;
//! Klein, Moeschberger (2003), Survival Analysis, 2nd ed., sections 4.2, 4.3 and 4.6 (left
//! truncation); Fader, Hardie (2007), How to project customer retention, Journal of
//! Interactive Marketing 21(1).

use super::names;
use super::params::Params;
use super::window::{Unit, Window};
use crate::results::{ContractModel, ModelFit, Remaining, Survival, SurvivalPoint};
use crate::stats::{Z95, number};
use crate::table::{Column, FeatureTable, Role, Values};
use crate::value::newton::Ending;
use crate::value::shifted_beta_geometric::{Lasted, ShiftedBetaGeometric};

/// Points of the curve.
const POINTS: usize = 200;
/// Days of a month.
const MONTH: f64 = 30.4375;
/// Periods of which what is left is told.
const AHEAD: u32 = 12;
/// Ages of which that is told.
const AGES: [u32; 5] = [0, 6, 12, 24, 48];

/// One customer: seen from `entry` to `exit` after the start.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Spell {
    entry: f64,
    exit: f64,
    left: bool,
}

/// What there is to count.
struct Counted {
    spells: Vec<Spell>,
    left_aside: usize,
    unit: Unit,
    /// The length of a period of the model.
    period: f64,
    how: String,
}

/// The survival curve, or why it is not drawn, one sentence without a final stop.
///
/// # Errors
///
/// Neither dates nor a window are declared, their columns cannot be used, or too few
/// customers were seen or left.
pub fn survival(
    table: &FeatureTable,
    params: &Params,
    min_cell: usize,
) -> Result<Survival, String> {
    let made = match (&params.start, &params.end, params.window) {
        (Some(start), Some(end), _) => of_dates(table, start, end)?,
        (Some(_), None, _) | (None, Some(_), _) => {
            return Err("churn.start and churn.end belong together".to_owned());
        }
        (None, None, Some(window)) => of_window(table, params.tenure.as_deref(), window)?,
        (None, None, None) => {
            return Err("customers who left earlier are not in the table; name churn.start and \
                        churn.end, or declare churn.window"
                .to_owned());
        }
    };
    let Counted { spells, left_aside, unit, period, how } = made;
    let left = spells.iter().filter(|spell| spell.left).count();
    let least = min_cell.max(1);
    if left < least || spells.len() - left < least {
        return Err(format!("fewer than {least} customers have left, or have stayed"));
    }
    let (from, mut curve) = product_limit(&spells, least);
    if curve.is_empty() {
        return Err(format!("at no time were {least} customers seen of whom somebody left"));
    }
    let median = curve.iter().find(|point| point.share <= 0.5).map(|point| point.time);
    let model = contracts(&spells, period);
    thin(&mut curve);
    Ok(Survival {
        unit: unit.name().to_owned(),
        how,
        customers: spells.len() as u64,
        left: left as u64,
        left_aside: left_aside as u64,
        from,
        curve,
        median,
        model,
    })
}

fn numbers<'a>(table: &'a FeatureTable, key: &str, name: &str) -> Result<&'a Column, String> {
    match table.column(name) {
        Some((_, column)) if matches!(column.values, Values::Number(_)) => Ok(column),
        Some(_) => Err(format!("churn.{key} names {name}, which holds no numbers or dates")),
        None => Err(format!("churn.{key} names {name}, which is no used column")),
    }
}

fn values(column: &Column) -> &[f64] {
    match &column.values {
        Values::Number(values) => values,
        _ => &[],
    }
}

/// Everybody from the start to the end, or to the as-of day.
fn of_dates(table: &FeatureTable, start: &str, end: &str) -> Result<Counted, String> {
    let (starts, ends) = (numbers(table, "start", start)?, numbers(table, "end", end)?);
    for (key, column) in [("start", starts), ("end", ends)] {
        if column.role != Role::Date {
            return Err(format!("churn.{key} names {}, which holds no dates", column.name));
        }
    }
    let outcome = |row: usize| table.outcome().and_then(|outcome| outcome.values[row]);
    let mut spells = Vec::new();
    for (row, (&start, &end)) in values(starts).iter().zip(values(ends)).enumerate() {
        // Days before the as-of day. An end on it or later is one only where the label says
        // so: contracts have planned ends as well.
        let left = !end.is_nan() && (end > 0.0 || outcome(row) == Some(true));
        let exit = start - if left { end } else { 0.0 };
        // NaN where the start is missing.
        if exit >= 0.0 {
            spells.push(Spell { entry: 0.0, exit, left });
        }
    }
    let left_aside = table.n_customers() - spells.len();
    let how = "everybody from the start; whoever has no end is still there".to_owned();
    Ok(Counted { spells, left_aside, unit: Unit::Day, period: MONTH, how })
}

/// Everybody for the window before the as-of day.
fn of_window(
    table: &FeatureTable,
    tenure: Option<&str>,
    window: Window,
) -> Result<Counted, String> {
    let Some(outcome) = table.outcome().filter(|outcome| outcome.is_churn) else {
        return Err("churn.window needs a label that says who has left".to_owned());
    };
    let tenure = if let Some(name) = tenure {
        numbers(table, "tenure", name)?
    } else {
        let named = table.columns().iter().filter(|column| names::is_tenure(&column.name));
        let mut named = named.filter(|column| matches!(column.values, Values::Number(_)));
        match (named.next(), named.next()) {
            (Some(column), None) => column,
            _ => return Err("no one column is called tenure; name it in churn.tenure".into()),
        }
    };
    let length = f64::from(window.count);
    let mut spells = Vec::new();
    for (&exit, known) in values(tenure).iter().zip(&outcome.values) {
        if let Some(left) = known.filter(|_| exit >= 0.0) {
            spells.push(Spell { entry: (exit - length).max(0.0), exit, left });
        }
    }
    let left_aside = table.n_customers() - spells.len();
    let how = format!(
        "{} in {}; the label is taken to say who left in the last {window}, so everybody is \
         counted from then on",
        tenure.name,
        window.unit.name()
    );
    Ok(Counted { spells, left_aside, unit: window.unit, period: length, how })
}

/// The product-limit estimate from the first time on at which enough are seen, until too
/// few are.
fn product_limit(spells: &[Spell], least: usize) -> (f64, Vec<SurvivalPoint>) {
    let mut entries: Vec<f64> = spells.iter().map(|spell| spell.entry).collect();
    let mut exits: Vec<(f64, bool)> = spells.iter().map(|spell| (spell.exit, spell.left)).collect();
    entries.sort_by(f64::total_cmp);
    exits.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut entered, mut gone) = (0, 0);
    let (mut share, mut variance) = (1.0, 0.0);
    let (mut from, mut skipped) = (None, false);
    let mut curve: Vec<SurvivalPoint> = Vec::new();
    while gone < exits.len() {
        let time = exits[gone].0;
        // Who enters at this very time was not seen before it; at 0 all are.
        let is_in = |entry: f64| entry < time || time <= 0.0;
        entered += entries[entered..].iter().take_while(|entry| is_in(**entry)).count();
        let at_risk = entered.saturating_sub(gone);
        let together = exits[gone..].iter().take_while(|exit| exit.0.total_cmp(&time).is_eq());
        let leaving: Vec<bool> = together.map(|exit| exit.1).collect();
        let left = leaving.iter().filter(|left| **left).count();
        gone += leaving.len();
        if at_risk < least {
            if from.is_some() {
                break;
            }
            skipped = true;
            continue;
        }
        from.get_or_insert(if skipped { time } else { 0.0 });
        if left == 0 {
            continue;
        }
        let (n, d) = (number(at_risk), number(left));
        share *= 1.0 - d / n;
        variance += if n > d { d / (n * (n - d)) } else { 0.0 };
        let (low, high) = interval(share, variance);
        curve.push(SurvivalPoint { time, share, low, high, at_risk: at_risk as u64 });
    }
    (from.unwrap_or(0.0), curve)
}

/// The interval on the scale of `ln(-ln S)`.
fn interval(share: f64, variance: f64) -> (f64, f64) {
    if share <= 0.0 || share >= 1.0 {
        return (share, share);
    }
    let log = libm::log(share);
    let half = Z95 * variance.sqrt() / log.abs();
    let at = |sign: f64| libm::exp(log * libm::exp(sign * half));
    (at(1.0), at(-1.0))
}

/// At most [`POINTS`] points, the first and the last among them.
fn thin(curve: &mut Vec<SurvivalPoint>) {
    let n = curve.len();
    if n > POINTS {
        *curve = (0..POINTS).map(|i| curve[i * (n - 1) / (POINTS - 1)]).collect();
    }
}

/// The contracts by the periods they were seen for.
fn lasted(spells: &[Spell], period: f64) -> Vec<Lasted> {
    let whole = |time: f64| (time / period + 1e-9).floor() as u32;
    let mut rows: Vec<Lasted> = Vec::new();
    for spell in spells {
        let entered = whole(spell.entry);
        // Who leaves within a period leaves at its end; who stays has lasted whole periods.
        let is_whole = (spell.exit / period - f64::from(whole(spell.exit))).abs() < 1e-6;
        let periods = match spell.left {
            true if is_whole && spell.exit > 0.0 => whole(spell.exit),
            true => whole(spell.exit) + 1,
            false => whole(spell.exit),
        };
        if periods > entered {
            let left = u64::from(spell.left);
            rows.push(Lasted { periods, entered, cancelled: left, current: 1 - left });
        }
    }
    rows.sort_unstable_by_key(|row| (row.periods, row.entered));
    let mut sample: Vec<Lasted> = Vec::new();
    for row in rows {
        match sample.last_mut() {
            Some(last) if (last.periods, last.entered) == (row.periods, row.entered) => {
                last.cancelled += row.cancelled;
                last.current += row.current;
            }
            _ => sample.push(row),
        }
    }
    sample
}

/// The model of contracts that are renewed period by period.
fn contracts(spells: &[Spell], period: f64) -> Option<ContractModel> {
    let sample = lasted(spells, period);
    let (model, peak) = ShiftedBetaGeometric::fit(&sample)?;
    let most = sample.last().map_or(0, |row| row.periods).min(240);
    let remaining = AGES.into_iter().filter(|&after| after <= most);
    let count = |row: &Lasted| row.cancelled + row.current;
    Some(ContractModel {
        period,
        fit: ModelFit {
            model: "shifted-beta-geometric".to_owned(),
            until: String::new(),
            customers: sample.iter().map(count).sum(),
            distinct: sample.len() as u64,
            names: ["a", "b"].map(str::to_owned).to_vec(),
            parameters: vec![model.a, model.b],
            errors: peak.errors.map_or_else(Vec::new, |errors| errors.to_vec()),
            log_likelihood: peak.log_likelihood,
            gain_over_nbd: None,
            leaving_is_visible: None,
            converged: peak.ending == Ending::Converged,
            steps: peak.steps as u64,
        },
        expected: (1..=most).map(|periods| model.survival(periods)).collect(),
        remaining: remaining
            .map(|after| Remaining {
                after,
                renewed: model.retention(after + 1),
                of_twelve: model.expected_periods(after, AHEAD),
            })
            .collect(),
    })
}

#[cfg(test)]
mod tests;
