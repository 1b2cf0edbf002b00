//! What each customer is worth over a horizon, from one column of the table.
//!
//! - value: the column as it is, per its own period, times the margin.
//! - value if kept `V`: value over the horizon, given that the customer stays.
//! - expected value: `V x (1 - p)` with `p` the probability of leaving.
//! - value at risk: `V - expected value`, for customers who have not left; 0 for those
//!   who have. The money of the departed is lost, not at risk.
//!
//! No value is ever made up: without a column there is none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::fault::{Class, Fault};
use crate::finding::{Finding, Severity};
use crate::table::{FeatureTable, Values};

/// Mean days of a month and of a year.
const MONTH_DAYS: f64 = 30.4375;
const YEAR_DAYS: f64 = 365.25;
/// The horizon where there is no history to learn one from.
const DEFAULT_HORIZON: u32 = 365;
/// No forecast looks further than this many days, ten years.
const LONGEST_HORIZON: u32 = 3_653;

/// What one amount of the column stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// An order. A table without orders takes the column as a total, and says so.
    #[default]
    Order,
    /// A month.
    Month,
    /// A year.
    Year,
    /// The whole horizon.
    Total,
}

/// The share of an amount that is profit: a number or a column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Margin {
    /// The same for everybody, above 0.
    Number(f64),
    /// A column of the table.
    Column(String),
}

impl Default for Margin {
    fn default() -> Self {
        Self::Number(1.0)
    }
}

/// How far to look ahead: `"auto"` or a number of days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Horizon {
    /// This many days.
    Days(u32),
    /// `"auto"`: 365 where there is no history.
    Rule(HorizonRule),
}

impl Default for Horizon {
    fn default() -> Self {
        Self::Rule(HorizonRule::Auto)
    }
}

/// The one word that `horizon-days` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum HorizonRule {
    /// Found out from the data.
    #[default]
    Auto,
}

/// What a customer is worth. The `[value]` table of the config.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Params {
    /// The column that holds amounts, such as `MonthlyCharges`; empty for none.
    pub column: String,
    /// What one amount stands for.
    pub per: Per,
    /// The share of an amount that is profit, a number or a column.
    pub margin: Margin,
    /// How many days ahead, or `"auto"`.
    pub horizon_days: Horizon,
}

/// Why there is no value.
#[derive(Debug, thiserror::Error, PartialEq)]
#[non_exhaustive]
pub enum ValueError {
    /// The margin is not a positive number.
    #[error("value.margin is {margin} but must be above 0")]
    Margin {
        /// The margin.
        margin: f64,
    },
    /// The horizon is out of range.
    #[error("value.horizon-days is {days} but must be 1 to {LONGEST_HORIZON}")]
    Horizon {
        /// The horizon.
        days: u32,
    },
    /// A margin or a period without a column.
    #[error("value.margin names column {column} but value.column is empty")]
    MarginAlone {
        /// The margin's column.
        column: String,
    },
    /// A column is not in the table, or is not used.
    #[error("column {column} of [value] is not among the {n_columns} usable columns")]
    NoColumn {
        /// The column's name.
        column: String,
        /// How many usable columns there are.
        n_columns: usize,
    },
    /// A column does not hold numbers.
    #[error("column {column} of [value] holds no numbers")]
    NotNumeric {
        /// The column's name.
        column: String,
    },
}

impl Fault for ValueError {
    fn code(&self) -> &'static str {
        match self {
            Self::Margin { .. } => "E-VAL-001",
            Self::Horizon { .. } => "E-VAL-002",
            Self::MarginAlone { .. } => "E-VAL-003",
            Self::NoColumn { .. } => "E-VAL-010",
            Self::NotNumeric { .. } => "E-VAL-011",
        }
    }

    fn class(&self) -> Class {
        Class::Config
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Margin { .. } => {
                "give the share of an amount that is profit, such as 0.3".to_owned()
            }
            Self::Horizon { .. } => "give a number of days, or \"auto\"".to_owned(),
            Self::MarginAlone { .. } => "set value.column as well".to_owned(),
            Self::NoColumn { .. } => {
                "check the spelling, and that the column is neither ignored nor an id".to_owned()
            }
            Self::NotNumeric { .. } => "declare it as a number under [features.types]".to_owned(),
        })
    }
}

/// Parameters that have been checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Checked(Params);

impl Checked {
    /// The parameters.
    #[must_use]
    pub fn params(&self) -> &Params {
        &self.0
    }

    /// The horizon in days.
    #[must_use]
    pub fn horizon_days(&self) -> u32 {
        match self.0.horizon_days {
            Horizon::Days(days) => days,
            Horizon::Rule(HorizonRule::Auto) => DEFAULT_HORIZON,
        }
    }
}

impl Params {
    /// Checks what can be checked without a table.
    ///
    /// # Errors
    ///
    /// A margin that is not above 0, a horizon outside 1 to 3,653 days, a margin column
    /// without a value column.
    pub fn check(self) -> Result<Checked, ValueError> {
        match &self.margin {
            Margin::Number(margin) if !(margin.is_finite() && *margin > 0.0) => {
                return Err(ValueError::Margin { margin: *margin });
            }
            Margin::Column(column) if self.column.is_empty() => {
                return Err(ValueError::MarginAlone { column: column.clone() });
            }
            _ => {}
        }
        if let Horizon::Days(days) = self.horizon_days
            && !(1..=LONGEST_HORIZON).contains(&days)
        {
            return Err(ValueError::Horizon { days });
        }
        Ok(Checked(self))
    }
}

/// What each customer is worth. One entry per customer, money in the input's unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The column's name.
    pub column: String,
    /// The horizon in days.
    pub horizon_days: u32,
    /// The amount of one period times the margin; may be negative.
    pub amount: Vec<f64>,
    /// Value over the horizon if the customer stays; may be negative.
    pub if_kept: Vec<f64>,
    /// What the value is, in words: `MonthlyCharges per month, over 365 days`.
    pub said: String,
    /// Missing and negative amounts, and what was assumed.
    pub findings: Vec<Finding>,
}

/// Expected value: `if_kept x (1 - probability)`.
#[must_use]
pub fn expected(if_kept: f64, probability: f64) -> f64 {
    if_kept * (1.0 - probability)
}

/// Value at risk: `if_kept - expected`, and 0 for a customer who has left.
#[must_use]
pub fn at_risk(if_kept: f64, expected: f64, outcome: Option<bool>) -> f64 {
    if outcome == Some(true) { 0.0 } else { if_kept - expected }
}

/// The value of every customer, or `None` where no column is given. Missing amounts and
/// margins count as 0, with a finding.
///
/// # Errors
///
/// A column that is not in the table or holds no numbers.
pub fn measure(table: &FeatureTable, params: &Checked) -> Result<Option<Value>, ValueError> {
    let asked = params.params();
    if asked.column.is_empty() {
        return Ok(None);
    }
    let mut findings = Vec::new();
    let mut amount = zero_for_missing(numbers(table, &asked.column)?, &asked.column, &mut findings);
    let mut margin_said = String::new();
    match &asked.margin {
        Margin::Number(margin) => {
            if margin.total_cmp(&1.0).is_ne() {
                for amount in &mut amount {
                    *amount *= margin;
                }
                margin_said = format!(", margin {margin}");
            }
        }
        Margin::Column(column) => {
            let margins = zero_for_missing(numbers(table, column)?, column, &mut findings);
            for (amount, margin) in amount.iter_mut().zip(margins) {
                *amount *= margin;
            }
            margin_said = format!(", margin from {}", one_line(column));
        }
    }
    let horizon = f64::from(params.horizon_days());
    let (periods, per) = match asked.per {
        Per::Month => (horizon / MONTH_DAYS, "per month"),
        Per::Year => (horizon / YEAR_DAYS, "per year"),
        Per::Total => (1.0, "as a total, as it is"),
        Per::Order => {
            findings.push(taken_as_total(&asked.column));
            (1.0, "as a total, as it is")
        }
    };
    if let Some(finding) = negative(&amount, &asked.column) {
        findings.push(finding);
    }
    let name = one_line(&asked.column);
    let over = match asked.per {
        Per::Month | Per::Year => format!(", over {} days", params.horizon_days()),
        Per::Total | Per::Order => String::new(),
    };
    Ok(Some(Value {
        column: asked.column.clone(),
        horizon_days: params.horizon_days(),
        if_kept: amount.iter().map(|amount| amount * periods).collect(),
        amount,
        said: format!("{name} {per}{over}{margin_said}"),
        findings,
    }))
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn numbers<'a>(table: &'a FeatureTable, name: &str) -> Result<&'a [f64], ValueError> {
    let Some((_, column)) = table.column(name) else {
        return Err(ValueError::NoColumn {
            column: name.to_owned(),
            n_columns: table.columns().len(),
        });
    };
    match &column.values {
        Values::Number(values) => Ok(values),
        Values::Flag { .. } | Values::Category { .. } => {
            Err(ValueError::NotNumeric { column: name.to_owned() })
        }
    }
}

fn zero_for_missing(values: &[f64], column: &str, findings: &mut Vec<Finding>) -> Vec<f64> {
    let missing = values.iter().filter(|value| value.is_nan()).count();
    if missing > 0 {
        findings.push(
            Finding::new(
                "value-missing",
                Severity::Warning,
                format!("{missing} of {} customers have no amount and count as 0", values.len()),
            )
            .column(column)
            .count(missing)
            .advice("fill in the amounts, or read the value of the segments as a lower bound"),
        );
    }
    values.iter().map(|value| if value.is_nan() { 0.0 } else { *value }).collect()
}

fn negative(amount: &[f64], column: &str) -> Option<Finding> {
    let below = amount.iter().filter(|amount| **amount < 0.0).count();
    (below > 0).then(|| {
        Finding::new(
            "value-negative",
            Severity::Note,
            format!(
                "{below} of {} customers have a negative value; shares are of positive value",
                amount.len()
            ),
        )
        .column(column)
        .count(below)
    })
}

fn taken_as_total(column: &str) -> Finding {
    Finding::new(
        "value-taken-as-total",
        Severity::Warning,
        "value.per is order but there are no orders, so the column is taken as a total",
    )
    .column(column)
    .advice("set value.per to month, year or total")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::{Column, Family, Ids, Role};

    fn table(columns: Vec<(&str, Vec<f64>)>) -> FeatureTable {
        let n = columns[0].1.len();
        let columns = columns
            .into_iter()
            .map(|(name, values)| Column {
                name: name.to_owned(),
                role: Role::Number,
                family: Family::Behavioural,
                unit: None,
                decimals: 2,
                block: None,
                values: Values::Number(values),
            })
            .collect();
        let values = (0..n).map(|row| row.to_string()).collect();
        let ids = Ids { name: "id".to_owned(), values, from_rows: false };
        FeatureTable::new(ids, columns, None).unwrap()
    }

    fn params(per: Per) -> Params {
        Params { column: "fee".to_owned(), per, ..Params::default() }
    }

    #[test]
    fn without_a_column_there_is_no_value() {
        let table = table(vec![("fee", vec![1.0])]);
        assert_eq!(measure(&table, &Params::default().check().unwrap()), Ok(None));
    }

    /// 30.4375 a month at margin .5 over 365 days: 30.4375 x .5 x 365 / 30.4375 = 182.5.
    #[test]
    fn monthly_amounts_cover_the_horizon() {
        let table = table(vec![("fee", vec![30.4375, f64::NAN, -1.0])]);
        let asked = Params { margin: Margin::Number(0.5), ..params(Per::Month) };
        let value = measure(&table, &asked.check().unwrap()).unwrap().unwrap();
        assert!((value.if_kept[0] - 182.5).abs() < 1e-9);
        assert!(value.if_kept[1].abs() < 1e-15);
        let codes: Vec<&str> = value.findings.iter().map(|f| f.code.as_str()).collect();
        assert_eq!(codes, ["value-missing", "value-negative"]);
        assert_eq!(value.said, "fee per month, over 365 days, margin 0.5");
    }

    #[test]
    fn a_margin_may_be_a_column() {
        let table = table(vec![("fee", vec![100.0, 50.0]), ("rate", vec![0.2, 0.4])]);
        let asked = Params { margin: Margin::Column("rate".to_owned()), ..params(Per::Total) };
        let value = measure(&table, &asked.check().unwrap()).unwrap().unwrap();
        assert_eq!(value.if_kept, [20.0, 20.0]);
    }

    #[test]
    fn amounts_per_order_without_orders_are_a_total_and_said() {
        let table = table(vec![("fee", vec![3.0])]);
        let value = measure(&table, &params(Per::Order).check().unwrap()).unwrap().unwrap();
        assert_eq!(value.if_kept, [3.0]);
        assert_eq!(value.findings[0].code, "value-taken-as-total");
    }

    #[test]
    fn value_at_risk_is_value_if_kept_less_expected_value() {
        for (kept, p) in [(100.0, 0.3), (-5.0, 0.9), (0.1, 1.0), (7.7, 0.0)] {
            let expected = expected(kept, p);
            for outcome in [None, Some(false)] {
                assert_eq!(at_risk(kept, expected, outcome).to_bits(), (kept - expected).to_bits());
            }
            assert!(at_risk(kept, expected, Some(true)).abs() < 1e-300);
        }
    }

    #[test]
    fn bad_parameters_are_rejected() {
        let margin = |margin| Params { margin: Margin::Number(margin), ..Params::default() };
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(margin(bad).check().unwrap_err().code(), "E-VAL-001");
        }
        for days in [0, 3_654] {
            let asked = Params { horizon_days: Horizon::Days(days), ..Params::default() };
            assert_eq!(asked.check().unwrap_err().code(), "E-VAL-002");
        }
        let alone = Params { margin: Margin::Column("rate".to_owned()), ..Params::default() };
        assert_eq!(alone.check().unwrap_err().code(), "E-VAL-003");
        let table = table(vec![("other", vec![1.0])]);
        let checked = params(Per::Total).check().unwrap();
        assert_eq!(measure(&table, &checked).unwrap_err().code(), "E-VAL-010");
    }

    #[test]
    fn config_words_are_read() {
        let read = |text: &str| serde_json::from_str::<Params>(text);
        let params =
            read(r#"{"column":"fee","per":"month","margin":"rate","horizon-days":90}"#).unwrap();
        assert_eq!(params.margin, Margin::Column("rate".to_owned()));
        assert_eq!(params.horizon_days, Horizon::Days(90));
        assert_eq!(read(r#"{"horizon-days":"auto"}"#).unwrap(), Params::default());
        assert!(read(r#"{"horizon-days":"soon"}"#).is_err());
        assert!(read(r#"{"unknown":1}"#).is_err());
    }
}
