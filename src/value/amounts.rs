//! What an occasion of each customer is expected to bring, in several ways, and which of
//! them to believe: as for the orders, by a period that none has seen.
//!
//! - The regression of `amount_regression.rs`.
//! - Gamma-Gamma on the repeat occasions, where its conditions hold.
//! - Bühlmann's credibility, `(n m + k M) / (n + k)`, with n occasions (the first as well)
//!   of mean m, M the mean of all occasions, and k the variance within customers over the
//!   variance between them.
//! - The own mean as it is.
//!
//! Judged are the customers who ordered in the held-out period, on what their occasions
//! brought given how many there were, so that the forecast of orders plays no part.
//!
//! # References
//!
//! Bühlmann, Straub (1970), Glaubwürdigkeit für Schadensätze, Mitteilungen der Vereinigung
//! schweizerischer Versicherungsmathematiker 70; Patton (2020), Comparing possibly
//! misspecified forecasts, Journal of Business & Economic Statistics 38(4) (losses that
//! are least at the mean); and `gamma_gamma.rs`.

use super::amount_regression::{AmountRegression, occasions};
use super::gamma_gamma::{GammaGamma, Spending};
use super::history::{Bought, Summary, unit};
use super::newton::{Ending, Peak};
use crate::orders::Histories;
use crate::results::value::AmountRow;
use crate::stats::{first_within_an_error, spearman};

/// A way to expect amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AmountWay {
    /// From the mean and the number of the occasions before.
    Regression,
    /// Gamma-Gamma.
    GammaGamma,
    /// The own mean drawn to that of all.
    Credibility,
    /// The own mean.
    Own,
}

impl AmountWay {
    /// All, in the order of the table; of those that are as good the first wins.
    pub(super) const ALL: [Self; 4] =
        [Self::Regression, Self::GammaGamma, Self::Credibility, Self::Own];

    /// What it is called in files.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Regression => "regression on the orders before",
            Self::GammaGamma => "Gamma-Gamma",
            Self::Credibility => "credibility",
            Self::Own => "own mean",
        }
    }

    /// What it does, in words.
    pub(super) fn told(self) -> &'static str {
        match self {
            Self::Regression => {
                "as orders turned out after those before them: by a regression on the mean and \
                the number of a customer's orders"
            }
            Self::GammaGamma => "Gamma-Gamma on the amounts of repeat orders, the first left out",
            Self::Credibility => "each customer's mean amount drawn towards that of all",
            Self::Own => "each customer's mean amount",
        }
    }
}

/// The expected amounts by one way.
#[derive(Debug)]
struct Offer {
    way: AmountWay,
    /// Per customer of the summary, in the input's unit, or why there are none.
    expected: Result<Vec<f64>, String>,
}

/// Expected amounts by every way.
#[derive(Debug)]
pub(super) struct Amounts {
    offers: Vec<Offer>,
    /// The fit of Gamma-Gamma, where there is one.
    pub gamma_gamma: Option<(GammaGamma, Peak<3>)>,
    /// Customers it was fitted to.
    pub n_spending: usize,
    /// Spearman's correlation of repeat occasions and their mean amount.
    pub dependence: Option<f64>,
}

impl Amounts {
    /// The expected amounts; `None` without money.
    pub(super) fn new(orders: &Histories, summary: &Summary) -> Option<Self> {
        summary.money_decimals?;
        let spending: Vec<Spending> =
            (0..summary.n_customers()).filter_map(|at| Spending::of(summary, at)).collect();
        let counts: Vec<f64> = spending.iter().map(|s| f64::from(s.repeats)).collect();
        let sizes: Vec<f64> = spending.iter().map(|s| s.mean).collect();
        let mut made = Self {
            offers: Vec::new(),
            gamma_gamma: GammaGamma::fit(&spending),
            n_spending: spending.len(),
            dependence: spearman(&counts, &sizes),
        };
        for way in AmountWay::ALL {
            let expected = made.by(way, orders, summary);
            made.offers.push(Offer { way, expected });
        }
        Some(made)
    }

    /// The expected amounts of the way, or of the first that has any.
    pub(super) fn expected(&self, way: AmountWay) -> (AmountWay, &[f64]) {
        let wanted = self.offers.iter().filter(|offer| offer.way == way);
        let mut found = wanted.chain(&self.offers).filter_map(|offer| {
            let expected = offer.expected.as_deref().ok()?;
            Some((offer.way, expected))
        });
        found.next().unwrap_or((way, &[]))
    }

    fn by(
        &self,
        way: AmountWay,
        orders: &Histories,
        summary: &Summary,
    ) -> Result<Vec<f64>, String> {
        let all = 0..summary.n_customers();
        match way {
            AmountWay::Regression => {
                let fit = AmountRegression::fit(orders, summary)
                    .ok_or("too few customers have ordered twice to learn from")?;
                let one = |at| fit.expected(own_mean(summary, at), n_occasions(summary, at));
                Ok(all.map(one).collect())
            }
            AmountWay::GammaGamma => {
                let model = sound(self.gamma_gamma.as_ref(), self.dependence, self.n_spending)?;
                let nothing = Spending { repeats: 0, mean: 0.0 };
                let one = |at| model.expected(Spending::of(summary, at).unwrap_or(nothing));
                Ok(all.map(one).collect())
            }
            AmountWay::Credibility => Ok(credibility(orders, summary)),
            AmountWay::Own => Ok(all.map(|at| own_mean(summary, at)).collect()),
        }
    }
}

/// How each way did in the held-out period, and the first of those within one standard
/// error of the best. `bought` is what the customers at `places` did.
pub(super) fn compare(
    amounts: &Amounts,
    summary: &Summary,
    places: &[usize],
    bought: &[Bought],
) -> (AmountWay, Vec<AmountRow>) {
    let unit = unit(summary.money_decimals.unwrap_or(0));
    let who: Vec<(usize, f64, f64)> = places
        .iter()
        .zip(bought)
        .filter(|(_, bought)| bought.occasions > 0)
        .map(|(&at, bought)| (at, f64::from(bought.occasions), bought.money as f64 / unit))
        .collect();
    let actual: f64 = who.iter().map(|(_, _, money)| money).sum();
    let mut losses: Vec<Vec<f64>> = Vec::new();
    let mut rows: Vec<AmountRow> = Vec::new();
    for offer in &amounts.offers {
        let mut row = AmountRow {
            model: offer.way.name().to_owned(),
            chosen: false,
            refused: offer.expected.as_ref().err().cloned(),
            actual,
            ..AmountRow::default()
        };
        let mut each = vec![f64::INFINITY; who.len()];
        if let Ok(expected) = &offer.expected {
            let predicted = who.iter().map(|&(at, n, _)| expected[at] * n);
            each = predicted.clone().zip(&who).map(|(p, (_, _, money))| loss(p, *money)).collect();
            let total: f64 = predicted.sum();
            row.predicted = Some(total);
            row.error = (actual > 0.0).then(|| total / actual - 1.0);
            row.deviance = (actual > 0.0).then(|| each.iter().sum::<f64>() / actual);
        }
        losses.push(each);
        rows.push(row);
    }
    let best = first_within_an_error(&losses).unwrap_or(0);
    if let Some(row) = rows.get_mut(best) {
        row.chosen = true;
    }
    (AmountWay::ALL[best], rows)
}

/// The deviance of Poisson, in money: least at the mean whatever the distribution, and it
/// asks for small customers in their proportion. A forecast of nothing counts as a little.
fn loss(predicted: f64, actual: f64) -> f64 {
    let predicted = predicted.max(1e-3);
    if actual <= 0.0 {
        return 2.0 * (predicted - actual);
    }
    2.0 * (actual * libm::log(actual / predicted) - (actual - predicted))
}

fn n_occasions(summary: &Summary, at: usize) -> u32 {
    summary.histories[at].repeats + 1
}

/// The mean amount of all occasions.
fn own_mean(summary: &Summary, at: usize) -> f64 {
    let unit = unit(summary.money_decimals.unwrap_or(0));
    summary.money[at] as f64 / unit / f64::from(n_occasions(summary, at))
}

/// The model, or why it is not used.
fn sound(
    fit: Option<&(GammaGamma, Peak<3>)>,
    dependence: Option<f64>,
    n: usize,
) -> Result<GammaGamma, String> {
    let Some((model, peak)) = fit else {
        return Err(format!("only {n} customers have repeat orders of different amounts above 0"));
    };
    if let Some(found) = dependence.filter(|found| found.abs() > GammaGamma::DEPENDENT) {
        return Err(format!(
            "amounts depend on how often a customer orders (Spearman {found:.2}, at most {} is allowed)",
            GammaGamma::DEPENDENT
        ));
    }
    if peak.ending != Ending::Converged {
        return Err("the fit of Gamma-Gamma did not converge".to_owned());
    }
    if model.mean().is_none() {
        return Err(format!("q is {:.2}, and at 1 or less the mean amount is infinite", model.q));
    }
    Ok(*model)
}

/// The own mean of all occasions drawn towards that of everybody.
fn credibility(orders: &Histories, summary: &Summary) -> Vec<f64> {
    let n_customers = summary.n_customers();
    let counts: Vec<f64> = (0..n_customers).map(|at| f64::from(n_occasions(summary, at))).collect();
    let means: Vec<f64> = (0..n_customers).map(|at| own_mean(summary, at)).collect();
    let n: f64 = counts.iter().sum();
    let all = means.iter().zip(&counts).map(|(mean, count)| mean * count).sum::<f64>() / n.max(1.0);
    let (mut within, mut freedom, mut between, mut squares) = (0.0, 0.0, 0.0, 0.0);
    for at in 0..n_customers {
        let amounts = occasions(orders, summary, at);
        within += amounts.iter().map(|amount| (amount - means[at]).powi(2)).sum::<f64>();
        freedom += counts[at] - 1.0;
        between += counts[at] * (means[at] - all).powi(2);
        squares += counts[at] * counts[at];
    }
    let within = if freedom > 0.0 { within / freedom } else { 0.0 };
    // The unbiased estimate of the variance between customers; 0 where it is below.
    let scale = n - squares / n.max(1.0);
    let between = ((between - (n_customers as f64 - 1.0) * within) / scale.max(1e-9)).max(0.0);
    counts
        .iter()
        .zip(&means)
        .map(|(&count, &mean)| {
            if within == 0.0 {
                return mean;
            }
            let own = between * count / (between * count + within);
            own * mean + (1.0 - own) * all
        })
        .collect()
}
