//! Columns that know the outcome, or seem to.
//!
//! Three mechanisms, each with its own consequence:
//!
//! - proof: the column alone, which of its values are missing, or the ratio, difference or
//!   combination with one other column ranks the outcome with an AUC above .98; it is the
//!   share of the outcome counted on these customers; or it holds days after the cut-off
//!   on one side of the outcome only. No honest column does. It is taken out of churn and
//!   of the base.
//! - suspicion: its name means something known only afterwards, its AUC is above .90, it
//!   is filled (or empty) only for customers with the outcome, or it holds days after the
//!   cut-off. It is kept, and the model's figures without it stand beside those with it: a
//!   person decides. So is an id that runs in the order of the outcome; nothing uses it.
//! - too good: the model itself has an AUC above .98. Only a warning, since honest tables
//!   like that exist.
//!
//! No single threshold can do this: a phone call's duration has .81 and is useless before
//! the call, the value of pages seen has .86 and is honest.
//!
//! A number is ranked as it is, in either direction, and by bands of its values; a level by
//! the share of the outcome
//! among the customers of the other half (smoothed by ten customers at the base rate), so
//! that a hundred rare levels do not rank their own customers.
//!
//! # References
//!
//! Kaufman, Rosset, Perlich, Stitelman (2012), Leakage in data mining, ACM TKDD 6(4),
//! section 4.

mod known;
mod pairs;
mod shares;

use rayon::prelude::*;

use super::names::{is_time_since_order, known_afterwards};
use super::params::Checked;
use crate::finding::{Finding, Severity};
use crate::results::{Leak, Mechanism};
use crate::said::{Fact, Said, facts, said};
use crate::table::{Column, FeatureTable, Ids, Outcome, Values};
use known::Known;
use shares::is_share_of_outcome;

/// Above this a single column is proof.
const PROOF: f64 = 0.98;
/// Above this a single column is suspicious.
const SUSPICION: f64 = 0.90;
/// Above this the whole model is too good.
pub(super) const TOO_GOOD: f64 = 0.98;
/// What [`inspect`] found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LeakReport {
    /// One entry per column that knows the outcome, seems to, or that a person listed; in
    /// the order of the columns.
    pub leaks: Vec<Leak>,
    /// What the reader has to know.
    pub findings: Vec<Finding>,
}

impl LeakReport {
    /// The names of the columns that neither churn nor the segments may use.
    #[must_use]
    pub fn excluded(&self) -> Vec<String> {
        self.leaks
            .iter()
            .filter(|leak| matches!(leak.mechanism, Mechanism::Proof | Mechanism::Dropped))
            .map(|leak| leak.column.clone())
            .collect()
    }
}

/// Looks at every column of the table alone, then at pairs of those that seem honest.
/// `late` names the columns of days that hold days after the cut-off (as-of day). Without a
/// known outcome only `drop` counts.
#[must_use]
pub fn inspect(table: &FeatureTable, late: &[String], params: &Checked) -> LeakReport {
    let known = Known::of(table);
    let sources = Sources { known: known.as_ref(), outcome: table.outcome(), late, params };
    let mut seen: Vec<Option<Seen>> =
        table.columns().par_iter().map(|column| judge(column, &sources)).collect();
    if let Some(known) = &known {
        add_pairs(table.columns(), known, params, &mut seen);
    }
    let mut report = LeakReport::default();
    for (leak, finding) in seen.into_iter().flatten() {
        report.leaks.push(leak);
        report.findings.extend(finding);
    }
    if let Some((leak, finding)) = known.as_ref().and_then(|known| of_ids(table.ids(), known)) {
        report.leaks.push(leak);
        report.findings.push(finding);
    }
    report.findings.extend(unknown_names(table, params));
    report
}

/// What there is to judge a column by.
struct Sources<'a> {
    known: Option<&'a Known>,
    outcome: Option<&'a Outcome>,
    late: &'a [String],
    params: &'a Checked,
}

/// What a column was found to be, with what the reader has to know.
type Seen = (Leak, Option<Finding>);

/// What one column is; `None` for an honest one.
fn judge(column: &Column, sources: &Sources) -> Option<Seen> {
    let known = sources.known;
    let auc = known.map_or(0.5, |known| known.single_auc(&column.values));
    let missing_auc = known.map_or(0.5, |known| known.missing_auc(&column.values));
    let (mechanism, said) = if sources.params.params().drop.contains(&column.name) {
        (Mechanism::Dropped, said!("leak-listed"))
    } else {
        reason(column, sources, auc, missing_auc)?
    };
    let (column, why, said) = (column.name.clone(), String::new(), Some(said));
    let leak = Leak { column, mechanism, auc, missing_auc, auc_without: None, why, said };
    Some(told(leak, sources.params))
}

/// The leak in words and with its finding, or as accepted where a person vouches for the
/// column.
fn told(mut leak: Leak, params: &Checked) -> Seen {
    let name = leak.column.clone();
    let mut why = leak.said.take().unwrap_or_else(|| said!("leak-listed"));
    if leak.mechanism != Mechanism::Dropped && params.params().accept.contains(&name) {
        leak.mechanism = Mechanism::Accepted;
        why = said!("leak-vouched", why = why);
    }
    let facts = facts!(name = &name, why = why.clone());
    let finding = match leak.mechanism {
        Mechanism::Accepted | Mechanism::Dropped => None,
        Mechanism::Proof => Some(Finding::new("proven-leak", Severity::Serious, facts)),
        Mechanism::Suspicion => Some(Finding::new("suspected-leak", Severity::Warning, facts)),
    };
    leak.why = why.english();
    leak.said = Some(why);
    (leak, finding.map(|finding| finding.column(&name)))
}

/// An AUC with three decimals.
fn three(auc: f64) -> Fact {
    Fact::figure(format!("{auc:.3}"))
}

/// How the column knows the outcome, and why; `None` for an honest column.
fn reason(
    column: &Column,
    sources: &Sources,
    auc: f64,
    missing_auc: f64,
) -> Option<(Mechanism, Said)> {
    let known = sources.known?;
    let proof = |why: Said| Some((Mechanism::Proof, why));
    let suspicion = |why: Said| Some((Mechanism::Suspicion, why));
    if auc > PROOF && is_time_since_order(&column.name) {
        return proof(said!("leak-same-days", auc = three(auc)));
    }
    if auc > PROOF {
        return proof(said!("leak-alone", auc = three(auc)));
    }
    if missing_auc > PROOF {
        return proof(said!("leak-missing", auc = three(missing_auc)));
    }
    if sources.outcome.is_some_and(|outcome| is_share_of_outcome(column, outcome)) {
        return proof(said!("leak-share"));
    }
    let is_late = sources.late.contains(&column.name);
    if is_late && is_late_on_one_side(&column.values, known) {
        return proof(said!("leak-late-side"));
    }
    if known_afterwards(&column.name) {
        return suspicion(said!("leak-by-name", auc = three(auc)));
    }
    if auc > SUSPICION || missing_auc > SUSPICION {
        return suspicion(said!("leak-alone", auc = three(auc.max(missing_auc))));
    }
    if is_late {
        return suspicion(said!("leak-late"));
    }
    if known.filled_for_events_only(&column.values) {
        return suspicion(said!("leak-filled"));
    }
    None
}

/// Whether the days on or after the cut-off, which count as 0 days before it, are those of
/// customers with one outcome only.
fn is_late_on_one_side(values: &Values, known: &Known) -> bool {
    let Values::Number(days) = values else { return false };
    known.one_sided(|row| days[row] <= 0.0).is_some()
}

/// Adds what pairs of honest columns tell together.
fn add_pairs(columns: &[Column], known: &Known, params: &Checked, seen: &mut [Option<Seen>]) {
    let honest: Vec<usize> = (0..columns.len()).filter(|&place| seen[place].is_none()).collect();
    for pair in pairs::pairs(columns, &honest, known) {
        let [a, b] = pair.columns;
        for (this, other) in [(a, b), (b, a)] {
            let column = &columns[this];
            let leak = Leak {
                column: column.name.clone(),
                mechanism: Mechanism::Proof,
                auc: known.single_auc(&column.values),
                missing_auc: known.missing_auc(&column.values),
                auc_without: None,
                why: String::new(),
                said: Some(pair.why(&columns[other].name)),
            };
            seen[this] = Some(told(leak, params));
        }
    }
}

/// Ids that run in the order of the outcome. Nothing uses them, so they are never taken out.
fn of_ids(ids: &Ids, known: &Known) -> Option<(Leak, Finding)> {
    if ids.from_rows {
        return None;
    }
    let digits = |id: &str| -> Option<f64> {
        let digits: String = id.chars().filter(char::is_ascii_digit).collect();
        digits.parse().ok()
    };
    let scored =
        known.rows.iter().enumerate().map(|(p, &row)| Some((p, digits(&ids.values[row])?)));
    let auc = known.auc(&scored.collect::<Option<Vec<(usize, f64)>>>()?);
    let said = said!("leak-numbered", auc = three(auc));
    let told = facts!(name = &ids.name, why = said.clone());
    let finding = Finding::new("ordered-ids", Severity::Warning, told).column(&ids.name);
    let (column, mechanism, why) = (ids.name.clone(), Mechanism::Suspicion, said.english());
    let said = Some(said);
    let leak = Leak { column, mechanism, auc, missing_auc: 0.5, auc_without: None, why, said };
    (auc > SUSPICION).then_some((leak, finding))
}

/// Names in the lists that no column has.
fn unknown_names(table: &FeatureTable, params: &Checked) -> Vec<Finding> {
    let lists = [("accept", &params.params().accept), ("drop", &params.params().drop)];
    let mut findings = Vec::new();
    for (key, list) in lists {
        for name in list.iter().filter(|name| table.column(name).is_none()) {
            let told = facts!(key = key, name = name);
            let finding = Finding::new("unknown-column_used", Severity::Warning, told);
            findings.push(finding.column(name));
        }
    }
    findings
}
