//! Tables of every kind of block: stored, scored, and any of them.

use super::*;

/// A table with every kind of block and ordinary columns between them.
fn everything() -> FeatureTable {
    let n = 20;
    let at = |i: usize| PLACES[i % 7];
    let list: Vec<(f64, f64)> = (0..n)
        .map(|i| (at(i).0 + real(i) * 0.01, if i == 4 { f64::NAN } else { at(i).1 }))
        .collect();
    let mut columns = shares();
    columns.extend(places(&list));
    columns.push(category("plan", &["a", "b", "c"], &(0..20).map(|i| i % 3).collect::<Vec<_>>()));
    for j in 0..3 {
        let values: Vec<f64> = (0..n).map(|row| real((row * 3 + j * row + j) % 7 + 1)).collect();
        columns.push(answers(&format!("q{j}"), &values));
    }
    table(columns)
}

#[test]
fn blocks_survive_json_bit_by_bit_and_lies_are_found() {
    let t = everything();
    let params = Params { likert: Likert::Centred, ..Params::default() };
    let (normaliser, _) = fit_with(&t, params, Purpose::Distance).unwrap();
    let json = serde_json::to_string(&normaliser).unwrap();
    let back: Normaliser = serde_json::from_str(&json).unwrap();
    back.validate().unwrap();
    assert_eq!(back, normaliser);
    let bits = |normaliser: &Normaliser| -> Vec<u64> {
        all(normaliser, &t).values().iter().map(|value| value.to_bits()).collect()
    };
    assert_eq!(bits(&back), bits(&normaliser));
    for (from, to) in [
        ("\"longitude\":\"lon\"", "\"longitude\":\"lat\""),
        ("\"axis\":\"x\"", "\"axis\":\"w\""),
        ("\"centred_on\":[\"q0\",", "\"centred_on\":[\"q7\","),
        ("\"filled\":true", "\"filled\":true,\"path\":\"/etc\""),
        ("{\"place\":", "{\"flag\":"),
    ] {
        let lie = json.replacen(from, to, 1);
        assert_ne!(lie, json, "{from}");
        let read: Result<Normaliser, _> = serde_json::from_str(&lie);
        assert!(read.is_err() || read.is_ok_and(|read| read.validate().is_err()), "{to}");
    }
}

#[test]
fn a_row_of_blocks_does_not_depend_on_the_other_rows() {
    let t = everything();
    for likert in [Likert::Raw, Likert::Centred] {
        let params = Params { likert, ..Params::default() };
        let (normaliser, _) = fit_with(&t, params, Purpose::Distance).unwrap();
        let whole = all(&normaliser, &t);
        for row in 0..t.n_customers() {
            let part = normaliser.apply(&t.take(&[row]), &[0]).unwrap();
            for j in 0..whole.n_columns() {
                let (a, b) = (part.values()[[0, j]], whole.values()[[row, j]]);
                assert_eq!(a.to_bits(), b.to_bits(), "row {row}");
            }
        }
    }
}

#[test]
fn a_new_table_needs_both_halves_of_a_place() {
    let t = everything();
    let (normaliser, _) = fit(&t, Purpose::Distance);
    let error = normaliser.apply(&t.without(&["lon".into()]), &[0]).unwrap_err();
    assert_eq!(error.to_string(), "1 of 9 needed columns are missing: lon");
    let mut columns = t.columns().to_vec();
    columns[3] = flag("lon", &[0; 20]);
    let error = normaliser.apply(&table(columns), &[0]).unwrap_err();
    assert_eq!(error.code(), "E-NRM-008");
}

/// A linear predictor has no distances: there columns stand for themselves.
#[test]
fn regression_knows_no_blocks() {
    let t = everything();
    let plain = t.columns().iter().map(|column| Column { block: None, ..column.clone() });
    let plain = table(plain.collect());
    assert_eq!(fit(&t, Purpose::Regression), fit(&plain, Purpose::Regression));
}

#[test]
fn the_base_takes_whole_places_and_items_alone() {
    let mut columns = places(&PLACES).to_vec();
    let mut item = |name: &str| {
        let column = flag(name, &[0, 1, 0, 1, 1, 0, 0]);
        let column = Column { family: Family::Psychographic, ..column };
        columns.push(block(column, "survey", BlockKind::Items));
    };
    for name in ["yummy", "fast", "cheap"] {
        item(name);
    }
    columns.push(column(
        "Like",
        Family::Psychographic,
        Values::Number(vec![1.0, 2.0, 3.0, 4.0, 5.0, 4.0, 1.0]),
    ));
    let t = table(columns);
    let choice = base::choose(&t, &ClusterOn::Auto, &[]).unwrap();
    assert_eq!((choice.family.as_str(), choice.columns), ("psychographic", vec![2, 3, 4]));
    assert_eq!(choice.describing, [0, 1, 5]);
    assert!(choice.reason.starts_with("built on the 3 psychographic items"), "{}", choice.reason);
    for half in ["lat", "lon"] {
        let on = ClusterOn::Listed(vec![half.into()]);
        assert_eq!(base::choose(&t, &on, &[]).unwrap().columns, [0, 1]);
    }
    let on = ClusterOn::Listed(vec!["psychographic".into()]);
    assert_eq!(base::choose(&t, &on, &[]).unwrap().columns, [2, 3, 4, 5]);
}

proptest! {
    /// A place and its scale do not depend on where longitude 0 lies.
    #[test]
    fn turning_the_globe_changes_no_distance(
        list in prop::collection::vec((-89.0..89.0_f64, -170.0..170.0_f64), 5..30),
        turn in 1.0..10.0_f64,
    ) {
        let turned: Vec<(f64, f64)> = list.iter().map(|&(a, o)| (a, o + turn)).collect();
        let of = |list: &[(f64, f64)]| {
            let mut columns = places(list).to_vec();
            let spend: Vec<f64> = (0..list.len()).map(|i| real(i * i)).collect();
            columns.push(number("spend", &spend));
            let t = table(columns);
            all(&fit(&t, Purpose::Distance).0, &t)
        };
        let (a, b) = (of(&list), of(&turned));
        for row in 1..list.len() {
            let (before, after) = (apart(&a, 0, row, 0..3), apart(&b, 0, row, 0..3));
            prop_assert!((before - after).abs() <= 1e-9 * (1.0 + before));
        }
    }

    /// Whatever the shares, together they have the vote of one number.
    #[test]
    fn shares_have_one_vote_whatever_they_are(
        parts in prop::collection::vec(prop::collection::vec(0.01..1.0_f64, 4), 8..40),
    ) {
        let share = |j: usize| {
            let values: Vec<f64> =
                parts.iter().map(|row| row[j] / row.iter().sum::<f64>()).collect();
            block(number(&format!("s{j}"), &values), "s", BlockKind::Shares)
        };
        let t = table((0..3).map(share).collect());
        let matrix = all(&fit(&t, Purpose::Distance).0, &t);
        prop_assert!((mean_apart(&matrix, &(0..3)) - 2.0).abs() < 1e-9);
    }
}
