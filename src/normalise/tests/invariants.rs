//! What holds for any table.

use super::*;

proptest! {
    #[test]
    fn shifting_and_stretching_a_number_changes_nothing(
        x in prop::collection::vec(-1e3..1e3_f64, 25..60),
        shift in -1e3..1e3_f64,
        factor in 1e-3..1e3_f64,
        power in -20..20_i32,
    ) {
        let params = || Params { log: Log::Rule(LogRule::None), ..Params::default() };
        let z = |values: Vec<f64>| {
            let t = table(vec![number("x", &values)]);
            let (normaliser, _) = fit_with(&t, params(), Purpose::Distance).unwrap();
            all(&normaliser, &t)
        };
        let plain = z(x.clone());
        let moved = z(x.iter().map(|v| v * factor + shift).collect());
        for (a, b) in plain.values().iter().zip(moved.values()) {
            prop_assert!((a - b).abs() <= 1e-8);
        }
        let doubled = z(x.iter().map(|v| v * 2.0_f64.powi(power)).collect());
        prop_assert_eq!(plain, doubled);
    }

    #[test]
    fn raw_values_come_back(
        x in prop::collection::vec(prop_oneof![0.0..1e6_f64, -1e6..1e6_f64], 25..60),
        scale in prop_oneof![
            Just(Scale::Standard), Just(Scale::Robust), Just(Scale::MinMax), Just(Scale::None)
        ],
    ) {
        let t = table(vec![number("x", &x)]);
        let (normaliser, _) = fit_with(&t, Params { scale, ..Params::default() }, Purpose::Distance).unwrap();
        let matrix = all(&normaliser, &t);
        let reach = x.iter().fold(0.0_f64, |reach, v| reach.max(v.abs()));
        for (value, raw) in matrix.values().iter().zip(&x) {
            prop_assert!((normaliser.to_raw(0, *value) - raw).abs() <= 1e-9 * reach);
        }
    }

    #[test]
    fn a_row_does_not_depend_on_the_other_rows(
        x in prop::collection::vec(prop_oneof![9 => -1e6..1e6_f64, 1 => Just(f64::NAN)], 30..80),
        pick in prop::collection::vec(0..30_usize, 1..40),
        regression: bool,
    ) {
        let levels: Vec<u32> = (0..x.len()).map(|i| if i % 7 == 3 { MISSING_LEVEL } else { (i % 3) as u32 }).collect();
        let t = table(vec![number("x", &x), category("c", &["a", "b", "c"], &levels)]);
        let purpose = if regression { Purpose::Regression } else { Purpose::Distance };
        let (normaliser, _) = fit(&t, purpose);
        let whole = all(&normaliser, &t);
        let part = normaliser.apply(&t, &pick).unwrap();
        for (at, &row) in pick.iter().enumerate() {
            for j in 0..whole.n_columns() {
                prop_assert_eq!(part.values()[[at, j]].to_bits(), whole.values()[[row, j]].to_bits());
            }
        }
    }
}
