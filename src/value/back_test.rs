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
use super::bg_nbd::{BgNbd, Leaving};
use super::history::unit;
use super::newton::{Ending, Peak};
use super::regression::{self, Regression};
use super::{Bought, Compressed, FIND_DROPOUT, History, Nbd, ParetoNbd, Summary};
use crate::day::Day;
use crate::orders::Histories;
use crate::results::value::{BackTestRow, ModelFit};
use crate::stats::{correlation, loss_of, roc_auc};

/// Above this many customers Pareto/NBD, which costs most, is fitted to every k-th.
const MOST_PARETO: usize = 200_000;
/// Probabilities of a rule of thumb keep this distance from 0 and 1.
const SURE: f64 = 0.01;
/// Bands of the recency rule.
const BANDS: usize = 10;

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

/// P(no order) and expected occasions of a customer over a horizon.
pub(super) type Prediction = (f64, f64);

/// A forecast that has been fitted.
#[derive(Debug, Clone)]
pub(super) enum Ready {
    Bg(BgNbd),
    Pareto(ParetoNbd),
    Nbd(Nbd),
    Regression(Box<Regression>),
    Rate,
    Recency(Vec<(u32, Prediction)>),
}

/// A fitted forecast, what a report shows of it, and why it does not compete, if so.
pub(super) struct Candidate {
    pub ready: Option<Ready>,
    pub fit: Option<ModelFit>,
    pub refused: Option<String>,
}

/// What all candidates are fitted from: the orders on or before a cut-off.
pub(super) struct Stand<'a> {
    pub orders: &'a Histories,
    pub summary: Summary,
    pub horizon: u32,
    sample: Compressed,
    nbd: (Nbd, Peak<2>),
    first: i32,
}

impl<'a> Stand<'a> {
    pub(super) fn new(orders: &'a Histories, cut_off: Day, horizon: u32) -> Self {
        let summary = Summary::of(orders, cut_off);
        let sample = Compressed::new(&summary.histories);
        let nbd = Nbd::fit(&sample);
        let first = first_day(orders).unwrap_or(cut_off.since_epoch());
        Self { orders, summary, horizon, sample, nbd, first }
    }

    /// Fits one forecast.
    pub(super) fn candidate(&self, way: Way) -> Candidate {
        match way {
            Way::BgNbd => self.bg(way, Leaving::AfterRepeats),
            Way::MbgNbd => self.bg(way, Leaving::AfterAny),
            Way::ParetoNbd => self.pareto(),
            Way::Nbd => {
                let (model, peak) = self.nbd;
                let fit = self.shown(way, &["r", "alpha"], &peak, None, &self.sample);
                let refused = unfinished(peak.ending);
                Candidate { ready: Some(Ready::Nbd(model)), fit: Some(fit), refused }
            }
            Way::Regression => {
                let cuts = regression::cuts(self.first, self.summary.cut_off, self.horizon);
                let ready = Regression::fit(self.orders, &cuts, self.horizon);
                let ready = ready.map(|fit| Ready::Regression(Box::new(fit)));
                let refused = ready.is_none().then(|| EARLIER.to_owned());
                Candidate { ready, fit: None, refused }
            }
            Way::Rate => Candidate { ready: Some(Ready::Rate), fit: None, refused: None },
            Way::Recency => {
                let ready = self.recency().map(Ready::Recency);
                let refused = ready.is_none().then(|| EARLIER.to_owned());
                Candidate { ready, fit: None, refused }
            }
        }
    }

    fn bg(&self, way: Way, leaving: Leaving) -> Candidate {
        let (model, peak) = BgNbd::fit(&self.sample, leaving, &self.nbd.0);
        let gain = peak.log_likelihood - self.nbd.1.log_likelihood;
        let names = ["r", "alpha", "a", "b"];
        let fit = self.shown(way, &names, &peak, Some(gain), &self.sample);
        Candidate { ready: Some(Ready::Bg(model)), fit: Some(fit), refused: doubt(&peak, gain) }
    }

    fn pareto(&self) -> Candidate {
        let every = self.summary.n_customers().div_ceil(MOST_PARETO).max(1);
        let part: Vec<History> = self.summary.histories.iter().copied().step_by(every).collect();
        let sample = if every == 1 { self.sample.clone() } else { Compressed::new(&part) };
        let (nbd, plain) = if every == 1 { self.nbd } else { Nbd::fit(&sample) };
        let (model, peak) = ParetoNbd::fit(&sample, &nbd);
        let gain = peak.log_likelihood - plain.log_likelihood;
        let names = ["r", "alpha", "s", "beta"];
        let fit = self.shown(Way::ParetoNbd, &names, &peak, Some(gain), &sample);
        let ready = Some(Ready::Pareto(model));
        Candidate { ready, fit: Some(fit), refused: doubt(&peak, gain) }
    }

    fn shown<const N: usize>(
        &self,
        way: Way,
        names: &[&str],
        peak: &Peak<N>,
        gain: Option<f64>,
        sample: &Compressed,
    ) -> ModelFit {
        ModelFit {
            model: way.name().to_owned(),
            until: self.summary.cut_off.to_string(),
            customers: sample.n_customers(),
            distinct: sample.histories().len() as u64,
            names: names.iter().map(|&name| name.to_owned()).collect(),
            parameters: peak.parameters.to_vec(),
            // On a ridge the curvature is that of rounding.
            errors: peak
                .errors
                .filter(|_| peak.ending == Ending::Converged)
                .map_or_else(Vec::new, |errors| errors.to_vec()),
            log_likelihood: peak.log_likelihood,
            gain_over_nbd: gain,
            leaving_is_visible: gain.map(|gain| gain >= FIND_DROPOUT),
            converged: peak.ending == Ending::Converged,
            steps: peak.steps as u64,
        }
    }

    /// What customers did in the last horizon before the cut-off, by how long they had been
    /// silent at its start: the longest silence of each band, and its prediction.
    fn recency(&self) -> Option<Vec<(u32, Prediction)>> {
        let cut = Day::from_epoch(self.summary.cut_off.since_epoch() - self.horizon as i32).ok()?;
        let before = Summary::of(self.orders, cut);
        if before.n_customers() < 10 * BANDS {
            return None;
        }
        let mut seen: Vec<(u32, u32)> = before
            .histories
            .iter()
            .zip(before.ahead(self.orders, self.horizon))
            .map(|(history, bought)| (history.days_since_last(), bought.occasions))
            .collect();
        seen.sort_unstable();
        let mut bands: Vec<(u32, Prediction)> = Vec::new();
        let mut start = 0;
        while start < seen.len() {
            let mut end = (start + seen.len().div_ceil(BANDS)).min(seen.len());
            while end < seen.len() && seen[end].0 == seen[end - 1].0 {
                end += 1;
            }
            let band = &seen[start..end];
            let n = band.len() as f64;
            let none = band.iter().filter(|(_, occasions)| *occasions == 0).count() as f64;
            let all: f64 = band.iter().map(|&(_, occasions)| f64::from(occasions)).sum();
            bands.push((band[band.len() - 1].0, ((none + 0.5) / (n + 1.0), all / n)));
            start = end;
        }
        Some(bands)
    }

    /// The predictions for everybody in the summary.
    pub(super) fn predict(&self, ready: &Ready) -> Vec<Prediction> {
        let (histories, days) = (&self.summary.histories, f64::from(self.horizon));
        let by = |one: &(dyn Fn(History) -> Prediction + Sync)| Compressed::spread(histories, one);
        match ready {
            Ready::Bg(model) => by(&|h| (model.no_order(h, days), model.expected(h, days))),
            Ready::Pareto(model) => by(&|h| (model.no_order(h, days), model.expected(h, days))),
            Ready::Nbd(model) => by(&|h| (model.no_order(h, days), model.expected(h, days))),
            Ready::Regression(model) => model.predict(&self.summary, self.horizon),
            Ready::Rate => by(&|h| {
                let observed = f64::from(h.observed_days).max(1.0);
                let expected = f64::from(h.repeats) * days / observed;
                (libm::exp(-expected).clamp(SURE, 1.0 - SURE), expected)
            }),
            Ready::Recency(bands) => by(&|h| {
                let at = bands.partition_point(|(longest, _)| *longest < h.days_since_last());
                bands[at.min(bands.len() - 1)].1
            }),
        }
    }
}

const EARLIER: &str = "there is no earlier period of this length to learn from";

/// The day of the first order of anybody.
pub(super) fn first_day(orders: &Histories) -> Option<i32> {
    (0..orders.n_customers()).filter_map(|customer| orders.days(customer).first().copied()).min()
}

fn unfinished(ending: Ending) -> Option<String> {
    match ending {
        Ending::Converged => None,
        Ending::Flat => Some("its likelihood has no maximum inside".to_owned()),
        Ending::Stopped => Some("its fit did not converge".to_owned()),
    }
}

fn doubt<const N: usize>(peak: &Peak<N>, gain: f64) -> Option<String> {
    if gain < FIND_DROPOUT {
        return Some(format!(
            "no leaving is visible: its log-likelihood is {:.2} above that of NBD, in which nobody leaves, and {FIND_DROPOUT} is needed",
            gain.max(0.0)
        ));
    }
    unfinished(peak.ending)
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
    /// The winner with its predictions of P(no order); `None` where nothing competes.
    pub winner: Option<(Way, Vec<f64>)>,
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
    let winner = winner(entries);
    for row in &mut rows {
        row.chosen = winner.as_ref().is_some_and(|(way, _)| way.name() == row.model);
    }
    BackTest {
        cut_off,
        customers: places.iter().map(|&at| stand.summary.customers[at]).collect(),
        ordered: any,
        rows,
        fits,
        winner,
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
fn winner(entries: Vec<Entry>) -> Option<(Way, Vec<f64>)> {
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
    let at = entries.iter().position(near).unwrap_or(best);
    entries.into_iter().nth(at).map(|entry| (entry.way, entry.none))
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
