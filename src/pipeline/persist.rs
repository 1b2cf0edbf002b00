//! The segments of this run: found, scored with a frozen model, or fitted anew from one,
//! each with an id that persists.

use std::collections::BTreeMap;

use super::against::Against;
use super::job::{Failure, Job};
use super::periodic::Begun;
use super::prepare::Prepared;
use super::previous::Previous;
use super::ready::Learnt;
use crate::change::identity::{Identity, Table, ascending, identify};
use crate::cluster::refits::{can_refit, refits};
use crate::cluster::rules::{Extra, RuleSegments};
use crate::cluster::{Discovery, Shape};
use crate::config::Checked;
use crate::finding::Finding;
use crate::matrix::Matrix;
use crate::model::Lineage;
use crate::normalise::base::{self, BaseChoice, ClusterOn};
use crate::results::{Fate, Refits, SegmentRow};
use crate::said::facts;
use crate::seed::Seed;
use crate::table::FeatureTable;

/// Who the segments are.
#[derive(Debug)]
pub(super) struct Persisted {
    /// Ids, and when the segments were fitted.
    pub lineage: Lineage,
    /// The ids by position.
    pub ids: Vec<u32>,
    /// Which is which, where there is a previous run.
    pub identity: Option<Identity>,
    /// The id that the previous model gives each customer, 0 for none.
    pub frozen: Option<Vec<u32>>,
    /// Names that persist, by id.
    pub names: BTreeMap<String, String>,
    /// How much refits agree.
    pub refits: Option<Refits>,
}

/// The columns that make the segments of the frozen model, prepared by it.
pub(super) fn learnt(
    prepared: &Prepared,
    against: &Against,
    findings: &mut Vec<Finding>,
) -> Result<Learnt, Failure> {
    let model = &against.previous.model;
    let needed: Vec<String> = model.normaliser.needed().map(str::to_owned).collect();
    let table = &prepared.built.table;
    let on = if needed.is_empty() { ClusterOn::Auto } else { ClusterOn::Listed(needed) };
    let chosen = base::choose(table, &on, &[])?;
    let before = &against.previous.results.base;
    let base = BaseChoice {
        family: before.family.clone(),
        reason: before.reason.clone(),
        findings: Vec::new(),
        ..chosen
    };
    let rows: Vec<usize> = (0..table.n_customers()).collect();
    let matrix = match &against.matrix {
        Some(matrix) => matrix.clone(),
        None => model.normaliser.apply(table, &rows)?,
    };
    findings.push(Finding::new(
        "scored",
        crate::finding::Severity::Note,
        facts!(run = fitted_by(&against.previous)),
    ));
    Ok(Learnt { base, normaliser: model.normaliser.clone(), matrix: Some(matrix) })
}

fn fitted_by(previous: &Previous) -> &str {
    previous.model.lineage.fitted_by.as_deref().unwrap_or(&previous.manifest.run)
}

/// The segments of the frozen model with the evidence of its fit.
pub(super) fn scored(
    prepared: &Prepared,
    against: &Against,
    rules: &RuleSegments,
    extra: &Extra,
) -> Result<Discovery, Failure> {
    let previous = &against.previous;
    let model = &previous.model;
    let assignments = match (model.segmentation.shape(), &prepared.orders) {
        (Shape::Rule { .. }, Some(orders)) => {
            model.segmentation.assign_orders(&orders.histories, extra)?
        }
        (Shape::Rule { cuts, .. }, None) => {
            model.segmentation.assign_classes(rules.wanted(cuts.rule())?.codes())?
        }
        _ => against.assignments.clone(),
    };
    let rows = &previous.results.segments;
    let mut choice = previous.results.choice.clone();
    let told = choice.reason.trim_start_matches(KEPT).to_owned();
    choice.reason = format!("{KEPT}{told}");
    let k = model.segmentation.n_segments();
    let labels: Option<Vec<u32>> = assignments.iter().map(|found| found.segment).collect();
    let of = |at: usize| rows.get(at);
    Ok(Discovery {
        segmentation: model.segmentation.clone(),
        choice,
        stability: (0..k).map(|at| of(at).and_then(|row| row.stability)).collect(),
        verdicts: (0..k)
            .map(|at| of(at).map_or(crate::results::Verdict::Constructed, |row| row.verdict))
            .collect(),
        trivial: (0..k).map(|at| of(at).and_then(|row| row.trivial.clone())).collect(),
        radii: model.radii.clone(),
        candidate_labels: labels.map(|labels| (k, labels)).into_iter().collect(),
        findings: Vec::new(),
        names: Vec::new(),
        within: Vec::new(),
        shown: crate::cluster::Shown::default(),
        assignments,
    })
}

/// What stands before the reason for the number of segments where they were kept.
const KEPT: &str = "The segments of the last fit were kept. ";

/// The segment that the previous model gives each customer of `table`, by position.
pub(super) fn by_previous(against: &Against, table: &FeatureTable) -> Vec<Option<u32>> {
    let known = &against.table.ids().values;
    let labels = &against.assignments;
    table
        .ids()
        .values
        .iter()
        .map(|id| known.binary_search(id).ok().and_then(|row| labels.get(row)?.segment))
        .collect()
}

/// Gives the segments their ids, and brings those that can be into the order of ids.
pub(super) fn persist(
    begun: &Begun,
    mut discovery: Discovery,
    matrix: &Matrix,
    job: &Job,
) -> Result<(Discovery, Persisted), Failure> {
    let k = discovery.segmentation.n_segments();
    let Some(against) = &begun.against else {
        return Ok(born(begun, discovery, matrix, job));
    };
    let previous = &against.previous;
    let old_ids = previous.segment_ids();
    let id = |at: Option<u32>| at.and_then(|at| old_ids.get(at as usize).copied()).unwrap_or(0);
    if begun.scored {
        let lineage = Lineage {
            ids: counted(&old_ids),
            highest: begun.highest,
            fitted_by: Some(fitted_by(previous).to_owned()),
            fitted_as_of: previous
                .model
                .lineage
                .fitted_as_of
                .clone()
                .or(previous.manifest.as_of.clone()),
        };
        let frozen = discovery.assignments.iter().map(|found| id(found.segment)).collect();
        let persisted = Persisted {
            lineage,
            identity: Some(Identity::unchanged(&old_ids, begun.highest)),
            frozen: Some(frozen),
            names: names(previous, &old_ids),
            refits: previous.results.refits,
            ids: old_ids,
        };
        return Ok((discovery, persisted));
    }
    let refits = agreement(&discovery, matrix, job);
    let old = by_previous(against, &begun.prepared.built.table);
    let labels: Vec<Option<u32>> = discovery.assignments.iter().map(|a| a.segment).collect();
    let table = Table::of(&old, old_ids.len(), &labels, k);
    let mut identity = identify(&table, &old_ids, begun.highest);
    let order = ascending(&identity.ids);
    if discovery.segmentation.reordered(&order).is_some() {
        discovery = discovery.reordered(&order)?;
        identity = identity.reordered(&order);
    }
    let kept: Vec<u32> = identity
        .ids
        .iter()
        .zip(&identity.origins)
        .filter(|(_, origin)| origin.fate == Fate::Kept)
        .map(|(&id, _)| id)
        .collect();
    let persisted = Persisted {
        lineage: Lineage {
            ids: counted(&identity.ids),
            highest: identity.highest,
            ..Lineage::default()
        },
        ids: identity.ids.clone(),
        frozen: Some(old.into_iter().map(id).collect()),
        names: names(previous, &kept),
        identity: Some(identity),
        refits,
    };
    Ok((discovery, persisted))
}

/// Segments without a past.
fn born(begun: &Begun, discovery: Discovery, matrix: &Matrix, job: &Job) -> (Discovery, Persisted) {
    let k = discovery.segmentation.n_segments() as u32;
    let ids: Vec<u32> = (1..=k).map(|at| begun.highest + at).collect();
    let lineage = Lineage {
        ids: counted(&ids),
        highest: if begun.highest > 0 { begun.highest + k } else { 0 },
        ..Lineage::default()
    };
    let refits = agreement(&discovery, matrix, job);
    let names = BTreeMap::new();
    (discovery, Persisted { lineage, ids, identity: None, frozen: None, names, refits })
}

fn agreement(discovery: &Discovery, matrix: &Matrix, job: &Job) -> Option<Refits> {
    if !can_refit(&discovery.segmentation) {
        return None;
    }
    let labels: Vec<Option<u32>> = discovery.assignments.iter().map(|a| a.segment).collect();
    refits(matrix, &labels, discovery.segmentation.n_segments(), Seed::new(job.seed))
}

/// Ids that count from 1 need not be kept.
fn counted(ids: &[u32]) -> Vec<u32> {
    let plain = ids.iter().copied().eq(1..=ids.len() as u32);
    if plain { Vec::new() } else { ids.to_vec() }
}

/// The names of the previous run's segments of these ids.
fn names(previous: &Previous, ids: &[u32]) -> BTreeMap<String, String> {
    let all = previous.segment_ids().into_iter().zip(&previous.model.names);
    all.filter(|(id, _)| ids.contains(id))
        .map(|(id, name)| (id.to_string(), name.clone()))
        .collect()
}

/// Names by id: those that the config gives go before those that persist.
pub(super) fn all_names(
    discovery: &Discovery,
    persisted: &Persisted,
    checked: &Checked,
) -> BTreeMap<String, String> {
    // Segments that were found have no name of their own beside those that are pinned.
    let own = discovery.names.iter().zip(&persisted.ids).filter(|(name, _)| !name.is_empty());
    let mut names: BTreeMap<String, String> =
        own.map(|(name, id)| (id.to_string(), name.clone())).collect();
    names.extend(persisted.names.clone());
    names.extend(checked.config.segments.names.clone());
    names
}

/// Writes into the rows what became of their segments.
pub(super) fn mark(rows: &mut [SegmentRow], begun: &Begun, identity: &Identity) {
    let Some(against) = &begun.against else { return };
    let old_ids = against.previous.segment_ids();
    for row in rows {
        let Some(at) = identity.ids.iter().position(|&id| id == row.segment_id) else { continue };
        let origin = &identity.origins[at];
        row.change = Some(origin.fate.name().to_owned());
        row.previous_segment_id = origin.from.first().map(|&from| old_ids[from]);
        row.customers_before = row.previous_segment_id.map(|id| against.previous.n_in(id));
    }
}
