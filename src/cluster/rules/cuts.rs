//! The cuts of a rule: what a frozen model keeps of it, and how other customers are put
//! into the same classes.

use super::labels::sentences;
use serde::{Deserialize, Serialize};

use super::{
    AbcBy, AbcCuts, Extra, LoyaltyCuts, Minor, RfmCuts, Rhythm, Rule, RuleError, RuleLabels,
    ShopperCuts, ValueRiskCuts, beats, lifecycle, loyalty, rfm, shopper,
};
use crate::orders::Histories;

/// The cuts that a rule has learnt from a base.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Cuts {
    /// Lifecycle: the gaps of the base, and the shares below which a customer is slowing
    /// and gone.
    Lifecycle {
        /// The gaps of the base.
        rhythm: Rhythm,
        /// Below the first a customer is slowing, below the second gone.
        shares: [f64; 2],
    },
    /// Loyalty status.
    Loyalty(LoyaltyCuts),
    /// Kinds of shopper.
    Shopper(ShopperCuts),
    /// ABC.
    Abc(AbcCuts),
    /// RFM.
    Rfm(RfmCuts),
    /// The value-risk grid.
    ValueRisk(ValueRiskCuts),
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

impl Cuts {
    /// The rule.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::Lifecycle { .. } => Rule::Lifecycle,
            Self::Loyalty(_) => Rule::Loyalty,
            Self::Shopper(_) => Rule::Shopper,
            Self::Abc(_) => Rule::Abc,
            Self::Rfm(_) => Rule::Rfm,
            Self::ValueRisk(_) => Rule::ValueRisk,
        }
    }

    /// The names of the classes; codes are places in this list.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        match self {
            Self::Lifecycle { .. } => owned(&lifecycle::NAMES),
            Self::Loyalty(_) => owned(&loyalty::NAMES),
            Self::Shopper(_) => owned(&shopper::NAMES),
            Self::Abc(cuts) => cuts.names(),
            Self::Rfm(_) => rfm::names(),
            Self::ValueRisk(cuts) => cuts.names(),
        }
    }

    /// Checks cuts that may come from a file.
    ///
    /// # Errors
    ///
    /// [`RuleError::Stored`]: numbers that no base can have given.
    pub fn validate(&self) -> Result<(), RuleError> {
        let finite = |cut: Option<f64>| cut.is_none_or(f64::is_finite);
        let shares = |[late, gone]: [f64; 2]| gone > 0.0 && gone < late && late < 1.0;
        let sound = match self {
            Self::Lifecycle { rhythm, shares: cuts } => rhythm.is_sound() && shares(*cuts),
            Self::Loyalty(cuts) => {
                let own = [cuts.orders_per_month, cuts.engagement, cuts.feedback];
                cuts.rhythm.is_sound() && shares(cuts.shares) && own.into_iter().all(finite)
            }
            Self::Shopper(cuts) => [cuts.orders_per_month, cuts.average_order, cuts.discount_share]
                .into_iter()
                .all(finite),
            Self::Abc(cuts) => cuts.is_sound(),
            Self::Rfm(cuts) => cuts.is_sound(),
            Self::ValueRisk(cuts) => cuts.is_sound(),
        };
        let reason = "its numbers do not ascend, or are no numbers";
        if sound { Ok(()) } else { Err(RuleError::Stored { rule: self.rule(), reason }) }
    }

    /// Puts customers into the classes by these cuts; one code per customer, `None` where
    /// the rule cannot tell.
    ///
    /// # Errors
    ///
    /// Orders without money where the cuts are on money, no value or probability where
    /// they are needed, lists of another length.
    pub fn apply(
        &self,
        histories: &Histories,
        extra: &Extra,
    ) -> Result<Vec<Option<u8>>, RuleError> {
        extra.check(histories.n_customers())?;
        match self {
            Self::Lifecycle { rhythm, shares } => {
                Ok(lifecycle::codes(&beats(histories, rhythm), *shares))
            }
            Self::Loyalty(cuts) => Ok(cuts.codes(&beats(histories, &cuts.rhythm), extra)),
            Self::Shopper(cuts) => {
                if cuts.average_order.is_some() && histories.money_decimals().is_none() {
                    return Err(RuleError::NeedsMoney);
                }
                // Orders per month depend on no gaps.
                let beats = beats(histories, &Rhythm::default());
                Ok(cuts.codes(&beats, histories, extra))
            }
            Self::Abc(cuts) => {
                let by: Option<Vec<Minor>> = cuts
                    .by
                    .iter()
                    .map(|by| match (by, histories.money_decimals()) {
                        (AbcBy::Orders, _) => Some(Minor::orders(histories)),
                        (AbcBy::Value, Some(_)) => Some(Minor::spend(histories)),
                        (AbcBy::Value, None) => extra.value.map(Minor::of),
                    })
                    .collect();
                Ok(cuts.codes(&by.ok_or(RuleError::NeedsMoney)?))
            }
            Self::Rfm(cuts) => Ok(cuts.codes(&cuts.scores(histories)?)),
            Self::ValueRisk(cuts) => cuts.codes(extra),
        }
    }

    /// As [`Cuts::apply`], with the names of the classes, and for RFM with the scores.
    ///
    /// # Errors
    ///
    /// As [`Cuts::apply`].
    pub fn labels(&self, histories: &Histories, extra: &Extra) -> Result<RuleLabels, RuleError> {
        let labels =
            RuleLabels::new(self.clone(), self.apply(histories, extra)?, sentences(Vec::new()));
        Ok(match self {
            Self::Rfm(cuts) => labels.scored(cuts.scores(histories)?),
            _ => labels,
        })
    }
}
