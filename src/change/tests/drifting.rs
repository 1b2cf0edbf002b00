//! Drift: nothing where there is none, and age is no drift.

use rand::Rng;

use crate::change::drift::{Sample, drift, index};
use crate::seed::Seed;

fn normal(rng: &mut impl Rng) -> f64 {
    (0..12).map(|_| rng.gen_range(0.0..1.0)).sum::<f64>() - 6.0
}

/// Two bins, 60 and 40 against 50 and 50: (.5 - .6) ln (.5 / .6) + (.5 - .4) ln (.5 / .4)
/// = .018232 + .022314 = .040547, less (2 - 1)(1/100 + 1/100) = .02.
#[test]
fn the_index_by_hand() {
    assert!((index(&[60, 40], &[50, 50]) - 0.020_547).abs() < 1e-6);
}

#[test]
fn without_drift_the_index_is_nought_on_average_at_any_size() {
    for n in [500, 2_000] {
        let mut sum = 0.0;
        for seed in 0..200 {
            let mut rng = Seed::new(seed).stream("drift test", 0);
            let before: Vec<f64> = (0..n).map(|_| normal(&mut rng)).collect();
            let now: Vec<f64> = (0..n).map(|_| normal(&mut rng)).collect();
            let found =
                drift("x", &Sample::Numbers(before), &Sample::Numbers(now), &[], false).unwrap();
            assert!(found.psi.unwrap() < 0.10, "n {n}, seed {seed}");
            sum += found.psi.unwrap();
        }
        // Raw, the mean would be 9 (1/n + 1/n): .036 at 500. Bins of estimated edges leave
        // a little.
        assert!((sum / 200.0).abs() < 0.005, "{}", sum / 200.0);
    }
}

#[test]
fn a_shift_is_found_and_too_few_are_said() {
    let mut rng = Seed::new(1).stream("drift test", 0);
    let before: Vec<f64> = (0..1000).map(|_| normal(&mut rng)).collect();
    let now: Vec<f64> = before.iter().map(|x| x + 1.0).collect();
    let found =
        drift("x", &Sample::Numbers(before.clone()), &Sample::Numbers(now.clone()), &[], false);
    let found = found.unwrap();
    assert_eq!(found.size, "large");
    assert!((found.wasserstein.unwrap() - 1.0).abs() < 0.1, "{found:?}");
    let few = Sample::Numbers(now[..499].to_vec());
    let found = drift("x", &Sample::Numbers(before), &few, &[], false).unwrap();
    assert_eq!((found.psi, found.size.as_str()), (None, "too few to say"));
}

#[test]
fn a_column_that_only_ages_does_not_drift() {
    let before: Vec<f64> = (0..600).map(|i| f64::from(i % 100)).collect();
    // 30 days later, with 100 newcomers.
    let mut now: Vec<f64> = before.iter().map(|age| age + 30.0).collect();
    now.extend((0..100).map(f64::from));
    let pairs: Vec<(usize, usize)> = (0..600).map(|i| (i, i)).collect();
    let (a, b) = (Sample::Numbers(before), Sample::Numbers(now));
    let found = drift("tenure", &a, &b, &pairs, true).unwrap();
    assert!(found.aged && found.psi.unwrap() < 0.01, "{found:?}");
    assert!(!drift("tenure", &a, &b, &pairs, false).unwrap().aged);
}

#[test]
fn unseen_levels_are_a_share() {
    let levels = |names: &[&str]| {
        Sample::Levels(names.iter().map(|name| Some((*name).to_owned())).collect())
    };
    let found = drift("plan", &levels(&["a", "b"]), &levels(&["a", "c", "c", "b"]), &[], false);
    let found = found.unwrap();
    assert_eq!(found.unseen, Some(0.5));
    assert!(drift("plan", &levels(&["a"]), &Sample::Numbers(vec![1.0]), &[], false).is_none());
}
