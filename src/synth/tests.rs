//! What every generated company promises.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::*;

mod purchases;

fn make(kind: Kind, customers: usize, seed: u64) -> Vec<SynthTable> {
    generate(&Params { kind, customers, seed, months: 24 }).unwrap()
}

fn bytes(tables: &[SynthTable]) -> String {
    let mut out = String::new();
    for table in tables {
        to_csv(table, &mut out).unwrap();
    }
    out
}

fn texts<'a>(table: &'a SynthTable, column: &str) -> &'a [String] {
    match table.column(column) {
        Some(SynthValues::Text(values)) => values,
        other => panic!("{column} is {other:?}"),
    }
}

fn wholes<'a>(table: &'a SynthTable, column: &str) -> &'a [Option<i64>] {
    match table.column(column) {
        Some(SynthValues::Whole(values)) => values,
        other => panic!("{column} is {other:?}"),
    }
}

fn decimals<'a>(table: &'a SynthTable, column: &str) -> &'a [Option<f64>] {
    match table.column(column) {
        Some(SynthValues::Decimal(values, _)) => values,
        other => panic!("{column} is {other:?}"),
    }
}

fn days<'a>(table: &'a SynthTable, column: &str) -> &'a [Option<i32>] {
    match table.column(column) {
        Some(SynthValues::Day(values)) => values,
        other => panic!("{column} is {other:?}"),
    }
}

fn levels<'a>(table: &'a SynthTable, column: &str) -> &'a [Option<u32>] {
    match table.column(column) {
        Some(SynthValues::Level(values, _)) => values,
        other => panic!("{column} is {other:?}"),
    }
}

fn hundredths(value: f64) -> i64 {
    // Through the text that the file holds, which is exact.
    format!("{value:.2}").replace('.', "").parse().unwrap()
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap()
}

fn real(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    for kind in Kind::ALL {
        assert_eq!(bytes(&make(kind, 300, 5)), bytes(&make(kind, 300, 5)));
    }
}

#[test]
fn another_seed_gives_other_bytes() {
    for kind in Kind::ALL {
        assert_ne!(bytes(&make(kind, 300, 5)), bytes(&make(kind, 300, 6)));
    }
}

#[test]
fn a_larger_table_begins_with_the_same_customers() {
    for kind in Kind::ALL {
        let (small, large) = (make(kind, 150, 5), make(kind, 450, 5));
        for table in [0, small.len() - 1] {
            let (small, large) = (bytes(&small[table..=table]), bytes(&large[table..=table]));
            assert!(large.starts_with(&small), "{}", kind.name());
        }
    }
}

#[test]
fn tables_have_their_names_and_even_lengths() {
    let names = |kind| make(kind, 10, 1).into_iter().map(|table| table.name).collect::<Vec<_>>();
    assert_eq!(names(Kind::Shop), ["customers", "transactions", "truth"]);
    assert_eq!(names(Kind::Subscription), ["customers", "truth"]);
    assert_eq!(names(Kind::B2b), ["accounts", "orders", "truth"]);
    assert_eq!(names(Kind::HalfYears), ["customers-2025-06", "customers-2025-12", "truth"]);
    for kind in Kind::ALL {
        for table in make(kind, 77, 1) {
            let n = table.n_rows();
            assert!(table.columns.iter().all(|column| column.values.len() == n), "{}", table.name);
            if table.name != "transactions" && table.name != "orders" {
                assert_eq!(n, 77);
            }
        }
    }
}

#[test]
fn one_cell_in_twenty_is_empty() {
    for kind in Kind::ALL {
        let tables = make(kind, 4_000, 3);
        let customers = &tables[0];
        let kept = ["customer_id", "account_id", "churned"];
        let open: Vec<_> =
            customers.columns.iter().filter(|c| !kept.contains(&c.name.as_str())).collect();
        let empty: usize = open.iter().map(|column| column.values.n_missing()).sum();
        let share = real(empty) / real(open.len() * 4_000);
        assert!((0.04..=0.06).contains(&share), "{} {share}", kind.name());
        let with_gaps = open.iter().filter(|column| column.values.n_missing() > 0).count();
        assert!(with_gaps >= 6, "{} {with_gaps}", kind.name());
        let others = tables.iter().filter(|table| !table.name.starts_with(&customers.name[..8]));
        let elsewhere: usize = others.flat_map(|t| &t.columns).map(|c| c.values.n_missing()).sum();
        assert_eq!(elsewhere, 0);
    }
}

#[test]
fn segments_are_unequal_and_the_smallest_is_narrow() {
    for kind in Kind::ALL {
        let quotas = kind.segments();
        assert_eq!(quotas.iter().map(|segment| segment.1).sum::<u32>(), 200);
        assert_eq!(quotas.len(), if matches!(kind, Kind::B2b | Kind::HalfYears) { 5 } else { 6 });
        for n in [200, 800, 3_000] {
            let tables = make(kind, n, 2);
            let truth = levels(tables.last().unwrap(), "segment");
            let mut counts = BTreeMap::new();
            for segment in truth {
                *counts.entry(segment.unwrap()).or_insert(0_usize) += 1;
            }
            assert_eq!(counts.len(), quotas.len());
            let sizes: BTreeSet<_> = counts.values().collect();
            assert!(sizes.len() >= quotas.len() - 1);
            let smallest = **sizes.first().unwrap();
            assert!(smallest * 100 < 3 * n, "{smallest} of {n}");
        }
    }
}

#[test]
fn the_truth_covers_every_customer() {
    for (kind, id) in [
        (Kind::Shop, "customer_id"),
        (Kind::Subscription, "customer_id"),
        (Kind::B2b, "account_id"),
        (Kind::HalfYears, "customer_id"),
    ] {
        let tables = make(kind, 350, 1);
        let of_customers = texts(&tables[0], id);
        assert_eq!(of_customers, texts(tables.last().unwrap(), id));
        assert_eq!(of_customers.iter().collect::<BTreeSet<_>>().len(), 350);
    }
}

#[test]
fn churn_follows_its_true_probability() {
    let tables = make(Kind::Subscription, 20_000, 4);
    let probabilities: Vec<f64> =
        decimals(&tables[1], "churn_probability").iter().map(|p| p.unwrap()).collect();
    assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)));
    let left = levels(&tables[0], "churned");
    // Within each third of the customers by probability, as many left as were expected.
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&a, &b| probabilities[a].total_cmp(&probabilities[b]));
    for part in order.chunks(order.len() / 3) {
        let expected: f64 = part.iter().map(|&i| probabilities[i]).sum();
        let variance: f64 = part.iter().map(|&i| probabilities[i] * (1.0 - probabilities[i])).sum();
        let seen = real(part.iter().filter(|&&i| left[i] == Some(1)).count());
        assert!((seen - expected).abs() < 4.5 * variance.sqrt(), "{seen} of {expected}");
    }
}

#[test]
fn numbers_out_of_range_are_refused_with_both_numbers() {
    let with = |customers, months| {
        generate(&Params { kind: Kind::Shop, customers, seed: 1, months }).unwrap_err()
    };
    assert_eq!(with(0, 24), SynthError::Customers { found: 0, most: MAX_CUSTOMERS });
    assert_eq!(with(10, 0), SynthError::Months { found: 0, most: MAX_MONTHS });
    assert_eq!(
        with(10, 121).to_string(),
        "121 months are asked for but the number must be between 1 and 120"
    );
    assert!("shops".parse::<Kind>().is_err());
    assert_eq!("b2b".parse(), Ok(Kind::B2b));
}

/// Path of a file of `data/`.
fn data(path: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(path)
}

#[test]
fn the_data_folder_holds_what_the_commands_make() {
    let made = [
        (Kind::Subscription, 3_000),
        (Kind::Shop, 2_000),
        (Kind::B2b, 800),
        (Kind::HalfYears, 2_000),
    ];
    for (kind, customers) in made {
        for table in make(kind, customers, 1) {
            let path = format!("{}/{}.csv", kind.name(), table.name);
            let mut made = String::new();
            to_csv(&table, &mut made).unwrap();
            let kept = std::fs::read_to_string(data(&path)).unwrap();
            assert!(made == kept, "make data/{path} again (data/README.md)");
        }
    }
}

#[test]
fn the_readme_of_the_data_folder_gives_the_right_checksums() {
    let readme = std::fs::read_to_string(data("README.md")).unwrap();
    let mut checked = 0;
    for line in readme.lines() {
        let Some((sum, path)) = line.split_once("  ") else { continue };
        if sum.len() == 64 {
            let bytes = std::fs::read(data(path)).unwrap();
            assert_eq!(sum, crate::format::hex(&Sha256::digest(bytes)), "{path}");
            checked += 1;
        }
    }
    assert_eq!(checked, 11);
}

#[test]
fn between_the_half_years_one_segment_goes_and_one_is_split() {
    let tables = make(Kind::HalfYears, 4_000, 1);
    let truth = tables.last().unwrap();
    let (before, after) = (levels(truth, "segment"), levels(truth, "later_segment"));
    let (left, ids) = (levels(truth, "left"), texts(truth, "customer_id"));
    let count = |list: &[Option<u32>], at: u32| list.iter().filter(|s| **s == Some(at)).count();
    assert_eq!(count(before, 2), 900);
    assert_eq!((count(after, 2), count(before, 5)), (0, 0));
    let split = |at: u32| {
        before.iter().zip(after).filter(|(b, a)| **b == Some(1) && **a == Some(at)).count()
    };
    assert!(split(1) > 600 && split(5) > 500, "{} {}", split(1), split(5));
    // Whoever stays has the same id, whoever left none.
    let second: BTreeSet<&String> = texts(&tables[1], "customer_id").iter().collect();
    for (id, left) in ids.iter().zip(left) {
        assert_eq!(second.contains(id), *left == Some(0));
    }
}
