use ndarray::{Array2, array};

use super::*;
use crate::cluster::battery::{blobs, table_of};
use crate::cluster::{Discovery, K, Segmentation, Shape, Task, discover, discover_parts};
use crate::fault::Fault;
use crate::results::Verdict;
use crate::seed::Seed;
use crate::table::{Column, Family, Role};

fn column(name: &str, role: Role, values: Values) -> Column {
    let family = Family::Demographic;
    Column { name: name.to_owned(), role, family, unit: None, decimals: 0, block: None, values }
}

fn plans(codes: Vec<u32>) -> Column {
    let levels = vec!["Basic".to_owned(), "Plus".to_owned()];
    column("plan", Role::Category, Values::Category { codes, levels, ordered: false })
}

fn pins(pins: &[(&str, &str)]) -> Pins {
    let pin = |&(name, condition): &(&str, &str)| Pin {
        name: name.to_owned(),
        condition: condition.to_owned(),
    };
    Pins::new(pins.iter().map(pin).collect())
}

fn find(matrix: &Matrix, table: &FeatureTable, params: &Params) -> Result<Discovery, ClusterError> {
    let prepare = |a: &[usize], b: &[usize]| Ok((matrix.take(a)?, matrix.take(b)?));
    let task = Task {
        matrix,
        table,
        base: &[],
        describing: &[],
        value: None,
        outcome: None,
        prepare: &prepare,
    };
    let params = params.clone().check()?;
    if params.has_parts() {
        discover_parts(&task, table, &params, Seed::new(1), &|_| {})
    } else {
        discover(&task, &params, Seed::new(1), &|_| {})
    }
}

/// 600 customers in three groups; every second one has plan Plus, the last ten none.
fn shop() -> (Matrix, FeatureTable, Vec<u32>) {
    let (matrix, _) = blobs(600, 2, 3);
    let mut codes: Vec<u32> = (0..600).map(|row| row % 2).collect();
    codes[590..].fill(MISSING_LEVEL);
    let table = table_of(&matrix).with(vec![plans(codes.clone())]).unwrap();
    (matrix, table, codes)
}

#[test]
fn a_customer_is_compared_with_the_centres_of_its_own_part_alone() {
    // Pinned: x0 > 90. Basic: centres 0 and 10. Plus: centre 4.
    let layout = Layout {
        pins: pins(&[("vip", "x0 > 90"), ("big", "x0 > 80")]),
        split_by: vec!["plan".into()],
        cells: vec![
            Cell { levels: vec![Some("Basic".into())], segments: 2 },
            Cell { levels: vec![Some("Plus".into())], segments: 1 },
        ],
    };
    let parts = Parts::new(layout, array![[95.0], [85.0], [0.0], [10.0], [4.0]]).unwrap();
    let shape = Shape::Parts(Box::new(parts));
    let engine = crate::cluster::Engine::Kohort;
    let found = Segmentation::from_parts(Method::KMeans, engine, shape).unwrap();
    let matrix = Matrix::unnamed(array![[99.0], [85.0], [4.0], [4.0], [4.0]]).unwrap();
    let codes = vec![0, 0, 0, 1, MISSING_LEVEL];
    let table = table_of(&matrix).with(vec![plans(codes)]).unwrap();
    let gaps = Gaps { table: &table, rows: None };
    let placed = found.assign_known(&matrix, Some(&gaps)).unwrap();
    let segments: Vec<_> = placed.iter().map(|at| at.segment).collect();
    assert_eq!(segments, [Some(0), Some(1), Some(2), Some(4), None], "the first condition decides");
    assert_eq!(placed[2].second, Some(3), "the other segment of its own part");
    assert_eq!(placed[2].margin, Some((6.0 - 4.0) / 6.0));
    assert_eq!((placed[3].second, placed[3].margin), (None, None));
    // Some rows of a table alone.
    let two = matrix.take(&[3, 0]).unwrap();
    let gaps = Gaps { table: &table, rows: Some(&[3, 0]) };
    let placed = found.assign_known(&two, Some(&gaps)).unwrap();
    assert_eq!([placed[0].segment, placed[1].segment], [Some(4), Some(0)]);
    assert!(matches!(found.assign(&matrix), Err(ClusterError::PartsNeedTable)));
    assert_eq!(found.distance_between(2, 3), 10.0);
}

#[test]
fn segments_inside_a_level_are_those_of_its_customers_alone() {
    let (matrix, table, codes) = shop();
    let params = Params { split_by: vec!["plan".into()], k: K::Exactly(3), ..Params::default() };
    let found = find(&matrix, &table, &params).unwrap();
    assert_eq!(found.choice.k, 3 + 3 + 1);
    assert_eq!(found.within[..4], ["Basic", "Basic", "Basic", "Plus"]);
    assert_eq!(found.within[6], "missing");
    assert_eq!(found.findings.iter().filter(|told| told.code == "part-not-cut").count(), 1);
    assert_eq!(found.choice.parts[1].first_segment, 4);
    for (level, first) in [(0, 0), (1, 3)] {
        let rows: Vec<usize> = (0..600).filter(|&row| codes[row] == level).collect();
        let alone = Params { k: K::Exactly(3), ..Params::default() };
        let alone = find(&matrix.take(&rows).unwrap(), &table.take(&rows), &alone).unwrap();
        for (&row, alone) in rows.iter().zip(&alone.assignments) {
            assert_eq!(found.assignments[row], moved_by(*alone, first));
        }
        assert_eq!(found.stability[first..first + 3], alone.stability[..]);
    }
    assert!((590..600).all(|row| found.assignments[row].segment == Some(6)));
    assert_eq!(found.verdicts[6], Verdict::Constructed);
}

#[test]
fn pinned_customers_come_first_and_the_rest_is_clustered() {
    let (matrix, table, _) = shop();
    let pin = pins(&[("far", "x0 > 20"), ("none", "x0 > 1e6"), ("also far", "x0 > 21")]);
    let k = K::Exactly(2);
    let found = find(&matrix, &table, &Params { k, pin, ..Params::default() }).unwrap();
    let values = matrix.values();
    for (row, found) in found.assignments.iter().enumerate() {
        assert_eq!(found.segment == Some(0), values[[row, 0]] > 20.0, "row {row}");
    }
    assert_eq!(found.verdicts[0], Verdict::Rule);
    assert_eq!(found.choice.k, 3, "one pinned, the other two groups found");
    assert_eq!(found.names(&std::collections::BTreeMap::new())["1"], "far");
    let empty = found.findings.iter().filter(|told| told.code == "pin-without-customers");
    assert_eq!(empty.count(), 2);
    let gaps = Gaps { table: &table, rows: None };
    let again = found.segmentation.assign_known(&matrix, Some(&gaps)).unwrap();
    let labels = |all: &[Assignment]| all.iter().map(|at| at.segment).collect::<Vec<_>>();
    assert_eq!(labels(&again), labels(&found.assignments));
}

#[test]
fn everybody_pinned_leaves_nothing_to_look_for() {
    let (matrix, table, _) = shop();
    let pin = pins(&[("all", "x0 > -1e9")]);
    let found = find(&matrix, &table, &Params { pin, ..Params::default() }).unwrap();
    assert_eq!((found.choice.k, found.verdicts.as_slice()), (1, &[Verdict::Rule][..]));
}

#[test]
fn what_cannot_be_asked_for_is_a_named_error() {
    let (matrix, table, _) = shop();
    let code = |params: Params| find(&matrix, &table, &params).unwrap_err().code();
    let base = Params::default;
    let split = |name: &str| vec![name.to_owned()];
    let method = Method::Gmm;
    assert_eq!(code(Params { split_by: split("plan"), method, ..base() }), "E-CFG-054");
    assert_eq!(code(Params { pin: pins(&[("", "x0 > 1")]), ..base() }), "E-CFG-055");
    let twice = pins(&[("a", "x0 > 1"), ("a ", "x0 > 2")]);
    assert_eq!(code(Params { pin: twice, ..base() }), "E-CFG-055");
    assert_eq!(code(Params { split_by: split("city"), ..base() }), "E-CFG-056");
    assert_eq!(code(Params { split_by: split("x0"), ..base() }), "E-CFG-056");
    assert_eq!(code(Params { pin: pins(&[("vip", "x0 >")]), ..base() }), "E-CFG-050");
    assert_eq!(code(Params { pin: pins(&[("vip", "abc = 'A'")]), ..base() }), "E-CFG-051");
    let message = find(&matrix, &table, &Params { pin: pins(&[("vip", "abc = 'A'")]), ..base() });
    assert!(message.unwrap_err().to_string().starts_with("segments.pin.vip: "));
}

#[test]
fn a_layout_that_lies_is_rejected() {
    let layout = |pinned: bool, cells: &[(&[&str], usize)]| Layout {
        pins: if pinned { pins(&[("vip", "x0 > 1")]) } else { Pins::default() },
        split_by: vec!["plan".into()],
        cells: cells
            .iter()
            .map(|&(levels, segments)| Cell {
                levels: levels.iter().map(|&level| Some(level.to_owned())).collect(),
                segments,
            })
            .collect(),
    };
    let new = |layout, k: usize| Parts::new(layout, Array2::zeros((k, 2)));
    assert!(new(layout(true, &[(&["Basic"], 2)]), 3).is_ok());
    assert!(new(layout(true, &[(&["Basic"], 2)]), 2).is_err(), "segments do not add up");
    assert!(new(layout(true, &[(&["Basic"], usize::MAX)]), 2).is_err(), "the sum overflows");
    assert!(new(layout(true, &[(&["Basic"], 0)]), 1).is_err(), "a part without segments");
    assert!(new(layout(false, &[(&["Basic", "x"], 1)]), 1).is_err(), "too many levels");
    assert!(new(layout(false, &[(&["Basic"], 1), (&["Basic"], 1)]), 2).is_err(), "twice");
    assert!(new(layout(false, &[]), 0).is_err(), "no segment");
    let nan = Array2::from_elem((1, 2), f64::NAN);
    assert!(Parts::new(layout(false, &[(&["Basic"], 1)]), nan).is_err());
}

#[test]
fn pins_keep_the_order_in_which_they_are_written() {
    let read: Pins = serde_json::from_str(r#"{"vip":"x0 > 9","big":"x0 > 5"}"#).unwrap();
    assert_eq!(read, pins(&[("vip", "x0 > 9"), ("big", "x0 > 5")]));
    assert_eq!(serde_json::to_string(&read).unwrap(), r#"{"vip":"x0 > 9","big":"x0 > 5"}"#);
}
