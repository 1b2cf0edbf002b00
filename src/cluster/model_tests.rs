//! Gaussian mixture, latent classes and k-prototypes through the same door and the same
//! evidence as k-means.

use ndarray::Array2;
use rand::Rng;

use super::battery::{discover_in, table_of};
use super::quality::adjusted_rand::adjusted_rand;
use super::variables::Gaps;
use super::*;
use crate::fault::Fault;
use crate::matrix::{Matrix, MatrixColumn};
use crate::results::Verdict;
use crate::seed::Seed;

/// Four planted groups: two numbers and six categories of three levels as columns of 0 and
/// 1, so that neither tells the groups alone.
fn mixed(n: usize, seed: u64) -> (Matrix, Vec<u32>) {
    let mut rng = Seed::new(seed).stream("mixed", 0);
    let truth: Vec<u32> = (0..n).map(|_| rng.gen_range(0..4)).collect();
    let mut values = Array2::zeros((n, 20));
    for (i, &group) in truth.iter().enumerate() {
        for c in 0..2 {
            let noise = (0..12).map(|_| rng.r#gen::<f64>()).sum::<f64>() - 6.0;
            values[[i, c]] = f64::from(group % 2) * 2.0 + 0.4 * noise;
        }
        for c in 0..6 {
            let level = if rng.r#gen::<f64>() < 0.85 { group / 2 } else { 2 };
            values[[i, 2 + 3 * c + level as usize]] = 1.0;
        }
    }
    let columns = (0..20)
        .map(|j| MatrixColumn {
            name: format!("x{j}"),
            source: if j < 2 { format!("x{j}") } else { format!("c{}", (j - 2) / 3) },
        })
        .collect();
    (Matrix::new(values, columns).unwrap(), truth)
}

fn find(matrix: &Matrix, method: Method, k: K) -> Result<Discovery, ClusterError> {
    let params = Params { method, k, ..Params::default() };
    discover_in(matrix, &table_of(matrix), &[], None, params, 1)
}

fn labels(found: &Discovery) -> Vec<Option<u32>> {
    found.assignments.iter().map(|assignment| assignment.segment).collect()
}

#[test]
fn planted_groups_of_mixed_columns_are_found_with_their_number() {
    let (matrix, truth) = mixed(1500, 3);
    let truth: Vec<Option<u32>> = truth.into_iter().map(Some).collect();
    for method in [Method::LatentClass, Method::KPrototypes] {
        let found = find(&matrix, method, K::Auto).unwrap();
        assert_eq!(found.choice.k, 4, "{}: {:?}", method.name(), found.choice);
        assert!(adjusted_rand(&labels(&found), &truth) > 0.97, "{}", method.name());
        assert!(found.verdicts.iter().all(|verdict| *verdict != Verdict::Constructed));
        assert_eq!(found.choice.method, method.name());
        assert!(found.assignments.iter().all(|a| a.second.is_some() && a.margin.is_some()));
    }
}

#[test]
fn bic_judges_mixtures_where_nothing_else_can() {
    let (matrix, _) = mixed(1200, 5);
    let found = find(&matrix, Method::LatentClass, K::Between(3, 6)).unwrap();
    let choice = &found.choice;
    assert_eq!(choice.k, 4);
    if !choice.reason.contains("gap around every segment") {
        assert!(choice.reason.contains("by BIC"), "{}", choice.reason);
    }
    let own = choice.candidates.iter().find(|candidate| candidate.k == 4).unwrap();
    for other in &choice.candidates {
        assert!(own.bic <= other.bic && other.icl >= other.bic);
    }
    assert!(own.against.is_empty());
    let prototypes = find(&matrix, Method::KPrototypes, K::Exactly(4)).unwrap();
    assert!(prototypes.choice.candidates[0].bic.is_none());
}

#[test]
fn an_outcome_judges_mixtures_as_it_judges_k_means() {
    let (matrix, truth) = mixed(1200, 6);
    let outcome: Vec<Option<bool>> = truth.iter().map(|&group| Some(group == 2)).collect();
    let params = Params { method: Method::LatentClass, ..Params::default() };
    let table = table_of(&matrix);
    let found = discover_in(&matrix, &table, &[], Some(&outcome), params, 1).unwrap();
    assert_eq!((found.choice.k, found.choice.judge.as_str()), (4, "outcome"));
}

#[test]
fn the_distances_of_a_mixture_are_depths_and_one_in_a_hundred_does_not_fit() {
    let (matrix, _) = mixed(2000, 7);
    for method in [Method::LatentClass, Method::KPrototypes] {
        let found = find(&matrix, method, K::Exactly(4)).unwrap();
        let beyond = found
            .assignments
            .iter()
            .filter(|a| a.distance > found.radii[a.segment.unwrap() as usize])
            .count();
        assert!((1..=20).contains(&beyond), "{}: {beyond}", method.name());
        assert!(found.radii.iter().all(|radius| radius.is_finite() && *radius >= 0.0));
    }
}

#[test]
fn a_gaussian_mixture_refuses_columns_of_two_values() {
    let (matrix, _) = mixed(400, 8);
    let error = find(&matrix, Method::Gmm, K::Auto).unwrap_err();
    assert_eq!(error.code(), "E-FIT-030");
    assert!(error.hint().unwrap().contains("k-prototypes"));
}

#[test]
fn a_gaussian_mixture_finds_ellipses_that_k_means_cuts() {
    let mut rng = Seed::new(9).stream("ellipses", 0);
    let truth: Vec<Option<u32>> = (0..3000).map(|i| Some(i % 3)).collect();
    let rows = Array2::from_shape_fn((3000, 2), |(i, j)| {
        let noise = (0..12).map(|_| rng.r#gen::<f64>()).sum::<f64>() - 6.0;
        if j == 0 { 6.0 * noise } else { 4.0 * (i % 3) as f64 + 0.5 * noise }
    });
    let matrix = Matrix::unnamed(rows).unwrap();
    let found = find(&matrix, Method::Gmm, K::Auto).unwrap();
    assert_eq!(found.choice.k, 3, "{:?}", found.choice);
    assert!(adjusted_rand(&labels(&found), &truth) > 0.97);
    let means = find(&matrix, Method::KMeans, K::Exactly(3)).unwrap();
    assert!(adjusted_rand(&labels(&means), &truth) < 0.6);
}

#[test]
fn linfa_does_not_do_these_methods() {
    for method in [Method::Gmm, Method::LatentClass, Method::KPrototypes] {
        let params = Params { method, engine: Engine::Linfa, ..Params::default() };
        let error = params.check().unwrap_err();
        assert_eq!(error.code(), "E-CFG-047");
    }
}

#[test]
fn a_new_customer_is_placed_by_what_is_known() {
    let (matrix, _) = mixed(1500, 10);
    let found = find(&matrix, Method::LatentClass, K::Exactly(4)).unwrap();
    // Without any level, the categories are not known: the numbers alone decide, so the
    // group is one of two and the margin small.
    let mut row = matrix.take(&[0]).unwrap().values().to_owned();
    row.slice_mut(ndarray::s![.., 2..]).fill(0.0);
    let bare = Matrix::new(row, matrix.columns().to_vec()).unwrap();
    let placed = found.segmentation.assign(&bare).unwrap()[0];
    assert!(placed.margin.unwrap() < 0.5, "{placed:?}");
    // The same by gaps of the table.
    let mut columns = table_of(&matrix.take(&[0]).unwrap()).columns().to_vec();
    for column in &mut columns[2..] {
        column.values = crate::table::Values::Number(vec![f64::NAN]);
    }
    for (c, column) in columns[2..].iter_mut().enumerate() {
        column.name = if c < 6 { format!("c{c}") } else { format!("y{c}") };
    }
    let ids = table_of(&matrix.take(&[0]).unwrap()).ids().clone();
    let table = crate::table::FeatureTable::new(ids, columns, None).unwrap();
    let gaps = Gaps { table: &table, rows: None };
    let known = matrix.take(&[0]).unwrap();
    assert_eq!(found.segmentation.assign_known(&known, Some(&gaps)).unwrap()[0], placed);
}

/// Independent yes-or-no items, and one correlated cloud: there is nothing to be found.
#[test]
fn where_there_are_no_groups_no_segment_is_natural() {
    for seed in 0..4 {
        let mut rng = Seed::new(seed).stream("nothing", 0);
        let items = Array2::from_shape_fn((800, 8), |(_, j)| {
            f64::from(u8::from(rng.r#gen::<f64>() < 0.1 + 0.05 * j as f64))
        });
        let cloud = Array2::from_shape_fn((800, 4), |_| {
            (0..12).map(|_| rng.r#gen::<f64>()).sum::<f64>() - 6.0
        });
        let mut cloud = cloud;
        let shared = cloud.column(0).to_owned();
        cloud.columns_mut().into_iter().skip(1).for_each(|mut column| column += &shared);
        let both = ndarray::concatenate![ndarray::Axis(1), cloud, items];
        for (method, rows) in [
            (Method::LatentClass, &items),
            (Method::LatentClass, &both),
            (Method::KPrototypes, &items),
            (Method::KPrototypes, &both),
            (Method::Gmm, &cloud),
        ] {
            let found =
                find(&Matrix::unnamed(rows.clone()).unwrap(), method, K::Exactly(3)).unwrap();
            let natural = found.verdicts.iter().filter(|v| **v == Verdict::Natural).count();
            assert_eq!(natural, 0, "{} {seed}", method.name());
        }
    }
}

#[test]
fn a_survey_is_cut_alike_by_another_seed() {
    let Some(matrix) = super::latent::tests::mcdonalds() else { return };
    let params = Params { method: Method::LatentClass, k: K::Exactly(4), ..Params::default() };
    let table = table_of(&matrix);
    let by = |seed| discover_in(&matrix, &table, &[], None, params.clone(), seed).unwrap();
    let (found, again) = (by(1), by(2));
    assert!(adjusted_rand(&labels(&found), &labels(&again)) > 0.95);
    assert!(found.choice.found_again);
    // At its number the survey is reproducible, but for at most one class.
    let weak = found.verdicts.iter().filter(|v| **v == Verdict::Constructed).count();
    assert!(weak <= 1, "{:?}", found.stability);
}
