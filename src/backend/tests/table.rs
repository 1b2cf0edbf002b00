//! Small tables as Parquet files, and how the naive way computes on them.

use std::fs::File;
use std::path::Path;

use crate::export::sheet::{Cells, ParquetFile, Sheet};

/// Customers with an id, two numbers and a text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub ids: Vec<String>,
    pub a: Vec<Option<f64>>,
    pub b: Vec<Option<f64>>,
    pub word: Vec<Option<String>>,
}

impl Table {
    /// `n` customers whose numbers are in no order; some are missing.
    pub(crate) fn of(n: usize) -> Self {
        let row = |i: usize| ((i * 7919 + 13) % 10_007) as f64;
        let a = |i: usize| match i % 97 {
            0 => None,
            1 => Some(f64::NAN),
            _ => Some(row(i) / 997.0 - 3.0),
        };
        let words = ["red", "green", "blue", ""];
        Self {
            ids: (0..n).map(|i| format!("c{i:05}")).collect(),
            a: (0..n).map(a).collect(),
            b: (0..n).map(|i| Some((row(i * 3) * 1e-2).powi(3))).collect(),
            word: (0..n).map(|i| (i % 11 != 0).then(|| words[i % 3].to_owned())).collect(),
        }
    }

    /// Rows with two numbers each that are all there.
    pub(crate) fn rows(rows: &[[f64; 2]]) -> Self {
        Self {
            ids: (0..rows.len()).map(|i| format!("r{i}")).collect(),
            a: rows.iter().map(|row| Some(row[0])).collect(),
            b: rows.iter().map(|row| Some(row[1])).collect(),
            word: vec![None; rows.len()],
        }
    }

    pub(crate) fn n(&self) -> usize {
        self.ids.len()
    }

    /// The rows at these places.
    pub(crate) fn take(&self, at: &[usize]) -> Self {
        let all = |i: &usize| *i;
        Self {
            ids: at.iter().map(all).map(|i| self.ids[i].clone()).collect(),
            a: at.iter().map(all).map(|i| self.a[i]).collect(),
            b: at.iter().map(all).map(|i| self.b[i]).collect(),
            word: at.iter().map(all).map(|i| self.word[i].clone()).collect(),
        }
    }

    fn sheet(&self) -> Sheet {
        let mut sheet = Sheet::new();
        sheet.push("id", Cells::Text(self.ids.iter().cloned().map(Some).collect()));
        sheet.push("a", Cells::Decimal(self.a.clone(), None));
        sheet.push("b", Cells::Decimal(self.b.clone(), None));
        sheet.push("word", Cells::Text(self.word.clone()));
        sheet
    }

    /// Writes one Parquet file with row groups of so many rows.
    pub(crate) fn write(&self, path: &Path, group: usize) {
        let mut file = ParquetFile::new(File::create(path).unwrap(), "t");
        let all: Vec<usize> = (0..self.n()).collect();
        all.chunks(group).for_each(|rows| file.add(&self.take(rows).sheet()).unwrap());
        file.finish().unwrap();
    }

    /// Writes a table `NAME-*.parquet` of several files; gives the pattern.
    pub(crate) fn write_all(folder: &Path, name: &str, parts: &[Self], group: usize) -> String {
        for (at, part) in parts.iter().enumerate() {
            part.write(&folder.join(format!("{name}-{at}.parquet")), group);
        }
        folder.join(format!("{name}-*.parquet")).display().to_string()
    }
}

/// Writes a table of one whole-numbered id and one column of texts.
pub(crate) fn write_texts(path: &Path, a: &[&str]) {
    let mut sheet = Sheet::new();
    sheet.push("id", Cells::Text((0..a.len()).map(|i| Some(format!("t{i}"))).collect()));
    sheet.push("a", Cells::Text(a.iter().map(|text| Some((*text).to_owned())).collect()));
    sheet.push("b", Cells::Decimal(vec![Some(1.5); a.len()], None));
    sheet.push("word", Cells::Text(vec![None; a.len()]));
    let mut file = ParquetFile::new(File::create(path).unwrap(), "t");
    file.add(&sheet).unwrap();
    file.finish().unwrap();
}
