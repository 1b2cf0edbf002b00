//! `engine.json`: what was asked of the engine and what all customers come to.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::open::Table;
use super::totals::{Counted, Totals};
use crate::backend::fit::Refined;
use crate::config::Engine;
use crate::pipeline::model::Modelled;
use crate::results::SCHEMA;

/// `engine.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EngineFacts {
    /// The layout's version.
    pub schema: u32,
    /// The engine, such as `local`.
    pub engine: String,
    /// Its version.
    pub version: String,
    /// What it could not do or was refused.
    pub notes: Vec<String>,
    /// All customers.
    pub customers: u64,
    /// All order lines that the customers were summed up of; none where they were a table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<u64>,
    /// What tells when the table changes.
    pub fingerprint: String,
    /// The sampled customers: on these the roles of columns, their preparation, the number of
    /// segments, their stability, churn, value, profiles and figures were found.
    pub sampled: u64,
    /// The seed of the sample.
    pub seed: u64,
    /// Bits after the point with which prepared columns were summed.
    pub sum_bits: i32,
    /// The passes that moved the centres.
    pub passes: Vec<PassFacts>,
    /// The most passes that were allowed.
    pub most_passes: u64,
    /// Whether no centre moved any more.
    pub converged: bool,
    /// Customers in no segment, because something is missing that nothing stands in for.
    pub unplaced: u64,
    /// The segments over all customers.
    pub segments: Vec<SegmentFacts>,
    /// Where the segment of each customer was written.
    pub written: WrittenFacts,
}

/// Where the segment of each customer was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WrittenFacts {
    /// A folder of the run, or a folder or a table as the engine calls it.
    pub place: String,
    /// Customers that were counted there.
    pub rows: u64,
}

/// One pass over all customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PassFacts {
    /// Customers that were placed.
    pub customers: u64,
    /// The sum of squared distances to the centres before it, in prepared units.
    pub sse: f64,
    /// How far the centre went that went farthest, in prepared units.
    pub moved: f64,
}

/// A segment over all customers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SegmentFacts {
    /// Its id.
    pub segment_id: u32,
    /// Customers.
    pub customers: u64,
    /// Share of all customers that have a segment, 0..1.
    pub share: f64,
    /// The columns that make the segments, by name.
    pub columns: BTreeMap<String, ColumnFacts>,
}

/// A column in a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum ColumnFacts {
    /// A number, a flag or days.
    Mean {
        /// Customers with a value.
        known: u64,
        /// The mean of it in raw units; none where nobody has one.
        mean: Option<f64>,
    },
    /// A category.
    Levels {
        /// The share of each level among the customers with a value, 0..1.
        levels: BTreeMap<String, f64>,
    },
}

/// What is written.
pub(super) fn of(
    table: &Table,
    (engine, seed, n_sampled): (&Engine, u64, usize),
    refined: &Refined,
    totals: &Totals,
    modelled: &Modelled,
    written: WrittenFacts,
) -> EngineFacts {
    let info = table.backend.info();
    let passes = refined.passes.iter().map(|pass| PassFacts {
        customers: pass.n,
        sse: pass.sse,
        moved: pass.moved,
    });
    let segments = modelled.rows.iter().enumerate().map(|(at, row)| SegmentFacts {
        segment_id: row.segment_id,
        customers: row.customers,
        share: row.share,
        columns: totals.columns.iter().map(|(name, all)| (name.clone(), column(all, at))).collect(),
    });
    EngineFacts {
        schema: SCHEMA,
        engine: info.engine,
        version: info.version,
        notes: info.notes,
        lines: table.of.map(|lines| lines.read),
        customers: table.relation.rows,
        fingerprint: table.relation.fingerprint.clone(),
        sampled: n_sampled as u64,
        seed,
        sum_bits: refined.model.sums.bits,
        passes: passes.collect(),
        most_passes: engine.passes as u64,
        converged: refined.converged,
        unplaced: totals.unplaced,
        segments: segments.collect(),
        written,
    }
}

fn column(all: &Counted, at: usize) -> ColumnFacts {
    match all {
        Counted::Mean(means) => {
            let (known, mean) = means.get(at).copied().unwrap_or((0, None));
            ColumnFacts::Mean { known, mean }
        }
        Counted::Shares(levels, shares) => {
            let own = shares.get(at).into_iter().flatten();
            let levels = levels.iter().cloned().zip(own.copied()).collect();
            ColumnFacts::Levels { levels }
        }
    }
}
