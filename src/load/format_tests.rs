//! Tests of what a file may be: character sets, dialects, formats, archives, several
//! files.

use std::io::{Cursor, Write};

use polars_io::SerWriter;
use polars_io::ipc::{IpcCompression, IpcWriter};

use super::tests::{
    TABLE, Temp, file, gzip, natural, numbers, parquet, real, same, source, source_with, texts,
    wanted,
};
use super::*;
use crate::fault::Fault;

fn opened(name: &str, bytes: &[u8], how: &How) -> Result<Source, LoadError> {
    let temp = file(name, bytes);
    open_files(&[(temp.0.clone(), name.to_owned())], how, &Limits::default())
}

fn named(name: &str, bytes: &[u8]) -> Result<Source, LoadError> {
    opened(name, bytes, &How::default())
}

fn codes(source: &Source) -> Vec<&str> {
    source
        .findings()
        .iter()
        .map(|finding| finding.code.as_str())
        .filter(|code| *code != "missing-values")
        .collect()
}

fn with(change: impl Fn(&mut CsvParams)) -> How {
    let mut how = How::default();
    change(&mut how.csv);
    how
}

fn names(source: &Source) -> Vec<&str> {
    source.columns().iter().map(|seen| seen.name.as_str()).collect()
}

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

/// A workbook of one or more sheets, as small as Excel accepts it; cells are XML.
pub(super) fn xlsx(sheets: &[(&str, &str)]) -> Vec<u8> {
    let types = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let schema = "http://schemas.openxmlformats.org";
    let main = format!("{schema}/spreadsheetml/2006/main");
    let (mut parts, mut list, mut links) = (String::new(), String::new(), String::new());
    for (at, (name, _)) in sheets.iter().enumerate() {
        let n = at + 1;
        for (into, text) in [
            (
                &mut parts,
                format!(
                    "<Override PartName=\"/xl/worksheets/sheet{n}.xml\" ContentType=\"{types}.worksheet+xml\"/>"
                ),
            ),
            (&mut list, format!("<sheet name=\"{name}\" sheetId=\"{n}\" r:id=\"rId{n}\"/>")),
            (
                &mut links,
                format!(
                    "<Relationship Id=\"rId{n}\" Type=\"{schema}/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet{n}.xml\"/>"
                ),
            ),
        ] {
            into.push_str(&text);
        }
    }
    let styles = format!(
        "<styleSheet xmlns=\"{main}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>\
         </cellXfs></styleSheet>"
    );
    let links = format!(
        "<Relationships xmlns=\"{schema}/package/2006/relationships\">{links}<Relationship \
         Id=\"rId99\" Type=\"{schema}/officeDocument/2006/relationships/styles\" \
         Target=\"styles.xml\"/></Relationships>"
    );
    let root = format!(
        "<Relationships xmlns=\"{schema}/package/2006/relationships\"><Relationship Id=\"rId1\" \
         Type=\"{schema}/officeDocument/2006/relationships/officeDocument\" \
         Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let content_types = format!(
        "<Types xmlns=\"{schema}/package/2006/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override \
         PartName=\"/xl/workbook.xml\" ContentType=\"{types}.sheet.main+xml\"/><Override \
         PartName=\"/xl/styles.xml\" ContentType=\"{types}.styles+xml\"/>{parts}</Types>"
    );
    let workbook = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{schema}/officeDocument/2006/relationships\">\
         <sheets>{list}</sheets></workbook>"
    );
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), content_types),
        ("_rels/.rels".to_owned(), root),
        ("xl/workbook.xml".to_owned(), workbook),
        ("xl/_rels/workbook.xml.rels".to_owned(), links),
        ("xl/styles.xml".to_owned(), styles),
    ];
    for (at, (_, cells)) in sheets.iter().enumerate() {
        let sheet =
            format!("<worksheet xmlns=\"{main}\"><sheetData>{cells}</sheetData></worksheet>");
        files.push((format!("xl/worksheets/sheet{}.xml", at + 1), sheet));
    }
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zipped(&files)
}

pub(super) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        out.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        out.write_all(content).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// A row of cells: `t` before a text, `d` before a day's number, `e` an error, a number
/// else, nothing for none.
pub(super) fn sheet_row(row: usize, cells: &[&str]) -> String {
    let cell = |(at, cell): (usize, &&str)| {
        let place = format!("{}{row}", char::from(b'A' + u8::try_from(at).unwrap()));
        match cell.split_at(cell.len().min(1)) {
            ("", _) => String::new(),
            ("t", text) => {
                format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
            }
            ("d", day) => format!("<c r=\"{place}\" s=\"1\"><v>{day}</v></c>"),
            ("e", _) => format!("<c r=\"{place}\" t=\"e\"><v>#DIV/0!</v></c>"),
            _ => format!("<c r=\"{place}\"><v>{cell}</v></c>"),
        }
    };
    let cells: String = cells.iter().enumerate().map(cell).collect();
    format!("<row r=\"{row}\">{cells}</row>")
}

/// [`TABLE`] as a sheet.
pub(super) fn table_sheet() -> String {
    [
        sheet_row(1, &["tid", "tspend", "tsince", "tplan", "tvisits"]),
        sheet_row(2, &["ta1", "12.5", "d43861", "tbasic", "3"]),
        sheet_row(3, &["tb2", "", "d44255", "tpro, max", "1200"]),
        sheet_row(4, &["tc3", "1299.99", "d44166", "", "0"]),
        sheet_row(5, &["td4", "0.5", "", "tbasic", "7"]),
    ]
    .concat()
}

#[test]
fn a_sheet_gives_the_same_as_csv() {
    let base = source(TABLE).unwrap();
    let read = named("t.xlsx", &xlsx(&[("Customers", &table_sheet())])).unwrap();
    same(&base, &read);
    assert_eq!(read.facts().format, "xlsx");
    assert_eq!(read.facts().dialect, "sheet Customers, a header");
    assert!(codes(&read).is_empty());
    let other = named("t.csv", &xlsx(&[("Customers", &table_sheet())])).unwrap();
    assert_eq!(codes(&other), ["other-format"]);
}

#[test]
fn sheets_are_chosen_by_name_or_number_or_are_the_only_one() {
    let other = sheet_row(1, &["tx"]) + &sheet_row(2, &["ty"]);
    let book = xlsx(&[("Notes", ""), ("One", &table_sheet()), ("Two", &other)]);
    let error = named("t.xlsx", &book).unwrap_err();
    assert_eq!(error.code(), "E-IN-064");
    assert_eq!(error.to_string(), "t.xlsx holds several sheets: One, Two");
    for sheet in [Sheet::Name("Two".into()), Sheet::Number(3)] {
        let how = How { sheet: Some(sheet), ..How::default() };
        assert_eq!(names(&opened("t.xlsx", &book, &how).unwrap()), ["x"]);
    }
    for sheet in [Sheet::Name("Three".into()), Sheet::Number(0), Sheet::Number(4)] {
        let how = How { sheet: Some(sheet), ..How::default() };
        assert_eq!(opened("t.xlsx", &book, &how).unwrap_err().code(), "E-IN-065");
    }
    let one = xlsx(&[("Notes", ""), ("One", &table_sheet())]);
    assert_eq!(named("t.xlsx", &one).unwrap().accounting().rows, 4);
    let how = How { sheet: Some(Sheet::Number(1)), ..How::default() };
    assert_eq!(opened("t.csv", b"a,b\nx,1\n", &how).unwrap_err().code(), "E-IN-065");
}

#[test]
fn places_in_a_sheet_are_its_own_rows() {
    let sheet = [
        sheet_row(3, &["tCustomers of 2024"]),
        sheet_row(5, &["tid", "tn"]),
        sheet_row(6, &["ta", "1"]),
        sheet_row(7, &["ttwo\nlines", "e"]),
        sheet_row(8, &["tc", "tmany"]),
    ];
    let read = named("t.xlsx", &xlsx(&[("S", &sheet.concat())])).unwrap();
    assert_eq!(codes(&read), ["error-cells", "title-lines"]);
    assert_eq!(read.columns()[1].n_missing, 1);
    let error = read.read(&[wanted("n", ReadAs::Number)]).unwrap_err().to_string();
    assert!(error.starts_with("t.xlsx, column n, row 8: not a number"), "{error}");
    let gap =
        [sheet_row(1, &["tid", "tn"]), sheet_row(2, &["ta", "1"]), sheet_row(9, &["tb", "2"])];
    let error = named("t.xlsx", &xlsx(&[("S", &gap.concat())])).unwrap_err();
    assert_eq!(error, LoadError::BlankLine { file: "t.xlsx".into(), line: 3 });
    let corner =
        sheet_row(1, &["tid", "tn"]) + "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>";
    let error = named("t.xlsx", &xlsx(&[("S", &corner)])).unwrap_err();
    assert_eq!(error.code(), "E-LIM-003");
}

pub(super) fn old_workbook() -> Vec<u8> {
    use super::sheet::testing::Cell::{Day, Nothing, Number, Text};
    super::sheet::testing::xls(&[
        vec![Text("id"), Text("spend"), Text("since"), Text("plan"), Text("visits")],
        vec![Text("a1"), Number(12.5), Day(43_861.0), Text("basic"), Number(3.0)],
        vec![Text("b2"), Nothing, Day(44_255.0), Text("pro, max"), Number(1_200.0)],
        vec![Text("c3"), Number(1_299.99), Day(44_166.0), Nothing, Number(0.0)],
        vec![Text("d4"), Number(0.5), Nothing, Text("basic"), Number(7.0)],
    ])
}

#[test]
fn an_old_workbook_gives_the_same_as_csv() {
    let read = named("t.xls", &old_workbook()).unwrap();
    same(&source(TABLE).unwrap(), &read);
    assert_eq!(
        (read.facts().format.as_str(), read.facts().dialect.as_str()),
        ("xls", "sheet S, a header")
    );
}

#[test]
fn an_open_document_sheet_is_read() {
    let cell = |kind: &str, value: &str, text: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" {value}><text:p>{text}</text:p>\
             </table:table-cell>"
        )
    };
    let row = |cells: &[String]| format!("<table:table-row>{}</table:table-row>", cells.concat());
    let text = |text: &str| cell("string", "", text);
    let rows = [
        row(&[text("id"), text("n"), text("since")]),
        row(&[
            text("a"),
            cell("float", "office:value=\"17850\"", "17850"),
            cell("date", "office:date-value=\"2024-01-31\"", "31.01.24"),
        ]),
        row(&[
            text("b"),
            cell("float", "office:value=\"2.5\"", "2,50"),
            cell("date", "office:date-value=\"2024-02-29\"", "29.02.24"),
        ]),
    ];
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content \
         xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" \
         xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body>\
         <office:spreadsheet><table:table table:name=\"S\">{}</table:table>\
         </office:spreadsheet></office:body></office:document-content>",
        rows.concat()
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\">\
         <manifest:file-entry manifest:full-path=\"/\" manifest:media-type=\"{kind}\"/>\
         </manifest:manifest>"
    );
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in
        [("mimetype", kind), ("content.xml", &content), ("META-INF/manifest.xml", &manifest)]
    {
        out.start_file(name, stored).unwrap();
        out.write_all(content.as_bytes()).unwrap();
    }
    let read = named("t.ods", &out.finish().unwrap().into_inner()).unwrap();
    same(&source("id,n,since\na,17850,2024-01-31\nb,2.5,2024-02-29\n").unwrap(), &read);
    assert_eq!(read.facts().format, "ods");
}

pub(super) const NDJSON: &str = "{\"id\":\"a1\",\"spend\":12.50,\"since\":\"2020-01-31\",\"plan\":\"basic\",\"visits\":3}\n\
     {\"id\":\"b2\",\"spend\":null,\"since\":\"2021-02-28\",\"plan\":\"pro, max\",\"visits\":1200}\n\
     {\"id\":\"c3\",\"spend\":1299.99,\"since\":\"2020-12-01\",\"visits\":0}\n\
     {\"id\":\"d4\",\"spend\":0.5,\"plan\":\"basic\",\"visits\":7}\n";

pub(super) fn ipc(frame: &mut DataFrame, compression: Option<IpcCompression>) -> Vec<u8> {
    let mut bytes = Vec::new();
    IpcWriter::new(&mut bytes).with_compression(compression).finish(frame).unwrap();
    bytes
}

#[test]
fn every_format_gives_the_same_as_csv() {
    let base = source(TABLE).unwrap();
    let array = format!("[{}]", NDJSON.trim().replace('\n', ","));
    let arff = "@relation t\n@attribute id string\n@attribute spend numeric\n\
                @attribute since date 'yyyy-MM-dd'\n@attribute plan {basic,'pro, max'}\n\
                @attribute visits integer\n@data\na1,12.50,2020-01-31,basic,3\n\
                b2,?,2021-02-28,'pro, max',1200\nc3,1299.99,2020-12-01,?,0\nd4,0.5,?,basic,7\n";
    let mut frame = natural(&base).unwrap();
    for (name, bytes, format) in [
        ("t.ndjson", NDJSON.as_bytes().to_vec(), "ndjson"),
        ("t.json", array.into_bytes(), "json"),
        ("t.ndjson.gz", gzip(NDJSON.as_bytes()), "ndjson, gzip"),
        ("t.arff", arff.as_bytes().to_vec(), "arff"),
        ("t.arrow", ipc(&mut frame, None), "arrow"),
        ("t.feather", ipc(&mut frame, Some(IpcCompression::LZ4)), "arrow"),
        ("t.arrow", ipc(&mut frame, Some(IpcCompression::default())), "arrow"),
        ("t.zip", zipped(&[("t.csv", TABLE.as_bytes())]), "csv, zip: t.csv"),
        ("t.zip", zipped(&[("t.parquet", &parquet(&mut frame))]), "parquet, zip: t.parquet"),
        ("t.zip", zipped(&[("t.xlsx", &xlsx(&[("S", &table_sheet())]))]), "xlsx, zip: t.xlsx"),
    ] {
        let read = named(name, &bytes).unwrap();
        same(&base, &read);
        assert_eq!(read.facts().format, format);
        assert!(codes(&read).is_empty(), "{name}: {:?}", codes(&read));
        assert_eq!(read.files().len(), 1);
    }
}

#[test]
fn a_line_of_json_is_named_by_its_own_number() {
    let text =
        "{\"id\":\"a\",\"n\":1}\n\n{\"id\":\"two\\nlines\",\"n\":2}\n{\"id\":\"c\",\"n\":\"x\"}\n";
    let read = named("t.ndjson", text.as_bytes()).unwrap();
    let error = read.read(&[wanted("n", ReadAs::Number)]).unwrap_err().to_string();
    assert!(error.starts_with("t.ndjson, column n, line 4"), "{error}");
}

fn written(files: &[(&str, &[u8])]) -> (Vec<Temp>, Vec<(PathBuf, String)>) {
    let temps: Vec<Temp> = files.iter().map(|(name, bytes)| file(name, bytes)).collect();
    let paths = temps.iter().zip(files).map(|(t, (name, _))| (t.0.clone(), (*name).to_owned()));
    let paths = paths.collect();
    (temps, paths)
}

#[test]
fn several_files_are_one_table_in_any_order_of_columns_and_any_format() {
    let (head, tail) = TABLE.split_at(TABLE.find("c3").unwrap());
    let tail = "visits;id;spend;plan;since\n0;c3;1299,99;;01.12.2020\n7;d4;0,5;basic;\n".to_owned()
        + &tail[..0];
    let frame = &mut natural(&source(head).unwrap()).unwrap();
    let base = source(TABLE).unwrap();
    // A frame writes its days its own way, so the semicolons come with the same one.
    let tail = tail.replace("01.12.2020", "2020-12-01").replace(',', ".");
    for first in [("a.csv", head.as_bytes().to_vec()), ("a.parquet", parquet(frame))] {
        let (_temps, paths) = written(&[(first.0, &first.1), ("b.csv", tail.as_bytes())]);
        let read = open_files(&paths, &How::default(), &Limits::default()).unwrap();
        same(&base, &read);
        let rows: Vec<u64> = read.files().iter().map(|facts| facts.accounting.used).collect();
        assert_eq!((rows, read.accounting().rows), (vec![2, 2], 4));
        assert_eq!(read.facts().shown_as, format!("{} and 1 more", first.0));
        assert_eq!(read.facts().sha256.len(), 64);
    }
}

#[test]
fn places_in_several_files_name_the_file_and_its_line() {
    let files: [(&str, &[u8]); 3] = [
        ("a.csv", b"id,n\na,1\nb,2\n"),
        ("b.csv", b"id,n\n"),
        ("c.csv", b"Title of it\n\nn,id\n1,\"x\ny\"\n\nz\n3,w\nq,v\n"),
    ];
    let (_temps, paths) = written(&files);
    let error = open_files(&paths, &How::default(), &Limits::default()).unwrap_err();
    assert_eq!(error, LoadError::BlankLine { file: "c.csv".into(), line: 6 });
    let how = How { max_bad_rows: 2, ..How::default() };
    let read = open_files(&paths, &how, &Limits::default()).unwrap();
    let expected = Accounting { rows: 7, used: 5, rejected: 2, excluded: 0 };
    assert_eq!(read.accounting(), expected);
    let rejects: Vec<(&str, Place)> =
        read.rejects().iter().map(|reject| (reject.file.as_str(), reject.at)).collect();
    assert_eq!(rejects, [("c.csv", Place::Line(6)), ("c.csv", Place::Line(7))]);
    let error = read.read(&[wanted("n", ReadAs::Number)]).unwrap_err().to_string();
    assert!(error.starts_with("c.csv, column n, line 9: not a number"), "{error}");
    let told: Vec<&str> = read.findings().iter().map(|f| f.message.as_str()).collect();
    assert!(told[0].starts_with("b.csv: it has a header but no rows"), "{told:?}");
    let error = open_files(&paths, &How { max_bad_rows: 1, ..how }, &Limits::default());
    assert_eq!(error.unwrap_err().code(), "E-IN-019");
}

#[test]
fn files_of_other_columns_are_refused_by_the_column_that_is_known() {
    for (second, message) in [
        (&b"id,m\na,1\n"[..], "b.csv lacks column n, other than a.csv"),
        (b"id,n,m\na,1,2\n", "b.csv has another column m, other than a.csv"),
        (b"Ann Smith,17\nBob Miller,18\n", "b.csv lacks column id, other than a.csv"),
    ] {
        let (_temps, paths) = written(&[("a.csv", b"id,n\nx,1\n"), ("b.csv", second)]);
        let error = open_files(&paths, &How::default(), &Limits::default()).unwrap_err();
        assert_eq!((error.code(), error.to_string().as_str()), ("E-IN-066", message));
    }
    let (_temps, paths) = written(&[("a.csv", b"id,n\n"), ("b.csv", b"id,n\n")]);
    let error = open_files(&paths, &How::default(), &Limits::default()).unwrap_err();
    assert_eq!(error.code(), "E-IN-002");
}

#[test]
fn patterns_match_files_and_a_path_that_exists_is_no_pattern() {
    let folder = std::env::temp_dir().join(format!("kohort-expand-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("a[1]")).unwrap();
    for name in ["b.csv", "a.csv", ".hidden.csv", "[x].csv", "a[1]/c.csv", "x.txt"] {
        std::fs::write(folder.join(name), "id\n1\n").unwrap();
    }
    let names = |patterns: &[&str]| -> Result<Vec<String>, LoadError> {
        let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        Ok(expand(&folder, &patterns)?.into_iter().map(|(_, name)| name).collect())
    };
    assert_eq!(names(&["?.csv"]).unwrap(), ["a.csv", "b.csv"]);
    assert_eq!(names(&["b.csv", "*.csv"]).unwrap(), ["b.csv", "[x].csv", "a.csv"]);
    assert_eq!(names(&["[x].csv"]).unwrap(), ["[x].csv"]);
    assert_eq!(names(&["**/c.csv"]).unwrap(), ["a[1]/c.csv"]);
    assert_eq!(names(&["*.parquet"]).unwrap_err().to_string(), "no file matches *.parquet");
    assert_eq!(names(&["d.csv"]).unwrap_err().code(), "E-IN-003");
    assert_eq!(names(&["https://example.org/*.csv"]).unwrap_err().code(), "E-IN-004");
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn real_files_of_every_dialect_are_read_unasked() {
    for (name, n_rows, n_columns, format) in [
        ("cdnow/CDNOW_sample.txt", 6_919, 5, "csv"),
        ("cdnow/CDNOW_master.txt", 69_659, 4, "csv"),
        ("skin_segmentation/Skin_NonSkin.txt", 245_057, 4, "csv"),
        ("online_retail/online_retail.csv.gz", 541_909, 8, "csv, gzip"),
        ("geo_mopsi/mopsi-joensuu.arff", 4_590, 2, "arff"),
        ("telco_churn_geo/Telco_customer_churn.xlsx", 7_043, 33, "xlsx"),
        ("clustering_gagolewski/fcps/atom.data.gz", 800, 3, "csv, gzip"),
        ("crm_b2b/accounts.csv", 85, 7, "csv"),
        ("sp500_firmographic/constituents.csv", 503, 3, "csv"),
        ("rfm_reference/rfm_data_orders.csv", 4_906, 6, "csv"),
    ] {
        let Some(path) = real(name) else { continue };
        let read = open(&path, name, &CsvParams::default(), 0)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let seen = (read.accounting().rows, read.columns().len());
        assert_eq!((seen, read.facts().format.as_str()), ((n_rows, n_columns), format), "{name}");
    }
}

#[test]
fn the_real_workbook_gives_the_same_as_its_csv() {
    let (sheet, csv) =
        ("telco_churn_geo/Telco_customer_churn.xlsx", "telco_churn_geo/XTelco_Customer_Churn.csv");
    let (Some(sheet), Some(csv)) = (real(sheet), real(csv)) else { return };
    let sheet = open(&sheet, "sheet", &CsvParams::default(), 0).unwrap();
    let csv = open(&csv, "csv", &CsvParams::default(), 0).unwrap();
    assert_eq!(names(&sheet), names(&csv));
    same(&sheet, &csv);
}

#[test]
fn the_real_daily_files_are_one_table() {
    let Some(folder) = real("online_retail/by-day") else { return };
    let files = expand(&folder, &["*.csv".to_owned()]).unwrap();
    let read = open_files(&files, &How::default(), &Limits::default()).unwrap();
    assert_eq!(read.files().len(), files.len());
    let rows: u64 = read.files().iter().map(|facts| facts.accounting.rows).sum();
    assert_eq!(read.accounting().rows, rows);
    assert_eq!(read.columns().len(), 8);
}
