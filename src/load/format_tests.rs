//! Tests of what a file may be: character sets, dialects, formats, archives, several
//! files.

mod dialects;
mod several;

use std::io::{Cursor, Write};

use polars_io::SerWriter;
use polars_io::ipc::{IpcCompression, IpcWriter};

use super::tests::{
    TABLE, Temp, file, gzip, natural, numbers, parquet, same, source, source_with, texts, wanted,
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

/// Recipe: `tests/oracles/ipc_polars.py`, Python's polars 1.44.2.
#[test]
fn arrow_files_of_python_polars_give_the_same_as_csv() {
    let base = source(TABLE).unwrap();
    for compression in ["uncompressed", "zstd", "lz4"] {
        let path = format!("tests/oracles/ipc_polars_{compression}.arrow");
        let bytes = std::fs::read(path).unwrap();
        same(&base, &named("t.arrow", &bytes).unwrap());
        // The place of the only batch stands in the footer, behind the number of batches.
        let schema = bytes.windows(4).position(|four| four == [0xFF; 4]).unwrap();
        let place = (schema as u64).to_le_bytes();
        let block = bytes.windows(8).rposition(|eight| eight == place).unwrap();
        let mut hidden = bytes.clone();
        assert_eq!(hidden[block - 4], 1, "{compression}");
        hidden[block - 4] = 0;
        let error = named("t.arrow", &hidden).unwrap_err();
        assert_eq!(error.code(), "E-IN-060", "{compression}: {error}");
        for n in 0..bytes.len() {
            assert!(named("t.arrow", &bytes[..n]).is_err(), "{compression} cut at {n}");
        }
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
