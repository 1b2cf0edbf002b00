//! Empty cells: answers that were never given and fields that were never filled in.

use super::draw::Draw;
use super::{SynthColumn, SynthValues};
use crate::seed::Seed;

/// Empties each cell of the named columns with its own probability. Columns of one
/// group are empty together, like the items of a survey that somebody did not answer.
pub(super) fn punch(
    columns: &mut [SynthColumn],
    groups: &[(&[&str], f64)],
    seed: Seed,
    purpose: &str,
) {
    let n = columns.first().map_or(0, |column| column.values.len());
    // One draw per customer and group, whatever the other customers are.
    let mut empty = vec![Vec::with_capacity(n); groups.len()];
    for row in 0..n {
        let mut draw = Draw::new(seed, purpose, row);
        for (marks, &(_, share)) in empty.iter_mut().zip(groups) {
            marks.push(draw.chance(share));
        }
    }
    for (marks, (names, _)) in empty.iter().zip(groups) {
        for column in columns.iter_mut().filter(|column| names.contains(&column.name.as_str())) {
            clear(&mut column.values, marks);
        }
    }
}

fn clear(values: &mut SynthValues, marks: &[bool]) {
    match values {
        SynthValues::Text(_) => {}
        SynthValues::Whole(values) => clear_each(values, marks),
        SynthValues::Decimal(values, _) => clear_each(values, marks),
        SynthValues::Day(values) => clear_each(values, marks),
        SynthValues::Level(values, _) => clear_each(values, marks),
    }
}

fn clear_each<T>(values: &mut [Option<T>], marks: &[bool]) {
    for (value, &mark) in values.iter_mut().zip(marks) {
        if mark {
            *value = None;
        }
    }
}
