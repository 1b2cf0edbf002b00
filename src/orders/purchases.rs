//! What all customers bought: their orders, and beside them what their lines came to.

use crate::day::Day;
use crate::finding::Finding;

use super::attributes::Attribute;
use super::counts::LineCounts;
use super::customer::Sums;
use super::dictionary::{Dictionary, NONE};
use super::history::Histories;
use super::reduce::Weight;
use super::rules::Rules;

/// Everything known of the purchases of all customers, who ascend by the bytes of their
/// ids; [`super::features`] turns it into columns.
#[derive(Debug)]
pub struct Purchases {
    pub(super) rules: Rules,
    pub(super) histories: Histories,
    pub(super) sums: Vec<Sums>,
    pub(super) categories: Weights,
    pub(super) channels: Weights,
    pub(super) product_names: Names,
    pub(super) category_names: Names,
    pub(super) attributes: Vec<Option<Attribute>>,
    pub(super) counts: LineCounts,
    pub(super) findings: Vec<Finding>,
}

impl Purchases {
    /// The orders of every customer.
    #[must_use]
    pub fn histories(&self) -> &Histories {
        &self.histories
    }

    /// The last day that counts, inclusive.
    #[must_use]
    pub fn as_of(&self) -> Day {
        self.histories.as_of()
    }

    /// Where every line went.
    #[must_use]
    pub fn counts(&self) -> &LineCounts {
        &self.counts
    }

    /// What was noticed.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The share of each customer's lines that were bought at a discount, 0 to 1, as it is
    /// and not drawn towards the base; `None` where nothing tells of discounts.
    #[must_use]
    pub fn discount_shares(&self) -> Option<Vec<f64>> {
        let share = |sums: &Sums| f64::from(sums.discounted) / f64::from(sums.lines);
        // Whoever is a customer has bought at least one line.
        self.rules.has_discounts.then(|| self.sums.iter().map(share).collect())
    }

    /// What further columns say of the customers; `None` where one says nothing.
    #[must_use]
    pub fn attributes(&self) -> &[Option<Attribute>] {
        &self.attributes
    }

    /// Takes it apart into what later stages keep.
    #[must_use]
    pub fn into_parts(self) -> (Histories, LineCounts, Vec<Finding>) {
        (self.histories, self.counts, self.findings)
    }

    /// How many customers.
    #[must_use]
    pub fn n_customers(&self) -> usize {
        self.histories.n_customers()
    }
}

/// How much of each customer each candidate has.
#[derive(Debug, Default)]
pub(super) struct Weights {
    /// The names of the candidates; a weight of [`super::reduce::REST`] has none.
    pub levels: Vec<String>,
    /// Where the weights of each customer end.
    pub ends: Vec<usize>,
    pub entries: Vec<Weight>,
}

impl Weights {
    /// The weights of a customer, ascending by candidate.
    pub(super) fn of(&self, customer: usize) -> &[Weight] {
        let start = if customer == 0 { 0 } else { self.ends[customer - 1] };
        &self.entries[start..self.ends[customer]]
    }
}

/// Names by their rank.
#[derive(Debug, Default)]
pub(super) struct Names {
    pub dictionary: Dictionary,
    pub sorted: Vec<u32>,
}

impl Names {
    /// Sorts the names of a dictionary; returns the rank of every number too.
    pub(super) fn of(dictionary: Dictionary) -> (Self, Vec<u32>) {
        let sorted = dictionary.sorted();
        let mut ranks = vec![NONE; sorted.len()];
        for (rank, &code) in sorted.iter().enumerate() {
            ranks[code as usize] = rank as u32;
        }
        (Self { dictionary, sorted }, ranks)
    }

    /// The name of a rank.
    pub(super) fn name(&self, rank: u32) -> String {
        self.dictionary.shown(self.sorted[rank as usize])
    }
}
