//! A rule as the method: its classes as segments, in the shape that the later stages
//! expect.

use super::{Cuts, RuleLabels};
use crate::cluster::explore::{Discovery, Task};
use crate::cluster::{Assignment, ClusterError, Engine, Method, Segmentation, Shape};
use crate::results::{Choice, Verdict};

/// The classes of a rule as segments. A class without a customer is no segment; the others
/// keep the order of the rule, so that ids start at 1 with its first. The verdict of each
/// is `rule`; second segment, margin and stability are empty, because a rule has none. A
/// customer of whom the rule cannot tell is in no segment.
///
/// # Errors
///
/// Labels of another number of customers than the task has; nobody in any class.
pub fn by_rule(task: &Task, labels: &RuleLabels) -> Result<Discovery, ClusterError> {
    let (found, expected) = (labels.codes().len(), task.table.n_customers());
    if found != expected {
        return Err(ClusterError::Length { what: "the rule", found, expected });
    }
    let kept: Vec<u8> = (0_u8..)
        .zip(labels.counts())
        .filter(|&(_, &count)| count > 0)
        .map(|(code, _)| code)
        .collect();
    if kept.is_empty() {
        return Err(ClusterError::TooFewDistinct { distinct: 0 });
    }
    let method = Method::of(labels.rule());
    let names: Vec<String> =
        kept.iter().map(|&code| labels.names()[usize::from(code)].clone()).collect();
    let k = kept.len();
    let assignments = assignments(labels.codes(), &kept);
    let shape = Shape::Rule { cuts: Box::new(labels.cuts().clone()), kept };
    Ok(Discovery {
        segmentation: Segmentation::from_parts(method, Engine::Kohort, shape)?,
        assignments,
        choice: Choice {
            method: method.name().to_owned(),
            engine: Engine::Kohort.name().to_owned(),
            k,
            fixed: true,
            reason: format!(
                "The segments are the classes of the rule {}, whose definition stands under Rule \
                 segmentations.",
                labels.rule().title()
            ),
            judge: "rule".to_owned(),
            candidates: Vec::new(),
            runners_up: Vec::new(),
            stability_draws: 0,
            stability_size: 0,
            eps: None,
            min_points: None,
            found_again: true,
            parts: Vec::new(),
        },
        stability: vec![None; k],
        verdicts: vec![Verdict::Rule; k],
        trivial: vec![None; k],
        radii: vec![0.0; k],
        candidate_labels: Vec::new(),
        findings: Vec::new(),
        names,
        within: Vec::new(),
        shown: crate::cluster::Shown::default(),
    })
}

/// Codes as places in segments.
pub(in crate::cluster) fn assignments(codes: &[Option<u8>], kept: &[u8]) -> Vec<Assignment> {
    codes
        .iter()
        .map(|code| {
            let place = code.and_then(|code| kept.iter().position(|&other| other == code));
            Assignment {
                segment: place.and_then(|place| u32::try_from(place).ok()),
                second: None,
                margin: None,
                distance: 0.0,
            }
        })
        .collect()
}

/// How many segments stored parts make.
pub(in crate::cluster) fn check_parts(cuts: &Cuts, kept: &[u8]) -> Result<usize, ClusterError> {
    cuts.validate()?;
    let n = cuts.names().len();
    let sound = !kept.is_empty()
        && kept.windows(2).all(|pair| pair[0] < pair[1])
        && kept.last().is_some_and(|&last| usize::from(last) < n);
    if !sound {
        let reason = format!("they are not classes of {}", cuts.rule().name());
        return Err(ClusterError::Stored { reason });
    }
    Ok(kept.len())
}
