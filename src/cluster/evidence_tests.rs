//! The evidence and the choice, on customers whose segments are known.

use ndarray::Array2;
use rand::Rng;

use super::battery::{blobs, discover_in, table_of};
use super::stability::REPRODUCIBLE;
use super::trivial::Probe;
use super::validity::{Court, Judge};
use super::*;
use crate::matrix::Matrix;
use crate::results::Verdict;
use crate::seed::Seed;
use crate::table::{Column, Family, FeatureTable, Ids, MISSING_LEVEL, Outcome, Role, Values};

fn column(name: &str, values: Values) -> Column {
    let (role, family) = (Role::Category, Family::Demographic);
    Column { name: name.to_owned(), role, family, unit: None, decimals: 0, block: None, values }
}

fn category(codes: Vec<u32>, levels: &[&str]) -> Values {
    let levels = levels.iter().map(|&level| level.to_owned()).collect();
    Values::Category { codes, levels, ordered: false }
}

fn table(n: usize, columns: Vec<Column>, outcome: Option<Vec<Option<bool>>>) -> FeatureTable {
    let values = (0..n).map(|row| row.to_string().into()).collect();
    let ids = Ids { name: "row".to_owned(), values, from_rows: true };
    let outcome = outcome.map(|values| Outcome {
        name: "Churn".to_owned(),
        positive: "Yes".to_owned(),
        negative: "No".to_owned(),
        is_churn: true,
        values,
    });
    FeatureTable::new(ids, columns, outcome).unwrap()
}

#[test]
fn three_clear_groups_with_an_outcome_give_three_segments() {
    let (matrix, truth) = blobs(1500, 3, 1);
    let mut rng = Seed::new(2).stream("outcome", 0);
    let outcome: Vec<_> =
        truth.iter().map(|&t| Some(rng.gen_bool([0.1, 0.5, 0.8][t as usize]))).collect();
    let table = table(1500, Vec::new(), Some(outcome.clone()));
    let found = discover_in(&matrix, &table, &[], Some(&outcome), Params::default(), 1).unwrap();
    assert_eq!(found.choice.k, 3);
    assert_eq!(found.choice.judge, "outcome");
    let against = |other: &crate::results::Candidate| other.k == 3 || !other.against.is_empty();
    assert!(found.choice.candidates.iter().all(against));
    assert_eq!(found.choice.runners_up.len(), 2);
    assert!(found.choice.reason.contains("gap"), "{}", found.choice.reason);
    assert!(found.choice.found_again);
    assert!(found.stability.iter().all(|mean| mean.unwrap() > 0.99));
    assert_eq!(found.verdicts, [Verdict::Natural; 3]);
    assert_eq!(found.candidate_labels.len(), found.choice.candidates.len());
    assert_eq!(found.radii.len(), 3);
    assert!(found.findings.is_empty(), "{:?}", found.findings);
}

#[test]
fn one_round_cloud_is_constructed_when_it_is_cut_into_many() {
    let mut rng = Seed::new(3).stream("cloud", 0);
    let rows =
        Array2::from_shape_fn((800, 6), |_| (0..12).map(|_| rng.r#gen::<f64>()).sum::<f64>() - 6.0);
    let matrix = Matrix::unnamed(rows).unwrap();
    let params = Params { k: K::Exactly(6), ..Params::default() };
    let found = discover_in(&matrix, &table(800, Vec::new(), None), &[], None, params, 1).unwrap();
    assert!(found.choice.fixed && found.choice.judge == "stability");
    assert!(found.stability.iter().any(|mean| mean.unwrap() < REPRODUCIBLE));
    assert!(found.verdicts.contains(&Verdict::Constructed));
    assert!(!found.verdicts.contains(&Verdict::Natural));
}

#[test]
fn a_segment_that_is_one_column_is_named_and_the_k_is_avoided() {
    let (matrix, truth) = blobs(900, 2, 5);
    let codes = truth.iter().map(|&t| u32::from(t == 2)).collect();
    let internet = column("InternetService", category(codes, &["Fibre", "No"]));
    let table = table(900, vec![internet], None);
    let found = discover_in(&matrix, &table, &[0], None, Params::default(), 1).unwrap();
    assert_eq!(found.choice.judge, "descriptors");
    let three = &found.choice.candidates[1];
    assert_eq!(three.trivial.len(), 1);
    assert!(three.trivial[0].ends_with(" is just: InternetService = No"), "{:?}", three.trivial);
    let params = Params { k: K::Exactly(3), ..Params::default() };
    let fixed = discover_in(&matrix, &table, &[0], None, params, 1).unwrap();
    let named: Vec<_> = fixed.trivial.iter().flatten().collect();
    assert_eq!(named, ["segment is just: InternetService = No"]);
    assert_eq!(fixed.findings[0].code, "trivial-segment");
    assert_ne!(found.choice.k, 3, "{}", found.choice.reason);
}

#[test]
fn trivial_rules_are_thresholds_levels_their_complement_and_missing() {
    let n = 300;
    let labels: Vec<_> = (0..n).map(|i| Some(u32::from(i >= 200))).collect();
    let check = |values: Values| {
        let table = table(n, vec![column("c", values)], None);
        Probe::new(&table, Seed::new(1)).check(&labels[..], 2)
    };
    let words = |text: &str| Some(format!("segment is just: {text}"));
    let numbers = (0..n).map(|i| i as f64).collect();
    assert_eq!(check(Values::Number(numbers)), [words("c at most 199.5"), words("c above 199.5")]);
    let missing = (0..n).map(|i| if i < 200 { f64::NAN } else { (i % 7) as f64 }).collect();
    assert_eq!(check(Values::Number(missing))[0], words("c is missing"));
    let three = (0..n as u32).map(|i| if i < 200 { 0 } else { 1 + i % 2 }).collect();
    let found = check(category(three, &["a", "b", "d"]));
    assert_eq!(found, [words("c = a"), words("c is not a")]);
    let unrelated = (0..n as u32).map(|i| i % 2).collect();
    assert_eq!(check(category(unrelated, &["a", "b"])), [None, None]);
    let empty = vec![MISSING_LEVEL; n];
    assert_eq!(check(category(empty, &["a"])), [None, None]);
}

#[test]
fn a_rare_level_is_not_named() {
    let n = 60;
    let labels: Vec<_> = (0..n).map(|i| Some(u32::from(i >= 55))).collect();
    let codes = (0..n as u32).map(|i| u32::from(i >= 55)).collect();
    let table = table(n, vec![column("c", category(codes, &["a", "secret"]))], None);
    let found = Probe::new(&table, Seed::new(1)).check(&labels[..], 2);
    assert_eq!(found[1].as_deref(), Some("segment is just: c = a rare level"));
}

#[test]
fn validity_is_one_where_segments_tell_all_and_near_zero_where_they_tell_nothing() {
    let n = 2000;
    let labels: Vec<_> = (0..n).map(|i| Some((i % 4) as u32)).collect();
    let hear = |outcome: Vec<Option<bool>>| {
        let table = table(n, Vec::new(), Some(outcome.clone()));
        let court = Court::convene(&table, &[], Some(&outcome), Seed::new(1));
        assert_eq!(court.judge(), Judge::Outcome);
        court.hear(&labels[..], 4).unwrap()
    };
    let (all, _) = hear((0..n).map(|i| Some(i % 4 < 2)).collect());
    assert!((all - 1.0).abs() < 1e-12);
    let mut rng = Seed::new(9).stream("coin", 0);
    let (nothing, error) = hear((0..n).map(|_| Some(rng.gen_bool(0.5))).collect());
    assert!(nothing < 0.005 && nothing.abs() < 4.0 * error + 0.005, "{nothing} {error}");
}

#[test]
fn too_few_events_leave_the_judgement_to_the_descriptors() {
    let outcome: Vec<_> = (0..500).map(|i| Some(i < 49)).collect();
    let codes = (0..500).map(|i| i % 3).collect();
    let table =
        table(500, vec![column("c", category(codes, &["a", "b", "d"]))], Some(outcome.clone()));
    let court = Court::convene(&table, &[0], Some(&outcome), Seed::new(1));
    assert_eq!(court.judge(), Judge::Descriptors);
    let labels: Vec<_> = (0..500).map(|i| Some(i % 3)).collect();
    assert!((court.hear(&labels[..], 3).unwrap().0 - 1.0).abs() < 1e-12);
    assert_eq!(Court::convene(&table, &[], Some(&outcome), Seed::new(1)).judge(), Judge::Stability);
}

#[test]
fn segments_are_born_in_order_of_value() {
    let (matrix, truth) = blobs(300, 2, 8);
    let value: Vec<f64> = truth.iter().map(|&t| [1.0, 50.0, 9.0][t as usize]).collect();
    let table = table_of(&matrix);
    let prepare = |a: &[usize], b: &[usize]| Ok((matrix.take(a)?, matrix.take(b)?));
    let task = Task {
        matrix: &matrix,
        table: &table,
        base: &[],
        describing: &[],
        value: Some(&value),
        outcome: None,
        prepare: &prepare,
    };
    for (method, k) in [(Method::KMeans, K::Exactly(3)), (Method::Dbscan, K::Auto)] {
        let (eps, min_points) = (Auto::Is(1.5), Auto::Is(4));
        let params = Params { method, k, eps, min_points, ..Params::default() };
        let found = discover(&task, &params.check().unwrap(), Seed::new(1), &|_| {}).unwrap();
        for (assignment, truth) in found.assignments.iter().zip(&truth) {
            if let Some(segment) = assignment.segment {
                assert_eq!(segment, [2, 0, 1][*truth as usize]);
            }
        }
    }
}

#[test]
fn the_range_of_k_is_capped_by_the_distinct_customers() {
    let rows = Array2::from_shape_fn((50, 1), |(i, _)| (i % 4) as f64);
    let matrix = Matrix::unnamed(rows).unwrap();
    let table = table(50, Vec::new(), None);
    let run = |k| discover_in(&matrix, &table, &[], None, Params { k, ..Params::default() }, 1);
    let tried: Vec<usize> =
        run(K::Auto).unwrap().choice.candidates.iter().map(|other| other.k).collect();
    assert_eq!(tried, [2, 3, 4]);
    let error = run(K::Between(5, 6)).unwrap_err();
    assert_eq!(error.to_string(), "k is 5 but only 4 distinct customers remain");
}

#[test]
fn dbscan_tells_its_parameters_and_its_noise() {
    let (matrix, _) = blobs(300, 2, 12);
    let table = table(300, Vec::new(), None);
    let run = |eps| {
        let params = Params { method: Method::Dbscan, eps, ..Params::default() };
        discover_in(&matrix, &table, &[], None, params, 1)
    };
    let found = run(Auto::Auto).unwrap();
    assert!(found.choice.eps.unwrap() > 0.0);
    assert_eq!(found.choice.min_points, Some(5));
    assert_eq!(found.radii, vec![found.choice.eps.unwrap(); found.choice.k]);
    assert!(matches!(run(Auto::Is(1e-9)), Err(ClusterError::AllNoise { .. })));
    let found = run(Auto::Is(0.12)).unwrap();
    let noise = found.assignments.iter().filter(|a| a.segment.is_none()).count();
    assert!(noise > 150, "{noise}");
    assert!(found.findings.iter().any(|finding| finding.code == "mostly-noise"));
}

#[test]
fn inputs_of_another_length_are_rejected() {
    let (matrix, _) = blobs(50, 2, 1);
    let outcome = vec![None; 49];
    let found = discover_in(&matrix, &table_of(&matrix), &[], Some(&outcome), Params::default(), 1);
    assert!(matches!(found, Err(ClusterError::Length { found: 49, expected: 50, .. })));
}
