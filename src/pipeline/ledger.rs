//! The data ledger: `quality.json`. Every table with its columns, every repair, and where
//! every row went.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::joins::JoinCounts;
use super::prepare::Prepared;
use super::tables::{ColumnLedger, RepairLedger, TableRead, family_of};
use crate::finding::Finding;
use crate::orders::LineCounts;
use crate::results::SCHEMA;

/// `quality.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// The layout's version.
    pub schema: u32,
    /// The input of the main table, named as in the config.
    pub file: String,
    /// What it is, such as `a comma between the columns, a header`.
    pub dialect: String,
    /// Disjoint accounting of the main table: `used + rejected + excluded = rows`.
    pub accounting: RowAccounting,
    /// Every column of the main table, in its order.
    pub columns: Vec<ColumnLedger>,
    /// What was done to the values of the main table.
    pub repairs: Vec<RepairLedger>,
    /// Where every purchase line went, with its money; overlapping and disjoint counts.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub orders: Option<LineCounts>,
    /// The features that were made from purchases and joined tables.
    pub features: Vec<ColumnLedger>,
    /// The other tables.
    pub tables: Vec<TableLedger>,
    /// Everything noticed about the data.
    pub findings: Vec<Finding>,
}

/// A table beside the main one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableLedger {
    /// What the config calls it.
    pub name: String,
    /// What it was used as.
    pub part: String,
    /// Its files, named as in the config.
    pub file: String,
    /// What they are.
    pub dialect: String,
    /// Disjoint accounting of its rows.
    pub accounting: RowAccounting,
    /// How it joined.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub join: Option<JoinCounts>,
    /// Every column, in its order.
    pub columns: Vec<ColumnLedger>,
    /// What was done to its values.
    pub repairs: Vec<RepairLedger>,
}

/// Disjoint accounting of the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowAccounting {
    /// Data rows in the file.
    pub rows: u64,
    /// Rows used.
    pub used: u64,
    /// Rows rejected as bad.
    pub rejected: u64,
    /// Rows excluded by rule.
    pub excluded: u64,
}

impl RowAccounting {
    fn of(table: &TableRead) -> Self {
        let rows = table.accounting;
        Self { rows: rows.rows, used: rows.used, rejected: rows.rejected, excluded: rows.excluded }
    }
}

impl Ledger {
    /// The ledger of what was loaded, with the findings of the whole run.
    #[must_use]
    pub fn of(prepared: &Prepared, findings: &[Finding]) -> Self {
        let (main, others) = (&prepared.main, &prepared.others);
        Self {
            schema: SCHEMA,
            file: main.shown(),
            dialect: main.dialect(),
            accounting: RowAccounting::of(main),
            columns: main.columns.clone(),
            repairs: main.repairs.clone(),
            orders: prepared.orders.as_ref().map(|orders| orders.counts.clone()),
            features: features(prepared),
            tables: others.iter().map(table).collect(),
            findings: findings.to_vec(),
        }
    }
}

fn table(read: &TableRead) -> TableLedger {
    TableLedger {
        name: read.name.clone(),
        part: read.part.clone(),
        file: read.shown(),
        dialect: read.dialect(),
        accounting: RowAccounting::of(read),
        join: read.join,
        columns: read.columns.clone(),
        repairs: read.repairs.clone(),
    }
}

/// The features that are no column of the main table.
fn features(prepared: &Prepared) -> Vec<ColumnLedger> {
    let own: BTreeSet<&str> =
        prepared.main.columns.iter().map(|column| column.name.as_str()).collect();
    let n = prepared.built.table.n_customers() as u64;
    prepared
        .plan
        .columns
        .iter()
        .filter(|plan| !own.contains(plan.name.as_str()))
        .map(|plan| ColumnLedger {
            name: plan.name.clone(),
            kind: "made".to_owned(),
            role: plan.role.name().to_owned(),
            family: family_of(plan),
            used: plan.used,
            why: plan.why.clone(),
            present: n.saturating_sub(plan.n_missing as u64),
            missing: plan.n_missing as u64,
            missing_codes: Vec::new(),
            proposed_missing: Vec::new(),
            distinct: 0,
            decimals: plan.decimals,
        })
        .collect()
}
