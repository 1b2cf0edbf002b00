//! Keep, look or refit.

use crate::format::{percent, whole_percent};
use crate::results::{Advice, FeatureDrift, Refits, VerdictFacts};

use super::drift::LARGE;
use crate::said::{Fact, Said, in_english, said};

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
        reasons: in_english(&reasons),
        reasons_said: reasons,
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

/// A share as a fact.
fn figure(share: f64) -> Fact {
    Fact::Figure(percent(share))
}

fn kept(signs: &Signs) -> Said {
    match (signs.agreement, signs.refits) {
        (Some(found), Some(refits)) => {
            said!("judged-holds", found = figure(found), low = figure(refits.low))
        }
        _ => said!("judged-quiet"),
    }
}

/// Whether the customers no longer fall into these segments.
fn structure(signs: &Signs, reasons: &mut Vec<Said>) -> bool {
    let mut refit = false;
    if let (Some(found), Some(refits)) = (signs.agreement, signs.refits)
        && found < far_below(refits)
        && !signs.all_found
    {
        refit = true;
        reasons.push(said!(
            "judged-refit",
            found = figure(found),
            low = figure(refits.low),
            lowest = figure(refits.lowest),
            pairs = refits.draws,
        ));
    }
    if let Some(unlike) = signs.unlike.filter(|unlike| unlike.is_a_group(signs.min_share)) {
        refit = true;
        reasons.push(said!(
            "judged-unlike",
            found = figure(share(unlike.found, unlike.of)),
            expected = figure(unlike.expected / unlike.of.max(1) as f64),
        ));
    }
    refit
}

/// Whether a person should look.
fn look(signs: &Signs, reasons: &mut Vec<Said>) -> bool {
    let before = reasons.len();
    if let (Some(found), Some(refits)) = (signs.agreement, signs.refits)
        && found < (if signs.all_found { refits.lowest } else { refits.low })
        && (signs.all_found || found >= far_below(refits))
    {
        let id = if signs.all_found { "judged-less" } else { "judged-few" };
        reasons.push(said!(id, found = figure(found)));
    }
    for drift in signs.drift.iter().filter(|drift| drift.in_base) {
        if drift.psi.is_some_and(|psi| psi >= LARGE) {
            let index = Fact::figure(format!("{:.2}", drift.psi.unwrap_or(0.0)));
            reasons.push(said!("judged-drift", name = &drift.column, index = index));
        }
        if drift.unseen.is_some_and(|share| share > UNSEEN) {
            let share = figure(drift.unseen.unwrap_or(0.0));
            reasons.push(said!("judged-unseen", share = share, name = &drift.column));
        }
    }
    reasons.extend(signs.thinned.iter().map(|&id| said!("judged-thinned", id = id)));
    let (both, earlier) = signs.overlap;
    if earlier > 0 && both * 2 < earlier {
        let share = Fact::Figure(whole_percent(share(both, earlier)));
        reasons.push(said!("judged-overlap", share = share));
    }
    if let Some(age) = signs.model_age_days
        && signs.review_days > 0
        && age >= signs.review_days
    {
        reasons.push(said!("judged-age", n = age.unsigned_abs()));
    }
    reasons.len() > before
}
