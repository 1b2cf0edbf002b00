//! The `[value]` table of the config.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ValueError;

/// The horizon where there is no history to learn one from.
const DEFAULT_HORIZON: u32 = 365;
/// No forecast looks further than this many days, ten years.
pub(super) const LONGEST_HORIZON: u32 = 3_653;

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

/// Who is at risk of leaving a shop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Population {
    /// Customers with an order in the last `inactive-days`.
    #[default]
    Active,
    /// Everybody: the forecast is then of who buys again.
    All,
}

/// After how many days without an order a customer is inactive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum InactiveDays {
    /// This many days.
    Days(u32),
    /// `"auto"`: from the gaps between orders.
    Rule(InactiveRule),
}

impl Default for InactiveDays {
    fn default() -> Self {
        Self::Rule(InactiveRule::Auto)
    }
}

/// The one word that `inactive-days` knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum InactiveRule {
    /// The shortest silence after which few return.
    #[default]
    Auto,
}
