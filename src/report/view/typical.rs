//! The typical customer of a segment in words.

use serde::Serialize;

use crate::format;
use crate::profile::reason::spoken;
use crate::profile::wording::{humanise, named};
use crate::results::{SegmentRow, TypicalValue};
use crate::said;
use crate::words::say;

/// A typical customer and whose ranges these are.
#[derive(Debug, Serialize)]
pub(super) struct TypicalView {
    text: String,
    note: String,
}

impl TypicalView {
    /// Of a segment; `None` where the run told none.
    pub(super) fn of(row: &SegmentRow) -> Option<Self> {
        let typical = row.typical.as_ref()?;
        Some(Self { text: text(row)?, note: say!("typical-note", n = typical.customers) })
    }
}

/// `Internet service Fiber optic, tenure 3 to 11 months, no partner.`
pub(in crate::report) fn text(row: &SegmentRow) -> Option<String> {
    let mut values: Vec<String> = Vec::new();
    for value in &row.typical.as_ref()?.values {
        // `online security: No internet service` says what `no internet service` has said.
        let is_told =
            |level: &String| values.iter().any(|told| told.to_lowercase() == level.to_lowercase());
        if !value.level.as_ref().is_some_and(is_told) {
            values.push(told(value));
        }
    }
    Some(format::sentence(&values.join(&say!("list-comma")), None))
}

/// A value with its column.
fn told(value: &TypicalValue) -> String {
    let words = |human: &str| said::phrase(&format::clean(human, 80));
    if let Some(level) = &value.level {
        return spoken::level(&words(&humanise(&value.column)), &format::clean(level, 80));
    }
    let Some(range) = value.range else { return words(&humanise(&value.column)) };
    let [from, to] = format::ends(range);
    let range = if from == to { from } else { say!("typical-range", low = from, high = to) };
    // The unit is stored where the name does not say it.
    let name = named(&value.column, value.unit.as_deref()).0;
    format!("{} {}", words(&name), spoken::measured(range, value.unit.as_deref()))
}
