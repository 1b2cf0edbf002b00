//! Rows and sums by group.

use std::collections::BTreeMap;

use super::pass::Pass;
use crate::backend::{BackendError, Group, Grouping, Groups, Summed};
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
    fn read(&mut self, pass: &Pass, chunk: &Chunk, summed: &[Summed]) -> Result<(), BackendError> {
        let n_values = summed.len();
        let points: Vec<f64> = summed.iter().map(|one| libm::ldexp(1.0, one.fixed.bits)).collect();
        pass.blocks(chunk, &mut |rows, values| {
            let [group, values @ ..] = values else {
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
            let mut beyond = vec![false; rows.len()];
            for (at, values) in values.iter().enumerate() {
                let own = sums.iter_mut().skip(at).step_by(n_values.max(1));
                let mut own: Vec<&mut i64> = own.collect();
                let (largest, point) = (summed[at].fixed.largest, points[at]);
                let mut add = |row: usize, x: f64| {
                    beyond[row] |= x < -largest || x > largest;
                    let sum = &mut *own[of_row[row] as usize];
                    let (added, over) = sum.overflowing_add(floor(x * point + 0.5));
                    self.overflow |= over;
                    *sum = added;
                };
                match values {
                    Values::Many(all) => all.iter().enumerate().for_each(|(row, &x)| add(row, x)),
                    Values::One(x) => (0..rows.len()).for_each(|row| add(row, *x)),
                    _ => return Err(BackendError::Internal { what: "the values of a pass" }),
                }
            }
            self.beyond += beyond.iter().filter(|&&beyond| beyond).count() as i64;
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

/// The largest whole number that is not above it: what the fixed point of an expression is.
/// What is missing counts as nothing, and what does not fit in 64 bits is held at their end; it
/// lies beyond every bound.
#[inline]
fn floor(x: f64) -> i64 {
    // Without a call: from 2^53 on every number is whole already.
    let toward_zero = x as i64;
    toward_zero - i64::from(toward_zero as f64 > x && toward_zero > i64::MIN)
}

/// Counts rows and sums up values by group.
pub(super) fn sums(pass: &Pass, grouping: &Grouping) -> Result<Groups, BackendError> {
    let (mut all, most) = (Sums::default(), grouping.most);
    let too_many = BackendError::TooManyGroups { most };
    let of = |at: usize| {
        let mut own = Sums::default();
        own.read(pass, &pass.piece(at, &[])?, &grouping.values)?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_those_of_the_fixed_point() {
        for x in [0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.999, -2.001, 4503599627370497.5, -1e18, 9e18] {
            assert_eq!(floor(x), f64::floor(x) as i64, "{x}");
        }
        assert_eq!(floor(f64::NAN), 0);
        assert_eq!((floor(f64::NEG_INFINITY), floor(1e300)), (i64::MIN, i64::MAX));
    }
}
