//! Columns that are prepared together: places, shares, batteries of answers.

mod stored;

use super::*;
use crate::table::{Block, BlockKind};

fn block(column: Column, name: &str, kind: BlockKind) -> Column {
    Column { block: Some(Block { name: name.into(), kind }), ..column }
}

/// The seven places of the tests: Joensuu, Helsinki, Copenhagen, Bucharest, Beijing, and
/// two on either side of the date line.
const PLACES: [(f64, f64); 7] = [
    (62.6, 29.76),
    (60.17, 24.94),
    (55.68, 12.57),
    (44.43, 26.1),
    (39.9, 116.4),
    (-16.5, 179.9),
    (-16.5, -179.9),
];

fn places(places: &[(f64, f64)]) -> [Column; 2] {
    let of = |pick: fn(&(f64, f64)) -> f64| places.iter().map(pick).collect::<Vec<f64>>();
    [
        block(number("lon", &of(|place| place.1)), "home", BlockKind::Longitude),
        block(number("lat", &of(|place| place.0)), "home", BlockKind::Latitude),
    ]
}

/// The squared distance of two rows over some columns of the matrix.
fn apart(matrix: &Matrix, a: usize, b: usize, columns: std::ops::Range<usize>) -> f64 {
    columns.map(|j| (matrix.values()[[a, j]] - matrix.values()[[b, j]]).powi(2)).sum()
}

/// The mean squared distance of two random customers, the same one twice included.
fn mean_apart(matrix: &Matrix, columns: &std::ops::Range<usize>) -> f64 {
    let n = matrix.n_rows();
    let pairs = (0..n).flat_map(|a| (0..n).map(move |b| (a, b)));
    pairs.map(|(a, b)| apart(matrix, a, b, columns.clone())).sum::<f64>() / real(n * n)
}

#[test]
fn a_place_alone_stays_in_kilometres() {
    let t = table(places(&PLACES).to_vec());
    let (normaliser, findings) = fit(&t, Purpose::Distance);
    assert!(normaliser.is_in_km() && findings.is_empty());
    let matrix = all(&normaliser, &t);
    assert_eq!(names(&normaliser), ["lat/lon (x km)", "lat/lon (y km)", "lat/lon (z km)"]);
    let km = |a, b| arc(apart(&matrix, a, b, 0..3).sqrt());
    // Great circles by the haversine: 2 R asin(sqrt(hav(da) + cos a cos b hav(do))).
    let hav = |x: f64| (x.to_radians() / 2.0).sin().powi(2);
    for (a, b) in [(0, 1), (0, 4), (2, 3), (5, 6)] {
        let ((la, lo), (mb, mo)) = (PLACES[a], PLACES[b]);
        let cosines = la.to_radians().cos() * mb.to_radians().cos();
        let h = hav(mb - la) + cosines * hav(mo - lo);
        let expected = 2.0 * EARTH_KM * h.sqrt().asin();
        assert!((km(a, b) - expected).abs() < 1e-6, "{} {expected}", km(a, b));
    }
    // Across the date line it is 21 km, not 40,000.
    assert!((21.0..22.0).contains(&km(5, 6)), "{}", km(5, 6));
    // A weight has nothing to weigh against.
    let weights = [("lat".to_owned(), 9.0)].into();
    let (weighted, _) =
        fit_with(&t, Params { weights, ..Params::default() }, Purpose::Distance).unwrap();
    assert_eq!(weighted, normaliser);
}

#[test]
fn a_place_has_one_vote_beside_others() {
    let mut columns = places(&PLACES).to_vec();
    columns.push(number("spend", &[1.0, 5.0, 2.0, 7.0, 3.0, 4.0, 9.0]));
    let t = table(columns);
    let (normaliser, _) = fit(&t, Purpose::Distance);
    assert!(!normaliser.is_in_km());
    let matrix = all(&normaliser, &t);
    assert!((mean_apart(&matrix, &(0..3)) - 2.0).abs() < 1e-12);
    assert!((mean_apart(&matrix, &(3..4)) - 2.0).abs() < 1e-12);
    // The coordinates share their scale: ratios of distances are those on the globe.
    let alone = table(places(&PLACES).to_vec());
    let km = all(&fit(&alone, Purpose::Distance).0, &alone);
    let ratio = |a, b| apart(&matrix, a, b, 0..3) / apart(&km, a, b, 0..3);
    assert!((ratio(0, 1) / ratio(2, 4) - 1.0).abs() < 1e-9);
    // A weight multiplies its squared distances, by whichever half it is named.
    let weights = [("lon".to_owned(), 4.0)].into();
    let params = Params { weights, ..Params::default() };
    let weighted = all(&fit_with(&t, params, Purpose::Distance).unwrap().0, &t);
    assert!((mean_apart(&weighted, &(0..3)) - 8.0).abs() < 1e-12);
}

#[test]
fn half_a_place_is_no_place_and_counts_as_the_middle() {
    let mut some = PLACES;
    some[1] = (60.17, f64::NAN);
    some[2] = (f64::NAN, 12.57);
    some[3] = (144.0, 26.1);
    let t = table(places(&some).to_vec());
    let (normaliser, findings) = fit(&t, Purpose::Distance);
    assert_eq!(codes(&findings), ["unknown-places"]);
    assert_eq!(findings[0].count, Some(3));
    assert!(findings[0].advice.contains("drop-row"));
    let matrix = all(&normaliser, &t);
    for row in 1..4 {
        assert!((0..3).all(|j| matrix.values()[[row, j]] == 0.0), "the middle is the centre");
    }
    for (impute, code) in [(Impute::Error, "E-DQ-010"), (Impute::DropRow, "E-DQ-011")] {
        let strict = Params { impute, ..Params::default() };
        let error = fit_with(&t, strict, Purpose::Distance).unwrap_err();
        assert_eq!(error.code(), code);
    }
    let strict = Params { impute: Impute::Error, ..Params::default() };
    let whole = table(places(&PLACES).to_vec());
    let (learnt, _) = fit_with(&whole, strict, Purpose::Distance).unwrap();
    assert_eq!(learnt.apply(&t, &[0, 1, 2]).unwrap_err().code(), "E-DQ-010");
}

#[test]
fn places_that_are_one_or_mostly_unknown_are_left_out() {
    let mut columns = places(&[PLACES[0]; 7]).to_vec();
    columns.push(number("spend", &[1.0, 5.0, 2.0, 7.0, 3.0, 4.0, 9.0]));
    let (normaliser, findings) = fit(&table(columns), Purpose::Distance);
    assert_eq!(names(&normaliser), ["spend"]);
    assert_eq!(codes(&findings), ["constant-column"]);
    let mut few = [(f64::NAN, 0.0); 7];
    few[..3].copy_from_slice(&PLACES[..3]);
    let mut columns = places(&few).to_vec();
    columns.push(number("spend", &[1.0, 5.0, 2.0, 7.0, 3.0, 4.0, 9.0]));
    let (_, findings) = fit(&table(columns), Purpose::Distance);
    assert_eq!(codes(&findings), ["mostly-missing-column"]);
}

/// Shares of four categories by 20 customers; the first is left out, as it is in a table.
fn shares() -> Vec<Column> {
    let part = |row: usize, j: usize| real((row * 7 + j * j * 3 + row * j) % 11 + 1);
    let whole = |row: usize| (0..4).map(|j| part(row, j)).sum::<f64>();
    (1..4)
        .map(|j| {
            let values: Vec<f64> = (0..20).map(|row| part(row, j) / whole(row)).collect();
            let name = format!("share {j}");
            block(number(&name, &values), "share by channel", BlockKind::Shares)
        })
        .collect()
}

#[test]
fn shares_have_one_vote_and_one_scale() {
    let mut columns = shares();
    columns.push(number("spend", &(0..20).map(|i| f64::from(i * 13 % 20)).collect::<Vec<_>>()));
    let t = table(columns);
    let (normaliser, findings) = fit(&t, Purpose::Distance);
    assert!(findings.is_empty(), "{findings:?}");
    let matrix = all(&normaliser, &t);
    assert!((mean_apart(&matrix, &(0..3)) - 2.0).abs() < 1e-12);
    assert!((mean_apart(&matrix, &(3..4)) - 2.0).abs() < 1e-12);
    // One divisor for all three, and no logarithm: differences keep their proportions.
    let Values::Number(first) = &t.columns()[0].values else { unreachable!() };
    let Values::Number(third) = &t.columns()[2].values else { unreachable!() };
    let m = matrix.values();
    let divisor = (first[3] - first[8]) / (m[[3, 0]] - m[[8, 0]]);
    assert!(((third[5] - third[6]) / (m[[5, 2]] - m[[6, 2]]) / divisor - 1.0).abs() < 1e-12);
    let said = crate::said::in_english(&normaliser.describe());
    assert_eq!(said[0], "share 1: on one scale with its block");
}

#[test]
fn a_skewed_share_is_neither_logarithmised_nor_clipped() {
    // 2,000 customers of whom two have all of their spend in the rare category.
    let rare: Vec<f64> =
        (0..2000).map(|i| if i < 2 { 1.0 } else { f64::from(i % 50) * 1e-4 }).collect();
    let other: Vec<f64> = rare.iter().map(|rare| (1.0 - rare) * 0.5).collect();
    let share =
        |name, values: &[f64]| block(number(name, values), "by category", BlockKind::Shares);
    let t = table(vec![share("rare", &rare), share("other", &other)]);
    let (normaliser, findings) = fit(&t, Purpose::Distance);
    assert!(findings.is_empty(), "{findings:?}");
    for j in 0..2 {
        let matrix = all(&normaliser, &t);
        let raw = normaliser.to_raw(j, matrix.values()[[0, j]]);
        assert!((raw - [1.0, 0.0][j]).abs() < 1e-12);
    }
}

#[test]
fn customers_without_orders_have_the_usual_shares_and_one_indicator() {
    let mut columns = shares();
    for column in &mut columns {
        let Values::Number(values) = &mut column.values else { unreachable!() };
        values[..5].fill(f64::NAN);
    }
    let t = table(columns);
    let (normaliser, findings) = fit(&t, Purpose::Distance);
    assert_eq!(
        names(&normaliser),
        ["share 1", "share 1 (missing)", "share 2", "share 3"],
        "{findings:?}"
    );
    let matrix = all(&normaliser, &t);
    assert!([0, 2, 3].iter().all(|&j| matrix.values()[[0, j]].abs() < 1e-12));
    assert_eq!(codes(&findings), ["imputed-numbers"; 3]);
}

fn answers(name: &str, values: &[f64]) -> Column {
    block(number(name, values), "survey", BlockKind::Items)
}

/// By hand: variances 4 and 1, their mean 2.5, so both are divided by sqrt(2.5) and have
/// 1.6 and 0.4 of a vote.
#[test]
fn answers_of_a_battery_have_one_vote_on_average() {
    let t = table(vec![answers("a", &[1.0, 5.0, 1.0, 5.0]), answers("b", &[2.0, 2.0, 4.0, 4.0])]);
    let (normaliser, _) = fit(&t, Purpose::Distance);
    let matrix = all(&normaliser, &t);
    assert!((mean_apart(&matrix, &(0..1)) - 2.0 * 1.6).abs() < 1e-12);
    assert!((mean_apart(&matrix, &(1..2)) - 2.0 * 0.4).abs() < 1e-12);
    let half = 4.0 / 2.5_f64.sqrt();
    assert!((matrix.values()[[1, 0]] - matrix.values()[[0, 0]] - half).abs() < 1e-12);
}

/// By hand: answers 4, 5, 3 have the own mean 4 and become 0, 1, -1; 2, missing, 2 have
/// the own mean 2 and become 0, 0 (as the own mean), 0.
#[test]
fn centred_answers_are_taken_from_the_customers_own_mean() {
    let t = table(vec![
        answers("a", &[4.0, 2.0, 1.0, f64::NAN]),
        answers("b", &[5.0, f64::NAN, 1.0, f64::NAN]),
        answers("c", &[3.0, 2.0, 4.0, f64::NAN]),
    ]);
    let params = Params { likert: Likert::Centred, scale: Scale::None, ..Params::default() };
    let (normaliser, _) = fit_with(&t, params, Purpose::Distance).unwrap();
    let matrix = all(&normaliser, &t);
    let of = |row: usize| -> Vec<f64> { matrix.values().row(row).to_vec() };
    assert_eq!(normaliser.needed().collect::<Vec<_>>(), ["a", "b", "c"]);
    let item = |name| names(&normaliser).iter().position(|found| *found == name).unwrap();
    let [a, b, c] = ["a", "b", "c"].map(item);
    assert_eq!([of(0)[a], of(0)[b], of(0)[c]], [0.0, 1.0, -1.0]);
    assert_eq!([of(1)[a], of(1)[b], of(1)[c]], [0.0, 0.0, 0.0]);
    assert_eq!([of(2)[a], of(2)[b], of(2)[c]], [-1.0, -1.0, 2.0]);
    assert_eq!([of(3)[a], of(3)[b], of(3)[c]], [0.0, 0.0, 0.0]);
    assert!(normaliser.describe()[0].english().contains("less the customer's own mean answer"));
}

/// Everybody's habit is theirs alone: adding a constant to all of a customer's answers
/// changes nothing once they are centred, and something while they are raw.
#[test]
fn centring_takes_out_a_habit_of_ticking_high() {
    let given = |habit: bool| {
        let answer = |row: usize, j: usize| real((row * 5 + j * 3 + row * row * j) % 7 + 1);
        let shift = |row: usize| if habit { real(row % 3) } else { 0.0 };
        let item = |j: usize| {
            let values: Vec<f64> = (0..30).map(|row| answer(row, j) + shift(row)).collect();
            answers(&format!("q{j}"), &values)
        };
        table((0..6).map(item).collect())
    };
    for (likert, same) in [(Likert::Raw, false), (Likert::Centred, true)] {
        let of = |t: &FeatureTable| {
            let params = Params { likert, ..Params::default() };
            all(&fit_with(t, params, Purpose::Distance).unwrap().0, t)
        };
        let (plain, shifted) = (of(&given(false)), of(&given(true)));
        let far = plain.values().iter().zip(shifted.values()).any(|(a, b)| (a - b).abs() > 1e-9);
        assert_eq!(!far, same, "{likert:?}");
    }
}

#[test]
fn ordered_levels_are_answers_too() {
    let levels: Vec<String> = ["disagree", "neutral", "agree"].map(String::from).to_vec();
    let item = |name: &str, codes: Vec<u32>| {
        let values = Values::Category { codes, levels: levels.clone(), ordered: true };
        block(column(name, Family::Psychographic, values), "survey", BlockKind::Items)
    };
    let t = table(vec![
        item("a", vec![0, 2, 1, MISSING_LEVEL, 1, 1]),
        item("b", vec![2, 2, 0, 1, 0, 2]),
    ]);
    let params = Params { likert: Likert::Centred, scale: Scale::None, ..Params::default() };
    let (normaliser, _) = fit_with(&t, params, Purpose::Distance).unwrap();
    let matrix = all(&normaliser, &t);
    assert_eq!(matrix.values().row(0).to_vec(), [-1.0, 1.0]);
    assert_eq!(matrix.values().row(3).to_vec(), [0.0, 0.0]);
    // Levels in another order, as a new table may have them, are the same answers.
    let mut turned = t.columns().to_vec();
    for column in &mut turned {
        let Values::Category { codes, levels, .. } = &mut column.values else { unreachable!() };
        levels.reverse();
        codes.iter_mut().filter(|code| **code != MISSING_LEVEL).for_each(|code| *code = 2 - *code);
    }
    assert_eq!(all(&normaliser, &table(turned)).values(), matrix.values());
}
