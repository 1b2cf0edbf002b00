//! Is a segment just one column?
//!
//! A rule on one raw column reproduces a segment if it finds at least 98 % of its
//! customers and at least 98 % of those found belong to it. Rules are one threshold on
//! a number with either side, one level or all others of a flag or category, or that
//! the value is missing. All columns of the feature table are tried, also those that
//! did not make the segments.
//!
//! A segment that holds nearly everybody would fit any rule, so the rule must also come
//! at least half of the way from the share of the segment to certainty.

use rayon::prelude::*;

use super::labels::Labels;
use crate::seed::Seed;
use crate::table::{Column, FeatureTable, MISSING_FLAG, MISSING_LEVEL, Values};

/// Coverage and precision that count as reproducing a segment.
const REPRODUCES: f64 = 0.98;
/// What the sample must show for a rule to be tried on all customers.
const WORTH_TRYING: f64 = 0.97;
/// Customers in the sample.
const SAMPLE: usize = 20_000;
/// A level is named only if at least this many customers share it.
const MIN_NAMED: usize = 10;

/// A rule on one column. A missing value meets none of them but `Missing`.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Rule {
    Missing,
    AtMost(f64),
    Above(f64),
    Level(u32),
    NotLevel(u32),
}

/// Segments that a column reproduces, how well, and in which words.
type Fitting = Vec<(usize, f64, String)>;

/// A table made ready for checking many partitions.
pub struct Probe<'a> {
    table: &'a FeatureTable,
    sample: Vec<usize>,
    /// Per column: for numbers the values in the sample that are not missing, ascending,
    /// with their positions in it; else empty.
    ascending: Vec<Vec<(f64, u32)>>,
}

impl<'a> Probe<'a> {
    /// Draws the sample and sorts its numbers.
    #[must_use]
    pub fn new(table: &'a FeatureTable, seed: Seed) -> Self {
        let sample = seed.rows("trivial sample", 0, table.n_customers(), SAMPLE);
        let of = |column: &Column| match &column.values {
            Values::Number(values) => {
                let mut order: Vec<(f64, u32)> = (sample.iter().zip(0..))
                    .map(|(&row, at)| (values[row], at))
                    .filter(|(value, _)| !value.is_nan())
                    .collect();
                order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                order
            }
            _ => Vec::new(),
        };
        let ascending = table.columns().par_iter().map(of).collect();
        Self { table, sample, ascending }
    }

    /// For each segment `0..k` the column that reproduces it, in words such as
    /// `segment is just: InternetService = No`.
    #[must_use]
    pub fn check(&self, labels: &(impl Labels + ?Sized), k: usize) -> Vec<Option<String>> {
        let mut found: Vec<Option<(f64, String)>> = vec![None; k];
        if k > 1 {
            let mut sizes = vec![0usize; k];
            labels.each().flatten().for_each(|label| sizes[label as usize] += 1);
            let columns = 0..self.table.columns().len();
            let of_sample: Vec<Option<u32>> =
                self.sample.iter().map(|&row| labels.of(row)).collect();
            let of_column = |c: usize| self.check_column(c, (labels, &of_sample), &sizes);
            let fitting: Vec<Fitting> = columns.into_par_iter().map(of_column).collect();
            // The first column of those that fit alike.
            for (j, fit, words) in fitting.into_iter().flatten() {
                if found[j].as_ref().is_none_or(|(best, _)| fit > *best) {
                    found[j] = Some((fit, words));
                }
            }
        }
        found.into_iter().map(|found| found.map(|(_, words)| words)).collect()
    }

    /// `labels` are those of all customers and those of the sample.
    fn check_column(
        &self,
        c: usize,
        (labels, of_sample): (&(impl Labels + ?Sized), &[Option<u32>]),
        sizes: &[usize],
    ) -> Fitting {
        let column = &self.table.columns()[c];
        let mut fitting = Fitting::new();
        for (j, rules) in self.candidates(c, of_sample, sizes.len()).into_iter().enumerate() {
            for (_, rule) in rules {
                let fit = on_all(&column.values, rule, labels, j as u32, sizes[j]);
                if fit >= REPRODUCES {
                    fitting.push((j, fit, words(column, rule)));
                }
            }
        }
        fitting
    }

    /// The rules worth trying on all customers, per segment at most one of each kind.
    fn candidates(&self, c: usize, labels: &[Option<u32>], k: usize) -> Vec<Vec<(f64, Rule)>> {
        let values = &self.table.columns()[c].values;
        let mut tally = Tally::new(k, self.sample.len());
        for label in labels.iter().flatten() {
            tally.sizes[*label as usize] += 1;
        }
        match values {
            Values::Number(_) => thresholds(&self.ascending[c], labels, &mut tally),
            Values::Flag { codes, .. } => {
                let code =
                    |row: usize| (codes[row] != MISSING_FLAG).then(|| usize::from(codes[row]));
                self.levels(2, code, labels, &mut tally);
            }
            Values::Category { codes, levels, .. } => {
                let code = |row: usize| (codes[row] != MISSING_LEVEL).then(|| codes[row] as usize);
                self.levels(levels.len(), code, labels, &mut tally);
            }
        }
        let (mut missing, mut inside) = (0, vec![0; k]);
        for (_, label) in self.sample.iter().zip(labels).filter(|&(&row, _)| values.is_missing(row))
        {
            missing += 1;
            if let Some(label) = label {
                inside[*label as usize] += 1;
            }
        }
        for (j, inside) in inside.into_iter().enumerate() {
            tally.offer(j, inside, missing, || Rule::Missing);
        }
        tally.best
    }

    fn levels(
        &self,
        n_levels: usize,
        code: impl Fn(usize) -> Option<usize>,
        labels: &[Option<u32>],
        tally: &mut Tally,
    ) {
        let k = tally.sizes.len();
        let mut counts = vec![vec![0usize; k]; n_levels];
        let mut sizes = vec![0usize; n_levels];
        let mut known = vec![0usize; k];
        let mut n_known = 0;
        for (&row, label) in self.sample.iter().zip(labels) {
            let Some(level) = code(row) else { continue };
            sizes[level] += 1;
            n_known += 1;
            if let Some(label) = label {
                counts[level][*label as usize] += 1;
                known[*label as usize] += 1;
            }
        }
        for level in 0..n_levels {
            for j in 0..k {
                let id = level as u32;
                tally.offer(j, counts[level][j], sizes[level], || Rule::Level(id));
                // Of two levels, the complement of one is the other.
                if n_levels > 2 {
                    let others = known[j] - counts[level][j];
                    tally.offer(j, others, n_known - sizes[level], || Rule::NotLevel(id));
                }
            }
        }
    }
}

/// Offers every threshold between values that differ, either side.
fn thresholds(order: &[(f64, u32)], labels: &[Option<u32>], tally: &mut Tally) {
    let k = tally.sizes.len();
    let mut total = vec![0; k];
    for &(_, at) in order {
        if let Some(label) = labels[at as usize] {
            total[label as usize] += 1;
        }
    }
    let mut below = vec![0; k];
    for (i, &(here, at)) in order.iter().enumerate() {
        if let Some(label) = labels[at as usize] {
            below[label as usize] += 1;
        }
        let Some(&(next, _)) = order.get(i + 1) else { break };
        if next <= here {
            continue;
        }
        for j in 0..k {
            tally.offer(j, below[j], i + 1, || Rule::AtMost(between(here, next)));
            let (inside, above) = (total[j] - below[j], order.len() - i - 1);
            tally.offer(j, inside, above, || Rule::Above(between(here, next)));
        }
    }
}

/// The best candidate rules of one column in the sample.
struct Tally {
    sizes: Vec<usize>,
    n: usize,
    best: Vec<Vec<(f64, Rule)>>,
}

impl Tally {
    fn new(k: usize, n: usize) -> Self {
        Self { sizes: vec![0; k], n, best: vec![Vec::new(); k] }
    }

    /// Keeps a rule that finds `found` customers, `inside` of them in segment `j`, if
    /// it is worth trying and the best of its kind.
    fn offer(&mut self, j: usize, inside: usize, found: usize, rule: impl FnOnce() -> Rule) {
        // Most rules are far off, and whole numbers tell that without a division.
        if inside == 0 || found == self.n || 100 * inside < 96 * found.max(self.sizes[j]) {
            return;
        }
        let fit = quality(inside, found, self.sizes[j], self.n);
        if fit < WORTH_TRYING {
            return;
        }
        let rule = rule();
        let kind = std::mem::discriminant(&rule);
        match self.best[j].iter_mut().find(|(_, other)| std::mem::discriminant(other) == kind) {
            Some(other) if fit > other.0 => *other = (fit, rule),
            Some(_) => {}
            None => self.best[j].push((fit, rule)),
        }
    }
}

/// The lower of coverage and precision; 0 where the precision comes less than half of
/// the way from the share of the segment to 1.
fn quality(inside: usize, found: usize, size: usize, n: usize) -> f64 {
    let coverage = inside as f64 / size as f64;
    let precision = inside as f64 / found as f64;
    let share = size as f64 / n as f64;
    if precision - share < 0.5 * (1.0 - share) { 0.0 } else { coverage.min(precision) }
}

/// The quality of a rule on all customers.
fn on_all(
    values: &Values,
    rule: Rule,
    labels: &(impl Labels + ?Sized),
    j: u32,
    size: usize,
) -> f64 {
    let (mut inside, mut found) = (0, 0);
    for (row, label) in labels.each().enumerate() {
        if holds(values, rule, row) {
            found += 1;
            inside += usize::from(label == Some(j));
        }
    }
    if inside == 0 { 0.0 } else { quality(inside, found, size, labels.n()) }
}

fn holds(values: &Values, rule: Rule, row: usize) -> bool {
    if rule == Rule::Missing || values.is_missing(row) {
        return rule == Rule::Missing && values.is_missing(row);
    }
    let level = match values {
        Values::Number(numbers) => {
            return match rule {
                Rule::AtMost(limit) => numbers[row] <= limit,
                Rule::Above(limit) => numbers[row] > limit,
                _ => false,
            };
        }
        Values::Flag { codes, .. } => u32::from(codes[row]),
        Values::Category { codes, .. } => codes[row],
    };
    match rule {
        Rule::Level(id) => level == id,
        Rule::NotLevel(id) => level != id,
        _ => false,
    }
}

/// The shortest decimal number in `[low, high)`.
fn between(low: f64, high: f64) -> f64 {
    let middle = f64::midpoint(low, high);
    (-6..12)
        .map(|decimals| {
            let unit = libm::pow(10.0, f64::from(decimals));
            (middle * unit).round() / unit
        })
        .find(|rounded| (low..high).contains(rounded))
        .unwrap_or(low)
}

/// What stands before the rule of a segment that is just one column.
pub(crate) const JUST: &str = "segment is just: ";

fn words(column: &Column, rule: Rule) -> String {
    let name = &column.name;
    let unit = column.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let rule = match rule {
        Rule::Missing => format!("{name} is missing"),
        Rule::AtMost(limit) => format!("{name} at most {limit}{unit}"),
        Rule::Above(limit) => format!("{name} above {limit}{unit}"),
        Rule::Level(id) => format!("{name} = {}", level_name(column, id)),
        Rule::NotLevel(id) => format!("{name} is not {}", level_name(column, id)),
    };
    format!("{JUST}{rule}")
}

fn level_name(column: &Column, id: u32) -> String {
    let (name, n) = match &column.values {
        Values::Number(_) => return String::new(),
        Values::Flag { codes, no, yes } => {
            let name = if id == 0 { no } else { yes };
            (name, codes.iter().filter(|&&code| u32::from(code) == id).count())
        }
        Values::Category { codes, levels, .. } => {
            (&levels[id as usize], codes.iter().filter(|&&code| code == id).count())
        }
    };
    if n >= MIN_NAMED { name.clone() } else { "a rare level".to_owned() }
}
