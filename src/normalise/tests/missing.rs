//! Missing values.

use super::*;

#[test]
fn charges_of_new_customers_are_zero_not_the_median() {
    let mut tenure: Vec<f64> = (0..60).map(f64::from).collect();
    tenure[1] = 0.0;
    let mut total: Vec<f64> = tenure.iter().map(|t| 50.0 * t).collect();
    total[0] = f64::NAN;
    total[1] = f64::NAN;
    let t = table(vec![
        number("tenure", &tenure),
        number("total", &total),
        flag("f", &[[0, 1]; 30].concat()),
    ]);
    let (normaliser, findings) = fit(&t, Purpose::Distance);
    assert!(codes(&findings).contains(&"structural-zero"));
    let matrix = all(&normaliser, &t);
    assert!(normaliser.to_raw(1, matrix.values()[[0, 1]]).abs() < 1e-9);
    // A later gap with another tenure gets the median of what is known.
    let later =
        table(vec![number("tenure", &[5.0]), number("total", &[f64::NAN]), flag("f", &[1])]);
    let raw = normaliser.to_raw(1, all(&normaliser, &later).values()[[0, 1]]);
    assert!((raw - 1475.0).abs() < 1e-9, "{raw}");
}

#[test]
fn missing_numbers_get_the_median_and_an_indicator_where_many() {
    let few: Vec<f64> = (0..10).map(|i| if i == 9 { f64::NAN } else { f64::from(i) }).collect();
    let many: Vec<f64> = (0..10).map(|i| if i < 3 { f64::NAN } else { f64::from(i) }).collect();
    let most: Vec<f64> = (0..10).map(|i| if i < 6 { f64::NAN } else { f64::from(i) }).collect();
    let t = table(vec![number("few", &few), number("many", &many), number("most", &most)]);
    let (normaliser, findings) = fit(&t, Purpose::Distance);
    assert_eq!(names(&normaliser), ["few", "many", "many (missing)"]);
    assert!(codes(&findings).contains(&"mostly-missing-column"));
    let matrix = all(&normaliser, &t);
    assert!((normaliser.to_raw(0, matrix.values()[[9, 0]]) - 4.0).abs() < 1e-12);
    let (regression, _) = fit(&t, Purpose::Regression);
    assert!(names(&regression).contains(&"few (missing)"));
    assert!(names(&regression).contains(&"most (missing)"));
    assert!(!names(&regression).contains(&"most"));
}

#[test]
fn impute_error_and_drop_row_refuse_gaps() {
    let t = table(vec![number("x", &[1.0, f64::NAN, 3.0])]);
    let with = |impute| Params { impute, ..Params::default() };
    let error = fit_with(&t, with(Impute::Error), Purpose::Distance).unwrap_err();
    assert_eq!((error.code(), error.to_string().contains('x')), ("E-DQ-010", true));
    let error = fit_with(&t, with(Impute::DropRow), Purpose::Distance).unwrap_err();
    assert_eq!(error.code(), "E-DQ-011");
    let rows = complete_rows(&t, &[0], &[0, 1, 2]);
    assert_eq!(rows, [0, 2]);
    let params = with(Impute::DropRow).check().unwrap();
    let auto = NotApplicable::Auto;
    let (normaliser, _) =
        Normaliser::fit(&t, &[0], &rows, &params, Purpose::Distance, &auto).unwrap();
    assert!(normaliser.apply(&t, &rows).is_ok());
    assert!(normaliser.apply(&t, &[1]).is_err());
    let (zero, _) = fit_with(&t, with(Impute::Zero), Purpose::Distance).unwrap();
    assert!(zero.to_raw(0, all(&zero, &t).values()[[1, 0]]).abs() < 1e-12);
}
