//! The `[churn]` table of the config.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::ChurnError;
use super::window::Window;
use crate::day::Day;
use crate::value::{InactiveDays, Population};

/// The model that predicts the outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ModelChoice {
    /// Logistic, unless boosting has a lower out-of-fold log-loss by more than one standard
    /// error of the difference. Above 20,000 customers with a known outcome this is decided
    /// on a sample of 10,000.
    #[default]
    Auto,
    /// Ridge logistic regression.
    Logistic,
    /// Gradient boosting of symmetric trees.
    Boosting,
}

/// Who is likely to leave. The `[churn]` table of the config.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Params {
    /// The label column; without it only a name that means leaving is taken.
    pub label: Option<String>,
    /// The value of the label that means yes, as the column writes it.
    #[serde(deserialize_with = "spelled")]
    pub positive: Option<String>,
    /// The cut-off of the back-test, where the outcome comes from orders; without it the
    /// horizon before the as-of day.
    #[serde(deserialize_with = "day")]
    pub cut_off: Option<Day>,
    /// After how many days without an order a customer is inactive, or `"auto"`.
    pub inactive_days: InactiveDays,
    /// Who is at risk, where the outcome comes from orders.
    pub population: Population,
    /// The model.
    pub model: ModelChoice,
    /// Below this many customers with the outcome, or without it, no model is fitted.
    pub min_events: usize,
    /// Suspicious columns that a person vouches for.
    pub accept: Vec<String>,
    /// Columns that are not used for churn or for segments.
    pub drop: Vec<String>,
    /// The column with the day on which a contract began; with `end`, survival is drawn.
    pub start: Option<String>,
    /// The column with the day on which it ended; empty where it has not.
    pub end: Option<String>,
    /// How far back the label looks, such as `"1 month"`; with a column of tenure in the
    /// same unit, survival is drawn.
    pub window: Option<Window>,
    /// The column of tenure; without it the one that is called so.
    pub tenure: Option<String>,
    /// Columns of numbers of which more never lowers the probability; boosting keeps that.
    pub increasing: Vec<String>,
    /// Columns of numbers of which more never raises the probability.
    pub decreasing: Vec<String>,
    /// The share of the customers that can be contacted, above 0 and at most 1.
    pub contact_budget: f64,
    /// The share of the contact list that is not contacted, so that the effect can be
    /// measured; 0 or more and below 1.
    pub hold_out: f64,
    /// Cost of one contact; profit is computed where this, the saved value and the save
    /// rate are given.
    pub contact_cost: Option<f64>,
    /// What one customer is worth who is kept.
    pub saved_value: Option<f64>,
    /// The share of those about to leave whom a contact keeps, 0..1.
    pub save_rate: Option<f64>,
}

/// A day may be given as text or as the date of a TOML file, which arrives under a name of
/// its own.
fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Day>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Text(String),
        Date {
            #[serde(rename = "$__toml_private_datetime")]
            text: String,
        },
    }
    let Some(written) = Option::<Written>::deserialize(deserializer)? else { return Ok(None) };
    let (Written::Text(text) | Written::Date { text }) = written;
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

/// A value of a column may be given as text, number or truth value.
fn spelled<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Spelling {
        Text(String),
        Whole(i64),
        Decimal(f64),
        Truth(bool),
    }
    Ok(Option::<Spelling>::deserialize(deserializer)?.map(|spelling| match spelling {
        Spelling::Text(text) => text,
        Spelling::Whole(number) => number.to_string(),
        Spelling::Decimal(number) => number.to_string(),
        Spelling::Truth(truth) => truth.to_string(),
    }))
}

impl Default for Params {
    fn default() -> Self {
        Self {
            label: None,
            positive: None,
            cut_off: None,
            inactive_days: InactiveDays::default(),
            population: Population::default(),
            model: ModelChoice::Auto,
            min_events: 50,
            accept: Vec::new(),
            drop: Vec::new(),
            start: None,
            end: None,
            window: None,
            tenure: None,
            increasing: Vec::new(),
            decreasing: Vec::new(),
            contact_budget: 0.10,
            hold_out: 0.10,
            contact_cost: None,
            saved_value: None,
            save_rate: None,
        }
    }
}

/// Checked parameters; only they can fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked(Params);

/// Five folds need a few events each, whatever the config says.
const LEAST_EVENTS: usize = 10;

impl Params {
    /// Checks every range.
    ///
    /// # Errors
    ///
    /// A share outside its range, money that is negative or not finite, fewer than 10 `min-events`, no inactive day, a column that
    /// is both accepted and dropped, or both increasing and decreasing, an order with
    /// `model = "logistic"`.
    pub fn check(self) -> Result<Checked, ChurnError> {
        // Written so that NaN is rejected as well.
        if !(self.contact_budget > 0.0 && self.contact_budget <= 1.0) {
            return Err(ChurnError::Share {
                key: "contact-budget",
                value: self.contact_budget,
                range: "above 0 and at most 1",
            });
        }
        if !(0.0..1.0).contains(&self.hold_out) {
            return Err(ChurnError::Share {
                key: "hold-out",
                value: self.hold_out,
                range: "0 or more and below 1",
            });
        }
        for (key, value) in [("contact-cost", self.contact_cost), ("saved-value", self.saved_value)]
        {
            if let Some(value) = value.filter(|value| !(value.is_finite() && *value >= 0.0)) {
                return Err(ChurnError::Money { key, value });
            }
        }
        if let Some(value) = self.save_rate.filter(|rate| !(0.0..=1.0).contains(rate)) {
            let (key, range) = ("save-rate", "0 to 1");
            return Err(ChurnError::Share { key, value, range });
        }
        if self.min_events < LEAST_EVENTS {
            return Err(ChurnError::MinEvents { given: self.min_events, least: LEAST_EVENTS });
        }
        if self.inactive_days == InactiveDays::Days(0) {
            return Err(ChurnError::InactiveDays);
        }
        if let Some(column) = self.accept.iter().find(|column| self.drop.contains(column)) {
            return Err(ChurnError::AcceptedAndDropped { column: column.clone() });
        }
        if let Some(column) = self.increasing.iter().find(|column| self.decreasing.contains(column))
        {
            return Err(ChurnError::BothOrders { column: column.clone() });
        }
        if self.model == ModelChoice::Logistic
            && let Some(column) = self.increasing.first().or(self.decreasing.first())
        {
            return Err(ChurnError::OrderOfLogistic { column: column.clone() });
        }
        Ok(Checked(self))
    }
}

impl Checked {
    /// The parameters.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.0
    }

    /// Whether a profit is computed: cost, value and rate are given.
    #[must_use]
    pub fn has_profit(&self) -> bool {
        let Params { contact_cost, saved_value, save_rate, .. } = &self.0;
        contact_cost.is_some() && saved_value.is_some() && save_rate.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Fault;

    fn code(params: Params) -> &'static str {
        params.check().unwrap_err().code()
    }

    #[test]
    fn the_defaults_pass() {
        assert_eq!(Params::default().check().unwrap().params(), &Params::default());
    }

    #[test]
    fn a_budget_outside_its_range_is_rejected() {
        for contact_budget in [0.0, -0.1, 1.5, f64::NAN] {
            assert_eq!(code(Params { contact_budget, ..Params::default() }), "E-CHU-001");
        }
    }

    #[test]
    fn a_hold_out_outside_its_range_is_rejected() {
        for hold_out in [-0.1, 1.0, f64::NAN] {
            assert_eq!(code(Params { hold_out, ..Params::default() }), "E-CHU-001");
        }
    }

    #[test]
    fn impossible_costs_are_rejected() {
        for wrong in [-0.01, f64::NAN, f64::INFINITY] {
            let contact_cost = Some(wrong);
            assert_eq!(code(Params { contact_cost, ..Params::default() }), "E-CHU-008");
            let saved_value = Some(wrong);
            assert_eq!(code(Params { saved_value, ..Params::default() }), "E-CHU-008");
            let save_rate = Some(wrong);
            assert_eq!(code(Params { save_rate, ..Params::default() }), "E-CHU-001");
        }
        assert_eq!(code(Params { save_rate: Some(1.01), ..Params::default() }), "E-CHU-001");
        let (contact_cost, save_rate) = (Some(0.0), Some(1.0));
        assert!(Params { contact_cost, save_rate, ..Params::default() }.check().is_ok());
    }

    #[test]
    fn no_inactive_day_is_rejected() {
        let inactive_days = InactiveDays::Days(0);
        assert_eq!(code(Params { inactive_days, ..Params::default() }), "E-CHU-007");
    }

    #[test]
    fn the_words_for_orders_are_read() {
        let text = r#"{"cut-off":"2011-09-09","inactive-days":90,"population":"all"}"#;
        let params: Params = serde_json::from_str(text).unwrap();
        assert_eq!(params.cut_off.unwrap().to_string(), "2011-09-09");
        assert_eq!(params.inactive_days, InactiveDays::Days(90));
        assert_eq!(params.population, Population::All);
        let text = r#"{"cut-off":null,"inactive-days":"auto"}"#;
        assert_eq!(serde_json::from_str::<Params>(text).unwrap(), Params::default());
    }

    #[test]
    fn too_few_events_are_rejected() {
        assert_eq!(code(Params { min_events: 9, ..Params::default() }), "E-CHU-002");
    }

    #[test]
    fn orders_that_cannot_be_kept_are_rejected() {
        let (increasing, decreasing) = (vec!["tenure".to_owned()], vec!["tenure".to_owned()]);
        let both = Params { increasing: increasing.clone(), decreasing, ..Params::default() };
        assert_eq!(code(both), "E-CHU-009");
        let model = ModelChoice::Logistic;
        assert_eq!(code(Params { model, increasing, ..Params::default() }), "E-CHU-010");
    }

    #[test]
    fn a_column_both_accepted_and_dropped_is_rejected() {
        let list = vec!["duration".to_owned()];
        let params = Params { accept: list.clone(), drop: list, ..Params::default() };
        assert_eq!(code(params), "E-CHU-003");
    }
}
