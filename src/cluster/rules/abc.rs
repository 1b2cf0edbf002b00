//! ABC: who brings most of the value.
//!
//! Customers are taken by value, largest first. A customer is in class A while those with a
//! larger value bring less than the first cut-off of all positive value, in B while they
//! bring less than the second, and so on: A is the smallest group that brings at least 80 %
//! and parts no customers of equal value, so that a class is a range of values. Who brings
//! nothing, or cost money, is in the last class. With two measures a class is the two letters
//! in their order, such as `AB`.
//!
//! Frozen, a class begins at the smallest value that it had.
//!
//! # References
//!
//! Dickie (1951), ABC inventory analysis shoots for dollars, not pennies, Factory
//! Management and Maintenance 109(7).

use serde::{Deserialize, Serialize};

use super::labels::{money, percent, sentences};
use super::minor::{rescale, scale};
use super::params::AbcBy;
use super::{Cuts, Minor, RuleLabels};
use crate::cluster::Checked;
use crate::finding::{Finding, Severity};
use crate::results::CurvePoint;
use crate::said::{Fact, Said, facts, said};
use crate::stats::concentration;

/// Cut-offs are compared as millionths, so that whole numbers decide.
const PARTS: f64 = 1e6;

/// The cuts of ABC.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AbcCuts {
    /// What the classes are cut by.
    pub(crate) by: Vec<AbcBy>,
    /// The cut-offs, shares of the value, ascending.
    pub(crate) cuts: Vec<f64>,
    /// For each measure the smallest value of each class but the last, descending; empty
    /// where nobody brought anything.
    pub(crate) edges: Vec<Vec<i64>>,
    /// For each measure the decimals of its edges.
    pub(crate) decimals: Vec<u8>,
}

/// Labels every customer by one or two measures.
pub(super) fn label(by: &[Minor], params: &Checked) -> RuleLabels {
    let n = by.first().map_or(0, |first| first.values.len());
    let n_classes = params.abc_cuts().len() + 1;
    let mut codes = vec![0_u8; n];
    let mut edges = Vec::new();
    for measure in by {
        let (classes, starts) = classify(&measure.values, params.abc_cuts());
        for (code, class) in codes.iter_mut().zip(classes) {
            // At most 6 x 6 classes.
            *code = *code * n_classes as u8 + class;
        }
        edges.push(starts);
    }
    let cuts = AbcCuts {
        by: params.abc_by().to_vec(),
        cuts: params.abc_cuts().to_vec(),
        edges,
        decimals: by.iter().map(|measure| measure.decimals).collect(),
    };
    let (definition, edges) = (cuts.in_words(), cuts.edges_in_words());
    RuleLabels::new(Cuts::Abc(cuts), codes.into_iter().map(Some).collect(), definition)
        .figures(edges)
}

/// The class of each value, from 0, and the smallest value of each class but the last.
pub(super) fn classify(values: &[i64], cuts: &[f64]) -> (Vec<u8>, Vec<i64>) {
    let mut classes = vec![cuts.len() as u8; values.len()];
    let total: i128 = values.iter().filter(|&&v| v > 0).map(|&v| i128::from(v)).sum();
    if total == 0 {
        return (classes, Vec::new());
    }
    let mut order: Vec<usize> = (0..values.len()).filter(|&at| values[at] > 0).collect();
    order.sort_unstable_by_key(|&at| (std::cmp::Reverse(values[at]), at));
    let parts: Vec<i128> = cuts.iter().map(|&cut| (cut * PARTS).round() as i128).collect();
    let mut starts = vec![i64::MAX; cuts.len()];
    let (mut before, mut last) = (0_i128, None);
    for at in order {
        let class = match last {
            Some((value, class)) if value == values[at] => class,
            _ => parts.partition_point(|&part| part * total <= before * PARTS as i128),
        };
        last = Some((values[at], class));
        classes[at] = class as u8;
        for start in &mut starts[class.min(cuts.len())..] {
            *start = values[at];
        }
        before += i128::from(values[at]);
    }
    (classes, starts)
}

impl AbcCuts {
    /// The names of all classes, best first.
    pub(super) fn names(&self) -> Vec<String> {
        let letters: Vec<String> =
            ('A'..='Z').take(self.cuts.len() + 1).map(String::from).collect();
        let mut names = vec![String::new()];
        for _ in &self.by {
            names = names
                .iter()
                .flat_map(|name| letters.iter().map(move |letter| format!("{name}{letter}")))
                .collect();
        }
        names
    }

    /// The class of every customer by the frozen edges.
    pub(super) fn codes(&self, by: &[Minor]) -> Vec<Option<u8>> {
        let n = by.first().map_or(0, |first| first.values.len());
        let n_classes = self.cuts.len() as u8 + 1;
        let mut codes = vec![0_u8; n];
        for ((measure, edges), &decimals) in by.iter().zip(&self.edges).zip(&self.decimals) {
            let edges: Vec<i64> =
                edges.iter().map(|&e| rescale(e, decimals, measure.decimals)).collect();
            for (code, &value) in codes.iter_mut().zip(&measure.values) {
                *code = *code * n_classes + class_of(value, &edges, n_classes - 1);
            }
        }
        codes.into_iter().map(Some).collect()
    }

    /// Whether stored cuts can be cuts.
    pub(super) fn is_sound(&self) -> bool {
        let shares = self.cuts.iter().all(|&cut| cut > 0.0 && cut < 1.0) && self.cuts.is_sorted();
        let lists = self.edges.iter().all(|edges| {
            (edges.is_empty() || edges.len() == self.cuts.len())
                && edges.iter().rev().is_sorted()
                && edges.iter().all(|&edge| edge > 0)
        });
        shares
            && lists
            && (1..=5).contains(&self.cuts.len())
            && (1..=2).contains(&self.by.len())
            && self.edges.len() == self.by.len()
            && self.decimals.len() == self.by.len()
    }

    /// The definition.
    fn in_words(&self) -> Said {
        let letters: Vec<char> = ('A'..='Z').take(self.cuts.len() + 1).collect();
        let last = letters[self.cuts.len()].to_string();
        let mut parts = Vec::new();
        for (&letter, &cut) in letters.iter().zip(&self.cuts) {
            let cut = Fact::Figure(percent(cut));
            parts.push(if letter == 'A' {
                said!("def-abc-first", cut = cut, by = measured(self.by[0]))
            } else {
                said!("def-abc-next", letter = letter.to_string(), cut = cut)
            });
        }
        parts.push(said!("def-abc-last", letter = last));
        if let Some(&second) = self.by.get(1) {
            parts.push(said!("def-abc-second", by = measured(second)));
        }
        sentences(parts)
    }

    /// Where the classes begin.
    fn edges_in_words(&self) -> Option<Said> {
        let starts = |(&by, (edges, &decimals)): (&AbcBy, (&Vec<i64>, &u8))| {
            let unit = scale(decimals);
            let starts: Vec<Said> = ('A'..='Z')
                .zip(edges)
                .map(|(letter, &edge)| {
                    let value = Fact::Figure(money(edge as f64 / unit));
                    said!("def-abc-start", letter = letter.to_string(), value = value)
                })
                .collect();
            (!starts.is_empty())
                .then(|| said!("def-abc-edges", by = measured(by), starts = Fact::Parts(starts)))
        };
        let parts: Vec<Said> =
            self.by.iter().zip(self.edges.iter().zip(&self.decimals)).filter_map(starts).collect();
        (!parts.is_empty()).then(|| sentences(parts))
    }
}

/// What customers are ranked by, in words.
fn measured(by: AbcBy) -> Said {
    match by {
        AbcBy::Value => said!("def-by-value"),
        AbcBy::Orders => said!("def-by-orders"),
    }
}

/// The class of a value by the smallest values of the classes.
pub(super) fn class_of(value: i64, edges: &[i64], last: u8) -> u8 {
    if value <= 0 {
        return last;
    }
    edges.iter().position(|&edge| value >= edge).map_or(last, |class| class as u8)
}

/// How the value is concentrated: all values, largest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concentration {
    /// The values, descending, in their smallest unit.
    ranked: Vec<i64>,
    positive: i128,
    negative: i128,
}

impl Concentration {
    /// Ranks the values.
    #[must_use]
    pub fn of(value: &Minor) -> Self {
        let mut ranked = value.values.clone();
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        let negative = ranked.iter().filter(|&&v| v < 0).map(|&v| i128::from(v)).sum();
        Self { ranked, positive: value.positive(), negative }
    }

    /// The share of customers, 0..1, who together bring at least `share` of all positive
    /// value, and how many they are; `None` where nobody brings any.
    #[must_use]
    pub fn customers_for(&self, share: f64) -> Option<(f64, u64)> {
        if self.positive == 0 {
            return None;
        }
        let wanted = (share * PARTS).round() as i128 * self.positive;
        let mut sum = 0_i128;
        let mut n = 0_u64;
        for &value in self.ranked.iter().take_while(|&&value| value > 0) {
            if sum * PARTS as i128 >= wanted {
                break;
            }
            sum += i128::from(value);
            n += 1;
        }
        Some((n as f64 / self.ranked.len() as f64, n))
    }

    /// The share of all positive value that the first `n` customers bring.
    fn share_of_first(&self, n: usize) -> f64 {
        let sum: i128 = self.ranked[..n].iter().filter(|&&v| v > 0).map(|&v| i128::from(v)).sum();
        sum as f64 / self.positive as f64
    }

    /// The curve: x = share of customers, largest value first, y = their share of all
    /// positive value; at whole percents, at most 101 points from (0, 0) to (1, 1). Each
    /// step holds at least `min_cell` customers, and no point is made by one customer; empty
    /// where that leaves nothing, or nobody brings any value.
    #[must_use]
    pub fn curve(&self, min_cell: usize) -> Vec<CurvePoint> {
        if self.positive == 0 {
            return Vec::new();
        }
        let largest = self.ranked[0] as f64 / self.positive as f64;
        let share = |first: usize| self.share_of_first(first);
        let points = concentration(self.ranked.len(), min_cell, largest, share);
        points.into_iter().map(|(x, y)| CurvePoint { x, y }).collect()
    }

    /// Customers who brought nothing or cost money.
    #[must_use]
    pub fn without_value(&self) -> u64 {
        (self.ranked.len() - self.ranked.partition_point(|&value| value > 0)) as u64
    }

    /// What refunds took beyond what was bought, as a share of all positive value, 0 or
    /// more; 0 where nobody brings any.
    #[must_use]
    pub fn negative_share(&self) -> f64 {
        if self.positive == 0 { 0.0 } else { -(self.negative as f64) / self.positive as f64 }
    }

    /// What the reader should know of customers without value.
    pub(super) fn findings(&self) -> Vec<Finding> {
        let without = self.without_value();
        let mut findings = Vec::new();
        if self.positive == 0 && !self.ranked.is_empty() {
            findings.push(Finding::new("abc-without-value", Severity::Warning, facts!()));
        } else if without > 0 {
            findings.push(
                Finding::new("abc-last-class", Severity::Note, facts!())
                    .count(usize::try_from(without).unwrap_or(usize::MAX)),
            );
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(values: &[i64], cuts: &[f64]) -> String {
        let (classes, _) = classify(values, cuts);
        classes.iter().map(|&class| char::from(b'A' + class)).collect()
    }

    #[test]
    fn classes_by_hand() {
        // 100 in all. 50 + 20 bring 70, so the customer with 15 still belongs to A (85);
        // then 90, 95: the last one comes after 95 %, and is B as the others with 5 are.
        assert_eq!(letters(&[5, 50, 20, 15, 5, 5], &[0.80, 0.95]), "BAAABB");
        assert_eq!(letters(&[6, 50, 20, 15, 5, 4], &[0.80, 0.95]), "BAAABC");
        assert_eq!(classify(&[5, 50, 20, 15, 5, 5], &[0.80, 0.95]).1, [15, 5]);
        // Exactly 80 %: the next one is B.
        assert_eq!(letters(&[80, 15, 5], &[0.80, 0.95]), "ABC");
    }

    #[test]
    fn a_whale_alone_is_a_and_never_nobody() {
        assert_eq!(letters(&[1, 1, 98], &[0.80, 0.95]), "CCA");
        assert_eq!(letters(&[3, 3, 94], &[0.80, 0.95]), "BBA");
        assert_eq!(letters(&[4, 2, 94], &[0.80, 0.95]), "BCA");
    }

    #[test]
    fn nothing_and_less_than_nothing_is_the_last_class() {
        assert_eq!(letters(&[0, -5, 10], &[0.80, 0.95]), "CCA");
        assert_eq!(letters(&[0, -5], &[0.80, 0.95]), "CC");
        assert_eq!(letters(&[], &[0.80]), "");
    }

    #[test]
    fn customers_of_equal_value_are_in_one_class() {
        assert_eq!(letters(&[1; 10], &[0.80, 0.95]), "AAAAAAAAAA");
        assert_eq!(letters(&[1, 2, 1, 6, 1, 2, 1], &[0.70, 0.95]), "BABABAB");
        let values: Vec<i64> = (0..500).map(|at| at * at % 23).collect();
        let (classes, starts) = classify(&values, &[0.5, 0.80, 0.95]);
        for (&value, &class) in values.iter().zip(&classes) {
            assert_eq!(class_of(value, &starts, 3), class, "{value}");
        }
    }

    #[test]
    fn the_curve_never_falls_and_no_customer_stands_out() {
        let value = Minor { values: (1..=995).collect(), decimals: 0 };
        let concentration = Concentration::of(&value);
        let curve = concentration.curve(10);
        // 1 % of 995 are 9 customers, fewer than 10: the step is 2 %.
        assert_eq!(curve.len(), 51);
        assert!(curve.windows(2).all(|pair| pair[0].x < pair[1].x && pair[0].y <= pair[1].y));
        assert_eq!((curve[50].x, curve[50].y), (1.0, 1.0));
        let (share, n) = concentration.customers_for(0.8).unwrap();
        // The first n of 995, 994, .. bring n (1991 - n) / 2 of 495,510, of which 80 % are
        // 396,408: 550 bring 396,275 and 551 bring 396,720.
        assert_eq!(n, 551);
        assert!((share - 551.0 / 995.0).abs() < 1e-15);
        assert_eq!(concentration.curve(996), []);
        let whale = Concentration::of(&Minor { values: vec![1; 99], decimals: 0 });
        assert_eq!(whale.curve(10).len(), 1 + 5);
    }

    #[test]
    fn a_point_that_one_customer_makes_is_left_out() {
        let mut values = vec![1; 999];
        values.push(100_000);
        let curve = Concentration::of(&Minor { values, decimals: 0 }).curve(10);
        assert_eq!(curve.len(), 2, "only the ends are left");
    }

    #[test]
    fn refunds_are_shown_apart() {
        let value = Minor { values: vec![100, -25, 0], decimals: 2 };
        let concentration = Concentration::of(&value);
        assert_eq!(concentration.without_value(), 2);
        assert!((concentration.negative_share() - 0.25).abs() < 1e-15);
        assert_eq!(concentration.customers_for(0.8), Some((1.0 / 3.0, 1)));
    }
}
