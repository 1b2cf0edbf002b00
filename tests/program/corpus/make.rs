//! Recipes of the inputs that are too big or too binary to lie in a folder.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use polars::prelude::{Column, DataFrame, DataType, IntoColumn, NamedFrom, Series, TimeUnit};
use polars_io::parquet::write::ParquetWriter;

use super::page;
use crate::support::small_table;

/// The bytes of a recipe.
pub(super) fn make(recipe: &str) -> Vec<u8> {
    if let Some(at) = recipe.strip_prefix("decimal-at-") {
        return decimal_at(at.parse().unwrap());
    }
    match recipe {
        "quote-and-comma-at-the-end" => {
            let mut text =
                rows("id,value", 2_048, |i| format!("{i},{}", ["north", "south"][i % 2]));
            text.push_str("2048,\"\"\",\"\n");
            text.into()
        }
        "line-ends-inside-quotes" => {
            let line = |i| format!("{i},\"ABCDE FGHIJ\nKLMNOP {}\"", i % 3);
            rows("customer_id,note", 1_041, line).into()
        }
        "delimiter-changes" => {
            let line =
                |i| if i < 999 { format!("A{i},{}", i % 7) } else { format!("A{i};{}", i % 7) };
            rows("customer_id,visits", 2_000, line).into()
        }
        "many-levels" => {
            let line = |i| format!("C{i},{},city {}", i % 29, i % 50_000);
            rows("customer_id,visits,city", 150_000, line).into()
        }
        "three-leavers" => labelled(),
        "equal-rows" => rows("customer_id,visits,spend", 1_000, |i| format!("C{i},3,9.50")).into(),
        "wide" => wide(),
        "long-cell" => long("x".repeat(64 << 20)),
        "long-line" => long("x,".repeat(50 << 20)),
        _ => binary(recipe),
    }
}

fn binary(recipe: &str) -> Vec<u8> {
    let table = small_table(30);
    match recipe {
        "parquet-cut" => {
            let mut bytes = parquet(small_frame());
            bytes.truncate(bytes.len() - 100);
            bytes
        }
        "parquet-footer-lies" => {
            let mut bytes = parquet(small_frame());
            let at = bytes.len() - 8;
            bytes[at..at + 4].copy_from_slice(&0x7fff_ffff_u32.to_le_bytes());
            bytes
        }
        "parquet-bomb" => page::file(1_000_000_000_000),
        "parquet-padded" => page::file(3),
        "parquet-named-csv" => parquet(small_frame()),
        "parquet-no-rows" => parquet(small_frame().slice(0, 0)),
        "parquet-list" | "parquet-struct" | "parquet-bytes" | "parquet-duration" => nested(recipe),
        "gzip-bomb" => gzip(&vec![b'a'; 64 << 20]),
        "gzip-cut" => {
            let mut bytes = gzip(small_table(2_000).as_bytes());
            bytes.truncate(bytes.len() - 9);
            bytes
        }
        "gzip-members" => {
            let (head, tail) = table.as_bytes().split_at(400);
            [gzip(head), gzip(tail)].concat()
        }
        "zip" => zipped(&[("customers.csv", &table)]),
        "workbook" => workbook(&table),
        _ => panic!("no recipe is called {recipe}"),
    }
}

fn rows(header: &str, n: usize, line: impl Fn(usize) -> String) -> String {
    let mut text = format!("{header}\n");
    for i in 0..n {
        text.push_str(&line(i));
        text.push('\n');
    }
    text
}

/// A column of whole numbers in which row `at` alone has a decimal.
fn decimal_at(at: usize) -> Vec<u8> {
    let paid = |i: usize| if i == at { "7.5".to_owned() } else { (100 + i * 7 % 900).to_string() };
    rows("customer_id,paid", 4_000, |i| format!("C{i},{}", paid(i))).into()
}

/// 10,000 customers, three of whom have left.
fn labelled() -> Vec<u8> {
    let table = small_table(10_000);
    let mut text = String::new();
    for (at, line) in table.lines().enumerate() {
        let label = match at {
            0 => "Churn",
            100 | 5_000 | 9_000 => "Yes",
            _ => "No",
        };
        writeln!(text, "{line},{label}").unwrap();
    }
    text.into()
}

fn wide() -> Vec<u8> {
    let names: Vec<String> = (0..5_000).map(|i| format!("c{i}")).collect();
    let cells = |row: usize| -> String {
        let cells: Vec<String> =
            (0..5_000).map(|i| ((row * 31 + i * 17) % 97).to_string()).collect();
        cells.join(",")
    };
    rows(&format!("customer_id,{}", names.join(",")), 5, |i| format!("C{i},{}", cells(i))).into()
}

fn long(cell: String) -> Vec<u8> {
    let mut bytes = b"customer_id,note\nC1,short\nC2,".to_vec();
    bytes.append(&mut cell.into_bytes());
    bytes.extend_from_slice(b"\n");
    bytes
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn parquet(mut frame: DataFrame) -> Vec<u8> {
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    bytes
}

/// The columns of the small table that matter, 30 rows.
fn small_frame() -> DataFrame {
    let text = small_table(30);
    let cells: Vec<Vec<&str>> =
        text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let number =
        |at: usize| -> Vec<f64> { cells.iter().map(|row| row[at].parse().unwrap()).collect() };
    let column = |at: usize| -> Vec<&str> { cells.iter().map(|row| row[at]).collect() };
    let columns: Vec<Column> = vec![
        Series::new("customer_id".into(), column(0)).into_column(),
        Series::new("visits".into(), number(1)).into_column(),
        Series::new("spend".into(), number(2)).into_column(),
        Series::new("city".into(), column(4)).into_column(),
    ];
    DataFrame::new(30, columns).unwrap()
}

/// A table with a column `nested` of a type that cannot be used.
fn nested(recipe: &str) -> Vec<u8> {
    let mut frame = small_frame();
    let visits = frame.column("visits").unwrap().as_materialized_series().clone();
    let nested = match recipe {
        "parquet-list" => Series::new("nested".into(), vec![visits.slice(0, 2); 30]),
        "parquet-struct" => {
            let parts = frame.clone().select(["visits", "spend"]).unwrap();
            parts.into_struct("nested".into()).into_column().take_materialized_series()
        }
        "parquet-bytes" => visits.cast(&DataType::String).unwrap().cast(&DataType::Binary).unwrap(),
        _ => {
            let whole = visits.cast(&DataType::Int64).unwrap();
            whole.cast(&DataType::Duration(TimeUnit::Milliseconds)).unwrap()
        }
    };
    frame.with_column(nested.with_name("nested".into()).into_column()).unwrap();
    parquet(frame)
}

fn zipped(members: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in members {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A workbook of one sheet (ECMA-376, part 1) with a table in it.
fn workbook(table: &str) -> Vec<u8> {
    let cell = |text: &str| match text.parse::<f64>() {
        Ok(number) => format!("<c><v>{number}</v></c>"),
        Err(_) => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    };
    let row = |line: &str| format!("<row>{}</row>", line.split(',').map(cell).collect::<String>());
    let rows: String = table.lines().map(row).collect();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006";
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let sheet = format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>");
    let book = format!(
        "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets>\
         <sheet name=\"customers\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let types = format!(
        "<Types xmlns=\"{package}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
         <Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/>\
         <Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{kind}.worksheet+xml\"/></Types>"
    );
    let relation = |to: &str, what: &str| {
        format!(
            "<Relationships xmlns=\"{package}/relationships\">\
             <Relationship Id=\"rId1\" Type=\"{office}/{what}\" Target=\"{to}\"/></Relationships>"
        )
    };
    zipped(&[
        ("[Content_Types].xml", &types),
        ("_rels/.rels", &relation("xl/workbook.xml", "officeDocument")),
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &relation("worksheets/sheet1.xml", "worksheet")),
        ("xl/worksheets/sheet1.xml", &sheet),
    ])
}
