use super::*;
use crate::cluster::battery::blobs;
use crate::cluster::{Auto, K, Method, Params};
use crate::table::{FeatureTable, Ids};

fn run(matrix: &Matrix, variations: &[Variation<'_>]) -> Survey {
    // No raw column, so that none reproduces a segment.
    let values = (0..matrix.n_rows()).map(|row| row.to_string().into()).collect();
    let ids = Ids { name: "row".to_owned(), values, from_rows: true };
    let table = FeatureTable::new(ids, Vec::new(), None).unwrap();
    let prepare = |a: &[usize], b: &[usize]| Ok((matrix.take(a)?, matrix.take(b)?));
    let task = Task {
        matrix,
        table: &table,
        base: &[],
        describing: &[],
        value: None,
        outcome: None,
        prepare: &prepare,
    };
    let means = Params { k: K::Between(2, 6), ..Params::default() }.check().unwrap();
    let density = |eps| {
        let min_points = Auto::Is(5);
        Params { method: Method::Dbscan, eps, min_points, ..Params::default() }.check().unwrap()
    };
    let others = [density(Auto::Is(1.5)), density(Auto::Is(1e-9))];
    survey(&task, &means, &others, variations, Seed::new(1), &|_| {}).unwrap()
}

#[test]
fn three_clear_groups_are_recommended_by_every_line() {
    let (matrix, _) = blobs(900, 3, 4);
    let found = run(&matrix, &[]);
    assert_eq!(found.choice().k, 3, "{}", found.choice().reason);
    assert_eq!(found.recommendation.segments, 3);
    assert_eq!(found.recommendation.set, ["segments.method=k-means", "segments.k=3"]);
    assert_eq!(found.seed_agreement, 1.0);
    let [means, density, noise] = &found.methods[..] else { panic!("{:?}", found.methods) };
    assert_eq!((means.segments, means.natural, means.agreement), (3, 3, Some(1.0)));
    assert_eq!(density.segments, 3);
    assert!(density.agreement.unwrap() > 0.95, "{density:?}");
    assert!(noise.refused.contains("noise"), "{noise:?}");
    assert_eq!(noise.segments, 0);
    assert_eq!(found.labels.len(), 1);
    let best = |of: fn(&Indices) -> f64| {
        found.indices.iter().max_by(|a, b| of(a).total_cmp(&of(b))).unwrap().k
    };
    assert_eq!(best(|i| i.calinski_harabasz.unwrap()), 3);
    assert_eq!(best(|i| -i.davies_bouldin.unwrap()), 3);
    assert_eq!(best(|i| -i.bic.unwrap()), 3);
}

#[test]
fn flows_hold_every_customer_once_per_step() {
    let (matrix, _) = blobs(400, 2, 5);
    let found = run(&matrix, &[]);
    for pair in found.discovery.candidate_labels.windows(2) {
        let step = found.flows.iter().filter(|flow| flow.k == pair[0].0);
        assert_eq!(step.clone().map(|flow| flow.customers).sum::<u64>(), 400);
        let most = step.map(|flow| flow.to).max().unwrap();
        assert_eq!(most as usize, pair[1].0);
    }
}

#[test]
fn a_decision_that_changes_nothing_moves_nobody_and_one_that_takes_the_groups_away_does() {
    let (matrix, _) = blobs(600, 2, 6);
    let same = matrix.clone();
    let shuffled =
        Matrix::unnamed(ndarray::Array2::from_shape_fn((600, 1), |(i, _)| (i * 7919 % 601) as f64));
    let shuffled = shuffled.unwrap();
    let variations = [
        Variation {
            decision: "the same".into(),
            prepare: Box::new(|_: &[usize]| Ok(same.clone())),
        },
        Variation {
            decision: "something else".into(),
            prepare: Box::new(|_: &[usize]| Ok(shuffled.clone())),
        },
        Variation {
            decision: "equal customers".into(),
            prepare: Box::new(|_: &[usize]| Ok(Matrix::unnamed(ndarray::Array2::zeros((600, 1)))?)),
        },
    ];
    let found = run(&matrix, &variations).sensitivity;
    assert_eq!((found[0].decision.as_str(), found[0].moved), ("the same", Some(0.0)));
    assert!(found[1].moved.unwrap() > 0.3, "{found:?}");
    assert_eq!(found[2].moved, None);
}
