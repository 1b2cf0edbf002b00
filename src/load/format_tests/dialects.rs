//! Character sets, delimiters, and what stands around the rows.

use super::*;

#[test]
fn character_sets_are_found_out_with_a_finding_or_asked_for() {
    let latin = source_with(b"id,name\na,M\xfcller\n", &CsvParams::default(), 0).unwrap();
    assert_eq!(texts(&natural(&latin).unwrap(), "name"), [Some("Müller".to_owned())]);
    let finding = &latin.findings()[0];
    assert_eq!((finding.code.as_str(), finding.count), ("encoding", Some(1)));
    assert!(finding.message.contains("read as windows-1252, which is certain"), "{finding:?}");
    assert!(latin.facts().dialect.contains("windows-1252"), "{}", latin.facts().dialect);
    let error = source_with(b"id,name\na,J\xf8rgen\n", &CsvParams::default(), 0).unwrap_err();
    assert_eq!(error.code(), "E-IN-021");
    assert!(error.to_string().contains("line 2: the bytes at offset 11"), "{error}");
    assert!(error.to_string().contains("windows-1252 and as windows-1250"), "{error}");
    let how = with(|csv| csv.encoding = Some("windows-1252".into()));
    let declared = opened("t.csv", b"id,name\na,J\xf8rgen\n", &how).unwrap();
    assert!(codes(&declared).is_empty());
    let utf16: Vec<u8> = TABLE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&b"\xff\xfe"[..], &utf16].concat();
    let base = source(TABLE).unwrap();
    same(&base, &named("t.csv", &marked).unwrap());
    let unmarked = named("t.csv", &utf16).unwrap();
    same(&base, &unmarked);
    assert_eq!(codes(&unmarked), ["encoding"]);
}

#[test]
fn columns_between_runs_of_spaces_are_read() {
    let text = " id  since     n\r\n a1  19970101  2\r\n b2  19970102 13\r\n";
    let source = source(text).unwrap();
    assert_eq!(names(&source), ["id", "since", "n"]);
    assert!(source.facts().dialect.starts_with("a run of spaces between"));
    assert_eq!(numbers(&natural(&source).unwrap(), "n"), [Some(2.0), Some(13.0)]);
    let how = with(|csv| csv.delimiter = Some("spaces".into()));
    let source = opened("t.txt", b"name plan\nann basic\nbob \"pro max\"\n", &how).unwrap();
    assert_eq!(texts(&natural(&source).unwrap(), "plan")[1].as_deref(), Some("pro max"));
    let error = opened("t.txt", b"name plan\nann basic\nbob\nzoe pro\n", &how).unwrap_err();
    assert!(error.to_string().contains("line 3: 1 fields"), "{error}");
}

#[test]
fn numbers_above_numbers_need_no_header() {
    for text in [" 4 1 19970101 29.33\n 21 2 19970101 63.34\n", "1,2.5\n3,4.5\n5,\n", "7\n8\n9\n"] {
        let source = source(text).unwrap();
        assert_eq!(names(&source)[0], "column_1", "{text}");
        assert_eq!(codes(&source), ["no-header"], "{text}");
    }
    // Numbers that count up can be names, and a text column asks anyway.
    for text in ["0,1,2\n5,6,7\n8,9,9\n", "2019,2020\n5,6\n7,8\n", "39,a,1\n50,a,2\n38,a,3\n"] {
        assert_eq!(source(text).unwrap_err().code(), "E-IN-017", "{text}");
    }
}

#[test]
fn comments_and_titles_above_are_left_out_and_said() {
    for (text, code) in [
        ("# made on Monday\n#by hand\nid,n\na,1\nb,2\n", "comment-lines"),
        ("Customers of 2024\nid,n\na,1\nb,2\n", "title-lines"),
        ("Customers, of, 2024\n\nid,n\na,1\nb,2\nc,3\n", "title-lines"),
        ("Report,\nid,n\na,1\nb,2\n", "none"),
    ] {
        let read = source(text);
        if code == "none" {
            // One text over empty fields can be a header that lacks a name.
            assert_eq!(read.unwrap_err().code(), "E-IN-016");
            continue;
        }
        let read = read.unwrap();
        assert_eq!(names(&read), ["id", "n"], "{text}");
        assert_eq!(codes(&read), [code], "{text}");
        let bad = source(&format!("{text}z,1,2\n")).unwrap_err().to_string();
        let line = text.lines().count() + 1;
        assert!(bad.contains(&format!("line {line}: 3 fields")), "{bad}");
    }
    let hash = source("#id,n\n1,5\n2,6\n").unwrap();
    assert_eq!((names(&hash), hash.accounting().rows), (vec!["#id", "n"], 2));
    let ids = source("id,n\n#1,5\n#2,6\n").unwrap();
    assert_eq!(ids.accounting().rows, 2);
    let declared = with(|csv| csv.skip_lines = Some(1));
    let read = opened("t.csv", b"x\nid,n\na,1\n", &declared).unwrap();
    assert_eq!((names(&read), codes(&read).len()), (vec!["id", "n"], 0));
}

#[test]
fn one_column_stays_one_column() {
    for (text, n_rows) in
        [("c0\nv0\na;b\n", 2), ("name\nann lee\nbob\n", 2), ("id\n1a\n2b\n3c\n", 3)]
    {
        let read = source(text).unwrap();
        assert_eq!((read.columns().len(), read.accounting().rows), (1, n_rows), "{text}");
    }
}

#[test]
fn two_lines_of_names_are_joined() {
    let text = ",X1,X2,Y\nID,LIMIT,SEX,default\n1,2000,2,1\n2,1200,2,1\n3,900,1,0\n";
    let read = source(text).unwrap();
    assert_eq!(names(&read), ["ID", "X1 LIMIT", "X2 SEX", "Y default"]);
    assert_eq!((read.accounting().rows, codes(&read)), (3, vec!["header-lines"]));
    let bad = source(&format!("{text}4,5\n6,7,8,9\n")).unwrap_err().to_string();
    assert!(bad.contains("line 6: 2 fields"), "{bad}");
    let how = with(|csv| csv.header_lines = Some(2));
    let spanning = b"who,,\"what,\nall\",\nid,name,n,spend\na,ann,1,2\nb,bob,2,x\n";
    let read = opened("t.csv", spanning, &how).unwrap();
    assert_eq!(names(&read), ["who id", "who name", "what,\nall n", "what,\nall spend"]);
    let number = [wanted("what,\nall spend", ReadAs::Number)];
    let error = read.read(&number).unwrap_err().to_string();
    assert!(error.contains("line 5"), "{error}");
    let one = with(|csv| csv.header_lines = Some(1));
    let read = opened("t.csv", text.as_bytes(), &one);
    assert_ne!(read.map_or(0, |read| read.accounting().rows), 3);
}

#[test]
fn a_footer_is_an_error_that_names_the_setting() {
    let rows = "id,n,spend\na,1,2\nb,2,3\n";
    for (footer, line) in [
        ("Total,,5\n", 4),
        ("Total,5\n", 4),
        ("\nmade by hand\n", 5),
        ("\nTotal,5", 5),
        ("Summe:,3,\n\n", 4),
    ] {
        let text = format!("{rows}{footer}");
        let error = source(&text).unwrap_err();
        assert!(matches!(error, LoadError::Footer { .. }), "{footer}: {error}");
        assert_eq!(error.code(), "E-IN-010");
        assert!(error.to_string().contains(&format!("line {line} ")), "{error}");
        assert!(error.hint().unwrap().contains("skip-footer = 1"));
        let how = with(|csv| csv.skip_footer = Some(1));
        assert_eq!(opened("t.csv", text.as_bytes(), &how).unwrap().accounting().rows, 2);
    }
    let totals_among_numbers = "id,n\n1,5\n2,7\nTotal,12\n";
    assert!(matches!(source(totals_among_numbers), Err(LoadError::Footer { .. })));
    let company = "id,n\nShell,5\nTotal,12\n";
    assert_eq!(source(company).unwrap().accounting().rows, 2);
    let how = with(|csv| csv.skip_footer = Some(0));
    let kept = opened("t.csv", format!("{rows}Total,,5\n").as_bytes(), &how).unwrap();
    assert_eq!(kept.accounting().rows, 3);
}
