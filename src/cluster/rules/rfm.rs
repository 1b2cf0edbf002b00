//! RFM: scores for days since the last order, orders and spend, and a name for each cell
//! of their grid (`grid.rs`).
//!
//! Edges are those of R's `rfm` package: with `n` bins, edge `i` of `n - 1` is the quantile
//! of type 7 at `i / n`, plus one, and a value at an edge belongs to the bin that the edge
//! begins. The score is the number of the bin; for days since the last order it counts from
//! the other end. All values are whole numbers, so the edge is kept as the smallest whole
//! number in its bin, found without rounding: between the order statistics `a` and `b` with
//! remainder `r` of `(n_customers - 1) i` by `n` it is `a + 1 + ceil((b - a) r / n)`.
//!
//! Ties stay together: where many customers have the same number of orders, several edges
//! fall on the same number, and the scores between them stand empty. That is said.
//!
//! The plus one is one day, one order, and one of the smallest units of money that the
//! column has. R adds one unit of whatever the column holds, which is the same for whole
//! amounts; ours does not depend on whether cents are written 3250 or 32.50.
//!
//! # References
//!
//! `rfm` 0.3.0 (Hebbali 2024), `rfm_table_order`, help page and the functions `bins`,
//! `bins_lower` and `bins_upper`; Hyndman and Fan (1996), definition 7.

use serde::{Deserialize, Serialize};

use super::grid::{self, RfmName};
use super::labels::money;
use super::minor::{rescale, scale, written};
use super::{Cuts, Minor, RuleError, RuleLabels};
use crate::cluster::Checked;
use crate::finding::{Finding, Severity};
use crate::format;
use crate::orders::Histories;
use crate::said::{Fact, Said, facts, said};

/// The edges of the scores: the smallest whole number of each bin but the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RfmCuts {
    /// Days since the last order, ascending.
    pub(crate) days_since_last: Vec<i64>,
    /// Orders, ascending.
    pub(crate) orders: Vec<i64>,
    /// Spend in its smallest unit, ascending; `None` without money.
    pub(crate) spend: Option<Vec<i64>>,
    /// The decimals of the spend.
    pub(crate) money_decimals: u8,
}

/// Labels every customer.
pub(super) fn label(histories: &Histories, params: &Checked) -> (RuleLabels, Vec<Finding>) {
    let cuts = RfmCuts::learn(histories, params);
    // The money is that of the same orders, so that scores exist.
    let scores = cuts.scores(histories).unwrap_or_default();
    let findings = findings(&cuts, &scores);
    let codes = cuts.codes(&scores);
    let definition = cuts.in_words(params);
    (RuleLabels::new(Cuts::Rfm(cuts), codes, definition).scored(scores), findings)
}

impl RfmCuts {
    /// Own edges where they are given, else by quantiles.
    fn learn(histories: &Histories, params: &Checked) -> Self {
        let (own, bins) = (params.rfm_edges(), params.rfm_bins());
        let decimals = histories.money_decimals();
        let edges = |own: &[f64], decimals: u8, values: &dyn Fn() -> Vec<i64>| {
            if own.is_empty() {
                let mut values = values();
                values.sort_unstable();
                quantile_edges(&values, bins)
            } else {
                own.iter().map(|&edge| written(edge, decimals)).collect()
            }
        };
        Self {
            days_since_last: edges(&own.days_since_last, 0, &|| days_since_last(histories)),
            orders: edges(&own.orders, 0, &|| Minor::orders(histories).values),
            spend: decimals.map(|d| edges(&own.spend, d, &|| Minor::spend(histories).values)),
            money_decimals: decimals.unwrap_or(0),
        }
    }

    /// How many bins each score has: days since the last order, orders, spend; 0 without
    /// money.
    #[must_use]
    pub fn bins(&self) -> [u8; 3] {
        let bins = |edges: &[i64]| u8::try_from(edges.len() + 1).unwrap_or(u8::MAX);
        let spend = self.spend.as_deref().map_or(0, bins);
        [bins(&self.days_since_last), bins(&self.orders), spend]
    }

    /// Each customer's scores from 1 (worst); spend is 0 without money.
    pub(super) fn scores(&self, histories: &Histories) -> Result<Vec<[u8; 3]>, RuleError> {
        let spend = match (&self.spend, histories.money_decimals()) {
            (None, _) => None,
            (Some(_), None) => return Err(RuleError::NeedsMoney),
            (Some(edges), Some(to)) => Some(
                edges.iter().map(|&e| rescale(e, self.money_decimals, to)).collect::<Vec<i64>>(),
            ),
        };
        let [most_recent, ..] = self.bins();
        let score = |customer| {
            let days = i64::from(histories.days_since_last(customer));
            let orders = i64::try_from(histories.n_orders(customer)).unwrap_or(i64::MAX);
            [
                most_recent + 1 - bin(&self.days_since_last, days),
                bin(&self.orders, orders),
                spend.as_deref().map_or(0, |edges| bin(edges, histories.spend(customer))),
            ]
        };
        Ok((0..histories.n_customers()).map(score).collect())
    }

    /// The name of every customer, as a place in the list of names.
    pub(super) fn codes(&self, scores: &[[u8; 3]]) -> Vec<Option<u8>> {
        let bins = self.bins();
        scores.iter().map(|&scores| Some(grid::name_of(scores, bins).place())).collect()
    }

    /// Whether stored edges can be edges.
    pub(super) fn is_sound(&self) -> bool {
        let lists = [Some(&self.days_since_last), Some(&self.orders), self.spend.as_ref()];
        lists.into_iter().flatten().all(|edges| (1..=9).contains(&edges.len()) && edges.is_sorted())
    }

    /// The definition.
    fn in_words(&self, params: &Checked) -> Said {
        let whole = |edges: &[i64]| {
            Fact::Figures(edges.iter().map(|&edge| format::decimal(edge as f64, 0)).collect())
        };
        let made = if params.rfm_edges().is_empty() {
            said!("def-rfm-bins", n = params.rfm_bins())
        } else {
            said!("def-rfm-edges")
        };
        let spend = self.spend.as_deref().map_or_else(
            || said!("def-rfm-no-money"),
            |edges| {
                let unit = scale(self.money_decimals);
                let edges = edges.iter().map(|&edge| money(edge as f64 / unit)).collect();
                said!("def-rfm-spend", edges = Fact::Figures(edges))
            },
        );
        said!(
            "def-rfm",
            made = made,
            days = whole(&self.days_since_last),
            orders = whole(&self.orders),
            spend = spend,
        )
    }
}

/// Days since the last order of each customer.
fn days_since_last(histories: &Histories) -> Vec<i64> {
    let days = |customer| i64::from(histories.days_since_last(customer));
    (0..histories.n_customers()).map(days).collect()
}

/// The bin of a value, from 1.
fn bin(edges: &[i64], value: i64) -> u8 {
    u8::try_from(edges.partition_point(|&edge| edge <= value) + 1).unwrap_or(u8::MAX)
}

/// The edges between `bins` bins of ascending whole numbers; ascending, `bins - 1` of them.
fn quantile_edges(sorted: &[i64], bins: usize) -> Vec<i64> {
    let Some(last) = sorted.len().checked_sub(1) else { return vec![1; bins - 1] };
    (1..bins)
        .map(|i| {
            let (below, rest) = (last * i / bins, last * i % bins);
            let (a, b) = (sorted[below], sorted[(below + 1).min(last)]);
            let part = (i128::from(b) - i128::from(a)) * rest as i128;
            let up = part / bins as i128 + i128::from(part % bins as i128 > 0);
            // Between two i64, so at most one beyond the largest.
            i64::try_from(i128::from(a) + 1 + up).unwrap_or(i64::MAX)
        })
        .collect()
}

/// Says which scores stand empty because of ties.
fn findings(cuts: &RfmCuts, scores: &[[u8; 3]]) -> Vec<Finding> {
    let what = ["score-days", "score-orders", "score-spend"];
    let bins = cuts.bins();
    (0..3)
        .filter_map(|which| {
            let mut present = [false; 256];
            for score in scores {
                present[usize::from(score[which])] = true;
            }
            let found = (1..=bins[which]).filter(|&s| present[usize::from(s)]).count();
            let missing = usize::from(bins[which]).saturating_sub(found);
            (missing > 0 && !scores.is_empty()).then(|| {
                let told = facts!(found = found, of = bins[which], what = Said::plain(what[which]));
                Finding::new("rfm-ties", Severity::Note, told)
            })
        })
        .collect()
}

/// The names of the classes, best first.
pub(super) fn names() -> Vec<String> {
    RfmName::ALL.iter().map(|name| name.name().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_the_quantile_and_one() {
        // R: quantile(c(1,2,3,4,10), c(.2,.4,.6,.8)) + 1 = 2.8, 3.6, 4.4, 6.2.
        assert_eq!(quantile_edges(&[1, 2, 3, 4, 10], 5), [3, 4, 5, 7]);
        // A quantile that is a whole number: 3 + 1, and 4 itself lies in the upper bin.
        assert_eq!(quantile_edges(&[1, 2, 3, 4, 5], 4), [3, 4, 5]);
        assert_eq!(bin(&[3, 4, 5], 4), 3);
    }

    #[test]
    fn ties_stay_together_and_leave_scores_empty() {
        let edges = quantile_edges(&[1, 1, 1, 1, 1, 1, 2, 3, 4, 9], 5);
        // R: quantiles 1, 1, 1.4 and 3.2, plus one.
        assert_eq!(edges, [2, 2, 3, 5]);
        let bins: Vec<u8> = [1, 2, 4, 5].iter().map(|&v| bin(&edges, v)).collect();
        assert_eq!(bins, [1, 3, 4, 5]);
        assert_eq!(quantile_edges(&[7; 4], 3), [8, 8]);
        assert_eq!(quantile_edges(&[], 3), [1, 1]);
        assert_eq!(quantile_edges(&[i64::MAX; 2], 3), [i64::MAX; 2]);
    }

    #[test]
    fn a_quantile_between_two_values_is_found_without_rounding() {
        // 994 / 5 = 198 remainder 4, and (105 - 100) x 4 / 5 = 4: the edge is 100 + 1 + 4.
        let mut sorted = vec![0; 198];
        sorted.extend([100, 105].iter().chain([200; 795].iter()));
        assert_eq!(sorted.len(), 995);
        assert_eq!(quantile_edges(&sorted, 5)[0], 105);
    }
}
