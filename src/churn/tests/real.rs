//! Public tables, where they are at hand; skipped elsewhere.

use super::*;

pub(super) fn read(name: &str) -> Option<String> {
    crate::testing::real_data(name).map(|file| std::fs::read_to_string(file).unwrap())
}

/// A table of unquoted cells: numbers where every present cell is one, else categories.
pub(super) fn parse(
    text: &str,
    delimiter: char,
    label: &str,
    yes: &str,
    skip: &[&str],
) -> FeatureTable {
    let mut lines = text.lines();
    let unquote = |cell: &str| cell.trim().trim_matches('"').to_owned();
    let names: Vec<String> = lines
        .next()
        .unwrap()
        .trim_start_matches('\u{feff}')
        .split(delimiter)
        .map(unquote)
        .collect();
    let rows: Vec<Vec<String>> = lines
        .filter(|line| !line.is_empty())
        .map(|line| line.split(delimiter).map(unquote).collect())
        .collect();
    let mut columns = Vec::new();
    let mut outcome = Vec::new();
    for (j, name) in names.iter().enumerate() {
        let cells: Vec<&str> = rows.iter().map(|row| row[j].as_str()).collect();
        if name == label {
            outcome = cells.iter().map(|&cell| Some(cell == yes)).collect();
        } else if !skip.contains(&name.as_str()) {
            columns.push(column(name, values(&cells)));
        }
    }
    table(columns, outcome)
}

fn values(cells: &[&str]) -> Values {
    let as_number = |cell: &&str| if cell.is_empty() { Ok(f64::NAN) } else { cell.parse() };
    if let Ok(numbers) = cells.iter().map(as_number).collect::<Result<Vec<f64>, _>>() {
        return Values::Number(numbers);
    }
    let mut levels: Vec<String> = cells.iter().map(|&cell| cell.to_owned()).collect();
    levels.sort();
    levels.dedup();
    let place = |cell: &&str| levels.binary_search_by(|l| l.as_str().cmp(cell)).unwrap();
    if levels.len() == 2 && levels[0] == "No" && levels[1] == "Yes" {
        let codes = cells.iter().map(|cell| u8::try_from(place(cell)).unwrap()).collect();
        return Values::Flag { codes, no: "No".to_owned(), yes: "Yes".to_owned() };
    }
    let codes = cells.iter().map(|cell| u32::try_from(place(cell)).unwrap()).collect();
    Values::Category { codes, levels, ordered: false }
}

#[test]
fn telco_meets_its_published_anchor() {
    let Some(text) = read("telco_churn/Telco-Customer-Churn.csv") else { return };
    let table = parse(&text, ',', "Churn", "Yes", &["customerID"]);
    assert_eq!(inspect(&table, &[], &checked()), LeakReport::default());
    let r = computed(&table, 42).results;
    let m = &r.metrics;
    assert_eq!((r.known, r.events), (7043, 1869));
    assert!(m.roc_auc.value >= 0.840, "{:?}", m.roc_auc);
    assert!(m.log_loss.value <= 0.425, "{:?}", m.log_loss);
    assert!(m.ece <= 0.03, "{}", m.ece);
    assert!((0.9..=1.1).contains(&m.slope), "{}", m.slope);
    assert!(r.mean_of_events > 0.40 && r.mean_of_others < 0.25);
    assert!(r.twins >= 40 && r.roc.len() <= 200 && r.lift.len() == 100);
}

#[test]
fn bank_customers_need_bends() {
    let Some(text) = read("bank_churn/Churn_Modelling.csv") else { return };
    let skip = ["RowNumber", "CustomerId", "Surname"];
    let table = parse(&text, ',', "Exited", "1", &skip);
    assert_eq!(inspect(&table, &[], &checked()), LeakReport::default());
    let m = computed(&table, 42).results.metrics;
    assert!(m.roc_auc.value > 0.83, "{:?}", m.roc_auc);
}

#[test]
fn copies_with_other_words_share_a_fold() {
    let file = "ibm_customer_value/WA_Fn-UseC_-Marketing-Customer-Value-Analysis.csv";
    let Some(text) = read(file) else { return };
    let table = parse(&text, ',', "Response", "Yes", &["Customer"]);
    let r = computed(&table, 42).results;
    // 218 respondents stand in the file six times each, 307 of these rows equal in every column.
    assert_eq!((r.copies, r.twins), (6 * 218, 307));
    assert!(r.split.ends_with(
        "customers equal in every column or, against chance, in every number share a fold"
    ));
    // Who learns one of the six knows the others: .98 where they are dealt apart.
    assert!((0.65..0.80).contains(&r.metrics.roc_auc.value), "{:?}", r.metrics.roc_auc);
}

#[test]
fn numbers_that_chance_makes_equal_are_no_copies() {
    for (file, delimiter, label, yes, skip) in [
        ("telco_churn/Telco-Customer-Churn.csv", ',', "Churn", "Yes", &["customerID"][..]),
        ("bank_churn/Churn_Modelling.csv", ',', "Exited", "1", &["RowNumber", "CustomerId"]),
        ("bank_marketing/bank-additional-full.csv", ';', "y", "yes", &[]),
        ("online_shoppers/online_shoppers_intention.csv", ';', "Revenue", "TRUE", &[]),
    ] {
        let Some(text) = read(file) else { continue };
        let table = parse(&text, delimiter, label, yes, skip);
        let columns: Vec<usize> = (0..table.columns().len()).collect();
        let rows: Vec<usize> = (0..table.n_customers()).collect();
        assert_eq!(Twins::of(&table, &columns, &rows).copied(), 0, "{file}");
    }
}

#[test]
fn complaints_are_proof() {
    let Some(text) = read("bank_churn/Customer-Churn-Records.csv") else { return };
    let skip = ["RowNumber", "CustomerId", "Surname"];
    let table = parse(&text, ',', "Exited", "1", &skip);
    let report = inspect(&table, &[], &checked());
    assert_eq!(report.excluded(), ["Complain"]);
    assert_eq!(report.leaks.len(), 1);
}

#[test]
fn the_duration_of_the_call_is_a_suspicion() {
    let Some(text) = read("bank_marketing/bank.csv") else { return };
    let table = parse(&text, ';', "y", "yes", &[]);
    let report = inspect(&table, &[], &checked());
    let suspicious: Vec<&str> = report.leaks.iter().map(|leak| leak.column.as_str()).collect();
    assert_eq!(suspicious, ["duration"]);
    assert_eq!(report.leaks[0].mechanism, Mechanism::Suspicion);
    let r = computed(&table, 42).results;
    assert!(r.leaks[0].auc_without.unwrap() < r.metrics.roc_auc.value - 0.05);
}

#[test]
fn the_value_of_pages_is_honest() {
    let Some(text) = read("online_shoppers/online_shoppers_intention.csv") else { return };
    let table = parse(&text, ';', "Revenue", "TRUE", &[]);
    let report = inspect(&table, &[], &checked());
    assert_eq!(report.leaks, Vec::new());
}
