//! What predictions go by: groups, permutation and partial dependence, out of fold.

use super::*;

/// `a` matters and has a double, `b` matters the other way, `c` is a flag that matters,
/// `idle` is noise.
fn doubled(n: usize) -> FeatureTable {
    let (columns, _, y) = simulated(n);
    let Values::Number(a) = &columns[0].values else { panic!() };
    let double = (0..n).map(|i| 3.0 * a[i] + 0.05 * normal(i, 90)).collect();
    // A draw that goes with nothing by chance either (its correlation with what a, b and c
    // leave open is .6 standard errors).
    let idle = (0..n).map(|i| normal(i, 94)).collect();
    let mut columns = columns;
    columns.push(numbers("double", double));
    columns.push(numbers("idle", idle));
    table(columns, some(&y))
}

#[test]
fn permutation_and_dependence_are_out_of_fold_and_grouped() {
    let table = doubled(1500);
    for model in [ModelChoice::Logistic, ModelChoice::Boosting] {
        let params = Params { model, ..Params::default() }.check().unwrap();
        let results = computed_of(fit_with(&table, &[], 5, &params)).results;
        let find = |name: &str| {
            let has = |p: &&crate::results::Permutation| p.columns.contains(&name.to_owned());
            results.permutation.iter().find(has).unwrap()
        };
        assert_eq!(results.permutation.len(), 4, "{model:?}");
        // The double shares the group of its original, and the group is the strongest.
        assert_eq!(results.permutation[0].columns, ["a", "double"], "{model:?}");
        assert!(results.permutation[0].log_loss.low > 0.01);
        assert!(results.permutation[0].roc_auc > 0.05);
        let idle = find("idle");
        assert!(idle.log_loss.low < 0.0 && idle.log_loss.high < 0.01, "{model:?} {idle:?}");
        let rises =
            |pair: &[crate::results::Permutation]| pair[0].log_loss.value >= pair[1].log_loss.value;
        assert!(results.permutation.windows(2).all(rises));
        // More of a goes with more, more of b with less; both groups are shown.
        let of = |name: &str| results.dependence.iter().find(|d| d.column == name).unwrap();
        let (a, b, c) = (of("a"), of("b"), of("c"));
        assert_eq!(a.with, ["double"]);
        let ends = |d: &crate::results::Dependence| {
            (d.points[0].probability, d.points[d.points.len() - 1].probability)
        };
        assert!(ends(a).0 + 0.2 < ends(a).1, "{model:?} {a:?}");
        assert!(ends(b).0 > ends(b).1 + 0.1, "{model:?} {b:?}");
        assert!(a.points.windows(2).all(|pair| pair[0].x < pair[1].x));
        assert_eq!(c.points.len(), 2);
        assert!(c.points.iter().all(|point| point.level.is_some() && point.x.is_none()));
        for point in results.dependence.iter().flat_map(|d| &d.points) {
            assert!(point.low <= point.probability && point.probability <= point.high);
        }
        // Averaged over the values it has, a column says what the model says.
        let mean = a.points.iter().map(|point| point.probability).sum::<f64>() / 12.0;
        assert!((mean - results.base_rate).abs() < 0.08, "{mean}");
    }
}

#[test]
fn profit_stands_beside_the_lift_where_it_is_given() {
    let (columns, _, y) = simulated(1000);
    let table = table(columns, some(&y));
    let with = |params: Params| {
        let params = Params { model: ModelChoice::Logistic, ..params }.check().unwrap();
        computed_of(fit_with(&table, &[], 5, &params)).results
    };
    let none = with(Params::default());
    assert!(none.profit.is_none() && none.no_profit.contains("churn.contact-cost"));
    let given = with(Params {
        contact_cost: Some(2.0),
        saved_value: Some(100.0),
        save_rate: Some(0.2),
        ..Params::default()
    });
    let profit = given.profit.unwrap();
    assert!(given.no_profit.is_empty() && profit.curve.len() == 101);
    // Who is less likely than one in ten does not pay, who is likelier does.
    assert_eq!(profit.break_even, Some(0.1));
    assert!(profit.best_share > 0.3 && profit.best_share < 1.0, "{}", profit.best_share);
    assert!(profit.best.profit >= profit.at_budget.profit);
    let all = profit.curve[100];
    let events = number(y.iter().filter(|&&yes| yes).count());
    assert!((all.profit - 0.9 * (events * 20.0 - 2000.0)).abs() < 1e-6);
    // Out of fold and calibrated, what is predicted is what happened.
    assert!(all.low < all.predicted && all.predicted < all.high);
}
