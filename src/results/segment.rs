//! The finished numbers of one segment: a line of `segments.csv` and `segments.json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a segment can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Separated from its neighbours by a gap in density.
    Natural,
    /// No gap, but repeated fits find it again.
    Reproducible,
    /// A cut through a continuum; useful, but not found again each time.
    Constructed,
    /// Defined by a rule.
    Rule,
}

impl Verdict {
    /// The word used in files and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Natural => "natural",
            Self::Reproducible => "reproducible",
            Self::Constructed => "constructed",
            Self::Rule => "rule",
        }
    }
}

/// One difference between a segment and the other customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Trait {
    /// The source column.
    pub column: String,
    /// The level, for a category or flag.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<String>,
    /// Whether the column made the segments.
    pub in_base: bool,
    /// Cliff's delta (numbers) or difference of shares (flags, levels), -1..1.
    pub effect: f64,
    /// Median in the segment (numbers) or share with the level, raw units.
    pub here: f64,
    /// The same for all other customers.
    pub rest: f64,
    /// Half of the segment's customers lie between these, numbers only; `None` where fewer
    /// than `min_cell` customers would lie in a quarter.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub range: Option<[f64; 2]>,
    /// Other columns that say the same, by their names.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub same: Vec<String>,
    /// 100 x segment / all customers, of means or shares; `None` where the base is not positive.
    pub index: Option<f64>,
    /// A sentence part such as `tenure: 63 months against 12`.
    pub text: String,
}

/// One part of a name as a word and what it is said of, for reports in other languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamePart {
    /// The word, such as `high`, `no` or `north-east`; `as` where what follows is the whole.
    pub word: String,
    /// What it is said of, such as `monthly charges`; may be empty.
    pub of: String,
}

/// What is typical of a segment: its most central customer, told as the ranges of those
/// around it, so that nobody's own values are.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Typical {
    /// How many customers nearest to the most central one the values are of, at least four
    /// times `min_cell`.
    pub customers: u64,
    /// The values, columns that made the segments first, at most six.
    pub values: Vec<TypicalValue>,
}

/// One value of a typical customer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypicalValue {
    /// The source column.
    pub column: String,
    /// The level that at least 60 % have, for a category or flag.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<String>,
    /// Half of those customers lie between these, for numbers.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub range: Option<[f64; 2]>,
    /// The unit of the numbers, such as `months`; `None` where there is none or the column's
    /// name says it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub unit: Option<String>,
}

/// A category of purchases and how much of it a segment buys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Product {
    /// The category.
    pub product: String,
    /// The mean share of it in what a customer of the segment buys, 0..1.
    pub share: f64,
    /// 100 x that share / the mean share of all customers.
    pub index: f64,
}

/// What to offer a segment next: what it buys less of, and the segment most like it more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// The category.
    pub product: String,
    /// The index of the segment, below 100.
    pub index: f64,
    /// The segment most like it.
    pub like: u32,
    /// The index there, above 100.
    pub index_there: f64,
}

/// One segment. Not computed = `None`; withheld cells are `None` as well.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentRow {
    /// From 1; 0 for the customers in no segment.
    pub segment_id: u32,
    /// The name.
    pub segment: String,
    /// What the name is made of; empty where a person has given it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub name_parts: Vec<NamePart>,
    /// The method that found it.
    pub method: String,
    /// How far it can be trusted.
    pub verdict: Verdict,
    /// Customers in it.
    pub customers: u64,
    /// Share of all customers, 0..1.
    pub share: f64,
    /// Sum of value.
    pub value: Option<f64>,
    /// Share of all positive value, 0..1.
    pub value_share: Option<f64>,
    /// Mean value.
    pub value_per_customer: Option<f64>,
    /// What the segment's customers brought in the last year over the year before, less 1.
    #[serde(default)]
    pub value_growth: Option<f64>,
    /// What the segment would be worth more if its customers who are still here were worth
    /// what those of the next richer segment are, at most the average of all; 0 where they
    /// are worth as much.
    #[serde(default)]
    pub headroom: Option<f64>,
    /// Mean churn probability of those whose outcome is not yes.
    pub churn_mean: Option<f64>,
    /// Observed share with the outcome, among the known.
    pub churn_observed: Option<f64>,
    /// Lower end of its 95 % Wilson interval.
    pub churn_low: Option<f64>,
    /// Upper end of its 95 % Wilson interval.
    pub churn_high: Option<f64>,
    /// Customers whose outcome is known.
    pub churn_known: u64,
    /// Customers of the segment who have already left; `None` where it is withheld.
    pub gone: Option<u64>,
    /// Customers who have been silent for so long that they can no more be lost, where orders
    /// alone tell who is leaving; `None` where there are none, or withheld.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub inactive: Option<u64>,
    /// Expected value over the horizon.
    pub expected_value: Option<f64>,
    /// Value at risk: value if kept less expected value, of those who have not left.
    pub value_at_risk: Option<f64>,
    /// Mean Jaccard similarity under subsampling, 0..1.
    pub stability: Option<f64>,
    /// Customers in each subsample.
    pub stability_m: Option<u64>,
    /// Whether it is large enough, distinct and reachable by a rule.
    pub usable: bool,
    /// Whether it is smaller than `min-share` or `min-cell`.
    pub too_narrow: bool,
    /// The nearest segment, where it is too narrow.
    pub merge_with: Option<u32>,
    /// The segment that is most like it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nearest: Option<u32>,
    /// What it buys more of than all customers do, the highest index first, at most three;
    /// where there are categories.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub products: Vec<Product>,
    /// What to offer it next.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub next_offer: Option<Offer>,
    /// A short rule in words, or `None`: no short rule describes the segment.
    pub rule: Option<String>,
    /// The same rule as an SQL condition.
    pub rule_sql: Option<String>,
    /// Share of the segment's customers that the rule finds.
    pub rule_coverage: Option<f64>,
    /// Share of the customers found that belong to the segment.
    pub rule_precision: Option<f64>,
    /// One raw column that reproduces the segment, in words.
    pub trivial: Option<String>,
    /// What differs most from the other customers, strongest first, three to five.
    pub traits: Vec<Trait>,
    /// A typical customer, as ranges; `None` where the segment is too small for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub typical: Option<Typical>,
    /// A sentence that describes the segment.
    pub portrait: String,
    /// The suggested action.
    pub action: String,
    /// The parts of the action as codes, for reports in other languages.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub action_codes: Vec<String>,
    /// Why that action.
    pub action_why: String,
    /// Customers to contact within the budget.
    pub contact: u64,
    /// Customers held out, to measure what the contact achieves.
    pub hold_out: u64,
    /// `kept`, `split`, `merged` or `new` against the previous run.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub change: Option<String>,
    /// The segment of the previous run that it is, or came from.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous_segment_id: Option<u32>,
    /// The customers that segment had.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub customers_before: Option<u64>,
}

impl SegmentRow {
    /// Customers who can still be lost: the probability of leaving is theirs. Where it is
    /// withheld how many have left or are inactive, they are counted among them.
    #[must_use]
    pub fn open(&self) -> u64 {
        let lost = self.gone.unwrap_or(0) + self.inactive.unwrap_or(0);
        self.customers.saturating_sub(lost)
    }

    /// Customers whose outcome is known; `None` where it is withheld how many they are.
    #[must_use]
    pub fn known(&self) -> Option<u64> {
        (self.churn_known > 0 || self.gone.is_some()).then_some(self.churn_known)
    }

    /// The three differences that a sentence about the segment tells: first those that its
    /// name rests on, so that the name is not left without its figures, then the strongest.
    #[must_use]
    pub fn portrayed(&self) -> Vec<&Trait> {
        // The subject is what stands before the figures.
        let subject = |one: &Trait| {
            let subject = one.text.rsplit_once(": ").map_or("", |(subject, _)| subject);
            format!(" {} ", subject.to_lowercase())
        };
        let mut told: Vec<usize> = Vec::new();
        for part in self.name_parts.iter().filter(|part| !part.of.is_empty()) {
            let words = format!(" {} ", part.of.to_lowercase());
            let fits =
                |at: &usize| !told.contains(at) && subject(&self.traits[*at]).contains(&words);
            // The shortest says the least beside the words of the name.
            let fitting = (0..self.traits.len()).filter(fits);
            told.extend(fitting.min_by_key(|&at| (subject(&self.traits[at]).len(), at)));
        }
        let others: Vec<usize> = (0..self.traits.len()).filter(|at| !told.contains(at)).collect();
        told.into_iter().chain(others).take(3).map(|at| &self.traits[at]).collect()
    }
}
