//! What was read: every table with what is known of it, and the rows it lost on the way.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::joins::JoinCounts;
use crate::features::roles::ColumnPlan;
use crate::features::transactions::OrderPlan;
use crate::load::{Accounting, FileFacts, Kind, Reject, SeenColumn, Source};

/// One table that was read.
#[derive(Debug, Clone)]
pub struct TableRead {
    /// What the config calls it: `customers`, `transactions`, or the name of a further
    /// table.
    pub name: String,
    /// What it was used as, such as `customers` or `events`.
    pub part: String,
    /// Its files.
    pub files: Vec<FileFacts>,
    /// Where every row went.
    pub accounting: Accounting,
    /// Rows that could not be read.
    pub rejects: Vec<Reject>,
    /// Every column.
    pub columns: Vec<ColumnLedger>,
    /// What was done to the values.
    pub repairs: Vec<RepairLedger>,
    /// How it joined to the customers.
    pub join: Option<JoinCounts>,
}

/// One column of a table, or a feature made from one.
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
    /// Texts that may mean missing and were not read so.
    pub proposed_missing: Vec<MissingCode>,
    /// Different values.
    pub distinct: u64,
    /// Decimals as written.
    pub decimals: u8,
}

/// A text that was, or may be, read as missing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MissingCode {
    /// The text.
    pub code: String,
    /// In how many cells.
    pub count: u64,
}

/// What was done to the values of a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RepairLedger {
    /// The column.
    pub column: String,
    /// What was done.
    pub what: String,
    /// In how many rows.
    pub rows: u64,
}

impl TableRead {
    /// A table whose columns have no role yet.
    pub(super) fn new(name: &str, part: &str, source: &Source) -> Self {
        let repairs = source.repairs().iter().map(|repair| RepairLedger {
            column: repair.column.clone(),
            what: repair.what.clone(),
            rows: repair.rows,
        });
        Self {
            name: name.to_owned(),
            part: part.to_owned(),
            files: source.files().to_vec(),
            accounting: source.accounting(),
            rejects: source.rejects().to_vec(),
            columns: source.columns().iter().map(|seen| ledger(seen, "not used", "")).collect(),
            repairs: repairs.collect(),
            join: None,
        }
    }

    /// Gives the columns the roles of a plan.
    pub(super) fn planned(mut self, plans: &[ColumnPlan]) -> Self {
        for column in &mut self.columns {
            let Some(plan) = plans.iter().find(|plan| plan.name == column.name) else { continue };
            plan.role.name().clone_into(&mut column.role);
            column.used = plan.used;
            column.why.clone_from(&plan.why);
            column.family = family_of(plan);
        }
        self
    }

    /// Gives the columns of purchase lines their parts.
    pub(super) fn parts(mut self, plan: &OrderPlan) -> Self {
        for column in &mut self.columns {
            let mut parts = plan.parts.iter().filter(|part| part.column == column.name).peekable();
            if parts.peek().is_none() {
                continue;
            }
            let (names, whys): (Vec<&str>, Vec<&str>) =
                parts.map(|part| (part.part.name(), part.why.as_str())).unzip();
            column.role = names.join(", ");
            column.why = whys.join(", ");
            column.used = true;
        }
        self
    }

    /// Gives columns of purchase lines that describe the customers what they are.
    pub(super) fn describe(&mut self, plans: &[ColumnPlan]) {
        for column in &mut self.columns {
            let Some(plan) = plans.iter().find(|plan| plan.name == column.name) else { continue };
            plan.role.name().clone_into(&mut column.role);
            column.used = plan.used;
            column.why.clone_from(&plan.why);
            column.family = family_of(plan);
        }
    }

    /// How the table is called in messages: its files.
    #[must_use]
    pub fn shown(&self) -> String {
        let names: Vec<&str> = self.files.iter().map(|file| file.shown_as.as_str()).collect();
        names.join(", ")
    }

    /// How its files are written; once where they agree.
    #[must_use]
    pub fn dialect(&self) -> String {
        let mut dialects: Vec<String> =
            self.files
                .iter()
                .map(|file| {
                    if file.dialect.is_empty() { file.format.clone() } else { file.dialect.clone() }
                })
                .collect();
        dialects.dedup();
        dialects.join("; ")
    }

    /// The names of its files without their folders.
    #[must_use]
    pub fn file_names(&self) -> Vec<String> {
        let name = |file: &FileFacts| {
            let name = std::path::Path::new(&file.shown_as).file_name();
            name.map_or_else(|| file.shown_as.clone(), |name| name.to_string_lossy().into_owned())
        };
        self.files.iter().map(name).collect()
    }
}

/// The family of a used column; empty for others.
pub(super) fn family_of(plan: &ColumnPlan) -> String {
    plan.family.filter(|_| plan.used).map_or(String::new(), |family| family.name().to_owned())
}

/// What is known of one column of a file.
fn ledger(seen: &SeenColumn, role: &str, why: &str) -> ColumnLedger {
    let codes = |codes: &[(String, usize)]| {
        codes
            .iter()
            .map(|(code, count)| MissingCode { code: code.clone(), count: *count as u64 })
            .collect()
    };
    ColumnLedger {
        name: seen.name.clone(),
        kind: kind(&seen.kind).to_owned(),
        role: role.to_owned(),
        family: String::new(),
        used: false,
        why: why.to_owned(),
        present: seen.n_present as u64,
        missing: seen.n_missing as u64,
        missing_codes: codes(&seen.missing_codes),
        proposed_missing: codes(&seen.proposed_missing),
        distinct: seen.n_distinct as u64,
        decimals: seen.decimals,
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
