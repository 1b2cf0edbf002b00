//! What an occasion of each customer is expected to bring: by Gamma-Gamma where its
//! conditions hold, else the own mean drawn towards that of all.
//!
//! The second is Bühlmann's credibility: `(n m + k M) / (n + k)`, with n occasions (the
//! first as well) of mean m, M the mean of all occasions, and k the variance within
//! customers over the variance between them.
//!
//! # References
//!
//! Bühlmann, Straub (1970), Glaubwürdigkeit für Schadensätze, Mitteilungen der Vereinigung
//! schweizerischer Versicherungsmathematiker 70; and `gamma_gamma.rs`.

use super::gamma_gamma::{GammaGamma, Spending};
use super::history::{Summary, unit};
use super::newton::{Ending, Peak};
use crate::orders::Histories;
use crate::stats::spearman;

/// Expected amounts and how they were made.
#[derive(Debug, Clone, PartialEq)]
pub struct Amounts {
    /// Per customer of the summary, in the input's unit.
    pub expected: Vec<f64>,
    /// The fit of Gamma-Gamma, where there is one.
    pub gamma_gamma: Option<(GammaGamma, Peak<3>)>,
    /// Customers it was fitted to.
    pub n_spending: usize,
    /// Spearman's correlation of repeat occasions and their mean amount.
    pub dependence: Option<f64>,
    /// Why Gamma-Gamma is not used; `None` where it is.
    pub refused: Option<String>,
}

/// The expected amounts; `None` without money.
#[must_use]
pub fn amounts(orders: &Histories, summary: &Summary) -> Option<Amounts> {
    summary.money_decimals?;
    let means = summary.mean_amounts();
    let spending: Vec<Spending> = summary
        .histories
        .iter()
        .zip(&means)
        .filter(|(history, mean)| history.repeats > 0 && **mean > 0.0)
        .map(|(history, &mean)| Spending { repeats: history.repeats, mean })
        .collect();
    let counts: Vec<f64> = spending.iter().map(|s| f64::from(s.repeats)).collect();
    let sizes: Vec<f64> = spending.iter().map(|s| s.mean).collect();
    let dependence = spearman(&counts, &sizes);
    let gamma_gamma = GammaGamma::fit(&spending);
    let refused = refusal(gamma_gamma.as_ref(), dependence, spending.len());
    let expected = match (&gamma_gamma, &refused) {
        (Some((model, _)), None) => summary
            .histories
            .iter()
            .zip(&means)
            .map(|(history, &mean)| {
                let known = history.repeats > 0 && mean > 0.0;
                let spending = if known {
                    Spending { repeats: history.repeats, mean }
                } else {
                    Spending { repeats: 0, mean: 0.0 }
                };
                model.expected(spending)
            })
            .collect(),
        _ => credibility(orders, summary),
    };
    Some(Amounts { expected, gamma_gamma, n_spending: spending.len(), dependence, refused })
}

fn refusal(
    fit: Option<&(GammaGamma, Peak<3>)>,
    dependence: Option<f64>,
    n: usize,
) -> Option<String> {
    let Some((model, peak)) = fit else {
        return Some(format!("only {n} customers have repeat orders of different amounts above 0"));
    };
    if let Some(found) = dependence.filter(|found| found.abs() > GammaGamma::DEPENDENT) {
        return Some(format!(
            "amounts depend on how often a customer orders (Spearman {found:.2}, at most {} is allowed)",
            GammaGamma::DEPENDENT
        ));
    }
    if peak.ending != Ending::Converged {
        return Some("the fit of Gamma-Gamma did not converge".to_owned());
    }
    if model.mean().is_none() {
        return Some(format!("q is {:.2}, and at 1 or less the mean amount is infinite", model.q));
    }
    None
}

/// The own mean of all occasions drawn towards that of everybody.
fn credibility(orders: &Histories, summary: &Summary) -> Vec<f64> {
    let unit = unit(summary.money_decimals.unwrap_or(0));
    let until = summary.cut_off.since_epoch();
    let counts: Vec<f64> =
        summary.histories.iter().map(|history| f64::from(history.repeats) + 1.0).collect();
    let money: Vec<f64> = summary.money.iter().map(|&money| money as f64 / unit).collect();
    let n: f64 = counts.iter().sum();
    let all = money.iter().sum::<f64>() / n.max(1.0);
    let (mut within, mut freedom, mut between, mut squares) = (0.0, 0.0, 0.0, 0.0);
    for at in 0..counts.len() {
        let mean = money[at] / counts[at];
        for amount in occasions(orders, summary.customers[at] as usize, until) {
            within += (amount / unit - mean).powi(2);
        }
        freedom += counts[at] - 1.0;
        between += counts[at] * (mean - all).powi(2);
        squares += counts[at] * counts[at];
    }
    let customers = counts.len() as f64;
    let within = if freedom > 0.0 { within / freedom } else { 0.0 };
    // The unbiased estimate of the variance between customers; 0 where it is below.
    let scale = n - squares / n.max(1.0);
    let between = ((between - (customers - 1.0) * within) / scale.max(1e-9)).max(0.0);
    counts
        .iter()
        .zip(&money)
        .map(|(&count, &money)| {
            if within == 0.0 {
                return money / count;
            }
            let z = between * count / (between * count + within);
            z * money / count + (1.0 - z) * all
        })
        .collect()
}

/// The amounts of the customer's occasions, in minor units.
fn occasions(orders: &Histories, customer: usize, until: i32) -> Vec<f64> {
    let (days, amounts) = (orders.days(customer), orders.amounts(customer));
    let end = days.partition_point(|&day| day <= until);
    let mut sums: Vec<f64> = Vec::new();
    let mut last = None;
    for at in 0..end {
        let amount = amounts[at] as f64;
        match sums.last_mut().filter(|_| last == Some(days[at])) {
            Some(sum) => *sum += amount,
            None => sums.push(amount),
        }
        last = Some(days[at]);
    }
    sums
}
