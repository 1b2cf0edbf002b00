use ndarray::Array2;
use proptest::prelude::*;
use rand::Rng;

use super::em::{Average, Belonging, Sample, maximise, pass};
use super::*;
use crate::cluster::quality::adjusted_rand::adjusted_rand;
use crate::cluster::variables::Rows;
use crate::fault::Fault;
use crate::matrix::MatrixColumn;
use crate::seed::{Seed, Stream};
use crate::table::{Column, Family, FeatureTable, Ids, MISSING_FLAG, MISSING_LEVEL, Role, Values};
use linfa::ParamGuard;

mod oracles;

pub(crate) use oracles::mcdonalds;

fn params(k: usize) -> LatentValid {
    LatentParams::new(k).check().unwrap()
}

fn plain(k: usize) -> LatentValid {
    LatentParams::new(k).prior(0.0).tolerance(1e-11).max_iterations(20_000).check().unwrap()
}

fn normal(rng: &mut Stream) -> f64 {
    (0..12).map(|_| rng.r#gen::<f64>()).sum::<f64>() - 6.0
}

fn labels(model: &Latent, matrix: &Matrix) -> Vec<u32> {
    model.classes().assign(matrix, None).iter().map(|found| found.first).collect()
}

/// Items of 0 and 1 by pattern and count.
fn patterns(patterns: &[(&str, usize)]) -> Matrix {
    let rows: Vec<f64> = patterns
        .iter()
        .flat_map(|(pattern, count)| std::iter::repeat_n(pattern, *count))
        .flat_map(|pattern| pattern.bytes().map(|byte| f64::from(byte - b'0')))
        .collect();
    let d = patterns[0].0.len();
    Matrix::unnamed(Array2::from_shape_vec((rows.len() / d, d), rows).unwrap()).unwrap()
}

/// Two items, classes with weights .5, P(item = 1) = .8 and .2 in both: rows 11 and 10.
/// Row 11: densities .5 x .64 and .5 x .04, so r1 = .64 / .68 = 16/17, log .34.
/// Row 10: .5 x .16 in both, so r1 = 1/2, log .16.
/// M step: n1 = 16/17 + 1/2 = 49/34, w1 = 49/68; item 1 is always 1: share 1; item 2 is 1
/// in row 11 alone: share (16/17) / (49/34) = 32/49.
#[test]
fn one_step_by_hand() {
    let matrix = patterns(&[("11", 1), ("10", 1), ("01", 1)]);
    let variables = Variables::of(&matrix, None);
    // Level 0 is "1", the last level is none of them, "0".
    let shares = vec![0.8, 0.2, 0.2, 0.8, 0.8, 0.2, 0.2, 0.8];
    let mut classes =
        Classes::from_parts(variables, vec![0.5, 0.5], vec![], vec![], shares).unwrap();
    let rows = Rows { n: 2, numbers: vec![], codes: vec![0, 0, 0, 1] };
    let sample = Sample { rows, counts: vec![1.0, 1.0], total: 2.0 };
    let sums = pass(&sample, &classes, Belonging::Probable);
    assert!((sums.log_likelihood - (0.34f64.ln() + 0.16f64.ln())).abs() < 1e-12);
    assert!((sums.weights[0] - 49.0 / 34.0).abs() < 1e-12);
    let average = Average { shares: vec![0.5; 4], variances: vec![], means: vec![] };
    maximise(&mut classes, &sums, &average, 0.0);
    assert!((classes.weights()[0] - 49.0 / 68.0).abs() < 1e-12);
    assert!((classes.probabilities()[0] - 1.0).abs() < 1e-12);
    assert!((classes.probabilities()[4] - 32.0 / 49.0).abs() < 1e-12);
    // With a prior of one average customer: (16/17 + 1/2) / (49/34 + 1).
    maximise(&mut classes, &sums, &average, 1.0);
    let expected = (16.0 / 17.0 + 0.5) / (49.0 / 34.0 + 1.0);
    assert!((classes.probabilities()[4] - expected).abs() < 1e-12);
}

/// Two categories and two numbers with gaps, as in `tests/oracles/latent_classes.py`.
fn mixed() -> (Matrix, FeatureTable) {
    let part = |i: usize, by: f64| (i as f64 * by) % 1.0;
    let (mut kind, mut flag, mut x, mut y) = (vec![], vec![], vec![], vec![]);
    for i in 0..240 {
        let (u, v) = (part(i, 0.618_033_988_749_894_9), part(i, 0.414_213_562_373_095_15));
        let w = part(i, 0.732_050_807_568_877_2);
        let g = i % 3;
        let is = |at: usize| f64::from(u8::from(g == at));
        kind.push(match i % 11 {
            3 => MISSING_LEVEL,
            _ if u < 0.7 => g as u32,
            _ => ((g + 1 + usize::from(v < 0.5)) % 3) as u32,
        });
        flag.push(u8::from((v < 0.2) ^ (g == 2)));
        x.push(3.0 * is(1) + u + v + w);
        y.push(if i % 13 == 5 { f64::NAN } else { 4.0 * is(2) + 2.0 * w - u * v });
    }
    let dummy = |level: u32| kind.iter().map(move |&code| f64::from(u8::from(code == level)));
    let columns = [
        ("kind=a", "kind", dummy(0).collect::<Vec<_>>()),
        ("kind=b", "kind", dummy(1).collect()),
        ("kind=c", "kind", dummy(2).collect()),
        ("kind is missing", "kind", dummy(MISSING_LEVEL).collect()),
        ("flag", "flag", flag.iter().map(|&code| f64::from(code)).collect()),
        ("x", "x", x.clone()),
        ("y", "y", y.iter().map(|y| if y.is_nan() { 1.0 } else { *y }).collect()),
    ];
    let values = Array2::from_shape_fn((240, 7), |(i, j)| columns[j].2[i]);
    let named = columns
        .iter()
        .map(|(name, source, _)| MatrixColumn { name: (*name).into(), source: (*source).into() })
        .collect();
    let levels = vec!["a".into(), "b".into(), "c".into()];
    let kind = Values::Category { codes: kind, levels, ordered: false };
    let flag = Values::Flag { codes: flag, no: "no".into(), yes: "yes".into() };
    let column = |name: &str, role, values| Column {
        name: name.into(),
        role,
        family: Family::Behavioural,
        unit: None,
        decimals: 2,
        block: None,
        values,
    };
    let columns = vec![
        column("kind", Role::Category, kind),
        column("flag", Role::Flag, flag),
        column("x", Role::Number, Values::Number(x)),
        column("y", Role::Number, Values::Number(y)),
    ];
    let names = (0..240).map(|i| i.to_string().into()).collect();
    let ids = Ids { name: "row".into(), values: names, from_rows: true };
    (Matrix::new(values, named).unwrap(), FeatureTable::new(ids, columns, None).unwrap())
}

/// Customers of planted classes: binary items, a category of four levels, a number; with
/// the label that the planted model itself finds most probable.
fn planted(n: usize, k: usize, seed: u64) -> (Matrix, Vec<u32>) {
    let mut rng = Seed::new(seed).stream("planted", 0);
    let items: Vec<Vec<f64>> = (0..k)
        .map(|_| (0..8).map(|_| if rng.r#gen::<bool>() { 0.85 } else { 0.12 }).collect())
        .collect();
    let kinds: Vec<Vec<f64>> = (0..k)
        .map(|j| (0..4).map(|level| if level == j % 4 { 0.7 } else { 0.1 }).collect())
        .collect();
    let means: Vec<f64> = (0..k).map(|j| 2.5 * j as f64).collect();
    let mut values = Array2::zeros((n, 13));
    let mut labels = Vec::with_capacity(n);
    for i in 0..n {
        let own = rng.gen_range(0..k);
        let answers: Vec<bool> = items[own].iter().map(|&p| rng.r#gen::<f64>() < p).collect();
        let (mut left, mut level) = (rng.r#gen::<f64>(), 3);
        for (at, p) in kinds[own].iter().enumerate() {
            if left < *p {
                level = at;
                break;
            }
            left -= p;
        }
        let x = means[own] + normal(&mut rng);
        for (c, &yes) in answers.iter().enumerate() {
            values[[i, c]] = f64::from(u8::from(yes));
        }
        values[[i, 8 + level]] = 1.0;
        values[[i, 12]] = x;
        let density = |j: usize| -> f64 {
            let said: f64 = answers
                .iter()
                .zip(&items[j])
                .map(|(&yes, p)| if yes { p.ln() } else { (1.0 - p).ln() })
                .sum();
            said + kinds[j][level].ln() - 0.5 * (x - means[j]) * (x - means[j])
        };
        let best = (0..k).max_by(|&a, &b| density(a).total_cmp(&density(b))).unwrap();
        labels.push(best as u32);
    }
    let columns = (0..13)
        .map(|j| MatrixColumn {
            name: format!("x{j}"),
            source: if (8..12).contains(&j) { "kind".to_owned() } else { format!("x{j}") },
        })
        .collect();
    (Matrix::new(values, columns).unwrap(), labels)
}

#[test]
fn planted_classes_are_found_as_well_as_the_planted_model_finds_them() {
    for (seed, k) in [(1, 3), (2, 3), (3, 4), (4, 4), (5, 2), (6, 5)] {
        let (matrix, truth) = planted(4000, k, seed);
        let model = params(k).fit_matrix(&matrix, None).unwrap();
        let agreement = adjusted_rand(&labels(&model, &matrix), &truth);
        assert!(agreement > 0.98, "seed {seed}, k {k}: {agreement}");
    }
}

#[test]
fn bic_and_icl_find_the_planted_number() {
    for (seed, k) in [(11, 3), (12, 4)] {
        let (matrix, _) = planted(4000, k, seed);
        let of = |k| params(k).fit_matrix(&matrix, None).unwrap();
        let fits: Vec<Latent> = (1..7).map(of).collect();
        let lowest = |by: fn(&Latent) -> f64| {
            (0..fits.len()).min_by(|&a, &b| by(&fits[a]).total_cmp(&by(&fits[b]))).unwrap() + 1
        };
        assert_eq!((lowest(Latent::bic), lowest(Latent::icl)), (k, k), "{seed}");
    }
}

#[test]
fn what_is_missing_is_left_out_of_the_density() {
    let (matrix, table) = mixed();
    let gaps = Gaps { table: &table, rows: None };
    let model = params(3).fit_matrix(&matrix, Some(&gaps)).unwrap();
    let known = model.classes().assign(&matrix, Some(&gaps));
    // Row 5 has no y: another filled-in value changes nothing.
    let mut other = matrix.values().to_owned();
    other[[5, 6]] = 1e6;
    let other = Matrix::new(other, matrix.columns().to_vec()).unwrap();
    assert_eq!(model.classes().assign(&other, Some(&gaps))[5], known[5]);
    assert_ne!(model.classes().assign(&other, None)[5], known[5]);
    // Rows of a part of the table are found by their position.
    let part = Gaps { table: &table, rows: Some(&[5, 14]) };
    let taken = other.take(&[5, 14]).unwrap();
    assert_eq!(model.classes().assign(&taken, Some(&part)), [known[5], known[14]]);
    assert!(known.iter().all(|found| found.depth.is_finite()));
}

#[test]
fn a_flag_can_be_missing_too() {
    let (matrix, table) = mixed();
    let mut columns = table.columns().to_vec();
    if let Values::Flag { codes, .. } = &mut columns[1].values {
        codes[7] = MISSING_FLAG;
    }
    let table = FeatureTable::new(table.ids().clone(), columns, None).unwrap();
    let gaps = Gaps { table: &table, rows: None };
    let model = params(2).fit_matrix(&matrix, Some(&gaps)).unwrap();
    assert_eq!(model.classes().variables().read(&matrix, Some(&gaps)).codes[7 * 2 + 1], u16::MAX);
}

#[test]
fn the_likelihood_never_falls_without_a_prior() {
    let (matrix, table) = mixed();
    let gaps = Gaps { table: &table, rows: None };
    let variables = Variables::of(&matrix, Some(&gaps));
    let rows = variables.read(&matrix, Some(&gaps));
    let sample = Sample { rows, counts: vec![1.0; 240], total: 240.0 };
    let average = Average {
        shares: vec![1.0 / 3.0, 1.0 / 3.0, 1.0 / 3.0, 0.5, 0.5],
        variances: vec![1.0; 2],
        means: vec![0.0; 2],
    };
    let given: Vec<u32> = (0..240).map(|row| row * row % 4).collect();
    let mut classes = Classes::blank(&variables, 4);
    let sums = pass(&sample, &classes, Belonging::Labelled(&given));
    maximise(&mut classes, &sums, &average, 0.0);
    let run = fit::iterate(&sample, classes, &average, (0.0, 0.0, 500));
    assert!(run.history.len() > 5);
    assert!(run.history.windows(2).all(|pair| pair[1] >= pair[0] - 1e-12));
}

#[test]
fn categories_alone_do_not_depend_on_the_order_of_customers() {
    let (matrix, _) = planted(3000, 3, 9);
    let items = Matrix::new(
        matrix.values().slice(ndarray::s![.., ..12]).to_owned(),
        matrix.columns()[..12].to_vec(),
    )
    .unwrap();
    let turned: Vec<usize> = (0..3000).rev().collect();
    let model = params(3).fit_matrix(&items, None).unwrap();
    let other = params(3).fit_matrix(&items.take(&turned).unwrap(), None).unwrap();
    assert_eq!(model, other);
}

#[test]
fn errors_have_names() {
    let flat = Matrix::unnamed(Array2::ones((5, 2))).unwrap();
    assert_eq!(params(1).fit_matrix(&flat, None).unwrap_err().code(), "E-FIT-001");
    let few = patterns(&[("01", 3), ("10", 3)]);
    let error = params(3).fit_matrix(&few, None).unwrap_err();
    assert_eq!(error.to_string(), "k is 3 but only 2 distinct customers remain");
}

#[test]
fn stored_parts_are_checked() {
    let variables = || Variables::of(&patterns(&[("01", 3), ("10", 2), ("11", 1)]), None);
    let make = |weights: Vec<f64>, shares: Vec<f64>| {
        Classes::from_parts(variables(), weights, vec![], vec![], shares)
    };
    let good = vec![0.8, 0.2, 0.2, 0.8, 0.8, 0.2, 0.2, 0.8];
    assert!(make(vec![0.5, 0.5], good.clone()).is_ok());
    assert!(make(vec![0.5, 0.6], good.clone()).is_err());
    assert!(make(vec![1.0, 0.0], good.clone()).is_err());
    assert!(make(vec![0.5, 0.5], good[..6].to_vec()).is_err());
    let mut wrong = good.clone();
    wrong[0] = 0.9;
    assert!(make(vec![0.5, 0.5], wrong).is_err());
    let mut wrong = good;
    wrong[0] = f64::NAN;
    assert!(make(vec![0.5, 0.5], wrong).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_rows_give_probabilities_or_a_named_error(
        cells in proptest::collection::vec(0u8..4, 12..240), k in 1usize..5,
    ) {
        // Two items of yes and no, one number of four values.
        let n = cells.len() / 3;
        let rows = Array2::from_shape_fn((n, 3), |(i, j)| {
            let cell = cells[i * 3 + j];
            f64::from(if j < 2 { cell % 2 } else { cell })
        });
        let matrix = Matrix::unnamed(rows).unwrap();
        match params(k).fit_matrix(&matrix, None) {
            Err(error) => prop_assert!(error.code().starts_with("E-FIT-0")),
            Ok(model) => {
                prop_assert!(model.log_likelihood().is_finite());
                prop_assert_eq!(model.sizes().iter().sum::<usize>(), n);
                for found in model.classes().assign(&matrix, None) {
                    prop_assert!((0.0..=1.0).contains(&found.margin) && found.depth >= 0.0);
                }
            }
        }
    }
}
