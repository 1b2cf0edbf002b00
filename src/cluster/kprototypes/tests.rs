use ndarray::{Array2, array};
use proptest::prelude::*;
use rand::Rng;

use super::fit::iterate;
use super::prototypes::Blocks;
use super::*;
use crate::cluster::quality::adjusted_rand::adjusted_rand;
use crate::fault::Fault;
use crate::matrix::MatrixColumn;
use crate::seed::Seed;
use linfa::ParamGuard;

fn params(k: usize) -> KPrototypesValid {
    KPrototypesParams::new(k).check().unwrap()
}

/// Numbers, then categories as columns of 0 and 1, one per level.
fn matrix(numbers: &[Vec<f64>], categories: &[(Vec<u32>, u32)]) -> Matrix {
    let n = numbers.first().map_or_else(|| categories[0].0.len(), Vec::len);
    let mut columns = Vec::new();
    let mut values = Vec::new();
    for (c, numbers) in numbers.iter().enumerate() {
        columns.push(MatrixColumn { name: format!("x{c}"), source: format!("x{c}") });
        values.push(numbers.clone());
    }
    for (c, (codes, levels)) in categories.iter().enumerate() {
        for level in 0..*levels {
            columns.push(MatrixColumn { name: format!("c{c}={level}"), source: format!("c{c}") });
            values.push(codes.iter().map(|&code| f64::from(u8::from(code == level))).collect());
        }
    }
    let values = Array2::from_shape_fn((n, values.len()), |(i, j)| values[j][i]);
    Matrix::new(values, columns).unwrap()
}

/// Customers (1, a), (3, a), (3, b) and gamma 2 around prototypes (1, a) and (3, a):
/// dissimilarities 0 and 4; 4 and 0; 4 + 2 and 0 + 2. So the labels are 0, 1, 1 and the cost
/// is 2. The update makes the second prototype (3, a), a tie of a and b: nothing changes.
#[test]
fn one_iteration_by_hand() {
    let matrix = matrix(&[vec![1.0, 3.0, 3.0, 2.0]], &[(vec![0, 0, 1, 1], 2)]);
    let variables = Variables::of(&matrix, None);
    let rows = variables.read(&matrix.take(&[0, 1, 2]).unwrap(), None);
    let blocks = Blocks::new(&rows, 1, 1);
    let start = Prototypes::from_parts(variables, 2.0, 2, vec![1.0, 3.0], vec![0, 0]).unwrap();
    let run = iterate(&blocks, start, 10);
    assert_eq!((run.labels, run.cost, run.converged), (vec![0, 1, 1], 2.0, true));
    assert_eq!(run.prototypes.modes(), [0, 0], "a tie goes to the lowest level");
    assert_eq!(run.prototypes.means(), [1.0, 3.0]);
}

#[test]
fn distances_are_roots_of_dissimilarities() {
    let matrix = matrix(&[vec![1.0, 3.0, 3.0, 2.0]], &[(vec![0, 0, 1, 1], 2)]);
    let variables = Variables::of(&matrix, None);
    let found = Prototypes::from_parts(variables, 2.0, 2, vec![1.0, 3.0], vec![0, 0]).unwrap();
    let nearest = found.assign(&matrix);
    assert_eq!((nearest[2].first, nearest[2].distance), (1, 2f64.sqrt()));
    assert_eq!(nearest[2].second, Some((0, 6f64.sqrt())));
    // (2, b): 1 + 2 to both.
    assert_eq!((nearest[3].first, nearest[3].second), (0, Some((1, 3f64.sqrt()))));
    assert_eq!(found.distance_between(0, 1), 2.0);
}

/// kmodes 0.12.2, the best of 120 starts, recipe in `tests/oracles/k_prototypes.py`: gamma
/// and cost.
#[test]
fn the_cost_is_never_above_that_of_kmodes() {
    let part = |i: usize, by: f64| (i as f64 * by) % 1.0;
    let (mut numbers, mut categories) =
        (vec![vec![]; 3], vec![(vec![], 4), (vec![], 2), (vec![], 5)]);
    for i in 0..400 {
        let (u, v) = (part(i, 0.618_033_988_749_894_9), part(i, 0.414_213_562_373_095_15));
        let w = part(i, 0.732_050_807_568_877_2);
        let g = i % 4;
        numbers[0].push(1.5 * (g % 2) as f64 + u + v);
        numbers[1].push(0.8 * (g / 2) as f64 + w - 0.5 * u);
        numbers[2].push(v * w + 0.3 * f64::from(u8::from(g == 3)));
        categories[0].0.push(if w < 0.6 { g as u32 } else { (10.0 * v) as u32 % 4 });
        categories[1].0.push(u32::from((u < 0.35) ^ (g == 1)));
        categories[2].0.push(((5.0 * u * v).floor() as u32 + g as u32 / 2) % 5);
    }
    let matrix = matrix(&numbers, &categories);
    for (k, gamma, cost) in [
        (2, 0.26881182379872776, 364.18389543944414),
        (3, 0.26881182379872776, 296.0478431422359),
        (4, 0.26881182379872776, 238.19142235528184),
        (5, 0.26881182379872776, 211.67478376142245),
        (6, 0.26881182379872776, 188.99353926368673),
    ] {
        let model = KPrototypesParams::new(k).max_restarts(64).check().unwrap();
        let model = model.fit_matrix(&matrix).unwrap();
        assert!((model.prototypes().gamma() - gamma).abs() < 1e-12, "{k}");
        assert!(model.cost() <= cost * (1.0 + 1e-9), "{k}: {} {cost}", model.cost());
    }
}

/// Groups that neither the numbers nor the categories show alone.
fn planted(n: usize, seed: u64) -> (Matrix, Vec<u32>) {
    let mut rng = Seed::new(seed).stream("planted", 0);
    let truth: Vec<u32> = (0..n).map(|_| rng.gen_range(0..4)).collect();
    let mut number = |shift: fn(u32) -> f64| -> Vec<f64> {
        let noise =
            |rng: &mut crate::seed::Stream| (0..12).map(|_| rng.r#gen::<f64>()).sum::<f64>() - 6.0;
        truth.iter().map(|&g| shift(g) + 0.5 * noise(&mut rng)).collect()
    };
    let numbers = vec![number(|g| 4.0 * f64::from(g % 2)), number(|g| 2.0 * f64::from(g % 2))];
    let mut category = || -> Vec<u32> {
        truth.iter().map(|&g| if rng.r#gen::<f64>() < 0.9 { g / 2 } else { 2 }).collect()
    };
    let categories: Vec<(Vec<u32>, u32)> = (0..6).map(|_| (category(), 3)).collect();
    (matrix(&numbers, &categories), truth)
}

#[test]
fn groups_in_numbers_and_categories_together_are_found() {
    for seed in 0..4 {
        let (matrix, truth) = planted(1000, seed);
        let model = params(4).fit_matrix(&matrix).unwrap();
        assert!(adjusted_rand(model.labels(), &truth) > 0.97, "{seed}");
        assert!(model.found_again() && model.converged());
        let placed: Vec<u32> =
            model.prototypes().assign(&matrix).iter().map(|nearest| nearest.first).collect();
        assert_eq!(placed, model.labels());
    }
}

#[test]
fn the_cost_never_rises() {
    let (matrix, _) = planted(3000, 5);
    let variables = Variables::of(&matrix, None);
    let rows = variables.read(&matrix, None);
    let blocks = Blocks::new(&rows, 2, 6);
    let means = (0..7).flat_map(|j| [blocks.number(j, 0), blocks.number(j, 1)]).collect();
    let modes = (0..7).flat_map(|j| (0..6).map(move |c| (j, c))).map(|(j, c)| blocks.code(j, c));
    let start = Prototypes { variables, gamma: 0.5, k: 7, means, modes: modes.collect() };
    let run = iterate(&blocks, start, 100);
    assert!(run.history.len() > 3);
    assert!(run.history.windows(2).all(|pair| pair[1] <= pair[0] * (1.0 + 1e-12)));
}

#[test]
fn gamma_is_half_the_mean_deviation_and_one_without_numbers() {
    // Deviations 1 and 3: gamma 1.
    let two = matrix(&[vec![0.0, 2.0, 1.0, 1.0], vec![0.0; 4]], &[(vec![0, 1, 0, 1], 2)]);
    let deviation = (2.0f64 / 4.0).sqrt();
    let gamma = params(2).fit_matrix(&two).unwrap().prototypes().gamma();
    assert!((gamma - 0.5 * deviation).abs() < 1e-15, "a constant column is no number");
    let none = matrix(&[], &[(vec![0, 1, 0, 2], 3)]);
    assert_eq!(params(2).fit_matrix(&none).unwrap().prototypes().gamma(), 1.0);
}

#[test]
fn numbers_alone_are_k_means() {
    let mut rng = Seed::new(8).stream("rows", 0);
    let rows = Array2::from_shape_fn((500, 3), |(i, _)| 5.0 * (i % 3) as f64 + rng.r#gen::<f64>());
    let matrix = Matrix::unnamed(rows).unwrap();
    let means = crate::cluster::kmeans::KMeansParams::new(3).check().unwrap();
    let means = means.fit_matrix(&matrix, None).unwrap();
    let model = params(3).fit_matrix(&matrix).unwrap();
    assert!((model.cost() - means.inertia()).abs() < 1e-9 * model.cost());
}

#[test]
fn rows_beyond_the_sample_are_fitted_too() {
    let (matrix, truth) = planted(5000, 77);
    let params = KPrototypesParams::new(4).sample(500).check().unwrap();
    let model = params.fit_matrix(&matrix).unwrap();
    assert_eq!(model.sizes().iter().sum::<usize>(), 5000);
    assert!(adjusted_rand(model.labels(), &truth) > 0.97);
}

#[test]
fn an_empty_segment_moves_to_the_farthest_customer() {
    let rows = Matrix::unnamed(array![[0.0], [1.0], [30.0], [100.0]]).unwrap();
    let variables = Variables::of(&rows, None);
    let blocks = Blocks::new(&variables.read(&rows, None), 1, 0);
    let start =
        Prototypes { variables, gamma: 1.0, k: 3, means: vec![0.0, 0.0, 100.0], modes: vec![] };
    let run = iterate(&blocks, start, 50);
    assert_eq!(run.labels, [0, 0, 1, 2]);
    assert_eq!(run.prototypes.means(), [0.5, 30.0, 100.0]);
}

#[test]
fn as_many_segments_as_distinct_customers_cost_nothing() {
    let numbers = (0..18).map(|i| f64::from(i % 6)).collect();
    let codes = (0..18).map(|i| (i % 6) / 2).collect();
    let matrix = matrix(&[numbers], &[(codes, 3)]);
    let model = params(6).fit_matrix(&matrix).unwrap();
    assert_eq!((model.cost(), model.sizes()), (0.0, &[3; 6][..]));
    let error = params(7).fit_matrix(&matrix).unwrap_err();
    assert_eq!(error.to_string(), "k is 7 but only 6 distinct customers remain");
    assert_eq!(error.code(), "E-FIT-001");
}

#[test]
fn stored_parts_are_checked() {
    let variables = || Variables::of(&matrix(&[vec![1.0, 3.0, 2.0]], &[(vec![0, 0, 1], 2)]), None);
    let make = |gamma, means, modes| Prototypes::from_parts(variables(), gamma, 2, means, modes);
    assert!(make(1.0, vec![0.0, 1.0], vec![0, 1]).is_ok());
    assert!(make(0.0, vec![0.0, 1.0], vec![0, 1]).is_err());
    assert!(make(1.0, vec![0.0, f64::NAN], vec![0, 1]).is_err());
    assert!(make(1.0, vec![0.0], vec![0, 1]).is_err());
    assert!(make(1.0, vec![0.0, 1.0], vec![0, 2]).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_rows_give_a_valid_partition_or_a_named_error(
        cells in proptest::collection::vec(0u8..4, 12..240), k in 1usize..6,
    ) {
        let n = cells.len() / 3;
        let rows = Array2::from_shape_fn((n, 3), |(i, j)| {
            let cell = cells[i * 3 + j];
            f64::from(if j < 2 { cell % 2 } else { cell })
        });
        match params(k).fit_matrix(&Matrix::unnamed(rows).unwrap()) {
            Err(error) => prop_assert_eq!(error.code(), "E-FIT-001"),
            Ok(model) => {
                prop_assert!(model.cost().is_finite() && model.cost() >= 0.0);
                prop_assert!(model.sizes().iter().all(|size| *size >= 1));
                prop_assert_eq!(model.sizes().iter().sum::<usize>(), n);
            }
        }
    }
}
