//! That nothing is changed which was only lent, and that the table of the battery in the
//! documentation names tests that exist.

use std::path::Path;

use super::*;
use crate::normalise::{self, Normaliser, Purpose};

#[test]
fn b15_b16_inputs_and_parameters_are_left_alone_and_survive_a_round_trip() {
    let (matrix, _) = blobs(120, 2, 15);
    for (name, params) in methods() {
        let (rows, given) = (matrix.clone(), params.clone());
        find(&params, &matrix, 1).unwrap();
        assert_eq!((&matrix, &params), (&rows, &given), "{name}");
        let text = serde_json::to_string(&params).unwrap();
        assert_eq!(serde_json::from_str::<Params>(&text).unwrap(), params, "{name}");
    }
}

#[test]
fn b17_parameters_out_of_their_range_are_rejected() {
    for (name, params) in methods() {
        let check = |change: &dyn Fn(&mut Params)| {
            let mut params = params.clone();
            change(&mut params);
            params.check()
        };
        assert!(check(&|_| ()).is_ok(), "{name}");
        assert!(check(&|p| p.k = K::Exactly(0)).is_err(), "{name}");
        for share in [-0.1, 1.0, f64::NAN] {
            assert!(check(&|p| p.min_share = share).is_err(), "{name}: {share}");
        }
        if params.method == Method::Dbscan {
            for eps in [0.0, -1.0, f64::NAN, f64::INFINITY] {
                assert!(check(&|p| p.eps = Auto::Is(eps)).is_err(), "{name}: {eps}");
            }
            assert!(check(&|p| p.min_points = Auto::Is(0)).is_err(), "{name}");
        }
    }
}

/// A table of what `blobs` gives after a translation and a scaling, standardised.
fn standardised(values: Array2<f64>) -> Matrix {
    let matrix = Matrix::unnamed(values).unwrap();
    let table = table_of(&matrix);
    let columns: Vec<usize> = (0..matrix.n_columns()).collect();
    let rows: Vec<usize> = (0..matrix.n_rows()).collect();
    let params = normalise::Params::default().check().unwrap();
    let (normaliser, _) = Normaliser::fit(
        &table,
        &columns,
        &rows,
        &params,
        Purpose::Distance,
        &normalise::base::NotApplicable::default(),
    )
    .unwrap();
    normaliser.apply(&table, &rows).unwrap()
}

#[test]
fn b25_b26_translation_and_scale_change_no_label_after_standardising() {
    let (matrix, _) = blobs(200, 2, 25);
    // Whole sixteenths, so that the translation itself loses nothing.
    let rows = matrix.values().mapv(|x| (x * 16.0).round() / 16.0);
    let plain = standardised(rows.clone());
    let moved = [rows.mapv(|x| x + 64.0), rows.mapv(|x| x * 8.0), rows.mapv(|x| x * 3.7 - 5.0)];
    for moved in moved.map(standardised) {
        let apart = (&plain.values() - &moved.values()).mapv(f64::abs);
        assert!(apart.iter().all(|difference| *difference <= 1e-9));
        for (name, mut params) in methods() {
            if params.method == Method::Dbscan {
                params.eps = Auto::Is(0.5);
            }
            let a = labels(&find(&params, &plain, 1).unwrap());
            let b = labels(&find(&params, &moved, 1).unwrap());
            assert_eq!(a, b, "{name}");
        }
    }
}

#[test]
fn b28_values_of_f32_and_whole_numbers_are_as_good_as_f64() {
    let (matrix, _) = blobs(200, 2, 28);
    for rows in [matrix.values().mapv(|x| f64::from(x as f32)), matrix.values().mapv(f64::round)] {
        let narrow: Vec<f32> = rows.iter().map(|&x| x as f32).collect();
        let wide = Array2::from_shape_vec((200, 2), narrow.iter().map(|&x| f64::from(x)).collect());
        let (wide, rows) =
            (Matrix::unnamed(wide.unwrap()).unwrap(), Matrix::unnamed(rows).unwrap());
        for (name, params) in methods() {
            let (a, b) = (find(&params, &rows, 1).unwrap(), find(&params, &wide, 1).unwrap());
            assert_eq!(a.segmentation, b.segmentation, "{name}");
        }
    }
}

/// The rows of a Markdown table below a heading, cell by cell.
fn cells<'a>(text: &'a str, heading: &str) -> Vec<Vec<&'a str>> {
    let (_, rest) = text.split_once(heading).unwrap();
    rest.lines()
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .filter(|line| !line.starts_with("|-"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

fn sources(folder: &Path, out: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|end| end == "rs") {
            out.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn the_table_of_the_battery_leaves_nothing_unexplained() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(root.join("docs/battery.md")).unwrap();
    let mut code = String::new();
    sources(&root.join("src"), &mut code);
    let reasons: Vec<&str> = cells(&text, "## Not applicable")[1..].iter().map(|r| r[0]).collect();
    let table = cells(&text, "# The battery");
    let names: Vec<&str> = methods().iter().map(|(name, _)| *name).collect();
    assert_eq!(table[0][2..2 + names.len()], names);
    let numbers: Vec<&str> = table[1..].iter().map(|row| row[0]).collect();
    let expected: Vec<String> = (1..=42).map(|number| format!("B{number}")).collect();
    assert_eq!(numbers, expected);
    check_rows(&table[1..], names.len(), &reasons, &code);
    let churn = cells(&text, "## The battery of the churn models");
    assert_eq!(churn[0][2..4], ["logistic", "boosting"]);
    let numbers: Vec<&str> = churn[1..].iter().map(|row| row[0]).collect();
    let expected: Vec<String> = (43..=49).map(|number| format!("B{number}")).collect();
    assert_eq!(numbers, expected);
    check_rows(&churn[1..], 2, &reasons, &code);
}

/// Every cell is a yes or has a reason, and every test exists.
fn check_rows(rows: &[Vec<&str>], methods: usize, reasons: &[&str], code: &str) {
    for row in rows {
        for cell in &row[2..2 + methods] {
            let reason = cell.strip_prefix("n/a ");
            assert!(*cell == "yes" || reason.is_some_and(|r| reasons.contains(&r)), "{row:?}");
        }
        let tests: Vec<&str> = row[2 + methods].split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "{row:?}");
        for test in tests {
            assert!(code.contains(&format!("fn {test}(")), "{test} does not exist");
        }
    }
}
