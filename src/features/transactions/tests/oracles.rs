//! The features of real and generated customers against what others computed.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::*;
use crate::orders::Tally;

/// A CSV text without quotes, as rows by column name.
fn rows(text: &str) -> Vec<BTreeMap<&str, &str>> {
    let mut lines = text.lines();
    let names: Vec<&str> = lines.next().unwrap().split(',').collect();
    lines.map(|line| names.iter().copied().zip(line.split(',')).collect()).collect()
}

/// Sum of the amounts of a customer's orders, and its lines and units, from the features.
fn whole(made: &Ordered, name: &str) -> Vec<i64> {
    let histories = &made.histories;
    let per_order = |name: &str| -> Vec<i64> {
        let values = numbers(made, name);
        let of = |i: usize| (values[i] * histories.n_orders(i) as f64).round() as i64;
        (0..values.len()).map(of).collect()
    };
    match name {
        "spend" => (0..histories.n_customers()).map(|i| histories.spend(i)).collect(),
        "amounts" => {
            (0..histories.n_customers()).map(|i| histories.amounts(i).iter().sum()).collect()
        }
        "lines" => per_order("lines_per_order"),
        "units" => per_order("units_per_order"),
        _ => numbers(made, name).iter().map(|&number| number as i64).collect(),
    }
}

#[test]
fn the_generated_shop_equals_another_program_for_every_customer() {
    let params = Params::default();
    let (plan, frame) =
        read(&generated("shop/transactions.csv"), &CsvParams::default(), &asked(&params));
    let made = build(&frame, &plan, None, 10).unwrap();
    let oracle = std::fs::read_to_string("tests/oracles/orders_shop.csv").unwrap();
    let oracle = rows(&oracle);
    assert_eq!(oracle.len(), 2000);
    let ids: Vec<&str> = oracle.iter().map(|row| row["id"]).collect();
    assert_eq!(made.ids.values, ids);
    let mut compared = 0;
    for name in oracle[0].keys().copied().filter(|name| *name != "id") {
        let is_whole = |row: &BTreeMap<&str, &str>| row[name].parse::<i64>().is_ok();
        if oracle.iter().all(is_whole) {
            let expected: Vec<i64> = oracle.iter().map(|row| row[name].parse().unwrap()).collect();
            assert_eq!(whole(&made, name), expected, "{name}");
        } else {
            for ((row, got), id) in oracle.iter().zip(numbers(&made, name)).zip(&made.ids.values) {
                let expected = row[name].parse().unwrap_or(f64::NAN);
                let close = (got - expected).abs() <= 1e-9 * expected.abs().max(1.0);
                assert!(close || (got.is_nan() && expected.is_nan()), "{name} of {id}: {got}");
            }
        }
        compared += 1;
    }
    assert_eq!(compared, 23);
}

#[test]
fn the_generated_shop_agrees_with_its_own_customer_table() {
    let params = Params::default();
    let (plan, frame) =
        read(&generated("shop/transactions.csv"), &CsvParams::default(), &asked(&params));
    let as_of = Some("2025-12-31".parse().unwrap());
    let made = build(&frame, &plan, as_of, 10).unwrap();
    let text = std::fs::read_to_string(generated("shop/customers.csv")).unwrap();
    let known: BTreeMap<&str, BTreeMap<&str, &str>> =
        rows(&text).into_iter().map(|row| (row["customer_id"], row)).collect();
    assert_eq!(made.ids.values.len(), known.len());
    for (i, id) in made.ids.values.iter().enumerate() {
        let row = &known[id.as_str()];
        let days = numbers(&made, "days_since_last_order")[i];
        assert_eq!(days, row["days_since_last_order"].parse::<f64>().unwrap(), "{id}");
        let discounts = made.discount_shares.as_ref().unwrap()[i];
        let known_share = row["discount_share"].parse::<f64>().unwrap();
        assert!((discounts - known_share).abs() < 0.000_051, "{id}: {discounts}");
        let year =
            made.histories.days(i).iter().filter(|&&day| made.as_of.since_epoch() - day < 365);
        assert_eq!(year.count(), row["orders_12m"].parse::<usize>().unwrap(), "{id}");
    }
}

#[test]
fn the_generated_companies_agree_with_their_own_account_table() {
    let params = Params::default();
    let (plan, frame) = read(&generated("b2b/orders.csv"), &CsvParams::default(), &asked(&params));
    let as_of = Some("2025-12-31".parse().unwrap());
    let made = build(&frame, &plan, as_of, 10).unwrap();
    let text = std::fs::read_to_string(generated("b2b/accounts.csv")).unwrap();
    let known: BTreeMap<&str, BTreeMap<&str, &str>> =
        rows(&text).into_iter().map(|row| (row["account_id"], row)).collect();
    for (i, id) in made.ids.values.iter().enumerate() {
        let row = &known[id.as_str()];
        let last = numbers(&made, "days_since_last_order")[i];
        assert_eq!(last, row["days_since_last_order"].parse::<f64>().unwrap(), "{id}");
        let in_year = |day: i32| made.as_of.since_epoch() - day < 365;
        let orders = made.histories.days(i).iter().zip(made.histories.amounts(i));
        let year: Vec<i64> =
            orders.filter(|(day, _)| in_year(**day)).map(|(_, &amount)| amount).collect();
        assert_eq!(year.len(), row["orders_12m"].parse::<usize>().unwrap(), "{id}");
        let cents = row["order_value_12m"].replace('.', "").parse::<i64>().unwrap();
        assert_eq!(year.iter().sum::<i64>(), cents, "{id}");
    }
}

#[test]
fn online_retail_is_accounted_for_to_the_last_digit() {
    let Some(file) = real("online_retail/online_retail.csv.gz") else { return };
    let params = Params::default();
    let (plan, frame) = read(&file, &CsvParams::default(), &asked(&params));
    let made = build(&frame, &plan, None, 10).unwrap();
    let counts = &made.counts;
    assert!(counts.add_up());
    let of = |tally: Tally| (tally.lines, tally.money.unwrap().to_string());
    assert_eq!(of(counts.read), (541_909, "9747747.934".to_owned()));
    assert_eq!(counts.seen.without_customer.lines, 135_080);
    assert_eq!(counts.seen.cancelled.lines, 9_288);
    assert_eq!(counts.seen.cancelled_without_customer.lines, 383);
    assert_eq!(counts.seen.negative_quantity.lines, 10_624);
    assert_eq!(counts.seen.zero_price.lines, 2_515);
    assert_eq!(counts.cancel_prefixes, ["C"]);
    assert_eq!(counts.customers_seen, 4_372);
    assert_eq!(counts.used.lines + counts.n_excluded(), 541_909);
    assert_eq!(made.as_of.to_string(), "2011-12-09");
    let pointed = made.findings.iter().find(|finding| finding.code == "pointed-ids").unwrap();
    assert_eq!(pointed.count, Some(406_829));

    let text = std::fs::read_to_string("tests/oracles/orders_online_retail.json").unwrap();
    let oracle: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(made.ids.values.len() as u64, oracle["customers"].as_u64().unwrap());
    let names = [
        "days_since_last_order",
        "orders",
        "spend",
        "amounts",
        "tenure_days",
        "first_to_last_days",
        "lines",
        "units",
        "distinct_products",
    ];
    let columns: Vec<Vec<i64>> = names.iter().map(|name| whole(&made, name)).collect();
    let mut lines = String::new();
    for (i, id) in made.ids.values.iter().enumerate() {
        lines.push_str(id);
        for column in &columns {
            write!(lines, ",{}", column[i]).unwrap();
        }
        lines.push('\n');
    }
    for (name, column) in names.iter().zip(&columns) {
        let sum = column.iter().sum::<i64>() as f64;
        assert_eq!(sum, oracle["sums"][name].as_f64().unwrap(), "{name}");
    }
    let mut hash = String::new();
    for byte in Sha256::digest(lines.as_bytes()) {
        write!(hash, "{byte:02x}").unwrap();
    }
    assert_eq!(hash, oracle["sha256_of_whole_numbers"].as_str().unwrap());
    for name in ["gap_days", "gap_regularity", "order_trend", "return_share", "weekend_share"] {
        let present: Vec<f64> =
            numbers(&made, name).iter().copied().filter(|number| !number.is_nan()).collect();
        assert_eq!(present.len() as u64, oracle["present"][name].as_u64().unwrap(), "{name}");
        let (sum, expected) = (present.iter().sum::<f64>(), oracle["sums"][name].as_f64().unwrap());
        assert!((sum - expected).abs() < 1e-6, "{name}: {sum} and not {expected}");
    }
}

#[test]
fn frames_in_any_order_and_any_pieces_give_the_same_bytes() {
    let params = Params::default();
    let (plan, frame) = read(&generated("b2b/orders.csv"), &CsvParams::default(), &asked(&params));
    let whole = build(&frame, &plan, None, 10).unwrap();
    let mut builder = Builder::new(&plan, None).unwrap();
    let n = frame.height();
    for start in (0..n).step_by(1000).rev() {
        builder.push(&frame.slice(start as i64, 1000)).unwrap();
    }
    let pieces = builder.finish(10, None).unwrap();
    assert_eq!(pieces.histories, whole.histories);
    assert_eq!((&pieces.counts, &pieces.findings), (&whole.counts, &whole.findings));
    assert_eq!(format!("{:?}", pieces.columns), format!("{:?}", whole.columns));
}

#[test]
fn ids_that_differ_in_case_only_are_said() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("orders.csv");
    let text = "customer_id,date,amount\nk1,2024-01-02,1.5\nK1,2024-01-02,2\nk1,2024-01-03,2\n\
                k2,2024-01-02,1\nk2,2024-01-04,1\n";
    std::fs::write(&path, text).unwrap();
    let params = Params::default();
    let (plan, frame) = read(&path, &CsvParams::default(), &asked(&params));
    let made = build(&frame, &plan, None, 1).unwrap();
    assert_eq!(made.ids.values, ["K1", "k1", "k2"]);
    let said = made.findings.iter().find(|finding| finding.code == "near-duplicate-ids");
    assert_eq!(said.unwrap().count, Some(1));
}

/// The text of a file with runs of blanks, with commas between its columns.
fn with_commas(path: &Path) -> tempfile::NamedTempFile {
    let text = std::fs::read_to_string(path).unwrap();
    let line = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(",") + "\n";
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text.lines().map(line).collect::<String>()).unwrap();
    file
}

#[test]
fn cdnow_equals_its_published_summary_for_every_customer() {
    let Some(file) = real("cdnow/CDNOW_sample.txt") else { return };
    let Some(summary) = real("cdnow/cdnow_customers_summary.csv") else { return };
    let csv = CsvParams { header: Some(false), ..CsvParams::default() };
    let params = Params::default();
    let (plan, frame) = read(with_commas(&file).path(), &csv, &asked(&params));
    assert_eq!(
        parts(&plan),
        ["customer: column_1", "day: column_3", "amount: column_5", "quantity: column_4"]
    );
    drop(frame);
    // The summary numbers customers as the second column does.
    let asked = Asked { id: Some("column_2"), params: &params };
    let (plan, frame) = read(with_commas(&file).path(), &csv, &asked);
    let made = build(&frame, &plan, Some("1997-09-30".parse().unwrap()), 10).unwrap();
    assert!(made.counts.excluded.after_as_of.lines > 1000);
    let text = std::fs::read_to_string(summary).unwrap();
    let summary = rows(&text);
    assert_eq!((made.ids.values.len(), summary.len()), (2357, 2357));
    for (i, row) in summary.iter().enumerate() {
        assert_eq!(made.ids.values[i].parse::<u32>(), row["ID"].parse(), "row {i}");
        let frequency = made.histories.gaps(i).count();
        assert_eq!(frequency, row["frequency"].parse::<usize>().unwrap(), "row {i}");
        let weeks = |name: &str| numbers(&made, name)[i] / 7.0;
        let near = |a: f64, b: &str| (a - b.parse::<f64>().unwrap()).abs() < 0.0051;
        assert!(near(weeks("first_to_last_days"), row["recency"]), "row {i}");
        assert!(near(weeks("tenure_days"), row["T"]), "row {i}");
    }
}

#[test]
fn groceries_have_features_without_money() {
    let Some(file) = real("groceries/Groceries_dataset.csv") else { return };
    let params = Params::default();
    let (plan, frame) = read(&file, &CsvParams::default(), &asked(&params));
    let made = build(&frame, &plan, None, 10).unwrap();
    assert_eq!(made.ids.values.len(), 3898);
    assert_eq!((made.counts.used.lines, made.counts.used.money), (38_765, None));
    assert_eq!(made.counts.seen.duplicates.lines, 759);
    assert!(made.columns.iter().all(|column| column.name != "spend"));
    assert!(numbers(&made, "distinct_products").iter().all(|&n| n >= 1.0));
}
