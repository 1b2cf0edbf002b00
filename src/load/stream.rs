//! Big tables, read batch by batch and never held whole.
//!
//! Of a Parquet file only the footer and the first row group are looked at before the
//! batches: what is known of its columns are the types, the facts of its first rows, and
//! the number of all rows. Each row group is then read by its byte ranges (never mapped,
//! so that a file that shrinks cannot kill the program) and decoded where its types allow
//! it without a detour. Every other format is opened as [`super::open`] opens it.

use std::fs::{File, Metadata};
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use polars::prelude::{ArrowSchema, Column as Series, DataFrame, DataType, IntoColumn};
use polars_io::SerReader;
use polars_io::parquet::metadata::FileMetadataRef;
use polars_io::parquet::read::{_internal::to_deserializer, ParquetReader};
use sha2::{Digest, Sha256};

use super::accounting::Accounting;
use super::direct;
use super::error::LoadError;
use super::params::{CsvParams, Limits, Settings};
use super::typed::Target;
use super::{Content, FileFacts, Source, open_within, parquet};
use crate::finding::{Finding, Severity};

/// Row groups are decoded one at a time where two would have more rows than this.
const ROWS_AT_ONCE: usize = 1 << 22;
/// Of a bigger first row group only so many rows are looked at.
const ROWS_LOOKED_AT: usize = 1 << 18;

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
    stream_within(path, shown_as, csv, max_bad_rows, &Limits::default())
}

/// As [`stream`], within other limits; of a Parquet file they hold for each row group.
///
/// # Errors
///
/// As [`super::open`].
pub fn stream_within(
    path: &Path,
    shown_as: &str,
    csv: &CsvParams,
    max_bad_rows: u64,
    limits: &Limits,
) -> Result<Source, LoadError> {
    if !is_parquet(path) {
        return open_within(path, shown_as, csv, max_bad_rows, limits);
    }
    let settings = csv.check()?;
    let (groups, mut facts) = Groups::open(path, shown_as, limits)?;
    let first = groups.first(shown_as)?;
    let names = parquet::names(&first, shown_as)?;
    let (columns, readings) = parquet::look(&first, &names, &settings, shown_as)?;
    let rows = groups.metadata.num_rows as u64;
    let accounting =
        Accounting::new(rows, rows, 0, 0).ok_or_else(|| broken(shown_as, "its rows"))?;
    let mut findings = Vec::new();
    let n_seen = first.height();
    if (n_seen as u64) < rows {
        let message = format!("columns were looked at in the first {n_seen} of {rows} rows");
        findings.push(Finding::new("first-rows", Severity::Note, message).count(n_seen));
    }
    facts.accounting = accounting;
    let source = Source {
        content: Content::Groups(groups),
        settings,
        files: vec![facts.clone()],
        facts,
        has_header: true,
        origin: None,
        columns,
        readings,
        accounting,
        rejects: Vec::new(),
        findings,
        repairs: Vec::new(),
    };
    Ok(source.told())
}

/// Whether a regular file begins as Parquet does.
/// Whether a regular file begins as Parquet does.
#[must_use]
pub fn is_parquet(path: &Path) -> bool {
    let mut magic = [0; 4];
    std::fs::metadata(path).is_ok_and(|facts| facts.is_file())
        && File::open(path).and_then(|mut file| file.read_exact(&mut magic)).is_ok()
        && &magic == b"PAR1"
}

fn broken(file: &str, why: &str) -> LoadError {
    LoadError::BrokenParquet { file: file.to_owned(), why: why.to_owned() }
}

/// The row groups of a Parquet file.
pub(super) struct Groups {
    path: PathBuf,
    file: Mutex<File>,
    before: Metadata,
    metadata: FileMetadataRef,
    schema: Arc<ArrowSchema>,
}

impl std::fmt::Debug for Groups {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Groups").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Groups {
    /// Reads the footer and checks it, and hashes the file.
    fn open(path: &Path, shown_as: &str, limits: &Limits) -> Result<(Self, FileFacts), LoadError> {
        let unreadable = |error: std::io::Error| LoadError::Unreadable {
            file: shown_as.to_owned(),
            why: error.kind().to_string(),
        };
        let mut file = File::open(path).map_err(unreadable)?;
        let before = file.metadata().map_err(unreadable)?;
        let sha256 = hash(&mut file).map_err(unreadable)?;
        let reader = file.try_clone().map_err(unreadable)?;
        let footer = catch_unwind(AssertUnwindSafe(|| {
            let mut reader = ParquetReader::new(reader);
            let metadata = reader.get_metadata().ok()?.clone();
            Some((metadata, reader.schema().ok()?))
        }));
        let (metadata, schema) =
            footer.ok().flatten().ok_or_else(|| broken(shown_as, "its footer cannot be read"))?;
        let facts = FileFacts {
            shown_as: shown_as.to_owned(),
            bytes: before.len(),
            sha256,
            format: "parquet".to_owned(),
            dialect: String::new(),
            accounting: Accounting { rows: 0, used: 0, rejected: 0, excluded: 0 },
        };
        let path = path.to_owned();
        let groups = Self { path, file: Mutex::new(file), before, metadata, schema };
        groups.check(shown_as, limits)?;
        Ok((groups, facts))
    }

    /// Nothing that the footer promises is too big, or of a type that cannot be used.
    fn check(&self, shown_as: &str, limits: &Limits) -> Result<(), LoadError> {
        let too_big = |what, found, allowed| {
            Err(LoadError::TooBig { file: shown_as.to_owned(), what, found, allowed })
        };
        if self.schema.len() > limits.max_columns {
            let found = self.schema.len() as u64;
            return too_big("columns", found, limits.max_columns as u64);
        }
        let mut n_rows = 0_usize;
        for group in &self.metadata.row_groups {
            let mut unpacked = 0_u64;
            for chunk in group.parquet_columns() {
                let size = u64::try_from(chunk.uncompressed_size()).unwrap_or(u64::MAX);
                unpacked = unpacked.saturating_add(size);
            }
            let cells = (group.num_rows() as u64).saturating_mul(self.schema.len() as u64);
            for (what, found) in [("bytes when unpacked", unpacked), ("cells", cells)] {
                if found > limits.max_bytes {
                    return too_big(what, found, limits.max_bytes);
                }
            }
            n_rows = n_rows.saturating_add(group.num_rows());
        }
        if n_rows != self.metadata.num_rows {
            return Err(broken(shown_as, "its row groups and its footer count differently"));
        }
        for (name, field) in self.schema.iter() {
            let kind = DataType::from_arrow_field(field);
            if !parquet::is_supported(&kind) {
                return Err(parquet::unsupported(name, &kind, shown_as));
            }
        }
        Ok(())
    }

    /// How many row groups.
    pub(super) fn len(&self) -> usize {
        self.metadata.row_groups.len()
    }

    /// How many row groups are decoded at once.
    pub(super) fn at_once(&self) -> usize {
        let most = self.metadata.max_row_group_height.max(1);
        (ROWS_AT_ONCE / most).clamp(1, rayon::current_num_threads().max(1))
    }

    /// The first rows, all columns as they are stored.
    fn first(&self, shown_as: &str) -> Result<DataFrame, LoadError> {
        let Some(at) = self.metadata.row_groups.iter().position(|group| group.num_rows() > 0)
        else {
            return Err(LoadError::HeaderOnly { file: shown_as.to_owned() });
        };
        let n_rows = self.metadata.row_groups[at].num_rows();
        let columns = (0..self.schema.len())
            .map(|column| self.column(at, column, shown_as))
            .collect::<Result<Vec<_>, _>>()?;
        DataFrame::new(n_rows, columns)
            .map(|frame| frame.slice(0, ROWS_LOOKED_AT))
            .map_err(|_| broken(shown_as, "its columns differ in length"))
    }

    /// Reads the wanted columns of one row group.
    ///
    /// # Errors
    ///
    /// Bytes that are not there or cannot be decoded, and a cell that is not what is
    /// asked for.
    pub(super) fn read(
        &self,
        at: usize,
        settings: &Settings,
        targets: &[Target],
        shown_as: &str,
    ) -> Result<DataFrame, LoadError> {
        let mut first = 1;
        for group in &self.metadata.row_groups[..at] {
            first += group.num_rows() as u64;
        }
        let n_rows = self.metadata.row_groups[at].num_rows();
        let mut columns = Vec::with_capacity(targets.len());
        for target in targets {
            let stored = self.column(at, target.at, shown_as)?;
            if stored.len() != n_rows {
                return Err(broken(shown_as, "its columns differ in length"));
            }
            columns.push(direct::read(&stored, target, settings, first, shown_as)?);
        }
        DataFrame::new(n_rows, columns)
            .map_err(|_| LoadError::Internal { file: shown_as.to_owned(), what: "a row group" })
    }

    /// One column of one row group, as it is stored.
    fn column(&self, at: usize, column: usize, shown_as: &str) -> Result<Series, LoadError> {
        let wrong = || broken(shown_as, "a row group cannot be decoded");
        // A damaged page can make the decoder panic; its message may hold data.
        let decode = || -> Option<Result<Series, LoadError>> {
            let (name, field) = self.schema.get_at_index(column)?;
            let chunks: Vec<_> =
                self.metadata.row_groups[at].columns_under_root_iter(name)?.collect();
            let mut bytes = Vec::with_capacity(chunks.len());
            for chunk in chunks {
                let range = chunk.byte_range();
                match self.bytes(range.start, range.end.checked_sub(range.start)?, shown_as) {
                    Ok(read) => bytes.push((chunk, read.into())),
                    Err(error) => return Some(Err(error)),
                }
            }
            let (arrays, _) = to_deserializer(bytes, field.clone(), None).ok()?;
            let series = polars::prelude::Series::try_from((field, arrays)).ok()?;
            Some(Ok(series.into_column()))
        };
        catch_unwind(AssertUnwindSafe(decode)).ok().flatten().ok_or_else(wrong)?
    }

    fn bytes(&self, start: u64, length: u64, shown_as: &str) -> Result<Vec<u8>, LoadError> {
        if start.checked_add(length).is_none_or(|end| end > self.before.len()) {
            return Err(broken(shown_as, "a row group lies outside the file"));
        }
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(usize::MAX)];
        let changed = |_| LoadError::Changed { file: shown_as.to_owned() };
        // A thread that panicked while it held the file left it at another place, no more.
        let mut file = self.file.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        file.seek(SeekFrom::Start(start)).map_err(changed)?;
        file.read_exact(&mut bytes).map_err(changed)?;
        Ok(bytes)
    }

    /// The file is as it was when it was opened.
    ///
    /// # Errors
    ///
    /// It has changed.
    pub(super) fn unchanged(&self, shown_as: &str) -> Result<(), LoadError> {
        let same = std::fs::metadata(&self.path).is_ok_and(|now| {
            now.len() == self.before.len() && now.modified().ok() == self.before.modified().ok()
        });
        if same { Ok(()) } else { Err(LoadError::Changed { file: shown_as.to_owned() }) }
    }
}

/// SHA-256 of a file in hexadecimal, read from its beginning to its end.
fn hash(file: &mut File) -> std::io::Result<String> {
    use std::fmt::Write as _;
    let mut digest = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        match file.read(&mut block)? {
            0 => break,
            n => digest.update(&block[..n]),
        }
    }
    let mut text = String::with_capacity(64);
    for byte in digest.finalize() {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use polars::prelude::{NamedFrom, Series};
    use polars_io::parquet::write::ParquetWriter;

    use super::*;
    use crate::fault::Fault;
    use crate::load::{ReadAs, Wanted, open};

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
