//! One short sentence per customer: why in this segment. Every claim is about the
//! customer's own row, so it is true of that customer, and the sentence of a stored
//! model is the same, bit for bit, as that of the run.
//!
//! The sentences hold the customer's own values and belong into internal files only.

mod claim;
mod learn;
pub(crate) mod spoken;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::cluster::Assignment;
use crate::fault::{Class, Fault};
use crate::results::SegmentRow;
use crate::table::{FeatureTable, Values};
use crate::words::{Language, within};

use super::measure::Measured;
use super::wording::{capitalise, own_number, spelled, spelled_with_unit};
use claim::{Base, Claim, GRID, ReasonColumn, Says, Told, level_of};
use learn::{learn_column, learn_says};

/// Columns kept per segment.
const COLUMNS: usize = 8;
/// Claims of one sentence.
const CLAIMS: usize = 3;
/// Below this margin the next segment is named.
const CLOSE: f64 = 0.1;

/// What it takes to write a customer's sentence: pure data, stored in the model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasons {
    columns: Vec<ReasonColumn>,
    /// Per segment, what its columns say, strongest first.
    segments: Vec<Vec<Says>>,
    /// The id of each segment; empty: 1, 2, ..
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    ids: Vec<u32>,
    /// The language of the sentences.
    #[serde(default, skip_serializing_if = "is_english")]
    language: Language,
}

/// What is left out of a stored model.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_english(language: &Language) -> bool {
    *language == Language::En
}

/// Why stored reasons cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReasonError {
    /// One entry per segment is needed.
    #[error("reasons for {found} segments but the model has {expected}")]
    Segments {
        /// How many there are.
        found: usize,
        /// How many are needed.
        expected: usize,
    },
    /// A segment points at a column that is not there.
    #[error("a reason points at column {column} of {n_columns}")]
    Index {
        /// The position.
        column: usize,
        /// How many columns there are.
        n_columns: usize,
    },
    /// A number is not finite, out of range or out of order.
    #[error("the figures of column {column} are not usable")]
    Figures {
        /// The column's position.
        column: usize,
    },
}

impl Fault for ReasonError {
    fn code(&self) -> &'static str {
        match self {
            Self::Segments { .. } => "E-MDL-040",
            Self::Index { .. } => "E-MDL-041",
            Self::Figures { .. } => "E-MDL-042",
        }
    }

    fn class(&self) -> Class {
        Class::Model
    }
}

impl Reasons {
    /// Learns from the columns that made the segments: they alone are why a customer is
    /// in one. `rows` tells how many segments there are.
    #[must_use]
    pub fn learn(
        table: &FeatureTable,
        base: &[usize],
        measured: &Measured,
        rows: &[SegmentRow],
    ) -> Self {
        let n_segments = rows.iter().filter(|row| row.segment_id > 0).count();
        let features = measured.features(table, base);
        let columns: Vec<ReasonColumn> =
            base.par_iter().map(|&at| learn_column(&table.columns()[at], at, &features)).collect();
        let segments = (0..n_segments)
            .map(|segment| {
                let mut says: Vec<(f64, Says)> = base
                    .iter()
                    .enumerate()
                    .filter_map(|(column, &at)| learn_says(column, at, &features, segment))
                    .collect();
                says.sort_by(|a, b| b.0.total_cmp(&a.0));
                says.into_iter().take(COLUMNS).map(|(_, says)| says).collect()
            })
            .collect();
        let ids: Vec<u32> = rows.iter().map(|row| row.segment_id).filter(|&id| id > 0).collect();
        let is_counted = ids.iter().copied().eq(1..=ids.len() as u32);
        let ids = if is_counted { Vec::new() } else { ids };
        Self { columns, segments, ids, language: Language::En }
    }

    /// The same with sentences in a language; names and levels stay as they are spelt.
    #[must_use]
    pub fn in_language(self, language: Language) -> Self {
        Self { language, ..self }
    }

    /// The id of the segment at a position.
    fn id(&self, position: u32) -> u32 {
        self.ids.get(position as usize).copied().unwrap_or(position + 1)
    }

    /// What writes the sentences of a table's customers; its columns are found by name.
    #[must_use]
    pub fn writer<'a>(&'a self, table: &'a FeatureTable) -> Writer<'a> {
        let says = |at: usize| self.segments.iter().flatten().filter(move |s| s.column() == at);
        let columns = self.columns.iter().enumerate();
        let told = |(at, known)| Told::new(known, says(at), table);
        let columns = within(self.language, || columns.map(told).collect());
        Writer { reasons: self, table, columns }
    }

    /// Checks what was read from a file.
    ///
    /// # Errors
    ///
    /// Another number of segments, a column that is not there, a figure that is not
    /// finite, out of range or out of order.
    pub fn validate(&self, n_segments: usize) -> Result<(), ReasonError> {
        if self.segments.len() != n_segments {
            return Err(ReasonError::Segments { found: self.segments.len(), expected: n_segments });
        }
        let share = |value: &f64| (0.0..=1.0).contains(value);
        for (column, known) in self.columns.iter().enumerate() {
            let usable = match &known.base {
                Base::Number { grid, .. } => {
                    (grid.is_empty() || grid.len() == GRID)
                        && grid.iter().all(|value| value.is_finite())
                        && grid.is_sorted()
                }
                Base::Levels { shares } => shares.values().all(share),
            };
            if !usable {
                return Err(ReasonError::Figures { column });
            }
        }
        for says in self.segments.iter().flatten() {
            let column = says.column();
            let Some(known) = self.columns.get(column) else {
                return Err(ReasonError::Index { column, n_columns: self.columns.len() });
            };
            let usable = match (says, &known.base) {
                (Says::Number { effect, .. }, Base::Number { .. }) => (-1.0..=1.0).contains(effect),
                (Says::Levels { gains, .. }, Base::Levels { .. }) => gains.values().all(share),
                _ => false,
            };
            if !usable {
                return Err(ReasonError::Figures { column });
            }
        }
        Ok(())
    }

    fn all_columns(&self) -> Vec<usize> {
        (0..self.columns.len()).collect()
    }

    /// `: tenure 28, monthly charges 64.5`: the customer's own values, nothing else.
    fn own_values(&self, table: &FeatureTable, row: usize, columns: &[usize]) -> String {
        let parts: Vec<String> = columns
            .iter()
            .filter_map(|&at| self.columns.get(at))
            .filter_map(|known| {
                let (_, column) = table.column(&known.name)?;
                match (&column.values, &known.base) {
                    (Values::Number(values), Base::Number { decimals, unit, date, .. }) => {
                        let value = values[row];
                        let unit = if *date { Some("days ago") } else { unit.as_deref() };
                        let (name, unit) = spelled_with_unit(&known.name, unit);
                        let shown = || spoken::with_unit(&own_number(value, *decimals), unit);
                        (!value.is_nan()).then(|| format!("{name} {}", shown()))
                    }
                    (values, _) => level_of(values, row)
                        .map(|level| spoken::level(&spelled(&known.name), level)),
                }
            })
            .take(CLAIMS)
            .collect();
        if parts.is_empty() { String::new() } else { spoken::colon(&spoken::list(&parts)) }
    }
}

/// Writes the sentences of the customers of one table.
#[derive(Debug)]
pub struct Writer<'a> {
    reasons: &'a Reasons,
    table: &'a FeatureTable,
    columns: Vec<Option<Told<'a>>>,
}

impl Writer<'_> {
    /// The sentence for customer `row`. `fits` tells whether the customer is as near to the
    /// centre as most.
    #[must_use]
    pub fn sentence(&self, row: usize, assignment: &Assignment, fits: bool) -> String {
        within(self.reasons.language, || self.told(row, assignment, fits))
    }

    /// The sentence in the language of the thread.
    fn told(&self, row: usize, assignment: &Assignment, fits: bool) -> String {
        let (reasons, table) = (self.reasons, self.table);
        let Some(segment) = assignment.segment else {
            let own = reasons.own_values(table, row, &reasons.all_columns());
            return ended(spoken::nowhere(&own), &[]);
        };
        let says = reasons.segments.get(segment as usize).map_or(&[][..], Vec::as_slice);
        let texts = self.claims(row, says);
        let main = if texts.is_empty() {
            let columns: Vec<usize> = says.iter().map(Says::column).collect();
            spoken::plain(&reasons.own_values(table, row, &columns))
        } else {
            capitalise(&spoken::list(&texts))
        };
        let mut notes = Vec::new();
        if let (Some(margin), Some(second)) = (assignment.margin, assignment.second)
            && margin < CLOSE
        {
            notes.push(spoken::close(reasons.id(second)));
        }
        if !fits {
            notes.push(spoken::unusual());
        }
        ended(main, &notes)
    }

    /// The strongest claims that this customer's own values bear out, at most three;
    /// where a number is among the rest it takes the third place, because levels alone
    /// are the same for many.
    fn claims(&self, row: usize, says: &[Says]) -> Vec<String> {
        let mut found: Vec<(f64, Claim)> = says
            .iter()
            .filter_map(|says| Claim::find(self.columns.get(says.column())?.as_ref()?, says, row))
            .collect();
        found.sort_by(|a, b| b.0.total_cmp(&a.0));
        if found.len() > CLAIMS && !found[..CLAIMS].iter().any(|(_, claim)| claim.is_number()) {
            let number = found.iter().position(|(_, claim)| claim.is_number());
            if let Some(number) = number {
                found.swap(CLAIMS - 1, number);
            }
        }
        found.into_iter().filter_map(|(_, claim)| claim.text()).take(CLAIMS).collect()
    }
}

/// The sentence with its notes and its stop.
fn ended(mut main: String, notes: &[String]) -> String {
    let (apart, comma, stop) = spoken::marks();
    for (at, note) in notes.iter().enumerate() {
        main.push_str(if at == 0 { apart } else { comma });
        main.push_str(note);
    }
    main.push_str(stop);
    main
}

#[cfg(test)]
mod tests;
