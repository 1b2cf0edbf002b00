//! What is clustered: the columns that make the segments, prepared.

use std::collections::BTreeSet;

use super::job::{Event, Failure, Observer};
use super::prepare::Prepared;
use crate::cluster;
use crate::config::Checked;
use crate::finding::Finding;
use crate::matrix::Matrix;
use crate::normalise::base::{self, BaseChoice};
use crate::normalise::{Normaliser, Purpose};
use crate::table::FeatureTable;

/// The columns that make the segments, prepared.
pub(super) struct Ready {
    pub base: BaseChoice,
    pub normaliser: Normaliser,
    pub matrix: Matrix,
}

/// The columns that make the segments, and how they are prepared.
pub(super) struct Learnt {
    pub base: BaseChoice,
    pub normaliser: Normaliser,
    /// All customers prepared, where they are already.
    pub matrix: Option<Matrix>,
}

impl Learnt {
    /// Prepares all customers.
    pub(super) fn apply(self, table: &FeatureTable) -> Result<Ready, Failure> {
        let matrix = if let Some(matrix) = self.matrix {
            matrix
        } else {
            let rows: Vec<usize> = (0..table.n_customers()).collect();
            self.normaliser.apply(table, &rows)?
        };
        Ok(Ready { base: self.base, normaliser: self.normaliser, matrix })
    }
}

/// Chooses the base and learns how it is prepared.
pub(super) fn learnt(
    prepared: &Prepared,
    checked: &Checked,
    observer: &dyn Observer,
    findings: &mut Vec<Finding>,
) -> Result<Learnt, Failure> {
    let table = &prepared.built.table;
    let mut base = base::choose(table, &checked.config.features.cluster_on, &[])?;
    findings.extend(base.findings.iter().cloned());
    observer.event(Event::stage("normalise", base.reason.clone()));
    let rows: Vec<usize> = (0..table.n_customers()).collect();
    let (normaliser, noticed) = Normaliser::fit(
        table,
        &base.columns,
        &rows,
        &checked.normalise,
        Purpose::Distance,
        &checked.config.features.not_applicable,
    )?;
    findings.extend(noticed);
    let needed: BTreeSet<&str> = normaliser.needed().collect();
    base.keep(|at| needed.contains(table.columns()[at].name.as_str()));
    Ok(Learnt { base, normaliser, matrix: None })
}

/// What segments are to be found in, with the preparation that samples repeat.
pub(super) fn with_task<R>(
    prepared: &Prepared,
    checked: &Checked,
    ready: &Ready,
    value: Option<&[f64]>,
    work: impl FnOnce(&cluster::Task) -> R,
) -> R {
    let table = &prepared.built.table;
    let prepare = |fit: &[usize], held: &[usize]| {
        let (learnt, _) = Normaliser::fit(
            table,
            &ready.base.columns,
            fit,
            &checked.normalise,
            Purpose::Distance,
            &checked.config.features.not_applicable,
        )?;
        Ok((learnt.apply(table, fit)?, learnt.apply(table, held)?))
    };
    work(&cluster::Task {
        matrix: &ready.matrix,
        table,
        base: &ready.base.columns,
        describing: &ready.base.evidence,
        value,
        outcome: table.outcome().map(|outcome| outcome.values.as_slice()),
        prepare: &prepare,
    })
}
