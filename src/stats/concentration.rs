//! How much of a sum the largest parts have, told in steps that give no single part away.

/// A part with more than this share of a sum makes it: whoever knows the sum knows the part
/// (Hundepool et al., 2012, Statistical Disclosure Control, section 4.2.2).
pub(crate) const DOMINANT: f64 = 0.85;

/// The most steps of a curve.
const STEPS: usize = 100;

/// The curve of concentration of `n` parts, largest first: the share of the parts (0..1) and
/// the share of their sum that these have, from (0, 0) to (1, 1), at whole percents. Each
/// step holds at least `least` parts and no point is made by one of them; empty where that
/// leaves nothing.
///
/// `share_of_first` gives the share of the sum that the first so many parts have; it is asked
/// for ascending numbers. `largest` is the share of the largest part.
pub(crate) fn concentration(
    n: usize,
    least: usize,
    largest: f64,
    mut share_of_first: impl FnMut(usize) -> f64,
) -> Vec<(f64, f64)> {
    let enough = |&step: &usize| STEPS.is_multiple_of(step) && n * step / STEPS >= least.max(1);
    let Some(step) = (1..=STEPS).find(enough) else { return Vec::new() };
    let mut points = vec![(0.0, 0.0)];
    for at in (step..=STEPS).step_by(step) {
        let share = share_of_first(n * at / STEPS);
        if at == STEPS || largest <= DOMINANT * share {
            points.push((super::number(at) / super::number(STEPS), share));
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_hold_enough_and_none_is_made_by_one() {
        let even = |n: usize| move |first: usize| first as f64 / n as f64;
        // 85 parts: a fifth of them are 17, a tenth are 8.
        let shares: Vec<f64> = concentration(85, 10, 0.02, even(85)).iter().map(|p| p.0).collect();
        assert_eq!(shares, [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
        assert_eq!(concentration(1_000, 10, 0.001, even(1_000)).len(), 101);
        assert!(concentration(9, 10, 0.2, even(9)).is_empty());
        assert!(concentration(0, 0, 0.0, even(1)).is_empty());
        // One part is 60 %: points below 60 / 85 of the sum are its own.
        let with_one = |first: usize| 0.6 + 0.4 * (first as f64 - 1.0) / 99.0;
        let points = concentration(100, 1, 0.6, with_one);
        assert_eq!(points[0], (0.0, 0.0));
        assert!(points[1].0 > 0.25 && points[1].1 >= 0.6 / DOMINANT);
        assert_eq!(*points.last().unwrap(), (1.0, 1.0));
    }
}
