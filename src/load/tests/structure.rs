//! Broken structures, and where they are said to be.

use super::*;

#[test]
fn every_broken_structure_has_its_code() {
    let long = format!("a,b\n1,{}\n", "x".repeat(2 << 20));
    for (text, code) in [
        ("", "E-IN-001"),
        ("\n  \n", "E-IN-001"),
        ("\u{feff}", "E-IN-001"),
        ("a,b\n", "E-IN-002"),
        ("a,b,c\nx,1,2\ny,3\nz,4,5\n", "E-IN-010"),
        ("a,b,c\nx,1,2\ny,3,4,5\n", "E-IN-010"),
        ("a,b,c\nx,1,2\nTotal,,9,\n", "E-IN-010"),
        ("a,b\n1,2\nSK000,\"SK BT,", "E-IN-011"),
        ("a,b,c\n1,2,3\n4,5", "E-IN-011"),
        ("a,b\n1,2\n\n3,4\n", "E-IN-012"),
        ("a,b\nx,1\n\"y\"z,2\n", "E-IN-013"),
        ("a,b\n1,2\"3\n", "E-IN-013"),
        ("full name\nJohn Smith\nJane Doe\n", "E-IN-014"),
        ("a,b,a\n1,2,3\n", "E-IN-015"),
        ("a,,c\nx,2,3\n", "E-IN-016"),
        ("39,State-gov,77516\n50,Private,83311\n38,Private,215646\n", "E-IN-017"),
        ("name,age\nann,3\nname,age\nbob,4\n", "E-IN-018"),
        ("a,b\n1,\0\n", "E-IN-022"),
        (&long, "E-LIM-004"),
    ] {
        let error = source(text).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        let class = if code.starts_with("E-LIM") { Class::Limit } else { Class::Input };
        assert_eq!(error.class(), class);
        assert!(error.hint().is_some(), "{error}");
    }
}

#[test]
fn errors_say_where_and_what_was_expected() {
    let error = source("a,b,c,d,e\nx,1,2,3,4\ny,1,2,3,4\nz,2,3,4\n").unwrap_err();
    assert_eq!(error.to_string(), "t.csv, line 4: 4 fields, but the header has 5");
    let error = source("a,b\nx,\"two\nlines\"\ny,\"open\n").unwrap_err();
    assert_eq!(error.to_string(), "t.csv ends inside a quoted field, which was opened at line 4");
    let error = source("a,b,a\n1,2,3\n").unwrap_err();
    assert_eq!(error.to_string(), "t.csv: columns 1 and 3 are both called a");
    let mixed = [&b"a,b\nM\xfcller,1\n"[..], "Müller,2\n".as_bytes()].concat();
    let error = source_with(&mixed, &CsvParams::default(), 0).unwrap_err();
    assert_eq!(error.to_string(), "t.csv, line 2: the bytes at offset 5 are not UTF-8");
    let mut text = many("a,b", "x,1", 998, "");
    text.push_str("y;2\n");
    assert!(source(&text).unwrap_err().to_string().contains("line 1000: 1 fields"));
}

#[test]
fn a_wrong_delimiter_is_found_out() {
    let params = CsvParams { delimiter: Some(",".into()), ..CsvParams::default() };
    let error = source_with(b"id;value\n1;2\n", &params, 0).unwrap_err();
    assert_eq!(error.code(), "E-IN-014");
    assert!(error.to_string().contains("a semicolon"));
}

#[test]
fn doubts_about_values_are_raised_when_the_column_is_read() {
    let row = "c,1.5";
    for (text, code) in [
        (many("id,v", row, 300, "z,abc\n"), "E-IN-034"),
        (many("id,v", row, 300, "z,0x1F\n"), "E-IN-034"),
        (many("id,v", row, 300, "z,$5\n"), "E-IN-033"),
        (many("id,v", "c,-1.5", 300, "z,(12.5)\n"), "E-IN-032"),
        (many("id,v", row, 300, "z,12%\n"), "E-IN-036"),
        (many("id,v", row, 300, "z,Infinity\n"), "E-IN-035"),
        (many("id,v", row, 300, "z,-inf\n"), "E-IN-035"),
        (many("id,v", "c,\"1,234\"", 3, "z,1.234\n"), "E-IN-031"),
        (many("id,v", "c,\"1,234\"", 3, ""), "E-IN-031"),
        (many("id,v", "c,\"12,5\"", 3, "z,12.5\n"), "E-IN-031"),
        (many("id;v", "c;1.234", 3, ""), "E-IN-031"),
        (many("id,v", "c,2024-01-05", 300, "z,2024-02-30\n"), "E-IN-040"),
        (many("id,v", "c,2024-01-05", 300, "z,0000-00-00\n"), "E-IN-040"),
        (many("id,v", "c,02/03/2004", 30, ""), "E-IN-041"),
        (many("id,v", "c,02/03/04", 30, ""), "E-IN-041"),
        (many("id,v", "c,2024-01-05", 300, "z,05/01/2024\n"), "E-IN-041"),
        (many("id,v", "c,13/01/2024", 300, "z,01/13/2024\n"), "E-IN-041"),
        (many("id,v", "c,2024-01-05", 300, "z,soon\n"), "E-IN-042"),
    ] {
        let source = source(&text).unwrap();
        let error = natural(&source).unwrap_err();
        assert_eq!(error.code(), code, "{error}");
        assert!(error.to_string().contains("column v"), "{error}");
        assert_eq!(source.doubt("v"), Some(&error));
        assert!(source.read(&[wanted("v", ReadAs::Text)]).is_ok());
    }
}

#[test]
fn the_first_odd_line_is_named_wherever_it_stands() {
    for at in [1, 101, 2_049, 4_000] {
        let mut rows = vec!["c,7"; 4_000];
        rows[at - 1] = "c,seven";
        let source = source(&format!("id,v\n{}\n", rows.join("\n"))).unwrap();
        let error = natural(&source).unwrap_err().to_string();
        assert!(error.contains(&format!("line {}: not a number", at + 1)), "{error}");
        assert!(!error.contains("seven"));
    }
}
