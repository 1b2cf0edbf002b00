//! Sizes against R, assignments that stay, and simulated trials with known effects.

use proptest::prelude::*;
use rand::Rng;

use super::distribution::{chi_square_above, t95, two_sided_t};
use super::*;
use crate::seed::Seed;
use crate::stats::holm;

fn arms(shares: &[f64]) -> Vec<Arm> {
    let names = ["offer", "other", "third", "hold-out"];
    let last = shares.len() - 1;
    shares
        .iter()
        .enumerate()
        .map(|(at, &share)| Arm { name: names[if at == last { 3 } else { at }].into(), share })
        .collect()
}

fn asked(measure: Measure) -> Asked {
    Asked {
        name: "spring".into(),
        measure,
        arms: arms(&[0.5, 0.5]),
        effect: 0.2,
        alpha: 0.05,
        power: 0.8,
    }
}

fn bases(units: &[usize], base: f64) -> Vec<SegmentBase> {
    (1..)
        .zip(units)
        .map(|(id, &units)| SegmentBase {
            segment_id: id,
            segment: format!("S{id}"),
            units,
            base,
            sd: 10.0,
        })
        .collect()
}

fn planned(measure: Measure, units: &[usize], base: f64, arms: Vec<Arm>) -> Plan {
    let asked = Asked { arms, ..asked(measure) };
    let (overall, segments, _) = plan(&asked, &bases(units, base)).unwrap();
    Plan {
        schema: 1,
        name: asked.name,
        run: "run".into(),
        salt: "salt".into(),
        unit: "customer".into(),
        balanced: false,
        measure,
        outcome: "the rate".into(),
        covariate: "before".into(),
        arms: asked.arms,
        effect: asked.effect,
        alpha: asked.alpha,
        power: asked.power,
        planned: 1,
        units: units.iter().sum(),
        overall,
        segments,
    }
}

#[test]
fn sizes_are_those_of_r() {
    // R 4.3: power.prop.test(p1 = .1, p2 = .12, power = .8)$n = 3840.847;
    // power.t.test's limit for large n, 2 (z + z)^2 (sd / delta)^2 with delta = 2, sd = 10.
    let rate = needed(Measure::Rate, (0.1, 0.0), 0.02, 1.0, (0.05, 0.8));
    assert_eq!(rate, 3841.0);
    let mean = needed(Measure::Mean, (50.0, 10.0), 2.0, 1.0, (0.05, 0.8));
    assert_eq!(mean, 393.0);
    let shown = power(Measure::Rate, (0.1, 0.0), 0.02, (3841.0, 3841.0), 0.05);
    assert!((shown - 0.8).abs() < 2e-4, "{shown}");
    let found = detectable(Measure::Rate, (0.1, 0.0), (3841.0, 3841.0), (0.05, 0.8)).unwrap();
    assert!((found - 0.02).abs() < 1e-5, "{found}");
    assert_eq!(detectable(Measure::Rate, (0.1, 0.0), (2.0, 2.0), (0.05, 0.8)), None);
}

#[test]
fn tails_are_those_of_scipy() {
    // scipy 1.17.1: chi2.sf(x, df); t.ppf(.975, 30); 2 * t.sf(2.5, 20).
    for (x, freedom, p) in [(10.828, 1, 0.0009997653), (3.0, 5, 0.6999858), (40.0, 30, 0.10486428)]
    {
        let found = chi_square_above(x, freedom);
        assert!((found - p).abs() < 1e-6, "{found} {p}");
    }
    assert!((t95(30.0) - 2.042272).abs() < 1e-5);
    assert!((two_sided_t(2.5, 20.0) - 0.02123355).abs() < 5e-4);
    // By hand: .01 x 3, .02 x 2, then not below.
    let corrected = holm(&[0.04, 0.01, 0.02]);
    for (found, expected) in corrected.iter().zip([0.04, 0.03, 0.04]) {
        assert!((found - expected).abs() < 1e-12);
    }
}

#[test]
fn small_segments_are_told_with_whom_to_be_read() {
    let asked = asked(Measure::Rate);
    let mut all = bases(&[60_000, 900, 500], 0.2);
    all[1].base = 0.10;
    all[2].base = 0.11;
    let (overall, segments, planned) = plan(&asked, &all).unwrap();
    assert!(segments[0].too_small.is_none() && overall.power > 0.99);
    let small = segments[1].too_small.as_ref().unwrap();
    assert_eq!(small.merge_with, [3, 1], "{}", small.advice);
    assert!(planned < 61_400 && planned as f64 >= overall.needed);
    let (_, alone, planned) = plan(&asked, &all[2..]).unwrap();
    assert!(alone[0].too_small.as_ref().unwrap().merge_with.is_empty());
    assert_eq!(planned, 400, "80 % of those there are");
    let bad = |arms: Vec<Arm>| plan(&Asked { arms, ..asked.clone() }, &all).unwrap_err();
    assert_eq!(bad(arms(&[0.5])).code(), "E-EXP-001");
    assert_eq!(bad(arms(&[0.5, 0.6])).code(), "E-EXP-001");
    all[0].base = 0.0;
    assert_eq!(plan(&asked, &all).unwrap_err().code(), "E-EXP-004");
}

proptest! {
    /// A unit's arm depends on nothing but the salt and the unit.
    #[test]
    fn an_assignment_stays_whoever_is_added(
        units in prop::collection::btree_set("[a-z0-9]{1,8}", 1..60),
        salt in "[a-z]{1,6}",
        k in 2..5_usize,
    ) {
        let arms = arms(&vec![1.0 / k as f64; k]);
        let first: Vec<usize> =
            units.iter().take(20).map(|unit| arm_of(&salt, unit, &arms)).collect();
        let again: Vec<usize> = units.iter().map(|unit| arm_of(&salt, unit, &arms)).collect();
        prop_assert_eq!(&again[..first.len()], &first[..]);
    }

    /// Blocks are within one unit of their shares and do not depend on the order of units.
    #[test]
    fn blocks_are_exact(n in 1..200_usize, share in 0.05..0.95_f64) {
        let arms = arms(&[share, 1.0 - share]);
        let names: Vec<String> = (0..n).map(|at| format!("u{at}")).collect();
        let units: Vec<&str> = names.iter().map(String::as_str).collect();
        let found = blocks("salt", &units, &arms);
        let first = found.iter().filter(|arm| **arm == 0).count() as f64;
        prop_assert!((first - share * n as f64).abs() < 1.0);
        let back: Vec<&str> = units.iter().rev().copied().collect();
        let mut turned = blocks("salt", &back, &arms);
        turned.reverse();
        prop_assert_eq!(turned, found);
    }
}

#[test]
fn hashes_share_out_as_asked_and_salts_are_independent() {
    let arms = arms(&[0.2, 0.3, 0.5]);
    let mut counts = [[0_usize; 3]; 3];
    for at in 0..60_000 {
        let unit = format!("customer-{at}");
        counts[arm_of("a", &unit, &arms)][arm_of("b", &unit, &arms)] += 1;
    }
    let shares = [0.2, 0.3, 0.5];
    // Chi-square of the 9 cells; above 26.1 lies one in a thousand.
    let statistic: f64 = (0..9)
        .map(|at| {
            let expected = 60_000.0 * shares[at / 3] * shares[at % 3];
            let gap = counts[at / 3][at % 3] as f64 - expected;
            gap * gap / expected
        })
        .sum();
    assert!(statistic < 26.1, "{statistic}");
}

/// How many trials are simulated: all of them when asked for.
fn trials(all: usize) -> usize {
    if std::env::var("KOHORT_SOAK").is_ok() { all } else { all / 10 }
}

fn normal(random: &mut impl Rng) -> f64 {
    let (a, b): (f64, f64) = (random.gen_range(1e-12..1.0), random.gen_range(0.0..1.0));
    (-2.0 * libm::log(a)).sqrt() * libm::cos(std::f64::consts::TAU * b)
}

/// A trial of two segments with this effect in each, 500 units each.
fn trial(measure: Measure, effects: [f64; 2], index: u64) -> (Plan, Vec<Observation>) {
    let mut random = Seed::new(7).stream("trial", index);
    let plan = planned(measure, &[500, 500], 0.3, arms(&[0.5, 0.5]));
    let units = (0..1000)
        .map(|at| {
            let (segment, arm) = (at / 500, usize::from(random.gen_bool(0.5)));
            let effect = if arm == 0 { effects[segment] } else { 0.0 };
            let (x, noise) = (normal(&mut random), normal(&mut random));
            let outcome = match measure {
                Measure::Mean => 10.0 + 2.0 * x + noise + effect,
                Measure::Rate => f64::from(u8::from(random.gen_bool(0.3 + effect))),
            };
            // A fifth are newcomers without a covariate; a few are not read.
            let covariate = (at % 5 > 0 && measure == Measure::Mean).then_some(x);
            Observation { segment, arm, covariate, outcome: (at % 50 > 0).then_some(outcome) }
        })
        .collect();
    (plan, units)
}

#[test]
fn intervals_cover_and_false_alarms_are_few() {
    let n = trials(2000);
    for (measure, effect) in [(Measure::Rate, 0.0), (Measure::Rate, 0.1), (Measure::Mean, 0.5)] {
        let (mut covered, mut overall, mut alarms) = (0, 0, 0);
        for index in 0..n {
            let (plan, units) = trial(measure, [effect; 2], index as u64);
            let found = read(&plan, &units, 0).unwrap();
            let one = &found.compared[0];
            let covers = |e: &&Effect| e.low <= effect && effect <= e.high;
            covered += one.segments.iter().filter(covers).count();
            overall += usize::from(covers(&&one.overall));
            let mut all = std::iter::once(&one.overall).chain(&one.segments);
            alarms += usize::from(effect == 0.0 && all.any(|e| e.p_corrected < 0.05));
        }
        // 95 % within 1.5 % at 2,000; the same bound in standard errors for fewer.
        let bound = 0.015 * (2000.0 / n as f64).sqrt();
        for share in [covered as f64 / (2 * n) as f64, overall as f64 / n as f64] {
            assert!((share - 0.95).abs() <= bound, "{measure:?} {effect}: {share}");
        }
        let false_alarms = alarms as f64 / n as f64;
        let most = 0.05 + 0.016 * (2000.0 / n as f64).sqrt();
        assert!(false_alarms <= most, "{measure:?}: {false_alarms}");
    }
}

#[test]
fn a_covariate_from_before_sharpens_and_does_not_shift() {
    let n = trials(2000);
    let (mut sum, mut narrower, mut explained) = (0.0, 0, 0.0);
    for index in 0..n {
        let (plan, units) = trial(Measure::Mean, [0.5; 2], index as u64);
        let with = read(&plan, &units, 0).unwrap();
        let without = read(&Plan { covariate: String::new(), ..plan }, &units, 0).unwrap();
        let width = |found: &Readout| {
            let overall = &found.compared[0].overall;
            overall.high - overall.low
        };
        sum += with.compared[0].overall.difference;
        narrower += usize::from(width(&with) < width(&without));
        explained += with.adjustment.unwrap().variance_explained;
    }
    assert!((sum / n as f64 - 0.5).abs() < 0.02);
    assert_eq!(narrower, n);
    // Four fifths of the units have a covariate that makes 4 of 5 parts of the variance.
    assert!((explained / n as f64 - 0.64).abs() < 0.02, "{}", explained / n as f64);
}

#[test]
fn segments_that_differ_are_told_and_those_that_do_not_are_not() {
    let n = trials(1000);
    let differ = |effects: [f64; 2]| {
        (0..n)
            .filter(|&index| {
                let (plan, units) = trial(Measure::Mean, effects, index as u64);
                read(&plan, &units, 0).unwrap().compared[0].differ_p.unwrap() < 0.05
            })
            .count() as f64
            / n as f64
    };
    assert!(differ([0.5, 0.5]) <= 0.05 + 3.3 * (0.0475 / n as f64).sqrt());
    assert!(differ([0.0, 1.0]) > 0.95);
    let (plan, units) = trial(Measure::Mean, [0.2, 0.8], 1);
    let found = read(&plan, &units, 0).unwrap();
    let [a, b] = found.compared[0].segments.as_slice() else { panic!() };
    let gap = (a.difference - b.difference).abs();
    assert!((a.shrunken.unwrap() - b.shrunken.unwrap()).abs() < gap);
}

/// Units of two arms of which only some were read.
fn losing(assigned: [usize; 2], read: [usize; 2]) -> (Plan, Vec<Observation>) {
    let plan = planned(Measure::Rate, &[assigned[0] + assigned[1]], 0.3, arms(&[0.5, 0.5]));
    let mut units = Vec::new();
    for arm in 0..2 {
        for at in 0..assigned[arm] {
            let outcome = (at < read[arm]).then_some(f64::from(u8::from(at % 3 == 0)));
            units.push(Observation { segment: 0, arm, covariate: None, outcome });
        }
    }
    (plan, units)
}

#[test]
fn units_lost_unlike_each_other_are_found() {
    // 52:48 among 20,000 read, where 50:50 were assigned; so many are assigned that what was
    // lost says next to nothing more than what was read.
    let n = trials(1000);
    let mut random = Seed::new(3).stream("mismatch", 0);
    let mut found = 0;
    for _ in 0..n {
        let first = (0..20_000).filter(|_| random.gen_bool(0.52)).count();
        let share = |read: usize| (read as f64, 400_000.0);
        let (statistic, p) = mismatch_of([share(first), share(20_000 - first)]);
        found += usize::from(p < 0.001);
        assert!(statistic >= 0.0);
    }
    assert!(found as f64 >= 0.98 * n as f64 - 1.0, "{found} of {n}");
    let (plan, units) = losing([10_500, 10_500], [10_400, 9_600]);
    let out = read(&plan, &units, 0).unwrap();
    assert!(!out.valid && out.verdict.starts_with("Not to be used"), "{}", out.verdict);
    let (plan, units) = losing([10_500, 10_500], [10_010, 9_990]);
    assert!(read(&plan, &units, 0).unwrap().valid);
    let (plan, units) = losing([500, 500], [500, 500]);
    let out = read(&plan, &units, 0).unwrap();
    assert!(out.valid && out.mismatch[0].p_corrected == 1.0);
}

/// The check on counts alone: arms with units read, of so many assigned.
fn mismatch_of(arms: [(f64, f64); 2]) -> (f64, f64) {
    let read = [arms[0].0 as usize, arms[1].0 as usize];
    let assigned = [arms[0].1 as usize, arms[1].1 as usize];
    super::read::lost(&assigned, &read)
}

#[test]
fn nobody_looks_early_and_rates_are_rates() {
    let (mut plan, mut units) = losing([500, 500], [300, 300]);
    plan.planned = 601;
    let error = read(&plan, &units, 0).unwrap_err();
    assert_eq!((error.code(), error.class()), ("E-EXP-005", Class::Refused));
    plan.planned = 600;
    assert!(read(&plan, &units, 3).unwrap().foreign == 3);
    units[0].outcome = Some(2.0);
    assert_eq!(read(&plan, &units, 0).unwrap_err().code(), "E-EXP-006");
}
