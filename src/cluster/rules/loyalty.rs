//! Loyalty status: how attached a customer is, by the customer's own rhythm.
//!
//! With `u` of `rhythm.rs`, first match:
//!
//! 1. lapsed: `u < .05`;
//! 2. at risk: `u < .20`;
//! 3. new: the first order lies no more than one typical gap back;
//! 4. loyal: in the upper half of orders per month among the rest, and, where engagement
//!    or feedback is known of the customer, in the upper half of at least one of them
//!    among all customers of whom it is known;
//! 5. occasional: everybody else.
//!
//! The upper half of a list is whoever is at its median or above, so that customers who
//! are alike are treated alike. One order is no loyalty: a customer with a single order is
//! never loyal, however short the time since.

use serde::{Deserialize, Serialize};

use super::labels::{percent, sentences};
use super::{Beat, Cuts, Extra, Rhythm, RuleLabels, rhythm};
use crate::cluster::Checked;
use crate::format;
use crate::said::{Fact, Said, said};
use crate::stats::quantile;

/// The classes, from the first order on.
pub(super) const NAMES: [&str; 5] = ["new", "loyal", "occasional", "at risk", "lapsed"];

/// The cuts of loyalty status.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct LoyaltyCuts {
    /// The gaps of the base.
    pub(crate) rhythm: Rhythm,
    /// Below the first a customer is at risk, below the second lapsed.
    pub(crate) shares: [f64; 2],
    /// The median of orders per month among those who are neither lapsed, at risk nor
    /// new; `None` where there was nobody.
    pub(crate) orders_per_month: Option<f64>,
    /// The median of engagement, where it was given.
    pub(crate) engagement: Option<f64>,
    /// The median of feedback, where it was given.
    pub(crate) feedback: Option<f64>,
}

/// Labels every customer.
pub(super) fn label(
    beats: &[Beat],
    rhythm: &Rhythm,
    params: &Checked,
    extra: &Extra,
) -> RuleLabels {
    let shares = params.loyalty_cuts();
    let rest: Vec<f64> = beats
        .iter()
        .filter(|beat| before_rest(beat, shares).is_none())
        .map(|beat| beat.orders_per_month)
        .collect();
    let median = |list: Option<&[f64]>| list.and_then(|list| quantile(list, 0.5));
    let cuts = LoyaltyCuts {
        rhythm: rhythm.clone(),
        shares,
        orders_per_month: quantile(&rest, 0.5),
        engagement: median(extra.engagement),
        feedback: median(extra.feedback),
    };
    let codes = cuts.codes(beats, extra);
    let definition = cuts.in_words();
    RuleLabels::new(Cuts::Loyalty(cuts), codes, definition)
}

/// The class of a customer who is lapsed, at risk or new.
fn before_rest(beat: &Beat, [late, gone]: [f64; 2]) -> Option<u8> {
    match beat.u {
        u if u < gone => Some(4),
        u if u < late => Some(3),
        _ if beat.is_recent => Some(0),
        _ => None,
    }
}

impl LoyaltyCuts {
    /// The class of every customer.
    pub(super) fn codes(&self, beats: &[Beat], extra: &Extra) -> Vec<Option<u8>> {
        let code = |(customer, beat): (usize, &Beat)| {
            before_rest(beat, self.shares).unwrap_or_else(|| {
                let often = self.orders_per_month.is_some_and(|cut| beat.orders_per_month >= cut);
                let loyal = beat.orders > 1 && often && self.is_warm(customer, extra);
                if loyal { 1 } else { 2 }
            })
        };
        beats.iter().enumerate().map(|at| Some(code(at))).collect()
    }

    /// Whether engagement or feedback is in its upper half, or neither is known.
    fn is_warm(&self, customer: usize, extra: &Extra) -> bool {
        let known = |list: Option<&[f64]>, cut: Option<f64>| {
            let value = list?.get(customer).copied().filter(|value| !value.is_nan())?;
            Some(value >= cut?)
        };
        let engaged = known(extra.engagement, self.engagement);
        let content = known(extra.feedback, self.feedback);
        match (engaged, content) {
            (None, None) => true,
            (a, b) => a == Some(true) || b == Some(true),
        }
    }

    /// The definition.
    fn in_words(&self) -> Said {
        let [late, gone] = self.shares.map(|share| Fact::Figure(percent(share)));
        let figure = |cut: f64| Fact::Figure(format::number(cut));
        let loyal = match self.orders_per_month {
            Some(rate) => said!("def-loyal-rate", rate = figure(rate)),
            None => said!("def-loyal-no-rest"),
        };
        let also = match (self.engagement.map(figure), self.feedback.map(figure)) {
            (None, None) => said!("def-also-nothing"),
            (Some(engagement), None) => said!("def-also-engagement", engagement = engagement),
            (None, Some(feedback)) => said!("def-also-feedback", feedback = feedback),
            (Some(engagement), Some(feedback)) => {
                said!("def-also-both", engagement = engagement, feedback = feedback)
            }
        };
        let classes = said!("def-loyalty", late = late, gone = gone, loyal = loyal, also = also);
        sentences(vec![rhythm::in_words(&self.rhythm), classes])
    }
}
