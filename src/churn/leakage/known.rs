//! The customers whose outcome is known, and how well values rank them.

use std::collections::BTreeMap;

use crate::stats::{number, roc_auc, roc_auc_of_groups};
use crate::table::{FeatureTable, Values};

/// An AUC of fewer customers of either class proves nothing.
pub(super) const FEWEST: usize = 10;
/// Numbers with at most this many values are ranked by level as well.
const FEW_VALUES: usize = 20;
/// The others by so many bins, each of so many customers at least.
const BANDS: usize = 32;
const IN_A_BAND: usize = 20;
/// How many customers at the base rate a level is smoothed with.
const SMOOTHING: f64 = 10.0;
/// The natural logarithm of one in a million.
pub(super) const BEYOND_CHANCE: f64 = -13.8;
/// At most this many known customers are looked at, evenly spaced.
const LARGEST: usize = 200_000;

/// The customers whose outcome is known.
pub(super) struct Known {
    pub(super) rows: Vec<usize>,
    pub(super) outcomes: Vec<bool>,
    half: Vec<bool>,
    base_rate: f64,
}

impl Known {
    /// `None` where fewer than [`FEWEST`] have the outcome, or do not.
    pub(super) fn of(table: &FeatureTable) -> Option<Self> {
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

    /// At most `most` of either class, evenly spaced.
    pub(super) fn sample(&self, most: usize) -> Self {
        let mut places: Vec<usize> = Vec::with_capacity(2 * most);
        for class in [true, false] {
            let all: Vec<usize> =
                (0..self.rows.len()).filter(|&place| self.outcomes[place] == class).collect();
            places.extend(all.iter().step_by(all.len().div_ceil(most).max(1)));
        }
        places.sort_unstable();
        let outcomes: Vec<bool> = places.iter().map(|&place| self.outcomes[place]).collect();
        let events = outcomes.iter().filter(|&&yes| yes).count();
        Self {
            rows: places.iter().map(|&place| self.rows[place]).collect(),
            half: places.iter().map(|&place| self.half[place]).collect(),
            base_rate: number(events) / number(outcomes.len().max(1)),
            outcomes,
        }
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
    pub(super) fn auc(&self, scored: &[(usize, f64)]) -> f64 {
        let auc = self.signed_auc(scored);
        auc.max(1.0 - auc)
    }

    /// AUC of the share of the outcome in each level, learnt on the other half, at least
    /// .5: below it the halves contradict each other, which is chance.
    pub(super) fn level_auc(&self, levels: &[(usize, u32)]) -> f64 {
        let n_levels = levels.iter().map(|l| l.1 as usize + 1).max().unwrap_or(0);
        let mut counts = vec![[(0.0, 0.0); 2]; n_levels];
        for &(place, level) in levels {
            let count = &mut counts[level as usize][usize::from(self.half[place])];
            count.0 += f64::from(u8::from(self.outcomes[place]));
            count.1 += 1.0;
        }
        let mut groups = Vec::with_capacity(2 * n_levels);
        for halves in &counts {
            for (own, other) in [(0, 1), (1, 0)] {
                let ((events, n), (own_events, own_n)) = (halves[other], halves[own]);
                let score = (events + SMOOTHING * self.base_rate) / (n + SMOOTHING);
                groups.push((score, own_events, own_n - own_events));
            }
        }
        let [events, others] = groups
            .iter()
            .fold([0.0, 0.0], |[events, others], group| [events + group.1, others + group.2]);
        if f64::min(events, others) < number(FEWEST) {
            return 0.5;
        }
        roc_auc_of_groups(groups).map_or(0.5, |auc| auc.max(0.5))
    }

    /// AUC of the column's present values, at least .5.
    pub(super) fn single_auc(&self, values: &Values) -> f64 {
        let present = || self.rows.iter().enumerate().filter(|&(_, &row)| !values.is_missing(row));
        match values {
            Values::Number(numbers) => {
                let scored: Vec<(usize, f64)> =
                    present().map(|(place, &row)| (place, numbers[row])).collect();
                let levels = few_levels(&scored).or_else(|| bands(&scored));
                let ranked = self.auc(&scored);
                levels.map_or(ranked, |levels| ranked.max(self.level_auc(&levels)))
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
    pub(super) fn missing_auc(&self, values: &Values) -> f64 {
        let scored: Vec<(usize, f64)> = (self.rows.iter().enumerate())
            .map(|(place, &row)| (place, f64::from(u8::from(values.is_missing(row)))))
            .collect();
        self.auc(&scored)
    }

    /// Whether the column is filled, or empty, only for customers with the outcome, and
    /// chance cannot explain it.
    pub(super) fn filled_for_events_only(&self, values: &Values) -> bool {
        [true, false]
            .into_iter()
            .any(|missing| self.one_sided(|row| values.is_missing(row) == missing) == Some(true))
    }

    /// The outcome that all customers among the chosen rows share, where chance cannot
    /// explain that (probability below one in a million).
    pub(super) fn one_sided(&self, chosen: impl Fn(usize) -> bool) -> Option<bool> {
        let mut counts = [0_usize; 2];
        for (place, &row) in self.rows.iter().enumerate() {
            if chosen(row) {
                counts[usize::from(self.outcomes[place])] += 1;
            }
        }
        let (outcome, count, rate) = match counts {
            [0, yes] => (true, yes, self.base_rate),
            [no, 0] => (false, no, 1.0 - self.base_rate),
            _ => return None,
        };
        (count >= FEWEST && number(count) * libm::log(rate) < BEYOND_CHANCE).then_some(outcome)
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

/// The values in bands of about equal size, where there are customers for three or more.
fn bands(scored: &[(usize, f64)]) -> Option<Vec<(usize, u32)>> {
    let n_bands = BANDS.min(scored.len() / IN_A_BAND);
    if n_bands < 3 {
        return None;
    }
    let mut sorted: Vec<f64> = scored.iter().map(|s| s.1).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    let mut ends: Vec<f64> = (1..n_bands).map(|k| sorted[k * sorted.len() / n_bands]).collect();
    ends.dedup();
    let band = |value: f64| u32::try_from(ends.partition_point(|&end| end <= value)).ok();
    scored.iter().map(|&(place, value)| Some((place, band(value)?))).collect()
}

/// FNV-1a.
fn hash(id: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325_u64;
    let raw =
        id.bytes().fold(start, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    super::super::folds::mix(raw)
}
