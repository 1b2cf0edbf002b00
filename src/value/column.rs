//! What each customer is worth over a horizon, from one column of the table.
//!
//! The column as it is, per its own period, times the margin. Without a column there is no
//! value.

use super::{Checked, Margin, Per, ValueError};
use crate::finding::{Finding, Severity};
use crate::said::facts;
use crate::table::{FeatureTable, Values};

/// Mean days of a month and of a year.
const MONTH_DAYS: f64 = 30.4375;
const YEAR_DAYS: f64 = 365.25;

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
                facts!(n = missing, of = values.len()),
            )
            .column(column)
            .count(missing),
        );
    }
    values.iter().map(|value| if value.is_nan() { 0.0 } else { *value }).collect()
}

fn negative(amount: &[f64], column: &str) -> Option<Finding> {
    let below = amount.iter().filter(|amount| **amount < 0.0).count();
    (below > 0).then(|| {
        Finding::new("value-negative", Severity::Note, facts!(n = below, of = amount.len()))
            .column(column)
            .count(below)
    })
}

fn taken_as_total(column: &str) -> Finding {
    Finding::new("value-taken-as-total", Severity::Warning, facts!()).column(column)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Fault;
    use crate::table::{Column, Family, Ids, Role};
    use crate::value::{Horizon, Params};

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
        let values = (0..n).map(|row| row.to_string().into()).collect();
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
