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

/// Positions to be drawn in proportion to their mass, many times.
pub(crate) struct Lots(Vec<f64>);

impl Lots {
    pub(crate) fn new(mass: &[f64]) -> Self {
        let running = |sum: &mut f64, mass: &f64| {
            *sum += mass;
            Some(*sum)
        };
        Self(mass.iter().scan(0.0, running).collect())
    }

    /// The mass of all.
    pub(crate) fn total(&self) -> f64 {
        self.0.last().copied().unwrap_or(0.0)
    }

    /// A position; where rounding leaves a rest, the last.
    pub(crate) fn draw(&self, rng: &mut Stream) -> usize {
        let at = rng.r#gen::<f64>() * self.total();
        self.0.partition_point(|&sum| sum <= at).min(self.0.len().saturating_sub(1))
    }
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

    #[test]
    fn lots_are_drawn_as_often_as_their_mass_says_and_never_without_any() {
        let lots = Lots::new(&[0.0, 1.0, 0.0, 3.0, 0.0]);
        assert_eq!(lots.total(), 4.0);
        let mut rng = crate::seed::Seed::new(1).stream("lots", 0);
        let mut drawn = [0; 5];
        for _ in 0..4_000 {
            drawn[lots.draw(&mut rng)] += 1;
        }
        assert_eq!([drawn[0], drawn[2], drawn[4]], [0; 3]);
        assert!((900..1_100).contains(&drawn[1]), "{drawn:?}");
        assert_eq!(Lots::new(&[]).total(), 0.0);
    }
}
