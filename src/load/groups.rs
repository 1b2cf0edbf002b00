//! The row groups of one Parquet file, read by their byte ranges one at a time: never
//! mapped, so that a file that shrinks cannot kill the program, and opened anew for each,
//! so that a table may have more files than a process may have open.

use std::fs::{File, Metadata};
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use polars::prelude::{ArrowSchema, Column as Series, DataFrame, DataType, IntoColumn};
use polars_arrow::array::Array;
use polars_arrow::datatypes::Field;
use polars_io::SerReader;
use polars_io::parquet::metadata::FileMetadataRef;
use polars_io::parquet::read::{_internal::to_deserializer, ParquetReader};
use sha2::{Digest, Sha256};

use super::accounting::Accounting;
use super::cells::Cells;
use super::error::LoadError;
use super::params::{Limits, Settings};
use super::typed::Target;
use super::{FileFacts, ReadAs, direct, header, keyed, parquet};

/// Row groups are decoded one at a time where two would have more rows than this.
const ROWS_AT_ONCE: usize = 1 << 22;
/// Of a bigger first row group only so many rows are looked at.
const ROWS_LOOKED_AT: usize = 1 << 18;

/// What a column was decoded to.
type Arrays = Vec<Box<dyn Array>>;

fn broken(file: &str, why: &str) -> LoadError {
    LoadError::BrokenParquet { file: file.to_owned(), why: why.to_owned() }
}

/// The row groups of a Parquet file.
pub(super) struct Groups {
    path: PathBuf,
    shown_as: String,
    before: Metadata,
    metadata: FileMetadataRef,
    schema: Arc<ArrowSchema>,
    /// The trimmed names of the columns, as they are stored.
    names: Vec<String>,
    /// For each column of the table where it is stored in this file.
    order: Vec<usize>,
}

impl std::fmt::Debug for Groups {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Groups").field("path", &self.path).finish_non_exhaustive()
    }
}

impl Groups {
    /// Reads the footer and checks it, and hashes the file.
    ///
    /// # Errors
    ///
    /// A file that cannot be read, a footer that is not sound, a table that is too big or has
    /// a column of an unsupported type or two of one name.
    pub(super) fn open(
        path: &Path,
        shown_as: &str,
        limits: &Limits,
    ) -> Result<(Self, FileFacts), LoadError> {
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
        let n_rows = metadata.num_rows as u64;
        let accounting =
            Accounting::new(n_rows, n_rows, 0, 0).ok_or_else(|| broken(shown_as, "its rows"))?;
        let facts = FileFacts {
            shown_as: shown_as.to_owned(),
            bytes: before.len(),
            sha256,
            format: "parquet".to_owned(),
            dialect: String::new(),
            accounting,
        };
        let names: Vec<String> = schema.iter_names().map(|name| name.trim().to_owned()).collect();
        header::check_unique(&names, shown_as)?;
        let order = (0..names.len()).collect();
        let (path, shown_as) = (path.to_owned(), shown_as.to_owned());
        let groups = Self { path, shown_as, before, metadata, schema, names, order };
        groups.check(limits)?;
        Ok((groups, facts))
    }

    /// Takes its columns in the order of the table that begins with `first`. Names the first
    /// that it stores as another type.
    ///
    /// # Errors
    ///
    /// A column that only one of the two has.
    pub(super) fn follow(&mut self, first: &Self) -> Result<Option<String>, LoadError> {
        let order = header::order(&first.names, &self.names, &first.shown_as, &self.shown_as)?;
        let other = order.iter().enumerate().find(|&(at, &own)| {
            let kind = |groups: &Self, at| {
                groups.schema.get_at_index(at).map(|(_, field)| DataType::from_arrow_field(field))
            };
            kind(first, at) != kind(self, own)
        });
        let named = other.map(|(at, _)| first.names[at].clone());
        self.order = order;
        Ok(named)
    }

    /// How many rows it has.
    pub(super) fn n_rows(&self) -> usize {
        self.metadata.num_rows
    }

    /// The trimmed names of its columns.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// How messages call the file.
    pub(super) fn shown_as(&self) -> &str {
        &self.shown_as
    }

    /// Nothing that the footer promises is too big, or of a type that cannot be used.
    fn check(&self, limits: &Limits) -> Result<(), LoadError> {
        let shown_as = self.shown_as.as_str();
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
    ///
    /// # Errors
    ///
    /// There is none, or it cannot be decoded.
    pub(super) fn first(&self) -> Result<DataFrame, LoadError> {
        let shown_as = self.shown_as.as_str();
        let Some(at) = self.metadata.row_groups.iter().position(|group| group.num_rows() > 0)
        else {
            return Err(LoadError::HeaderOnly { file: shown_as.to_owned() });
        };
        let n_rows = self.metadata.row_groups[at].num_rows();
        let columns = (0..self.schema.len())
            .map(|column| self.column(at, column))
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
    ) -> Result<DataFrame, LoadError> {
        self.read_with(at, targets, &|stored, target, first| {
            direct::read(stored, target, settings, first, &self.shown_as)
        })
    }

    /// Reads the wanted columns of one row group by `convert`, which is also given the number
    /// of its first row.
    fn read_with(
        &self,
        at: usize,
        targets: &[Target],
        convert: &dyn Fn(&Series, &Target, u64) -> Result<Series, LoadError>,
    ) -> Result<DataFrame, LoadError> {
        let shown_as = self.shown_as.as_str();
        let (first, n_rows) = self.place(at);
        let mut columns = Vec::with_capacity(targets.len());
        for target in targets {
            let stored = self.column(at, self.order[target.at])?;
            if stored.len() != n_rows {
                return Err(broken(shown_as, "its columns differ in length"));
            }
            columns.push(convert(&stored, target, first)?);
        }
        DataFrame::new(n_rows, columns)
            .map_err(|_| LoadError::Internal { file: shown_as.to_owned(), what: "a row group" })
    }

    /// As [`Groups::read`], but numbers that are stored as such are not looked at.
    ///
    /// # Errors
    ///
    /// As [`Groups::read`].
    pub(super) fn read_raw(
        &self,
        at: usize,
        settings: &Settings,
        targets: &[Target],
    ) -> Result<DataFrame, LoadError> {
        let as_stored = |target: &Target, kind: &DataType| {
            target.read_as == ReadAs::Number
                && kind.is_float()
                && settings.nulls.is_empty()
                && target.reading.nulls.is_empty()
        };
        self.read_with(at, targets, &|stored, target, first| {
            if as_stored(target, stored.dtype()) {
                let wide = stored.cast(&DataType::Float64);
                return wide
                    .map(|wide| wide.with_name(target.name.into()))
                    .map_err(|_| broken(&self.shown_as, "a column cannot be converted"));
            }
            direct::read(stored, target, settings, first, &self.shown_as)
        })
    }

    /// Reads the wanted columns of one row group as plain columns.
    ///
    /// # Errors
    ///
    /// As [`Groups::read`].
    pub(super) fn cells(
        &self,
        at: usize,
        settings: &Settings,
        targets: &[Target],
    ) -> Result<Vec<Cells<'static>>, LoadError> {
        let shown_as = self.shown_as.as_str();
        let (first, n_rows) = self.place(at);
        let one = |target: &Target| {
            let column = self.order[target.at];
            if matches!(target.read_as, ReadAs::Text | ReadAs::Id)
                && let Some(arrays) = self.keyed(at, column)?
                && let Some(keyed) = keyed::array(&arrays)
            {
                let words = keyed::words(keyed, target, settings, first, shown_as)?;
                return Ok(Cells::Words(words));
            }
            let stored = self.column(at, column)?;
            let read = direct::read(&stored, target, settings, first, shown_as)?;
            let internal = || LoadError::Internal { file: shown_as.to_owned(), what: "a column" };
            keyed::of_read(&read, target.read_as).ok_or_else(internal)
        };
        let columns = targets.iter().map(one).collect::<Result<Vec<_>, LoadError>>()?;
        if columns.iter().any(|cells| cells.len() != n_rows) {
            return Err(broken(shown_as, "its columns differ in length"));
        }
        Ok(columns)
    }

    /// The number of the first row of a row group, from 1, and how many it has.
    fn place(&self, at: usize) -> (u64, usize) {
        let groups = &self.metadata.row_groups;
        let before: u64 = groups[..at].iter().map(|group| group.num_rows() as u64).sum();
        (before + 1, groups[at].num_rows())
    }

    /// One column of one row group as keys, where the file keeps it as one dictionary.
    fn keyed(&self, at: usize, column: usize) -> Result<Option<Arrays>, LoadError> {
        let Some((name, stored)) = self.schema.get_at_index(column) else { return Ok(None) };
        let Some(field) = keyed::field(stored) else { return Ok(None) };
        let chunks = self.metadata.row_groups[at].columns_under_root_iter(name);
        let has_dictionary =
            chunks.is_some_and(|mut all| all.all(|chunk| chunk.dictionary_page_offset().is_some()));
        // Where a later page holds texts after all, the column is decoded as texts.
        if has_dictionary { self.arrays(at, column, field) } else { Ok(None) }
    }

    /// One column of one row group, as it is stored.
    fn column(&self, at: usize, column: usize) -> Result<Series, LoadError> {
        let wrong = || broken(&self.shown_as, "a row group cannot be decoded");
        let (_, field) = self.schema.get_at_index(column).ok_or_else(wrong)?;
        let arrays = self.arrays(at, column, field.clone())?.ok_or_else(wrong)?;
        let series = || polars::prelude::Series::try_from((field, arrays)).ok();
        let series = catch_unwind(AssertUnwindSafe(series)).ok().flatten().ok_or_else(wrong)?;
        Ok(series.into_column())
    }

    /// One column of one row group decoded as that field; `None` where it cannot be.
    fn arrays(&self, at: usize, column: usize, as_: Field) -> Result<Option<Arrays>, LoadError> {
        let Some((name, _)) = self.schema.get_at_index(column) else { return Ok(None) };
        let Some(chunks) = self.metadata.row_groups[at].columns_under_root_iter(name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        for chunk in chunks {
            let range = chunk.byte_range();
            let Some(length) = range.end.checked_sub(range.start) else { return Ok(None) };
            bytes.push((chunk, self.bytes(range.start, length)?.into()));
        }
        // A damaged page can make the decoder panic; its message may hold data.
        let decode = || Some(to_deserializer(bytes, as_, None).ok()?.0);
        Ok(catch_unwind(AssertUnwindSafe(decode)).ok().flatten())
    }

    fn bytes(&self, start: u64, length: u64) -> Result<Vec<u8>, LoadError> {
        let shown_as = self.shown_as.as_str();
        if start.checked_add(length).is_none_or(|end| end > self.before.len()) {
            return Err(broken(shown_as, "a row group lies outside the file"));
        }
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(usize::MAX)];
        let changed = |_| LoadError::Changed { file: shown_as.to_owned() };
        let mut file = File::open(&self.path).map_err(changed)?;
        file.seek(SeekFrom::Start(start)).map_err(changed)?;
        file.read_exact(&mut bytes).map_err(changed)?;
        Ok(bytes)
    }

    /// The file is as it was when it was opened.
    ///
    /// # Errors
    ///
    /// It has changed.
    pub(super) fn unchanged(&self) -> Result<(), LoadError> {
        let same = std::fs::metadata(&self.path).is_ok_and(|now| {
            now.len() == self.before.len() && now.modified().ok() == self.before.modified().ok()
        });
        if same { Ok(()) } else { Err(LoadError::Changed { file: self.shown_as.clone() }) }
    }
}

/// SHA-256 of a file in hexadecimal, read from its beginning to its end.
fn hash(file: &mut File) -> std::io::Result<String> {
    let mut digest = Sha256::new();
    let mut block = vec![0; 1 << 20];
    loop {
        match file.read(&mut block)? {
            0 => return Ok(crate::format::hex(&digest.finalize())),
            n => digest.update(&block[..n]),
        }
    }
}
