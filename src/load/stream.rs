//! Big tables, read batch by batch and never held whole.
//!
//! Of Parquet files only the footers and the first row group are looked at before the
//! batches: what is known of the columns are the types, the facts of the first rows, and
//! the number of all rows. Each row group is then read by itself and decoded where its
//! types allow it without a detour. Every other format is opened as [`super::open`] opens
//! it.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::error::LoadError;
use super::groups::Groups;
use super::params::{CsvParams, Limits};
use super::{Content, FileFacts, Source, open_within, parquet, several};
use crate::finding::{Finding, Severity};
use crate::said::facts;

/// Opens a table of which batches are to be read, within the default [`Limits`].
///
/// The arguments are those of [`super::open`]. Of a Parquet file, [`Source::columns`] says
/// what was seen in the first rows only, and a value further down that cannot be read is
/// an error of [`Source::each_batch`].
///
/// # Errors
///
/// As [`super::open`].
pub fn stream(
    path: &Path,
    shown_as: &str,
    csv: &CsvParams,
    max_bad_rows: u64,
) -> Result<Source, LoadError> {
    match stream_files(&[(path.to_owned(), shown_as.to_owned())], csv, &Limits::default())? {
        Some(source) => Ok(source),
        None => open_within(path, shown_as, csv, max_bad_rows, &Limits::default()),
    }
}

/// Opens Parquet files that are one table together, of which batches are to be read; the
/// limits hold for each row group. `None` where one of the files is not Parquet, or stores a
/// column as another type than the first: [`super::open_files`] then reads them whole.
///
/// The columns are those of the first file that has rows, in its order; a batch is a row
/// group, and the row groups follow each other file by file.
///
/// # Errors
///
/// As [`super::open_files`].
pub fn stream_files(
    files: &[(PathBuf, String)],
    csv: &CsvParams,
    limits: &Limits,
) -> Result<Option<Source>, LoadError> {
    Ok(match stored(files, csv, limits)? {
        Stored::Table(source) => Some(*source),
        Stored::Differs { .. } | Stored::Otherwise => None,
    })
}

/// What files are that may be one table stored in columns.
pub(super) enum Stored {
    /// One table.
    Table(Box<Source>),
    /// A file stores a column as another type than the first.
    Differs { column: String, file: String },
    /// One of them is something else.
    Otherwise,
}

/// Opens Parquet files that are one table together.
///
/// # Errors
///
/// As [`super::open_files`].
pub(super) fn stored(
    files: &[(PathBuf, String)],
    csv: &CsvParams,
    limits: &Limits,
) -> Result<Stored, LoadError> {
    if files.is_empty() || !files.iter().all(|(path, _)| is_parquet(path)) {
        return Ok(Stored::Otherwise);
    }
    let settings = csv.check()?;
    let (mut groups, mut facts, mut findings) = (Vec::<Groups>::new(), Vec::new(), Vec::new());
    for (path, shown_as) in files {
        let (mut own, own_facts) = Groups::open(path, shown_as, limits)?;
        facts.push(own_facts);
        if own.n_rows() == 0 && files.len() > 1 {
            findings.push((shown_as.clone(), several::empty()));
            continue;
        }
        if let Some(first) = groups.first()
            && let Some(column) = own.follow(first)?
        {
            return Ok(Stored::Differs { column, file: shown_as.clone() });
        }
        groups.push(own);
    }
    let facts_of_all = FileFacts { format: "parquet".to_owned(), ..several::joint(&facts) };
    let none = || LoadError::HeaderOnly { file: facts_of_all.shown_as.clone() };
    let leader = groups.first().ok_or_else(none)?;
    let first = leader.first()?;
    let (columns, readings) = parquet::look(&first, leader.names(), &settings, leader.shown_as())?;
    let mut findings = several::told(findings);
    let (n_seen, accounting) = (first.height(), facts_of_all.accounting);
    if (n_seen as u64) < accounting.rows {
        let told = facts!(n = n_seen, of = accounting.rows);
        findings.push(Finding::new("first-rows", Severity::Note, told).count(n_seen));
    }
    let source = Source {
        content: Content::Groups(groups),
        settings,
        files: facts,
        facts: facts_of_all,
        has_header: true,
        origin: None,
        columns,
        readings,
        accounting,
        rejects: Vec::new(),
        findings,
        repairs: Vec::new(),
    };
    Ok(Stored::Table(Box::new(source.told())))
}

/// Whether a regular file begins as Parquet does.
#[must_use]
pub fn is_parquet(path: &Path) -> bool {
    let mut magic = [0; 4];
    std::fs::metadata(path).is_ok_and(|facts| facts.is_file())
        && File::open(path).and_then(|mut file| file.read_exact(&mut magic)).is_ok()
        && &magic == b"PAR1"
}

#[cfg(test)]
mod tests {
    use polars::prelude::{DataFrame, DataType, IntoColumn, NamedFrom, Series};
    use polars_io::parquet::write::ParquetWriter;

    use super::*;
    use crate::fault::Fault;
    use crate::load::{Cells, How, ReadAs, Rows, Wanted, open, open_files};

    /// Ten rows with everything that needs a closer look, in row groups of three.
    fn bytes(last: &str) -> Vec<u8> {
        let day = 19_000_i64;
        let ticks: Vec<Option<i64>> =
            (0..10).map(|row| (row != 4).then_some((day + row) * 86_400_000_000 + 7)).collect();
        let times = DataType::Datetime(polars::prelude::TimeUnit::Microseconds, None);
        let columns = [
            Series::new("id".into(), ["a", "b", "c", "d", " e ", "f", "g", "", "NULL", last]),
            Series::new(
                "v".into(),
                [0.5, -0.0, f64::NAN, 1e300, 3.0, 4.25, -7.0, 1e-12, 9.0, 10.0],
            ),
            Series::new("n".into(), [1_i64, 2, 3, 4, 5, 6, 7, 8, 9, -10]),
            Series::new("d".into(), (0..10).collect::<Vec<i32>>()).cast(&DataType::Date).unwrap(),
            Series::new("t".into(), ticks).cast(&times).unwrap(),
            Series::new("w".into(), ["1", "2", "3", "4", "5", "6", "7", "8", "9", last]),
        ];
        let columns = columns.into_iter().map(IntoColumn::into_column).collect();
        let mut frame = DataFrame::new(10, columns).unwrap();
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).with_row_group_size(Some(3)).finish(&mut frame).unwrap();
        bytes
    }

    fn wanted(last: ReadAs) -> Vec<Wanted> {
        [
            ("t", ReadAs::Day),
            ("id", ReadAs::Text),
            ("v", ReadAs::Number),
            ("n", ReadAs::Number),
            ("n", ReadAs::Text),
            ("d", ReadAs::Day),
            ("w", last),
        ]
        .map(|(column, read_as)| Wanted { column: column.to_owned(), read_as })
        .into()
    }

    fn written(bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.parquet");
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    #[test]
    fn row_groups_give_what_the_whole_file_gives() {
        let (_folder, path) = written(&bytes("10"));
        for nulls in [vec![], vec!["3".to_owned()]] {
            let csv = CsvParams { null_values: nulls, ..CsvParams::default() };
            let whole = open(&path, "t", &csv, 0).unwrap();
            let streamed = stream(&path, "t", &csv, 0).unwrap();
            assert_eq!(streamed.facts(), whole.facts());
            assert_eq!(streamed.accounting(), whole.accounting());
            let mut wanted = wanted(ReadAs::Number);
            // One name cannot stand twice in a frame.
            wanted.remove(4);
            let expected = whole.read(&wanted).unwrap();
            let mut heights = Vec::new();
            let count = &mut |batch: DataFrame| {
                heights.push(batch.height());
                Ok::<(), LoadError>(())
            };
            streamed.each_batch(&wanted, count).unwrap();
            assert_eq!(heights.iter().sum::<usize>(), 10);
            assert!(heights.len() > 1, "{heights:?}");
            let read = streamed.read(&wanted).unwrap();
            assert!(read.equals_missing(&expected), "{read:?} {expected:?}");
            assert_eq!(read.schema(), expected.schema());
        }
    }

    /// Spells a cell of a frame, or of plain columns, the same way.
    fn spelled(cells: &Cells, row: usize) -> String {
        match cells {
            Cells::Words(words) => match words.codes[row] {
                u32::MAX => "none".to_owned(),
                code => words.levels[code as usize].to_string(),
            },
            Cells::Numbers(numbers) if numbers[row].is_nan() => "none".to_owned(),
            Cells::Numbers(numbers) => numbers[row].to_bits().to_string(),
            Cells::Days(days) => days[row].map_or("none".to_owned(), |day| day.to_string()),
        }
    }

    fn spelled_in_frame(frame: &DataFrame, column: usize, row: usize) -> String {
        use polars::prelude::AnyValue as V;
        match frame.columns()[column].get(row).unwrap() {
            V::Null => "none".to_owned(),
            V::String(text) => text.to_owned(),
            V::Float64(number) => number.to_bits().to_string(),
            V::Date(day) => day.to_string(),
            other => panic!("{other:?}"),
        }
    }

    /// Asserts that the plain columns of the row groups say what their frames say.
    fn assert_plain_as_frames(path: &Path, nulls: Vec<String>, wanted: &[Wanted]) {
        let csv = CsvParams { null_values: nulls, ..CsvParams::default() };
        let source = stream(path, "t", &csv, 0).unwrap();
        let (mut frames, mut plain) = (Vec::new(), Vec::new());
        let mut keep = |frame| {
            frames.push(frame);
            Ok::<(), LoadError>(())
        };
        source.each_batch(wanted, &mut keep).unwrap();
        let make = |rows| Ok::<Rows, LoadError>(rows);
        let mut keep = |rows| {
            plain.push(rows);
            Ok::<(), LoadError>(())
        };
        source.each_part(wanted, &make, &mut keep).unwrap();
        assert_eq!(frames.len(), plain.len());
        for (frame, rows) in frames.iter().zip(&plain) {
            let Rows::Columns(columns) = rows else { panic!("{rows:?}") };
            for (at, cells) in columns.iter().enumerate() {
                assert_eq!(cells.len(), frame.height());
                for row in 0..cells.len() {
                    let found = spelled(cells, row);
                    assert_eq!(found, spelled_in_frame(frame, at, row), "{at} {row}");
                }
            }
        }
    }

    #[test]
    fn plain_columns_say_what_the_frames_say() {
        let (_folder, path) = written(&bytes("10"));
        let mut wanted = wanted(ReadAs::Id);
        wanted.remove(4);
        assert_plain_as_frames(&path, vec![], &wanted);
        assert_plain_as_frames(&path, vec!["3".to_owned(), "c".to_owned()], &wanted);
    }

    #[test]
    fn texts_of_a_dictionary_are_read_by_their_numbers() {
        let n = 30_000;
        let often = |row: usize| match row % 11 {
            0 => None,
            1 => Some(" padded ".to_owned()),
            2 => Some("NA".to_owned()),
            3 => Some(String::new()),
            at => Some(format!("level {at}")),
        };
        // Ids of spreadsheets, a column that has few texts at first, and one that has none.
        let columns = [
            Series::new("often".into(), (0..n).map(often).collect::<Vec<_>>()),
            Series::new("id".into(), (0..n).map(|i| format!("{}.0", i / 9)).collect::<Vec<_>>()),
            Series::new(
                "later".into(),
                (0..n)
                    .map(|i| format!("x{}", if i < 9_000 { i % 3 } else { i }))
                    .collect::<Vec<_>>(),
            ),
            Series::new("none".into(), vec![None::<&str>; n]),
        ];
        let columns = columns.into_iter().map(IntoColumn::into_column).collect();
        let mut frame = DataFrame::new(n, columns).unwrap();
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes)
            .with_row_group_size(Some(10_000))
            .finish(&mut frame)
            .unwrap();
        let (_folder, path) = written(&bytes);
        let wanted = [("often", ReadAs::Text), ("id", ReadAs::Id), ("later", ReadAs::Text)];
        let mut wanted: Vec<Wanted> =
            wanted.map(|(column, read_as)| Wanted { column: column.to_owned(), read_as }).into();
        wanted.push(Wanted { column: "none".to_owned(), read_as: ReadAs::Text });
        assert_plain_as_frames(&path, vec![], &wanted);
        assert_plain_as_frames(&path, vec!["level 7".to_owned(), "x5".to_owned()], &wanted);
        // The few texts are each there once, which they are only where they lie as keys.
        let source = stream(&path, "t", &CsvParams::default(), 0).unwrap();
        let make = |rows| Ok::<Rows, LoadError>(rows);
        let mut take = |rows: Rows| {
            let Rows::Columns(columns) = rows else { panic!("{rows:?}") };
            let Cells::Words(words) = &columns[0] else { panic!("{columns:?}") };
            assert_eq!(words.levels.len(), 9);
            Ok::<(), LoadError>(())
        };
        source.each_part(&wanted, &make, &mut take).unwrap();
    }

    #[test]
    fn a_cell_that_is_refused_further_down_tells_its_row() {
        let (_folder, path) = written(&bytes("soon"));
        let streamed = stream(&path, "t", &CsvParams::default(), 0).unwrap();
        let wanted = wanted(ReadAs::Number).split_off(6);
        let error = streamed.read(&wanted).unwrap_err();
        assert_eq!(error.code(), "E-IN-034");
        assert!(error.to_string().contains("row 10"), "{error}");
        assert!(!error.to_string().contains("soon"));
    }

    /// Writes each as a file of its own.
    fn several(files: &[Vec<u8>]) -> (tempfile::TempDir, Vec<(PathBuf, String)>) {
        let folder = tempfile::tempdir().unwrap();
        let all = files.iter().enumerate().map(|(at, bytes)| {
            let name = format!("{at}.parquet");
            let path = folder.path().join(&name);
            std::fs::write(&path, bytes).unwrap();
            (path, name)
        });
        let all = all.collect();
        (folder, all)
    }

    /// The columns of [`bytes`] from the last to the first, without rows where asked for.
    fn turned(bytes: &[u8], n_rows: usize) -> Vec<u8> {
        use polars_io::SerReader as _;
        let reader = polars_io::parquet::read::ParquetReader::new(std::io::Cursor::new(bytes));
        let frame = reader.finish().unwrap();
        let columns = frame.columns().iter().rev().cloned().collect();
        let mut frame = DataFrame::new(frame.height(), columns).unwrap().head(Some(n_rows));
        let mut bytes = Vec::new();
        ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
        bytes
    }

    #[test]
    fn several_files_give_what_they_give_when_they_are_held_whole() {
        let (first, last) = (bytes("10"), bytes("11"));
        let (_folder, files) =
            several(&[turned(&first, 0), first, turned(&last, 10), turned(&last, 2)]);
        let csv = CsvParams::default();
        let streamed = stream_files(&files, &csv, &Limits::default()).unwrap().unwrap();
        let whole = open_files(&files, &How::default(), &Limits::default()).unwrap();
        assert!(streamed.is_streamed() && !whole.is_streamed());
        // Held whole, the rows are one text, which has a header.
        let dialect = format!("{}, a header", streamed.facts().dialect);
        assert_eq!(&FileFacts { dialect, ..streamed.facts().clone() }, whole.facts());
        assert_eq!(streamed.accounting(), whole.accounting());
        assert_eq!(streamed.files()[1..], whole.files()[1..]);
        let names = |source: &Source| -> Vec<String> {
            source.columns().iter().map(|seen| seen.name.clone()).collect()
        };
        assert_eq!(names(&streamed), names(&whole));
        assert_eq!(streamed.findings()[0], whole.findings()[0]);
        let mut wanted = wanted(ReadAs::Number);
        // One name cannot stand twice in a frame.
        wanted.remove(4);
        let (read, expected) = (streamed.read(&wanted).unwrap(), whole.read(&wanted).unwrap());
        assert_eq!(read.height(), 22);
        assert!(read.equals_missing(&expected), "{read:?} {expected:?}");
        assert_eq!(read.schema(), expected.schema());
    }

    #[test]
    fn a_refused_cell_of_several_files_tells_its_file_and_its_own_row() {
        let (_folder, files) = several(&[bytes("10"), bytes("soon")]);
        let streamed = stream_files(&files, &CsvParams::default(), &Limits::default());
        let wanted = wanted(ReadAs::Number).split_off(6);
        let error = streamed.unwrap().unwrap().read(&wanted).unwrap_err().to_string();
        assert!(error.contains("1.parquet") && error.contains("row 10"), "{error}");
    }

    #[test]
    fn files_of_other_columns_are_refused_and_of_other_types_are_read_whole() {
        let other = |name: &str, values: Series| {
            let column = values.with_name(name.into()).into_column();
            let mut frame = DataFrame::new(2, vec![column]).unwrap();
            let mut bytes = Vec::new();
            ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
            bytes
        };
        let numbers = || Series::new("".into(), [1_i64, 2]);
        let texts = || Series::new("".into(), ["3", "4"]);
        let open = |files: &[(PathBuf, String)]| {
            stream_files(files, &CsvParams::default(), &Limits::default())
        };
        let (_folder, files) = several(&[other("a", numbers()), other("b", numbers())]);
        assert_eq!(open(&files).unwrap_err().code(), "E-IN-066");
        let (_folder, files) = several(&[other("a", numbers()), other("a", texts())]);
        assert!(open(&files).unwrap().is_none());
        let (_folder, files) = several(&[other("a", numbers()), b"a\n1\n".to_vec()]);
        assert!(open(&files).unwrap().is_none());
    }

    /// Damage inside of pages is for the child process: a run length that lies makes the
    /// decoder ask for more memory than there is, which nothing can catch.
    #[test]
    fn a_cut_file_is_an_error_and_a_damaged_footer_never_panics() {
        let sound = bytes("10");
        let wanted = wanted(ReadAs::Text).split_off(5);
        for cut in [4, 12, 100, sound.len() - 9, sound.len() - 1] {
            let (_folder, path) = written(&sound[..cut]);
            assert!(stream(&path, "t", &CsvParams::default(), 0).is_err());
        }
        let length = sound[sound.len() - 8..sound.len() - 4].try_into().map(u32::from_le_bytes);
        let footer = sound.len() - 8 - length.unwrap() as usize;
        let mut n_refused = 0;
        for at in (footer..sound.len()).step_by(3) {
            let mut damaged = sound.clone();
            damaged[at] ^= 0x55;
            let (_folder, path) = written(&damaged);
            let read = stream(&path, "t", &CsvParams::default(), 0)
                .and_then(|source| source.read(&wanted));
            n_refused += usize::from(read.is_err());
        }
        assert!(n_refused > 20, "{n_refused}");
    }

    #[test]
    fn every_other_format_is_opened_whole() {
        let (_folder, path) = written(b"");
        let path = path.with_extension("csv");
        std::fs::write(&path, "id,v\na,1\nb,2\n").unwrap();
        let source = stream(&path, "t", &CsvParams::default(), 0).unwrap();
        assert_eq!((source.columns().len(), source.facts().format.as_str()), (2, "csv"));
    }
}
