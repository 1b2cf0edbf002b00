//! What each segment is: how it differs, a short rule, a name, a portrait, whether it
//! can be worked with, and a suggested action. Nothing here decides who is in it.
//!
//! All effects are descriptive. The columns that made the segments differ by
//! construction, so no test and no interval is computed on any of them, and nothing is
//! said to lead to anything.

mod action;
mod agree;
mod axes;
mod cell;
mod beam;
pub mod decisions;
mod departed;
mod disclosure;
mod drivers;
pub mod geography;
mod heatmap;
mod measure;
mod medoid;
mod name;
mod offer;
pub mod pictures;
mod place;
mod portrait;
mod protect;
pub mod projection;
mod ranked;
pub mod reason;
mod rule;
mod rules;
mod same;
mod strategy;
#[cfg(test)]
mod testing;
mod together;
mod totals;
mod usable;
pub(crate) mod wording;

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::finding::{Finding, Severity};
use crate::matrix::Matrix;
use crate::results::{NamePart, SegmentRow, Typical, Verdict};
use crate::said::facts;
use crate::table::FeatureTable;
use crate::value::TwoYears;

pub use agree::agree;
pub use decisions::{Deciding, Goal, decisions};
pub use departed::Departed;
pub use heatmap::heatmap;
pub use projection::project;
pub use rules::{Ruling, rule_results};
pub use strategy::{Acting, Actions, Fits, OwnStrategy, actions, wrong as wrong_actions};

use action::{Averages, suggest};
use disclosure::Withheld;
use drivers::{Driver, drivers};
use measure::Feature;
pub use measure::Measured;
use name::Phrase;
use portrait::OutcomeWords;
use totals::Totals;

/// Whether a customer is contacted in this round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contact {
    /// Within the budget.
    Yes,
    /// Within the budget, but held out to measure what the contact achieves.
    HoldOut,
    /// Not within the budget.
    No,
    /// Has already left.
    Gone,
}

impl Contact {
    /// The word used in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::HoldOut => "hold-out",
            Self::No => "no",
            Self::Gone => "gone",
        }
    }
}

/// All that a description rests on. Slices are one entry per customer or per segment;
/// segments count from 0 here and from 1 in the results.
pub struct Profiling<'a> {
    /// The customers in raw units.
    pub table: &'a FeatureTable,
    /// The columns that made the segments.
    pub base: &'a [usize],
    /// The space in which they were made, one row per customer.
    pub space: &'a Matrix,
    /// Each customer's segment, from 0; `None` is noise.
    pub labels: &'a [Option<u32>],
    /// How many segments.
    pub n_segments: usize,
    /// The id of each segment; empty: 1, 2, ..
    pub ids: &'a [u32],
    /// The method's name.
    pub method: &'a str,
    /// Per segment, how far it can be trusted.
    pub verdicts: &'a [Verdict],
    /// Per segment, mean Jaccard similarity under subsampling, 0..1.
    pub stability: &'a [Option<f64>],
    /// Customers in each subsample.
    pub stability_m: usize,
    /// Per segment, the raw column that reproduces it, in words.
    pub trivial: &'a [Option<String>],
    /// Per customer, value over the period; may be negative.
    pub value: Option<&'a [f64]>,
    /// Per customer, probability of the outcome, 0..1.
    pub churn: Option<&'a [f64]>,
    /// Customers who have lapsed: they may be expected back, but cannot be lost; `None`
    /// where a label tells who has left.
    pub lapsed: Option<&'a [bool]>,
    /// Per customer, the outcome where it is known.
    pub outcome: Option<&'a [Option<bool>]>,
    /// Whether the outcome means leaving.
    pub is_churn: bool,
    /// The label's name; empty where there is none.
    pub outcome_name: &'a str,
    /// Per customer, value over the horizon if the customer stays.
    pub value_if_kept: Option<&'a [f64]>,
    /// What customers brought in the last two years, where that is known.
    pub growth: Option<&'a TwoYears>,
    /// Per customer, whether contacted; empty where nothing was planned.
    pub contact: &'a [Contact],
    /// Names by segment id (from 1) that the user gave.
    pub names: &'a BTreeMap<String, String>,
    /// Per segment the levels that it lies within, such as `Basic`; may be empty.
    pub within: &'a [String],
    /// The columns that these are levels of.
    pub split_by: &'a [String],
    /// A segment below this share of the customers is too narrow, 0..1.
    pub min_share: f64,
    /// Figures on fewer customers are withheld.
    pub min_cell: usize,
    /// The currency; may be empty.
    pub currency: &'a str,
    /// The distance between the centres of two segments.
    pub centres_distance: &'a dyn Fn(u32, u32) -> f64,
}

impl Profiling<'_> {
    /// Whether the customers are divided by the column at this place.
    fn divides(&self, column: usize) -> bool {
        self.table.columns().get(column).is_some_and(|column| self.split_by.contains(&column.name))
    }

    /// Puts the levels that the segment lies within in front of its name, unless a person or a
    /// condition has given it.
    fn lead(&self, at: usize, row: &mut SegmentRow) {
        let within = self.within.get(at).filter(|within| !within.is_empty());
        let given = self.names.contains_key(&self.id(at).to_string());
        let Some(within) = within.filter(|_| !given) else { return };
        let within = wording::capitalise(&wording::one_line(within));
        row.segment = format!("{within}: {}", row.segment);
        row.name_parts.insert(0, NamePart { word: "within".to_owned(), of: within });
    }

    /// The id of the segment at a position.
    pub(crate) fn id(&self, position: usize) -> u32 {
        let counted = || u32::try_from(position + 1).unwrap_or(u32::MAX);
        self.ids.get(position).copied().unwrap_or_else(counted)
    }
}

/// Describes every segment, and the customers in none where there are any. Cost
/// O(n log n) per column, independent of the number of segments but for counting.
///
/// Rows come in order of id. Figures on fewer than `min_cell` customers are withheld
/// (see the findings), and so are names, actions and traits of such segments.
#[must_use]
pub fn describe(
    input: &Profiling,
    measured: &Measured,
) -> (Vec<SegmentRow>, Option<SegmentRow>, Vec<Finding>) {
    let groups = &measured.groups;
    let columns: Vec<usize> = (0..input.table.columns().len()).collect();
    let features = measured.features(input.table, &columns);
    let places = place::measure(input.table, &features, groups, input.min_cell);
    let rules = beam::search(input.table, &columns, groups, input.min_cell);
    let totals = Totals::of(input, groups);
    let withheld = Withheld::decide(&totals.facts(groups), input.min_cell);
    let mut rows: Vec<SegmentRow> =
        (0..=input.n_segments).map(|group| totals.row(input, groups, group, &withheld)).collect();
    let drivers: Vec<Vec<Driver>> = (0..=input.n_segments)
        .map(|group| {
            if withheld.all[group] {
                return Vec::new();
            }
            let base = (input.base, &measured.same);
            drivers(&features, &places, base, group, input.min_cell)
        })
        .collect();
    let kin = medoid::kin(input.space, groups, input.min_cell);
    let (table, min_cell) = (input.table, input.min_cell);
    let typical: Vec<Option<Typical>> = (kin.par_iter().zip(&drivers))
        .map(|(kin, drivers)| medoid::typical(table, kin, drivers, min_cell))
        .collect();
    for (row, typical) in rows.iter_mut().zip(typical) {
        row.typical = typical;
    }
    for (group, row) in rows.iter_mut().enumerate() {
        row.traits = drivers::traits(input.table, &measured.same, &drivers[group], input.min_cell);
        drivers::ranges(input.table, groups, group, &mut row.traits, input.min_cell);
        if let Some(Some(rule)) = rules.get(group) {
            row.rule = Some(rule.words(input.table));
            row.rule_sql = rule.sql(input.table);
            row.rule_coverage = Some(rule.coverage);
            row.rule_precision = Some(rule.precision);
        }
        withheld.apply(group, row);
    }
    let mut unassigned = rows.pop().filter(|row| row.customers > 0);
    let told = (&drivers[..], &features[..], &withheld);
    word(input, &mut rows, &mut unassigned, told, totals.averages());
    let findings = findings(input, &rows, &withheld, &features);
    (rows, unassigned, findings)
}

/// What each segment may be called by. Of one too small to be described, the name tells
/// nothing either.
fn phrases(input: &Profiling, drivers: &[Vec<Driver>], withheld: &Withheld) -> Vec<Vec<Phrase>> {
    let of = |(group, drivers): (usize, &Vec<Driver>)| {
        if withheld.all[group] {
            return name::only_number(input.id(group));
        }
        let mut phrases = name::phrases(input.table, drivers);
        phrases.retain(|phrase| !input.divides(phrase.column));
        phrases
    };
    drivers.iter().enumerate().map(of).collect()
}

/// Names, portraits, usability and actions, from what may be told.
fn word(
    input: &Profiling,
    rows: &mut [SegmentRow],
    unassigned: &mut Option<SegmentRow>,
    (drivers, features, withheld): (&[Vec<Driver>], &[Feature], &Withheld),
    averages: Averages,
) {
    let words = OutcomeWords { is_churn: input.is_churn, name: input.outcome_name };
    let phrases = phrases(input, &drivers[..rows.len()], withheld);
    let spoken = phrases.iter().flatten().map(|phrase| phrase.column).collect();
    let twins = name::Twins::of(input.table, &spoken);
    let names = name::names_of(&phrases, &twins, input.names, &|at| input.id(at));
    for (at, (row, name)) in rows.iter_mut().zip(names).enumerate() {
        (row.segment, row.name_parts) = name;
        input.lead(at, row);
    }
    for (group, row) in rows.iter_mut().chain(unassigned.iter_mut()).enumerate() {
        row.portrait = if withheld.all[group] {
            portrait::withheld(input.min_cell)
        } else {
            portrait::portrait(row, words)
        };
    }
    usable::judge(rows, input.min_share, input.min_cell, input.centres_distance);
    let focus: Vec<Vec<String>> = phrases
        .iter()
        .map(|phrases| phrases.iter().map(|phrase| phrase.text.clone()).collect())
        .collect();
    suggest(rows, &focus, &averages, words);
    offer::offers(input.table, features, rows, input.min_cell);
    for (row, withheld) in rows.iter_mut().zip(&withheld.all) {
        // Up to here neighbours are told by their positions, from 1.
        let id = |at: u32| input.id(at as usize - 1);
        (row.merge_with, row.nearest) = (row.merge_with.map(id), row.nearest.map(id));
        if let Some(offer) = &mut row.next_offer {
            offer.like = id(offer.like);
        }
        if *withheld {
            (row.products, row.next_offer) = (Vec::new(), None);
        }
    }
    if let Some(row) = unassigned {
        name::UNASSIGNED.clone_into(&mut row.segment);
        "No common action: decide case by case".clone_into(&mut row.action);
        "these customers fit no segment".clone_into(&mut row.action_why);
    }
}

fn findings(
    input: &Profiling,
    rows: &[SegmentRow],
    withheld: &Withheld,
    features: &[Feature],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let small = withheld.all.iter().filter(|w| **w).count();
    if small > 0 {
        findings.push(
            Finding::new("small-segment-withheld", Severity::Warning, facts!(few = input.min_cell))
                .count(small),
        );
    }
    let hidden = withheld.value.iter().zip(&withheld.all).filter(|(v, a)| **v && !**a).count();
    if hidden > 0 && input.value.is_some() {
        findings.push(Finding::new("value-withheld", Severity::Note, facts!()).count(hidden));
    }
    let narrow = rows.iter().filter(|row| row.too_narrow).count();
    if narrow > 0 {
        findings.push(
            Finding::new(
                "segment-too-narrow",
                Severity::Warning,
                facts!(n = narrow, of = rows.len()),
            )
            .count(narrow),
        );
    }
    let unknown = input
        .names
        .keys()
        .filter(|id| !rows.iter().any(|row| row.segment_id.to_string() == **id))
        .count();
    if unknown > 0 {
        findings.push(
            Finding::new("name-without-segment", Severity::Warning, facts!(n = unknown))
                .count(unknown),
        );
    }
    if features.is_empty() {
        findings.push(Finding::new("nothing-to-describe", Severity::Warning, facts!()));
    }
    findings
}

#[cfg(test)]
mod tests;
