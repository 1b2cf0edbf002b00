//! The verdict in words.

use super::{Compared, Effect, Measure, Mismatch, Plan};
use crate::format;

/// A difference with its interval.
fn size(plan: &Plan, effect: &Effect) -> String {
    let one = |x: f64| match plan.measure {
        Measure::Rate => format!("{:+.2}", x * 100.0),
        Measure::Mean => format!("{x:+.4}"),
    };
    let unit = if plan.measure == Measure::Rate { " points" } else { "" };
    format!(
        "{}{unit} (95% interval {} to {})",
        one(effect.difference),
        one(effect.low),
        one(effect.high)
    )
}

/// What came out, one sentence after the other.
pub(super) fn verdict(
    plan: &Plan,
    compared: &[Compared],
    mismatch: &[Mismatch],
    read: usize,
) -> String {
    let found: Vec<String> = mismatch
        .iter()
        .filter(|checked| checked.found)
        .map(|checked| match checked.segment_id {
            0 => "all segments together".to_owned(),
            id => format!("segment {id}"),
        })
        .collect();
    if !found.is_empty() {
        return format!(
            "Not to be used: the arms have lost units unlike each other in {}, beyond what chance \
             does. Find out where they were lost before reading any effect.",
            format::list(&found)
        );
    }
    let mut sentences: Vec<String> = compared.iter().map(|one| of_arm(plan, one)).collect();
    sentences.push(format!(
        "{} of {} assigned units were read; everybody counts in the arm that was assigned.",
        format::count(read as u64),
        format::count(plan.units as u64)
    ));
    sentences.join(" ")
}

fn of_arm(plan: &Plan, one: &Compared) -> String {
    let (arm, control) = (&one.arm, &one.control);
    let overall = &one.overall;
    let size_told = size(plan, overall);
    let mut text = if overall.p_corrected < plan.alpha {
        let word = if overall.difference > 0.0 { "raises" } else { "lowers" };
        format!("{arm} {word} {} against {control}: {size_told}.", plan.outcome)
    } else {
        format!(
            "No difference between {arm} and {control} was shown in {}: {size_told}; effects \
             outside of it can be ruled out.",
            plan.outcome
        )
    };
    match one.differ_p {
        Some(p) if p < plan.alpha => {
            let most = one.segments.iter().max_by(|a, b| drawn(a).total_cmp(&drawn(b)));
            let least = one.segments.iter().min_by(|a, b| drawn(a).total_cmp(&drawn(b)));
            if let (Some(most), Some(least)) = (most, least) {
                text.push_str(&format!(
                    " The effect differs between segments (p = {p:.3}): from {} in segment {} to \
                     {} in segment {}, drawn towards the mean by what is noise.",
                    told(plan, drawn(least)),
                    least.segment_id,
                    told(plan, drawn(most)),
                    most.segment_id
                ));
            }
        }
        Some(p) => text.push_str(&format!(
            " The segments do not differ beyond chance (p = {p:.2}), so the effect over all is \
             the best estimate for each."
        )),
        None => {}
    }
    text
}

fn drawn(effect: &Effect) -> f64 {
    effect.shrunken.unwrap_or(effect.difference)
}

fn told(plan: &Plan, x: f64) -> String {
    match plan.measure {
        Measure::Rate => format!("{:+.2} points", x * 100.0),
        Measure::Mean => format!("{x:+.4}"),
    }
}
