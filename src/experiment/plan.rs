//! The plan: what each segment can show, and how many units must be read.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::assign::check;
use super::power::{detectable, needed, power};
use super::{Arm, ExperimentError, Measure};

/// Of those assigned, the share that must be read where the effect needs more than there are.
const READ: f64 = 0.8;

/// What is asked of an experiment.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// Its name.
    pub name: String,
    /// What is measured.
    pub measure: Measure,
    /// The arms; the last is what the others are compared with.
    pub arms: Vec<Arm>,
    /// The relative change of the base that is worth finding, such as 0.1.
    pub effect: f64,
    /// The chance of a false alarm, over all comparisons.
    pub alpha: f64,
    /// The chance of finding the effect where it is there.
    pub power: f64,
}

/// What is known of a segment before.
#[derive(Debug, Clone, PartialEq)]
pub struct SegmentBase {
    /// The segment, from 1.
    pub segment_id: u32,
    /// Its name.
    pub segment: String,
    /// The units that can be assigned.
    pub units: usize,
    /// The rate or the mean.
    pub base: f64,
    /// The standard deviation of a mean.
    pub sd: f64,
}

/// What a segment can show.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentPlan {
    /// The segment, from 1.
    pub segment_id: u32,
    /// Its name.
    pub segment: String,
    /// The units that are assigned.
    pub units: usize,
    /// The rate or mean before.
    pub base: f64,
    /// The units that the effect needs in all arms.
    pub needed: f64,
    /// The smallest difference that its units show; none where no difference does.
    pub detectable: Option<f64>,
    /// The same as a share of the base.
    pub detectable_relative: Option<f64>,
    /// The chance of finding the effect that is worth finding.
    pub power: f64,
    /// Whether it is too small to be tested alone, and what to do.
    pub too_small: Option<TooSmall>,
}

/// What to do with a segment that is too small.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TooSmall {
    /// The segments to read it with, by their ids; empty where all together are too small.
    pub merge_with: Vec<u32>,
    /// In words.
    pub advice: String,
}

/// An experiment as it was planned; nothing of it changes afterwards.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The layout's version.
    pub schema: u32,
    /// The experiment's name.
    pub name: String,
    /// The run whose segments are frozen.
    pub run: String,
    /// What the assignment is hashed with.
    pub salt: String,
    /// What is assigned: `customer`, or the name of a column of units.
    pub unit: String,
    /// Whether the arms are exact blocks; newcomers are assigned by the hash all the same.
    pub balanced: bool,
    /// What is measured.
    pub measure: Measure,
    /// The outcome in words.
    pub outcome: String,
    /// The covariate that is frozen with the assignment; empty where there is none.
    pub covariate: String,
    /// The arms; the last is what the others are compared with.
    pub arms: Vec<Arm>,
    /// The relative change that is worth finding.
    pub effect: f64,
    /// The chance of a false alarm, over all comparisons.
    pub alpha: f64,
    /// The chance of finding the effect.
    pub power: f64,
    /// The units that must be read before anything is said.
    pub planned: usize,
    /// The units assigned.
    pub units: usize,
    /// What all segments together can show.
    pub overall: SegmentPlan,
    /// Each segment.
    pub segments: Vec<SegmentPlan>,
}

/// The sizes of an experiment: the overall plan, each segment, and the units to be read.
///
/// Segments are judged at `alpha` over the number of comparisons, the first step of Holm.
///
/// # Errors
///
/// Arms or numbers that cannot be, nobody to assign, a base that is not known.
pub fn plan(
    asked: &Asked,
    bases: &[SegmentBase],
) -> Result<(SegmentPlan, Vec<SegmentPlan>, usize), ExperimentError> {
    check(&asked.arms)?;
    let within = |what, found: f64, low: f64, high: f64, allowed| {
        if found > low && found < high {
            Ok(())
        } else {
            Err(ExperimentError::Value { what, found, allowed })
        }
    };
    within("the effect", asked.effect.abs(), 0.0, 100.0, "a share of the base other than 0")?;
    within("alpha", asked.alpha, 0.0, 0.5, "between 0 and 0.5")?;
    within("the power", asked.power, 0.5, 1.0, "between 0.5 and 1")?;
    let units: usize = bases.iter().map(|base| base.units).sum();
    if units == 0 {
        return Err(ExperimentError::Nobody);
    }
    for base in bases {
        let fits = match asked.measure {
            Measure::Rate => base.base > 0.0 && base.base < 1.0,
            Measure::Mean => base.base.is_finite() && base.sd > 0.0,
        };
        if !fits {
            return Err(ExperimentError::NoBase { segment: base.segment_id });
        }
    }
    let comparisons = (asked.arms.len() - 1) * (bases.len() + 1);
    let alpha = asked.alpha / comparisons as f64;
    let overall = segment(asked, &together(bases, 0, "All segments"), alpha);
    let mut segments: Vec<SegmentPlan> =
        bases.iter().map(|base| segment(asked, base, alpha)).collect();
    for at in 0..segments.len() {
        if segments[at].power < asked.power {
            segments[at].too_small = Some(advice(asked, bases, at, alpha));
        }
    }
    let most = (units as f64 * READ).ceil();
    let planned = overall.needed.min(most).max(1.0) as usize;
    Ok((overall, segments, planned))
}

/// Several segments as one.
fn together(bases: &[SegmentBase], id: u32, name: &str) -> SegmentBase {
    let units: usize = bases.iter().map(|base| base.units).sum();
    let n = units.max(1) as f64;
    let mean = bases.iter().map(|base| base.base * base.units as f64).sum::<f64>() / n;
    // Effects are compared inside segments, so only what varies inside counts.
    let variance = bases.iter().map(|base| base.sd * base.sd * base.units as f64).sum::<f64>() / n;
    let (segment_id, segment, sd) = (id, name.to_owned(), variance.sqrt());
    SegmentBase { segment_id, segment, units, base: mean, sd }
}

/// The shares of the smallest treated arm and of the control.
fn shares(arms: &[Arm]) -> (f64, f64) {
    let control = arms.last().map_or(0.5, |arm| arm.share);
    let treated = arms[..arms.len() - 1].iter().map(|arm| arm.share).fold(1.0, f64::min);
    (control, treated)
}

fn segment(asked: &Asked, base: &SegmentBase, alpha: f64) -> SegmentPlan {
    let (control, treated) = shares(&asked.arms);
    let known = (base.base, base.sd);
    let mut effect = base.base * asked.effect;
    if asked.measure == Measure::Rate {
        effect = effect.clamp(-base.base * 0.999, (1.0 - base.base) * 0.999);
    }
    let of_control = needed(asked.measure, known, effect, treated / control, (alpha, asked.power));
    let n = base.units as f64;
    let sizes = (n * control, n * treated);
    let smallest = detectable(asked.measure, known, sizes, (alpha, asked.power));
    SegmentPlan {
        segment_id: base.segment_id,
        segment: base.segment.clone(),
        units: base.units,
        base: base.base,
        needed: (of_control / control).ceil(),
        detectable: smallest,
        detectable_relative: smallest
            .map(|effect| effect / base.base.abs())
            .filter(|share| share.is_finite()),
        power: power(asked.measure, known, effect, sizes, alpha),
        too_small: None,
    }
}

/// Which segments to read a small one with: those whose bases are nearest, until they suffice.
fn advice(asked: &Asked, bases: &[SegmentBase], at: usize, alpha: f64) -> TooSmall {
    let own = &bases[at];
    let mut others: Vec<&SegmentBase> =
        bases.iter().filter(|base| base.segment_id != own.segment_id).collect();
    let far = |base: &SegmentBase| (base.base - own.base).abs();
    others.sort_by(|a, b| far(a).total_cmp(&far(b)).then(a.segment_id.cmp(&b.segment_id)));
    let mut merged = vec![own.clone()];
    for other in others {
        merged.push(other.clone());
        let all = together(&merged, own.segment_id, &own.segment);
        if segment(asked, &all, alpha).power >= asked.power {
            let merge_with: Vec<u32> = merged[1..].iter().map(|base| base.segment_id).collect();
            let names: Vec<String> = merge_with.iter().map(u32::to_string).collect();
            let word = if names.len() == 1 { "segment" } else { "segments" };
            let advice = format!(
                "too small to test alone: read it together with {word} {}, whose base is nearest",
                crate::format::list(&names)
            );
            return TooSmall { merge_with, advice };
        }
    }
    TooSmall {
        merge_with: Vec::new(),
        advice:
            "too small to test alone, and all segments together are too small for this effect: \
                 look for a larger effect, or run it longer with newcomers"
                .to_owned(),
    }
}
