//! Which forecast to believe: all of them on the last horizon, which none has seen.
//!
//! Everything is fitted to the orders on or before the cut-off and compared with the
//! horizon after it. Judged is the mean log-loss of "orders at all": of those within one
//! standard error of the smallest the first in the table wins. A model in which leaving is
//! not visible, or whose fit did not converge, does not compete. The errors of the number
//! of orders and of the money stand beside it.
//!
//! Two rules of thumb compete with the models: that everybody goes on at the own rate
//! (repeats per day observed, and Poisson), and that customers do what those who had been
//! silent as long did one horizon earlier.

use rayon::prelude::*;

use super::amounts::amounts;
use super::candidates::{Prediction, Stand};
use super::history::unit;
use super::{Bought, History};
use crate::day::Day;
use crate::orders::Histories;
use crate::results::value::{BackTestRow, ModelFit};
use crate::stats::{correlation, loss_of, roc_auc};

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
    /// P(no order) by every way that competes, customer by customer.
    pub no_order: Vec<(Way, Vec<f64>)>,
}

impl BackTest {
    /// Marks the way that is used.
    pub(super) fn choose(&mut self, way: Way) {
        for row in &mut self.rows {
            row.chosen = way.name() == row.model;
        }
    }
}

/// Compares all ways on the horizon after `cut_off`, for the customers that `chosen` takes.
pub(super) fn run(
    orders: &Histories,
    cut_off: Day,
    horizon: u32,
    chosen: &(dyn Fn(History) -> bool + Sync),
) -> BackTest {
    let stand = Stand::new(orders, cut_off, horizon);
    let places: Vec<usize> = (0..stand.summary.n_customers())
        .filter(|&at| chosen(stand.summary.histories[at]))
        .collect();
    let ahead = stand.summary.ahead(orders, horizon);
    let bought: Vec<Bought> = places.iter().map(|&at| ahead[at]).collect();
    let amounts = amounts(orders, &stand.summary).map(|amounts| amounts.expected);
    let any: Vec<bool> = bought.iter().map(|bought| bought.occasions > 0).collect();
    let (mut rows, mut fits, mut entries) = (Vec::new(), Vec::new(), Vec::new());
    for way in Way::ALL {
        let candidate = stand.candidate(way);
        let predicted = candidate.ready.as_ref().map(|ready| stand.predict(ready));
        fits.extend(candidate.fit);
        if let (Some(predicted), None) = (&predicted, &candidate.refused) {
            let none: Vec<f64> = places.iter().map(|&at| predicted[at].0).collect();
            let losses = none.iter().zip(&any).map(|(p, &any)| loss_of(1.0 - p, any)).collect();
            entries.push(Entry { way, none, losses });
        }
        let fact = (&bought[..], amounts.as_deref(), stand.summary.money_decimals);
        rows.push(row(way, candidate.refused, predicted.as_deref(), &places, fact));
    }
    let winner = winner(&entries);
    BackTest {
        cut_off,
        customers: places.iter().map(|&at| stand.summary.customers[at]).collect(),
        ordered: any,
        rows,
        fits,
        winner,
        no_order: entries.into_iter().map(|entry| (entry.way, entry.none)).collect(),
    }
}

/// A forecast that competes: P(no order) and its loss, customer by customer.
struct Entry {
    way: Way,
    none: Vec<f64>,
    losses: Vec<f64>,
}

/// The first of those whose mean loss is within one standard error of the smallest, the
/// error that of the difference between the two, customer by customer.
fn winner(entries: &[Entry]) -> Option<Way> {
    let mean = |values: &[f64]| values.iter().sum::<f64>() / (values.len() as f64).max(1.0);
    let means: Vec<f64> = entries.iter().map(|entry| mean(&entry.losses)).collect();
    let best = (0..means.len())
        .filter(|&at| means[at].is_finite())
        .min_by(|&a, &b| means[a].total_cmp(&means[b]))?;
    let near = |entry: &Entry| {
        let pairs = entry.losses.iter().zip(&entries[best].losses);
        let off: Vec<f64> = pairs.map(|(a, b)| a - b).collect();
        let gap = mean(&off);
        let squares = off.iter().map(|d| (d - gap).powi(2)).sum::<f64>();
        let n = off.len() as f64;
        gap <= (squares / (n * (n - 1.0)).max(1.0)).sqrt()
    };
    entries.iter().find(|entry| near(entry)).or(entries.get(best)).map(|entry| entry.way)
}

/// What happened, the expected amount of an order of each customer of the summary, and
/// the decimals of money.
type Fact<'a> = (&'a [Bought], Option<&'a [f64]>, Option<u8>);

fn row(
    way: Way,
    refused: Option<String>,
    predicted: Option<&[Prediction]>,
    places: &[usize],
    (bought, amounts, decimals): Fact,
) -> BackTestRow {
    let actual: Vec<f64> = bought.iter().map(|bought| f64::from(bought.occasions)).collect();
    let any: Vec<bool> = bought.iter().map(|bought| bought.occasions > 0).collect();
    let mut row = BackTestRow {
        model: way.name().to_owned(),
        chosen: false,
        refused,
        orders_actual: actual.iter().sum(),
        ..BackTestRow::default()
    };
    let unit = unit(decimals.unwrap_or(0));
    let money: Vec<f64> = bought.iter().map(|bought| bought.money as f64 / unit).collect();
    if amounts.is_some() {
        row.revenue_actual = Some(money.iter().sum());
    }
    let Some(predicted) = predicted else { return row };
    let none: Vec<f64> = places.iter().map(|&at| predicted[at].0).collect();
    let expected: Vec<f64> = places.iter().map(|&at| predicted[at].1).collect();
    let n = (places.len() as f64).max(1.0);
    row.orders_predicted = Some(expected.iter().sum());
    row.orders_error =
        (row.orders_actual > 0.0).then(|| expected.iter().sum::<f64>() / row.orders_actual - 1.0);
    let off = |f: &dyn Fn(f64) -> f64| -> f64 {
        expected.iter().zip(&actual).map(|(e, a)| f(e - a)).sum::<f64>() / n
    };
    row.mean_absolute_error = Some(off(&f64::abs));
    row.root_mean_square_error = Some(off(&|d| d * d).sqrt());
    row.correlation = correlation(&expected, &actual);
    let ordering: Vec<f64> = none.par_iter().map(|p| 1.0 - p).collect();
    row.roc_auc = roc_auc(&ordering, &any);
    row.log_loss = Some(ordering.iter().zip(&any).map(|(&p, &y)| loss_of(p, y)).sum::<f64>() / n);
    row.no_order_predicted = Some(none.iter().sum::<f64>() / n);
    row.no_order_actual = any.iter().filter(|any| !**any).count() as f64 / n;
    if let Some(amounts) = amounts {
        let revenue: Vec<f64> =
            places.iter().zip(&expected).map(|(&at, e)| e * amounts[at]).collect();
        let (total, actual) = (revenue.iter().sum::<f64>(), money.iter().sum::<f64>());
        row.revenue_predicted = Some(total);
        row.revenue_error = (actual > 0.0).then(|| total / actual - 1.0);
        let errors = revenue.iter().zip(&money).map(|(r, m)| (r - m).abs());
        row.revenue_mean_absolute_error = Some(errors.sum::<f64>() / n);
        row.revenue_rank_correlation = crate::stats::spearman(&revenue, &money);
    }
    row
}
