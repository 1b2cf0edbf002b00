//! The finished numbers of the value stage: forecasts, their back-test, and how customers
//! return. Shares and probabilities are 0..1, money is in the input's own unit. Cells that
//! fewer than `min_cell` customers share are withheld.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::CurvePoint;

/// Whether the value of customers was forecast from their orders.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ValueStatus {
    /// It was.
    Computed(Box<ValueResults>),
    /// It was not.
    NotComputed {
        /// Always false.
        computed: bool,
        /// Why, one sentence.
        reason: String,
    },
}

/// The finished numbers of the value stage.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueResults {
    /// Always true.
    pub computed: bool,
    /// The layout's version.
    pub schema: u32,
    /// The forecast is of this many days after the as-of day.
    pub horizon_days: u32,
    /// How the horizon came about, in words.
    pub horizon_why: String,
    /// Customers with an order.
    pub customers: u64,
    /// A customer is active with an order in the last so many days.
    pub inactive_days: u32,
    /// How that came about, in words.
    pub inactive_why: String,
    /// Share of those silent for `inactive_days` who return within as long again.
    pub returning: Option<f64>,
    /// Customers who are active.
    pub active: u64,
    /// Share of those who had lapsed at the back-test's cut-off and ordered in the horizon.
    pub reactivated: Option<f64>,
    /// The model whose forecast is used.
    pub model: String,
    /// Why that one, one sentence.
    pub model_why: String,
    /// How the amount of an order is forecast, in words; `None` without money.
    pub amount: Option<String>,
    /// Spearman's correlation of repeat orders and their mean amount.
    pub dependence: Option<f64>,
    /// Every fit with its parameters.
    pub fits: Vec<ModelFit>,
    /// The back-test.
    pub back_test: BackTest,
    /// What is expected over the horizon.
    pub totals: ValueTotals,
    /// x = share of customers, largest expected value first, y = their share of it; at
    /// most 101 points.
    pub concentration: Vec<CurvePoint>,
    /// Orders in blocks of days beside what the model expects of the same customers.
    pub tracking: Vec<Tracked>,
    /// How sure it is that a customer still is one, by orders and silence: by the model
    /// that is used or, where it knows no leaving, by BG/NBD; `None` where that does not fit.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub alive: Option<AliveGrid>,
    /// How customers return.
    pub retention: Retention,
}

/// How sure the model is that customers are still active, on a grid of what they did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AliveGrid {
    /// The model that says so.
    pub model: String,
    /// The fewest days with an order of each row, ascending.
    pub orders: Vec<u32>,
    /// The most days since the last order of each column, ascending.
    pub silence: Vec<u32>,
    /// Cells with customers, by row and then by column.
    pub cells: Vec<AliveCell>,
}

/// One cell of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AliveCell {
    /// The row.
    pub orders: usize,
    /// The column.
    pub silence: usize,
    /// Customers; `None` where withheld.
    pub customers: Option<u64>,
    /// Their mean probability of being active, 0..1; `None` where withheld.
    pub active: Option<f64>,
}

/// One fitted model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelFit {
    /// Its name, such as `BG/NBD`.
    pub model: String,
    /// The last day that it has seen, `YYYY-MM-DD`.
    pub until: String,
    /// Customers it is fitted to.
    pub customers: u64,
    /// Distinct histories among them.
    pub distinct: u64,
    /// The parameters' names.
    pub names: Vec<String>,
    /// Their values; times in days, money in the input's unit.
    pub parameters: Vec<f64>,
    /// Their standard errors; empty where the likelihood is too flat to tell.
    pub errors: Vec<f64>,
    /// The log-likelihood, times in days.
    pub log_likelihood: f64,
    /// Log-likelihood above that of NBD, in which nobody leaves.
    pub gain_over_nbd: Option<f64>,
    /// Whether that gain tells that customers leave.
    pub leaving_is_visible: Option<bool>,
    /// Whether the fit came to an end at a maximum.
    pub converged: bool,
    /// Steps it took.
    pub steps: u64,
}

/// Forecasts of the last horizon, by what had happened before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackTest {
    /// The last day that the forecasts have seen, `YYYY-MM-DD`.
    pub cut_off: String,
    /// Customers it is about.
    pub customers: u64,
    /// Which: `active` or `all`.
    pub population: String,
    /// By what the winner is chosen, in words.
    pub judged_by: String,
    /// One entry per way to forecast.
    pub rows: Vec<BackTestRow>,
    /// One entry per way to expect the amount of an order, judged given how many there
    /// were; empty without money, and where they tell of few customers.
    #[serde(default)]
    pub amounts: Vec<AmountRow>,
    /// The forecast in use by what customers had spent until the cut-off: five groups as
    /// large as each other, from the least on. Empty without money, and where a group is
    /// withheld.
    #[serde(default)]
    pub by_spend: Vec<SpendRow>,
}

/// How one way to expect amounts did with those who ordered. Not computed = `None`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AmountRow {
    /// Its name.
    pub model: String,
    /// Whether it is the one that is used.
    pub chosen: bool,
    /// Why it does not compete; `None` where it does.
    pub refused: Option<String>,
    /// What was spent.
    pub actual: f64,
    /// What the same days with an order were expected to bring.
    pub predicted: Option<f64>,
    /// Expected over fact, less 1.
    pub error: Option<f64>,
    /// Poisson's deviance of the customers' money over its sum; the smaller the better.
    pub deviance: Option<f64>,
}

/// Customers who had spent about as much before the back-test's cut-off.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SpendRow {
    /// How many.
    pub customers: u64,
    /// What they had spent until then.
    pub spent: f64,
    /// What they spent in the held-out period.
    pub actual: f64,
    /// The same, as forecast.
    pub predicted: f64,
    /// Forecast over fact; `None` where nothing was spent.
    pub ratio: Option<f64>,
}

/// How one way to forecast did. Not computed = `None`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BackTestRow {
    /// Its name.
    pub model: String,
    /// Whether it is the one that is used.
    pub chosen: bool,
    /// Why it does not compete; `None` where it does.
    pub refused: Option<String>,
    /// Days with an order, as they were.
    pub orders_actual: f64,
    /// The same, as forecast.
    pub orders_predicted: Option<f64>,
    /// Forecast over fact, less 1.
    pub orders_error: Option<f64>,
    /// Mean absolute error of a customer's orders.
    pub mean_absolute_error: Option<f64>,
    /// Root mean square error of a customer's orders.
    pub root_mean_square_error: Option<f64>,
    /// Correlation of forecast and fact over customers.
    pub correlation: Option<f64>,
    /// Area under the ROC curve of ordering at all.
    pub roc_auc: Option<f64>,
    /// Mean log-loss of ordering at all.
    pub log_loss: Option<f64>,
    /// Mean probability of no order.
    pub no_order_predicted: Option<f64>,
    /// Share without an order.
    pub no_order_actual: f64,
    /// Money as it was.
    pub revenue_actual: Option<f64>,
    /// Money as forecast.
    pub revenue_predicted: Option<f64>,
    /// Forecast over fact, less 1.
    pub revenue_error: Option<f64>,
    /// Mean absolute error of a customer's money.
    pub revenue_mean_absolute_error: Option<f64>,
    /// Spearman's correlation of forecast and fact over customers.
    pub revenue_rank_correlation: Option<f64>,
}

/// Sums over the horizon.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueTotals {
    /// Expected orders of everybody.
    pub expected_orders: f64,
    /// Expected value of everybody; `None` without money.
    pub expected_value: Option<f64>,
    /// Value if kept of the active customers.
    pub value_if_kept: Option<f64>,
    /// Value at risk of the active customers.
    pub value_at_risk: Option<f64>,
    /// Share of expected value of the tenth of the customers with most of it.
    pub top_tenth: Option<f64>,
}

/// Orders in one block of days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tracked {
    /// The block's last day, `YYYY-MM-DD`.
    pub until: String,
    /// Repeat orders, as they were.
    pub actual: f64,
    /// As the model expects of customers who came when these did.
    pub expected: f64,
}

/// How customers return.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Customers by the month of their first order, ascending.
    pub cohorts: Vec<Cohort>,
    /// Days within which a second order counts as a repeat.
    pub repeat_within_days: u32,
    /// Customers who have been observed that long.
    pub repeat_observed: u64,
    /// Share of them with a second order in time; `None` where too few.
    pub repeat_rate: Option<f64>,
    /// Lower end of its 95 % Wilson interval.
    pub repeat_low: Option<f64>,
    /// Upper end.
    pub repeat_high: Option<f64>,
    /// Why no survival curve is drawn.
    pub survival_not_drawn: String,
}

/// Customers whose first order was in one calendar month.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cohort {
    /// The month, `YYYY-MM`.
    pub month: String,
    /// How many; `None` where withheld.
    pub customers: Option<u64>,
    /// Share who ordered one month later, two, and so on; whole months only. `None` where
    /// withheld.
    pub ordered: Vec<Option<f64>>,
}
