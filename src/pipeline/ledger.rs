//! The data ledger: `quality.json`. Every column with its type and role and why, every
//! repair, and the row accounting.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::prepare::Prepared;
use crate::finding::Finding;
use crate::load::Kind;
use crate::results::SCHEMA;

/// `quality.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// The layout's version.
    pub schema: u32,
    /// The input file, named as in the config.
    pub file: String,
    /// What it is, such as `CSV, comma, header, LF`.
    pub dialect: String,
    /// Disjoint accounting: `used + rejected + excluded = rows`.
    pub accounting: RowAccounting,
    /// Every column, in the order of the input.
    pub columns: Vec<ColumnLedger>,
    /// Everything noticed about the data.
    pub findings: Vec<Finding>,
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

/// One column of the input.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ColumnLedger {
    /// The name.
    pub name: String,
    /// What its values are: `integer`, `decimal`, `day`, `text` or `empty`.
    pub kind: String,
    /// What it is used as.
    pub role: String,
    /// The kind of segmentation it speaks for; empty where it is not used.
    pub family: String,
    /// Whether the run uses it.
    pub used: bool,
    /// Why, in words.
    pub why: String,
    /// Cells with a value.
    pub present: u64,
    /// Cells without.
    pub missing: u64,
    /// Texts that were read as missing, with their counts.
    pub missing_codes: Vec<MissingCode>,
    /// Different values.
    pub distinct: u64,
    /// Decimals as written.
    pub decimals: u8,
}

/// A text that was read as missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingCode {
    /// The text.
    pub code: String,
    /// In how many cells.
    pub count: u64,
}

impl Ledger {
    /// The ledger of what was loaded, with the findings of the whole run.
    #[must_use]
    pub fn of(prepared: &Prepared, findings: &[Finding]) -> Self {
        let source = &prepared.source;
        let rows = prepared.accounting;
        let columns = prepared
            .plan
            .columns
            .iter()
            .filter_map(|plan| {
                let seen = source.columns().iter().find(|seen| seen.name == plan.name)?;
                Some(ColumnLedger {
                    name: plan.name.clone(),
                    kind: kind(&seen.kind).to_owned(),
                    role: plan.role.name().to_owned(),
                    family: plan
                        .family
                        .filter(|_| plan.used)
                        .map_or(String::new(), |family| family.name().to_owned()),
                    used: plan.used,
                    why: plan.why.clone(),
                    present: seen.n_present as u64,
                    missing: seen.n_missing as u64,
                    missing_codes: seen
                        .missing_codes
                        .iter()
                        .map(|(code, count)| MissingCode {
                            code: code.clone(),
                            count: *count as u64,
                        })
                        .collect(),
                    distinct: seen.n_distinct as u64,
                    decimals: seen.decimals,
                })
            })
            .collect();
        Self {
            schema: SCHEMA,
            file: source.facts().shown_as.clone(),
            dialect: source.facts().dialect.clone(),
            accounting: RowAccounting {
                rows: rows.rows,
                used: rows.used,
                rejected: rows.rejected,
                excluded: rows.excluded,
            },
            columns,
            findings: findings.to_vec(),
        }
    }
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::Empty => "empty",
        Kind::Integer => "integer",
        Kind::Decimal => "decimal",
        Kind::Day { .. } => "day",
        Kind::Text => "text",
    }
}
