//! Levels that do not apply, and the votes of categories.

use super::*;

/// Customers 0..20 have no internet: they are the same rows in three columns.
pub(super) fn internet() -> FeatureTable {
    let n = 60_u32;
    let service: Vec<u32> = (0..n).map(|i| if i < 20 { 2 } else { i % 2 }).collect();
    let add_on = |step: u32| -> Vec<u32> {
        (0..n)
            .map(|i| {
                if i < 20 {
                    1
                } else if i % step == 0 {
                    2
                } else {
                    0
                }
            })
            .collect()
    };
    let levels = ["No", "No internet service", "Yes"];
    table(vec![
        category("Internet", &["DSL", "Fiber", "No"], &service),
        category("Security", &levels, &add_on(3)),
        category("Backup", &levels, &add_on(5)),
    ])
}

#[test]
fn a_not_applicable_level_is_folded_and_kept_once() {
    let t = internet();
    let (normaliser, findings) = fit(&t, Purpose::Distance);
    assert_eq!(
        names(&normaliser),
        ["Internet=DSL", "Internet=Fiber", "Internet=No", "Security=Yes", "Backup=Yes"]
    );
    assert_eq!(codes(&findings), ["not-applicable-level"; 2]);
    assert_eq!(findings[0].count, Some(20));
    let matrix = all(&normaliser, &t);
    assert_eq!(matrix.values()[[0, 3]], 0.0);
    assert_eq!(matrix.values()[[21, 3]], 1.0);
}

#[test]
fn without_another_column_that_says_it_one_dummy_stays() {
    let t = internet();
    let rows: Vec<usize> = (0..60).collect();
    let params = Params::default().check().unwrap();
    let (normaliser, _) =
        Normaliser::fit(&t, &[1, 2], &rows, &params, Purpose::Distance, &NotApplicable::Auto)
            .unwrap();
    assert_eq!(
        names(&normaliser),
        ["Security=No", "Security=No internet service", "Security=Yes", "Backup=Yes"]
    );
}

#[test]
fn listed_levels_are_folded_by_name() {
    let t = internet();
    let rows: Vec<usize> = (0..60).collect();
    let params = Params::default().check().unwrap();
    let listed = NotApplicable::Listed(vec!["no internet service".into()]);
    let (normaliser, _) =
        Normaliser::fit(&t, &[1], &rows, &params, Purpose::Distance, &listed).unwrap();
    assert_eq!(names(&normaliser), ["Security=Yes"]);
}

#[test]
fn a_category_has_one_vote_like_a_number() {
    // Shares 1/2, 1/4, 1/4: two random customers differ by w^2 * 2 * sum p(1-p) = 2.
    let t = table(vec![category("c", &["a", "b", "c"], &[0, 0, 1, 2, 0, 0, 1, 2])]);
    let (normaliser, _) = fit(&t, Purpose::Distance);
    let matrix = all(&normaliser, &t);
    let mut sum = 0.0;
    for a in matrix.values().rows() {
        for b in matrix.values().rows() {
            sum += a.iter().zip(b).map(|(x, y)| (x - y).powi(2)).sum::<f64>();
        }
    }
    assert!((sum / 64.0 - 2.0).abs() < 1e-12);
    // By hand: sum p(1-p) = 1/4 + 2 * 3/16 = 5/8, w = sqrt(8/5).
    assert!((matrix.values()[[0, 0]] - 1.6_f64.sqrt()).abs() < 1e-15);
}
