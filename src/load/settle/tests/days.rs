//! Days, times and zones.

use super::*;

#[test]
fn days_that_do_not_exist_and_placeholders_are_refused_with_their_line() {
    for value in ["2024-02-30", "2023-02-29"] {
        let error = refused(&read(&["2024-01-05", "2024-01-06", value]));
        assert_eq!(error.code(), "E-IN-040");
        assert!(error.to_string().contains("line 4"), "{error}");
    }
    for value in ["0000-00-00", "1900-01-01", "9999-12-31"] {
        let values = ["2024-01-05", "2024-01-06", value];
        let error = refused(&read(&values));
        assert_eq!(error.code(), "E-IN-040");
        assert!(!error.to_string().contains(value));
        assert!(error.hint().unwrap().contains("null-values = [\"v="), "{error}");
        for null in [value.to_owned(), format!("v={value}")] {
            let params = CsvParams { null_values: vec![null], ..CsvParams::default() };
            assert_eq!(days(&asked(&values, &params)), [19_727, 19_728, 0]);
        }
    }
}

#[test]
fn a_format_is_asked_for_where_two_fit_and_counted_where_several_are_mixed() {
    let error = refused(&read(&["02/03/04", "03/04/04"]));
    assert_eq!(error.code(), "E-IN-041");
    assert_eq!(
        error.to_string(),
        "t.csv, column v: its days can be read as dd/mm/yy and as mm/dd/yy and as yy/mm/dd"
    );
    let mixed = read(&["2024-01-05", "2024-01-06", "13/01/2024"]);
    let error = refused(&mixed);
    assert_eq!(error.code(), "E-IN-041");
    assert!(error.to_string().ends_with("yyyy-mm-dd fits 2, dd/mm/yyyy fits 1"), "{error}");
    // One value that can be read in one way only settles the column.
    assert_eq!(days(&read(&["2/3/04", "13/1/04"])), [12_479, 12_430]);
    let error = refused(&read(&["02/03/04", "13/01/04"]));
    assert!(error.to_string().ends_with("as dd/mm/yy and as yy/mm/dd"), "{error}");
    assert_eq!(days(&asked(&["02/03/04"], &date_format("%m/%d/%y"))), [12_451]);
}

#[test]
fn signs_between_the_numbers_may_differ_where_their_order_is_one() {
    let source = read(&["1/13/11", "01-02-11", "2/24/11", "02-12-11"]);
    // 2011-01-13, 2011-01-02, 2011-02-24, 2011-02-12.
    assert_eq!(days(&source), [14_987, 14_976, 15_029, 15_017]);
    assert!(has_finding(&source, "signs-between-days", 2));
    assert_eq!(days(&read(&["2024-01-05", "2024/01/06"])), [19_727, 19_728]);
    assert_eq!(refused(&read(&["1/2/11", "01-02-11"])).code(), "E-IN-041");
}

#[test]
fn numbers_declared_as_days_are_read_where_all_count_alike() {
    let source = read(&["45292", "45293"]);
    let frame = source.read(&[wanted("v", ReadAs::Day)]).unwrap();
    assert_eq!(days_of(&frame, "v"), [19_723, 19_724]);
    let mixed = read(&["45292", "1704067200"]);
    let error = mixed.read(&[wanted("v", ReadAs::Day)]).unwrap_err();
    assert_eq!(error.code(), "E-IN-042");
}

#[test]
fn names_of_months_and_times_of_day_are_read() {
    for values in [
        ["01-Dec-10", "31-Jan-11"],
        ["Dec 1, 2010", "January 31st, 2011"],
        ["1. desember 2010", "31. januar 2011"],
        ["1 decembrie 2010", "31 ianuarie 2011"],
        ["2010年12月1日", "2011年1月31日"],
        ["12/1/2010 8:26 AM", "1/31/2011 12:00 PM"],
        ["20101201082600", "20110131120000"],
        ["01.12.2010 08:26", "31.01.2011 12:00:59"],
    ] {
        let source = read(&values);
        // 2010-12-01 is day 14,944 and 2011-01-31 day 15,005.
        assert_eq!(days(&source), [14_944, 15_005], "{values:?}");
        let timed = values[0].contains(':') || values[0].len() == 14;
        assert_eq!(repairs(&source), [("time of day cut off", 2)][..usize::from(timed)]);
    }
}

#[test]
fn numbers_are_days_where_the_name_or_the_config_says_so() {
    let serials = ["45292", "45293.75"];
    let by_name = source(&table_of("InvoiceDate", &serials)).unwrap();
    assert_eq!(days(&by_name), [19_723, 19_724]);
    assert_eq!(column(&by_name).kind, Kind::Day { format: "excel".into() });
    assert!(has_finding(&by_name, "days-as-numbers", 2));
    assert_eq!(column(&read(&serials)).kind, Kind::Decimal);
    let outside = source(&table_of("date", &["45292", "17850"])).unwrap();
    assert_eq!(column(&outside).kind, Kind::Integer);
    for (format, values) in [
        ("epoch-s", ["1704067200", "1704153599"]),
        ("epoch-ms", ["1704067200000", "1704067200999"]),
    ] {
        assert_eq!(days(&asked(&values, &date_format(format))), [19_723, 19_723], "{format}");
        let undeclared = source(&table_of("created_at", &values)).unwrap();
        assert_eq!(column(&undeclared).kind, Kind::Integer);
        assert!(has_finding(&undeclared, "looks-like-moments", 2));
    }
    let mixed = source(&table_of("date", &["45292", "1704067200", "1704067200000"])).unwrap();
    let error = refused(&mixed);
    assert_eq!(error.code(), "E-IN-042");
    assert!(
        error.to_string().ends_with("excel fits 1, epoch-s fits 1, epoch-ms fits 1"),
        "{error}"
    );
}

#[test]
fn zones_are_asked_for_where_they_are_mixed() {
    let all = ["2024-06-30T23:30:00+02:00", "2024-06-30T23:30:00Z", "2024-06-30T23:30:00"];
    let error = refused(&read(&all));
    assert_eq!(error.code(), "E-IN-043");
    assert!(error.to_string().contains("2 of its times have a zone and 1 have none"), "{error}");
    assert!(error.to_string().ends_with("first at line 4"), "{error}");
    assert_eq!(refused(&read(&all[..2])).code(), "E-IN-043");
    // In Berlin the second is 01:30 on the day after.
    assert_eq!(days(&asked(&all, &timezone("Europe/Berlin"))), [19_904, 19_905, 19_904]);
    let utc = read(&["2024-06-30T23:30:00Z", "2024-06-30T00:30:00Z"]);
    assert_eq!(days(&utc), [19_904, 19_904]);
    assert!(has_finding(&utc, "days-in-utc", 2));
    let offsets = read(&["2024-06-30T23:30:00+02:00", "2024-12-30T23:30:00+01:00"]);
    assert_eq!(days(&offsets), [19_904, 20_087]);
}

#[test]
fn hours_that_clocks_skip_are_refused_and_hours_they_repeat_are_counted() {
    let berlin = timezone("Europe/Berlin");
    let skipped = asked(&["2024-03-31 02:30:00", "2024-04-01 02:30:00"], &berlin);
    let error = refused(&skipped);
    assert_eq!(error.code(), "E-IN-044");
    assert!(error.to_string().contains("line 2") && error.to_string().contains("Europe/Berlin"));
    let twice = asked(&["2024-10-27 02:30:00", "2024-10-27 04:30:00"], &berlin);
    assert_eq!(days(&twice), [20_023, 20_023]);
    assert!(has_finding(&twice, "repeated-times", 1));
    assert!(read(&["2024-03-31 02:30:00"]).doubt("v").is_none());
}
