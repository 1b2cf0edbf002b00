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
use crate::stats::{DOMINANT, first_near_best, spearman};

/// How many standard errors another way must be better by: one customer who spends far more
/// than ever makes a gap of one standard error of itself.
const ERRORS: f64 = 2.0;

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

    /// The expected amounts of the way, or why there are none.
    pub(super) fn expected(&self, way: AmountWay) -> Result<&[f64], &str> {
        let offer = self.offers.iter().find(|offer| offer.way == way);
        match offer.map(|offer| &offer.expected) {
            Some(Ok(expected)) => Ok(expected),
            Some(Err(why)) => Err(why),
            None => Err("it was not tried"),
        }
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
                let fit = AmountRegression::fit(orders, summary)?;
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

/// A customer who ordered in the held-out period: the place in the summary, how many
/// occasions there were, and what they brought.
type Buyer = (usize, f64, f64);

/// How each way did in the held-out period, and the first of those within two standard
/// errors of the best that can be used on the as-of day too. `bought` is what the customers
/// at `places` did, `today` the amounts of the as-of day. There are no rows where they
/// would tell of fewer than `min_cell` customers, or of one.
pub(super) fn compare(
    then: &Amounts,
    today: &Amounts,
    summary: &Summary,
    (places, bought): (&[usize], &[Bought]),
    min_cell: usize,
) -> (AmountWay, Vec<AmountRow>) {
    let unit = unit(summary.money_decimals.unwrap_or(0));
    let buyers: Vec<Buyer> = places
        .iter()
        .zip(bought)
        .filter(|(_, bought)| bought.occasions > 0)
        .map(|(&at, bought)| (at, f64::from(bought.occasions), bought.money as f64 / unit))
        .collect();
    let usable =
        |way: AmountWay| then.expected(way).and_then(|then| today.expected(way).map(|_| then));
    let ways: Vec<AmountWay> =
        AmountWay::ALL.into_iter().filter(|&way| usable(way).is_ok()).collect();
    let forecasts: Vec<Vec<f64>> = ways
        .iter()
        .filter_map(|&way| usable(way).ok())
        .map(|expected| buyers.iter().map(|&(at, n, _)| expected[at] * n).collect())
        .collect();
    let losses: Vec<Vec<f64>> =
        forecasts.iter().map(|forecast| losses(forecast, &buyers)).collect();
    // The own mean is always there.
    let chosen = first_near_best(&losses, ERRORS).map_or(AmountWay::Own, |at| ways[at]);
    let spent: Vec<f64> = buyers.iter().map(|(_, _, money)| *money).collect();
    if !std::iter::once(&spent).chain(&forecasts).all(|sums| is_of_many(sums, min_cell)) {
        return (chosen, Vec::new());
    }
    let actual: f64 = spent.iter().sum();
    let row = |way: AmountWay| {
        let at = ways.iter().position(|found| *found == way);
        let predicted = at.map(|at| forecasts[at].iter().sum::<f64>());
        AmountRow {
            model: way.name().to_owned(),
            chosen: way == chosen,
            refused: usable(way).err().map(str::to_owned),
            actual,
            predicted,
            error: predicted.filter(|_| actual > 0.0).map(|sum| sum / actual - 1.0),
            deviance: at.filter(|_| actual > 0.0).map(|at| losses[at].iter().sum::<f64>() / actual),
        }
    };
    (chosen, AmountWay::ALL.into_iter().map(row).collect())
}

/// Whether a sum may be told: it is of at least `min_cell` customers and none makes it.
pub(super) fn is_of_many(parts: &[f64], min_cell: usize) -> bool {
    let all: f64 = parts.iter().map(|part| part.abs()).sum();
    let largest = parts.iter().map(|part| part.abs()).fold(0.0, f64::max);
    parts.len() >= min_cell.max(1) && largest <= DOMINANT * all
}

/// The deviance of Poisson of each buyer, in money: least at the mean, whatever the
/// distribution, and it asks for small customers in their proportion. A forecast of next to
/// nothing counts as a thousandth of what buyers spent on average.
fn losses(forecast: &[f64], buyers: &[Buyer]) -> Vec<f64> {
    let sum: f64 = buyers.iter().map(|(_, _, money)| money.abs()).sum();
    let least = (sum / buyers.len().max(1) as f64 / 1000.0).max(f64::MIN_POSITIVE);
    let one = |(&predicted, &(_, _, actual)): (&f64, &Buyer)| {
        let predicted = predicted.max(least);
        if actual == 0.0 {
            return 2.0 * predicted;
        }
        2.0 * (actual * libm::log(actual.abs() / predicted) - (actual - predicted))
    };
    forecast.iter().zip(buyers).map(one).collect()
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
