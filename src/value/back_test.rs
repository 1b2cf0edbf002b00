//! Which forecast to believe: all of them on the last horizon, which none has seen.
//!
//! Everything is fitted to the orders on or before the cut-off and compared with the
//! horizon after it. Judged is the mean log-loss of "orders at all": of those within one
//! standard error of the smallest the first in the table wins. A model in which leaving is
//! not visible, or whose fit did not converge, does not compete. The errors of the number
//! of orders and of the money stand beside it. How amounts are expected is decided on the
//! same period, see `amounts.rs`.
//!
//! Two rules of thumb compete with the models: that everybody goes on at the own rate
//! (repeats per day observed, and Poisson), and that customers do what those who had been
//! silent as long did one horizon earlier.

use rayon::prelude::*;

use super::amounts::{AmountWay, Amounts, compare, is_of_many};
use super::candidates::Stand;
use super::history::unit;
use super::{Bought, History, Summary};
use crate::day::Day;
use crate::orders::Histories;
use crate::results::value::{AmountRow, BackTestRow, ModelFit, SpendRow};
use crate::stats::{correlation, first_near_best, loss_of, roc_auc};

/// Groups of customers by what they had spent.
const GROUPS: usize = 5;

/// A way to forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// BG/NBD.
    BgNbd,
    /// MBG/NBD.
    MbgNbd,
    /// Pareto/NBD.
    ParetoNbd,
    /// NBD: nobody leaves.
    Nbd,
    /// Regressions on earlier cut-offs.
    Regression,
    /// The own rate goes on.
    Rate,
    /// As those who had been silent as long, one horizon earlier.
    Recency,
}

impl Way {
    /// All, in the order of the table; of those that are as good the first wins.
    pub const ALL: [Self; 7] = [
        Self::BgNbd,
        Self::MbgNbd,
        Self::ParetoNbd,
        Self::Nbd,
        Self::Regression,
        Self::Rate,
        Self::Recency,
    ];

    /// What it is called in files and reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::BgNbd => "BG/NBD",
            Self::MbgNbd => "MBG/NBD",
            Self::ParetoNbd => "Pareto/NBD",
            Self::Nbd => "NBD",
            Self::Regression => "regression on earlier periods",
            Self::Rate => "rate rule",
            Self::Recency => "recency rule",
        }
    }

    /// Whether leaving is a part of it.
    #[must_use]
    pub fn knows_leaving(self) -> bool {
        matches!(self, Self::BgNbd | Self::MbgNbd | Self::ParetoNbd)
    }
}

/// A back-test.
pub(super) struct BackTest {
    pub cut_off: Day,
    /// Places in the histories of the customers it is about, ascending.
    pub customers: Vec<u32>,
    /// Whether each ordered.
    pub ordered: Vec<bool>,
    pub rows: Vec<BackTestRow>,
    pub fits: Vec<ModelFit>,
    /// The winner; `None` where nothing competes.
    pub winner: Option<Way>,
    /// What every way that competes said.
    pub said: Vec<Said>,
    /// What there is to say of money; `None` without any.
    pub money: Option<Money>,
}

/// A forecast that competes, customer by customer.
pub(super) struct Said {
    pub way: Way,
    /// P(no order).
    pub none: Vec<f64>,
    /// Expected occasions.
    pub expected: Vec<f64>,
}

/// The money of a back-test; one entry per customer, in the input's unit.
pub(super) struct Money {
    /// How amounts are expected best.
    pub way: AmountWay,
    pub rows: Vec<AmountRow>,
    /// What each had spent until the cut-off.
    spent: Vec<f64>,
    /// What each spent after it.
    actual: Vec<f64>,
    /// What an occasion was expected to bring.
    amount: Vec<f64>,
}

impl Money {
    fn new(
        (orders, today): (&Histories, &Amounts),
        summary: &Summary,
        (places, bought): (&[usize], &[Bought]),
        min_cell: usize,
    ) -> Option<Self> {
        let then = Amounts::new(orders, summary)?;
        let unit = unit(summary.money_decimals?);
        let (way, rows) = compare(&then, today, summary, (places, bought), min_cell);
        let expected = then.expected(way).ok()?;
        Some(Self {
            way,
            rows,
            spent: places.iter().map(|&at| summary.money[at] as f64 / unit).collect(),
            actual: bought.iter().map(|bought| bought.money as f64 / unit).collect(),
            amount: places.iter().map(|&at| expected[at]).collect(),
        })
    }

    /// The forecast of money: of each customer `occasions`.
    fn forecast(&self, occasions: &[f64]) -> Vec<f64> {
        occasions.iter().zip(&self.amount).map(|(n, amount)| n * amount).collect()
    }
}

impl BackTest {
    /// Marks the way that is used.
    pub(super) fn choose(&mut self, way: Way) {
        for row in &mut self.rows {
            row.chosen = way.name() == row.model;
        }
    }

    /// What the way said, if it competes.
    pub(super) fn said(&self, way: Way) -> Option<&Said> {
        self.said.iter().find(|said| said.way == way)
    }

    /// The money as forecast by the way beside what was spent, for groups of as many
    /// customers, those who had spent least first. Empty where a group is of fewer than
    /// `min_cell` customers or one of them makes one of its sums.
    pub(super) fn by_spend(&self, way: Way, min_cell: usize) -> Vec<SpendRow> {
        let (Some(money), Some(said)) = (&self.money, self.said(way)) else { return Vec::new() };
        let forecast = money.forecast(&said.expected);
        let n = money.spent.len();
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by(|&a, &b| money.spent[a].total_cmp(&money.spent[b]));
        let group = |at: usize| {
            let who = &order[n * at / GROUPS..n * (at + 1) / GROUPS];
            let sum = |values: &[f64]| who.iter().map(|&at| values[at]).sum::<f64>();
            let told = |values: &[f64]| {
                let parts: Vec<f64> = who.iter().map(|&at| values[at]).collect();
                is_of_many(&parts, min_cell)
            };
            let open = told(&money.spent) && told(&money.actual) && told(&forecast);
            let (actual, predicted) = (sum(&money.actual), sum(&forecast));
            open.then(|| SpendRow {
                customers: who.len() as u64,
                spent: sum(&money.spent),
                actual,
                predicted,
                ratio: (actual > 0.0).then(|| predicted / actual),
            })
        };
        (0..GROUPS).map(group).collect::<Option<Vec<SpendRow>>>().unwrap_or_default()
    }
}

/// Compares all ways on the horizon after `cut_off`, for the customers that `chosen` takes.
/// `today` are the amounts expected on the as-of day, if there is money.
pub(super) fn run(
    (orders, today): (&Histories, Option<&Amounts>),
    cut_off: Day,
    horizon: u32,
    chosen: &(dyn Fn(History) -> bool + Sync),
    min_cell: usize,
) -> BackTest {
    let stand = Stand::new(orders, cut_off, horizon);
    let places: Vec<usize> = (0..stand.summary.n_customers())
        .filter(|&at| chosen(stand.summary.histories[at]))
        .collect();
    let ahead = stand.summary.ahead(orders, horizon);
    let bought: Vec<Bought> = places.iter().map(|&at| ahead[at]).collect();
    let money = today.and_then(|today| {
        Money::new((orders, today), &stand.summary, (&places, &bought), min_cell)
    });
    let any: Vec<bool> = bought.iter().map(|bought| bought.occasions > 0).collect();
    let (mut rows, mut fits, mut all_said, mut losses) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for way in Way::ALL {
        let candidate = stand.candidate(way);
        let said = candidate.ready.as_ref().map(|ready| {
            let predicted = stand.predict(ready);
            let (none, expected) = places.iter().map(|&at| predicted[at]).unzip();
            Said { way, none, expected }
        });
        fits.extend(candidate.fit);
        let competes = candidate.refused.is_none();
        rows.push(row(way, candidate.refused, said.as_ref(), &bought, money.as_ref()));
        if let Some(said) = said.filter(|_| competes) {
            let each = said.none.iter().zip(&any).map(|(p, &any)| loss_of(1.0 - p, any));
            losses.push(each.collect::<Vec<f64>>());
            all_said.push(said);
        }
    }
    BackTest {
        cut_off,
        customers: places.iter().map(|&at| stand.summary.customers[at]).collect(),
        ordered: any,
        rows,
        fits,
        winner: first_near_best(&losses, 1.0).map(|at| all_said[at].way),
        said: all_said,
        money,
    }
}

fn row(
    way: Way,
    refused: Option<String>,
    said: Option<&Said>,
    bought: &[Bought],
    money: Option<&Money>,
) -> BackTestRow {
    let actual: Vec<f64> = bought.iter().map(|bought| f64::from(bought.occasions)).collect();
    let any: Vec<bool> = bought.iter().map(|bought| bought.occasions > 0).collect();
    let mut row = BackTestRow {
        model: way.name().to_owned(),
        chosen: false,
        refused,
        orders_actual: actual.iter().sum(),
        revenue_actual: money.map(|money| money.actual.iter().sum()),
        ..BackTestRow::default()
    };
    let Some(Said { none, expected, .. }) = said else { return row };
    let n = (bought.len() as f64).max(1.0);
    row.orders_predicted = Some(expected.iter().sum());
    row.orders_error =
        (row.orders_actual > 0.0).then(|| expected.iter().sum::<f64>() / row.orders_actual - 1.0);
    let off = |f: &dyn Fn(f64) -> f64| -> f64 {
        expected.iter().zip(&actual).map(|(e, a)| f(e - a)).sum::<f64>() / n
    };
    row.mean_absolute_error = Some(off(&f64::abs));
    row.root_mean_square_error = Some(off(&|d| d * d).sqrt());
    row.correlation = correlation(expected, &actual);
    let ordering: Vec<f64> = none.par_iter().map(|p| 1.0 - p).collect();
    row.roc_auc = roc_auc(&ordering, &any);
    row.log_loss = Some(ordering.iter().zip(&any).map(|(&p, &y)| loss_of(p, y)).sum::<f64>() / n);
    row.no_order_predicted = Some(none.iter().sum::<f64>() / n);
    row.no_order_actual = any.iter().filter(|any| !**any).count() as f64 / n;
    if let Some(money) = money {
        let revenue = money.forecast(expected);
        let (total, actual) = (revenue.iter().sum::<f64>(), money.actual.iter().sum::<f64>());
        row.revenue_predicted = Some(total);
        row.revenue_error = (actual > 0.0).then(|| total / actual - 1.0);
        let errors = revenue.iter().zip(&money.actual).map(|(r, m)| (r - m).abs());
        row.revenue_mean_absolute_error = Some(errors.sum::<f64>() / n);
        row.revenue_rank_correlation = crate::stats::spearman(&revenue, &money.actual);
    }
    row
}
