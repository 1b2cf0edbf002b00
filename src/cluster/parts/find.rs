//! Finding segments inside each part, and putting the parts together.

use std::collections::BTreeMap;

use ndarray::{Array2, Axis};

use super::{Cell, Layout, Levels, Parts, Pin, Pins, moved_by};
use crate::cluster::explore::radii;
use crate::cluster::kernel::Points;
use crate::cluster::kmeans::n_distinct_up_to;
use crate::cluster::{
    Assignment, Checked, ClusterError, Discovery, K, Method, Segmentation, Shape, Task, discover,
};
use crate::finding::{Finding, Severity};
use crate::normalise::NormaliseError;
use crate::results::{Choice, PartChoice, Verdict};
use crate::said::{facts, said};
use crate::seed::Seed;
use crate::table::FeatureTable;

/// Fewer customers than this are one segment: the evidence for more would be luck.
const FEWEST: usize = 100;

/// The customers of one division, and where its first segment stands.
struct Division {
    levels: Vec<Option<String>>,
    /// Such as `plan = Basic`; empty without split columns.
    said: String,
    rows: Vec<usize>,
}

/// What becomes the discovery, segment by segment.
#[derive(Default)]
struct Whole {
    centres: Vec<f64>,
    assignments: Vec<Assignment>,
    stability: Vec<Option<f64>>,
    verdicts: Vec<Verdict>,
    trivial: Vec<Option<String>>,
    names: Vec<String>,
    within: Vec<String>,
    parts: Vec<PartChoice>,
    findings: Vec<Finding>,
    layout: Layout,
}

/// Finds segments inside the parts that the config asks for. `asked` is the table that the
/// conditions are asked of: that of the task, and beside its columns the classes of the
/// rules. The preparation of the columns is learnt once from all customers, also in the
/// samples that the stability rests on, so that parts can be compared.
///
/// # Errors
///
/// Those of [`discover`]; a condition or a split column that the table does not have;
/// nobody left for any segment.
pub fn discover_parts(
    task: &Task,
    asked: &FeatureTable,
    params: &Checked,
    seed: Seed,
    progress: &(dyn Fn(&str) + Sync),
) -> Result<Discovery, ClusterError> {
    let n = task.matrix.n_rows();
    let mut whole = Whole { assignments: vec![Assignment::NOWHERE; n], ..Whole::default() };
    whole.pin(task, asked, &params.params().pin)?;
    let split_by = &params.params().split_by;
    let rest: Vec<usize> = (0..n).filter(|&row| whole.assignments[row].segment.is_none()).collect();
    split_by.clone_into(&mut whole.layout.split_by);
    for division in divide(asked, split_by, rest)? {
        if !division.said.is_empty() {
            progress(&division.said);
        }
        whole.look_inside(task, params, division, seed, progress)?;
    }
    whole.finish(task, params)
}

/// The divisions of the rows, in the order of the levels.
fn divide(
    table: &FeatureTable,
    split_by: &[String],
    rows: Vec<usize>,
) -> Result<Vec<Division>, ClusterError> {
    let levels = Levels::of(table, split_by)?;
    let mut divisions: BTreeMap<Vec<u32>, Vec<usize>> = BTreeMap::new();
    for row in rows {
        let key = (0..split_by.len()).map(|at| levels.code(at, row)).collect();
        divisions.entry(key).or_default().push(row);
    }
    let division = |(key, rows): (Vec<u32>, Vec<usize>)| {
        let names: Vec<Option<&str>> =
            key.iter().enumerate().map(|(at, &code)| levels.name(at, code)).collect();
        let said: Vec<String> = split_by
            .iter()
            .zip(&names)
            .map(|(column, level)| format!("{column} = {}", level.unwrap_or("missing")))
            .collect();
        let levels = names.into_iter().map(|name| name.map(str::to_owned)).collect();
        Division { levels, said: said.join(", "), rows }
    };
    Ok(divisions.into_iter().map(division).collect())
}

impl Whole {
    fn n_segments(&self) -> usize {
        self.verdicts.len()
    }

    /// Takes out the customers of whom a condition is true; the first one decides.
    fn pin(&mut self, task: &Task, asked: &FeatureTable, pins: &Pins) -> Result<(), ClusterError> {
        let mut kept: Vec<Pin> = Vec::new();
        let conditions = pins.conditions()?;
        for (at, (pin, condition)) in pins.iter().zip(conditions).enumerate() {
            let found = condition.rows(asked).map_err(|error| pins.wrong(at, error))?;
            let own: Vec<usize> = found
                .iter()
                .copied()
                .filter(|&row| self.assignments[row].segment.is_none())
                .collect();
            if own.is_empty() {
                self.findings.push(nobody_pinned(pin, found.len()));
                continue;
            }
            let segment = u32::try_from(kept.len()).ok();
            for &row in &own {
                self.assignments[row].segment = segment;
            }
            self.one_segment(task, &own, Verdict::Rule, pin.name.clone(), String::new());
            kept.push(pin.clone());
        }
        self.layout.pins = Pins::new(kept);
        Ok(())
    }

    /// Adds a segment around the mean of some customers.
    fn one_segment(
        &mut self,
        task: &Task,
        rows: &[usize],
        verdict: Verdict,
        name: String,
        within: String,
    ) {
        let mean = task.matrix.values().select(Axis(0), rows).mean_axis(Axis(0));
        self.centres.extend(mean.into_iter().flatten());
        self.stability.push(None);
        self.verdicts.push(verdict);
        self.trivial.push(None);
        self.names.push(name);
        self.within.push(within);
    }

    fn look_inside(
        &mut self,
        task: &Task,
        params: &Checked,
        division: Division,
        seed: Seed,
        progress: &(dyn Fn(&str) + Sync),
    ) -> Result<(), ClusterError> {
        let first = self.n_segments();
        let Division { levels, said, rows } = division;
        let within = levels.iter().map(|level| level.as_deref().unwrap_or("missing"));
        let within = within.collect::<Vec<_>>().join(", ");
        let matrix = task.matrix.take(&rows)?;
        if rows.len() < FEWEST || n_distinct_up_to(&Points::new(&matrix), 2) < 2 {
            self.findings.push(too_few(&said, rows.len()));
            // Nothing has shown that they belong together.
            self.one_segment(task, &rows, Verdict::Constructed, String::new(), within);
            let centre = self.centres[first * matrix.n_columns()..].to_vec();
            let found = super::assign_to_centres(matrix.row_major(), matrix.n_columns(), &centre);
            self.place(&rows, found, first);
            self.layout.cells.push(Cell { levels, segments: 1 });
            return Ok(());
        }
        let table = task.table.take(&rows);
        let outcome: Option<Vec<_>> =
            task.outcome.map(|outcome| rows.iter().map(|&row| outcome[row]).collect());
        let value: Option<Vec<f64>> =
            task.value.map(|value| rows.iter().map(|&row| value[row]).collect());
        let prepare = |fit: &[usize], held: &[usize]| {
            let part = |rows: &[usize]| matrix.take(rows).map_err(NormaliseError::from);
            Ok((part(fit)?, part(held)?))
        };
        let inside = Task {
            matrix: &matrix,
            table: &table,
            base: task.base,
            describing: task.describing,
            value: value.as_deref(),
            outcome: outcome.as_deref(),
            prepare: &prepare,
        };
        let found = discover(&inside, params, seed, progress)?;
        let Shape::Centres(centres) = found.segmentation.shape() else {
            return Err(ClusterError::PartsMethod { method: found.segmentation.method() });
        };
        let segments = centres.nrows();
        self.centres.extend(centres.iter());
        self.place(&rows, found.assignments, first);
        self.stability.extend(found.stability);
        self.verdicts.extend(found.verdicts);
        self.trivial.extend(found.trivial);
        self.names.extend(std::iter::repeat_n(String::new(), segments));
        self.within.extend(std::iter::repeat_n(within, segments));
        self.findings.extend(found.findings.into_iter().map(|finding| about(finding, &said)));
        let customers = rows.len() as u64;
        let first_segment = u32::try_from(first + 1).unwrap_or(u32::MAX);
        self.parts.push(PartChoice { part: said, customers, first_segment, choice: found.choice });
        self.layout.cells.push(Cell { levels, segments });
        Ok(())
    }

    fn place(&mut self, rows: &[usize], found: Vec<Assignment>, first: usize) {
        for (&row, found) in rows.iter().zip(found) {
            self.assignments[row] = moved_by(found, first);
        }
    }

    fn finish(self, task: &Task, params: &Checked) -> Result<Discovery, ClusterError> {
        let k = self.n_segments();
        let choice = self.choice(params, k);
        let centres = Array2::from_shape_vec((k, task.matrix.n_columns()), self.centres)
            .map_err(|error| ClusterError::Stored { reason: error.to_string() })?;
        let shape = Shape::Parts(Box::new(Parts::new(self.layout, centres)?));
        Ok(Discovery {
            segmentation: Segmentation::from_parts(Method::KMeans, params.engine(), shape)?,
            radii: radii(&self.assignments, k),
            assignments: self.assignments,
            choice,
            stability: self.stability,
            verdicts: self.verdicts,
            trivial: self.trivial,
            candidate_labels: Vec::new(),
            findings: self.findings,
            names: self.names,
            within: self.within,
            shown: crate::cluster::Shown::default(),
        })
    }

    /// The choice of the whole: that of each part stands below it.
    fn choice(&self, params: &Checked, k: usize) -> Choice {
        let pinned = self.layout.pins.len();
        let least = |of: fn(&Choice) -> usize| {
            self.parts.iter().map(|part| of(&part.choice)).min().unwrap_or(0)
        };
        Choice {
            method: params.method().name().to_owned(),
            engine: params.engine().name().to_owned(),
            k,
            fixed: matches!(params.k(), K::Exactly(_)),
            reason: self.reason(k - pinned),
            judge: "parts".to_owned(),
            candidates: Vec::new(),
            runners_up: Vec::new(),
            stability_draws: least(|choice| choice.stability_draws),
            stability_size: least(|choice| choice.stability_size),
            eps: None,
            min_points: None,
            found_again: self.parts.iter().all(|part| part.choice.found_again),
            parts: self.parts.clone(),
        }
    }

    fn reason(&self, found: usize) -> String {
        let pinned = self.layout.pins.len();
        let mut said = Vec::new();
        if pinned > 0 {
            let names: Vec<&str> = self.layout.pins.iter().map(|pin| pin.name.as_str()).collect();
            said.push(format!(
                "{} {} defined by a condition of the config ({}).",
                counted(pinned),
                if pinned == 1 { "is" } else { "are" },
                names.join(", ")
            ));
        }
        if self.layout.split_by.is_empty() {
            if let Some(part) = self.parts.first() {
                said.push(format!("Among the other customers: {}", part.choice.reason));
            }
        } else {
            let each: Vec<String> = self
                .parts
                .iter()
                .map(|part| format!("{} where {}", part.choice.k, part.part))
                .collect();
            said.push(format!(
                "{} were found inside each level of {}: {}.",
                counted(found),
                self.layout.split_by.join(" and "),
                each.join(", ")
            ));
        }
        said.join(" ")
    }
}

/// The finding, saying of whom it is.
fn about(finding: Finding, part: &str) -> Finding {
    if part.is_empty() { finding } else { finding.about(said!("about-part", part = part)) }
}

fn counted(n: usize) -> String {
    format!("{n} segment{}", if n == 1 { "" } else { "s" })
}

fn nobody_pinned(pin: &Pin, taken: usize) -> Finding {
    let key = if taken == 0 { "pin-without-customers_none" } else { "pin-without-customers_taken" };
    Finding::new(key, Severity::Warning, facts!(name = &pin.name, n = taken))
}

fn too_few(said: &str, customers: usize) -> Finding {
    let key = if said.is_empty() { "part-not-cut_rest" } else { "part-not-cut_named" };
    let told = facts!(part = said, n = customers);
    Finding::new(key, Severity::Note, told).count(customers)
}
