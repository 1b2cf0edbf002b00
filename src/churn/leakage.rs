//! Columns that know the outcome, or seem to.
//!
//! Three mechanisms, each with its own consequence:
//!
//! - proof: the column alone, or which of its values are missing, ranks the outcome with
//!   an AUC above .98. No honest column does. It is taken out of churn and of the base.
//! - suspicion: its name means something known only afterwards, its AUC is above .90, or
//!   it is filled (or empty) only for customers with the outcome. It is kept, and the
//!   model's figures without it stand beside those with it: a person decides.
//! - too good: the model itself has an AUC above .98. Only a warning, since honest tables
//!   like that exist.
//!
//! No single threshold can do this: a phone call's duration has .81 and is useless before
//! the call, the value of pages seen has .86 and is honest.
//!
//! A number is ranked as it is, in either direction; a level by the share of the outcome
//! among the customers of the other half (smoothed by ten customers at the base rate), so
//! that a hundred rare levels do not rank their own customers.
//!
//! # References
//!
//! Kaufman, Rosset, Perlich, Stitelman (2012), Leakage in data mining, ACM TKDD 6(4),
//! section 4.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::names::known_afterwards;
use super::params::Checked;
use crate::finding::{Finding, Severity};
use crate::results::{Leak, Mechanism};
use crate::stats::{number, roc_auc};
use crate::table::{Column, FeatureTable, Values};

/// Above this a single column is proof.
const PROOF: f64 = 0.98;
/// Above this a single column is suspicious.
const SUSPICION: f64 = 0.90;
/// Above this the whole model is too good.
pub(super) const TOO_GOOD: f64 = 0.98;
/// An AUC of fewer customers of either class proves nothing.
const FEWEST: usize = 10;
/// Numbers with at most this many values are ranked by level as well.
const FEW_VALUES: usize = 20;
/// How many customers at the base rate a level is smoothed with.
const SMOOTHING: f64 = 10.0;
/// At most this many known customers are looked at, evenly spaced.
const LARGEST: usize = 200_000;

/// What [`inspect`] found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LeakReport {
    /// One entry per column that knows the outcome, seems to, or that a person listed; in
    /// the order of the columns.
    pub leaks: Vec<Leak>,
    /// What the reader has to know.
    pub findings: Vec<Finding>,
}

impl LeakReport {
    /// The names of the columns that neither churn nor the segments may use.
    #[must_use]
    pub fn excluded(&self) -> Vec<String> {
        self.leaks
            .iter()
            .filter(|leak| matches!(leak.mechanism, Mechanism::Proof | Mechanism::Dropped))
            .map(|leak| leak.column.clone())
            .collect()
    }
}

/// Looks at every column of the table alone. Without a known outcome only `drop` counts.
#[must_use]
pub fn inspect(table: &FeatureTable, params: &Checked) -> LeakReport {
    let known = Known::of(table);
    let seen: Vec<Option<(Leak, Option<Finding>)>> =
        table.columns().par_iter().map(|column| judge(column, known.as_ref(), params)).collect();
    let mut report = LeakReport::default();
    for (leak, finding) in seen.into_iter().flatten() {
        report.leaks.push(leak);
        report.findings.extend(finding);
    }
    for (key, list) in [("accept", &params.params().accept), ("drop", &params.params().drop)] {
        for name in list.iter().filter(|name| table.column(name).is_none()) {
            let text = format!("churn.{key} names {name}, which is no used column");
            report.findings.push(
                Finding::new("unknown-column", Severity::Warning, text)
                    .column(name)
                    .advice("correct the name or remove it from the list"),
            );
        }
    }
    report
}

/// The customers whose outcome is known.
struct Known {
    rows: Vec<usize>,
    outcomes: Vec<bool>,
    half: Vec<bool>,
    base_rate: f64,
}

impl Known {
    fn of(table: &FeatureTable) -> Option<Self> {
        let outcome = table.outcome()?;
        let all: Vec<(usize, bool)> = outcome
            .values
            .iter()
            .enumerate()
            .filter_map(|(row, value)| value.map(|value| (row, value)))
            .collect();
        let step = all.len().div_ceil(LARGEST).max(1);
        let (rows, outcomes): (Vec<usize>, Vec<bool>) = all.into_iter().step_by(step).unzip();
        let events = outcomes.iter().filter(|&&yes| yes).count();
        if events < FEWEST || outcomes.len() - events < FEWEST {
            return None;
        }
        // Halves by a hash of the id, so that the order of rows does not matter.
        let half = rows.iter().map(|&row| hash(&table.ids().values[row]) & 1 == 1).collect();
        let base_rate = number(events) / number(outcomes.len());
        Some(Self { rows, outcomes, half, base_rate })
    }

    /// AUC of the scores of some customers; .5 where either class is too small.
    fn signed_auc(&self, scored: &[(usize, f64)]) -> f64 {
        let ranks: Vec<f64> = scored.iter().map(|s| s.1).collect();
        let outcomes: Vec<bool> = scored.iter().map(|s| self.outcomes[s.0]).collect();
        let events = outcomes.iter().filter(|&&yes| yes).count();
        if events < FEWEST || outcomes.len() - events < FEWEST {
            return 0.5;
        }
        roc_auc(&ranks, &outcomes).unwrap_or(0.5)
    }

    /// The same in either direction, at least .5.
    fn auc(&self, scored: &[(usize, f64)]) -> f64 {
        let auc = self.signed_auc(scored);
        auc.max(1.0 - auc)
    }

    /// AUC of the share of the outcome in each level, learnt on the other half, at least
    /// .5: below it the halves contradict each other, which is chance.
    fn level_auc(&self, levels: &[(usize, u32)]) -> f64 {
        let n_levels = levels.iter().map(|l| l.1 as usize + 1).max().unwrap_or(0);
        let mut counts = vec![[(0.0, 0.0); 2]; n_levels];
        for &(place, level) in levels {
            let count = &mut counts[level as usize][usize::from(self.half[place])];
            count.0 += f64::from(u8::from(self.outcomes[place]));
            count.1 += 1.0;
        }
        let score = |&(place, level): &(usize, u32)| {
            let (events, n): (f64, f64) = counts[level as usize][usize::from(!self.half[place])];
            (place, (events + SMOOTHING * self.base_rate) / (n + SMOOTHING))
        };
        self.signed_auc(&levels.iter().map(score).collect::<Vec<_>>()).max(0.5)
    }

    /// AUC of the column's present values, at least .5.
    fn single_auc(&self, values: &Values) -> f64 {
        let present = || self.rows.iter().enumerate().filter(|&(_, &row)| !values.is_missing(row));
        match values {
            Values::Number(numbers) => {
                let scored: Vec<(usize, f64)> =
                    present().map(|(place, &row)| (place, numbers[row])).collect();
                let ranked = self.auc(&scored);
                few_levels(&scored).map_or(ranked, |levels| ranked.max(self.level_auc(&levels)))
            }
            Values::Flag { codes, .. } => {
                let level = |(place, &row): (usize, &usize)| (place, u32::from(codes[row]));
                self.level_auc(&present().map(level).collect::<Vec<_>>())
            }
            Values::Category { codes, .. } => {
                let level = |(place, &row): (usize, &usize)| (place, codes[row]);
                self.level_auc(&present().map(level).collect::<Vec<_>>())
            }
        }
    }

    /// AUC of which values are missing, at least .5.
    fn missing_auc(&self, values: &Values) -> f64 {
        let scored: Vec<(usize, f64)> = (self.rows.iter().enumerate())
            .map(|(place, &row)| (place, f64::from(u8::from(values.is_missing(row)))))
            .collect();
        self.auc(&scored)
    }

    /// Whether the column is filled, or empty, only for customers with the outcome, and
    /// chance cannot explain it (probability below one in a million).
    fn filled_for_events_only(&self, values: &Values) -> bool {
        [true, false].into_iter().any(|missing| {
            let mut count = 0_usize;
            for (place, &row) in self.rows.iter().enumerate() {
                if values.is_missing(row) == missing {
                    if !self.outcomes[place] {
                        return false;
                    }
                    count += 1;
                }
            }
            count >= FEWEST && number(count) * libm::log(self.base_rate) < -13.8
        })
    }
}

/// The values as levels, where there are at most [`FEW_VALUES`] of them.
fn few_levels(scored: &[(usize, f64)]) -> Option<Vec<(usize, u32)>> {
    let mut levels: BTreeMap<u64, u32> = BTreeMap::new();
    let mut coded = Vec::with_capacity(scored.len());
    for &(place, value) in scored {
        let next = u32::try_from(levels.len()).ok()?;
        let level = *levels.entry((value + 0.0).to_bits()).or_insert(next);
        if levels.len() > FEW_VALUES {
            return None;
        }
        coded.push((place, level));
    }
    Some(coded)
}

/// FNV-1a.
fn hash(id: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let raw =
        id.bytes().fold(start, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    super::folds::mix(raw)
}

/// What one column is, with what the reader has to know.
fn judge(
    column: &Column,
    known: Option<&Known>,
    params: &Checked,
) -> Option<(Leak, Option<Finding>)> {
    let name = &column.name;
    let auc = known.map_or(0.5, |known| known.single_auc(&column.values));
    let missing_auc = known.map_or(0.5, |known| known.missing_auc(&column.values));
    let leak = |mechanism, why: String| Leak {
        column: name.clone(),
        mechanism,
        auc,
        missing_auc,
        auc_without: None,
        why,
    };
    if params.params().drop.contains(name) {
        return Some((leak(Mechanism::Dropped, "listed in churn.drop".to_owned()), None));
    }
    let (proven, why) = reason(column, known?, auc, missing_auc)?;
    if params.params().accept.contains(name) {
        return Some((leak(Mechanism::Accepted, format!("{why}; listed in churn.accept")), None));
    }
    let mechanism = if proven { Mechanism::Proof } else { Mechanism::Suspicion };
    let (code, severity, done, advice) = if proven {
        (
            "proven-leak",
            Severity::Serious,
            "it was taken out of the churn model and of the segments",
            "leave it out of the input, or list it in churn.accept if it is known before the outcome",
        )
    } else {
        (
            "suspected-leak",
            Severity::Warning,
            "it was kept",
            "list it in churn.drop if it is known only after the outcome, else in churn.accept",
        )
    };
    let message = if mechanism == Mechanism::Proof {
        format!("{name} tells the outcome by itself: {why}; {done}")
    } else {
        format!("{name} may know the outcome: {why}; {done}")
    };
    let finding = Finding::new(code, severity, message).column(name).advice(advice);
    Some((leak(mechanism, why), Some(finding)))
}

/// Whether it is proof, and why; `None` for an honest column.
fn reason(column: &Column, known: &Known, auc: f64, missing_auc: f64) -> Option<(bool, String)> {
    if auc > PROOF {
        return Some((true, format!("alone it ranks the outcome with an AUC of {auc:.3}")));
    }
    if missing_auc > PROOF {
        let why = format!("where it is missing tells the outcome with an AUC of {missing_auc:.3}");
        return Some((true, why));
    }
    if known_afterwards(&column.name) {
        let why = format!("by its name it is known only afterwards (AUC alone {auc:.3})");
        return Some((false, why));
    }
    if auc > SUSPICION || missing_auc > SUSPICION {
        let strongest = auc.max(missing_auc);
        return Some((false, format!("alone it ranks the outcome with an AUC of {strongest:.3}")));
    }
    known
        .filled_for_events_only(&column.values)
        .then(|| (false, "its missing values occur on one side of the outcome only".to_owned()))
}
