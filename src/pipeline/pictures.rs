//! What only figures show, from everything that the stages have found out.

use super::job::{Failure, Job};
use super::model::Modelled;
use super::prepare::Prepared;
use crate::churn::{self, Fitted};
use crate::config::Checked;
use crate::normalise::arc;
use crate::profile::{geography, pictures};
use crate::results::Pictures;
use crate::seed::Seed;

/// Gathers the numbers of figures.
pub(super) fn pictures(
    prepared: &Prepared,
    checked: &Checked,
    modelled: &Modelled,
    job: &Job,
) -> Result<Pictures, Failure> {
    let table = &prepared.built.table;
    let (labels, ids) = (&modelled.labels, &modelled.persisted.ids);
    let min_cell = checked.config.report.min_cell;
    let discovery = &modelled.discovery;
    let along: Option<fn(f64) -> f64> =
        if modelled.normaliser.is_in_km() { Some(arc) } else { None };
    // Of classes that a rule defines no distance tells anything.
    let is_rule = checked.segments.method().rule().is_some();
    let silhouette = (!is_rule)
        .then(|| {
            let seed = Seed::new(job.seed);
            pictures::silhouette(&modelled.matrix, labels, ids, min_cell, seed)
        })
        .flatten();
    let contributions = match &modelled.churn {
        Fitted::Computed(computed) => {
            churn::contributions(&computed.propensity, table, labels, ids, min_cell)?
        }
        Fitted::NotComputed { .. } => None,
    };
    let mut map = geography::map(table, labels, ids.len(), min_cell);
    for cell in map.iter_mut().flat_map(|map| &mut map.cells).filter(|cell| cell.segment_id > 0) {
        cell.segment_id = ids[cell.segment_id as usize - 1];
    }
    Ok(Pictures {
        silhouette,
        neighbours: pictures::neighbours(&discovery.shown, &discovery.choice, min_cell, along),
        branches: pictures::branches(&discovery.shown, ids, min_cell, along),
        contributions,
        map,
        places: geography::places(table, labels, ids.len(), min_cell),
    })
}
