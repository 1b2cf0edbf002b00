//! Rows and sums by group.

use std::collections::BTreeMap;

use super::pass::Pass;
use crate::backend::{BackendError, Group, Grouping, Groups};
use crate::expression::{Chunk, Values};

/// The sums of some rows.
#[derive(Default)]
struct Sums {
    groups: BTreeMap<Option<i64>, (u64, Vec<i64>)>,
    beyond: i64,
    overflow: bool,
}

impl Sums {
    /// Adds the rows of a piece.
    fn read(&mut self, pass: &Pass, chunk: &Chunk, n_values: usize) -> Result<(), BackendError> {
        pass.blocks(chunk, &mut |rows, values| {
            let [group, beyond, whole @ ..] = values else {
                return Err(BackendError::Internal { what: "the values of a pass" });
            };
            // Rows of one group are added up before the group is looked for.
            let mut places: BTreeMap<Option<i64>, u32> = BTreeMap::new();
            let mut of_row = Vec::with_capacity(rows.len());
            for row in 0..rows.len() {
                let next = places.len() as u32;
                of_row.push(*places.entry(group.number(row).map(|key| key as i64)).or_insert(next));
            }
            let mut counts = vec![0_u64; places.len()];
            let mut sums = vec![0_i64; places.len() * n_values];
            for &place in &of_row {
                counts[place as usize] += 1;
            }
            self.beyond +=
                (0..rows.len()).filter(|&row| beyond.number(row) == Some(1.0)).count() as i64;
            for (at, values) in whole.iter().enumerate() {
                for (row, &place) in of_row.iter().enumerate() {
                    if let Some(value) = whole_number(values, row) {
                        let sum = &mut sums[place as usize * n_values + at];
                        self.overflow |= sum.checked_add(value).is_none();
                        *sum = sum.wrapping_add(value);
                    }
                }
            }
            for (key, place) in places {
                let own = place as usize * n_values;
                self.add(key, counts[place as usize], &sums[own..own + n_values]);
            }
            Ok(())
        })
    }

    fn add(&mut self, key: Option<i64>, rows: u64, sums: &[i64]) {
        let group = self.groups.entry(key).or_insert_with(|| (0, vec![0; sums.len()]));
        group.0 += rows;
        for (sum, more) in group.1.iter_mut().zip(sums) {
            self.overflow |= sum.checked_add(*more).is_none();
            *sum = sum.wrapping_add(*more);
        }
    }
}

/// A value that is a whole number already; one beyond 64 bits is held at their end.
#[inline]
fn whole_number(values: &Values, row: usize) -> Option<i64> {
    values.number(row).map(|value| value as i64)
}

/// Counts rows and sums up values by group.
pub(super) fn sums(pass: &Pass, grouping: &Grouping) -> Result<Groups, BackendError> {
    let n_values = grouping.values.len();
    let (mut all, most) = (Sums::default(), grouping.most);
    let too_many = BackendError::TooManyGroups { most };
    let of = |at: usize| {
        let mut own = Sums::default();
        own.read(pass, &pass.piece(at, &[])?, n_values)?;
        Ok(own)
    };
    pass.each(&of, &mut |own| {
        for (key, (rows, sums)) in own.groups {
            all.add(key, rows, &sums);
        }
        all.beyond += own.beyond;
        all.overflow |= own.overflow;
        if all.groups.len() > most { Err(too_many.clone()) } else { Ok(()) }
    })?;
    if all.beyond > 0 {
        return Err(BackendError::Beyond { rows: all.beyond });
    }
    if all.overflow {
        return Err(BackendError::Overflow);
    }
    let groups = all.groups.into_iter();
    Ok(Groups(groups.map(|(key, (rows, sums))| Group { key, rows, sums }).collect()))
}
