//! What to take: k-means where it meets everything, else the method that does.

use crate::cluster::explore::Discovery;
use crate::cluster::reason::percent;
use crate::cluster::stability::REPRODUCIBLE;
use crate::results::{MethodTried, Recommendation};

/// More customers in no segment than this, and a method is no segmentation of them.
const MOST_UNASSIGNED: f64 = 0.3;
/// Below this agreement another method tells another story.
const ANOTHER_STORY: f64 = 0.5;

/// `tried` holds k-means first.
pub(super) fn recommend(
    discovery: &Discovery,
    tried: &[MethodTried],
    min_share: f64,
) -> Recommendation {
    let meets = |line: &MethodTried| misses(line, min_share).is_none();
    let own = &tried[0];
    let best = if meets(own) {
        own
    } else {
        let others = tried[1..].iter().filter(|line| meets(line));
        others
            .max_by(|a, b| a.stability.unwrap_or(0.0).total_cmp(&b.stability.unwrap_or(0.0)))
            .unwrap_or(own)
    };
    let mut reason = if best == own {
        discovery.choice.reason.clone()
    } else {
        format!(
            "{} gives {} segments that are all found again, while with k-means {}.",
            best.method,
            best.segments,
            misses(own, min_share).unwrap_or_default()
        )
    };
    let stories: Vec<&str> = tried
        .iter()
        .filter(|line| line.method != best.method && line.segments > 1)
        .filter(|line| line.agreement.is_some_and(|rand| rand < ANOTHER_STORY))
        .map(|line| line.method.as_str())
        .collect();
    if best == own && !stories.is_empty() {
        reason = format!(
            "{reason} Other methods cut the customers quite differently ({}): look at both.",
            stories.join(", ")
        );
    }
    Recommendation {
        method: best.method.clone(),
        segments: best.segments,
        set: best.set.clone(),
        reason,
    }
}

/// What a method does not meet, in words.
fn misses(line: &MethodTried, min_share: f64) -> Option<String> {
    if !line.refused.is_empty() {
        return Some(line.refused.clone());
    }
    if line.segments < 2 {
        return Some("there is only one segment".to_owned());
    }
    if line.unassigned > MOST_UNASSIGNED {
        return Some(format!("{} of the customers are in no segment", percent(line.unassigned)));
    }
    if line.smallest < min_share {
        return Some(format!("the smallest segment holds only {}", percent(line.smallest)));
    }
    if line.trivial > 0 {
        return Some("a segment is just one column".to_owned());
    }
    line.stability
        .is_none_or(|weakest| weakest < REPRODUCIBLE)
        .then(|| "repeated fits do not find every segment again".to_owned())
}
