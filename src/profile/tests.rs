//! Tests of the whole description.
#![expect(clippy::cast_precision_loss, reason = "counts of customers stay far below 2^53")]

use std::collections::{BTreeMap, BTreeSet};

use ndarray::Array2;

use super::testing::generated;
use super::*;
use crate::table::{MISSING_LEVEL, Values};

struct Given {
    table: FeatureTable,
    labels: Vec<Option<u32>>,
    k: u32,
    verdicts: Vec<Verdict>,
    stability: Vec<Option<f64>>,
    trivial: Vec<Option<String>>,
    value: Vec<f64>,
    churn: Vec<f64>,
    outcome: Vec<Option<bool>>,
    names: BTreeMap<String, String>,
    space: Matrix,
}

impl Given {
    fn new(n: usize, k: u32, seed: u64, noise: bool) -> Self {
        let (table, labels) = generated(n, k, seed, noise);
        let Values::Number(charges) = &table.columns()[1].values else { unreachable!() };
        let value = charges.iter().map(|charge| charge - 5.0).collect();
        let churn = (0..n).map(|row| (row * 37 % 101) as f64 / 101.0).collect();
        let outcome = (0..n)
            .map(|row| match row % 7 {
                0 => Some(true),
                1 => None,
                _ => Some(false),
            })
            .collect();
        let size = k as usize;
        Self {
            table,
            labels,
            k,
            verdicts: vec![Verdict::Reproducible; size],
            stability: vec![Some(0.9); size],
            trivial: vec![None; size],
            value,
            churn,
            outcome,
            names: BTreeMap::new(),
            space: Matrix::unnamed(Array2::from_shape_fn((n, 2), |(i, j)| {
                ((i * (7 + j)) % 23) as f64
            }))
            .unwrap(),
        }
    }

    fn measured(&self) -> Measured {
        let input = self.profiling();
        Measured::of(input.table, input.labels, input.n_segments, input.min_cell)
    }

    fn profiling(&self) -> Profiling<'_> {
        Profiling {
            table: &self.table,
            base: &[0, 1, 2, 6],
            space: &self.space,
            labels: &self.labels,
            n_segments: self.k as usize,
            ids: &[],
            method: "k-means",
            verdicts: &self.verdicts,
            stability: &self.stability,
            stability_m: 500,
            trivial: &self.trivial,
            value: Some(&self.value),
            churn: Some(&self.churn),
            outcome: Some(&self.outcome),
            is_churn: true,
            outcome_name: "Churn",
            growth: None,
            value_if_kept: Some(&self.value),
            lapsed: None,
            contact: &[],
            names: &self.names,
            within: &[],
            split_by: &[],
            min_share: 0.02,
            min_cell: 10,
            currency: "",
            centres_distance: &|a, b| f64::from(a.abs_diff(b)),
        }
    }

    fn median(&self, column: usize, keep: impl Fn(Option<u32>) -> bool) -> f64 {
        let Values::Number(values) = &self.table.columns()[column].values else { unreachable!() };
        let mut kept: Vec<f64> = values
            .iter()
            .zip(&self.labels)
            .filter(|(value, label)| !value.is_nan() && keep(**label))
            .map(|(value, _)| *value)
            .collect();
        kept.sort_by(f64::total_cmp);
        let n = kept.len();
        f64::midpoint(kept[(n - 1) / 2], kept[n / 2])
    }

    fn mean(&self, column: usize, keep: impl Fn(Option<u32>) -> bool) -> f64 {
        let Values::Number(values) = &self.table.columns()[column].values else { unreachable!() };
        let kept = values.iter().zip(&self.labels).filter(|(v, l)| !v.is_nan() && keep(**l));
        let (sum, n) = kept.fold((0.0, 0.0), |(sum, n), (value, _)| (sum + value, n + 1.0));
        sum / n
    }

    fn share(&self, column: usize, code: u32, keep: impl Fn(Option<u32>) -> bool) -> f64 {
        let codes: Vec<u32> = match &self.table.columns()[column].values {
            Values::Flag { codes, .. } => codes
                .iter()
                .map(|code| if *code == 2 { MISSING_LEVEL } else { u32::from(*code) })
                .collect(),
            Values::Category { codes, .. } => codes.clone(),
            Values::Number(_) => unreachable!(),
        };
        let kept =
            codes.iter().zip(&self.labels).filter(|(c, l)| **c != MISSING_LEVEL && keep(**l));
        let (hits, n) = kept.fold((0.0, 0.0), |(hits, n), (own, _)| {
            (hits + f64::from(u8::from(*own == code)), n + 1.0)
        });
        hits / n
    }

    /// Whether a phrase of a name is true of segment `at`; panics on a phrase it does not
    /// know.
    fn holds(&self, phrase: &str, at: u32) -> bool {
        let (own, rest) = (|l: Option<u32>| l == Some(at), |l: Option<u32>| l != Some(at));
        let number = |column: usize, up: bool| {
            let (a, b) = (self.median(column, own), self.median(column, rest));
            let (c, d) = (self.mean(column, own), self.mean(column, rest));
            if up { a > b || (a == b && c > d) } else { a < b || (a == b && c < d) }
        };
        let level = |column: usize, code: u32| {
            let here = self.share(column, code, own);
            here >= 0.6 && here > self.share(column, code, rest)
        };
        match phrase {
            "long tenure" => number(0, true),
            "short tenure" => number(0, false),
            "high monthly charges" => number(1, true),
            "low monthly charges" => number(1, false),
            "high cash advance" => number(2, true),
            "low cash advance" => number(2, false),
            "older" => number(3, true),
            "younger" => number(3, false),
            "partner" => level(4, 1),
            "no partner" => level(4, 0),
            "month-to-month contract" => level(5, 0),
            "one year contract" => level(5, 1),
            "two year contract" => level(5, 2),
            "dsl" => level(6, 0),
            "fiber optic" => level(6, 1),
            "no internet service" => level(6, 2),
            "close to average" => true,
            other => other.strip_prefix("segment ").is_some_and(|id| id.parse::<u32>().is_ok()),
        }
    }
}

#[test]
fn names_and_actions_are_distinct_and_names_are_true() {
    for seed in 0..12 {
        for k in 2..=12 {
            let given = Given::new(1_500, k, seed, seed % 2 == 0);
            let (rows, unassigned, _) = describe(&given.profiling(), &given.measured());
            let names: BTreeSet<String> = rows.iter().map(|r| r.segment.to_lowercase()).collect();
            let actions: BTreeSet<&str> = rows.iter().map(|r| r.action.as_str()).collect();
            assert_eq!((names.len(), actions.len()), (rows.len(), rows.len()));
            assert_eq!(unassigned.is_some(), seed % 2 == 0);
            for row in &rows {
                for phrase in row.segment.to_lowercase().split(", ") {
                    assert!(given.holds(phrase, row.segment_id - 1), "{phrase} in {}", row.segment);
                }
                for text in [&row.action, &row.action_why, &row.portrait] {
                    assert!(!text.to_lowercase().contains("cause"), "{text}");
                    assert!(!text.contains("NaN") && !text.is_empty(), "{text}");
                }
            }
        }
    }
}

#[test]
fn traits_are_one_per_column_and_strongest_first() {
    let given = Given::new(3_000, 5, 1, false);
    let (rows, _, _) = describe(&given.profiling(), &given.measured());
    for row in rows {
        assert!((3..=5).contains(&row.traits.len()));
        let columns: BTreeSet<&str> = row.traits.iter().map(|t| t.column.as_str()).collect();
        assert_eq!(columns.len(), row.traits.len());
        assert!(row.traits.windows(2).all(|w| w[0].effect.abs() >= w[1].effect.abs() - 0.05));
    }
}

#[test]
fn sums_of_the_segments_are_the_sums_of_all() {
    let given = Given::new(3_000, 4, 2, true);
    let (rows, unassigned, _) = describe(&given.profiling(), &given.measured());
    let all: Vec<&SegmentRow> = rows.iter().chain(unassigned.as_ref()).collect();
    assert_eq!(all.iter().map(|row| row.customers).sum::<u64>(), 3_000);
    assert_eq!(all.iter().filter_map(|row| row.gone).sum::<u64>(), 429);
    let close = |a: f64, b: f64| (a - b).abs() < 1e-6 * b.abs().max(1.0);
    let sum = |figure: fn(&SegmentRow) -> Option<f64>| -> f64 {
        all.iter().filter_map(|row| figure(row)).sum()
    };
    assert!(close(sum(|row| row.value), given.value.iter().sum()));
    assert!(close(sum(|row| row.value_share), 1.0));
    let open = (0..3_000).filter(|row| given.outcome[*row] != Some(true));
    let at_risk: f64 = open.map(|row| given.value[row] * given.churn[row]).sum();
    assert!(close(sum(|row| row.value_at_risk), at_risk));
}

#[test]
fn a_segment_below_min_cell_tells_nothing() {
    let mut given = Given::new(2_000, 4, 3, false);
    let mut kept = 0;
    for label in &mut given.labels {
        if *label == Some(2) {
            kept += 1;
            if kept > 6 {
                *label = Some(1);
            }
        }
    }
    let (rows, _, findings) = describe(&given.profiling(), &given.measured());
    let small = &rows[2];
    assert_eq!(small.customers, 6);
    assert!(small.too_narrow && !small.usable && small.merge_with.is_some());
    assert!(small.traits.is_empty() && small.rule.is_none() && small.value.is_none());
    assert!(small.churn_mean.is_none() && small.churn_observed.is_none());
    assert_eq!(small.segment, "Segment 3");
    let hidden = rows.iter().filter(|row| row.value.is_none()).count();
    assert_eq!(hidden, 2, "a total must not give the withheld value away");
    assert!(findings.iter().any(|finding| finding.code == "small-segment-withheld"));
    let map = heatmap(&given.profiling(), &given.measured());
    assert!(map.features.iter().all(|row| row.effect[2].is_none() && row.shown[2] == "withheld"));
}

#[test]
fn rows_do_not_depend_on_the_order_of_threads() {
    let given = Given::new(2_500, 6, 5, true);
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let one = pool(1).install(|| {
        // The distance closure is not shared between threads, so the input is made here.
        describe(&given.profiling(), &given.measured())
    });
    let four = pool(4).install(|| describe(&given.profiling(), &given.measured()));
    assert_eq!(one, four);
}

#[test]
fn columns_without_any_value_are_survived() {
    use super::testing::{category, flag, number, table};
    let mut given = Given::new(40, 2, 0, false);
    given.table = table(vec![
        number("a", vec![f64::NAN; 40]),
        number("b", vec![3.0; 40]),
        flag("c", vec![2; 40]),
        category("d", &[], vec![MISSING_LEVEL; 40]),
        number("e", vec![f64::NAN; 40]),
        number("f", vec![1.0; 40]),
        flag("g", vec![1; 40]),
    ]);
    let (rows, _, _) = describe(&given.profiling(), &given.measured());
    assert!(rows.iter().all(|row| row.traits.is_empty() && !row.segment.is_empty()));
    assert!(!heatmap(&given.profiling(), &given.measured()).features.is_empty());
}

#[test]
fn heatmap_shows_what_differs_most_first() {
    let given = Given::new(2_000, 4, 7, false);
    let map = heatmap(&given.profiling(), &given.measured());
    assert!(map.features.len() <= 24 && map.features.len() >= 7);
    let strongest = |row: &crate::results::HeatmapRow| {
        row.effect.iter().flatten().map(|effect| effect.abs()).fold(0.0, f64::max)
    };
    assert!(map.features.windows(2).all(|w| strongest(&w[0]) >= strongest(&w[1]) - 0.05));
    assert!(map.features.iter().all(|row| row.effect.len() == 4 && row.shown.len() == 4));
}

#[test]
fn equal_figures_of_the_heatmap_have_equal_colours() {
    let given = Given::new(2_000, 5, 7, false);
    let map = heatmap(&given.profiling(), &given.measured());
    let mut n_pairs = 0;
    for row in &map.features {
        let number = |text: &String| text.replace([',', '%'], "").parse::<f64>().ok();
        let cells: Vec<(f64, f64)> =
            (0..5).filter_map(|at| Some((number(&row.shown[at])?, row.effect[at]?))).collect();
        let all = number(&row.all).unwrap();
        for (at, &(shown, effect)) in cells.iter().enumerate() {
            assert!(effect.abs() <= 1.0);
            assert!(shown <= all || effect >= 0.0, "{row:?}");
            assert!(shown >= all || effect <= 0.0, "{row:?}");
            for &(other, further) in &cells[at + 1..] {
                n_pairs += 1;
                assert!(shown <= other || effect >= further, "{row:?}");
                assert!(shown >= other || effect <= further, "{row:?}");
            }
        }
    }
    assert!(n_pairs > 50, "{n_pairs}");
}

#[test]
fn how_many_are_inactive_is_told_where_it_tells_of_no_few() {
    let mut given = Given::new(900, 3, 4, false);
    given.outcome = vec![None; 900];
    let measured = given.measured();
    // In the first segment all but five, in the second every other, in the third every third.
    let mut kept = 0;
    let lapsed: Vec<bool> = given
        .labels
        .iter()
        .enumerate()
        .map(|(at, label)| match label {
            Some(0) => {
                kept += 1;
                kept > 5
            }
            Some(1) => at.is_multiple_of(2),
            _ => at.is_multiple_of(3),
        })
        .collect();
    let input = Profiling { lapsed: Some(&lapsed), outcome: None, ..given.profiling() };
    let (rows, _, _) = describe(&input, &measured);
    assert_eq!((rows[0].inactive, rows[0].churn_mean), (None, None));
    // One more is withheld, because the first page tells how many there are in all.
    assert_eq!(rows.iter().filter(|row| row.inactive.is_none()).count(), 2);
    let told = rows.iter().find(|row| row.inactive.is_some()).unwrap();
    let at = told.segment_id - 1;
    let count = given.labels.iter().zip(&lapsed).filter(|(l, lapsed)| **l == Some(at) && **lapsed);
    assert_eq!(told.inactive, Some(count.count() as u64));
    assert_eq!(told.open(), told.customers - told.inactive.unwrap());
}

#[test]
fn of_two_columns_that_say_the_same_one_is_told() {
    let mut given = Given::new(900, 3, 5, false);
    let mut again = given.table.columns()[0].clone();
    again.name = "again".to_owned();
    let name = given.table.columns()[0].name.clone();
    let columns = given.table.columns().iter().cloned().chain([again]).collect();
    given.table = super::testing::table(columns);
    let (rows, _, _) = describe(&given.profiling(), &given.measured());
    let traits = || rows.iter().flat_map(|row| &row.traits);
    assert!(traits().all(|one| one.column != "again"));
    assert!(traits().any(|one| one.column == name));
    for one in traits() {
        let same: &[String] = if one.column == name { &["again".to_owned()] } else { &[] };
        assert_eq!(one.same, same);
    }
    let shown = heatmap(&given.profiling(), &given.measured());
    assert!(shown.features.iter().all(|row| row.feature != "again"));
}
