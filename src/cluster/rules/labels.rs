//! What a rule says of the customers: a class each, and in words how it was decided.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Cuts;
use crate::format;
use crate::said::{Fact, Said, said};
use crate::table::{Column, Family, MISSING_LEVEL, Role, Values};

/// A rule segmentation.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Where the customer stands between the first order and the last.
    Lifecycle,
    /// How attached the customer is.
    Loyalty,
    /// How the customer shops.
    Shopper,
    /// How much of the value the customer brings.
    Abc,
    /// Scores for days since the last order, orders and spend.
    Rfm,
    /// Value class x risk band.
    ValueRisk,
}

impl Rule {
    /// All rules, in the order of the columns of `customers.csv`.
    pub const ALL: [Self; 6] =
        [Self::Lifecycle, Self::Loyalty, Self::Shopper, Self::Abc, Self::Rfm, Self::ValueRisk];

    /// The word used in the config.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lifecycle => "lifecycle",
            Self::Loyalty => "loyalty",
            Self::Shopper => "shopper",
            Self::Abc => "abc",
            Self::Rfm => "rfm",
            Self::ValueRisk => "value-risk",
        }
    }

    /// The column of `customers.csv`.
    #[must_use]
    pub fn column(self) -> &'static str {
        match self {
            Self::ValueRisk => "value_risk",
            other => other.name(),
        }
    }

    /// What it is called in the report.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Lifecycle => "Lifecycle",
            Self::Loyalty => "Loyalty",
            Self::Shopper => "Kind of shopper",
            Self::Abc => "ABC",
            Self::Rfm => "RFM",
            Self::ValueRisk => "Value and risk",
        }
    }
}

/// The classes of one rule: which one each customer is in, how many are in each, and the
/// definition with the numbers it used.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleLabels {
    rule: Rule,
    names: Vec<String>,
    codes: Vec<Option<u8>>,
    counts: Vec<u64>,
    scores: Vec<[u8; 3]>,
    definition: Said,
    figures: Option<Said>,
    cuts: Cuts,
}

impl RuleLabels {
    /// The names come from the cuts; a code outside them counts as none.
    pub(super) fn new(cuts: Cuts, codes: Vec<Option<u8>>, definition: Said) -> Self {
        let names = cuts.names();
        let mut counts = vec![0; names.len()];
        let codes: Vec<Option<u8>> =
            codes.into_iter().map(|code| code.filter(|&c| usize::from(c) < names.len())).collect();
        for code in codes.iter().flatten() {
            counts[usize::from(*code)] += 1;
        }
        let (rule, scores, figures) = (cuts.rule(), Vec::new(), None);
        Self { rule, names, codes, counts, scores, definition, figures, cuts }
    }

    /// The same with figures that belong to the definition but are those of the customer
    /// at the edge of a class.
    pub(super) fn figures(self, figures: Option<Said>) -> Self {
        Self { figures, ..self }
    }

    /// The same with each customer's scores for days since the last order, orders and
    /// spend; a score of 0 stands where there is no money.
    pub(super) fn scored(self, scores: Vec<[u8; 3]>) -> Self {
        Self { scores, ..self }
    }

    /// The classes as a column of the customers, for conditions to ask.
    #[must_use]
    pub fn column(&self) -> Column {
        let code = |code: &Option<u8>| code.map_or(MISSING_LEVEL, u32::from);
        Column {
            name: self.rule.column().to_owned(),
            role: Role::Category,
            family: Family::Behavioural,
            unit: None,
            decimals: 0,
            block: None,
            values: Values::Category {
                codes: self.codes.iter().map(code).collect(),
                levels: self.names.clone(),
                ordered: true,
            },
        }
    }

    /// The same customers in the classes of earlier cuts; the definition stays.
    pub(super) fn by(self, earlier: Self) -> Self {
        Self { definition: self.definition, figures: None, ..earlier }
    }

    /// The rule.
    #[must_use]
    pub fn rule(&self) -> Rule {
        self.rule
    }

    /// The names of the classes; codes are places in this list.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Each customer's class; `None` where the rule cannot tell.
    #[must_use]
    pub fn codes(&self) -> &[Option<u8>] {
        &self.codes
    }

    /// Customers per class.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// Each customer's scores for days since the last order, orders and spend, from 1
    /// (worst); spend is 0 where there is no money. Empty but for RFM.
    #[must_use]
    pub fn scores(&self) -> &[[u8; 3]] {
        &self.scores
    }

    /// How the classes are defined, in plain words with the numbers that were used. Money
    /// is rounded to three figures; where a class is small, an edge is still nearly one
    /// customer's own, and [`RuleLabels::rule_in_words`] is what may be told.
    #[must_use]
    pub fn definition(&self) -> Said {
        match &self.figures {
            None => self.definition.clone(),
            Some(figures) => sentences(vec![self.definition.clone(), figures.clone()]),
        }
    }

    /// The definition without the figures of customers at the edge of a class.
    #[must_use]
    pub fn rule_in_words(&self) -> &Said {
        &self.definition
    }

    /// The cuts, to put other customers into the same classes.
    #[must_use]
    pub fn cuts(&self) -> &Cuts {
        &self.cuts
    }

    /// What stands in `customers.csv`: the class; for RFM the scores before it, such as
    /// `545 Champions`, or `10-4-5 Champions` where a score can be 10.
    #[must_use]
    pub fn text(&self, customer: usize) -> Option<String> {
        let name = self.names.get(usize::from((*self.codes.get(customer)?)?))?;
        let Some(scores) = self.scores.get(customer) else { return Some(name.clone()) };
        let wide = matches!(&self.cuts, Cuts::Rfm(cuts) if cuts.bins().contains(&10));
        let digits: Vec<String> =
            scores.iter().filter(|&&score| score > 0).map(ToString::to_string).collect();
        Some(format!("{} {name}", digits.join(if wide { "-" } else { "" })))
    }

    /// [`RuleLabels::text`] of some customers.
    #[must_use]
    pub fn texts(&self, customers: std::ops::Range<usize>) -> Vec<Option<String>> {
        customers.map(|customer| self.text(customer)).collect()
    }
}

/// A share as a percentage without needless decimals: `20%`, `12.5%`.
pub(super) fn percent(share: f64) -> String {
    let figure = share * 100.0;
    let whole = (figure - figure.round()).abs() < 1e-9;
    format!("{}%", format::decimal(figure, usize::from(!whole)))
}

/// Sentences as one.
pub(super) fn sentences(all: Vec<Said>) -> Said {
    said!("all-sentences", all = Fact::Sentences(all))
}

/// Money in words: three figures that count.
pub(super) fn money(amount: f64) -> String {
    if amount == 0.0 || !amount.is_finite() {
        return format::number(amount);
    }
    let size = libm::pow(10.0, libm::floor(libm::log10(amount.abs())) - 2.0);
    let rounded = (amount / size).round() * size;
    format::decimal(rounded, if rounded.abs() >= 100.0 { 0 } else { 2 })
}
