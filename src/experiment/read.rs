//! The read-out: mismatch first, then effects.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::adjust::adjusted;
use super::distribution::chi_square_above;
use super::effect::{Difference, Sample, difference, heterogeneity, pooled};
use super::words::verdict;
use super::{Adjustment, ExperimentError, Measure, Plan};
use crate::stats::holm;

/// Below this corrected p-value the units read are not the units assigned.
const MISMATCH: f64 = 0.001;

/// One unit as it was assigned, with what was read of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observation {
    /// The place of its segment in the plan.
    pub segment: usize,
    /// The place of its arm in the plan.
    pub arm: usize,
    /// The covariate that was frozen; `None` for newcomers.
    pub covariate: Option<f64>,
    /// The outcome; `None` where it was not read.
    pub outcome: Option<f64>,
}

/// The units read beside those assigned, of one segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mismatch {
    /// The segment; 0 for all together.
    pub segment_id: u32,
    /// The units assigned, by arm.
    pub assigned: Vec<usize>,
    /// The units read, by arm.
    pub read: Vec<usize>,
    /// The chi-square statistic of lost units by arm.
    pub statistic: f64,
    /// Its p-value, corrected by Holm over the segments.
    pub p_corrected: f64,
    /// Whether the arms have lost units unlike each other.
    pub found: bool,
}

/// An effect in one segment, or over all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    /// The segment; 0 for all together.
    pub segment_id: u32,
    /// Its name.
    pub segment: String,
    /// The units read in the control.
    pub n_control: usize,
    /// The units read in the arm.
    pub n_treated: usize,
    /// The control's rate or mean.
    pub control: f64,
    /// The arm's rate or mean.
    pub treated: f64,
    /// Arm less control, adjusted where there is a covariate.
    pub difference: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The p-value.
    pub p: f64,
    /// The p-value corrected by Holm over all comparisons.
    pub p_corrected: f64,
    /// The difference drawn towards that of all segments by what is noise in it.
    pub shrunken: Option<f64>,
}

/// An arm beside the control.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compared {
    /// The arm.
    pub arm: String,
    /// The control.
    pub control: String,
    /// The effect over all segments, weighted by their units.
    pub overall: Effect,
    /// The effect in each segment that has units in both arms.
    pub segments: Vec<Effect>,
    /// The p-value that the effect is the same in all segments (Cochran's Q).
    pub differ_p: Option<f64>,
    /// The standard deviation of the true effects between segments.
    pub spread: Option<f64>,
}

/// What came out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Readout {
    /// The layout's version.
    pub schema: u32,
    /// The experiment.
    pub name: String,
    /// The run whose segments were frozen.
    pub run: String,
    /// What was measured.
    pub measure: Measure,
    /// The units assigned.
    pub assigned: usize,
    /// The units read.
    pub read: usize,
    /// The units that had to be read.
    pub planned: usize,
    /// Outcomes of units that were never assigned; not used.
    pub foreign: usize,
    /// Whether the units read are those assigned.
    pub valid: bool,
    /// All together and each segment.
    pub mismatch: Vec<Mismatch>,
    /// The adjustment by the covariate, where it says something.
    pub adjustment: Option<Adjustment>,
    /// Each arm beside the control.
    pub compared: Vec<Compared>,
    /// In words.
    pub verdict: String,
}

/// Reads an experiment out by its plan. `foreign` outcomes belong to nobody assigned.
///
/// # Errors
///
/// Fewer units than planned; a rate whose outcomes are neither 0 nor 1.
pub fn read(
    plan: &Plan,
    observations: &[Observation],
    foreign: usize,
) -> Result<Readout, ExperimentError> {
    let read = observations.iter().filter(|unit| unit.outcome.is_some()).count();
    if read < plan.planned {
        return Err(ExperimentError::Early { read, planned: plan.planned });
    }
    let by_customer = plan.unit == "customer";
    if plan.measure == Measure::Rate {
        // Of units with several customers it is the share of them.
        let fits =
            |y: f64| if by_customer { y == 0.0 || y == 1.0 } else { (0.0..=1.0).contains(&y) };
        let outcomes = observations.iter().filter_map(|unit| unit.outcome);
        let n = outcomes.filter(|&y| !fits(y)).count();
        if n > 0 {
            return Err(ExperimentError::NotARate { n });
        }
    }
    let mismatch = mismatches(plan, observations);
    let valid = mismatch.iter().all(|checked| !checked.found);
    let sharpened = match plan.covariate.as_str() {
        "" => None,
        name => adjusted(observations, name, plan.arms.len()),
    };
    let (adjusted, adjustment) = sharpened.unzip();
    let mut compared = compare(plan, observations, adjusted.as_deref());
    correct(&mut compared);
    let verdict = verdict(plan, &compared, &mismatch, read);
    Ok(Readout {
        schema: 1,
        name: plan.name.clone(),
        run: plan.run.clone(),
        measure: plan.measure,
        assigned: observations.len(),
        read,
        planned: plan.planned,
        foreign,
        valid,
        mismatch,
        adjustment,
        compared,
        verdict,
    })
}

/// Whether each arm has lost the same share of its units, in each segment and over all.
fn mismatches(plan: &Plan, observations: &[Observation]) -> Vec<Mismatch> {
    let k = plan.arms.len();
    let ids = std::iter::once((0, None)).chain(
        plan.segments.iter().enumerate().map(|(at, segment)| (segment.segment_id, Some(at))),
    );
    let mut all: Vec<(Mismatch, f64)> = ids
        .map(|(segment_id, place)| {
            let (mut assigned, mut read) = (vec![0; k], vec![0; k]);
            for unit in observations.iter().filter(|unit| place.is_none_or(|at| at == unit.segment))
            {
                assigned[unit.arm] += 1;
                read[unit.arm] += usize::from(unit.outcome.is_some());
            }
            let (statistic, p) = lost(&assigned, &read);
            let found = false;
            (Mismatch { segment_id, assigned, read, statistic, p_corrected: 1.0, found }, p)
        })
        .collect();
    let p: Vec<f64> = all.iter().map(|(_, p)| *p).collect();
    for ((mismatch, _), p) in all.iter_mut().zip(holm(&p)) {
        mismatch.p_corrected = p;
        mismatch.found = p < MISMATCH;
    }
    all.into_iter().map(|(mismatch, _)| mismatch).collect()
}

/// The chi-square test of read and lost units by arm.
pub(super) fn lost(assigned: &[usize], read: &[usize]) -> (f64, f64) {
    let (n, kept): (usize, usize) = (assigned.iter().sum(), read.iter().sum());
    let arms = assigned.iter().filter(|&&units| units > 0).count();
    if kept == 0 || kept == n || arms < 2 {
        return (0.0, 1.0);
    }
    let share = kept as f64 / n as f64;
    let statistic: f64 = assigned
        .iter()
        .zip(read)
        .filter(|(units, _)| **units > 0)
        .map(|(&units, &read)| {
            let gap = read as f64 - share * units as f64;
            gap * gap / (units as f64 * share * (1.0 - share))
        })
        .sum();
    (statistic, chi_square_above(statistic, arms - 1))
}

/// Every arm but the last beside the last.
fn compare(plan: &Plan, observations: &[Observation], adjusted: Option<&[f64]>) -> Vec<Compared> {
    let (k, rate) = (plan.arms.len(), plan.measure == Measure::Rate && plan.unit == "customer");
    let n_cells = plan.segments.len() * k;
    let mut raw: Vec<Vec<f64>> = vec![Vec::new(); n_cells];
    let mut sharp: Vec<Vec<f64>> = vec![Vec::new(); n_cells];
    let read = observations.iter().filter_map(|unit| Some((unit, unit.outcome?)));
    for (at, (unit, y)) in read.enumerate() {
        let cell = unit.segment * k + unit.arm;
        raw[cell].push(y);
        sharp[cell].push(adjusted.map_or(y, |adjusted| adjusted[at]));
    }
    let control = k - 1;
    (0..control)
        .map(|arm| {
            let mut parts: Vec<(Difference, f64)> = Vec::new();
            let mut segments = Vec::new();
            for (at, segment) in plan.segments.iter().enumerate() {
                let of = |list: &[Vec<f64>], arm: usize, rate: bool| {
                    Sample::of(&list[at * k + arm], rate)
                };
                let exact = rate && adjusted.is_none();
                let found = difference(&of(&sharp, control, exact), &of(&sharp, arm, exact));
                let Some(found) = found else { continue };
                let (before, after) = (of(&raw, control, false), of(&raw, arm, false));
                parts.push((found, (before.n + after.n) as f64));
                segments.push(effect(
                    segment.segment_id,
                    &segment.segment,
                    &before,
                    &after,
                    &found,
                ));
            }
            together(plan, arm, &parts, segments)
        })
        .collect()
}

fn effect(id: u32, name: &str, control: &Sample, treated: &Sample, found: &Difference) -> Effect {
    Effect {
        segment_id: id,
        segment: name.to_owned(),
        n_control: control.n,
        n_treated: treated.n,
        control: control.mean,
        treated: treated.mean,
        difference: found.size,
        low: found.low,
        high: found.high,
        p: found.p,
        p_corrected: found.p,
        shrunken: None,
    }
}

/// The effect over all segments, and whether they differ.
fn together(
    plan: &Plan,
    arm: usize,
    parts: &[(Difference, f64)],
    mut segments: Vec<Effect>,
) -> Compared {
    let weight: f64 = parts.iter().map(|(_, weight)| weight).sum();
    let mean = |of: &dyn Fn(&Effect) -> f64| -> f64 {
        let sum: f64 = segments.iter().zip(parts).map(|(effect, part)| of(effect) * part.1).sum();
        if weight > 0.0 { sum / weight } else { 0.0 }
    };
    let none = Difference { size: 0.0, low: 0.0, high: 0.0, error: 0.0, p: 1.0 };
    let found = pooled(parts).unwrap_or(none);
    let overall = Effect {
        segment_id: 0,
        segment: "All segments".to_owned(),
        n_control: segments.iter().map(|effect| effect.n_control).sum(),
        n_treated: segments.iter().map(|effect| effect.n_treated).sum(),
        control: mean(&|effect| effect.control),
        treated: mean(&|effect| effect.treated),
        difference: found.size,
        low: found.low,
        high: found.high,
        p: found.p,
        p_corrected: found.p,
        shrunken: None,
    };
    let alone: Vec<Difference> = parts.iter().map(|(part, _)| *part).collect();
    let (mut differ_p, mut spread) = (None, None);
    if let Some((q, freedom, between, drawn)) = heterogeneity(&alone) {
        differ_p = Some(chi_square_above(q, freedom));
        spread = Some(between);
        for (effect, drawn) in segments.iter_mut().zip(drawn) {
            effect.shrunken = Some(drawn);
        }
    }
    let control = plan.arms.last().map_or_else(String::new, |arm| arm.name.clone());
    Compared { arm: plan.arms[arm].name.clone(), control, overall, segments, differ_p, spread }
}

/// Corrects all p-values together.
fn correct(compared: &mut [Compared]) {
    let effects = |compared: &mut Compared| -> Vec<f64> {
        std::iter::once(&compared.overall).chain(&compared.segments).map(|e| e.p).collect()
    };
    let p: Vec<f64> = compared.iter_mut().flat_map(effects).collect();
    let mut corrected = holm(&p).into_iter();
    for one in compared {
        for effect in std::iter::once(&mut one.overall).chain(&mut one.segments) {
            effect.p_corrected = corrected.next().unwrap_or(1.0);
        }
    }
}
