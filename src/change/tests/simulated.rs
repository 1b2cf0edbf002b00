//! Whole years of months: one population resampled must not call for a refit, a planted
//! change of structure must. `KOHORT_SOAK=1` runs the full counts.

use ndarray::Array2;
use rand::Rng;

use crate::change::identity::{Table, identify};
use crate::change::verdict::{Signs, Unlike, judge};
use crate::cluster::kmeans::KMeansParams;
use crate::cluster::quality::matching::agreement;
use crate::cluster::refits::{again, refits};
use crate::cluster::{Engine, Method, Segmentation, Shape};
use crate::matrix::Matrix;
use crate::results::{Advice, Refits};
use crate::seed::{Seed, Stream};
use linfa::ParamGuard;

const K: usize = 4;
const D: usize = 4;
const N: usize = 400;

/// The middles of the segments: two clear, two that touch.
const MIDDLES: [[f64; D]; 5] = [
    [0.0, 0.0, 0.0, 0.0],
    [4.0, 0.0, 0.5, 0.0],
    [0.0, 4.0, 0.0, 0.5],
    [2.5, 3.0, 0.0, 3.0],
    // Appears later.
    [-4.0, -4.0, 3.0, 0.0],
];

/// Customers of the given segments by turns.
fn customers(rng: &mut Stream, of: &[usize]) -> Matrix {
    let mut normal = || (0..12).map(|_| rng.gen_range(0.0..1.0)).sum::<f64>() - 6.0;
    let rows = Array2::from_shape_fn((N, D), |(i, j)| MIDDLES[of[i % of.len()]][j] + normal());
    Matrix::unnamed(rows).unwrap()
}

struct Fitted {
    segmentation: Segmentation,
    radii: Vec<f64>,
    sizes: Vec<u64>,
    refits: Refits,
}

fn fit(matrix: &Matrix, seed: u64) -> Fitted {
    let seed = Seed::new(seed);
    let model = KMeansParams::new(K).seed(seed).check().unwrap().fit_matrix(matrix, None).unwrap();
    let labels: Vec<Option<u32>> = model.labels().iter().map(|&at| Some(at)).collect();
    let shape = Shape::Centres(model.centres().to_owned());
    let segmentation = Segmentation::from_parts(Method::KMeans, Engine::Kohort, shape).unwrap();
    let placed = segmentation.assign(matrix).unwrap();
    let radii = (0..K as u32)
        .map(|at| {
            let own = placed.iter().filter(|found| found.segment == Some(at));
            let mut own: Vec<f64> = own.map(|found| found.distance).collect();
            own.sort_by(f64::total_cmp);
            own[(own.len() * 99).div_ceil(100) - 1]
        })
        .collect();
    let sizes = counts(&labels);
    Fitted { segmentation, radii, sizes, refits: refits(matrix, &labels, K, seed).unwrap() }
}

fn counts(labels: &[Option<u32>]) -> Vec<u64> {
    let of = |at| labels.iter().flatten().filter(|&&own| own == at).count() as u64;
    (0..K as u32).map(of).collect()
}

/// The advice on other customers.
fn advice(fitted: &Fitted, matrix: &Matrix, seed: u64) -> Advice {
    let placed = fitted.segmentation.assign(matrix).unwrap();
    let labels: Vec<Option<u32>> = placed.iter().map(|found| found.segment).collect();
    let unlike = placed
        .iter()
        .filter(|found| found.distance > fitted.radii[found.segment.unwrap() as usize])
        .count() as u64;
    let fit = again(matrix, &labels, K, Seed::new(seed)).unwrap();
    let found = identify(&Table::of(&labels, K, &fit, K), &[1, 2, 3, 4], 4);
    judge(&Signs {
        agreement: Some(agreement(&labels, &fit)),
        all_found: found.ended.is_empty(),
        refits: Some(fitted.refits),
        unlike: Some(Unlike::of(unlike, &fitted.sizes, &counts(&labels))),
        min_share: 0.02,
        drift: &[],
        thinned: &[],
        model_age_days: Some(30),
        review_days: 0,
        overlap: (1, 1),
    })
    .advice
}

fn n_seeds() -> u64 {
    if std::env::var("KOHORT_SOAK").is_ok() { 50 } else { 4 }
}

/// The goal: at most 2 of 50 seeds call for a refit in 12 months of new customers of the same
/// population.
#[test]
fn a_year_of_one_population_does_not_call_for_a_refit() {
    let mut calling = 0;
    for seed in 0..n_seeds() {
        let mut rng = Seed::new(seed).stream("resampled population", 0);
        let fitted = fit(&customers(&mut rng, &[0, 1, 2, 3]), seed);
        let months = (0..12).map(|month| {
            let now = customers(&mut rng, &[0, 1, 2, 3]);
            advice(&fitted, &now, seed * 100 + month)
        });
        calling += u64::from(months.filter(|told| *told == Advice::Refit).count() > 0);
    }
    assert!(calling * 25 <= n_seeds(), "{calling} of {} years", n_seeds());
}

/// The goal: 50 of 50. One segment appears, or two become one.
#[test]
fn a_planted_change_of_structure_calls_for_a_refit() {
    let changes: [(&str, &[usize]); 2] =
        [("one appears", &[0, 1, 2, 3, 4]), ("two merge", &[0, 1, 2, 2])];
    for (what, of) in changes {
        for seed in 0..n_seeds() {
            let mut rng = Seed::new(seed).stream("planted change", 0);
            let fitted = fit(&customers(&mut rng, &[0, 1, 2, 3]), seed);
            let told = advice(&fitted, &customers(&mut rng, of), seed);
            assert_eq!(told, Advice::Refit, "{what}, seed {seed}");
        }
    }
}
