//! A rule as the method: segments, the frozen segmentation, refusals.

use ndarray::Array2;

use super::*;
use crate::cluster::battery::table_of;
use crate::cluster::explore::{Discovery, Task};
use crate::cluster::{ClusterError, Engine, Segmentation, Shape, discover};
use crate::matrix::Matrix;
use crate::results::Verdict;
use crate::seed::Seed;

/// Runs `what` with a task of `n` customers with one column.
fn with_task<T>(n: usize, what: impl FnOnce(&Task) -> T) -> T {
    let matrix = Matrix::unnamed(Array2::from_shape_fn((n, 1), |(row, _)| row as f64)).unwrap();
    let table = table_of(&matrix);
    let prepare = |a: &[usize], b: &[usize]| Ok((matrix.take(a)?, matrix.take(b)?));
    let (base, describing) = (&[0][..], &[][..]);
    what(&Task {
        matrix: &matrix,
        table: &table,
        base,
        describing,
        value: None,
        outcome: None,
        prepare: &prepare,
    })
}

fn found(n: usize, labels: &RuleLabels) -> Result<Discovery, ClusterError> {
    with_task(n, |task| by_rule(task, labels))
}

#[test]
fn classes_with_customers_become_segments_in_the_order_of_the_rule() {
    let histories = five();
    let made = segment(&histories, &checked(), &Extra::default()).unwrap();
    let found = found(5, made.lifecycle.as_ref().unwrap()).unwrap();
    assert_eq!(found.names, ["first order", "second", "regular", "gone"]);
    let segments: Vec<u32> = found.assignments.iter().map(|a| a.segment.unwrap()).collect();
    assert_eq!(segments, [2, 3, 1, 0, 3]);
    assert!(found.assignments.iter().all(|a| a.second.is_none() && a.margin.is_none()));
    assert_eq!(found.verdicts, [Verdict::Rule; 4]);
    let own = [("2".to_owned(), "Twice".to_owned())].into();
    let names: Vec<String> = found.names(&own).into_values().collect();
    assert_eq!(names, ["first order", "Twice", "regular", "gone"]);
    assert_eq!((found.stability, found.choice.k, found.choice.fixed), (vec![None; 4], 4, true));
    assert_eq!((found.choice.method.as_str(), found.choice.judge.as_str()), ("lifecycle", "rule"));
    // Regular and gone are two classes apart; slowing, between them, holds nobody.
    assert_eq!(found.segmentation.distance_between(2, 3), 2.0);
}

#[test]
fn the_frozen_segmentation_needs_orders_and_gives_the_segments_of_the_fit() {
    let histories = varied(500, 600);
    let made = segment(&histories, &checked(), &Extra::default()).unwrap();
    for rule in [Rule::Lifecycle, Rule::Loyalty, Rule::Shopper, Rule::Rfm] {
        let found = found(500, made.get(rule).unwrap()).unwrap();
        let frozen = &found.segmentation;
        assert_eq!(frozen.assign_orders(&histories, &Extra::default()).unwrap(), found.assignments);
        let error = with_task(500, |task| frozen.assign(task.matrix)).unwrap_err();
        assert_eq!(error.code(), "E-FIT-020");
        assert_eq!(
            error.to_string(),
            format!("method {} needs orders, but there are none", rule.name())
        );
        assert_eq!((frozen.n_columns(), frozen.n_segments()), (0, found.names.len()));
    }
}

#[test]
fn a_rule_without_orders_is_refused_with_what_to_do() {
    for method in [Method::Rfm, Method::Loyalty, Method::ValueRisk] {
        let params = Params { method, ..Params::default() }.check().unwrap();
        let error =
            with_task(9, |task| discover(task, &params, Seed::new(1), &|_| {})).unwrap_err();
        assert_eq!(error.code(), "E-FIT-020");
        assert!(error.hint().unwrap().contains("input.transactions"));
    }
    let made = segment_table(3, &checked(), &Extra::default()).unwrap();
    assert_eq!(made.wanted(Rule::Abc).unwrap_err().code(), "E-FIT-021");
    assert_eq!(made.wanted(Rule::ValueRisk).unwrap_err().code(), "E-FIT-022");
}

#[test]
fn labels_of_other_customers_are_refused() {
    let made = segment(&five(), &checked(), &Extra::default()).unwrap();
    let error = found(4, made.lifecycle.as_ref().unwrap()).unwrap_err();
    assert!(matches!(error, ClusterError::Length { found: 5, expected: 4, .. }));
    // Nobody of whom the rule can tell: no segment at all.
    let (value, churn) = (&[1.0, f64::NAN][..], &[f64::NAN, 0.5][..]);
    let extra = Extra { value: Some(value), churn: Some(churn), ..Extra::default() };
    let made = segment_table(2, &checked(), &extra).unwrap();
    assert!(found(2, made.value_risk.as_ref().unwrap()).is_err());
}

#[test]
fn stored_segments_of_a_rule_are_checked() {
    let made = segment(&five(), &checked(), &Extra::default()).unwrap();
    let cuts = Box::new(made.loyalty.unwrap().cuts().clone());
    let parts = |method, kept: &[u8]| {
        let shape = Shape::Rule { cuts: cuts.clone(), kept: kept.to_vec() };
        Segmentation::from_parts(method, Engine::Kohort, shape)
    };
    assert!(parts(Method::Loyalty, &[0, 4]).is_ok());
    for kept in [&[][..], &[1, 1], &[2, 1], &[5]] {
        assert!(parts(Method::Loyalty, kept).is_err(), "{kept:?}");
    }
    assert!(parts(Method::Rfm, &[0]).is_err());
    assert!(parts(Method::KMeans, &[0]).is_err());
}
