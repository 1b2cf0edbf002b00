//! Published figures, and those of an independent implementation.

use super::*;

/// Ratings of 118 slides by seven pathologists, carcinoma or not (Agresti 2002, Categorical
/// Data Analysis, table 13.1), and what `poLCA` says of them (Linzer & Lewis 2011, section
/// 5.1): with 3 classes BIC 697.1357 and AIC 633.41, with 2 classes a log-likelihood of
/// -317.2568 and BIC 706.0739.
#[test]
fn the_published_figures_of_the_carcinoma_data() {
    let matrix = patterns(&[
        ("0000000", 34),
        ("0000100", 2),
        ("0100000", 6),
        ("0100001", 1),
        ("0100100", 4),
        ("0100101", 5),
        ("1000000", 2),
        ("1010101", 1),
        ("1100000", 2),
        ("1100001", 1),
        ("1100100", 2),
        ("1100101", 7),
        ("1100111", 1),
        ("1101001", 1),
        ("1101101", 2),
        ("1101111", 3),
        ("1110101", 13),
        ("1110111", 5),
        ("1111101", 10),
        ("1111111", 16),
    ]);
    let three = plain(3).fit_matrix(&matrix, None).unwrap();
    assert!((three.bic() - 697.1357).abs() < 5e-5, "{}", three.bic());
    let aic = 2.0 * three.n_parameters() as f64 - 2.0 * three.log_likelihood();
    assert!((aic - 633.41).abs() < 5e-3, "{aic}");
    let two = plain(2).fit_matrix(&matrix, None).unwrap();
    assert!((two.log_likelihood() + 317.2568).abs() < 5e-5, "{}", two.log_likelihood());
    assert!((two.bic() - 706.0739).abs() < 5e-5);
    // BIC takes three classes there, as the paper does.
    for k in [1, 2, 4, 5] {
        assert!(three.bic() < plain(k).fit_matrix(&matrix, None).unwrap().bic(), "{k}");
    }
}

/// numpy 2.4.6, recipe in `tests/oracles/latent_classes.py`: the best of 60 starts.
#[test]
fn mixed_columns_with_gaps_are_as_likely_as_an_independent_implementation_says() {
    let (matrix, table) = mixed();
    let gaps = Gaps { table: &table, rows: None };
    for (k, log_likelihood) in
        [(1, -1304.9472504798741), (2, -1045.0934754671139), (3, -945.5480228533592)]
    {
        let model = plain(k).fit_matrix(&matrix, Some(&gaps)).unwrap();
        let found = model.log_likelihood();
        assert!((found - log_likelihood).abs() < 1e-4, "{k}: {found}");
    }
    let model = plain(3).fit_matrix(&matrix, Some(&gaps)).unwrap();
    assert_eq!(model.classes().variables().levels(), [3, 2], "missing is no level");
    // 2 weights, and per class 2 + 1 shares of levels, 2 means and 2 deviations.
    assert_eq!(model.n_parameters(), 2 + 3 * (2 + 1 + 4));
}

/// The same recipe on the 11 yes-or-no items of a survey of 1,453 people.
#[test]
fn a_survey_is_as_likely_as_an_independent_implementation_says() {
    let Some(matrix) = mcdonalds() else { return };
    for (k, log_likelihood) in [
        (1, -8346.216976839301),
        (2, -7610.836089863257),
        (3, -7311.477837421098),
        (4, -7111.10812556545),
    ] {
        let found = plain(k).fit_matrix(&matrix, None).unwrap().log_likelihood();
        assert!(found >= log_likelihood - 1e-3, "{k}: {found}");
        assert!(found <= log_likelihood + 2.0, "{k}: {found}");
    }
}

/// Eleven yes-or-no items of 1,453 people.
pub(crate) fn mcdonalds() -> Option<Matrix> {
    let file = crate::testing::real_data("mcdonalds/mcdonalds.csv")?;
    let text = std::fs::read_to_string(file).unwrap();
    let rows: Vec<f64> = text
        .lines()
        .skip(1)
        .flat_map(|line| {
            line.split(',').take(11).map(|cell| f64::from(u8::from(cell.contains("Yes"))))
        })
        .collect();
    Some(Matrix::unnamed(Array2::from_shape_vec((rows.len() / 11, 11), rows).unwrap()).unwrap())
}
