//! Rule segmentations: classes that are defined, not found, from who ordered when and
//! for how much. They stand beside the discovered segments, and each is also a method.
//!
//! | rule | classes | file |
//! |---|---|---|
//! | lifecycle | first order, second, regular, slowing, gone | `lifecycle.rs` |
//! | loyalty | new, loyal, occasional, at risk, lapsed | `loyalty.rs` |
//! | shopper | frequent, occasional, budget | `shopper.rs` |
//! | abc | A, B, C by cumulative value | `abc.rs` |
//! | rfm | eleven names over the grid of scores | `rfm.rs`, `grid.rs` |
//! | value-risk | value class x risk band | `value_risk.rs` |
//!
//! Each rule learns its cuts from the base once ([`Cuts`]) and applies them to any
//! customers later, so that next month's classes move because customers moved. All cuts
//! on days, orders and money are whole numbers, and ties are decided by the rule, never
//! by the order of rows.
//!
//! Cost: one pass over the orders and a sort of one number per customer and rule.

mod abc;
mod cuts;
mod discovery;
mod error;
mod grid;
mod labels;
mod lifecycle;
mod loyalty;
mod minor;
pub(super) mod params;
mod rfm;
mod rhythm;
mod shopper;
mod value_risk;
#[cfg(test)]
mod tests;

use rayon::prelude::*;

use super::Checked;
use crate::finding::{Finding, Severity};
use crate::orders::Histories;
use crate::said::facts;

pub use abc::{AbcCuts, Concentration};
pub use cuts::Cuts;
pub use discovery::by_rule;
pub(super) use discovery::{assignments, check_parts};
pub use error::RuleError;
pub(crate) use grid::name_of_levels;
pub use grid::{RfmName, name_of};
pub use labels::{Rule, RuleLabels};
pub use loyalty::LoyaltyCuts;
pub use minor::Minor;
pub use params::{AbcBy, RfmEdges};
pub use rfm::RfmCuts;
pub use rhythm::{Beat, Rhythm};
pub use shopper::ShopperCuts;
pub use value_risk::ValueRiskCuts;

/// What is known of the customers besides their orders. Every list has one entry per
/// customer, in their order; NaN where it is not known of a customer.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extra<'a> {
    /// Engagement, higher is better: visits, mail opens.
    pub engagement: Option<&'a [f64]>,
    /// Feedback, higher is better: ratings, willingness to recommend.
    pub feedback: Option<&'a [f64]>,
    /// The share of what was bought that was bought at a discount, 0..1.
    pub discount_share: Option<&'a [f64]>,
    /// What the customer is worth over the horizon, in units of money.
    pub value: Option<&'a [f64]>,
    /// The probability of leaving within the horizon, 0..1.
    pub churn: Option<&'a [f64]>,
}

impl Extra<'_> {
    /// Checks that every list has one entry per customer.
    fn check(&self, expected: usize) -> Result<(), RuleError> {
        let lists = [
            ("engagement", self.engagement),
            ("feedback", self.feedback),
            ("the discount share", self.discount_share),
            ("value", self.value),
            ("the churn probability", self.churn),
        ];
        for (what, list) in lists {
            if let Some(found) = list.map(<[f64]>::len).filter(|&found| found != expected) {
                return Err(RuleError::Length { what, found, expected });
            }
        }
        Ok(())
    }
}

/// All rule segmentations of the same customers; `None` where one cannot be made.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RuleSegments {
    /// Where the customer stands between the first order and the last.
    pub lifecycle: Option<RuleLabels>,
    /// How attached the customer is.
    pub loyalty: Option<RuleLabels>,
    /// How the customer shops.
    pub shopper: Option<RuleLabels>,
    /// How much of the value the customer brings.
    pub abc: Option<RuleLabels>,
    /// Scores for days since the last order, orders and spend.
    pub rfm: Option<RuleLabels>,
    /// Value class x risk band.
    pub value_risk: Option<RuleLabels>,
    /// The value that ABC is by: what was spent, else the value from elsewhere.
    pub value: Option<Minor>,
    /// How the value is concentrated in few customers, where there is a value.
    pub concentration: Option<Concentration>,
    /// What the reader should know.
    pub findings: Vec<Finding>,
}

impl RuleSegments {
    /// The labels of a rule.
    #[must_use]
    pub fn get(&self, rule: Rule) -> Option<&RuleLabels> {
        match rule {
            Rule::Lifecycle => self.lifecycle.as_ref(),
            Rule::Loyalty => self.loyalty.as_ref(),
            Rule::Shopper => self.shopper.as_ref(),
            Rule::Abc => self.abc.as_ref(),
            Rule::Rfm => self.rfm.as_ref(),
            Rule::ValueRisk => self.value_risk.as_ref(),
        }
    }

    /// The rules that could be made, in the order of the columns of `customers.csv`.
    pub fn all(&self) -> impl Iterator<Item = &RuleLabels> {
        Rule::ALL.into_iter().filter_map(|rule| self.get(rule))
    }

    /// The same with the classes of earlier cuts in place of those that these customers would
    /// cut: classes then move because customers move. A rule that cannot be applied stays.
    #[must_use]
    pub fn frozen(mut self, cuts: &[Cuts], histories: &Histories, extra: &Extra) -> Self {
        for cuts in cuts {
            let Ok(earlier) = cuts.labels(histories, extra) else { continue };
            let place = match cuts.rule() {
                Rule::Lifecycle => &mut self.lifecycle,
                Rule::Loyalty => &mut self.loyalty,
                Rule::Shopper => &mut self.shopper,
                Rule::Abc => &mut self.abc,
                Rule::Rfm => &mut self.rfm,
                Rule::ValueRisk => &mut self.value_risk,
            };
            *place = place.take().map(|own| own.by(earlier));
        }
        self
    }

    /// The labels of a rule that was asked for as the method.
    ///
    /// # Errors
    ///
    /// [`RuleError::NeedsOrders`], [`RuleError::NeedsValue`] or [`RuleError::NeedsChurn`]
    /// where the rule could not be made.
    pub fn wanted(&self, rule: Rule) -> Result<&RuleLabels, RuleError> {
        self.get(rule).ok_or(match rule {
            Rule::Abc => RuleError::NeedsValue { rule },
            Rule::ValueRisk => RuleError::NeedsChurn,
            _ => RuleError::NeedsOrders { rule },
        })
    }
}

/// Makes every rule segmentation that the orders and `extra` allow.
///
/// ABC is by what was spent where the orders have money, else by `extra.value`; the
/// value-risk grid needs `extra.value` and `extra.churn`.
///
/// # Errors
///
/// A list of `extra` that has not one entry per customer.
pub fn segment(
    histories: &Histories,
    params: &Checked,
    extra: &Extra,
) -> Result<RuleSegments, RuleError> {
    extra.check(histories.n_customers())?;
    let rhythm = Rhythm::of(histories);
    let beats = beats(histories, &rhythm);
    let mut made = RuleSegments { findings: rhythm_findings(&rhythm), ..Default::default() };
    made.lifecycle = Some(lifecycle::label(&beats, &rhythm, params));
    made.loyalty = Some(loyalty::label(&beats, &rhythm, params, extra));
    made.shopper = Some(shopper::label(&beats, histories, extra));
    let (rfm, noticed) = rfm::label(histories, params);
    made.rfm = Some(rfm);
    made.findings.extend(noticed);
    let value = match histories.money_decimals() {
        Some(_) => Some(Minor::spend(histories)),
        None => extra.value.map(Minor::of),
    };
    abc_into(&mut made, value, Some(&Minor::orders(histories)), params);
    made.value_risk = value_risk::label(params, extra);
    Ok(made)
}

/// The rule segmentations that need no orders: ABC by `extra.value`, and the value-risk
/// grid by `extra.value` and `extra.churn`.
///
/// # Errors
///
/// A list of `extra` that has not `n_customers` entries.
pub fn segment_table(
    n_customers: usize,
    params: &Checked,
    extra: &Extra,
) -> Result<RuleSegments, RuleError> {
    extra.check(n_customers)?;
    let mut made = RuleSegments::default();
    abc_into(&mut made, extra.value.map(Minor::of), None, params);
    made.value_risk = value_risk::label(params, extra);
    Ok(made)
}

/// Adds ABC where all that it is asked to be by is there, and the concentration of value.
fn abc_into(
    made: &mut RuleSegments,
    value: Option<Minor>,
    orders: Option<&Minor>,
    params: &Checked,
) {
    made.concentration = value.as_ref().map(Concentration::of);
    if let Some(concentration) = &made.concentration {
        made.findings.extend(concentration.findings());
    }
    let by: Option<Vec<Minor>> = params
        .abc_by()
        .iter()
        .map(|by| match by {
            AbcBy::Value => value.clone(),
            AbcBy::Orders => orders.cloned(),
        })
        .collect();
    made.abc = by.map(|by| abc::label(&by, params));
    made.value = value;
}

/// Every customer's rhythm; in parallel, each for itself.
fn beats(histories: &Histories, rhythm: &Rhythm) -> Vec<Beat> {
    let ruler = rhythm.ruler();
    (0..histories.n_customers())
        .into_par_iter()
        .with_min_len(1024)
        .map(|customer| Beat::of(histories, customer, &ruler))
        .collect()
}

/// Says where no customer ordered on two days.
fn rhythm_findings(rhythm: &Rhythm) -> Vec<Finding> {
    if rhythm.n_gaps() > 0 {
        return Vec::new();
    }
    vec![Finding::new("no-second-order", Severity::Warning, facts!())]
}
