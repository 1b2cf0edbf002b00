//! Columns as they are settled, from tables of a few rows: what is read, what is said of
//! it, and what is refused with which code.

mod days;

use polars::prelude::DataFrame;

use crate::fault::Fault;
use crate::load::tests::{many, natural, numbers, parquet, source, source_with, texts, wanted};
use crate::load::{CsvParams, Kind, LoadError, ReadAs, SeenColumn, Source, open};

/// A table of two columns separated by tabs, which no value here holds.
fn table(values: &[&str]) -> String {
    table_of("v", values)
}

fn table_of(name: &str, values: &[&str]) -> String {
    let rows: Vec<String> =
        values.iter().enumerate().map(|(at, value)| format!("c{at}\t{value}\n")).collect();
    format!("id\t{name}\n{}", rows.concat())
}

fn read(values: &[&str]) -> Source {
    source(&table(values)).unwrap()
}

fn asked(values: &[&str], params: &CsvParams) -> Source {
    source_with(table(values).as_bytes(), params, 0).unwrap()
}

fn column(source: &Source) -> &SeenColumn {
    &source.columns()[1]
}

/// The numbers of the second column.
fn amounts(source: &Source) -> Vec<f64> {
    let frame = natural(source).unwrap();
    numbers(&frame, &column(source).name).into_iter().flatten().collect()
}

/// The days of the second column, since 1970-01-01; 0 where missing.
fn days(source: &Source) -> Vec<i32> {
    let frame = natural(source).unwrap();
    days_of(&frame, &column(source).name)
}

fn days_of(frame: &DataFrame, name: &str) -> Vec<i32> {
    let days = frame.column(name).unwrap().cast(&polars::prelude::DataType::Int32).unwrap();
    days.i32().unwrap().iter().map(|day| day.unwrap_or(0)).collect()
}

fn refused(source: &Source) -> LoadError {
    natural(source).unwrap_err()
}

/// The repairs of the second column.
fn repairs(source: &Source) -> Vec<(&str, u64)> {
    let name = &column(source).name;
    let own = source.repairs().iter().filter(|repair| repair.column == *name);
    own.map(|repair| (repair.what.as_str(), repair.rows)).collect()
}

fn has_finding(source: &Source, code: &str, count: u64) -> bool {
    source.findings().iter().any(|found| found.code == code && found.count == Some(count))
}

fn timezone(zone: &str) -> CsvParams {
    CsvParams { timezone: Some(zone.into()), ..CsvParams::default() }
}

fn date_format(format: &str) -> CsvParams {
    CsvParams { date_format: Some(format.into()), ..CsvParams::default() }
}

#[test]
fn a_decimal_comma_with_points_between_thousands_is_exact() {
    let both = CsvParams {
        decimal: Some(",".into()),
        thousands: Some(".".into()),
        ..CsvParams::default()
    };
    for params in [&both, &CsvParams::default()] {
        let source = asked(&["1.299,99", "0,5", "12"], params);
        assert_eq!(amounts(&source), [1299.99, 0.5, 12.0]);
        let expected =
            [("decimal comma read as a point", 2), ("marks between thousands taken out", 1)];
        assert_eq!(repairs(&source), expected);
        assert_eq!(column(&source).decimals, 2);
    }
    let quoted = source("a,b\n\"1,2\",3\n\"4,5\",6\n").unwrap();
    assert_eq!(numbers(&natural(&quoted).unwrap(), "a"), [Some(1.2), Some(4.5)]);
}

#[test]
fn one_thousand_or_decimals_is_asked_and_the_answer_is_taken() {
    let mixed = refused(&read(&["1,234", "1.234"]));
    assert_eq!(mixed.code(), "E-IN-031");
    assert!(mixed.hint().unwrap().contains("decimal ="));
    assert_eq!(refused(&read(&["1,234", "5"])).code(), "E-IN-031");
    let thousands = |mark: &str| CsvParams { thousands: Some(mark.into()), ..CsvParams::default() };
    assert_eq!(amounts(&asked(&["1,234", "5"], &thousands(","))), [1234.0, 5.0]);
    for mark in [".", " ", "'", ""] {
        assert_eq!(amounts(&asked(&["1,234", "5"], &thousands(mark))), [1.234, 5.0], "{mark}");
    }
}

#[test]
fn negative_numbers_of_every_mark_are_read_where_the_column_agrees() {
    for (values, expected) in [
        (["(12.50)", "7", "0"], [-12.5, 7.0, 0.0]),
        (["12.50-", "7", "3"], [-12.5, 7.0, 3.0]),
        (["\u{2212}12.5", "-7", "3"], [-12.5, -7.0, 3.0]),
    ] {
        let source = read(&values);
        assert_eq!(amounts(&source), expected);
        let what = "a minus in brackets, at the end or typographic read as a minus";
        assert_eq!(repairs(&source), [(what, 1)]);
    }
    assert!(has_finding(&read(&["(12.50)", "7", "0"]), "accounting-negatives", 1));
    for values in [["(12.50)", "12.50-", "3"], ["(12.50)", "-3", "3"], ["(212)", "(415)", "(510)"]]
    {
        assert_eq!(refused(&read(&values)).code(), "E-IN-032", "{values:?}");
    }
}

#[test]
fn a_currency_is_taken_off_where_the_column_agrees() {
    for (values, unit, expected) in [
        (["€ 5", "7 EUR", "0"], "EUR", [5.0, 7.0, 0.0]),
        (["$90,000 ", "$1,250.50", "-$3"], "$", [90_000.0, 1_250.5, -3.0]),
        (["1 234,50 kr.", "-7 kr", "0,00 kr"], "kr", [1234.5, -7.0, 0.0]),
    ] {
        let source = read(&values);
        assert_eq!(amounts(&source), expected);
        assert_eq!(column(&source).unit.as_deref(), Some(unit));
        let n = values.iter().filter(|value| **value != "0").count() as u64;
        assert!(has_finding(&source, "unit-in-values", n), "{values:?}");
    }
    let some = refused(&read(&["$5", "7", "8"]));
    assert_eq!(some.code(), "E-IN-033");
    assert_eq!(
        some.to_string(),
        "t.csv, column v, line 2: a currency at some of the amounts, in 1 of 3 values"
    );
    let several = refused(&read(&["5 EUR", "7 USD", "8 EUR"]));
    assert_eq!(several.code(), "E-DQ-030");
    assert!(several.to_string().ends_with("several currencies: EUR in 2, USD in 1 rows"));
    assert_eq!(refused(&read(&["€5", "$7", "8"])).code(), "E-DQ-030");
}

#[test]
fn per_cent_is_read_as_written_and_said() {
    let source = read(&["12%", "7.5 %", "0"]);
    assert_eq!(amounts(&source), [12.0, 7.5, 0.0]);
    assert_eq!(column(&source).unit.as_deref(), Some("%"));
    assert_eq!(repairs(&source), [("% taken off and kept as the unit", 2)]);
    assert!(has_finding(&source, "unit-in-values", 2));
    assert_eq!(refused(&read(&["12%", "0.12", "5"])).code(), "E-IN-036");
    assert_eq!(refused(&read(&["12%", "$5", "5%"])).code(), "E-IN-036");
}

#[test]
fn spellings_of_programs_and_infinite_numbers_are_refused() {
    assert_eq!(amounts(&read(&["1e5", "2.5", "3"])), [100_000.0, 2.5, 3.0]);
    for (value, code) in [
        ("0x1F", "E-IN-034"),
        ("1_000", "E-IN-034"),
        ("Infinity", "E-IN-035"),
        ("-inf", "E-IN-035"),
    ] {
        assert_eq!(refused(&read(&["1", "2", value])).code(), code, "{value}");
    }
    let source = read(&["1", "2", "NaN"]);
    assert_eq!(column(&source).missing_codes, [("NaN".to_owned(), 1)]);
}

#[test]
fn gaps_between_thousands_are_read_where_they_can_be_meant() {
    for values in [
        ["1 234 567,5", "12 000", "7"],
        ["1\u{a0}234\u{a0}567,5", "12\u{a0}000", "7"],
        ["1\u{202f}234\u{202f}567,5", "12\u{202f}000", "7"],
        ["1'234'567.5", "12'000", "7"],
    ] {
        let source = read(&values);
        assert_eq!(amounts(&source), [1_234_567.5, 12_000.0, 7.0], "{values:?}");
        assert!(repairs(&source).contains(&("marks between thousands taken out", 2)));
    }
    // Postal codes of one length, and telephone numbers.
    for values in [["110 001", "560 034", "400 002"], ["601 234 567", "502 111 222", "601 000 111"]]
    {
        assert_eq!(column(&read(&values)).kind, Kind::Text, "{values:?}");
    }
    let declared = CsvParams { thousands: Some(" ".into()), ..CsvParams::default() };
    assert_eq!(amounts(&asked(&["110 001", "560 034"], &declared)), [110_001.0, 560_034.0]);
}

#[test]
fn digits_are_never_lost_silently() {
    let source = read(&["9007199254740993", "1234567890123456789", "5"]);
    assert!(has_finding(&source, "rounded-numbers", 2));
    let frame = source.read(&[wanted("v", ReadAs::Text)]).unwrap();
    let exact: Vec<String> = texts(&frame, "v").into_iter().flatten().collect();
    assert_eq!(exact, ["9007199254740993", "1234567890123456789", "5"]);
    let cents = read(&["1234567890123456.78", "0.10", "5.00"]);
    assert!(has_finding(&cents, "rounded-numbers", 1));
    // 92233720368547758.08 is one hundredth more than 2^63 - 1 cents.
    let error = refused(&read(&["92233720368547758.08", "0.10", "5.00"]));
    assert_eq!(error.code(), "E-IN-037");
    assert!(read(&["1e200", "0.1", "5"]).doubt("v").is_none());
}

#[test]
fn the_first_text_among_numbers_counts_wherever_it_stands() {
    for at in [1, 101, 2_049, 4_000] {
        let mut rows = vec!["c,7"; 4_000];
        rows[at - 1] = "c,7.5";
        let source = source(&format!("id,v\n{}\n", rows.join("\n"))).unwrap();
        assert_eq!((&column(&source).kind, column(&source).decimals), (&Kind::Decimal, 1));
    }
}

#[test]
fn whole_ids_written_with_a_point_are_the_ids_without_it() {
    let source = source("id,v\n17850.0,1\n17850,2\n13047.0,3\n,4\n").unwrap();
    assert_eq!(source.columns()[0].dotted, 2);
    let ids = |read_as: ReadAs| texts(&source.read(&[wanted("id", read_as)]).unwrap(), "id");
    let text = |id: &str| Some(id.to_owned());
    assert_eq!(ids(ReadAs::Id), [text("17850"), text("17850"), text("13047"), None]);
    assert_eq!(ids(ReadAs::Text)[0], text("17850.0"));
    let what = ".0 taken off where it is an id";
    assert!(source.repairs().iter().any(|repair| repair.what == what && repair.rows == 2));
}

#[test]
fn other_ids_stay_as_they_are() {
    for ids in [["00123", "123.0", "7"], ["17850.5", "17850.0", "7"], ["C1.0", "17850.0", "7"]] {
        let text = format!("id,v\n{},1\n{},2\n{},3\n", ids[0], ids[1], ids[2]);
        let source = source(&text).unwrap();
        assert_eq!(source.columns()[0].dotted, 0);
        let frame = source.read(&[wanted("id", ReadAs::Id)]).unwrap();
        assert_eq!(texts(&frame, "id"), ids.map(|id| Some(id.to_owned())));
    }
}

#[test]
fn a_code_of_missing_can_be_declared_for_one_column() {
    let params = CsvParams { null_values: vec!["age=0".into()], ..CsvParams::default() };
    let source = source_with(b"id,age,visits\na,0,0\nb,40,3\n", &params, 0).unwrap();
    let frame = natural(&source).unwrap();
    assert_eq!(numbers(&frame, "age"), [None, Some(40.0)]);
    assert_eq!(numbers(&frame, "visits"), [Some(0.0), Some(3.0)]);
    assert_eq!(source.columns()[1].missing_codes, [("0".to_owned(), 1)]);
}

#[test]
fn what_may_mean_missing_is_proposed_and_not_applied() {
    let text = many("id,age,job", "a,31,clerk\nb,47,nurse\nc,52,Unknown\nd,28,cook", 2, "")
        + "e,-1,clerk\nf,999,-\ng,999,clerk\nh,39,cook\ni,63,cook\n";
    let source = source(&text).unwrap();
    let proposed = |at: usize| source.columns()[at].proposed_missing.clone();
    let code = |text: &str, n: usize| (text.to_owned(), n);
    assert_eq!(proposed(1), [code("-1", 1), code("999", 2)]);
    assert_eq!(proposed(2), [code("-", 1), code("Unknown", 2)]);
    assert_eq!(source.columns()[1].n_missing, 0);
    assert!(has_finding(&source, "proposed-missing", 3));
}

#[test]
fn blanks_around_values_are_a_repair() {
    let spaced = source("id, v\na, 1\nb,2 \nc,3\n").unwrap();
    assert_eq!(repairs(&spaced), [("blanks around the value taken off", 2)]);
    let no_break = read(&["\u{a0}5", "7\u{202f}", "8"]);
    assert_eq!(amounts(&no_break), [5.0, 7.0, 8.0]);
    assert_eq!(repairs(&no_break), [("no-break spaces around the number taken off", 2)]);
}

#[test]
fn equal_rows_are_counted_and_kept() {
    let text = "a,b\n1,x\n2,y\n1, x\n1,x\n2,z\n";
    let csv = source(text).unwrap();
    let twins = csv.twins().unwrap().unwrap();
    assert_eq!((twins.count, csv.accounting().used), (Some(2), 5));
    assert!(source("a,b\n1,x\nx,1\n").unwrap().twins().unwrap().is_none());
    let bytes = parquet(&mut natural(&csv).unwrap());
    let packed = source_with(&bytes, &CsvParams::default(), 0);
    // A Parquet file under the name of a CSV file is refused or read for what it is.
    if let Ok(packed) = packed {
        assert_eq!(packed.twins().unwrap().unwrap().count, Some(2));
    }
}

/// A real table, where it lies beside the project.
fn open_real(name: &str, params: &CsvParams) -> Option<Source> {
    let path = crate::testing::real_data(name)?;
    Some(open(&path, name, params, 0).unwrap())
}

fn seen<'a>(source: &'a Source, name: &str) -> &'a SeenColumn {
    source.columns().iter().find(|column| column.name == name).unwrap()
}

#[test]
fn the_ids_and_days_of_online_retail_are_right() {
    let Some(source) = open_real("online_retail/online_retail.csv.gz", &CsvParams::default())
    else {
        return;
    };
    let id = seen(&source, "CustomerID");
    assert_eq!((id.dotted, id.n_missing, source.accounting().rows), (406_829, 135_080, 541_909));
    let wanted = [wanted("CustomerID", ReadAs::Id), wanted("InvoiceDate", ReadAs::Day)];
    let frame = source.read(&wanted).unwrap();
    let ids: std::collections::BTreeSet<String> =
        texts(&frame, "CustomerID").into_iter().flatten().collect();
    assert_eq!(ids.len(), 4_372);
    assert!(ids.iter().all(|id| id.bytes().all(|byte| byte.is_ascii_digit())));
    let days = days_of(&frame, "InvoiceDate");
    // 2010-12-01 to 2011-12-09, on 305 days.
    assert_eq!((days.iter().min(), days.iter().max()), (Some(&14_944), Some(&15_317)));
    let distinct: std::collections::BTreeSet<i32> = days.into_iter().collect();
    assert_eq!(distinct.len(), 305);
    assert!(source.doubt("UnitPrice").is_none());
    let twins = source.twins().unwrap().unwrap();
    assert_eq!(twins.count, Some(5_268));
}

#[test]
fn two_formats_fit_the_days_of_the_pipeline_and_one_is_taken_when_declared() {
    let name = "crm_b2b/sales_pipeline.csv";
    let Some(source) = open_real(name, &CsvParams::default()) else { return };
    let asked = [wanted("engage_date", ReadAs::Day)];
    let error = source.read(&asked).unwrap_err();
    assert_eq!(error.code(), "E-IN-041");
    assert!(error.to_string().ends_with("as dd-mm-yy and as yy-mm-dd"), "{error}");
    let declared = open_real(name, &date_format("dd-mm-yy")).unwrap();
    let days = days_of(&declared.read(&asked).unwrap(), "engage_date");
    // 2016-10-20 is day 17,094.
    assert_eq!((days[0], days.iter().filter(|day| **day == 0).count()), (17_094, 500));
}

#[test]
fn codes_of_missing_in_real_tables_are_proposed() {
    let Some(bank) = open_real("bank_marketing/bank-full.csv", &CsvParams::default()) else {
        return;
    };
    assert_eq!(seen(&bank, "pdays").proposed_missing, [("-1".to_owned(), 36_954)]);
    assert_eq!(seen(&bank, "poutcome").proposed_missing, [("unknown".to_owned(), 36_959)]);
    assert!(seen(&bank, "balance").proposed_missing.is_empty());
    let name = "bank_marketing/bank-additional-full.csv";
    let Some(additional) = open_real(name, &CsvParams::default()) else { return };
    assert_eq!(seen(&additional, "pdays").proposed_missing, [("999".to_owned(), 39_673)]);
    for name in ["telco_churn/Telco-Customer-Churn.csv", "cc_general/CC GENERAL.csv"] {
        let Some(source) = open_real(name, &CsvParams::default()) else { continue };
        let proposed = source.columns().iter().filter(|seen| !seen.proposed_missing.is_empty());
        let names: Vec<&str> = proposed.map(|seen| seen.name.as_str()).collect();
        assert!(names.is_empty(), "{name}: {names:?}");
    }
}
