//! The ways to forecast, each fitted to what is known on one day.

use super::bg_nbd::{BgNbd, Leaving};
use super::newton::{Ending, Peak};
use super::regression::{self, Regression};
use super::{Compressed, FIND_DROPOUT, History, Nbd, ParetoNbd, Summary, Way};
use crate::day::Day;
use crate::orders::Histories;
use crate::results::value::ModelFit;

/// Above this many customers Pareto/NBD, which costs most, is fitted to every k-th.
const MOST_PARETO: usize = 200_000;
/// Probabilities of a rule of thumb keep this distance from 0 and 1.
const SURE: f64 = 0.01;
/// Bands of the recency rule.
const BANDS: usize = 10;

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
