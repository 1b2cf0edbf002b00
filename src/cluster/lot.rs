//! Drawing by lot, in proportion to a mass.

use rand::Rng;

use crate::seed::Stream;

/// A position drawn in proportion to its mass; where there is no mass, the first.
pub(crate) fn in_proportion(mass: &[f64], rng: &mut Stream) -> usize {
    let total: f64 = mass.iter().sum();
    pick(mass.iter().copied(), rng.r#gen::<f64>() * total).0
}

/// Where a running sum first exceeds `left`, and what is left there; the last entry with
/// any mass where rounding leaves a rest.
pub(crate) fn pick(mass: impl Iterator<Item = f64>, mut left: f64) -> (usize, f64) {
    let mut last = (0, 0.0);
    for (at, mass) in mass.enumerate() {
        if mass > 0.0 {
            if left < mass {
                return (at, left);
            }
            last = (at, mass);
            left -= mass;
        }
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_picked_where_the_running_sum_exceeds_the_draw() {
        let mass = || [0.0, 2.0, 0.0, 3.0].into_iter();
        assert_eq!(pick(mass(), 0.0), (1, 0.0));
        assert_eq!(pick(mass(), 1.5), (1, 1.5));
        assert_eq!(pick(mass(), 2.0), (3, 0.0));
        assert_eq!(pick(mass(), 5.0), (3, 3.0));
        assert_eq!(pick([0.0; 3].into_iter(), 0.0), (0, 0.0));
    }
}
