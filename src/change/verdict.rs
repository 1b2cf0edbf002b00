//! Keep, look or refit.

use crate::format::{percent, whole_percent};
use crate::results::{Advice, FeatureDrift, Refits, VerdictFacts};

use super::drift::LARGE;

/// How many standard errors above what is expected a share has to be to count.
const ERRORS: f64 = 5.0;
/// From this share of unseen levels on a person should look.
const UNSEEN: f64 = 0.05;

/// What the verdict rests on.
#[derive(Debug, Clone)]
pub struct Signs<'a> {
    /// The share of the customers that the previous model and a new fit on the same rows
    /// put into the same segment.
    pub agreement: Option<f64>,
    /// Whether the new fit finds every segment again (Jaccard of at least .60).
    pub all_found: bool,
    /// How much refits agreed with each other when the model was fitted.
    pub refits: Option<Refits>,
    /// Customers who are unlike everybody in their segment.
    pub unlike: Option<Unlike>,
    /// The smallest share of the customers that a segment may have.
    pub min_share: f64,
    /// How the columns have shifted.
    pub drift: &'a [FeatureDrift],
    /// Segments that hold too few of the customers now and did not before.
    pub thinned: &'a [u32],
    /// Days since the model was fitted.
    pub model_age_days: Option<i64>,
    /// After so many days a person should look; 0 = never.
    pub review_days: i64,
    /// Customers of both runs, and of the earlier run.
    pub overlap: (u64, u64),
}

/// How many customers are unlike everybody in their segment, and how many would be with
/// nothing changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unlike {
    /// Customers beyond the 99th percentile that their segment had at fit.
    pub found: u64,
    /// All customers.
    pub of: u64,
    /// How many of them are expected there.
    pub expected: f64,
    /// The standard error of that.
    pub error: f64,
}

impl Unlike {
    /// With `found` customers beyond; `at_fit` and `now` are customers by segment. Beyond the
    /// r-th of m distances lies a share of the population that is distributed as
    /// Beta(m + 1 - r, r): more than 1 % on average where a segment is small.
    #[must_use]
    pub fn of(found: u64, at_fit: &[u64], now: &[u64]) -> Self {
        let (mut expected, mut variance) = (0.0, 0.0);
        for (&m, &n) in at_fit.iter().zip(now) {
            let (size, rank) = (m as f64 + 1.0, (m * 99).div_ceil(100).max(1) as f64);
            let share = ((size - rank) / size).clamp(0.0, 1.0);
            let n = n as f64;
            expected += n * share;
            variance += n * share * (1.0 - share) * (1.0 + n / (size + 1.0));
        }
        Self { found, of: now.iter().sum(), expected, error: variance.sqrt() }
    }

    /// Whether they are so many more that they would make a segment.
    fn is_a_group(&self, min_share: f64) -> bool {
        let more = self.found as f64 - self.expected;
        more >= min_share * self.of as f64 && more > ERRORS * self.error
    }
}

/// The advice with its reasons.
#[must_use]
pub fn judge(signs: &Signs) -> VerdictFacts {
    let mut reasons = Vec::new();
    let structure = structure(signs, &mut reasons);
    let look = look(signs, &mut reasons);
    let advice = if structure {
        Advice::Refit
    } else if look {
        Advice::Look
    } else {
        Advice::Keep
    };
    if reasons.is_empty() {
        reasons.push(kept(signs));
    }
    VerdictFacts {
        advice,
        reasons,
        agreement: signs.agreement,
        expected: signs.refits.map(|refits| refits.low),
        unlike: signs.unlike.map(|unlike| share(unlike.found, unlike.of)),
        model_age_days: signs.model_age_days,
    }
}

/// As far below the least alike of all pairs of refits as that lies below their 5th
/// percentile: what chance alone does not do in years of months.
fn far_below(refits: Refits) -> f64 {
    refits.lowest - (refits.low - refits.lowest)
}

fn share(n: u64, of: u64) -> f64 {
    if of == 0 { 0.0 } else { n as f64 / of as f64 }
}

fn kept(signs: &Signs) -> String {
    match (signs.agreement, signs.refits) {
        (Some(found), Some(refits)) => format!(
            "a new fit puts {} of the customers into the same segments; refits of the same \
             customers agreed on {} or more in 19 of 20 pairs",
            percent(found),
            percent(refits.low)
        ),
        _ => "no column has shifted much and the segments hold as they did".to_owned(),
    }
}

/// Whether the customers no longer fall into these segments.
fn structure(signs: &Signs, reasons: &mut Vec<String>) -> bool {
    let mut refit = false;
    if let (Some(found), Some(refits)) = (signs.agreement, signs.refits)
        && found < far_below(refits)
        && !signs.all_found
    {
        refit = true;
        reasons.push(format!(
            "a new fit on the same customers puts only {} of them into the same segments, far \
             below the {} that refits agreed on in 19 of 20 pairs and the {} of the least alike of \
             {} pairs, and not every segment is found again",
            percent(found),
            percent(refits.low),
            percent(refits.lowest),
            refits.draws
        ));
    }
    if let Some(unlike) = signs.unlike.filter(|unlike| unlike.is_a_group(signs.min_share)) {
        refit = true;
        reasons.push(format!(
            "{} of the customers are unlike everybody in their segment, where {} would be with \
             nothing changed: more than the smallest segment may hold",
            percent(share(unlike.found, unlike.of)),
            percent(unlike.expected / unlike.of.max(1) as f64)
        ));
    }
    refit
}

/// Whether a person should look.
fn look(signs: &Signs, reasons: &mut Vec<String>) -> bool {
    let before = reasons.len();
    if let (Some(found), Some(refits)) = (signs.agreement, signs.refits)
        && found < (if signs.all_found { refits.lowest } else { refits.low })
        && (signs.all_found || found >= far_below(refits))
    {
        let but = if signs.all_found {
            "less than any pair of refits did, though every segment is found again"
        } else {
            "as few as 1 pair of refits in 20 did, and not every segment is found again"
        };
        reasons.push(format!(
            "a new fit puts {} of the customers into the same segments, {but}",
            percent(found)
        ));
    }
    for drift in signs.drift.iter().filter(|drift| drift.in_base) {
        if drift.psi.is_some_and(|psi| psi >= LARGE) {
            reasons.push(format!(
                "{}, which makes the segments, has shifted much (stability index {:.2})",
                drift.column,
                drift.psi.unwrap_or(0.0)
            ));
        }
        if drift.unseen.is_some_and(|share| share > UNSEEN) {
            reasons.push(format!(
                "{} of the customers have a level of {} that was not there before",
                percent(drift.unseen.unwrap_or(0.0)),
                drift.column
            ));
        }
    }
    for id in signs.thinned {
        reasons.push(format!("segment {id} holds fewer customers than a segment may have"));
    }
    let (both, earlier) = signs.overlap;
    if earlier > 0 && both * 2 < earlier {
        reasons.push(format!(
            "only {} of the earlier customers are in this run",
            whole_percent(share(both, earlier))
        ));
    }
    if let Some(age) = signs.model_age_days
        && signs.review_days > 0
        && age >= signs.review_days
    {
        reasons.push(format!("the model is {age} days old, and was to be reviewed by now"));
    }
    reasons.len() > before
}
